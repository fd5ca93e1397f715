"""Drive v3 revisions: every content of an uploaded file, the latest state of a Workspace file.

Source: discovery document (schema Revision; revisions.list: the history of an editor's file may be
incomplete; revisions.delete: only files with binary content, and never the last remaining version), Drive's
guide "Resolve errors" (keepForever cannot be taken back; older content is downloaded only where it is kept).
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import content, olderrevisions, rights
from sheets_sync.emulator.drive.files import find
from sheets_sync.emulator.drive.listing import page_token, read_page_token
from sheets_sync.emulator.drive.metadata import find_again
from sheets_sync.emulator.drive.olderrevisions import SETTINGS, OlderRevision
from sheets_sync.emulator.drive.refusals import forbidden, missing
from sheets_sync.emulator.drive.shape import user_resource
from sheets_sync.emulator.filetable import FOLDER, FileRow
from sheets_sync.emulator.wire import ApiError, Response

_BLOB_SETTINGS = ("keepForever",)
_EDITOR_SETTINGS = ("published", "publishAuto", "publishedOutsideDomain")
_SHORT = ("kind", "id", "mimeType", "modifiedTime")


def _file(call: Call) -> FileRow:
    row = find(call, call.params["fileId"])
    if row.mime_type == FOLDER:
        raise forbidden("The file does not support revisions.", "revisionsNotSupported")
    return row


def _name(row: FileRow) -> str:
    return str(row.extra.get("revision") or row.version)


def _head(row: FileRow) -> OlderRevision:
    return OlderRevision(_name(row), {**row.extra, "mimeType": row.mime_type})


def resource(call: Call, row: FileRow, one: OlderRevision) -> dict[str, Any]:
    """Give one revision with every field that is known."""
    facts = one.facts
    found: dict[str, Any] = {
        "kind": "drive#revision",
        "id": one.id,
        "mimeType": facts["mimeType"],
        "modifiedTime": facts.get("revisionTime", row.modified),
        "lastModifyingUser": user_resource(call, facts.get("revisionBy", row.modified_by)),
        "keepForever": False,
        "published": False,
        **facts.get(SETTINGS, {}),
    }
    if "size" in facts:
        found |= {"size": str(facts["size"]), "md5Checksum": facts["md5"]}
        found["originalFilename"] = facts.get("originalFilename", row.name)
    elif row.mime_type in call.kinds:
        export = f"{call.workspace.base_url}/drive/v3/files/{row.id}/export?mimeType="
        found["exportLinks"] = {kind: export + kind for kind in call.kinds[row.mime_type].export_types}
    return found


def _shown(call: Call, row: FileRow, one: OlderRevision) -> dict[str, Any]:
    found = resource(call, row, one)
    return found if call.mask is not None else {name: found[name] for name in _SHORT}


def named(call: Call, row: FileRow, revision: str) -> OlderRevision:
    """Find a revision of a file; "head" is the latest. Raises ApiError 404."""
    if revision in (_name(row), "head"):
        return _head(row)
    for one in olderrevisions.older(call, row.id):
        if one.id == revision:
            return one
    raise missing("Revision", revision, "revisionId")


def list_revisions(call: Call) -> dict[str, Any]:
    """List a file's revisions, the oldest first."""
    row = _file(call)
    found = [*olderrevisions.older(call, row.id), _head(row)]
    first, size = read_page_token(call.params.get("pageToken", "")), call.params.get("pageSize", 200)
    answer: dict[str, Any] = {"kind": "drive#revisionList"}
    answer["revisions"] = [_shown(call, row, one) for one in found[first : first + size]]
    if first + size < len(found):
        answer["nextPageToken"] = page_token(first + size)
    return answer


def get(call: Call) -> dict[str, Any] | Response:
    """Give one revision, or its bytes with alt=media."""
    row = _file(call)
    one = named(call, row, call.params["revisionId"])
    if not content.asked_for(call):
        return _shown(call, row, one)
    if "size" not in row.extra:
        raise forbidden(
            "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
            "fileNotDownloadable",
        )
    if one.id == _name(row):
        return content.download(call, row)
    rights.require_download(call, row)
    require_kept(one)
    data = olderrevisions.content(call, row.id, one.id)
    return content.sent(call, str(one.facts["mimeType"]), data)


def require_kept(one: OlderRevision) -> None:
    """Refuse to give out older content that is not kept for ever. Source: Drive's guide "Resolve errors"."""
    if not one.kept:
        raise forbidden(
            "This revision cannot be downloaded by the authenticated user.",
            "download_restricted_for_revision",
        )


def update(call: Call) -> dict[str, Any]:
    """Keep a revision of an uploaded file for ever, or publish an editor's.

    Raises ApiError 400 illegalKeepForeverModification (guide "Resolve errors"), 403 for the 201st kept one.
    """
    row = _file(call)
    one = named(call, row, call.params["revisionId"])
    held = one.facts.get(SETTINGS, {})
    names = _BLOB_SETTINGS if "size" in row.extra else _EDITOR_SETTINGS
    given = {name: bool(call.body[name]) for name in names if call.body.get(name) is not None}
    if held.get("keepForever") and given.get("keepForever") is False:
        raise ApiError(
            400,
            "Bad Request. Cannot update a revision to false that is marked as keepForever.",
            reason="illegalKeepForeverModification",
        )
    if given.get("keepForever") and not held.get("keepForever"):
        olderrevisions.require_room(call, row)
    if one.id == _name(row):
        content.merge_extra(call, row.id, {SETTINGS: {**held, **given}})
    else:
        olderrevisions.set_facts(call, row.id, one, {**held, **given})
    row = find_again(call, row.id)
    return _shown(call, row, named(call, row, one.id))


def delete(call: Call) -> Response:
    """Delete one content of an uploaded file; the one before the latest takes its place.

    Source: discovery (revisions.delete); the words of the refusals are assumed.
    """
    row = _file(call)
    one = named(call, row, call.params["revisionId"])
    if "size" not in row.extra:
        raise forbidden("Revisions of Docs Editors files cannot be deleted.", "cannotDeleteRevision")
    earlier = olderrevisions.older(call, row.id)
    if one.id != _name(row):
        olderrevisions.forget(call, row.id, one.id)
        return Response.empty()
    if not earlier:
        raise forbidden(
            "The last remaining revision of a file cannot be deleted.", "cannotDeleteLastRevision"
        )
    content.put_back(call, row, earlier[-1])
    return Response.empty()
