"""The master spreadsheet at the service: one look, one guarded commit."""

import json
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL
from gspread.utils import rowcol_to_a1

from sheets_sync.domain.plan import SheetChange
from sheets_sync.domain.tables import ReadSheet, Workbook
from sheets_sync.domain.workbook import WorkbookSpec
from sheets_sync.errors import (
    AnotherRunError,
    InvalidRequestError,
    SheetsSyncError,
    TryLaterError,
    UnknownOutcomeError,
)
from sheets_sync.google.cells import Json, cell_value
from sheets_sync.google.changes import WrittenCell, forget_markers, marker, requests_for, written_cells
from sheets_sync.google.channel import Channel
from sheets_sync.google.grid import MARKER_KEY, READ_FIELDS, Grid, decode, decode_sheet, sheet_id
from sheets_sync.google.repair import repairs

KEPT_MARKERS = 5
KEPT_FOR = timedelta(hours=24)
_REPAIR_ROUNDS = 3
_SHEET_FIELDS = "sheets(properties(sheetId,title),data(rowData(values(userEnteredValue,effectiveValue))))"
_ANSWER_FIELDS = (
    "updatedSpreadsheet(sheets(properties(sheetId),"
    "data(startRow,startColumn,rowData(values(effectiveValue)))))"
)


@dataclass
class MasterSpreadsheet:
    """Reads and commits; a commit speaks of the rows as the last look saw them.

    Shape: `run` names this run in every marker it sets; `now` is aware.
    """

    channel: Channel
    spreadsheet: str
    spec: WorkbookSpec
    now: Callable[[], datetime]
    run: str = field(default_factory=lambda: uuid.uuid4().hex)
    _grid: Grid | None = None

    def read(self) -> Workbook:
        """Read the whole spreadsheet in one request."""
        self._grid = self._look()
        return self._grid.workbook

    def read_sheet(self, sheet: str) -> ReadSheet:
        """Read one sheet alone, by its number, in one light request.

        Source: discovery sheets.v4, spreadsheets.getByDataFilter; a GridRange without bounds is
        the whole sheet.
        """
        url = f"{SPREADSHEET_URL % self.spreadsheet}:getByDataFilter"
        answer = self.channel.call(
            "sheets",
            "чтение листа",
            lambda: self.channel.sheets.json(
                "post",
                url,
                params={"fields": _SHEET_FIELDS},
                body={"dataFilters": [{"gridRange": {"sheetId": sheet_id(sheet)}}]},
            ),
        )
        return decode_sheet(answer, self.spec.sheet(sheet))

    def commit(self, changes: Sequence[SheetChange], *, as_of: date) -> int:
        """Apply all changes in one guarded batch and put right what fell on rows that staff had moved."""
        grid = self._grid or self._look()
        self._grid = None
        written = written_cells(changes, grid)
        generation, answer = self._guarded(grid, requests_for(changes, grid), as_of, written)
        if written and not (answer and _fell_where_meant(answer, grid, written)):
            generation = self._settle(grid, written, generation, as_of)
        return generation

    def _look(self) -> Grid:
        url = SPREADSHEET_URL % self.spreadsheet
        answer = self.channel.call(
            "sheets",
            "чтение таблицы",
            lambda: self.channel.sheets.json("get", url, params={"fields": READ_FIELDS}),
        )
        return decode(answer, self.spec)

    def _settle(self, before: Grid, written: Sequence[WrittenCell], generation: int, as_of: date) -> int:
        for _ in range(_REPAIR_ROUNDS):
            after = self._look()
            requests = repairs(before, written, after)
            if not requests:
                break
            generation, _ = self._guarded(after, requests, as_of, ())
        return generation

    def _guarded(
        self, grid: Grid, requests: list[Json], as_of: date, written: Sequence[WrittenCell]
    ) -> tuple[int, Json | None]:
        generation = _free_generation(grid)
        stamp = {"run": self.run, "as_of": as_of.isoformat(), "at": self.now().isoformat()}
        body: Json = {
            "requests": [
                marker(generation, stamp),
                *requests,
                *forget_markers(_old_markers(grid, generation, self.now())),
            ]
        }
        if written:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": _ranges_to_check(grid, written),
            }
        url = SPREADSHEET_BATCH_UPDATE_URL % self.spreadsheet
        try:
            answer: Json = self.channel.call(
                "sheets",
                "запись",
                lambda: self.channel.sheets.json("post", url, params={"fields": _ANSWER_FIELDS}, body=body),
                write=True,
            )
        except InvalidRequestError as refused:
            # A batch whose first reply was lost is refused when it is sent again: then the marker is ours.
            owner = self._owner(generation)
            if owner == self.run:
                return generation, None
            if owner is not None:
                raise AnotherRunError("Другой запуск записал раньше; этот ничего не менял") from refused
            raise
        except TryLaterError as silent:
            try:
                owner = self._owner(generation)
            except SheetsSyncError as blind:
                raise UnknownOutcomeError("Неизвестно, дошла ли запись до таблицы") from blind
            if owner != self.run:
                raise silent from None
            return generation, None
        return generation, answer

    def _owner(self, generation: int) -> str | None:
        url = SPREADSHEET_URL % self.spreadsheet
        answer = self.channel.call(
            "sheets",
            "проверка записи",
            lambda: self.channel.sheets.json("get", url, params={"fields": "developerMetadata"}),
        )
        for entry in answer.get("developerMetadata", ()):
            if entry.get("metadataId") == generation and entry.get("metadataKey") == MARKER_KEY:
                return str(_stamp(entry.get("metadataValue", "")).get("run", ""))
        return None


