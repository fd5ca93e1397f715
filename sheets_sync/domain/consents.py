"""Consents: which a person needs on a date, whether they are valid, and the gate before any printed name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_sync.domain.dates import age_on, printed
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.names import name_key
from sheets_sync.domain.school import (
    Consent,
    ConsentKind,
    Group,
    Pair,
    PairState,
    Person,
    Role,
    Signer,
)

_BINDING = frozenset({PairState.APPROVED, PairState.IN_FORCE, PairState.PAUSED})
TEENAGE = 14
ADULT = 18


@dataclass(frozen=True, slots=True)
class Admission:
    """Whether a person may be named; `reason` says in Russian why not, "" when allowed."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NeededConsent:
    """A consent that a person must have on a date."""

    person: str
    kind: ConsentKind
    signer: Signer

    @property
    def key(self) -> str:
        """Return the key of its row in «Согласия»."""
        return consent_key(self.person, self.kind, self.signer)


def consent_key(person: str, kind: ConsentKind, signer: Signer) -> str:
    """Return «У-017/обработка/законный представитель»."""
    return f"{person}/{kind}/{signer}"


def signers(person: Person, on: date) -> tuple[Signer, ...]:
    """Return whose signatures are needed: under 14 the representative, 14–17 both, from 18 the participant.

    A pupil without a birth date counts as under 14; other groups without one count as adults.
    """
    if person.birth_date is None:
        return (Signer.REPRESENTATIVE,) if person.group is Group.PUPIL else (Signer.SELF,)
    age = age_on(person.birth_date, on)
    if age >= ADULT:
        return (Signer.SELF,)
    if age >= TEENAGE:
        return (Signer.REPRESENTATIVE, Signer.TEENAGER)
    return (Signer.REPRESENTATIVE,)


def needed_consents(
    person: Person, on: date, mentors_of_teachers: frozenset[str] = frozenset()
) -> tuple[NeededConsent, ...]:
    """Return the consents to ask from a person on a date.

    Shape: `mentors_of_teachers` are the codes of mentors in teacher–teacher pairs: they also need the
    employee's consent of article 351.8 of the Labour Code. Consent to publication is nobody's duty.
    """
    kinds = [(ConsentKind.PROCESSING, signer) for signer in signers(person, on)]
    is_teacher = person.group is Group.TEACHER and Role.MENTOR in person.roles
    if is_teacher and person.code in mentors_of_teachers:
        kinds.append((ConsentKind.LABOUR, Signer.SELF))
    return tuple(NeededConsent(person.code, kind, signer) for kind, signer in kinds)


def gate(
    person: Person, consents: Iterable[Consent], on: date, kind: ConsentKind = ConsentKind.PROCESSING
) -> Admission:
    """Decide whether a person may be named on a date: every needed signature stands and is valid then.

    Every path that prints a name asks here. Consents of other people in `consents` do not matter.
    """
    needed = (Signer.SELF,) if kind is ConsentKind.LABOUR else signers(person, on)
    own = [consent for consent in consents if consent.person == person.code and consent.kind is kind]
    for signer in needed:
        states = [consent_state(consent, person, on) for consent in own if consent.signer is signer]
        if not states:
            return Admission(False, f"нет согласия ({signer})")
        if "" not in states:
            return Admission(False, f"{states[0]} ({signer})")
    return Admission(True)


def consent_state(consent: Consent, person: Person, on: date) -> str:
    """Say in Russian why a consent is not valid on a date, "" when it is."""
    if consent.signed_on is None:
        return "согласие не подписано"
    if consent.signed_on > on:
        return f"согласие подписано позже, {printed(consent.signed_on)}"
    if consent.withdrawn_on is not None and consent.withdrawn_on <= on:
        return f"согласие отозвано {printed(consent.withdrawn_on)}"
    if consent.valid_until is not None and consent.valid_until < on:
        return f"срок согласия вышел {printed(consent.valid_until)}"
    if reason := wrong_signer(consent, person):
        return reason
    return ""


def wrong_signer(consent: Consent, person: Person) -> str:
    """Say in Russian why the signature is somebody else's or came too early, "" when it is right."""
    signed_by = name_key(consent.signed_by)
    if consent.signer is Signer.REPRESENTATIVE:
        return "подписал сам ребёнок" if signed_by and signed_by == name_key(person.name) else ""
    if signed_by and person.representative and signed_by == name_key(person.representative):
        return "за участника подписал представитель"
    if person.birth_date is None or consent.signed_on is None:
        return ""
    least = TEENAGE if consent.signer is Signer.TEENAGER else ADULT
    return f"подписано раньше {least} лет" if age_on(person.birth_date, consent.signed_on) < least else ""


def by_person(consents: Iterable[Consent]) -> Mapping[str, Sequence[Consent]]:
    """Group consents by the person's code."""
    found: dict[str, list[Consent]] = defaultdict(list)
    for consent in consents:
        found[consent.person].append(consent)
    return found


def consented_on(people: Iterable[Person], consents: Iterable[Consent], on: date) -> frozenset[str]:
    """Return the codes of the people whom the gate admits on a date."""
    own = by_person(consents)
    return frozenset(person.code for person in people if gate(person, own.get(person.code, ()), on).allowed)


def with_needed(
    people: Iterable[Person],
    consents: Iterable[Consent],
    on: date,
    mentors_of_teachers: frozenset[str] = frozenset(),
) -> tuple[Consent, ...]:
    """Return the recorded consents followed by an unsigned one for each that is needed and not recorded."""
    recorded = tuple(consents)
    keys = {consent_key(consent.person, consent.kind, consent.signer) for consent in recorded}
    return recorded + tuple(_missing(people, keys, on, mentors_of_teachers))


def _missing(
    people: Iterable[Person], keys: set[str], on: date, mentors_of_teachers: frozenset[str]
) -> Iterator[Consent]:
    for person in people:
        for needed in needed_consents(person, on, mentors_of_teachers):
            if needed.key not in keys:
                yield Consent(needed.key, needed.person, needed.kind, needed.signer)


def without_labour_consent(
    people: Mapping[str, Person], pairs: Iterable[Pair], consents: Iterable[Consent], on: date
) -> tuple[Finding, ...]:
    """Ask about every approved pair whose mentor is a teacher without the consent of article 351.8.

    Shape: `pairs` are those of the forms in which an employee mentors an employee. An order alone does not
    bind an employee: the written consent goes before it (Labour Code, article 351.8, since 01.03.2025).
    """
    own = by_person(consents)
    found = []
    for pair in pairs:
        mentor = people.get(pair.mentor)
        if mentor is None or mentor.group is not Group.TEACHER or pair.state not in _BINDING:
            continue
        admission = gate(mentor, own.get(mentor.code, ()), on, ConsentKind.LABOUR)
        if not admission.allowed:
            text = (
                f"{pair.code}: наставник {mentor.code} — работник школы, а по статье 351.8 ТК "
                f"{admission.reason}; впишите дату в «Согласия» до приказа"
            )
            found.append(Finding(f"351.8/{pair.code}", "«Согласия»", text, subject=mentor.code))
    return tuple(found)
