"""The values of formulas, computed when they are read.

Every formula is cut into a shape (its text with references replaced by names) and its references; a shape is
compiled once for the whole process by the library ``formulas``, and called with the values of the references.
TODAY() and NOW() are references too: they give the call's time in the spreadsheet's time zone.
A function that is not known shows ``#NAME?`` and leaves a warning in the log, without what the cells hold.
A result of several cells fills the neighbours (see ``spreading``); outside of such functions a range stands
for its cell in the formula's own row or column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from . import functionlibrary, libraryvalues
from .a1 import A1Error, Area, Box, column_index
from .arrayfunctions import may_spread
from .book import Book, Sheet, area_of
from .cells import Cell
from .conditions import Place as ConditionPlace
from .formattednumber import FormattedNumber, format_of, with_format
from .formparts import Bound, Lambda, Lines, Place
from .forms import has_forms, reduced
from .formulatext import Corner, Reference, canonical, map_references
from .grid import Row
from .locales import find_locale
from .pivotsource import PivotSource
from .pivottables import pivoted
from .russiannames import with_english_names
from .serials import serial_of
from .spreading import Spreading, with_filled

_VOLATILE = re.compile(r"\b(TODAY|NOW)\(\s*\)", re.IGNORECASE)
_WORD = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'!?|[^\W\d][\w.]*(?=[^\w.(!]|$)")
_PLACE = re.compile(r"\b(ROW|COLUMN)\(\s*(?:\$?([A-Z]{1,3})\$?(\d+))?\s*\)", re.IGNORECASE)
_BLANKS = re.compile(r"\bCOUNTBLANK\(|\b(?:COUNTIFS?|SUMPRODUCT)\(.*\"(?:\"|=\"|<>)", re.IGNORECASE)
_KEPT_ROWS = 20_000
CIRCULAR = {
    "type": "REF",
    "message": "Circular dependency detected. To resolve with iterative calculation, see File > Settings.",
}


class Calculation:
    """Computes the formulas of one spreadsheet at one moment; values are kept for the time of a call."""

    def __init__(self, book: Book, now: datetime) -> None:
        self._book = book
        self._now = now
        self._locale = find_locale(book.locale)
        self._known: dict[tuple[int, int, int], Any] = {}
        self._open: set[tuple[int, int, int]] = set()
        self._rows: dict[int, dict[int, Row]] = {}
        self._last: dict[int, int] = {}
        self._arrays: dict[Box, Any] = {}
        self._blocked: dict[tuple[int, int, int], Any] = {}
        self._spreading = Spreading(self)

    def value(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        """Returns a formula's value: text, number, boolean, None, or an error as a dict."""
        if "e" in cell and may_spread(cell["e"]):
            self._spreading.of(sheet)
        key = (sheet.sheet_id, row, column)
        if key in self._blocked:
            return self._blocked[key]
        if key in self._known:
            return self._known[key]
        if key in self._open:
            return CIRCULAR
        self._open.add(key)
        try:
            value = self._computed(sheet, row, column, cell["e"])
        except RecursionError:
            value = {"type": "ERROR", "message": "The chain of formulas is too long."}
        finally:
            self._open.discard(key)
        self._known[key] = value
        return value

    def rows(
        self, sheet: Sheet, start: int, end: int, *, with_values: bool = False
    ) -> Iterator[tuple[int, Row]]:
        """Streams the rows of [start, end) with the cells that formulas elsewhere fill."""
        filled = self._spreading.of(sheet)
        rows = sheet.grid.rows(start, end, with_values=with_values)
        return with_filled(rows, filled, start, end) if filled else rows

    def lines(self, sheet: Sheet, row: int, column: int, cell: Cell) -> list[list[Any]] | None:
        """Returns a formula's result line by line where it fills several cells, a pivot table, or None."""
        key = (sheet.sheet_id, row, column)
        if key in self._open:
            return None
        self._open.add(key)
        try:
            if "p" in cell and "source" not in cell["p"]:
                return [[libraryvalues.named_error("REF")]]
            if "p" in cell:
                place = ConditionPlace(sheet, row, column)
                return pivoted(cell["p"], PivotSource(self._book, self, self, self._now, place))
            return libraryvalues.plain_lines(self._whole(sheet, row, column, cell["e"]))
        except RecursionError:
            return None
        finally:
            self._open.discard(key)

    def block(self, sheet: Sheet, row: int, column: int, error: dict[str, Any]) -> None:
        """Lets a formula show an error in place of a result that has no room."""
        self._blocked[(sheet.sheet_id, row, column)] = error

    def forget(self) -> None:
        """Forgets the values computed so far."""
        self._known.clear()
        self._arrays.clear()
        self._blocked.clear()

    def evaluated(self, sheet: Sheet, row: int, column: int, formula: str) -> Any:
        """Returns the value that a formula would have in a cell, whatever the cell holds."""
        return self._computed(sheet, row, column, formula)

    def number_format(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Mapping[str, Any]:
        """Returns the format that a result takes by itself: dates stay dates, references keep theirs.

        Source: assumed from the editor's behaviour.
        """
        return format_of(self.value(sheet, row, column, cell))

    def _computed(self, sheet: Sheet, row: int, column: int, formula: str) -> Any:
        result = self._whole(sheet, row, column, formula)
        if isinstance(result, dict):
            return result
        if not may_spread(formula):
            result = self._crossing(formula, row, column, result)
        return libraryvalues.first(result)

    def _crossing(self, formula: str, row: int, column: int, result: Any) -> Any:
        """Takes from a result the item of the formula's own row or column, where its ranges have one.

        Source: the editor's behaviour outside of ARRAYFORMULA; where the ranges differ the first is taken.
        """
        size = libraryvalues.shape(result)
        if size is None or 1 not in size or size == (1, 1):
            return result
        down = size[1] == 1
        spans = {_span(reference, down) for reference in _references(formula) if reference.second is not None}
        if len(spans) != 1 or (span := spans.pop()) is None:
            return result
        place = (row if down else column) - span[0]
        if not 0 <= place < size[0 if down else 1]:
            return libraryvalues.error("#VALUE!")
        return result[place, 0] if down else result[0, place]

    def _whole(self, sheet: Sheet, row: int, column: int, formula: str) -> Any:
        if self._locale.name.startswith("ru"):
            formula = with_english_names(formula)
        text = canonical(formula, self._locale.decimal == ",")
        return self.part(Place(sheet, row, column), text, {})

    def part(self, place: Place, text: str, bound: Bound) -> Any:
        """Returns what a formula or a part of one gives, as the library has it; failures as dicts."""
        text = text if text.startswith("=") else f"={text}"
        if _PLACE.search(text):
            text = _placed(text, place.row, place.column)
        if has_forms(text) or any(isinstance(one, Lambda) for one in bound.values()):
            try:
                text, bound = reduced(self, place, text, bound)
            except ValueError:
                return {"type": "ERROR", "message": "Formula parse error."}
        shape, arguments = self._cut(text, place.sheet, bound)
        compiled = functionlibrary.compiled(shape, self._locale.name)
        if isinstance(compiled, dict):
            return compiled
        given = [arguments[name]() for name in compiled.names if name in arguments]
        return compiled.whole(given)

    def _cut(self, text: str, sheet: Sheet, bound: Bound) -> tuple[str, dict[str, Callable[[], Any]]]:
        """Replaces references by names; returns the shape and how to get each name's values."""
        names: dict[str, str] = {}
        arguments: dict[str, Callable[[], Any]] = {}

        def named(key: str, argument: Callable[[], Any]) -> str:
            if key not in names:
                names[key] = f"ZZ{len(names) + 1}"
                arguments[names[key]] = argument
            return names[key]

        blanks = _BLANKS.search(text) is not None and not may_spread(text)

        def reference(found: Reference) -> str:
            return named(found.text(), lambda: self._referred(found, sheet, blanks=blanks))

        def volatile(match: re.Match[str]) -> str:
            word = match[1].upper()
            return named(f"{word}()", lambda: libraryvalues.array([[self._moment(word)]]))

        shape = map_references(text, reference)
        shape = _VOLATILE.sub(volatile, shape)
        if bound:
            shape = _WORD.sub(lambda match: _bound(match[0], bound, named), shape)
        if self._book.named_ranges:
            shape = _WORD.sub(lambda match: self._named(match[0], named), shape)
        return shape, arguments

    def _named(self, word: str, named: Callable[[str, Callable[[], Any]], str]) -> str:
        if word[0] in "\"'" or word.startswith("ZZ"):
            return word
        range_ = self._book.named(word)
        if range_ is None:
            return word
        sheet = self._book.find(int(range_.get("sheetId", 0)))
        if sheet is None:
            return word
        box = area_of(range_).clipped(sheet.row_count, sheet.column_count)
        return named(word, lambda: self._array(sheet, box))

    def resolved(self, place: Place, text: str, bound: Bound) -> str:
        """Returns a part of a formula with references in the place of the calls that give them."""
        return reduced(self, place, text, bound)[0]

    def area_named(self, text: str) -> Area | None:
        """Returns the area that a text names: cells, a sheet or a named range; or None."""
        try:
            return self._book.area(text)
        except A1Error:
            return None

    def sheet_titled(self, title: str | None, here: Sheet) -> Sheet | None:
        """Returns a sheet by its title, or the one at hand where none is given."""
        return here if title is None else self._book.titled(title)

    def sheet_of(self, area: Area) -> Sheet:
        """Returns the sheet of an area."""
        return self._book.sheet(area.sheet_id)

    def moment(self) -> float:
        """Returns the present moment in the spreadsheet's time zone as a serial number."""
        return self._moment("NOW")

    def imported(self, book: str, range_: str) -> Lines | None:
        """Returns the values of a range of a spreadsheet that this one is connected with, or None.

        Source: Google's help on IMPORTRANGE: #REF! until the two are connected by somebody who may read both.
        """
        if book not in self._book.objects.get("importedFrom", ()):
            return None
        try:
            other = Book(self._book.tx, book)
            area = other.area(range_)
        except (KeyError, A1Error):
            return None
        sheet = other.sheet(area.sheet_id)
        inner = Calculation(other, self._now)
        return libraryvalues.rectangle(inner.of_area(sheet, area))

    def of_area(self, sheet: Sheet, area: Area) -> Any:
        """Returns the values of an area; open rows end with the last filled one."""
        bottom = area.bottom if area.bottom is not None else max(self._last_row(sheet), area.top or 0) + 1
        return self._array(sheet, replace(area, bottom=bottom).clipped(sheet.row_count, sheet.column_count))

    def _moment(self, word: str) -> float:
        try:
            zone: Any = ZoneInfo(self._book.properties.get("timeZone", "Etc/GMT"))
        except (ZoneInfoNotFoundError, ValueError):
            zone = UTC
        local = self._now.astimezone(zone)
        if word == "TODAY":
            pattern = {"type": "DATE", "pattern": self._locale.date_pattern}
            return FormattedNumber(serial_of(local.date()), pattern)
        pattern = {"type": "DATE_TIME", "pattern": self._locale.date_time_pattern}
        return FormattedNumber(serial_of(local.replace(microsecond=0)), pattern)

    def _sheet_of(self, reference: Reference, here: Sheet) -> Sheet | None:
        return here if reference.title is None else self._book.titled(reference.title)

    def _referred(self, reference: Reference, here: Sheet, *, blanks: bool) -> Any:
        """Returns the values of a reference; open rows end with the grid where empty cells are counted."""
        sheet = self._sheet_of(reference, here)
        if sheet is None:
            return libraryvalues.array([[libraryvalues.error("#REF!")]])
        first, second = reference.first, reference.second or reference.first
        box = self._box(sheet, first, second, blanks=blanks)
        if box is None:
            return libraryvalues.array([[libraryvalues.error("#REF!")]])
        return self._array(sheet, box)

    def _box(self, sheet: Sheet, first: Corner, second: Corner, *, blanks: bool) -> Box | None:
        top, bottom = _ordered(first.row, second.row)
        left, right = _ordered(first.column, second.column)
        if (top or 0) >= sheet.row_count or (left or 0) >= sheet.column_count:
            return None
        open_end = sheet.row_count if blanks else max(self._last_row(sheet) + 1, (top or 0) + 1)
        return Box(
            sheet.sheet_id,
            top or 0,
            min(bottom if bottom is not None else open_end, sheet.row_count),
            left or 0,
            min(right if right is not None else sheet.column_count, sheet.column_count),
        )

    def _last_row(self, sheet: Sheet) -> int:
        if sheet.sheet_id not in self._last:
            self._last[sheet.sheet_id] = sheet.grid.last_filled_row()
        return max(self._last[sheet.sheet_id], max(self._spreading.of(sheet), default=-1))

    def _array(self, sheet: Sheet, box: Box) -> Any:
        if box not in self._arrays:
            lines = [[libraryvalues.empty()] * box.width for _ in range(box.height)]
            filled = self._spreading.of(sheet)
            stored = iter(self._stored(sheet, box))
            for index, row in with_filled(stored, filled, box.top, box.bottom) if filled else stored:
                line = lines[index - box.top]
                for column, cell in row.cells.items():
                    if box.left <= column < box.right:
                        line[column - box.left] = self._plain(sheet, index, column, cell)
            self._arrays[box] = libraryvalues.array(lines)
        return self._arrays[box]

    def _stored(self, sheet: Sheet, box: Box) -> Sequence[tuple[int, Row]]:
        if box.height <= 4 or self._last_row(sheet) > _KEPT_ROWS:
            found = ((index, sheet.grid.row(index)) for index in range(box.top, box.bottom))
            if box.height <= 4:
                return [(index, row) for index, row in found if row is not None]
            return list(sheet.grid.rows(box.top, box.bottom))
        if sheet.sheet_id not in self._rows:
            self._rows[sheet.sheet_id] = dict(sheet.grid.rows(0, self._last_row(sheet) + 1))
        rows = self._rows[sheet.sheet_id]
        return [(index, rows[index]) for index in range(box.top, box.bottom) if index in rows]

    def _plain(self, sheet: Sheet, row: int, column: int, cell: Cell) -> Any:
        value = self.value(sheet, row, column, cell) if "e" in cell else cell.get("s", cell.get("v"))
        if value is None:
            return libraryvalues.empty()
        if isinstance(value, dict):
            return libraryvalues.error_of(value)
        if "f" in cell and isinstance(value, int | float):
            return with_format(value, self._book.shared(cell["f"]).get("numberFormat", {}))
        return value


def _bound(word: str, bound: Bound, named: Callable[[str, Callable[[], Any]], str]) -> str:
    key = word.lower()
    value = bound.get(key)
    return word if value is None or isinstance(value, Lambda) else named(f" {key}", lambda: value)


def _placed(text: str, row: int, column: int) -> str:
    """Writes the numbers that ROW() and COLUMN() of the own cell, or of one named cell, stand for."""

    def number(match: re.Match[str]) -> str:
        if match[2] is None:
            return str((row if match[1].upper() == "ROW" else column) + 1)
        return match[3] if match[1].upper() == "ROW" else str(column_index(match[2]) + 1)

    return _PLACE.sub(number, text)


def _references(formula: str) -> list[Reference]:
    """Lists the references of a formula in order."""
    found: list[Reference] = []

    def note(reference: Reference) -> str:
        found.append(reference)
        return ""

    map_references(formula, note)
    return found


def _span(reference: Reference, rows: bool) -> tuple[int, int] | None:
    """Returns the rows (or columns) of a range, or None where they are open."""
    ends = (reference.first, reference.second or reference.first)
    found = [end.row if rows else end.column for end in ends]
    if found[0] is None or found[1] is None:
        return None
    return min(found[0], found[1]), max(found[0], found[1])


def _ordered(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    if start is None and end is None:
        return None, None
    if start is None or end is None:
        known = start if start is not None else end
        return (known, None) if start is not None else (None, (known or 0) + 1)
    return min(start, end), max(start, end) + 1
