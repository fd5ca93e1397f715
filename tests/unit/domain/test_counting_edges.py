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
from sheets_sync.domain.roadmap_status import Status, judge
from sheets_sync.domain.school import Evidence, Group, RegisteredDocument, Role
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


def test_a_paper_that_names_no_pair_covers_the_plans_made_by_its_date() -> None:
    order = RegisteredDocument(
        kind="приказ об утверждении индивидуальных планов", number="52-о", on=date(2022, 10, 20)
    )
    plans = (plan(1, 0, 1, DAY, date(2022, 10, 20)), plan(2, 0, 1, DAY, date(2022, 10, 21)))
    known = evidence(DAY, pairs=(pair(1), pair(2)), plans=plans, documents=(order,))
    assert [record.id for record in Evaluator(known).records("document_pairs")] == ["П-001"]


@pytest.mark.parametrize(("lacking", "ending"), [(8, "У-008"), (9, "У-008 и другие")])
def test_f34_eight_who_are_missing_are_named_and_of_more_it_is_said(lacking: int, ending: str) -> None:
    known = evidence(DAY, people=base(Group.PUPIL, lacking, Role.MENTEE, EARLY))
    assert found(8, "M08.consents", known).missing.endswith(ending)


def status_on(number: int, known: Evidence, day: date) -> Status:
    (status,) = judge(only(number), known, day).statuses
    return status.status


@pytest.mark.parametrize(("signed", "status"), [(4, Status.UNDER_WAY), (3, Status.AT_RISK)])
def test_f33_half_of_the_needed_three_weeks_before_the_day_is_no_threat_and_less_is(
    signed: int, status: Status
) -> None:
    """Measure 8 is due on 21.10.2022; the declared rule: 21 days or fewer, less than 50 %."""
    people = base(Group.PUPIL, 8, Role.MENTEE, EARLY)
    known = evidence(date(2022, 9, 30), people=people, consents=consents_of(people[:signed], EARLY))
    assert status_on(8, known, date(2022, 9, 30)) is status


def test_f33_after_the_last_day_what_is_short_weighs_more_than_what_is_unknown() -> None:
    """Measure 1 is due on 16.09.2022: of ten teachers nobody came, the number of pupils is unknown."""
    known = evidence(DAY, contingent=(Contingent("педагог", EARLY, 10),))
    assert status_on(1, known, date(2022, 9, 16)) is Status.NO_DATA
    assert status_on(1, known, date(2022, 9, 17)) is Status.OVERDUE


@pytest.mark.parametrize(("typed", "said"), [("Не начато ", ""), ("в работе", "вручную «в работе»")])
def test_f33_a_state_typed_with_a_capital_is_the_same_state(typed: str, said: str) -> None:
    day = date(2022, 9, 2)
    known = evidence(day, people=base(Group.PUPIL, 1, Role.MENTEE, day), marks=(Mark(8, typed, on=day),))
    (status,) = judge(only(8), known, day).statuses
    assert status.status is Status.NOT_BEGUN
    assert status.disagreement.startswith(said)
    assert bool(status.disagreement) is bool(said)
