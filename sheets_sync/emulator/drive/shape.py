"""File, user and permission resources as Drive v3 answers them."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive.refusals import bad_parameter
from sheets_sync.emulator.filetable import (
    APP_DATA,
    DOCUMENT,
    FOLDER,
    FORM,
    SPREADSHEET,
    FileRow,
    may,
    permission_id,
    root_id,
)

DEFAULT_FIELDS = ("kind", "id", "name", "mimeType", "driveId", "teamDriveId", "resourceKey")
_PAGES = {SPREADSHEET: "spreadsheets/d/{}/edit", DOCUMENT: "document/d/{}/edit", FORM: "forms/d/{}/edit"}
_EDITING = (
    *("canEdit", "canComment", "canRename", "canShare", "canAddChildren", "canModifyContent", "canTrash"),
    *("canUntrash", "canListChildren", "canRemoveChildren", "canMoveItemWithinDrive", "canDeleteChildren"),
    *("canChangeCopyRequiresWriterPermission", "canReadRevisions", "canModifyContentRestriction"),
)


def file_resource(call: Call, row: FileRow) -> dict[str, Any]:
    """Give a file as the call asked: all fields under a mask, else only what Drive gives by default.

    Source: recorded answers without `fields` hold kind, id, name, mimeType; discovery for the names.
    """
    if call.mask is None:
        short = {"kind": "drive#file", "id": row.id, "name": row.name, "mimeType": row.mime_type}
        if row.drive_id is not None:
            short |= {"driveId": row.drive_id, "teamDriveId": row.drive_id}
        return short
    return full_file(call, row)


def full_file(call: Call, row: FileRow) -> dict[str, Any]:
    """Give every field of a file that this workspace knows."""
    editable = may(call, row, "writer")
    resource: dict[str, Any] = {
        "kind": "drive#file",
        "id": row.id,
        "name": row.name,
        "mimeType": row.mime_type,
        "starred": bool(row.extra.get("starred", False)),
        "trashed": is_trashed(call.tx, row),
        "explicitlyTrashed": row.trashed,
        "spaces": ["appDataFolder" if APP_DATA in row.extra else "drive"],
        "version": str(row.version),
        "webViewLink": web_link(call, row),
        "iconLink": f"{call.workspace.base_url}/icons/{row.mime_type}",
        "hasThumbnail": False,
        "viewedByMe": True,
        "createdTime": row.created,
        "modifiedTime": row.modified,
        "modifiedByMe": row.modified_by == call.principal.email,
        "lastModifyingUser": user_resource(call, row.modified_by),
        "copyRequiresWriterPermission": bool(row.extra.get("copyRequiresWriterPermission", False)),
        "writersCanShare": bool(row.extra.get("writersCanShare", True)),
        "isAppAuthorized": True,
        "quotaBytesUsed": str(row.extra.get("size", 0)),
        "capabilities": _capabilities(call, row, editable),
    }
    if row.parent is not None:
        resource["parents"] = [row.parent]
    _add_ownership(call, row, resource)
    for key, held in (("appProperties", row.app_properties), ("properties", row.properties)):
        if held:
            resource[key] = held
    if row.trashed_time is not None:
        resource["trashedTime"] = row.trashed_time
    for key in ("description", "folderColorRgb", "originalFilename", "contentRestrictions"):
        if row.extra.get(key):
            resource[key] = row.extra[key]
    _add_content(call, row, resource)
    return resource


def _add_ownership(call: Call, row: FileRow, resource: dict[str, Any]) -> None:
    if row.drive_id is not None:
        resource |= {"driveId": row.drive_id, "teamDriveId": row.drive_id, "hasAugmentedPermissions": False}
        return
    held = permissions_of(call.tx, row, view=_view(call))
    mine = row.owner == call.principal.email
    resource |= {
        "owners": [user_resource(call, row.owner)],
        "ownedByMe": mine,
        "shared": sum("view" not in one for one in held) > 1,
        "permissionIds": [one["id"] for one in held],
    }
    if not mine:
        resource["sharedWithMeTime"] = row.created
    if may(call, row, "writer"):
        resource["permissions"] = held


def _view(call: Call) -> str:
    """Read includePermissionsForView. Raises ApiError 400 for another view than "published" (discovery)."""
    view: str = call.params.get("includePermissionsForView", "")
    if view not in ("", "published"):
        raise bad_parameter("includePermissionsForView")
    return view


def _add_content(call: Call, row: FileRow, resource: dict[str, Any]) -> None:
    if row.mime_type in call.kinds:
        export = f"{call.workspace.base_url}/drive/v3/files/{row.id}/export?mimeType="
        links = {kind: export + kind for kind in call.kinds[row.mime_type].export_types}
        if links:
            resource["exportLinks"] = links
    elif "shortcutTarget" in row.extra:
        resource["shortcutDetails"] = {
            "targetId": row.extra["shortcutTarget"],
            "targetMimeType": row.extra.get("shortcutMimeType", ""),
        }
    elif "size" in row.extra:
        extension = row.name.rpartition(".")[2] if "." in row.name else ""
        resource |= {
            "size": str(row.extra["size"]),
            "md5Checksum": row.extra["md5"],
            "sha1Checksum": row.extra["sha1"],
            "sha256Checksum": row.extra["sha256"],
            "headRevisionId": row.extra["revision"],
            "originalFilename": row.extra.get("originalFilename", row.name),
            "fullFileExtension": extension,
            "fileExtension": extension,
            "webContentLink": f"{call.workspace.base_url}/drive/v3/files/{row.id}?alt=media",
        }


def _capabilities(call: Call, row: FileRow, editable: bool) -> dict[str, bool]:
    found = dict.fromkeys(_EDITING, editable)
    owner = may(call, row, "owner")
    folder = row.mime_type == FOLDER
    found |= {"canCopy": not folder, "canDownload": True, "canDelete": owner}
    if APP_DATA in row.extra:
        found |= dict.fromkeys(("canShare", "canTrash", "canUntrash"), False)
    if not folder:
        for name in ("canAddChildren", "canListChildren", "canRemoveChildren", "canDeleteChildren"):
            found[name] = False
    return found


def web_link(call: Call, row: FileRow) -> str:
    """Give the address at which a person opens a file."""
    if row.mime_type in _PAGES:
        return f"{call.workspace.base_url}/{_PAGES[row.mime_type].format(row.id)}?usp=drivesdk"
    if row.mime_type == FOLDER:
        return f"{call.workspace.base_url}/drive/folders/{row.id}"
    return f"{call.workspace.base_url}/file/d/{row.id}/view?usp=drivesdk"


def user_resource(call: Call, email: str) -> dict[str, Any]:
    """Give a person as Drive shows one."""
    return {
        "kind": "drive#user",
        "displayName": email.partition("@")[0],
        "me": email == call.principal.email,
        "permissionId": permission_id("user", email),
        "emailAddress": email,
    }


def is_trashed(tx: sqlite3.Connection, row: FileRow) -> bool:
    """Tell whether a file or a folder above it is in the trash."""
    if row.trashed:
        return True
    place, seen = row.parent, set[str]()
    while place is not None and place not in seen:
        seen.add(place)
        found = tx.execute("SELECT parent, trashed FROM file WHERE id = ?", (place,)).fetchone()
        if found is None:
            return False
        if found[1]:
            return True
        place = found[0]
    return False


def permissions_of(tx: sqlite3.Connection, row: FileRow, *, view: str = "") -> list[dict[str, Any]]:
    """List a file's permissions with those of the folders above it; the nearest grant of a person wins.

    Source: PyDrive2's live tests for the order (the grant to anyone comes first).
    """
    found: dict[str, dict[str, Any]] = {}
    place: str | None = row.id
    seen: set[str] = set()
    while place is not None and place not in seen:
        seen.add(place)
        rows = tx.execute(
            "SELECT id, type, role, email, domain, view, extra FROM permission "
            "WHERE file_id = ? AND (view = '' OR (view = ? AND file_id = ?)) ORDER BY rowid",
            (place, view, row.id),
        )
        for one in rows:
            found.setdefault(one[0], permission_resource(*one))
        above = tx.execute("SELECT parent FROM file WHERE id = ?", (place,)).fetchone()
        place = above[0] if above is not None else None
    return sorted(found.values(), key=lambda one: one["type"] != "anyone")


def permission_resource(
    name: str, kind: str, role: str, email: str | None, domain: str | None, view: str, extra: str
) -> dict[str, Any]:
    """Give one permission as Drive shows it. Source: discovery, schema Permission."""
    resource: dict[str, Any] = {"kind": "drive#permission", "id": name, "type": kind, "role": role}
    if email is not None:
        resource |= {"emailAddress": email, "displayName": email.partition("@")[0], "deleted": False}
        resource["pendingOwner"] = False
    if domain is not None:
        resource |= {"domain": domain, "displayName": domain}
    if kind in ("anyone", "domain"):
        resource["allowFileDiscovery"] = False
    if view:
        resource["view"] = view
    resource.update(json.loads(extra))
    return resource


def root_resource_row(call: Call) -> FileRow:
    """Give the caller's My Drive folder, which exists without having been made."""
    return FileRow(
        id=root_id(call.principal.email),
        mime_type=FOLDER,
        name="My Drive",
        parent=None,
        owner=call.principal.email,
        drive_id=None,
        created="2020-01-01T00:00:00.000Z",
        modified="2020-01-01T00:00:00.000Z",
        modified_by=call.principal.email,
        version=1,
        trashed=False,
        trashed_time=None,
        app_properties={},
        properties={},
        extra={},
    )
