"""The master spreadsheet as it was read: where every declared column and every row stands just now."""

import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sheets_sync.domain.charting import MEMORY as CHARTS
from sheets_sync.domain.intake.first_seen import MEMORY as SEEN
from sheets_sync.domain.tables import CellValue, Memory, ReadRow, ReadSheet, Workbook
from sheets_sync.domain.workbook import SheetSpec, WorkbookSpec
from sheets_sync.errors import HeaderDuplicateError, HeaderMissingError, SheetMissingError
from sheets_sync.google.cells import Json, cell_value, formula_of

READ_FIELDS = (
    "developerMetadata(metadataId,metadataKey,metadataValue),"
    "sheets(properties(sheetId,title),charts(chartId,spec(title)),"
    "data(rowData(values(userEnteredValue,effectiveValue))))"
)
"""What one look takes. Source: a field mask makes includeGridData needless (discovery, spreadsheets.get)."""

MARKER_KEY = "sheets_sync.commit"
LAYOUT = "layout"
"""The name under which the hidden sheet lists what was laid out."""

_HEADER_SEARCH_ROWS = 10
_UNLISTED = {"resource", "cursor", "run", SEEN, CHARTS, LAYOUT}


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where one sheet's header and columns stand."""

    sheet_id: int
    title: str
    header_row: int
    columns: Mapping[str, int]
    titles: Mapping[str, str]
    key_place: int
    cells: tuple[tuple[Json, ...], ...]

    def cell(self, row: int, column: int) -> Json:
        """Return a raw cell, an empty one outside what was read."""
        if row < len(self.cells) and column < len(self.cells[row]):
            return self.cells[row][column]
        return {}


@dataclass(frozen=True, slots=True)
class Grid:
    """One look at the whole spreadsheet."""

    workbook: Workbook
    layouts: Mapping[str, SheetLayout]
    sync_rows: Mapping[tuple[str, str], int]
    metadata: Mapping[int, tuple[str, str]]
    rows: Mapping[str, Mapping[str, int]]

    def row_of(self, sheet: str, key: str) -> int | None:
        """Return the grid row on which a key stands, None when it stands nowhere."""
        return self.rows.get(sheet, {}).get(key)


def sheet_id(sheet: str) -> int:
    """Return the number under which a declared sheet is created: renaming the tab changes nothing."""
    return zlib.crc32(sheet.encode()) & 0x7FFFFFFF


def decode(answer: Json, spec: WorkbookSpec) -> Grid:
    """Turn the answer of `spreadsheets.get` into rows by key and memory by row.

    Raises:
        SheetMissingError: a declared tab is gone.
        HeaderMissingError, HeaderDuplicateError: a declared column cannot be told.
    """
    found = {entry["properties"].get("sheetId", 0): entry for entry in answer.get("sheets", ())}
    gone = [sheet.title for sheet in spec.sheets if sheet_id(sheet.id) not in found]
    if gone:
        raise SheetMissingError("Нет листов: " + ", ".join(f"«{title}»" for title in gone))
    layouts = {sheet.id: _layout(sheet, found[sheet_id(sheet.id)]) for sheet in spec.sheets}
    digests, memory, sync_rows = _read_sync(layouts["sync"])
    sheets = {
        sheet.id: _read_sheet(sheet, layouts[sheet.id]) for sheet in spec.sheets if sheet.kind != "hidden"
    }
    metadata = {
        int(entry["metadataId"]): (entry.get("metadataKey", ""), entry.get("metadataValue", ""))
        for entry in answer.get("developerMetadata", ())
    }
    generations = [number for number, (key, _) in metadata.items() if key == MARKER_KEY]
    standing = {(name, row.key) for name, sheet in sheets.items() for row in sheet.rows}
    deleted = frozenset(
        identity for identity in memory if identity[0] not in _UNLISTED and identity not in standing
    )
    charts = {sheet.id: _charts(found[sheet_id(sheet.id)]) for sheet in spec.sheets}
    workbook = Workbook(sheets, memory, max(generations, default=0), deleted, digests, charts)
    rows = {name: {key: row.index for key, row in sheet.by_key().items()} for name, sheet in sheets.items()}
    return Grid(workbook, layouts, sync_rows, metadata, rows)


def decode_sheet(answer: Json, sheet: SheetSpec) -> ReadSheet:
    """Turn an answer that holds one sheet into its rows.

    Raises:
        SheetMissingError, HeaderMissingError, HeaderDuplicateError: as `decode`.
    """
    for entry in answer.get("sheets", ()):
        if entry["properties"].get("sheetId", 0) == sheet_id(sheet.id):
            return _read_sheet(sheet, _layout(sheet, entry))
    raise SheetMissingError(f"Нет листов: «{sheet.title}»")


