"""Upload sessions, and the protocol that steers them by the header X-Goog-Upload-Command.

Source: Google's guide "Resumable uploads" of the Photos Library API, which describes the headers; Google's
client library for Ruby sends Drive's uploads so. The answer to an offset that does not fit is assumed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive.refusals import required
from sheets_sync.emulator.filetable import rfc3339
from sheets_sync.emulator.wire import ApiError, Response

COMMAND = "x-goog-upload-command"
LIFETIME = timedelta(days=7)
OCTETS = "application/octet-stream"
_STATUS = "x-goog-upload-status"
_GRANULARITY = "262144"
_TYPES = ("x-goog-upload-header-content-type", "x-goog-upload-content-type")


def open_session(call: Call, media_type: str, size: str) -> str:
    """Keep the metadata that a call brings until the bytes follow; give the session's id.

    `size` is the number of bytes announced, "" when none was. Sessions older than a week are forgotten.
    """
    for old in call.tx.execute(
        "SELECT id FROM upload_session WHERE begun <= ?", (rfc3339(call.now - LIFETIME),)
    ).fetchall():
        call.tx.execute("DELETE FROM upload WHERE id = ?", old)
        call.tx.execute("DELETE FROM upload_session WHERE id = ?", old)
    upload_id = call.ids.token(64)
    call.tx.execute(
        "INSERT INTO upload (id, metadata, media_type, data) VALUES (?, ?, ?, x'')",
        (upload_id, call.raw.body, media_type),
    )
    call.tx.execute(
        "INSERT INTO upload_session (id, begun, size) VALUES (?, ?, ?)",
        (upload_id, rfc3339(call.now), int(size) if size.isascii() and size.isdigit() else None),
    )
    return upload_id


def session(call: Call, upload_id: str) -> tuple[bytes, str, bytes, int | None]:
    """Give a session's metadata, the type of its bytes, those that came, and how many were announced.

    Raises ApiError 404 for an unknown session and one older than a week.
    """
    row = call.tx.execute(
        "SELECT metadata, media_type, data, size, begun FROM upload LEFT JOIN upload_session USING (id) "
        "WHERE id = ?",
        (upload_id,),
    ).fetchone()
    if row is None or (row[4] is not None and row[4] <= rfc3339(call.now - LIFETIME)):
        raise ApiError(404, "Upload session not found.", reason="notFound")
    return bytes(row[0]), row[1], bytes(row[2]), row[3]


def ended_answer(call: Call, upload_id: str) -> dict[str, Any] | None:
    """Give what a session that has ended answered, None for any other."""
    row = call.tx.execute(
        "SELECT answer FROM upload_session WHERE id = ? AND begun > ? AND answer IS NOT NULL",
        (upload_id, rfc3339(call.now - LIFETIME)),
    ).fetchone()
    if row is None:
        return None
    told: dict[str, Any] = json.loads(row[0])
    return told


def remember(call: Call, upload_id: str, answer: dict[str, Any]) -> None:
    """Keep what a session ends with, for a client that asks again."""
    call.tx.execute("UPDATE upload_session SET answer = ? WHERE id = ?", (json.dumps(answer), upload_id))


def session_address(call: Call, upload_id: str) -> str:
    """Give the address to which the bytes are sent, as the client reaches this workspace."""
    origin = call.raw.origin or call.workspace.base_url
    parts = [part for part in (call.raw.query, f"upload_id={upload_id}") if part]
    return f"{origin}{call.raw.path}?{'&'.join(parts)}"


def commanded(
    call: Call, upload_id: str, method: Method, read_metadata: Callable[[bytes], dict[str, Any]]
) -> Response:
    """Do what the header asks: start; upload, upload and finalize, finalize; query; cancel."""
    words = {word.strip().lower() for word in call.raw.headers[COMMAND].split(",")}
    if words == {"start"}:
        return _started(call)
    ended = ended_answer(call, upload_id)
    if ended is not None:
        return _final(call, ended)
    metadata, media_type, held, _ = session(call, upload_id)
    if words == {"query"}:
        return _empty({_STATUS: "active", "x-goog-upload-size-received": str(len(held))})
    if words == {"cancel"}:
        call.tx.execute("DELETE FROM upload WHERE id = ?", (upload_id,))
        return _empty({_STATUS: "cancelled"})
    if not words or words - {"upload", "finalize"}:
        raise required(f"Invalid upload command: {call.raw.headers[COMMAND]}.", "badRequest")
    if "upload" in words:
        held += _at_offset(call, len(held))
    if "finalize" not in words:
        call.tx.execute("UPDATE upload SET data = ? WHERE id = ?", (held, upload_id))
        return _empty({_STATUS: "active", "x-goog-upload-size-received": str(len(held))})
    call.tx.execute("DELETE FROM upload WHERE id = ?", (upload_id,))
    call.body, call.media = read_metadata(metadata), (held, media_type)
    answer = method(call)
    if not isinstance(answer, Response):
        remember(call, upload_id, answer)
    return _final(call, answer)


def _final(call: Call, answer: dict[str, Any] | Response) -> Response:
    if not isinstance(answer, Response):
        answer = Response.of_json(call.mask.apply(answer) if call.mask is not None else answer)
    return Response(answer.status, {**answer.headers, _STATUS: "final"}, answer.body)


def _started(call: Call) -> Response:
    given = [call.raw.headers[name] for name in _TYPES if name in call.raw.headers]
    upload_id = open_session(call, given[0] if given else OCTETS, "")
    address = session_address(call, upload_id)
    return _empty(
        {
            _STATUS: "active",
            "x-goog-upload-url": address,
            "x-goog-upload-control-url": address,
            "x-goog-upload-chunk-granularity": _GRANULARITY,
            "x-guploader-uploadid": upload_id,
        }
    )


def _at_offset(call: Call, held: int) -> bytes:
    offset = call.raw.headers.get("x-goog-upload-offset", "0")
    if offset != str(held):
        raise required(f"The upload continues at byte {held}, not at {offset}.", "badRequest")
    return call.raw.body


def _empty(headers: dict[str, str]) -> Response:
    return Response(200, {**headers, "content-length": "0"}, b"")
