"""Changes of a plan as requests of one `spreadsheets.batchUpdate`."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.domain.plan import (
    AppendRow,
    DrawChart,
    NoteCell,
    Remember,
    RenameCells,
    SetCells,
    SheetChange,
)
from sheets_sync.domain.tables import CellValue
from sheets_sync.google.cells import Json, cell_data
from sheets_sync.google.charts import chart_request
from sheets_sync.google.grid import MARKER_KEY, Grid, SheetLayout, encode_digests


@dataclass(frozen=True, slots=True)
class WrittenCell:
    """A cell addressed by its place: grid row, grid column, and whose it was meant to be."""

    sheet: str
    key: str
    column: str
    row: int
    place: int
    value: CellValue


def written_cells(changes: Sequence[SheetChange], grid: Grid) -> list[WrittenCell]:
    """List the cells that the changes address by row number, where the last look saw their rows.

    A row that staff have deleted since the plan was made is passed over.
    """
    return [
        WrittenCell(change.sheet, change.key, column, row, _place(grid, change.sheet, column), new)
        for change in changes
        if isinstance(change, SetCells) and (row := grid.row_of(change.sheet, change.key)) is not None
        for column, (_, new) in change.cells.items()
    ]


def requests_for(changes: Sequence[SheetChange], grid: Grid) -> list[Json]:
    """Return the requests that carry out all changes.

    New rows go out as `appendCells`, where the service picks the row when it applies the batch. Source:
    discovery sheets.v4, AppendCellsRequest.
    """
    requests: list[Json] = []
    appended: dict[str, list[AppendRow]] = defaultdict(list)
    remembered: dict[tuple[str, str], Remember] = {}
    for change in changes:
        match change:
            case AppendRow():
                appended[change.sheet].append(change)
            case SetCells():
                requests += _set_cells(grid, change)
            case NoteCell():
                requests += _note(grid, change)
            case RenameCells():
                requests.append(_rename(grid.layouts[change.sheet], change))
            case DrawChart():
                requests.append(chart_request(change, grid))
            case Remember():
                remembered[(change.sheet, change.key)] = change
    for sheet, rows in appended.items():
        requests.append(_append(grid.layouts[sheet], [row.cells for row in rows]))
    return requests + _remember(grid, list(remembered.values()))


def marker(generation: int, stamp: Mapping[str, str]) -> Json:
    """Return the request that only one writer can make succeed: metadata with an id of our choosing.

    Source: discovery sheets.v4, DeveloperMetadata.metadataId («IDs may be specified»); the refusal of a
    second creation takes the whole batch with it: docs/emulator-support.md, row createDeveloperMetadata.
    """
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": generation,
                "metadataKey": MARKER_KEY,
                "metadataValue": json.dumps(dict(stamp)),
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }


def forget_markers(generations: Sequence[int]) -> list[Json]:
    """Return the requests that remove old markers."""
    return [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": {"metadataId": number}}}}
        for number in generations
    ]


def _place(grid: Grid, sheet: str, column: str) -> int:
    return grid.layouts[sheet].columns[column]


def _runs(cells: Mapping[int, CellValue]) -> Iterator[tuple[int, list[CellValue]]]:
    run: list[CellValue] = []
    start = -1
    for place in sorted(cells):
        if run and place == start + len(run):
            run.append(cells[place])
            continue
        if run:
            yield start, run
        start, run = place, [cells[place]]
    if run:
        yield start, run


def _set_cells(grid: Grid, change: SetCells) -> list[Json]:
    layout, row = grid.layouts[change.sheet], grid.row_of(change.sheet, change.key)
    if row is None:
        return []
    by_place = {layout.columns[column]: new for column, (_, new) in change.cells.items()}
    return [update_cells(layout.sheet_id, row, start, [values]) for start, values in _runs(by_place)]


def update_cells(sheet: int, row: int, column: int, rows: Sequence[Sequence[CellValue]]) -> Json:
    """Return the request that puts values into a block of cells and leaves formats, notes and rules alone."""
    return {
        "updateCells": {
            "start": {"sheetId": sheet, "rowIndex": row, "columnIndex": column},
            "rows": [{"values": [cell_data(value) for value in values]} for values in rows],
            "fields": "userEnteredValue",
        }
    }


def _note(grid: Grid, change: NoteCell) -> list[Json]:
    layout, row = grid.layouts[change.sheet], grid.row_of(change.sheet, change.key)
    if row is None:
        return []
    place = layout.columns[change.column]
    return [
        {
            "updateCells": {
                "start": {"sheetId": layout.sheet_id, "rowIndex": row, "columnIndex": place},
                "rows": [{"values": [{"note": change.note} if change.note else {}]}],
                "fields": "note",
            }
        }
    ]


def _rename(layout: SheetLayout, change: RenameCells) -> Json:
    """Return the request that finds a text wherever staff have moved it. Source: discovery sheets.v4,
    FindReplaceRequest (matchEntireCell, matchCase).
    """
    return {
        "findReplace": {
            "find": change.find,
            "replacement": change.replacement,
            "matchCase": True,
            "matchEntireCell": True,
            "sheetId": layout.sheet_id,
        }
    }


def _append(layout: SheetLayout, rows: Sequence[Mapping[str, CellValue]]) -> Json:
    encoded = []
    for cells in rows:
        by_place = {layout.columns[column]: value for column, value in cells.items()}
        width = max(by_place, default=-1) + 1
        encoded.append({"values": [cell_data(by_place.get(place)) for place in range(width)]})
    return {"appendCells": {"sheetId": layout.sheet_id, "rows": encoded, "fields": "userEnteredValue"}}


def _remember(grid: Grid, changes: Sequence[Remember]) -> list[Json]:
    layout = grid.layouts["sync"]
    requests: list[Json] = []
    new: list[Mapping[str, CellValue]] = []
    for change in changes:
        cells: dict[str, CellValue] = {
            "sheet": change.sheet,
            "key": change.key,
            "digests": encode_digests(change.digests),
            "memory": json.dumps(change.memory, ensure_ascii=False, sort_keys=True) if change.memory else "",
        }
        row = grid.sync_rows.get((change.sheet, change.key))
        if row is None:
            new.append(cells)
            continue
        by_place = {layout.columns[column]: value for column, value in cells.items()}
        requests += [update_cells(layout.sheet_id, row, start, [run]) for start, run in _runs(by_place)]
    if new:
        requests.append(_append(layout, new))
    return requests
