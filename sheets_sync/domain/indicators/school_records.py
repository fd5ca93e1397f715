"""Events, materials, publications, documents and the school's own lists as records."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from sheets_sync.domain.deadlines import in_words
from sheets_sync.domain.entries import (
    Event,
    Material,
)
from sheets_sync.domain.indicators.records import ALWAYS, FieldValue, Record, collection
from sheets_sync.domain.school import (
    Evidence,
    RegisteredDocument,
)

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_EVERY_FORM = "все"
_UNSENT = frozenset(("отменён",))


def events(evidence: Evidence) -> Iterator[Record]:
    """Events that took place, by their actual date."""
    for event in evidence.events:
        if event.on is not None or event.planned_on is None:
            yield Record(_event_name(event), event.on, None, _event_fields(event))


def events_planned(evidence: Evidence) -> Iterator[Record]:
    """Events of the schedule, by their planned date."""
    for event in evidence.events:
        if event.planned_on is not None:
            yield Record(_event_name(event), event.planned_on, None, _event_fields(event))


def _event_name(event: Event) -> str:
    """What lists show: kind and day, place, and the key that tells two of one day apart."""
    day = event.on or event.planned_on
    what = f"{event.kind} {in_words(day)}" if day else event.kind
    where = event.school_class or event.mentor_group
    return ", ".join(part for part in (what, where, event.key) if part)


def _event_fields(event: Event) -> dict[str, FieldValue]:
    return {
        "kind": event.kind,
        "school_class": event.school_class,
        "mentor_group": event.mentor_group,
        "lecturer": _who(event.lecturer),
        "attended": event.attended,
        "expected": event.expected,
        "link": _address(event.link),
    }


def _who(lecturer: str) -> str:
    """The name alone: what follows a comma is the organisation, ё and case do not tell people apart."""
    name = lecturer.partition(",")[0]
    return " ".join(name.casefold().replace("ё", "е").replace(".", ". ").split())


def _address(link: str) -> str:
    """A link without what does not change the page: scheme, www, a slash at the end, #anchor."""
    parts = urlsplit(link.strip() if "//" in link else f"//{link.strip()}")
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}{query}"


def materials(evidence: Evidence) -> Iterator[Record]:
    """Rows of «Материалы и ссылки»."""
    for material in evidence.materials:
        yield _material(material, material.form)


def material_forms(evidence: Evidence) -> Iterator[Record]:
    """The same rows once per form of mentoring; «все» stands for every form in use."""
    for material in evidence.materials:
        each = evidence.settings.forms_in_use if material.form == _EVERY_FORM else (material.form,)
        for form in each:
            yield _material(material, form)


def _material(material: Material, form: str) -> Record:
    link = _address(material.link)
    fields: dict[str, FieldValue] = {"kind": material.kind, "form": form, "link": link, "linked": bool(link)}
    return Record(material.title or link or material.kind, material.on, None, fields)


def publications(evidence: Evidence) -> Iterator[Record]:
    """Publications with a link, from «Материалы и ссылки» and from reports of events."""
    for material in evidence.materials:
        if material.kind == "публикация" and material.link.strip():
            address = _address(material.link)
            yield Record(material.title or address, material.on, None, {"link": address})
    for event in evidence.events:
        if event.kind == "публикация" and event.link.strip():
            address = _address(event.link)
            yield Record(event.topic or address, event.on, None, {"link": address})


def participations(evidence: Evidence) -> Iterator[Record]:
    """Representatives of the school at regional and national events.

    Somebody of the registry counts under the code, however the row names them; anybody else is one person per
    spelling and stands in the lists by the event alone.
    """
    codes = {person.code: person.code for person in evidence.people}
    named = Counter(_spelling(person.name) for person in evidence.people)
    codes |= {
        _spelling(person.name): person.code
        for person in evidence.people
        if named[_spelling(person.name)] == 1
    }
    for row in evidence.participations:
        said = row.who.strip()
        code = codes.get(said) or codes.get(_spelling(said))
        shown = code or f"не из реестра: {row.event or row.kind}"
        if said:
            fields = {"person": code or _spelling(said), "level": row.level, "kind": row.kind}
            yield Record(shown, row.on, None, fields)


def _spelling(name: str) -> str:
    return " ".join(name.casefold().replace("ё", "е").split())


def documents(evidence: Evidence) -> Iterator[Record]:
    """Documents with a number and a date."""
    for document in evidence.documents:
        if document.registered:
            yield Record(_document_name(document), document.on, None, _document_fields(document))


def documents_dated(evidence: Evidence) -> Iterator[Record]:
    """Documents that have a date and were not cancelled, numbered or not, but not drafts."""
    for document in evidence.documents:
        if document.state not in {"отменён", "проект"}:
            yield Record(_document_name(document), document.on, None, _document_fields(document))


def documents_sent(evidence: Evidence) -> Iterator[Record]:
    """Documents that went out under an outgoing number."""
    for document in evidence.documents:
        if document.outgoing_number and document.state not in _UNSENT:
            yield Record(_document_name(document), document.sent_on, None, _document_fields(document))


def _document_name(document: RegisteredDocument) -> str:
    number = f"№ {document.number}" if document.number else ""
    return " ".join(part for part in (document.kind, number, document.key) if part)


def _document_fields(document: RegisteredDocument) -> dict[str, FieldValue]:
    return {
        "kind": document.kind,
        "linked": bool(document.link.strip()),
        "years": frozenset(_YEAR.findall(document.title)),
    }


def forms_in_use(evidence: Evidence) -> Iterator[Record]:
    """Forms of mentoring that the school uses."""
    return (Record(form, ALWAYS) for form in evidence.settings.forms_in_use)


def mentor_groups(evidence: Evidence) -> Iterator[Record]:
    """Groups in which mentors are taught."""
    return (Record(group, ALWAYS) for group in evidence.settings.mentor_groups)


_EVENT = "kind school_class mentor_group lecturer attended expected link"
_MATERIAL = "kind form link linked"
_DOCUMENT = "kind linked years"
SCHOOL_COLLECTIONS = {
    "events": collection(events, _EVENT, "Мероприятия"),
    "events_planned": collection(events_planned, _EVENT, "Мероприятия"),
    "materials": collection(materials, _MATERIAL, "Материалы и ссылки"),
    "material_forms": collection(material_forms, _MATERIAL, "Материалы и ссылки"),
    "publications": collection(publications, "link", "Материалы и ссылки"),
    "participations": collection(participations, "person level kind", "Участие в событиях"),
    "documents": collection(documents, _DOCUMENT, "Документы"),
    "documents_dated": collection(documents_dated, _DOCUMENT, "Документы"),
    "documents_sent": collection(documents_sent, _DOCUMENT, "Документы"),
    "forms_in_use": collection(forms_in_use, ""),
    "mentor_groups": collection(mentor_groups, ""),
}
