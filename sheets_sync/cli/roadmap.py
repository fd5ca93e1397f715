"""`sheets-sync roadmap`: the school's roadmap, its own document and what the program follows."""

from collections.abc import Sequence
from pathlib import Path

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import json_option
from sheets_sync.cli.render import Screen
from sheets_sync.cli.words import count
from sheets_sync.domain.deadlines import READABLE_FORMS
from sheets_sync.domain.roadmap_adoption import Adoption, Match, adoption_of, match_measures
from sheets_sync.domain.roadmap_inconsistencies import Note, find_inconsistencies
from sheets_sync.domain.roadmap_text import SourceRow, read_roadmap
from sheets_sync.errors import ImportFileError, NotInitialisedError
from sheets_sync.settings import defaults_dir, find_config, load_settings

ROADMAP = "roadmap.yaml"


@click.group("roadmap", short_help="Дорожная карта: прочитать документ школы, показать пункты.")
def command() -> None:
    """Дорожная карта школы."""


@command.command("import", short_help="Прочитать документ школы и назвать, что в нём не сходится.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--adopt", is_flag=True, help="Взять пункты документа в config/roadmap.yaml (после согласия).")
@click.option("--yes", is_flag=True, help="Вместе с --adopt: не спрашивать.")
@json_option
@click.pass_context
def import_file(ctx: click.Context, file: Path, adopt: bool, yes: bool, as_json: bool) -> None:
    """Прочитать дорожную карту школы (текст с табуляцией, DOCX, XLSX) и перечислить, что в ней не сходится.

    Каждая строка сопоставляется с известным пунктом по содержанию. Файл не меняется никогда, настройки —
    только с --adopt: правила счёта известных пунктов останутся, незнакомые пункты ведут вручную в «Отметках»,
    прежний config/roadmap.yaml сохраняется рядом.
    """
    from sheets_sync.files.roadmap_document import read_roadmap_file

    if adopt and as_json and not yes:
        raise click.UsageError("--json --adopt не спрашивает: добавьте --yes")
    invocation = current(ctx)
    screen = invocation.screen
    config = find_config(invocation.config, invocation.here)
    settings = load_settings(config, invocation.environ)
    source = read_roadmap(read_roadmap_file(file))
    if not source.rows:
        raise ImportFileError(f"В файле {file.name} нет таблицы дорожной карты")
    notes = find_inconsistencies(source, overrides=settings.school.calendar)
    matches = match_measures(source, settings.roadmap)
    adoption = adoption_of(matches, settings.roadmap, settings.school.defaults.responsible)
    if not as_json:
        _show_document(screen, source.rows, notes)
        _show_matches(screen, matches, adoption)
    kept = None
    if adopt:
        _refuse_unready(adoption, config)
        if not yes and not click.confirm("Записать в config/roadmap.yaml?", err=True):
            screen.lines(["Ничего не изменено"])
            return
        kept = _adopted(config, adoption)
    if as_json:
        screen.json(
            {
                "rows": [_row(row) for row in source.rows],
                "inconsistencies": [_note(note) for note in notes],
                "matches": [_match(match) for match in matches],
                "left_out": [measure.id for measure in adoption.left_out],
                "adopted": kept is not None,
            }
        )
    elif kept is not None:
        screen.good(f"Записано в config/{ROADMAP}; прежний файл — config/{kept}")


def _show_document(screen: Screen, rows: Sequence[SourceRow], notes: Sequence[Note]) -> None:
    screen.title(f"Прочитано: {count(len(rows), 'пункт', 'пункта', 'пунктов')}")
    screen.table(
        ("№", "Срок", "Содержание", "Строки файла"),
        [
            (str(row.number), row.written, _short(row.title), ", ".join(str(line) for line in row.lines))
            for row in rows
        ],
    )
    screen.title(f"Не сходится: {count(len(notes), 'место', 'места', 'мест')}")
    screen.lines(f"  строка {_lines(note)}: {note.kind} — {note.text}" for note in notes)


def _show_matches(screen: Screen, matches: Sequence[Match], adoption: Adoption) -> None:
    other = [match for match in matches if match.measure is None or match.differences]
    if not other and not adoption.left_out:
        screen.good("Все пункты известны и слово в слово те же, что в config/roadmap.yaml")
        return
    screen.title("Чем документ отличается от config/roadmap.yaml")
    for match in other:
        if match.measure is None:
            title = _short(match.row.title)
            screen.lines([f"  пункт {match.row.number}: незнакомый, вести вручную: {title}"])
            continue
        alike = f"сходство {int(match.likeness * 100)} %"
        screen.lines([f"  пункт {match.row.number} — это {match.measure.id}, {alike}"])
        screen.lines(f"    {difference}" for difference in match.differences)
    for measure in adoption.left_out:
        screen.lines([f"  в документе нет пункта {measure.number}: {_short(measure.title)}"])


def _refuse_unready(adoption: Adoption, config: Path) -> None:
    if config.resolve() == (defaults_dir() / "config").resolve():
        raise NotInitialisedError("Своих настроек у школы ещё нет: принимать пункты некуда")
    if adoption.unreadable:
        said = "; ".join(f"пункт {row.number}: «{row.written}»" for row in adoption.unreadable)
        raise ImportFileError(
            f"Сроки не поняты: {said}", hint=f"Поправьте сроки в документе, пишут так: {READABLE_FORMS}"
        )


def _adopted(config: Path, adoption: Adoption) -> str:
    from sheets_sync.settings.roadmap_file import adopted_text, replace_roadmap

    text = adopted_text((config / ROADMAP).read_text("utf-8"), adoption)
    return replace_roadmap(config, text).name


def _match(match: Match) -> dict[str, object]:
    return {
        "number": match.row.number,
        "measure": match.measure.id if match.measure else None,
        "likeness": round(match.likeness, 3),
        "differences": list(match.differences),
    }


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
