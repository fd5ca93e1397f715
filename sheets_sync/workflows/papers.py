"""The documents of a night: what is known, what should stand, which drafts to look at, what to make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.consents import by_person, gate
from sheets_sync.domain.documents.agreements import signed_in_partners
from sheets_sync.domain.documents.drafting import contents
from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.frozen import Seen, is_as_known, last_change, registered_documents
from sheets_sync.domain.documents.kinds import AGREEMENT
from sheets_sync.domain.documents.lifecycle import Drafts, drafts, stale
from sheets_sync.domain.documents.page_numbers import page_number_findings
from sheets_sync.domain.documents.register import (
    SHEET,
    open_drafts,
    register_findings,
    registrations,
    settled,
)
from sheets_sync.domain.documents.swot_cells import swot_cells
from sheets_sync.domain.documents.wanted import read_wanted
from sheets_sync.domain.documents.withdrawn import naming_without_consent
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.forgetting.tombstones import buried
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.intake.record import Intake
from sheets_sync.domain.monitoring.open_answers import NameSpotter
from sheets_sync.domain.monitoring.swot import names_known, swot
from sheets_sync.domain.russian import Grammar
from sheets_sync.domain.school import ConsentKind, Evidence, Pair, RegisteredDocument, SchoolSettings
from sheets_sync.domain.tables import Workbook
from sheets_sync.ports.read import DocumentReader
from sheets_sync.settings import Settings


@dataclass
class LookedOnce:
    """A reader of documents that asks the service about each document once a night."""

    reader: DocumentReader
    revisions: dict[str, str | None] = field(default_factory=dict)

    def revision(self, document: str) -> str | None:
        """Return the document's revision, None when it is gone or in the bin."""
        if document not in self.revisions:
            self.revisions[document] = self.reader.revision(document) if document else None
        return self.revisions[document]

    def changed(self) -> Mapping[str, str]:
        """Return when every document last changed, by its id."""
        return self.reader.changed()

    def text(self, document: str) -> str | None:
        """Return the digest of a document's text, None when it is gone."""
        return self.reader.text(document)


def look_at_registered(workbook: Workbook, reader: DocumentReader, *, only_news: bool) -> dict[str, Seen]:
    """Look at the registered documents: one list of all, and the text of those that changed since the last.

    Shape: with `only_news` the looks that tell nothing new are left out, so that nothing is written for them.
    """
    registered = registered_documents(workbook)
    if not registered:
        return {}
    memories, changed = workbook.remembered(SHEET), reader.changed()
    seen = {}
    for key, document in registered.items():
        when = changed.get(document)
        if when is None or when == last_change(memories[key]):
            continue
        text = reader.text(document)
        if text is not None:
            seen[key] = Seen(when, text)
    return {key: one for key, one in seen.items() if not only_news or not is_as_known(memories[key], one)}


def draft_papers(
    workbook: Workbook,
    settings: Settings,
    facts: Facts,
    reader: DocumentReader,
    seen: Mapping[str, Seen] | None,
) -> Drafts:
    """Decide on every document of the night.

    Shape: the drafts that may be made anew are always looked at; `seen` are the registered documents that
    were looked at, None before that: then the doubtful drafts are not looked at either.
    """
    wanted = contents(facts)
    limit = facts.wanted.per_night
    withdrawn = naming_without_consent(workbook, facts)

    def decided(looked_at: Mapping[str, str]) -> Drafts:
        return drafts(
            wanted,
            settings.documents,
            workbook,
            {key: reader.revision(document) for key, document in looked_at.items()},
            {**registrations(workbook), **signed_in_partners(facts.partners, _agreements(workbook))},
            lambda number: make_code(CodeKind.DOCUMENT, number),
            limit,
            withdrawn,
            seen or {},
        )

    due = stale(wanted, workbook, limit)
    found = decided(due)
    return decided({**due, **found.doubtful}) if seen is not None and found.doubtful else found


def gather_facts(
    workbook: Workbook,
    settings: Settings,
    intake: Intake,
    school: SchoolSettings,
    language: Grammar,
    pairs: Sequence[Pair],
    papers: tuple[RegisteredDocument, ...],
    refusals: Mapping[str, str],
    values: Sequence[IndicatorValue],
    evidence: Evidence,
    as_of: date,
) -> tuple[Facts, tuple[Finding, ...]]:
    """Return everything that documents are made of, and what could not be read in «Настройки»."""
    wanted, findings = read_wanted(workbook.rows("settings"), settings.papers, as_of)
    own = by_person(intake.consents)
    in_public = frozenset(
        person.code
        for person in intake.people
        if gate(person, own.get(person.code, ()), as_of, ConsentKind.PUBLICATION).allowed
    )
    drafted: dict[str, set[str]] = {}
    for kind, subject in open_drafts(workbook):
        drafted.setdefault(kind, set()).add(subject)
    facts = Facts(
        as_of=as_of,
        settings=school,
        config=settings.papers,
        wanted=wanted,
        grammar=language,
        people=intake.by_code(),
        refusals=refusals,
        admitted_in_public=in_public,
        consents=intake.consents,
        pairs=tuple(pairs),
        plans=intake.plans,
        meetings=intake.meetings,
        diagnostics=intake.diagnostics,
        events=intake.events,
        partners=intake.partners,
        materials=intake.materials,
        participations=intake.participations,
        papers=papers,
        roadmap=settings.roadmap,
        values={value.id: value for value in values},
        drafted={kind: frozenset(subjects) for kind, subjects in drafted.items()},
        signed_rows=_signed("rows", workbook),
        signed_fields=_signed("fields", workbook),
        settled=settled(workbook),
        forgotten=buried(workbook).stones,
        swot=swot_cells(swot(evidence), workbook.rows("swot"), NameSpotter(names_known(evidence))),
    )
    numbers = page_number_findings(workbook, settings.documents)
    return facts, (*findings, *register_findings(workbook), *numbers)


def _agreements(workbook: Workbook) -> dict[str, str]:
    return {subject: key for (kind, subject), (key, _) in open_drafts(workbook).items() if kind == AGREEMENT}


def _signed(part: str, workbook: Workbook) -> dict[str, dict[str, str]]:
    found = {}
    for key, memory in workbook.remembered(SHEET).items():
        parts = memory.get("parts")
        rows = parts.get(part) if isinstance(parts, Mapping) else None
        if isinstance(rows, Mapping):
            found[key] = {str(name): str(digest) for name, digest in rows.items()}
    return found
