"""`sheets-sync roadmap`: the school's roadmap, its own document and what the program follows."""

from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import json_option
from sheets_sync.cli.words import count
from sheets_sync.domain.roadmap_inconsistencies import Note, find_inconsistencies
from sheets_sync.domain.roadmap_text import SourceRow, read_roadmap
from sheets_sync.errors import ImportFileError
from sheets_sync.settings import find_config, load_settings


@click.group("roadmap", short_help="Дорожная карта: прочитать документ школы, показать пункты.")
def command() -> None:
    """Дорожная карта школы."""


@command.command("import", short_help="Прочитать документ школы и назвать, что в нём не сходится.")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def import_file(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Прочитать дорожную карту школы (текст с табуляцией, DOCX, XLSX) и перечислить, что в ней не сходится.

    Файл и настройки не меняются: рассогласования решает человек.
    """
    from sheets_sync.files.roadmap_document import read_roadmap_file

    screen = current(ctx).screen
    source = read_roadmap(read_roadmap_file(file))
    if not source.rows:
        raise ImportFileError(f"В файле {file.name} нет таблицы дорожной карты")
    notes = find_inconsistencies(source)
    if as_json:
        screen.json(
            {"rows": [_row(row) for row in source.rows], "inconsistencies": [_note(note) for note in notes]}
        )
        return
    screen.title(f"Прочитано: {count(len(source.rows), 'пункт', 'пункта', 'пунктов')}")
    screen.table(
        ("№", "Срок", "Содержание", "Строки файла"),
        [
            (str(row.number), row.written, _short(row.title), ", ".join(str(line) for line in row.lines))
            for row in source.rows
        ],
    )
    screen.title(f"Не сходится: {count(len(notes), 'место', 'места', 'мест')}")
    screen.lines(f"  строка {_lines(note)}: {note.kind} — {note.text}" for note in notes)


@command.command("show", short_help="Показать пункты, за которыми следит программа.")
@json_option
@click.pass_context
def show(ctx: click.Context, as_json: bool) -> None:
    """Показать пункты из config/roadmap.yaml: срок, показатели, ответственный."""
    invocation = current(ctx)
    settings = load_settings(find_config(invocation.config, invocation.here), invocation.environ)
    people = settings.school.defaults.responsible
    roadmap = settings.roadmap
    rows = [
        {
            "number": measure.number,
            "id": measure.id,
            "section": measure.section,
            "title": measure.title,
            "deadline": measure.written_deadline,
            "expected": measure.expected,
            "indicators": [indicator.id for indicator in roadmap.indicators_of(measure)],
            "responsible": [
                people.get(role) or roadmap.roles.get(role, role) for role in measure.responsible
            ],
        }
        for measure in roadmap.measures
    ]
    if as_json:
        invocation.screen.json({"measures": rows})
        return
    invocation.screen.table(
        ("№", "Срок", "Содержание", "Показатели", "Ответственный"),
        [
            (
                str(measure.number),
                measure.written_deadline,
                _short(measure.title),
                ", ".join(indicator.id for indicator in roadmap.indicators_of(measure)),
                "; ".join(people.get(role) or roadmap.roles.get(role, role) for role in measure.responsible),
            )
            for measure in roadmap.measures
        ],
    )


def _row(row: SourceRow) -> dict[str, object]:
    return {
        "number": row.number,
        "section": row.section,
        "title": row.title,
        "deadline": row.written,
        "expected": row.expected,
        "indicator": row.indicator,
        "owner": row.owner,
        "columns": row.columns,
        "lines": list(row.lines),
    }


def _note(note: Note) -> dict[str, object]:
    return {
        "kind": str(note.kind),
        "lines": list(note.lines),
        "measures": list(note.measures),
        "text": note.text,
    }


def _lines(note: Note) -> str:
    return ", ".join(str(line) for line in note.lines) or "—"


def _short(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
