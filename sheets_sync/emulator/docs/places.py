"""Where a request acts: its location, range, table or cells, looked up in the document.

Source: discovery docs.v1 (Location, EndOfSegmentLocation, Range, TableCellLocation, TableRange,
TabsCriteria); messages for missing parts are assumed.
"""

from __future__ import annotations

from collections.abc import Callable

from sheets_sync.emulator.docs.model import Document, Json, Span, Tab
from sheets_sync.emulator.docs.tables import Area
from sheets_sync.emulator.docs.textedit import end_of_segment
from sheets_sync.emulator.docs.units import Refused

NewId = Callable[[str], str]
Applied = tuple[Document, Json]
Kind = Callable[[Document, Json, NewId], Applied]


def place_of(document: Document, asked: Json) -> tuple[Tab, str, int]:
    """Give tab, segment and index of an insertion by `location` or `endOfSegmentLocation`."""
    if "location" in asked:
        location = asked["location"]
        tab = document.tab(location.get("tabId"))
        if "index" not in location and not location.get("segmentId"):
            return tab, "", 0
        return tab, location.get("segmentId", ""), location.get("index", 0)
    if "endOfSegmentLocation" in asked:
        location = asked["endOfSegmentLocation"]
        tab = document.tab(location.get("tabId"))
        segment = location.get("segmentId", "")
        return tab, segment, end_of_segment(tab, segment)
    raise Refused("No insertion location set.")


def range_of(document: Document, asked: Json) -> tuple[Tab, Span]:
    """Give tab and piece of text of a request with a `range`."""
    given = asked.get("range")
    if given is None:
        raise Refused("The range must be specified.")
    if "endIndex" not in given:
        raise Refused("The end index of the range must be specified.")
    tab = document.tab(given.get("tabId"))
    return tab, Span(given.get("segmentId", ""), given.get("startIndex", 0), given["endIndex"])


def _table_at(document: Document, location: Json | None) -> tuple[Tab, str, int]:
    if location is None:
        raise Refused("The table start location must be specified.")
    return document.tab(location.get("tabId")), location.get("segmentId", ""), location.get("index", 0)


def table_of(document: Document, asked: Json) -> tuple[Tab, str, int]:
    """Give tab, segment and start index of the table of a request with a `tableStartLocation`."""
    return _table_at(document, asked.get("tableStartLocation"))


def cell_of(document: Document, asked: Json) -> tuple[Tab, str, int, int, int]:
    """Give tab, segment, table start, row and column of a request with a `tableCellLocation`."""
    cell = asked.get("tableCellLocation")
    if cell is None:
        raise Refused("The table cell location must be specified.")
    tab, segment, start = _table_at(document, cell.get("tableStartLocation"))
    return tab, segment, start, cell.get("rowIndex", 0), cell.get("columnIndex", 0)


def area_of(document: Document, asked: Json) -> tuple[Tab, str, int, Area]:
    """Give tab, segment, table start and rectangle of a request with a `tableRange`."""
    given = asked.get("tableRange")
    if given is None:
        raise Refused("The table range must be specified.")
    tab, segment, start, row, column = cell_of(document, given)
    return tab, segment, start, Area(row, column, given.get("rowSpan", 0), given.get("columnSpan", 0))


def tabs_of(document: Document, asked: Json) -> list[Tab]:
    """List the tabs that a `tabsCriteria` chooses: all when it is not given."""
    ids = asked.get("tabsCriteria", {}).get("tabIds", [])
    return [document.tab(tab_id) for tab_id in ids] if ids else list(document.tabs)


def without_segment(segment: str) -> None:
    """Refuse a header, footer or footnote where only the body will do."""
    if segment:
        raise Refused("The segment ID must be empty: the request is only possible in the document body.")
