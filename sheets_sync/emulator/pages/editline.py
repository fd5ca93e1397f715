"""The line above a sheet in which one cell is seen and changed."""

from __future__ import annotations

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.rendering import html
from sheets_sync.emulator.pages.sheetreading import gid_of, range_reader, row_cells
from sheets_sync.emulator.pages.sheetview import cell_place, covers, fingerprint, letters, typed_text
from sheets_sync.emulator.sheets.connecting import imported_by
from sheets_sync.emulator.wire import Response

_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


def line_alone(call: Call, name: str, book: Json, sheet: Json, fields: Fields, version: int) -> Response:
    """Answer the page's script with the edit line of `cell`, nothing else."""
    start = one(fields, "from") or one(fields, "start")
    return html(
        call,
        "editline.html",
        edit=edit_line(call, name, book, sheet, one(fields, "cell")),
        gid=gid_of(sheet),
        start=int(start) if start.isdecimal() else 0,
        address=address(name),
        find=one(fields, "find"),
        column=one(fields, "in"),
        view=one(fields, "view"),
        alone=True,
        seen=version,
    )


def named_cell(text: str) -> str:
    """Return a cell's address as typed by a person: small letters and Russian ones that look alike count."""
    return text.strip().upper().translate(_LOOKALIKES)


def address(name: str) -> str:
    """Return the path of a spreadsheet's page."""
    return f"/spreadsheets/d/{name}/edit"


def one(fields: Fields, name: str) -> str:
    """Return the first value of a field, an empty text when it was not sent."""
    return "".join(fields.get(name, ())[:1])


def form_text(text: str) -> str:
    """Return a text as it is after a browser has sent it: line ends differ in nothing else."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def edit_line(call: Call, name: str, book: Json, sheet: Json, cell_name: str) -> Json | None:
    """Prepare the edit line of a cell; None for one that the sheet has not."""
    place = cell_place(cell_name)
    grid = sheet["properties"].get("gridProperties", {})
    if place is None or place[0] >= grid.get("rowCount", 0) or place[1] >= grid.get("columnCount", 0):
        return None
    cells = row_cells(call, name, sheet, place[0])
    cell = cells[place[1]] if place[1] < len(cells) else {}
    condition = cell.get("dataValidation", {}).get("condition", {})
    text = typed_text(cell, book["properties"].get("locale", ""))
    options = _options(call, name, sheet, condition)
    return {
        "cell": cell_name,
        "column": letters(place[1]),
        "text": text,
        "shown": str(cell.get("formattedValue", "")),
        "options": options if not options or not text or text in options else [text, *options],
        "words": {"TRUE": "да ☑", "FALSE": "нет ☐"} if condition.get("type") == "BOOLEAN" else {},
        "row_before": fingerprint(cells),
        "guarded": guard(sheet, *place),
        "closed": text if imported_by(text) and cell.get("formattedValue") == "#REF!" else "",
        "rule": str(cell.get("dataValidation", {}).get("inputMessage", "")),
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


def guard(sheet: Json, row: int, column: int) -> str:
    """Return what a protected range over the cell says, or an empty text."""
    for one in sheet.get("protectedRanges", []):
        free = one.get("unprotectedRanges", [])
        if covers(one.get("range", {}), row, column) and not any(covers(area, row, column) for area in free):
            return str(one.get("description") or "Эту ячейку заполняет программа.")
    return ""
