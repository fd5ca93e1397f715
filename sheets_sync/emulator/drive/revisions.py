"""Drive v3 revisions: the latest one of every file, which is all that is kept here.

Source: discovery document (schema Revision; revisions.delete: the last remaining version cannot be deleted,
nor those of Workspace files); Google merges and drops older ones too.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import content
from sheets_sync.emulator.drive.files import find, find_again
from sheets_sync.emulator.drive.refusals import forbidden, missing
from sheets_sync.emulator.drive.shape import user_resource
from sheets_sync.emulator.filetable import FOLDER, FileRow
from sheets_sync.emulator.wire import Response

_SETTINGS = ("keepForever", "published", "publishAuto", "publishedOutsideDomain")
_SHORT = ("kind", "id", "mimeType", "modifiedTime")


def _file(call: Call) -> FileRow:
    row = find(call, call.params["fileId"])
    if row.mime_type == FOLDER:
        raise forbidden("The file does not support revisions.", "revisionsNotSupported")
    return row


def _name(row: FileRow) -> str:
    return str(row.extra.get("revision") or row.version)


def resource(call: Call, row: FileRow) -> dict[str, Any]:
    """Give a file's latest revision with every field that is known."""
    found: dict[str, Any] = {
        "kind": "drive#revision",
        "id": _name(row),
        "mimeType": row.mime_type,
        "modifiedTime": row.modified,
        "lastModifyingUser": user_resource(call, row.modified_by),
        "keepForever": False,
        "published": False,
        **row.extra.get("revisionSettings", {}),
    }
    if "size" in row.extra:
        found |= {"size": str(row.extra["size"]), "md5Checksum": row.extra["md5"]}
        found["originalFilename"] = row.extra.get("originalFilename", row.name)
    elif row.mime_type in call.kinds:
        export = f"{call.workspace.base_url}/drive/v3/files/{row.id}/export?mimeType="
        found["exportLinks"] = {kind: export + kind for kind in call.kinds[row.mime_type].export_types}
    return found


def _shown(call: Call, row: FileRow) -> dict[str, Any]:
    found = resource(call, row)
    return found if call.mask is not None else {name: found[name] for name in _SHORT}


def _latest(call: Call) -> FileRow:
    row = _file(call)
    if call.params["revisionId"] not in (_name(row), "head"):
        raise missing("Revision", call.params["revisionId"], "revisionId")
    return row


def list_revisions(call: Call) -> dict[str, Any]:
    """List a file's revisions."""
    return {"kind": "drive#revisionList", "revisions": [_shown(call, _file(call))]}


def get(call: Call) -> dict[str, Any] | Response:
    """Give one revision, or its bytes with alt=media."""
    row = _latest(call)
    if content.asked_for(call):
        return content.download(call, row)
    return _shown(call, row)


def update(call: Call) -> dict[str, Any]:
    """Keep whether a revision is to be kept or published."""
    row = _latest(call)
    held = row.extra.get("revisionSettings", {})
    given = {name: bool(call.body[name]) for name in _SETTINGS if name in call.body}
    content.merge_extra(call, row.id, {"revisionSettings": {**held, **given}})
    return _shown(call, find_again(call, row.id))


def delete(call: Call) -> Response:
    """Refuse to delete the last remaining revision."""
    _latest(call)
    raise forbidden("The last remaining revision of a file cannot be deleted.", "cannotDeleteLastRevision")
