"""Addresses beside the APIs that programs use: links that export a file, gzip bodies, overridden verbs.

What they ask is rewritten into the request of the API that it stands for.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

from sheets_sync.emulator.wire import ApiError, Request

_OOXML = "application/vnd.openxmlformats-officedocument."
FORMATS = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "ods": "application/x-vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "docx": f"{_OOXML}wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "html": "text/html",
    "epub": "application/epub+zip",
    "md": "text/markdown",
}
"""The short names in export links. Source: Drive's guide "Export MIME types for Workspace documents"."""
_OF_ONE = re.compile(r"/(spreadsheets|document)/d/([A-Za-z0-9_-]+)/export(?:/([a-z]+))?")
_OF_ANY = re.compile(r"/(?:feeds/download/)?(spreadsheets|documents)/[Ee]xport")


def plain_request(request: Request, limit: int) -> Request:
    """Undo what clients wrap a request in: a gzip body, X-HTTP-Method-Override.

    Java's client packs bodies unless told not to; long GETs come as a POST of their query. Raises ApiError
    400 for a body that is no gzip, 413 above `limit` bytes.
    """
    if request.headers.get("content-encoding", "").lower() == "gzip":
        headers = {name: value for name, value in request.headers.items() if name != "content-encoding"}
        request = replace(request, body=_unpacked(request.body, limit), headers=headers)
    override = request.headers.get("x-http-method-override")
    if override is None or request.method != "POST":
        return request
    form = request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    query = "&".join(part for part in (request.query, request.body.decode() if form else "") if part)
    return replace(request, method=override.upper(), query=query, body=b"" if form else request.body)


def _unpacked(body: bytes, limit: int) -> bytes:
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = reader.decompress(body, limit + 1)
    except zlib.error:
        raise ApiError(400, "The request body is not valid gzip.", reason="badRequest") from None
    if len(plain) > limit:
        raise ApiError(413, "Request body is too large.", reason="uploadTooLarge")
    return plain


def export_request(request: Request) -> Request | None:
    """Turn an export link of an editor into the files.export call that it stands for, or give None.

    `/spreadsheets/d/ID/export?format=csv&gid=0` names one sheet by its id; the others export the whole file.
    Source: exportLinks as Drive gives them, Sheets' own "publish" and download links.
    """
    if request.method != "GET":
        return None
    query = {name: values[0] for name, values in parse_qs(request.query).items()}
    if found := _OF_ONE.fullmatch(request.path):
        kind, file_id, short = found[1], found[2], found[3]
    elif found := _OF_ANY.fullmatch(request.path):
        kind, file_id, short = found[1], query.get("id") or query.get("key") or "", None
    else:
        return None
    default = "xlsx" if kind == "spreadsheets" else "docx"
    short = short or query.get("format") or query.get("exportFormat") or default
    asked = {"mimeType": FORMATS.get(short.lower(), short), "supportsAllDrives": "true"}
    asked |= {name: query[name] for name in ("gid", "access_token") if name in query}
    return replace(request, path=f"/drive/v3/files/{file_id}/export", query=urlencode(asked))
