"""What staff do to a sheet on its page, and how each of it is taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pages.cellstyle import Json
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.sheetreading import (
    KEPT_FIELDS,
    Area,
    area_print,
    chosen_sheet,
    gid_of,
    kept_cells,
    range_name,
    read_book,
)
from sheets_sync.emulator.pages.sheetview import cell_place, letters
from sheets_sync.emulator.pages.tabular import rows_of
from sheets_sync.emulator.pages.undo import Change, forget_all, remember
from sheets_sync.emulator.sheets.connecting import connect, imported_by
from sheets_sync.emulator.sheets.ruled import first_unfit

MOST_PASTED = 20_000
MOST_KEPT = 60_000
_LARGEST_TITLE = 100
_TOO_MANY = "За один раз вставляется не больше 20 000 ячеек."
_NO_ROOM = "Столько ячеек на листе нет: добавьте строки или столбцы."


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a sheet that an action is about: row and column from 0."""

    name: str
    sheet: Json
    row: int
    column: int

    @property
    def cell(self) -> str:
        """Return the address without the sheet."""
        return f"{letters(self.column)}{self.row + 1}"

    @property
    def grid(self) -> Json:
        """Return the sheet's grid properties."""
        found: Json = self.sheet["properties"].get("gridProperties", {})
        return found


class NotUnderstoodError(ValueError):
    """The page asked for what there is not, for too much, or for what a cell's rule forbids; in Russian."""


def act(call: Call, place: Place, action: str, fields: Fields) -> None:
    """Do one action and remember how to take it back.

    Actions: set (`value`), paste (`value`, cells between tabs, rows between line ends), copy (the cells
    `from` to `to` of sheet `sheet`, repeated down to `until` where they fit), fill (the first row down to
    `until`), clear (down to the cell `until`), insert_above, insert_below, delete_row, insert_left,
    insert_right, delete_column, sort_up, sort_down, connect (with the spreadsheet that the cell imports
    from), rename (`value`). Raises NotUnderstoodError for others and for what breaks a cell's strict rule.
    """
    text = _pasted(fields)
    if action == "set":
        _write(call, place, [[text]], f"правку {place.cell}")
    elif action == "paste":
        _write(call, place, _block(text), f"вставку в {place.cell}")
    elif action in ("copy", "fill"):
        _copy(call, place, _source(call, place, action, fields), reached(place, action, fields))
    elif action == "clear":
        _clear(call, place, reached(place, action, fields))
    elif action in ("insert_above", "insert_below", "insert_left", "insert_right"):
        _insert(call, place, action)
    elif action in ("delete_row", "delete_column"):
        _delete(call, place, rows=action == "delete_row")
    elif action in ("sort_up", "sort_down"):
        _sort(call, place, "ASCENDING" if action == "sort_up" else "DESCENDING")
    elif action == "connect":
        _connect(call, place)
    elif action == "rename":
        _rename(call, place, text.strip())
    else:
        raise NotUnderstoodError("Такого действия нет.")


def reached(place: Place, action: str, fields: Fields) -> Area:
    """Return the area whose cells a paste, copy, filling or clearing writes; else the cell itself.

    Raises NotUnderstoodError for a paste or a copy that is too large.
    """
    last = (place.row, place.column)
    if action == "paste":
        rows = _block(_pasted(fields))
        last = (place.row + len(rows) - 1, place.column + len(rows[0]) - 1)
    elif action in ("clear", "fill", "copy"):
        last = cell_place(_one(fields, "until")) or last
    area = _spanned((place.row, place.column), last)
    return _repeated(area, _spanned(*_corners(fields))) if action == "copy" else area


def _spanned(first: tuple[int, int], last: tuple[int, int]) -> Area:
    (top, bottom), (left, right) = (sorted((first[axis], last[axis])) for axis in (0, 1))
    return (top, bottom + 1, left, right + 1)


def _corners(fields: Fields) -> tuple[tuple[int, int], tuple[int, int]]:
    first, last = cell_place(_one(fields, "from")), cell_place(_one(fields, "to"))
    if first is None or last is None:
        raise NotUnderstoodError("Копировать нечего.")
    return first, last


