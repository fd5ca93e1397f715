"""Registered documents: their text is settled, and whoever changes it afterwards is told to the curator.

A text is known by its digest: a revision's name may change although nobody typed anything, and is sure for a
day only (discovery docs.v1, Document.revisionId). What changes only the look of a document is not noticed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheets_sync.domain.documents.register import CANCELLED, FROZEN, SHEET, document_of, stamp_of
from sheets_sync.domain.documents.wording import number_sign
from sheets_sync.domain.findings import Finding
from sheets_sync.domain.tables import Memory, Workbook

_WATCHED = "text"
"""The key of a memory under which it is kept what the text was, what it is, and when it was last read."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A document as it was found: `changed` is when the service says that it changed, `text` the digest."""

    changed: str
    text: str


def registered_documents(workbook: Workbook) -> dict[str, str]:
    """Return the documents whose text is settled, by their key."""
    cancelled = {row.key for row in workbook.rows(SHEET) if row.text("state") == CANCELLED}
    found = {}
    for key, memory in workbook.remembered(SHEET).items():
        document = str(document_of(memory).get("id", ""))
        here = key not in cancelled and (SHEET, key) not in workbook.deleted
        if memory.get("state") == FROZEN and document and here:
            found[key] = document
    return found


def last_change(memory: Memory) -> str:
    """Return when a document had changed when its text was last read, "" before it was."""
    return str(_watched(memory).get("changed", ""))


def is_as_known(memory: Memory, seen: Seen) -> bool:
    """Whether a look at the document tells nothing that was not known."""
    watched = _watched(memory)
    known = watched.get("now") or stamp_of(memory).get("text") or seen.text
    return known == seen.text


def with_look(memory: Memory, seen: Seen) -> Memory:
    """Return the memory after a look: the first one tells what the text was, where no stamp did."""
    before = _watched(memory).get("then") or stamp_of(memory).get("text") or seen.text
    return {**memory, _WATCHED: {"then": before, "now": seen.text, "changed": seen.changed}}


def frozen_findings(memories: Mapping[str, Memory], workbook: Workbook) -> Iterator[Finding]:
    """Ask about every registered document whose text is not the one that was registered."""
    rows = {row.key: row for row in workbook.rows(SHEET) if row.key}
    for key in registered_documents(workbook):
        memory = memories.get(key, {})
        watched = _watched(memory)
        if watched.get("now") == watched.get("then"):
            continue
        row = rows.get(key)
        number = row.text("number") if row else str(stamp_of(memory).get("number", ""))
        heading = str(memory.get("heading") or memory.get("kind", ""))
        yield Finding(
            f"documents/{key}/text",
            f"лист «Документы», {key}",
            f"Документ {key} «{heading}» {number_sign(number)} зарегистрирован, а его текст после этого "
            "изменили. Верните прежний (Файл → История версий) или оформите изменение отдельным приказом",
            subject=key,
        )


def _watched(memory: Memory) -> Mapping[str, object]:
    found = memory.get(_WATCHED)
    return found if isinstance(found, Mapping) else {}
