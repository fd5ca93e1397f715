"""Rows of «Запросы и ресурсы»: what is asked for and who can give it."""

from collections.abc import Sequence

from sheets_sync.domain.matching.demand import Demand
from sheets_sync.domain.tables import Row, Table, Workbook, table


def demand_table(lines: Sequence[Demand], workbook: Workbook) -> Table:
    """Return a row for each form and subject; one that nobody asks for or offers any more shows zeros."""
    rows = {}
    for line in lines:
        key = f"{line.form}/{line.subject}"
        rows[key] = _row(key, line.form, line.subject, line.requests, line.places, line.shortage)
    for key in workbook.remembered("demand"):
        if key not in rows:
            form, _, subject = key.partition("/")
            rows[key] = _row(key, form, subject, 0, 0, 0)
    return table("demand", rows.values())


def _row(key: str, form: str, subject: str, requests: int, places: int, shortage: int) -> Row:
    return Row(
        key,
        {
            "form": form,
            "subject": subject,
            "requests": requests,
            "places": places,
            "shortage": shortage or None,
        },
    )
