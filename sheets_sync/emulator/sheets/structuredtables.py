"""Requests on tables: named ranges of rows with a header, column types and an optional footer.

Source: discovery document (Table, TableColumnProperties, TableRowsProperties, AppendCellsRequest.tableId) and
Sheets' guide "Tables" (a drop-down column needs a ONE_OF_LIST rule, checkboxes and ratings begin as FALSE and
0, a deleted table takes its contents along). Names of columns that are not given, texts of refusals and what
a column type makes of the cells beyond that are assumed.
"""

from __future__ import annotations

from typing import Any

from .a1 import Box
from .book import Sheet, range_of
from .cells import Cell, has_value, set_value
from .conditions import check_condition
from .fields import merge, settable, update_mask
from .gridinput import put_rows
from .placed import each
from .protojson import lean
from .refusals import Refusal
from .rendering import Renderer, stored_format
from .shifts import Shift, apply_shift
from .spreadsheets import calculation
from .work import Body, Kind, Work, need

_PATTERNS = {
    "CURRENCY": "CURRENCY",
    "PERCENT": "PERCENT",
    "DATE": "DATE",
    "TIME": "TIME",
    "DATE_TIME": "DATE_TIME",
    "DOUBLE": "NUMBER",
}
_SETTABLE = frozenset(("name", "range", "rowsProperties", "columnProperties"))
_START: dict[str, Any] = {"BOOLEAN": False, "RATINGS_CHIP": 0}


def add_table(work: Work, body: Body) -> Body:
    """Makes a table of a range: its first row is the header."""
    given = need(body, "table")
    box = work.book.box(need(given, "range"), "table.range")
    sheet = work.book.sheet(box.sheet_id)
    number = str(given.get("tableId") or work.call.ids.int31())
    if any(item["tableId"] == number for _, item in each(work, "tables")):
        raise Refusal(f"Table with id {number} already exists.")
    _check_room(work, box, number)
    item: Body = {**given, "tableId": number, "range": range_of(box)}
    item["name"] = given.get("name") or _free_name(work)
    _check_name(work, item["name"], number)
    item["columnProperties"] = _columns(work, sheet, box, given.get("columnProperties", []))
    sheet.listed("tables").append(item)
    _lay_over(work, sheet, item, _body_of(item, box))
    return {"table": lean(item)}


def _free_name(work: Work) -> str:
    taken = {item["name"].casefold() for _, item in each(work, "tables")}
    return next(name for n in range(1, len(taken) + 2) if (name := f"Table{n}").casefold() not in taken)


def _check_name(work: Work, name: str, number: str) -> None:
    for _, item in each(work, "tables"):
        if item["name"].casefold() == name.casefold() and item["tableId"] != number:
            raise Refusal(f'A table with the name "{name}" already exists.')


def _check_room(work: Work, box: Box, number: str) -> None:
    for _, item in each(work, "tables"):
        if item["tableId"] != number and work.book.box(item["range"]).meets(box):
            raise Refusal("Tables cannot overlap.")


def _columns(work: Work, sheet: Sheet, box: Box, given: list[Body]) -> list[Body]:
    """Completes the columns from left to right and writes their names into the header."""
    known = {int(item.get("columnIndex", 0)): item for item in given}
    if any(not 0 <= index < box.width for index in known):
        raise Refusal("A columnIndex is outside of the table.")
    renderer = Renderer(work.book, calculation(work.call, work.book))
    columns = []
    for index in range(box.width):
        item = dict(known.get(index, {}))
        _check_rule(item)
        cell = sheet.grid.writable_cell(box.top, box.left + index)
        shown = renderer.text(sheet, box.top, box.left + index, cell)
        item["columnName"] = item.get("columnName") or shown or f"Column {index + 1}"
        if shown != item["columnName"]:
            set_value(cell, item["columnName"])
        columns.append({"columnIndex": index, **item})
    return columns


def _check_rule(column: Body) -> None:
    rule = column.get("dataValidationRule")
    if (column.get("columnType") == "DROPDOWN") != (rule is not None):
        raise Refusal("A dataValidationRule must be set for DROPDOWN columns and for no others.")
    if rule is not None:
        condition = rule.get("condition", {})
        check_condition(condition)
        if condition["type"] != "ONE_OF_LIST":
            raise Refusal("The condition of a table column must be ONE_OF_LIST.")


def _has_footer(item: Body) -> bool:
    return "footerColorStyle" in item.get("rowsProperties", {})


def _body_of(item: Body, box: Box) -> Box:
    bottom = box.bottom - 1 if _has_footer(item) else box.bottom
    return Box(box.sheet_id, box.top + 1, max(bottom, box.top + 1), box.left, box.right)


