"""Before and after: the same people's answers to the same question at the entry and later.

Source: the programme's rules of monitoring, domain notes 1.7: only matched people, groups under five hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from sheets_sync.domain.school import Diagnostic, Pair, PairState, Role

SMALLEST_GROUP = 5
"""Groups of fewer people are not shown."""

ITEMS = (
    "Спокойно и понятно в общении",
    "Знаю свою цель",
    "Чувствую поддержку, готов поддерживать",
    "Уверен в своих силах",
    "Интерес к общему делу",
    "Встречи полезны",
)
"""The questions of form Ф4 in the order of `Diagnostic.scales`."""

EVERYBODY = "все"
Quarter = tuple[int, int]
Scales = tuple[tuple[int, int], ...]
"""Matched marks of one question: (before, after), one for each person."""

_ENTERED = frozenset((PairState.IN_FORCE, PairState.PAUSED, PairState.ENDED, PairState.COMPLETED))


@dataclass(frozen=True, slots=True)
class Change:
    """How matched marks changed; `n` counts people."""

    n: int
    mean_before: Fraction
    mean_after: Fraction
    median_before: Fraction
    median_after: Fraction
    better: int
    same: int
    worse: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One question in one group in one quarter.

    Shape: `change` is None where the group is hidden; `reason` says why in Russian.
    """

    quarter: Quarter
    group: str
    item: int
    change: Change | None
    reason: str = ""


def change_of(marks: Sequence[tuple[int, int]]) -> Change:
    """Return how matched marks changed, in exact numbers; without marks there is nothing to say.

    Raises:
        ValueError: no marks.
    """
    if not marks:
        raise ValueError("no matched marks")
    before, after = [old for old, _ in marks], [new for _, new in marks]
    return Change(
        n=len(marks),
        mean_before=Fraction(sum(before), len(marks)),
        mean_after=Fraction(sum(after), len(marks)),
        median_before=Fraction(median(map(Fraction, before))),
        median_after=Fraction(median(map(Fraction, after))),
        better=sum(new > old for old, new in marks),
        same=sum(new == old for old, new in marks),
        worse=sum(new < old for old, new in marks),
    )


def comparisons(answers: Iterable[Diagnostic], pairs: Sequence[Pair]) -> tuple[Compared, ...]:
    """Compare everybody, each role and each form of mentoring, question by question, for every quarter.

    Before is a person's first answer in a role, after is the latest one of the quarter; who answers in both
    roles counts among everybody as a mentee. A group under five is hidden, and so is the next smallest when
    the hidden ones could be told by subtraction.
    """
    matched = _matched(answers)
    found: list[Compared] = []
    for quarter in sorted(matched):
        groups = _groups(matched[quarter], pairs)
        by_item = [_compared(quarter, item, groups) for item in range(len(ITEMS))]
        found += [one for group in zip(*by_item, strict=True) for one in group]
    return tuple(found)


def quarter_of(day: date) -> Quarter:
    """Return (year, number of the quarter)."""
    return day.year, (day.month + 2) // 3


def quarter_name(quarter: Quarter) -> str:
    """Return «IV кв. 2022»."""
    return f"{('I', 'II', 'III', 'IV')[quarter[1] - 1]} кв. {quarter[0]}"


Match = tuple[Diagnostic, Diagnostic]
Person = tuple[str, Role]


def _matched(answers: Iterable[Diagnostic]) -> dict[Quarter, dict[Person, Match]]:
    first: dict[Person, Diagnostic] = {}
    found: defaultdict[Quarter, dict[Person, Match]] = defaultdict(dict)
    for answer in sorted(answers, key=lambda one: (one.on, one.response_id)):
        who = (answer.person, answer.role)
        entry = first.setdefault(who, answer)
        if answer is not entry:
            found[quarter_of(answer.on)][who] = (entry, answer)
    return dict(found)


def _groups(matched: Mapping[Person, Match], pairs: Sequence[Pair]) -> dict[str, list[Match]]:
    """Return the matched answers of each group: everybody first, then roles, then forms of mentoring."""
    once: dict[str, Match] = {}
    for (person, role), match in matched.items():
        if role is Role.MENTEE or (person, Role.MENTEE) not in matched:
            once[person] = match
    groups = {EVERYBODY: list(once.values())}
    for role in (Role.MENTEE, Role.MENTOR):
        groups[role.value] = [match for (_, own), match in matched.items() if own is role]
    forms: defaultdict[str, set[Person]] = defaultdict(set)
    for pair in pairs:
        if pair.state in _ENTERED:
            forms[pair.form] |= {(pair.mentor, Role.MENTOR), (pair.mentee, Role.MENTEE)}
    for form in sorted(forms):
        groups[form] = [match for who, match in matched.items() if who in forms[form]]
    return groups


def _compared(quarter: Quarter, item: int, groups: Mapping[str, list[Match]]) -> list[Compared]:
    marks = {name: _marks(matches, item) for name, matches in groups.items()}
    roles = {role.value for role in Role}
    forms = set(marks) - roles - {EVERYBODY}
    hidden = {name for name, found in marks.items() if len(found) < SMALLEST_GROUP}
    for parts in (roles, forms):
        hidden |= _also_hidden({name: len(marks[name]) for name in parts}, hidden)
    return [_one(quarter, name, item, found, name in hidden) for name, found in marks.items()]


def _also_hidden(sizes: Mapping[str, int], hidden: set[str]) -> set[str]:
    """Return one more group when those hidden are known as the rest of the whole."""
    unseen = sum(size for name, size in sizes.items() if name in hidden)
    shown = sorted((size, name) for name, size in sizes.items() if name not in hidden)
    return {shown[0][1]} if 0 < unseen < SMALLEST_GROUP and shown else set()


def _marks(matches: Iterable[Match], item: int) -> Scales:
    pairs = ((_scale(old, item), _scale(new, item)) for old, new in matches)
    return tuple((old, new) for old, new in pairs if old is not None and new is not None)


def _scale(answer: Diagnostic, item: int) -> int | None:
    return answer.scales[item] if item < len(answer.scales) else None


def _one(quarter: Quarter, group: str, item: int, marks: Scales, hidden: bool) -> Compared:
    if not hidden:
        return Compared(quarter, group, item, change_of(marks))
    small = len(marks) < SMALLEST_GROUP
    reason = "меньше 5 человек" if small else "скрыто: иначе видна малая группа"
    return Compared(quarter, group, item, None, reason)
