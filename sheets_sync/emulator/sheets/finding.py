"""Which rows of a sheet a reader has asked for: by a text, by a filter view."""

from __future__ import annotations

from itertools import islice

from sheets_sync.emulator.calls import Call

from .book import Book, Sheet
from .cells import Cell
from .conditions import Conditions
from .filters import passes
from .rendering import Renderer
from .spreadsheets import calculation, open_book


def last_filled_row(call: Call, sheet_id: int) -> int:
    """Returns the last row from 0 that holds a value, -1 when there is none."""
    return open_book(call).sheet(sheet_id).grid.last_filled_row()


def rows_showing(call: Call, sheet_id: int, wanted: str, most: int, column: int | None = None) -> list[int]:
    """Returns the first rows, at most ``most``, that show a text in any cell; case counts nothing.

    With a column only its cells are looked at, and they must show just that text.
    """
    book = open_book(call)
    sheet = book.sheet(sheet_id)
    renderer, text = _renderer(call, book), wanted.casefold()
    found = (
        index
        for index, row in renderer.rows(sheet, 0, sheet.row_count, with_values=True)
        for cells in [row.cells if column is None else {column: row.cells.get(column, {})}]
        if any(
            text in shown if column is None else text == shown.strip()
            for place, cell in cells.items()
            if (shown := _text(renderer, sheet, index, place, cell))
        )
    )
    return list(islice(found, most))


def rows_of_view(call: Call, sheet_id: int, view_id: int, most: int) -> list[int] | None:
    """Returns the first rows with values that a filter view lets through; None when there is no such view.

    Rows outside of the view's range and its first row are always let through. The view's order is not
    followed. Source: discovery document, FilterView.
    """
    book = open_book(call)
    sheet = book.sheet(sheet_id)
    view = next((one for one in sheet.seen("filterViews") if one.get("filterViewId") == view_id), None)
    if view is None:
        return None
    renderer = _renderer(call, book)
    conditions = Conditions(renderer, call.now)
    box = book.box(view["range"])
    criteria = {int(key): one for key, one in view.get("criteria", {}).items()}
    found = (
        index
        for index, row in renderer.rows(sheet, 0, sheet.row_count, with_values=True)
        if not box.top < index < box.bottom
        or passes(renderer, conditions, sheet, (index, box.top + 1), row, criteria)
    )
    return list(islice(found, most))


def _text(renderer: Renderer, sheet: Sheet, row: int, column: int, cell: Cell) -> str:
    value = cell.get("v")
    if isinstance(value, str) and "e" not in cell and "s" not in cell and "f" not in cell:
        return value.casefold()  # most cells of a long sheet: their text needs no format
    return renderer.text(sheet, row, column, cell).casefold()


def _renderer(call: Call, book: Book) -> Renderer:
    return Renderer(book, calculation(call, book))
