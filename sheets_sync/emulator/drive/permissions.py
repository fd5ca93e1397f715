"""Drive v3 permissions, those of the published view of forms included."""

from __future__ import annotations

import json
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata
from sheets_sync.emulator.drive.files import find
from sheets_sync.emulator.drive.listing import page_token, read_page_token
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden, missing, required
from sheets_sync.emulator.drive.shape import permission_resource, permissions_of
from sheets_sync.emulator.filetable import FileRow, get_file, permission_id, root_id
from sheets_sync.emulator.wire import ApiError, Response

_ROLES = ("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader")
_TYPES = ("user", "group", "domain", "anyone")
_SHORT = ("kind", "id", "type", "role")


def _target(call: Call) -> FileRow:
    """Find what a call is about: any shared drive for an administrator, else what is open to the caller.

    The workspace's owner is its administrator. Source: discovery (permissions, useDomainAdminAccess).
    """
    name = call.params["fileId"]
    supports = call.params.get("supportsAllDrives") or call.params.get("supportsTeamDrives")
    if call.params.get("useDomainAdminAccess") and supports and call.principal.email == call.workspace.owner:
        row = get_file(call.tx, name)
        if row is not None and row.drive_id == row.id:
            return row
    return find(call, name)


def create(call: Call) -> dict[str, Any]:
    """Share a file with a person, a group, a domain or everyone.

    A person who already has a permission gets the new role in the same permission. With view "published" the
    grant is for respondents of a form and the role must be reader.
    Source: discovery (schema Permission); Forms guide on publishing (view published, role reader).
    """
    row = _target(call)
    appdata.refuse(row)
    body = call.body
    kind, role, view = body.get("type"), body.get("role"), body.get("view") or ""
    _check(call, row, body)
    address = body.get("emailAddress") if kind in ("user", "group") else body.get("domain") or ""
    name = published_id(str(kind), address or "") if view else permission_id(str(kind), address or "")
    if role == "owner":
        _transfer(call, row, str(address))
        if call.params.get("moveToNewOwnersRoot"):
            call.tx.execute("UPDATE file SET parent = ? WHERE id = ?", (root_id(str(address)), row.id))
    extra = {"expirationTime": body["expirationTime"]} if body.get("expirationTime") else {}
    if body.get("allowFileDiscovery"):
        extra["allowFileDiscovery"] = True
    call.tx.execute(
        "INSERT INTO permission (file_id, id, type, role, email, domain, view, extra) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (file_id, id, view) DO UPDATE SET role = excluded.role, extra = excluded.extra",
        (
            row.id,
            name,
            kind,
            role,
            address if kind in ("user", "group") else None,
            address if kind == "domain" else None,
            view,
            json.dumps(extra),
        ),
    )
    return _shown(call, _own(call, row, name))


def published_id(kind: str, address: str) -> str:
    """Give the id of a grant in the published view, apart from the grantee's usual one. Source: assumed."""
    return permission_id("published", f"{kind}:{address}")


def _check(call: Call, row: FileRow, body: dict[str, Any]) -> None:
    kind, role = body.get("type"), body.get("role")
    if not role:
        raise required("The permission role field is required.")
    if not kind:
        raise required("The permission type field is required.")
    if role not in _ROLES:
        raise required("The specified role is invalid or not supported.", "invalid")
    if kind not in _TYPES:
        raise required("The specified type is invalid or not supported.", "invalid")
    if kind in ("user", "group") and "@" not in (body.get("emailAddress") or ""):
        raise required(
            "The specified emailAddress is invalid or not applicable for the given permission type.",
            "invalid",
        )
    if kind == "domain" and not body.get("domain"):
        raise required(
            "The specified domain is invalid or not applicable for the given permission type.", "invalid"
        )
    if body.get("view") == "published" and role != "reader":
        raise required("Only the reader role is supported for the published view.", "invalid")
    if role == "owner" and not call.params.get("transferOwnership"):
        raise ApiError(
            403,
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            reason="forbidden",
            location_type="parameter",
            location="transferOwnership",
        )
    if role in ("organizer", "fileOrganizer") and row.drive_id is None:
        raise forbidden("This role is only valid for shared drives.", "cannotSetOrganizerOnNonTeamDriveItem")


def _transfer(call: Call, row: FileRow, email: str) -> None:
    call.tx.execute(
        "UPDATE permission SET role = 'writer' WHERE file_id = ? AND role = 'owner' AND view = ''", (row.id,)
    )
    call.tx.execute("UPDATE file SET owner = ? WHERE id = ?", (email, row.id))


def _own(call: Call, row: FileRow, name: str) -> dict[str, Any]:
    found = call.tx.execute(
        "SELECT id, type, role, email, domain, view, extra FROM permission WHERE file_id = ? AND id = ?",
        (row.id, name),
    ).fetchone()
    if found is None:
        raise missing("Permission", name, "permissionId")
    return permission_resource(*found)


def _shown(call: Call, resource: dict[str, Any]) -> dict[str, Any]:
    if call.mask is not None:
        return resource
    return {key: resource[key] for key in (*_SHORT, "view") if key in resource}


def get(call: Call) -> dict[str, Any]:
    """Give one permission, inherited ones included."""
    row = _target(call)
    name = call.params["permissionId"]
    for one in permissions_of(call.tx, row, view="published"):
        if one["id"] == name:
            return _shown(call, one)
    raise missing("Permission", name, "permissionId")


def list_permissions(call: Call) -> dict[str, Any]:
    """List a file's permissions; those of the published view only with includePermissionsForView.

    Source: discovery (permissions.list).
    """
    row = _target(call)
    view = call.params.get("includePermissionsForView", "")
    if view not in ("", "published"):
        raise bad_parameter("includePermissionsForView")
    found = permissions_of(call.tx, row, view=view)
    first = read_page_token(call.params.get("pageToken", ""))
    size = call.params.get("pageSize", len(found) or 1)
    answer: dict[str, Any] = {"kind": "drive#permissionList"}
    answer["permissions"] = [_shown(call, one) for one in found[first : first + size]]
    if first + size < len(found):
        answer["nextPageToken"] = page_token(first + size)
    return answer


def update(call: Call) -> dict[str, Any]:
    """Change the role or the expiry of a permission."""
    row = _target(call)
    name = call.params["permissionId"]
    held = _own(call, row, name)
    role = call.body.get("role") or held["role"]
    _check(call, row, {**held, "role": role})
    if role == "owner":
        _transfer(call, row, held["emailAddress"])
    expiry = call.body.get("expirationTime") or held.get("expirationTime")
    extra = {"expirationTime": expiry} if expiry and not call.params.get("removeExpiration") else {}
    call.tx.execute(
        "UPDATE permission SET role = ?, extra = ? WHERE file_id = ? AND id = ?",
        (role, json.dumps(extra), row.id, name),
    )
    return _shown(call, _own(call, row, name))


def delete(call: Call) -> Response:
    """Withdraw a permission, 204; the owner's cannot be withdrawn."""
    row = _target(call)
    name = call.params["permissionId"]
    if _own(call, row, name)["role"] == "owner":
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    call.tx.execute("DELETE FROM permission WHERE file_id = ? AND id = ?", (row.id, name))
    return Response.empty()
