"""The page of a spreadsheet: tabs, cells, charts."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.banding import Bands
from sheets_sync.emulator.pages.cellstyle import Json, StyleBook
from sheets_sync.emulator.pages.editline import address, edit_line, line_alone, named_cell, one
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.rendering import html, notice, security_headers
from sheets_sync.emulator.pages.sheetcharts import place_charts, read_charts
from sheets_sync.emulator.pages.sheetreading import chosen_sheet, gid_of, range_reader, read_book
from sheets_sync.emulator.pages.sheetrows import Wanted, frozen_rows, part_of
from sheets_sync.emulator.pages.sheetview import cell_place, column_views, filter_marks, row_views, tab_views
from sheets_sync.emulator.pages.undo import last_change, last_taken_back
from sheets_sync.emulator.wire import Response

_COLUMN = re.compile(r"[A-Z]{1,3}")


def show(call: Call, name: str, query: Fields) -> Response:
    """Show one sheet (`gid`), from a row on (`from`), with the edit line of one cell (`cell`).

    `find` shows only the rows with a text, in one column when `in` names it, `view` those of a filter view.
    For the page's script `part=edit` gives the edit line alone and `part=seen` the file's version.
    """
    file = filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    if one(query, "part") == "seen":
        headers = security_headers() | {"content-type": "text/plain; charset=utf-8"}
        return Response(200, headers, str(file.version).encode())
    book = read_book(call, name)
    sheet = chosen_sheet(book, one(query, "gid"))
    if sheet is None:
        return notice(call, 404, "Листа нет", "Возможно, его удалили или скрыли.")
    if one(query, "part") == "edit":
        return line_alone(call, name, book, sheet, query, file.version)
    return _whole(call, name, book, sheet, query, file.version)


def _whole(call: Call, name: str, book: Json, sheet: Json, query: Fields, version: int) -> Response:
    cell, column = named_cell(one(query, "cell")), one(query, "in")
    inside = cell_place(f"{column}1") if _COLUMN.fullmatch(column) else None
    find, view = one(query, "find").strip(), one(query, "view")
    part = part_of(call, name, sheet, Wanted(one(query, "from"), cell, find, inside and inside[1], view))
    styles = StyleBook()
    columns = column_views(sheet, part.blocks[-1].get("columnMetadata", []) if part.blocks else [], styles)
    marks, bands = filter_marks(sheet), Bands(sheet.get("bandedRanges", []))
    rows = [
        row
        for block in part.blocks
        for row in row_views(block, columns, sheet.get("merges", []), frozen_rows(sheet), styles, bands)
    ]
    gid = gid_of(sheet)
    titles = {gid_of(other): other["properties"]["title"] for other in book["sheets"]}
    charts = read_charts(sheet, titles, range_reader(call, name))
    placed, loose = place_charts(charts, {cell.address for row in rows for cell in row.cells}, styles)
    line = edit_line(call, name, book, sheet, cell)
    undo, redo = last_change(call, name, str(gid)), last_taken_back(call, name, str(gid))
    kept = {
        "from": part.start or "",
        "in": column,
        "find": find,
        "view": view if part.found is not None else "",
    }
    return html(
        call,
        "sheet.html",
        scripted=True,
        title=book["properties"]["title"],
        address=address(name),
        gid=gid,
        tabs=tab_views(book["sheets"], gid, styles),
        columns=columns,
        rows=rows,
        table=styles.name(f"width:{46 + sum(column.width for column in columns)}px"),
        charts=placed,
        loose_charts=loose,
        edit=line,
        lost=bool(cell) and line is None,
        start=part.start,
        part=part,
        total=sheet["properties"].get("gridProperties", {}).get("rowCount", 0),
        find=find,
        column=column,
        view=view,
        views=[(str(one["filterViewId"]), one.get("title", "")) for one in sheet.get("filterViews", [])],
        marks=marks,
        link=f"?{urlencode({'gid': gid, **{key: value for key, value in kept.items() if value}})}",
        alone=False,
        seen=version,
        undo=undo.said if undo else "",
        redo=redo.change.said if redo else "",
        styles=styles.text(),
    )
