"""What Drive does with documents: blank, copy, delete, rename, export, import.

Source: discovery drive.v3 (files.copy, files.export) and Drive's table of export formats; contents are ours.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from dataclasses import replace

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.docs import storage
from sheets_sync.emulator.docs.blocks import view
from sheets_sync.emulator.docs.docx import render_docx
from sheets_sync.emulator.docs.docximport import read_docx
from sheets_sync.emulator.docs.html import render_html
from sheets_sync.emulator.docs.htmlimport import read_html, read_text
from sheets_sync.emulator.docs.methods import new_revision
from sheets_sync.emulator.docs.model import Document, blank_document
from sheets_sync.emulator.docs.plaintext import render_text
from sheets_sync.emulator.filetable import DOCUMENT
from sheets_sync.emulator.pdf import print_pdf
from sheets_sync.emulator.wire import ApiError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MADE = (1980, 1, 1, 0, 0, 0)


def to_html(tx: sqlite3.Connection, document_id: str) -> str:
    """Write a document as one HTML page that prints to its own paper size; all content is escaped."""
    return render_html(view(tx, document_id))


class DocumentKind:
    """The file kind of Google Docs."""

    mime_type = DOCUMENT
    export_types = (DOCX, "application/pdf", "text/html", "text/plain", "application/zip")

    def create_blank(self, call: Call, file_id: str, name: str) -> None:
        """Make an empty document."""
        storage.save(call.tx, file_id, name, new_revision(call), blank_document())

    def copy(self, call: Call, source_id: str, target_id: str, name: str) -> None:
        """Copy a document whole; the copy starts a revision history of its own."""
        document, _, _ = storage.load(call.tx, source_id)
        storage.save(call.tx, target_id, name, new_revision(call), document)

    def delete(self, call: Call, file_id: str) -> None:
        """Remove a document's content."""
        storage.delete(call.tx, file_id)

    def renamed(self, call: Call, file_id: str, name: str) -> None:
        """Take over the file's new name as the document's title."""
        storage.set_title(call.tx, file_id, name)

    def export(self, call: Call, file_id: str, mime_type: str) -> bytes:
        """Render a document in one of `export_types`; raises ApiError 400 for any other."""
        shown = view(call.tx, file_id)
        if mime_type == DOCX:
            return render_docx(shown)
        if mime_type == "text/plain":
            return ("\ufeff" + render_text(shown)).encode()
        if mime_type == "text/html":
            return render_html(shown).encode()
        if mime_type == "application/pdf":
            return print_pdf(render_html(shown))
        if mime_type == "application/zip":
            return _zipped(render_html(shown), shown.title)
        raise ApiError(
            400,
            "The requested conversion is not supported.",
            reason="badRequest",
            location_type="parameter",
            location="convertTo",
        )

    def words(self, call: Call, file_id: str) -> str:
        """Give a document's text."""
        return render_text(view(call.tx, file_id))

    def import_media(self, call: Call, file_id: str, data: bytes, mime_type: str, name: str) -> None:
        """Replace a document's content by an uploaded HTML, text or DOCX file."""
        kind = mime_type.split(";")[0].strip().lower()
        storage.forget_revisions(call.tx, file_id)
        storage.save(call.tx, file_id, name, new_revision(call), _imported(kind, data, call))


def _imported(kind: str, data: bytes, call: Call) -> Document:
    def new_id(prefix: str) -> str:
        return prefix + call.ids.alnum(12)

    blank = blank_document()
    tab = blank.tabs[0]
    if kind in ("text/html", "application/xhtml+xml"):
        tab = read_html(tab, data.decode("utf-8", "replace"), new_id)
    elif kind == "text/plain":
        tab = read_text(tab, data.decode("utf-8-sig", "replace"))
    elif kind == DOCX:
        tab = read_docx(tab, data, new_id)
    else:
        raise ApiError(400, f"Conversion of {kind} to a document is not supported.", reason="badRequest")
    return Document((replace(tab, edits=()),))


def _zipped(html: str, title: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        safe = "".join(c if c.isalnum() or c in " -_" else "_" for c in title).strip() or "document"
        archive.writestr(zipfile.ZipInfo(f"{safe}.html", _MADE), html)
    return out.getvalue()


KIND = DocumentKind()
