"""Files out of the workspace: a document as DOCX or PDF, a spreadsheet as XLSX or PDF."""

from __future__ import annotations

import re
from urllib.parse import quote

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive.content import read_blob
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.rendering import notice, security_headers
from sheets_sync.emulator.wire import Response

_PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    filetable.DOCUMENT: {"docx": f"{_OFFICE}.wordprocessingml.document", "pdf": _PDF},
    filetable.SPREADSHEET: {"xlsx": f"{_OFFICE}.spreadsheetml.sheet", "pdf": _PDF},
}


def document(call: Call, name: str, query: Fields) -> Response:
    """Give a document as a file of a `format`: docx or pdf."""
    return _file(call, name, query, filetable.DOCUMENT)


def spreadsheet(call: Call, name: str, query: Fields) -> Response:
    """Give a spreadsheet as a file of a `format`: xlsx or pdf."""
    return _file(call, name, query, filetable.SPREADSHEET)


def uploaded(call: Call, name: str, query: Fields) -> Response:
    """Give a file as it was uploaded; never in a way that the browser would open it as a page."""
    row = filetable.require_file(call, name, None, service="drive")
    headers = security_headers() | {
        "content-type": "application/octet-stream",
        "content-disposition": _named(*_parted(row.name)),
    }
    return Response(200, headers, read_blob(call, row.id))


def _parted(name: str) -> tuple[str, str]:
    """Part a name from its ending; one that no program has is left with the name."""
    head, dot, ending = name.rpartition(".")
    return (head, ending) if dot and re.fullmatch(r"[A-Za-z0-9]{1,8}", ending) else (name, "bin")


def _file(call: Call, name: str, query: Fields, kind: str) -> Response:
    row = filetable.require_file(call, name, kind, service="drive")
    wanted = "".join(query.get("format", ())[:1])
    mime_type = FORMATS[kind].get(wanted)
    if mime_type is None:
        return notice(call, 400, "Не получилось", f"Скачать можно как: {', '.join(FORMATS[kind])}.")
    content = call.kinds[kind].export(call, name, mime_type)
    headers = security_headers() | {
        "content-type": mime_type,
        "content-disposition": _named(row.name, wanted),
    }
    return Response(200, headers, content)


def _named(name: str, ending: str) -> str:
    """Name a file for the browser; letters that a file system may refuse become spaces.

    Source: RFC 6266 (attachment with filename* in UTF-8).
    """
    safe = "".join(letter if letter.isprintable() and letter not in '\\/:*?"<>|' else " " for letter in name)
    whole = f"{' '.join(safe.split())[:120].strip('. ') or 'файл'}.{ending}"
    return f"attachment; filename=\"file.{ending}\"; filename*=UTF-8''{quote(whole, safe='')}"
