"""Drive v3 files: create, get, update, copy, delete, export."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata, content
from sheets_sync.emulator.drive.conversions import converted_name
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden, missing, required
from sheets_sync.emulator.drive.shape import file_resource, root_resource_row
from sheets_sync.emulator.filetable import (
    APP_DATA,
    FOLDER,
    FileRow,
    create_file,
    drive_of,
    get_file,
    may,
    remove_file,
    require_file,
    rfc3339,
    root_id,
    select_files,
    touch,
)
from sheets_sync.emulator.wire import ApiError, Response

SHORTCUT = "application/vnd.google-apps.shortcut"
_READ_ONLY = frozenset(
    {
        *(
            "hasThumbnail",
            "thumbnailLink",
            "thumbnailVersion",
            "fileExtension",
            "fullFileExtension",
            "spaces",
        ),
        *("imageMediaMetadata", "videoMediaMetadata", "sharingUser", "sharedWithMeTime", "trashingUser"),
        *("sha1Checksum", "sha256Checksum", "isAppAuthorized", "modifiedByMe", "hasAugmentedPermissions"),
        *("teamDriveId", "resourceKey", "labelInfo"),
        *(
            "owners",
            "permissions",
            "permissionIds",
            "size",
            "version",
            "md5Checksum",
            "capabilities",
            "shared",
        ),
        *("ownedByMe", "lastModifyingUser", "webViewLink", "webContentLink", "iconLink", "headRevisionId"),
        *("quotaBytesUsed", "exportLinks", "driveId", "trashedTime", "explicitlyTrashed", "viewedByMe"),
    }
)
_FREE = ("description", "starred", "folderColorRgb", "copyRequiresWriterPermission", "writersCanShare")
_MORE = ("originalFilename", "contentRestrictions")


def find(call: Call, file_id: str) -> FileRow:
    """Find the file that a call names; "root" is the caller's My Drive, "appDataFolder" the program's own.

    A shared drive's file needs supportsAllDrives. Source: discovery (supportsAllDrives).
    """
    if file_id in ("root", root_id(call.principal.email)):
        return root_resource_row(call)
    if appdata.is_folder(call, file_id):
        return appdata.folder(call)
    row = require_file(call, file_id, None, service="drive")
    flags = ("supportsAllDrives", "supportsTeamDrives")
    if row.drive_id is not None and not any(call.params.get(flag) for flag in flags):
        raise missing("File", file_id, "fileId")
    return row


def create(call: Call) -> dict[str, Any]:
    """Make a file: metadata alone, with bytes, or converted into a Workspace file."""
    body = call.body
    _refuse_read_only(body)
    mime_type = body.get("mimeType") or (call.media[1] if call.media else content_type_of(body))
    content.require_content_kind(call, mime_type)
    name = body.get("name") or "Untitled"
    if mime_type in call.kinds and call.media is not None:
        name = converted_name(name, call.media[1])
    parent = _parent(call, body.get("parents"))
    file_id = body.get("id")
    if file_id is not None:
        _require_free_id(call, file_id, mime_type)
    extra = {**_shortcut(call, mime_type, body), **_space(call, parent)}
    row = create_file(call, mime_type, name, [parent], file_id, extra=extra)
    _set_fields(call, row.id, body)
    if mime_type in call.kinds:
        call.kinds[mime_type].create_blank(call, row.id, name)
    take_media(call, row.id, mime_type, name)
    if not mime_type.startswith("application/vnd.google-apps.") and call.media is None:
        content.store_blob(call, row.id, b"")
    return file_resource(call, find_again(call, row.id))


def content_type_of(body: dict[str, Any]) -> str:
    """Give the type of a file that was made without bytes and without mimeType. Source: assumed."""
    return SHORTCUT if body.get("shortcutDetails") else "application/octet-stream"


def find_again(call: Call, file_id: str) -> FileRow:
    """Read a row that this call has just written."""
    row = get_file(call.tx, file_id)
    if row is None:
        raise missing("File", file_id, "fileId")
    return row


def _refuse_read_only(body: dict[str, Any]) -> None:
    if _READ_ONLY & set(body):
        raise forbidden(
            "The resource body includes fields which are not directly writable.", "fieldNotWritable"
        )


def _require_free_id(call: Call, file_id: str, mime_type: str) -> None:
    """Refuse a taken id (409) and any chosen id of a Workspace file.

    Source: Drive's guide "Create and manage files" (pre-generated ids).
    """
    if mime_type in call.kinds:
        raise bad_parameter(
            "file.id", "Generated IDs are not supported for Docs Editors formats.", "fileIdNotSupported"
        )
    if get_file(call.tx, file_id) is not None:
        raise ApiError(409, "A file already exists with the provided ID.", reason="fileIdInUse")


def _parent(call: Call, parents: list[str] | None) -> str:
    if not parents or parents[0] == "root":
        return root_id(call.principal.email)
    if len(parents) > 1:
        raise forbidden("A file cannot be added to multiple folders.", "multipleParentsNotSupported")
    if appdata.is_folder(call, parents[0]):
        return appdata.folder(call).id
    if parents[0] != root_id(call.principal.email):
        content.require_parent(call, parents[0])
    return parents[0]


def _space(call: Call, parent: str) -> dict[str, Any]:
    """Mark what is made in the application data folder, or in a folder inside it, as the program's own."""
    own = appdata.is_folder(call, parent) or appdata.inside(get_file(call.tx, parent))
    return {APP_DATA: call.principal.client} if own else {}


