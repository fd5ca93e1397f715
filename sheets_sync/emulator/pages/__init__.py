"""Web pages of the local workspace: respondents' forms, staff's sheets, documents, a list of files."""

from __future__ import annotations

from sheets_sync.emulator.pages import csrf, filled, signin, undo
from sheets_sync.emulator.pages.routing import route

SCHEMA = (*csrf.SCHEMA, *signin.SCHEMA, *undo.SCHEMA, *filled.SCHEMA)

__all__ = ["SCHEMA", "route"]
