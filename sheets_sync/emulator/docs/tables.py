"""Tables: where their rows and cells are, and edits of rows, columns, merged cells and styles.

Source: discovery docs.v1 (InsertTable…, Delete…, Merge/UnmergeTableCells, PinTableHeaderRows, UpdateTable…
requests); covered cells of a merge stay in the answer as empty cells (assumed).
"""

from __future__ import annotations

from dataclasses import dataclass

from sheets_sync.emulator.docs import defaults
from sheets_sync.emulator.docs.model import Json, Tab, reshaped, restyled, splice, units_of
from sheets_sync.emulator.docs.textedit import check_insertion, style_at
from sheets_sync.emulator.docs.units import (
    CELL,
    NEWLINE,
    ROW,
    TABLE,
    Refused,
    Style,
    Unit,
    Units,
    paragraph_end,
    table_end,
)

NO_TABLE = "Invalid table start location. Must specify the start index of the table."


@dataclass(frozen=True)
class Cell:
    """A cell: where its unit is, where its content ends, and its spans."""

    start: int
    end: int
    style: Style

    @property
    def row_span(self) -> int:
        """Number of rows that the cell spans."""
        return int(self.style.get("rowSpan", 1))

    @property
    def column_span(self) -> int:
        """Number of columns that the cell spans."""
        return int(self.style.get("columnSpan", 1))


@dataclass(frozen=True)
class Grid:
    """A table found in a segment: its bounds, the index of each row's unit and all its cells."""

    start: int
    end: int
    row_starts: list[int]
    cells: list[list[Cell]]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.cells), default=0)

    def row_end(self, row: int) -> int:
        """Give the index after a row."""
        return self.row_starts[row + 1] if row + 1 < len(self.row_starts) else self.end

    def head(self, row: int, column: int) -> tuple[int, int]:
        """Give the head cell of the merge that covers a cell, or the cell itself."""
        for top in range(row + 1):
            for left in range(column + 1):
                cell = self.cells[top][left]
                merged = cell.row_span > 1 or cell.column_span > 1
                if merged and top + cell.row_span > row and left + cell.column_span > column:
                    return top, left
        return row, column


def find_grid(units: Units, start: int) -> Grid:
    """Read the table that starts at an index. Raises Refused when there is none."""
    if not 0 <= start < len(units) or units[start].char != TABLE:
        raise Refused(NO_TABLE)
    end = table_end(units, start)
    row_starts: list[int] = []
    marks: list[list[int]] = []
    index = start + 1
    while index < end:
        char = units[index].char
        if char == TABLE:
            index = table_end(units, index)
        elif char == ROW:
            row_starts.append(index)
            marks.append([])
        elif char == CELL:
            marks[-1].append(index)
        index += 1
    cells = []
    for row, begins in enumerate(marks):
        limit = row_starts[row + 1] if row + 1 < len(row_starts) else end
        ends = [*begins[1:], limit]
        cells.append([Cell(b, e, units[b].mark or {}) for b, e in zip(begins, ends, strict=True)])
    return Grid(start, end, row_starts, cells)


def _grid(tab: Tab, segment: str, start: int) -> Grid:
    return find_grid(units_of(tab, segment), start)


def _located(grid: Grid, row: int, column: int) -> tuple[int, int]:
    if not 0 <= row < len(grid.cells):
        raise Refused(f"Invalid row index {row}. The table has {len(grid.cells)} rows.")
    if not 0 <= column < len(grid.cells[row]):
        raise Refused(f"Invalid column index {column}. The table has {grid.columns} columns.")
    return grid.head(row, column)


def insert_table(tab: Tab, segment: str, index: int, rows: int, columns: int) -> Tab:
    """Insert a newline and an empty table, which then starts at index + 1.

    Source: InsertTableRequest; that the cells take on the text style at that place is reported by a program
    that asked Google in October 2026.
    """
    if rows < 1 or columns < 1:
        raise Refused("The number of rows and columns of a table must be at least 1.")
    if tab.kinds.get(segment) == "footnote":
        raise Refused("Tables cannot be inserted inside a footnote.")
    check_insertion(tab, segment, index)
    units = units_of(tab, segment)
    split = units[paragraph_end(units, index)]
    first = Unit(NEWLINE, split.style, split.mark)
    table = defaults.blank_table(rows, columns)
    style = style_at(units, index)
    cells = (unit._replace(style=style) if unit.char == NEWLINE else unit for unit in table)
    return splice(tab, segment, index, index, (first, *cells))


