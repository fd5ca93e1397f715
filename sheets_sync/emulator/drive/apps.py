"""Drive v3 apps: third-party programs that a person installed in Drive; here there are none.

Source: discovery (apps.list: "a list of third-party applications which the user has installed").
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive.refusals import missing


def list_apps(call: Call) -> dict[str, Any]:
    """List the installed programs: none, whatever they are to open."""
    return {"kind": "drive#appList", "selfLink": f"{call.workspace.base_url}/drive/v3/apps", "items": []}


def get(call: Call) -> dict[str, Any]:
    """Refuse: no program is installed. The words are assumed."""
    raise missing("App", call.params["appId"], "appId")


METHODS: dict[str, Method] = {"drive.apps.get": get, "drive.apps.list": list_apps}
