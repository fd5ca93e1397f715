"""Web pages of the local workspace: respondents' forms, staff's sheets, documents, a list of files."""

from __future__ import annotations

from sheets_sync.emulator.pages import csrf, filled, signin, undo
from sheets_sync.emulator.pages.rendering import notice_alone
from sheets_sync.emulator.pages.routing import reads_pages, route

SCHEMA = (*csrf.SCHEMA, *signin.SCHEMA, *undo.SCHEMA, *filled.SCHEMA)

__all__ = ["SCHEMA", "notice_alone", "reads_pages", "route"]
