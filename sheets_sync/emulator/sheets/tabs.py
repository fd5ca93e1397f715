"""Requests on the spreadsheet and its sheets: properties, add, delete, duplicate, named ranges."""

from __future__ import annotations

import copy
import re
from typing import Any

from sheets_sync.emulator.filetable import rename_file

from .book import Book, Sheet
from .fields import Mask, covers, merge, update_mask
from .formulatext import retitled_formula
from .newbook import check_grid, check_title_free, choose_sheet_id, free_title, sheet_shape
from .protojson import lean, with_colours
from .refusals import Refusal, Unsupported
from .view import sheet_properties
from .work import Body, Kind, Work, need

_NAME = re.compile(r"^[^\W\d]\w*$")
_CELL_LIKE = re.compile(r"^(?:[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*|true|false)$", re.IGNORECASE)


def update_spreadsheet_properties(work: Work, body: Body) -> None:
    """Sets the title, locale, time zone, recalculation or default format."""
    mask = update_mask(body.get("fields"), "properties")
    given = body.get("properties", {})
    if covers(mask, "title") is not None and not given.get("title"):
        raise Refusal("The spreadsheet title cannot be empty.")
    if "*" in mask:
        mask = {name: {} for name in given}
    if "defaultFormat" in mask:
        raise Refusal("Unsupported field: defaultFormat is read-only.")
    merge(work.book.properties, with_colours(given, work.book.theme()), mask)
    if "title" in mask:
        rename_file(work.call, work.book.id, given["title"])


def update_sheet_properties(work: Work, body: Body) -> None:
    """Sets a sheet's title, place, hiding, colour or grid size.

    Source: recorded answers (hiding the only sheet is refused); discovery document.
    """
    mask = update_mask(body.get("fields"), "properties")
    given = body.get("properties", {})
    sheet = work.sheet(given)
    if "*" in mask:
        mask = {
            name: {}
            for name in (
                "title",
                "index",
                "hidden",
                "tabColor",
                "tabColorStyle",
                "rightToLeft",
                "gridProperties",
            )
        }
        mask = {name: branch for name, branch in mask.items() if name in given or name != "index"}
    elif "sheetType" in mask and given.get("sheetType", "GRID") != sheet.properties.get("sheetType", "GRID"):
        raise Refusal("The sheetType of a sheet cannot be changed once set.")
    if "title" in mask:
        _retitle(work.book, sheet, given.get("title", ""))
    if "gridProperties" in mask and sheet.properties.get("sheetType", "GRID") != "GRID":
        if given.get("gridProperties"):
            raise Refusal("Grid properties cannot be set on a sheet that is not a grid.")
    elif "gridProperties" in mask:
        _reshape(work, sheet, given.get("gridProperties", {}), mask["gridProperties"])
    if "hidden" in mask:
        _hide(work.book, sheet, bool(given.get("hidden")))
    if "rightToLeft" in mask:
        merge(sheet.properties, given, {"rightToLeft": {}})
    if "tabColor" in mask or "tabColorStyle" in mask:
        sheet.properties.pop("tabColor", None)
        sheet.properties.pop("tabColorStyle", None)
        colours = {key: given[key] for key in ("tabColor", "tabColorStyle") if key in given and key in mask}
        sheet.properties.update(with_colours(colours, work.book.theme()))
    if "index" in mask:
        _replace(work.book, sheet, int(given.get("index", 0)))
    sheet.changed = True


def _retitle(book: Book, sheet: Sheet, title: str) -> None:
    if not title or len(title) > 100:
        raise Refusal("The sheet title cannot be empty." if not title else "The sheet title is too long.")
    check_title_free(book, title, sheet.sheet_id)
    old, sheet.properties["title"] = sheet.title, title
    for each in book.sheets:
        for _, row in each.grid.formula_rows():
            for cell in row.cells.values():
                if "e" in cell:
                    cell["e"] = retitled_formula(cell["e"], old, title)


