"""Rows of «Карта для печати»: the roadmap under the headings of its sections, as it goes on paper.

A row is a line of the page and not a measure: its key is its place, so that a roadmap with other measures
fills the same rows from the top. Who sorts the sheet gets the page back by sorting the hidden first column.
"""

from collections.abc import Iterator, Mapping

from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.domain.roadmap_status import MeasureStatus, RoadmapReport
from sheets_sync.domain.russian.typography import unbroken
from sheets_sync.domain.school import SchoolSettings
from sheets_sync.domain.tables import CellValue, Formula, Row, Table, Workbook, table
from sheets_sync.domain.views.dashboard import SECTION

SHEET = "roadmap_print"
_COLUMNS = ("number", "title", "deadline", "responsible", "status", "done_on", "missing")
Cells = dict[str, CellValue]


def printed_roadmap_table(
    roadmap: Roadmap, report: RoadmapReport, settings: SchoolSettings, workbook: Workbook
) -> Table:
    """Return a row for every line of the page; lines that a longer roadmap left behind are emptied."""
    lines = list(_lines(roadmap, report, settings))
    left = len(workbook.remembered(SHEET)) - len(lines)
    lines += [{} for _ in range(left)]
    empty: Cells = dict.fromkeys(_COLUMNS, "")
    return table(SHEET, (Row(f"{place:03}", {**empty, **cells}) for place, cells in enumerate(lines, 1)))


def _lines(roadmap: Roadmap, report: RoadmapReport, settings: SchoolSettings) -> Iterator[Cells]:
    school = unbroken(settings.school_short_name)
    title = f"Дорожная карта на\u00a0{settings.roadmap_year}\u00a0год, {school}"
    # The day of printing is a formula: a date of ours would be written anew every night.
    yield {"title": f"{SECTION}{title}", "status": "напечатано", "done_on": Formula("=TODAY()")}
    statuses = {status.measure: status for status in report.statuses}
    sections: dict[str, list[Measure]] = {}
    for measure in roadmap.measures:
        sections.setdefault(measure.section, []).append(measure)
    for section, measures in sections.items():
        yield {"title": f"{SECTION}{section}"}
        for measure in measures:
            yield _measure(measure, statuses[measure.id], roadmap.roles, settings.responsible)


def _measure(
    measure: Measure, status: MeasureStatus, roles: Mapping[str, str], people: Mapping[str, str]
) -> Cells:
    return {
        "number": str(measure.number),
        "title": unbroken(measure.title),
        "deadline": unbroken(measure.written_deadline),
        "responsible": unbroken(
            ", ".join(people.get(role) or roles.get(role, role) for role in measure.responsible)
        ),
        "status": status.status.value,
        "done_on": status.fulfilled_on,
        "missing": unbroken("; ".join(part for part in (status.missing, status.fill) if part)),
    }
