"""The life of a draft: made once, made anew when its content changed, kept when people took it over, frozen
when it is registered."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from sheets_sync.domain.documents.changes import difference
from sheets_sync.domain.documents.content import Content
from sheets_sync.domain.documents.frozen import Seen, frozen_findings, with_look
from sheets_sync.domain.documents.register import (
    BINNED,
    DRAFT,
    EDITED,
    EMPTY,
    FROZEN,
    GONE,
    MOVING,
    REMOVING,
    SHEET,
    Identity,
    Registration,
    about,
    document_of,
    identity,
    open_drafts,
    stamp_of,
    unwanted,
)
from sheets_sync.domain.documents.templates import STAMPED, TemplateSpec
from sheets_sync.domain.documents.withdrawn import is_unwelcome, unwelcome_finding
from sheets_sync.domain.documents.wording import long_date, number_sign, short_date
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.plan import (
    CreateDocument,
    DiscardDocument,
    MoveDocument,
    Remember,
    SetCells,
    SheetChange,
    StampDocument,
)
from sheets_sync.domain.reconcile import KEY, fingerprint
from sheets_sync.domain.russian import Declined, cases_finding
from sheets_sync.domain.tables import DocumentLink, Memory, Row, Table, Workbook, table

UNDER_REGISTRATION = "проект"


@dataclass(frozen=True, slots=True)
class Drafts:
    """The night's documents: those to make, to stamp, to move and to bin, and the rows of «Документы».

    Shape: `settled` is what is written once the documents stand in the school's folders; `waiting` counts the
    documents whose turn comes another night; `findings` ask about cases that nobody has confirmed and drafts
    that a person has to remove; `doubtful` are the documents to look at before it is decided whether they go
    into the bin, by the draft's key.
    """

    create: tuple[CreateDocument, ...]
    stamps: tuple[StampDocument, ...]
    move: tuple[MoveDocument, ...]
    table: Table
    settled: tuple[SheetChange, ...]
    waiting: int
    findings: tuple[Finding, ...] = ()
    discard: tuple[DiscardDocument, ...] = ()
    doubtful: Mapping[str, str] = field(default_factory=dict)

    def naming(self, kind: str) -> dict[str, str]:
        """Return the draft of a kind that names each pair, by the pair's code."""
        found: dict[str, str] = {}
        for row in self.table.rows:
            pairs = row.memory.get("pairs")
            live = row.memory.get("kind") == kind and row.memory.get("state") in {DRAFT, MOVING}
            if live and isinstance(pairs, list):
                found |= {str(code): row.key for code in pairs}
        return found


def at_turn(contents: Sequence[Content], workbook: Workbook, limit: int) -> list[Content]:
    """Return the documents that are to be made tonight, anew or for the first time, at most `limit`."""
    standing, refused = open_drafts(workbook), unwanted(workbook)
    return [content for content in contents if _is_due(content, standing, refused)][:limit]


def stale(contents: Sequence[Content], workbook: Workbook, limit: int) -> dict[str, str]:
    """Return the document of every draft that is to be made anew tonight, by the draft's key."""
    standing = open_drafts(workbook)
    found = {}
    for content in at_turn(contents, workbook, limit):
        draft = standing.get((content.kind, content.subject))
        if draft is not None:
            found[draft[0]] = str(document_of(draft[1]).get("id", ""))
    return found


def drafts(
    contents: Sequence[Content],
    templates: Mapping[str, TemplateSpec],
    workbook: Workbook,
    revisions: Mapping[str, str | None],
    registered: Mapping[str, Registration],
    next_code: Callable[[int], str],
    limit: int,
    withdrawn: Mapping[str, Collection[str]] = MappingProxyType({}),
    seen: Mapping[str, Seen] = MappingProxyType({}),
) -> Drafts:
    """Decide on every document: leave the draft, make a new one in its place, lay one beside it, or bin it.

    Shape: `templates` are all templates by id; `revisions` gives, for the key of every draft to be made
    anew, the revision in which its document stands (None when staff have removed it), and for the doubtful
    drafts once they were looked at; `withdrawn` are the people without consent whom drafts name, by key;
    `seen` are the registered documents that were looked at.
    """
    work = _Work(templates, workbook, next_code)
    turn = {(content.kind, content.subject) for content in at_turn(contents, workbook, limit)}
    wanted = {(content.kind, content.subject): content for content in contents}
    for key, memory in work.standing.values():
        content = wanted.get(identity(memory))
        if content is None and memory.get("state") != MOVING:
            work.set_state(key, EMPTY)
        elif content is not None and content.fingerprint == memory.get("hash") and _rests(memory):
            work.set_state(key, DRAFT)
    for who, content in wanted.items():
        if who in turn:
            work.make(content, revisions)
    for key, registration in registered.items():
        work.register(key, registration)
    for key, look in seen.items():
        work.memories[key] = dict(with_look(work.memories[key], look))
    for key in work.memories.keys() - work.untouchable:
        work.withdraw(key, withdrawn.get(key, ()), revisions)
    waiting = sum(_is_due(content, work.standing, work.refused) for content in contents) - len(turn)
    signed = {identity(memory) for key, memory in work.standing.values() if key in registered}
    asked = [content for content in contents if (content.kind, content.subject) not in signed]
    return replace(
        work.done(waiting),
        findings=(*_doubts(asked), *work.findings, *frozen_findings(work.memories, workbook)),
    )


