"""People of the registry as the matching sees them: who may be paired, with what, and who may not and why."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.matching.model import (
    Decided,
    FormRule,
    Ineligible,
    Market,
    Mentee,
    Mentor,
    Rules,
)
from sheets_sync.domain.pairs.life import FIX, FORBID, LOCKED, OVER, REJECT
from sheets_sync.domain.school import NetworkingAnswer, Pair, PairState, Person, Role, SchoolSettings

_EXPERIENCE = {"до 3 лет": 0, "3–10 лет": 1, "больше 10 лет": 2}
_GROUP_WISH = {"один на один": False, "в группе": True}


def make_market(
    people: Sequence[Person],
    refusals: Mapping[str, str],
    networking: Sequence[NetworkingAnswer],
    pairs: Sequence[Pair],
    rules: Rules,
    settings: SchoolSettings,
    as_of: date,
    left_over: frozenset[str] = frozenset(),
) -> Market:
    """Lay out everybody for the matching.

    Shape: `refusals` gives, for each code that the consent gate does not admit, the reason in Russian;
    `left_over` are the codes of mentees who stayed without a pair in the last period.
    """
    used = forms_in_use(rules, settings)
    wishes = {(answer.person, answer.role): answer for answer in networking}
    mentees: list[Mentee] = []
    mentors: list[Mentor] = []
    ineligible: list[Ineligible] = []
    for person in people:
        barrier = _barrier(person, refusals, as_of)
        for role in sorted(person.roles):
            closed = barrier or ("" if _forms(person, used, role) else _no_form(person))
            if closed:
                ineligible.append(Ineligible(person.code, role.value, closed))
            elif role is Role.MENTEE:
                mentees.append(_mentee(person, used, wishes.get((person.code, role)), as_of, left_over))
            else:
                mentors.append(_mentor(person, used, wishes.get((person.code, role)), as_of))
    return Market(
        replace(rules, forms=used),
        tuple(mentees),
        tuple(mentors),
        locks=tuple(_decided(pair) for pair in pairs if pair.state in LOCKED or _fixed(pair)),
        vetoes=tuple(
            _decided(pair)
            for pair in pairs
            if pair.decision in {REJECT, FORBID} or pair.state is PairState.ENDED
        ),
        current=tuple(_decided(pair) for pair in pairs if pair.state is PairState.PROPOSED),
        ineligible=tuple(ineligible),
    )


def age_on(born: date | None, on: date) -> int | None:
    """Return full years on a date, None when the birth date is unknown."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def class_level(school_class: str) -> int | None:
    """Return the number of a class like «7 «А»»."""
    found = re.match(r"\d+", school_class)
    return int(found.group()) if found else None


def _fixed(pair: Pair) -> bool:
    return pair.decision == FIX and pair.state not in OVER


def forms_in_use(rules: Rules, settings: SchoolSettings) -> tuple[FormRule, ...]:
    """The forms that the school works in: those of «Настройки», else all but the school's own extensions."""
    named = set(settings.forms_in_use)
    return tuple(rule for rule in rules.forms if (rule.title in named if named else not rule.extension))


def _barrier(person: Person, refusals: Mapping[str, str], as_of: date) -> str:
    if person.excluded:
        return "отмечено «не участвует»"
    if person.left_on is not None and person.left_on <= as_of:
        return "вышел из программы"
    if person.interview.conclusion in {"нет", "позже"}:
        return f"вывод собеседования: {person.interview.conclusion}"
    return refusals.get(person.code, "")


def _no_form(person: Person) -> str:
    if person.mentoring_form:
        return f"форма «{person.mentoring_form}», выбранная на собеседовании, этому участнику не подходит"
    return f"ни одна форма наставничества школы не принимает группу «{person.group}» в этой роли"


def _forms(person: Person, used: Sequence[FormRule], role: Role) -> tuple[str, ...]:
    group = person.group.value
    fitting = [
        rule.title for rule in used if group in (rule.mentees if role is Role.MENTEE else rule.mentors)
    ]
    if person.mentoring_form:
        return tuple(title for title in fitting if title == person.mentoring_form)
    return tuple(fitting)


def _mentee(
    person: Person,
    used: Sequence[FormRule],
    wish: NetworkingAnswer | None,
    as_of: date,
    left_over: frozenset[str],
) -> Mentee:
    return Mentee(
        id=person.code,
        group=person.group.value,
        forms=_forms(person, used, Role.MENTEE),
        needs=person.needs,
        times=person.times,
        wanted=person.wanted_mentors,
        level=class_level(person.school_class),
        age=age_on(person.birth_date, as_of),
        experience=_EXPERIENCE.get(person.experience),
        wants_group=_GROUP_WISH.get(wish.group_preference) if wish else None,
        choices=wish.choices if wish else (),
        avoids=frozenset(wish.avoids) if wish else frozenset(),
        waiting_nights=max(0, (as_of - person.applied_on).days),
        unpaired_before=person.code in left_over,
    )


def _mentor(person: Person, used: Sequence[FormRule], wish: NetworkingAnswer | None, as_of: date) -> Mentor:
    return Mentor(
        id=person.code,
        group=person.group.value,
        forms=_forms(person, used, Role.MENTOR),
        capacity=person.capacity,
        resources=person.resources,
        times=person.times,
        level=class_level(person.school_class),
        age=age_on(person.birth_date, as_of),
        experience=_EXPERIENCE.get(person.experience),
        choices=wish.choices if wish else (),
        avoids=frozenset(wish.avoids) if wish else frozenset(),
    )


def _decided(pair: Pair) -> Decided:
    why = pair.decision or pair.state.value
    return Decided(pair.mentee, pair.form, pair.mentor, why, f"лист «Пары», {pair.code}")
