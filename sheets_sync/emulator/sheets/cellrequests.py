"""Requests that write cells: updateCells, repeatCell, appendCells, setDataValidation, updateBorders."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .a1 import Box
from .book import Sheet
from .conditions import check_condition
from .fields import update_mask
from .formulatext import moved_formula
from .gridinput import put_cell, put_rows
from .protojson import lean
from .refusals import Refusal
from .rendering import stored_format
from .shifts import Shift, apply_shift, shift_part
from .structuredtables import append_to_table
from .work import Body, Kind, Work, need


def update_cells(work: Work, body: Body) -> None:
    """Writes rows of cells from ``start`` on, or into ``range``, whose other cells are cleared in the fields.

    Source: discovery document, UpdateCellsRequest.
    """
    mask = update_mask(body.get("fields"))
    rows = body.get("rows", [])
    if "range" in body:
        box = work.book.box(body["range"], empty=True)
        sheet = work.book.sheet(box.sheet_id)
        _check_fits(sheet, box.top, box.left, rows, box)
        _fill(work, sheet, box, rows, mask)
        return
    start = need(body, "start")
    sheet = work.sheet(start)
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    _check_fits(sheet, top, left, rows, sheet.whole())
    sheet.grid.load(top, top + len(rows))
    put_rows(work.book, sheet, top, left, rows, mask)


def _check_fits(sheet: Sheet, top: int, left: int, rows: list[Body], box: Box) -> None:
    if top < 0 or left < 0:
        raise Refusal("start.rowIndex and start.columnIndex must not be negative.")
    if top + len(rows) > box.bottom:
        raise Refusal(
            f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}"
        )
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if left + width > box.right:
        raise Refusal(
            f"Attempting to write column: {box.right}, beyond the last requested column of: {box.right - 1}"
        )


def _fill(work: Work, sheet: Sheet, box: Box, rows: list[Body], mask: Body) -> None:
    sheet.grid.load(box.top, box.bottom)
    for row in range(box.top, box.bottom):
        given = rows[row - box.top].get("values", []) if row - box.top < len(rows) else []
        stored = sheet.grid.row(row)
        if not given and stored is None:
            continue
        cells = sheet.grid.writable(row).cells
        for column in [c for c in cells if box.left + len(given) <= c < box.right]:
            put_cell(work.book, cells[column], {}, mask)
        for column, data in enumerate(given, start=box.left):
            put_cell(work.book, cells.setdefault(column, {}), data, mask)


def repeat_cell(work: Work, body: Body) -> None:
    """Writes the same cell into every cell of a range; formulas shift as when copied.

    Source: discovery document, RepeatCellRequest.
    """
    mask = update_mask(body.get("fields"), "cell")
    data = body.get("cell", {})
    box = work.book.box(need(body, "range"), empty=True)
    sheet = work.book.sheet(box.sheet_id)
    formula = data.get("userEnteredValue", {}).get("formulaValue")
    for row in range(box.top, box.bottom):
        cells = sheet.grid.writable(row).cells
        for column in range(box.left, box.right):
            given = data
            if formula:
                shifted = _moved(formula, row - box.top, column - box.left)
                given = {**data, "userEnteredValue": {"formulaValue": shifted}}
            put_cell(work.book, cells.setdefault(column, {}), given, mask)


def _moved(formula: str, rows: int, columns: int) -> str:
    return moved_formula(formula, rows, columns) if rows or columns else formula


def append_cells(work: Work, body: Body) -> None:
    """Writes rows after the last row with data, adding rows to the grid where they are needed.

    Source: discovery document, AppendCellsRequest ("after the last row with data in the sheet, inserting rows
    if necessary"); only the listed fields are written, so formats and rules that stand there stay.
    """
    mask = update_mask(body.get("fields"))
    if "tableId" in body:
        append_to_table(work, body["tableId"], body.get("rows", []), mask)
        return
    sheet = work.sheet(body)
    rows = body.get("rows", [])
    top = sheet.grid.last_filled_row() + 1
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if width > sheet.column_count:
        sheet.resize(columns=width)
    if top + len(rows) > sheet.row_count:
        sheet.resize(rows=top + len(rows))
    work.book.check_size()
    put_rows(work.book, sheet, top, 0, rows, mask)


def set_data_validation(work: Work, body: Body) -> None:
    """Sets or clears the validation rule of the cells of a range, of filtered rows only if asked.

    Source: discovery document, SetDataValidationRequest.filteredRowsIncluded.
    """
    box = work.book.box(need(body, "range"), empty=True)
    sheet = work.book.sheet(box.sheet_id)
    rule = body.get("rule")
    if rule is not None:
        check_condition(rule.get("condition", {}))
    number = work.book.share(lean(rule)) if rule else None
    filtered = bool(body.get("filteredRowsIncluded"))
    for row in range(box.top, box.bottom):
        stored = sheet.grid.row(row)
        if stored is not None and stored.properties.get("hiddenByFilter") and not filtered:
            continue
        if number is None:
            if stored is None:
                continue
            for column, cell in sheet.grid.writable(row).cells.items():
                if box.left <= column < box.right:
                    cell.pop("d", None)
            continue
        cells = sheet.grid.writable(row).cells
        for column in range(box.left, box.right):
            cells.setdefault(column, {})["d"] = number


def update_borders(work: Work, body: Body) -> None:
    """Sets the borders of a range: its edges and the lines between its cells."""
    box = work.book.box(need(body, "range"), empty=True)
    sheet = work.book.sheet(box.sheet_id)
    for row in range(box.top, box.bottom):
        cells = sheet.grid.writable(row).cells
        for column in range(box.left, box.right):
            lines = {
                "top": body.get("top") if row == box.top else body.get("innerHorizontal"),
                "bottom": body.get("bottom") if row == box.bottom - 1 else body.get("innerHorizontal"),
                "left": body.get("left") if column == box.left else body.get("innerVertical"),
                "right": body.get("right") if column == box.right - 1 else body.get("innerVertical"),
            }
            _set_borders(work, cells.setdefault(column, {}), lines)


def _set_borders(work: Work, cell: Body, lines: dict[str, Any]) -> None:
    given = {side: line for side, line in lines.items() if line is not None}
    if not given:
        return
    format_ = dict(work.book.shared(cell.get("f")))
    borders = dict(format_.get("borders") or {})
    for side, line in given.items():
        if line.get("style", "NONE") in ("NONE", "STYLE_UNSPECIFIED"):
            borders.pop(side, None)
        else:
            borders[side] = line
    format_.pop("borders", None)
    if borders:
        format_["borders"] = borders
    number = stored_format(work.book, format_)
    cell.pop("f", None)
    if number is not None:
        cell["f"] = number


def insert_range(work: Work, body: Body) -> None:
    """Inserts empty cells, pushing the others down or right; the grid grows to keep what is pushed."""
    box, sheet, down = _shifted_part(work, body)
    if (down and box.width == sheet.column_count) or (not down and box.height == sheet.row_count):
        count = box.height if down else box.width
        sheet.resize(sheet.row_count + count if down else None, None if down else sheet.column_count + count)
        apply_shift(work.book, sheet, replace(_part(box, down, "insert"), across=None))
        work.book.check_size()
        return
    _push(sheet, box, down, insert=True)
    shift_part(work.book, sheet, _part(box, down, "insert"))
    work.book.check_size()


def delete_range(work: Work, body: Body) -> None:
    """Deletes cells, pulling the others up or left; the size of the grid stays."""
    box, sheet, down = _shifted_part(work, body)
    _push(sheet, box, down, insert=False)
    whole = box.width == sheet.column_count if down else box.height == sheet.row_count
    shift = _part(box, down, "delete")
    shift_part(work.book, sheet, replace(shift, across=None) if whole else shift)


def _part(box: Box, down: bool, kind: str) -> Shift:
    start, count = (box.top, box.height) if down else (box.left, box.width)
    across = (box.left, box.right) if down else (box.top, box.bottom)
    return Shift(box.sheet_id, down, kind, start, count, across=across)


def _shifted_part(work: Work, body: Body) -> tuple[Box, Sheet, bool]:
    box = work.book.box(need(body, "range"), empty=True)
    if body.get("shiftDimension") not in ("ROWS", "COLUMNS"):
        raise Refusal("shiftDimension is required.")
    return box, work.book.sheet(box.sheet_id), body["shiftDimension"] == "ROWS"


def _push(sheet: Sheet, box: Box, down: bool, *, insert: bool) -> None:
    if down:
        count = box.height if insert else -box.height
        moved: dict[int, dict[int, Body]] = {}
        for index, row in sheet.grid.writable_rows(box.top, sheet.row_count):
            taken = {c: row.cells.pop(c) for c in list(row.cells) if box.left <= c < box.right}
            if taken and (insert or index >= box.bottom):
                moved[index + count] = taken
        for index, cells in moved.items():
            if index >= sheet.row_count:
                sheet.resize(rows=index + 1)
            sheet.grid.writable(index).cells.update(cells)
        return
    count = box.width if insert else -box.width
    for _, row in sheet.grid.writable_rows(box.top, box.bottom):
        kept = {c: cell for c, cell in row.cells.items() if c < box.left}
        for column, cell in row.cells.items():
            if column >= (box.left if insert else box.right):
                kept[column + count] = cell
        row.cells = kept
        widest = max(kept, default=-1) + 1
        if widest > sheet.column_count:
            sheet.resize(columns=widest)


KINDS: dict[str, Kind] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
    "setDataValidation": set_data_validation,
    "updateBorders": update_borders,
    "insertRange": insert_range,
    "deleteRange": delete_range,
}
