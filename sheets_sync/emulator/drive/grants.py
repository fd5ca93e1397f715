"""Who may do what with a file: its own permissions and those that it has from the folders above.

Source: discovery (schema Permission: permissionDetails, expirationTime; "metadata" view not served), Drive's
guides "Share files, folders, and drives" and "Manage folders with limited and expansive access".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import INHERITS_NOT, FileRow, rfc3339

_RANKS = ("reader", "commenter", "writer", "fileOrganizer", "organizer", "owner")
_SHARED = ("sharedBy", "sharedTime")
_COLUMNS = "id, type, role, email, domain, view, extra"
Json = dict[str, Any]


def permissions_of(call: Call, row: FileRow, *, view: str = "") -> list[Json]:
    """List a file's permissions with those of the folders above it, and where each comes from.

    The nearest grant of a person wins, in a shared drive the highest. Source: PyDrive2's live tests for the
    order (the grant to anyone comes first).
    """
    found: dict[str, Json] = {}
    for place, one in _grants(call, row, view):
        resource = permission_resource(*one)
        way = _way(row, place, resource["role"])
        held = found.setdefault(resource["id"], resource)
        held.setdefault("permissionDetails", []).append(way)
        if row.drive_id is not None and _rank(resource["role"]) > _rank(held["role"]):
            held["role"] = resource["role"]
    for held in found.values():
        if row.drive_id is not None:
            held["teamDrivePermissionDetails"] = [_old_way(way) for way in held["permissionDetails"]]
    return sorted(found.values(), key=lambda one: one["type"] != "anyone")


def _grants(call: Call, row: FileRow, view: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Give (file or folder, permission) upwards; a folder of limited access lets few through."""
    place: str | None = row.id
    seen: set[str] = set()
    limited = False
    while place is not None and place not in seen:
        seen.add(place)
        rows = call.tx.execute(
            f"SELECT {_COLUMNS} FROM permission "
            "WHERE file_id = ? AND (view = '' OR (view = ? AND file_id = ?)) "
            "AND coalesce(json_extract(extra, '$.expirationTime'), '9') > ? ORDER BY rowid",
            (place, view, row.id, rfc3339(call.now)),
        ).fetchall()
        for one in rows:
            if not limited or one[2] in ("owner", "organizer"):
                yield place, one
        above = call.tx.execute("SELECT parent, extra FROM file WHERE id = ?", (place,)).fetchone()
        place = above[0] if above is not None else None
        limited = limited or (above is not None and bool(json.loads(above[1]).get(INHERITS_NOT)))


def _rank(role: str) -> int:
    return _RANKS.index(role)


def _way(row: FileRow, place: str, role: str) -> Json:
    way: Json = {
        "permissionType": "member" if place == row.drive_id else "file",
        "role": role,
        "inherited": place != row.id,
    }
    if row.drive_id is not None and place != row.id:
        way["inheritedFrom"] = place
    return way


def _old_way(way: Json) -> Json:
    return {("teamDrivePermissionType" if key == "permissionType" else key): one for key, one in way.items()}


def own_permission(call: Call, row: FileRow, name: str) -> Json | None:
    """Give a permission that a file has itself, None when it has none of that id."""
    found = call.tx.execute(
        f"SELECT {_COLUMNS} FROM permission WHERE file_id = ? AND id = ?", (row.id, name)
    ).fetchone()
    if found is None:
        return None
    for one in permissions_of(call, row, view="published"):
        if one["id"] == name:
            return one
    return permission_resource(*found)


def permission_resource(
    name: str, kind: str, role: str, email: str | None, domain: str | None, view: str, extra: str
) -> Json:
    """Give one permission as Drive shows it. Source: discovery, schema Permission."""
    resource: Json = {"kind": "drive#permission", "id": name, "type": kind, "role": role}
    if email is not None:
        resource |= {"emailAddress": email, "displayName": email.partition("@")[0], "deleted": False}
        resource["pendingOwner"] = False
    if domain is not None:
        resource |= {"domain": domain, "displayName": domain}
    if kind in ("anyone", "domain"):
        resource["allowFileDiscovery"] = False
    if view:
        resource["view"] = view
    resource |= {key: value for key, value in json.loads(extra).items() if key not in _SHARED}
    return resource


def sharing_of(call: Call, row: FileRow) -> tuple[str, str]:
    """Give who shared a file with the caller, and when."""
    found = call.tx.execute(
        "SELECT extra FROM permission WHERE file_id = ? AND lower(email) = lower(?) AND view = ''",
        (row.id, call.principal.email),
    ).fetchone()
    extra = json.loads(found[0]) if found is not None else {}
    return extra.get("sharedBy", row.owner), extra.get("sharedTime", row.created)
