"""Bytes of uploaded files, and uploads turned into Workspace files."""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import parse_qs

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import olderrevisions, rights
from sheets_sync.emulator.drive.conversions import ALIASES, UNSERVED_EXPORTS, unserved
from sheets_sync.emulator.drive.olderrevisions import OlderRevision
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden, missing
from sheets_sync.emulator.filetable import FileRow, get_file, may, rfc3339
from sheets_sync.emulator.wire import ApiError, Response, unimplemented

SCHEMA = (
    "CREATE TABLE blob (file_id TEXT PRIMARY KEY REFERENCES file (id) ON DELETE CASCADE, data BLOB NOT NULL)",
)
CLOSED_KINDS = ("presentation", "drawing")
"""Workspace types that are kept as files of Drive; no service here opens, exports or converts them."""
EXPORT_LIMIT = 10 * 1024 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def store_blob(call: Call, file_id: str, data: bytes) -> None:
    """Keep the bytes of a file, with their checksums; what it held becomes an older revision."""
    row = get_file(call.tx, file_id)
    if row is not None and "revision" in row.extra:
        olderrevisions.archive(call, row, read_blob(call, file_id))
    _put(call, file_id, data)
    merge_extra(
        call,
        file_id,
        {
            "size": len(data),
            "md5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
            "sha1": hashlib.sha1(data, usedforsecurity=False).hexdigest(),
            "sha256": hashlib.sha256(data).hexdigest(),
            "revision": "0B" + call.ids.token(50),
            "revisionTime": rfc3339(call.now),
            "revisionBy": call.principal.email,
            olderrevisions.SETTINGS: None,
        },
    )


def put_back(call: Call, row: FileRow, one: OlderRevision) -> None:
    """Make an older revision the present content of its file."""
    _put(call, row.id, olderrevisions.content(call, row.id, one.id))
    facts = {key: one.facts.get(key) for key in (*olderrevisions.FACTS, olderrevisions.SETTINGS)}
    merge_extra(call, row.id, facts)
    olderrevisions.forget(call, row.id, one.id)


def _put(call: Call, file_id: str, data: bytes) -> None:
    call.tx.execute(
        "INSERT INTO blob (file_id, data) VALUES (?, ?) "
        "ON CONFLICT (file_id) DO UPDATE SET data = excluded.data",
        (file_id, data),
    )


def merge_extra(call: Call, file_id: str, changes: dict[str, object]) -> None:
    """Change the further fields of a file; None removes one."""
    row = get_file(call.tx, file_id)
    held = dict(row.extra) if row is not None else {}
    for key, value in changes.items():
        if value is None:
            held.pop(key, None)
        else:
            held[key] = value
    call.tx.execute("UPDATE file SET extra = ? WHERE id = ?", (json.dumps(held), file_id))


def read_blob(call: Call, file_id: str) -> bytes:
    """Give the bytes of an uploaded file, b"" when it has none."""
    row = call.tx.execute("SELECT data FROM blob WHERE file_id = ?", (file_id,)).fetchone()
    return b"" if row is None else bytes(row[0])


def asked_for(call: Call) -> bool:
    """Tell whether a call asks for a file's bytes.

    Source: Google's guide "System parameters" (alt and $alt are one); the client library for Ruby gives alt
    twice.
    """
    query = parse_qs(call.raw.query)
    return "media" in (*query.get("alt", ()), *query.get("$alt", ()))


def download(call: Call, row: FileRow) -> Response:
    """Answer `alt=media`, whole or by a Range header.

    Raises ApiError 403 fileNotDownloadable for Workspace files. Source: Drive's guide "Download files".
    """
    if row.mime_type.startswith("application/vnd.google-apps."):
        raise ApiError(
            403,
            "Only files with binary content can be directly downloaded. Use Export with Docs Editors files.",
            reason="fileNotDownloadable",
            location_type="parameter",
            location="alt",
        )
    rights.require_download(call, row)
    return sent(call, row.mime_type, read_blob(call, row.id))


def sent(call: Call, mime_type: str, data: bytes) -> Response:
    """Answer with bytes, or the part of them that a Range header asks for."""
    headers = {"content-type": mime_type, "accept-ranges": "bytes"}
    match = _RANGE.fullmatch(call.raw.headers.get("range", ""))
    if match is None or not (match.group(1) or match.group(2)):
        return Response(200, headers, data)
    first, last = _bounds(match.group(1), match.group(2), len(data))
    if first > last or first >= len(data):
        return Response(416, {**headers, "content-range": f"bytes */{len(data)}"}, b"")
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(206, headers, data[first : last + 1])


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def export(call: Call, row: FileRow, mime_type: str) -> Response:
    """Answer files.export.

    Raises ApiError 403 fileNotExportable for uploaded files, 400 for a type that Google does not make, 501 by
    its name for one that it does make, 403 exportSizeLimitExceeded above 10 MB. Source: discovery
    (files.export), Drive's guides "Resolve errors" and "Export MIME types".
    """
    kind = call.kinds.get(row.mime_type)
    if is_closed(row.mime_type):
        raise unimplemented(f"drive.files.export of {row.mime_type}")
    if kind is None:
        raise forbidden("Export only supports Docs Editors files.", "fileNotExportable")
    rights.require_download(call, row)
    made = ALIASES.get(mime_type, mime_type)
    if made not in kind.export_types and unserved(row.mime_type, mime_type, UNSERVED_EXPORTS):
        raise unimplemented(f"drive.files.export to {mime_type}")
    if made not in kind.export_types:
        raise bad_parameter("convertTo", "The requested conversion is not supported.", "badRequest")
    data = kind.export(call, row.id, made)
    if len(data) > EXPORT_LIMIT:
        raise forbidden("This file is too large to be exported.", "exportSizeLimitExceeded")
    return Response(200, {"content-type": mime_type}, data)


def require_content_kind(call: Call, mime_type: str) -> None:
    """Refuse by name the Workspace file types that are not even kept here as files without content."""
    plain = ("folder", "shortcut", "drive-sdk", *CLOSED_KINDS)
    prefix = "application/vnd.google-apps."
    if mime_type.startswith(prefix) and mime_type not in call.kinds:
        short = mime_type.removeprefix(prefix)
        if short.split(".")[0] not in plain:
            raise ApiError(
                501,
                f"Files of type {mime_type} are not implemented by the local workspace.",
                "UNIMPLEMENTED",
                reason="notImplemented",
            )


def is_closed(mime_type: str) -> bool:
    """Tell whether a type is one of the Workspace's that no service here opens."""
    return mime_type.removeprefix("application/vnd.google-apps.") in CLOSED_KINDS


def require_parent(call: Call, parent: str) -> None:
    """Refuse a folder that does not exist or is not seen (404 as Drive says it), or may not be filled (403).

    Source: Drive's guide "Resolve errors" (insufficientParentPermissions).
    """
    row = get_file(call.tx, parent)
    if row is None or not may(call, row, "reader"):
        raise missing("File", parent, "fileId")
    if not may(call, row, "writer"):
        raise forbidden("Insufficient permissions for the specified parent.", "insufficientParentPermissions")
