"""Requests on rows and columns: insert, append, delete, move, resize, hide, group."""

from __future__ import annotations

from .book import Sheet
from .cells import Cell
from .fields import covers, merge, settable, update_mask
from .newbook import check_grid
from .protojson import lean
from .refusals import Refusal, Unsupported
from .shifts import Shift, apply_shift
from .textwidth import text_width
from .work import Body, Kind, Work, need


def _span(work: Work, range_: Body, *, insert: bool = False) -> tuple[Sheet, bool, int, int]:
    """Returns (sheet, are rows meant, start, end) of a DimensionRange bounded by the grid.

    Source: the text of the refusal past the grid was seen live ("… is larger than current grid size (n)").
    """
    sheet = work.sheet(range_)
    dimension = range_.get("dimension", "DIMENSION_UNSPECIFIED")
    if dimension not in ("ROWS", "COLUMNS"):
        raise Refusal("range.dimension is required.")
    rows = dimension == "ROWS"
    size = sheet.row_count if rows else sheet.column_count
    start = range_.get("startIndex", 0)
    end = range_.get("endIndex", size)
    if start < 0 or end <= start:
        raise Refusal("range.endIndex must be after range.startIndex.")
    if start > size or (start == size and not insert):
        raise Refusal(f"range.startIndex[{start}] is larger than current grid size ({size})")
    return sheet, rows, start, end if insert else min(end, size)


def insert_dimension(work: Work, body: Body) -> None:
    """Inserts empty rows or columns; they take the formats of the ones before or after.

    Source: discovery document, InsertDimensionRequest; recorded answers.
    """
    sheet, rows, start, end = _span(work, need(body, "range"), insert=True)
    before = bool(body.get("inheritFromBefore"))
    size = sheet.row_count if rows else sheet.column_count
    if before and start == 0:
        raise Refusal("inheritFromBefore cannot be true when inserting at the start of the sheet.")
    if not before and start >= size:
        raise Refusal(f"range.startIndex[{start}] is larger than current grid size ({size})")
    count = end - start
    resized(work, sheet, rows, count)
    apply_shift(work.book, sheet, Shift(sheet.sheet_id, rows, "insert", start, count))
    _inherit(sheet, rows, start, count, start - 1 if before else start + count)


def resized(work: Work, sheet: Sheet, rows: bool, count: int) -> None:
    """Grows or shrinks the grid by a number of rows or columns, within the limits."""
    shape = sheet.properties.get("gridProperties", {})
    new_rows = sheet.row_count + (count if rows else 0)
    new_columns = sheet.column_count + (0 if rows else count)
    check_grid(new_rows, new_columns, {} if count > 0 else shape)
    sheet.resize(new_rows, new_columns)
    work.book.check_size()


def _inherit(sheet: Sheet, rows: bool, start: int, count: int, model: int) -> None:
    if rows:
        source = sheet.grid.row(model)
        formats = _formats(source.cells) if source else {}
        for row in range(start, start + count) if formats else ():
            sheet.grid.writable(row).cells = {column: dict(cell) for column, cell in formats.items()}
        return
    for _, stored in sheet.grid.writable_rows(0, sheet.row_count):
        kept = _formats({0: stored.cells[model]}).get(0) if model in stored.cells else None
        for column in range(start, start + count) if kept else ():
            stored.cells[column] = dict(kept or {})
    if model in sheet.columns:
        width = {key: value for key, value in sheet.columns[model].items() if key == "pixelSize"}
        for column in range(start, start + count) if width else ():
            sheet.columns[column] = dict(width)


def _formats(cells: dict[int, Cell]) -> dict[int, Cell]:
    kept: dict[int, Cell] = {
        column: {key: cell[key] for key in ("f", "d") if key in cell} for column, cell in cells.items()
    }
    return {column: cell for column, cell in kept.items() if cell}