def insert_row(tab: Tab, segment: str, start: int, row: int, column: int, *, below: bool) -> Tab:
    """Insert an empty row above or below a cell (a merged cell counts as a whole); merges that it cuts grow.

    Source: InsertTableRowRequest; the new cells take the style of the reference row's cells (assumed, as in
    the editor).
    """
    grid = _grid(tab, segment, start)
    row, column = _located(grid, row, column)
    at = row + (grid.cells[row][column].row_span if below else 0)
    place = grid.row_starts[at] if at < len(grid.row_starts) else grid.end
    new = [Unit(ROW, defaults.PLAIN, defaults.row_style())]
    for cell in grid.cells[row]:
        new += defaults.blank_cell({**cell.style, "rowSpan": 1, "columnSpan": 1})
    tab = _grown_spans(tab, segment, grid, at, "row")
    return splice(tab, segment, place, place, tuple(new))


def _grown_spans(tab: Tab, segment: str, grid: Grid, at: int, axis: str) -> Tab:
    for top, cells in enumerate(grid.cells):
        for left, cell in enumerate(cells):
            first, span = (top, cell.row_span) if axis == "row" else (left, cell.column_span)
            if first < at < first + span:
                grown = {**cell.style, f"{axis}Span": span + 1}
                tab = restyled(tab, segment, cell.start, (Unit(CELL, defaults.PLAIN, grown),))
    return tab


def insert_column(tab: Tab, segment: str, start: int, row: int, column: int, *, right: bool) -> Tab:
    """Insert an empty column to the left or right of a cell. Source: InsertTableColumnRequest."""
    grid = _grid(tab, segment, start)
    row, column = _located(grid, row, column)
    at = column + (grid.cells[row][column].column_span if right else 0)
    tab = _grown_spans(tab, segment, grid, at, "column")
    for index in reversed(range(len(grid.cells))):
        cells = grid.cells[index]
        place = cells[at].start if at < len(cells) else grid.row_end(index)
        like = cells[min(column, len(cells) - 1)].style
        new = defaults.blank_cell({**like, "rowSpan": 1, "columnSpan": 1})
        tab = splice(tab, segment, place, place, new)
    columns = columns_of(tab, segment, start)
    columns.insert(at, {"widthType": "EVENLY_DISTRIBUTED"})
    return with_columns(tab, segment, start, columns)


def columns_of(tab: Tab, segment: str, start: int) -> list[Json]:
    """List the TableColumnProperties of the table that starts at an index."""
    return list((units_of(tab, segment)[start].mark or {})["columns"])


def with_columns(tab: Tab, segment: str, start: int, columns: list[Json]) -> Tab:
    """Give the tab with the table's column properties replaced."""
    return restyled(tab, segment, start, (Unit(TABLE, defaults.PLAIN, {"columns": columns}),))


def delete_row(tab: Tab, segment: str, start: int, row: int, column: int) -> Tab:
    """Delete the rows that a cell spans, or the whole table when none would remain.

    Source: DeleteTableRowRequest.
    """
    grid = _grid(tab, segment, start)
    row, column = _located(grid, row, column)
    last = row + grid.cells[row][column].row_span
    if last - row >= len(grid.cells):
        return splice(tab, segment, grid.start, grid.end + 1, ())
    tab = _shrunk_spans(tab, segment, grid, row, last, "row")
    return splice(tab, segment, grid.row_starts[row], grid.row_end(last - 1), ())


def delete_column(tab: Tab, segment: str, start: int, row: int, column: int) -> Tab:
    """Delete the columns that a cell spans, or the whole table when none would remain."""
    grid = _grid(tab, segment, start)
    row, column = _located(grid, row, column)
    last = column + grid.cells[row][column].column_span
    if last - column >= grid.columns:
        return splice(tab, segment, grid.start, grid.end + 1, ())
    tab = _shrunk_spans(tab, segment, grid, column, last, "column")
    for cells in reversed(grid.cells):
        gone = cells[column:last]
        if gone:
            tab = splice(tab, segment, gone[0].start, gone[-1].end, ())
    columns = columns_of(tab, segment, start)
    return with_columns(tab, segment, start, columns[:column] + columns[last:])


