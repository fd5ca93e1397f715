"""What a cell shows: its formatted text, its bare value, and its CellData object.

Source: discovery document, ValueRenderOption, DateTimeRenderOption and CellData; recorded answers
(a literal date under FORMULA is its serial number, under FORMATTED_STRING its text).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from .book import Book, Sheet
from .cells import Cell, entered_value, extended, tidy_number
from .dateformat import is_date_pattern
from .formattednumber import format_of
from .grid import Row
from .locales import Locale, find_locale
from .numberformat import show_general, show_number, show_text
from .protojson import with_colours

_LINK = re.compile(r'^=\s*HYPERLINK\(\s*"([^"]*)"', re.IGNORECASE)
_COLOURS = ("backgroundColor", "backgroundColorStyle")
_LETTERS = ("bold", "italic", "strikethrough", "foregroundColor", "foregroundColorStyle")
_TIMES = ("DATE", "TIME", "DATE_TIME")


class Evaluator(Protocol):
    """Gives the values of formulas."""

    def value(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        """Returns a formula's value; errors are dicts with ``type`` and ``message``."""

    def rows(
        self, sheet: Sheet, start: int, end: int, *, with_values: bool = False
    ) -> Iterator[tuple[int, Row]]:
        """Streams rows with the cells that formulas elsewhere fill."""

    def evaluated(self, sheet: Sheet, row: int, column: int, formula: str) -> Any:
        """Returns the value that a formula would have in a cell."""

    def number_format(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Mapping[str, Any]:
        """Returns the number format that a formula's result takes by itself, or an empty mapping."""


class Renderer:
    """Shows the cells of one spreadsheet."""

    def __init__(self, book: Book, evaluator: Evaluator) -> None:
        self.book = book
        self.locale: Locale = find_locale(book.locale)
        self.evaluator = evaluator
        self._effective: dict[int | None, dict[str, Any]] = {}

    def value(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        """Returns the value that the cell has now: text, number, boolean, None, or an error as a dict."""
        if "e" in cell:
            return self.evaluator.value(sheet, row, column, cell)
        return cell.get("s", cell.get("v"))

    def rows(
        self, sheet: Sheet, start: int, end: int, *, with_values: bool = False
    ) -> Iterator[tuple[int, Row]]:
        """Streams the rows of [start, end); a cell that a formula elsewhere fills has its value as ``s``."""
        return self.evaluator.rows(sheet, start, end, with_values=with_values)

    def number_format(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Mapping[str, Any]:
        """Returns the number format that the cell is shown with, or an empty mapping."""
        found: Mapping[str, Any] = self.book.shared(cell.get("f")).get("numberFormat") or {}
        if not found and "e" in cell:
            found = self.evaluator.number_format(sheet, row, column, cell)
        return found or format_of(cell.get("s"))

    def text(self, sheet: Sheet, row: int, column: int, cell: Cell) -> str:
        """Returns the text that the cell shows."""
        return self.shown(self.value(sheet, row, column, cell), self.number_format(sheet, row, column, cell))

    def shown(self, value: Any, number_format: Mapping[str, Any]) -> str:
        """Shows a value by a number format."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return self.locale.true[-1] if value else self.locale.false[-1]
        if isinstance(value, dict):
            return error_text(value)
        kind = number_format.get("type")
        pattern = number_format.get("pattern") or self._default_pattern(kind)
        if isinstance(value, str):
            return show_text(value, pattern) if pattern and "@" in pattern else value
        if not pattern or kind == "TEXT" or pattern == "@":
            return show_general(value, self.locale)
        return show_number(value, pattern, self.locale)

    def _default_pattern(self, kind: str | None) -> str:
        return {
            "DATE": self.locale.date_pattern,
            "TIME": self.locale.time_pattern,
            "DATE_TIME": self.locale.date_time_pattern,
            "NUMBER": "#,##0.00",
            "PERCENT": "0.00%",
            "CURRENCY": self.locale.currency_pattern,
            "SCIENTIFIC": "0.00E+00",
        }.get(kind or "", "")

    def rendered(self, sheet: Sheet, row: int, column: int, cell: Cell, option: str, dates: str) -> Any:
        """Returns a cell as ``values.get`` does; empty cells give the empty text."""
        if option == "FORMULA":
            if "e" in cell:
                return cell["e"]
            return self._dated(sheet, row, column, cell, cell.get("s", cell.get("v", "")), dates)
        if option == "UNFORMATTED_VALUE":
            value = self.value(sheet, row, column, cell)
            if value is None:
                return ""
            if isinstance(value, dict):
                return error_text(value)
            return self._dated(sheet, row, column, cell, value, dates)
        if "v" in cell and isinstance(cell["v"], str) and "f" not in cell:
            return cell["v"]
        return self.text(sheet, row, column, cell)

    def _dated(self, sheet: Sheet, row: int, column: int, cell: Cell, value: Any, dates: str) -> Any:
        """Writes dates and times as texts where that is asked for.

        Source: discovery document, dateTimeRenderOption (ignored for FORMATTED_VALUE alone).
        """
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if number and dates == "FORMATTED_STRING":
            number_format = self.number_format(sheet, row, column, cell)
            if number_format.get("type") in _TIMES or is_date_pattern(number_format.get("pattern", "")):
                return self.shown(value, number_format)
        return tidy_number(value) if isinstance(value, float) else value

    def effective_format(self, cell: Cell) -> dict[str, Any]:
        """Returns the cell's format completed by the spreadsheet's default format."""
        number = cell.get("f")
        if number not in self._effective:
            base = dict(self.book.properties.get("defaultFormat", {}))
            base.pop("padding", None)
            base = {"padding": self.book.properties.get("defaultFormat", {}).get("padding", {}), **base}
            for key, part in self.book.shared(number).items():
                inner = base.get(key)
                base[key] = {**inner, **part} if isinstance(inner, dict) and key == "textFormat" else part
            self._effective[number] = base
        found = dict(self._effective[number])
        if "horizontalAlignment" not in found:
            value = cell.get("v")
            numeric = isinstance(value, int | float) and not isinstance(value, bool)
            found["horizontalAlignment"] = (
                "CENTER" if isinstance(value, bool) else "RIGHT" if numeric else "LEFT"
            )
        found.setdefault("hyperlinkDisplayType", "PLAIN_TEXT")
        return found

    def cell_data(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        cell: Cell,
        wanted: frozenset[str],
        look: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Builds the cell's CellData with the wanted fields; ``look`` is what conditional formats add."""
        data: dict[str, Any] = {}
        filled = "e" in cell or "v" in cell or "s" in cell
        if filled:
            self._values(sheet, row, column, cell, wanted, data)
        if "f" in cell and "userEnteredFormat" in wanted:
            data["userEnteredFormat"] = self.book.shared(cell["f"])
        if "effectiveFormat" in wanted and (filled or "f" in cell or look):
            data["effectiveFormat"] = laid_over(
                self._effective_with_number(sheet, row, column, cell), look or {}
            )
        if "e" in cell and "hyperlink" in wanted and (match := _LINK.match(cell["e"])):
            data["hyperlink"] = match[1]
        for key, name in (("n", "note"), ("r", "textFormatRuns"), ("p", "pivotTable"), ("k", "chipRuns")):
            if key in cell and name in wanted:
                data[name] = cell[key]
        if "d" in cell and "dataValidation" in wanted:
            data["dataValidation"] = self.book.shared(cell["d"])
        return data

    def _values(
        self, sheet: Sheet, row: int, column: int, cell: Cell, wanted: frozenset[str], data: dict[str, Any]
    ) -> None:
        if "userEnteredValue" in wanted and "s" not in cell:
            data["userEnteredValue"] = entered_value(cell)
        value = self.value(sheet, row, column, cell)
        if value is None:
            return
        if "effectiveValue" in wanted:
            data["effectiveValue"] = extended(value)
        if "formattedValue" in wanted:
            plain = isinstance(value, str) and "f" not in cell
            data["formattedValue"] = (
                value if plain else self.shown(value, self.number_format(sheet, row, column, cell))
            )

    def _effective_with_number(self, sheet: Sheet, row: int, column: int, cell: Cell) -> dict[str, Any]:
        found = self.effective_format(cell)
        if ("e" in cell or "s" in cell) and "numberFormat" not in found:
            implied = self.number_format(sheet, row, column, cell)
            if implied:
                found["numberFormat"] = dict(implied)
        return found


def laid_over(format_: dict[str, Any], look: dict[str, Any]) -> dict[str, Any]:
    """Returns an effective format with a conditional format's colours and letters laid over it.

    Source: discovery document, BooleanRule.format (bold, italic, strikethrough, both colours).
    """
    shown = {**format_, **{name: look[name] for name in _COLOURS if name in look}}
    font = {name: value for name, value in look.get("textFormat", {}).items() if name in _LETTERS}
    if font:
        shown["textFormat"] = {**shown.get("textFormat", {}), **font}
    return shown


def error_text(error: dict[str, Any]) -> str:
    """Returns what a cell with an error shows. Source: discovery document, ErrorValue types."""
    return {
        "ERROR": "#ERROR!",
        "NULL_VALUE": "#NULL!",
        "DIVIDE_BY_ZERO": "#DIV/0!",
        "VALUE": "#VALUE!",
        "REF": "#REF!",
        "NAME": "#NAME?",
        "NUM": "#NUM!",
        "N_A": "#N/A",
        "LOADING": "Loading...",
    }.get(str(error.get("type")), "#ERROR!")


def stored_format(book: Book, format_: dict[str, Any]) -> int | None:
    """Keeps a CellFormat and returns its number; None for an empty one."""
    return book.share(with_colours(format_, book.theme())) if format_ else None
