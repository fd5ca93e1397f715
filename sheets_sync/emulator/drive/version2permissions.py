"""Permissions of a file in Drive v2's words.

Source: discovery document of Drive v2; every method asks its v3 counterpart.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import permissions
from sheets_sync.emulator.drive.version2shape import asked, base_url, permission_of
from sheets_sync.emulator.filetable import permission_id

Json = dict[str, Any]


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
    made = permissions.create(asked(call, _role(call.body), transferOwnership=None))
    return permission_of(call, call.params["fileId"], made)


def get_permission(call: Call) -> Json:
    """Give one permission; "me" is the caller's."""
    own = permission_id("user", call.principal.email)
    name = call.params["permissionId"]
    found = permissions.get(asked(call, permissionId=own if name == "me" else name))
    return permission_of(call, call.params["fileId"], found)


def update_permission(call: Call) -> Json:
    """Change a permission's role."""
    role = _role({**call.body, "type": None}).get("role")
    found = permissions.update(asked(call, {"role": role} if role else {}))
    return permission_of(call, call.params["fileId"], found)


def list_permissions(call: Call) -> Json:
    """List a file's permissions."""
    file_id = call.params["fileId"]
    found = permissions.list_permissions(asked(call, pageSize=call.params.get("maxResults")))
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


METHODS: dict[str, Method] = {
    "drive.v2.permissions.delete": permissions.delete,
    "drive.v2.permissions.get": get_permission,
    "drive.v2.permissions.getIdForEmail": id_for_email,
    "drive.v2.permissions.insert": insert_permission,
    "drive.v2.permissions.list": list_permissions,
    "drive.v2.permissions.patch": update_permission,
    "drive.v2.permissions.update": update_permission,
}
