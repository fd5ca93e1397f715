"""How the workbook looks: colours, widths and rules of each kind of sheet, as requests of one batch."""

from collections.abc import Iterator, Mapping, Sequence

from gspread.utils import rowcol_to_a1

from sheets_sync.domain.roadmap_status import Status
from sheets_sync.domain.tables import CellValue
from sheets_sync.domain.views.dashboard import SECTION
from sheets_sync.domain.views.printed_roadmap import SHEET as PRINTED
from sheets_sync.domain.workbook import ColumnSpec, SheetSpec
from sheets_sync.google.cells import Json, cell_data
from sheets_sync.google.grid import sheet_id

ROWS_AT_FIRST = 2000
_SPARE_COLUMNS = 4
_PROTECTION_NOTE = "Эту часть считает программа. Ваше значение она сохранит и покажет в листе «Расхождения»."

_TAB = {
    "computed": "4472C4",
    "decisions": "70AD47",
    "staff": "FFC000",
    "answers": "A5A5A5",
    "hidden": "A5A5A5",
}
_HEADER = {"program": ("DCE6F2", "1F3864"), "key": ("DCE6F2", "1F3864"), "staff": ("FFF2CC", "7F6000")}
_NUMBER_FORMATS = {
    "date": {"type": "DATE", "pattern": "dd.mm.yyyy"},
    "percent": {"type": "PERCENT", "pattern": '0.0"\u00a0"%'},
    "text": {"type": "TEXT", "pattern": "@"},
}
STATUS_COLOURS = {
    "выполнено": "D9EAD3",
    "выполнено с опозданием": "E2F0CB",
    "в работе": "DDEBF7",
    "под угрозой": "FCE5CD",
    "просрочено": "F4CCCC",
    "нет данных": "E7E6E6",
    "требует решения": "FFF2CC",
    "не начато": "F2F2F2",
    "предложена": "DDEBF7",
    "утверждена": "E2F0CB",
    "действует": "D9EAD3",
    "приостановлена": "FCE5CD",
    "прекращена": "E7E6E6",
    "отклонена": "E7E6E6",
    "снята": "E7E6E6",
    "завершена": "D9EAD3",
    "нет согласия": "F4CCCC",
    "действующее": "D9EAD3",
    "нужна подпись": "FCE5CD",
    "да": "D9EAD3",
    "нет": "F4CCCC",
    "открыт": "FCE5CD",
    "решён": "D9EAD3",
    "сильная сторона": "D9EAD3",
    "слабая сторона": "FCE5CD",
}
_COLOURED = {"status", "state", "met", "consent", "side"}
_ATTENTION = {("pair_work", "quiet")}
"""Columns whose cells stand out as soon as something is in them."""


def colour(code: str) -> Json:
    """Return a colour of six hexadecimal digits as the service's fractions of one."""
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return {"red": red, "green": green, "blue": blue}


def _shade(code: str) -> Json:
    return {"rgbColor": colour(code)}


_HEADING: Json = {
    "backgroundColorStyle": _shade("DCE6F2"),
    "textFormat": {"bold": True, "foregroundColorStyle": _shade("1F3864")},
}
"""How a heading among rows looks.

Source: discovery sheets.v4, BooleanRule.format: only bold, italic, strikethrough and two colours. A
border or a merged cell would stay behind when staff sort.
"""


def sheet_properties(sheet: SheetSpec, index: int) -> Json:
    """Return the properties with which a sheet is created."""
    frozen_columns = 0 if sheet.kind in {"staff", "hidden"} else (2 if sheet.id == "registry" else 1)
    frozen_columns += sum(column.hidden for column in sheet.columns[:frozen_columns])
    return {
        "sheetId": sheet_id(sheet.id),
        "title": sheet.title,
        "index": index,
        "hidden": sheet.kind == "hidden",
        "tabColorStyle": {"rgbColor": colour(_TAB[sheet.kind])},
        "gridProperties": {
            "rowCount": ROWS_AT_FIRST,
            "columnCount": len(sheet.columns) + _spare_columns(sheet),
            "frozenRowCount": 1,
            "frozenColumnCount": frozen_columns,
        },
    }


def _spare_columns(sheet: SheetSpec) -> int:
    # What goes on paper ends with its last column: empty ones would narrow the rest.
    return 0 if sheet.kind == "hidden" or sheet.id == PRINTED else _SPARE_COLUMNS


def sheet_requests(sheet: SheetSpec, choices: Mapping[str, Sequence[str]]) -> list[Json]:
    """Return the requests that lay out one empty sheet: header, widths, formats, drop-downs, protection.

    Shape: `choices` resolves a column's `choices_from`. The look of a data row is given to the first one and
    copied down, format and data validation apart (discovery sheets.v4, PasteType).
    """
    number = sheet_id(sheet.id)
    requests = [_header(sheet, number), *_widths(sheet, number)]
    if sheet.kind != "hidden":
        requests += _body(sheet, number, choices)
        requests += _protection(sheet, number)
        requests += _rules(sheet, number)
    return requests