def _repeated(chosen: Area, copied: Area) -> Area:
    """Return where copied cells go: the chosen area if they fit into it whole times, else once.

    Source: discovery document, CopyPasteRequest.destination.
    """
    height, width = copied[1] - copied[0], copied[3] - copied[2]
    tall, wide = chosen[1] - chosen[0], chosen[3] - chosen[2]
    tall, wide = (tall if tall % height == 0 else height), (wide if wide % width == 0 else width)
    if tall * wide > MOST_PASTED:
        raise NotUnderstoodError(_TOO_MANY)
    return (chosen[0], chosen[0] + tall, chosen[2], chosen[2] + wide)


def _source(call: Call, place: Place, action: str, fields: Fields) -> tuple[Json, Area]:
    """Return the sheet and the area that a copy or a filling takes from."""
    if action == "fill":
        area = reached(place, action, fields)
        return place.sheet, (area[0], area[0] + 1, area[2], area[3])
    sheet = chosen_sheet(read_book(call, place.name), _one(fields, "sheet"))
    if sheet is None:
        raise NotUnderstoodError("Листа, с которого копировали, больше нет.")
    return sheet, _spanned(*_corners(fields))


def _one(fields: Fields, name: str) -> str:
    return "".join(fields.get(name, ())[:1])


def _pasted(fields: Fields) -> str:
    return "".join(fields.get("value", ())[:1]).replace("\r\n", "\n").replace("\r", "\n")


def _block(text: str) -> list[list[str]]:
    rows = rows_of(text)
    width = max(map(len, rows))
    if width * len(rows) > MOST_PASTED:
        raise NotUnderstoodError(_TOO_MANY)
    return [row + [""] * (width - len(row)) for row in rows]


def _write(call: Call, place: Place, rows: list[list[str]], said: str) -> None:
    area = (place.row, place.row + len(rows), place.column, place.column + len(rows[0]))
    _need_room(place.sheet, area)
    before = kept_cells(call, place.name, place.sheet, area)
    params = {
        "spreadsheetId": place.name,
        "range": range_name(place.sheet, area),
        "valueInputOption": "USER_ENTERED",
    }
    ask(call, "sheets.spreadsheets.values.update", params, {"values": rows})
    _need_fit(call, place, area)
    _remember(call, place, said, [_restored(place.sheet, area, before)], area)


def _copy(call: Call, place: Place, source: tuple[Json, Area], area: Area) -> None:
    taken, copied = source
    _need_room(taken, copied)
    _need_room(place.sheet, area)
    before = kept_cells(call, place.name, place.sheet, area)
    asked = {"source": _range(taken, copied), "destination": _range(place.sheet, area)}
    _change(call, place.name, [{"copyPaste": {**asked, "pasteType": "PASTE_NORMAL"}}])
    _need_fit(call, place, area)
    back = [_restored(place.sheet, area, before)]
    if any(_inside(merge, copied) for merge in taken.get("merges", [])):
        merged = [one for one in place.sheet.get("merges", []) if _inside(one, area)]
        again = [{"mergeCells": {"range": one, "mergeType": "MERGE_ALL"}} for one in merged]
        back = [{"unmergeCells": {"range": _range(place.sheet, area)}}, *again, *back]
    _remember(call, place, f"вставку в {place.cell}", back, area)


def _need_room(sheet: Json, area: Area) -> None:
    grid = sheet["properties"].get("gridProperties", {})
    if area[1] > grid.get("rowCount", 0) or area[3] > grid.get("columnCount", 0):
        raise NotUnderstoodError(_NO_ROOM)


def _need_fit(call: Call, place: Place, area: Area) -> None:
    """Refuse what breaks a strict rule of a cell, in the words that its author left for it."""
    asked = replace(call, params={"spreadsheetId": place.name})
    if found := first_unfit(asked, gid_of(place.sheet), area):
        row, column, rule = found
        said = str(rule.get("inputMessage", ""))
        raise NotUnderstoodError(f"В ячейку {letters(column)}{row + 1} такое не записывается. {said}".strip())


