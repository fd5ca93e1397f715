"""Drive v2, which some clients still speak: files, folders' children, permissions, changes and about.

Every method asks its v3 counterpart and writes the answer in v2's words; what is not here is refused by name.
Source: discovery document of Drive v2, Drive's guide "Migrate to Drive API v3"; a recorded upload (gspread).
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import (
    copying,
    files,
    listing,
    version2history,
    version2parts,
    version2permissions,
    version2talk,
)
from sheets_sync.emulator.drive.conversions import TARGETS
from sheets_sync.emulator.drive.metadata import find_again
from sheets_sync.emulator.drive.refusals import missing
from sheets_sync.emulator.drive.version2shape import asked, base_url, file_of, parent_of
from sheets_sync.emulator.filetable import select_files
from sheets_sync.emulator.wire import ApiError, Response

Json = dict[str, Any]
_FIELDS = {
    "title": "name",
    "description": "description",
    "mimeType": "mimeType",
    "id": "id",
    "originalFilename": "originalFilename",
    "writersCanShare": "writersCanShare",
    "copyRequiresWriterPermission": "copyRequiresWriterPermission",
    "folderColorRgb": "folderColorRgb",
    "contentRestrictions": "contentRestrictions",
    "createdDate": "createdTime",
    "shortcutDetails": "shortcutDetails",
}


def _shown(call: Call, file_id: str) -> Json:
    return file_of(call, find_again(call, file_id))


def _body(call: Call) -> Json:
    """Write a v2 file as the body of a v3 call, without its parents."""
    given = call.body
    body = {new: given[old] for old, new in _FIELDS.items() if given.get(old) is not None}
    labels = given.get("labels") or {}
    body |= {name: labels[name] for name in ("starred", "trashed") if name in labels}
    if given.get("modifiedDate") and call.params.get("setModifiedDate"):
        body["modifiedTime"] = given["modifiedDate"]
    for one in given.get("properties") or []:
        holder = "properties" if one.get("visibility") == "PUBLIC" else "appProperties"
        body.setdefault(holder, {})[one["key"]] = one.get("value")
    return body


def _parents(call: Call) -> list[str]:
    return [one["id"] for one in call.body.get("parents") or [] if one.get("id")]


def insert(call: Call) -> Json:
    """Make a file; `convert` makes a Workspace file of an upload."""
    body = _body(call)
    body.setdefault("name", "Untitled")
    body.pop("trashed", None)
    if parents := _parents(call):
        body["parents"] = parents
    media = (call.media[1] if call.media else body.get("mimeType", "")).partition(";")[0].strip()
    if call.params.get("convert") and media in TARGETS:
        body["mimeType"] = TARGETS[media]
    return _shown(call, files.create(asked(call, body))["id"])


def get(call: Call) -> Json | Response:
    """Give a file, or its bytes with alt=media."""
    found = files.get(asked(call))
    if isinstance(found, Response):
        return found
    return file_of(call, files.find(call, call.params["fileId"]))


def update(call: Call) -> Json:
    """Change a file's metadata or content; `parents` in the body are the folders that it shall have."""
    body = _body(call)
    row = files.find(call, call.params["fileId"])
    if body.get("mimeType") == row.mime_type:
        del body["mimeType"]
    params: Json = {}
    if parents := _parents(call):
        params["addParents"] = ",".join(one for one in parents if one != row.parent)
        params["removeParents"] = row.parent if row.parent not in parents else None
    return _shown(call, files.update(asked(call, body, **params))["id"])


def _trashing(trashed: bool) -> Method:
    def method(call: Call) -> Json:
        return _shown(call, files.update(asked(call, {"trashed": trashed}))["id"])

    return method


def touch(call: Call) -> Json:
    """Set a file's modification time to now."""
    return _shown(call, files.update(asked(call, {}))["id"])


def copy(call: Call) -> Json:
    """Copy a file."""
    body = _body(call)
    if parents := _parents(call):
        body["parents"] = parents
    return _shown(call, copying.copy(asked(call, body))["id"])


_CORPORA = {"default": "user", "DEFAULT": "user", "DOMAIN": "domain"}
"""What v2 calls the bodies of items that v3 calls otherwise. Source: discovery of both, files.list."""


