"""Undated entries of staff count from the night that first saw them (F36)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from sheets_sync.domain.intake import staff
from sheets_sync.domain.intake.first_seen import with_first_seen
from sheets_sync.domain.intake.settings import read_settings, settings_by_day
from sheets_sync.domain.tables import CellValue, Memory, ReadRow, ReadSheet, Workbook
from tests.unit.domain.school_year import SETTINGS

pytestmark = pytest.mark.feature("F36")

FIRST, SECOND, THIRD, LAST = date(2022, 9, 20), date(2022, 10, 25), date(2022, 11, 1), date(2022, 12, 24)
DEFAULTS = SETTINGS.__class__(
    **{
        **{name: getattr(SETTINGS, name) for name in SETTINGS.__slots__},
        "thresholds": {"coverage": Fraction(1, 10)},
    }
)
Typed = dict[str, CellValue]


class Nights:
    """Nights over one sheet: what is remembered goes from one to the next."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.memory: dict[tuple[str, str], Memory] = {}
        self.last: date | None = None

    def look(self, day: date, *typed: Typed) -> tuple[ReadRow, ...]:
        rows = tuple(ReadRow(place, "", cells) for place, cells in enumerate(typed, 1))
        workbook = Workbook({self.sheet: ReadSheet(self.sheet, rows)}, self.memory, 0)
        dated, told = with_first_seen(workbook, day, self.last)
        self.told = [change for change in told if change.key.startswith(f"{self.sheet}/")]
        if self.last is None or day >= self.last:
            self.memory |= {(change.sheet, change.key): change.memory for change in told}
            self.last = day
        return dated.rows(self.sheet)


def coverage_on(rows: tuple[ReadRow, ...], day: date) -> Fraction:
    return read_settings(rows, DEFAULTS, day)[0].thresholds["coverage"]


def test_a_threshold_typed_in_october_does_not_count_for_september() -> None:
    nights = Nights("settings")
    lowered: Typed = {"name": "Порог coverage", "value": "5 %"}
    nights.look(FIRST, {"name": "Порог coverage", "value": ""})
    rows = nights.look(SECOND, lowered)

    assert [coverage_on(rows, day) for day in (FIRST, SECOND, LAST)] == [
        Fraction(1, 10),
        Fraction(1, 20),
        Fraction(1, 20),
    ]
    assert [
        (since, held.thresholds["coverage"]) for since, held in settings_by_day(rows, DEFAULTS, LAST)
    ] == [
        (date.min, Fraction(1, 10)),
        (SECOND, Fraction(1, 20)),
    ]
    again = nights.look(THIRD, lowered)
    assert [coverage_on(again, day) for day in (FIRST, SECOND)] == [Fraction(1, 10), Fraction(1, 20)]
    assert nights.told == []


def test_a_threshold_edited_later_keeps_what_held_before() -> None:
    nights = Nights("settings")
    nights.look(FIRST, {"name": "Порог coverage", "value": "5 %"})
    nights.look(SECOND, {"name": "Порог coverage", "value": "7 %"})
    rows = nights.look(LAST)

    days = (date(2022, 9, 1), FIRST, date(2022, 10, 24), SECOND, THIRD, LAST)
    assert [coverage_on(rows, day) * 100 for day in days] == [5, 5, 5, 7, 7, 10]


def test_an_entry_not_yet_seen_does_not_count_for_a_past_date() -> None:
    nights = Nights("marks")
    mark: Typed = {"measure": 28, "lowered_by": "15-о", "lowered_to": 3}
    nights.look(FIRST)
    nights.look(SECOND)
    (row,) = nights.look(FIRST, mark)
    assert row.cells["on"] == SECOND


def test_a_mark_without_a_date_gets_the_day_on_which_it_was_first_seen() -> None:
    nights = Nights("marks")
    nights.look(FIRST, {"measure": 31, "state": "в работе"})
    rows = nights.look(
        SECOND,
        {"measure": 31, "state": "выполнено", "who": "куратор"},
        {"measure": 5, "state": "в работе", "on": FIRST},
    )
    found, findings = staff.marks(rows)

    assert [(mark.measure, mark.state, mark.on, mark.until) for mark in found] == [
        (31, "выполнено", SECOND, None),
        (5, "в работе", FIRST, None),
        (31, "в работе", None, SECOND),
    ]
    assert findings == ()


def test_nobody_is_asked_about_a_row_that_stands_no_more() -> None:
    nights = Nights("contingent")
    nights.look(FIRST, {"key": "обучающийся", "total": 5, "aged_10_19": 9})
    rows = nights.look(SECOND, {"key": "обучающийся", "total": 600})
    found, findings = staff.contingent(rows)
    assert findings == ()
    assert [(one.on, one.total) for one in found] == [(SECOND, 600), (None, 5)]


def test_what_is_not_counted_by_day_is_left_alone() -> None:
    nights = Nights("settings")
    signs: Typed = {"name": "Кто подписывает", "value": "Соколова Е.В."}
    nights.look(FIRST)
    assert [row.cells for row in nights.look(SECOND, signs)] == [signs]
    assert nights.told == []


def test_an_entry_typed_again_counts_twice_and_not_between() -> None:
    nights = Nights("settings")
    lowered: Typed = {"name": "Порог coverage", "value": "5 %"}
    nights.look(FIRST, lowered)
    nights.look(SECOND)
    rows = nights.look(LAST, lowered)
    assert [coverage_on(rows, day) * 100 for day in (FIRST, SECOND, THIRD, LAST)] == [5, 10, 10, 5]
