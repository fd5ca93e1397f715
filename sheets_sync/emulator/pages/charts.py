"""Charts of a sheet as shapes to draw: bars, lines and slices out of numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

WIDTH, HEIGHT = 560, 300
PALETTE = ("#3f5bb5", "#d9802e", "#3c9a5f", "#b3403a", "#7a5fb0", "#6b7785", "#c9a227", "#2e94a8")
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 40, 44


@dataclass(frozen=True)
class Series:
    """One named row of numbers, None where the cell holds none.

    Shape: `shown` are the cells' texts, if known; `colour` is CSS, "" for the next of the palette.
    """

    name: str
    values: tuple[float | None, ...]
    shown: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True)
class Chart:
    """What a chart shows: `kind` is COLUMN, BAR, LINE, AREA or PIE; `overlay` says where it stands.

    `width` and `height` are those of the box that it is drawn in, in pixels.
    """

    kind: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    overlay: Mapping[str, Any] = field(default_factory=dict)
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Drawing:
    """Shapes in a box: rectangles, points of lines, slices, texts, and a legend that begins at `key_x`."""

    title: str
    width: int
    height: int
    key_x: int = _LEFT
    rectangles: list[dict[str, object]] = field(default_factory=list)
    lines: list[dict[str, object]] = field(default_factory=list)
    slices: list[dict[str, object]] = field(default_factory=list)
    texts: list[dict[str, object]] = field(default_factory=list)
    ticks: list[dict[str, object]] = field(default_factory=list)
    legend: list[tuple[str, str]] = field(default_factory=list)


def draw(chart: Chart) -> Drawing:
    """Lay a chart out."""
    if chart.kind == "PIE":
        return _draw_pie(chart)
    drawing = Drawing(chart.title, chart.width, chart.height)
    if len(chart.series) > 1:
        drawing.legend.extend((one.name, _colour(one, place)) for place, one in enumerate(chart.series))
    if chart.kind == "BAR":
        _draw_bars(chart, drawing)
    else:
        _draw_upright(chart, drawing)
    return drawing


def nice_top(largest: float) -> float:
    """Return a round number not below the largest value: 1, 2, 2.5 or 5 times a power of ten."""
    if largest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(largest))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= largest * 0.999999)


def _largest(chart: Chart) -> float:
    columns = [
        [one.values[place] or 0.0 for one in chart.series if place < len(one.values)]
        for place in range(len(chart.labels))
    ]
    tops = [sum(column) if chart.stacked else max(column, default=0.0) for column in columns]
    return nice_top(max(tops, default=0.0))


def _draw_upright(chart: Chart, drawing: Drawing) -> None:
    top, count = _largest(chart), max(len(chart.labels), 1)
    height, step = chart.height - _TOP - _BOTTOM, (chart.width - _LEFT - _RIGHT) / count
    parts = 4 if f"{top:e}".startswith("2.0") else 5
    for part in range(parts + 1):
        y = _TOP + height * (1 - part / parts)
        drawing.ticks.append({"x1": _LEFT, "x2": chart.width - _RIGHT, "y1": y, "y2": y})
        drawing.texts.append(
            {"x": _LEFT - 8, "y": y + 4, "anchor": "end", "text": _short(top * part / parts)}
        )
    every = max(1, math.ceil(count * 45 / chart.width))
    if chart.kind in ("LINE", "AREA"):
        # A line goes on between labels: rather fewer of them than dates without their years.
        longest = max((len(label) for label in chart.labels), default=0)
        every = max(every, math.ceil(min(longest, 12) * 7 / step))
    for place, label in enumerate(chart.labels):
        if place % every == 0:
            x = _LEFT + step * (place + 0.5)
            text = _cut(label, max(4, int(step * every / 7)))
            drawing.texts.append({"x": x, "y": chart.height - _BOTTOM + 20, "anchor": "middle", "text": text})
    if chart.kind in ("LINE", "AREA"):
        _add_lines(chart, drawing, top, step, height)
    else:
        _add_columns(chart, drawing, top, step, height)


def _add_columns(chart: Chart, drawing: Drawing, top: float, step: float, height: float) -> None:
    slots = 1 if chart.stacked else max(len(chart.series), 1)
    wide = step * 0.72 / slots
    for place in range(len(chart.labels)):
        base = 0.0
        for number, one in enumerate(chart.series):
            value = max(_at(one, place), 0.0)
            tall = height * value / top
            x = _LEFT + step * place + step * 0.14 + (0 if chart.stacked else wide * number)
            y = _TOP + height - tall - height * base / top
            drawing.rectangles.append(_rectangle(x, y, wide, tall, number, one, chart.labels[place], value))
            base += value if chart.stacked else 0.0


def _add_lines(chart: Chart, drawing: Drawing, top: float, step: float, height: float) -> None:
    for number, one in enumerate(chart.series):
        points = [
            (_LEFT + step * (place + 0.5), _TOP + height * (1 - (value / top)), chart.labels[place], value)
            for place, value in enumerate(one.values[: len(chart.labels)])
            if value is not None
        ]
        drawing.lines.append(
            {
                "points": " ".join(f"{x:.1f},{y:.1f}" for x, y, _, _ in points),
                "dots": [
                    {"x": round(x, 1), "y": round(y, 1), "hint": f"{label}: {_short(value)}"}
                    for x, y, label, value in points
                ],
                "colour": _colour(one, number),
            }
        )


def _draw_bars(chart: Chart, drawing: Drawing) -> None:
    top, count = _largest(chart), max(len(chart.labels), 1)
    left = round(chart.width / 3)
    width, step = chart.width - left - _RIGHT - 40, (chart.height - _TOP - 24) / count
    slots = 1 if chart.stacked else max(len(chart.series), 1)
    thick = step * 0.72 / slots
    for place, label in enumerate(chart.labels):
        y0 = _TOP + step * place + step * 0.14
        if step >= 9:
            text = _cut(label, int(left / 8.2))
            drawing.texts.append({"x": left - 8, "y": y0 + step * 0.36 + 4, "anchor": "end", "text": text})
        base = 0.0
        for number, one in enumerate(chart.series):
            value = max(_at(one, place), 0.0)
            x, y = left + width * base / top, y0 + (0 if chart.stacked else thick * number)
            wide = width * value / top
            drawing.rectangles.append(_rectangle(x, y, wide, thick, number, one, label, value))
            base += value if chart.stacked else 0.0
            if slots == 1 and len(chart.series) == 1 and step >= 9:
                place_of_number = {"x": x + wide + 6, "y": y0 + step * 0.36 + 4, "anchor": "start"}
                drawing.texts.append(place_of_number | {"text": _told(one, place)})


def _draw_pie(chart: Chart) -> Drawing:
    radius = max(min((chart.height - 76) / 2, chart.width / 5), 20.0)
    middle_x, middle_y = radius + 48, chart.height / 2 + 12
    drawing = Drawing(chart.title, chart.width, chart.height, round(middle_x + radius + 38))
    values = (
        [max(_at(chart.series[0], place), 0.0) for place in range(len(chart.labels))] if chart.series else []
    )
    total, angle = sum(values), -math.pi / 2
    for place, value in enumerate(values):
        if total <= 0 or value <= 0:
            continue
        share = value / total
        colour = PALETTE[place % len(PALETTE)]
        drawing.legend.append((f"{chart.labels[place]} — {_short(value)} ({round(100 * share)} %)", colour))
        end = angle + 2 * math.pi * min(share, 0.99999)
        start_point = (middle_x + radius * math.cos(angle), middle_y + radius * math.sin(angle))
        end_point = (middle_x + radius * math.cos(end), middle_y + radius * math.sin(end))
        drawing.slices.append(
            {
                "path": f"M{middle_x:.1f},{middle_y:.1f} L{start_point[0]:.1f},{start_point[1]:.1f} "
                f"A{radius:.0f},{radius:.0f} 0 {int(share > 0.5)} 1 {end_point[0]:.2f},{end_point[1]:.2f} Z",
                "colour": colour,
                "hint": f"{chart.labels[place]}: {_short(value)}",
            }
        )
        angle += 2 * math.pi * share
    return drawing


def _rectangle(
    x: float, y: float, wide: float, tall: float, number: int, one: Series, label: str, value: float
) -> dict[str, object]:
    name = f"{one.name}, " if one.name else ""
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "width": round(max(wide, 0), 1),
        "height": round(max(tall, 0), 1),
        "colour": _colour(one, number),
        "hint": f"{name}{label}: {_short(value)}",
    }


def _colour(one: Series, number: int) -> str:
    return one.colour or PALETTE[number % len(PALETTE)]


def _at(one: Series, place: int) -> float:
    return (one.values[place] or 0.0) if place < len(one.values) else 0.0


def _told(one: Series, place: int) -> str:
    """Return what the cell itself shows; nothing for a cell without a number."""
    value = one.values[place] if place < len(one.values) else None
    if value is None:
        return ""
    return one.shown[place] if place < len(one.shown) else _short(value)


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: max(size - 1, 1)] + "…"


def numbers(cells: Sequence[object]) -> tuple[float | None, ...]:
    """Return the numbers among unformatted cell values, None for everything else."""
    return tuple(
        float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
        for cell in cells
    )
