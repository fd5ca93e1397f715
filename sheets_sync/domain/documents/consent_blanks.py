"""Blanks of consents: one document for every needed signature, in the variant of the person's age.

A blank names a person who has not consented yet: it is the paper on which consent is asked, and it lies with
the working papers. Passport numbers are written by hand and never come here.
"""

from collections.abc import Iterator

from sheets_sync.domain.consents import consent_key, consent_state, signers
from sheets_sync.domain.documents.content import Content, Line
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CONSENT
from sheets_sync.domain.documents.wording import short_date
from sheets_sync.domain.russian import Case
from sheets_sync.domain.school import Consent, ConsentKind, Person, Signer

VARIANTS: dict[tuple[ConsentKind, Signer], tuple[str, str]] = {
    (ConsentKind.PROCESSING, Signer.REPRESENTATIVE): (
        "consent_representative",
        "Согласие представителя на обработку данных",
    ),
    (ConsentKind.PROCESSING, Signer.TEENAGER): (
        "consent_teenager",
        "Согласие участника 14–17 лет на обработку данных",
    ),
    (ConsentKind.PROCESSING, Signer.SELF): ("consent_adult", "Согласие участника на обработку данных"),
    (ConsentKind.PUBLICATION, Signer.REPRESENTATIVE): (
        "publication_representative",
        "Согласие представителя на распространение данных",
    ),
    (ConsentKind.PUBLICATION, Signer.TEENAGER): (
        "publication_self",
        "Согласие участника на распространение данных",
    ),
    (ConsentKind.PUBLICATION, Signer.SELF): (
        "publication_self",
        "Согласие участника на распространение данных",
    ),
    (ConsentKind.LABOUR, Signer.SELF): ("labour_consent", "Согласие на работу по наставничеству"),
}
"""Template and heading by kind and signer."""

_CHOICES = (
    "Фамилия, имя, отчество",
    "Класс, место работы или учёбы",
    "Фотографии и видео",
    "Работы и отзывы",
)
_BLANK = "________________________________________"


def consent_blanks(facts: Facts) -> tuple[Content, ...]:
    """Return the blanks that the curator asked for and those drafted before, class by class."""
    asked = []
    for consent in _needed(facts):
        person = facts.people[consent.person]
        if _is_wanted(consent, person, facts):
            asked.append((person.school_class or str(person.group), person.name, consent.key, consent))
    return tuple(_blank(consent, facts) for *_, consent in sorted(asked, key=lambda one: one[:3]))


def _needed(facts: Facts) -> Iterator[Consent]:
    for consent in facts.consents:
        person = facts.people.get(consent.person)
        if person is None or person.excluded or consent.kind is ConsentKind.PUBLICATION:
            continue
        due = consent.kind is ConsentKind.LABOUR or consent.signer in signers(person, facts.as_of)
        if due and consent.withdrawn_on is None and consent_state(consent, person, facts.as_of):
            yield consent
    for person in facts.people.values():
        if person.excluded or person.code in facts.refusals or person.code in facts.admitted_in_public:
            continue
        for signer in signers(person, facts.as_of):
            key = consent_key(person.code, ConsentKind.PUBLICATION, signer)
            yield Consent(key, person.code, ConsentKind.PUBLICATION, signer)


def _is_wanted(consent: Consent, person: Person, facts: Facts) -> bool:
    if consent.key in facts.drafted.get(CONSENT, frozenset()) or consent.kind is ConsentKind.LABOUR:
        return True
    return facts.wanted.wants_blank(person, publication=consent.kind is ConsentKind.PUBLICATION)


def _blank(consent: Consent, facts: Facts) -> Content:
    person = facts.people[consent.person]
    template, heading = VARIANTS[consent.kind, consent.signer]
    born = short_date(person.birth_date) if person.birth_date else "«___» ____________ ______ г."
    fields = {
        **facts.common(),
        "код": person.code,
        "участник": person.name,
        "дата рождения": born,
        "класс": f"обучающийся(аяся) {person.school_class} класса" if person.school_class else _BLANK,
        "представитель": person.representative or _BLANK,
        "сведения участника": _about(person, born),
    }
    tables = {}
    if consent.kind is ConsentKind.PUBLICATION:
        tables["выбор"] = tuple(Line(f"вид {n}", (text, "", "", "")) for n, text in enumerate(_CHOICES, 1))
    declined = {}
    if consent.kind is ConsentKind.LABOUR:
        settings = facts.settings
        declined["должность подписанта дат"] = facts.post_in(settings.signatory_post, Case.DATIVE)
        declined["подписант дат"] = facts.name_in(settings.signatory_name, Case.DATIVE)
    return Content(
        CONSENT,
        f"{heading}, {person.code}",
        fields,
        tables,
        subject=consent.key,
        declined=declined,
        template=template,
    )


def _about(person: Person, born: str) -> str:
    if person.school_class:
        return f"дата рождения: {born}, обучающийся(аяся) {person.school_class} класса"
    return person.occupation or person.organisation or str(person.group)
