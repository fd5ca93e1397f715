"""The rows of one sheet, read and written through a small write-back cache.

One record per row that holds anything, so that a range of a long sheet is read without the rest and
memory stays bounded: the cache is written out when it holds many rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from .cells import Cell, has_value

_CACHE_ROWS = 4_000
_BLOCK = 1_000
_READ = "SELECT row, cells, properties FROM sheets_row WHERE grid = ? AND row >= ? AND row < ? ORDER BY row"
_WRITE = (
    "INSERT OR REPLACE INTO sheets_row (grid, row, cells, filled, formulas, properties) "
    "VALUES (?, ?, ?, ?, ?, ?)"
)
_DELETE = "DELETE FROM sheets_row WHERE grid = ? AND row = ?"
_READ_FILLED = _READ.replace(" ORDER BY", " AND filled IS NOT NULL ORDER BY")


@dataclass(slots=True)
class Row:
    """The cells of one row by column, and the row's own properties (height, hidden)."""

    cells: dict[int, Cell] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    changed: bool = False


def _decode(cells: str, properties: str | None) -> Row:
    return Row(dict(orjson.loads(cells)), orjson.loads(properties) if properties else {})


class Grid:
    """The stored rows of one sheet inside one transaction."""

    def __init__(self, tx: sqlite3.Connection, grid: int) -> None:
        self._tx = tx
        self.key = grid
        self._cache: dict[int, Row | None] = {}
        self._changed: set[int] = set()

    def row(self, index: int) -> Row | None:
        """Returns a row for reading, or None where nothing is stored."""
        if index in self._cache:
            return self._cache[index]
        found = self._tx.execute(_READ, (self.key, index, index + 1)).fetchone()
        row = _decode(found[1], found[2]) if found else None
        self._keep(index, row)
        return row

    def writable(self, index: int) -> Row:
        """Returns a row for changing; it is stored at the next flush."""
        row = self.row(index)
        if row is None:
            row = Row()
            self._cache[index] = row
        self._changed.add(index)
        return row

    def change(self, index: int, row: Row) -> None:
        """Takes a row that was streamed and then changed; it is stored at the next flush."""
        self._keep(index, row)
        self._changed.add(index)

    def load(self, start: int, end: int) -> None:
        """Brings the rows [start, end) into the cache with one query, if they are not too many."""
        if end - start > _CACHE_ROWS:
            return
        known = self._cache
        for index, cells, properties in self._tx.execute(_READ, (self.key, start, end)):
            if index not in known:
                known[index] = _decode(cells, properties)
        for index in range(start, end):
            known.setdefault(index, None)

    def rows(self, start: int, end: int, *, with_values: bool = False) -> Iterator[tuple[int, Row]]:
        """Streams the stored rows of [start, end) in order, for reading; only those with values if asked."""
        self.flush()
        query = _READ_FILLED if with_values else _READ
        for index, cells, properties in self._tx.execute(query, (self.key, start, end)):
            yield index, _decode(cells, properties)

    def writable_rows(self, start: int, end: int) -> Iterator[tuple[int, Row]]:
        """Gives the stored rows of [start, end) in order, for changing, a block at a time."""
        self.flush()
        while start < end:
            block = self._tx.execute(_READ + " LIMIT 1000", (self.key, start, end)).fetchall()
            for index, cells, properties in block:
                row = _decode(cells, properties)
                self._cache[index] = row
                self._changed.add(index)
                yield index, row
                # A formula that was computed meanwhile may have written out and dropped the row.
                self._cache[index] = row
                self._changed.add(index)
            self.flush()
            if len(block) < 1000:
                return
            start = block[-1][0] + 1

    def formula_rows(self) -> Iterator[tuple[int, Row]]:
        """Gives the rows that hold formulas, for changing."""
        self.flush()
        found = self._tx.execute(
            "SELECT row, cells, properties FROM sheets_row WHERE grid = ? AND formulas = 1", (self.key,)
        ).fetchall()
        for index, cells, properties in found:
            row = _decode(cells, properties)
            self._cache[index] = row
            self._changed.add(index)
            yield index, row
            self._cache[index] = row
            self._changed.add(index)
        self.flush()

    def marked_rows(self, marks: Sequence[str]) -> Iterator[tuple[int, Row]]:
        """Gives the rows with formulas whose text has any of some parts, letters' case aside, for reading."""
        self.flush()
        wanted = " OR ".join("cells LIKE ?" for _ in marks)
        found = self._tx.execute(
            f"SELECT row, cells, properties FROM sheets_row WHERE grid = ? AND formulas = 1 AND ({wanted}) "
            "ORDER BY +row",  # the sign lets the index of formulas be used, which is the shorter way
            (self.key, *(f"%{mark}%" for mark in marks)),
        ).fetchall()
        for index, cells, properties in found:
            yield index, _decode(cells, properties)

    def has_formulas(self) -> bool:
        """Tells whether any cell of the sheet holds a formula."""
        self.flush()
        query = "SELECT 1 FROM sheets_row WHERE grid = ? AND formulas = 1 LIMIT 1"
        return self._tx.execute(query, (self.key,)).fetchone() is not None

    def cell(self, row: int, column: int) -> Cell | None:
        """Returns a cell for reading, or None."""
        found = self.row(row)
        return found.cells.get(column) if found else None

    def writable_cell(self, row: int, column: int) -> Cell:
        """Returns a cell for changing."""
        return self.writable(row).cells.setdefault(column, {})

    def filled(self, start: int, end: int, *, backwards: bool = False) -> Iterator[tuple[int, int]]:
        """Streams (row, bit mask of its columns with values) for the rows of [start, end) with values."""
        self.flush()
        order = "DESC" if backwards else "ASC"
        query = (
            "SELECT row, filled FROM sheets_row WHERE grid = ? AND row >= ? AND row < ? "
            f"AND filled IS NOT NULL ORDER BY row {order}"
        )
        known: dict[bytes, int] = {}  # a long sheet has few different masks
        for row, mask in self._tx.execute(query, (self.key, start, end)):
            if mask not in known:
                known[mask] = int.from_bytes(mask, "little")
            yield row, known[mask]

    def propertied_rows(self, start: int, end: int) -> list[tuple[int, dict[str, Any]]]:
        """Returns (row, properties) of the rows of [start, end) that have a height or are hidden."""
        self.flush()
        query = (
            "SELECT row, properties FROM sheets_row "
            "WHERE grid = ? AND row >= ? AND row < ? AND properties IS NOT NULL"
        )
        return [(row, orjson.loads(text)) for row, text in self._tx.execute(query, (self.key, start, end))]

    def last_filled_row(self) -> int:
        """Returns the index of the last row with a value, or -1."""
        return next((row for row, _ in self.filled(0, 2**62, backwards=True)), -1)

    def change_alike(
        self, start: int, end: int, period: int, change: Callable[[dict[int, Cell], int], None]
    ) -> None:
        """Changes the cells of every row of [start, end), stored or not; of rows that are alike only one.

        ``change`` gets the cells of a row and the row's place in its period, and may look at nothing else.
        """
        self.forget()
        made: dict[tuple[str, int], tuple[str, bytes | None, int] | None] = {}
        for first in range(start, end, _BLOCK):
            last = min(first + _BLOCK, end)
            stored = {row[0]: row[1:] for row in self._tx.execute(_READ, (self.key, first, last))}
            records, gone = [], []
            for index in range(first, last):
                cells, properties = stored.get(index, ("[]", None))
                alike = (cells, (index - start) % period)
                if alike not in made:
                    if len(made) > _BLOCK:
                        made.clear()
                    row = _decode(cells, None)
                    change(row.cells, alike[1])
                    _prune(row)
                    made[alike] = _encode(row)[:3] if row.cells else None
                record = made[alike] or (("[]", None, 0) if properties else None)
                if record is not None:
                    records.append((self.key, index, *record, properties))
                elif index in stored:
                    gone.append((self.key, index))
            self._tx.executemany(_DELETE, gone)
            self._tx.executemany(_WRITE, records)

    def flush(self) -> None:
        """Writes the changed rows; the cache keeps what it holds unless it is large."""
        if self._changed:
            gone, kept = [], []
            for index in self._changed:
                row = self._cache[index]
                if row is None or not _prune(row):
                    self._cache[index] = None
                    gone.append((self.key, index))
                else:
                    kept.append((self.key, index, *_encode(row)))
            self._tx.executemany(_DELETE, gone)
            self._tx.executemany(_WRITE, kept)
            self._changed.clear()
        if len(self._cache) > _CACHE_ROWS:
            self._cache.clear()

    def forget(self) -> None:
        """Writes the changed rows and empties the cache; done before positions change in the store."""
        self.flush()
        self._cache.clear()

    def drop_rows(self, start: int, end: int) -> None:
        """Deletes the stored rows of [start, end)."""
        self.forget()
        self._tx.execute(
            "DELETE FROM sheets_row WHERE grid = ? AND row >= ? AND row < ?", (self.key, start, end)
        )

    def renumber(self, start: int, end: int | None, step: int) -> None:
        """Moves the stored rows of [start, end) by a number of places; the target must be free."""
        self.forget()
        high = 2**62 if end is None else end
        self._tx.execute(
            "UPDATE sheets_row SET row = -(row + ?) - 1 WHERE grid = ? AND row >= ? AND row < ?",
            (step, self.key, start, high),
        )
        self._settle()

    def exchange(self, start: int, end: int, step: int, low: int, high: int, back: int) -> None:
        """Moves the rows of [start, end) by ``step`` and those of [low, high) by ``back`` at once."""
        self.forget()
        self._tx.execute(
            "UPDATE sheets_row SET row = -(row + CASE WHEN row >= ? AND row < ? THEN ? ELSE ? END) - 1 "
            "WHERE grid = ? AND ((row >= ? AND row < ?) OR (row >= ? AND row < ?))",
            (start, end, step, back, self.key, start, end, low, high),
        )
        self._settle()

    def _settle(self) -> None:
        self._tx.execute("UPDATE sheets_row SET row = -row - 1 WHERE grid = ? AND row < 0", (self.key,))

    def _keep(self, index: int, row: Row | None) -> None:
        if len(self._cache) > _CACHE_ROWS:
            self.flush()
        self._cache[index] = row


def _prune(row: Row) -> bool:
    for column in [column for column, cell in row.cells.items() if not cell]:
        del row.cells[column]
    return bool(row.cells or row.properties)


def _encode(row: Row) -> tuple[str, bytes | None, int, str | None]:
    mask, formulas = 0, 0
    for column, cell in row.cells.items():
        if has_value(cell):
            mask |= 1 << column
        if "e" in cell or "p" in cell:
            formulas = 1
    filled = mask.to_bytes((mask.bit_length() + 7) // 8, "little") if mask else None
    text = orjson.dumps(sorted(row.cells.items())).decode()
    return text, filled, formulas, orjson.dumps(row.properties).decode() if row.properties else None
