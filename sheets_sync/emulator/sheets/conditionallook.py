"""How conditional format rules change the look of a sheet's cells (CellData.effectiveFormat).

Source: discovery document, CellData.effectiveFormat ("includes the results of applying any conditional
formatting"), BooleanRule, GradientRule, InterpolationPoint; that the first rule that holds decides alone is
Google's help on conditional formatting.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from typing import Any

from .a1 import Box
from .book import Sheet, area_of
from .cells import Cell
from .conditions import Conditions, Place
from .protojson import colour
from .rendering import Renderer
from .userentered import read_typed

Stop = tuple[float, dict[str, Any]]


class ConditionalLook:
    """Lays the looks of one sheet's rules over the formats of its cells."""

    def __init__(self, renderer: Renderer, sheet: Sheet, now: datetime) -> None:
        self._renderer = renderer
        self._sheet = sheet
        self._conditions = Conditions(renderer, now)
        self._rules: list[tuple[dict[str, Any], list[Box]]] = []
        for rule in sheet.seen("conditionalFormats"):
            areas = [area_of(item) for item in rule.get("ranges", [])]
            self._rules.append((rule, [area.clipped(sheet.row_count, sheet.column_count) for area in areas]))
        self._stops: dict[int, list[Stop]] = {}

    def columns(self, row: int) -> set[int]:
        """Returns the columns of a row over which any rule reaches."""
        found: set[int] = set()
        for _, boxes in self._rules:
            for box in boxes:
                if box.top <= row < box.bottom:
                    found.update(range(box.left, box.right))
        return found

    def of(self, row: int, column: int, cell: Cell) -> dict[str, Any]:
        """Returns the format that the first rule which holds gives to a cell; an empty one for none."""
        for number, (rule, boxes) in enumerate(self._rules):
            if not any(box.holds(row, column) for box in boxes):
                continue
            place, origin = Place(self._sheet, row, column), self._origin(boxes)
            if "gradientRule" in rule:
                shade = self._shade(number, place, cell)
                if shade is not None:
                    return {"backgroundColor": shade, "backgroundColorStyle": {"rgbColor": shade}}
            elif self._conditions.holds(rule["booleanRule"].get("condition", {}), place, origin, cell):
                found: dict[str, Any] = rule["booleanRule"].get("format", {})
                return found
        return {}

    def _origin(self, boxes: list[Box]) -> Place:
        return Place(self._sheet, boxes[0].top, boxes[0].left)

    def _shade(self, number: int, place: Place, cell: Cell) -> dict[str, Any] | None:
        value = self._renderer.value(*place, cell)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if number not in self._stops:
            self._stops[number] = self._read_stops(number)
        stops = self._stops[number]
        if not stops:
            return None
        at = bisect_right([stop[0] for stop in stops], value)
        if at == 0 or at == len(stops):
            return colour(stops[min(at, len(stops) - 1)][1])
        (low, first), (high, second) = stops[at - 1], stops[at]
        share = (value - low) / (high - low)
        parts = ("red", "green", "blue")
        return colour({n: first.get(n, 0) + (second.get(n, 0) - first.get(n, 0)) * share for n in parts})

    def _read_stops(self, number: int) -> list[Stop]:
        rule, boxes = self._rules[number]
        values = sorted(self._numbers(boxes))
        stops = []
        for name in ("minpoint", "midpoint", "maxpoint"):
            point = rule["gradientRule"].get(name)
            if point is not None and (at := self._value_of(point, values, boxes)) is not None:
                stops.append((at, point.get("color", {})))
        return sorted(stops, key=lambda stop: stop[0])

    def _numbers(self, boxes: list[Box]) -> list[float]:
        found: list[float] = []
        for box in boxes:
            for index, row in self._sheet.grid.rows(box.top, box.bottom):
                for column, cell in row.cells.items():
                    value = self._renderer.value(self._sheet, index, column, cell)
                    number = isinstance(value, int | float) and not isinstance(value, bool)
                    if number and box.left <= column < box.right:
                        found.append(value)
        return found

    def _value_of(self, point: dict[str, Any], values: list[float], boxes: list[Box]) -> float | None:
        kind = point.get("type")
        if kind in ("MIN", "MAX"):
            return (values[0] if kind == "MIN" else values[-1]) if values else None
        text = str(point.get("value", ""))
        origin = self._origin(boxes)
        if text.startswith("="):
            given = self._conditions.evaluated(text, origin, origin)
        else:
            given = read_typed(text, self._renderer.locale).value
        if isinstance(given, bool) or not isinstance(given, int | float):
            return None
        if kind == "NUMBER":
            return given
        if not values:
            return None
        if kind == "PERCENT":
            return values[-1] * given / 100 + values[0] * (1 - given / 100)
        place = (len(values) - 1) * given / 100
        low = min(max(int(place), 0), len(values) - 1)
        return values[low] + (values[min(low + 1, len(values) - 1)] - values[low]) * (place - low)
