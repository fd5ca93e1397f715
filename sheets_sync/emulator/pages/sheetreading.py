"""What a sheet's page asks of the workspace's Sheets: properties, blocks of cells, single rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.sheetview import fingerprint, letters

Area = tuple[int, int, int, int]
_BOOK = (
    "properties(title,locale),"
    "sheets(properties,merges,charts,protectedRanges,basicFilter,filterViews(filterViewId,title),bandedRanges)"
)
_SHOWN = (
    "formattedValue,effectiveFormat,userEnteredFormat,effectiveValue,userEnteredValue,hyperlink,note,"
    "dataValidation"
)
KEPT_FIELDS = "userEnteredValue,userEnteredFormat,note,dataValidation"


def read_book(call: Call, name: str) -> Json:
    """Return a spreadsheet's properties and sheets, without cells."""
    return ask(call, "sheets.spreadsheets.get", {"spreadsheetId": name}, fields=_BOOK)


def chosen_sheet(book: Json, gid: str) -> Json | None:
    """Return the sheet with an id, the first one for an empty id; hidden sheets are not shown."""
    shown = [sheet for sheet in book.get("sheets", []) if not sheet["properties"].get("hidden")]
    if not gid:
        return shown[0] if shown else None
    return next((sheet for sheet in shown if str(sheet["properties"].get("sheetId", 0)) == gid), None)


def gid_of(sheet: Json) -> int:
    """Return a sheet's id."""
    number: int = sheet["properties"].get("sheetId", 0)
    return number


def read_rows(call: Call, name: str, sheet: Json, start: int, end: int, fields: str = _SHOWN) -> Json:
    """Return the grid data of rows [start, end), cut to the grid: all columns, with `fields` of the cells."""
    grid = sheet["properties"].get("gridProperties", {})
    area = (start, min(end, grid.get("rowCount", 0)), 0, grid.get("columnCount", 0))
    return _read(call, name, sheet, area, f"startRow,rowMetadata,columnMetadata,rowData(values({fields}))")


def read_runs(call: Call, name: str, sheet: Json, runs: list[tuple[int, int]]) -> list[Json]:
    """Return the grid data of several runs of rows [start, end), cut to the grid; if none, columns."""
    grid = sheet["properties"].get("gridProperties", {})
    height, width = grid.get("rowCount", 0), grid.get("columnCount", 0)
    if not height:
        return []
    kept = [(start, min(end, height)) for start, end in runs if start < min(end, height)]
    names = [range_name(sheet, (start, end, 0, width)) for start, end in kept or [(0, 1)]]
    params = {"spreadsheetId": name, "ranges": names, "includeGridData": True}
    fields = f"sheets(data(startRow,rowMetadata,columnMetadata,rowData(values({_SHOWN}))))"
    found = ask(call, "sheets.spreadsheets.get", params, fields=fields)
    blocks: list[Json] = [block for one in found.get("sheets", []) for block in one.get("data", [])]
    return blocks if kept else [{"columnMetadata": block.get("columnMetadata", [])} for block in blocks]


def row_cells(call: Call, name: str, sheet: Json, row: int) -> list[Json]:
    """Return the cells of one row as shown."""
    rows = read_rows(call, name, sheet, row, row + 1).get("rowData", [])
    cells: list[Json] = rows[0].get("values", []) if rows else []
    return cells


def kept_cells(call: Call, name: str, sheet: Json, area: Area, fields: str = KEPT_FIELDS) -> list[list[Json]]:
    """Return what people put into an area, full width, up to its last row that holds anything."""
    rows = _read(call, name, sheet, area, f"rowData(values({fields}))").get("rowData", [])
    width = area[3] - area[2]
    kept = []
    for row in rows:
        values = row.get("values", [])
        kept.append([*values, *({} for _ in range(width - len(values)))])
    return kept


def area_print(call: Call, name: str, sheet: Json, area: Area) -> str:
    """Return a short hash of what an area holds, by which a later change of it is noticed."""
    cells = [cell for row in kept_cells(call, name, sheet, area) for cell in row]
    return fingerprint(cells)


def range_reader(call: Call, name: str) -> Callable[[str, bool], list[list[Any]]]:
    """Return a function that reads a range in A1 notation, formatted or not."""

    def read(wanted: str, formatted: bool) -> list[list[Any]]:
        option = "FORMATTED_VALUE" if formatted else "UNFORMATTED_VALUE"
        params = {"spreadsheetId": name, "range": wanted, "valueRenderOption": option}
        values: list[list[Any]] = ask(call, "sheets.spreadsheets.values.get", params).get("values", [])
        return values

    return read


def range_name(sheet: Json, area: Area) -> str:
    """Write an area of a sheet in A1 notation."""
    title = sheet["properties"]["title"].replace("'", "''")
    top, bottom, left, right = area
    return f"'{title}'!{letters(left)}{top + 1}:{letters(max(right - 1, 0))}{bottom}"


def _read(call: Call, name: str, sheet: Json, area: Area, fields: str) -> Json:
    if area[0] >= area[1]:
        return {}
    params = {"spreadsheetId": name, "ranges": [range_name(sheet, area)], "includeGridData": True}
    found = ask(call, "sheets.spreadsheets.get", params, fields=f"sheets(data({fields}))")
    blocks: list[Json] = [block for one in found.get("sheets", []) for block in one.get("data", [])]
    return blocks[0] if blocks else {}
