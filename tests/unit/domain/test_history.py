"""What is kept of a night: only what changed, and everything back again when asked (F36)."""

import json
from collections.abc import Sequence
from datetime import date

from sheets_sync.domain.history import (
    Kept,
    Snapshot,
    history,
    kept_table,
    snapshot_on,
    state_history,
    tonight_table,
)
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.roadmap_status import MeasureStatus, RoadmapReport, Status
from sheets_sync.domain.tables import Memory, Workbook

FIRST, SECOND, THIRD = date(2022, 9, 20), date(2022, 9, 23), date(2022, 10, 1)


def report(day: date, figures: dict[str, tuple[int | None, int | None]], *states: Status) -> RoadmapReport:
    values = tuple(
        IndicatorValue(name, 1, "люди", part, whole, None, "%", None, "правило")
        for name, (part, whole) in figures.items()
    )
    statuses = tuple(
        MeasureStatus(f"M{n:02}", n, state, "потому что") for n, state in enumerate(states, start=1)
    )
    return RoadmapReport(day, values, statuses)


def nights(reports: Sequence[RoadmapReport]) -> Workbook:
    """The workbook after these nights; memory goes through JSON, as in the hidden sheet."""
    memory: dict[tuple[str, str], Memory] = {}
    for each in reports:
        for row in tonight_table(each, Workbook({}, memory, 0)).rows:
            memory["history", row.key] = json.loads(json.dumps(row.memory))
    return Workbook({}, memory, len(reports))


AUTUMN = (
    report(FIRST, {"A": (5, 60), "B": (None, None)}, Status.UNDER_WAY, Status.NOT_BEGUN),
    report(SECOND, {"A": (6, 60), "B": (None, None)}, Status.DONE, Status.NOT_BEGUN),
    report(THIRD, {"A": (6, 60), "C": (1, None)}, Status.DONE, Status.OVERDUE),
)


def test_f36_every_kept_night_gives_back_all_its_numbers_and_states() -> None:
    workbook = nights(AUTUMN)

    assert history(workbook) == (
        Kept(FIRST, "A", 5, 60),
        Kept(FIRST, "B", None, None),
        Kept(SECOND, "A", 6, 60),
        Kept(SECOND, "B", None, None),
        Kept(THIRD, "A", 6, 60),
        Kept(THIRD, "C", 1, None),
    )
    assert [(night.on, night.measure, night.state) for night in state_history(workbook)] == [
        (FIRST, 1, "в работе"),
        (FIRST, 2, "не начато"),
        (SECOND, 1, "выполнено"),
        (SECOND, 2, "не начато"),
        (THIRD, 1, "выполнено"),
        (THIRD, 2, "просрочено"),
    ]


def test_f36_a_night_keeps_only_what_changed_since_the_night_before() -> None:
    memory = nights(AUTUMN).memory

    assert memory["history", "2022-09-23"] == {"figures": {"A": [6, 60]}, "states": {"1": "выполнено"}}
    assert memory["history", "2022-10-01"] == {
        "figures": {"B": None, "C": [1, None]},
        "states": {"2": "просрочено"},
    }


def test_f36_the_sheet_says_in_words_what_changed() -> None:
    rows = kept_table(nights(AUTUMN), date(2022, 10, 2)).rows

    assert [row.cells["changed"] for row in rows] == [
        "первый подсчёт",
        "выполнено: № 1\nA 5 из 60 → 6 из 60",
        "просрочено: № 2\nB больше не считается; C 1",
    ]
    assert [(row.cells["done"], row.cells["overdue"]) for row in rows] == [(0, 0), (1, 0), (1, 1)]


def test_f36_a_quiet_day_has_the_numbers_of_the_night_before_it() -> None:
    workbook = nights(AUTUMN)

    found = snapshot_on(workbook, date(2022, 9, 30))
    assert found == Snapshot(SECOND, {"A": (6, 60), "B": (None, None)}, {1: "выполнено", 2: "не начато"})
    assert snapshot_on(workbook, date(2022, 9, 19)) is None


def test_f36_a_second_run_on_one_day_takes_the_place_of_the_first() -> None:
    again = report(THIRD, {"A": (7, 60)}, Status.DONE, Status.DONE)
    workbook = nights([*AUTUMN, again])

    found = snapshot_on(workbook, THIRD)
    assert found == Snapshot(THIRD, {"A": (7, 60)}, {1: "выполнено", 2: "выполнено"})


def test_f36_the_row_written_tonight_is_the_row_that_later_nights_want() -> None:
    workbook = nights(AUTUMN)
    written = [row for each in AUTUMN for row in tonight_table(each, workbook).rows]

    assert list(kept_table(workbook, date(2022, 10, 2)).rows) == written
    assert len(kept_table(workbook, THIRD).rows) == 2
