"""Single properties, parents and children of files, which Drive v2 alone addresses by themselves.

Source: discovery document of Drive v2 (properties are PRIVATE unless said otherwise); the words for a
property that is not there are assumed.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import files
from sheets_sync.emulator.drive.metadata import find_again, set_fields
from sheets_sync.emulator.drive.refusals import missing, required
from sheets_sync.emulator.drive.version2shape import asked, base_url, parent_of, properties_of
from sheets_sync.emulator.filetable import FileRow, select_files, touch
from sheets_sync.emulator.wire import ApiError, Response

Json = dict[str, Any]
_HELD = {"PUBLIC": "properties", "PRIVATE": "appProperties"}


def _visibility(call: Call, given: str | None) -> str:
    visibility = str(given or call.params.get("visibility") or "PRIVATE").upper()
    if visibility not in _HELD:
        raise required("The visibility must be PRIVATE or PUBLIC.", "invalid")
    return visibility


def _property(call: Call, row: FileRow, key: str, visibility: str) -> Json:
    for one in properties_of(call, row):
        if (one["key"], one["visibility"]) == (key, visibility):
            return {**one, "etag": f'"{row.version}-{key}"'}
    raise ApiError(404, f"Property not found: key = {key} and visibility = {visibility}", reason="notFound")


def _kept(call: Call, row: FileRow, visibility: str, key: str, value: Any) -> FileRow:
    set_fields(call, row, {_HELD[visibility]: {key: value}})
    touch(call, row.id)
    return find_again(call, row.id)


def list_properties(call: Call) -> Json:
    """List a file's properties."""
    row = files.find(call, call.params["fileId"])
    link = f"{base_url(call)}/files/{row.id}/properties"
    return {"kind": "drive#propertyList", "selfLink": link, "items": properties_of(call, row)}


def get_property(call: Call) -> Json:
    """Give one property."""
    row = files.find(call, call.params["fileId"])
    return _property(call, row, call.params["propertyKey"], _visibility(call, None))


def insert_property(call: Call) -> Json:
    """Add a property, or change the one of that key and visibility."""
    row, key = files.find(call, call.params["fileId"]), str(call.body.get("key") or "")
    if not key:
        raise required("The property key is required.")
    visibility = _visibility(call, call.body.get("visibility"))
    row = _kept(call, row, visibility, key, call.body.get("value") or "")
    return _property(call, row, key, visibility)


def update_property(call: Call) -> Json:
    """Change a property; a patch without a value leaves it."""
    row, key = files.find(call, call.params["fileId"]), call.params["propertyKey"]
    visibility = _visibility(call, None)
    held = _property(call, row, key, visibility)
    value = call.body.get("value", held["value"])
    given = call.body.get("visibility")
    if given and _visibility(call, given) != visibility:
        row = _kept(call, row, visibility, key, None)
        visibility = _visibility(call, given)
    return _property(call, _kept(call, row, visibility, key, value), key, visibility)


def delete_property(call: Call) -> Response:
    """Take a property from a file; 204."""
    row, key = files.find(call, call.params["fileId"]), call.params["propertyKey"]
    visibility = _visibility(call, None)
    _property(call, row, key, visibility)
    _kept(call, row, visibility, key, None)
    return Response.empty()


def get_child(call: Call) -> Json:
    """Give the reference to a file in a folder."""
    child, folder = call.params["childId"], files.find(call, call.params["folderId"])
    if not select_files(call.tx, "id = ? AND parent = ?", (child, folder.id)):
        raise missing("File", child, "childId")
    link = f"{base_url(call)}/files"
    return {
        "kind": "drive#childReference",
        "id": child,
        "selfLink": f"{link}/{folder.id}/children/{child}",
        "childLink": f"{link}/{child}",
    }


def get_parent(call: Call) -> Json:
    """Give the reference to a file's folder."""
    row, parent = files.find(call, call.params["fileId"]), call.params["parentId"]
    if row.parent is None or row.parent != files.find(call, parent).id:
        raise missing("File", parent, "parentId")
    return parent_of(call, row.id, row.parent)


def insert_parent(call: Call) -> Json:
    """Put a file into a folder, out of the one it lies in (a file has one folder)."""
    parent = str(call.body.get("id") or "")
    if not parent:
        raise required("The parent id is required.")
    files.update(asked(call, {}, addParents=parent))
    row = find_again(call, call.params["fileId"])
    return parent_of(call, row.id, str(row.parent))


def delete_parent(call: Call) -> Response:
    """Take a file out of a folder; 204."""
    get_parent(call)
    files.update(asked(call, {}, removeParents=call.params["parentId"]))
    return Response.empty()


METHODS: dict[str, Method] = {
    "drive.v2.children.get": get_child,
    "drive.v2.parents.delete": delete_parent,
    "drive.v2.parents.get": get_parent,
    "drive.v2.parents.insert": insert_parent,
    "drive.v2.properties.delete": delete_property,
    "drive.v2.properties.get": get_property,
    "drive.v2.properties.insert": insert_property,
    "drive.v2.properties.list": list_properties,
    "drive.v2.properties.patch": update_property,
    "drive.v2.properties.update": update_property,
}
