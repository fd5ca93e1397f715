"""Charts of a sheet: from their stored specifications and source ranges to numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from sheets_sync.emulator.pages.cellstyle import Json, StyleBook, css_colour
from sheets_sync.emulator.pages.charts import Chart, Drawing, Series, draw, numbers
from sheets_sync.emulator.pages.sheetview import letters

Reader = Callable[[str, bool], list[list[Any]]]
_KINDS = {
    "BAR": "BAR",
    "COLUMN": "COLUMN",
    "LINE": "LINE",
    "AREA": "AREA",
    "SCATTER": "LINE",
    "COMBO": "COLUMN",
}
_FRAME = (31, 47)
"""What border, padding and title take of a chart's width and height, in pixels; as in pages.css."""


def read_charts(sheet: Json, titles: dict[int, str], read: Reader) -> list[Chart]:
    """Return the charts of a sheet that can be drawn: bar, column, line, area and pie.

    `titles` are sheet titles by id; `read(range, formatted)` returns the rows of a range in A1 notation.
    Source: discovery ChartSpec, BasicChartSpec, PieChartSpec, ChartSourceRange.
    """
    charts = []
    for stored in sheet.get("charts", []):
        spec = stored.get("spec", {})
        chart = None
        if "basicChart" in spec:
            chart = _basic(spec, titles, read)
        elif "pieChart" in spec:
            chart = _pie(spec, titles, read)
        if chart is not None:
            overlay = stored.get("position", {}).get("overlayPosition", {})
            charts.append(replace(chart, overlay=overlay))
    return charts


def place_charts(
    charts: Sequence[Chart], seen: Collection[str], styles: StyleBook
) -> tuple[dict[str, list[tuple[Drawing, str]]], list[tuple[Drawing, str]]]:
    """Draw charts: by the address of the cell they hang on, and those whose cell is not on the page.

    Shape: every drawing comes with the class of its offset from the cell's corner and its size.
    Source: discovery OverlayPosition (600 × 371 pixels unless it says otherwise).
    """
    placed: dict[str, list[tuple[Drawing, str]]] = {}
    loose: list[tuple[Drawing, str]] = []
    for chart in charts:
        anchor = chart.overlay.get("anchorCell", {})
        address = f"{letters(anchor.get('columnIndex', 0))}{anchor.get('rowIndex', 0) + 1}"
        if not chart.overlay or address not in seen:
            loose.append((draw(chart), ""))
            continue
        left, top = (int(chart.overlay.get(f"offset{axis}Pixels", 0)) for axis in "XY")
        width = max(int(chart.overlay.get("widthPixels", 600)), 200)
        height = max(int(chart.overlay.get("heightPixels", 371)), 150)
        css = styles.name(f"left:{left}px;top:{top}px;width:{width}px;height:{height}px")
        inner = replace(chart, width=width - _FRAME[0], height=height - _FRAME[1])
        placed.setdefault(address, []).append((draw(inner), css))
    return placed, loose


def range_name(source: Json, titles: dict[int, str]) -> str | None:
    """Write a GridRange in A1 notation; None when its sheet is gone."""
    title = titles.get(source.get("sheetId", 0))
    if title is None or "endRowIndex" not in source or "endColumnIndex" not in source:
        return None
    quoted = title.replace("'", "''")
    start = f"{letters(source.get('startColumnIndex', 0))}{source.get('startRowIndex', 0) + 1}"
    return f"'{quoted}'!{start}:{letters(source['endColumnIndex'] - 1)}{source['endRowIndex']}"


def _basic(spec: Json, titles: dict[int, str], read: Reader) -> Chart | None:
    basic = spec["basicChart"]
    kind = _KINDS.get(basic.get("chartType", ""))
    if kind is None:
        return None
    heads = basic.get("headerCount", 0)
    labels = _labels(next((one.get("domain", {}) for one in basic.get("domains", [])), {}), titles, read)
    series = []
    for one in basic.get("series", []):
        cells = _flat(one.get("series", {}), titles, read, formatted=False)
        name = " ".join(str(cell) for cell in cells[:heads])
        shown = _labels(one.get("series", {}), titles, read)[heads:]
        given = one.get("colorStyle", {}).get("rgbColor", one.get("color"))
        colour = "" if given is None else css_colour(given)
        series.append(Series(name, numbers(cells[heads:]), tuple(shown), colour))
    stacked = basic.get("stackedType", "NOT_STACKED") in ("STACKED", "PERCENT_STACKED")
    return Chart(kind, spec.get("title", ""), _as_long(labels[heads:], series), tuple(series), stacked)


def _pie(spec: Json, titles: dict[int, str], read: Reader) -> Chart | None:
    pie = spec["pieChart"]
    labels = _labels(pie.get("domain", {}), titles, read)
    values = _flat(pie.get("series", {}), titles, read, formatted=False)
    if len(values) == len(labels) and values and not isinstance(values[0], int | float):
        labels, values = labels[1:], values[1:]
    series = [Series("", numbers(values))]
    return Chart("PIE", spec.get("title", ""), _as_long(labels, series), tuple(series))


def _labels(data: Json, titles: dict[int, str], read: Reader) -> list[str]:
    return [str(cell) for cell in _flat(data, titles, read, formatted=True)]


def _flat(data: Json, titles: dict[int, str], read: Reader, *, formatted: bool) -> list[Any]:
    """Return the cells of a chart's source ranges as one list, empty cells as empty texts."""
    cells: list[Any] = []
    for source in data.get("sourceRange", {}).get("sources", []):
        name = range_name(source, titles)
        if name is None:
            continue
        width = source["endColumnIndex"] - source.get("startColumnIndex", 0)
        rows = read(name, formatted)
        count = source["endRowIndex"] - source.get("startRowIndex", 0)
        padded = [row + [""] * (width - len(row)) for row in rows] + [[""] * width] * (count - len(rows))
        cells += [cell for row in padded for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _as_long(labels: Sequence[str], series: Sequence[Series]) -> tuple[str, ...]:
    longest = max((len(one.values) for one in series), default=0)
    return (*labels, *("" for _ in range(longest - len(labels))))
