"""The registry of personalised accounting: who entered the programme by an order, and how they left it."""

from sheets_sync.domain.consents import consent_state
from sheets_sync.domain.documents.amendment import orders_in_force
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import PARTICIPANTS
from sheets_sync.domain.documents.naming import name_or_none
from sheets_sync.domain.documents.wording import counted, initials_first, number_sign, short_date
from sheets_sync.domain.school import ConsentKind, Pair, PairState, Person, Role

HEADING = "Реестр участников программы наставничества"
_ENTERED = frozenset({PairState.IN_FORCE, PairState.PAUSED, PairState.ENDED, PairState.COMPLETED})
_PEOPLE = ("человек", "человека", "человек")


def participants(facts: Facts) -> tuple[Content, ...]:
    """Return the registry, nothing before the first order is registered.

    A person whose consent was withdrawn stays by the code alone, with dates and without a name.
    """
    entered = [pair for pair in facts.pairs if pair.state in _ENTERED and pair.in_force_from is not None]
    entries = [(pair, code, role) for pair in entered for code, role in _both(pair) if code in facts.people]
    if not entries:
        return ()
    entries.sort(key=lambda entry: (facts.people[entry[1]].name, entry[1], entry[0].code))
    lines = tuple(
        Line(f"{code}, {pair.code}", _cells(pair, facts.people[code], role, facts))
        for pair, code, role in entries
    )
    mentors = {code for _, code, role in entries if role is Role.MENTOR}
    mentees = {code for _, code, role in entries if role is Role.MENTEE}
    fields = {
        **facts.common(),
        "число участников": counted(len(mentors | mentees), *_PEOPLE),
        "число наставников": counted(len(mentors), *_PEOPLE),
        "число наставляемых": counted(len(mentees), *_PEOPLE),
        "куратор подпись": initials_first(facts.settings.curator_name),
    }
    return (Content(PARTICIPANTS, HEADING, fields, {"": lines}),)


def _both(pair: Pair) -> tuple[tuple[str, Role], ...]:
    return (pair.mentor, Role.MENTOR), (pair.mentee, Role.MENTEE)


def _cells(pair: Pair, person: Person, role: Role, facts: Facts) -> tuple[str, ...]:
    admitted = bool(name_or_none(person.code, facts))
    order = next((paper for paper in orders_in_force(facts) if pair.code in paper.pairs), None)
    signed = f"{number_sign(order.number)} от {short_date(order.on)}" if order and order.on else ""
    kept = (
        (person.name, short_date(person.birth_date) if person.birth_date else "") if admitted else ("—", "—")
    )
    return (
        person.code,
        *kept,
        _category(person),
        facts.post_of(person.code) if admitted else "—",
        f"{role}, {pair.form}",
        pair.code,
        signed,
        _left(pair, person, admitted=admitted),
        _result(pair, facts),
        _consent(person, facts) if admitted else "отозвано",
    )


def _category(person: Person) -> str:
    return "молодой специалист" if person.is_young_specialist else str(person.group)


def _left(pair: Pair, person: Person, *, admitted: bool) -> str:
    if pair.state is PairState.ENDED and pair.ended_on is not None:
        reason = pair.end_reason if admitted else ""
        return ", ".join(part for part in (short_date(pair.ended_on), reason) if part)
    if person.left_on is not None:
        return ", ".join(part for part in (short_date(person.left_on), person.left_reason) if part)
    return ""


def _result(pair: Pair, facts: Facts) -> str:
    if pair.state is PairState.COMPLETED:
        plan = next((one for one in facts.plans if one.pair == pair.code), None)
        goal = f", цель: {plan.goal_reached}" if plan and plan.goal_reached else ""
        return f"завершено{goal}"
    return {PairState.ENDED: "прекращено", PairState.PAUSED: "приостановлено"}.get(pair.state, "участвует")


def _consent(person: Person, facts: Facts) -> str:
    days = [
        (consent.signed_on, consent.paper)
        for consent in facts.consents
        if consent.person == person.code
        and consent.kind is ConsentKind.PROCESSING
        and consent.signed_on is not None
        and not consent_state(consent, person, facts.as_of)
    ]
    if not days:
        return ""
    day, paper = max(days)
    return f"{short_date(day)}{f', {paper}' if paper else ''}"
