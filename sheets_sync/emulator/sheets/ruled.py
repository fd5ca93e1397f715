"""Whether what people have just typed fits the rules of the cells.

The API stores any value; only a person at the page is held to a rule.
Source: discovery document, DataValidationRule.strict ("True if invalid data should be rejected") and
inputMessage; that an empty cell fits every rule is assumed.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call

from .conditions import Conditions, Place
from .rendering import Renderer
from .spreadsheets import calculation, open_book


def first_unfit(
    call: Call, sheet_id: int, area: tuple[int, int, int, int]
) -> tuple[int, int, dict[str, Any]] | None:
    """Returns (row, column, rule) of the first cell of an area that breaks its strict rule, or None.

    Shape: the area is rows [a, b) and columns [c, d) from 0; a rule is a DataValidationRule.
    """
    book = open_book(call)
    sheet = book.sheet(sheet_id)
    renderer = Renderer(book, calculation(call, book))
    conditions = Conditions(renderer, call.now)
    for index, row in sheet.grid.rows(area[0], area[1]):
        for column, cell in row.cells.items():
            if "d" not in cell or not area[2] <= column < area[3]:
                continue
            rule: dict[str, Any] = book.shared(cell["d"])
            place = Place(sheet, index, column)
            if not rule.get("strict") or renderer.text(*place, cell) == "":
                continue
            if not conditions.holds(rule.get("condition", {}), place, place, cell):
                return index, column, rule
    return None
