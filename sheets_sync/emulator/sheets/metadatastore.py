"""Developer metadata: stored with its place, found by lookups.

Source: discovery document, DeveloperMetadata, DeveloperMetadataLookup, DeveloperMetadataLocation.
What a sort does to row metadata is in no source: it stays with its row (assumed).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from .a1 import Box
from .book import Book, area_of
from .refusals import Refusal


@dataclass(frozen=True, slots=True)
class Metadata:
    """One item: ``kind`` is SPREADSHEET, SHEET, ROW or COLUMN; ``start`` the row or column index."""

    number: int
    key: str
    value: str | None
    visibility: str
    kind: str
    sheet: int | None
    start: int | None

    def location(self) -> dict[str, Any]:
        """Writes the DeveloperMetadataLocation."""
        if self.kind == "SPREADSHEET":
            return {"locationType": "SPREADSHEET", "spreadsheet": True}
        if self.kind == "SHEET":
            return {"locationType": "SHEET", "sheetId": self.sheet}
        return {
            "locationType": self.kind,
            "dimensionRange": {
                **({"sheetId": self.sheet} if self.sheet else {}),
                "dimension": "ROWS" if self.kind == "ROW" else "COLUMNS",
                "startIndex": self.start,
                "endIndex": (self.start or 0) + 1,
            },
        }

    def answer(self) -> dict[str, Any]:
        """Writes the DeveloperMetadata resource."""
        shown: dict[str, Any] = {"metadataId": self.number, "metadataKey": self.key}
        if self.value is not None and self.value != "":
            shown["metadataValue"] = self.value
        return {**shown, "location": self.location(), "visibility": self.visibility}


_COLUMNS = "number, key, value, visibility, kind, sheet, start"


def read_all(tx: sqlite3.Connection, book: str) -> list[Metadata]:
    """Returns all items of a spreadsheet in the order of their ids."""
    query = f"SELECT {_COLUMNS} FROM sheets_metadata WHERE book = ? ORDER BY number"
    return [Metadata(*row) for row in tx.execute(query, (book,))]


def read_one(tx: sqlite3.Connection, book: str, number: int) -> Metadata | None:
    """Returns one item by its id, or None."""
    query = f"SELECT {_COLUMNS} FROM sheets_metadata WHERE book = ? AND number = ?"
    found = tx.execute(query, (book, number)).fetchone()
    return Metadata(*found) if found else None


def write(tx: sqlite3.Connection, book: str, item: Metadata) -> None:
    """Stores an item, replacing the one with the same id."""
    tx.execute(
        "INSERT OR REPLACE INTO sheets_metadata (book, number, key, value, visibility, kind, sheet, start) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (book, item.number, item.key, item.value, item.visibility, item.kind, item.sheet, item.start),
    )


def delete(tx: sqlite3.Connection, book: str, number: int) -> None:
    """Removes an item."""
    tx.execute("DELETE FROM sheets_metadata WHERE book = ? AND number = ?", (book, number))


def place(location: dict[str, Any]) -> tuple[str, int | None, int | None]:
    """Reads a location into (kind, sheet, start); the kind is empty where none is given."""
    if "dimensionRange" in location:
        range_ = location["dimensionRange"]
        kind = "ROW" if range_.get("dimension") == "ROWS" else "COLUMN"
        return kind, int(range_.get("sheetId", 0)), int(range_.get("startIndex", 0))
    if "sheetId" in location:
        return "SHEET", int(location["sheetId"]), None
    if location.get("spreadsheet"):
        return "SPREADSHEET", None, None
    return "", None, None


def matches(book: Book, item: Metadata, lookup: dict[str, Any]) -> bool:
    """Tells whether an item fits a DeveloperMetadataLookup: all given fields must fit."""
    for name, own in (
        ("metadataId", item.number),
        ("metadataKey", item.key),
        ("metadataValue", item.value or ""),
        ("visibility", item.visibility),
        ("locationType", item.kind),
    ):
        if name in lookup and lookup[name] not in (own, ""):
            return False
    location = lookup.get("metadataLocation")
    if not location:
        return True
    kind, sheet, start = place(location)
    strategy = lookup.get("locationMatchingStrategy", "INTERSECTING_LOCATION")
    exact = strategy == "EXACT_LOCATION"
    if exact or kind == "SPREADSHEET":
        return (kind == "SPREADSHEET" and not exact) or (item.kind, item.sheet, item.start) == (
            kind,
            sheet,
            start,
        )
    return _intersects(book, item, kind, sheet, location)


def _intersects(book: Book, item: Metadata, kind: str, sheet: int | None, location: dict[str, Any]) -> bool:
    if item.kind == "SPREADSHEET":
        return True
    if item.sheet != sheet:
        return False
    if kind == "SHEET" or item.kind in ("SHEET",) or item.kind != kind:
        return True
    range_ = location["dimensionRange"]
    start = int(range_.get("startIndex", 0))
    end = range_.get("endIndex")
    return start <= (item.start or 0) and (end is None or (item.start or 0) < int(end))


def found_by(book: Book, items: Iterable[Metadata], data_filter: dict[str, Any]) -> list[Metadata]:
    """Returns the items that a DataFilter selects: by lookup, by A1 range or by GridRange.

    Source: discovery document, DataFilter ("selects data … that is associated with the range").

    Raises:
        Refusal: the filter is empty; that it selects nothing at all is assumed.
    """
    if "developerMetadataLookup" in data_filter:
        return [item for item in items if matches(book, item, data_filter["developerMetadataLookup"])]
    if "a1Range" in data_filter:
        area = book.area(data_filter["a1Range"])
    elif "gridRange" in data_filter:
        area = area_of(data_filter["gridRange"])
    else:
        raise Refusal("A data filter must have a developerMetadataLookup, an a1Range or a gridRange.")
    sheet = book.find(area.sheet_id)
    if sheet is None:
        return []
    box = area.clipped(sheet.row_count, sheet.column_count)
    return [item for item in items if item.sheet == area.sheet_id and _inside(item, box)]


def _inside(item: Metadata, box: Box) -> bool:
    if item.kind == "ROW":
        return box.top <= (item.start or 0) < box.bottom
    if item.kind == "COLUMN":
        return box.left <= (item.start or 0) < box.right
    return item.kind == "SHEET"
