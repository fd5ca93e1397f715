"""Drive v3 permissions, those of the published view of forms included."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata, rights
from sheets_sync.emulator.drive.files import find
from sheets_sync.emulator.drive.grants import own_permission, permissions_of
from sheets_sync.emulator.drive.listing import page_token, read_page_token
from sheets_sync.emulator.drive.metadata import not_writable
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden, insufficient, missing, required
from sheets_sync.emulator.filetable import FileRow, get_file, permission_id, rfc3339, root_id
from sheets_sync.emulator.wire import ApiError, Response

_ROLES = ("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader")
_TYPES = ("user", "group", "domain", "anyone")
_GIVEN_OUT = frozenset(
    {*("id", "displayName", "photoLink", "deleted", "permissionDetails", "teamDrivePermissionDetails")}
)
"""Output only by the discovery document."""
_FIXED = _GIVEN_OUT | {"type", "emailAddress", "domain", "view"}
"""What a permission keeps for ever: refused in an update as public reports tell (fieldNotWritable)."""
_SHORT = ("kind", "id", "type", "role")


def _file(call: Call) -> FileRow:
    """Find the file whose permissions are asked for; an administrator of the domain opens any shared drive.

    The workspace's owner is its administrator. Source: discovery (useDomainAdminAccess).
    """
    file_id = call.params["fileId"]
    if call.params.get("useDomainAdminAccess"):
        row = get_file(call.tx, file_id)
        if row is None or row.drive_id != row.id or call.principal.email != call.workspace.owner:
            raise missing("File", file_id, "fileId")
        return row
    row = find(call, file_id)
    if call.writes and row.drive_id is None and not row.extra.get("writersCanShare", True):
        _require_owner(call, row)
    return row


def _require_owner(call: Call, row: FileRow) -> None:
    if not rights.owns(call, row):
        raise insufficient(row)


def create(call: Call) -> dict[str, Any]:
    """Share a file with a person, a group, a domain or everyone.

    A person who already has a permission gets the new role in the same permission. With view "published" the
    grant is for respondents of a form and the role must be reader.
    Source: discovery (schema Permission); Forms guide on publishing (view published, role reader).
    """
    row = _file(call)
    appdata.refuse(row)
    body = call.body
    if _GIVEN_OUT & set(body):
        raise not_writable()
    kind, role, view = body.get("type"), body.get("role"), body.get("view") or ""
    _check(call, row, body)
    address = body.get("emailAddress") if kind in ("user", "group") else body.get("domain") or ""
    name = published_id(str(kind), address or "") if view else permission_id(str(kind), address or "")
    if role == "owner":
        _transfer(call, row, str(address))
        if call.params.get("moveToNewOwnersRoot"):
            call.tx.execute("UPDATE file SET parent = ? WHERE id = ?", (root_id(str(address)), row.id))
    extra = _further(call, body)
    extra |= {"sharedBy": call.principal.email, "sharedTime": rfc3339(call.now)}
    call.tx.execute(
        "INSERT INTO permission (file_id, id, type, role, email, domain, view, extra) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (file_id, id, view) DO UPDATE "
        "SET role = excluded.role, extra = excluded.extra WHERE role != 'owner' OR excluded.role = 'owner'",
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


def _further(call: Call, body: dict[str, Any]) -> dict[str, Any]:
    """Read what a permission has beyond its role: when it ends, whether search finds by it, an offer.

    Raises ApiError 400. Source: discovery (Permission.expirationTime, allowFileDiscovery, pendingOwner); the
    words are assumed.
    """
    extra: dict[str, Any] = {}
    kind, person = body.get("type"), body.get("type") in ("user", "group")
    if body.get("expirationTime"):
        ends = datetime.fromisoformat(body["expirationTime"])
        if not person:
            raise required("Expiration dates can only be set on user and group permissions.", "invalid")
        if not call.now < ends <= call.now + timedelta(days=366):
            raise required("Expiration dates must be in the future, within a year.", "invalid")
        extra["expirationTime"] = rfc3339(ends)
    if body.get("allowFileDiscovery"):
        if person:
            raise required("allowFileDiscovery only applies to domain and anyone permissions.", "invalid")
        extra["allowFileDiscovery"] = True
    if body.get("pendingOwner"):
        if kind != "user" or body.get("role") != "writer":
            raise required("A pending owner must be a user with the role writer.", "invalid")
        extra["pendingOwner"] = True
    return extra


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
    if body.get("view") not in (None, "", "published"):
        raise required("The specified view is invalid or not supported.", "invalid")
    if body.get("view") and role != "reader":
        raise required("Only the reader role is supported for the published view.", "invalid")
    if role == "owner" and not call.params.get("transferOwnership"):
        raise ApiError(
            403,
            "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
            reason="forbidden",
            location_type="parameter",
            location="transferOwnership",
        )
    if role == "owner":
        _check_transfer(call, row, body)
    _check_drive(call, row, body)
    if role in ("organizer", "fileOrganizer") and row.drive_id is None:
        raise forbidden("This role is only valid for shared drives.", "cannotSetOrganizerOnNonTeamDriveItem")


def _check_transfer(call: Call, row: FileRow, body: dict[str, Any]) -> None:
    """Refuse to give away what is not the caller's, or to do so without a mail.

    The person to whom a file was offered may take it. Source: discovery (sendNotificationEmail), Drive's
    guide "Transfer file ownership"; the words are assumed.
    """
    if row.drive_id is not None:
        raise forbidden(
            "Ownership of items in shared drives cannot be transferred.", "ownerOnTeamDriveItemNotSupported"
        )
    if call.params.get("sendNotificationEmail") is False:
        raise bad_parameter(
            "sendNotificationEmail", "The notification email cannot be disabled for ownership transfers."
        )
    taken = body.get("emailAddress", "").lower() == call.principal.email.lower()
    if not (taken and rights.pending_owner(call, row)):
        _require_owner(call, row)


def _check_drive(call: Call, row: FileRow, body: dict[str, Any]) -> None:
    """Refuse to share what a shared drive keeps to its members or to the domain.

    Source: discovery (Drive.restrictions), Drive's guide "Resolve errors" (invalidSharingRequest).
    """
    drive = get_file(call.tx, row.drive_id) if row.drive_id else None
    rules = drive.extra.get("restrictions") or {} if drive is not None else {}
    address = str(body.get("emailAddress") or body.get("domain") or "").lower()
    home = call.workspace.owner.rpartition("@")[2].lower()
    outside = rules.get("domainUsersOnly") and (
        body.get("type") == "anyone" or address.rpartition("@")[2] != home
    )
    closed = False
    if drive is not None and rules.get("driveMembersOnly") and row.id != drive.id:
        members = permissions_of(call, drive)
        closed = address not in {str(one.get("emailAddress", "")).lower() for one in members}
    if outside or closed:
        raise required('Bad Request. User message: "ACL change not allowed."', "invalidSharingRequest")


def _transfer(call: Call, row: FileRow, email: str) -> None:
    call.tx.execute(
        "UPDATE permission SET role = 'writer' WHERE file_id = ? AND role = 'owner' AND view = ''", (row.id,)
    )
    call.tx.execute("UPDATE file SET owner = ? WHERE id = ?", (email, row.id))


def _own(call: Call, row: FileRow, name: str) -> dict[str, Any]:
    """Find a permission of the file's own, which alone can be changed.

    Raises ApiError 404, 403 for an inherited one. Source: Drive's guide "Resolve errors"
    (cannotModifyInheritedTeamDrivePermission); outside shared drives reason and words are assumed.
    """
    found = own_permission(call, row, name)
    if found is not None:
        return found
    if all(one["id"] != name for one in permissions_of(call, row)):
        raise missing("Permission", name, "permissionId")
    if row.drive_id is not None:
        raise forbidden(
            "Cannot update or delete an inherited permission on a shared drive item.",
            "cannotModifyInheritedTeamDrivePermission",
        )
    raise forbidden("Cannot update or delete an inherited permission.", "cannotModifyInheritedPermission")


def _shown(call: Call, resource: dict[str, Any]) -> dict[str, Any]:
    if call.mask is not None:
        return resource
    return {key: resource[key] for key in (*_SHORT, "view") if key in resource}


def get(call: Call) -> dict[str, Any]:
    """Give one permission, inherited ones included."""
    row = _file(call)
    name = call.params["permissionId"]
    for one in permissions_of(call, row, view="published"):
        if one["id"] == name:
            return _shown(call, one)
    raise missing("Permission", name, "permissionId")


def list_permissions(call: Call) -> dict[str, Any]:
    """List a file's permissions; those of the published view only with includePermissionsForView.

    Source: discovery (permissions.list).
    """
    row = _file(call)
    view = call.params.get("includePermissionsForView", "")
    if view not in ("", "published"):
        raise bad_parameter("includePermissionsForView")
    found = permissions_of(call, row, view=view)
    first = read_page_token(call.params.get("pageToken", ""))
    size = call.params.get("pageSize", len(found) or 1)
    answer: dict[str, Any] = {"kind": "drive#permissionList"}
    answer["permissions"] = [_shown(call, one) for one in found[first : first + size]]
    if first + size < len(found):
        answer["nextPageToken"] = page_token(first + size)
    return answer


def update(call: Call) -> dict[str, Any]:
    """Change the role or the expiry of a permission, or offer the file to its holder; null ends an expiry."""
    row = _file(call)
    name = call.params["permissionId"]
    if _FIXED & set(call.body):
        raise not_writable()
    held = _own(call, row, name)
    role = call.body.get("role") or held["role"]
    if held["role"] == "owner" and role != "owner":
        raise forbidden("The owner of a file cannot be given another role.", "cannotRemoveOwner")
    _check(call, row, {**held, "role": role})
    if role == "owner" and held["role"] != "owner":
        _transfer(call, row, held["emailAddress"])
    keys = ("expirationTime", "pendingOwner", "allowFileDiscovery")
    wanted = {**held, **{key: call.body[key] for key in keys if key in call.body}, "role": role}
    if call.params.get("removeExpiration"):
        wanted.pop("expirationTime", None)
    if role == "owner":
        wanted.pop("pendingOwner", None)
    extra = json.loads(
        call.tx.execute(
            "SELECT extra FROM permission WHERE file_id = ? AND id = ?", (row.id, name)
        ).fetchone()[0]
    )
    kept = {key: value for key, value in extra.items() if key not in keys}
    call.tx.execute(
        "UPDATE permission SET role = ?, extra = ? WHERE file_id = ? AND id = ?",
        (role, json.dumps(kept | _further(call, wanted)), row.id, name),
    )
    return _shown(call, _own(call, row, name))


def delete(call: Call) -> Response:
    """Withdraw a permission, 204; the owner's cannot be withdrawn."""
    row = _file(call)
    name = call.params["permissionId"]
    if _own(call, row, name)["role"] == "owner":
        raise forbidden("The owner of a file cannot be removed.", "cannotRemoveOwner")
    call.tx.execute("DELETE FROM permission WHERE file_id = ? AND id = ?", (row.id, name))
    return Response.empty()
