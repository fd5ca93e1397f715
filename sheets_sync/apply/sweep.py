"""Clear the bot's folder of documents that a broken run made and never registered."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sheets_sync.domain.tables import Workbook
from sheets_sync.ports.write import DocumentWriter

KEPT_FOR = timedelta(hours=24)
"""How long an unregistered document is left alone: its run may still be under way."""


def sweep(documents: DocumentWriter, workbook: Workbook, now: datetime) -> int:
    """Put unregistered documents older than a day into the bin and return how many there were.

    Shape: `workbook` is as it was read before the run, so that a document made since is younger than a day.
    """
    registered = set()
    for memory in workbook.remembered("documents").values():
        document = memory.get("document")
        if isinstance(document, Mapping):
            registered.add(str(document.get("id", "")))
    orphans = [
        one.document
        for one in documents.staged()
        if one.document not in registered and now - one.made > KEPT_FOR
    ]
    for orphan in orphans:
        documents.discard(orphan)
    return len(orphans)
