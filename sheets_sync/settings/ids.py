"""config/ids.yaml: the one thing that `init` writes down, the spreadsheet's id."""

import re
from pathlib import Path

from sheets_sync.settings.yaml_text import YamlFile

NAME = "ids.yaml"
_ID = re.compile(r"[A-Za-z0-9_-]{10,}")


def spreadsheet_in(file: YamlFile) -> tuple[str | None, list[str]]:
    """Return the spreadsheet id that the file holds, with problems as `file:line: text`."""
    problems = [
        file.say((key,), f"неизвестный ключ «{key}»") for key in file.data or {} if key != "spreadsheet"
    ]
    value = (file.data or {}).get("spreadsheet")
    if isinstance(value, str) and _ID.fullmatch(value):
        return value, problems
    if file.data is not None:
        problems.append(
            file.say(
                ("spreadsheet",), "нужен номер таблицы из её адреса: docs.google.com/spreadsheets/d/НОМЕР/"
            )
        )
    return None, problems


def record_spreadsheet(config: Path, spreadsheet_id: str) -> Path:
    """Write the spreadsheet's id beside the other settings, whole or not at all."""
    target = config / NAME
    draft = target.with_suffix(".new")
    draft.write_text(
        f"# Пишет sheets-sync init: номер таблицы школы.\nspreadsheet: {spreadsheet_id}\n", encoding="utf-8"
    )
    return draft.replace(target)