def _inside(merge: Json, area: Area) -> bool:
    rows = range(merge.get("startRowIndex", 0), merge.get("endRowIndex", 0))
    columns = range(merge.get("startColumnIndex", 0), merge.get("endColumnIndex", 0))
    tall, wide = range(area[0], area[1]), range(area[2], area[3])
    return all(row in tall for row in rows) and all(column in wide for column in columns)


def _range(sheet: Json, area: Area) -> Json:
    return {
        "sheetId": gid_of(sheet),
        "startRowIndex": area[0],
        "endRowIndex": area[1],
        "startColumnIndex": area[2],
        "endColumnIndex": area[3],
    }


def _clear(call: Call, place: Place, area: Area) -> None:
    if (area[1] - area[0]) * (area[3] - area[2]) > MOST_KEPT:
        raise NotUnderstoodError("Столько ячеек за один раз не очищается.")
    before = kept_cells(call, place.name, place.sheet, area)
    params = {"spreadsheetId": place.name, "range": range_name(place.sheet, area)}
    ask(call, "sheets.spreadsheets.values.clear", params)
    _remember(call, place, f"очистку {place.cell}", [_restored(place.sheet, area, before)], area)


def _insert(call: Call, place: Place, action: str) -> None:
    rows = action in ("insert_above", "insert_below")
    index = place.row if rows else place.column
    index += action in ("insert_below", "insert_right")
    span = _span(place.sheet, index, rows=rows)
    _change(call, place.name, [{"insertDimension": {"range": span, "inheritFromBefore": index > 0}}])
    said = f"вставку строки {index + 1}" if rows else f"вставку столбца {letters(index)}"
    area = _line(place, index, rows=rows, more=1)
    _remember(call, place, said, [{"deleteDimension": {"range": span}}], area)


def _delete(call: Call, place: Place, *, rows: bool) -> None:
    index = place.row if rows else place.column
    span = _span(place.sheet, index, rows=rows)
    area = _line(place, index, rows=rows)
    before, formulas = kept_cells(call, place.name, place.sheet, area), _formulas(call, place)
    _change(call, place.name, [{"deleteDimension": {"range": span}}])
    left = _formulas(call, place)
    back = [
        {"insertDimension": {"range": span, "inheritFromBefore": index > 0}},
        _restored(place.sheet, area, before),
    ]
    for (row, column), formula in formulas.items():
        moved = (row - (rows and row > index), column - (not rows and column > index))
        if "#REF!" in left.get(moved, "") and "#REF!" not in formula:
            cell: list[list[Json]] = [[{"userEnteredValue": {"formulaValue": formula}}]]
            one = (row, row + 1, column, column + 1)
            back.append(_restored(place.sheet, one, cell, "userEnteredValue"))
    if not rows and place.grid.get("rowCount", 0) > MOST_KEPT:
        forget_all(call, place.name, str(gid_of(place.sheet)))
        return
    said = f"удаление строки {index + 1}" if rows else f"удаление столбца {letters(index)}"
    _remember(call, place, said, back, _line(place, index, rows=rows, more=-1))


