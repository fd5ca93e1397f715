"""What is printed and handed out: a badge for each participant, a slip for each mentor's pairs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.classes import parse_class
from sheets_sync.domain.roster import Roster
from sheets_sync.domain.school import Group, Pair, PairState, Person, Role

STANDING = frozenset({PairState.APPROVED, PairState.IN_FORCE, PairState.PAUSED})
Link = Callable[[str], str]
"""Makes the personal address of a form for a code."""


@dataclass(frozen=True, slots=True)
class Badge:
    """One card.

    Shape: `name` is "" for those whom the consent gate does not admit: only the code is printed.
    """

    code: str
    name: str
    details: str
    roles: str
    pairs: tuple[str, ...]
    link: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A mentor's card for one pair: whom to meet, and where to report; names as on badges."""

    pair: str
    mentor: str
    mentor_name: str
    mentee: str
    mentee_name: str
    mentee_details: str
    form: str
    link: str


def badges(
    people: Iterable[Person],
    pairs: Sequence[Pair],
    refusals: Mapping[str, str],
    roster: Roster,
    link: Link,
    as_of: date,
) -> list[Badge]:
    """Return a badge for everybody who takes part, pupils by class, then the others, each in order of codes.

    Shape: `refusals` are the codes that the consent gate does not admit; where people are known by code only,
    the school's list gives the names.
    """
    found = []
    for person in sorted(people, key=_place):
        if person.excluded or (person.left_on is not None and person.left_on <= as_of):
            continue
        own = [
            pair.code
            for pair in pairs
            if pair.state in STANDING and person.code in (pair.mentor, pair.mentee)
        ]
        admitted = person.code not in refusals
        found.append(
            Badge(
                person.code,
                _name(person, roster) if admitted else "",
                _details(person) if admitted else "",
                ", ".join(role.value for role in Role if role in person.roles),
                tuple(sorted(own)),
                link(person.code),
            )
        )
    return found


def slips(
    people: Mapping[str, Person],
    pairs: Iterable[Pair],
    refusals: Mapping[str, str],
    roster: Roster,
    link: Link,
) -> list[Slip]:
    """Return a slip for each pair that meets or is about to, in order of the mentors."""

    def name(code: str) -> str:
        person = people.get(code)
        return _name(person, roster) if person is not None and code not in refusals else ""

    found = []
    for pair in sorted(pairs, key=lambda one: (one.mentor, one.code)):
        if pair.state not in STANDING:
            continue
        mentee = people.get(pair.mentee)
        details = _details(mentee) if mentee is not None and pair.mentee not in refusals else ""
        found.append(
            Slip(
                pair.code,
                pair.mentor,
                name(pair.mentor),
                pair.mentee,
                name(pair.mentee),
                details,
                pair.form,
                link(pair.code),
            )
        )
    return found


def _place(person: Person) -> tuple[object, ...]:
    found = parse_class(person.school_class)
    return (person.group is not Group.PUPIL, found.grade if found else 0, person.school_class, person.code)


def _name(person: Person, roster: Roster) -> str:
    listed = roster.code_of(person.code) if person.name == person.code else None
    return listed.name if listed else "" if person.name == person.code else person.name


def _details(person: Person) -> str:
    return person.school_class or person.group.value
