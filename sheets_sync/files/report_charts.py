"""Charts of the report as inline SVG: drawn by pygal, cleaned of scripts, dates and chance.

pygal was chosen because it is one small package of pure Python that draws vector charts; matplotlib would
bring fifty megabytes for three charts. The same report always gives the same text.
"""

import sys
from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element, tostring

import pygal
from pygal.style import Style

from sheets_sync.domain.public_report import Line, PublicReport, TrendPoint
from sheets_sync.domain.roadmap_status import Status

COLOURS = {
    Status.NOT_BEGUN: "#c9ccd1",
    Status.UNDER_WAY: "#5b8fd6",
    Status.AT_RISK: "#e39b3b",
    Status.DONE: "#4f9d69",
    Status.DONE_LATE: "#a3c97a",
    Status.OVERDUE: "#c9504a",
    Status.NO_DATA: "#9aa0a8",
    Status.DECISION: "#d8bd3a",
}
"""One colour for each state, the same in charts and tables."""

# pygal leaves a finder for its map plugins in the way of every later import of the process, one that speaks a
# protocol Python has given up; no maps are drawn here.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

_INK, _SOFT = "#1f2a37", "#6b7785"
_LEFT_OUT = ("script", "desc")
"""pygal's tooltips: a script and the raw numbers it would show."""


def charts(report: PublicReport) -> dict[str, str]:
    """Return the charts by name; one that has nothing to show is ""."""
    return {
        "coverage": _coverage([line for line in report.coverage if line.share is not None]),
        "states": _states(report.states),
        "trend": _trend(report.trend),
    }


def _coverage(lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    chart = pygal.HorizontalBar(**_look(("#c3c9d3", "#4472c4")), height=70 + 52 * len(lines))
    chart.x_labels = [line.title for line in reversed(lines)]
    for name, numbers in (
        ("Порог", [None if line.goal is None else float(line.goal * 100) for line in lines]),
        ("Охват", [None if line.share is None else int(line.share * 1000) / 10 for line in lines]),
    ):
        chart.add(name, numbers[::-1], formatter=_percent)
    return _svg(chart, "coverage")


def _states(states: Sequence[tuple[Status, int]]) -> str:
    chart = pygal.HorizontalBar(**_look(()), height=60 + 30 * len(states), show_legend=False)
    chart.x_labels = [state.value for state, _ in reversed(states)]
    values = [{"value": number, "color": COLOURS[state]} for state, number in reversed(states)]
    chart.add("Пункты", values, formatter=lambda number: str(int(number)))
    return _svg(chart, "states")


def _trend(points: Sequence[TrendPoint]) -> str:
    if len(points) < 2:
        return ""
    colours = tuple(COLOURS[state] for state in (Status.DONE, Status.AT_RISK, Status.OVERDUE))
    chart = pygal.Line(
        **{**_look(colours), "width": 1060}, height=300, dots_size=4, stroke_style={"width": 2.5}
    )
    chart.print_values = False
    chart.x_labels = [f"{point.on:%d.%m.%Y}" for point in points]
    chart.x_labels_major_count = min(len(points), 8)
    chart.show_minor_x_labels = False
    chart.add("выполнено", [point.done for point in points])
    chart.add("под угрозой", [point.at_risk for point in points])
    chart.add("просрочено", [point.overdue for point in points])
    return _svg(chart, "trend")


def _look(colours: tuple[str, ...]) -> dict[str, Any]:
    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground=_INK,
        foreground_strong=_INK,
        foreground_subtle="#dfe3e8",
        font_family="inherit",
        label_font_size=13,
        major_label_font_size=13,
        value_font_size=13,
        value_colors=(_INK,) * 8,
        legend_font_size=13,
        opacity="1",
        guide_stroke_color="#e6e9ee",
        major_guide_stroke_color="#d3d8df",
        guide_stroke_dasharray="0",
        major_guide_stroke_dasharray="0",
        transition="0s",
        colors=colours or (_SOFT,),
    )
    return {
        "style": style,
        "js": [],
        "width": 620,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": 3,
        "print_values": True,
        "print_values_position": "top",
        "show_x_guides": False,
        "show_y_guides": True,
        "rounded_bars": 2,
        "include_x_axis": True,
        "range": None,
    }


def _percent(number: float | None) -> str:
    if number is None:
        return ""
    text = f"{number:.1f}".removesuffix(".0").replace(".", ",")
    return f"{text}\u00a0%"


def _svg(chart: Any, name: str) -> str:
    chart.uuid = name
    root: Element = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _LEFT_OUT:
                parent.remove(child)
    root.set("role", "img")
    return tostring(root, encoding="unicode")
