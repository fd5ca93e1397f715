"""The register of documents as a night finds it: drafts, signed papers, and what does not agree there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.domain.documents.kinds import AGREEMENT, CHANGES, CONSENT, COUNCIL, ORDERS
from sheets_sync.domain.documents.wording import short_date
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.school import RegisteredDocument
from sheets_sync.domain.tables import Memory, ReadRow, Workbook

SHEET = "documents"
DRAFT, MOVING, EDITED, GONE, EMPTY, FROZEN, REMOVING, BINNED = (
    "черновик",
    "переместить",
    "изменён вручную, новая версия рядом",
    "удалён сотрудником",
    "больше не нужен",
    "зарегистрирован",
    "убрать в корзину",
    "больше не нужен, в корзине",
)
CLOSED = frozenset({EDITED, GONE, FROZEN, REMOVING, BINNED})
"""States in which a draft is not made anew any more."""
CANCELLED = "отменён"

Identity = tuple[str, str]
"""Kind and subject: what tells one document from another."""


@dataclass(frozen=True, slots=True)
class Registration:
    """The number and date that the secretary gave to one of the program's documents."""

    key: str
    number: str
    on: date


def identity(memory: Memory) -> Identity:
    """Return the kind and subject that a document's memory holds."""
    return str(memory.get("kind", "")), str(memory.get("subject", ""))


def about(memory: Memory) -> str:
    """Return what «О ком» says of a document that names no pairs: its subject in words."""
    kind, subject = identity(memory)
    if kind == COUNCIL and subject:
        return short_date(date.fromisoformat(subject))
    return subject.replace("/", ", ") if kind == CONSENT else subject


def document_of(memory: Memory) -> Mapping[str, object]:
    """Return id, address and revision of the document in a memory, empty before it exists."""
    found = memory.get("document")
    return found if isinstance(found, Mapping) else {}


def stamp_of(memory: Memory) -> Mapping[str, object]:
    """Return what was put into a registered document, empty before that."""
    found = memory.get("stamped")
    return found if isinstance(found, Mapping) else {}


def open_drafts(workbook: Workbook) -> dict[Identity, tuple[str, Memory]]:
    """Return the newest draft of every identity that may still be changed, with its key.

    Neither a signed document nor one that staff edited or that lies in the bin is open, and one whose row
    they deleted from the register counts as removed.
    """
    signed = {row.key for row in workbook.rows(SHEET) if _signed(row)}
    found: dict[Identity, tuple[str, Memory]] = {}
    for key, memory in sorted(workbook.remembered(SHEET).items()):
        closed = key in signed or memory.get("state") in CLOSED or bool(stamp_of(memory))
        if memory.get("document") and not closed and (SHEET, key) not in workbook.deleted:
            found[identity(memory)] = key, memory
    return found


def settled(workbook: Workbook) -> frozenset[Identity]:
    """Return the documents that are registered: what is signed is not drafted again."""
    rows = workbook.rows(SHEET)
    signed = {row.key for row in rows if _signed(row)}
    cancelled = {row.key for row in rows if row.text("state") == CANCELLED}
    return frozenset(
        identity(memory)
        for key, memory in workbook.remembered(SHEET).items()
        if key in signed or (stamp_of(memory) and key not in cancelled)
    )


def unwanted(workbook: Workbook) -> dict[Identity, set[object]]:
    """Return the fingerprints of the drafts that staff put into the bin or struck off the register."""
    found: dict[Identity, set[object]] = defaultdict(set)
    for key, memory in workbook.remembered(SHEET).items():
        if memory.get("state") == GONE or (SHEET, key) in workbook.deleted:
            found[identity(memory)].add(memory.get("hash"))
    return found


