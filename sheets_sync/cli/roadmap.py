"""`sheets-sync roadmap`: the school's roadmap, its own document and what the program follows."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheets_sync.cli.invocation import current
from sheets_sync.cli.options import as_of_option, json_option
from sheets_sync.cli.render import Screen
from sheets_sync.cli.words import count
from sheets_sync.domain.deadlines import READABLE_FORMS
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_adoption import Adoption, Match, adoption_of, match_measures
from sheets_sync.domain.roadmap_inconsistencies import Note, find_inconsistencies
from sheets_sync.domain.roadmap_rollover import Rollover, roll_over, title_of, told
from sheets_sync.domain.roadmap_text import SourceRow, read_roadmap
from sheets_sync.errors import ImportFileError, NotInitialisedError
from sheets_sync.settings import defaults_dir, find_config, load_settings

if TYPE_CHECKING:
    from sheets_sync.files.roadmap_draft import DraftRow

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


def _refuse_shipped(config: Path) -> None:
    if config.resolve() == (defaults_dir() / "config").resolve():
        raise NotInitialisedError("Своих настроек у школы ещё нет: записать некуда")


def _refuse_unready(adoption: Adoption, config: Path) -> None:
    _refuse_shipped(config)
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


@command.command("rollover", short_help="Составить проект карты на следующий год, например 2023.")
@click.argument("year", type=click.IntRange(2001, 2100))
@as_of_option
@json_option
@click.pass_context
def rollover(ctx: click.Context, year: int, as_of: date | None, as_json: bool) -> None:
    """Составить проект дорожной карты на следующий год: файл настроек, документ DOCX и строку в «Документах».

    Сроки переносятся, годы и пороги в текстах обновляются; всё изменённое и всё сомнительное перечисляется.
    Второй раз ничего не меняется: правленый проект программа не трогает.
    """
    from sheets_sync.files.roadmap_draft import write_roadmap_draft
    from sheets_sync.settings.roadmap_file import draft_path, roadmap_of_text, rolled_over_text

    invocation = current(ctx)
    config = find_config(invocation.config, invocation.here)
    settings = load_settings(config, invocation.environ)
    _refuse_shipped(config)
    school = settings.school
    own_year = school.defaults.roadmap_year
    if year <= own_year:
        raise click.UsageError(f"Нынешняя карта — на {own_year} год; назовите год позже")
    shares = (school.thresholds_of(own_year), school.thresholds_of(year))
    planned = roll_over(settings.roadmap, own_year, year, shares, school.calendar)
    draft, document = draft_path(config, year), settings.school_directory / f"Дорожная карта {year}.docx"
    made, stood = [], []
    if not draft.exists():
        text = rolled_over_text((config / ROADMAP).read_text("utf-8"), planned)
        roadmap_of_text(text)
        draft.write_text(text, encoding="utf-8")
        made.append(f"config/{draft.name}")
    else:
        stood.append(f"config/{draft.name}")
    if not document.exists():
        rows = _draft_rows(roadmap_of_text(draft.read_text("utf-8")), school.defaults.responsible)
        write_roadmap_draft(document, title_of(year), school.defaults.signatory_post, rows)
        made.append(document.name)
    else:
        stood.append(document.name)
    if settings.spreadsheet_id is not None:
        with invocation.school() as opened:
            day = as_of or invocation.today(school.time_zone)
            registered = opened.register_roadmap(year, document.name, day)
        (made if registered else stood).append("строка в «Документах»")
    if as_json:
        screen_json = {"year": year, "made": made, "stood": stood}
        changes = [told(each) for each in planned.renewals]
        invocation.screen.json(screen_json | {"changes": changes, "check": list(planned.check)})
        return
    _tell_rollover(invocation.screen, planned, made, stood)


def _tell_rollover(screen: Screen, planned: Rollover, made: Sequence[str], stood: Sequence[str]) -> None:
    screen.title(f"Проект дорожной карты на {planned.year} год")
    screen.lines(f"  {told(renewal)}" for renewal in planned.renewals)
    if planned.check:
        screen.title("Решите сами")
        screen.lines(f"  {doubt}" for doubt in planned.check)
    if made:
        screen.good(f"Создано: {', '.join(made)}")
    if stood:
        screen.lines([f"Уже было и не тронуто: {', '.join(stood)}"])
    screen.lines(["Когда карту утвердят, в «Документах» поставьте дату и состояние «зарегистрирован»"])


def _draft_rows(roadmap: Roadmap, people: Mapping[str, str]) -> "list[DraftRow]":
    from sheets_sync.files.roadmap_draft import DraftRow

    return [
        DraftRow(
            measure.section,
            measure.title,
            measure.written_deadline,
            measure.expected,
            measure.written_indicator,
            "; ".join(people.get(role) or roadmap.roles.get(role, role) for role in measure.responsible),
        )
        for measure in roadmap.measures
    ]


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