def column_requests(
    sheet: SheetSpec, column: ColumnSpec, place: int, header_row: int, choices: Mapping[str, Sequence[str]]
) -> list[Json]:
    """Return the requests that put one new column into a sheet that stands, and lay it out like the others.

    Source: discovery sheets.v4, InsertDimensionRequest: what stands at the place and right of it moves right.
    """
    number = sheet_id(sheet.id)
    across = {"startColumnIndex": place, "endColumnIndex": place + 1}
    columns = {"sheetId": number, "dimension": "COLUMNS", "startIndex": place, "endIndex": place + 1}
    requests: list[Json] = [
        {"insertDimension": {"range": columns, "inheritFromBefore": False}},
        {
            "updateCells": {
                "start": {"sheetId": number, "rowIndex": header_row, "columnIndex": place},
                "rows": [{"values": [_header_cell(column)]}],
                "fields": "userEnteredValue,userEnteredFormat",
            }
        },
        {
            "repeatCell": {
                "range": {"sheetId": number, "startRowIndex": header_row + 1, **across},
                "cell": _body_cell(column, choices),
                "fields": "userEnteredFormat,dataValidation",
            }
        },
        {
            "updateDimensionProperties": {
                "range": columns,
                "properties": {"pixelSize": column.width, "hiddenByUser": column.hidden},
                "fields": "pixelSize,hiddenByUser",
            }
        },
    ]
    if sheet.kind == "decisions" and column.by != "staff":
        area = {"sheetId": number, **across}
        protected = {"range": area, "description": _PROTECTION_NOTE, "warningOnly": True}
        requests.append({"addProtectedRange": {"protectedRange": protected}})
    requests += _colour_rules(sheet, column, number, place)
    return requests


def _header(sheet: SheetSpec, number: int) -> Json:
    values = []
    seen = next((place for place, column in enumerate(sheet.columns) if not column.hidden), 0)
    for place, column in enumerate(sheet.columns):
        cell = _header_cell(column)
        if place == seen and sheet.about:
            cell["note"] = sheet.about
        values.append(cell)
    return {
        "updateCells": {
            "start": {"sheetId": number, "rowIndex": 0, "columnIndex": 0},
            "rows": [{"values": values}],
            "fields": "userEnteredValue,userEnteredFormat,note",
        }
    }


def _header_cell(column: ColumnSpec) -> Json:
    back, ink = _HEADER[column.by]
    return cell_data(column.title) | {
        "userEnteredFormat": {
            "backgroundColorStyle": {"rgbColor": colour(back)},
            "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": colour(ink)}},
            "wrapStrategy": "WRAP",
            "verticalAlignment": "MIDDLE",
            "horizontalAlignment": "CENTER",
        }
    }


def _widths(sheet: SheetSpec, number: int) -> Iterator[Json]:
    for place, column in enumerate(sheet.columns):
        yield {
            "updateDimensionProperties": {
                "range": {
                    "sheetId": number,
                    "dimension": "COLUMNS",
                    "startIndex": place,
                    "endIndex": place + 1,
                },
                "properties": {"pixelSize": column.width, "hiddenByUser": column.hidden},
                "fields": "pixelSize,hiddenByUser",
            }
        }


def _range(number: int, place: int, width: int = 1) -> Json:
    return {
        "sheetId": number,
        "startRowIndex": 1,
        "startColumnIndex": place,
        "endColumnIndex": place + width,
    }


def _body(sheet: SheetSpec, number: int, choices: Mapping[str, Sequence[str]]) -> list[Json]:
    cells = [_body_cell(column, choices) for column in sheet.columns]
    first = {"sheetId": number, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0}
    rest = {"sheetId": number, "startRowIndex": 2, "endRowIndex": ROWS_AT_FIRST, "startColumnIndex": 0}
    width = {"endColumnIndex": len(sheet.columns)}
    return [
        {
            "updateCells": {
                "start": {"sheetId": number, "rowIndex": 1, "columnIndex": 0},
                "rows": [{"values": cells}],
                "fields": "userEnteredFormat,dataValidation",
            }
        },
        *(
            {
                "copyPaste": {
                    "source": first | width,
                    "destination": rest | width,
                    "pasteType": kind,
                    "pasteOrientation": "NORMAL",
                }
            }
            for kind in ("PASTE_FORMAT", "PASTE_DATA_VALIDATION")
        ),
    ]


