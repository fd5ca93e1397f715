"""Edges of counting: the day itself, the exact share, what is known only in part (F32)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sheets_sync.domain.entries import Contingent, Mark, Partner
from sheets_sync.domain.indicators.evaluator import Evaluator
from sheets_sync.domain.indicators.marks import latest_mark, lowering_mark
from sheets_sync.domain.indicators.measuring import measure
from sheets_sync.domain.indicators.rules import MeasureSet, MeasuresQuery, Rule
from sheets_sync.domain.indicators.values import IndicatorValue, number_with_noun
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.school import Evidence, Group, Role
from tests.unit.domain.school_year import (
    EARLY,
    SETTINGS,
    base,
    consent,
    consents_of,
    evidence,
    meeting,
    only,
    pair,
    pair_people,
    person,
    plan,
    the_roadmap,
)

pytestmark = pytest.mark.feature("F32")

DAY = date(2022, 12, 1)


def found(number: int, name: str, known: Evidence, day: date = DAY) -> IndicatorValue:
    return next(value for value in measure(only(number), known, day) if value.id == name)


@pytest.mark.parametrize(("done", "fulfilled"), [(8, 0), (9, 1), (10, 1)])
def test_a_plan_of_ten_points_is_fulfilled_from_exactly_nine(done: int, fulfilled: int) -> None:
    """The school's document: «планы реализованы не менее, чем на 90 %»."""
    known = evidence(DAY, people=pair_people(1), pairs=(pair(1),), plans=(plan(1, done, 10, DAY),))
    assert found(12, "M12.plans", known).numerator == fulfilled


def test_on_the_control_date_itself_the_list_is_frozen_already() -> None:
    """The third person has a consent and came the day after: on the date only the listed two count."""
    people = (person("У-001"), person("У-002"), person("У-003", on=date(2022, 11, 2)))
    consents = (consent("У-001", EARLY), consent("У-002", EARLY), consent("У-003", EARLY))
    control = date(2022, 11, 1)
    frozen = replace(SETTINGS, control_dates={"8": control})
    known = evidence(DAY, frozen, people=people, consents=consents)
    value = found(8, "M08.consents", known, control)
    assert (value.numerator, value.denominator) == (2, 2)
    assert "список взят на 01.11.2022" in value.note
    assert "список взят" not in found(8, "M08.consents", known, date(2022, 10, 31)).note


def test_before_its_first_date_a_group_has_the_size_first_written_down() -> None:
    people = base(Group.PUPIL, 5, Role.MENTEE, EARLY)
    sizes = (
        Contingent("обучающийся", date(2022, 11, 1), 80),
        Contingent("обучающийся", date(2022, 10, 1), 50),
    )
    known = evidence(DAY, people=people, consents=consents_of(people, EARLY), contingent=sizes)
    days = (date(2022, 9, 10), date(2022, 10, 1), date(2022, 10, 31), date(2022, 11, 1))
    assert [found(1, "M01.pupils", known, day).denominator for day in days] == [50, 50, 50, 80]


@pytest.mark.parametrize(("last", "whole"), [(31, 61), (None, None)])
def test_classes_add_up_to_the_school_only_when_every_one_is_known(
    last: int | None, whole: int | None
) -> None:
    classes = (Contingent("класс 7 «А»", EARLY, 30), Contingent("класс 7 «Б»", EARLY, last))
    assert found(1, "M01.pupils", evidence(DAY, contingent=classes)).denominator == whole


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "пара"), (2, "пары"), (4, "пары"), (5, "пар"), (11, "пар"), (12, "пар"), (14, "пар"), (21, "пара"),
     (22, "пары"), (100, "пар"), (111, "пар"), (112, "пар"), (121, "пара")],
)  # fmt: skip
def test_f34_a_noun_agrees_with_its_number(number: int, said: str) -> None:
    assert number_with_noun(number, ("пара", "пары", "пар")) == f"{number}\u00a0{said}"


def test_a_measure_named_by_except_is_left_out_on_both_sides() -> None:
    roadmap = the_roadmap()
    (control,) = (each for each in roadmap.measures if each.id == "M29")
    (indicator,) = control.indicators
    wider = MeasuresQuery(MeasureSet.ALL, frozenset({"M29", "M30", "M05"}))
    changed = replace(control, indicators=(replace(indicator, rule=Rule(indicator.rule.part, (wider,))),))
    measures = tuple(changed if each is control else each for each in roadmap.measures)

    def whole(of: Roadmap) -> int | None:
        return next(value for value in measure(of, evidence(DAY), DAY) if value.id == "M29.done").denominator

    assert (whole(roadmap), whole(replace(roadmap, measures=measures))) == (30, 29)


def test_an_agreement_holds_through_its_last_day() -> None:
    partner = Partner("Завод", agreement_number="5", agreement_on=EARLY, valid_until=DAY, state="подписано")
    (record,) = Evaluator(evidence(DAY, partners=(partner,))).records("agreements")
    assert [record.stands_on(day) for day in (EARLY, DAY, date(2022, 12, 2))] == [True, True, False]


def test_a_mark_taken_away_counts_to_the_day_before() -> None:
    mark = Mark(measure=31, state="выполнено", on=EARLY, until=DAY)
    lowered = Mark(measure=28, lowered_by="15-о", lowered_to=3, on=EARLY, until=DAY)
    eve = date(2022, 11, 30)
    assert [latest_mark((mark,), 31, day) for day in (eve, DAY)] == [mark, None]
    assert [lowering_mark((lowered,), 28, day) for day in (eve, DAY)] == [lowered, None]


def test_a_control_date_of_the_indicator_goes_before_that_of_its_measure() -> None:
    dates = {"12": date(2022, 11, 1), "M12.people": date(2022, 10, 15)}
    known = evidence(DAY, replace(SETTINGS, control_dates=dates), people=pair_people(1), pairs=(pair(1),))
    assert "список взят на 15.10.2022" in found(12, "M12.people", known).note
    assert "список взят на 01.11.2022" in found(12, "M12.planned", known).note


@pytest.mark.parametrize(
    ("absent", "present"), [((), ["Н-001"]), (("Н-001",), ["У-001"]), (("У-001",), ["Н-001"])]
)
def test_where_nobody_said_who_was_absent_only_the_mentor_was_there(
    absent: tuple[str, ...], present: list[str]
) -> None:
    """Question 5 of the report: «не все», and question 10, who was not, left empty."""
    held = replace(meeting(1, DAY), all_present=False, absent=absent)
    known = evidence(DAY, people=pair_people(1), pairs=(pair(1),), meetings=(held,))
    assert [record.id for record in Evaluator(known).records("meeting_people")] == present


def test_a_point_done_before_its_plan_was_made_counts_with_the_plan() -> None:
    made = date(2022, 10, 12)
    known = evidence(DAY, pairs=(pair(1),), plans=(plan(1, 1, 1, date(2022, 10, 5), made),))
    (record,) = Evaluator(known).records("plan_items_done")
    assert record.since == made
