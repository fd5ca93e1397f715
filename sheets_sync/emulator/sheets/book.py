"""One spreadsheet inside one transaction: its properties, its sheets, its shared formats and rules."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from .a1 import A1Error, Area, Box, area_name, parse_cells, split_range
from .cells import MAX_CELLS, TOO_MANY
from .grid import Grid
from .refusals import Refusal

DEFAULT_ROWS = 1000
DEFAULT_COLUMNS = 26


@dataclass
class Sheet:
    """One sheet: properties as the API shows them, column properties by index, and the objects on it.

    Columns and objects stay text until somebody asks: most requests touch one sheet of many.
    """

    sheet_id: int
    properties: dict[str, Any]
    grid: Grid
    stored_columns: str = "[]"
    stored_objects: str = "{}"
    changed: bool = field(default=False)

    @cached_property
    def columns(self) -> dict[int, dict[str, Any]]:
        """The properties of the columns that have any, by index."""
        return dict(json.loads(self.stored_columns))

    @cached_property
    def objects(self) -> dict[str, Any]:
        """What lies on the sheet, by kind."""
        found: dict[str, Any] = json.loads(self.stored_objects)
        return found

    @property
    def title(self) -> str:
        """Returns the sheet's title."""
        return str(self.properties["title"])

    @property
    def row_count(self) -> int:
        """Returns the number of rows of the grid; 0 for a sheet that is not a grid."""
        return int(self.properties.get("gridProperties", {}).get("rowCount", 0))

    @property
    def column_count(self) -> int:
        """Returns the number of columns of the grid."""
        return int(self.properties.get("gridProperties", {}).get("columnCount", 0))

    def resize(self, rows: int | None = None, columns: int | None = None) -> None:
        """Sets the size of the grid; what lies outside is the caller's affair."""
        shape = self.properties.setdefault("gridProperties", {})
        if rows is not None:
            shape["rowCount"] = rows
        if columns is not None:
            shape["columnCount"] = columns
        self.changed = True

    def listed(self, kind: str) -> list[dict[str, Any]]:
        """Returns the sheet's list of objects of a kind (merges, charts, protectedRanges…) for changing."""
        self.changed = True
        found: list[dict[str, Any]] = self.objects.setdefault(kind, [])
        return found

    def seen(self, kind: str) -> list[dict[str, Any]]:
        """Returns the sheet's list of objects of a kind for reading."""
        found: list[dict[str, Any]] = self.objects.get(kind, [])
        return found

    def whole(self) -> Box:
        """Returns the rectangle of the whole grid."""
        return Box(self.sheet_id, 0, self.row_count, 0, self.column_count)


