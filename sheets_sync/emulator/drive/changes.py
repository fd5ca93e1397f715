"""Drive v3 changes: the latest change of every file and of every shared drive, in order."""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata, drives
from sheets_sync.emulator.drive.refusals import bad_parameter, missing
from sheets_sync.emulator.drive.shape import file_resource
from sheets_sync.emulator.filetable import FileRow, get_file, may


def start_page_token(call: Call) -> dict[str, Any]:
    """Give the token from which future changes are listed; of a shared drive, if one is named."""
    _drives(call)
    return {"kind": "drive#startPageToken", "startPageToken": str(_last(call) + 1)}


def _last(call: Call) -> int:
    row = call.tx.execute("SELECT coalesce(max(n), 0) FROM change").fetchone()
    return int(row[0])


def token_of(call: Call) -> int:
    """Read the pageToken. Raises ApiError 400 where it is none."""
    text = str(call.params.get("pageToken", ""))
    if not text:
        raise bad_parameter("pageToken", "Required parameter: pageToken", "required")
    if not (text.isascii() and text.isdigit()):
        raise bad_parameter("pageToken")
    return int(text)


def list_changes(call: Call) -> dict[str, Any]:
    """List changes from a token on; the last page carries newStartPageToken. Source: discovery."""
    first = token_of(call)
    spaces = appdata.spaces_of(call)
    size = call.params.get("pageSize", 100)
    where, drive = _drives(call)
    rows = call.tx.execute(
        f"SELECT n, file_id, time, removed, drive_id FROM change WHERE n >= ? {where}ORDER BY n LIMIT ?",
        (first, *drive, size + 1),
    ).fetchall()
    answer: dict[str, Any] = {"kind": "drive#changeList", "changes": []}
    for _, file_id, moment, removed, drive_id in rows[:size]:
        if drive_id == file_id:
            one = _drive_change(call, file_id, moment)
        else:
            one = _change(call, file_id, moment, bool(removed), spaces)
        if one is not None:
            answer["changes"].append(one)
    if len(rows) > size:
        answer["nextPageToken"] = str(rows[size][0])
    else:
        answer["newStartPageToken"] = str(_last(call) + 1)
    return answer


def _drive_change(call: Call, drive_id: str, moment: str) -> dict[str, Any] | None:
    """Give the change of a shared drive itself. Source: discovery (Change: changeType "drive", drive)."""
    found = drives.seen(call, drive_id)
    if found is None and (drives.exists(call, drive_id) or not call.params.get("includeRemoved", True)):
        return None
    change: dict[str, Any] = {
        "kind": "drive#change",
        "type": "teamDrive",
        "changeType": "drive",
        "time": moment,
        "removed": found is None,
        "driveId": drive_id,
        "teamDriveId": drive_id,
    }
    return change if found is None else {**change, "drive": found}


def _drives(call: Call) -> tuple[str, tuple[str, ...]]:
    """Give the SQL condition for one shared drive, for all, or for My Drive alone. Source: discovery.

    Raises ApiError 404 for a drive that is not the caller's, or is asked for without supportsAllDrives.
    """
    params = call.params
    drive_id = params.get("driveId") or params.get("teamDriveId")
    if drive_id:
        supported = params.get("supportsAllDrives") or params.get("supportsTeamDrives")
        if not supported or drives.seen(call, str(drive_id)) is None:
            raise missing("Shared drive", str(drive_id), "driveId")
        return "AND drive_id = ? ", (str(drive_id),)
    flags = ("includeItemsFromAllDrives", "includeTeamDriveItems")
    return ("" if any(params.get(flag) for flag in flags) else "AND drive_id IS NULL "), ()


def _change(
    call: Call, file_id: str, moment: str, removed: bool, spaces: frozenset[str]
) -> dict[str, Any] | None:
    row = get_file(call.tx, file_id)
    if row is not None and not (may(call, row, "reader") and appdata.holds(spaces, row)):
        return None
    if row is not None and call.params.get("restrictToMyDrive") and not _in_my_drive(call, row):
        return None
    if (removed or row is None) and not call.params.get("includeRemoved", True):
        return None
    change: dict[str, Any] = {
        "kind": "drive#change",
        "type": "file",
        "changeType": "file",
        "time": moment,
        "removed": removed or row is None,
        "fileId": file_id,
    }
    if row is not None:
        change["file"] = file_resource(call, row)
    return change


def _in_my_drive(call: Call, row: FileRow) -> bool:
    """Tell whether a file lies in the caller's My Drive. Source: discovery (restrictToMyDrive)."""
    return row.owner == call.principal.email and row.drive_id is None and not appdata.inside(row)
