"""Drive v3 files.copy: the file, its open comments, a converted copy."""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata, comments, content, rights
from sheets_sync.emulator.drive.files import convert, find, parent_of_new, require_free_id, space_of, trash
from sheets_sync.emulator.drive.metadata import find_again, not_writable, require_writable, set_fields
from sheets_sync.emulator.drive.refusals import required
from sheets_sync.emulator.drive.shape import file_resource
from sheets_sync.emulator.filetable import FileRow, create_file, get_file, may, root_id

_INHERITED = ("description", "folderColorRgb", "shortcutTarget", "shortcutMimeType")


def copy(call: Call) -> dict[str, Any]:
    """Copy a file; name, parents and properties may be set, unknown fields are ignored.

    With copyComments its open comments come along. Source: recorded copy ("Copy of …", a null name is unset);
    discovery (parents are inherited; copyComments).
    """
    call.writes = False
    source = find(call, call.params["fileId"])
    call.writes = True
    rights.require_copy(call, source)
    body = {key: value for key, value in call.body.items() if value is not None}
    require_writable(body)
    if "shortcutDetails" in body:
        raise not_writable()
    name = body.get("name") or f"Copy of {source.name}"
    mime_type = body.get("mimeType") or source.mime_type
    content.require_content_kind(call, mime_type)
    parent = parent_of_new(call, body.get("parents")) if body.get("parents") else _inherited(call, source)
    extra = {key: source.extra[key] for key in _INHERITED if key in source.extra}
    if body.get("id"):
        require_free_id(call, body["id"], mime_type)
    extra |= space_of(call, parent)
    row = create_file(call, mime_type, name, [parent], body.get("id"), extra=extra)
    given = {"properties": source.properties, "appProperties": source.app_properties, **body}
    _copy_content(call, source, row, name)
    set_fields(call, find_again(call, row.id), given)
    if call.params.get("keepRevisionForever") and "size" in find_again(call, row.id).extra:
        content.merge_extra(call, row.id, {"revisionSettings": {"keepForever": True}})
    if body.get("trashed"):
        trash(call, row, trashed=True)
    if call.params.get("copyComments"):
        comments.copy_open(call, source.id, row.id)
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
    call.kinds[row.mime_type].create_blank(call, row.id, name)
    convert(call, row, content.read_blob(call, source.id), source.mime_type, name)