def _doubts(contents: Sequence[Content]) -> Iterator[Finding]:
    forms: dict[str, list[Declined]] = {}
    for content in contents:
        forms.setdefault(content.kind, []).extend(content.declined.values())
    for kind, declined in forms.items():
        found = cases_finding(kind, f"документ «{kind}»", declined)
        if found is not None:
            yield found


def _rests(memory: Memory) -> bool:
    return memory.get("state") != MOVING


def _is_due(
    content: Content,
    standing: Mapping[Identity, tuple[str, Memory]],
    refused: Mapping[Identity, set[object]],
) -> bool:
    who = (content.kind, content.subject)
    if content.fingerprint in refused.get(who, set()):
        return False
    return who not in standing or standing[who][1].get("hash") != content.fingerprint


class _Work:
    """The register as the night changes it."""

    def __init__(
        self, templates: Mapping[str, TemplateSpec], workbook: Workbook, next_code: Callable[[int], str]
    ) -> None:
        remembered = workbook.remembered(SHEET)
        self.standing = open_drafts(workbook)
        self.refused = unwanted(workbook)
        self.templates = templates
        self.by_kind = {spec.kind: spec for spec in reversed(list(templates.values()))}
        self.memories = {key: dict(memory) for key, memory in remembered.items() if memory.get("document")}
        self.number = len(remembered)
        self.next_code = next_code
        self.create: list[CreateDocument] = []
        self.stamps: list[StampDocument] = []
        self.headings: dict[str, str] = {}
        numbered = {row.key for row in workbook.rows(SHEET) if row.text("number")}
        self.untouchable = numbered | {key for sheet, key in workbook.deleted if sheet == SHEET}
        self.doubtful: dict[str, str] = {}
        self.findings: list[Finding] = []

    def set_state(self, key: str, state: str) -> None:
        self.memories[key]["state"] = state

    def make(self, content: Content, revisions: Mapping[str, str | None]) -> None:
        """Make a document, in the place of its draft when there is one that nobody touched."""
        found = self.standing.get((content.kind, content.subject))
        if found is None:
            self._add(self._new_code(), content, (), "")
            return
        key, memory = found
        because = difference(memory.get("parts"), content)
        revision = revisions.get(key)
        if revision is None:
            self.memories[key] |= {"state": GONE, "hash": content.fingerprint}
        elif revision == document_of(memory).get("revision"):
            self._add(key, content, (str(document_of(memory).get("id", "")), *_replaced(memory)), because)
        else:
            self.memories[key] |= {"state": EDITED, "because": because}
            self._add(self._new_code(), content, (), because)

    def register(self, key: str, registration: Registration) -> None:
        """Freeze a document that the secretary has numbered."""
        memory = self.memories.get(key)
        if memory is None or stamp_of(memory) or memory.get("state") in {MOVING, FROZEN, GONE}:
            return
        memory["state"] = FROZEN
        template = self._template(memory)
        document = str(document_of(memory).get("id", ""))
        if template is None or not template.stamped or not document:
            return
        memory["stamped"] = {"number": registration.number, "on": registration.on.isoformat()}
        number, on = number_sign(registration.number), long_date(registration.on)
        heading = str(memory.get("heading") or memory["kind"])
        title = f"{heading}, {number} от {short_date(registration.on)}"
        self.stamps.append(StampDocument(key, document, dict(zip(STAMPED, (number, on), strict=True)), title))

    def withdraw(self, key: str, codes: Collection[str], revisions: Mapping[str, str | None]) -> None:
        """Bin a draft that nobody needs and that names these people, or ask who has edited it to do so."""
        memory = self.memories[key]
        edited = memory.pop("unwelcome", None) is not None or memory.get("state") == EDITED
        if not codes or not is_unwelcome(memory):
            return
        document = document_of(memory)
        if key not in revisions:
            self.doubtful[key] = str(document.get("id", ""))
        elif revisions[key] is None:
            memory["state"] = BINNED
            return
        elif not edited and revisions[key] == document.get("revision"):
            memory["state"] = REMOVING
            return
        else:
            edited = True
        if edited:
            memory["unwelcome"] = sorted(codes)
            self.findings.append(unwelcome_finding(key, memory, sorted(codes)))

    def done(self, waiting: int) -> Drafts:
        """Return everything that was decided."""
        new = {one.key for one in self.create}
        moving = [key for key, memory in self.memories.items() if memory.get("state") == MOVING]
        removing = [key for key, memory in self.memories.items() if memory.get("state") == REMOVING]
        rows = (self._row(key, memory) for key, memory in sorted(self.memories.items()))
        return Drafts(
            tuple(self.create),
            tuple(self.stamps),
            tuple(self._move(key) for key in moving if key not in new),
            table(SHEET, rows),
            (
                *(change for key in moving for change in self._settled(key, DRAFT)),
                *(change for key in removing for change in self._settled(key, BINNED)),
            ),
            waiting,
            discard=tuple(self._discard(key) for key in removing),
            doubtful=self.doubtful,
        )

    def _new_code(self) -> str:
        self.number += 1
        return self.next_code(self.number)

    def _add(self, key: str, content: Content, replaces: tuple[str, ...], because: str) -> None:
        template = self.templates[content.template] if content.template else self.by_kind[content.kind]
        self.headings[key] = content.heading
        self.create.append(
            CreateDocument(
                key,
                template.id,
                f"{content.heading} (проект {key})",
                content.texts,
                content.rows(template),
                content.fingerprint,
                replaces,
                because,
                content.unsure,
            )
        )
        memory: dict[str, object] = {
            "kind": content.kind,
            "subject": content.subject,
            "heading": content.heading,
            "hash": content.fingerprint,
            "parts": content.parts,
            "template": content.template,
            "pairs": list(content.pairs),
            "ends": list(content.ends),
            "document": {},
            "state": MOVING,
            "replaces": list(replaces),
            "because": because,
        }
        kept = {"kind", "pairs", "document"}
        self.memories[key] = {name: value for name, value in memory.items() if value or name in kept}

    def _move(self, key: str) -> MoveDocument:
        memory = self.memories[key]
        template = self._template(memory)
        document = str(document_of(memory).get("id", ""))
        return MoveDocument(key, document, template.id if template else "", _replaced(memory))

    def _discard(self, key: str) -> DiscardDocument:
        memory = self.memories[key]
        heading = str(memory.get("heading") or memory["kind"])
        return DiscardDocument(key, str(document_of(memory).get("id", "")), heading)

    def _template(self, memory: Memory) -> TemplateSpec | None:
        named = str(memory.get("template", ""))
        return self.templates.get(named) if named else self.by_kind.get(str(memory.get("kind", "")))

    def _row(self, key: str, memory: Memory) -> Row:
        address = document_of(memory).get("url")
        pairs = memory.get("pairs")
        codes = [str(code) for code in pairs] if isinstance(pairs, list) else []
        return Row(
            key,
            {
                "key": key,
                "draft": str(address) if address else DocumentLink(key),
                "draft_state": shown_state(memory),
                "pairs": ", ".join(codes) or about(memory),
            },
            initial={
                "kind": str(memory.get("kind", "")),
                "title": self.headings.get(key, ""),
                "state": UNDER_REGISTRATION,
            },
            memory=memory,
        )

    def _settled(self, key: str, state: str) -> list[SheetChange]:
        kept = {name: value for name, value in self.memories[key].items() if name != "replaces"}
        before = self._row(key, self.memories[key])
        row = replace(self._row(key, {**kept, "state": state}), initial={})
        digests = {column: fingerprint(value) for column, value in row.cells.items() if column != KEY}
        states = (before.cells["draft_state"], row.cells["draft_state"])
        return [
            SetCells(SHEET, key, -1, {"draft_state": states}),
            Remember(SHEET, key, digests, row.memory),
        ]


def shown_state(memory: Memory) -> str:
    """Return what «Документы» says about a draft: its state, and what changed when it was made anew."""
    state, because = str(memory.get("state", DRAFT)), str(memory.get("because", ""))
    if not because or state not in {DRAFT, EDITED}:
        return state
    return f"{state}; {because}" if state == EDITED else f"{state}, обновлён: {because}"


def _replaced(memory: Memory) -> tuple[str, ...]:
    # Kept until the move is settled: a run stopped before it leaves the superseded drafts in sight.
    found = memory.get("replaces")
    return tuple(str(number) for number in found) if isinstance(found, list) else ()
