"""Drive v3 files.download and operations.get: a download as a long-running operation.

Source: Drive's guide "Manage long-running operations" (pending first, then done with the address of the
content), discovery (files.download: valid for 24 hours).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import revisions, rights
from sheets_sync.emulator.drive.files import find
from sheets_sync.emulator.filetable import FileRow, rfc3339
from sheets_sync.emulator.wire import ApiError, invalid_argument

SCHEMA = (
    """CREATE TABLE operation (
        name TEXT PRIMARY KEY, made TEXT NOT NULL, email TEXT NOT NULL, answer TEXT NOT NULL)""",
)
_VALID = timedelta(hours=24)
_TYPES = "type.googleapis.com/google.apps.drive.v3."


def download(call: Call) -> dict[str, Any]:
    """Begin a download; operations.get tells where the content is.

    Raises ApiError 400 INVALID_ARGUMENT for a type or a revision that the file does not have (discovery).
    """
    call.writes = False
    row = find(call, call.params["fileId"])
    call.writes = True
    rights.require_download(call, row)
    address = _address(call, row)
    name = call.ids.token(40)
    metadata = {"@type": f"{_TYPES}DownloadFileMetadata", "resourceKey": ""}
    response = {
        "@type": f"{_TYPES}DownloadFileResponse",
        "downloadUri": f"{call.raw.origin or call.workspace.base_url}/drive/v3/files/{row.id}{address}",
        "partialDownloadAllowed": row.mime_type not in call.kinds,
    }
    answer = {"name": name, "metadata": metadata, "done": True, "response": response}
    call.tx.execute("DELETE FROM operation WHERE made <= ?", (rfc3339(call.now - _VALID),))
    call.tx.execute(
        "INSERT INTO operation VALUES (?, ?, ?, ?)",
        (name, rfc3339(call.now), call.principal.email, json.dumps(answer)),
    )
    return {"name": name, "metadata": metadata}


def _address(call: Call, row: FileRow) -> str:
    mime_type, revision = call.params.get("mimeType"), call.params.get("revisionId")
    kind = call.kinds.get(row.mime_type)
    if kind is not None:
        if revision and revisions.named(call, row, revision).id != revisions.named(call, row, "head").id:
            raise invalid_argument("Downloading this revision is not supported.")
        if not kind.export_types or (mime_type and mime_type not in kind.export_types):
            raise invalid_argument("The requested conversion is not supported.")
        return f"/export?mimeType={quote(mime_type or kind.export_types[0], safe='')}"
    if "size" not in row.extra:
        raise invalid_argument("This file has no content that can be downloaded.")
    if mime_type:
        raise invalid_argument("The mimeType can only be set for Google Workspace documents.")
    if not revision:
        return "?alt=media"
    one = revisions.named(call, row, revision)
    if one.id != row.extra["revision"]:
        revisions.require_kept(one)
    return f"/revisions/{one.id}?alt=media"


def operation(call: Call) -> dict[str, Any]:
    """Tell how a download stands: it is done. Raises ApiError 404 a day after it was begun."""
    name = call.params["name"]
    found = call.tx.execute(
        "SELECT answer FROM operation WHERE name = ? AND email = ? AND made > ?",
        (name, call.principal.email, rfc3339(call.now - _VALID)),
    ).fetchone()
    if found is None:
        raise ApiError(404, f"Operation not found: {name}.", reason="notFound")
    answer: dict[str, Any] = json.loads(found[0])
    return answer


METHODS: dict[str, Method] = {"drive.files.download": download, "drive.operations.get": operation}
