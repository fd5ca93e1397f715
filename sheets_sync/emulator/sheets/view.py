"""The Spreadsheet resource: properties, sheets, objects and grid data, built for what a field mask wants.

Source: recorded answers (keys, order and what is left out); discovery document, spreadsheets.get.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sheets_sync.emulator.masks import Mask

from .a1 import Area, Box
from .book import Book, Sheet
from .conditionallook import ConditionalLook
from .metadatastore import Metadata, read_all
from .protojson import lean
from .rendering import Evaluator, Renderer

DEFAULT_WIDTH = 100
DEFAULT_HEIGHT = 21
CELL_FIELDS = frozenset(
    (
        "userEnteredValue",
        "effectiveValue",
        "formattedValue",
        "userEnteredFormat",
        "effectiveFormat",
        "hyperlink",
        "note",
        "textFormatRuns",
        "dataValidation",
        "pivotTable",
        "chipRuns",
    )
)
_LISTS = (
    "conditionalFormats",
    "filterViews",
    "protectedRanges",
    "charts",
    "bandedRanges",
    "rowGroups",
    "columnGroups",
    "slicers",
    "tables",
)


def spreadsheet(
    book: Book,
    evaluator: Evaluator,
    base_url: str,
    now: datetime,
    *,
    areas: Sequence[Area] = (),
    grid_data: bool = False,
    mask: Mask | None = None,
    tables_banded: bool = True,
) -> dict[str, Any]:
    """Builds the resource; ``areas`` limit the sheets and the grid data, ``mask`` saves what nobody reads.

    With a mask the grid data is there when the mask wants it, whatever ``grid_data`` says. Tables are listed
    among the banded ranges too unless ``tables_banded`` is off.
    """
    mask = mask or _everything()
    data = mask.child("sheets") if mask.wants("sheets.data") else None
    with_data = grid_data if mask.everything else data is not None
    answer: dict[str, Any] = {"spreadsheetId": book.id, "properties": dict(book.properties)}
    items = read_all(book.tx, book.id)
    if mask.wants("sheets"):
        answer["sheets"] = _sheets(book, evaluator, areas, with_data, mask, items, now)
        for shown in answer["sheets"] if tables_banded else ():
            banded = [*shown.get("bandedRanges", []), *map(_banded, shown.get("tables", []))]
            if banded:
                shown["bandedRanges"] = banded
    if book.named_ranges:
        answer["namedRanges"] = [lean(item) for item in book.named_ranges]
    answer["spreadsheetUrl"] = f"{base_url}/spreadsheets/d/{book.id}/edit"
    own = [item.answer() for item in items if item.kind == "SPREADSHEET"]
    if own:
        answer["developerMetadata"] = own
    return answer


def _banded(table: dict[str, Any]) -> dict[str, Any]:
    """Shows a table as a banded range.

    Source: discovery document, excludeTablesInBandedRanges and BandedRange.bandedRangeReference; that the
    reference is the table's id is assumed.
    """
    bands = {"rowProperties": table["rowsProperties"]} if "rowsProperties" in table else {}
    return {"bandedRangeReference": table["tableId"], "range": table["range"], **bands}


def _everything() -> Mask:
    mask = Mask()
    mask.whole = True
    return mask


def _sheets(
    book: Book,
    evaluator: Evaluator,
    areas: Sequence[Area],
    with_data: bool,
    mask: Mask,
    items: list[Metadata],
    now: datetime,
) -> list[dict[str, Any]]:
    renderer = Renderer(book, evaluator)
    listed = []
    for index, sheet in enumerate(book.sheets):
        own = [area for area in areas if area.sheet_id == sheet.sheet_id]
        if areas and not own:
            continue
        shown = sheet_resource(book, sheet, index, items)
        if with_data and sheet.properties.get("sheetType") != "OBJECT":
            boxes = [
                area.clipped(sheet.row_count, sheet.column_count) for area in own or [Area(sheet.sheet_id)]
            ]
            below = mask.child("sheets")
            inner = below.child("data") if below else None
            shown["data"] = [
                _grid_data(renderer, sheet, box, inner or _everything(), items, now) for box in boxes
            ]
        listed.append(shown)
    return listed


def sheet_resource(book: Book, sheet: Sheet, index: int, items: list[Metadata]) -> dict[str, Any]:
    """Builds a Sheet without its grid data."""
    shown: dict[str, Any] = {"properties": sheet_properties(sheet, index)}
    if sheet.seen("merges"):
        shown["merges"] = [lean(item) for item in sheet.seen("merges")]
    if sheet.objects.get("basicFilter"):
        shown["basicFilter"] = lean(sheet.objects["basicFilter"])
    for name in _LISTS:
        found = sheet.seen(name)
        if found:
            shown[name] = [lean(item) for item in found]
    own = [item.answer() for item in items if item.kind == "SHEET" and item.sheet == sheet.sheet_id]
    if own:
        shown["developerMetadata"] = own
    return shown


def sheet_properties(sheet: Sheet, index: int) -> dict[str, Any]:
    """Builds SheetProperties: ``sheetId`` and ``index`` are there even when they are zero."""
    rest = {key: value for key, value in sheet.properties.items() if key not in ("sheetId", "title", "index")}
    shown = {"sheetId": sheet.sheet_id, "title": sheet.title, "index": index, "sheetType": "GRID"}
    return {**shown, **lean(rest)}


def _grid_data(
    renderer: Renderer, sheet: Sheet, box: Box, mask: Mask, items: list[Metadata], now: datetime
) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if box.top:
        data["startRow"] = box.top
    if box.left:
        data["startColumn"] = box.left
    if mask.wants("rowData"):
        wanted = _wanted(mask)
        ruled = "effectiveFormat" in wanted and bool(sheet.seen("conditionalFormats"))
        look = ConditionalLook(renderer, sheet, now) if ruled else None
        rows = _row_data(renderer, sheet, box, wanted, look)
        if rows:
            data["rowData"] = rows
    if mask.wants("rowMetadata"):
        data["rowMetadata"] = _row_metadata(sheet, box, items)
    if mask.wants("columnMetadata"):
        data["columnMetadata"] = _column_metadata(sheet, box, items)
    return data


_VALUES = frozenset({"userEnteredValue", "effectiveValue", "formattedValue"})


def _wanted(mask: Mask) -> frozenset[str]:
    node: Mask | None = mask
    for name in ("rowData", "values"):
        node = node.child(name) if node else None
    if node is None:
        return frozenset()
    return CELL_FIELDS if node.everything else frozenset(node.children) & CELL_FIELDS


def _row_data(
    renderer: Renderer, sheet: Sheet, box: Box, wanted: frozenset[str], look: ConditionalLook | None
) -> list[dict[str, Any]]:
    """Builds the rows up to the last one with something that the mask shows.

    Source: assumed for rows that hold formats alone under a mask of values: left out at the end; assumed too
    that conditional formats show nothing in rows that hold nothing.
    """
    rows: list[dict[str, Any]] = []
    # Such rows show nothing, so they need not be read.
    for index, row in renderer.rows(sheet, box.top, box.bottom, with_values=wanted <= _VALUES):
        ruled = look.columns(index) if look else set()
        columns = [column for column in {*row.cells, *ruled} if box.left <= column < box.right]
        if not columns:
            continue
        while len(rows) < index - box.top:
            rows.append({})
        values: list[dict[str, Any]] = [{}] * (max(columns) + 1 - box.left)
        for column in columns:
            cell = row.cells.get(column, {})
            added = look.of(index, column, cell) if look and column in ruled else None
            values[column - box.left] = renderer.cell_data(sheet, index, column, cell, wanted, added)
        while values and not values[-1]:
            values.pop()
        rows.append({"values": values} if values else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _row_metadata(sheet: Sheet, box: Box, items: list[Metadata]) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = [{"pixelSize": DEFAULT_HEIGHT} for _ in range(box.height)]
    for index, row in sheet.grid.propertied_rows(box.top, box.bottom):
        shown[index - box.top] = lean({"pixelSize": DEFAULT_HEIGHT, **row})
    _attach(shown, items, "ROW", sheet.sheet_id, box.top)
    return shown


def _column_metadata(sheet: Sheet, box: Box, items: list[Metadata]) -> list[dict[str, Any]]:
    shown = [
        lean({"pixelSize": DEFAULT_WIDTH, **sheet.columns.get(column, {})})
        for column in range(box.left, box.right)
    ]
    _attach(shown, items, "COLUMN", sheet.sheet_id, box.left)
    return shown


def _attach(
    shown: list[dict[str, Any]], items: list[Metadata], kind: str, sheet_id: int, offset: int
) -> None:
    for item in items:
        if item.kind == kind and item.sheet == sheet_id and item.start is not None:
            place = item.start - offset
            if 0 <= place < len(shown):
                shown[place].setdefault("developerMetadata", []).append(item.answer())
