"""File, user and permission resources as Drive v3 answers them."""

from __future__ import annotations

import sqlite3
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import olderrevisions
from sheets_sync.emulator.drive.grants import permissions_of, sharing_of
from sheets_sync.emulator.drive.refusals import bad_parameter
from sheets_sync.emulator.drive.rights import RESTRICTIONS, capabilities, effective_restriction
from sheets_sync.emulator.filetable import (
    APP_DATA,
    DOCUMENT,
    FOLDER,
    FORM,
    INHERITS_NOT,
    SPREADSHEET,
    FileRow,
    may,
    permission_id,
    root_id,
)

DEFAULT_FIELDS = ("kind", "id", "name", "mimeType", "driveId", "teamDriveId", "resourceKey")
_PAGES = {SPREADSHEET: "spreadsheets/d/{}/edit", DOCUMENT: "document/d/{}/edit", FORM: "forms/d/{}/edit"}


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
        "createdTime": row.created,
        "modifiedTime": row.modified,
        "modifiedByMe": row.modified_by == call.principal.email,
        "lastModifyingUser": user_resource(call, row.modified_by),
        "copyRequiresWriterPermission": bool(row.extra.get("copyRequiresWriterPermission", False)),
        "viewersCanCopyContent": not row.extra.get("copyRequiresWriterPermission", False),
        "writersCanShare": bool(row.extra.get("writersCanShare", True)),
        "isAppAuthorized": True,
        "quotaBytesUsed": str(row.extra.get("size", 0) + olderrevisions.kept_bytes(call, row.id)),
        "inheritedPermissionsDisabled": bool(row.extra.get(INHERITS_NOT)),
        "linkShareMetadata": {"securityUpdateEligible": False, "securityUpdateEnabled": True},
        "capabilities": capabilities(call, row),
    }
    if row.parent is not None:
        resource["parents"] = [row.parent]
    _add_ownership(call, row, resource)
    _add_views(call, row, resource)
    _add_restrictions(call, row, resource)
    for key, held in (("appProperties", row.app_properties), ("properties", row.properties)):
        if held:
            resource[key] = held
    if row.trashed_time is not None:
        resource["trashedTime"] = row.trashed_time
    for key in ("description", "folderColorRgb"):
        if row.extra.get(key):
            resource[key] = row.extra[key]
    _add_content(call, row, resource)
    return resource


def _add_ownership(call: Call, row: FileRow, resource: dict[str, Any]) -> None:
    held = permissions_of(call, row, view=_view(call))
    if row.drive_id is not None:
        own = [one for one in held if not all(way["inherited"] for way in one["permissionDetails"])]
        resource |= {"driveId": row.drive_id, "teamDriveId": row.drive_id}
        resource |= {"hasAugmentedPermissions": bool(own) and row.id != row.drive_id}
        resource["permissionIds"] = [one["id"] for one in held]
        return
    mine = row.owner == call.principal.email
    resource |= {
        "owners": [user_resource(call, row.owner)],
        "ownedByMe": mine,
        "shared": sum("view" not in one for one in held) > 1,
        "permissionIds": [one["id"] for one in held],
    }
    if not mine:
        by, moment = sharing_of(call, row)
        resource["sharedWithMeTime"] = moment
        resource["sharingUser"] = user_resource(call, by)
    if may(call, row, "writer"):
        resource["permissions"] = held


def _add_views(call: Call, row: FileRow, resource: dict[str, Any]) -> None:
    """Tell when the caller saw and changed the file; who changes a file has seen it (assumed)."""
    seen = viewed_time(row, call.principal.email)
    resource["viewedByMe"] = seen is not None
    if seen is not None:
        resource["viewedByMeTime"] = seen
    if resource["modifiedByMe"]:
        resource["modifiedByMeTime"] = row.modified


def viewed_time(row: FileRow, email: str) -> str | None:
    """Give when a person last saw a file, None when never."""
    held: str | None = row.extra.get("viewed", {}).get(email)
    return held or (row.modified if row.modified_by == email else None)


def _add_restrictions(call: Call, row: FileRow, resource: dict[str, Any]) -> None:
    held = row.extra.get("contentRestrictions")
    if held:
        person = user_resource(call, held[0].get("restrictingUser", row.owner))
        shown = {"type": "globalContentRestriction", **held[0], "restrictingUser": person}
        resource["contentRestrictions"] = [shown]
    if row.mime_type != FOLDER and "shortcutTarget" not in row.extra:
        resource["downloadRestrictions"] = {
            "itemDownloadRestriction": {
                "restrictedForReaders": False,
                "restrictedForWriters": False,
                **(row.extra.get(RESTRICTIONS) or {}),
            },
            "effectiveDownloadRestrictionWithContext": effective_restriction(call, row),
        }


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
