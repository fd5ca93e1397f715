"""What the caller may do with a file beyond reading and writing it: download, copy, change its content.

Source: discovery (File: copyRequiresWriterPermission, downloadRestrictions, contentRestrictions,
capabilities); the words of refusals are assumed but for those of downloads and copies, which public reports
quote.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive.refusals import forbidden
from sheets_sync.emulator.filetable import (
    APP_DATA,
    FOLDER,
    INHERITS_NOT,
    FileRow,
    content_closed,
    get_file,
    may,
)

RESTRICTIONS = "downloadRestrictions"
_LEVELS = ("restrictedForReaders", "restrictedForWriters")
_EDITING = (
    *("canEdit", "canComment", "canRename", "canShare", "canAddChildren", "canTrash", "canUntrash"),
    *("canListChildren", "canRemoveChildren", "canMoveItemWithinDrive", "canDeleteChildren"),
    *("canChangeCopyRequiresWriterPermission", "canChangeViewersCanCopyContent", "canReadRevisions"),
    *("canModifyContentRestriction", "canModifyEditorContentRestriction", "canMoveChildrenWithinDrive"),
    *("canMoveItemWithinTeamDrive", "canMoveChildrenWithinTeamDrive", "canTrashChildren"),
)
_OF_FOLDERS = (
    *("canAddChildren", "canListChildren", "canRemoveChildren", "canDeleteChildren", "canTrashChildren"),
    *("canMoveChildrenWithinDrive", "canMoveChildrenWithinTeamDrive", "canAddFolderFromAnotherDrive"),
    *("canMoveChildrenOutOfDrive", "canMoveChildrenOutOfTeamDrive"),
)


def owns(call: Call, row: FileRow) -> bool:
    """Tell whether the caller owns a file, or organizes the shared drive that it lies in."""
    return may(call, row, "owner" if row.drive_id is None else "organizer")


def effective_restriction(call: Call, row: FileRow) -> dict[str, bool]:
    """Give whom downloads are closed to: by the file itself, by its older switch, by its shared drive."""
    held = dict(row.extra.get(RESTRICTIONS) or {})
    found = {name: bool(held.get(name)) for name in _LEVELS}
    drive = get_file(call.tx, row.drive_id) if row.drive_id else None
    rules = drive.extra.get("restrictions") or {} if drive is not None else {}
    of_drive = rules.get("downloadRestriction") or {}
    closed = [row.extra.get("copyRequiresWriterPermission"), rules.get("copyRequiresWriterPermission")]
    found = {name: found[name] or bool(of_drive.get(name)) for name in _LEVELS}
    found["restrictedForReaders"] |= found["restrictedForWriters"] or any(map(bool, closed))
    return found


def may_take(call: Call, row: FileRow) -> bool:
    """Tell whether the caller may download, export and copy a file."""
    if owns(call, row):
        return True
    closed = effective_restriction(call, row)
    return not closed["restrictedForWriters" if may(call, row, "writer") else "restrictedForReaders"]


def require_download(call: Call, row: FileRow) -> None:
    """Refuse the content of a file that its readers, or writers, shall not take away."""
    if not may_take(call, row):
        raise forbidden("This file cannot be downloaded by the user.", "cannotDownloadFile")


def require_copy(call: Call, row: FileRow) -> None:
    """Refuse to copy a folder, and a file that its readers, or writers, shall not take away."""
    if row.mime_type == FOLDER or not may_take(call, row):
        raise forbidden("This file cannot be copied by the user.", "cannotCopyFile")


def require_open_content(row: FileRow) -> None:
    """Refuse to change the content, title or comments of a read-only file."""
    if content_closed(row):
        raise forbidden("The content of this file is restricted.", "contentRestricted")


def capabilities(call: Call, row: FileRow) -> dict[str, bool]:
    """Give what the caller may do with a file, by the names of the discovery document."""
    editable, owner = may(call, row, "writer"), owns(call, row)
    folder, limited = row.mime_type == FOLDER, bool(row.extra.get(INHERITS_NOT))
    taken = may_take(call, row)
    found = dict.fromkeys(_EDITING, editable)
    found |= dict.fromkeys(_OF_FOLDERS, editable and folder)
    found |= {
        "canCopy": taken and not folder,
        "canDownload": taken,
        "canDelete": owner,
        "canModifyContent": editable and not content_closed(row),
        "canRename": editable and not content_closed(row),
        "canComment": may(call, row, "commenter") and not content_closed(row),
        "canRemoveContentRestriction": editable and content_closed(row),
        "canModifyOwnerContentRestriction": owner,
        "canChangeItemDownloadRestriction": owner,
        "canDisableInheritedPermissions": owner and folder and not limited,
        "canEnableInheritedPermissions": owner and folder and limited,
        "canMoveItemOutOfDrive": owner,
        "canMoveItemOutOfTeamDrive": owner,
        "canMoveItemIntoTeamDrive": owner and row.drive_id is None,
        "canMoveTeamDriveItem": owner and row.drive_id is not None,
        "canAddMyDriveParent": False,
        "canRemoveMyDriveParent": owner and row.drive_id is None,
        "canChangeSecurityUpdateEnabled": False,
        "canReadLabels": False,
        "canModifyLabels": False,
    }
    if row.drive_id is None:
        found["canAcceptOwnership"] = not owner and pending_owner(call, row)
    else:
        found |= {"canReadDrive": True, "canReadTeamDrive": True}
    if APP_DATA in row.extra:
        found |= dict.fromkeys(("canShare", "canTrash", "canUntrash"), False)
    return found


def pending_owner(call: Call, row: FileRow) -> bool:
    """Tell whether the file was offered to the caller. Source: Drive's guide "Transfer file ownership"."""
    found: Any = call.tx.execute(
        "SELECT 1 FROM permission WHERE file_id = ? AND lower(email) = lower(?) AND view = '' "
        "AND json_extract(extra, '$.pendingOwner')",
        (row.id, call.principal.email),
    ).fetchone()
    return found is not None
