"""Who stands in the school's list, and which of them an answer means."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from sheets_sync.domain.findings import Finding
from sheets_sync.domain.names import name_key
from sheets_sync.domain.school import Group


@dataclass(frozen=True, slots=True)
class Listed:
    """One person of the list.

    Shape: `school_class` is the printed form, "" for those who are in no class; `earlier` holds the classes
    before it as (last day, printed class), oldest first; `arrived` is the first day at the school and `left`
    the first day no longer there, None when the list does not say. A line without a name
    stands for a forgotten person: it is counted, and no answer means it.
    """

    name: str
    group: Group = Group.PUPIL
    school_class: str = ""
    birth_date: date | None = None
    code: str = ""
    arrived: date | None = None
    left: date | None = None
    earlier: tuple[tuple[date, str], ...] = ()

    @property
    def key(self) -> str:
        """Return the folded full name."""
        return name_key(self.name)

    @property
    def without_person(self) -> "Listed":
        """Return what counting needs: group, class and days; of the birth date the year, as 1 July of it."""
        born = self.birth_date and self.birth_date.replace(month=7, day=1)
        return replace(self, name="", code="", birth_date=born)

    def here_on(self, day: date) -> bool:
        """Whether the person is at the school on a day."""
        return (self.arrived is None or self.arrived <= day) and (self.left is None or self.left > day)

    def class_on(self, day: date) -> str:
        """Return the class on a day."""
        return next((name for last, name in self.earlier if day <= last), self.school_class)


@dataclass(frozen=True)
class Roster:
    """The whole list; empty where the school has given none.

    Shape: `secret` says that names must not leave the school: people are known outside by code only;
    `findings` name the rows of the kept list that cannot be read.
    """

    people: tuple[Listed, ...] = ()
    secret: bool = False
    findings: tuple[Finding, ...] = ()

    def find(self, key: str, group: Group, birth: date | None, school_class: str, code: str) -> Listed | None:
        """Return the only person of the list whom an answer means, None when there is none or a doubt.

        Shape: `key` is the folded name, `school_class` the printed class; a code decides alone, then the name
        with the birth date, then the name with the class, provided the birth dates do not contradict.
        """
        if code:
            return self._by_code.get(code)
        if not key:
            return None
        same = self._by_name.get((group, key), ())
        if birth is not None and (found := _only([one for one in same if one.birth_date == birth])):
            return found
        there = [
            one for one in same if school_class in {one.school_class, *(name for _, name in one.earlier)}
        ]
        found = _only(there)
        if found is None or (birth is not None and found.birth_date not in {None, birth}):
            return None
        return found

    def code_of(self, code: str) -> Listed | None:
        """Return the person to whom a code was given, None when nobody has it."""
        return self._by_code.get(code)

    @property
    def codes(self) -> frozenset[str]:
        """Return all codes given in the list."""
        return frozenset(self._by_code)

    @cached_property
    def _by_code(self) -> Mapping[str, Listed]:
        return {one.code: one for one in self.people if one.code}

    @cached_property
    def _by_name(self) -> Mapping[tuple[Group, str], list[Listed]]:
        found: dict[tuple[Group, str], list[Listed]] = defaultdict(list)
        for one in self.people:
            found[one.group, one.key].append(one)
        return found


def _only(found: list[Listed]) -> Listed | None:
    return found[0] if len(found) == 1 else None


NOBODY = Roster()
"""The list of a school that has given none."""
