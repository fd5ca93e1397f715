"""Rows and columns inserted, deleted or moved: everything that points at them follows.

Cells, row and column properties, metadata, ranges of all objects, named ranges and formulas of all sheets.
Source: discovery document (insertDimension, deleteDimension, moveDimension, DeveloperMetadataLocation:
metadata follows its row); how a range that is cut by a move ends up is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .book import Book, Sheet
from .formulatext import shifted_formula

_GONE = object()
_RANGE = frozenset(("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"))


@dataclass(frozen=True, slots=True)
class Shift:
    """One change of the rows (or columns) of a sheet.

    ``kind`` is insert (``count`` new ones before ``start``), delete ([start, start + count)) or move
    ([start, start + count) to before ``to``, an index counted before the move). With ``across`` only what
    lies between these columns (or rows) moves, as when cells are inserted or deleted.
    """

    sheet_id: int
    rows: bool
    kind: str
    start: int
    count: int
    to: int = 0
    across: tuple[int, int] | None = None

    def reaches(self, start: int | None, end: int | None) -> bool:
        """Tells whether something of these columns (or rows) moves as a whole."""
        if self.across is None:
            return True
        return start is not None and end is not None and self.across[0] <= start and end <= self.across[1]

    def index(self, index: int) -> int | None:
        """Returns the new index of a row or column, or None where it is deleted."""
        end = self.start + self.count
        if self.kind == "insert":
            return index + self.count if index >= self.start else index
        if self.kind == "delete":
            if index < self.start:
                return index
            return None if index < end else index - self.count
        if self.to > self.start:
            if self.start <= index < end:
                return index + self.to - end
            return index - self.count if end <= index < self.to else index
        if self.start <= index < end:
            return index - (self.start - self.to)
        return index + self.count if self.to <= index < self.start else index

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Returns the new bounds of a half-open range, or None where all of it is deleted."""
        if self.kind == "insert":
            low = start + self.count if start >= self.start else start
            high = end + self.count if end > self.start else end
            return low, high
        if self.kind == "delete":
            low, high = self._cut(start), self._cut(end)
            return (low, high) if low < high else None
        first, last = self.index(start), self.index(end - 1)
        if first is None or last is None:
            return None
        return (first, last + 1) if first <= last else (start, end)

    def _cut(self, edge: int) -> int:
        if edge <= self.start:
            return edge
        return max(self.start, edge - self.count)

    def corner(self, index: int, end: bool, single: bool) -> int | None:
        """Returns the new index of one corner of a reference in a formula."""
        moved = self.index(index)
        if moved is not None or single:
            return moved
        return self.start - 1 if end else self.start


def apply_shift(book: Book, sheet: Sheet, shift: Shift) -> None:
    """Carries out a shift on the stored rows and on everything that points at them."""
    if shift.rows:
        _shift_rows(sheet, shift)
    else:
        _shift_columns(sheet, shift)
    _shift_metadata(book, shift)
    _shift_formulas(book, sheet, shift)
    _shift_objects(book, shift)


def shift_part(book: Book, sheet: Sheet, shift: Shift) -> None:
    """Lets what points at cells follow them after some were inserted or deleted, and moved already."""
    _shift_formulas(book, sheet, shift)
    _shift_objects(book, shift)


def _shift_rows(sheet: Sheet, shift: Shift) -> None:
    grid = sheet.grid
    grid.forget()
    if shift.kind == "delete":
        grid.drop_rows(shift.start, shift.start + shift.count)
        grid.renumber(shift.start + shift.count, None, -shift.count)
    elif shift.kind == "insert":
        grid.renumber(shift.start, None, shift.count)
    else:
        end = shift.start + shift.count
        low, high, step = (
            (end, shift.to, -shift.count) if shift.to > end else (shift.to, shift.start, shift.count)
        )
        grid.exchange(shift.start, end, (shift.index(shift.start) or 0) - shift.start, low, high, step)


def _shift_columns(sheet: Sheet, shift: Shift) -> None:
    for _, row in sheet.grid.writable_rows(0, 2**62):
        if row.cells and (shift.kind != "insert" or max(row.cells) >= shift.start):
            row.cells = _renumbered(row.cells, shift)
    sheet.columns = _renumbered(sheet.columns, shift)
    sheet.changed = True


def _renumbered(items: dict[int, Any], shift: Shift) -> dict[int, Any]:
    moved = {shift.index(index): item for index, item in items.items()}
    return {index: item for index, item in moved.items() if index is not None}


def _shift_metadata(book: Book, shift: Shift) -> None:
    kind = "ROW" if shift.rows else "COLUMN"
    query = "SELECT number, start FROM sheets_metadata WHERE book = ? AND sheet = ? AND kind = ?"
    for number, start in book.tx.execute(query, (book.id, shift.sheet_id, kind)).fetchall():
        moved = shift.index(start)
        if moved is None:
            book.tx.execute("DELETE FROM sheets_metadata WHERE book = ? AND number = ?", (book.id, number))
        elif moved != start:
            book.tx.execute(
                "UPDATE sheets_metadata SET start = ? WHERE book = ? AND number = ?", (moved, book.id, number)
            )


def _shift_formulas(book: Book, changed: Sheet, shift: Shift) -> None:
    for sheet in book.sheets:
        for _, row in sheet.grid.formula_rows():
            for cell in row.cells.values():
                if "e" in cell:
                    cell["e"] = shifted_formula(
                        cell["e"], sheet is changed, changed.title, shift.corner, shift.rows, shift.reaches
                    )
                if "p" in cell:
                    cell["p"] = _moved_pivot(cell["p"], shift)


