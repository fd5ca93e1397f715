"""Contents that an uploaded file had before: its older revisions.

Source: discovery (Revision.keepForever: purged 30 days after newer content unless kept, 200 kept at most;
File.quotaBytesUsed counts the kept ones).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive.refusals import forbidden
from sheets_sync.emulator.filetable import FileRow, rfc3339

SCHEMA = (
    """CREATE TABLE older_revision (
        file_id TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE, id TEXT NOT NULL,
        superseded TEXT NOT NULL, facts TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (file_id, id))""",
)
FACTS = ("size", "md5", "sha1", "sha256", "revision", "revisionTime", "revisionBy", "originalFilename")
"""What a file's `extra` holds of its present content."""
SETTINGS = "revisionSettings"
LIFETIME = timedelta(days=30)
KEPT_AT_MOST = 200


@dataclass(frozen=True)
class OlderRevision:
    """One earlier content; `facts` are those of a file's `extra`, with the type it had and its settings."""

    id: str
    facts: dict[str, Any]

    @property
    def kept(self) -> bool:
        """Tell whether it is kept for ever."""
        return bool(self.facts.get(SETTINGS, {}).get("keepForever"))


def archive(call: Call, row: FileRow, data: bytes) -> None:
    """Put the present content of a file among its older revisions; those past their time go."""
    for one in _all(call, row.id):
        if not _lives(call, one):
            forget(call, row.id, one[0].id)
    facts = {key: row.extra[key] for key in (*FACTS, SETTINGS) if key in row.extra}
    facts |= {"mimeType": row.mime_type}
    call.tx.execute(
        "INSERT OR REPLACE INTO older_revision (file_id, id, superseded, facts, data) VALUES (?, ?, ?, ?, ?)",
        (row.id, row.extra["revision"], rfc3339(call.now), json.dumps(facts), data),
    )


def older(call: Call, file_id: str) -> list[OlderRevision]:
    """List the earlier contents that are still there, the oldest first."""
    return [one[0] for one in _all(call, file_id) if _lives(call, one)]


def content(call: Call, file_id: str, revision: str) -> bytes:
    """Give the bytes of an earlier content."""
    row = call.tx.execute(
        "SELECT data FROM older_revision WHERE file_id = ? AND id = ?", (file_id, revision)
    ).fetchone()
    return bytes(row[0])


def set_facts(call: Call, file_id: str, one: OlderRevision, settings: dict[str, Any]) -> None:
    """Change the settings of an earlier content."""
    facts = {**one.facts, SETTINGS: settings}
    call.tx.execute(
        "UPDATE older_revision SET facts = ? WHERE file_id = ? AND id = ?",
        (json.dumps(facts), file_id, one.id),
    )


def forget(call: Call, file_id: str, revision: str) -> None:
    """Delete an earlier content for good."""
    call.tx.execute("DELETE FROM older_revision WHERE file_id = ? AND id = ?", (file_id, revision))


def kept_bytes(call: Call, file_id: str) -> int:
    """Count the bytes of the earlier contents that are kept for ever."""
    return sum(int(one.facts["size"]) for one in older(call, file_id) if one.kept)


def require_room(call: Call, row: FileRow) -> None:
    """Refuse to keep one revision more than may be kept. Source: discovery; the words are assumed."""
    kept = sum(one.kept for one in older(call, row.id)) + bool(row.extra.get(SETTINGS, {}).get("keepForever"))
    if kept >= KEPT_AT_MOST:
        raise forbidden(
            f"A maximum of {KEPT_AT_MOST} revisions of a file can be kept forever.",
            "numKeepForeverRevisionsExceeded",
        )


def _all(call: Call, file_id: str) -> list[tuple[OlderRevision, str]]:
    rows = call.tx.execute(
        "SELECT id, facts, superseded FROM older_revision WHERE file_id = ? ORDER BY rowid", (file_id,)
    ).fetchall()
    return [(OlderRevision(name, json.loads(facts)), superseded) for name, facts, superseded in rows]


def _lives(call: Call, one: tuple[OlderRevision, str]) -> bool:
    return one[0].kept or one[1] > rfc3339(call.now - LIFETIME)
