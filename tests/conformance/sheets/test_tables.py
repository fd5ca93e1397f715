"""Tables: made, changed, appended to and deleted as Sheets' guide "Tables" tells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.sheets.book import Book, Json, grid, number, row, text

LIST = {
    "condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "да"}, {"userEnteredValue": "нет"}]}
}
COLUMNS: list[Json] = [
    {"columnIndex": 0, "columnName": "Доля", "columnType": "PERCENT"},
    {"columnIndex": 1, "columnName": "Ответ", "columnType": "DROPDOWN", "dataValidationRule": LIST},
]


def made(book: Book, **given: Any) -> Json:
    table = {"name": "Проекты", "tableId": "123", "range": grid(0, 4, 0, 3), "columnProperties": COLUMNS}
    found: Json = book.reply({"addTable": {"table": {**table, **given}}})["addTable"]["table"]
    return found


def test_f60_a_table_has_its_columns_from_left_to_right(book: Book) -> None:
    book.write("C1", [["Итог"]])
    table = made(book)
    assert (table["tableId"], table["name"]) == ("123", "Проекты")
    assert [one["columnName"] for one in table["columnProperties"]] == ["Доля", "Ответ", "Итог"]
    assert book.read("A1:C1") == [["Доля", "Ответ", "Итог"]]
    assert book.sheet("tables")["tables"] == [table]
    cells = book.cells("A2:B2", "dataValidation,userEnteredFormat.numberFormat")
    assert cells[0][0]["userEnteredFormat"]["numberFormat"]["type"] == "PERCENT"
    assert cells[0][1]["dataValidation"]["condition"] == LIST["condition"]


def test_names_that_are_not_given_are_counted(book: Book) -> None:
    table = book.reply({"addTable": {"table": {"range": grid(0, 2, 0, 2)}}})["addTable"]["table"]
    assert table["name"] == "Table1"
    assert [one["columnName"] for one in table["columnProperties"]] == ["Column 1", "Column 2"]


@pytest.mark.parametrize(
    "given",
    [
        {"name": "проекты", "tableId": "9", "range": grid(9, 12, 0, 3)},
        {"name": "Другая", "tableId": "123", "range": grid(9, 12, 0, 3)},
        {"name": "Другая", "tableId": "9", "range": grid(3, 6, 2, 4)},
        {"name": "Другая", "range": grid(9, 12, 0, 3), "columnProperties": [{"columnType": "DROPDOWN"}]},
        {"name": "Другая", "range": grid(9, 12, 0, 3), "columnProperties": [{"columnIndex": 3}]},
    ],
    ids=["name", "id", "overlap", "no rule", "no such column"],
)
def test_what_two_tables_cannot_share_is_refused(book: Book, given: Json) -> None:
    made(book)
    told = book.refused({"addTable": {"table": {"columnProperties": [], **given}}})
    assert told.startswith("400 Invalid requests[0].addTable: ")
    assert len(book.sheet("tables")["tables"]) == 1


def test_checkboxes_and_ratings_begin_with_values(book: Book) -> None:
    kinds = [{"columnType": "BOOLEAN"}, {"columnIndex": 1, "columnType": "RATINGS_CHIP"}]
    made(book, range=grid(0, 3, 0, 2), columnProperties=kinds)
    assert book.read("A2:B3", valueRenderOption="UNFORMATTED_VALUE") == [[False, 0], [False, 0]]


def append(book: Book, *lines: Json) -> None:
    book.batch({"appendCells": {"tableId": "123", "rows": list(lines), "fields": "userEnteredValue"}})


def test_f60_rows_are_appended_inside_the_table_and_then_below_it(book: Book) -> None:
    made(book)
    book.write("A6", [["под таблицей"]])
    append(book, row(number(0.1)), row(number(0.2)))
    assert book.read("A2:A6") == [["10.00%"], ["20.00%"], [], [], ["под таблицей"]]
    append(book, row(number(0.3), text("да")), row(number(0.4)))
    assert book.sheet("tables")["tables"][0]["range"]["endRowIndex"] == 5
    assert book.read("A4:B7") == [["30.00%", "да"], ["40.00%"], [], ["под таблицей"]]


def test_rows_are_appended_above_the_footer(book: Book) -> None:
    grey = {"rgbColor": {"red": 0.5}}
    made(book, range=grid(0, 3, 0, 2), rowsProperties={"footerColorStyle": grey})
    book.write("A3", [["всего"]])
    append(book, row(number(1)), row(number(2)))
    assert book.read("A1:A4") == [["Доля"], ["100.00%"], ["200.00%"], ["всего"]]


def test_a_footer_makes_the_table_longer_and_goes_again(book: Book) -> None:
    made(book)
    rows: Json = {"rowsProperties": {"footerColorStyle": {"rgbColor": {"red": 1}}}}
    change = {"table": {"tableId": "123", **rows}, "fields": "rowsProperties.footerColorStyle"}
    book.batch({"updateTable": change})
    assert book.sheet("tables")["tables"][0]["range"]["endRowIndex"] == 5
    book.batch({"updateTable": {"table": {"tableId": "123"}, "fields": "rowsProperties.footerColorStyle"}})
    assert book.sheet("tables")["tables"][0]["range"]["endRowIndex"] == 4


def test_a_table_is_renamed_resized_and_deleted_with_its_contents(book: Book) -> None:
    made(book)
    book.write("A2:E2", [[1, "да", 3, 4, 5]])
    change = {"table": {"tableId": "123", "name": "Новая", "range": grid(0, 6, 0, 4)}, "fields": "name,range"}
    book.batch({"updateTable": change})
    table = book.sheet("tables")["tables"][0]
    assert (table["name"], table["range"]["endRowIndex"], len(table["columnProperties"])) == ("Новая", 6, 4)
    book.batch({"deleteTable": {"tableId": "123"}})
    assert book.get(fields="sheets.tables") == {"sheets": [{}]}
    assert book.read("A1:E2") == [[], ["", "", "", "", "5"]]
    assert "No table with id: 123" in book.refused({"deleteTable": {"tableId": "123"}})


def test_a_table_moves_with_its_rows(book: Book) -> None:
    made(book)
    book.batch({"insertDimension": {"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 2}}})
    assert book.sheet("tables")["tables"][0]["range"]["startRowIndex"] == 2


def test_a_table_is_listed_among_the_banded_ranges_unless_it_is_left_out(book: Book) -> None:
    """Source: discovery document, excludeTablesInBandedRanges ("False if not set")."""
    colours = {"headerColorStyle": {"rgbColor": {"red": 1}}}
    table = {"tableId": "t", "name": "T", "range": grid(0, 3, 0, 2), "rowsProperties": colours}
    book.batch({"addTable": {"table": table}})
    banded = book.sheet("bandedRanges")["bandedRanges"]
    assert [one["bandedRangeReference"] for one in banded] == ["t"]
    assert banded[0]["rowProperties"] == colours
    assert "bandedRanges" not in book.get(excludeTablesInBandedRanges=True)["sheets"][0]