def _free_generation(grid: Grid) -> int:
    generation = grid.workbook.generation + 1
    while generation in grid.metadata:
        generation += 1
    return generation


def _old_markers(grid: Grid, generation: int, now: datetime) -> list[int]:
    ours = sorted(number for number, (key, _) in grid.metadata.items() if key == MARKER_KEY)
    old = []
    for number in ours[: max(0, len(ours) - KEPT_MARKERS)]:
        at = _stamp(grid.metadata[number][1]).get("at")
        if number < generation and at and now - datetime.fromisoformat(at) > KEPT_FOR:
            old.append(number)
    return old


def _stamp(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _ranges_to_check(grid: Grid, written: Sequence[WrittenCell]) -> list[str]:
    ranges = []
    for sheet in sorted({cell.sheet for cell in written}):
        layout = grid.layouts[sheet]
        title = layout.title.replace("'", "''")
        letter = rowcol_to_a1(1, layout.key_place + 1).rstrip("1")
        header = layout.header_row + 1
        ranges += [f"'{title}'!{letter}:{letter}", f"'{title}'!{header}:{header}"]
    return ranges


def _fell_where_meant(answer: Json, grid: Grid, written: Sequence[WrittenCell]) -> bool:
    shown: dict[tuple[int, int, int], str] = {}
    for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", ()):
        number = sheet.get("properties", {}).get("sheetId", 0)
        for block in sheet.get("data", ()):
            top, left = block.get("startRow", 0), block.get("startColumn", 0)
            for down, row in enumerate(block.get("rowData", ())):
                for right, cell in enumerate(row.get("values", ())):
                    shown[(number, top + down, left + right)] = _text(cell)
    for cell in written:
        layout = grid.layouts[cell.sheet]
        key = shown.get((layout.sheet_id, cell.row, layout.key_place))
        header = shown.get((layout.sheet_id, layout.header_row, cell.place))
        if key != cell.key or header != layout.titles[cell.column]:
            return False
    return True


def _text(cell: dict[str, Any]) -> str:
    value = cell_value(cell, "text")
    return "" if value is None else str(value).strip()
