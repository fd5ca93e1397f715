"""Texts that say when the commit was made: a plan leaves a gap, and the run fills it right before it writes.

So the plan that `--dry-run` prints stays the one that is applied, however late that happens.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sheets_sync.domain.plan import AppendRow, Plan, Remember, SetCells, SheetChange
from sheets_sync.domain.reconcile import fingerprint
from sheets_sync.domain.tables import CellValue

WHEN = "‹день и время записи›"
"""The gap; no text of people goes where it is looked for, since only cells of the program hold it."""

SHEETS = frozenset({"state", "settings"})
"""The sheets in which the program says when it wrote."""


def stamped(plan: Plan, moment: datetime) -> Plan:
    """Return the plan with the moment in its gaps, and in what is remembered of those cells."""
    told = f"{moment:%d.%m.%Y} в {moment:%H:%M}"
    gaps: dict[tuple[str, str, str], str] = {}
    for change in plan.computed:
        match change:
            case AppendRow() if change.sheet in SHEETS:
                gaps |= _gaps(change.sheet, change.key, change.cells, told)
            case SetCells() if change.sheet in SHEETS:
                new = {column: wanted for column, (_, wanted) in change.cells.items()}
                gaps |= _gaps(change.sheet, change.key, new, told)
    return replace(plan, computed=tuple(_filled(change, gaps, told) for change in plan.computed))


def _gaps(sheet: str, key: str, cells: Mapping[str, CellValue], told: str) -> dict[tuple[str, str, str], str]:
    return {
        (sheet, key, column): value.replace(WHEN, told)
        for column, value in cells.items()
        if isinstance(value, str) and WHEN in value
    }


def _filled(change: SheetChange, gaps: dict[tuple[str, str, str], str], told: str) -> SheetChange:
    def value_of(column: str, value: CellValue) -> CellValue:
        return gaps.get((change.sheet, change.key, column), value)

    match change:
        case AppendRow():
            return replace(change, cells={name: value_of(name, one) for name, one in change.cells.items()})
        case SetCells():
            cells = {name: (old, value_of(name, new)) for name, (old, new) in change.cells.items()}
            return replace(change, cells=cells)
        case Remember() if change.sheet in SHEETS:
            marks = {
                name: fingerprint(gaps[change.sheet, change.key, name])
                if (change.sheet, change.key, name) in gaps
                else mark
                for name, mark in change.digests.items()
            }
            memory = {
                name: one.replace(WHEN, told) if isinstance(one, str) else one
                for name, one in change.memory.items()
            }
            return replace(change, digests=marks, memory=memory)
        case _:
            return change
