"""A participant's way through the programme by dates, and the register of personalised accounting."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sheets_sync.domain.consents import by_person
from sheets_sync.domain.dates import printed
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.school import Consent, ConsentKind, Pair, PairState, Person, RegisteredDocument, Role
from sheets_sync.domain.tables import Memory

HEADER = (
    "Код", "ФИО", "Дата рождения", "Категория", "Класс, место работы", "Роль", "Форма наставничества", "Пары",
    "Приказ о включении", "Дата входа", "Дата выхода", "Причина выхода", "Результат", "Согласие", "История",
)  # fmt: skip
_ENTERED = frozenset({PairState.IN_FORCE, PairState.PAUSED, PairState.ENDED, PairState.COMPLETED})


def classes_of(person: Person, memory: Memory, as_of: date) -> list[list[str]]:
    """Return the classes seen so far as [day first seen, class], the present one last; [] for who has none.

    Shape: `memory` is what the row of «Реестр» remembers; a day before the last one seen adds nothing.
    """
    said = memory.get("classes")
    seen = [[str(part) for part in one] for one in said] if isinstance(said, list) else []
    if person.school_class and (not seen or seen[-1][1] != person.school_class):
        first = person.applied_on if not seen else as_of
        if not seen or first >= date.fromisoformat(seen[-1][0]):
            seen.append([first.isoformat(), person.school_class])
    return seen


def history(
    person: Person, classes: Sequence[Sequence[str]], pairs: Iterable[Pair], as_of: date
) -> list[str]:
    """Return what happened to a participant up to a date, a line each, in order of dates; nobody is named."""
    events = [(person.applied_on, "анкета")]
    events += [
        (date.fromisoformat(day), f"класс {name}") for number, (day, name) in enumerate(classes) if number
    ]
    for pair in pairs:
        if person.code not in (pair.mentor, pair.mentee) or pair.state not in _ENTERED:
            continue
        role = Role.MENTOR if person.code == pair.mentor else Role.MENTEE
        if pair.in_force_from is not None:
            events.append((pair.in_force_from, f"приказом в паре {pair.code}, {role}"))
        if pair.ended_on is not None:
            events.append((pair.ended_on, f"пара {pair.code} прекращена"))
    if person.left_on is not None:
        events.append((person.left_on, ", ".join(part for part in ("выбыл", person.left_reason) if part)))
    return [f"{printed(day)} — {text}" for day, text in sorted(events) if day <= as_of]


def register_lines(
    people: Iterable[Person],
    pairs: Sequence[Pair],
    consents: Iterable[Consent],
    documents: Sequence[RegisteredDocument],
    refusals: Mapping[str, str],
    roster: Roster,
    as_of: date,
) -> list[tuple[str, ...]]:
    """Return the register as of a date: everybody whom an order in force by then names, once, in any role.

    Shape: `refusals` are the codes that the consent gate does not admit: they stand by code alone.
    """
    own = by_person(consents)
    found: list[tuple[str, ...]] = [HEADER]
    for person in sorted(people, key=lambda one: (one.group.value, one.school_class, one.code)):
        mine = [
            pair
            for pair in pairs
            if person.code in (pair.mentor, pair.mentee)
            and pair.state in _ENTERED
            and pair.in_force_from is not None
            and pair.in_force_from <= as_of
        ]
        if mine:
            admitted = person.code not in refusals
            found.append(_line(person, mine, own.get(person.code, ()), documents, roster, admitted, as_of))
    return found


def _line(
    person: Person,
    mine: Sequence[Pair],
    consents: Iterable[Consent],
    documents: Sequence[RegisteredDocument],
    roster: Roster,
    admitted: bool,
    as_of: date,
) -> tuple[str, ...]:
    listed = roster.code_of(person.code) if person.name == person.code else None
    entered = min(pair.in_force_from for pair in mine if pair.in_force_from is not None)
    orders = {
        f"№ {paper.number} от {printed(paper.on)}": None
        for paper in documents
        if paper.registered and paper.on == entered and any(pair.code in paper.pairs for pair in mine)
        if paper.on is not None
    }
    over = all(pair.ended_on is not None and pair.ended_on <= as_of for pair in mine)
    last = max((pair.ended_on for pair in mine if pair.ended_on is not None), default=None) if over else None
    left = person.left_on if person.left_on is not None and person.left_on <= as_of else last
    reason = person.left_reason or ("; ".join(dict.fromkeys(p.end_reason for p in mine)) if over else "")
    roles = [role.value for role in Role if any(person.code == _of(pair, role) for pair in mine)]
    born = printed(person.birth_date) if person.birth_date else ""
    name = listed.name if listed else person.name
    return (
        person.code,
        name if admitted else "—",
        born if admitted else "—",
        "молодой специалист" if person.is_young_specialist else person.group.value,
        (person.school_class or person.occupation) if admitted else "—",
        ", ".join(roles),
        ", ".join(dict.fromkeys(pair.form for pair in mine)),
        ", ".join(pair.code for pair in mine),
        "; ".join(orders),
        printed(entered),
        printed(left) if left else "",
        reason if left and admitted else "",
        _result(mine, over),
        _papers(consents) if admitted else "нет действующего",
        "; ".join(history(person, (), mine, as_of)) if admitted else "",
    )


def _of(pair: Pair, role: Role) -> str:
    return pair.mentor if role is Role.MENTOR else pair.mentee


def _result(mine: Sequence[Pair], over: bool) -> str:
    if all(pair.state is PairState.COMPLETED for pair in mine):
        return "завершено"
    return "прекращено" if over else "участвует"


def _papers(consents: Iterable[Consent]) -> str:
    found = []
    for one in consents:
        if one.kind is ConsentKind.PROCESSING and one.signed_on is not None:
            parts = [one.paper and f"№ {one.paper}", f"от {printed(one.signed_on)}"]
            parts.append(f"до {printed(one.valid_until)}" if one.valid_until else "")
            found.append(" ".join(part for part in parts if part))
    return "; ".join(found)