def _formulas(call: Call, place: Place) -> dict[tuple[int, int], str]:
    """Return the formulas of a sheet that is not too long to look through, by row and column."""
    grid = place.grid
    height, width = grid.get("rowCount", 0), grid.get("columnCount", 0)
    area = (0, min(height, MOST_KEPT // max(width, 1)), 0, width)
    return {
        (row, column): str(cell["userEnteredValue"]["formulaValue"])
        for row, cells in enumerate(kept_cells(call, place.name, place.sheet, area, "userEnteredValue"))
        for column, cell in enumerate(cells)
        if "formulaValue" in cell.get("userEnteredValue", {})
    }


def _sort(call: Call, place: Place, order: str) -> None:
    grid = place.grid
    area = (grid.get("frozenRowCount", 0), grid.get("rowCount", 0), 0, grid.get("columnCount", 0))
    few = (area[0], min(area[1], area[0] + MOST_KEPT // max(area[3], 1)), 0, area[3])
    before = kept_cells(call, place.name, place.sheet, few)
    specs = [{"dimensionIndex": place.column, "sortOrder": order}]
    _change(call, place.name, [{"sortRange": {"range": _range(place.sheet, area), "sortSpecs": specs}}])
    if few == area or len(before) < few[1] - few[0]:  # a longer sheet would be put back by halves
        held = (area[0], area[0] + len(before), 0, area[3])
        _remember(call, place, "сортировку", [_restored(place.sheet, held, before)], held)
    else:
        forget_all(call, place.name, str(gid_of(place.sheet)))


def _connect(call: Call, place: Place) -> None:
    area = (place.row, place.row + 1, place.column, place.column + 1)
    found = kept_cells(call, place.name, place.sheet, area, "userEnteredValue")
    cell = found[0][0] if found and found[0] else {}
    donor = imported_by(str(cell.get("userEnteredValue", {}).get("formulaValue", "")))
    if not donor:
        raise NotUnderstoodError("В этой ячейке нет таблицы, из которой берутся данные.")
    connect(replace(call, params={"spreadsheetId": place.name}), donor)


def _rename(call: Call, place: Place, title: str) -> None:
    if not title or len(title) > _LARGEST_TITLE:
        raise NotUnderstoodError("Название листа — от 1 до 100 знаков.")
    old = place.sheet["properties"]["title"]
    _change(call, place.name, [_titled(place.sheet, title)])
    _remember(call, place, "переименование листа", [_titled(place.sheet, old)], (0, 0, 0, 0))


def again_of(call: Call, name: str, sheet: Json, change: Change) -> tuple[Json, ...]:
    """Return the requests that do a change again once it has been taken back; asked before that."""
    for request in change.back:
        if "insertDimension" in request:
            return ({"deleteDimension": {"range": request["insertDimension"]["range"]}},)
        if "deleteDimension" in request:
            span = request["deleteDimension"]["range"]
            return ({"insertDimension": {"range": span, "inheritFromBefore": span["startIndex"] > 0}},)
        if "updateSheetProperties" in request:
            return (_titled(sheet, sheet["properties"]["title"]),)
    return (_restored(sheet, change.area, kept_cells(call, name, sheet, change.area)),)


def _remember(call: Call, place: Place, said: str, back: list[Json], area: Area) -> None:
    stamp = area_print(call, place.name, place.sheet, area) if area[1] > area[0] else ""
    gid = str(gid_of(place.sheet))
    remember(call, place.name, gid, Change(said, place.cell, tuple(back), area, stamp))


def _change(call: Call, name: str, requests: list[Json]) -> None:
    ask(call, "sheets.spreadsheets.batchUpdate", {"spreadsheetId": name}, {"requests": requests})


def _restored(sheet: Json, area: Area, before: list[list[Json]], fields: str = KEPT_FIELDS) -> Json:
    """Return the request that gives an area back what it held."""
    width = area[3] - area[2]
    rows = [*before, *([{}] * width for _ in range(area[1] - area[0] - len(before)))]
    start = {"sheetId": gid_of(sheet), "rowIndex": area[0], "columnIndex": area[2]}
    return {"updateCells": {"start": start, "rows": [{"values": row} for row in rows], "fields": fields}}


def _span(sheet: Json, index: int, *, rows: bool) -> Json:
    dimension = "ROWS" if rows else "COLUMNS"
    return {"sheetId": gid_of(sheet), "dimension": dimension, "startIndex": index, "endIndex": index + 1}


def _line(place: Place, index: int, *, rows: bool, more: int = 0) -> Area:
    """Return a whole row or column as an area; `more` is how the grid has grown since the sheet was read."""
    height = place.grid.get("rowCount", 0) + (more if rows else 0)
    width = place.grid.get("columnCount", 0) + (0 if rows else more)
    if rows:
        return (index, min(index + 1, height), 0, width)
    high = min(height, MOST_KEPT)
    return (0, high if index < width else 0, index, index + 1)


def _titled(sheet: Json, title: str) -> Json:
    properties = {"sheetId": gid_of(sheet), "title": title}
    return {"updateSheetProperties": {"properties": properties, "fields": "title"}}
