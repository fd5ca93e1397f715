"""The service packages, gathered: their methods, tables, file kinds and pages."""

from __future__ import annotations

from collections.abc import Mapping

from sheets_sync.emulator import accounts, docs, drive, filetable, forms, pages, requestlog, sheets
from sheets_sync.emulator.calls import FileKind, Method

METHODS: Mapping[str, Method] = {**drive.METHODS, **sheets.METHODS, **docs.METHODS, **forms.METHODS}
"""Every implemented method by its discovery id; the rest is refused with 501."""

KINDS: Mapping[str, FileKind] = {kind.mime_type: kind for kind in (sheets.KIND, docs.KIND, forms.KIND)}
"""How Drive treats each Workspace file type."""

SCHEMA: tuple[str, ...] = (
    *requestlog.SCHEMA,
    *accounts.SCHEMA,
    *filetable.SCHEMA,
    *drive.SCHEMA,
    *sheets.SCHEMA,
    *docs.SCHEMA,
    *forms.SCHEMA,
    *pages.SCHEMA,
)
"""The CREATE statements of the whole workspace."""

page = pages.route
"""Answers a page, or gives None when no page has the address."""
