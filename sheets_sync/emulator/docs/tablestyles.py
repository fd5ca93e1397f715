"""Styles of table columns, rows and cells, and pinned header rows.

Source: discovery docs.v1 (UpdateTableColumnPropertiesRequest, UpdateTableRowStyleRequest,
UpdateTableCellStyleRequest, PinTableHeaderRowsRequest).
"""

from __future__ import annotations

from sheets_sync.emulator.docs import defaults
from sheets_sync.emulator.docs.masked import mask_paths, masked_update, normalised
from sheets_sync.emulator.docs.model import Json, Tab, restyled, units_of
from sheets_sync.emulator.docs.tables import Area, Grid, columns_of, covered, find_grid, with_columns
from sheets_sync.emulator.docs.units import CELL, ROW, Refused, Style, Unit

_LEAST_WIDTH = 5
_BORDERS = {
    "borderRight": ("borderLeft", 0, 1),
    "borderLeft": ("borderRight", 0, -1),
    "borderBottom": ("borderTop", 1, 0),
    "borderTop": ("borderBottom", -1, 0),
}


def update_columns(
    tab: Tab, segment: str, start: int, indices: list[int], given: Style, fields: str | None
) -> Tab:
    """Change the properties of columns, of all when no index is given; a width under 5 points is refused.

    A width that comes without a width type makes the column one of fixed width: the documentation of `fields`
    sets a width by `"width"` alone.
    """
    find_grid(units_of(tab, segment), start)
    paths = mask_paths(fields, "TableColumnProperties")
    wanted = normalised(given)
    width = wanted.get("width", {}).get("magnitude", 0)
    if ["width"] in paths and "width" in wanted and width < _LEAST_WIDTH:
        raise Refused(f"The width of a column must be at least {_LEAST_WIDTH} points.")
    if ["width"] in paths and "width" in wanted and wanted.get("widthType", "FIXED_WIDTH") != "FIXED_WIDTH":
        raise Refused("The width of a column can be set only with the width type FIXED_WIDTH.")
    columns = columns_of(tab, segment, start)
    for index in _chosen(indices, len(columns), "column"):
        columns[index] = masked_update(columns[index], wanted, paths)
        if ["width"] in paths and "width" in wanted and "widthType" not in wanted:
            columns[index]["widthType"] = "FIXED_WIDTH"
        columns[index].setdefault("widthType", "EVENLY_DISTRIBUTED")
        if columns[index]["widthType"] != "FIXED_WIDTH":
            columns[index].pop("width", None)
    return with_columns(tab, segment, start, columns)


def _chosen(indices: list[int], count: int, what: str) -> list[int]:
    for index in indices:
        if not 0 <= index < count:
            raise Refused(f"Invalid {what} index {index}. The table has {count} {what}s.")
    return indices or list(range(count))


def update_rows(
    tab: Tab, segment: str, start: int, indices: list[int], given: Style, fields: str | None
) -> Tab:
    """Change the style of rows, of all when no index is given."""
    grid = find_grid(units_of(tab, segment), start)
    paths = mask_paths(fields, "TableRowStyle")
    wanted = normalised(given)
    for index in _chosen(indices, len(grid.cells), "row"):
        place = grid.row_starts[index]
        style = masked_update(units_of(tab, segment)[place].mark or {}, wanted, paths)
        style.setdefault("minRowHeight", defaults.points(0))
        tab = restyled(tab, segment, place, (Unit(ROW, defaults.PLAIN, style),))
    return tab


def pin_header_rows(tab: Tab, segment: str, start: int, count: int) -> Tab:
    """Make the first `count` rows header rows that repeat on every page, and the others ordinary ones."""
    grid = find_grid(units_of(tab, segment), start)
    if not 0 <= count <= len(grid.cells):
        raise Refused(f"Invalid number of pinned header rows {count}. The table has {len(grid.cells)} rows.")
    for index, place in enumerate(grid.row_starts):
        style: Json = dict(units_of(tab, segment)[place].mark or {})
        style.pop("tableHeader", None)
        if index < count:
            style["tableHeader"] = True
        tab = restyled(tab, segment, place, (Unit(ROW, defaults.PLAIN, style),))
    return tab


def update_cells(
    tab: Tab, segment: str, start: int, area: Area | None, given: Style, fields: str | None
) -> Tab:
    """Change the style of a rectangle of cells (None: of all); a shared border is changed on the neighbour
    too.
    """
    grid = find_grid(units_of(tab, segment), start)
    paths = mask_paths(fields, "TableCellStyle")
    if fields != "*" and any(path[0] in ("rowSpan", "columnSpan") for path in paths):
        raise Refused("Field rowSpan and columnSpan are read-only.")
    paths = [path for path in paths if path[0] not in ("rowSpan", "columnSpan")]
    wanted = _checked_borders(normalised(given))
    places = covered(grid, area or Area(0, 0, len(grid.cells), grid.columns))
    styles: dict[tuple[int, int], Json] = {
        (row, column): dict(cell.style)
        for row, cells in enumerate(grid.cells)
        for column, cell in enumerate(cells)
    }
    plain = [path for path in paths if path[0] not in _BORDERS]
    for place in places:
        styles[place] = masked_update(styles[place], wanted, plain)
    for border in _BORDERS:
        chosen = [path for path in paths if path[0] == border]
        if chosen:
            _draw(styles, places, border, wanted, chosen)
    return _with_styles(tab, segment, grid, styles)


def _checked_borders(wanted: Json) -> Json:
    for name in _BORDERS:
        border = wanted.get(name)
        if border is not None and border.get("color") == {}:
            raise Refused(f"The color of {name} cannot be transparent.")
    return wanted


def _draw(
    styles: dict[tuple[int, int], Json],
    places: list[tuple[int, int]],
    border: str,
    wanted: Json,
    paths: list[list[str]],
) -> None:
    opposite, down, right = _BORDERS[border]
    for row, column in places:
        styles[row, column] = masked_update(styles[row, column], wanted, paths)
        neighbour = (row + down, column + right)
        if neighbour in styles:
            mirrored = {opposite: wanted.get(border)} if border in wanted else {}
            mirrored_paths = [[opposite, *path[1:]] for path in paths]
            styles[neighbour] = masked_update(styles[neighbour], mirrored, mirrored_paths)


def _with_styles(tab: Tab, segment: str, grid: Grid, styles: dict[tuple[int, int], Json]) -> Tab:
    units = list(units_of(tab, segment))
    for (row, column), style in styles.items():
        units[grid.cells[row][column].start] = Unit(CELL, defaults.PLAIN, style)
    return restyled(tab, segment, 0, tuple(units))
