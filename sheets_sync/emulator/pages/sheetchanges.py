"""What staff change on the page of a spreadsheet, how it is taken back and done again."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.editline import address, form_text, guard, line_alone, named_cell, one
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.rendering import notice, redirect
from sheets_sync.emulator.pages.sheetactions import NotUnderstoodError, Place, act, again_of, reached
from sheets_sync.emulator.pages.sheetreading import (
    Area,
    area_print,
    chosen_sheet,
    gid_of,
    read_book,
    row_cells,
)
from sheets_sync.emulator.pages.sheetview import cell_place, fingerprint, letters, typed_text
from sheets_sync.emulator.pages.undo import (
    TakenBack,
    forget,
    forget_taken_back,
    keep_taken_back,
    last_change,
    last_taken_back,
    remember,
)
from sheets_sync.emulator.wire import Response

_MOVES = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1), "stay": (0, 0)}


def change(call: Call, name: str, fields: Fields) -> Response:
    """Do what staff asked (`action`, see sheetactions) at `cell` of sheet `gid`; go on to where `move` leads.

    Refuses with 409 and changes nothing when the cell (`before`) or the row (`row_before`) is no longer what
    the page showed. What reaches into several rows is refused too when anything in the spreadsheet has
    changed since the page was opened (`seen`, the file's version), and what would write a guarded cell that
    the edit line did not warn of.
    """
    file = filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = read_book(call, name)
    sheet = chosen_sheet(book, one(fields, "gid"))
    place = cell_place(named_cell(one(fields, "cell")))
    if sheet is None or place is None:
        return notice(call, 404, "Ячейки нет", "Возможно, лист удалили или скрыли.")
    row, column = place
    cells = row_cells(call, name, sheet, row)
    cell = cells[column] if column < len(cells) else {}
    back = f"{address(name)}?gid={gid_of(sheet)}"
    shown = form_text(typed_text(cell, book["properties"].get("locale", "")))
    if form_text(one(fields, "before")) != shown or one(fields, "row_before") != fingerprint(cells):
        text = "Пока страница была открыта, строку изменили. Откройте её ещё раз."
        return notice(call, 409, "Лист изменился", text, (back, "К листу"))
    action = one(fields, "action") or "set"
    try:
        area = reached(Place(name, sheet, row, column), action, fields)
    except NotUnderstoodError as refused:
        return notice(call, 400, "Не получилось", str(refused), (back, "К листу"))
    if area[1] - area[0] > 1 and one(fields, "seen") != str(file.version):
        text = "Пока страница была открыта, таблицу изменили. Откройте её ещё раз и повторите."
        return notice(call, 409, "Лист изменился", text, (back, "К листу"))
    if guarded := _guarded_beside(sheet, area, place):
        return notice(call, 409, "Эти ячейки обычно не меняют", guarded, (back, "К листу"))
    if action != "set" or form_text(one(fields, "value")) != shown:
        call.tx.execute("SAVEPOINT action")
        try:
            act(call, Place(name, sheet, row, column), action, fields)
        except NotUnderstoodError as refused:
            call.tx.execute("ROLLBACK TO action")
            return notice(call, 400, "Не получилось", str(refused), (back, "К листу"))
    if one(fields, "part") == "edit":
        return _next_line(call, name, fields)
    return redirect(_next(back, sheet, place, action, fields))


def _next_line(call: Call, name: str, fields: Fields) -> Response:
    """Answer the page's script with the edit line of the cell that it has gone on to (`next`)."""
    file = filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = read_book(call, name)
    sheet = chosen_sheet(book, one(fields, "gid"))
    if sheet is None:
        return notice(call, 404, "Листа нет", "Возможно, его удалили или скрыли.")
    wanted = fields | {"cell": [one(fields, "next") or one(fields, "cell")]}
    return line_alone(call, name, book, sheet, wanted, file.version)


def _next(back: str, sheet: Json, place: tuple[int, int], action: str, fields: Fields) -> str:
    """Return the address of the sheet with the cell that comes next: below a written one, else the same."""
    usual = "down" if action in ("set", "insert_below") else "right" if action == "insert_right" else "stay"
    down, right = _MOVES.get(one(fields, "move"), _MOVES[usual])
    grid = sheet["properties"].get("gridProperties", {})
    row = min(max(place[0] + down, 0), max(grid.get("rowCount", 1), place[0] + 1))
    column = min(max(place[1] + right, 0), max(grid.get("columnCount", 1), place[1] + 1) - 1)
    cell = f"{letters(column)}{row + 1}"
    start = one(fields, "start")
    kept = f"&from={start}" if start.isdecimal() and start != "0" else ""
    for key in ("find", "in", "view"):
        if one(fields, key):
            kept += f"&{urlencode({key: one(fields, key)})}"
    return f"{back}{kept}&cell={cell}" + (f"#{cell}" if row > 13 else "")


def take_back(call: Call, name: str, fields: Fields) -> Response:
    """Undo one's last change of sheet `gid`; 409 when what it changed has been changed again."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    gid = one(fields, "gid")
    sheet = chosen_sheet(read_book(call, name), gid)
    back = f"{address(name)}?gid={gid}"
    last = last_change(call, name, gid) if sheet else None
    if sheet is None or last is None:
        return notice(call, 404, "Отменять нечего", "На этом листе вы ничего не меняли.")
    forget(call, name, gid)
    if last.print and area_print(call, name, sheet, last.area) != last.print:
        text = "После вашей правки это место изменили или сдвинули. Исправьте его сами."
        return notice(call, 409, "Уже не отменить", text, (back, "К листу"))
    again = again_of(call, name, sheet, last)
    ask(call, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": name}, {"requests": list(last.back)})
    since = area_print(call, name, sheet, last.area) if last.print else ""
    keep_taken_back(call, name, gid, TakenBack(last, again, since))
    return redirect(f"{back}&cell={last.cell}#{last.cell}")


def do_again(call: Call, name: str, fields: Fields) -> Response:
    """Do what was taken back last on sheet `gid` again; 409 when its place has been changed since."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    gid = one(fields, "gid")
    sheet = chosen_sheet(read_book(call, name), gid)
    back = f"{address(name)}?gid={gid}"
    last = last_taken_back(call, name, gid) if sheet else None
    if sheet is None or last is None:
        return notice(call, 404, "Повторять нечего", "На этом листе вы ничего не отменяли.")
    forget_taken_back(call, name, gid)
    change = last.change
    if last.print and area_print(call, name, sheet, change.area) != last.print:
        text = "После отмены это место изменили или сдвинули. Исправьте его сами."
        return notice(call, 409, "Уже не повторить", text, (back, "К листу"))
    ask(call, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": name}, {"requests": list(last.again)})
    stamp = area_print(call, name, sheet, change.area) if last.print else ""
    remember(call, name, gid, replace(change, print=stamp), new=False)
    return redirect(f"{back}&cell={change.cell}#{change.cell}")


def rename(call: Call, name: str, fields: Fields) -> Response:
    """Give sheet `gid` another title (`value`); one that another sheet has is refused with 400."""
    filetable.require_file(call, name, filetable.SPREADSHEET, service="sheets")
    book = read_book(call, name)
    sheet = chosen_sheet(book, one(fields, "gid"))
    if sheet is None:
        return notice(call, 404, "Листа нет", "Возможно, его удалили или скрыли.")
    back = f"{address(name)}?gid={gid_of(sheet)}"
    wanted = one(fields, "value").strip().casefold()
    others = {one["properties"]["title"].casefold() for one in book["sheets"] if one is not sheet}
    if wanted in others:
        return notice(call, 400, "Не получилось", "Лист с таким названием уже есть.", (back, "К листу"))
    try:
        act(call, Place(name, sheet, 0, 0), "rename", fields)
    except NotUnderstoodError as refused:
        return notice(call, 400, "Не получилось", str(refused), (back, "К листу"))
    return redirect(back)


def _guarded_beside(sheet: Json, area: Area, place: tuple[int, int]) -> str:
    """Tell of the first guarded cell of an area, other than those guarded like the cell at hand."""
    own = guard(sheet, *place)
    for row in range(area[0], area[1]) if sheet.get("protectedRanges") else ():
        for column in range(area[2], area[3]):
            said = guard(sheet, row, column)
            if said and said != own:
                return f"Задета ячейка {letters(column)}{row + 1}. {said} Измените остальные без неё."
    return ""
