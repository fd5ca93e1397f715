"""The methods spreadsheets.values.*: reading, writing, clearing and appending plain values.

Source: recorded answers for get, update, append, clear, batchGet, batchClear, batchUpdate; discovery document
for the ByDataFilter ones; texts of refusals as quoted by several projects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import touch
from sheets_sync.emulator.wire import invalid_argument

from .a1 import Area, Box, box_name, column_name
from .book import Book, Sheet
from .cells import Cell, set_formula, set_value
from .locales import find_locale
from .refusals import Refusal
from .rendering import Renderer, stored_format
from .spreadsheets import calculation, filtered_areas, open_book, read_area
from .userentered import read_typed

Answer = dict[str, Any]


def _box(book: Book, area: Area) -> tuple[Sheet, Box]:
    sheet = book.find(area.sheet_id)
    if sheet is None:
        raise invalid_argument(f"No grid with id: {area.sheet_id}")
    try:
        return sheet, book.within(sheet, area)
    except Refusal as refusal:
        raise invalid_argument(str(refusal)) from None


class Reader:
    """Reads value ranges of one spreadsheet with one set of options."""

    def __init__(self, call: Call, book: Book, options: Answer) -> None:
        self._book = book
        self._renderer = Renderer(book, calculation(call, book))
        self._render = _option(options, "valueRenderOption", "FORMATTED_VALUE")
        self._dates = _option(options, "dateTimeRenderOption", "SERIAL_NUMBER")
        self._dimension = _option(options, "majorDimension", "ROWS")

    def read(self, area: Area) -> Answer:
        """Returns a ValueRange: empty trailing rows and columns are left out."""
        sheet, box = _box(self._book, area)
        return self.read_box(sheet, box)

    def read_box(self, sheet: Sheet, box: Box) -> Answer:
        """Returns the ValueRange of a bounded rectangle."""
        rows: list[list[Any]] = []
        formatted = (
            self._render == "FORMATTED_VALUE"
        )  # a text is itself unless a format may show it otherwise
        for index, row in self._renderer.rows(sheet, box.top, box.bottom):
            line: list[Any] = []
            for column in sorted(row.cells):
                if not box.left <= column < box.right:
                    continue
                cell = row.cells[column]
                if "v" not in cell and "e" not in cell and "s" not in cell:
                    continue
                shown = cell.get("v")
                if type(shown) is not str or (formatted and "f" in cell) or "e" in cell or "s" in cell:
                    shown = self._renderer.rendered(sheet, index, column, cell, self._render, self._dates)
                if shown == "":
                    continue
                line.extend([""] * (column - box.left - len(line)))
                line.append(shown)
            if line:
                rows.extend([] for _ in range(index - box.top - len(rows)))
                rows.append(line)
        answer: Answer = {
            "range": box_name(sheet.title, box),
            "majorDimension": self._dimension,
        }
        if rows:
            answer["values"] = _turned(rows) if self._dimension == "COLUMNS" else rows
        return answer


def _option(options: Answer, name: str, default: str) -> str:
    value = options.get(name) or default
    return default if value.endswith("UNSPECIFIED") else str(value)


def _turned(rows: list[list[Any]]) -> list[list[Any]]:
    """Swaps rows and columns, leaving out the empty ends."""
    width = max(map(len, rows))
    columns = []
    for column in range(width):
        line = [row[column] if column < len(row) else "" for row in rows]
        while line and line[-1] == "":
            line.pop()
        columns.append(line)
    return columns


def get(call: Call) -> Answer:
    """Answers values.get."""
    book = open_book(call)
    return Reader(call, book, call.params).read(read_area(book, call.params["range"]))


def batch_get(call: Call) -> Answer:
    """Answers values.batchGet; without ranges only the id comes back."""
    book = open_book(call)
    reader = Reader(call, book, call.params)
    ranges = [reader.read(read_area(book, text)) for text in call.params.get("ranges", [])]
    return {"spreadsheetId": book.id, **({"valueRanges": ranges} if ranges else {})}


def batch_get_by_data_filter(call: Call) -> Answer:
    """Answers values.batchGetByDataFilter: every selected range with the filters that selected it."""
    book = open_book(call)
    reader = Reader(call, book, call.body)
    matched: dict[Area, Answer] = {}
    for data_filter in call.body.get("dataFilters", []):
        for area in filtered_areas(book, data_filter):
            entry = matched.setdefault(area, {"valueRange": None, "dataFilters": []})
            entry["valueRange"] = entry["valueRange"] or reader.read(area)
            entry["dataFilters"].append(data_filter)
    return {"spreadsheetId": book.id, **({"valueRanges": list(matched.values())} if matched else {})}


class Writer:
    """Writes value ranges into one spreadsheet with one input option."""

    def __init__(self, call: Call, book: Book, input_option: str | None) -> None:
        if input_option not in ("RAW", "USER_ENTERED"):
            raise invalid_argument("'valueInputOption' is required but not specified")
        self._call = call
        self._book = book
        self._typed = input_option == "USER_ENTERED"
        self._locale = find_locale(book.locale)

    def write(self, sheet: Sheet, box: Box, rows: Sequence[Sequence[Any]], *, asked: str = "") -> Answer:
        """Writes rows from the corner of a rectangle and tells what was written; ``asked`` names the range.

        Raises:
            ApiError: 400 where the values reach out of the range or of the grid, or are too long.
        """
        self._check(box, rows, asked if "!" in asked else box_name(sheet.title, box))
        touched_rows: set[int] = set()
        touched_columns: set[int] = set()
        count = 0
        sheet.grid.load(box.top, box.top + len(rows))
        for row, line in enumerate(rows, start=box.top):
            if not any(value is not None for value in line):
                continue
            cells = sheet.grid.writable(row).cells
            for column, value in enumerate(line, start=box.left):
                if value is None:
                    continue
                self.put(cells.setdefault(column, {}), value)
                touched_rows.add(row)
                touched_columns.add(column)
                count += 1
        return {
            "spreadsheetId": self._book.id,
            "updatedRange": box_name(sheet.title, _written(box, rows)),
            **({"updatedRows": len(touched_rows)} if count else {}),
            **({"updatedColumns": len(touched_columns)} if count else {}),
            **({"updatedCells": count} if count else {}),
        }

    def put(self, cell: Cell, value: Any) -> None:
        """Puts one value into a cell, parsed or as it is.

        Raises:
            ApiError: 400 where it is too long or no plain value.
        """
        if not isinstance(value, str | bool | int | float):
            raise invalid_argument("Invalid values: a cell takes a text, a number or a boolean.")
        try:
            if self._typed and isinstance(value, str):
                self._put_typed(cell, value)
            else:
                set_value(cell, value)
        except Refusal as refusal:
            raise invalid_argument(f"Invalid data: {refusal}") from None

    def _put_typed(self, cell: Cell, text: str) -> None:
        present = self._book.shared(cell.get("f")).get("numberFormat", {})
        if present.get("type") == "TEXT" and not text.startswith("="):
            set_value(cell, text.removeprefix("'"))
            return
        entered = read_typed(text, self._locale, self._call.now.year)
        if entered.formula is not None:
            set_formula(cell, entered.formula)
            return
        set_value(cell, entered.value)
        if entered.number_format and not present:
            number = stored_format(
                self._book, {**self._book.shared(cell.get("f")), "numberFormat": entered.number_format}
            )
            if number is not None:
                cell["f"] = number

    def _check(self, box: Box, rows: Sequence[Sequence[Any]], asked: str) -> None:
        """Refuses values that reach out of the range or of the grid.

        Source: texts that users of two clients quote; the range stands there as it was asked for, and a
        single cell's range ends with the grid.
        """
        width = max(map(len, rows), default=0)
        reached = ""
        if len(rows) > box.height:
            reached = f"row [{box.bottom + 1}]"
        elif width > box.width:
            reached = f"column [{column_name(box.right)}]"
        if reached:
            raise invalid_argument(
                f"Requested writing within range [{asked}], but tried writing to {reached}"
            )


def _written(box: Box, rows: Sequence[Sequence[Any]]) -> Box:
    width = max(map(len, rows), default=0)
    return Box(box.sheet_id, box.top, box.top + max(len(rows), 1), box.left, box.left + max(width, 1))


def by_rows(value_range: Answer) -> list[list[Any]]:
    """Returns the values of a ValueRange as rows; null cells are skipped when they are written.

    Source: discovery document, ValueRange ("null values will be skipped").
    """
    values = value_range.get("values") or []
    if value_range.get("majorDimension") != "COLUMNS":
        return [list(row) for row in values]
    height = max(map(len, values), default=0)
    return [[column[row] if row < len(column) else None for column in values] for row in range(height)]


def _check_range_named(book: Book, asked: str, value_range: Answer) -> None:
    given = value_range.get("range")
    if given and read_area(book, given) != read_area(book, asked):
        raise invalid_argument(f"Requested range[{asked}] does not match value's range[{given}]")


def _write_range(
    book: Book, writer: Writer, area: Area, rows: list[list[Any]], asked: str
) -> tuple[Sheet, Box, Answer]:
    sheet, box = _box(book, area)
    single = area.top is not None and area.bottom == area.top + 1 and area.left is not None
    if single and area.right == (area.left or 0) + 1:
        box = Box(box.sheet_id, box.top, sheet.row_count, box.left, sheet.column_count)
    return sheet, box, writer.write(sheet, box, rows, asked=asked)


def update(call: Call) -> Answer:
    """Answers values.update; a range of one cell is the corner of what is written."""
    book = open_book(call)
    asked = call.params["range"]
    _check_range_named(book, asked, call.body)
    writer = Writer(call, book, call.params.get("valueInputOption"))
    rows = by_rows(call.body)
    sheet, box, answer = _write_range(book, writer, read_area(book, asked), rows, asked)
    book.save()
    touch(call, book.id)
    if call.params.get("includeValuesInResponse"):
        answer["updatedData"] = updated_data(call, book, sheet, _written(box, rows), call.params)
    return answer


def updated_data(call: Call, book: Book, sheet: Sheet, box: Box, options: Answer) -> Answer:
    """Returns what a written rectangle holds now, rendered by the response options."""
    reader = Reader(
        call,
        book,
        {
            "valueRenderOption": options.get("responseValueRenderOption"),
            "dateTimeRenderOption": options.get("responseDateTimeRenderOption"),
        },
    )
    return reader.read_box(sheet, box)


def batch_update(call: Call) -> Answer:
    """Answers values.batchUpdate: all ranges or none."""
    book = open_book(call)
    items: list[tuple[Answer | None, Area, Answer]] = [
        (None, read_area(book, item.get("range", "")), item) for item in call.body.get("data", [])
    ]
    return _update_many(call, book, items)


def batch_update_by_data_filter(call: Call) -> Answer:
    """Answers values.batchUpdateByDataFilter: the values go to every range that a filter selects."""
    book = open_book(call)
    items = [
        (item.get("dataFilter", {}), area, item)
        for item in call.body.get("data", [])
        for area in filtered_areas(book, item.get("dataFilter", {}))
    ]
    return _update_many(call, book, items)


def _update_many(call: Call, book: Book, items: list[tuple[Answer | None, Area, Answer]]) -> Answer:
    writer = Writer(call, book, call.body.get("valueInputOption"))
    responses: list[Answer] = []
    boxes: list[tuple[Sheet, Box]] = []
    for data_filter, area, item in items:
        rows = by_rows(item)
        sheet, box, response = _write_range(book, writer, area, rows, item.get("range", ""))
        boxes.append((sheet, _written(box, rows)))
        if data_filter is not None:
            del response["spreadsheetId"]
            response["dataFilter"] = data_filter
        responses.append(response)
    book.save()
    touch(call, book.id)
    if call.body.get("includeValuesInResponse"):
        for response, (sheet, box) in zip(responses, boxes, strict=True):
            response["updatedData"] = updated_data(call, book, sheet, box, call.body)
    totals = _totals(responses, boxes)
    answer: Answer = {"spreadsheetId": book.id, **totals}
    if responses:
        answer["responses"] = responses
    return answer


def _totals(responses: list[Answer], boxes: list[tuple[Sheet, Box]]) -> Answer:
    rows = {(box.sheet_id, row) for _, box in boxes for row in range(box.top, box.bottom)}
    columns = {(box.sheet_id, column) for _, box in boxes for column in range(box.left, box.right)}
    cells = sum(response.get("updatedCells", 0) for response in responses)
    found = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": cells,
        "totalUpdatedSheets": len({box.sheet_id for _, box in boxes}),
    }
    return {key: value for key, value in found.items() if value}


def _clear(sheet: Sheet, box: Box) -> None:
    for _, row in sheet.grid.writable_rows(box.top, box.bottom):
        for column, cell in row.cells.items():
            if box.left <= column < box.right:
                set_value(cell, None)


def clear(call: Call) -> Answer:
    """Answers values.clear: values go, formats and rules stay."""
    book = open_book(call)
    sheet, box = _box(book, read_area(book, call.params["range"]))
    _clear(sheet, box)
    book.save()
    touch(call, book.id)
    return {"spreadsheetId": book.id, "clearedRange": box_name(sheet.title, box)}


def batch_clear(call: Call) -> Answer:
    """Answers values.batchClear."""
    book = open_book(call)
    return _clear_many(call, book, [read_area(book, text) for text in call.body.get("ranges", [])])


def batch_clear_by_data_filter(call: Call) -> Answer:
    """Answers values.batchClearByDataFilter."""
    book = open_book(call)
    areas = [area for item in call.body.get("dataFilters", []) for area in filtered_areas(book, item)]
    return _clear_many(call, book, areas)


def _clear_many(call: Call, book: Book, areas: list[Area]) -> Answer:
    cleared = []
    for area in areas:
        sheet, box = _box(book, area)
        _clear(sheet, box)
        cleared.append(box_name(sheet.title, box))
    book.save()
    touch(call, book.id)
    return {"spreadsheetId": book.id, **({"clearedRanges": cleared} if cleared else {})}
