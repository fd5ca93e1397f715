"""States other than done and overdue, the hand-set state beside, and the measures that count the roadmap."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from sheets_sync.domain.deadlines import UnreadableDeadline
from sheets_sync.domain.entries import (
    Contingent,
    Event,
    Mark,
    Material,
    Partner,
)
from sheets_sync.domain.indicators.measuring import measure
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_status import MeasureStatus, Status, judge
from sheets_sync.domain.school import (
    Evidence,
    Group,
    PairState,
    RegisteredDocument,
    Role,
    Signer,
)
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
    total,
)

END = date(2022, 12, 31)


def status_of(number: int, known: Evidence, *also: int) -> MeasureStatus:
    report = judge(only(number, *also), known, known.as_of)
    return next(status for status in report.statuses if status.number == number)


def value_of(indicator: str, known: Evidence) -> IndicatorValue:
    number = int(indicator[1:3])
    return next(value for value in measure(only(number), known, known.as_of) if value.id == indicator)


def covered(size: int, of: int, as_of: date) -> Evidence:
    people = base(Group.PUPIL, size, Role.MENTEE, EARLY)
    return evidence(
        as_of,
        people=people,
        consents=consents_of(people, EARLY),
        contingent=(total("обучающийся", of), total("педагог", 0)),
    )


def test_f32_nine_point_ninety_six_percent_is_not_ten_and_is_not_shown_as_ten() -> None:
    value = value_of("M01.pupils", covered(50, 502, date(2022, 9, 15)))
    assert (value.numerator, value.denominator, value.met) == (50, 502, False)
    assert value.shown == "50 из 502 (9,9\u00a0%)"
    assert value.missing == "ещё 1\u00a0обучающийся до 10\u00a0%"


def test_f32_one_of_nine_teachers_reaches_ten_percent_and_none_does_not() -> None:
    people = base(Group.TEACHER, 1, Role.MENTOR, EARLY, "Т")
    known = evidence(
        EARLY, people=people, consents=consents_of(people, EARLY), contingent=(total("педагог", 9),)
    )
    assert value_of("M01.teachers", known).met is True
    nobody = value_of("M01.teachers", replace(known, people=()))
    assert (nobody.met, nobody.needed) == (False, 1)


def test_f32_an_unknown_denominator_is_no_data_and_names_the_cell_to_fill() -> None:
    known = evidence(date(2022, 9, 20), people=base(Group.PUPIL, 3, Role.MENTEE, EARLY))
    value = value_of("M01.pupils", known)
    assert (value.denominator, value.met) == (None, None)
    assert value.fill == "лист «Контингент», строка «обучающийся», колонка «Всего»"
    status = status_of(1, known)
    assert status.status is Status.NO_DATA
    assert value.fill in status.fill


def test_f32_groups_behind_the_numbers_are_listed_by_code_and_consent_is_a_condition() -> None:
    people = base(Group.PUPIL, 3, Role.MENTEE, EARLY)
    known = evidence(
        date(2022, 9, 10),
        people=people,
        consents=consents_of(people[:2], EARLY),
        contingent=(total("обучающийся", 30),),
    )
    value = value_of("M01.pupils", known)
    assert value.numerator_ids == ("У-001", "У-002")
    assert value.rule == (
        "обучающиеся в базе с действующим согласием ÷ все обучающиеся школы: не меньше 10\u00a0%"
    )


def test_f13_a_person_with_both_roles_counts_once_in_a_group() -> None:
    both = person("У-001", Group.PUPIL, Role.MENTOR, Role.MENTEE)
    known = evidence(
        EARLY, people=(both,), consents=(consent("У-001"),), contingent=(total("обучающийся", 5),)
    )
    assert value_of("M01.pupils", known).numerator == 1


def test_measure_one_asks_every_group_whose_size_is_known() -> None:
    people = base(Group.PUPIL, 6, Role.MENTEE, EARLY) + base(Group.TEACHER, 1, Role.MENTOR, EARLY, "Т")
    known = evidence(
        date(2022, 9, 20),
        people=people,
        consents=consents_of(people, EARLY),
        contingent=(total("обучающийся", 60), total("педагог", 10)),
    )
    assert status_of(1, known).status is Status.DONE
    with_parents = replace(known, contingent=(*known.contingent, total("родитель", 100)))
    assert status_of(1, with_parents).status is Status.OVERDUE


def test_the_threshold_of_a_year_comes_from_the_settings() -> None:
    known = covered(10, 100, EARLY)
    assert value_of("M01.pupils", known).met is True
    later = replace(known, settings=replace(SETTINGS, thresholds={"coverage": Fraction(7, 10)}))
    assert value_of("M01.pupils", later).met is False
    assert "не меньше 70\u00a0%" in value_of("M01.pupils", later).rule


def meetings_with(parents: int, small: bool) -> Evidence:
    hours = tuple(Event(f"М-{n}", "родительское собрание", on=EARLY, attended=parents // 5) for n in range(5))
    return evidence(EARLY, replace(SETTINGS, small_school=small), events=hours)


@pytest.mark.parametrize(
    ("parents", "small", "met"), [(70, True, True), (65, True, False), (70, False, False)]
)
def test_a_small_school_needs_seventy_parents_and_only_by_its_flag(
    parents: int, small: bool, met: bool
) -> None:
    assert value_of("M26.parents", meetings_with(parents, small)).met is met


def test_an_order_may_lower_a_number_that_does_not_fit_a_small_school() -> None:
    visits = tuple(Event(f"М-{n}", "рабочая встреча", on=EARLY) for n in range(3))
    lowered = Mark(measure=28, lowered_by="15-о", lowered_to=3)
    assert value_of("M28.meetings", evidence(EARLY, events=visits)).met is False
    value = value_of("M28.meetings", evidence(EARLY, events=visits, marks=(lowered,)))
    assert value.met is True
    assert "порог снижен приказом № 15-о" in value.rule


def test_f36_an_order_lowers_a_threshold_from_its_date_and_the_past_keeps_its_own() -> None:
    """Measure 28 is due on 01.10.2022 and asks for seven meetings; three were held."""
    visits = tuple(Event(f"М-{n}", "рабочая встреча", on=EARLY) for n in range(3))
    november, later = date(2022, 11, 7), date(2022, 12, 24)
    lowered = Mark(measure=28, lowered_by="15-о", lowered_to=3, on=november)

    listed = base(Group.GRADUATE, 1, Role.MENTOR, EARLY)
    before = evidence(later, people=listed, events=visits, marks=(lowered,))
    assert judge(only(28), before, date(2022, 11, 6)).statuses[0].status is Status.OVERDUE
    [status] = judge(only(28), before, later).statuses
    assert (status.status, status.fulfilled_on) == (Status.DONE_LATE, november)
    [timely] = judge(
        only(28), replace(before, marks=(replace(lowered, on=date(2022, 9, 30)),)), later
    ).statuses
    assert (timely.status, timely.fulfilled_on) == (Status.DONE, date(2022, 9, 30))


def test_f36_a_threshold_of_the_settings_counts_from_its_day() -> None:
    """Measure 1 is due on 16.09.2022; five pupils of a hundred are in the base."""
    low = replace(SETTINGS, thresholds={"coverage": Fraction(1, 20)})
    usual = replace(SETTINGS, thresholds={"coverage": Fraction(1, 10)})
    october = date(2022, 10, 3)
    known = replace(
        covered(5, 100, EARLY), as_of=date(2022, 12, 1), by_day=((date.min, usual), (october, low))
    )

    assert judge(only(1), known, date(2022, 10, 2)).values[0].met is False
    assert judge(only(1), known, october).values[0].met is True
    always = replace(known, by_day=((date.min, low),))
    roadmap = only(1)
    assert judge(roadmap, known, october).values[0].threshold == Fraction(1, 20)
    assert judge(roadmap, known, date(2022, 9, 16)).values[0].threshold == Fraction(1, 10)
    assert judge(roadmap, always, date(2022, 9, 16)).values[0].threshold == Fraction(1, 20)


def test_f34_what_is_missing_is_said_with_the_right_ending_and_by_name_where_all_are_needed() -> None:
    visits = tuple(Event(f"М-{n}", "рабочая встреча", on=EARLY) for n in range(5))
    assert value_of("M28.meetings", evidence(EARLY, events=visits)).missing == "ещё 2\u00a0встречи до 7"
    known = evidence(
        date(2022, 10, 20), people=pair_people(2), pairs=(pair(1), pair(2)), meetings=(meeting(1, EARLY),)
    )
    assert value_of("M10.pairs", known).missing == "ещё 2\u00a0пары до 100\u00a0%: П-001, П-002"


def test_rows_without_a_date_are_not_counted_and_are_mentioned() -> None:
    rows = (
        Material("контент-план", title="План", on=None, link="https://school.example/план"),
        Material("рубрика ВК", title="Рубрика", on=EARLY, link="https://vk.example/1"),
    )
    value = value_of("M23.plan", evidence(EARLY, materials=rows))
    assert value.numerator == 0
    assert value.note == "не засчитано без даты: 1\u00a0строка («Материалы и ссылки»)"


def test_f33_before_anything_happened_a_far_measure_is_not_begun() -> None:
    assert status_of(13, evidence(date(2022, 9, 20))).status is Status.NOT_BEGUN


def test_f33_under_threat_follows_the_declared_rule_of_days_and_share() -> None:
    due = date(2022, 10, 1)
    three = tuple(Event(f"М-{n}", "рабочая встреча", on=EARLY) for n in range(3))
    four = (*three, Event("М-9", "рабочая встреча", on=EARLY))
    mentor = (person("В-001", Group.GRADUATE, Role.MENTOR),)

    def at(days_left: int, events: tuple[Event, ...]) -> Status:
        return status_of(28, evidence(due - timedelta(days=days_left), people=mentor, events=events)).status

    assert at(22, three) is Status.UNDER_WAY
    assert at(21, three) is Status.AT_RISK  # 3 of 7 is less than a half
    assert at(21, four) is Status.UNDER_WAY
    assert at(8, four) is Status.UNDER_WAY
    assert at(7, four) is Status.AT_RISK
    assert at(0, four) is Status.AT_RISK
    assert at(-1, four) is Status.OVERDUE


def test_f33_the_number_of_organisations_unknown_asks_for_a_decision() -> None:
    known = evidence(date(2022, 9, 20), partners=(Partner("Заря", listed_on=EARLY),))
    status = status_of(3, known)
    assert status.status is Status.DECISION
    assert "«Контингент», строка «организация»" in status.reason


def test_a_measure_in_time_whose_evidence_later_fails_asks_for_a_decision() -> None:
    people = base(Group.PUPIL, 2, Role.MENTEE, EARLY)
    newcomer = person("У-003", on=date(2022, 11, 1))
    known = evidence(date(2022, 11, 2), people=(*people, newcomer), consents=consents_of(people, EARLY))
    status = status_of(8, known)
    assert status.status is Status.DECISION
    assert "21.10.2022 было выполнено" in status.reason


def test_a_first_pair_alone_does_not_make_a_measure_done_early() -> None:
    on_time, late = date(2022, 10, 12), date(2022, 10, 28)
    plans = (plan(1, 0, 1, on_time, on_time), plan(2, 0, 1, late, late))
    known = evidence(
        date(2022, 10, 30),
        people=pair_people(2),
        pairs=(pair(1), pair(2, date(2022, 10, 20))),
        meetings=(meeting(1, on_time), meeting(2, late)),
        plans=plans,
    )
    status = status_of(10, known)
    assert (status.status, status.fulfilled_on) == (Status.DONE_LATE, late)


def test_a_pair_that_came_to_its_planned_end_still_counts_and_a_broken_one_does_not() -> None:
    day = date(2022, 12, 20)
    completed = replace(pair(1), state=PairState.COMPLETED, ended_on=day)
    broken = replace(pair(2), state=PairState.ENDED, ended_on=day)
    known = evidence(date(2022, 12, 24), people=pair_people(2), pairs=(completed, broken))
    assert value_of("M09.pairs", known).denominator_ids == ("П-001",)


def test_a_plan_without_points_is_not_a_plan_fulfilled() -> None:
    known = evidence(
        date(2022, 12, 24),
        people=pair_people(2),
        pairs=(pair(1), pair(2)),
        plans=(plan(1, 10, 10, date(2022, 11, 1)), plan(2, 0, 0, date(2022, 11, 1))),
        meetings=(meeting(1, date(2022, 11, 1)), meeting(2, date(2022, 11, 1))),
    )
    assert value_of("M12.items", known).met is True
    assert value_of("M12.planned", known).missing.endswith("П-002")
    assert status_of(12, known).status is not Status.DONE


def test_the_hand_set_state_stands_beside_and_a_disagreement_is_said() -> None:
    marks = (
        Mark(measure=13, state="в работе", on=date(2022, 9, 5)),
        Mark(measure=13, state="выполнено", comment="игра прошла", on=date(2022, 9, 15)),
    )
    status = status_of(13, evidence(date(2022, 9, 20), marks=marks))
    assert (status.status, status.hand_status) == (Status.NOT_BEGUN, "выполнено")
    assert status.disagreement == "вручную «выполнено», по подтверждениям «не начато»"
    agreed = status_of(13, evidence(date(2022, 9, 20), marks=(Mark(measure=13, state="не начато"),)))
    assert agreed.disagreement == ""


def test_a_deadline_nobody_can_read_asks_for_a_decision() -> None:
    roadmap = only(13)
    vague = replace(roadmap.measures[0], deadline=UnreadableDeadline("скоро", "срок не понят"))
    report = judge(Roadmap((vague,)), evidence(date(2022, 9, 20)), date(2022, 9, 20))
    assert report.statuses[0].status is Status.DECISION


def test_training_without_a_schedule_is_judged_by_the_end_of_the_period() -> None:
    assert status_of(5, evidence(date(2022, 9, 20))).due == END


def publications(last: date) -> tuple[Material, ...]:
    days = [EARLY] * 4 + [last]
    return tuple(
        Material("публикация", title=f"новость {n}", on=on, link=f"https://school.example/{n}")
        for n, on in enumerate(days)
    )


def two_measures_and_controls(as_of: date, last: date) -> dict[int, MeasureStatus]:
    documents = (RegisteredDocument("акт о доступности", number="7", on=EARLY),)
    known = evidence(as_of, materials=publications(last), documents=documents)
    report = judge(only(15, 24, 29, 30), known, as_of)
    return {status.number: status for status in report.statuses}


def test_measures_29_and_30_count_the_others_and_neither_themselves_nor_each_other() -> None:
    documents = (RegisteredDocument("акт о доступности", number="7", on=EARLY),)
    known = evidence(date(2022, 10, 5), materials=publications(END), documents=documents)
    values = {value.id: value for value in measure(only(15, 24, 29, 30), known, known.as_of)}
    assert (values["M29.done"].numerator_ids, values["M29.done"].denominator_ids) == (
        ("№ 15",),
        ("№ 15", "№ 24"),
    )
    assert (values["M30.on_time"].numerator, values["M30.on_time"].denominator) == (1, 1)


def test_the_controls_close_on_the_last_day_when_all_else_is_done() -> None:
    before = two_measures_and_controls(date(2022, 12, 30), date(2022, 12, 29))
    assert {number: before[number].status for number in (29, 30)} == {
        29: Status.UNDER_WAY,
        30: Status.UNDER_WAY,
    }
    after = two_measures_and_controls(END, date(2022, 12, 29))
    assert {number: after[number].status for number in (29, 30)} == {29: Status.DONE, 30: Status.DONE}


def test_one_measure_short_leaves_the_controls_overdue_and_one_late_leaves_only_the_timely_one() -> None:
    short = two_measures_and_controls(date(2023, 1, 9), date(2023, 2, 1))
    assert (short[29].status, short[30].status) == (Status.OVERDUE, Status.OVERDUE)
    late = two_measures_and_controls(date(2023, 1, 9), date(2023, 1, 3))
    assert (late[29].status, late[29].fulfilled_on) == (Status.DONE_LATE, date(2023, 1, 3))
    assert late[30].status is Status.OVERDUE


def test_all_32_measures_have_a_state_and_a_reason_even_with_nothing_known() -> None:
    report = judge(the_roadmap(), evidence(date(2022, 9, 1)), date(2022, 9, 1))
    assert [status.number for status in report.statuses] == list(range(1, 33))
    assert all(status.reason for status in report.statuses)
    assert sum(report.counts().values()) == 32


def test_consent_withdrawn_or_given_later_counts_from_its_own_day() -> None:
    people = base(Group.PUPIL, 1, Role.MENTEE, EARLY)
    contingent = (Contingent("обучающийся", total=10), Contingent("педагог", total=0))
    signed, withdrawn = date(2022, 9, 10), date(2022, 9, 18)
    known = evidence(
        date(2022, 9, 20),
        people=people,
        consents=(consent("У-001", signed, withdrawn),),
        contingent=contingent,
    )
    assert value_of("M01.pupils", known).numerator == 0
    earlier = replace(known, as_of=date(2022, 9, 17), consented=frozenset({"У-001"}))
    assert value_of("M01.pupils", earlier).numerator == 1


def test_f14_a_pupil_who_turns_fourteen_counts_again_only_with_a_signature_of_their_own() -> None:
    pupil = replace(person("У-001"), birth_date=date(2008, 9, 15))
    own = replace(consent("У-001", date(2022, 9, 18)), key="У-001-сам", signer=Signer.TEENAGER)
    known = evidence(
        date(2022, 9, 20),
        people=(pupil,),
        consents=(consent("У-001", EARLY), own),
        contingent=(total("обучающийся", 10),),
    )
    roadmap = only(1)

    def pupils_on(day: int) -> int | None:
        values = {value.id: value for value in measure(roadmap, known, date(2022, 9, day))}
        return values["M01.pupils"].numerator

    assert [pupils_on(day) for day in (1, 2, 14, 15, 17, 18, 20)] == [0, 1, 1, 0, 0, 1, 1]
