"""Requests mergeCells and unmergeCells.

Source: recorded answers (kinds MERGE_ALL, MERGE_ROWS; the upper left value stays, the others are cleared).
"""

from __future__ import annotations

from .a1 import Box
from .book import Sheet, area_of, range_of
from .refusals import Refusal
from .work import Body, Kind, Work, need


def box_of(item: Body) -> Box:
    """Reads a stored merge, whose bounds are always given."""
    area = area_of(item)
    return Box(area.sheet_id, area.top or 0, area.bottom or 0, area.left or 0, area.right or 0)


def merge_cells(work: Work, body: Body) -> None:
    """Merges a range as a whole, by rows or by columns; merges inside are replaced, cut ones refused."""
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    kind = body.get("mergeType", "MERGE_ALL")
    if kind == "MERGE_ROWS":
        parts = [Box(box.sheet_id, row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
    elif kind == "MERGE_COLUMNS":
        parts = [Box(box.sheet_id, box.top, box.bottom, c, c + 1) for c in range(box.left, box.right)]
    else:
        parts = [box]
    _drop(sheet, box, "You can't merge a range that contains only part of an existing merge.")
    for part in parts:
        if part.height * part.width > 1:
            _keep_first_value(sheet, part)
            sheet.listed("merges").append(range_of(part))


def _drop(sheet: Sheet, box: Box, refusal: str) -> None:
    kept = []
    for item in sheet.seen("merges"):
        other = box_of(item)
        if not other.meets(box):
            kept.append(item)
        elif not box.contains(other):
            raise Refusal(refusal)
    if len(kept) != len(sheet.seen("merges")):
        sheet.listed("merges")[:] = kept


def _keep_first_value(sheet: Sheet, box: Box) -> None:
    for row in range(box.top, box.bottom):
        if sheet.grid.row(row) is None:
            continue
        for column, cell in sheet.grid.writable(row).cells.items():
            if box.left <= column < box.right and (row, column) != (box.top, box.left):
                cell.pop("v", None)
                cell.pop("e", None)


def unmerge_cells(work: Work, body: Body) -> None:
    """Splits all merges inside a range; a merge that reaches out of it is refused."""
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    _drop(sheet, box, "You must select all cells in a merged range to merge or unmerge them.")


KINDS: dict[str, Kind] = {"mergeCells": merge_cells, "unmergeCells": unmerge_cells}
