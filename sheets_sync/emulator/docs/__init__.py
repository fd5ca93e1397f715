"""Docs v1 of the local workspace: a pure document model, its REST methods, and what Drive does with
documents.
"""

from sheets_sync.emulator.docs import methods
from sheets_sync.emulator.docs.blocks import blocks, view
from sheets_sync.emulator.docs.kind import KIND, to_html
from sheets_sync.emulator.docs.storage import SCHEMA

METHODS = {
    "docs.documents.create": methods.create,
    "docs.documents.get": methods.get,
    "docs.documents.batchUpdate": methods.batch_update,
}

__all__ = ["KIND", "METHODS", "SCHEMA", "blocks", "to_html", "view"]