def _reshape(work: Work, sheet: Sheet, given: Body, mask: Mask) -> None:
    shape = dict(sheet.properties.get("gridProperties", {}))
    size = (shape["rowCount"], shape["columnCount"])
    wanted = {k: v for k, v in given.items() if v or k in ("rowCount", "columnCount")}
    merge(shape, wanted, mask)
    shape.setdefault("rowCount", 0 if mask and "rowCount" in mask else size[0])
    shape.setdefault("columnCount", 0 if mask and "columnCount" in mask else size[1])
    check_grid(shape["rowCount"], shape["columnCount"], shape)
    if shape["rowCount"] < size[0]:
        _cut(work, sheet, "ROWS", shape["rowCount"], size[0])
    if shape["columnCount"] < size[1]:
        _cut(work, sheet, "COLUMNS", shape["columnCount"], size[1])
    order = ("rowCount", "columnCount")
    sheet.properties["gridProperties"] = {
        **{key: shape[key] for key in order},
        **{key: value for key, value in shape.items() if key not in order},
    }
    work.book.check_size()


def _cut(work: Work, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    from .shifts import Shift, apply_shift

    apply_shift(work.book, sheet, Shift(sheet.sheet_id, dimension == "ROWS", "delete", start, end - start))


def _hide(book: Book, sheet: Sheet, hidden: bool) -> None:
    shown = [each for each in book.sheets if not each.properties.get("hidden") and each is not sheet]
    if hidden and not shown:
        raise Refusal("You can't hide all the sheets in a document.")
    sheet.properties.pop("hidden", None)
    if hidden:
        sheet.properties["hidden"] = True


def _replace(book: Book, sheet: Sheet, index: int) -> None:
    """Moves a sheet; the index counts as before the move (discovery document, SheetProperties.index)."""
    old = book.sheets.index(sheet)
    if not 0 <= index <= len(book.sheets):
        raise Refusal(f"Invalid index: {index}.")
    book.sheets.remove(sheet)
    book.sheets.insert(index - 1 if index > old else index, sheet)


def add_sheet(work: Work, body: Body) -> Body:
    """Adds a sheet; without an index it becomes the last one.

    Source: recorded answers (the reply repeats the properties with the chosen id and index).
    """
    book = work.book
    given = body.get("properties", {})
    if given.get("sheetType", "GRID") not in ("GRID", "SHEET_TYPE_UNSPECIFIED"):
        if given["sheetType"] == "DATA_SOURCE":
            raise Unsupported("properties.sheetType DATA_SOURCE")
        raise Refusal(f"Sheets of type {given['sheetType']} cannot be added.")
    sheet_id = choose_sheet_id(book, given.get("sheetId"), work.call.ids.int31)
    title = given.get("title") or free_title(book, "Sheet")
    check_title_free(book, title)
    index = given.get("index", len(book.sheets))
    if not 0 <= index <= len(book.sheets):
        raise Refusal(f"Invalid index: {index}.")
    sheet = book.add_sheet(sheet_id, sheet_shape(given, sheet_id, title, book.theme()), index)
    book.check_size()
    return {"properties": sheet_properties(sheet, index)}


def delete_sheet(work: Work, body: Body) -> None:
    """Deletes a sheet; the last visible one stays. Named ranges on it go with it."""
    sheet = work.sheet(body)
    left = [each for each in work.book.sheets if each is not sheet]
    if not left:
        raise Refusal("You can't remove all the sheets in a document.")
    if not any(not each.properties.get("hidden") for each in left):
        raise Refusal("You can't remove all the visible sheets in a document.")
    work.book.remove_sheet(sheet)
    gone = sheet.sheet_id
    work.book.objects["namedRanges"] = [
        item for item in work.book.named_ranges if int(item["range"].get("sheetId", 0)) != gone
    ]


def duplicate_sheet(work: Work, body: Body) -> Body:
    """Copies a sheet inside the spreadsheet, named ``Copy of …`` unless a name is given."""
    book = work.book
    source = book.sheet(int(body.get("sourceSheetId", 0)))
    sheet_id = choose_sheet_id(book, body.get("newSheetId"), work.call.ids.int31)
    title = body.get("newSheetName") or copy_title(book, source.title)
    check_title_free(book, title)
    index = body.get("insertSheetIndex", 0)
    if not 0 <= index <= len(book.sheets):
        raise Refusal(f"Invalid insertSheetIndex: {index}.")
    sheet = copy_sheet(work, source, book, sheet_id, title, index)
    book.check_size()
    return {"properties": sheet_properties(sheet, index)}


def copy_title(book: Book, title: str) -> str:
    """Returns ``Copy of X``, numbered where it is taken."""
    start, number = f"Copy of {title}", 1
    found = start
    while book.titled(found):
        number += 1
        found = f"{start} {number}"
    return found


def copy_sheet(work: Work, source: Sheet, target: Book, sheet_id: int, title: str, index: int) -> Sheet:
    """Copies a sheet with cells, sizes and objects; objects get new ids. Row metadata is not copied."""
    properties = {**copy.deepcopy(source.properties), "sheetId": sheet_id, "title": title}
    properties.pop("hidden", None)
    sheet = target.add_sheet(sheet_id, properties, index)
    sheet.columns = copy.deepcopy(source.columns)
    sheet.objects = _copied_objects(work, source, sheet_id)
    source.grid.flush()
    work.call.tx.execute(
        "INSERT INTO sheets_row (grid, row, cells, filled, formulas, properties) "
        "SELECT ?, row, cells, filled, formulas, properties FROM sheets_row WHERE grid = ?",
        (sheet.grid.key, source.grid.key),
    )
    return sheet


_OBJECT_IDS = {
    "protectedRangeId",
    "filterViewId",
    "chartId",
    "bandedRangeId",
    "slicerId",
}


def _copied_objects(work: Work, source: Sheet, sheet_id: int) -> dict[str, Any]:
    def copied(value: Any) -> Any:
        if isinstance(value, list):
            return [copied(item) for item in value]
        if not isinstance(value, dict):
            return value
        out = {
            key: work.call.ids.int31() if key in _OBJECT_IDS else copied(inner)
            for key, inner in value.items()
        }
        if int(out.get("sheetId", -1)) == source.sheet_id or (
            source.sheet_id == 0 and "sheetId" not in out and "startRowIndex" in out
        ):
            out["sheetId"] = sheet_id
        return out

    result: dict[str, Any] = copied(source.objects)
    result.pop("tables", None)
    return result


def add_named_range(work: Work, body: Body) -> Body:
    """Adds a named range.

    Source: recorded answer; the refusal of a taken name is quoted by several projects.
    """
    given = need(body, "namedRange")
    name = given.get("name", "")
    _check_name(work.book, name, None)
    work.book.box(need(given, "range"))
    taken = {item["namedRangeId"] for item in work.book.named_ranges}
    number = given.get("namedRangeId") or str(work.call.ids.int31())
    if number in taken:
        raise Refusal(f"Cannot add named range with ID {number}, a named range with that ID already exists.")
    item = {"namedRangeId": number, "name": name, "range": given["range"]}
    work.book.named_ranges.append(item)
    return {"namedRange": lean(item)}


def _check_name(book: Book, name: str, own: str | None) -> None:
    if not _NAME.match(name) or _CELL_LIKE.match(name) or len(name) > 250:
        raise Refusal(f"Invalid name for named range: {name}")
    for item in book.named_ranges:
        if item["name"].casefold() == name.casefold() and item["namedRangeId"] != own:
            raise Refusal(
                f"Cannot add named range with name {name}, a named range with that name already exists."
            )


def _named_range(work: Work, number: str) -> Body:
    for item in work.book.named_ranges:
        if item["namedRangeId"] == number:
            return item
    raise Refusal(f"No named range with id: {number}")


def update_named_range(work: Work, body: Body) -> None:
    """Changes the name or the range of a named range."""
    mask = update_mask(body.get("fields"), "namedRange")
    given = need(body, "namedRange")
    item = _named_range(work, given.get("namedRangeId", ""))
    if covers(mask, "name") is not None:
        _check_name(work.book, given.get("name", ""), item["namedRangeId"])
        item["name"] = given["name"]
    if covers(mask, "range") is not None:
        work.book.box(need(given, "range"))
        item["range"] = given["range"]


def delete_named_range(work: Work, body: Body) -> None:
    """Deletes a named range by its id."""
    work.book.named_ranges.remove(_named_range(work, body.get("namedRangeId", "")))


KINDS: dict[str, Kind] = {
    "updateSpreadsheetProperties": update_spreadsheet_properties,
    "updateSheetProperties": update_sheet_properties,
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "duplicateSheet": duplicate_sheet,
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
}
