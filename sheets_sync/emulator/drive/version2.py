"""The one route of Drive v2 that gspread still uses: PUT /upload/drive/v2/files/{fileId}."""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import files
from sheets_sync.emulator.drive.shape import user_resource, web_link
from sheets_sync.emulator.filetable import FileRow, touch


def upload(call: Call) -> dict[str, Any]:
    """Replace a file's content by an upload, converting it when the file is a Workspace file.

    Source: recorded answer to gspread's import_csv (a part of its keys).
    """
    row = files.find(call, call.params["fileId"])
    title = call.body.get("title") or row.name
    files.take_media(call, row.id, row.mime_type, title)
    touch(call, row.id)
    return _resource(call, files.find_again(call, row.id))


def _resource(call: Call, row: FileRow) -> dict[str, Any]:
    user = user_resource(call, row.owner)
    person = {
        "kind": "drive#user",
        "displayName": user["displayName"],
        "isAuthenticatedUser": user["me"],
        "permissionId": user["permissionId"],
        "emailAddress": user["emailAddress"],
    }
    return {
        "kind": "drive#file",
        "id": row.id,
        "title": row.name,
        "mimeType": row.mime_type,
        "createdDate": row.created,
        "modifiedDate": row.modified,
        "alternateLink": web_link(call, row),
        "editable": True,
        "copyable": True,
        "ownerNames": [user["displayName"]],
        "owners": [person],
        "version": str(row.version),
        "labels": {
            "starred": False,
            "hidden": False,
            "trashed": row.trashed,
            "restricted": False,
            "viewed": True,
        },
    }
