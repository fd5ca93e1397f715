"""Which questionnaires belong to one person, and the codes that people keep for good.

Only an equal key joins: a code; full name with birth date; full name with class where the school's list
holds exactly one such person; for adults, who are not asked for a birth date, full name with a telephone or
an address that nobody else gave. What merely looks alike is for a person to decide.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from sheets_sync.domain.codes import CodeKind, make_code, next_number, number_of
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.intake.questionnaires import Questionnaire
from sheets_sync.domain.roster import Listed
from sheets_sync.domain.school import Group
from sheets_sync.domain.tables import Memory


@dataclass(frozen=True, slots=True)
class Individual:
    """One person: a code for good and the questionnaires, oldest submission first."""

    code: str
    answers: tuple[Questionnaire, ...]

    @property
    def newest(self) -> Questionnaire:
        """Return the questionnaire that counts."""
        return self.answers[-1]


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier nights know about codes.

    Shape: `codes` are all codes ever given; `home` maps response ids and `keys` identity marks to codes;
    `apart` are the codes whose questionnaires staff want to be told apart again.
    """

    codes: frozenset[str]
    home: Mapping[str, str]
    keys: Mapping[str, str]
    apart: frozenset[str] = frozenset()

    def separates(self, item: Questionnaire) -> bool:
        """Whether a questionnaire must not be joined by its keys: it belongs to a code told apart."""
        if not self.apart:
            return False
        return self.home.get(item.response_id) in self.apart or any(
            self.keys.get(key) in self.apart for key in identity_marks(item)
        )


@dataclass(frozen=True, slots=True)
class Identified:
    """People told apart; `home` maps response ids to codes, `into` retired codes to their successors."""

    people: tuple[Individual, ...]
    home: Mapping[str, str]
    into: Mapping[str, str]


def known_codes(rows: Iterable[str], remembered: Mapping[str, Memory], apart: Iterable[str] = ()) -> Known:
    """Gather codes from the registry's rows and from memory; a code once given is never given again."""
    home: dict[str, str] = {}
    keys: dict[str, str] = {}
    for code in sorted(remembered, key=number_of):
        memory = remembered[code]
        for response_id in _texts(memory.get("responses")):
            home.setdefault(response_id, code)
        for key in _texts(memory.get("keys")):
            keys.setdefault(key, code)
    codes = frozenset(code for code in (*rows, *remembered) if number_of(code))
    return Known(codes, home, keys, frozenset(apart))


def known_responses(remembered: Mapping[str, Memory]) -> frozenset[str]:
    """Return the ids of the questionnaires that made somebody of the registry on an earlier night."""
    return frozenset(
        response for memory in remembered.values() for response in _texts(memory.get("responses"))
    )


def identify(
    answers: Sequence[Questionnaire],
    known: Known,
    listed: Mapping[str, Listed] = MappingProxyType({}),
    reserved: Iterable[str] = (),
) -> Identified:
    """Join questionnaires by equal keys; each person has the remembered code, the listed one or the next.

    Shape: `listed` maps response ids to people of the school's list, `reserved` are the codes given there.
    """
    people: list[Individual] = []
    home: dict[str, str] = {}
    into: dict[str, str] = {}
    taken: set[str] = set()
    number = next_number([*known.codes, *reserved, *(item.code for item in answers if item.code)])
    claimed = [(cluster, _claims(cluster, known, listed)) for cluster in _clusters(answers, known, listed)]
    # Whoever has a code already takes it before anybody who only writes the same name.
    for cluster, (own, by_keys) in sorted(claimed, key=lambda one: not one[1][0]):
        claims = [code for code in own if code not in taken]
        free = [code for code in (*claims, *by_keys) if code not in taken]
        code = free[0] if free else make_code(CodeKind.PERSON, number)
        number += not free
        taken.update([code, *claims])
        into.update(dict.fromkeys(claims[1:], code))
        for item in cluster:
            remembered = known.home.get(item.response_id)
            home[item.response_id] = remembered if remembered in claims else code
        people.append(Individual(code, tuple(sorted(cluster, key=_when))))
    people.sort(key=lambda person: min((item.created, item.response_id) for item in person.answers))
    return Identified(tuple(people), home, into)


