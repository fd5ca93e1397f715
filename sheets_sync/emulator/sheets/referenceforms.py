"""OFFSET, INDIRECT, and ROW and COLUMN of a range: functions that give or measure references.

Source: Google's function list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from .a1 import A1Error, Area, parse_cells, split_range
from .book import Sheet
from .formparts import Bound, Computer, Form, NoReferenceError, Place, number, single_reference, value
from .formulatext import Corner, Reference

_R1C1 = re.compile(r"R(?:(\d+)|\[(-?\d+)\])?C(?:(\d+)|\[(-?\d+)\])?", re.IGNORECASE)


def reference_of(computer: Computer, place: Place, text: str, bound: Bound) -> Reference:
    """Returns the reference that a part of a formula is or leads to.

    Raises:
        NoReferenceError: it is none.
    """
    shown = computer.resolved(place, text, bound)
    found = single_reference(shown)
    if found is None:
        area = computer.area_named(shown)
        if area is None:
            raise NoReferenceError("#REF!")
        found = _written(computer.sheet_of(area), area)
    return found


def _written(sheet: Sheet, area: Area) -> Reference:
    """Writes an area as a reference; open rows or columns end with the grid."""
    box = area.clipped(sheet.row_count, sheet.column_count)
    return Reference(sheet.title, Corner(box.top, box.left), Corner(box.bottom - 1, box.right - 1))


def _offset(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Reference:
    if not 3 <= len(given) <= 5:
        raise NoReferenceError("#N/A")
    reference = reference_of(computer, place, given[0], bound)
    sheet = computer.sheet_titled(reference.title, place.sheet)
    if sheet is None:
        raise NoReferenceError("#REF!")
    first, second = reference.first, reference.second or reference.first
    top, left = first.row or 0, first.column or 0
    bottom = second.row if second.row is not None else sheet.row_count - 1
    right = second.column if second.column is not None else sheet.column_count - 1
    rows, columns = (number(computer, place, text, bound) for text in given[1:3])
    height = (
        number(computer, place, given[3], bound)
        if given[3:4] != ("",) and len(given) > 3
        else bottom - top + 1
    )
    width = (
        number(computer, place, given[4], bound)
        if given[4:5] != ("",) and len(given) > 4
        else right - left + 1
    )
    top, left = top + rows, left + columns
    if top < 0 or left < 0 or height < 1 or width < 1:
        raise NoReferenceError("#REF!")
    if top + height > sheet.row_count or left + width > sheet.column_count:
        raise NoReferenceError("#REF!")
    last = Corner(top + height - 1, left + width - 1)
    return Reference(sheet.title, Corner(top, left), last if height * width > 1 else None)


def _indirect(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Reference:
    if not 1 <= len(given) <= 2:
        raise NoReferenceError("#N/A")
    text = value(computer, place, given[0], bound)
    plain = len(given) < 2 or value(computer, place, given[1], bound) not in (False, 0)
    if not isinstance(text, str) or not text.strip():
        raise NoReferenceError("#REF!")
    if not plain:
        return _by_numbers(computer, place, text.strip())
    area = computer.area_named(text.strip())
    title, cells = split_range(text.strip())
    if area is None or (title is None and cells is None):
        raise NoReferenceError("#REF!")
    if title is None and computer.sheet_titled(text.strip(), place.sheet) is None:
        with suppress(A1Error):  # else it is the name of a range
            area = parse_cells(place.sheet.sheet_id, text.strip())
    sheet = computer.sheet_of(area)
    if (area.top or 0) >= sheet.row_count or (area.left or 0) >= sheet.column_count:
        raise NoReferenceError("#REF!")
    found = _written(sheet, area)
    single = found.second is not None and found.second == found.first
    return Reference(sheet.title, found.first) if single else found


def _by_numbers(computer: Computer, place: Place, text: str) -> Reference:
    """Reads R1C1 notation; numbers in brackets count from the formula's own cell."""
    title, cells = split_range(text) if "!" in text else (None, text)
    sheet = computer.sheet_titled(title, place.sheet)
    corners = [_R1C1.fullmatch(part) for part in (cells or "").split(":")]
    if sheet is None or not 1 <= len(corners) <= 2 or not all(corners):
        raise NoReferenceError("#REF!")
    found = []
    for corner in corners:
        parts = corner.groups() if corner else ()
        row = int(parts[0]) - 1 if parts[0] else place.row + int(parts[1] or 0)
        column = int(parts[2]) - 1 if parts[2] else place.column + int(parts[3] or 0)
        if not (0 <= row < sheet.row_count and 0 <= column < sheet.column_count):
            raise NoReferenceError("#REF!")
        found.append(Corner(row, column))
    return Reference(sheet.title, found[0], found[1] if len(found) > 1 else None)


def _positions(rows: bool) -> Form:
    def numbers(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
        if not given:
            return [[(place.row if rows else place.column) + 1]]
        reference = reference_of(computer, place, given[0], bound)
        sheet = computer.sheet_titled(reference.title, place.sheet)
        first, second = reference.first, reference.second or reference.first
        start, end = (first.row, second.row) if rows else (first.column, second.column)
        limit = 0 if sheet is None else sheet.row_count if rows else sheet.column_count
        span = range((start or 0) + 1, (end if end is not None else limit - 1) + 2)
        return [[number] for number in span] if rows else [list(span)]

    return numbers


FORMS: Mapping[str, Form] = {
    "OFFSET": _offset,
    "INDIRECT": _indirect,
    "ROW": _positions(rows=True),
    "COLUMN": _positions(rows=False),
}
