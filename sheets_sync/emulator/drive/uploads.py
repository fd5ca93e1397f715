"""Uploads: simple, multipart and resumable, resolved into metadata and media before the method runs."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive.refusals import required
from sheets_sync.emulator.drive.uploadcommands import (
    COMMAND,
    OCTETS,
    commanded,
    ended_answer,
    open_session,
    remember,
    session,
    session_address,
)
from sheets_sync.emulator.wire import Response

SCHEMA = (
    """CREATE TABLE upload (
        id TEXT PRIMARY KEY, metadata BLOB NOT NULL, media_type TEXT NOT NULL, data BLOB NOT NULL)""",
    "CREATE TABLE upload_session (id TEXT PRIMARY KEY, begun TEXT NOT NULL, size INTEGER, answer TEXT)",
)
_BOUNDARY = re.compile(r"""boundary=(?:"([^"]+)"|([^\s;]+))""", re.IGNORECASE)
_CONTENT_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


def uploading(method: Method, read_metadata: Callable[[bytes], dict[str, Any]]) -> Method:
    """Wrap a method so that it receives `call.body` and `call.media` from any of Google's upload protocols.

    Source: Drive's guide "Upload file data" (uploadType media, multipart, resumable; 308 with Range). A body
    of multipart/related is taken for multipart without uploadType too: aiogoogle sends it so.
    """

    def door(call: Call) -> dict[str, Any] | Response:
        query = {key: values[0] for key, values in parse_qs(call.raw.query).items()}
        if COMMAND in call.raw.headers:
            return commanded(call, query.get("upload_id", ""), method, read_metadata)
        if "upload_id" in query:
            return _continue(call, query["upload_id"], method, read_metadata)
        content_type = call.raw.headers.get("content-type", "")
        unsaid = "multipart" if content_type.lower().startswith("multipart/related") else "media"
        protocol = query.get("uploadType") or call.raw.headers.get("x-goog-upload-protocol", unsaid)
        if protocol == "resumable":
            return _begin(call)
        if protocol == "multipart":
            metadata, media = split_related(content_type, call.raw.body)
            call.body, call.media = read_metadata(metadata), media
        else:
            call.media = (call.raw.body, call.raw.headers.get("content-type", OCTETS))
        return method(call)

    return door


def split_related(content_type: str, body: bytes) -> tuple[bytes, tuple[bytes, str]]:
    """Split a multipart/related body into its metadata and its media with their type."""
    parts = split_multipart(content_type, body)
    if len(parts) != 2:
        raise required("Malformed multipart body.", "badContent")
    (_, metadata), (headers, media) = parts
    if headers.get("content-transfer-encoding", "").lower() == "base64":
        media = _decoded(media)
    return metadata, (media, headers.get("content-type", OCTETS))


def _decoded(media: bytes) -> bytes:

    try:
        return base64.b64decode(media)
    except binascii.Error:
        raise required("Malformed multipart body.", "badContent") from None


def split_multipart(content_type: str, body: bytes) -> list[tuple[dict[str, str], bytes]]:
    """Split a multipart body into (lower-case headers, content) parts.

    Lines end as after the first boundary: Google's client writes bare line feeds. Raises ApiError 400 when
    the boundary is missing.
    """
    match = _BOUNDARY.search(content_type)
    if match is None:
        raise required("Missing end boundary in multipart body.", "badContent")
    boundary = b"--" + (match.group(1) or match.group(2)).encode()
    first = body.find(boundary) + len(boundary)
    line_end = b"\r\n" if body[first : first + 2] == b"\r\n" else b"\n"
    parts = []
    for chunk in (line_end + body).split(line_end + boundary)[1:]:
        if chunk.startswith(b"--"):
            break
        parts.append(split_headers(chunk.removeprefix(line_end)))
    return parts


def split_headers(text: bytes) -> tuple[dict[str, str], bytes]:
    """Split headers from what follows the first empty line; a long header may be folded over several."""
    match = re.search(rb"\r?\n\r?\n", b"\n" + text)
    if match is None:
        return {}, text
    head = (b"\n" + text)[: match.start()]
    headers = {}
    unfolded = re.sub(r"\r?\n[ \t]+", " ", head.decode("latin-1"))
    for line in unfolded.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            headers[name.strip().lower()] = value.strip()
    return headers, (b"\n" + text)[match.end() :]


def _begin(call: Call) -> Response:
    size = call.raw.headers.get("x-upload-content-length", "")
    upload_id = open_session(call, call.raw.headers.get("x-upload-content-type", OCTETS), size)
    headers = {"location": session_address(call, upload_id), "x-guploader-uploadid": upload_id}
    return Response(200, {**headers, "content-length": "0"}, b"")


def _unfinished(call: Call, headers: dict[str, str]) -> Response:
    """Tell that more bytes are awaited: 308, or 200 for a client to which 308 is a redirect.

    Source: Google's client library for Go (X-GUploader-No-308, X-HTTP-Status-Code-Override).
    """
    headers = {**headers, "content-length": "0"}
    if call.raw.headers.get("x-guploader-no-308", "").lower() == "yes":
        return Response(200, {**headers, "x-http-status-code-override": "308"}, b"")
    return Response(308, headers, b"")


def _continue(
    call: Call, upload_id: str, method: Method, read_metadata: Callable[[bytes], dict[str, Any]]
) -> dict[str, Any] | Response:
    """Take the next bytes of a resumable upload; one that has ended tells its file again.

    Raises ApiError 404 for an unknown session and one older than a week. Source: Drive's guide "Upload file
    data"; the words are assumed.
    """
    ended = ended_answer(call, upload_id)
    if ended is not None:
        return ended
    row = session(call, upload_id)
    held = bytes(row[2])
    header = call.raw.headers.get("content-range", "")
    match = _CONTENT_RANGE.fullmatch(header)
    if header and match is None:
        raise required("Failed to parse Content-Range header.", "badRequest")
    if match is not None and match.group(1) is not None:
        first = int(match.group(1))
        if first > len(held):
            raise required("Invalid request. The chunk does not continue the upload.", "badRequest")
        held = held[:first] + call.raw.body
    elif match is None:
        held = call.raw.body
    total = match.group(3) if match is not None else str(len(held))
    if total == "*" or len(held) < int(total):
        call.tx.execute("UPDATE upload SET data = ? WHERE id = ?", (held, upload_id))
        headers = {"range": f"bytes=0-{len(held) - 1}"} if held else {}
        return _unfinished(call, headers)
    if row[3] is not None and row[3] != len(held):
        raise required(
            f"Invalid request. The upload has {len(held)} bytes of the {row[3]} announced.", "badRequest"
        )
    call.tx.execute("DELETE FROM upload WHERE id = ?", (upload_id,))
    call.body = read_metadata(bytes(row[0]))
    call.media = (held, row[1])
    answer = method(call)
    if not isinstance(answer, Response):
        remember(call, upload_id, answer)
    return answer