def _body_cell(column: ColumnSpec, choices: Mapping[str, Sequence[str]]) -> Json:
    look: Json = {"verticalAlignment": "TOP", "wrapStrategy": "WRAP" if column.wrap else "CLIP"}
    if column.type in _NUMBER_FORMATS:
        look["numberFormat"] = _NUMBER_FORMATS[column.type]
    if column.type in {"date", "bool"}:
        look["horizontalAlignment"] = "CENTER"
    elif column.type in {"number", "formula"}:
        look["horizontalAlignment"] = "RIGHT"
    cell: Json = {"userEnteredFormat": look}
    rule = _rule(column, choices) if column.by == "staff" else None
    return cell | {"dataValidation": rule} if rule else cell


def _rule(column: ColumnSpec, choices: Mapping[str, Sequence[str]]) -> Json | None:
    options = list(column.choices) or list(choices.get(column.choices_from, ()))
    if options:
        values = [{"userEnteredValue": option} for option in options]
        return {
            "condition": {"type": "ONE_OF_LIST", "values": values},
            "showCustomUi": True,
            "strict": False,
        }
    if column.type == "bool":
        return {"condition": {"type": "BOOLEAN"}, "strict": True}
    if column.type == "date":
        return {
            "condition": {"type": "DATE_IS_VALID"},
            "inputMessage": "Дата в виде ДД.ММ.ГГГГ",
            "strict": False,
        }
    return None


def boxes(sheet: SheetSpec, rows: Sequence[Mapping[str, CellValue]]) -> Iterator[Json]:
    """Return the requests that make a box to tick of every true or false that first rows put among texts."""
    for down, row in enumerate(rows, 1):
        for place, column in enumerate(sheet.columns):
            if isinstance(row.get(column.id), bool) and column.type != "bool":
                area = {"startRowIndex": down, "endRowIndex": down + 1}
                yield {
                    "setDataValidation": {
                        "range": _range(sheet_id(sheet.id), place) | area,
                        "rule": {"condition": {"type": "BOOLEAN"}, "strict": True},
                    }
                }


def _protection(sheet: SheetSpec, number: int) -> Iterator[Json]:
    owner = "program" if sheet.kind == "staff" else None
    ours = [
        place
        for place, column in enumerate(sheet.columns)
        if column.by != "staff" and owner in {None, column.by}
    ]
    if not ours:
        return
    area: Json = {"sheetId": number}
    if sheet.kind in {"decisions", "staff"}:
        area |= {"startColumnIndex": ours[0], "endColumnIndex": ours[-1] + 1}
    protected = {"range": area, "description": _PROTECTION_NOTE, "warningOnly": True}
    yield {"addProtectedRange": {"protectedRange": protected}}


def _rules(sheet: SheetSpec, number: int) -> Iterator[Json]:
    if sheet.id == PRINTED:
        title = [column.id for column in sheet.columns].index("title")
        formula = f'=LEFT(${rowcol_to_a1(2, title + 1)})="{SECTION.strip()}"'
        yield _format_rule(number, 0, "CUSTOM_FORMULA", formula, _HEADING, len(sheet.columns))
    for place, column in enumerate(sheet.columns):
        yield from _colour_rules(sheet, column, number, place)


def _colour_rules(sheet: SheetSpec, column: ColumnSpec, number: int, place: int) -> Iterator[Json]:
    if column.by == "staff":
        return
    if (sheet.id, column.id) in _ATTENTION:
        yield _format_rule(number, place, "NOT_BLANK", "", {"backgroundColorStyle": _shade("FCE5CD")})
    elif (sheet.id, column.id) == ("dashboard", "topic"):
        for state in Status:
            text = state.value[:1].upper() + state.value[1:]
            shade = {"backgroundColorStyle": _shade(STATUS_COLOURS[state.value])}
            yield _format_rule(number, place, "TEXT_EQ", text, shade)
        yield _format_rule(number, place, "TEXT_STARTS_WITH", SECTION.strip(), _HEADING)
    elif (sheet.id, column.id) == ("roadmap", "section"):
        cell, above = (f"${rowcol_to_a1(row, place + 1)}" for row in (2, 1))
        again = {"textFormat": {"foregroundColorStyle": _shade("A6B0BC")}}
        yield _format_rule(number, place, "CUSTOM_FORMULA", f"={cell}={above}", again)
        yield _format_rule(number, place, "CUSTOM_FORMULA", f"={cell}<>{above}", _HEADING)
    elif column.id in _COLOURED:
        for text, code in STATUS_COLOURS.items():
            yield _format_rule(number, place, "TEXT_EQ", text, {"backgroundColorStyle": _shade(code)})


def _format_rule(number: int, place: int, kind: str, text: str, look: Json, width: int = 1) -> Json:
    condition: Json = {"type": kind}
    if text:
        condition["values"] = [{"userEnteredValue": text}]
    rule = {"ranges": [_range(number, place, width)], "booleanRule": {"condition": condition, "format": look}}
    return {"addConditionalFormatRule": {"rule": rule, "index": 0}}
