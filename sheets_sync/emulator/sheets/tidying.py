"""Requests findReplace, trimWhitespace and textToColumns.

Source: discovery document, FindReplaceRequest and its response, TrimWhitespaceRequest, TextToColumnsRequest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .a1 import Box
from .book import Sheet
from .cells import Cell, set_formula, set_value
from .copying import type_into
from .locales import find_locale
from .refusals import Refusal
from .sorting import stored_rows
from .work import Body, Kind, Work, need

_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def find_replace(work: Work, body: Body) -> Body:
    """Replaces text in a range, a sheet or all sheets, and counts what changed."""
    if not body.get("find"):
        raise Refusal("find must not be empty.")
    pattern = _pattern(body)
    replacement = body.get("replacement", "")
    if body.get("searchByRegex"):
        replacement = re.sub(r"\$(\d)", r"\\\1", replacement.replace("\\", "\\\\"))
    else:
        replacement = replacement.replace("\\", "\\\\")
    counts = dict.fromkeys(
        ("valuesChanged", "formulasChanged", "rowsChanged", "sheetsChanged", "occurrencesChanged"), 0
    )
    locale = find_locale(work.book.locale)
    for sheet, box in _scope(work, body):
        rows = 0
        for index, row in stored_rows(sheet, box):
            found = [
                _replace(work, cell, pattern, replacement, body, locale, counts)
                for column, cell in row.cells.items()
                if box.left <= column < box.right
            ]
            if any(found):
                rows += 1
                sheet.grid.change(index, row)
        counts["rowsChanged"] += rows
        counts["sheetsChanged"] += bool(rows)
    return {key: value for key, value in counts.items() if value}


def _pattern(body: Body) -> re.Pattern[str]:
    text = body["find"] if body.get("searchByRegex") else re.escape(body["find"])
    if body.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    try:
        return re.compile(text, 0 if body.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise Refusal(f"Invalid regular expression: {body['find']}") from None


def _scope(work: Work, body: Body) -> Iterator[tuple[Sheet, Box]]:
    if "range" in body:
        box = work.book.box(body["range"])
        yield work.book.sheet(box.sheet_id), box
    elif body.get("allSheets"):
        for sheet in work.book.sheets:
            yield sheet, sheet.whole()
    elif "sheetId" in body:
        sheet = work.book.sheet(body["sheetId"])
        yield sheet, sheet.whole()
    else:
        raise Refusal("Must specify one of range, sheetId or allSheets.")


def _replace(
    work: Work,
    cell: Cell,
    pattern: re.Pattern[str],
    replacement: str,
    body: Body,
    locale: object,
    counts: dict[str, int],
) -> bool:
    if "e" in cell:
        if not body.get("includeFormulas"):
            return False
        text, found = pattern.subn(replacement, cell["e"])
        if found and text != cell["e"]:
            set_formula(cell, text)
            counts["formulasChanged"] += 1
    elif "v" in cell and not isinstance(cell["v"], bool):
        old = cell["v"]
        text, found = pattern.subn(replacement, str(old))
        if found and text != str(old):
            if isinstance(old, str):
                set_value(cell, text)
            else:
                type_into(work, cell, text, locale)
            counts["valuesChanged"] += 1
    else:
        return False
    counts["occurrencesChanged"] += found
    return bool(found)


def trim_whitespace(work: Work, body: Body) -> Body:
    """Trims texts and makes runs of spaces one, counting the cells that changed."""
    box = work.book.box(need(body, "range"))
    sheet = work.book.sheet(box.sheet_id)
    changed = 0
    for index, row in stored_rows(sheet, box):
        for column, cell in row.cells.items():
            if box.left <= column < box.right and isinstance(cell.get("v"), str):
                trimmed = re.sub(r"[ \t\u00a0]+", " ", cell["v"]).strip()
                if trimmed != cell["v"]:
                    set_value(sheet.grid.writable_cell(index, column), trimmed)
                    changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def text_to_columns(work: Work, body: Body) -> None:
    """Splits the texts of one column into the columns to its right, as if typed there."""
    box = work.book.box(need(body, "source"), "source")
    if box.width != 1:
        raise Refusal("source must be a single column.")
    sheet = work.book.sheet(box.sheet_id)
    delimiter = _delimiter(body, sheet, box)
    locale = find_locale(work.book.locale)
    for index, row in list(sheet.grid.writable_rows(box.top, box.bottom)):
        cell = row.cells.get(box.left, {})
        if not isinstance(cell.get("v"), str):
            continue
        parts = cell["v"].split(delimiter)
        if box.left + len(parts) > sheet.column_count:
            sheet.resize(columns=box.left + len(parts))
        for column, text in enumerate(parts, start=box.left):
            type_into(work, sheet.grid.writable_cell(index, column), text, locale)


def _delimiter(body: Body, sheet: Sheet, box: Box) -> str:
    kind = body.get("delimiterType", "CUSTOM" if body.get("delimiter") else "AUTODETECT")
    if kind == "CUSTOM":
        if not body.get("delimiter"):
            raise Refusal("delimiter must be set when delimiterType is CUSTOM.")
        return str(body["delimiter"])
    if kind in _DELIMITERS:
        return _DELIMITERS[kind]
    texts = [
        str(row.cells[box.left].get("v", ""))
        for _, row in sheet.grid.rows(box.top, box.bottom)
        if box.left in row.cells
    ]
    return max((",", ";", ".", " "), key=lambda mark: sum(text.count(mark) for text in texts))


KINDS: dict[str, Kind] = {
    "findReplace": find_replace,
    "trimWhitespace": trim_whitespace,
    "textToColumns": text_to_columns,
}
