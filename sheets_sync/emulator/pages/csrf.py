"""The secret that proves a staff's form was opened on this workspace's own page."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Mapping, Sequence

SCHEMA = (
    "CREATE TABLE page_secret (value TEXT NOT NULL)",
    "INSERT INTO page_secret (value) VALUES (hex(randomblob(32)))",
)
FIELD = "csrf"


def token(tx: sqlite3.Connection) -> str:
    """Give the token that staff's forms carry in the field `csrf`."""
    found: tuple[str] = tx.execute("SELECT value FROM page_secret").fetchone()
    return hmac.new(found[0].encode(), b"staff", hashlib.sha256).hexdigest()


def holds(tx: sqlite3.Connection, fields: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether posted fields carry the token."""
    given = next(iter(fields.get(FIELD, ())), "")
    return hmac.compare_digest(given.encode(), token(tx).encode())
