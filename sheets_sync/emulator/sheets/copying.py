"""Requests that copy cells: copyPaste, cutPaste, autoFill, pasteData.

Source: discovery document; recorded answers for copyPaste and cutPaste.
"""

from __future__ import annotations

import csv
import html.parser
import io
from typing import Any

from .a1 import Box
from .book import Sheet, range_of
from .cells import Cell, set_formula, set_value
from .formulatext import moved_formula
from .locales import find_locale
from .merges import box_of
from .refusals import Refusal
from .relocating import clear_rules, follow, paste_rules, ruled_parts
from .rendering import Renderer, stored_format
from .series import continued
from .spreadsheets import calculation
from .userentered import read_typed
from .work import Body, Kind, Work, need

_PARTS: dict[str, tuple[str, ...]] = {
    "PASTE_NORMAL": ("v", "e", "f", "d", "n", "r", "p", "k"),
    "PASTE_VALUES": ("v", "e"),
    "PASTE_FORMAT": ("f",),
    "PASTE_NO_BORDERS": ("v", "e", "f", "d", "n", "r", "p", "k"),
    "PASTE_FORMULA": ("v", "e"),
    "PASTE_DATA_VALIDATION": ("d",),
}


def _taken(sheet: Sheet, box: Box) -> dict[tuple[int, int], Cell]:
    sheet.grid.load(box.top, box.bottom)
    found: dict[tuple[int, int], Cell] = {}
    for row in range(box.top, box.bottom):
        stored = sheet.grid.row(row)
        for column, cell in (stored.cells if stored else {}).items():
            if box.left <= column < box.right:
                found[row - box.top, column - box.left] = dict(cell)
    return found


def _paste(
    work: Work, cell: Cell, source: Cell, kind: str, rows: int, columns: int, value: Any = None
) -> None:
    parts = _PARTS[kind]
    for key in parts:
        if key == "f" and kind == "PASTE_NO_BORDERS":
            format_ = {k: v for k, v in work.book.shared(source.get("f")).items() if k != "borders"}
            number = stored_format(work.book, format_)
            cell.pop("f", None)
            if number is not None:
                cell["f"] = number
        elif key in source:
            cell[key] = source[key]
        else:
            cell.pop(key, None)
    if "e" in cell and "e" in parts:
        if kind == "PASTE_VALUES":
            set_value(cell, None if isinstance(value, dict) else value)
        elif rows or columns:
            cell["e"] = moved_formula(cell["e"], rows, columns)


