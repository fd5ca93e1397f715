"""What holds for every evidence: order does not matter, the past can be recounted, shares are exact."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.domain.roadmap_status import judge
from sheets_sync.domain.school import Evidence, Group, Meeting, MeetingKind, Role
from tests.unit.domain.school_year import consent, evidence, meeting, pair, person, plan, the_roadmap, total

START, LAST = date(2022, 9, 1), date(2023, 1, 20)
DAYS = st.dates(START, LAST)
T = TypeVar("T")


@st.composite
def years(draw: st.DrawFn) -> Evidence:
    """A small school's whole year, known on its last day."""
    size = draw(st.integers(1, 5))
    people, consents, pairs, plans = [], [], [], []
    meetings: list[Meeting] = []
    for number in range(1, size + 1):
        for prefix, role in (("Н", Role.MENTOR), ("У", Role.MENTEE)):
            code = f"{prefix}-{number:03}"
            group = draw(st.sampled_from([Group.PUPIL, Group.TEACHER]))
            people.append(person(code, group, role, on=draw(DAYS)))
            signed, withdrawn = draw(st.none() | DAYS), draw(st.none() | DAYS)
            if signed is None or (withdrawn is not None and withdrawn <= signed):
                withdrawn = None
            consents.append(consent(code, signed, withdrawn, group))
        if draw(st.booleans()):
            pairs.append(pair(number, draw(DAYS)))
            kinds = draw(st.lists(st.sampled_from(list(MeetingKind)), max_size=6))
            meetings += [meeting(number, draw(DAYS), kind) for kind in kinds]
            made = draw(DAYS)
            plans.append(plan(number, draw(st.integers(0, 3)), draw(st.integers(0, 3)), draw(DAYS), made))
    return evidence(
        LAST,
        people=tuple(people),
        consents=tuple(consents),
        pairs=tuple(pairs),
        meetings=tuple(meetings),
        plans=tuple(plans),
        contingent=(total("обучающийся", draw(st.integers(1, 40))), total("педагог", 4)),
    )


def known_on(whole: Evidence, day: date) -> Evidence:
    """The same year as it stood on a day: later facts are not there yet."""
    consents = tuple(
        replace(
            each,
            signed_on=each.signed_on if each.signed_on and each.signed_on <= day else None,
            withdrawn_on=each.withdrawn_on if each.withdrawn_on and each.withdrawn_on <= day else None,
        )
        for each in whole.consents
    )
    plans = tuple(
        replace(
            each,
            items=tuple(
                replace(item, done_on=item.done_on if item.done_on and item.done_on <= day else None)
                for item in each.items
            ),
        )
        for each in whole.plans
        if each.made_on <= day
    )
    return replace(
        whole,
        as_of=day,
        people=tuple(each for each in whole.people if each.applied_on <= day),
        consents=consents,
        consented=frozenset(each.person for each in consents if each.signed_on and not each.withdrawn_on),
        pairs=tuple(each for each in whole.pairs if each.in_force_from and each.in_force_from <= day),
        meetings=tuple(each for each in whole.meetings if each.on <= day),
        plans=plans,
    )


@settings(max_examples=60, deadline=None)
@given(years(), DAYS)
def test_f36_a_past_date_recounted_from_todays_records_gives_what_was_counted_then(
    whole: Evidence, day: date
) -> None:
    then = judge(the_roadmap(), known_on(whole, day), day)
    assert judge(the_roadmap(), whole, day) == then


@settings(max_examples=60, deadline=None)
@given(years(), st.randoms(use_true_random=False))
def test_f32_the_order_of_records_changes_nothing(whole: Evidence, dice: random.Random) -> None:
    def mixed(rows: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(dice.sample(rows, len(rows)))

    other = replace(
        whole,
        people=mixed(whole.people),
        consents=mixed(whole.consents),
        pairs=mixed(whole.pairs),
        meetings=mixed(whole.meetings),
        plans=mixed(whole.plans),
    )
    assert judge(the_roadmap(), other, LAST) == judge(the_roadmap(), whole, LAST)


@settings(max_examples=60, deadline=None)
@given(years(), DAYS)
def test_f32_met_follows_from_whole_numbers_and_needed_is_the_smallest_that_meets(
    whole: Evidence, day: date
) -> None:
    for value in judge(the_roadmap(), whole, day).values:
        if value.threshold is None or value.met is None or value.needed is None:
            continue
        assert value.numerator is not None
        scale = value.denominator if value.unit == "%" else 1
        assert scale is not None

        def reaches(number: int, threshold=value.threshold, scale=scale) -> bool:  # type: ignore[no-untyped-def]
            return bool(number * threshold.denominator >= threshold.numerator * scale)

        assert value.met is reaches(value.numerator)
        assert reaches(value.numerator + value.needed)
        assert value.needed == 0 or not reaches(value.numerator + value.needed - 1)


@settings(max_examples=40, deadline=None)
@given(years(), DAYS)
def test_f33_days_alone_change_a_state_only_by_its_declared_dates(whole: Evidence, day: date) -> None:
    """Between two days without a new fact, a deadline or a threat's edge, the report stays the same."""
    then, later = (judge(the_roadmap(), whole, each) for each in (day, day + timedelta(days=1)))
    facts = {each.applied_on for each in whole.people} | {each.on for each in whole.meetings}
    facts |= {day for each in whole.consents for day in (each.signed_on, each.withdrawn_on) if day}
    facts |= {each.in_force_from for each in whole.pairs if each.in_force_from}
    facts |= {each.made_on for each in whole.plans}
    facts |= {item.done_on for each in whole.plans for item in each.items if item.done_on}
    dues = {status.due for status in then.statuses if status.due}
    edges = {due + timedelta(days=shift) for due in dues for shift in (-21, -7, 0, 1)}
    quarters = {date(2022, 9, 1), date(2022, 10, 1)}
    if day + timedelta(days=1) not in facts | edges | quarters and day < LAST:
        assert (later.values, later.statuses) == (then.values, then.statuses)
