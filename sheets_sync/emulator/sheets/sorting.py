"""Requests sortRange, randomizeRange and deleteDuplicates.

Source: discovery document; recorded answers for sorting by one and two columns. Hidden and filtered rows stay
in place and ranges with vertical merges are refused (seen live). Numbers come before texts, texts before
booleans, empty cells last in both directions; letters' case does not matter (assumed).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from .a1 import Box
from .book import Sheet
from .cells import Cell
from .grid import Row
from .protojson import colour, with_colours
from .refusals import Refusal
from .rendering import Renderer
from .rowmoves import place_rows
from .spreadsheets import calculation
from .work import Body, Kind, Work, need

_BLOCK = 1_000
_MERGED = "You can't sort a range with vertical merges."


def sort_range(work: Work, body: Body) -> None:
    """Sorts the rows of a range by columns."""
    box = work.book.box(need(body, "range"))
    specs = body.get("sortSpecs")
    if not specs:
        raise Refusal("At least one sort spec must be specified.")
    sort_box(work, work.book.sheet(box.sheet_id), box, specs)


def sort_box(work: Work, sheet: Sheet, box: Box, specs: list[Body]) -> None:
    """Sorts the visible rows of a rectangle; values, formats, notes and rules of the cells move together."""
    for spec in specs:
        column = spec.get("dimensionIndex", 0)
        if not box.left <= column < box.right:
            raise Refusal(f"sortSpecs.dimensionIndex[{column}] is outside of the range.")
    _refuse_merges(sheet, box)
    keys = _keys(work, sheet, box, specs)
    places = _visible(sheet, box)
    order = places
    for number, spec in reversed(list(enumerate(specs))):
        filled = [row for row in order if row in keys and keys[row][number] is not None]
        bare = [row for row in order if row not in keys or keys[row][number] is None]
        downwards = spec.get("sortOrder") == "DESCENDING"
        filled.sort(key=lambda row, number=number: keys[row][number], reverse=downwards)
        order = [*filled, *bare]
    place_rows(work.call.tx, sheet, box, list(zip(places, order, strict=True)))


def _refuse_merges(sheet: Sheet, box: Box) -> None:
    for item in sheet.seen("merges"):
        tall = item["endRowIndex"] - item["startRowIndex"] > 1
        inside = item["startRowIndex"] < box.bottom and item["endRowIndex"] > box.top
        across = item["startColumnIndex"] < box.right and item["endColumnIndex"] > box.left
        if tall and inside and across:
            raise Refusal(_MERGED)


def _visible(sheet: Sheet, box: Box) -> list[int]:
    """Returns the rows of a rectangle that are not hidden."""
    hidden = {
        index
        for index, properties in sheet.grid.propertied_rows(box.top, box.bottom)
        if properties.get("hiddenByUser") or properties.get("hiddenByFilter")
    }
    return [index for index in range(box.top, box.bottom) if index not in hidden]


def _keys(work: Work, sheet: Sheet, box: Box, specs: list[Body]) -> dict[int, tuple[Any, ...]]:
    """Returns for every row with cells in the rectangle what it is sorted by."""
    renderer = Renderer(work.book, calculation(work.call, work.book))
    wanted = [(spec.get("dimensionIndex", 0), any("Color" in key for key in spec), spec) for spec in specs]
    found = {}
    for index, row in stored_rows(sheet, box):
        cells = row.cells
        found[index] = tuple(
            int(not coloured(renderer, cells.get(column, {}), spec, "backgroundColor", "foregroundColor"))
            if by_colour
            else _rank(renderer.value(sheet, index, column, cells.get(column, {})))
            for column, by_colour, spec in wanted
        )
    return found


def coloured(renderer: Renderer, cell: Cell, spec: Body, background: str, foreground: str) -> bool:
    """Tells whether a cell has the colours that a sort or a filter asks for, the spreadsheet's own included.

    Source: discovery document, SortSpec and FilterCriteria; that conditional formats do not count is assumed.
    """
    wanted = with_colours(spec, renderer.book.theme())
    if background not in wanted and foreground not in wanted:
        return True
    shown = renderer.effective_format(cell)
    if background in wanted and colour(shown.get("backgroundColor", {})) != wanted[background]:
        return False
    letters = shown.get("textFormat", {}).get("foregroundColor", {})
    return foreground not in wanted or colour(letters) == wanted[foreground]


def stored_rows(sheet: Sheet, box: Box) -> Iterator[tuple[int, Row]]:
    """Gives the stored rows of a rectangle a block at a time, so that formulas may be computed meanwhile."""
    for start in range(box.top, box.bottom, _BLOCK):
        yield from list(sheet.grid.rows(start, min(start + _BLOCK, box.bottom)))


def _rank(value: Any) -> tuple[int, Any] | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, int | float):
        return 0, value
    if isinstance(value, dict):
        return 3, str(value.get("type"))
    return 1, str(value).casefold()


def randomize_range(work: Work, body: Body) -> None:
    """Puts the rows of a range into a random order, drawn from the workspace's source of ids."""
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    _refuse_merges(sheet, box)
    places = _visible(sheet, box)
    order = places.copy()
    random.Random(work.call.ids.int31()).shuffle(order)
    place_rows(work.call.tx, sheet, box, list(zip(places, order, strict=True)))


def delete_duplicates(work: Work, body: Body) -> Body:
    """Removes rows whose compared cells show what an earlier row shows; the rows below move up.

    Source: discovery document, DeleteDuplicatesRequest (formats, case and formulas do not matter).
    """
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    columns = _compared(body, box)
    renderer = Renderer(work.book, calculation(work.call, work.book))
    seen: set[bytes] = set()
    dropped: set[int] = set()
    blank = False
    stored = stored_rows(sheet, box)
    held = next(stored, None)
    for index in range(box.top, box.bottom):
        row = held[1] if held and held[0] == index else None
        if row is not None:
            held = next(stored, None)
        hidden = row is not None and bool(row.properties.get("hiddenByFilter"))
        cells = row.cells if row else {}
        shown = [renderer.text(sheet, index, c, cells[c]).casefold() if c in cells else "" for c in columns]
        if not any(shown):
            blank, twice = True, blank
        else:
            print_ = sha256("\0".join(shown).encode()).digest()
            twice = print_ in seen
            seen.add(print_)
        if twice and not hidden:
            dropped.add(index)
    kept = [index for index in range(box.top, box.bottom) if index not in dropped]
    ends: list[int | None] = [None] * len(dropped)
    place_rows(work.call.tx, sheet, box, list(zip(range(box.top, box.bottom), [*kept, *ends], strict=True)))
    return {"duplicatesRemovedCount": len(dropped)} if dropped else {}


def _compared(body: Body, box: Box) -> list[int]:
    given = body.get("comparisonColumns")
    if not given:
        return list(range(box.left, box.right))
    columns: list[int] = []
    for range_ in given:
        other = range_.get("sheetId", box.sheet_id) != box.sheet_id
        if range_.get("dimension", "COLUMNS") != "COLUMNS" or other:
            raise Refusal("comparisonColumns must be columns of the range's sheet.")
        start, end = range_.get("startIndex", box.left), range_.get("endIndex", box.right)
        if start < box.left or end > box.right:
            raise Refusal("comparisonColumns must be inside the range.")
        columns.extend(range(start, end))
    return columns


KINDS: dict[str, Kind] = {
    "sortRange": sort_range,
    "randomizeRange": randomize_range,
    "deleteDuplicates": delete_duplicates,
}
