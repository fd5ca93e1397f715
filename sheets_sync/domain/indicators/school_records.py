"""Events, materials, publications, documents and the school's own lists as records."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

from sheets_sync.domain.deadlines import in_words
from sheets_sync.domain.entries import (
    Event,
    Material,
)
from sheets_sync.domain.indicators.records import ALWAYS, FieldValue, Record, collection
from sheets_sync.domain.monitoring.open_answers import NameSpotter
from sheets_sync.domain.school import (
    Evidence,
    RegisteredDocument,
    SchoolSettings,
)

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_EVERY_FORM = "все"
_UNSENT = frozenset(("отменён",))


def events(evidence: Evidence) -> Iterator[Record]:
    """Events that took place, by their actual date."""
    names = _event_names(evidence)
    for event in evidence.events:
        if event.on is not None or event.planned_on is None:
            yield Record(names[event.key], event.on, None, _event_fields(event))


def events_planned(evidence: Evidence) -> Iterator[Record]:
    """Events of the schedule, by their planned date."""
    names = _event_names(evidence)
    for event in evidence.events:
        if event.planned_on is not None:
            yield Record(names[event.key], event.planned_on, None, _event_fields(event))


def _event_names(evidence: Evidence) -> Mapping[str, str]:
    """What lists show of each event, by its key; those that read alike are numbered, in the order of keys.

    A topic in which somebody of the school is named is left out: the lists go by codes.
    """
    spotter = NameSpotter(name for person in evidence.people for name in (person.name, person.representative))
    told: dict[str, list[str]] = {}
    for event in sorted(evidence.events, key=lambda one: one.key):
        topic = "" if spotter.names_known(event.topic) else " ".join(event.topic.split())
        told.setdefault(_event_name(event, topic), []).append(event.key)
    return {
        key: name if place == 1 else f"{name} ({place})"
        for name, keys in told.items()
        for place, key in enumerate(keys, start=1)
    }


def _event_name(event: Event, topic: str) -> str:
    day = event.on or event.planned_on
    what = f"{event.kind} {in_words(day)}" if day else event.kind
    quoted = f"«{topic}»" if topic and "«" not in topic else topic
    return ", ".join(part for part in (what, event.school_class or event.mentor_group, quoted) if part)


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
        each = _every_form(evidence) if material.form == _EVERY_FORM else (material.form,)
        for form in each:
            yield _material(material, form)


def _every_form(evidence: Evidence) -> tuple[str, ...]:
    """Every form of mentoring that was ever in use; which of them are asked for depends on the day."""
    named = (form for _, settings in evidence.by_day for form in settings.forms_in_use)
    return tuple(dict.fromkeys((*evidence.settings.forms_in_use, *named)))


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
    return _listed(evidence, lambda settings: settings.forms_in_use)


def mentor_groups(evidence: Evidence) -> Iterator[Record]:
    """Groups in which mentors are taught."""
    return _listed(evidence, lambda settings: settings.mentor_groups)


def _listed(evidence: Evidence, of: Callable[[SchoolSettings], tuple[str, ...]]) -> Iterator[Record]:
    """What a list of the settings names, for as long as it does."""
    stretches = evidence.by_day or ((ALWAYS, evidence.settings),)
    ends: list[date | None] = [since for since, _ in stretches[1:]]
    for (since, settings), until in zip(stretches, [*ends, None], strict=True):
        yield from (Record(name, since, until) for name in of(settings))


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
