"""Which questionnaires belong to one person, and the codes that people keep for good.

Only an equal key joins: full name with birth date, a code, full name with class (a pupil without a birth
date), full name with a contact (adults). What merely looks alike is for a person to decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.domain.codes import CodeKind, make_code, next_number, number_of
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.intake.questionnaires import Questionnaire
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

    Shape: `codes` are all codes ever given; `home` maps response ids and `keys` identity marks to codes.
    """

    codes: frozenset[str]
    home: Mapping[str, str]
    keys: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Identified:
    """People told apart; `home` maps response ids to codes, `into` retired codes to their successors."""

    people: tuple[Individual, ...]
    home: Mapping[str, str]
    into: Mapping[str, str]


def known_codes(rows: Iterable[str], remembered: Mapping[str, Memory]) -> Known:
    """Gather codes from the registry's rows and from memory; a code once given is never given again."""
    home: dict[str, str] = {}
    keys: dict[str, str] = {}
    for code, memory in remembered.items():
        for response_id in _texts(memory.get("responses")):
            home.setdefault(response_id, code)
        for key in _texts(memory.get("keys")):
            keys.setdefault(key, code)
    codes = frozenset(code for code in (*rows, *remembered) if number_of(code))
    return Known(codes, home, keys)


def identify(answers: Sequence[Questionnaire], known: Known) -> Identified:
    """Join questionnaires by equal keys; each person has the remembered code or the next number."""
    clusters = _clusters(answers)
    people: list[Individual] = []
    home: dict[str, str] = {}
    into: dict[str, str] = {}
    taken: set[str] = set()
    given = set(known.codes) | {item.code for item in answers if item.code}
    for cluster in clusters:
        claims = [code for code in _claims(cluster, known) if code not in taken]
        code = claims[0] if claims else make_code(CodeKind.PERSON, next_number(given))
        given.add(code)
        taken.update([code, *claims])
        into.update(dict.fromkeys(claims[1:], code))
        for item in cluster:
            remembered = known.home.get(item.response_id)
            home[item.response_id] = remembered if remembered in claims else code
        people.append(Individual(code, tuple(sorted(cluster, key=_when))))
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


def _clusters(answers: Sequence[Questionnaire]) -> list[list[Questionnaire]]:
    ordered = sorted(answers, key=lambda item: (item.created, item.response_id))
    leader = {item.response_id: item.response_id for item in ordered}
    first: dict[tuple[str, ...], str] = {}
    for item in ordered:
        for key in _keys(item):
            other = first.setdefault(key, item.response_id)
            leader[_root(leader, item.response_id)] = _root(leader, other)
    _join_undated(ordered, leader)
    gathered: dict[str, list[Questionnaire]] = defaultdict(list)
    for item in ordered:
        gathered[_root(leader, item.response_id)].append(item)
    return sorted(gathered.values(), key=lambda cluster: (cluster[0].created, cluster[0].response_id))


def _join_undated(ordered: Sequence[Questionnaire], leader: dict[str, str]) -> None:
    """Join a pupil without a birth date to the only person with this name in this class."""
    same: dict[tuple[str, str], list[Questionnaire]] = defaultdict(list)
    for item in ordered:
        if item.group is Group.PUPIL and item.key and item.school_class:
            same[item.key, item.school_class].append(item)
    for items in same.values():
        dated = {_root(leader, item.response_id) for item in items if item.birth_date is not None}
        undated = [item.response_id for item in items if item.birth_date is None]
        if undated and len(dated) <= 1:
            root = next(iter(dated), undated[0])
            for response_id in undated:
                leader[_root(leader, response_id)] = _root(leader, root)


def _claims(cluster: Sequence[Questionnaire], known: Known) -> list[str]:
    claims = [item.code for item in cluster if item.code]
    claims += [known.home[item.response_id] for item in cluster if item.response_id in known.home]
    if not claims:
        claims = [known.keys[key] for item in cluster for key in identity_marks(item) if key in known.keys]
    return sorted(dict.fromkeys(claims), key=number_of)


def _root(leader: Mapping[str, str], name: str) -> str:
    while leader[name] != name:
        name = leader[name]
    return name


def _when(item: Questionnaire) -> tuple[object, ...]:
    return (item.submitted, item.response_id)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()
