"""The secret that proves a staff's form was opened on this workspace's own page."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Mapping, Sequence
from http.cookies import CookieError, SimpleCookie

from sheets_sync.emulator.wire import Request

SCHEMA = (
    "CREATE TABLE page_secret (value TEXT NOT NULL)",
    "INSERT INTO page_secret (value) VALUES (hex(randomblob(32)))",
)
FIELD = "csrf"
COOKIE = "staff_session"


def token(tx: sqlite3.Connection, session: str = "") -> str:
    """Give the token that staff's forms carry in the field `csrf`; another one for every session."""
    found: tuple[str] = tx.execute("SELECT value FROM page_secret").fetchone()
    return hmac.new(
        found[0].encode(), b"staff" + session.encode("utf-8", "replace"), hashlib.sha256
    ).hexdigest()


def holds(tx: sqlite3.Connection, fields: Mapping[str, Sequence[str]], session: str = "") -> bool:
    """Tell whether posted fields carry the token."""
    given = next(iter(fields.get(FIELD, ())), "")
    return hmac.compare_digest(given.encode(), token(tx, session).encode())


def session_of(request: Request) -> str:
    """Return the session's secret out of the cookie, or an empty text."""
    try:
        cookie = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookie[COOKIE].value if COOKIE in cookie else ""
