"""One sheet prepared for its page, out of what spreadsheets.get answers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.emulator.pages.banding import Bands
from sheets_sync.emulator.pages.cellstyle import Json, StyleBook, css_colour, declarations

DEFAULT_WIDTH, DEFAULT_HEIGHT = 100, 21
_WEB = re.compile(r"https?://\S{1,2000}", re.IGNORECASE)
_SHOWN_AS_TYPED = ("DATE", "TIME", "DATE_TIME", "PERCENT", "CURRENCY")


@dataclass(frozen=True)
class CellView:
    """One cell: address, shown text, CSS classes, note, spans of a merge, tick box, link."""

    address: str
    text: str
    css: str
    note: str = ""
    colspan: int = 1
    rowspan: int = 1
    tick: str = ""
    link: str = ""


@dataclass(frozen=True)
class RowView:
    """One row by its number from 1; `css` holds its height."""

    number: int
    cells: tuple[CellView, ...]
    frozen: bool
    css: str


@dataclass(frozen=True)
class ColumnView:
    """One visible column: index from 0, letters, CSS classes of width and fixing, pixels."""

    index: int
    letters: str
    css: str
    frozen: str
    width: int


def letters(index: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell_place(address: str) -> tuple[int, int] | None:
    """Return (row, column) from 0 of an address such as B3, or None."""
    head = address.rstrip("0123456789")
    digits = address[len(head) :]
    if not (head.isascii() and head.isalpha() and head.isupper() and len(head) <= 3 and digits):
        return None
    column = 0
    for letter in head:
        column = column * 26 + ord(letter) - 64
    row = int(digits) - 1 if len(digits) <= 8 else -1
    return (row, column - 1) if row >= 0 else None


def column_views(sheet: Json, metadata: Sequence[Json], styles: StyleBook) -> list[ColumnView]:
    """Prepare the visible columns; a frozen one gets a class that fixes it at its distance from the left."""
    frozen = sheet["properties"].get("gridProperties", {}).get("frozenColumnCount", 0)
    views, left = [], 46
    for index, column in enumerate(metadata):
        if _is_hidden(column):
            continue
        width = min(int(column.get("pixelSize", DEFAULT_WIDTH)), 1000)
        fixed = styles.name(f"position:sticky;left:{left}px;z-index:2") if index < frozen else ""
        views.append(ColumnView(index, letters(index), styles.name(f"width:{width}px"), fixed, width))
        left += width
    return views


def row_views(
    data: Json,
    columns: Sequence[ColumnView],
    merges: Sequence[Json],
    frozen_rows: int,
    styles: StyleBook,
    bands: Bands | None = None,
) -> list[RowView]:
    """Prepare the rows of one block of grid data; hidden rows are left out."""
    first = data.get("startRow", 0)
    metadata = data.get("rowMetadata", [])
    rows = data.get("rowData", [])
    hidden = {first + offset for offset, known in enumerate(metadata) if _is_hidden(known)}
    block = range(first, first + (len(metadata) or len(rows)))
    spans = _spans(merges, [row for row in block if row not in hidden], {column.index for column in columns})
    views = []
    for offset in range(len(metadata) or len(rows)):
        known = metadata[offset] if offset < len(metadata) else {}
        index = first + offset
        if index in hidden:
            continue
        css = f"height:{int(known.get('pixelSize', DEFAULT_HEIGHT))}px"
        values = rows[offset].get("values", []) if offset < len(rows) else []
        views.append(
            RowView(
                index + 1,
                _cells(index, values, columns, spans, styles, bands),
                index < frozen_rows,
                styles.name(css),
            )
        )
    return views


def typed_text(cell: Json, locale: str) -> str:
    """Return what the edit line shows: the formula, the number or date as it would be typed, the text.

    A text that would be taken for a formula is shown behind an apostrophe, as spreadsheets do.
    """
    value = cell.get("userEnteredValue", {})
    if "formulaValue" in value:
        return str(value["formulaValue"])
    if "stringValue" in value:
        text = str(value["stringValue"])
        return f"'{text}" if text[:1] in ("=", "+", "'") else text
    if "boolValue" in value:
        return "TRUE" if value["boolValue"] else "FALSE"
    if "numberValue" not in value:
        return ""
    shown = cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}
    if shown.get("numberFormat", {}).get("type") in _SHOWN_AS_TYPED:
        return str(cell.get("formattedValue", ""))
    number = value["numberValue"]
    text = str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))
    return text.replace(".", ",") if locale.startswith("ru") else text


def fingerprint(cells: Sequence[Json]) -> str:
    """Return a short hash of a row's contents, by which a stale page is noticed."""
    texts = [str(sorted(cell.get("userEnteredValue", {}).items())) for cell in cells]
    while texts and texts[-1] == "[]":
        texts.pop()
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "replace")).hexdigest()[:16]


def covers(area: Json, row: int, column: int) -> bool:
    """Tell whether a GridRange holds a cell; an end that is not given is open."""
    rows = range(area.get("startRowIndex", 0), area.get("endRowIndex", row + 1))
    columns = range(area.get("startColumnIndex", 0), area.get("endColumnIndex", column + 1))
    return row in rows and column in columns


