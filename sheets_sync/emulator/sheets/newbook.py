"""Making spreadsheets and sheets: what a new one looks like.

Source: recorded answers for a spreadsheet made by Drive (title = file name, ``Sheet1`` id 0, 1000×26, en_US,
Etc/GMT, ON_CHANGE) and its default format and theme; discovery document, spreadsheets.create.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from .book import DEFAULT_COLUMNS, DEFAULT_ROWS, Book, free_id
from .protojson import colour, lean, with_colours
from .refusals import Refusal

_WHITE = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: dict[str, Any] = {
    "backgroundColor": _WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": _WHITE},
}
_THEME_HEX = {
    "TEXT": (0, 0, 0),
    "BACKGROUND": (255, 255, 255),
    "ACCENT1": (66, 133, 244),
    "ACCENT2": (234, 67, 53),
    "ACCENT3": (251, 188, 4),
    "ACCENT4": (52, 168, 83),
    "ACCENT5": (255, 109, 1),
    "ACCENT6": (70, 189, 198),
    "LINK": (17, 85, 204),
}
MAX_TITLE = 100


def default_theme() -> dict[str, Any]:
    """Returns the theme of a new spreadsheet."""
    pairs = []
    for kind, parts in _THEME_HEX.items():
        shade = dict(zip(("red", "green", "blue"), (part / 255 for part in parts), strict=True))
        pairs.append({"colorType": kind, "color": {"rgbColor": colour(shade)}})
    return {"primaryFontFamily": "Arial", "themeColors": pairs}


def book_properties(title: str, given: dict[str, Any] | None = None) -> dict[str, Any]:
    """Returns the properties of a new spreadsheet in the recorded order."""
    given = given or {}
    properties: dict[str, Any] = {
        "title": title,
        "locale": given.get("locale") or "en_US",
        "autoRecalc": given.get("autoRecalc") or "ON_CHANGE",
        "timeZone": given.get("timeZone") or "Etc/GMT",
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": given.get("spreadsheetTheme") or default_theme(),
    }
    if "iterativeCalculationSettings" in given:
        properties["iterativeCalculationSettings"] = given["iterativeCalculationSettings"]
    return properties


def insert_book(tx: sqlite3.Connection, book_id: str, properties: dict[str, Any]) -> Book:
    """Stores a spreadsheet without sheets."""
    tx.execute(
        "INSERT INTO sheets_book (id, properties, objects) VALUES (?, ?, '{}')",
        (book_id, json.dumps(properties, ensure_ascii=False)),
    )
    return Book(tx, book_id)


def sheet_shape(given: dict[str, Any], sheet_id: int, title: str, theme: dict[str, Any]) -> dict[str, Any]:
    """Returns the stored properties of a new sheet.

    Raises:
        Refusal: the title is too long or empty, or the grid's size is not allowed.
    """
    if not title or len(title) > MAX_TITLE:
        raise Refusal(f"Invalid sheet name: {title}")
    grid = dict(given.get("gridProperties") or {})
    rows, columns = grid.get("rowCount", DEFAULT_ROWS), grid.get("columnCount", DEFAULT_COLUMNS)
    check_grid(rows, columns, grid)
    shape = {"rowCount": rows, "columnCount": columns, **{k: v for k, v in grid.items() if v}}
    rest = {
        key: value
        for key, value in given.items()
        if key in ("hidden", "tabColor", "tabColorStyle", "rightToLeft") and value
    }
    return {
        "sheetId": sheet_id,
        "title": title,
        "sheetType": "GRID",
        "gridProperties": lean({**shape, "rowCount": rows, "columnCount": columns}),
        **with_colours(rest, theme),
    }


def check_grid(rows: int, columns: int, grid: dict[str, Any]) -> None:
    """Checks the size of a grid and what is frozen of it.

    Raises:
        Refusal: there would be no row or column, too many columns, or nothing but frozen ones.
    """
    if rows < 1:
        raise Refusal("You can't delete all the rows on the sheet.")
    if columns < 1:
        raise Refusal("You can't delete all the columns on the sheet.")
    if columns > 18_278:
        raise Refusal(f"Invalid columnCount: {columns}. Sheets may have no more than 18278 columns.")
    if grid.get("frozenRowCount", 0) >= rows and grid.get("frozenRowCount", 0):
        raise Refusal("You can't freeze all visible rows on the sheet.")
    if grid.get("frozenColumnCount", 0) >= columns and grid.get("frozenColumnCount", 0):
        raise Refusal("You can't freeze all visible columns on the sheet.")


def free_title(book: Book, start: str) -> str:
    """Returns ``start`` followed by the first free number: Sheet2, Sheet3…

    Source: live tests of googlesheets4 (beside Sheet1 and foofy comes Sheet2); a gap is filled: assumed.
    """
    number = 1
    while book.titled(f"{start}{number}"):
        number += 1
    return f"{start}{number}"


def choose_sheet_id(book: Book, asked: int | None, draw: Any) -> int:
    """Returns the id of a new sheet: the asked one if it is free, else a drawn one.

    Raises:
        Refusal: the asked id is negative or taken.
    """
    if asked is None:
        return free_id(iter(draw, None), {sheet.sheet_id for sheet in book.sheets})
    if asked < 0:
        raise Refusal(f"Invalid sheetId: {asked}. Sheet ids must not be negative.")
    taken = book.find(asked)
    if taken is not None:
        raise Refusal(f'A sheet with the ID "{asked}" already exists. Please enter another ID.')
    return asked


def check_title_free(book: Book, title: str, own: int | None = None) -> None:
    """Refuses a title that another sheet has.

    Source: the text is quoted by several projects.
    """
    taken = book.titled(title)
    if taken is not None and taken.sheet_id != own:
        raise Refusal(f'A sheet with the name "{title}" already exists. Please enter another name.')
