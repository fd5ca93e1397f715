"""Forms, responses and watches in the workspace's database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms.questions import Json
from sheets_sync.emulator.wire import not_found

SCHEMA = (
    """CREATE TABLE form (
        id TEXT PRIMARY KEY, published_id TEXT NOT NULL UNIQUE, body TEXT NOT NULL,
        revision INTEGER NOT NULL DEFAULT 1, edit_after_submit INTEGER NOT NULL DEFAULT 0,
        confirmation TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE form_response (
        form_id TEXT NOT NULL, id TEXT NOT NULL, edit_token TEXT NOT NULL, created INTEGER NOT NULL,
        submitted INTEGER NOT NULL, email TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (form_id, id))""",
    "CREATE INDEX form_response_order ON form_response (form_id, submitted, id)",
    "CREATE INDEX form_response_token ON form_response (form_id, edit_token)",
    """CREATE TABLE form_watch (
        form_id TEXT NOT NULL, id TEXT NOT NULL, event_type TEXT NOT NULL, topic TEXT NOT NULL,
        created INTEGER NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (form_id, id))""",
    """CREATE TABLE form_watch_program (
        form_id TEXT NOT NULL, id TEXT NOT NULL, client TEXT NOT NULL, PRIMARY KEY (form_id, id))""",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class FormRow:
    """One form: `body` as `editing.blank_form` describes it, and the switches of its owner's page."""

    id: str
    published_id: str
    body: Json
    revision: int
    edit_after_submit: bool
    confirmation: str


@dataclass(frozen=True)
class ResponseRow:
    """One response; `created` and `submitted` are microseconds since 1970 in UTC.

    `body` holds `answers` (question id → list of texts) and, of a quiz, `grades` and `score`.
    """

    id: str
    edit_token: str
    created: int
    submitted: int
    email: str
    body: dict[str, Any]


def microseconds(moment: datetime) -> int:
    """Count the microseconds since 1970 of an aware time."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def timestamp(micros: int) -> str:
    """Write a time in RFC 3339 "Zulu" with 0, 3 or 6 digits after the second.

    Source: the Forms reference ("uses 0, 3, 6 or 9 fractional digits").
    """
    moment = _EPOCH + timedelta(microseconds=micros)
    text = moment.strftime("%Y-%m-%dT%H:%M:%S")
    below = moment.microsecond
    if not below:
        return f"{text}Z"
    return f"{text}.{below // 1000:03d}Z" if below % 1000 == 0 else f"{text}.{below:06d}Z"


_FORM = "id, published_id, body, revision, edit_after_submit, confirmation"
_RESPONSE = "id, edit_token, created, submitted, email, body"


def insert_form(call: Call, form_id: str, body: Json) -> FormRow:
    """Store the content of a new form and choose the id of its respondents' page."""
    row = FormRow(form_id, "1FAIpQLS" + call.ids.token(48), body, 1, False, "")
    call.tx.execute(
        "INSERT INTO form (id, published_id, body) VALUES (?, ?, ?)", (form_id, row.published_id, _json(body))
    )
    return row


def load_form(tx: sqlite3.Connection, any_id: str) -> FormRow | None:
    """Find a form by its own id or by the id of its respondents' page."""
    found = tx.execute(
        f"SELECT {_FORM} FROM form WHERE id = ? OR published_id = ?", (any_id, any_id)
    ).fetchone()
    if found is None:
        return None
    form_id, published_id, body, revision, edits, confirmation = found
    return FormRow(form_id, published_id, json.loads(body), revision, bool(edits), confirmation)


def need_form(call: Call, form_id: str) -> FormRow:
    """Find a form by its own id; raises ApiError 404 when it is not there."""
    row = load_form(call.tx, form_id)
    if row is None or row.id != form_id:
        raise not_found()
    return row


def save_content(tx: sqlite3.Connection, row: FormRow) -> None:
    """Store the form's content, the same revision number included."""
    tx.execute("UPDATE form SET body = ?, revision = ? WHERE id = ?", (_json(row.body), row.revision, row.id))


def save_switches(tx: sqlite3.Connection, row: FormRow) -> None:
    """Store the switches that only a person on the owner's page can turn."""
    tx.execute(
        "UPDATE form SET edit_after_submit = ?, confirmation = ? WHERE id = ?",
        (int(row.edit_after_submit), row.confirmation, row.id),
    )


def delete_form(tx: sqlite3.Connection, form_id: str) -> None:
    """Remove a form with its responses and watches."""
    parts = ("form_response", "form_watch", "form_watch_program")
    for table, column in (*((part, "form_id") for part in parts), ("form", "id")):
        tx.execute(f"DELETE FROM {table} WHERE {column} = ?", (form_id,))


def insert_response(tx: sqlite3.Connection, form_id: str, row: ResponseRow) -> None:
    """Store a first submission."""
    tx.execute(
        f"INSERT INTO form_response (form_id, {_RESPONSE}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (form_id, row.id, row.edit_token, row.created, row.submitted, row.email, _json(row.body)),
    )


def replace_response(tx: sqlite3.Connection, form_id: str, row: ResponseRow) -> None:
    """Store a corrected submission under its old id."""
    tx.execute(
        "UPDATE form_response SET submitted = ?, email = ?, body = ? WHERE form_id = ? AND id = ?",
        (row.submitted, row.email, _json(row.body), form_id, row.id),
    )


def delete_response(tx: sqlite3.Connection, form_id: str, response_id: str) -> bool:
    """Remove one response; tells whether it was there."""
    done = tx.execute("DELETE FROM form_response WHERE form_id = ? AND id = ?", (form_id, response_id))
    return done.rowcount > 0


def response_by(tx: sqlite3.Connection, form_id: str, column: str, value: str) -> ResponseRow | None:
    """Find one response by its `id` or its `edit_token`."""
    if column not in ("id", "edit_token"):
        raise ValueError(column)
    rows = _responses(tx, f"form_id = ? AND {column} = ?", (form_id, value), 1)
    return rows[0] if rows else None


def responses_after(
    tx: sqlite3.Connection, form_id: str, since: int, position: tuple[int, str], limit: int
) -> list[ResponseRow]:
    """List responses submitted at or after `since` and beyond `position`, oldest submission first.

    The order is assumed: no source tells Google's.
    """
    return _responses(
        tx, "form_id = ? AND submitted >= ? AND (submitted, id) > (?, ?)", (form_id, since, *position), limit
    )


def response_count(tx: sqlite3.Connection, form_id: str) -> int:
    """Count a form's responses."""
    found: tuple[int] = tx.execute(
        "SELECT count(*) FROM form_response WHERE form_id = ?", (form_id,)
    ).fetchone()
    return found[0]


def _responses(tx: sqlite3.Connection, where: str, values: Sequence[object], limit: int) -> list[ResponseRow]:
    query = f"SELECT {_RESPONSE} FROM form_response WHERE {where} ORDER BY submitted, id LIMIT ?"
    return [
        ResponseRow(row[0], row[1], row[2], row[3], row[4], json.loads(row[5]))
        for row in tx.execute(query, (*values, limit))
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
