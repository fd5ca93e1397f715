"""«Обновить сейчас»: staff change the cell, the next look notices it, and the run answers beside it.

Staff's cell itself is never written. So a request is a cell that says something else than at the last answer:
every click on the box asks once.
"""

from sheets_sync.domain.intake.settings import RUN_NOW
from sheets_sync.domain.moment import WHEN
from sheets_sync.domain.tables import ReadRow, ReadSheet, Row, Table, Workbook, table
from sheets_sync.domain.textforms import cleaned

SHEET = "settings"
_NO = "нет"
_AS_MADE = frozenset({"", _NO, "-", "0", "ложь", "false"})


def is_asked(settings: ReadSheet) -> bool:
    """Whether the cell says something else than at the last answer, told from the sheet alone."""
    row = settings.by_key().get(RUN_NOW)
    return row is not None and _said(row, "value") != _said(row, "answered")


def answer_table(workbook: Workbook) -> Table:
    """Return what should stand beside the cell: a new answer when somebody asked, else the one before."""
    row = workbook.sheets[SHEET].by_key().get(RUN_NOW) if SHEET in workbook.sheets else None
    if row is None:
        return table(SHEET, ())
    memory = workbook.memory.get((SHEET, RUN_NOW), {})
    said = _said(row, "value")
    if said == str(memory.get("answered", _NO)):
        if not memory:
            return table(SHEET, ())
        cells = {name: str(memory[name]) for name in ("answer", "answered")}
        return table(SHEET, [Row(RUN_NOW, dict(cells), memory=memory)])
    answer = {"answer": f"Обновлено {WHEN} по просьбе", "answered": said}
    return table(SHEET, [Row(RUN_NOW, dict(answer), memory=answer)])


def _said(row: ReadRow, column: str) -> str:
    text = cleaned(row.text(column)).casefold()
    return _NO if text in _AS_MADE else text
