"""What the methods of Drive do not do: refused by its name with 501 instead of being passed over."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.wire import Response, unimplemented

PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "files": ("includeLabels",),
    "changes": ("includeLabels",),
}
"""Query parameters, by resource; without a value, or false, they ask for nothing."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    "files": ("clientEncryptionDetails",),
    "permissions": ("inheritedPermissionsDisabled",),
    "drives": ("backgroundImageFile",),
}
"""Fields of bodies, by resource."""


def guarded(method_id: str, method: Method) -> Method:
    """Wrap a method of Drive v3 so that it refuses what it would pass over."""
    return refusing(method_id, method, method_id.split(".")[1])


def refusing(method_id: str, method: Method, resource: str) -> Method:
    """Wrap a method so that it refuses what is not done for a resource of Drive v3."""
    parameters, fields = PARAMETERS.get(resource, ()), FIELDS.get(resource, ())
    if not parameters and not fields:
        return method

    @wraps(method)
    def door(call: Call) -> dict[str, Any] | Response:
        for name in parameters:
            if call.params.get(name):
                raise unimplemented(f"{method_id} with {name}")
        for name in fields:
            if call.body.get(name):
                raise unimplemented(f"{method_id} with the field {name}")
        return method(call)

    return door
