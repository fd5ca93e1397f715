"""Results that fill several cells, and pivot tables: which cells they fill, and what stops them.

Source: Google's help on array formulas (the result fills the cells right of and below the formula; where one
of them holds something the formula shows #REF! and nothing is filled).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from .a1 import cell_name
from .arrayfunctions import MARKS, may_spread
from .book import Sheet
from .cells import Cell, has_value
from .grid import Row

Filled = dict[int, dict[int, Any]]
_PASSES = 3


class Computer(Protocol):
    """Computes formulas whole."""

    def lines(self, sheet: Sheet, row: int, column: int, cell: Cell) -> list[list[Any]] | None:
        """Returns a result of several cells line by line, or None for one cell."""

    def block(self, sheet: Sheet, row: int, column: int, error: dict[str, Any]) -> None:
        """Lets a formula show an error in place of its result."""

    def forget(self) -> None:
        """Forgets the values that were computed without the cells filled so far."""


class Spreading:
    """The cells that the formulas of one spreadsheet fill, sheet by sheet, found when they are asked for."""

    def __init__(self, computer: Computer) -> None:
        self._computer = computer
        self._filled: dict[int, Filled] = {}

    def of(self, sheet: Sheet) -> Filled:
        """Returns the filled cells of a sheet by row and column; a formula's own cell is not among them."""
        if sheet.sheet_id not in self._filled:
            self._filled[sheet.sheet_id] = {}
            starts = list(_starts(sheet))
            for _ in range(_PASSES if len(starts) > 1 else 1):
                found = self._spread(sheet, starts)
                if found == self._filled[sheet.sheet_id]:
                    break
                self._filled[sheet.sheet_id] = found
                self._computer.forget()
        return self._filled[sheet.sheet_id]

    def _spread(self, sheet: Sheet, starts: list[tuple[int, int, Cell]]) -> Filled:
        found: Filled = {}
        for row, column, cell in starts:
            lines = self._computer.lines(sheet, row, column, cell)
            if lines is None:
                continue
            stop = _stop(sheet, row, column, lines, found)
            pivot = "p" in cell and "e" not in cell
            if stop is not None:
                error = {"type": "REF", "message": stop}
                self._computer.block(sheet, row, column, error)
                lines = [[error]] if pivot else []
            for down, line in enumerate(lines):
                for right, value in enumerate(line):
                    if (down or right or pivot) and value is not None:
                        found.setdefault(row + down, {})[column + right] = value
        return found


def _starts(sheet: Sheet) -> Iterator[tuple[int, int, Cell]]:
    for index, row in sheet.grid.marked_rows(MARKS):
        for column in sorted(row.cells):
            cell = row.cells[column]
            if "p" in cell or ("e" in cell and may_spread(cell["e"])):
                yield index, column, cell


def _stop(sheet: Sheet, row: int, column: int, lines: list[list[Any]], found: Filled) -> str | None:
    height, width = len(lines), max(map(len, lines), default=0)
    if row + height > sheet.row_count or column + width > sheet.column_count:
        return "Result was not automatically expanded, please insert more rows or columns."
    for down in range(height):
        stored = sheet.grid.row(row + down)
        for right in range(width):
            if not down and not right:
                continue
            cell = stored.cells.get(column + right, {}) if stored else {}
            if has_value(cell) or column + right in found.get(row + down, {}):
                name = cell_name(row + down, column + right)
                return f"Array result was not expanded because it would overwrite data in {name}."
    return None


def with_filled(
    rows: Iterator[tuple[int, Row]], filled: Filled, start: int, end: int
) -> Iterator[tuple[int, Row]]:
    """Lays filled cells over stored rows; each stands there under the key ``s``."""
    waiting = sorted(index for index in filled if start <= index < end)
    for index, row in rows:
        while waiting and waiting[0] < index:
            yield waiting[0], _laid(Row(), filled[waiting.pop(0)])
        if waiting and waiting[0] == index:
            row = _laid(row, filled[waiting.pop(0)])
        yield index, row
    for index in waiting:
        yield index, _laid(Row(), filled[index])


def _laid(row: Row, values: dict[int, Any]) -> Row:
    cells = dict(row.cells)
    for column, value in values.items():
        cells[column] = {**cells.get(column, {}), "s": value}
    return Row(dict(sorted(cells.items())), row.properties)
