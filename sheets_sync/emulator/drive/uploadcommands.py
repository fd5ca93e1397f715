"""Upload sessions, and the protocol that steers them by the header X-Goog-Upload-Command.

Source: Google's guide "Resumable uploads" of the Photos Library API, which describes the headers; Google's
client library for Ruby sends Drive's uploads so. The answer to an offset that does not fit is assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive.refusals import required
from sheets_sync.emulator.wire import ApiError, Response

COMMAND = "x-goog-upload-command"
OCTETS = "application/octet-stream"
_STATUS = "x-goog-upload-status"
_GRANULARITY = "262144"
_TYPES = ("x-goog-upload-header-content-type", "x-goog-upload-content-type")


def open_session(call: Call, media_type: str) -> str:
    """Keep the metadata that a call brings until the bytes follow; give the session's id."""
    upload_id = call.ids.token(64)
    call.tx.execute(
        "INSERT INTO upload (id, metadata, media_type, data) VALUES (?, ?, ?, x'')",
        (upload_id, call.raw.body, media_type),
    )
    return upload_id


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
    row = call.tx.execute(
        "SELECT metadata, media_type, data FROM upload WHERE id = ?", (upload_id,)
    ).fetchone()
    if row is None:
        raise ApiError(404, "Upload session not found.", reason="notFound")
    held = bytes(row[2])
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
    call.body, call.media = read_metadata(bytes(row[0])), (held, row[1])
    answer = method(call)
    if not isinstance(answer, Response):
        answer = Response.of_json(call.mask.apply(answer) if call.mask is not None else answer)
    return Response(answer.status, {**answer.headers, _STATUS: "final"}, answer.body)


def _started(call: Call) -> Response:
    given = [call.raw.headers[name] for name in _TYPES if name in call.raw.headers]
    upload_id = open_session(call, given[0] if given else OCTETS)
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
