"""Spreadsheets as XLSX files: export and import of values, formulas, basic formats, sizes and merges."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.wire import invalid_argument

from .a1 import box_name
from .book import Book, Sheet
from .cells import Cell, set_formula, set_value
from .merges import box_of
from .newbook import sheet_shape
from .rendering import Renderer, stored_format
from .serials import serial_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ARGB = "FF{:02X}{:02X}{:02X}"


def export_xlsx(book: Book, renderer: Renderer) -> bytes:
    """Writes all sheets that are grids into one workbook."""
    import openpyxl

    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        if sheet.properties.get("sheetType") == "OBJECT":
            continue
        page = workbook.create_sheet(_safe_title(sheet.title))
        if sheet.properties.get("hidden"):
            page.sheet_state = "hidden"
        _write_sheet(page, sheet, renderer)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _safe_title(title: str) -> str:
    return "".join("_" if letter in "[]:*?/\\" else letter for letter in title)[:31]


def _write_sheet(page: Any, sheet: Sheet, renderer: Renderer) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    shape = sheet.properties.get("gridProperties", {})
    frozen = (shape.get("frozenRowCount", 0), shape.get("frozenColumnCount", 0))
    if any(frozen):
        page.freeze_panes = page.cell(frozen[0] + 1, frozen[1] + 1)
    for column, properties in sheet.columns.items():
        target = page.column_dimensions[get_column_letter(column + 1)]
        if "pixelSize" in properties:
            target.width = properties["pixelSize"] / 7
        target.hidden = bool(properties.get("hiddenByUser"))
    for index, row in renderer.rows(sheet, 0, sheet.row_count):
        for column, cell in row.cells.items():
            target = page.cell(index + 1, column + 1)
            target.value = _file_value(sheet, renderer, index, column, cell)
            if isinstance(cell.get("s", cell.get("v")), str):
                target.data_type = "s"
            _style(target, renderer.book.shared(cell.get("f")))
            if "n" in cell:
                target.comment = Comment(cell["n"], "")
        if row.properties.get("hiddenByUser"):
            page.row_dimensions[index + 1].hidden = True
    for merged in sheet.seen("merges"):
        page.merge_cells(box_name("x", box_of(merged)).partition("!")[2])


def _file_value(sheet: Sheet, renderer: Renderer, row: int, column: int, cell: Cell) -> Any:
    value = renderer.value(sheet, row, column, cell)
    if isinstance(value, dict):
        return renderer.text(sheet, row, column, cell)
    return value


def _style(target: Any, format_: dict[str, Any]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    if not format_:
        return
    text = format_.get("textFormat", {})
    target.font = Font(
        bold=bool(text.get("bold")),
        italic=bool(text.get("italic")),
        strike=bool(text.get("strikethrough")),
        underline="single" if text.get("underline") else None,
        color=_argb(text["foregroundColor"]) if "foregroundColor" in text else None,
        size=text.get("fontSize"),
    )
    if "backgroundColor" in format_:
        target.fill = PatternFill("solid", fgColor=_argb(format_["backgroundColor"]))
    target.alignment = Alignment(
        horizontal=format_.get("horizontalAlignment", "").lower() or None,
        wrap_text=format_.get("wrapStrategy") == "WRAP",
    )
    if "numberFormat" in format_ and format_["numberFormat"].get("pattern"):
        target.number_format = format_["numberFormat"]["pattern"]


def _argb(colour: dict[str, Any]) -> str:
    return _ARGB.format(*(round(float(colour.get(part, 0)) * 255) for part in ("red", "green", "blue")))


def import_xlsx(call: Call, book: Book, data: bytes) -> None:
    """Reads the sheets of a workbook: values, formulas, number formats and merges.

    Raises:
        ApiError: 400 where the file is no workbook.
    """
    import zipfile

    import openpyxl

    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError):
        raise invalid_argument("The file is not a workbook that can be converted.") from None
    for position, page in enumerate(workbook.worksheets):
        sheet_id = 0 if position == 0 else call.ids.int31()
        shape = {
            "gridProperties": {
                "rowCount": max(1000, page.max_row or 0),
                "columnCount": max(26, page.max_column or 0),
            },
            "hidden": page.sheet_state != "visible",
        }
        sheet = book.add_sheet(sheet_id, sheet_shape(shape, sheet_id, page.title, book.theme()), position)
        _read_sheet(book, sheet, page)


def _read_sheet(book: Book, sheet: Sheet, page: Any) -> None:
    for row in page.iter_rows():
        for source in row:
            if source.value is None:
                continue
            cell = sheet.grid.writable_cell(source.row - 1, source.column - 1)
            _read_value(book, cell, source)
    for merged in page.merged_cells.ranges:
        sheet.listed("merges").append(
            {
                "sheetId": sheet.sheet_id,
                "startRowIndex": merged.min_row - 1,
                "endRowIndex": merged.max_row,
                "startColumnIndex": merged.min_col - 1,
                "endColumnIndex": merged.max_col,
            }
        )


def _read_value(book: Book, cell: Cell, source: Any) -> None:
    value = source.value
    if source.data_type == "f":
        set_formula(cell, str(value))
    elif isinstance(value, datetime | date):
        set_value(cell, serial_of(value))
        _dated(book, cell, "DATE_TIME" if isinstance(value, datetime) and value.time() != time() else "DATE")
    elif isinstance(value, time):
        set_value(cell, (value.hour * 3600 + value.minute * 60 + value.second) / 86400)
        _dated(book, cell, "TIME")
    else:
        set_value(cell, value if isinstance(value, str | bool | int | float) else str(value))


def _dated(book: Book, cell: Cell, kind: str) -> None:
    number = stored_format(book, {"numberFormat": {"type": kind}})
    if number is not None:
        cell["f"] = number