def _shortcut(call: Call, mime_type: str, body: dict[str, Any]) -> dict[str, Any]:
    if mime_type != SHORTCUT:
        return {}
    target = (body.get("shortcutDetails") or {}).get("targetId")
    if not target:
        raise required("The shortcut's targetId is required.")
    found = get_file(call.tx, target)
    return {"shortcutTarget": target, "shortcutMimeType": found.mime_type if found else ""}


def _set_fields(call: Call, file_id: str, body: dict[str, Any]) -> None:
    changes = {key: body[key] for key in (*_FREE, *_MORE) if key in body}
    if "viewersCanCopyContent" in body:
        changes.setdefault("copyRequiresWriterPermission", not body["viewersCanCopyContent"])
    if "indexableText" in (body.get("contentHints") or {}):
        changes["indexableText"] = body["contentHints"]["indexableText"]
    if call.params.get("keepRevisionForever") and call.media is not None:
        changes["revisionSettings"] = {"keepForever": True}
    if changes:
        content.merge_extra(call, file_id, changes)
    row = find_again(call, file_id)
    for key, column, held in (
        ("appProperties", "app_properties", row.app_properties),
        ("properties", "properties", row.properties),
    ):
        if key in body:
            merged = {**held, **(body[key] or {})}
            kept = {name: str(value) for name, value in merged.items() if value is not None}
            call.tx.execute(f"UPDATE file SET {column} = ? WHERE id = ?", (json.dumps(kept), file_id))
    for key, column in (("createdTime", "created"), ("modifiedTime", "modified")):
        if body.get(key):
            moment = rfc3339(datetime.fromisoformat(body[key]))
            call.tx.execute(f"UPDATE file SET {column} = ? WHERE id = ?", (moment, file_id))


def take_media(call: Call, file_id: str, mime_type: str, name: str) -> None:
    """Put the uploaded content into a file, converted when it is a Workspace file."""
    if call.media is None:
        return
    data, media_type = call.media
    if mime_type in call.kinds:
        call.kinds[mime_type].import_media(call, file_id, data, media_type.split(";")[0].strip(), name)
    else:
        content.store_blob(call, file_id, data)


def get(call: Call) -> dict[str, Any] | Response:
    """Give a file's metadata, or its bytes with alt=media."""
    row = find(call, call.params["fileId"])
    if content.asked_for(call):
        return content.download(call, row)
    return file_resource(call, row)


def update(call: Call) -> dict[str, Any]:
    """Change metadata (null clears), move by addParents and removeParents, replace content.

    Source: discovery (files.update has patch semantics; parents only by the parameters).
    """
    body = call.body
    row = find(call, call.params["fileId"])
    if "parents" in body:
        raise forbidden(
            "The parents field is not directly writable in update requests. "
            "Use the addParents and removeParents parameters instead.",
            "fieldNotWritable",
        )
    _refuse_read_only(body)
    _move(call, row)
    name = body.get("name")
    if name is not None and name != row.name:
        call.tx.execute("UPDATE file SET name = ? WHERE id = ?", (name, row.id))
        if row.mime_type in call.kinds:
            call.kinds[row.mime_type].renamed(call, row.id, name)
    if body.get("mimeType") and body["mimeType"] != row.mime_type:
        _retype(call, row, body["mimeType"])
    if "trashed" in body:
        _trash(call, row, bool(body["trashed"]))
    take_media(call, row.id, row.mime_type, name or row.name)
    touch(call, row.id)
    _set_fields(call, row.id, body)
    return file_resource(call, find_again(call, row.id))


def _retype(call: Call, row: FileRow, mime_type: str) -> None:
    if row.mime_type.startswith("application/vnd.google-apps.") or mime_type in call.kinds:
        raise bad_parameter("mimeType", "The MIME type of this file cannot be changed.", "invalid")
    call.tx.execute("UPDATE file SET mime_type = ? WHERE id = ?", (mime_type, row.id))


def _trash(call: Call, row: FileRow, trashed: bool) -> None:
    if appdata.inside(row):
        raise appdata.not_supported("Files within the Application Data folder cannot be trashed.")
    moment = rfc3339(call.now) if trashed else None
    call.tx.execute("UPDATE file SET trashed = ?, trashed_time = ? WHERE id = ?", (trashed, moment, row.id))


