"""Charts beside the rows of a sheet, as requests of a batch."""

from sheets_sync.domain.views.dashboard import ChartSpec
from sheets_sync.domain.workbook import SheetSpec
from sheets_sync.google.cells import Json
from sheets_sync.google.grid import sheet_id

_WIDTH, _HEIGHT = 560, 330


def chart_request(sheet: SheetSpec, chart: ChartSpec, place: int) -> Json:
    """Return the request that draws a bar chart right of the columns, below the `place` charts before it.

    Source: discovery sheets.v4, AddChartRequest, BasicChartSpec, OverlayPosition.
    """
    number = sheet_id(sheet.id)
    basic = {
        "chartType": "BAR",
        "legendPosition": "NO_LEGEND",
        "headerCount": 0,
        "domains": [{"domain": _source(sheet, number, chart, chart.labels)}],
        "series": [{"series": _source(sheet, number, chart, chart.values), "targetAxis": "BOTTOM_AXIS"}],
    }
    overlay = {
        "anchorCell": {"sheetId": number, "rowIndex": 1, "columnIndex": len(sheet.columns)},
        "offsetXPixels": 20,
        "offsetYPixels": place * (_HEIGHT + 20),
        "widthPixels": _WIDTH,
        "heightPixels": _HEIGHT,
    }
    spec = {"title": chart.title, "basicChart": basic}
    return {"addChart": {"chart": {"spec": spec, "position": {"overlayPosition": overlay}}}}


def _source(sheet: SheetSpec, number: int, chart: ChartSpec, column: str) -> Json:
    place = [one.id for one in sheet.columns].index(column)
    area = {
        "sheetId": number,
        "startRowIndex": 1 + chart.first,
        "endRowIndex": 1 + chart.first + chart.count,
        "startColumnIndex": place,
        "endColumnIndex": place + 1,
    }
    return {"sourceRange": {"sources": [area]}}
