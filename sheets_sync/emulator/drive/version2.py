"""Drive v2, which some clients still speak: files, folders' children, permissions, changes and about.

Every method asks its v3 counterpart and writes the answer in v2's words; what is not here is refused by name.
Source: discovery document of Drive v2, Drive's guide "Migrate to Drive API v3"; a recorded upload (gspread).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import about, changes, files, listing, permissions, revisions
from sheets_sync.emulator.drive.conversions import TARGETS
from sheets_sync.emulator.drive.refusals import missing
from sheets_sync.emulator.drive.version2shape import base_url, file_of, parent_of, permission_of, user_of
from sheets_sync.emulator.filetable import get_file, permission_id, root_id, select_files
from sheets_sync.emulator.masks import Mask
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
_EVERYTHING = Mask()


def _asked(call: Call, body: Json | None = None, **params: Any) -> Call:
    """Make the call to v3 that a call to v2 stands for."""
    given = {**call.params, **{name: value for name, value in params.items() if value is not None}}
    return replace(call, body=call.body if body is None else body, params=given, mask=_EVERYTHING)


def _shown(call: Call, file_id: str) -> Json:
    return file_of(call, files.find_again(call, file_id))


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
    return _shown(call, files.create(_asked(call, body))["id"])


def get(call: Call) -> Json | Response:
    """Give a file, or its bytes with alt=media."""
    found = files.get(_asked(call))
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
    return _shown(call, files.update(_asked(call, body, **params))["id"])


def _trashing(trashed: bool) -> Method:
    def method(call: Call) -> Json:
        return _shown(call, files.update(_asked(call, {"trashed": trashed}))["id"])

    return method


def touch(call: Call) -> Json:
    """Set a file's modification time to now."""
    return _shown(call, files.update(_asked(call, {}))["id"])


def copy(call: Call) -> Json:
    """Copy a file."""
    body = _body(call)
    if parents := _parents(call):
        body["parents"] = parents
    return _shown(call, files.copy(_asked(call, body))["id"])


def list_files(call: Call) -> Json:
    """List files by v2's query language."""
    found = listing.list_files(
        _asked(call, pageSize=call.params.get("maxResults"), orderBy=_order(call.params.get("orderBy")))
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
    found = listing.list_files(_asked(call, q=text, pageSize=call.params.get("maxResults")))
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


def _role(body: Json) -> Json:
    """Write a v2 permission as the body of a v3 call."""
    role = body.get("role")
    if role == "reader" and "commenter" in (body.get("additionalRoles") or []):
        role = "commenter"
    given: Json = {"role": role, "type": body.get("type"), "view": body.get("view")}
    address = body.get("value") or body.get("emailAddress") or body.get("domain")
    if body.get("type") in ("user", "group"):
        given["emailAddress"] = address
    elif body.get("type") == "domain":
        given["domain"] = address
    if body.get("type") in ("anyone", "domain"):
        given["allowFileDiscovery"] = not body.get("withLink", False)
    if body.get("expirationDate"):
        given["expirationTime"] = body["expirationDate"]
    return {name: value for name, value in given.items() if value is not None}


def insert_permission(call: Call) -> Json:
    """Share a file."""
    made = permissions.create(_asked(call, _role(call.body), transferOwnership=None))
    return permission_of(call, call.params["fileId"], made)


def get_permission(call: Call) -> Json:
    """Give one permission; "me" is the caller's."""
    own = permission_id("user", call.principal.email)
    name = call.params["permissionId"]
    found = permissions.get(_asked(call, permissionId=own if name == "me" else name))
    return permission_of(call, call.params["fileId"], found)


def update_permission(call: Call) -> Json:
    """Change a permission's role."""
    role = _role({**call.body, "type": None}).get("role")
    found = permissions.update(_asked(call, {"role": role} if role else {}))
    return permission_of(call, call.params["fileId"], found)


def list_permissions(call: Call) -> Json:
    """List a file's permissions."""
    file_id = call.params["fileId"]
    found = permissions.list_permissions(_asked(call, pageSize=call.params.get("maxResults")))
    answer: Json = {"kind": "drive#permissionList"}
    answer["selfLink"] = f"{base_url(call)}/files/{file_id}/permissions"
    if "nextPageToken" in found:
        answer["nextPageToken"] = found["nextPageToken"]
    answer["items"] = [permission_of(call, file_id, one) for one in found["permissions"]]
    return answer


def id_for_email(call: Call) -> Json:
    """Tell the permission id of an e-mail address."""
    number = permission_id("user", call.params["email"])
    return {"kind": "drive#permissionId", "id": number}


def tell_about(call: Call) -> Json:
    """Tell about the caller and the workspace."""
    found = about.get(_asked(call))
    quota = found["storageQuota"]
    person = user_of(found["user"])
    shared = (
        "folderColorPalette",
        "canCreateDrives",
        "canCreateTeamDrives",
        "driveThemes",
        "teamDriveThemes",
    )
    lists = {
        name: [{"source": source, "targets": targets} for source, targets in found[name].items()]
        for name in ("importFormats", "exportFormats")
    }
    return {
        "kind": "drive#about",
        "selfLink": f"{base_url(call)}/about",
        "name": person["displayName"],
        "user": person,
        "permissionId": person["permissionId"],
        "rootFolderId": root_id(call.principal.email),
        "quotaBytesTotal": quota["limit"],
        "quotaBytesUsed": quota["usage"],
        "quotaBytesUsedAggregate": quota["usage"],
        "quotaBytesUsedInTrash": quota["usageInDriveTrash"],
        "quotaType": "LIMITED",
        "largestChangeId": str(int(changes.start_page_token(call)["startPageToken"]) - 1),
        "isCurrentAppInstalled": found["appInstalled"],
        "languageCode": "ru",
        **{name: found[name] for name in shared},
        **lists,
    }


def list_changes(call: Call) -> Json:
    """List changes from a token on, or from the beginning."""
    token = call.params.get("pageToken") or call.params.get("startChangeId") or "1"
    removed = call.params.get("includeDeleted", True)
    found = changes.list_changes(
        _asked(call, pageToken=str(token), pageSize=call.params.get("maxResults"), includeRemoved=removed)
    )
    last = str(int(changes.start_page_token(call)["startPageToken"]) - 1)
    answer: Json = {"kind": "drive#changeList", "selfLink": f"{base_url(call)}/changes"}
    answer |= {"largestChangeId": last, "items": [_change(call, one) for one in found["changes"]]}
    answer |= {name: found[name] for name in ("nextPageToken", "newStartPageToken") if name in found}
    return answer


def _change(call: Call, found: Json) -> Json:
    shown: Json = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "fileId": found["fileId"],
        "deleted": found["removed"],
        "modificationDate": found["time"],
    }
    row = get_file(call.tx, found["fileId"])
    if row is not None:
        shown["file"] = file_of(call, row)
    return shown


