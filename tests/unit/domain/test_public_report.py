"""What leaves the school: no small group, no code, no name, whatever the numbers are."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sheets_sync.domain.history import Snapshot
from sheets_sync.domain.indicators.values import Tally
from sheets_sync.domain.monitoring.comparison import Compared, change_of
from sheets_sync.domain.monitoring.figures import Figure
from sheets_sync.domain.public_report import FEW, PublicReport, public_report
from sheets_sync.domain.roadmap_status import judge
from sheets_sync.domain.school import Group, Role
from tests.unit.domain.school_year import (
    SETTINGS,
    base,
    consents_of,
    evidence,
    pair,
    pair_people,
    the_roadmap,
    total,
)

DAY = date(2022, 11, 15)


def report(
    size: int = 0, part: int = 0, whole: int = 0, marks: tuple[tuple[int, int], ...] = ()
) -> PublicReport:
    """A report on so many consenting pupils of a hundred, one figure and one comparison."""
    pupils = base(Group.PUPIL, size, Role.MENTEE, date(2022, 9, 2))
    known = evidence(
        DAY,
        people=pupils,
        consents=consents_of(pupils, date(2022, 9, 3)),
        contingent=(total("обучающийся", 100),),
    )
    figure = Figure("f", "Раздел", "Довольны", "за период", Tally(part), Tally(whole), "правило")
    compared = [Compared((2022, 4), "все", 0, change_of(marks))] if marks else []
    nights = [Snapshot(date(2022, 10, 1), {}, {1: "выполнено", 2: "просрочено", 3: "под угрозой"})]
    return public_report(
        SETTINGS, the_roadmap(), judge(the_roadmap(), known, DAY), [figure], compared, (), nights
    )


@pytest.mark.parametrize(
    ("size", "shown"), [(4, FEW), (5, "5 из 100 (5\u00a0%)"), (0, "0 из 100 (0\u00a0%)")]
)
def test_f56_coverage_of_fewer_than_five_is_not_told(size: int, shown: str) -> None:
    line = next(line for line in report(size).coverage if line.title == "Обучающиеся")

    assert line.shown == shown
    assert line.share == (None if size == 4 or size == 0 else Fraction(5, 100))


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (4, 40, False),
        (36, 40, False),
        (5, 40, True),
        (35, 40, True),
        (3, 4, False),
        (40, 40, True),
        (0, 40, True),
    ],
)
def test_f56_a_part_or_the_rest_of_fewer_than_five_is_hidden(part: int, whole: int, told: bool) -> None:
    line = report(part=part, whole=whole).figures[0][1][0]

    assert (str(part) in line.shown) is told
    assert (line.share is not None) is told


def test_f56_directions_are_told_only_when_none_of_them_is_a_small_group() -> None:
    shown = report(marks=((1, 2),) * 5 + ((2, 2),) * 6).changes[0]
    hidden = report(marks=((1, 2),) * 5 + ((2, 1),) * 4).changes[0]

    assert shown.directions == (5, 6, 0)
    assert (hidden.directions, hidden.change is not None) == (None, True)


def test_f56_the_trend_ends_with_the_day_of_the_report() -> None:
    trend = report().trend

    assert [(point.on, point.done, point.at_risk, point.overdue) for point in trend[:1]] == [
        (date(2022, 10, 1), 1, 1, 1)
    ]
    assert trend[-1].on == DAY


def test_f56_few_pairs_are_not_counted_out() -> None:
    known = evidence(DAY, people=pair_people(2))
    judged = judge(the_roadmap(), known, DAY)
    few = public_report(SETTINGS, the_roadmap(), judged, [], [], (pair(1), pair(2)), [])
    many = public_report(
        SETTINGS, the_roadmap(), judged, [], [], tuple(replace(pair(n)) for n in range(1, 6)), []
    )

    assert few.totals == (("пар в работе и завершённых", FEW), ("участников этих пар", FEW))
    assert many.totals == (("пар в работе и завершённых", "5"), ("участников этих пар", "10"))
