"""A1 notation: parsing, normalising and clipping ranges as the Sheets API does.

Source: the discovery document (fields of type A1 notation), the guide "Cell reference", and the
recorded answers listed in the support table (``D4:A1`` comes back as ``A1:D4``, ``A1:A`` as ``A1:A1000``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

MAX_COLUMNS = 18_278

_CELL = re.compile(r"^\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?$")
_R1C1 = re.compile(r"^R(\d+)C(\d+)$", re.IGNORECASE)
_PLAIN_TITLE = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_LOOKS_LIKE_CELL = re.compile(r"^(?:[A-Za-z]{1,3}\d+|R\d*C\d*)$", re.IGNORECASE)


class A1Error(ValueError):
    """A text is not a range in A1 notation."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of one sheet, half-open and zero-based; ``None`` means unbounded on that side."""

    sheet_id: int
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    def clipped(self, rows: int, columns: int) -> Box:
        """Bounds the rectangle by a grid of ``rows`` × ``columns``."""
        top = min(self.top or 0, rows)
        left = min(self.left or 0, columns)
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Box(self.sheet_id, top, max(bottom, top), left, max(right, left))


@dataclass(frozen=True, slots=True)
class Box:
    """A bounded rectangle of one sheet, half-open and zero-based."""

    sheet_id: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """Returns the number of rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Returns the number of columns."""
        return self.right - self.left

    def holds(self, row: int, column: int) -> bool:
        """Tells whether a cell lies inside."""
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Box) -> bool:
        """Tells whether two rectangles of the same sheet share a cell."""
        return (
            self.sheet_id == other.sheet_id
            and self.top < other.bottom
            and other.top < self.bottom
            and self.left < other.right
            and other.left < self.right
        )

    def contains(self, other: Box) -> bool:
        """Tells whether the other rectangle lies wholly inside."""
        return (
            self.sheet_id == other.sheet_id
            and self.top <= other.top
            and other.bottom <= self.bottom
            and self.left <= other.left
            and other.right <= self.right
        )

    def moved(self, rows: int, columns: int) -> Box:
        """Returns the rectangle shifted by a number of rows and columns."""
        return replace(
            self,
            top=self.top + rows,
            bottom=self.bottom + rows,
            left=self.left + columns,
            right=self.right + columns,
        )


def column_name(index: int) -> str:
    """Names a zero-based column: 0 → A, 26 → AA."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(65 + digit) + name
    return name


def column_index(name: str) -> int:
    """Returns the zero-based index of a column name."""
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    """Names a cell: (0, 0) → A1."""
    return f"{column_name(column)}{row + 1}"


def quote_title(title: str) -> str:
    """Quotes a sheet title where a range needs it.

    Source: recorded answers (``Sheet1!``, ``'D3'!``, ``'worksheet 2'!``, ``'🌵 x'!``); titles with other than
    Latin letters are quoted too (``'Лист1'!A1:Z1000`` in the answers that two projects quote).
    """
    if _PLAIN_TITLE.match(title) and not _LOOKS_LIKE_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def box_name(title: str, box: Box) -> str:
    """Writes a bounded rectangle as the API does: no colon for a single cell."""
    start = cell_name(box.top, box.left)
    end = cell_name(max(box.bottom - 1, box.top), max(box.right - 1, box.left))
    return f"{quote_title(title)}!{start}" + ("" if start == end else f":{end}")


def area_name(title: str, area: Area) -> str:
    """Writes a rectangle as it was asked for, open ends left out: ``T!A1001:B``.

    Source: refusals of Google that a project recorded (``T!A1001:B``, ``T!A1001:B1001``, ``T!AA1:2``); where
    nothing bounds the start it is written as the first row or column.
    """
    first = column_name(area.left or 0) + str((area.top or 0) + 1)
    last = (column_name(area.right - 1) if area.right is not None else "") + (
        str(area.bottom) if area.bottom is not None else ""
    )
    return f"{quote_title(title)}!{first}" + ("" if last in ("", first) else f":{last}")


def split_range(text: str) -> tuple[str | None, str | None]:
    """Splits ``'Title'!A1:B2`` into a title and a cell part; either may be missing.

    Without an exclamation mark the text comes back as (None, text), unless it is quoted: then it is a title.
    """
    if text.startswith("'"):
        end = 1
        while True:
            end = text.find("'", end)
            if end < 0:
                raise A1Error(text)
            if text[end + 1 : end + 2] != "'":
                break
            end += 2
        title = text[1:end].replace("''", "'")
        rest = text[end + 1 :]
        if not rest:
            return title, None
        if not rest.startswith("!"):
            raise A1Error(text)
        return title, rest[1:]
    if "!" in text:
        title, rest = text.rsplit("!", 1)
        return title, rest
    return None, text


def _corner(text: str) -> tuple[int | None, int | None]:
    if match := _R1C1.match(text):
        return int(match[1]) - 1, int(match[2]) - 1
    match = _CELL.match(text)
    if match is None or not (match[1] or match[2]):
        raise A1Error(text)
    row = int(match[2]) - 1 if match[2] else None
    column = column_index(match[1]) if match[1] else None
    if column is not None and column >= MAX_COLUMNS:
        raise A1Error(text)
    return row, column


def parse_cells(sheet_id: int, text: str) -> Area:
    """Reads the cells of a range: ``A1``, ``A1:B2``, ``A:A``, ``2:3``, ``A1:1``, ``R1C1:R2C2``.

    Raises:
        A1Error: the text is something else (a named range, a title, nonsense).
    """
    first, colon, second = text.partition(":")
    top, left = _corner(first)
    if not colon:
        if top is None or left is None:
            raise A1Error(text)
        return Area(sheet_id, top, top + 1, left, left + 1)
    last, right = _corner(second)
    start_row, end_row = _ordered(top, last)
    start_column, end_column = _ordered(left, right)
    return Area(sheet_id, start_row, end_row, start_column, end_column)


def _ordered(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    if start is None and end is None:
        return None, None
    if end is None:
        return start, None
    if start is None:
        return None, end + 1
    return min(start, end), max(start, end) + 1
