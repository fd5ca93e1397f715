"""Sheets as HTML: one page each for the zip that Drive exports, all on one page for printing.

Source: Drive's guide "Export MIME types" (spreadsheets: application/zip holds HTML, application/pdf). How the
pages look is assumed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

from .a1 import Box
from .book import Sheet
from .merges import box_of
from .rendering import Renderer

_STYLE = (
    "table{border-collapse:collapse;font:10pt Arial,sans-serif}"
    "td{border:1px solid #d0d0d0;padding:2px 4px;vertical-align:bottom}"
    "section+section{break-before:page}h1{font:bold 12pt Arial,sans-serif}"
)


def page(title: str, sheets: list[Sheet], renderer: Renderer) -> str:
    """Writes sheets as one HTML page, each with its title when there are several."""
    parts = []
    for sheet in sheets:
        heading = f"<h1>{escape(sheet.title)}</h1>" if len(sheets) > 1 else ""
        parts.append(f"<section>{heading}{_table(sheet, renderer)}</section>")
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{''.join(parts)}</body></html>"
    )


def zipped(sheets: list[Sheet], renderer: Renderer) -> bytes:
    """Packs one HTML file per sheet into a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            name = "".join("_" if letter in '\\/:*?"<>|' else letter for letter in sheet.title)
            archive.writestr(f"{name}.html", page(sheet.title, [sheet], renderer))
    return out.getvalue()


def shown_rows(sheet: Sheet, renderer: Renderer) -> list[list[tuple[str, dict[str, Any]]]]:
    """Returns (shown text, own format) of the cells up to the last filled row and column."""
    lines: list[list[tuple[str, dict[str, Any]]]] = []
    for index, row in renderer.rows(sheet, 0, sheet.row_count):
        shown = {
            column: (renderer.text(sheet, index, column, cell), renderer.book.shared(cell.get("f")))
            for column, cell in row.cells.items()
        }
        filled = [column for column, (text, _) in shown.items() if text]
        if filled:
            lines.extend([] for _ in range(index - len(lines)))
            lines.append([shown.get(column, ("", {})) for column in range(max(filled) + 1)])
    return lines


def _table(sheet: Sheet, renderer: Renderer) -> str:
    lines = shown_rows(sheet, renderer)
    width = max(map(len, lines), default=0)
    merged = {(box.top, box.left): box for box in map(box_of, sheet.seen("merges"))}
    covered = {place for box in merged.values() for place in _places(box)} - merged.keys()
    rows = []
    for index, line in enumerate(lines):
        cells = []
        for column in range(width):
            if (index, column) not in covered:
                text, format_ = line[column] if column < len(line) else ("", {})
                cells.append(_cell(text, format_, merged.get((index, column))))
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(rows)}</table>"


def _places(box: Box) -> Iterator[tuple[int, int]]:
    return ((row, column) for row in range(box.top, box.bottom) for column in range(box.left, box.right))


def _cell(text: str, format_: dict[str, Any], box: Box | None) -> str:
    span = f' rowspan="{box.height}" colspan="{box.width}"' if box else ""
    return f'<td{span} style="{_css(format_)}">{escape(text)}</td>'


def _css(format_: dict[str, Any]) -> str:
    letters = format_.get("textFormat", {})
    parts = []
    for name, given in (
        ("background", format_.get("backgroundColor")),
        ("color", letters.get("foregroundColor")),
    ):
        if given is not None:
            parts.append(f"{name}:rgb({','.join(_level(given, part) for part in ('red', 'green', 'blue'))})")
    if letters.get("bold"):
        parts.append("font-weight:bold")
    if letters.get("italic"):
        parts.append("font-style:italic")
    if "horizontalAlignment" in format_:
        parts.append(f"text-align:{str(format_['horizontalAlignment']).lower()}")
    return ";".join(parts)


def _level(given: dict[str, Any], part: str) -> str:
    return str(round(float(given.get(part, 0)) * 255))