def with_memory(papers: Iterable[RegisteredDocument], workbook: Workbook) -> tuple[RegisteredDocument, ...]:
    """Add to every document of the program what is remembered about it: its pairs, and its number once put.

    A number that is in the document's text stays in force when somebody clears its cell by mistake.
    """
    remembered = workbook.remembered(SHEET)
    found = []
    for paper in papers:
        memory = remembered.get(paper.key, {}) if paper.key else {}
        pairs, ends, stamp = memory.get("pairs"), memory.get("ends"), stamp_of(memory)
        if isinstance(pairs, list):
            paper = replace(paper, pairs=tuple(map(str, pairs)))
        if memory.get("kind") == CHANGES:
            paper = replace(paper, amends=str(memory.get("subject", "")))
        if isinstance(ends, list):
            paper = replace(paper, ends=tuple(map(str, ends)))
        if stamp and not paper.number:
            paper = replace(paper, number=str(stamp["number"]))
        if stamp and paper.on is None:
            paper = replace(paper, on=date.fromisoformat(str(stamp["on"])))
        found.append(paper)
    return tuple(found)


def registrations(workbook: Workbook) -> dict[str, Registration]:
    """Return the program's registered documents by key; of a number given twice only the first."""
    twice = {row.key for _, rows in _same_numbers(workbook) for row in rows[1:]}
    found = {}
    for row in workbook.rows(SHEET):
        on = row.day("on")
        if row.key and _signed(row) and on is not None and row.key not in twice:
            found[row.key] = Registration(row.key, row.text("number"), on)
    return found


def register_findings(workbook: Workbook) -> tuple[Finding, ...]:
    """Return what does not agree: a number given twice, a number changed after registration."""
    findings = [
        Finding(
            f"documents/number/{label}",
            f"лист «Документы», строки {', '.join(str(row.index + 1) for row in rows)}",
            f"№ {label} дан дважды: номер в году и по одному индексу бывает один",
            subject=rows[0].key,
        )
        for label, rows in _same_numbers(workbook)
    ]
    memories = workbook.remembered(SHEET)
    for row in workbook.rows(SHEET):
        stamp = stamp_of(memories.get(row.key, {})) if row.key else {}
        if not stamp or row.text("state") == CANCELLED:
            continue
        if row.text("kind") == AGREEMENT and not row.text("number"):
            continue  # its number stands in «Партнёры»
        on = date.fromisoformat(str(stamp["on"]))
        if (row.text("number"), row.day("on")) != (str(stamp["number"]), on):
            findings.append(_renumbered(row, str(stamp["number"]), on))
    return tuple(findings)


def _renumbered(row: ReadRow, number: str, on: date) -> Finding:
    return Finding(
        f"documents/{row.key}/number",
        f"лист «Документы», строка {row.index + 1}",
        f"Документ {row.key} зарегистрирован: № {number} от {on:%d.%m.%Y}, а в листе стоит другое. Верните "
        "номер и дату или отметьте документ отменённым",
        subject=row.key,
    )


def _same_numbers(workbook: Workbook) -> list[tuple[str, list[ReadRow]]]:
    given: dict[tuple[str, int, str], list[ReadRow]] = defaultdict(list)
    for row in workbook.rows(SHEET):
        on = row.day("on")
        if row.text("number") and on is not None and row.text("state") != CANCELLED:
            kind = row.text("kind")
            series = ORDERS[0] if kind in ORDERS else kind
            number = "".join(row.text("number").casefold().split())
            given[series, on.year, number].append(row)
    doubled: list[tuple[str, list[ReadRow]]] = []
    for (_, year, _), rows in given.items():
        if len(rows) > 1:
            doubled.append((f"{rows[0].text('number')} за {year} год", rows))
    return doubled


def _signed(row: ReadRow) -> bool:
    return bool(row.text("number")) and row.day("on") is not None and row.text("state") != CANCELLED


def covered(papers: Sequence[RegisteredDocument], kinds: Iterable[str]) -> set[str]:
    """Return the codes of the pairs that registered documents of these kinds name."""
    wanted = set(kinds)
    return {code for paper in papers if paper.kind in wanted and paper.registered for code in paper.pairs}
