"""A count of every answered request, kept in the database so that a test can count independently."""

from __future__ import annotations

import sqlite3
from collections import Counter
from datetime import datetime

SCHEMA = (
    "CREATE TABLE request_log (n INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, "
    "method TEXT NOT NULL, status INTEGER NOT NULL)",
)


def record(tx: sqlite3.Connection, now: datetime, method_id: str, status: int) -> None:
    """Note one answered request; nothing of its content is kept."""
    tx.execute(
        "INSERT INTO request_log (time, method, status) VALUES (?, ?, ?)",
        (now.isoformat(), method_id, status),
    )


def counts(tx: sqlite3.Connection, since: int) -> Counter[str]:
    """Count the requests after number `since`, by discovery method id."""
    rows = tx.execute("SELECT method, count(*) FROM request_log WHERE n > ? GROUP BY method", (since,))
    return Counter(dict(rows.fetchall()))


def last(tx: sqlite3.Connection) -> int:
    """Give the number of the latest request, 0 when there was none."""
    row: tuple[int] = tx.execute("SELECT coalesce(max(n), 0) FROM request_log").fetchone()
    return row[0]
