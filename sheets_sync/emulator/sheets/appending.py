"""values.append: finds the table in a range and writes after it.

Source: discovery document; the guide's example of two tables (``Sheet1`` and ``B2:D4`` append to the last
table, a range outside of any table is written where it starts); recorded answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import touch
from sheets_sync.emulator.wire import invalid_argument

from .a1 import Area, Box, box_name
from .book import Book, Sheet
from .refusals import Refusal
from .shifts import Shift, apply_shift
from .spreadsheets import open_book, read_area
from .values import Writer, by_rows, updated_data


def find_table(sheet: Sheet, box: Box) -> Box | None:
    """Returns the last table that meets a rectangle: a block of cells with values that touch, or None."""
    window = ((1 << box.width) - 1) << box.left
    start = next(
        (
            (row, (mask & window).bit_length() - 1)
            for row, mask in sheet.grid.filled(box.top, box.bottom, backwards=True)
            if mask & window
        ),
        None,
    )
    return None if start is None else _block(sheet, *start)


def _block(sheet: Sheet, row: int, column: int) -> Box:
    """Grows a rectangle from a cell until no cell with a value touches it."""
    top, bottom, left, right = row, row + 1, column, column + 1
    masks = {mask for _, mask in sheet.grid.filled(row, row + 1)}
    while True:
        window = _window(left, right)
        top -= _touching(sheet.grid.filled(0, top, backwards=True), top - 1, -1, window, masks)
        bottom += _touching(sheet.grid.filled(bottom, sheet.row_count), bottom, 1, window, masks)
        low, high = left, right
        for mask in masks:
            low, high = _reach(mask, low, high)
        if (low, high) == (left, right):
            return Box(sheet.sheet_id, top, bottom, left, right)
        left, right = low, high


def _reach(mask: int, left: int, right: int) -> tuple[int, int]:
    while left > 0 and mask >> (left - 1) & 1:
        left -= 1
    while mask >> right & 1:
        right += 1
    return left, right


def _touching(rows: Iterable[tuple[int, int]], expected: int, step: int, window: int, masks: set[int]) -> int:
    """Counts the rows that follow each other from ``expected`` on and touch a window; adds their masks."""
    count = 0
    for row, mask in rows:
        if row != expected or not mask & window:
            break
        count += 1
        expected += step
        masks.add(mask)
    return count


def _window(left: int, right: int) -> int:
    low = max(left - 1, 0)
    return ((1 << (right + 1 - low)) - 1) << low


def append(call: Call) -> dict[str, Any]:
    """Answers values.append; OVERWRITE may write over what stands below the table, INSERT_ROWS makes room."""
    book = open_book(call)
    asked = call.params["range"]
    area = read_area(book, asked)
    given = call.body.get("range")
    if given and read_area(book, given) != area:
        raise invalid_argument(f"Requested range[{asked}] does not match value's range[{given}]")
    sheet = book.sheet(area.sheet_id)
    box = _searched(book, area, sheet)
    table = find_table(sheet, box)
    rows = by_rows(call.body)
    top, left = (table.bottom, table.left) if table else (box.top, box.left)
    writer = Writer(call, book, call.params.get("valueInputOption"))
    insert = call.params.get("insertDataOption") == "INSERT_ROWS"
    try:
        _make_room(book, sheet, top, left, rows, insert and bool(rows))
        book.check_size()
    except Refusal as refusal:
        raise invalid_argument(str(refusal)) from None
    target = Box(sheet.sheet_id, top, sheet.row_count, left, sheet.column_count)
    updates = writer.write(sheet, target, rows)
    book.save()
    touch(call, book.id)
    if call.params.get("includeValuesInResponse"):
        width = max(map(len, rows), default=1)
        part = Box(sheet.sheet_id, top, top + max(len(rows), 1), left, left + max(width, 1))
        updates["updatedData"] = updated_data(call, book, sheet, part, call.params)
    answer: dict[str, Any] = {"spreadsheetId": book.id}
    if table:
        answer["tableRange"] = box_name(sheet.title, table)
    return {**answer, "updates": updates}


def _searched(book: Book, area: Area, sheet: Sheet) -> Box:
    try:
        return book.within(sheet, area)
    except Refusal as refusal:
        raise invalid_argument(str(refusal)) from None


def _make_room(book: Book, sheet: Sheet, top: int, left: int, rows: list[list[Any]], insert: bool) -> None:
    width = max(map(len, rows), default=0)
    if insert and top < sheet.row_count:
        sheet.resize(rows=sheet.row_count + len(rows))
        apply_shift(book, sheet, Shift(sheet.sheet_id, True, "insert", top, len(rows)))
    if top + len(rows) > sheet.row_count:
        sheet.resize(rows=top + len(rows))
    if left + width > sheet.column_count:
        sheet.resize(columns=left + width)
