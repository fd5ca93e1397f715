"""Requests sortRange, randomizeRange and deleteDuplicates.

Source: discovery document; recorded answers for sorting by one and two columns. Hidden and filtered rows stay
in place and ranges with vertical merges are refused (seen live). Numbers come before texts, texts before
booleans, empty cells last in both directions; letters' case does not matter (assumed).
"""

from __future__ import annotations

import random
from typing import Any

from .a1 import Box
from .book import Sheet
from .cells import Cell
from .formulatext import moved_formula
from .refusals import Refusal
from .rendering import Renderer
from .spreadsheets import calculation
from .work import Body, Kind, Work, need

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
    renderer = Renderer(work.book, calculation(work.call, work.book))
    lines = _lines(sheet, box)
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        downwards = spec.get("sortOrder") == "DESCENDING"
        keyed = [
            (_rank(renderer.value(sheet, row, column, cells.get(column, {}))), row, cells)
            for row, cells in lines
        ]
        filled = [item for item in keyed if item[0] is not None]
        filled.sort(key=lambda item: item[0], reverse=downwards)
        lines = [(row, cells) for _, row, cells in [*filled, *(i for i in keyed if i[0] is None)]]
    _place(sheet, box, lines)


def _refuse_merges(sheet: Sheet, box: Box) -> None:
    for item in sheet.seen("merges"):
        tall = item["endRowIndex"] - item["startRowIndex"] > 1
        inside = item["startRowIndex"] < box.bottom and item["endRowIndex"] > box.top
        across = item["startColumnIndex"] < box.right and item["endColumnIndex"] > box.left
        if tall and inside and across:
            raise Refusal(_MERGED)


def _lines(sheet: Sheet, box: Box) -> list[tuple[int, dict[int, Cell]]]:
    """Returns the sortable rows with the cells that lie in the rectangle; hidden rows are left out."""
    lines = []
    sheet.grid.load(box.top, box.bottom)
    for index in range(box.top, box.bottom):
        row = sheet.grid.row(index)
        if row and (row.properties.get("hiddenByUser") or row.properties.get("hiddenByFilter")):
            continue
        cells = row.cells if row else {}
        lines.append((index, {c: cell for c, cell in cells.items() if box.left <= c < box.right}))
    return lines


def _place(sheet: Sheet, box: Box, lines: list[tuple[int, dict[int, Cell]]]) -> None:
    places = sorted(row for row, _ in lines)
    for target, (origin, cells) in zip(places, lines, strict=True):
        if target == origin:
            continue
        row = sheet.grid.writable(target)
        kept = {c: cell for c, cell in row.cells.items() if not box.left <= c < box.right}
        moved = {c: _moved(cell, target - origin) for c, cell in cells.items()}
        row.cells = {**kept, **moved}


def _moved(cell: Cell, rows: int) -> Cell:
    return {**cell, "e": moved_formula(cell["e"], rows, 0)} if "e" in cell else cell


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
    lines = _lines(sheet, box)
    random.Random(work.call.ids.int31()).shuffle(lines)
    _place(sheet, box, lines)


def delete_duplicates(work: Work, body: Body) -> Body:
    """Removes rows whose compared cells show what an earlier row shows; the rows below move up.

    Source: discovery document, DeleteDuplicatesRequest (formats, case and formulas do not matter).
    """
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    columns = _compared(body, box)
    renderer = Renderer(work.book, calculation(work.call, work.book))
    seen: set[tuple[str, ...]] = set()
    kept: list[tuple[int, dict[int, Cell]]] = []
    for index in range(box.top, box.bottom):
        row = sheet.grid.row(index)
        cells = {c: cell for c, cell in (row.cells if row else {}).items() if box.left <= c < box.right}
        shown = tuple(renderer.text(sheet, index, c, cells.get(c, {})).casefold() for c in columns)
        hidden = row is not None and bool(row.properties.get("hiddenByFilter"))
        if shown in seen and not hidden:
            continue
        seen.add(shown)
        kept.append((index, cells))
    removed = box.height - len(kept)
    for offset in range(box.height):
        target = box.top + offset
        origin, cells = kept[offset] if offset < len(kept) else (target, {})
        if origin == target and offset < len(kept):
            continue
        row = sheet.grid.writable(target)
        outside = {c: cell for c, cell in row.cells.items() if not box.left <= c < box.right}
        row.cells = {**outside, **{c: _moved(cell, target - origin) for c, cell in cells.items()}}
    return {"duplicatesRemovedCount": removed} if removed else {}


def _compared(body: Body, box: Box) -> list[int]:
    given = body.get("comparisonColumns")
    if not given:
        return list(range(box.left, box.right))
    columns: list[int] = []
    for range_ in given:
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
