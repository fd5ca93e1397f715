"""CellData and GridData coming in: written into cells field by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .book import Book, Sheet
from .cells import Cell, set_extended
from .fields import Mask, covers, merge
from .pivots import checked_pivot
from .protojson import lean
from .refusals import Unsupported
from .rendering import stored_format

WRITABLE = {
    "userEnteredValue",
    "userEnteredFormat",
    "note",
    "dataValidation",
    "textFormatRuns",
    "pivotTable",
    "chipRuns",
}
_PLAIN = (("note", "n"), ("textFormatRuns", "r"), ("pivotTable", "p"), ("chipRuns", "k"))


def put_cell(book: Book, cell: Cell, data: dict[str, Any], mask: Mask) -> None:
    """Sets the fields of a cell that the mask lists, clearing those which the data does not give.

    Raises:
        Refusal: a value is too long or read-only.
        Unsupported: the cell is bound to an external data source.
    """
    if "dataSourceTable" in data and covers(mask, "dataSourceTable") is not None:
        raise Unsupported("CellData.dataSourceTable")
    value_mask = covers(mask, "userEnteredValue")
    if value_mask is not None:
        set_extended(cell, data.get("userEnteredValue"))
    format_mask = covers(mask, "userEnteredFormat")
    if format_mask is not None:
        _put_format(book, cell, data.get("userEnteredFormat") or {}, format_mask)
    if covers(mask, "dataValidation") is not None:
        rule = data.get("dataValidation")
        _set(cell, "d", book.share(lean(rule)) if rule else None)
    for name, key in _PLAIN:
        if covers(mask, name) is not None:
            _set(cell, key, data.get(name) or None)
    if data.get("pivotTable") and "p" in cell and covers(mask, "pivotTable") is not None:
        cell["p"] = checked_pivot(cell["p"])


def _set(cell: Cell, key: str, value: Any) -> None:
    if value is None:
        cell.pop(key, None)
    else:
        cell[key] = value


def _put_format(book: Book, cell: Cell, given: dict[str, Any], mask: Mask) -> None:
    if not mask or "*" in mask:
        _set(cell, "f", _kept_format(book, given))
        return
    kept = dict(book.shared(cell.get("f")).items())
    for name in mask:
        if name.endswith("Color"):
            kept.pop(f"{name}Style", None)
        elif name.endswith("ColorStyle"):
            kept.pop(name.removesuffix("Style"), None)
    inner = mask.get("textFormat")
    if inner and "textFormat" in kept:
        kept["textFormat"] = {
            key: value
            for key, value in kept["textFormat"].items()
            if not (key.startswith("foregroundColor") and any(n.startswith("foregroundColor") for n in inner))
        }
    merge(kept, given, mask)
    _set(cell, "f", _kept_format(book, kept))


def _kept_format(book: Book, format_: dict[str, Any]) -> int | None:
    number_format = format_.get("numberFormat")
    if number_format and number_format.get("type", "").endswith("UNSPECIFIED"):
        format_ = {key: value for key, value in format_.items() if key != "numberFormat"}
    return stored_format(book, format_)


def put_rows(
    book: Book, sheet: Sheet, top: int, left: int, rows: Sequence[dict[str, Any]], mask: Mask
) -> None:
    """Writes rows of CellData from a corner on."""
    values_alone = mask.keys() == {"userEnteredValue"}  # what a program that appends rows asks for
    for offset, row in enumerate(rows):
        values = row.get("values", [])
        if not values:
            continue
        cells = sheet.grid.writable(top + offset).cells
        for column, data in enumerate(values, start=left):
            cell = cells.setdefault(column, {})
            if values_alone:
                set_extended(cell, data.get("userEnteredValue"))
            else:
                put_cell(book, cell, data, mask)


def put_grid_data(book: Book, sheet: Sheet, part: dict[str, Any]) -> None:
    """Writes the GridData of a new sheet: cells, row heights and column widths; the grid grows to hold it."""
    top, left = part.get("startRow", 0), part.get("startColumn", 0)
    rows = part.get("rowData", [])
    width = max((len(row.get("values", [])) for row in rows), default=0)
    if top + len(rows) > sheet.row_count or left + width > sheet.column_count:
        sheet.resize(max(sheet.row_count, top + len(rows)), max(sheet.column_count, left + width))
    put_rows(book, sheet, top, left, rows, {"*": {}})
    for offset, properties in enumerate(part.get("rowMetadata", [])):
        sheet.grid.writable(top + offset).properties.update(lean(properties))
    for offset, properties in enumerate(part.get("columnMetadata", [])):
        sheet.columns.setdefault(left + offset, {}).update(lean(properties))