def _move(call: Call, row: FileRow) -> None:
    added = [name for name in call.params.get("addParents", "").split(",") if name]
    removed = [name for name in call.params.get("removeParents", "").split(",") if name]
    root = root_id(call.principal.email)
    removed = [root if name == "root" else name for name in removed]
    if added:
        parent = _parent(call, added)
        if bool(_space(call, parent)) != appdata.inside(row):
            raise appdata.not_supported()
        if row.parent not in (None, parent) and row.parent not in removed:
            removed.append(str(row.parent))
        _refuse_cycle(call, row, parent)
        drive_id = drive_of(call.tx, parent)
        call.tx.execute("UPDATE file SET parent = ?, drive_id = ? WHERE id = ?", (parent, drive_id, row.id))
    elif row.parent in removed:
        call.tx.execute("UPDATE file SET parent = NULL WHERE id = ?", (row.id,))


def _refuse_cycle(call: Call, row: FileRow, parent: str) -> None:
    place: str | None = parent
    while place is not None:
        if place == row.id:
            raise forbidden(
                "The specified parent is a descendant of the file, which would make a cycle.",
                "cyclicMembershipsNotAllowed",
            )
        found = get_file(call.tx, place)
        place = found.parent if found is not None else None


def copy(call: Call) -> dict[str, Any]:
    """Copy a file; name, parents and properties may be set, unknown fields are ignored.

    Source: recorded copy ("Copy of …", a null name is unset); discovery (parents are inherited).
    """
    call.writes = False
    source = find(call, call.params["fileId"])
    call.writes = True
    if source.mime_type == FOLDER:
        raise forbidden("This file cannot be copied by the user.", "cannotCopyFile")
    body = call.body
    name = body.get("name") or f"Copy of {source.name}"
    mime_type = body.get("mimeType") or source.mime_type
    content.require_content_kind(call, mime_type)
    parent = _parent(call, body.get("parents")) if body.get("parents") else _inherited(call, source)
    row = create_file(call, mime_type, name, [parent], extra=_space(call, parent))
    inherited = {"properties": source.properties, "appProperties": source.app_properties}
    _set_fields(
        call, row.id, {**inherited, **{key: value for key, value in body.items() if value is not None}}
    )
    _copy_content(call, source, row, name)
    return file_resource(call, find_again(call, row.id))


def _inherited(call: Call, source: FileRow) -> str:
    if appdata.inside(source):
        return source.parent or appdata.folder_id(call)
    above = get_file(call.tx, source.parent) if source.parent is not None else None
    if above is not None and may(call, above, "writer"):
        return above.id
    return root_id(call.principal.email)


def _copy_content(call: Call, source: FileRow, row: FileRow, name: str) -> None:
    if source.mime_type == row.mime_type:
        if row.mime_type in call.kinds:
            call.kinds[row.mime_type].copy(call, source.id, row.id, name)
        elif "size" in source.extra:
            content.store_blob(call, row.id, content.read_blob(call, source.id))
        return
    if row.mime_type not in call.kinds or source.mime_type in call.kinds:
        raise required("The requested conversion is not supported.", "badRequest")
    kind = call.kinds[row.mime_type]
    kind.create_blank(call, row.id, name)
    kind.import_media(call, row.id, content.read_blob(call, source.id), source.mime_type, name)


def delete(call: Call) -> Response:
    """Delete a file for good, past the trash; 204. Source: recorded deletions."""
    row = find(call, call.params["fileId"])
    if get_file(call.tx, row.id) is None or not may(
        call, row, "owner" if row.drive_id is None else "organizer"
    ):
        raise forbidden(
            f"The user does not have sufficient permissions for file {row.id}.", "insufficientFilePermissions"
        )
    remove_file(call, row.id)
    return Response.empty()


def empty_trash(call: Call) -> Response:
    """Delete for good what the caller has in the trash; 204."""
    drive_id = call.params.get("driveId")
    where = "trashed = 1 AND drive_id = ?" if drive_id else "trashed = 1 AND drive_id IS NULL AND owner = ?"
    for row in select_files(call.tx, where, (drive_id or call.principal.email,)):
        remove_file(call, row.id)
    return Response.empty()


def export(call: Call) -> Response:
    """Render a Workspace file in another format."""
    return content.export(call, find(call, call.params["fileId"]), call.params.get("mimeType", ""))


def generate_ids(call: Call) -> dict[str, Any]:
    """Give ids that later creations may use. Source: discovery (files.generateIds)."""
    count = call.params.get("count", 10)
    space, kind = call.params.get("space", "drive"), call.params.get("type", "files")
    if space not in ("drive", appdata.SPACE):
        raise bad_parameter("space")
    if kind not in ("files", "shortcuts") or (kind == "shortcuts" and space != "drive"):
        raise bad_parameter("type")
    return {
        "kind": "drive#generatedIds",
        "space": space,
        "ids": [call.ids.blob_id() for _ in range(count)],
    }
