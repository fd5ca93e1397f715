"""The method spreadsheets.sheets.copyTo."""

from __future__ import annotations

import copy
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import require_file, touch
from sheets_sync.emulator.wire import invalid_argument, not_found

from .book import Book, Sheet
from .newbook import choose_sheet_id
from .refusals import Refusal
from .spreadsheets import MIME_TYPE, open_book
from .tabs import copy_sheet, copy_title
from .view import sheet_properties
from .work import Work


def copy_to(call: Call) -> dict[str, Any]:
    """Copies a sheet into another spreadsheet, as its last sheet named ``Copy of …``.

    Source: discovery document, sheets.copyTo; the name is the editor's.
    """
    book = open_book(call)
    source = book.find(int(call.params["sheetId"]))
    if source is None:
        raise not_found()
    target_id = str(call.body.get("destinationSpreadsheetId", ""))
    require_file(call, target_id, MIME_TYPE, service="sheets")
    target = book if target_id == book.id else Book(call.tx, target_id)
    sheet_id = choose_sheet_id(target, None, call.ids.int31)
    index = len(target.sheets)
    sheet = copy_sheet(Work(call, book), source, target, sheet_id, copy_title(target, source.title), index)
    if target is not book:
        _take_shared(book, target, sheet)
    try:
        target.check_size()
    except Refusal as refusal:
        raise invalid_argument(str(refusal)) from None
    target.save()
    touch(call, target.id)
    return sheet_properties(sheet, index)


def _take_shared(book: Book, target: Book, sheet: Sheet) -> None:
    """Gives the copied cells the target's numbers for the formats and rules they share."""
    numbers: dict[int, int] = {}
    for _, row in sheet.grid.writable_rows(0, sheet.row_count):
        for cell in row.cells.values():
            for key in ("f", "d"):
                if key in cell:
                    old = cell[key]
                    if old not in numbers:
                        numbers[old] = target.share(copy.deepcopy(book.shared(old)))
                    cell[key] = numbers[old]
