"""People who may be one person, for the curator to decide: spelling slips and nothing more.

No threshold on whole names tells a slip from a sibling («Магомед» and «Ахмед» with one surname and patronymic
are 89 % alike), so every word is compared by itself and the circumstances have to agree too.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from sheets_sync.domain.intake.identity import Individual
from sheets_sync.domain.names import name_words, sex_by_name
from sheets_sync.domain.school import Group
from sheets_sync.domain.textforms import folded

_CROWD = 60
"""A bucket with more people than this says nothing about any two of them."""


def alike(people: Sequence[Individual]) -> list[tuple[Individual, Individual]]:
    """Return pairs of people worth a question, the smaller code first, in a stable order."""
    buckets: dict[tuple[str, ...], list[Individual]] = defaultdict(list)
    for person in people:
        if person.newest.key:
            for bucket in set(_buckets(person)):
                buckets[bucket].append(person)
    found = {
        (first.code, second.code): (first, second)
        for crowd in buckets.values()
        if len(crowd) <= _CROWD
        for first, second in combinations(crowd, 2)
        if _worth_asking(first, second)
    }
    return [found[key] for key in sorted(found)]


def _buckets(person: Individual) -> Iterator[tuple[str, ...]]:
    item = person.newest
    words = name_words(item.name)
    if item.birth_date is not None:
        yield ("birth", item.birth_date.isoformat())
    for contact in item.contacts.all:
        yield ("contact", contact)
    for pair in combinations(sorted(set(words)), 2):
        yield ("words", *pair)


def _worth_asking(first: Individual, second: Individual) -> bool:
    one, two = first.newest, second.newest
    if (one.group is Group.PUPIL) != (two.group is Group.PUPIL):
        return False
    contacts = set(one.contacts.all) & set(two.contacts.all)
    near = bool(contacts) and one.birth_date is not None and one.birth_date == two.birth_date
    slips = _slips(name_words(one.name), name_words(two.name), short=near)
    if slips is None or {sex_by_name(one.name), sex_by_name(two.name)} == {"м", "ж"}:
        return False
    if one.group is Group.PUPIL:
        return _same_pupil(first, second, slips)
    trade = one.group is two.group and folded(one.occupation) == folded(two.occupation) != ""
    return slips == 0 or bool(contacts) or trade


def _same_pupil(first: Individual, second: Individual, slips: int) -> bool:
    one, two = first.newest, second.newest
    same_class = one.school_class == two.school_class
    if one.birth_date is None or two.birth_date is None:
        return same_class
    if one.birth_date == two.birth_date:
        return True
    if not same_class:
        return False
    return slips == 0 or _distance(one.birth_date.isoformat(), two.birth_date.isoformat()) <= 1


def _slips(one: Sequence[str], two: Sequence[str], *, short: bool) -> int | None:
    """Count slips of the pen between two names, None when they are different names.

    A missing patronymic is a slip; another order of the words is none. `short` allows a slip in words of two
    and three letters, where otherwise half the names of a class would be alike.
    """
    found = [
        _slips_in_order(one, two, short=short),
        _slips_in_order(sorted(one), sorted(two), short=short),
    ]
    return min((slips for slips in found if slips is not None), default=None)


def _slips_in_order(one: Sequence[str], two: Sequence[str], *, short: bool) -> int | None:
    less, more = sorted((one, two), key=len)
    if len(less) < 2 or len(more) - len(less) > 1:
        return None
    total = len(more) - len(less)
    for left, right in zip(less, more, strict=False):
        distance = 0 if left == right else _distance(left, right)
        least = min(len(left), len(right))
        if distance > (2 if least >= 8 else 1 if least >= (2 if short else 4) else 0):
            return None
        total += distance
    return total if total <= 2 else None


def _distance(left: str, right: str) -> int:
    from rapidfuzz.distance import OSA

    return int(OSA.distance(left, right))
