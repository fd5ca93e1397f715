"""Which rows of a sheet its page shows: a part of them, those with a text, those of a filter view."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.sheetreading import gid_of, read_runs
from sheets_sync.emulator.pages.sheetview import cell_place
from sheets_sync.emulator.sheets.finding import last_filled_row, rows_of_view, rows_showing

PER_PAGE = 300
SPARE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for: rows from `start` or with `cell`, the text `find` in a `column`, a `view`."""

    start: str = ""
    cell: str = ""
    find: str = ""
    column: int | None = None
    view: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows shown, as blocks of grid data, the frozen ones first; rows count from 0.

    `before` and `after` are where the parts beside this one start; `found` is how many rows were found,
    None when nothing was looked for, and `more` tells that there are others.
    """

    blocks: list[Json]
    start: int = 0
    before: int | None = None
    after: int | None = None
    found: int | None = None
    more: bool = False


def part_of(call: Call, name: str, sheet: Json, wanted: Wanted) -> Part:
    """Read the rows that a page shows, at most 300 below the frozen ones."""
    asked = replace(call, params={"spreadsheetId": name})
    gid, frozen = gid_of(sheet), frozen_rows(sheet)
    if wanted.find:
        hits = rows_showing(asked, gid, wanted.find, frozen + PER_PAGE + 1, wanted.column)
        return _found(call, name, sheet, hits)
    if wanted.view.isdecimal():
        passed = rows_of_view(asked, gid, int(wanted.view), frozen + PER_PAGE + 1)
        if passed is not None:
            return _found(call, name, sheet, passed)
    return _in_order(call, name, sheet, wanted, last_filled_row(asked, gid))


def frozen_rows(sheet: Json) -> int:
    """Return how many rows stay while the others are scrolled."""
    count: int = sheet["properties"].get("gridProperties", {}).get("frozenRowCount", 0)
    return count


def _found(call: Call, name: str, sheet: Json, hits: list[int]) -> Part:
    frozen = frozen_rows(sheet)
    below = [row for row in hits if row >= frozen]
    shown = below[:PER_PAGE]
    blocks = read_runs(call, name, sheet, _runs([*range(frozen), *shown]) or [(0, 0)])
    return Part(blocks, found=len(shown), more=len(below) > PER_PAGE)


def _in_order(call: Call, name: str, sheet: Json, wanted: Wanted, last: int) -> Part:
    frozen = frozen_rows(sheet)
    place = cell_place(wanted.cell)
    row = place[0] if place else 0
    start = row // PER_PAGE * PER_PAGE if row >= frozen else 0
    if wanted.start:
        start = int(wanted.start) if wanted.start.isdecimal() and len(wanted.start) < 9 else 0
    end = max(last + 1, frozen) + SPARE_ROWS
    if start <= row < start + PER_PAGE:
        end = max(end, row + 1 + SPARE_ROWS)
    head = [(0, frozen)] if frozen and start > frozen else []
    blocks = read_runs(call, name, sheet, [*head, (start, min(end, start + PER_PAGE))])
    return Part(
        blocks,
        start,
        max(start - PER_PAGE, 0) if start else None,
        start + PER_PAGE if last >= start + PER_PAGE else None,
    )


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row:
            runs[-1] = (runs[-1][0], row + 1)
        else:
            runs.append((row, row + 1))
    return runs
