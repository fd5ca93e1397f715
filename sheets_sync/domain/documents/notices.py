"""Letters to the people of a pair: made from the texts of config/papers.yaml, to be sent or printed."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.consents import ADULT, TEENAGE
from sheets_sync.domain.dates import age_on
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CHANGES, PAIRS
from sheets_sync.domain.documents.register import covered
from sheets_sync.domain.documents.templates import PLACEHOLDER
from sheets_sync.domain.documents.wording import long_date, number_sign
from sheets_sync.domain.school import Group, Pair, PairState, Person

MENTOR, MENTEE, REPRESENTATIVE = "mentor", "mentee", "representative"
READERS = {MENTOR: "наставнику", MENTEE: "наставляемому", REPRESENTATIVE: "представителю"}
_ADDRESS = re.compile(r"[^\s,;<>]+@[^\s,;<>]+\.[^\s,;<>]+")
_TOLD = frozenset({PairState.APPROVED, PairState.IN_FORCE})


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    Shape: `reader` is «наставнику», «наставляемому» or «представителю»; `to` the e-mail address, "" when only
    a telephone is known.
    """

    pair: str
    reader: str
    to: str
    subject: str
    text: str

    @property
    def file_name(self) -> str:
        """The name of its file, which names nobody: «Уведомление_П-014_наставнику.txt»."""
        return f"Уведомление_{self.pair}_{self.reader}.txt"

    def to_json(self) -> dict[str, object]:
        """Return the letter as JSON values."""
        return {
            "pair": self.pair,
            "reader": self.reader,
            "to": self.to,
            "subject": self.subject,
            "text": self.text,
        }


def letters(facts: Facts) -> tuple[Letter, ...]:
    """Return the letters to approved pairs whose people were not told yet and may be named."""
    return tuple(
        letter
        for pair in sorted(facts.pairs, key=lambda one: one.code)
        if pair.state in _TOLD and pair.notified_on is None and facts.admits(pair)
        for letter in _of_pair(pair, facts)
    )


def filled(text: str, fields: Mapping[str, str]) -> str:
    """Put values into a text once: braces inside a value stay as they are.

    Raises:
        KeyError: the text has a field that nobody fills.
    """
    return PLACEHOLDER.sub(lambda found: fields[found.group(1)], text)


def _of_pair(pair: Pair, facts: Facts) -> Iterator[Letter]:
    mentor, mentee = facts.people[pair.mentor], facts.people[pair.mentee]
    fields = {
        **facts.common(),
        "пара": pair.code,
        "форма": pair.form,
        "наставник": mentor.name,
        "наставник кто": facts.post_of(mentor.code),
        "наставляемый": mentee.name,
        "наставляемый кто": facts.post_of(mentee.code),
        "приказ": _order(pair, facts),
    }
    for reader, person, name in _readers(mentor, mentee, facts.as_of):
        template = facts.config.notices.get(reader)
        if template is not None:
            own = fields | {"обращение": _address_of(name)}
            subject, text = filled(template.subject, own), filled(template.text, own)
            yield Letter(pair.code, READERS[reader], _mail(person), subject, text)


def _readers(mentor: Person, mentee: Person, on: date) -> Iterator[tuple[str, Person, str]]:
    yield MENTOR, mentor, mentor.name
    age = age_on(mentee.birth_date, on) if mentee.birth_date else None
    if mentee.group is not Group.PUPIL or (age is not None and age >= TEENAGE):
        yield MENTEE, mentee, mentee.name
    if mentee.group is Group.PUPIL and (age is None or age < ADULT):
        yield REPRESENTATIVE, mentee, mentee.representative


def _address_of(name: str) -> str:
    given = name.split()[1:]
    return " ".join(given) or "коллега"


def _mail(person: Person) -> str:
    found = (_ADDRESS.search(contact) for contact in person.contacts)
    return next((match.group(0) for match in found if match), "")


def _order(pair: Pair, facts: Facts) -> str:
    if pair.code not in covered(facts.papers, (PAIRS, CHANGES)):
        return "готовится"
    paper = next(
        one
        for one in facts.papers
        if one.kind in (PAIRS, CHANGES) and one.registered and pair.code in one.pairs and one.on
    )
    return f"{number_sign(paper.number)} от {long_date(paper.on)}" if paper.on else paper.number