def copy_paste(work: Work, body: Body) -> None:
    """Copies a range into another, repeated where that is a multiple, turned if asked."""
    kind = str(body.get("pasteType", "PASTE_NORMAL"))
    source_box = work.book.box(need(body, "source"), "source")
    target_box = work.book.box(need(body, "destination"), "destination")
    source, target = work.book.sheet(source_box.sheet_id), work.book.sheet(target_box.sheet_id)
    turned = body.get("pasteOrientation") == "TRANSPOSE"
    height, width = (source_box.width, source_box.height) if turned else (source_box.height, source_box.width)
    area = Box(
        target_box.sheet_id,
        target_box.top,
        target_box.top + max(height, target_box.height // height * height),
        target_box.left,
        target_box.left + max(width, target_box.width // width * width),
    )
    if area.bottom > target.row_count or area.right > target.column_count:
        raise Refusal("The destination range is outside of the grid.")
    if kind == "PASTE_CONDITIONAL_FORMATTING":
        paste_rules(work, ruled_parts(source, source_box), source_box, area, height, width)
        return
    cells = _taken(source, source_box)
    if turned or kind == "PASTE_VALUES" or any("e" in cell for cell in cells.values()):
        renderer = Renderer(work.book, calculation(work.call, work.book))
        for row in range(area.top, area.bottom):
            for column in range(area.left, area.right):
                at = ((row - area.top) % height, (column - area.left) % width)
                origin = (at[1], at[0]) if turned else at
                model = cells.get(origin, {})
                place = (source_box.top + origin[0], source_box.left + origin[1])
                value = renderer.value(source, *place, model) if kind == "PASTE_VALUES" else None
                cell = target.grid.writable_cell(row, column)
                _paste(work, cell, model, kind, row - place[0], column - place[1], value)
    else:
        _repeat(work, target, area, cells, kind, height, width)
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS") and not turned:
        _copy_merges(source, source_box, target, area)


def _repeat(
    work: Work,
    target: Sheet,
    area: Box,
    cells: dict[tuple[int, int], Cell],
    kind: str,
    height: int,
    width: int,
) -> None:
    """Pastes cells without formulas into every row of the area."""

    def paste(row: dict[int, Cell], offset: int) -> None:
        for column in range(area.left, area.right):
            model = cells.get((offset, (column - area.left) % width), {})
            _paste(work, row.setdefault(column, {}), model, kind, 0, 0)

    target.grid.change_alike(area.top, area.bottom, height, paste)


def _copy_merges(source: Sheet, source_box: Box, target: Sheet, area: Box) -> None:
    for item in list(source.seen("merges")):
        merged = Box(
            source_box.sheet_id,
            item["startRowIndex"],
            item["endRowIndex"],
            item["startColumnIndex"],
            item["endColumnIndex"],
        )
        if source_box.contains(merged):
            moved = merged.moved(area.top - source_box.top, area.left - source_box.left)
            new = range_of(Box(area.sheet_id, moved.top, moved.bottom, moved.left, moved.right))
            if new not in target.seen("merges"):
                target.listed("merges").append(new)


def cut_paste(work: Work, body: Body) -> None:
    """Moves a range: all of the source is cut, whatever is pasted.

    References to the moved cells follow them, in formulas of all sheets; the moved formulas keep what they
    refer to. Source: discovery document, CutPasteRequest; that references follow is the editor's behaviour.
    """
    kind = str(body.get("pasteType", "PASTE_NORMAL"))
    source_box = work.book.box(need(body, "source"), "source")
    source = work.book.sheet(source_box.sheet_id)
    target, top, left = work.place(need(body, "destination"))
    if top + source_box.height > target.row_count or left + source_box.width > target.column_count:
        raise Refusal("The destination range is outside of the grid.")
    area = Box(target.sheet_id, top, top + source_box.height, left, left + source_box.width)
    rules = ruled_parts(source, source_box)
    cells = _taken(source, source_box)
    for row, column in cells:
        source.grid.writable_cell(source_box.top + row, source_box.left + column).clear()
    clear_rules(source, source_box)
    if kind == "PASTE_CONDITIONAL_FORMATTING":
        paste_rules(work, rules, source_box, area, source_box.height, source_box.width)
        return
    for row in range(source_box.height):
        for column in range(source_box.width):
            cell = target.grid.writable_cell(top + row, left + column)
            _paste(work, cell, cells.get((row, column), {}), kind, 0, 0)
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS"):
        paste_rules(work, rules, source_box, area, source_box.height, source_box.width)
        _copy_merges(source, source_box, target, area)
        kept = [item for item in source.seen("merges") if not source_box.contains(box_of(item))]
        if area.sheet_id != source_box.sheet_id or not area.meets(source_box):
            source.listed("merges")[:] = kept
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_FORMULA"):
        follow(work.book, source, source_box, target, area)


def auto_fill(work: Work, body: Body) -> None:
    """Continues the series of a range: into the rest of ``range``, or by ``sourceAndDestination``."""
    if "sourceAndDestination" in body:
        given = body["sourceAndDestination"]
        box = work.book.box(need(given, "source"), "source")
        _fill(work, box, given.get("dimension") != "COLUMNS", int(given.get("fillLength", 0)), body)
        return
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    cells = _taken(sheet, box)
    filled_rows = max((row for row, _ in cells), default=-1) + 1
    filled_columns = max((column for _, column in cells), default=-1) + 1
    if not cells:
        return
    if filled_rows < box.height:
        part = Box(box.sheet_id, box.top, box.top + filled_rows, box.left, box.right)
        _fill(work, part, True, box.height - filled_rows, body)
    elif filled_columns < box.width:
        part = Box(box.sheet_id, box.top, box.bottom, box.left, box.left + filled_columns)
        _fill(work, part, False, box.width - filled_columns, body)


def _fill(work: Work, box: Box, rows: bool, length: int, body: Body) -> None:
    sheet = work.book.sheet(box.sheet_id)
    cells = _taken(sheet, box)
    across, along = (box.width, box.height) if rows else (box.height, box.width)
    for line in range(across):
        model = [cells.get((i, line) if rows else (line, i), {}) for i in range(along)]
        values = continued([cell.get("v") for cell in model], length, bool(body.get("useAlternateSeries")))
        for step in range(abs(length)):
            offset = along + step if length > 0 else -1 - step
            source = model[offset % along]
            row = box.top + (offset if rows else line)
            column = box.left + (line if rows else offset)
            if not (0 <= row < sheet.row_count and 0 <= column < sheet.column_count):
                raise Refusal("The range to fill is outside of the grid.")
            origin = offset % along
            shift = offset - origin
            cell = sheet.grid.writable_cell(row, column)
            _paste(work, cell, source, "PASTE_NORMAL", shift if rows else 0, 0 if rows else shift)
            if "e" not in source:
                set_value(cell, values[step])


def paste_data(work: Work, body: Body) -> None:
    """Pastes text split by a delimiter, or the table (else the lines) of a piece of HTML, as if typed."""
    kind = str(body.get("type", "PASTE_NORMAL"))
    corner = need(body, "coordinate")
    sheet, top, left = work.place(corner)
    data = body.get("data", "")
    if body.get("html"):
        lines = _html_rows(data)
    else:
        lines = list(csv.reader(io.StringIO(data), delimiter=(body.get("delimiter") or "\t")[0]))
    width = max(map(len, lines), default=0)
    if top + len(lines) > sheet.row_count:
        sheet.resize(rows=top + len(lines))
    if left + width > sheet.column_count:
        sheet.resize(columns=left + width)
    work.book.check_size()
    if not {"v", "e"} & set(_PARTS.get(kind, ())):
        return
    locale = find_locale(work.book.locale)
    for row, line in enumerate(lines, start=top):
        for column, text in enumerate(line, start=left):
            type_into(work, sheet.grid.writable_cell(row, column), text, locale)


def type_into(work: Work, cell: Cell, text: str, locale: Any) -> None:
    """Writes a text into a cell as if it were typed there."""
    entered = read_typed(text, locale, work.call.now.year)
    if entered.formula is not None:
        set_formula(cell, entered.formula)
        return
    set_value(cell, entered.value)
    present = work.book.shared(cell.get("f"))
    if entered.number_format and "numberFormat" not in present:
        number = stored_format(work.book, {**present, "numberFormat": entered.number_format})
        if number is not None:
            cell["f"] = number


class _TableReader(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.lines: list[str] = [""]
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self.rows[-1].append("")
            self._open = True
        elif tag == "br" and self._open:
            self.rows[-1][-1] += "\n"
        elif tag in ("br", "p", "div", "li") and self.lines[-1]:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.rows[-1][-1] += data.strip("\n")
        else:
            self.lines[-1] += data.strip("\n")


def _html_rows(text: str) -> list[list[str]]:
    reader = _TableReader()
    reader.feed(text)
    return reader.rows or [[line] for line in reader.lines]


KINDS: dict[str, Kind] = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
    "autoFill": auto_fill,
    "pasteData": paste_data,
}