class Book:
    """One spreadsheet, loaded without its cells; changes are written by ``save``."""

    def __init__(self, tx: sqlite3.Connection, book_id: str) -> None:
        found = tx.execute("SELECT properties, objects FROM sheets_book WHERE id = ?", (book_id,)).fetchone()
        if found is None:
            raise KeyError(book_id)
        self.tx = tx
        self.id = book_id
        self.properties: dict[str, Any] = json.loads(found[0])
        self.objects: dict[str, Any] = json.loads(found[1])
        self.sheets: list[Sheet] = []
        self.edited: set[int] = set()
        self._shared: dict[int, Any] | None = None
        self._numbers: dict[str, int] = {}
        query = (
            "SELECT grid, sheet, properties, columns, objects FROM sheets_sheet "
            "WHERE book = ? ORDER BY position"
        )
        for grid, sheet_id, properties, columns, objects in tx.execute(query, (book_id,)).fetchall():
            self.sheets.append(Sheet(sheet_id, json.loads(properties), Grid(tx, grid), columns, objects))

    @property
    def title(self) -> str:
        """Returns the spreadsheet's title."""
        return str(self.properties.get("title", ""))

    @property
    def locale(self) -> str:
        """Returns the name of the spreadsheet's locale."""
        return str(self.properties.get("locale", "en_US"))

    @property
    def named_ranges(self) -> list[dict[str, Any]]:
        """Returns the named ranges, for reading and changing."""
        found: list[dict[str, Any]] = self.objects.setdefault("namedRanges", [])
        return found

    def theme(self) -> dict[str, dict[str, Any]]:
        """Returns the theme's colours by type."""
        pairs = self.properties.get("spreadsheetTheme", {}).get("themeColors", [])
        return {pair["colorType"]: pair.get("color", {}).get("rgbColor", {}) for pair in pairs}

    def find(self, sheet_id: int) -> Sheet | None:
        """Returns a sheet by its id, or None."""
        return next((sheet for sheet in self.sheets if sheet.sheet_id == sheet_id), None)

    def sheet(self, sheet_id: int) -> Sheet:
        """Returns a sheet by its id.

        Raises:
            Refusal: there is no such sheet.
        """
        sheet = self.find(sheet_id)
        if sheet is None:
            raise Refusal(f"No grid with id: {sheet_id}")
        return sheet

    def titled(self, title: str) -> Sheet | None:
        """Returns a sheet by its title; letters' case does not matter where no exact title fits."""
        exact = next((sheet for sheet in self.sheets if sheet.title == title), None)
        folded = title.casefold()
        return exact or next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def named(self, name: str) -> dict[str, Any] | None:
        """Returns the range of a named range, or None."""
        folded = name.casefold()
        return next((item["range"] for item in self.named_ranges if item["name"].casefold() == folded), None)

    def area(self, text: str) -> Area:
        """Reads a range of this spreadsheet in A1 notation, or the name of a sheet or of a named range.

        Raises:
            A1Error: the text names nothing here.
        """
        title, cells = split_range(text)
        if cells is None and title is not None:
            sheet = self.titled(title)
            if sheet is None:
                raise A1Error(text)
            return Area(sheet.sheet_id)
        if title is None:
            return self._untitled(text)
        sheet = self.titled(title)
        if sheet is None or cells is None:
            raise A1Error(text)
        try:
            return parse_cells(sheet.sheet_id, cells)
        except A1Error:
            named = self.named(cells)
            if named is None:
                raise
            return area_of(named)

    def _untitled(self, text: str) -> Area:
        named = self.named(text)
        if named is not None:
            return area_of(named)
        sheet = self.titled(text)
        if sheet is not None:
            return Area(sheet.sheet_id)
        return parse_cells(self.sheets[0].sheet_id, text)

    def box(self, range_: dict[str, Any] | None, name: str = "range", *, empty: bool = False) -> Box:
        """Bounds a GridRange by its sheet's grid; one that ends past the grid is cut.

        Raises:
            Refusal: the range is missing, starts outside of the grid, ends before it starts, or holds no cell
                where ``empty`` ones are not taken. Source: answers of Google to repeatCell that a project
                recorded in 2026; that other kinds refuse an empty range is assumed.
        """
        if range_ is None:
            raise Refusal(f"{name} is required.")
        sheet = self.sheet(int(range_.get("sheetId", 0)))
        area = area_of(range_)
        for start, end, word in ((area.top, area.bottom, "Row"), (area.left, area.right, "Column")):
            low = start or 0
            if low < 0:
                raise Refusal(f"{name}.start{word}Index[{low}] must not be negative")
            if end is not None and (end < low or (end == low and not empty)):
                raise Refusal(f"{name}.end{word}Index must be after {name}.start{word}Index")
        return self.within(sheet, area)

    def within(self, sheet: Sheet, area: Area) -> Box:
        """Bounds a rectangle by its sheet's grid.

        Raises:
            Refusal: it starts outside of the grid.
        """
        if (area.top or 0) >= sheet.row_count or (area.left or 0) >= sheet.column_count:
            raise Refusal(
                f"Range ({area_name(sheet.title, area)}) exceeds grid limits. "
                f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
            )
        return area.clipped(sheet.row_count, sheet.column_count)

    def count_cells(self) -> int:
        """Returns the number of cells of all grids."""
        return sum(sheet.row_count * sheet.column_count for sheet in self.sheets)

    def check_size(self) -> None:
        """Refuses a spreadsheet with more cells than allowed.

        Raises:
            Refusal: the limit is passed.
        """
        if self.count_cells() > MAX_CELLS:
            raise Refusal(TOO_MANY)

    def share(self, body: dict[str, Any]) -> int:
        """Returns the number under which an object (a format, a rule) is kept once for the spreadsheet."""
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        shared = self._load_shared()
        number = self._numbers.get(text)
        if number is None:
            number = max(shared, default=0) + 1
            shared[number] = body
            self._numbers[text] = number
            self.tx.execute("INSERT INTO sheets_shared VALUES (?, ?, ?)", (self.id, number, text))
        return number

    def shared(self, number: int | None) -> dict[str, Any]:
        """Returns a shared object by its number; an empty one for None. It must not be changed."""
        if number is None:
            return {}
        found: dict[str, Any] = self._load_shared()[number]
        return found

    def _load_shared(self) -> dict[int, Any]:
        if self._shared is None:
            self._shared = {}
            query = "SELECT number, body FROM sheets_shared WHERE book = ?"
            for number, text in self.tx.execute(query, (self.id,)):
                self._shared[number] = json.loads(text)
                self._numbers[text] = number
        return self._shared

    def add_sheet(self, sheet_id: int, properties: dict[str, Any], position: int) -> Sheet:
        """Adds an empty sheet at a position."""
        cursor = self.tx.execute(
            "INSERT INTO sheets_sheet (book, sheet, position, properties, columns, objects) "
            "VALUES (?, ?, ?, '{}', '[]', '{}')",
            (self.id, sheet_id, len(self.sheets)),
        )
        sheet = Sheet(sheet_id, properties, Grid(self.tx, int(cursor.lastrowid or 0)), changed=True)
        self.sheets.insert(position, sheet)
        return sheet

    def remove_sheet(self, sheet: Sheet) -> None:
        """Deletes a sheet with its rows and metadata."""
        self.sheets.remove(sheet)
        sheet.grid.forget()
        self.tx.execute("DELETE FROM sheets_row WHERE grid = ?", (sheet.grid.key,))
        self.tx.execute("DELETE FROM sheets_sheet WHERE grid = ?", (sheet.grid.key,))
        self.tx.execute("DELETE FROM sheets_metadata WHERE book = ? AND sheet = ?", (self.id, sheet.sheet_id))

    def save(self) -> None:
        """Writes the spreadsheet's and the sheets' properties and the changed rows."""
        self.tx.execute(
            "UPDATE sheets_book SET properties = ?, objects = ? WHERE id = ?",
            (_text(self.properties), _text(self.objects), self.id),
        )
        for position, sheet in enumerate(self.sheets):
            sheet.grid.flush()
            if sheet.changed:
                self.tx.execute(
                    "UPDATE sheets_sheet SET properties = ?, columns = ?, objects = ? WHERE grid = ?",
                    (
                        _text(sheet.properties),
                        _text(sorted(sheet.columns.items())),
                        _text(sheet.objects),
                        sheet.grid.key,
                    ),
                )
            self.tx.execute("UPDATE sheets_sheet SET position = ? WHERE grid = ?", (position, sheet.grid.key))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def area_of(range_: dict[str, Any]) -> Area:
    """Reads a GridRange; missing indexes are unbounded."""
    return Area(
        int(range_.get("sheetId", 0)),
        range_.get("startRowIndex"),
        range_.get("endRowIndex"),
        range_.get("startColumnIndex"),
        range_.get("endColumnIndex"),
    )


def range_of(box: Box) -> dict[str, Any]:
    """Writes a bounded rectangle as a GridRange."""
    return {
        "sheetId": box.sheet_id,
        "startRowIndex": box.top,
        "endRowIndex": box.bottom,
        "startColumnIndex": box.left,
        "endColumnIndex": box.right,
    }


def free_id(draw: Iterable[int], taken: set[int]) -> int:
    """Returns the first drawn number that is not taken."""
    return next(number for number in draw if number not in taken)
