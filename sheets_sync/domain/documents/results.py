"""The year's results as the digest and the report to the regional centre print them: numbers, no names."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from sheets_sync.domain.documents.content import Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.indicators.values import IndicatorValue, percent
from sheets_sync.domain.names import name_key
from sheets_sync.domain.school import Diagnostic, Material, Pair, PairState, Role

COUNTED = ("M01.", "M02.", "M03.", "M04.", "M07.", "M09.", "M12.", "M13.", "M20.", "M24.", "M32.")
"""Measures whose numbers are results; the others say whether papers and meetings are there."""

NOTHING = "—"
SMALLEST_GROUP = 5


def is_closing(facts: Facts) -> bool:
    """Whether the period's last month has come: before it the results are not results yet."""
    return facts.as_of >= facts.settings.period_end.replace(day=1)


def in_force(facts: Facts) -> tuple[Pair, ...]:
    """Return the pairs that a registered order named and that are at work or came to their planned end."""
    alive = {PairState.IN_FORCE, PairState.PAUSED, PairState.COMPLETED}
    return tuple(pair for pair in facts.pairs if pair.in_force_from is not None and pair.state in alive)


def result_lines(facts: Facts) -> tuple[Line, ...]:
    """Return a row for every result: what is counted, how much there is and how much was needed."""
    values = [value for value in facts.values.values() if value.id.startswith(COUNTED)]
    return tuple(
        Line(value.counts, (value.counts[:1].upper() + value.counts[1:], value.shown, needed(value)))
        for value in values
    )


def needed(value: IndicatorValue) -> str:
    """Return the threshold of an indicator as people read it."""
    if value.threshold is None:
        return NOTHING
    amount = percent(value.threshold) if value.unit == "%" else str(value.threshold)
    if value.unit == "%" and value.threshold == 1:
        return amount
    return f"не менее {amount}" if value.comparison == "≥" else f"{value.comparison} {amount}"


def materials_of(facts: Facts, kinds: Iterable[str]) -> tuple[Material, ...]:
    """Return the rows of «Материалы и ссылки» of some kinds, in the order of their dates."""
    wanted = set(kinds)
    found = [one for one in facts.materials if one.kind in wanted and (one.title or one.link)]
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.kind, one.title)))


def public_author(material: Material, facts: Facts) -> str:
    """Return an author as the public may read it: a person only with a consent to publication."""
    said = material.author.strip()
    people = [person for person in facts.people.values() if _is_named(person.name, said)]
    if not people:
        return NOTHING if _looks_like_a_name(said) else said or NOTHING
    return said if all(person.code in facts.admitted_in_public for person in people) else NOTHING


def _is_named(name: str, said: str) -> bool:
    surname = name.split()[0] if name.split() else ""
    return bool(surname) and name_key(surname) in name_key(said).split()


def _looks_like_a_name(said: str) -> bool:
    words = said.replace(".", ". ").split()
    initials = [word for word in words if len(word) == 2 and word.endswith(".") and word[0].isupper()]
    return bool(initials) or (len(words) >= 2 and all(word[0].isupper() for word in words))


def change_lines(facts: Facts, items: tuple[str, ...]) -> tuple[Line, ...]:
    """Compare the same people's first and last answers, item by item; groups under five are not shown."""
    first: dict[str, Diagnostic] = {}
    last: dict[str, Diagnostic] = {}
    for answer in sorted(facts.diagnostics, key=lambda one: (one.on, one.response_id)):
        first.setdefault(answer.person, answer)
        last[answer.person] = answer
    lines = []
    for place, title in enumerate(items):
        both = [
            (before, after)
            for person, answer in last.items()
            if answer is not first[person]
            and (before := _scale(first[person], place)) is not None
            and (after := _scale(answer, place)) is not None
        ]
        lines.append(Line(f"шкала {place + 1}", (title, *_compared(both))))
    return tuple(lines)


def _scale(answer: Diagnostic, place: int) -> int | None:
    return answer.scales[place] if place < len(answer.scales) else None


def _compared(both: list[tuple[int, int]]) -> tuple[str, str, str, str]:
    n = len(both)
    if n < SMALLEST_GROUP:
        return (f"меньше {SMALLEST_GROUP}", NOTHING, NOTHING, NOTHING)
    better = sum(after > before for before, after in both)
    return (
        str(n),
        _mean(sum(before for before, _ in both), n),
        _mean(sum(after for _, after in both), n),
        f"{better} ({percent(Fraction(better, n))})",
    )


def _mean(total: int, n: int) -> str:
    hundredths = (total * 100 + n // 2) // n
    return f"{hundredths // 100},{hundredths % 100:02d}"


def satisfaction_lines(facts: Facts) -> tuple[Line, ...]:
    """Return for each role how many answered and how many are satisfied by their last answer."""
    last: dict[tuple[str, Role], Diagnostic] = {}
    for answer in sorted(facts.diagnostics, key=lambda one: (one.on, one.response_id)):
        last[answer.person, answer.role] = answer
    lines = []
    for role, plural in ((Role.MENTEE, "Наставляемые"), (Role.MENTOR, "Наставники")):
        everybody = {pair.mentee if role is Role.MENTEE else pair.mentor for pair in in_force(facts)}
        rated = [
            one.satisfaction
            for (person, of), one in last.items()
            if of is role and person in everybody and one.satisfaction is not None
        ]
        happy = sum(mark >= facts.settings.satisfied_from for mark in rated)
        lines.append(Line(str(role), (plural, _part(len(rated), len(everybody)), _part(happy, len(rated)))))
    return tuple(lines)


def _part(number: int, whole: int) -> str:
    return f"{number} из {whole} ({percent(Fraction(number, whole))})" if whole else "нет данных"
