"""The page of a spreadsheet: tabs, cells, charts; and staff's changes to a cell or a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json, StyleBook
from sheets_sync.emulator.pages.conditional import covers, with_conditional_formats
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.rendering import html, notice, redirect
from sheets_sync.emulator.pages.sheetcharts import place_charts, read_charts
from sheets_sync.emulator.pages.sheetview import (
    SPARE_ROWS,
    cell_place,
    column_views,
    fingerprint,
    letters,
    only_rows_with,
    row_views,
    tab_views,
    typed_text,
    used_rows,
)
from sheets_sync.emulator.pages.undo import forget, last_edit, remember
from sheets_sync.emulator.wire import Response

PER_PAGE = 300
MOST_SEARCHED = 5000
_BOOK = "properties(title,locale),sheets(properties,merges,charts,protectedRanges,conditionalFormats)"
_CELLS = (
    "sheets(data(startRow,rowMetadata,columnMetadata,rowData(values(formattedValue,effectiveFormat,"
    "userEnteredFormat,effectiveValue,userEnteredValue,note,dataValidation))))"
)


def show(call: Call, name: str, query: Fields) -> Response:
    """Show one sheet (`gid`), from a row on (`from`), with the edit line of one cell (`cell`)."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = ask(call, "sheets.spreadsheets.get", {"spreadsheetId": name}, fields=_BOOK)
    sheet = _chosen(book, _one(query, "gid"))
    if sheet is None:
        return notice(call, 404, "Листа нет", "Возможно, его удалили или скрыли.")
    grid = sheet["properties"].get("gridProperties", {})
    frozen = grid.get("frozenRowCount", 0)
    start = _page_start(query, frozen)
    head = _data(call, name, sheet, 0, frozen) if frozen and start > frozen else {}
    wanted = _one(query, "find").strip()
    data = _data(call, name, sheet, start, start + (MOST_SEARCHED if wanted else PER_PAGE))
    if wanted:
        data = only_rows_with(data, wanted, frozen, PER_PAGE)
    styles = StyleBook()
    columns = column_views(sheet, data.get("columnMetadata", []), styles)
    merges = sheet.get("merges", [])
    rows = row_views(head, columns, merges, frozen, styles) if head else []
    seen = max(used_rows(data) + SPARE_ROWS, frozen)
    rows += row_views(_cut(data, seen), columns, merges, frozen, styles)
    gid = sheet["properties"].get("sheetId", 0)
    address = f"/spreadsheets/d/{name}/edit"
    titles = {one["properties"].get("sheetId", 0): one["properties"]["title"] for one in book["sheets"]}
    tabs = tab_views(book["sheets"], gid, address, styles)
    on_page = {cell.address for row in rows for cell in row.cells}
    placed, loose = place_charts(read_charts(sheet, titles, _reader(call, name)), on_page, styles)
    return html(
        call,
        "sheet.html",
        title=book["properties"]["title"],
        address=address,
        gid=gid,
        tabs=tabs,
        columns=columns,
        rows=rows,
        table=styles.name(f"width:{46 + sum(column.width for column in columns)}px"),
        charts=placed,
        loose_charts=loose,
        edit=_edit_line(call, name, book, sheet, _one(query, "cell")),
        start=start,
        before=max(start - PER_PAGE, 0) if start else None,
        after=start + PER_PAGE if used_rows(data) == PER_PAGE and not wanted else None,
        find=wanted,
        undo=(last_edit(call, name, str(gid)) or ("",))[0],
        styles=styles.text(),
    )


