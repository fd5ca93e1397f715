"""Compare the rows that should stand in a sheet with those that do, cell by cell, and spare what staff typed.

The rule for one computed cell is a three-way merge: what the program wants now, what it wrote last (known by
fingerprint), what stands there. A value that is neither is staff's: it stays and is reported; an emptied cell
is given back to the program.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sheets_sync.domain.plan import AppendRow, Remember, SetCells, SheetChange
from sheets_sync.domain.tables import (
    CellValue,
    DocumentLink,
    Formula,
    ReadRow,
    Row,
    Table,
    Workbook,
    storable,
)

KEY = "key"
"""The column that names a row: written when the row is appended and never again."""


@dataclass(frozen=True, slots=True)
class Override:
    """A value that staff typed over a computed one."""

    sheet: str
    key: str
    column: str
    index: int
    typed: CellValue
    computed: CellValue


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What has to change in one sheet, and what staff changed there."""

    changes: tuple[SheetChange, ...]
    overrides: tuple[Override, ...]


def canonical(value: CellValue) -> str:
    """Return a text that is equal for two values exactly when a sheet shows them as the same value."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f"b{int(value)}"
    if isinstance(value, date):
        return f"d{value.isoformat()}"
    if isinstance(value, Formula):
        return f"f{value.text}"
    if isinstance(value, DocumentLink):
        return f"l{value.document}"
    if isinstance(value, int | float):
        return f"n{float(value)!r}"
    return f"s{value}"


def fingerprint(value: CellValue) -> str:
    """Return eight hexadecimal digits that stand for a value in the hidden sheet."""
    return hashlib.blake2s(canonical(value).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


def reconcile(wanted: Table, workbook: Workbook) -> Reconciled:
    """Say which cells of a sheet to write so that it shows the wanted rows, and which staff have taken over.

    A row that staff deleted is not brought back; a row that is no longer wanted is left as it stands.
    """
    standing = workbook.sheets[wanted.sheet].by_key() if wanted.sheet in workbook.sheets else {}
    changes: list[SheetChange] = []
    overrides: list[Override] = []
    for row in map(_that_fits, wanted.rows):
        identity = (wanted.sheet, row.key)
        found = standing.get(row.key)
        if found is None:
            if identity not in workbook.deleted:
                changes += _append(wanted.sheet, row)
            continue
        known = workbook.digests.get(identity, {})
        cells, taken = _compare(wanted.sheet, row, found, known)
        overrides += taken
        if cells:
            changes.append(SetCells(wanted.sheet, row.key, found.index, cells, row.reason))
        digests = _digests(row, known, {override.column for override in taken})
        if digests != dict(known) or dict(workbook.memory.get(identity, {})) != dict(row.memory):
            changes.append(Remember(wanted.sheet, row.key, digests, row.memory))
    return Reconciled(tuple(changes), tuple(overrides))


def reconcile_all(tables: Iterable[Table], workbook: Workbook) -> Reconciled:
    """Reconcile several sheets, in order."""
    done = [reconcile(table, workbook) for table in tables]
    return Reconciled(
        tuple(change for part in done for change in part.changes),
        tuple(override for part in done for override in part.overrides),
    )


def _that_fits(row: Row) -> Row:
    # One text beyond a cell's limit would have the service refuse the whole night.
    return replace(row, cells={name: _storable(value) for name, value in row.cells.items()})


def _storable(value: CellValue) -> CellValue:
    return storable(value) if isinstance(value, str) else value


def _append(sheet: str, row: Row) -> list[SheetChange]:
    cells = {KEY: row.key, **row.cells, **row.initial}
    digests = {column: fingerprint(value) for column, value in row.cells.items() if column != KEY}
    return [AppendRow(sheet, row.key, cells, row.reason), Remember(sheet, row.key, digests, row.memory)]


def _compare(
    sheet: str, row: Row, found: ReadRow, known: Mapping[str, str]
) -> tuple[dict[str, tuple[CellValue, CellValue]], list[Override]]:
    cells: dict[str, tuple[CellValue, CellValue]] = {}
    taken: list[Override] = []
    for column, want in row.cells.items():
        if column == KEY:
            continue
        formula = found.formulas.get(column)
        have: CellValue = Formula(formula) if formula is not None else found.cells.get(column)
        if canonical(have) == canonical(want):
            continue
        if canonical(have) == "" or fingerprint(have) == known.get(column):
            cells[column] = (have, want)
        else:
            taken.append(Override(sheet, row.key, column, found.index, have, want))
    return cells, taken


def _digests(row: Row, known: Mapping[str, str], taken: set[str]) -> dict[str, str]:
    digests = {}
    for column, value in row.cells.items():
        if column == KEY:
            continue
        kept = known.get(column) if column in taken else fingerprint(value)
        if kept is not None:
            digests[column] = kept
    return digests
