"""Carry out a plan: the one place where a run changes anything.

The order is what makes a crash at any point harmless. Answers with their ledger may take several commits;
all computed sheets come in one, the last. Documents are made in the bot's folder before it and become
visible only after it has registered them; a run that finds a registered document not yet moved moves it, and
one that finds a draft not yet binned, or a document not yet removed for good, does that.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from sheets_sync.domain.plan import (
    AppendRow,
    CreateDocument,
    MoveDocument,
    Plan,
    Remember,
    SetCells,
    SheetChange,
)
from sheets_sync.domain.reconcile import fingerprint
from sheets_sync.domain.tables import CellValue, DocumentLink
from sheets_sync.ports.write import CreatedDocument, DocumentWriter, StampedDocument, WorkbookWriter

BATCH_BYTES = 2_000_000
"""How large a batch may be. Source: the advised body of 2 MB (developers.google.com/sheets/api/limits)."""

NEW_DOCUMENT = "document"
"""The key under which a row's memory holds its document: the id, its revision and its address."""

STAMP = "stamped"
"""The key under which it holds what was put into a registered document, and its revision and text then."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was carried out."""

    generation: int
    documents: int = 0


def apply(
    plan: Plan, workbook: WorkbookWriter, documents: DocumentWriter, batch_bytes: int = BATCH_BYTES
) -> Applied:
    """Carry out a plan in batches of at most `batch_bytes` and return the generation it ended in.

    Raises:
        AnotherRunError: another run was faster; nothing of the current step was applied.
        RemoteError, TryLaterError, UnknownOutcomeError: the run stopped; the next one goes on from there.
    """
    if plan.is_empty:
        return Applied(plan.generation)
    generation = plan.generation
    documents.check(plan.documents)
    made = {order.key: documents.create(order) for order in plan.documents}
    stamped = {order.key: documents.stamp(order) for order in plan.stamps}
    last = [_with_stamp(_resolved(change, made), stamped) for change in plan.computed]
    parts = list(batches(plan.intake, batch_bytes))
    if parts and _weight(parts[-1]) + _weight(last) <= batch_bytes:
        last = [*parts.pop(), *last]
    for number, part in enumerate(parts):
        first = plan.unfinished if number == 0 else ()
        generation = workbook.commit([*part, *first], as_of=plan.as_of)
    final = [*last, *(plan.finished if parts else plan.whole)]
    if final:
        generation = workbook.commit(final, as_of=plan.as_of)
    moves = [*plan.moves, *(_move(order, made[order.key]) for order in plan.documents)]
    for move in moves:
        documents.move(move)
        for superseded in move.replaces:
            documents.discard(superseded)
    for discarded in plan.discards:
        documents.discard(discarded.document)
    for destroyed in plan.destroys:
        documents.destroy(destroyed.document)
    if moves or plan.discards or plan.destroys:
        settled = [_resolved(change, made) for change in plan.settled]
        generation = workbook.commit(settled, as_of=plan.as_of)
    return Applied(generation, len(made))


def batches(changes: Sequence[SheetChange], limit: int = BATCH_BYTES) -> Iterator[list[SheetChange]]:
    """Split changes into parts of at most `limit` bytes, keeping a row together with its ledger."""
    part: list[SheetChange] = []
    size = 0
    for group in _by_row(changes):
        weight = _weight(group)
        if part and size + weight > limit:
            yield part
            part, size = [], 0
        part += group
        size += weight
    if part:
        yield part


def _by_row(changes: Sequence[SheetChange]) -> Iterator[list[SheetChange]]:
    group: list[SheetChange] = []
    for change in changes:
        if group and (group[0].sheet, group[0].key) != (change.sheet, change.key):
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _weight(changes: Iterable[SheetChange]) -> int:
    return sum(len(json.dumps(asdict(change), default=str)) for change in changes)


def _move(order: CreateDocument, made: CreatedDocument) -> MoveDocument:
    return MoveDocument(order.key, made.document, order.kind, order.replaces)


def _resolved(change: SheetChange, made: Mapping[str, CreatedDocument]) -> SheetChange:
    match change:
        case AppendRow():
            return replace(
                change, cells={name: _address(value, made) for name, value in change.cells.items()}
            )
        case SetCells():
            cells = {name: (old, _address(new, made)) for name, (old, new) in change.cells.items()}
            return replace(change, cells=cells)
        case Remember() if change.memory.get(NEW_DOCUMENT) == {} and change.key in made:
            document = made[change.key]
            held: dict[str, Any] = {
                "id": document.document,
                "url": document.url,
                "revision": document.revision,
            }
            link, address = fingerprint(DocumentLink(change.key)), fingerprint(document.url)
            digests = {name: address if mark == link else mark for name, mark in change.digests.items()}
            return replace(change, digests=digests, memory={**change.memory, NEW_DOCUMENT: held})
        case _:
            return change


def _with_stamp(change: SheetChange, stamped: Mapping[str, StampedDocument]) -> SheetChange:
    if not isinstance(change, Remember) or change.key not in stamped:
        return change
    held = change.memory.get(STAMP)
    if not isinstance(held, Mapping) or "revision" in held:
        return change
    put = stamped[change.key]
    held = {**held, "revision": put.revision, "text": put.text}
    return replace(change, memory={**change.memory, STAMP: held})


def _address(value: CellValue, made: Mapping[str, CreatedDocument]) -> CellValue:
    return made[value.document].url if isinstance(value, DocumentLink) else value
