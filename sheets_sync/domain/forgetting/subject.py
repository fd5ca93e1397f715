"""Who is to be forgotten, and what in a text gives them away."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType

from sheets_sync.domain.contacts import parse_contacts
from sheets_sync.domain.dates import parse_date
from sheets_sync.domain.forgetting.tombstones import digest
from sheets_sync.domain.intake.decisions import Verdict
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.names import name_key, name_words, shown_name
from sheets_sync.domain.responses import Response
from sheets_sync.domain.roster import Listed, Roster
from sheets_sync.domain.school import Group, Pair, Person
from sheets_sync.domain.tables import Memory, ReadRow

_TOKEN = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d\s().-]{8,}\d")
_SHORTEST_STEM, _STEM_ENDING, _LONGEST_ENDING = 3, 2, 3
_NEAR, _PHONE_DIGITS = 2, 10


@dataclass(frozen=True)
class Mentions:
    """What gives a person away: full names in any case and order or with initials, telephones, addresses.

    Shape: `names` are full names, `phones` the last ten digits of numbers, `mails` in small letters. A
    surname alone is no mention: a family shares it.
    """

    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    mails: tuple[str, ...] = ()

    def found_in(self, text: str) -> bool:
        """Whether a text mentions the person."""
        plain = text.casefold().replace("ё", "е")
        if any(mail in plain for mail in self.mails):
            return True
        if self.phones and any(
            re.sub(r"\D", "", number).endswith(self.phones) for number in _NUMBER.findall(plain)
        ):
            return True
        if not any(stem in plain for stems, _, _ in self._stems for stem in stems):
            return False
        return _names(_TOKEN.findall(plain), self._stems)

    @cached_property
    def _stems(self) -> tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[int, int]], ...]:
        found = []
        for name in self.names:
            words = name_words(name)
            if len(words) > 1:
                surname, given = words[0], words[1]
                found.append((_stem(surname), _stem(given), (len(surname), len(given))))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Subject:
    """A person to be forgotten.

    Shape: `codes` are all codes they ever had; `responses` the answers that are theirs, `reports` those about
    their `pairs`; `keys` are folded names with which answers or the list wrote them, `births` all dates told;
    `listed` their lines in the school's list.
    """

    code: str
    group: Group
    codes: frozenset[str]
    responses: frozenset[str]
    reports: frozenset[str]
    pairs: frozenset[str]
    keys: frozenset[str]
    births: frozenset[date]
    mentions: Mentions
    listed: tuple[Listed, ...] = ()

    def digests(self, salt: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the digests that know a returning person: of names, and of names with birth dates."""
        keys = sorted(self.keys)
        names = tuple(digest(salt, key, self.group.value) for key in keys)
        days = sorted(self.births)
        births = tuple(digest(salt, key, self.group.value, day.isoformat()) for key in keys for day in days)
        return names, births

    @staticmethod
    def of_answers(code: str, answers: Sequence[Response]) -> "Subject":
        """Return what questionnaires alone tell of somebody who was forgotten and applied again."""
        names = {
            shown_name(name) for one in answers for name in (one.text("name"), one.text("representative"))
        }
        told = parse_contacts("\n".join(one.text("contact") for one in answers))
        return Subject(
            code,
            Group.OTHER,
            frozenset(),
            frozenset(one.response_id for one in answers),
            frozenset(),
            frozenset(),
            frozenset(name_key(one.text("name")) for one in answers),
            frozenset(),
            Mentions(
                tuple(sorted(name for name in names if name)),
                tuple(phone[-_PHONE_DIGITS:] for phone in told.phones),
                told.mails,
            ),
        )


