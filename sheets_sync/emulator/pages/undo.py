"""Taking back one's own changes of a sheet, the last first."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.csrf import session_of

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS page_undo (n INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL,"
    " file TEXT NOT NULL, gid TEXT NOT NULL, said TEXT NOT NULL, cell TEXT NOT NULL, back TEXT NOT NULL,"
    " area TEXT NOT NULL, print TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS page_undo_file ON page_undo (file, who)",
)
MOST_KEPT = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what it is called («правку B2»), where, the requests that undo it.

    `print` is the fingerprint of `area` (rows and columns from 0, ends excluded) right after the change.
    """

    said: str
    cell: str
    back: tuple[Json, ...]
    area: tuple[int, int, int, int]
    print: str


def remember(call: Call, file_id: str, gid: str, change: Change) -> None:
    """Keep a change on top of the others; the oldest of more than twenty is dropped."""
    who = session_of(call.raw)
    kept = (json.dumps(change.back), json.dumps(change.area), change.print)
    call.tx.execute(
        "INSERT INTO page_undo (who, file, gid, said, cell, back, area, print)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (who, file_id, gid, change.said, change.cell, *kept),
    )
    call.tx.execute(
        "DELETE FROM page_undo WHERE who = ? AND file = ? AND n NOT IN"
        " (SELECT n FROM page_undo WHERE who = ? AND file = ? ORDER BY n DESC LIMIT ?)",
        (who, file_id, who, file_id, MOST_KEPT),
    )


def forget_all(call: Call, file_id: str, gid: str) -> None:
    """Drop one's changes of a sheet, because what follows them is too large to be taken back."""
    asked = "DELETE FROM page_undo WHERE who = ? AND file = ? AND gid = ?"
    call.tx.execute(asked, (session_of(call.raw), file_id, gid))


def last_change(call: Call, file_id: str, gid: str) -> Change | None:
    """Return one's last change of a sheet that is not taken back."""
    asked = (
        "SELECT said, cell, back, area, print FROM page_undo WHERE who = ? AND file = ? AND gid = ?"
        " ORDER BY n DESC LIMIT 1"
    )
    row: tuple[str, str, str, str, str] | None = call.tx.execute(
        asked, (session_of(call.raw), file_id, gid)
    ).fetchone()
    if row is None:
        return None
    top, bottom, left, right = json.loads(row[3])
    return Change(row[0], row[1], tuple(json.loads(row[2])), (top, bottom, left, right), row[4])


def forget(call: Call, file_id: str, gid: str) -> None:
    """Drop one's last change of a sheet, which is taken back or can no longer be."""
    call.tx.execute(
        "DELETE FROM page_undo WHERE n ="
        " (SELECT max(n) FROM page_undo WHERE who = ? AND file = ? AND gid = ?)",
        (session_of(call.raw), file_id, gid),
    )
