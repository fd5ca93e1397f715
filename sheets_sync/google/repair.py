"""Put right the cells that fell on another row because staff moved rows while a commit was under way."""

from collections.abc import Sequence

from sheets_sync.domain.reconcile import canonical
from sheets_sync.domain.tables import CellValue, Formula
from sheets_sync.google.cells import Json, cell_value, formula_of
from sheets_sync.google.changes import WrittenCell, update_cells
from sheets_sync.google.grid import Grid, SheetLayout


def repairs(before: Grid, written: Sequence[WrittenCell], after: Grid) -> list[Json]:
    """Return the requests that give every touched cell its due value; none when all fell where they should.

    Shape: `before` is the look the commit was made from, `after` a look taken since. A cell that a misplaced
    write hit gets back what stood at its own row and column before (or what the same commit meant for it).
    """
    wanted = {(cell.sheet, cell.key, cell.column): cell.value for cell in written}
    due: dict[tuple[str, int, int], CellValue] = {}
    for cell in written:
        layout = after.layouts[cell.sheet]
        row, place = after.row_of(cell.sheet, cell.key), layout.columns[cell.column]
        if (row, place) == (cell.row, cell.place):
            continue
        if row is not None:
            due[(cell.sheet, row, place)] = cell.value
        due.setdefault((cell.sheet, cell.row, cell.place), _rightful(before, after, cell, wanted))
    return [
        update_cells(after.layouts[sheet].sheet_id, row, place, [[value]])
        for (sheet, row, place), value in due.items()
        if canonical(_standing(after.layouts[sheet], row, place, value)) != canonical(value)
    ]


def _rightful(
    before: Grid, after: Grid, cell: WrittenCell, wanted: dict[tuple[str, str, str], CellValue]
) -> CellValue:
    now, was = after.layouts[cell.sheet], before.layouts[cell.sheet]
    owners = {row: key for key, row in after.rows[cell.sheet].items()}
    key = owners.get(cell.row)
    column = next((name for name, place in now.columns.items() if place == cell.place), None)
    if key is None or column is None:
        return None
    if (cell.sheet, key, column) in wanted:
        return wanted[(cell.sheet, key, column)]
    old_row = before.row_of(cell.sheet, key)
    if old_row is None:
        return None
    return _typed(was.cell(old_row, was.columns[column]), "text")


def _typed(raw: Json, kind: str) -> CellValue:
    formula = formula_of(raw)
    return Formula(formula) if formula is not None else cell_value(raw, kind)


def _standing(layout: SheetLayout, row: int, place: int, like: CellValue) -> CellValue:
    kind = "date" if like is not None and not isinstance(like, str | int | float | bool | Formula) else "text"
    return _typed(layout.cell(row, place), kind)
