"""What a request kind works with, and the registration of kinds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sheets_sync.emulator.calls import Call

from .book import Book, Sheet, free_id
from .refusals import Refusal

Body = dict[str, Any]


@dataclass(slots=True)
class Work:
    """One batch on one spreadsheet: its call, the open spreadsheet, and whether a filter hid rows."""

    call: Call
    book: Book

    def sheet(self, body: Body, key: str = "sheetId") -> Sheet:
        """Returns the sheet that a request names; a missing id is sheet 0."""
        return self.book.sheet(int(body.get(key, 0)))

    def place(self, coordinate: Body) -> tuple[Sheet, int, int]:
        """Returns (sheet, row, column) of a GridCoordinate.

        Raises:
            Refusal: the sheet is missing or an index is negative.
        """
        row, column = coordinate.get("rowIndex", 0), coordinate.get("columnIndex", 0)
        if row < 0 or column < 0:
            raise Refusal("rowIndex and columnIndex must not be negative.")
        return self.sheet(coordinate), row, column

    def new_id(self, taken: set[int], asked: int | None, what: str) -> int:
        """Returns a free id for an object, the asked one if it is free.

        Raises:
            Refusal: the asked id is taken. Source: discovery document (an error); the text is assumed.
        """
        if asked:
            if asked in taken:
                raise Refusal(f"{what} with id {asked} already exists.")
            return asked
        return free_id(iter(self.call.ids.int31, None), taken)


Kind: TypeAlias = Callable[[Work, Body], "Body | None"]


def need(body: Body, key: str) -> Any:
    """Returns a field that a request must have.

    Raises:
        Refusal: it is missing.
    """
    if key not in body:
        raise Refusal(f"No {key} specified." if key != "range" else "range is required.")
    return body[key]
