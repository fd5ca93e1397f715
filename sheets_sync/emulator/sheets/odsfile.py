"""Spreadsheets as OpenDocument files: the values and shown texts of all grids.

Source: OASIS OpenDocument 1.3 part 3 (office:value-type, table:table); Drive's guide "Export MIME types".
"""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .book import Sheet
from .rendering import Renderer

ODS = "application/x-vnd.oasis.opendocument.spreadsheet"
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def export_ods(sheets: list[Sheet], renderer: Renderer) -> bytes:
    """Writes sheets into one OpenDocument file."""
    tables = "".join(_table(sheet, renderer) for sheet in sheets)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content {_SPACES} office:version="1.3">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", _TYPE, compress_type=zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", content)
    return out.getvalue()


def _table(sheet: Sheet, renderer: Renderer) -> str:
    rows: list[str] = []
    following = 0
    for index, row in renderer.rows(sheet, 0, sheet.row_count):
        if not row.cells:
            continue
        if index > following:
            rows.append(
                f'<table:table-row table:number-rows-repeated="{index - following}"><table:table-cell/>'
                "</table:table-row>"
            )
        cells: list[str] = []
        for column in range(max(row.cells) + 1):
            cell = row.cells.get(column, {})
            value = renderer.value(sheet, index, column, cell)
            cells.append(_cell(value, renderer.text(sheet, index, column, cell)))
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
        following = index + 1
    if not rows:
        rows.append("<table:table-row><table:table-cell/></table:table-row>")
    return f"<table:table table:name={quoteattr(sheet.title)}>{''.join(rows)}</table:table>"


def _cell(value: Any, text: str) -> str:
    if value is None or text == "":
        return "<table:table-cell/>"
    if isinstance(value, bool):
        kind = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind = f'office:value-type="float" office:value="{value!r}"'
    else:
        kind = 'office:value-type="string"'
    lines = "".join(f"<text:p>{escape(_printable(line))}</text:p>" for line in text.split("\n"))
    return f"<table:table-cell {kind}>{lines}</table:table-cell>"


def _printable(text: str) -> str:
    """Leaves out what XML 1.0 cannot hold."""
    return "".join(letter for letter in text if letter >= " " or letter == "\t")
