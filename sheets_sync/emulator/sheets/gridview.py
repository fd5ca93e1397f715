"""A spreadsheet as pages and exports see it: sheets with shown texts, colours, notes and sizes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .book import Book, Sheet
from .calculation import Calculation
from .rendering import Renderer
from .view import DEFAULT_WIDTH


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its shown text, the entered value or formula, its own format, note and validation rule."""

    text: str
    entered: Any = None
    formula: str | None = None
    format: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    validation: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet: ``rows`` holds (row index, cells by column index, hidden) of the rows that hold anything.

    ``columns`` holds properties by column index (pixelSize, hiddenByUser); ``objects`` the sheet's merges,
    charts, protectedRanges, conditionalFormats, basicFilter… as the API shows them.
    """

    title: str
    sheet_id: int
    hidden: bool
    row_count: int
    column_count: int
    frozen_rows: int
    frozen_columns: int
    columns: dict[int, dict[str, Any]]
    rows: list[tuple[int, dict[int, CellView], bool]]
    objects: dict[str, Any]
    tab_color: dict[str, Any] | None

    def width(self, column: int) -> int:
        """Returns a column's width in pixels."""
        return int(self.columns.get(column, {}).get("pixelSize", DEFAULT_WIDTH))


def grid(
    tx: sqlite3.Connection,
    spreadsheet_id: str,
    now: datetime,
    *,
    sheet_id: int | None = None,
    limit: int = 2000,
) -> list[SheetView]:
    """Returns the sheets of a spreadsheet with at most ``limit`` rows each; one sheet's rows if it is named.

    Raises:
        KeyError: there is no such spreadsheet.
    """
    book = Book(tx, spreadsheet_id)
    renderer = Renderer(book, Calculation(book, now))
    return [_sheet_view(book, renderer, sheet, limit, sheet_id) for sheet in book.sheets]


def _sheet_view(book: Book, renderer: Renderer, sheet: Sheet, limit: int, wanted: int | None) -> SheetView:
    rows = []
    if wanted is None or wanted == sheet.sheet_id:
        for index, row in renderer.rows(sheet, 0, min(sheet.row_count, limit)):
            cells = {
                column: CellView(
                    renderer.text(sheet, index, column, cell),
                    cell.get("v"),
                    cell.get("e"),
                    book.shared(cell.get("f")),
                    cell.get("n", ""),
                    book.shared(cell.get("d")),
                )
                for column, cell in sorted(row.cells.items())
            }
            hidden = bool(row.properties.get("hiddenByUser") or row.properties.get("hiddenByFilter"))
            rows.append((index, cells, hidden))
    shape = sheet.properties.get("gridProperties", {})
    return SheetView(
        sheet.title,
        sheet.sheet_id,
        bool(sheet.properties.get("hidden")),
        sheet.row_count,
        sheet.column_count,
        shape.get("frozenRowCount", 0),
        shape.get("frozenColumnCount", 0),
        sheet.columns,
        rows,
        sheet.objects,
        sheet.properties.get("tabColor"),
    )
