"""Drive v3 files: create, get, update, copy, delete, export."""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata, content, rights
from sheets_sync.emulator.drive.conversions import UNSERVED_IMPORTS, converted_name, unserved
from sheets_sync.emulator.drive.metadata import find_again, not_writable, require_writable, set_fields
from sheets_sync.emulator.drive.refusals import bad_parameter, forbidden, insufficient, missing, required
from sheets_sync.emulator.drive.shape import file_resource, root_resource_row
from sheets_sync.emulator.filetable import (
    APP_DATA,
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
from sheets_sync.emulator.wire import ApiError, Response, unimplemented

SHORTCUT = "application/vnd.google-apps.shortcut"


def find(call: Call, file_id: str) -> FileRow:
    """Find the file that a call names; "root" is the caller's My Drive, "appDataFolder" the program's own.

    A shared drive's file needs supportsAllDrives. Source: discovery (supportsAllDrives).
    """
    if file_id in ("root", root_id(call.principal.email)):
        return root_resource_row(call)
    if appdata.is_folder(call, file_id):
        return appdata.folder(call)
    row = require_file(call, file_id, None, service="drive")
    if row.drive_id is not None and not supports_drives(call):
        raise missing("File", file_id, "fileId")
    return row


def supports_drives(call: Call) -> bool:
    """Tell whether the program says that it understands shared drives. Source: discovery."""
    return any(call.params.get(flag) for flag in ("supportsAllDrives", "supportsTeamDrives"))


def create(call: Call) -> dict[str, Any]:
    """Make a file: metadata alone, with bytes, or converted into a Workspace file."""
    body = call.body
    require_writable(body)
    mime_type = body.get("mimeType") or (call.media[1] if call.media else content_type_of(body))
    content.require_content_kind(call, mime_type)
    name = body.get("name") or "Untitled"
    if mime_type in call.kinds and call.media is not None:
        name = converted_name(name, call.media[1])
    parent = parent_of_new(call, body.get("parents"))
    file_id = body.get("id")
    if file_id is not None:
        require_free_id(call, file_id, mime_type)
    extra = {**_shortcut(call, mime_type, body), **space_of(call, parent)}
    row = create_file(call, mime_type, name, [parent], file_id, extra=extra)
    if mime_type in call.kinds:
        call.kinds[mime_type].create_blank(call, row.id, name)
    take_media(call, row.id, mime_type, name)
    if not mime_type.startswith("application/vnd.google-apps.") and call.media is None:
        content.store_blob(call, row.id, b"")
    set_fields(call, find_again(call, row.id), body)
    if body.get("trashed"):
        trash(call, row, trashed=True)
    return file_resource(call, find_again(call, row.id))


def content_type_of(body: dict[str, Any]) -> str:
    """Give the type of a file that was made without bytes and without mimeType. Source: assumed."""
    return SHORTCUT if body.get("shortcutDetails") else "application/octet-stream"


def require_free_id(call: Call, file_id: str, mime_type: str) -> None:
    """Refuse a taken id (409) and any chosen id of a Workspace file.

    Source: Drive's guide "Create and manage files" (pre-generated ids).
    """
    if mime_type in call.kinds:
        raise bad_parameter(
            "file.id", "Generated IDs are not supported for Docs Editors formats.", "fileIdNotSupported"
        )
    if get_file(call.tx, file_id) is not None:
        raise ApiError(409, "A file already exists with the provided ID.", reason="fileIdInUse")


def parent_of_new(call: Call, parents: list[str] | None) -> str:
    """Give the folder that a new file goes to, My Drive when none is named."""
    if not parents or parents[0] == "root":
        return root_id(call.principal.email)
    if len(parents) > 1:
        raise forbidden("A file cannot be added to multiple folders.", "multipleParentsNotSupported")
    if appdata.is_folder(call, parents[0]):
        return appdata.folder(call).id
    if parents[0] != root_id(call.principal.email):
        content.require_parent(call, parents[0])
        if drive_of(call.tx, parents[0]) is not None and not supports_drives(call):
            raise missing("File", parents[0], "fileId")
    return parents[0]


def space_of(call: Call, parent: str) -> dict[str, Any]:
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


def take_media(call: Call, file_id: str, mime_type: str, name: str) -> None:
    """Put the uploaded content into a file, converted when it is a Workspace file.

    With useContentAsIndexableText a search by fullText finds it by this content. Source: discovery.
    """
    if call.media is None:
        return
    data, media_type = call.media
    if call.params.get("useContentAsIndexableText"):
        content.merge_extra(call, file_id, {"indexableText": data.decode("utf-8", "ignore")})
    if content.is_closed(mime_type):
        raise unimplemented(f"Conversion of {media_type.partition(';')[0]} to {mime_type}")
    if mime_type in call.kinds:
        convert(call, find_again(call, file_id), data, media_type, name)
    else:
        content.store_blob(call, file_id, data)


def convert(call: Call, row: FileRow, data: bytes, media_type: str, name: str) -> None:
    """Make an upload the content of a Workspace file; what Google would convert is refused by name (501)."""
    kind = media_type.partition(";")[0].strip()
    if unserved(row.mime_type, kind, UNSERVED_IMPORTS):
        raise unimplemented(f"Conversion of {kind} to {row.mime_type}")
    call.kinds[row.mime_type].import_media(call, row.id, data, kind, name)


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
    require_writable(body)
    if body.get("id") not in (None, row.id) or "shortcutDetails" in body:
        raise not_writable()
    _move(call, row)
    name = body.get("name")
    if call.media is not None or (name is not None and name != row.name):
        rights.require_open_content(row)
    if name is not None and name != row.name:
        call.tx.execute("UPDATE file SET name = ? WHERE id = ?", (name, row.id))
        if row.mime_type in call.kinds:
            call.kinds[row.mime_type].renamed(call, row.id, name)
    if body.get("mimeType") and body["mimeType"] != row.mime_type:
        _retype(call, row, body["mimeType"])
    if "trashed" in body:
        trash(call, row, trashed=bool(body["trashed"]))
    take_media(call, row.id, row.mime_type, name or row.name)
    touch(call, row.id)
    set_fields(call, find_again(call, row.id), body)
    return file_resource(call, find_again(call, row.id))


def _retype(call: Call, row: FileRow, mime_type: str) -> None:
    if row.mime_type.startswith("application/vnd.google-apps.") or mime_type in call.kinds:
        raise bad_parameter("mimeType", "The MIME type of this file cannot be changed.", "invalid")
    call.tx.execute("UPDATE file SET mime_type = ? WHERE id = ?", (mime_type, row.id))


def trash(call: Call, row: FileRow, *, trashed: bool) -> None:
    """Put a file into the trash or take it out; in My Drive its owner alone may. Source: discovery."""
    if row.drive_id is None and not rights.owns(call, row):
        raise insufficient(row)
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
        parent = parent_of_new(call, added)
        if bool(space_of(call, parent)) != appdata.inside(row):
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


def delete(call: Call) -> Response:
    """Delete a file for good, past the trash; 204. Source: recorded deletions."""
    row = find(call, call.params["fileId"])
    if get_file(call.tx, row.id) is None or not may(
        call, row, "owner" if row.drive_id is None else "organizer"
    ):
        raise insufficient(row)
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
