"""A new list laid over the one before it: codes stay, classes change from a day, the missing have left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sheets_sync.domain.codes import CodeKind, make_code, next_number
from sheets_sync.domain.roster.people import Listed, Roster


@dataclass(frozen=True, slots=True)
class Renewal:
    """The list as it stands now, and how many came, left, changed their class or were given a code.

    Shape: `missing` are those among the `left` whom the new list does not name at all.
    """

    people: tuple[Listed, ...]
    arrived: int = 0
    left: int = 0
    moved: int = 0
    coded: int = 0
    missing: int = 0


def renewed(before: Roster, after: Sequence[Listed], day: date) -> Renewal:
    """Lay a new list over the earlier one as of a day.

    Whoever the new list no longer names has left on the day; groups of which it names nobody are not touched,
    so that pupils and teachers may come in separate files. The first list of a group makes nobody an arrival.
    """
    groups = {one.group for one in after}
    known_groups = {one.group for one in before.people}
    fresh: list[Listed] = []
    met: set[int] = set()
    arrived = moved = left = 0
    for one in after:
        old = _nameless(one, before.people, met) if not one.name else None
        old = old or before.find(one.key, one.group, one.birth_date, one.school_class, one.code)
        old = old or _alone(one, before.people, after)
        if old is None or id(old) in met:
            came = one.arrived is None and one.group in known_groups
            fresh.append(replace(one, arrived=day) if came else one)
            arrived += one.group in known_groups
            continue
        met.add(id(old))
        changed = old.school_class != one.school_class and bool(old.school_class)
        moved += changed
        left += one.left is not None and old.left is None
        fresh.append(_over(old, one, day if changed else None))
    gone = [one for one in before.people if id(one) not in met]
    kept = [replace(one, left=day) if one.group in groups and one.left is None else one for one in gone]
    missing = sum(new.left is not None and old.left is None for old, new in zip(gone, kept, strict=True))
    return Renewal((*fresh, *kept), arrived, left + missing, moved, missing=missing)


def with_codes(renewal: Renewal, taken: Iterable[str]) -> Renewal:
    """Give a code to everybody who has none and is at the school; `taken` are codes that others have."""
    given = {*taken, *(one.code for one in renewal.people if one.code)}
    people = []
    coded = 0
    number = next_number(given)
    for one in renewal.people:
        if one.name and not one.code and one.left is None:
            one = replace(one, code=make_code(CodeKind.PERSON, number))
            number += 1
            coded += 1
        people.append(one)
    return replace(renewal, people=tuple(people), coded=coded)


def _nameless(one: Listed, before: Sequence[Listed], met: set[int]) -> Listed | None:
    """A nameless line of before for a nameless one of now: which of several it is makes no difference."""
    same = [old for old in before if not old.name and old.group is one.group and id(old) not in met]
    alike = [old for old in same if old.birth_date == one.birth_date]
    return next(iter(sorted(alike or same, key=lambda old: old.school_class != one.school_class)), None)


def _alone(one: Listed, before: Sequence[Listed], after: Sequence[Listed]) -> Listed | None:
    """The person of this name who is the only one in both lists, where birth dates do not tell."""
    found = [old for old in before if (old.group, old.key) == (one.group, one.key)]
    again = sum((new.group, new.key) == (one.group, one.key) for new in after)
    if len(found) != 1 or again != 1 or (found[0].birth_date and one.birth_date):
        return None
    return found[0]


def _over(old: Listed, new: Listed, changed: date | None) -> Listed:
    earlier = (
        old.earlier if changed is None else (*old.earlier, (changed - timedelta(days=1), old.school_class))
    )
    return replace(
        new,
        code=new.code or old.code,
        birth_date=new.birth_date or old.birth_date,
        arrived=new.arrived or old.arrived,
        left=new.left,
        earlier=new.earlier or earlier,
    )
