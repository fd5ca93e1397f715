"""Taking back one's last change of a cell."""

from __future__ import annotations

import json

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.csrf import session_of

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS page_edit (who TEXT, file TEXT, gid TEXT, cell TEXT, before TEXT, row TEXT,"
    " PRIMARY KEY (who, file))",
)


def remember(call: Call, file_id: str, gid: str, cell: str, before: Json, row: str) -> None:
    """Keep what a cell held before a change; `row` is the fingerprint of its row after it."""
    values = (session_of(call.raw), file_id, gid, cell, json.dumps(before), row)
    call.tx.execute("INSERT OR REPLACE INTO page_edit VALUES (?, ?, ?, ?, ?, ?)", values)


def last_edit(call: Call, file_id: str, gid: str) -> tuple[str, Json, str] | None:
    """Return the cell, what it held and its row's fingerprint of one's last change on a sheet."""
    asked = "SELECT cell, before, row FROM page_edit WHERE who = ? AND file = ? AND gid = ?"
    row: tuple[str, str, str] | None = call.tx.execute(asked, (session_of(call.raw), file_id, gid)).fetchone()
    return (row[0], json.loads(row[1]), row[2]) if row else None


def forget(call: Call, file_id: str) -> None:
    """Drop one's last change, which is taken back or can no longer be."""
    call.tx.execute("DELETE FROM page_edit WHERE who = ? AND file = ?", (session_of(call.raw), file_id))
