"""What staff do with files on the list: make, name anew, put into the bin and take out of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.rendering import notice, redirect
from sheets_sync.emulator.wire import Response

MADE = {
    "folder": (filetable.FOLDER, "Новая папка"),
    "sheet": (filetable.SPREADSHEET, "Новая таблица"),
    "document": (filetable.DOCUMENT, "Новый документ"),
}
_LONGEST_NAME = 200


def change(call: Call, folder_id: str, fields: Fields) -> Response:
    """Do one `action` of the list of a folder: make (`kind`, `name`), rename (`file`, `name`), bin, restore.

    A file that is made lies in the folder shown. Goes back to the list; 400 for what it does not know.
    """
    action, name = _one(fields, "action"), " ".join(_one(fields, "name").split())
    if len(name) > _LONGEST_NAME:
        return notice(
            call, 400, "Не получилось", "Название — не длиннее 200 знаков.", (_list(folder_id), "К файлам")
        )
    if action == "make" and _one(fields, "kind") in MADE:
        mime_type, usual = MADE[_one(fields, "kind")]
        body: dict[str, Any] = {"name": name or usual, "mimeType": mime_type}
        if folder_id:
            body |= {"parents": [folder_id]}
        ask(call, "drive.files.create", {}, body)
    elif action == "rename" and name:
        _update(call, fields, {"name": name})
    elif action in ("bin", "restore"):
        _update(call, fields, {"trashed": action == "bin"})
    else:
        text = "Впишите название и повторите." if action == "rename" else "Такого действия нет."
        return notice(call, 400, "Не получилось", text, (_list(folder_id), "К файлам"))
    return redirect(_list(folder_id, restored=action == "restore", find=_one(fields, "find")))


def _update(call: Call, fields: Fields, body: dict[str, object]) -> None:
    ask(call, "drive.files.update", {"fileId": _one(fields, "file")}, body)


def _list(folder_id: str, *, restored: bool = False, find: str = "") -> str:
    if restored:
        return "/?bin=1"
    address = f"/drive/folders/{folder_id}" if folder_id else "/"
    return f"{address}?{urlencode({'find': find})}" if find else address


def _one(fields: Fields, name: str) -> str:
    return "".join(fields.get(name, ())[:1])
