"""Functions that ask about cells themselves: ROWS, COLUMNS, CELL, FORMULATEXT, ISFORMULA, ISREF, SUBTOTAL.

Source: Google's help page of each function.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from . import libraryvalues
from .book import Sheet
from .cells import Cell
from .formparts import Bound, Computer, Form, Lines, NoReferenceError, Place, number, value, values
from .formulatext import Corner, Reference
from .referenceforms import reference_of

_SUMMARIES = {
    1: "AVERAGE",
    2: "COUNT",
    3: "COUNTA",
    4: "MAX",
    5: "MIN",
    6: "PRODUCT",
    7: "STDEV",
    8: "STDEVP",
    9: "SUM",
    10: "VAR",
    11: "VARP",
}


def _referred(computer: Computer, place: Place, text: str, bound: Bound) -> tuple[Sheet, Reference]:
    reference = reference_of(computer, place, text, bound)
    sheet = computer.sheet_titled(reference.title, place.sheet)
    if sheet is None:
        raise NoReferenceError("#REF!")
    return sheet, reference


def _one(given: tuple[str, ...]) -> str:
    if len(given) != 1:
        raise NoReferenceError("#N/A")
    return given[0]


def _sized(rows: bool) -> Form:
    def size(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Lines:
        text = _one(given)
        try:
            sheet, reference = _referred(computer, place, text, bound)
        except NoReferenceError:
            lines = values(computer, place, text, bound)
            return [[len(lines) if rows else len(lines[0])]]
        ends = (reference.first, reference.second or reference.first)
        start, end = ((one.row if rows else one.column) for one in ends)
        limit = sheet.row_count if rows else sheet.column_count
        return [[(end if end is not None else limit - 1) - (start or 0) + 1]]

    return size


def _corner(computer: Computer, place: Place, text: str, bound: Bound) -> tuple[Sheet, int, int, Cell]:
    sheet, reference = _referred(computer, place, text, bound)
    row, column = reference.first.row or 0, reference.first.column or 0
    return sheet, row, column, sheet.grid.cell(row, column) or {}


def _formula_text(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Lines:
    *_, cell = _corner(computer, place, _one(given), bound)
    if "e" not in cell:
        raise NoReferenceError("#N/A")
    return [[cell["e"]]]


def _is_formula(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Lines:
    *_, cell = _corner(computer, place, _one(given), bound)
    return [["e" in cell]]


def _is_reference(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Lines:
    try:
        _referred(computer, place, _one(given), bound)
    except NoReferenceError:
        return [[False]]
    return [[True]]


def _cell(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Lines:
    if len(given) != 2:
        raise NoReferenceError("#N/A")
    asked = str(value(computer, place, given[0], bound)).lower()
    sheet, row, column, _ = _corner(computer, place, given[1], bound)
    name = Reference(None if sheet is place.sheet else sheet.title, Corner(row, column)).text()
    if asked == "address":
        return [[Reference(None, Corner(row, column, True, True)).text()]]
    if asked in ("row", "col"):
        return [[(row if asked == "row" else column) + 1]]
    contents = value(computer, place, name, bound)
    if asked == "contents":
        return [[contents]]
    if asked == "type":
        return [["b" if contents in (None, "") else "l" if isinstance(contents, str) else "v"]]
    if asked == "prefix":
        return [["'" if isinstance(contents, str) else ""]]
    raise NoReferenceError("#VALUE!")


def _subtotal(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    """Summarizes what is seen: rows that a filter hides never count, nor do other subtotals.

    From 101 on rows that are hidden by hand do not count either.
    """
    if len(given) < 2:
        raise NoReferenceError("#N/A")
    code = number(computer, place, given[0], bound)
    if code % 100 not in _SUMMARIES or code not in (code % 100, 100 + code % 100):
        raise NoReferenceError("#VALUE!")
    items = [
        item for text in given[1:] for item in _counted(computer, place, text, bound, by_hand=code > 100)
    ]
    shown = libraryvalues.of_rectangle([[item] for item in items] or [[None]])
    return computer.part(place, f"{_SUMMARIES[code % 100]}(zsubtotal)", {"zsubtotal": shown})


def _counted(computer: Computer, place: Place, text: str, bound: Bound, *, by_hand: bool) -> Iterator[Any]:
    sheet, reference = _referred(computer, place, text, bound)
    top, left = reference.first.row or 0, reference.first.column or 0
    for down, line in enumerate(values(computer, place, text, bound)):
        stored = sheet.grid.row(top + down)
        properties = stored.properties if stored else {}
        if properties.get("hiddenByFilter") or (by_hand and properties.get("hiddenByUser")):
            continue
        cells: Mapping[int, Cell] = stored.cells if stored else {}
        for right, item in enumerate(line):
            if "SUBTOTAL(" not in cells.get(left + right, {}).get("e", "").upper():
                yield item


FORMS: Mapping[str, Form] = {
    "ROWS": _sized(rows=True),
    "COLUMNS": _sized(rows=False),
    "CELL": _cell,
    "FORMULATEXT": _formula_text,
    "ISFORMULA": _is_formula,
    "ISREF": _is_reference,
    "SUBTOTAL": _subtotal,
}
