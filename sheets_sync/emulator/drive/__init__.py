"""Drive v3 (and the upload route of v2) of the local workspace."""

from __future__ import annotations

from sheets_sync.emulator.calls import FileKind, Method

METHODS: dict[str, Method] = {}
SCHEMA: tuple[str, ...] = ()
KIND: FileKind | None = None