def change(call: Call, name: str, fields: Fields) -> Response:
    """Do what staff asked of one cell or its row: `action` set, insert_above, insert_below, delete_row,
    sort_up or sort_down, at `cell` of sheet `gid`.

    Refuses with 409 and changes nothing when the cell (`before`) or the row (`row_before`) is no longer what
    the page showed.
    """
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = ask(call, "sheets.spreadsheets.get", {"spreadsheetId": name}, fields=_BOOK)
    sheet = _chosen(book, _one(fields, "gid"))
    place = cell_place(_one(fields, "cell"))
    if sheet is None or place is None:
        return notice(call, 404, "Ячейки нет", "Возможно, лист удалили или скрыли.")
    row, column = place
    cells = _row_cells(call, name, sheet, row)
    cell = cells[column] if column < len(cells) else {}
    back = f"/spreadsheets/d/{name}/edit?gid={sheet['properties'].get('sheetId', 0)}"
    shown = typed_text(cell, book["properties"].get("locale", ""))
    if _one(fields, "before") != _form_text(shown) or _one(fields, "row_before") != fingerprint(cells):
        return notice(
            call,
            409,
            "Лист изменился",
            "Пока страница была открыта, строку изменили. Откройте её ещё раз.",
            (back, "К листу"),
        )
    action = _one(fields, "action") or "set"
    if action == "set":
        value = _one(fields, "value")
        if _form_text(value) != _form_text(shown):
            _write(call, name, sheet, _one(fields, "cell"), value)
            after = fingerprint(_row_cells(call, name, sheet, row))
            gid = str(sheet["properties"].get("sheetId", 0))
            remember(call, name, gid, _one(fields, "cell"), cell.get("userEnteredValue", {}), after)
        row += 1
    elif request := _row_request(action, sheet, row, column):
        ask(call, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": name}, {"requests": [request]})
        row += 1 if action == "insert_below" else 0
    else:
        return notice(call, 400, "Непонятное действие", "Повторите его на странице листа.", (back, "К листу"))
    start = _one(fields, "start")
    kept = f"&from={start}" if start.isdecimal() and start != "0" else ""
    return redirect(
        f"{back}{kept}&cell={letters(column)}{row + 1}" + (f"#{letters(column)}{row + 1}" if row > 14 else "")
    )


def take_back(call: Call, name: str, fields: Fields) -> Response:
    """Give a cell back what it held before one's last change on sheet `gid`; 409 when its row has changed."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = ask(call, "sheets.spreadsheets.get", {"spreadsheetId": name}, fields=_BOOK)
    gid = _one(fields, "gid")
    sheet = _chosen(book, gid)
    back = f"/spreadsheets/d/{name}/edit?gid={gid}"
    edit = last_edit(call, name, gid) if sheet else None
    place = cell_place(edit[0]) if edit else None
    if sheet is None or edit is None or place is None:
        return notice(call, 404, "Отменять нечего", "На этом листе вы ничего не меняли.")
    forget(call, name)
    if fingerprint(_row_cells(call, name, sheet, place[0])) != edit[2]:
        text = "После вашей правки строку изменили или сдвинули. Исправьте ячейку сами."
        return notice(call, 409, "Уже не отменить", text, (back, "К листу"))
    start = {"sheetId": sheet["properties"].get("sheetId", 0), "rowIndex": place[0], "columnIndex": place[1]}
    cells = [{"values": [{"userEnteredValue": edit[1]} if edit[1] else {}]}]
    request = {"updateCells": {"start": start, "rows": cells, "fields": "userEnteredValue"}}
    ask(call, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": name}, {"requests": [request]})
    return redirect(f"{back}&cell={edit[0]}" + (f"#{edit[0]}" if place[0] > 14 else ""))


def _one(fields: Fields, name: str) -> str:
    return "".join(fields.get(name, ())[:1])


def _form_text(text: str) -> str:
    """Return a text as it is after a browser has sent it: line ends differ in nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _chosen(book: Json, gid: str) -> Json | None:
    shown = [sheet for sheet in book.get("sheets", []) if not sheet["properties"].get("hidden")]
    if not gid:
        return shown[0] if shown else None
    return next((sheet for sheet in shown if str(sheet["properties"].get("sheetId", 0)) == gid), None)


def _page_start(query: Fields, frozen: int) -> int:
    start = _one(query, "from")
    if start:
        return int(start) if start.isdecimal() and len(start) < 9 else 0
    place = cell_place(_one(query, "cell"))
    row = place[0] if place else 0
    return row // PER_PAGE * PER_PAGE if row >= frozen else 0


def _data(call: Call, name: str, sheet: Json, start: int, end: int) -> Json:
    grid = sheet["properties"].get("gridProperties", {})
    last_row = min(end, grid.get("rowCount", 0))
    if start >= last_row:
        return {}
    title = sheet["properties"]["title"].replace("'", "''")
    wanted = f"'{title}'!A{start + 1}:{letters(max(grid.get('columnCount', 1) - 1, 0))}{last_row}"
    params = {"spreadsheetId": name, "ranges": [wanted], "includeGridData": True}
    found = ask(call, "sheets.spreadsheets.get", params, fields=_CELLS)
    blocks: list[Json] = [block for one in found.get("sheets", []) for block in one.get("data", [])]
    return with_conditional_formats(blocks[0], sheet.get("conditionalFormats", [])) if blocks else {}


def _row_cells(call: Call, name: str, sheet: Json, row: int) -> list[Json]:
    rows = _data(call, name, sheet, row, row + 1).get("rowData", [])
    cells: list[Json] = rows[0].get("values", []) if rows else []
    return cells


def _cut(data: Json, count: int) -> Json:
    return data | {
        "rowData": data.get("rowData", [])[:count],
        "rowMetadata": data.get("rowMetadata", [])[:count],
    }


def _reader(call: Call, name: str) -> Callable[[str, bool], list[list[Any]]]:
    def read(wanted: str, formatted: bool) -> list[list[Any]]:
        option = "FORMATTED_VALUE" if formatted else "UNFORMATTED_VALUE"
        params = {"spreadsheetId": name, "range": wanted, "valueRenderOption": option}
        values: list[list[Any]] = ask(call, "sheets.spreadsheets.values.get", params).get("values", [])
        return values

    return read


def _edit_line(call: Call, name: str, book: Json, sheet: Json, address: str) -> Json | None:
    place = cell_place(address)
    grid = sheet["properties"].get("gridProperties", {})
    if place is None or place[0] >= grid.get("rowCount", 0) or place[1] >= grid.get("columnCount", 0):
        return None
    cells = _row_cells(call, name, sheet, place[0])
    cell = cells[place[1]] if place[1] < len(cells) else {}
    condition = cell.get("dataValidation", {}).get("condition", {})
    options: list[str] = []
    if condition.get("type") == "ONE_OF_LIST":
        options = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
    elif condition.get("type") == "BOOLEAN":
        options = ["TRUE", "FALSE"]
    text = typed_text(cell, book["properties"].get("locale", ""))
    return {
        "cell": address,
        "text": text,
        "options": options if not options or not text or text in options else [text, *options],
        "words": {"TRUE": "да ☑", "FALSE": "нет ☐"} if condition.get("type") == "BOOLEAN" else {},
        "row_before": fingerprint(cells),
        "guarded": _guard(sheet, *place),
        "note": cell.get("note", ""),
        "lines": text.count("\n") + 1,
        "below_head": place[0] >= grid.get("frozenRowCount", 0),
    }


def _guard(sheet: Json, row: int, column: int) -> str:
    """Return what a protected range over the cell says, or an empty text."""
    for one in sheet.get("protectedRanges", []):
        free = one.get("unprotectedRanges", [])
        if covers(one.get("range", {}), row, column) and not any(covers(area, row, column) for area in free):
            return str(one.get("description") or "Эту ячейку заполняет программа.")
    return ""


def _write(call: Call, name: str, sheet: Json, address: str, value: str) -> None:
    title = sheet["properties"]["title"].replace("'", "''")
    params = {
        "spreadsheetId": name,
        "range": f"'{title}'!{address}",
        "valueInputOption": "USER_ENTERED",
    }
    ask(call, "sheets.spreadsheets.values.update", params, {"values": [[_form_text(value)]]})


def _row_request(action: str, sheet: Json, row: int, column: int) -> Json | None:
    """Return the batchUpdate request of a row's button, or None for an unknown one."""
    gid = sheet["properties"].get("sheetId", 0)
    if action in ("insert_above", "insert_below"):
        at = row + (action == "insert_below")
        span = {"sheetId": gid, "dimension": "ROWS", "startIndex": at, "endIndex": at + 1}
        return {"insertDimension": {"range": span, "inheritFromBefore": at > 0}}
    if action == "delete_row":
        span = {"sheetId": gid, "dimension": "ROWS", "startIndex": row, "endIndex": row + 1}
        return {"deleteDimension": {"range": span}}
    if action in ("sort_up", "sort_down"):
        grid = sheet["properties"].get("gridProperties", {})
        area = {
            "sheetId": gid,
            "startRowIndex": grid.get("frozenRowCount", 0),
            "endRowIndex": grid.get("rowCount", 0),
            "startColumnIndex": 0,
            "endColumnIndex": grid.get("columnCount", 0),
        }
        order = "ASCENDING" if action == "sort_up" else "DESCENDING"
        return {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": column, "sortOrder": order}]}}
    return None
