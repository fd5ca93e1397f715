"""Watches of a form: stored, renewed and forgotten; nothing is ever sent."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms.form_methods import open_form
from sheets_sync.emulator.forms.tables import microseconds, timestamp
from sheets_sync.emulator.wire import ApiError, invalid_argument, not_found

LIFETIME = timedelta(days=7)
_ID = re.compile(r"[a-z-]{4,63}")
_COLUMNS = "id, event_type, topic, created, expires"


def create_watch(call: Call) -> dict[str, Any]:
    """Store a watch for seven days: one per event type, form and program.

    Source: discovery watches.create (per invoking project), CreateWatchRequest (watchId 4-63 characters of
    a-z and "-", unused); the error texts are assumed.
    """
    form = open_form(call)
    _forget_expired(call, form.id)
    watch = call.body.get("watch", {})
    if watch.get("id"):
        raise invalid_argument("No ID should be set on the watch; use watch_id instead.")
    kind = watch.get("eventType", "EVENT_TYPE_UNSPECIFIED")
    topic = watch.get("target", {}).get("topic", {}).get("topicName", "")
    if kind == "EVENT_TYPE_UNSPECIFIED":
        raise invalid_argument("Event type must be specified.")
    if not re.fullmatch(r"projects/[^/]+/topics/[^/]+", topic):
        raise invalid_argument("Topic name must be of the form projects/{project}/topics/{topic}.")
    watch_id = call.body.get("watchId") or _letters(call.ids.hex(32))
    if not _ID.fullmatch(watch_id):
        raise invalid_argument("Watch ID must be 4-63 characters of a-z and '-'.")
    if _find(call, form.id, watch_id) is not None:
        raise ApiError(409, "Requested entity already exists", "ALREADY_EXISTS")
    if any(row[1] == kind for row in _own(call, form.id)):
        raise ApiError(400, "Only one watch per event type is allowed for a form.", "FAILED_PRECONDITION")
    now = microseconds(call.now)
    row = (watch_id, kind, topic, now, microseconds(call.now + LIFETIME))
    call.tx.execute(
        f"INSERT INTO form_watch (form_id, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)", (form.id, *row)
    )
    call.tx.execute(
        "INSERT OR REPLACE INTO form_watch_program VALUES (?, ?, ?)",
        (form.id, watch_id, call.principal.client),
    )
    return _watch_json(row)


def list_watches(call: Call) -> dict[str, Any]:
    """Return the program's watches that have not expired. Source: discovery watches.list."""
    rows = _own(call, open_form(call).id)
    return {"watches": [_watch_json(row) for row in rows]} if rows else {}


def renew_watch(call: Call) -> dict[str, Any]:
    """Give a watch seven more days from now; NOT_FOUND once expired. Source: discovery watches.renew."""
    form = open_form(call)
    _forget_expired(call, form.id)
    _need(call, form.id)
    call.tx.execute(
        "UPDATE form_watch SET expires = ? WHERE form_id = ? AND id = ?",
        (microseconds(call.now + LIFETIME), form.id, call.params["watchId"]),
    )
    return _watch_json(_need(call, form.id))


def delete_watch(call: Call) -> dict[str, Any]:
    """Forget a watch. Source: discovery watches.delete."""
    form = open_form(call)
    _forget_expired(call, form.id)
    _need(call, form.id)
    call.tx.execute("DELETE FROM form_watch WHERE form_id = ? AND id = ?", (form.id, call.params["watchId"]))
    return {}


def _own(call: Call, form_id: str) -> list[tuple[Any, ...]]:
    """List the living watches of the calling program, which stands for Google's invoking project."""
    return call.tx.execute(
        f"SELECT {_COLUMNS} FROM form_watch LEFT JOIN form_watch_program USING (form_id, id) "
        "WHERE form_id = ? AND expires > ? AND coalesce(client, '') = ? ORDER BY created, id",
        (form_id, microseconds(call.now), call.principal.client),
    ).fetchall()


def _find(call: Call, form_id: str, watch_id: str) -> tuple[Any, ...] | None:
    found: tuple[Any, ...] | None = call.tx.execute(
        f"SELECT {_COLUMNS} FROM form_watch WHERE form_id = ? AND id = ?", (form_id, watch_id)
    ).fetchone()
    return found


def _need(call: Call, form_id: str) -> tuple[Any, ...]:
    for row in _own(call, form_id):
        if row[0] == call.params["watchId"]:
            return row
    raise not_found()


def _forget_expired(call: Call, form_id: str) -> None:
    call.tx.execute(
        "DELETE FROM form_watch WHERE form_id = ? AND expires <= ?", (form_id, microseconds(call.now))
    )


def _letters(digits: str) -> str:
    return digits.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def _watch_json(row: tuple[Any, ...]) -> dict[str, Any]:
    watch_id, kind, topic, created, expires = row
    return {
        "id": watch_id,
        "target": {"topic": {"topicName": topic}},
        "eventType": kind,
        "createTime": timestamp(created),
        "expireTime": timestamp(expires),
        "state": "ACTIVE",
    }
