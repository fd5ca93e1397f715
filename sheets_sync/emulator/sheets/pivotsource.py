"""What a pivot table reads of its spreadsheet: the source's rows, its filters and calculated fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from . import libraryvalues
from .book import Book, area_of
from .conditions import Conditions, Place
from .formattednumber import with_format
from .formparts import Computer
from .formparts import Place as FormulaPlace
from .rendering import Evaluator, Renderer

Json = Mapping[str, Any]


class PivotSource:
    """The source of the pivot table that stands in one cell."""

    def __init__(
        self, book: Book, evaluator: Evaluator, computer: Computer, now: datetime, place: Place
    ) -> None:
        self._book, self._computer, self._place = book, computer, place
        self._renderer = Renderer(book, evaluator)
        self._conditions = Conditions(self._renderer, now)
        self.locale = self._renderer.locale

    def table(self, range_: Json) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """Gives the rows of a range; all its empty rows are one."""
        sheet = self._book.find(int(range_.get("sheetId", 0)))
        if sheet is None:
            return
        box = area_of(dict(range_)).clipped(sheet.row_count, sheet.column_count)
        expected, empty = box.top, None
        for index, row in self._renderer.rows(sheet, box.top, box.bottom):
            values = {}
            for column, cell in row.cells.items():
                value = self._renderer.value(sheet, index, column, cell)
                if box.left <= column < box.right and value not in (None, ""):
                    found = self._renderer.number_format(sheet, index, column, cell)
                    values[column - box.left] = None if isinstance(value, dict) else with_format(value, found)
            if not values:
                continue
            if index > expected and empty is None:
                empty = expected
            expected = index + 1
            yield index, values
        if empty is None and expected < box.bottom:
            empty = expected
        if empty is not None:
            yield empty, {}

    def shows(self, criteria: Json, range_: Json, row: int, offset: int) -> bool:
        """Tells whether a filter shows a row by its cell in one column.

        Where values are listed they alone are shown; a condition without a list stands alone (assumed).
        """
        sheet = self._book.sheet(int(range_.get("sheetId", 0)))
        column = int(range_.get("startColumnIndex", 0)) + offset
        stored = dict(self._renderer.rows(sheet, row, row + 1)).get(row)
        cell = stored.cells.get(column, {}) if stored else {}
        place = Place(sheet, row, column)
        condition = criteria.get("condition")
        if condition and not self._conditions.holds(condition, place, place, cell):
            return False
        if criteria.get("visibleByDefault") or "visibleValues" not in criteria:
            return True
        return self._renderer.text(*place, cell) in criteria["visibleValues"]

    def computed(self, formula: str, named: Mapping[str, Sequence[Any]]) -> Any:
        """Computes a calculated field; a title with a space is written in apostrophes."""
        bound = {}
        for title, values in named.items():
            column = libraryvalues.of_rectangle([[value] for value in values])
            bound[title.lower()] = bound[f"'{title.lower()}'"] = column
        place = FormulaPlace(self._place.sheet, self._place.row, self._place.column)
        return libraryvalues.first(self._computer.part(place, formula, bound))

    def title_of(self, value: Any) -> str:
        """Returns a column's title as it is shown."""
        return self._renderer.shown(value, {})