def _moved_pivot(pivot: dict[str, Any], shift: Shift) -> dict[str, Any]:
    """Lets a pivot table follow its source; one whose source was deleted has none and shows #REF!.

    Source: assumed, as formulas follow theirs.
    """
    source = pivot.get("source", {})
    moved = _moved_range(source, shift)
    if moved is _GONE:
        return {key: value for key, value in pivot.items() if key != "source"}
    result = {**pivot, "source": moved}
    if shift.rows or moved == source:
        return result
    start, end = source.get("startColumnIndex", 0), moved.get("startColumnIndex", 0)
    for kind in ("rows", "columns", "values"):
        result[kind] = []
        for one in pivot.get(kind, []):
            place = shift.index(start + int(one.get("sourceColumnOffset", 0)))
            if "sourceColumnOffset" not in one:
                result[kind].append(one)
            elif place is not None:
                result[kind].append({**one, "sourceColumnOffset": place - end})
    return {key: value for key, value in result.items() if value != []}


def _shift_objects(book: Book, shift: Shift) -> None:
    for sheet in book.sheets:
        own = sheet.sheet_id == shift.sheet_id
        moved = {}
        for name, value in sheet.objects.items():
            result = _transformed(value, shift, name, own)
            if result is not _GONE:
                moved[name] = result
        if moved != sheet.objects:
            sheet.objects = moved
            sheet.changed = True
            tidy_merges(sheet)
    named = _transformed(book.named_ranges, shift, "namedRanges", True)
    book.objects["namedRanges"] = [] if named is _GONE else named


def tidy_merges(sheet: Sheet) -> None:
    """Drops merges that are one cell only."""
    if "merges" in sheet.objects:
        sheet.objects["merges"] = [
            merge
            for merge in sheet.objects["merges"]
            if (merge["endRowIndex"] - merge["startRowIndex"])
            * (merge["endColumnIndex"] - merge["startColumnIndex"])
            > 1
        ]


def _transformed(value: Any, shift: Shift, name: str, own: bool) -> Any:
    if isinstance(value, list):
        items = [_transformed(item, shift, name, own) for item in value]
        kept = [item for item in items if item is not _GONE]
        return _GONE if items and not kept and name in ("ranges", "sources") else kept
    if not isinstance(value, dict):
        return value
    if _RANGE & value.keys():
        return _moved_range(value, shift)
    if "dimension" in value and "startIndex" in value:
        return _moved_dimension(value, shift)
    if name == "anchorCell" and int(value.get("sheetId", 0)) == shift.sheet_id:
        return _moved_anchor(value, shift)
    out: dict[str, Any] = {}
    for key, inner in value.items():
        result = _transformed(inner, shift, key, own)
        if result is _GONE:
            if key in ("range", "ranges", "dataRange"):
                return _GONE
            continue
        out[key] = result
    if (
        own
        and not shift.rows
        and shift.across is None
        and ("sortSpecs" in out or "criteria" in out or "filterSpecs" in out)
    ):
        _move_filter_columns(out, shift)
    return out


def _moved_range(value: dict[str, Any], shift: Shift) -> Any:
    if int(value.get("sheetId", 0)) != shift.sheet_id:
        return value
    first, last = ("startRowIndex", "endRowIndex") if shift.rows else ("startColumnIndex", "endColumnIndex")
    if first not in value and last not in value:
        return value
    beside = "Column" if shift.rows else "Row"
    if not shift.reaches(value.get(f"start{beside}Index"), value.get(f"end{beside}Index")):
        return value
    start, end = value.get(first, 0), value.get(last)
    span = shift.span(start, 2**40 if end is None else end)
    if span is None:
        return _GONE
    moved = dict(value)
    if first in value:
        moved[first] = span[0]
    if end is not None:
        moved[last] = span[1]
    return moved


def _moved_dimension(value: dict[str, Any], shift: Shift) -> Any:
    same = (value["dimension"] == "ROWS") == shift.rows and int(value.get("sheetId", 0)) == shift.sheet_id
    if not same or shift.across is not None:
        return value
    span = shift.span(value["startIndex"], value.get("endIndex", 2**40))
    return _GONE if span is None else {**value, "startIndex": span[0], "endIndex": span[1]}


def _moved_anchor(value: dict[str, Any], shift: Shift) -> dict[str, Any]:
    key = "rowIndex" if shift.rows else "columnIndex"
    beside = int(value.get("columnIndex" if shift.rows else "rowIndex", 0))
    if not shift.reaches(beside, beside + 1):
        return value
    moved = shift.corner(int(value.get(key, 0)), False, False)
    return {**value, key: moved or 0}


def _move_filter_columns(holder: dict[str, Any], shift: Shift) -> None:
    def move(items: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
        moved = [(shift.index(int(item[key])), item) if key in item else (-1, item) for item in items]
        return [{**item, key: index} if index != -1 else item for index, item in moved if index is not None]

    if "sortSpecs" in holder:
        holder["sortSpecs"] = move(holder["sortSpecs"], "dimensionIndex")
    if "filterSpecs" in holder:
        holder["filterSpecs"] = move(holder["filterSpecs"], "columnIndex")
    if "criteria" in holder:
        moved = {shift.index(int(key)): item for key, item in holder["criteria"].items()}
        holder["criteria"] = {str(key): item for key, item in moved.items() if key is not None}
