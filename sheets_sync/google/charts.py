"""Charts beside the rows of a sheet, as requests of a batch."""

from sheets_sync.domain.views.dashboard import ChartSpec
from sheets_sync.domain.workbook import SheetSpec, WorkbookSpec
from sheets_sync.google.cells import Json
from sheets_sync.google.grid import sheet_id
from sheets_sync.google.palette import colour

_WIDTH, _ROW, _GAP = 480, 270, 18
_COLOURS = {
    "share": "4472C4",
    "threshold": "A5A5A5",
    "value": "4472C4",
    "requests": "D9802E",
    "places": "4472C4",
}
_LINES = {"done": "3C9A5F", "at_risk": "D9802E", "overdue": "B3403A"}


def chart_request(workbook: WorkbookSpec, beside: SheetSpec, chart: ChartSpec, place: int) -> Json:
    """Return the request that draws a chart right of a sheet's columns, below the `place` charts before it.

    Source: discovery sheets.v4, AddChartRequest, BasicChartSpec, OverlayPosition; that empty rows at the end
    of a range are not drawn is assumed.
    """
    source = workbook.sheet(chart.sheet)
    bars = chart.kind == "BAR"
    basic: Json = {
        "chartType": chart.kind,
        "legendPosition": "BOTTOM_LEGEND" if len(chart.values) > 1 else "NO_LEGEND",
        "headerCount": 1 if chart.named else 0,
        "domains": [{"domain": _source(source, chart, chart.labels)}],
        "series": [
            {
                "series": _source(source, chart, value),
                "targetAxis": "BOTTOM_AXIS" if bars else "LEFT_AXIS",
                "colorStyle": {"rgbColor": colour((_COLOURS if bars else _LINES)[value])},
            }
            for value in chart.values
        ],
    }
    overlay = {
        "anchorCell": {"sheetId": sheet_id(beside.id), "rowIndex": 1, "columnIndex": len(beside.columns)},
        "offsetXPixels": 20,
        "offsetYPixels": place * (_ROW + _GAP),
        "widthPixels": _WIDTH,
        "heightPixels": chart.height,
    }
    spec = {"title": chart.title, "basicChart": basic}
    return {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": overlay}}}}


def _source(sheet: SheetSpec, chart: ChartSpec, column: str) -> Json:
    place = [one.id for one in sheet.columns].index(column)
    area = {
        "sheetId": sheet_id(sheet.id),
        "startRowIndex": chart.first + (0 if chart.named else 1),
        "endRowIndex": 1 + chart.first + chart.count,
        "startColumnIndex": place,
        "endColumnIndex": place + 1,
    }
    return {"sourceRange": {"sources": [area]}}
