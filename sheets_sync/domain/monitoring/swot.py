"""Material for the curator's SWOT: strengths and weaknesses by threshold, open answers without names.

Source: domain notes 1.7: the service groups answers, the curator writes the text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from sheets_sync.domain.monitoring.comparison import ITEMS, SMALLEST_GROUP
from sheets_sync.domain.monitoring.open_answers import NameSpotter, OpenAnswers, open_answers
from sheets_sync.domain.school import Diagnostic, Evidence, PairState, Role

_ENTERED = frozenset((PairState.IN_FORCE, PairState.PAUSED, PairState.ENDED, PairState.COMPLETED))


class Side(StrEnum):
    """Where a line stands before the curator has judged it."""

    STRENGTH = "сильная сторона"
    WEAKNESS = "слабая сторона"
    BETWEEN = "между порогами"
    HIDDEN = "мало ответов"
    VALUED = "что ценят"
    IMPROVE = "что улучшить"


@dataclass(frozen=True, slots=True)
class Line:
    """One closed question in one group: the share of high marks and the side it falls on.

    Shape: `key` is stable; `good` of `answered` people answered well, both None in a group under five.
    """

    key: str
    group: str
    question: str
    good: int | None
    answered: int | None
    side: Side


@dataclass(frozen=True, slots=True)
class Swot:
    """Closed questions, and what people wrote themselves: `opened` by side."""

    lines: tuple[Line, ...]
    opened: Mapping[Side, OpenAnswers]


Answered = tuple[int, int]
"""(well, all) answers to one question."""


def swot(evidence: Evidence) -> Swot:
    """Sort the latest answers of the period: each person counts once in a role."""
    settings = evidence.settings
    latest: dict[tuple[str, Role], Diagnostic] = {}
    for answer in sorted(evidence.diagnostics, key=lambda one: (one.on, one.response_id)):
        if settings.period_start <= answer.on <= settings.period_end:
            latest[answer.person, answer.role] = answer
    lines: list[Line] = []
    for group, answers in _groups(latest, evidence).items():
        for number, question in enumerate(_questions()):
            lines.append(_line(group, number, question, _counted(answers, number, evidence), evidence))
    spotter = NameSpotter(names_known(evidence))
    opened = {
        Side.VALUED: open_answers((one.valued for one in evidence.diagnostics), spotter),
        Side.IMPROVE: open_answers((one.improve for one in evidence.diagnostics), spotter),
    }
    return Swot(tuple(lines), opened)


def _questions() -> tuple[str, ...]:
    return (*ITEMS, "Довольны участием", "Рады участию", "Ожидания оправдываются", "Хотят продолжить")


def _counted(answers: Sequence[Diagnostic], number: int, evidence: Evidence) -> Answered:
    said = [found for answer in answers if (found := _well(answer, number, evidence)) is not None]
    return sum(said), len(said)


def _well(answer: Diagnostic, number: int, evidence: Evidence) -> bool | None:
    """Whether a question was answered well, None where it was not answered or it is too early to say."""
    least = evidence.settings.satisfied_from
    if number < len(ITEMS):
        mark = answer.scales[number] if number < len(answer.scales) else None
        return None if mark is None else mark >= least
    closed: tuple[bool | None, ...] = (
        None if answer.satisfaction is None else answer.satisfaction >= least,
        answer.glad,
        {"да": True, "частично": False, "нет": False}.get(answer.expectations),
        {"да": True, "нет": False}.get(answer.wants_more),
    )
    return closed[number - len(ITEMS)]


def _line(group: str, number: int, question: str, counted: Answered, evidence: Evidence) -> Line:
    key = f"{group}/{number + 1}"
    good, answered = counted
    if answered < SMALLEST_GROUP:
        return Line(key, group, question, None, None, Side.HIDDEN)
    share = Fraction(good, answered)
    side = Side.BETWEEN
    if share >= evidence.settings.swot_strong:
        side = Side.STRENGTH
    elif share < evidence.settings.swot_weak:
        side = Side.WEAKNESS
    return Line(key, group, question, good, answered, side)


def _groups(latest: Mapping[tuple[str, Role], Diagnostic], evidence: Evidence) -> dict[str, list[Diagnostic]]:
    """Return answers by role and by form of mentoring; a person in two roles is in both of them."""
    groups = {role.value: [answer for (_, own), answer in latest.items() if own is role] for role in Role}
    forms: defaultdict[str, set[tuple[str, Role]]] = defaultdict(set)
    for pair in evidence.pairs:
        if pair.state in _ENTERED:
            forms[pair.form] |= {(pair.mentor, Role.MENTOR), (pair.mentee, Role.MENTEE)}
    for form in sorted(forms):
        groups[form] = [answer for who, answer in latest.items() if who in forms[form]]
    return groups


def names_known(evidence: Evidence) -> Iterable[str]:
    """Yield every name that the school knows: what is shown to others may hold none of them."""
    for person in evidence.people:
        yield person.name
        yield person.representative
    yield evidence.settings.curator_name
    yield evidence.settings.signatory_name
    yield from evidence.settings.responsible.values()
