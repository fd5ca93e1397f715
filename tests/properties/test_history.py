"""What nights keep equals what is counted for their days afterwards, from the same records (F36)."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.domain.history import (
    Figure,
    history,
    snapshot_of,
    snapshot_on,
    state_history,
    tonight_table,
)
from sheets_sync.domain.intake import staff
from sheets_sync.domain.intake.first_seen import with_first_seen
from sheets_sync.domain.intake.settings import read_settings, settings_by_day
from sheets_sync.domain.roadmap_status import RoadmapReport, judge
from sheets_sync.domain.school import Evidence
from sheets_sync.domain.tables import CellValue, Memory, ReadRow, ReadSheet, Workbook
from tests.properties.test_indicators import DAYS, known_on, years
from tests.unit.domain.school_year import SETTINGS, the_roadmap


def kept_by_nights(whole: Evidence, days: list[date]) -> tuple[Workbook, list[date]]:
    """Run a night on each of these days, each knowing only what was known then.

    Shape: the workbook afterwards, and the days that had news; a quiet night writes nothing.
    """
    memory: dict[tuple[str, str], Memory] = {}
    busy: list[date] = []
    for day in sorted(days):
        workbook = Workbook({}, memory, len(busy))
        report = judge(the_roadmap(), known_on(whole, day), day)
        before, tonight = snapshot_on(workbook, day), snapshot_of(report)
        if before and (before.figures, before.states) == (tonight.figures, tonight.states):
            continue
        for row in tonight_table(report, workbook).rows:
            memory["history", row.key] = json.loads(json.dumps(row.memory))
        busy.append(day)
    return Workbook({}, memory, len(busy)), busy


@settings(max_examples=40, deadline=None)
@given(years(), st.lists(DAYS, min_size=1, max_size=6, unique=True))
def test_f36_kept_numbers_equal_those_recounted_later(whole: Evidence, days: list[date]) -> None:
    workbook, busy = kept_by_nights(whole, days)

    for day in days:
        recounted = judge(the_roadmap(), whole, day)
        kept = snapshot_on(workbook, day)
        assert kept is not None
        assert kept.figures == {value.id: (value.numerator, value.denominator) for value in recounted.values}
        assert kept.states == {status.number: status.status.value for status in recounted.statuses}
    figures: dict[date, dict[str, Figure]] = {}
    for night in history(workbook):
        figures.setdefault(night.on, {})[night.indicator] = (night.numerator, night.denominator)
    assert list(figures) == busy
    assert all(len(each) == len(figures[busy[0]]) for each in figures.values())
    assert len(state_history(workbook)) == 32 * len(busy)


@settings(max_examples=30, deadline=None)
@given(years(), st.lists(DAYS, min_size=2, max_size=5, unique=True))
def test_f36_a_record_changed_afterwards_shows_as_a_difference_from_what_was_kept(
    whole: Evidence, days: list[date]
) -> None:
    """The reverse: a registry whose people vanish does not give the numbers that the nights kept."""
    workbook, busy = kept_by_nights(whole, days)
    emptied = replace(whole, people=())

    kept = snapshot_on(workbook, busy[-1])
    recounted = judge(the_roadmap(), emptied, busy[-1])
    assert kept is not None
    told = {value.id: (value.numerator, value.denominator) for value in recounted.values}
    applied = sum(person.applied_on <= busy[-1] for person in whole.people)
    assert kept.figures["M08.consents"][1] == applied
    assert (kept.figures == told) is (applied == 0)


SHARES = ("5 %", "8 %", "10 %", "25 %")
STATES = ("в работе", "выполнено", "просрочено")
Typed = dict[str, CellValue]
USUAL = replace(SETTINGS, thresholds={"coverage": Fraction(1, 10), "organisations": Fraction(1, 50)})


@st.composite
def entries(draw: st.DrawFn) -> dict[str, list[Typed]]:
    """What stands in staff's sheets on one evening; some rows bear no date."""
    marks: list[Typed] = [
        {"measure": number, "state": draw(st.sampled_from(STATES))}
        for number in draw(st.lists(st.sampled_from([9, 31]), max_size=2, unique=True))
    ]
    if draw(st.booleans()):
        marks.append({"measure": 28, "lowered_by": "15-о", "lowered_to": draw(st.integers(1, 7))})
    settings_rows: list[Typed] = [{"name": "Порог coverage", "value": draw(st.sampled_from(("", *SHARES)))}]
    settings_rows.append({"name": "Доля выполненных пунктов плана", "value": draw(st.sampled_from(SHARES))})
    pupils = draw(st.sampled_from((20, 30, 40)))
    contingent: list[Typed] = [{"key": "обучающийся", "total": pupils}, {"key": "педагог", "total": 4}]
    return {"marks": marks, "settings": settings_rows, "contingent": contingent}


def judged(
    whole: Evidence,
    typed: dict[str, list[Typed]],
    memory: dict[tuple[str, str], Memory],
    day: date,
    last: date | None,
) -> tuple[RoadmapReport, dict[tuple[str, str], Memory]]:
    """Count a day from a year's facts and what stands in staff's sheets, as a night does."""
    sheets = {
        name: ReadSheet(name, tuple(ReadRow(place, "", cells) for place, cells in enumerate(rows, 1)))
        for name, rows in typed.items()
    }
    dated, told = with_first_seen(Workbook(sheets, memory, 0), day, last)
    school, _ = read_settings(dated.rows("settings"), USUAL, day)
    known = replace(
        whole,
        settings=school,
        by_day=settings_by_day(dated.rows("settings"), USUAL, day),
        marks=staff.marks(dated.rows("marks"))[0],
        contingent=staff.contingent(dated.rows("contingent"))[0],
    )
    kept = {(one.sheet, one.key): json.loads(json.dumps(one.memory)) for one in told}
    return judge(the_roadmap(), known, day), kept


@settings(max_examples=40, deadline=None)
@given(years(), st.lists(st.tuples(DAYS, entries()), min_size=2, max_size=5, unique_by=lambda one: one[0]))
def test_f36_undated_and_edited_entries_of_staff_leave_every_past_night_recountable(
    whole: Evidence, evenings: list[tuple[date, dict[str, list[Typed]]]]
) -> None:
    """Staff type, edit and remove rows without dates between the nights; facts bear their own."""
    evenings.sort(key=lambda evening: evening[0])
    memory: dict[tuple[str, str], Memory] = {}
    last: date | None = None
    for day, typed in evenings:
        report, kept = judged(known_on(whole, day), typed, memory, day, last)
        memory |= kept
        for row in tonight_table(report, Workbook({}, memory, 0)).rows:
            memory["history", row.key] = json.loads(json.dumps(row.memory))
        last = day

    for day, _ in evenings:
        recounted, _ = judged(whole, evenings[-1][1], memory, day, last)
        kept_then = snapshot_on(Workbook({}, memory, 0), day)
        assert kept_then == replace(snapshot_of(recounted), on=day)