def append_dimension(work: Work, body: Body) -> None:
    """Adds rows or columns at the end."""
    sheet = work.sheet(body)
    if body.get("dimension") not in ("ROWS", "COLUMNS"):
        raise Refusal("dimension is required.")
    if body.get("length", 0) <= 0:
        raise Refusal("length must be greater than 0.")
    resized(work, sheet, body["dimension"] == "ROWS", body["length"])


def delete_dimension(work: Work, body: Body) -> None:
    """Deletes rows or columns with all that is on them."""
    sheet, rows, start, end = _span(work, need(body, "range"))
    count = end - start
    size = sheet.row_count if rows else sheet.column_count
    if count >= size:
        word = "rows" if rows else "columns"
        raise Refusal(f"You can't delete all the {word} on the sheet.")
    shape = sheet.properties["gridProperties"]
    key = "frozenRowCount" if rows else "frozenColumnCount"
    frozen = shape.get(key, 0)
    left = frozen - max(0, min(end, frozen) - start)
    shape[key] = left
    if not left:
        del shape[key]
    resized(work, sheet, rows, -count)
    apply_shift(work.book, sheet, Shift(sheet.sheet_id, rows, "delete", start, count))


def move_dimension(work: Work, body: Body) -> None:
    """Moves rows or columns to before ``destinationIndex``, counted before the move.

    Source: discovery document, MoveDimensionRequest; it refuses rows with merged cells that reach out of them
    (seen live).
    """
    sheet, rows, start, end = _span(work, need(body, "source"))
    to = body.get("destinationIndex", 0)
    size = sheet.row_count if rows else sheet.column_count
    if not 0 <= to <= size:
        raise Refusal(f"destinationIndex[{to}] is larger than current grid size ({size})")
    if start < to < end:
        raise Refusal("destinationIndex must not lie within the source.")
    first, last = ("startRowIndex", "endRowIndex") if rows else ("startColumnIndex", "endColumnIndex")
    for merged in sheet.seen("merges"):
        low, high = merged[first], merged[last]
        if (low < start < high or low < end < high) or low < to < high:
            raise Refusal("You can't move a range that contains only part of a merged cell.")
    if to in (start, end):
        return
    apply_shift(work.book, sheet, Shift(sheet.sheet_id, rows, "move", start, end - start, to))


def update_dimension_properties(work: Work, body: Body) -> None:
    """Sets the size or the hiding of rows or columns."""
    mask = update_mask(body.get("fields"), "properties")
    sheet, rows, start, end = _span(work, need(body, "range"))
    given = body.get("properties", {})
    if "developerMetadata" in given and covers(mask, "developerMetadata") is not None:
        raise Unsupported("properties.developerMetadata")
    settable_mask = settable(mask, frozenset(("pixelSize", "hiddenByUser")), given)
    for index in range(start, end) if settable_mask else ():
        target = sheet.grid.writable(index).properties if rows else sheet.columns.setdefault(index, {})
        merge(target, given, settable_mask)
        for key in [key for key, value in target.items() if value is False]:
            del target[key]
    sheet.changed = True


def auto_resize(work: Work, body: Body) -> None:
    """Fits columns to their longest text and rows to their lines.

    Source: one recorded width (1024 capital letters A: 8691 pixels), from which the others are scaled.
    """
    sheet, rows, start, end = _span(work, need(body, "dimensions"))
    if rows:
        for index in range(start, end):
            if sheet.grid.row(index) is not None:
                sheet.grid.writable(index).properties.pop("pixelSize", None)
        return
    widest: dict[int, int] = {}
    for _, row in sheet.grid.rows(0, sheet.row_count):
        for column, cell in row.cells.items():
            if start <= column < end and "v" in cell:
                widest[column] = max(widest.get(column, 0), text_width(str(cell["v"])))
    for column, width in widest.items():
        sheet.columns.setdefault(column, {})["pixelSize"] = width
    sheet.changed = True