def empty_trash(call: Call) -> Response:
    """Delete for good what the caller has in the trash."""
    return files.empty_trash(call)


def list_revisions(call: Call) -> Json:
    """List a file's revisions."""
    row = files.find(call, call.params["fileId"])
    found = revisions.list_revisions(_asked(call))["revisions"]
    link = f"{base_url(call)}/files/{row.id}/revisions"
    return {
        "kind": "drive#revisionList",
        "selfLink": link,
        "items": [_revision(link, one) for one in found],
    }


def get_revision(call: Call) -> Json | Response:
    """Give one revision."""
    found = revisions.get(_asked(call))
    if isinstance(found, Response):
        return found
    return _revision(f"{base_url(call)}/files/{call.params['fileId']}/revisions", found)


def _revision(link: str, found: Json) -> Json:
    person = user_of(found["lastModifyingUser"])
    shown: Json = {
        "kind": "drive#revision",
        "selfLink": f"{link}/{found['id']}",
        "modifiedDate": found["modifiedTime"],
        "lastModifyingUser": person,
        "lastModifyingUserName": person["displayName"],
        "pinned": found["keepForever"],
    }
    same = ("id", "mimeType", "published", "md5Checksum", "originalFilename", "exportLinks")
    shown |= {name: found[name] for name in same if name in found}
    if "size" in found:
        shown["fileSize"] = found["size"]
    return shown


def delete_child(call: Call) -> Response:
    """Take a file out of a folder."""
    child = call.params["childId"]
    if not select_files(call.tx, "id = ? AND parent = ?", (child, call.params["folderId"])):
        raise missing("File", child, "childId")
    files.update(_asked(call, {}, fileId=child, removeParents=call.params["folderId"]))
    return Response.empty()


def insert_child(call: Call) -> Json:
    """Put a file into a folder."""
    child = str(call.body.get("id") or "")
    if not child:
        raise ApiError(400, "The child id is required.", reason="required")
    files.update(_asked(call, {}, fileId=child, addParents=call.params["folderId"]))
    link = f"{base_url(call)}/files"
    return {"kind": "drive#childReference", "id": child, "childLink": f"{link}/{child}"}


METHODS: dict[str, Method] = {
    "drive.v2.about.get": tell_about,
    "drive.v2.changes.getStartPageToken": changes.start_page_token,
    "drive.v2.changes.list": list_changes,
    "drive.v2.children.delete": delete_child,
    "drive.v2.children.insert": insert_child,
    "drive.v2.children.list": children,
    "drive.v2.files.copy": copy,
    "drive.v2.files.delete": files.delete,
    "drive.v2.files.emptyTrash": empty_trash,
    "drive.v2.files.export": files.export,
    "drive.v2.files.generateIds": lambda call: files.generate_ids(
        _asked(call, count=call.params.get("maxResults"))
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
    "drive.v2.permissions.delete": permissions.delete,
    "drive.v2.permissions.get": get_permission,
    "drive.v2.permissions.getIdForEmail": id_for_email,
    "drive.v2.permissions.insert": insert_permission,
    "drive.v2.permissions.list": list_permissions,
    "drive.v2.permissions.patch": update_permission,
    "drive.v2.permissions.update": update_permission,
    "drive.v2.revisions.get": get_revision,
    "drive.v2.revisions.list": list_revisions,
}
