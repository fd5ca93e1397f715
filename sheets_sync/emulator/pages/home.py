"""The list of files, folder by folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.owner import SCHOOL_ZONE
from sheets_sync.emulator.pages.rendering import html, notice
from sheets_sync.emulator.wire import Response

KINDS = {
    filetable.FOLDER: ("folder", "Папка", "/drive/folders/{}"),
    filetable.SPREADSHEET: ("sheet", "Таблица", "/spreadsheets/d/{}/edit"),
    filetable.DOCUMENT: ("document", "Документ", "/document/d/{}/edit"),
    filetable.FORM: ("form", "Форма", "/forms/d/{}/edit"),
}
MOST_FOUND = 200
_GOOGLES = "application/vnd.google-apps."
_ORDER = {mime: place for place, mime in enumerate(KINDS)}


def show(call: Call, folder_id: str, query: Fields) -> Response:
    """List the files of one folder, or the top ones: those whose folder is not a file of this workspace.

    `find` lists the files of all folders whose names hold a text instead, `bin` those in the bin, which are
    not shown otherwise.
    """
    wanted = "".join(query.get("find", ())[:1]).strip()
    if wanted:
        return _found(call, wanted)
    if "bin" in query:
        return _list(call, filetable.select_files(call.tx, "trashed = 1"), bin=True)
    if folder_id:
        folder = filetable.get_file(call.tx, folder_id)
        if folder is None or folder.mime_type != filetable.FOLDER:
            return notice(call, 404, "Папки нет", "Возможно, её удалили или ссылка неполная.")
        found = filetable.select_files(call.tx, "parent = ? AND trashed = 0", (folder_id,))
        trail = _trail(call, folder)
    else:
        found = filetable.select_files(
            call.tx, "trashed = 0 AND (parent IS NULL OR parent NOT IN (SELECT id FROM file))"
        )
        trail = []
    return _list(call, found, trail=trail, folder=folder_id)


def _list(
    call: Call,
    rows: list[filetable.FileRow],
    *,
    trail: Sequence[tuple[str, str]] = (),
    find: str = "",
    folder: str = "",
    bin: bool = False,
) -> Response:
    kept = [row for row in rows if filetable.APP_DATA not in row.extra]
    kept.sort(key=lambda row: (_ORDER.get(row.mime_type, len(_ORDER)), row.name.casefold(), row.id))
    shown = kept[:MOST_FOUND] if find or bin else kept
    views = [{**_file_view(call, row), **({"place": _place(call, row)} if find else {})} for row in shown]
    address = f"/drive/folders/{folder}" if folder else "/"
    return html(call, "home.html", files=views, trail=trail, find=find, bin=bin, address=address)


def _found(call: Call, wanted: str) -> Response:
    rows = [
        row
        for row in filetable.select_files(call.tx, "trashed = 0")
        if wanted.casefold() in row.name.casefold() and not _in_bin(call, row)
    ]
    return _list(call, rows, find=wanted)


def _in_bin(call: Call, row: filetable.FileRow) -> bool:
    """Tell whether a folder above a file is in the bin, and the file with it."""
    seen = {row.id}
    while row.parent and row.parent not in seen:
        seen.add(row.parent)
        above = filetable.get_file(call.tx, row.parent)
        if above is None:
            return False
        if above.trashed:
            return True
        row = above
    return False


def _place(call: Call, row: filetable.FileRow) -> str:
    above = filetable.get_file(call.tx, row.parent) if row.parent else None
    return above.name if above else ""


def _trail(call: Call, folder: filetable.FileRow) -> list[tuple[str, str]]:
    trail = [(folder.name, f"/drive/folders/{folder.id}")]
    seen = {folder.id}
    while folder.parent and folder.parent not in seen:
        above = filetable.get_file(call.tx, folder.parent)
        if above is None:
            break
        seen.add(above.id)
        trail.insert(0, (above.name, f"/drive/folders/{above.id}"))
        folder = above
    return trail


def _file_view(call: Call, row: filetable.FileRow) -> dict[str, object]:
    other = "" if row.mime_type.startswith(_GOOGLES) else "/drive/files/{}/download"
    icon, kind, address = KINDS.get(row.mime_type, ("file", "Файл", other))
    view: dict[str, object] = {
        "id": row.id,
        "name": row.name,
        "icon": icon,
        "kind": kind,
        "link": address.format(row.id),
        "changed": _local(row.modified),
    }
    if row.mime_type == filetable.FORM and (form := tables.load_form(call.tx, row.id)):
        view["respond"] = f"/forms/d/e/{form.published_id}/viewform"
        view["count"] = tables.response_count(call.tx, form.id)
        view["open"] = form.body["published"] and form.body["accepting"]
    return view


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(SCHOOL_ZONE).strftime("%d.%m.%Y %H:%M")
