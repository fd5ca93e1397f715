"""Charts beside the rows of a sheet, as requests of a batch."""

from collections.abc import Mapping, Sequence

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.plan import DrawChart
from sheets_sync.google.cells import Json
from sheets_sync.google.grid import Grid, SheetLayout
from sheets_sync.google.palette import colour

_WIDTH, _ROW, _GAP = 440, 270, 18
_COLOURS = {
    "share": "4472C4",
    "threshold": "A5A5A5",
    "value": "4472C4",
    "requests": "D9802E",
    "places": "4472C4",
}
_LINES = {"done": "3C9A5F", "at_risk": "D9802E", "overdue": "B3403A"}


def chart_request(change: DrawChart, grid: Grid) -> Json:
    """Return the request that draws a chart right of its sheet's columns, or changes what it shows.

    Source: discovery sheets.v4, AddChartRequest («The chartId field is optional»), UpdateChartSpecRequest (it
    neither moves nor resizes), BasicChartSpec, OverlayPosition; that empty rows at the end of a range are not
    drawn is assumed.
    """
    source = grid.layouts[change.chart.sheet]
    spec = _spec(change.chart, source, _runs(change.chart, source, grid.rows[change.chart.sheet]))
    if not change.new:
        return {"updateChartSpec": {"chartId": change.number, "spec": spec}}
    beside = grid.layouts[change.chart.beside]
    overlay = {
        "anchorCell": {
            "sheetId": beside.sheet_id,
            "rowIndex": beside.header_row + 1,
            "columnIndex": max(beside.columns.values()) + 1,
        },
        "offsetXPixels": 12,
        "offsetYPixels": change.place * (_ROW + _GAP),
        "widthPixels": _WIDTH,
        "heightPixels": change.chart.height,
    }
    chart = {"chartId": change.number, "spec": spec, "position": {"overlayPosition": overlay}}
    return {"addChart": {"chart": chart}}


def _runs(chart: ChartSpec, sheet: SheetLayout, rows: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return the runs of grid rows that a chart covers, each from its first row to that after its last.

    Source: discovery sheets.v4, ChartSourceRange.sources: several ranges, equally many in domain and series.
    """
    first = sheet.header_row + 1 + chart.first
    places = list(range(first, first + chart.count))
    if chart.keys and all(key in rows for key in chart.keys):
        places = [rows[key] for key in chart.keys]
    if chart.named:
        places.insert(0, sheet.header_row)
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        else:
            runs.append((place, place + 1))
    return runs


def _spec(chart: ChartSpec, source: SheetLayout, runs: Sequence[tuple[int, int]]) -> Json:
    bars = chart.kind == "BAR"
    basic: Json = {
        "chartType": chart.kind,
        "legendPosition": "BOTTOM_LEGEND" if len(chart.values) > 1 else "NO_LEGEND",
        "headerCount": 1 if chart.named else 0,
        "domains": [{"domain": _source(source, runs, chart.labels)}],
        "series": [
            {
                "series": _source(source, runs, value),
                "targetAxis": "BOTTOM_AXIS" if bars else "LEFT_AXIS",
                "colorStyle": {"rgbColor": colour((_COLOURS if bars else _LINES)[value])},
            }
            for value in chart.values
        ],
    }
    return {"title": chart.title, "basicChart": basic}


def _source(sheet: SheetLayout, runs: Sequence[tuple[int, int]], column: str) -> Json:
    place = sheet.columns[column]
    across = {"sheetId": sheet.sheet_id, "startColumnIndex": place, "endColumnIndex": place + 1}
    return {
        "sourceRange": {
            "sources": [{**across, "startRowIndex": first, "endRowIndex": end} for first, end in runs]
        }
    }
