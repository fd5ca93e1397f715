"""What nights keep equals what is counted for their days afterwards, from the same records (F36)."""

import json
from dataclasses import replace
from datetime import date

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
from sheets_sync.domain.roadmap_status import judge
from sheets_sync.domain.school import Evidence
from sheets_sync.domain.tables import Memory, Workbook
from tests.properties.test_indicators import DAYS, known_on, years
from tests.unit.domain.school_year import the_roadmap


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
