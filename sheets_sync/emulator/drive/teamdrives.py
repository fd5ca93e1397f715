"""Shared drives under their other names: Team Drives (both versions) and the drives of Drive v2.

Every method asks the one in `drives` and puts its answer into the other words.
Source: discovery documents of Drive v3 and v2 (teamdrives: "Deprecated: Use `drives` instead").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import drives, unserved
from sheets_sync.emulator.masks import Mask
from sheets_sync.emulator.wire import Response

Json = dict[str, Any]
Words = Callable[[Json], Json]
_NAMES = {
    "canDeleteDrive": "canDeleteTeamDrive",
    "canRenameDrive": "canRenameTeamDrive",
    "canChangeDriveBackground": "canChangeTeamDriveBackground",
    "canChangeDriveMembersOnlyRestriction": "canChangeTeamMembersOnlyRestriction",
    "canResetDriveRestrictions": "canResetTeamDriveRestrictions",
}
_YOUNGER = frozenset(("canChangeDownloadRestriction",))
"""What Drive v2 does not tell of a drive."""
_MEMBERS = ("driveMembersOnly", "teamMembersOnly")
"""The restriction to members, in the words of drives and of Team Drives."""


def _team_drive(drive: Json) -> Json:
    """Say of a drive what Drive v3 says of a Team Drive."""
    found = {key: value for key, value in drive.items() if key != "hidden"} | {"kind": "drive#teamDrive"}
    if "capabilities" in found:
        found["capabilities"] = {_NAMES.get(key, key): value for key, value in found["capabilities"].items()}
    if "restrictions" in found:
        found["restrictions"] = _renamed(found["restrictions"], *_MEMBERS)
    return found


def _renamed(held: Json, old: str, new: str) -> Json:
    return {(new if key == old else key): value for key, value in held.items()}


def _dated(drive: Json) -> Json:
    """Say of a drive what Drive v2 says."""
    found = {key: value for key, value in drive.items() if key != "createdTime"}
    if "capabilities" in found:
        held = found["capabilities"]
        found["capabilities"] = {key: value for key, value in held.items() if key not in _YOUNGER}
    return found | ({"createdDate": drive["createdTime"]} if "createdTime" in drive else {})


def _old_team_drive(drive: Json) -> Json:
    return _dated(_team_drive(drive))


def _asked(call: Call, *, full: bool) -> Call:
    """Make the call to `drives` that another one stands for; v2 answers with everything unless asked."""
    params = dict(call.params)
    for old, new in (("teamDriveId", "driveId"), ("maxResults", "pageSize")):
        if old in params:
            params[new] = params.pop(old)
    body = dict(call.body)
    if body.get("restrictions"):
        body["restrictions"] = _renamed(body["restrictions"], *reversed(_MEMBERS))
    return replace(call, params=params, body=body, mask=call.mask or (Mask() if full else None))


def _one(method: Callable[[Call], Json], words: Words, *, full: bool) -> Method:
    return lambda call: words(method(_asked(call, full=full)))


def _many(words: Words, key: str, kind: str, *, full: bool) -> Method:
    def listed(call: Call) -> Json:
        answer = drives.list_drives(_asked(call, full=full))
        found = [words(one) for one in answer.pop("drives")]
        return {**answer, "kind": kind, key: found}

    return listed


def _delete(call: Call) -> Response:
    return drives.delete(_asked(call, full=False))


def _methods(prefix: str, words: Words, listing: Method, *, full: bool, make: str) -> dict[str, Method]:
    return {
        f"{prefix}.{make}": _one(drives.create, words, full=full),
        f"{prefix}.get": _one(drives.get, words, full=full),
        f"{prefix}.list": listing,
        f"{prefix}.update": _one(drives.update, words, full=full),
        f"{prefix}.delete": _delete,
    }


_TEAM_LIST = _many(_team_drive, "teamDrives", "drive#teamDriveList", full=False)
_OLD_TEAM_LIST = _many(_old_team_drive, "items", "drive#teamDriveList", full=True)
_OLD_LIST = _many(_dated, "items", "drive#driveList", full=True)
_ALL: dict[str, Method] = {
    **_methods("drive.teamdrives", _team_drive, _TEAM_LIST, full=False, make="create"),
    **_methods("drive.v2.teamdrives", _old_team_drive, _OLD_TEAM_LIST, full=True, make="insert"),
    **_methods("drive.v2.drives", _dated, _OLD_LIST, full=True, make="insert"),
    "drive.v2.drives.hide": _one(drives.hide, _dated, full=True),
    "drive.v2.drives.unhide": _one(drives.unhide, _dated, full=True),
}
METHODS: dict[str, Method] = {
    name: unserved.refusing(name, method, "drives") for name, method in _ALL.items()
}
