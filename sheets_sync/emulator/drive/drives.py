"""Drive v3 shared drives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive.content import merge_extra
from sheets_sync.emulator.drive.listing import StoredFacts, page_token, read_page_token
from sheets_sync.emulator.drive.query import parse_query
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden, missing, required
from sheets_sync.emulator.filetable import (
    FOLDER,
    FileRow,
    get_file,
    may,
    note_change,
    permission_id,
    remove_file,
    rfc3339,
)
from sheets_sync.emulator.wire import ApiError, Response

SCHEMA = (
    """CREATE TABLE shared_drive (
        id TEXT PRIMARY KEY, name TEXT NOT NULL, created TEXT NOT NULL, request_id TEXT NOT NULL UNIQUE,
        hidden INTEGER NOT NULL DEFAULT 0)""",
)
_SHORT = ("kind", "id", "name")
_SETTINGS = ("colorRgb", "restrictions")
_SHOWN = (*_SETTINGS, "backgroundImageLink")
_MANAGING = (
    *("canManageMembers", "canRenameDrive", "canDeleteDrive", "canChangeDriveBackground"),
    *("canChangeCopyRequiresWriterPermissionRestriction", "canChangeDomainUsersOnlyRestriction"),
    *("canChangeDriveMembersOnlyRestriction", "canResetDriveRestrictions", "canChangeDownloadRestriction"),
    "canChangeSharingFoldersRequiresOrganizerPermissionRestriction",
)
_THEMES = {"abacus": "#ea6100", "blueprint": "#2767cf", "bok": "#4f5b66", "coral": "#d5228f"}


def create(call: Call) -> dict[str, Any]:
    """Make a shared drive with the caller as its organizer.

    Raises ApiError 409 when the requestId was used before. Source: discovery (drives.create).
    """
    request_id = call.params.get("requestId")
    if not request_id:
        raise bad_parameter("requestId", "Required parameter: requestId", "required")
    if call.tx.execute("SELECT 1 FROM shared_drive WHERE request_id = ?", (request_id,)).fetchone():
        raise ApiError(409, "A shared drive with this requestId already exists.", reason="duplicate")
    name = "0A" + call.ids.alnum(11).upper() + "Uk9PVA"
    moment = rfc3339(call.now)
    title = call.body.get("name") or "Untitled"
    call.tx.execute(
        "INSERT INTO shared_drive (id, name, created, request_id) VALUES (?, ?, ?, ?)",
        (name, title, moment, request_id),
    )
    call.tx.execute(
        "INSERT INTO file (id, mime_type, name, owner, drive_id, created, modified, modified_by) "
        "VALUES (?, ?, 'Drive', ?, ?, ?, ?, ?)",
        (name, FOLDER, call.principal.email, name, moment, moment, call.principal.email),
    )
    call.tx.execute(
        "INSERT INTO permission (file_id, id, type, role, email) VALUES (?, ?, 'user', 'organizer', ?)",
        (name, permission_id("user", call.principal.email), call.principal.email),
    )
    _keep(call, name)
    return _resource(call, name)


def _keep(call: Call, name: str) -> None:
    """Keep the settings that a body gives, on the drive's folder.

    Source: discovery (Drive: a theme gives colour and background and goes with no other; restrictions); the
    words of refusals are assumed.
    """
    body = call.body
    given: dict[str, Any] = {key: body[key] for key in _SETTINGS if key in body}
    if "colorRgb" in given and not re.fullmatch("#[0-9a-fA-F]{6}", str(given["colorRgb"])):
        raise required("Invalid value for colorRgb.", "invalid")
    if body.get("themeId"):
        if "colorRgb" in given:
            raise required("themeId cannot be set together with colorRgb.", "invalid")
        theme = next((one for one in themes(call) if one["id"] == body["themeId"]), None)
        if theme is None:
            raise required(f"Theme not found: {body['themeId']}.", "invalid")
        given |= {key: theme[key] for key in ("colorRgb", "backgroundImageLink")}
    folder = get_file(call.tx, name)
    if given.get("restrictions") and folder is not None:
        given["restrictions"] = {**(folder.extra.get("restrictions") or {}), **given["restrictions"]}
    if given:
        merge_extra(call, name, given)
    if "hidden" in body:
        call.tx.execute("UPDATE shared_drive SET hidden = ? WHERE id = ?", (bool(body["hidden"]), name))
    note_change(call, name, name)


def themes(call: Call) -> list[dict[str, str]]:
    """List the themes of shared drives, as about.get does; which ones there are is assumed."""
    images = f"{call.workspace.base_url}/images/drives"
    return [
        {"id": name, "colorRgb": colour, "backgroundImageLink": f"{images}/{name}.jpg"}
        for name, colour in _THEMES.items()
    ]


def seen(call: Call, name: str) -> dict[str, Any] | None:
    """Give a shared drive, None where the caller sees none of that id."""
    return _resource(call, name) if exists(call, name) and _visible(call, name) else None


def exists(call: Call, name: str) -> bool:
    """Tell whether there is a shared drive of that id."""
    return call.tx.execute("SELECT 1 FROM shared_drive WHERE id = ?", (name,)).fetchone() is not None


def _visible(call: Call, name: str) -> bool:
    folder = get_file(call.tx, name)
    return folder is not None and _seen(call, folder)


def _seen(call: Call, folder: FileRow) -> bool:
    """Tell whether a drive is the caller's to see: a member's, or as an administrator of the domain.

    The workspace's owner is its administrator. Source: discovery (useDomainAdminAccess).
    """
    administers = call.params.get("useDomainAdminAccess") and call.principal.email == call.workspace.owner
    return bool(administers) or may(call, folder, "reader")


def _resource(call: Call, name: str) -> dict[str, Any]:
    row = call.tx.execute("SELECT name, created, hidden FROM shared_drive WHERE id = ?", (name,)).fetchone()
    folder = get_file(call.tx, name)
    if row is None or folder is None or not _seen(call, folder):
        raise missing("Shared drive", name, "driveId")
    resource: dict[str, Any] = {"kind": "drive#drive", "id": name, "name": row[0]}
    if call.mask is not None:
        resource |= {
            "createdTime": row[1],
            "hidden": bool(row[2]),
            **{key: folder.extra[key] for key in _SHOWN if folder.extra.get(key)},
            "capabilities": _capabilities(call, folder),
        }
    return resource


def _capabilities(call: Call, folder: FileRow) -> dict[str, bool]:
    manages, edits = may(call, folder, "organizer"), may(call, folder, "writer")
    arranges = may(call, folder, "fileOrganizer")
    return {
        **dict.fromkeys(_MANAGING, manages),
        **dict.fromkeys(("canEdit", "canAddChildren", "canRename", "canShare", "canReadRevisions"), edits),
        **dict.fromkeys(("canTrashChildren",), arranges),
        **dict.fromkeys(("canListChildren", "canCopy", "canDownload"), True),
        "canDeleteChildren": manages,
        "canComment": may(call, folder, "commenter"),
    }


def get(call: Call) -> dict[str, Any]:
    """Give one shared drive."""
    return _resource(call, call.params["driveId"])


def list_drives(call: Call) -> dict[str, Any]:
    """List the shared drives of the caller, or of the domain, that a query finds."""
    text = call.params.get("q") or ""
    test = parse_query(text, drives=True) if text.strip() else None
    visible = []
    for name, title, created, hidden in call.tx.execute(
        "SELECT id, name, created, hidden FROM shared_drive ORDER BY name, id"
    ).fetchall():
        folder = get_file(call.tx, name)
        if folder is None or not _seen(call, folder):
            continue
        held = {"hidden": hidden, **_members(call, name)}
        if test is None or test(replace(folder, name=title, created=created, extra=held), StoredFacts(call)):
            visible.append(name)
    first, size = read_page_token(call.params.get("pageToken", "")), call.params.get("pageSize", 10)
    answer: dict[str, Any] = {"kind": "drive#driveList"}
    answer["drives"] = [_resource(call, name) for name in visible[first : first + size]]
    if first + size < len(visible):
        answer["nextPageToken"] = page_token(first + size)
    return answer


def _members(call: Call, name: str) -> dict[str, int]:
    roles = [row[0] for row in call.tx.execute("SELECT role FROM permission WHERE file_id = ?", (name,))]
    return {"memberCount": len(roles), "organizerCount": roles.count("organizer")}


def update(call: Call) -> dict[str, Any]:
    """Change a shared drive's name, colour and restrictions; the restrictions are kept, not enforced."""
    name = call.params["driveId"]
    _managed(call, name)
    if call.body.get("name"):
        call.tx.execute("UPDATE shared_drive SET name = ? WHERE id = ?", (call.body["name"], name))
    _keep(call, name)
    return _resource(call, name)


