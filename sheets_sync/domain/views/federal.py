"""Rows of «ФСН»: the statistical form as the school retypes it."""

from sheets_sync.domain.federal.form import FederalForm, RowCount, filled_form
from sheets_sync.domain.federal.participants import UNKNOWN, participants
from sheets_sync.domain.school import Evidence
from sheets_sync.domain.tables import Row, Table, Workbook, table


def federal_table(form: FederalForm | None, evidence: Evidence, workbook: Workbook) -> Table:
    """Return a row for each row of the form; one that is declared no more is emptied."""
    counted = filled_form(form, participants(evidence)) if form is not None else ()
    rows = [_row(one) for one in counted]
    wanted = {row.key for row in rows}
    emptied = {"title": "строки больше нет в форме", "value": "", "note": "", "formula": ""}
    rows += [Row(key, emptied) for key in workbook.remembered("federal") if key not in wanted]
    return table("federal", rows)


def _row(one: RowCount) -> Row:
    return Row(
        f"строка {one.row.code}",
        {
            "title": one.row.title,
            "value": UNKNOWN if one.number is None else one.number,
            "note": one.note,
            "formula": one.row.written,
        },
    )
