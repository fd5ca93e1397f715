"""Cells of many rows put into other rows at once, a block at a time, so that memory stays bounded.

What stands outside of the moved columns stays, and so do the rows' own properties (height, hidden).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import orjson

from .a1 import Box
from .book import Sheet
from .cells import Cell
from .formulatext import moved_formula

Move = tuple[int, int | None]
"""(row that is filled, row that its cells come from; None empties it)."""

_BLOCK = 1_000
_TABLES = (
    "CREATE TEMP TABLE IF NOT EXISTS sheets_move (target INTEGER PRIMARY KEY, origin INTEGER UNIQUE)",
    "CREATE TEMP TABLE IF NOT EXISTS sheets_moved (row INTEGER PRIMARY KEY, cells TEXT NOT NULL)",
)


def place_rows(tx: sqlite3.Connection, sheet: Sheet, box: Box, moves: Sequence[Move]) -> None:
    """Fills rows of a rectangle with the cells of others; relative references follow as when copied.

    ``moves`` are in the order of the filled rows; every row that loses its cells is filled or emptied by one
    of them.
    """
    changed = [move for move in moves if move[0] != move[1]]
    if not changed:
        return
    grid = sheet.grid
    grid.forget()
    for statement in _TABLES:
        tx.execute(statement)
    tx.executemany("INSERT INTO temp.sheets_move VALUES (?, ?)", changed)
    if box.left == 0 and box.right >= sheet.column_count and not grid.has_formulas():
        _renumber(tx, sheet, box)
    else:
        _rewrite(tx, sheet, box, changed)
    tx.execute("DELETE FROM temp.sheets_move")
    tx.execute("DELETE FROM temp.sheets_moved")


def _renumber(tx: sqlite3.Connection, sheet: Sheet, box: Box) -> None:
    """Moves whole rows by their numbers alone."""
    key, grid = sheet.grid.key, sheet.grid
    kept = grid.propertied_rows(box.top, box.bottom)
    tx.execute(
        "DELETE FROM sheets_row WHERE grid = ? AND row IN (SELECT target FROM temp.sheets_move) "
        "AND row NOT IN (SELECT origin FROM temp.sheets_move WHERE origin IS NOT NULL)",
        (key,),
    )
    tx.execute(
        "UPDATE sheets_row SET properties = NULL, "
        "row = -(SELECT target FROM temp.sheets_move WHERE origin = row) - 1 "
        "WHERE grid = ? AND row IN (SELECT origin FROM temp.sheets_move WHERE origin IS NOT NULL)",
        (key,),
    )
    tx.execute("UPDATE sheets_row SET row = -row - 1 WHERE grid = ? AND row < 0", (key,))
    for index, properties in kept:
        grid.writable(index).properties = properties
    tx.execute("DELETE FROM sheets_row WHERE grid = ? AND cells = '[]' AND properties IS NULL", (key,))


def _rewrite(tx: sqlite3.Connection, sheet: Sheet, box: Box, moves: Sequence[Move]) -> None:
    grid = sheet.grid
    tx.execute(
        "INSERT INTO temp.sheets_moved SELECT row, cells FROM sheets_row WHERE grid = ? AND row IN "
        "(SELECT origin FROM temp.sheets_move)",
        (grid.key,),
    )
    for start in range(0, len(moves), _BLOCK):
        part = moves[start : start + _BLOCK]
        taken = dict(
            tx.execute(
                "SELECT target, cells FROM temp.sheets_move JOIN temp.sheets_moved ON row = origin "
                "WHERE target BETWEEN ? AND ?",
                (part[0][0], part[-1][0]),
            )
        )
        grid.load(part[0][0], part[-1][0] + 1)
        for target, origin in part:
            row = grid.writable(target)
            cells = {c: cell for c, cell in row.cells.items() if not box.left <= c < box.right}
            for column, cell in orjson.loads(taken.get(target, "[]")):
                if box.left <= column < box.right and origin is not None:
                    cells[column] = _moved(cell, target - origin)
            row.cells = cells
        grid.forget()


def _moved(cell: Cell, rows: int) -> Cell:
    return {**cell, "e": moved_formula(cell["e"], rows, 0)} if "e" in cell else cell
