"""Files, permissions and people as Drive v2 writes them, made of what v3 gives.

Source: discovery document of Drive v2 (schemas File, Permission, ParentReference, User) and Drive's guide
"Migrate to Drive API v3", which names the fields of both versions.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.discovery import document
from sheets_sync.emulator.drive.grants import permissions_of
from sheets_sync.emulator.drive.shape import full_file
from sheets_sync.emulator.filetable import FileRow, may, root_id
from sheets_sync.emulator.masks import Mask

Json = dict[str, Any]
_SAME = (
    *("id", "mimeType", "description", "version", "webViewLink", "iconLink", "hasThumbnail", "spaces"),
    *("ownedByMe", "copyRequiresWriterPermission", "writersCanShare", "quotaBytesUsed", "explicitlyTrashed"),
    *("md5Checksum", "sha1Checksum", "sha256Checksum", "headRevisionId", "originalFilename", "fileExtension"),
    *("fullFileExtension", "webContentLink", "exportLinks", "folderColorRgb", "permissionIds", "shared"),
    *("driveId", "teamDriveId", "capabilities", "contentRestrictions", "shortcutDetails"),
    *("hasAugmentedPermissions", "isAppAuthorized"),
)
_RENAMED = {
    "name": "title",
    "createdTime": "createdDate",
    "modifiedTime": "modifiedDate",
    "trashedTime": "trashedDate",
    "sharedWithMeTime": "sharedWithMeDate",
    "size": "fileSize",
}
_EVERYTHING = Mask()
_ROLES = {"commenter": ("reader", ["commenter"])}


def asked(call: Call, body: Json | None = None, **params: Any) -> Call:
    """Make the call to v3 that a call to v2 stands for."""
    given = {**call.params, **{name: value for name, value in params.items() if value is not None}}
    return replace(call, body=call.body if body is None else body, params=given, mask=_EVERYTHING)


def base_url(call: Call) -> str:
    """Give the address of Drive v2 here."""
    return f"{call.workspace.base_url}/drive/v2"


def file_of(call: Call, row: FileRow) -> Json:
    """Give a file as Drive v2 does: whole without being asked, but for its permissions.

    Source: PyDrive2's live tests find permissions only where `fields` names them.
    """
    found = full_file(call, row)
    link = f"{base_url(call)}/files/{row.id}"
    shown: Json = {"kind": "drive#file", "selfLink": link, "etag": f'"{row.version}-{row.id}"'}
    shown |= {name: found[name] for name in _SAME if name in found}
    shown |= {new: found[old] for old, new in _RENAMED.items() if old in found}
    known = document("drive.v2")["schemas"]["File"]["properties"]["capabilities"]["properties"]
    shown["capabilities"] = {name: one for name, one in found["capabilities"].items() if name in known}
    if row.mime_type.startswith("application/vnd.google-apps."):
        shown["embedLink"] = found["webViewLink"].partition("?")[0].replace("/edit", "/preview")
    elif "size" in found:
        shown["downloadUrl"] = f"{link}?alt=media"
    editable = may(call, row, "writer")
    shown |= {
        "alternateLink": found["webViewLink"],
        "editable": editable,
        "shareable": editable,
        "copyable": found["capabilities"]["canCopy"],
        "labels": _labels(row, found),
        "lastModifyingUser": user_of(found["lastModifyingUser"]),
        "lastModifyingUserName": found["lastModifyingUser"]["displayName"],
        "thumbnailVersion": "0",
        "parents": [parent_of(call, row.id, name) for name in found.get("parents", [])],
        "properties": properties_of(call, row),
        "userPermission": _own_permission(call, row),
    }
    if "owners" in found:
        shown["owners"] = [user_of(one) for one in found["owners"]]
        shown["ownerNames"] = [one["displayName"] for one in found["owners"]]
    if "permissions" in found and call.mask is not None and call.mask.wants("permissions"):
        shown["permissions"] = [permission_of(call, row.id, one) for one in found["permissions"]]
    return {name: value for name, value in shown.items() if value != []}


def _labels(row: FileRow, found: Json) -> Json:
    return {
        "starred": found["starred"],
        "hidden": False,
        "trashed": found["trashed"],
        "restricted": found["copyRequiresWriterPermission"],
        "viewed": True,
        "modified": found["modifiedByMe"],
    }


def user_of(person: Json) -> Json:
    """Give a person."""
    return {
        "kind": "drive#user",
        "displayName": person["displayName"],
        "isAuthenticatedUser": person["me"],
        "permissionId": person["permissionId"],
        "emailAddress": person["emailAddress"],
    }


def parent_of(call: Call, file_id: str, parent: str) -> Json:
    """Give the reference to a file's folder."""
    files = f"{base_url(call)}/files"
    return {
        "kind": "drive#parentReference",
        "id": parent,
        "selfLink": f"{files}/{file_id}/parents/{parent}",
        "parentLink": f"{files}/{parent}",
        "isRoot": parent == root_id(call.principal.email),
    }


def properties_of(call: Call, row: FileRow) -> list[Json]:
    """List a file's properties: v3's properties are public, its appProperties private."""
    held = [(row.properties, "PUBLIC"), (row.app_properties, "PRIVATE")]
    link = f"{base_url(call)}/files/{row.id}/properties"
    return [
        {
            "kind": "drive#property",
            "selfLink": f"{link}/{key}?visibility={visibility}",
            "key": key,
            "value": value,
            "visibility": visibility,
        }
        for values, visibility in held
        for key, value in values.items()
    ]


def permission_of(call: Call, file_id: str, found: Json) -> Json:
    """Give one permission: a commenter is a reader with one more role, `value` is not shown."""
    role, more = _ROLES.get(found["role"], (found["role"], []))
    shown: Json = {
        "kind": "drive#permission",
        "id": found["id"],
        "selfLink": f"{base_url(call)}/files/{file_id}/permissions/{found['id']}",
        "type": found["type"],
        "role": role,
    }
    if more:
        shown["additionalRoles"] = more
    renamed = {"displayName": "name", "expirationTime": "expirationDate"}
    for name in ("emailAddress", "domain", "deleted", "pendingOwner", "view", *renamed):
        if name in found:
            shown[renamed.get(name, name)] = found[name]
    if found["type"] in ("anyone", "domain"):
        shown["withLink"] = not found.get("allowFileDiscovery", False)
    return shown


def _own_permission(call: Call, row: FileRow) -> Json:
    mine = [one for one in permissions_of(call, row) if one.get("emailAddress") == call.principal.email]
    role = mine[0]["role"] if mine else "writer" if may(call, row, "writer") else "reader"
    return {
        "kind": "drive#permission",
        "id": "me",
        "selfLink": f"{base_url(call)}/files/{row.id}/permissions/me",
        "role": _ROLES.get(role, (role, []))[0],
        "type": "user",
    }