def add_group(work: Work, body: Body) -> Body:
    """Adds a group; depths of overlapping groups count from the outside in.

    Source: recorded answers (all groups with depth; the first group sets ``…GroupControlAfter`` for good);
    discovery document, AddDimensionGroupRequest.
    """
    sheet, rows, start, end = _span(work, need(body, "range"))
    name = "rowGroups" if rows else "columnGroups"
    groups = sheet.listed(name)
    spans = [(group["range"]["startIndex"], group["range"]["endIndex"]) for group in groups]
    spans.append((start, end))
    control = "rowGroupControlAfter" if rows else "columnGroupControlAfter"
    sheet.properties["gridProperties"][control] = True
    return {"dimensionGroups": _store_groups(sheet, name, rows, _counts(spans), groups)}


def delete_group(work: Work, body: Body) -> Body:
    """Takes one level of grouping off a range.

    Source: recorded answer ``{"deleteDimensionGroup": {}}`` when none is left.
    """
    sheet, rows, start, end = _span(work, need(body, "range"))
    name = "rowGroups" if rows else "columnGroups"
    groups = sheet.listed(name)
    counts = _counts([(group["range"]["startIndex"], group["range"]["endIndex"]) for group in groups])
    if not any(counts.get(index) for index in range(start, end)):
        raise Refusal("The requested range does not overlap any dimension group.")
    for index in range(start, end):
        counts[index] = max(0, counts.get(index, 0) - 1)
    left = _store_groups(sheet, name, rows, counts, groups)
    return {"dimensionGroups": left} if left else {}


def _counts(spans: list[tuple[int, int]]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for start, end in spans:
        for index in range(start, end):
            counts[index] = counts.get(index, 0) + 1
    return counts


def _store_groups(sheet: Sheet, name: str, rows: bool, counts: dict[int, int], old: list[Body]) -> list[Body]:
    folded = {
        (group["range"]["startIndex"], group["range"]["endIndex"]) for group in old if group.get("collapsed")
    }
    groups: list[Body] = []
    for depth in range(1, max(counts.values(), default=0) + 1):
        inside = sorted(index for index, count in counts.items() if count >= depth)
        start = previous = None
        for index in [*inside, None]:
            if previous is not None and (index is None or index != previous + 1):
                range_ = {
                    "sheetId": sheet.sheet_id,
                    "dimension": "ROWS" if rows else "COLUMNS",
                    "startIndex": start,
                    "endIndex": previous + 1,
                }
                group: Body = {"range": range_, "depth": depth}
                if (start, previous + 1) in folded:
                    group["collapsed"] = True
                groups.append(group)
                start = None
            start = index if start is None else start
            previous = index
    sheet.objects[name] = groups
    sheet.changed = True
    return [lean(group) for group in groups]


def update_group(work: Work, body: Body) -> None:
    """Folds or unfolds a group; folding hides its rows or columns."""
    mask = update_mask(body.get("fields"), "dimensionGroup")
    given = need(body, "dimensionGroup")
    sheet, rows, start, end = _span(work, need(given, "range"))
    for group in sheet.listed("rowGroups" if rows else "columnGroups"):
        same = (group["range"]["startIndex"], group["range"]["endIndex"]) == (start, end)
        if same and group["depth"] == given.get("depth"):
            if "collapsed" in mask or "*" in mask:
                group["collapsed"] = bool(given.get("collapsed"))
                hidden = {"hiddenByUser": group["collapsed"]}
                range_ = {**given["range"]}
                update_dimension_properties(
                    work, {"range": range_, "properties": hidden, "fields": "hiddenByUser"}
                )
            return
    raise Refusal("There is no dimension group with the given range and depth.")


KINDS: dict[str, Kind] = {
    "insertDimension": insert_dimension,
    "appendDimension": append_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize,
    "addDimensionGroup": add_group,
    "deleteDimensionGroup": delete_group,
    "updateDimensionGroup": update_group,
}