def _charts(entry: Json) -> dict[int, str]:
    return {
        int(chart.get("chartId", 0)): str(chart.get("spec", {}).get("title", ""))
        for chart in entry.get("charts", ())
    }


def _layout(sheet: SheetSpec, entry: Json) -> SheetLayout:
    properties = entry["properties"]
    data = entry.get("data") or [{}]
    cells = tuple(tuple(row.get("values", ())) for row in data[0].get("rowData", ()))
    titles = {column.title: column.id for column in sheet.columns}
    header_row, columns = _find_header(sheet, properties.get("title", ""), cells, titles)
    return SheetLayout(
        sheet_id(sheet.id),
        str(properties.get("title", "")),
        header_row,
        columns,
        {column.id: column.title for column in sheet.columns},
        columns[sheet.key_column] if sheet.key_column is not None else 0,
        cells,
    )


def header_of(sheet: SheetSpec, entry: Json) -> tuple[int, list[str]]:
    """Return the grid row that holds a sheet's header and the texts in it, "" for an empty cell."""
    data = entry.get("data") or [{}]
    cells = tuple(tuple(row.get("values", ())) for row in data[0].get("rowData", ()))
    index, _ = _header_row(cells, {column.title for column in sheet.columns})
    return index, [_text(cell) for cell in cells[index]] if cells else []


def _header_row(
    cells: tuple[tuple[Json, ...], ...], titles: Collection[str]
) -> tuple[int, list[tuple[int, str]]]:
    best: tuple[int, list[tuple[int, str]]] = (0, [])
    for index, row in enumerate(cells[:_HEADER_SEARCH_ROWS]):
        hits = [(place, text) for place, cell in enumerate(row) if (text := _text(cell)) in titles]
        if len(hits) > len(best[1]):
            best = (index, hits)
    return best


def _find_header(
    sheet: SheetSpec, title: str, cells: tuple[tuple[Json, ...], ...], titles: Mapping[str, str]
) -> tuple[int, dict[str, int]]:
    header_row, hits = _header_row(cells, titles)
    seen = [text for _, text in hits]
    twice = sorted({text for text in seen if seen.count(text) > 1})
    if twice:
        names = ", ".join(f"«{text}»" for text in twice)
        raise HeaderDuplicateError(f"Лист «{title}»: колонка {names} встречается дважды")
    missing = [text for text in titles if text not in seen]
    if missing:
        names = ", ".join(f"«{text}»" for text in missing)
        raise HeaderMissingError(f"Лист «{title or sheet.title}»: нет колонки {names}")
    return header_row, {titles[text]: place for place, text in hits}


def _text(cell: Json) -> str:
    value = cell_value(cell, "text")
    return value.strip() if isinstance(value, str) else ""


def _read_sheet(sheet: SheetSpec, layout: SheetLayout) -> ReadSheet:
    key_column = sheet.key_column
    rows = []
    for index in range(layout.header_row + 1, len(layout.cells)):
        cells: dict[str, CellValue] = {}
        formulas: dict[str, str] = {}
        for column in sheet.columns:
            raw = layout.cell(index, layout.columns[column.id])
            if not raw:
                continue
            value = cell_value(raw, column.type)
            formula = formula_of(raw)
            if formula is not None:
                formulas[column.id] = formula
            if value is not None and value != "":
                cells[column.id] = value
        if cells or formulas:
            key = "" if key_column is None else _key(cells.get(key_column))
            rows.append(ReadRow(index, key, cells, formulas))
    return ReadSheet(sheet.id, tuple(rows))


def _key(value: CellValue) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    return str(value).strip()


def _read_sync(
    layout: SheetLayout,
) -> tuple[dict[tuple[str, str], dict[str, str]], dict[tuple[str, str], Memory], dict[tuple[str, str], int]]:
    digests: dict[tuple[str, str], dict[str, str]] = {}
    memory: dict[tuple[str, str], Memory] = {}
    places: dict[tuple[str, str], int] = {}
    for index in range(layout.header_row + 1, len(layout.cells)):
        sheet, key, prints, kept = (
            _plain(layout.cell(index, layout.columns[column]))
            for column in ("sheet", "key", "digests", "memory")
        )
        if not sheet:
            continue
        identity = (sheet, key)
        digests[identity] = decode_digests(prints)
        memory[identity] = _json(kept)
        places[identity] = index
    return digests, memory, places


def _plain(cell: Json) -> str:
    value = cell_value(cell, "text")
    return "" if value is None else str(value)


def _json(text: str) -> dict[str, Any]:
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def encode_digests(digests: Mapping[str, str]) -> str:
    """Write fingerprints by column as one cell's text."""
    return " ".join(f"{column}={mark}" for column, mark in digests.items())


def decode_digests(text: str) -> dict[str, str]:
    """Read what `encode_digests` wrote."""
    return dict(part.split("=", 1) for part in text.split() if "=" in part)
