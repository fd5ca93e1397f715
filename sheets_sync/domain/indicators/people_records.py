"""People, consents and interviews as records."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from sheets_sync.domain.consents import ADULT, TEENAGE, gate
from sheets_sync.domain.dates import age_on
from sheets_sync.domain.entries import (
    Partner,
)
from sheets_sync.domain.indicators.records import FieldValue, Record, collection
from sheets_sync.domain.school import (
    Consent,
    ConsentKind,
    Evidence,
    Person,
)

_PUNCTUATION = re.compile(r"[^\w\s]|_")
_LEGAL_FORMS = frozenset(("ооо", "оао", "зао", "пао", "ао", "ип", "гбу", "мбу", "гбоу", "мбоу", "нко", "ано"))


def people(evidence: Evidence) -> Iterator[Record]:
    """The whole base: everybody who applied and has not left."""
    partners = partner_words(evidence.partners)
    for person in evidence.people:
        yield Record(
            person.code, person.applied_on, person.left_on, _fields(person, partners, evidence.as_of)
        )


def registry(evidence: Evidence) -> Iterator[Record]:
    """Everybody who ever applied: who left stays in the registry with the date of leaving."""
    for person in evidence.people:
        yield Record(person.code, person.applied_on, None, {"group": person.group.value})


def consented(evidence: Evidence) -> Iterator[Record]:
    """Those of the base with a valid consent to processing, for as long as it is valid."""
    partners = partner_words(evidence.partners)
    papers: defaultdict[str, list[Consent]] = defaultdict(list)
    for consent in evidence.consents:
        if consent.kind is ConsentKind.PROCESSING:
            papers[consent.person].append(consent)
    for person in evidence.people:
        fields = _fields(person, partners, evidence.as_of)
        for since, until in _consent_spans(person, papers[person.code], evidence):
            ends = [day for day in (until, person.left_on) if day is not None]
            yield Record(person.code, max(since, person.applied_on), min(ends, default=None), fields)


def interviewed(evidence: Evidence) -> Iterator[Record]:
    """Those of the base with whom a talk was held; `with_form` tells that a form of mentoring was chosen."""
    for person in evidence.people:
        talk = person.interview
        if talk.on is None and not talk.by:
            continue
        chosen = bool(talk.form or person.mentoring_form)
        fields: dict[str, FieldValue] = {"excluded": person.excluded, "with_form": chosen}
        yield Record(person.code, talk.on, person.left_on, fields)


def partners(evidence: Evidence) -> Iterator[Record]:
    """Partner organisations of the list."""
    for partner in evidence.partners:
        yield Record(partner.name, partner.listed_on, None, {"kind": partner.kind})


def agreements(evidence: Evidence) -> Iterator[Record]:
    """Signed agreements with partners: number and date are there and it was not ended."""
    for partner in evidence.partners:
        if partner.agreement_number and partner.state != "расторгнуто":
            until = None if partner.valid_until is None else _next_day(partner.valid_until)
            yield Record(partner.name, partner.agreement_on, until)


def _fields(person: Person, partners: Sequence[tuple[str, str]], on: date) -> Mapping[str, FieldValue]:
    return {
        "group": person.group.value,
        "roles": frozenset(role.value for role in person.roles),
        "excluded": person.excluded,
        "young": person.is_young_specialist,
        "organisation": organisation_of(person, partners),
        "age": None if person.birth_date is None else age_on(person.birth_date, on),
    }


def partner_words(partners: Sequence[Partner]) -> list[tuple[str, str]]:
    """Every spelling of every partner as (plain words, the partner's name), the longest first."""
    spellings = [
        (plain_words(spelling), partner.name)
        for partner in partners
        for spelling in (partner.name, *partner.aliases)
    ]
    return sorted((pair for pair in spellings if pair[0]), key=lambda pair: (-len(pair[0]), pair))


def organisation_of(person: Person, partners: Sequence[tuple[str, str]]) -> str:
    """The partner that the person's own words name, "" when none does."""
    said = f" {plain_words(f'{person.organisation} {person.occupation}')} "
    return next((name for words, name in partners if f" {words} " in said), "")


def plain_words(text: str) -> str:
    """Lower-case words without quotes and legal forms, ё as е, for comparing names of organisations."""
    words = _PUNCTUATION.sub(" ", text.casefold().replace("ё", "е")).split()
    return " ".join(word for word in words if word not in _LEGAL_FORMS)


def _consent_spans(
    person: Person, papers: Sequence[Consent], evidence: Evidence
) -> list[tuple[date, date | None]]:
    """When the gate was open for the person; on the evidence's own date the word of `consented` stands."""
    turns = {day for day in _turning_days(person, papers) if day <= evidence.as_of}
    spans: list[tuple[date, date | None]] = []
    since: date | None = None
    for day in sorted(turns):
        valid = gate(person, papers, day).allowed
        if valid and since is None:
            since = day
        elif not valid and since is not None:
            spans.append((since, day))
            since = None
    if person.code in evidence.consented:
        signed = [paper.signed_on for paper in papers if paper.signed_on is not None]
        return [*spans, (since or max(signed, default=person.applied_on), None)]
    return spans if since is None else [*spans, (since, evidence.as_of)]


def _turning_days(person: Person, papers: Sequence[Consent]) -> Iterator[date]:
    """The days on which the gate may open or close: a paper begins or ceases, the person turns 14 or 18."""
    for paper in papers:
        if paper.signed_on is not None:
            yield paper.signed_on
        if paper.withdrawn_on is not None:
            yield paper.withdrawn_on
        if paper.valid_until is not None:
            yield _next_day(paper.valid_until)
    if person.birth_date is not None:
        yield from (_birthday(person.birth_date, age) for age in (TEENAGE, ADULT))


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


_PERSON = "group roles excluded young organisation age"
PEOPLE_COLLECTIONS = {
    "people": collection(people, _PERSON, "Реестр"),
    "registry": collection(registry, "group", "Реестр"),
    "consented": collection(consented, _PERSON, "Согласия"),
    "interviewed": collection(interviewed, "excluded with_form", "Реестр"),
    "partners": collection(partners, "kind", "Партнёры"),
    "agreements": collection(agreements, "", "Партнёры"),
}
