"""Individual plans on paper: one for every pair in force that has made its plan.

Marks and results are written by hand, so that a plan is drafted again only when the plan itself changed.
"""

from datetime import date

from sheets_sync.domain.consents import ADULT
from sheets_sync.domain.dates import age_on
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import INDIVIDUAL_PLAN
from sheets_sync.domain.documents.wording import initials_first, long_date, short_date
from sheets_sync.domain.indicators.values import percent
from sheets_sync.domain.school import Group, Pair, PairState, Person, Plan

HEADING = "Индивидуальный план пары"
_NEEDS = 3


def individual_plans(facts: Facts) -> tuple[Content, ...]:
    """Return the plans of the pairs in force, those drafted before also when the curator asks for no more."""
    pairs = {
        pair.code: pair
        for pair in facts.pairs
        if pair.state in {PairState.IN_FORCE, PairState.COMPLETED} and facts.admits(pair)
    }
    drafted = facts.drafted.get(INDIVIDUAL_PLAN, frozenset())
    return tuple(
        _plan(plan, pairs[plan.pair], facts)
        for plan in sorted(facts.plans, key=lambda one: one.pair)
        if plan.pair in pairs and plan.items and (facts.wanted.plans or plan.pair in drafted)
    )


def _plan(plan: Plan, pair: Pair, facts: Facts) -> Content:
    mentor, mentee = facts.people[pair.mentor], facts.people[pair.mentee]
    lines = tuple(
        Line(f"пункт {item.number}", (item.text, _due(item.due, facts), "", "", "")) for item in plan.items
    )
    fields = {
        **facts.common(),
        "пара": pair.code,
        "начало плана": long_date(plan.made_on),
        "наставник": mentor.name,
        "наставник кто": _class_or_post(mentor, facts),
        "наставник подпись": initials_first(mentor.name),
        "наставляемый": mentee.name,
        "наставляемый кто": _class_or_post(mentee, facts),
        "наставляемый подпись": initials_first(mentee.name),
        "форма": pair.form,
        "запрос": ", ".join(sorted(mentee.needs)[:_NEEDS]) or "—",
        "цель": plan.goal or "—",
        "доля плана": percent(facts.settings.plan_share),
        "представитель строка": _representative(mentee, facts),
        "куратор подпись": initials_first(facts.settings.curator_name),
    }
    heading = f"{HEADING} {pair.code}"
    return Content(INDIVIDUAL_PLAN, heading, fields, {"": lines}, subject=pair.code, pairs=(pair.code,))


def _due(due: date | None, facts: Facts) -> str:
    return short_date(due) if due is not None else f"до {short_date(facts.settings.period_end)}"


def _class_or_post(person: Person, facts: Facts) -> str:
    return f"{person.school_class} класс" if person.school_class else facts.post_of(person.code)


def _representative(mentee: Person, facts: Facts) -> str:
    grown = mentee.birth_date is not None and age_on(mentee.birth_date, facts.as_of) >= ADULT
    if grown or mentee.group is not Group.PUPIL:
        return ""
    signed = initials_first(mentee.representative) if mentee.representative else "____________________"
    return f"С планом ознакомлен законный представитель\n_________________ {signed}"
