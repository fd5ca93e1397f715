"""«Расхождения»: a state judged otherwise by hand stands there until the two agree (F33)."""

from datetime import date

from sheets_sync.domain.entries import (
    Mark,
)
from sheets_sync.domain.roadmap_status import MeasureStatus, Status, judge
from sheets_sync.domain.tables import Memory, Workbook
from sheets_sync.domain.views.differences import differences_table, released_notes
from tests.unit.domain.school_year import evidence, only

SHEETS = {"marks": "Отметки", "roadmap": "Дорожная карта", "differences": "Расхождения"}
FIRST, LATER = date(2022, 9, 20), date(2022, 9, 27)


def statuses(day: date, said: str) -> tuple[MeasureStatus, ...]:
    marks = (Mark(measure=13, state=said),)
    return judge(only(13, 14), evidence(day, marks=marks), day).statuses


def listed(day: date, said: str, memory: dict[tuple[str, str], Memory]) -> list[tuple[object, ...]]:
    rows = differences_table((), {}, SHEETS, Workbook({}, memory, 1), day, statuses(day, said)).rows
    memory |= {("differences", row.key): row.memory for row in rows}
    names = ("state", "sheet", "row", "typed", "computed", "since")
    return [tuple(row.cells[name] for name in names) for row in rows]


def test_f33_a_state_set_by_hand_against_the_evidence_is_listed_with_both_and_its_day() -> None:
    memory: dict[tuple[str, str], Memory] = {}

    expected = ("действует", "Отметки", "пункт 13", "выполнено", Status.NOT_BEGUN.value, FIRST)
    assert listed(FIRST, "выполнено", memory) == [expected]
    assert listed(LATER, "выполнено", memory) == [expected]


def test_f33_when_both_agree_the_line_is_kept_as_settled_and_no_cell_gets_a_note() -> None:
    memory: dict[tuple[str, str], Memory] = {}
    listed(FIRST, "выполнено", memory)

    assert [row[0] for row in listed(LATER, "не начато", memory)] == ["снято"]
    assert released_notes((), Workbook({}, memory, 1)) == []
    standing: dict[tuple[str, str], Memory] = {}
    listed(FIRST, "выполнено", standing)
    assert released_notes((), Workbook({}, standing, 1)) == []