def _shrunk_spans(tab: Tab, segment: str, grid: Grid, first: int, last: int, axis: str) -> Tab:
    """Shorten the merges that a deletion of [first, last) cuts; one that loses its head is dissolved
    (assumed).
    """
    for top, cells in enumerate(grid.cells):
        for left, cell in enumerate(cells):
            at, span = (top, cell.row_span) if axis == "row" else (left, cell.column_span)
            lost = max(0, min(at + span, last) - max(at, first))
            if span > 1 and at < first and lost:
                style = {**cell.style, f"{axis}Span": span - lost}
                tab = restyled(tab, segment, cell.start, (Unit(CELL, defaults.PLAIN, style),))
    return tab


@dataclass(frozen=True)
class Area:
    """A rectangle of cells: the first row and column and the numbers of rows and columns."""

    row: int
    column: int
    rows: int
    columns: int


def covered(grid: Grid, area: Area) -> list[tuple[int, int]]:
    """List the (row, column) places of a rectangle; raises Refused when it reaches outside the table."""
    if area.rows < 1 or area.columns < 1:
        raise Refused("The row span and column span of a table range must be at least 1.")
    _located(grid, area.row, area.column)
    _located(grid, area.row + area.rows - 1, area.column + area.columns - 1)
    rows = range(area.row, area.row + area.rows)
    return [(row, column) for row in rows for column in range(area.column, area.column + area.columns)]


def _set_spans(tab: Tab, segment: str, cell: Cell, rows: int, columns: int) -> Tab:
    style = {**cell.style, "rowSpan": rows, "columnSpan": columns}
    spanned = restyled(tab, segment, cell.start, (Unit(CELL, defaults.PLAIN, style),))
    return reshaped(spanned, segment, cell.start)


def merge_cells(tab: Tab, segment: str, start: int, area: Area) -> Tab:
    """Merge a rectangle of cells; their texts are put together, paragraph by paragraph, in the head cell.

    Raises Refused when a merge reaches out of the rectangle. Source: MergeTableCellsRequest.
    """
    grid = _grid(tab, segment, start)
    places = covered(grid, area)
    for row, column in places:
        top, left = grid.head(row, column)
        cell = grid.cells[top][left]
        inside = (top, left) in places and (top + cell.row_span - 1, left + cell.column_span - 1) in places
        if not inside:
            raise Refused("The provided table range is not rectangular.")
    for row, column in places:
        cell = grid.cells[row][column]
        head = (row, column) == (area.row, area.column)
        spans = (area.rows, area.columns) if head else (1, 1)
        tab = _set_spans(tab, segment, cell, *spans)
    return _texts_moved(tab, segment, start, area)


def _texts_moved(tab: Tab, segment: str, start: int, area: Area) -> Tab:
    grid = _grid(tab, segment, start)
    moved: list[Unit] = []
    units = units_of(tab, segment)
    places = covered(grid, area)[1:]
    for row, column in places:
        cell = grid.cells[row][column]
        content = units[cell.start + 1 : cell.end]
        if len(content) > 1:
            moved += content
    for row, column in reversed(places):
        cell = grid.cells[row][column]
        if cell.end - cell.start > 2:
            tab = splice(tab, segment, cell.start + 1, cell.end, defaults.blank_cell()[1:])
    if not moved:
        return tab
    head = grid.cells[area.row][area.column]
    if head.end - head.start == 2:
        return splice(tab, segment, head.start + 1, head.end, tuple(moved))
    return splice(tab, segment, head.end, head.end, tuple(moved))


def unmerge_cells(tab: Tab, segment: str, start: int, area: Area) -> Tab:
    """Dissolve every merge that the rectangle touches; texts stay in the head cells.

    Source: UnmergeTableCellsRequest.
    """
    grid = _grid(tab, segment, start)
    for row, column in {grid.head(r, c) for r, c in covered(grid, area)}:
        tab = _set_spans(tab, segment, grid.cells[row][column], 1, 1)
    return tab
