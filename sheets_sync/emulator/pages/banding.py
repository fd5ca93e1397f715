"""Colours of banded ranges: a header, rows by turns, a footer; columns likewise."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_sync.emulator.pages.cellstyle import Json, css_colour

_WHITE = "#ffffff"


class Bands:
    """The banded ranges of a sheet; a row's colour goes before a column's.

    Source: discovery document, BandedRange and BandingProperties.
    """

    def __init__(self, banded: Sequence[Json]) -> None:
        self._banded = banded

    def colour(self, row: int, column: int) -> str:
        """Return the CSS colour of a cell's band, an empty text for white and for none."""
        for one in self._banded:
            area = one.get("range", {})
            rows = (area.get("startRowIndex", 0), area.get("endRowIndex", row + 1))
            columns = (area.get("startColumnIndex", 0), area.get("endColumnIndex", column + 1))
            if not (rows[0] <= row < rows[1] and columns[0] <= column < columns[1]):
                continue
            found = _band(one.get("rowProperties"), row, *rows) or _band(
                one.get("columnProperties"), column, *columns
            )
            return "" if found in (None, _WHITE) else str(found)
        return ""


def _band(properties: Json | None, index: int, start: int, end: int) -> str | None:
    if not properties:
        return None
    head, foot = _given(properties, "header"), _given(properties, "footer")
    if head and index == start:
        return head
    if foot and index == end - 1:
        return foot
    first, second = _given(properties, "firstBand"), _given(properties, "secondBand")
    return second if (index - start - bool(head)) % 2 and second else first


def _given(properties: Json, name: str) -> str | None:
    colour = properties.get(f"{name}ColorStyle", {}).get("rgbColor", properties.get(f"{name}Color"))
    return None if colour is None else css_colour(colour)