def _lay_over(work: Work, sheet: Sheet, item: Body, body: Box) -> None:
    """Gives the cells of a table's body what the column types ask for."""
    for column in item["columnProperties"]:
        kind = column.get("columnType", "")
        rule = _rule_of(column)
        if kind not in _PATTERNS and kind not in _START and rule is None:
            continue
        number = work.book.share(lean(rule)) if rule else None
        for row in range(body.top, body.bottom):
            cell = sheet.grid.writable_cell(row, body.left + column["columnIndex"])
            if number is not None:
                cell["d"] = number
            if kind in _START and not has_value(cell):
                set_value(cell, _START[kind])
            if kind in _PATTERNS:
                _format(work, cell, _PATTERNS[kind])


def _rule_of(column: Body) -> Body | None:
    if column.get("columnType") == "BOOLEAN":
        return {"condition": {"type": "BOOLEAN"}}
    rule = column.get("dataValidationRule")
    return {"condition": rule["condition"], "showCustomUi": True} if rule else None


def _format(work: Work, cell: Cell, kind: str) -> None:
    present = work.book.shared(cell.get("f"))
    if "numberFormat" not in present:
        number = stored_format(work.book, {**present, "numberFormat": {"type": kind}})
        if number is not None:
            cell["f"] = number


def _find(work: Work, number: str) -> tuple[Sheet, Body]:
    for sheet, item in each(work, "tables"):
        if item["tableId"] == number:
            sheet.changed = True
            return sheet, item
    raise Refusal(f"No table with id: {number}")


def update_table(work: Work, body: Body) -> None:
    """Changes the listed fields of a table; with a footer that comes or goes the range changes by a row.

    Source: discovery document, TableRowsProperties.footerColorStyle.
    """
    given = need(body, "table")
    mask = update_mask(body.get("fields"), "table")
    sheet, item = _find(work, given.get("tableId", ""))
    had = _has_footer(item)
    if "name" in mask and not given.get("name"):
        raise Refusal("The name of a table cannot be empty.")
    merge(item, given, settable(mask, _SETTABLE, given, kept=tuple(_SETTABLE)))
    _check_name(work, item["name"], item["tableId"])
    box = work.book.box(need(item, "range"), "table.range")
    if "range" not in mask and had != _has_footer(item):
        bottom = box.bottom + (1 if not had else -1)
        if bottom > sheet.row_count:
            sheet.resize(rows=bottom)
        box = Box(box.sheet_id, box.top, bottom, box.left, box.right)
    _check_room(work, box, item["tableId"])
    item["range"] = range_of(box)
    kept = [one for one in item.get("columnProperties", []) if int(one.get("columnIndex", 0)) < box.width]
    item["columnProperties"] = _columns(work, sheet, box, kept)
    _lay_over(work, sheet, item, _body_of(item, box))


def delete_table(work: Work, body: Body) -> None:
    """Deletes a table with what stands in its cells."""
    sheet, item = _find(work, body.get("tableId", ""))
    box = work.book.box(item["range"])
    sheet.listed("tables").remove(item)
    for _, row in sheet.grid.writable_rows(box.top, box.bottom):
        for column in [column for column in row.cells if box.left <= column < box.right]:
            del row.cells[column]


def append_to_table(work: Work, number: str, rows: list[Body], mask: Body) -> None:
    """Writes rows after the last filled one of a table's body, adding rows to the table where it is full.

    New rows go above the footer. Source: discovery document, AppendCellsRequest.tableId; that whole rows of
    the sheet are inserted where something stands below is assumed.
    """
    sheet, item = _find(work, number)
    box = work.book.box(item["range"])
    body = _body_of(item, box)
    begun = [one["columnIndex"] for one in item["columnProperties"] if one.get("columnType") in _START]
    window = ((1 << body.width) - 1 & ~sum(1 << index for index in begun)) << body.left
    filled = [row for row, bits in sheet.grid.filled(body.top, body.bottom) if bits & window]
    top = filled[-1] + 1 if filled else body.top
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if width > box.width:
        raise Refusal(f"Attempting to append {width} cells to a table of {box.width} columns.")
    missing = top + len(rows) - body.bottom
    if missing > 0:
        sheet.resize(rows=sheet.row_count + missing)
        work.book.check_size()
        apply_shift(work.book, sheet, Shift(sheet.sheet_id, True, "insert", body.bottom, missing))
        sheet, item = _find(work, number)
        longer = Box(box.sheet_id, box.top, box.bottom + missing, box.left, box.right)
        item["range"] = range_of(longer)
        body = _body_of(item, longer)
    _lay_over(work, sheet, item, Box(body.sheet_id, top, top + len(rows), body.left, body.right))
    put_rows(work.book, sheet, top, box.left, rows, mask)


KINDS: dict[str, Kind] = {
    "addTable": add_table,
    "updateTable": update_table,
    "deleteTable": delete_table,
}