def subject_of(
    code: str,
    intake: Intake,
    pairs: Iterable[Pair],
    responses: Iterable[Response],
    skipped: Iterable[str],
    roster: Roster,
    row: ReadRow | None = None,
    memory: Memory = MappingProxyType({}),
) -> Subject | None:
    """Gather everything by which a participant is known, None when nobody has the code.

    Shape: `skipped` are answers that a person declared to be theirs and not to be taken; `row` and
    `memory` are the row of «Реестр», which knows those whose questionnaire waits in quarantine. What others
    of the school share with them (a mother's name, a family's telephone) gives nobody away and is left out.
    """
    person = intake.by_code().get(code) or (_person_of(code, row, memory) if row is not None else None)
    if person is None:
        return None
    codes = frozenset({code, *(old for old, new in intake.into.items() if new == code)})
    own_pairs = frozenset(pair.code for pair in pairs if {pair.mentor, pair.mentee} & codes)
    mine = {*person.response_ids, *_owned(intake.verdicts, codes), *skipped}
    held = [one for one in responses if one.response_id in mine]
    reports = frozenset(
        one.response_id
        for one in responses
        if one.form == "meeting" and _owner(intake.verdicts, one.response_id) in own_pairs
    )
    listed = tuple(one for one in roster.people if one.code == code or _is_listed(one, person, held))
    written = [one.text("name") for one in held if one.form == "application"]
    names = {shown_name(name) for name in (person.name, *written, *(one.name for one in listed)) if name}
    names = {name for name in names if len(name_words(name)) > 1}
    keepers = {shown_name(one.text("representative")) for one in held} | {person.representative}
    births = {person.birth_date, *(parse_date(one.text("birth_date")) for one in held)}
    births |= {one.birth_date for one in listed}
    return Subject(
        code,
        person.group,
        codes,
        frozenset(mine),
        reports,
        own_pairs,
        frozenset(map(name_key, names)),
        frozenset(day for day in births if day is not None),
        _mentions({*names, *keepers}, (person, *intake.people), held),
        listed,
    )


def _person_of(code: str, row: ReadRow, memory: Memory) -> Person | None:
    group = next((one for one in Group if one == row.text("group")), None)
    responses = memory.get("responses")
    if group is None or not row.text("name"):
        return None
    return Person(
        code,
        row.text("name"),
        group,
        frozenset(),
        row.day("applied_on") or date.min,
        row.day("birth_date"),
        representative=row.text("representative"),
        contacts=tuple(row.text("contacts").split(", ")),
        response_ids=tuple(map(str, responses)) if isinstance(responses, list) else (),
    )


def _mentions(names: Iterable[str], people: Iterable[Person], held: Iterable[Response]) -> Mentions:
    person, *everybody = people
    others = [one for one in everybody if one.code != person.code]
    shared = {name_key(name) for one in others for name in (one.name, one.representative)}
    contacts = {contact for one in others for contact in one.contacts}
    told = parse_contacts("\n".join([*person.contacts, *(one.text("contact") for one in held)]))
    return Mentions(
        tuple(sorted(name for name in names if name and name_key(name) not in shared)),
        tuple(sorted({phone[-_PHONE_DIGITS:] for phone in told.phones if phone not in contacts})),
        tuple(sorted({mail for mail in told.mails if mail not in contacts})),
    )


def _owned(verdicts: Mapping[str, Verdict], codes: frozenset[str]) -> set[str]:
    return {response for response, verdict in verdicts.items() if verdict.person in codes}


def _owner(verdicts: Mapping[str, Verdict], response: str) -> str:
    verdict = verdicts.get(response)
    return verdict.person if verdict else ""


def _is_listed(one: Listed, person: Person, held: Iterable[Response]) -> bool:
    keys = {name_key(person.name), *(name_key(item.text("name")) for item in held)}
    if one.group is not person.group or not one.key or one.key not in keys:
        return False
    if one.birth_date is not None and person.birth_date is not None:
        return one.birth_date == person.birth_date
    return one.school_class == person.school_class


def _names(
    tokens: list[str], known: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[int, int]], ...]
) -> bool:
    for place, token in enumerate(tokens):
        for surname, given, (longest, given_longest) in known:
            if not token.startswith(surname) or len(token) > longest + _LONGEST_ENDING:
                continue
            near = tokens[max(0, place - _NEAR) : place] + tokens[place + 1 : place + 1 + _NEAR]
            for other in near:
                whole = other.startswith(given) and len(other) <= given_longest + _LONGEST_ENDING
                if whole or (len(other) == 1 and given[0].startswith(other)):
                    return True
    return False


def _stem(word: str) -> tuple[str, ...]:
    """Return what all cases of a name begin with; Лев, Льва: a vowel before the last letter may vanish."""
    last = word.split("-")[-1] if "-" in word else word
    found = [last[: max(_SHORTEST_STEM, len(last) - _STEM_ENDING)]]
    if len(last) == _SHORTEST_STEM and last[1] in "ео":
        found.append(f"{last[0]}ь{last[2]}")
    return tuple(found)
