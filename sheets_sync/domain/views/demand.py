"""Rows of «Запросы и ресурсы»: what is asked for and who can give it."""

from collections.abc import Sequence

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.matching.demand import Demand
from sheets_sync.domain.tables import Row, Table, Workbook, table

CHARTED = 12
"""Rows that the chart covers: more could not be labelled; what was short of places stands first."""


def demand_table(lines: Sequence[Demand], workbook: Workbook) -> Table:
    """Return a row for each form and subject; one that nobody asks for or offers any more shows zeros."""
    rows = {}
    for line in lines:
        key = f"{line.form}/{line.subject}"
        rows[key] = _row(key, line)
    for key in workbook.remembered("demand"):
        if key not in rows:
            form, _, subject = key.partition("/")
            rows[key] = _row(key, Demand(form, subject, 0, 0, 0))
    return table("demand", rows.values())


def demand_chart() -> ChartSpec:
    """Return the chart of requests beside places, over the first rows."""
    return ChartSpec(
        "demand",
        "Запросы и места наставников",
        "BAR",
        "demand",
        "subject",
        ("requests", "places"),
        0,
        CHARTED,
        named=True,
        beside="demand",
        height=420,
    )


def _row(key: str, line: Demand) -> Row:
    return Row(
        key,
        {
            "form": line.form,
            "subject": line.subject,
            "requests": line.requests,
            "places": line.places,
            "shortage": line.shortage or None,
            "words": line.conclusion,
        },
    )