def list_files(call: Call) -> Json:
    """List files by v2's query language; its name for one's own files is `default`."""
    corpora = call.params.get("corpora") or call.params.get("corpus")
    found = listing.list_files(
        asked(
            call,
            pageSize=call.params.get("maxResults"),
            orderBy=_order(call.params.get("orderBy")),
            corpora=_CORPORA.get(corpora or "", corpora),
        )
    )
    answer: Json = {
        "kind": "drive#fileList",
        "selfLink": f"{base_url(call)}/files",
        "incompleteSearch": False,
    }
    if "nextPageToken" in found:
        token = found["nextPageToken"]
        answer |= {"nextPageToken": token, "nextLink": f"{base_url(call)}/files?pageToken={token}"}
    answer["items"] = [_shown(call, one["id"]) for one in found["files"]]
    return answer


def _order(text: str | None) -> str | None:
    """Write an order in v3's words."""
    words = {"title": "name", "title_natural": "name_natural", "createdDate": "createdTime"}
    words |= {"modifiedDate": "modifiedTime", "modifiedByMeDate": "modifiedByMeTime"}
    words |= {"lastViewedByMeDate": "viewedByMeTime", "sharedWithMeDate": "sharedWithMeTime"}
    if text is None:
        return None
    keys = [part.split() for part in text.split(",")]
    return ",".join(" ".join([words.get(key[0], key[0]), *key[1:]]) for key in keys if key)


def children(call: Call) -> Json:
    """List the files in a folder."""
    folder = files.find(call, call.params["folderId"])
    text = f"'{folder.id}' in parents"
    if call.params.get("q"):
        text = f"{text} and ({call.params['q']})"
    found = listing.list_files(asked(call, q=text, pageSize=call.params.get("maxResults")))
    link = f"{base_url(call)}/files"
    answer: Json = {"kind": "drive#childList", "selfLink": f"{link}/{folder.id}/children"}
    if "nextPageToken" in found:
        answer["nextPageToken"] = found["nextPageToken"]
    answer["items"] = [
        {
            "kind": "drive#childReference",
            "id": one["id"],
            "selfLink": f"{link}/{folder.id}/children/{one['id']}",
            "childLink": f"{link}/{one['id']}",
        }
        for one in found["files"]
    ]
    return answer


def parents(call: Call) -> Json:
    """List a file's folder."""
    row = files.find(call, call.params["fileId"])
    found = [parent_of(call, row.id, row.parent)] if row.parent else []
    link = f"{base_url(call)}/files/{row.id}/parents"
    return {"kind": "drive#parentList", "selfLink": link, "items": found}


def empty_trash(call: Call) -> Response:
    """Delete for good what the caller has in the trash."""
    return files.empty_trash(call)


def delete_child(call: Call) -> Response:
    """Take a file out of a folder."""
    child = call.params["childId"]
    if not select_files(call.tx, "id = ? AND parent = ?", (child, call.params["folderId"])):
        raise missing("File", child, "childId")
    files.update(asked(call, {}, fileId=child, removeParents=call.params["folderId"]))
    return Response.empty()


def insert_child(call: Call) -> Json:
    """Put a file into a folder."""
    child = str(call.body.get("id") or "")
    if not child:
        raise ApiError(400, "The child id is required.", reason="required")
    files.update(asked(call, {}, fileId=child, addParents=call.params["folderId"]))
    link = f"{base_url(call)}/files"
    return {"kind": "drive#childReference", "id": child, "childLink": f"{link}/{child}"}


METHODS: dict[str, Method] = {
    **version2history.METHODS,
    **version2permissions.METHODS,
    **version2talk.METHODS,
    **version2parts.METHODS,
    "drive.v2.children.delete": delete_child,
    "drive.v2.children.insert": insert_child,
    "drive.v2.children.list": children,
    "drive.v2.files.copy": copy,
    "drive.v2.files.delete": files.delete,
    "drive.v2.files.emptyTrash": empty_trash,
    "drive.v2.files.export": files.export,
    "drive.v2.files.generateIds": lambda call: files.generate_ids(
        asked(call, count=call.params.get("maxResults"))
    ),
    "drive.v2.files.get": get,
    "drive.v2.files.insert": insert,
    "drive.v2.files.list": list_files,
    "drive.v2.files.patch": update,
    "drive.v2.files.touch": touch,
    "drive.v2.files.trash": _trashing(True),
    "drive.v2.files.untrash": _trashing(False),
    "drive.v2.files.update": update,
    "drive.v2.parents.list": parents,
}
