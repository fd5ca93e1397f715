"""Rows that change places: what goes along, what stays, and what it costs on a long sheet."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from tests.conformance.sheets.book import Book, columns, formula, grid, number, row, rows, text
from tests.conformance.sheets.test_long_sheet import COLUMNS, LongSheet

ROWS = 20_000
"""Held open at once they take 76 MB."""
UP = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]


@pytest.fixture
def long_sheet(monkeypatch: pytest.MonkeyPatch) -> Iterator[LongSheet]:
    made = LongSheet(monkeypatch, ROWS)
    yield made
    made.emulator.close()


def _filled(book: Book) -> None:
    lines = [
        row(number(n), formula(f"=A{place}*10"), text(f"stays {place}"))
        for place, n in ((1, 3), (2, 1), (3, 2))
    ]
    book.batch({"updateCells": {"start": {"sheetId": 0}, "rows": lines, "fields": "*"}})
    height = {"properties": {"pixelSize": 77}, "fields": "pixelSize"}
    book.batch({"updateDimensionProperties": {"range": rows(0, 1), **height}})


def _height(book: Book) -> list[int]:
    found = book.get(ranges=["A1:A3"], fields="sheets.data.rowMetadata.pixelSize")
    return [one["pixelSize"] for one in found["sheets"][0]["data"][0]["rowMetadata"]]


def test_f60_a_part_of_the_columns_is_sorted_and_the_rest_of_the_row_stays(book: Book) -> None:
    _filled(book)
    book.batch({"sortRange": {"range": grid(0, 3, 0, 2), "sortSpecs": UP}})
    assert book.read("A1:C3", valueRenderOption="FORMULA") == [
        [1, "=A1*10", "stays 1"],
        [2, "=A2*10", "stays 2"],
        [3, "=A3*10", "stays 3"],
    ]
    assert _height(book) == [77, 21, 21]


@pytest.mark.parametrize("width", [26, 25])
def test_f60_whole_rows_are_sorted_and_their_heights_stay(book: Book, width: int) -> None:
    book.write("A1:B5", [[3, "c"], [1, "a"], ["", "last"], [], [2, "b"]])
    height = {"properties": {"pixelSize": 77}, "fields": "pixelSize"}
    book.batch({"updateDimensionProperties": {"range": rows(0, 1), **height}})
    book.batch({"sortRange": {"range": grid(0, 5, 0, width), "sortSpecs": UP}})
    assert book.read("A1:B5") == [["1", "a"], ["2", "b"], ["3", "c"], ["", "last"]]
    assert _height(book) == [77, 21, 21]


def test_f60_hidden_rows_stay_where_they_are(book: Book) -> None:
    book.write("A1:A4", [[4], [3], [2], [1]])
    hide = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    book.batch({"updateDimensionProperties": {"range": rows(1, 2), **hide}})
    book.batch({"sortRange": {"range": grid(0, 4, 0, 26), "sortSpecs": UP}})
    assert book.read("A1:A4") == [["1"], ["3"], ["2"], ["4"]]


def test_f60_cells_of_a_colour_come_first(book: Book) -> None:
    """Source: discovery document, SortSpec.backgroundColor ("sorted to the top")."""
    book.write("A1:A4", [["a"], ["b"], ["c"], ["d"]])
    red = {"cell": {"userEnteredFormat": {"backgroundColor": {"red": 1}}}, "fields": "userEnteredFormat"}
    book.batch({"repeatCell": {"range": grid(2, 4, 0, 1), **red}})
    spec = {"dimensionIndex": 0, "backgroundColorStyle": {"rgbColor": {"red": 1}}}
    book.batch({"sortRange": {"range": grid(0, 4, 0, 1), "sortSpecs": [spec]}})
    assert book.read("A1:A4") == [["c"], ["d"], ["a"], ["b"]]


def test_f60_a_filter_shows_the_cells_of_a_colour(book: Book) -> None:
    """Source: discovery document, FilterCriteria.visibleBackgroundColorStyle."""
    book.write("A1:A3", [["head"], ["b"], ["c"]])
    red = {"cell": {"userEnteredFormat": {"backgroundColor": {"red": 1}}}, "fields": "userEnteredFormat"}
    book.batch({"repeatCell": {"range": grid(2, 3, 0, 1), **red}})
    criteria = {"0": {"visibleBackgroundColorStyle": {"rgbColor": {"red": 1}}}}
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 3, 0, 1), "criteria": criteria}}})
    found = book.get(ranges=["A1:A3"], fields="sheets.data.rowMetadata.hiddenByFilter")
    hidden = [one.get("hiddenByFilter", False) for one in found["sheets"][0]["data"][0]["rowMetadata"]]
    assert hidden == [False, True, False]


def test_f60_duplicates_go_and_what_stands_beside_stays(book: Book) -> None:
    book.write(
        "A1:C5", [["a", "=A1&1", "x1"], ["A", "", "x2"], ["b", "=A3&3", "x3"], ["", "", "x4"]], "USER_ENTERED"
    )
    asked = {"range": grid(0, 5, 0, 2), "comparisonColumns": [columns(0, 1)]}
    assert book.reply({"deleteDuplicates": asked})["deleteDuplicates"]["duplicatesRemovedCount"] == 2
    assert book.read("A1:C5", valueRenderOption="FORMULA") == [
        ["a", "=A1&1", "x1"],
        ["b", "=A2&3", "x2"],
        ["", "", "x3"],
        ["", "", "x4"],
    ]


def test_f64_a_long_sheet_is_sorted_in_bounded_memory(long_sheet: LongSheet) -> None:
    """Every row is opened once, to be compared; whole rows change their places unopened."""
    values = long_sheet.api.values()
    first = {"spreadsheetId": long_sheet.id, "range": "Лист!A19000"}
    values.update(**first, valueInputOption="RAW", body={"values": [["я"]]}).execute()
    spec = [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]
    body = {"requests": [{"sortRange": {"range": grid(1, ROWS, 0, COLUMNS), "sortSpecs": spec}}]}
    opened, peak = long_sheet.cost(
        lambda: long_sheet.api.batchUpdate(spreadsheetId=long_sheet.id, body=body).execute()
    )
    assert opened <= ROWS
    assert peak < 15
    top = values.get(spreadsheetId=long_sheet.id, range="Лист!A2:A3").execute()["values"]
    assert top == [["я"], ["значение 0"]]


REWRITTEN: dict[str, dict[str, Any]] = {
    "findReplace": {"find": "77", "replacement": "78", "sheetId": 0},
    "trimWhitespace": {"range": grid(0, ROWS, 0, COLUMNS)},
    "setBasicFilter": {
        "filter": {"range": grid(0, ROWS, 0, COLUMNS), "criteria": {"0": {"hiddenValues": ["77 "]}}}
    },
    "insertDimension": {"range": rows(10_000, 10_010)},
    "deleteDuplicates": {"range": grid(0, 2_000, 0, COLUMNS - 1)},
}


@pytest.mark.parametrize("kind", REWRITTEN)
def test_f64_only_rows_that_change_are_written(
    long_sheet: LongSheet, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """One cell of a long sheet holds what is asked for; deleting duplicates moves no more than its range."""
    first = {"spreadsheetId": long_sheet.id, "range": "Лист!A14000"}
    long_sheet.api.values().update(**first, valueInputOption="RAW", body={"values": [["77 "]]}).execute()
    module = import_module("sheets_sync.emulator.sheets.grid")
    encode = module._encode
    written: list[int] = []

    def counted(one: Any) -> Any:
        written.append(1)
        return encode(one)

    monkeypatch.setattr(module, "_encode", counted)
    body = {"requests": [{kind: REWRITTEN[kind]}]}
    long_sheet.api.batchUpdate(spreadsheetId=long_sheet.id, body=body).execute()
    assert len(written) <= (2_000 if kind == "deleteDuplicates" else 1)