def _managed(call: Call, name: str) -> None:
    """Refuse a drive that the caller does not see (404) or does not manage (403).

    Source: Drive's guide "Manage shared drives" (organizers); discovery (useDomainAdminAccess).
    """
    _resource(call, name)
    folder = get_file(call.tx, name)
    administers = call.params.get("useDomainAdminAccess") and call.principal.email == call.workspace.owner
    if folder is not None and not (administers or may(call, folder, "organizer")):
        raise forbidden(
            f"The user does not have sufficient permissions for this shared drive {name}.",
            "insufficientFilePermissions",
        )


def hide(call: Call) -> dict[str, Any]:
    """Take a shared drive out of the default view."""
    return _set_hidden(call, hidden=True)


def unhide(call: Call) -> dict[str, Any]:
    """Bring a shared drive back into the default view."""
    return _set_hidden(call, hidden=False)


def _set_hidden(call: Call, *, hidden: bool) -> dict[str, Any]:
    name = call.params["driveId"]
    _resource(call, name)
    call.tx.execute("UPDATE shared_drive SET hidden = ? WHERE id = ?", (hidden, name))
    return _resource(call, name)


def delete(call: Call) -> Response:
    """Delete an empty shared drive; 204. Source: discovery (must not hold untrashed items)."""
    name = call.params["driveId"]
    _managed(call, name)
    held = call.tx.execute(
        "SELECT 1 FROM file WHERE drive_id = ? AND id != ? AND trashed = 0", (name, name)
    ).fetchone()
    if held is not None and not call.params.get("allowItemDeletion"):
        raise forbidden("This shared drive cannot be deleted because it contains items.", "cannotDeleteDrive")
    remove_file(call, name)
    call.tx.execute("DELETE FROM shared_drive WHERE id = ?", (name,))
    return Response.empty()
