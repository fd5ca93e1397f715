"""Answers, rows and workbooks for tests of the intake, written as a person would say them."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import SchoolSettings
from sheets_sync.domain.tables import ReadRow, ReadSheet, Table, Workbook

SCHOOL = SchoolSettings(
    school_name="Школа для проверки",
    school_short_name="Школа",
    place="с. Примерное",
    period_start=date(2022, 9, 1),
    period_end=date(2022, 12, 31),
    roadmap_year=2022,
    classes=("5 «А»", "7 «А»", "7 «Б»", "9"),
    mentor_groups=("первая", "вторая"),
)
TODAY = date(2022, 9, 20)
EMPTY = Workbook({}, {}, 0)

_PUPIL: dict[str, str | tuple[str, ...]] = {
    "filler": "законный представитель за ребёнка",
    "who": "обучающийся",
    "participation": "наставляемым",
    "birth_date": "2010-05-01",
    "school_class": "7 «А»",
    "representative": "Берёзова Анна Львовна",
    "contact": "+7 928 123-45-67",
    "needs": ("математика",),
}
_ADULT: dict[str, str | tuple[str, ...]] = {
    "filler": "сам участник",
    "who": "педагог",
    "participation": "наставником",
    "contact": "8 (928) 765-43-21",
    "occupation": "математика",
    "experience": "больше 10 лет",
    "resources": ("математика",),
    "capacity": "2",
}


def answer(
    form: str, response_id: str, on: date | datetime = date(2022, 9, 3), /, **fields: str | tuple[str, ...]
) -> Response:
    """Return a response submitted at noon (or at the moment given), UTC."""
    moment = on if isinstance(on, datetime) else datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    answers = {name: (value,) if isinstance(value, str) else value for name, value in fields.items() if value}
    return Response(form, response_id, moment, moment, answers)


def pupil(response_id: str, name: str, minute: int = 0, /, **fields: str | tuple[str, ...]) -> Response:
    moment = datetime(2022, 9, 3, 9, tzinfo=UTC) + timedelta(minutes=minute)
    return answer("application", response_id, moment, **{**_PUPIL, "name": name, **fields})


def adult(response_id: str, name: str, minute: int = 0, /, **fields: str | tuple[str, ...]) -> Response:
    moment = datetime(2022, 9, 3, 9, tzinfo=UTC) + timedelta(minutes=minute)
    return answer("application", response_id, moment, **{**_ADULT, "name": name, **fields})


def rows(sheet: str, *cells: Mapping[str, Any]) -> dict[str, ReadSheet]:
    """Return a sheet with rows from the second on; the cell «key» is the row's key."""
    found = [ReadRow(number, str(item.get("key", "")), dict(item)) for number, item in enumerate(cells, 1)]
    return {sheet: ReadSheet(sheet, tuple(found))}


def workbook(
    *sheets: Mapping[str, ReadSheet], memory: Mapping[tuple[str, str], Any] | None = None
) -> Workbook:
    return Workbook({name: item for sheet in sheets for name, item in sheet.items()}, memory or {}, 1)


def committed(
    tables: Iterable[Table], staff: Mapping[tuple[str, str], Mapping[str, Any]] | None = None
) -> Workbook:
    """Return the workbook after a night wrote the tables and staff filled cells by (sheet, key)."""
    sheets, memory = {}, {}
    for table in tables:
        found = []
        for number, row in enumerate(table.rows, 1):
            typed = dict(staff.get((table.sheet, row.key), {})) if staff else {}
            found.append(ReadRow(number, row.key, {"key": row.key, **row.cells, **typed}))
            memory[table.sheet, row.key] = row.memory
        sheets[table.sheet] = ReadSheet(table.sheet, tuple(found))
    return Workbook(sheets, memory, 1)
