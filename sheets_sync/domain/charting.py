"""Which charts have to be drawn, and which drawn anew because they are declared otherwise now.

Where a chart stands and how big it is belongs to staff from the moment it is there; so does a chart that they
made themselves or took away. What the program's own charts show follows the declaration.
"""

import hashlib
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.plan import DrawChart, Remember, SheetChange
from sheets_sync.domain.tables import Workbook

MEMORY = "chart"
"""The name under which the hidden sheet lists the charts that were drawn."""

_DRAWING = 1
"""Raised whenever google/charts.py draws the same declaration in another way."""


def chart_changes(charts: Sequence[ChartSpec], workbook: Workbook) -> list[SheetChange]:
    """Return what has to be drawn, and what to remember of it.

    A chart that was never recorded is known by its title beside its sheet; a recorded one that is gone was
    taken away by staff and stays away. One whose rows are still to be appended is drawn anew a night later.
    """
    standing = {number for there in workbook.charts.values() for number in there}
    places: Counter[str] = Counter()
    changes: list[SheetChange] = []
    for chart in charts:
        place = places[chart.beside]
        places[chart.beside] += 1
        known = workbook.memory.get((MEMORY, chart.key), {})
        declared = _declared(chart)
        if known.get("declared") == declared:
            continue
        number = known.get("number")
        if not isinstance(number, int):
            number = _by_title(chart, workbook)
        elif number not in standing or not _rows_stand(chart, workbook):
            continue
        changes.append(DrawChart(MEMORY, chart.key, chart, number, place, number not in standing))
        changes.append(Remember(MEMORY, chart.key, {}, {"number": number, "declared": declared}))
    return changes


def _rows_stand(chart: ChartSpec, workbook: Workbook) -> bool:
    there = {row.key for row in workbook.rows(chart.sheet)}
    return there.issuperset(chart.keys)


def _declared(chart: ChartSpec) -> str:
    said = repr((_DRAWING, *astuple(chart)))
    return hashlib.blake2s(said.encode(), digest_size=4).hexdigest()


def _by_title(chart: ChartSpec, workbook: Workbook) -> int:
    """Return the number of the chart with this title, or the one under which it will be made."""
    there = workbook.charts.get(chart.beside, {})
    own = zlib.crc32(f"{MEMORY}/{chart.key}".encode()) & 0x7FFFFFFF
    return next((number for number, title in there.items() if title == chart.title), own)
