"""Taking back one's own changes of a sheet, the last first, and doing again what was taken back."""

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
    "CREATE TABLE IF NOT EXISTS page_redo (n INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL,"
    " file TEXT NOT NULL, gid TEXT NOT NULL, said TEXT NOT NULL, cell TEXT NOT NULL, back TEXT NOT NULL,"
    " area TEXT NOT NULL, print TEXT NOT NULL, again TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS page_redo_file ON page_redo (file, who)",
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


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A change that was taken back: the requests that do it `again`, and the area's fingerprint since."""

    change: Change
    again: tuple[Json, ...]
    print: str


def remember(call: Call, file_id: str, gid: str, change: Change, *, new: bool = True) -> None:
    """Keep a change on top of the others; the oldest of more than twenty is dropped.

    After a `new` change there is nothing to do again.
    """
    who = session_of(call.raw)
    if new:
        asked = "DELETE FROM page_redo WHERE who = ? AND file = ? AND gid = ?"
        call.tx.execute(asked, (who, file_id, gid))
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
    for table in ("page_undo", "page_redo"):
        asked = f"DELETE FROM {table} WHERE who = ? AND file = ? AND gid = ?"
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


def keep_taken_back(call: Call, file_id: str, gid: str, taken: TakenBack) -> None:
    """Keep what was taken back, so that it can be done again."""
    change = taken.change
    kept = (json.dumps(change.back), json.dumps(change.area), taken.print, json.dumps(taken.again))
    call.tx.execute(
        "INSERT INTO page_redo (who, file, gid, said, cell, back, area, print, again)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (session_of(call.raw), file_id, gid, change.said, change.cell, *kept),
    )


def last_taken_back(call: Call, file_id: str, gid: str) -> TakenBack | None:
    """Return what was taken back last and not done again since."""
    asked = (
        "SELECT said, cell, back, area, print, again FROM page_redo WHERE who = ? AND file = ? AND gid = ?"
        " ORDER BY n DESC LIMIT 1"
    )
    row: tuple[str, str, str, str, str, str] | None = call.tx.execute(
        asked, (session_of(call.raw), file_id, gid)
    ).fetchone()
    if row is None:
        return None
    top, bottom, left, right = json.loads(row[3])
    change = Change(row[0], row[1], tuple(json.loads(row[2])), (top, bottom, left, right), "")
    return TakenBack(change, tuple(json.loads(row[5])), row[4])


def forget_taken_back(call: Call, file_id: str, gid: str) -> None:
    """Drop what was taken back last, which is done again or no longer can be."""
    call.tx.execute(
        "DELETE FROM page_redo WHERE n ="
        " (SELECT max(n) FROM page_redo WHERE who = ? AND file = ? AND gid = ?)",
        (session_of(call.raw), file_id, gid),
    )