def filter_marks(sheet: Json) -> Mapping[str, str]:
    """Return the cells of the basic filter's header: «open», or «set» where the column is filtered."""
    stored = sheet.get("basicFilter")
    if not stored:
        return {}
    area, criteria = stored.get("range", {}), stored.get("criteria", {})
    row = area.get("startRowIndex", 0) + 1
    columns = range(area.get("startColumnIndex", 0), area.get("endColumnIndex", 0))
    return {f"{letters(column)}{row}": "set" if str(column) in criteria else "open" for column in columns}


def tab_views(sheets: Sequence[Json], chosen: int, styles: StyleBook) -> list[Mapping[str, object]]:
    """Prepare the tabs of the sheets that are not hidden."""
    return [
        {
            "title": sheet["properties"]["title"],
            "link": f"?gid={sheet['properties'].get('sheetId', 0)}",
            "chosen": sheet["properties"].get("sheetId", 0) == chosen,
            "css": _tab_css(sheet["properties"], styles),
        }
        for sheet in sheets
        if not sheet["properties"].get("hidden")
    ]


def _tab_css(properties: Json, styles: StyleBook) -> str:
    colour = properties.get("tabColorStyle", {}).get("rgbColor", properties.get("tabColor"))
    return styles.name(f"border-bottom-color:{css_colour(colour)}") if colour else ""


def _is_hidden(properties: Json) -> bool:
    return bool(properties.get("hiddenByUser") or properties.get("hiddenByFilter"))


def _spans(
    merges: Sequence[Json], shown_rows: Sequence[int], shown_columns: set[int]
) -> dict[tuple[int, int], tuple[int, int] | None]:
    """Map the first visible cell of every merge to its (rows, columns) that are seen, its others to None."""
    spans: dict[tuple[int, int], tuple[int, int] | None] = {}
    for merge in merges:
        rows = range(merge.get("startRowIndex", 0), merge.get("endRowIndex", 0))
        columns = range(merge.get("startColumnIndex", 0), merge.get("endColumnIndex", 0))
        seen_rows = [row for row in shown_rows if row in rows]
        seen_columns = [column for column in columns if column in shown_columns]
        for row in seen_rows:
            for column in seen_columns:
                spans[row, column] = None
        if seen_rows and seen_columns:
            spans[seen_rows[0], seen_columns[0]] = (len(seen_rows), len(seen_columns))
    return spans


def _cells(
    row: int,
    values: Sequence[Json],
    columns: Sequence[ColumnView],
    spans: Mapping[tuple[int, int], tuple[int, int] | None],
    styles: StyleBook,
    bands: Bands | None,
) -> tuple[CellView, ...]:
    views = []
    for place, column in enumerate(columns):
        span = spans.get((row, column.index), (1, 1))
        if span is None:
            continue
        cell = values[column.index] if column.index < len(values) else {}
        look = declarations(cell) if cell else ""
        band = bands.colour(row, column.index) if bands else ""
        if band and "background:" not in look:
            look = f"background:{band};{look}"
        room = _room(cell, values, columns[place:]) if span == (1, 1) else 0
        css = [
            styles.name(f"{look};--room:{room}px" if room else look),
            column.frozen,
            "spill" if room else "",
        ]
        views.append(
            CellView(
                f"{column.letters}{row + 1}",
                str(cell.get("formattedValue", "")),
                " ".join(part for part in css if part),
                str(cell.get("note", "")),
                span[1],
                span[0],
                _tick(cell),
                _link(cell),
            )
        )
    return tuple(views)


def _room(cell: Json, values: Sequence[Json], columns: Sequence[ColumnView]) -> int:
    """Return the pixels that a long text may take with the empty cells after its own; 0 when it needs none.

    Source: Google's WrapStrategy OVERFLOW_CELL ("lines longer than the cell width will be written in the
    next cell over, so long as that cell is empty").
    """
    text = str(cell.get("formattedValue", ""))
    look = cell.get("effectiveFormat", {})
    if len(text) * 6 < columns[0].width or look.get("wrapStrategy", "OVERFLOW_CELL") != "OVERFLOW_CELL":
        return 0
    if (
        "stringValue" not in cell.get("effectiveValue", {})
        or look.get("horizontalAlignment", "LEFT") != "LEFT"
    ):
        return 0
    room, free = columns[0].width, 0
    for column in columns[1:]:
        beside = values[column.index] if column.index < len(values) else {}
        if beside.get("formattedValue") or len(text) * 9 < room:
            break
        room += column.width
        free += 1
    return room if free else 0


def _link(cell: Json) -> str:
    """Return where a cell leads: its hyperlink, or its own text when that is an address; only to the web."""
    link = str(cell.get("hyperlink") or cell.get("formattedValue", ""))
    return link if _WEB.fullmatch(link) else ""


def _tick(cell: Json) -> str:
    """Return «on» or «off» for a cell with a tick box, else an empty text."""
    kind = cell.get("dataValidation", {}).get("condition", {}).get("type")
    if kind != "BOOLEAN":
        return ""
    return "on" if cell.get("effectiveValue", {}).get("boolValue") else "off"