def joined(identified: Identified, pairs: Iterable[tuple[str, str]]) -> Identified:
    """Join people whom a person declared to be one; the smaller number stays, `home` keeps who was who."""
    leader = {person.code: person.code for person in identified.people}
    for pair in pairs:
        first, second = sorted((_root(leader, code) for code in pair if code in leader), key=number_of) or (
            "",
            "",
        )
        if first != second:
            leader[second] = first
    gathered: dict[str, list[Questionnaire]] = defaultdict(list)
    for person in identified.people:
        gathered[_root(leader, person.code)] += person.answers
    people = tuple(Individual(code, tuple(sorted(own, key=_when))) for code, own in gathered.items())
    into = {code: _root(leader, target) for code, target in identified.into.items()}
    into |= {code: _root(leader, code) for code in leader if _root(leader, code) != code}
    return Identified(people, identified.home, into)


def identity_marks(item: Questionnaire) -> tuple[str, ...]:
    """Return marks of the keys of a questionnaire that join by themselves; no name can be read from them."""
    return tuple(mark(*key, size=8) for key in _keys(item))


def _keys(item: Questionnaire) -> Iterator[tuple[str, ...]]:
    if item.code:
        yield ("code", item.code)
        return
    if item.birth_date is not None:
        yield ("birth", item.key, item.birth_date.isoformat())
    if item.group is not Group.PUPIL:
        for contact in item.contacts.all:
            yield ("contact", item.key, contact)


def _clusters(
    answers: Sequence[Questionnaire], known: Known, listed: Mapping[str, Listed]
) -> list[list[Questionnaire]]:
    ordered = sorted(answers, key=lambda item: (item.created, item.response_id))
    leader = {item.response_id: item.response_id for item in ordered}
    first: dict[tuple[str, ...], str] = {}
    shared = _shared_contacts(ordered)
    whole = [item for item in ordered if item.code or not known.separates(item)]
    for item in whole:
        for key in _keys(item):
            if key[0] == "contact" and key[2] in shared:
                continue
            other = first.setdefault(key, item.response_id)
            leader[_root(leader, item.response_id)] = _root(leader, other)
    _join_without_dates(whole, leader, lambda item: listed.get(item.response_id))
    # What was joined once stays joined when the list is taken away or a contact turns out to be shared.
    _join_without_dates(whole, leader, lambda item: (known.home.get(item.response_id, ""), item.key))
    gathered: dict[str, list[Questionnaire]] = defaultdict(list)
    for item in ordered:
        gathered[_root(leader, item.response_id)].append(item)
    return sorted(gathered.values(), key=lambda cluster: (cluster[0].created, cluster[0].response_id))


def _shared_contacts(answers: Iterable[Questionnaire]) -> set[str]:
    """Return the telephones and addresses that adults of different names gave: a school's, a family's."""
    names: dict[str, set[str]] = defaultdict(set)
    for item in answers:
        if item.group is not Group.PUPIL:
            for contact in item.contacts.all:
                names[contact].add(item.key)
    return {contact for contact, found in names.items() if len(found) > 1}


def _join_without_dates(
    answers: Iterable[Questionnaire],
    leader: dict[str, str],
    sign: Callable[[Questionnaire], object],
) -> None:
    """Join questionnaires that bear one sign, unless they hold two different birth dates.

    An empty sign (None, or a pair whose first part is empty) joins nobody.
    """
    same: dict[object, list[Questionnaire]] = defaultdict(list)
    for item in answers:
        found = sign(item)
        if found is not None and not (isinstance(found, tuple) and not found[0]):
            same[found].append(item)
    for items in same.values():
        if len({item.birth_date for item in items if item.birth_date is not None}) <= 1:
            for item in items[1:]:
                leader[_root(leader, item.response_id)] = _root(leader, items[0].response_id)


def _claims(
    cluster: Sequence[Questionnaire], known: Known, listed: Mapping[str, Listed]
) -> tuple[list[str], list[str]]:
    """Return the codes that a cluster has already, and those that its keys or the school's list point to."""
    own = [item.code for item in cluster if item.code]
    own += [known.home[item.response_id] for item in cluster if item.response_id in known.home]
    marks = [key for item in cluster for key in identity_marks(item)]
    by_keys = sorted({known.keys[key] for key in marks if key in known.keys}, key=number_of)
    by_keys += [one.code for item in cluster if (one := listed.get(item.response_id)) and one.code]
    return sorted(dict.fromkeys(own), key=number_of), by_keys


def _root(leader: Mapping[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name


def _when(item: Questionnaire) -> tuple[object, ...]:
    return (item.submitted, item.response_id)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()
