"""The comments of files in the database: Drive and Docs show the same ones, each in its own shape.

A comment and its replies are rows of one table; a reply names its comment as its parent. `extra` holds the
rest by the names of Drive's fields: anchor, quotedFileContent, action, assigneeEmailAddress, resolved.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import rfc3339

SCHEMA = (
    """CREATE TABLE comment (
        id TEXT PRIMARY KEY, file_id TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE, parent TEXT,
        author TEXT NOT NULL, created TEXT NOT NULL, modified TEXT NOT NULL, content TEXT NOT NULL,
        deleted INTEGER NOT NULL DEFAULT 0, extra TEXT NOT NULL DEFAULT '{}')""",
    "CREATE INDEX comment_file ON comment (file_id, parent)",
)
_COLUMNS = "id, author, created, modified, content, deleted, extra"


@dataclass(frozen=True)
class Comment:
    """A comment or a reply; moments are RFC 3339 texts."""

    comment_id: str
    author: str
    created: str
    modified: str
    content: str
    deleted: bool
    extra: dict[str, Any]


def _comment(row: tuple[Any, ...]) -> Comment:
    name, author, created, modified, content, deleted, extra = row
    return Comment(name, author, created, modified, content, bool(deleted), json.loads(extra))


def add_comment(call: Call, file_id: str, parent: str | None, content: str, extra: dict[str, Any]) -> str:
    """Add a comment, or a reply to one, in the caller's name; gives its id."""
    name = "AAAA" + call.ids.token(7)
    moment = rfc3339(call.now)
    call.tx.execute(
        "INSERT INTO comment (id, file_id, parent, author, created, modified, content, extra) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (name, file_id, parent, call.principal.email, moment, moment, content, json.dumps(extra)),
    )
    note_change(call, parent)
    return name


def note_change(call: Call, parent: str | None) -> None:
    """Note on a comment that one of its replies changed. Source: drive.v3 (Comment.modifiedTime)."""
    if parent is not None:
        call.tx.execute("UPDATE comment SET modified = ? WHERE id = ?", (rfc3339(call.now), parent))


def find_comment(call: Call, file_id: str, name: str, parent: str | None) -> Comment | None:
    """Find a comment of a file, or a reply to one, deleted or not."""
    row = call.tx.execute(
        f"SELECT {_COLUMNS} FROM comment WHERE id = ? AND file_id = ? AND parent IS ?",
        (name, file_id, parent),
    ).fetchone()
    return None if row is None else _comment(row)


def list_comments(call: Call, file_id: str, parent: str | None) -> list[Comment]:
    """List the comments of a file, or the replies to one, oldest first, deleted ones too."""
    rows = call.tx.execute(
        f"SELECT {_COLUMNS} FROM comment WHERE file_id = ? AND parent IS ? ORDER BY rowid", (file_id, parent)
    )
    return [_comment(row) for row in rows]


def set_content(call: Call, name: str, parent: str | None, content: str | None) -> None:
    """Change the text of a comment or reply; None leaves it and notes the moment only."""
    call.tx.execute(
        "UPDATE comment SET content = coalesce(?, content), modified = ? WHERE id = ?",
        (content, rfc3339(call.now), name),
    )
    note_change(call, parent)


def amend(call: Call, name: str, changes: dict[str, Any]) -> None:
    """Change what a comment or reply holds beside its text, by the names of Drive's fields."""
    held = json.loads(call.tx.execute("SELECT extra FROM comment WHERE id = ?", (name,)).fetchone()[0])
    call.tx.execute("UPDATE comment SET extra = ? WHERE id = ?", (json.dumps({**held, **changes}), name))


def set_resolved(call: Call, name: str, *, resolved: bool) -> None:
    """Settle a comment, or open it again."""
    amend(call, name, {"resolved": resolved})


def erase(call: Call, name: str) -> None:
    """Delete a comment or reply: its text goes, its place stays."""
    call.tx.execute("UPDATE comment SET deleted = 1, content = '' WHERE id = ?", (name,))
