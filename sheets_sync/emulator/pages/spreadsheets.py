"""The page of a spreadsheet: tabs, cells, charts; and staff's changes on it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json, StyleBook
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.rendering import html, notice, redirect
from sheets_sync.emulator.pages.sheetactions import NotUnderstoodError, Place, act, reached
from sheets_sync.emulator.pages.sheetcharts import place_charts, read_charts
from sheets_sync.emulator.pages.sheetreading import (
    Area,
    area_print,
    chosen_sheet,
    gid_of,
    range_reader,
    read_book,
    read_rows,
    row_cells,
)
from sheets_sync.emulator.pages.sheetview import (
    SPARE_ROWS,
    cell_place,
    column_views,
    covers,
    fingerprint,
    letters,
    only_rows_with,
    row_views,
    tab_views,
    typed_text,
    used_rows,
)
from sheets_sync.emulator.pages.undo import forget, last_change
from sheets_sync.emulator.sheets.connecting import imported_by
from sheets_sync.emulator.wire import Response

PER_PAGE = 300
MOST_SEARCHED = 5000
_COLUMN = re.compile(r"[A-Z]{1,3}")
_MOVES = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1), "stay": (0, 0)}


def show(call: Call, name: str, query: Fields) -> Response:
    """Show one sheet (`gid`), from a row on (`from`), with the edit line of one cell (`cell`).

    `find` shows only the rows with a text, in one column when `in` names it; `part=edit` gives the edit line
    alone, for the page's script.
    """
    file = filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = read_book(call, name)
    sheet = chosen_sheet(book, _one(query, "gid"))
    if sheet is None:
        return notice(call, 404, "Листа нет", "Возможно, его удалили или скрыли.")
    if _one(query, "part") == "edit":
        return html(
            call,
            "editline.html",
            edit=_edit_line(call, name, book, sheet, _one(query, "cell")),
            gid=gid_of(sheet),
            start=int(_one(query, "from")) if _one(query, "from").isdecimal() else 0,
            address=_address(name),
            find=_one(query, "find"),
            column=_one(query, "in"),
            alone=True,
            seen=file.version,
        )
    return _whole(call, name, book, sheet, query, file.version)


def _whole(call: Call, name: str, book: Json, sheet: Json, query: Fields, version: int) -> Response:
    frozen = sheet["properties"].get("gridProperties", {}).get("frozenRowCount", 0)
    start = _page_start(query, frozen)
    head = read_rows(call, name, sheet, 0, frozen) if frozen and start > frozen else {}
    wanted, column = _one(query, "find").strip(), _one(query, "in")
    data = read_rows(call, name, sheet, start, start + (MOST_SEARCHED if wanted else PER_PAGE))
    if wanted:
        inside = cell_place(f"{column}1") if _COLUMN.fullmatch(column) else None
        data = only_rows_with(data, wanted, frozen, PER_PAGE, inside[1] if inside else None)
    styles = StyleBook()
    columns = column_views(sheet, data.get("columnMetadata", []), styles)
    merges = sheet.get("merges", [])
    rows = row_views(head, columns, merges, frozen, styles) if head else []
    seen = max(used_rows(data) + SPARE_ROWS, frozen)
    rows += row_views(_cut(data, seen), columns, merges, frozen, styles)
    gid = gid_of(sheet)
    titles = {gid_of(one): one["properties"]["title"] for one in book["sheets"]}
    on_page = {cell.address for row in rows for cell in row.cells}
    charts = read_charts(sheet, titles, range_reader(call, name))
    placed, loose = place_charts(charts, on_page, styles)
    undo = last_change(call, name, str(gid))
    return html(
        call,
        "sheet.html",
        scripted=True,
        title=book["properties"]["title"],
        address=_address(name),
        gid=gid,
        tabs=tab_views(book["sheets"], gid, styles),
        columns=columns,
        rows=rows,
        table=styles.name(f"width:{46 + sum(column.width for column in columns)}px"),
        charts=placed,
        loose_charts=loose,
        edit=_edit_line(call, name, book, sheet, _one(query, "cell")),
        start=start,
        before=max(start - PER_PAGE, 0) if start else None,
        after=start + PER_PAGE if used_rows(data) == PER_PAGE and not wanted else None,
        total=sheet["properties"].get("gridProperties", {}).get("rowCount", 0),
        find=wanted,
        column=column,
        alone=False,
        seen=version,
        undo=undo.said if undo else "",
        styles=styles.text(),
    )


def change(call: Call, name: str, fields: Fields) -> Response:
    """Do what staff asked (`action`, see sheetactions) at `cell` of sheet `gid`; go on to where `move` leads.

    Refuses with 409 and changes nothing when the cell (`before`) or the row (`row_before`) is no longer what
    the page showed. What reaches into several rows is refused too when anything in the spreadsheet has
    changed since the page was opened (`seen`, the file's version), and what would write a guarded cell that
    the edit line did not warn of.
    """
    file = filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = read_book(call, name)
    sheet = chosen_sheet(book, _one(fields, "gid"))
    place = cell_place(_one(fields, "cell"))
    if sheet is None or place is None:
        return notice(call, 404, "Ячейки нет", "Возможно, лист удалили или скрыли.")
    row, column = place
    cells = row_cells(call, name, sheet, row)
    cell = cells[column] if column < len(cells) else {}
    back = f"{_address(name)}?gid={gid_of(sheet)}"
    shown = _form_text(typed_text(cell, book["properties"].get("locale", "")))
    if _form_text(_one(fields, "before")) != shown or _one(fields, "row_before") != fingerprint(cells):
        text = "Пока страница была открыта, строку изменили. Откройте её ещё раз."
        return notice(call, 409, "Лист изменился", text, (back, "К листу"))
    action = _one(fields, "action") or "set"
    try:
        area = reached(Place(name, sheet, row, column), action, fields)
    except NotUnderstoodError as refused:
        return notice(call, 400, "Не получилось", str(refused), (back, "К листу"))
    if area[1] - area[0] > 1 and _one(fields, "seen") != str(file.version):
        text = "Пока страница была открыта, таблицу изменили. Откройте её ещё раз и повторите."
        return notice(call, 409, "Лист изменился", text, (back, "К листу"))
    if guarded := _guarded_beside(sheet, area, place):
        return notice(call, 409, "Эти ячейки обычно не меняют", guarded, (back, "К листу"))
    if action != "set" or _form_text(_one(fields, "value")) != shown:
        try:
            act(call, Place(name, sheet, row, column), action, fields)
        except NotUnderstoodError as refused:
            return notice(call, 400, "Не получилось", str(refused), (back, "К листу"))
    return redirect(_next(back, sheet, place, action, fields))


def _next(back: str, sheet: Json, place: tuple[int, int], action: str, fields: Fields) -> str:
    """Return the address of the sheet with the cell that comes next: below a written one, else the same."""
    usual = "down" if action in ("set", "insert_below") else "right" if action == "insert_right" else "stay"
    down, right = _MOVES.get(_one(fields, "move"), _MOVES[usual])
    grid = sheet["properties"].get("gridProperties", {})
    row = min(max(place[0] + down, 0), max(grid.get("rowCount", 1), place[0] + 1))
    column = min(max(place[1] + right, 0), max(grid.get("columnCount", 1), place[1] + 1) - 1)
    cell = f"{letters(column)}{row + 1}"
    start = _one(fields, "start")
    kept = f"&from={start}" if start.isdecimal() and start != "0" else ""
    for key in ("find", "in"):
        if _one(fields, key):
            kept += f"&{urlencode({key: _one(fields, key)})}"
    return f"{back}{kept}&cell={cell}" + (f"#{cell}" if row > 13 else "")


def take_back(call: Call, name: str, fields: Fields) -> Response:
    """Undo one's last change of sheet `gid`; 409 when what it changed has been changed again."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    gid = _one(fields, "gid")
    sheet = chosen_sheet(read_book(call, name), gid)
    back = f"{_address(name)}?gid={gid}"
    last = last_change(call, name, gid) if sheet else None
    if sheet is None or last is None:
        return notice(call, 404, "Отменять нечего", "На этом листе вы ничего не меняли.")
    forget(call, name, gid)
    if last.print and area_print(call, name, sheet, last.area) != last.print:
        text = "После вашей правки это место изменили или сдвинули. Исправьте его сами."
        return notice(call, 409, "Уже не отменить", text, (back, "К листу"))
    body = {"requests": list(last.back)}
    ask(call, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": name}, body)
    return redirect(f"{back}&cell={last.cell}#{last.cell}")


def rename(call: Call, name: str, fields: Fields) -> Response:
    """Give sheet `gid` another title (`value`); one that another sheet has is refused with 400."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = read_book(call, name)
    sheet = chosen_sheet(book, _one(fields, "gid"))
    if sheet is None:
        return notice(call, 404, "Листа нет", "Возможно, его удалили или скрыли.")
    back = f"{_address(name)}?gid={gid_of(sheet)}"
    wanted = _one(fields, "value").strip().casefold()
    others = {one["properties"]["title"].casefold() for one in book["sheets"] if one is not sheet}
    if wanted in others:
        return notice(call, 400, "Не получилось", "Лист с таким названием уже есть.", (back, "К листу"))
    try:
        act(call, Place(name, sheet, 0, 0), "rename", fields)
    except NotUnderstoodError as refused:
        return notice(call, 400, "Не получилось", str(refused), (back, "К листу"))
    return redirect(back)


def _address(name: str) -> str:
    return f"/spreadsheets/d/{name}/edit"


def _one(fields: Fields, name: str) -> str:
    return "".join(fields.get(name, ())[:1])


def _form_text(text: str) -> str:
    """Return a text as it is after a browser has sent it: line ends differ in nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _page_start(query: Fields, frozen: int) -> int:
    start = _one(query, "from")
    if start:
        return int(start) if start.isdecimal() and len(start) < 9 else 0
    place = cell_place(_one(query, "cell"))
    row = place[0] if place else 0
    return row // PER_PAGE * PER_PAGE if row >= frozen else 0


def _cut(data: Json, count: int) -> Json:
    return data | {
        "rowData": data.get("rowData", [])[:count],
        "rowMetadata": data.get("rowMetadata", [])[:count],
    }


def _edit_line(call: Call, name: str, book: Json, sheet: Json, address: str) -> Json | None:
    place = cell_place(address)
    grid = sheet["properties"].get("gridProperties", {})
    if place is None or place[0] >= grid.get("rowCount", 0) or place[1] >= grid.get("columnCount", 0):
        return None
    cells = row_cells(call, name, sheet, place[0])
    cell = cells[place[1]] if place[1] < len(cells) else {}
    condition = cell.get("dataValidation", {}).get("condition", {})
    text = typed_text(cell, book["properties"].get("locale", ""))
    options = _options(call, name, sheet, condition)
    return {
        "cell": address,
        "column": letters(place[1]),
        "text": text,
        "shown": str(cell.get("formattedValue", "")),
        "options": options if not options or not text or text in options else [text, *options],
        "words": {"TRUE": "да ☑", "FALSE": "нет ☐"} if condition.get("type") == "BOOLEAN" else {},
        "row_before": fingerprint(cells),
        "guarded": _guard(sheet, *place),
        "closed": text if imported_by(text) and cell.get("formattedValue") == "#REF!" else "",
        "note": cell.get("note", ""),
        "lines": text.count("\n") + 1,
        "below_head": place[0] >= grid.get("frozenRowCount", 0),
    }


def _options(call: Call, name: str, sheet: Json, condition: Json) -> list[str]:
    """Return what the cell's rule lets one choose from; nothing for other rules."""
    given = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
    if condition.get("type") == "ONE_OF_LIST":
        return given
    if condition.get("type") == "ONE_OF_RANGE" and given:
        wanted = given[0].removeprefix("=")
        title = sheet["properties"]["title"].replace("'", "''")
        rows = range_reader(call, name)(wanted if "!" in wanted else f"'{title}'!{wanted}", True)
        return list(dict.fromkeys(str(cell) for row in rows for cell in row if cell != ""))
    return ["TRUE", "FALSE"] if condition.get("type") == "BOOLEAN" else []


def _guarded_beside(sheet: Json, area: Area, place: tuple[int, int]) -> str:
    """Tell of the first guarded cell of an area, other than those guarded like the cell at hand."""
    own = _guard(sheet, *place)
    for row in range(area[0], area[1]) if sheet.get("protectedRanges") else ():
        for column in range(area[2], area[3]):
            said = _guard(sheet, row, column)
            if said and said != own:
                return f"Задета ячейка {letters(column)}{row + 1}. {said} Измените остальные без неё."
    return ""


def _guard(sheet: Json, row: int, column: int) -> str:
    """Return what a protected range over the cell says, or an empty text."""
    for one in sheet.get("protectedRanges", []):
        free = one.get("unprotectedRanges", [])
        if covers(one.get("range", {}), row, column) and not any(covers(area, row, column) for area in free):
            return str(one.get("description") or "Эту ячейку заполняет программа.")
    return ""
