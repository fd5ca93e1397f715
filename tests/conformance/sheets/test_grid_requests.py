"""Requests on cells, rows, columns and sheets; expected values: recordings, discovery document, guides."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.sheets.book import Book, columns, grid, number, row, rows, text

LETTERS = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]


@pytest.fixture
def letters(book: Book) -> Book:
    book.write("A1:C3", LETTERS)
    return book


def size(book: Book) -> tuple[int, int]:
    found = book.sheet("properties.gridProperties")["properties"]["gridProperties"]
    return found["rowCount"], found["columnCount"]


def test_rows_are_inserted_deleted_and_moved(letters: Book) -> None:
    letters.batch({"insertDimension": {"range": rows(1, 2)}})
    assert letters.read("A1:A5") == [["a"], [], ["d"], ["g"]]
    letters.batch({"deleteDimension": {"range": rows(1, 2)}})
    assert size(letters) == (1000, 26)
    letters.batch({"moveDimension": {"source": rows(0, 1), "destinationIndex": 3}})
    assert letters.read("A1:A3") == [["d"], ["g"], ["a"]]
    letters.batch({"moveDimension": {"source": rows(2, 3), "destinationIndex": 0}})
    assert letters.read("A1:C3") == LETTERS


def test_columns_are_inserted_deleted_and_moved(letters: Book) -> None:
    letters.batch({"insertDimension": {"range": columns(1, 3)}})
    assert letters.read("A1:E1") == [["a", "", "", "b", "c"]]
    letters.batch({"deleteDimension": {"range": columns(1, 3)}})
    letters.batch({"moveDimension": {"source": columns(0, 2), "destinationIndex": 3}})
    assert letters.read("A1:C1") == [["c", "a", "b"]]
    letters.batch({"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 4}})
    assert size(letters) == (1000, 30)


def test_inserted_rows_inherit_formats_but_no_values(book: Book) -> None:
    book.put({"userEnteredFormat": {"textFormat": {"bold": True}}, **text("x")})
    book.batch({"insertDimension": {"range": rows(1, 2), "inheritFromBefore": True}})
    assert book.cells("A2", "userEnteredFormat,userEnteredValue") == [
        [{"userEnteredFormat": {"textFormat": {"bold": True}}}]
    ]


@pytest.mark.parametrize(
    ("request_", "told"),
    [
        (
            {"deleteDimension": {"range": rows(0, 1000)}},
            "deleteDimension: You can't delete all the rows on the sheet.",
        ),
        (
            {"insertDimension": {"range": rows(2000, 2001)}},
            "insertDimension: range.startIndex[2000] is larger than current grid size (1000)",
        ),
        ({"deleteNamedRange": {"namedRangeId": "9"}}, "deleteNamedRange: No named range with id: 9"),
        (
            {"deleteProtectedRange": {"protectedRangeId": 2092627652}},
            "deleteProtectedRange: No protected range with id: 2092627652",
        ),
        (
            {"addSheet": {"properties": {"title": "Sheet1"}}},
            'addSheet: A sheet with the name "Sheet1" already exists. Please enter another name.',
        ),
        (
            {"repeatCell": {"range": {"sheetId": 0}, "cell": {}}},
            "repeatCell: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ),
        (
            {"updateSheetProperties": {"properties": {"hidden": True}, "fields": "hidden"}},
            "updateSheetProperties: You can't hide all the sheets in a document.",
        ),
        ({"deleteSheet": {"sheetId": 0}}, "deleteSheet: You can't remove all the sheets in a document."),
        (
            {
                "updateSheetProperties": {
                    "properties": {"gridProperties": {"columnCount": 18279}},
                    "fields": "gridProperties.columnCount",
                }
            },
            "updateSheetProperties: Invalid columnCount: 18279. Sheets may have no more than 18278 columns.",
        ),
    ],
)
def test_f60_a_wrong_request_is_refused_in_googles_words(
    book: Book, request_: dict[str, Any], told: str
) -> None:
    assert book.refused(request_) == f"400 Invalid requests[0].{told}"


def test_sizes_and_hiding_of_rows_and_columns(book: Book) -> None:
    book.batch(
        {
            "updateDimensionProperties": {
                "range": columns(1, 2),
                "properties": {"pixelSize": 250},
                "fields": "pixelSize",
            }
        },
        {
            "updateDimensionProperties": {
                "range": rows(0, 1),
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        },
    )
    data = book.get(ranges=["A1:C2"], fields="sheets.data(rowMetadata,columnMetadata)")["sheets"][0]["data"][
        0
    ]
    assert data == {
        "rowMetadata": [{"hiddenByUser": True, "pixelSize": 21}, {"pixelSize": 21}],
        "columnMetadata": [{"pixelSize": 100}, {"pixelSize": 250}, {"pixelSize": 100}],
    }


def test_a_column_is_fitted_as_recorded(book: Book) -> None:
    book.write("A1", [["A" * 1024]])
    book.batch({"autoResizeDimensions": {"dimensions": columns(0, 1)}})
    assert book.get(ranges=["A1"], fields="sheets.data.columnMetadata.pixelSize") == {
        "sheets": [{"data": [{"columnMetadata": [{"pixelSize": 8691}]}]}]
    }


def test_f60_sorting_is_as_recorded(book: Book) -> None:
    book.write(
        "A1:C4",
        [["Apple", "2012", "4"], ["banana", "2013", "3"], ["Canada", "2007", "1"], ["Fox", "2013", "5"]],
    )
    by = {"range": grid(0, 4, 0, 3)}
    book.batch({"sortRange": {**by, "sortSpecs": [{"dimensionIndex": 0, "sortOrder": "DESCENDING"}]}})
    assert [line[0] for line in book.read("A1:A4")] == ["Fox", "Canada", "banana", "Apple"]
    two = [{"dimensionIndex": 1, "sortOrder": "ASCENDING"}, {"dimensionIndex": 2, "sortOrder": "DESCENDING"}]
    book.batch({"sortRange": {**by, "sortSpecs": two}})
    assert [line[0] for line in book.read("A1:A4")] == ["Canada", "Apple", "Fox", "banana"]


def test_sorting_puts_numbers_first_and_empty_cells_last(book: Book) -> None:
    book.write("A1:A5", [["b"], [10], [""], [True], [9]])
    book.batch({"sortRange": {"range": grid(0, 5, 0, 1), "sortSpecs": [{"sortOrder": "ASCENDING"}]}})
    assert book.read("A1:A5") == [["9"], ["10"], ["b"], ["TRUE"]]


def test_formats_notes_and_rules_move_when_rows_are_sorted(book: Book) -> None:
    book.put({"note": "к б", **text("б")}, 0)
    book.put(text("а"), 1)
    book.batch({"sortRange": {"range": grid(0, 2, 0, 1), "sortSpecs": [{"dimensionIndex": 0}]}})
    assert book.cells("A1:A2", "formattedValue,note") == [
        [{"formattedValue": "а"}],
        [{"formattedValue": "б", "note": "к б"}],
    ]


def test_colours_are_written_twice_and_in_eight_bits_as_recorded(book: Book) -> None:
    style = {"tabColorStyle": {"rgbColor": {"red": 1, "green": 0, "blue": 0.5}}}
    book.batch({"updateSheetProperties": {"properties": style, "fields": "tabColorStyle"}})
    shade = {"red": 1, "blue": 0.49803922}
    assert book.sheet("properties(tabColor,tabColorStyle)") == {
        "properties": {"tabColor": shade, "tabColorStyle": {"rgbColor": shade}}
    }


def test_f60_a_repeated_format_comes_back_as_recorded(book: Book) -> None:
    format_ = {
        "backgroundColor": {"green": 1, "blue": 1},
        "horizontalAlignment": "CENTER",
        "textFormat": {"foregroundColor": {"red": 1, "green": 1}, "fontSize": 12, "bold": True},
    }
    fields = "userEnteredFormat(backgroundColor,horizontalAlignment,textFormat)"
    repeated = {"range": grid(1, 2, 0, 2), "cell": {"userEnteredFormat": format_}, "fields": fields}
    book.batch({"repeatCell": repeated})
    yellow = {"red": 1, "green": 1}
    assert book.cells("A2", "userEnteredFormat") == [
        [
            {
                "userEnteredFormat": {
                    "backgroundColor": {"green": 1, "blue": 1},
                    "backgroundColorStyle": {"rgbColor": {"green": 1, "blue": 1}},
                    "horizontalAlignment": "CENTER",
                    "textFormat": {
                        "foregroundColor": yellow,
                        "foregroundColorStyle": {"rgbColor": yellow},
                        "fontSize": 12,
                        "bold": True,
                    },
                }
            }
        ]
    ]


def test_a_part_of_a_format_is_changed_without_the_rest(book: Book) -> None:
    book.put({"userEnteredFormat": {"textFormat": {"bold": True, "fontSize": 12}, "wrapStrategy": "WRAP"}})
    given = {"userEnteredFormat": {"textFormat": {"italic": True}}}
    fields = "userEnteredFormat.textFormat.italic,userEnteredFormat.textFormat.bold"
    book.batch({"repeatCell": {"range": grid(0, 1, 0, 1), "cell": given, "fields": fields}})
    assert book.cells("A1", "userEnteredFormat") == [
        [{"userEnteredFormat": {"textFormat": {"fontSize": 12, "italic": True}, "wrapStrategy": "WRAP"}}]
    ]


def test_f60_notes_are_read_as_recorded(book: Book) -> None:
    for place, note in (((1, 1), "Or don't"), ((2, 0), "another note"), ((2, 2), "test")):
        range_ = grid(place[0], place[0] + 1, place[1], place[1] + 1)
        book.batch({"updateCells": {"range": range_, "rows": [row({"note": note})], "fields": "note"}})
    found = book.get(ranges=["A2:C3"], fields="sheets.data.rowData.values.note")
    assert found == {
        "sheets": [
            {
                "data": [
                    {
                        "rowData": [
                            {"values": [{}, {"note": "Or don't"}]},
                            {"values": [{"note": "another note"}, {}, {"note": "test"}]},
                        ]
                    }
                ]
            }
        ]
    }


def test_numbers_and_dates_show_by_their_pattern(book: Book) -> None:
    def shown(value: float, pattern: str, kind: str = "NUMBER") -> str:
        format_ = {"numberFormat": {"type": kind, "pattern": pattern}}
        book.put({**number(value), "userEnteredFormat": format_})
        found: str = book.read("A1")[0][0]
        return found

    assert shown(12345.678, "#,##0.0") == "12,345.7"
    assert shown(12345.12, "####.#") == "12345.1"
    assert shown(12345.1234, "##.##\\%") == "12345.12%"
    assert shown(0.5, "0%", "PERCENT") == "50%"
    assert shown(44919.5, "dd.mm.yyyy hh:mm", "DATE_TIME") == "24.12.2022 12:00"
    assert shown(44919, "dddd, d mmmm yyyy", "DATE") == "Saturday, 24 December 2022"
    assert shown(-5, '0;"минус "0;"нуль"') == "минус 5"
    assert shown(0, '0;"минус "0;"нуль"') == "нуль"
    assert shown(1.5, "[h]:mm", "TIME") == "36:00"
    assert shown(3.13, '0.0 "ч."') == "3.1 ч."


def test_merging_keeps_the_upper_left_value_and_is_listed(letters: Book) -> None:
    letters.batch({"mergeCells": {"range": grid(0, 2, 0, 2), "mergeType": "MERGE_ROWS"}})
    assert letters.sheet("merges")["merges"] == [
        {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": 2},
        {"startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 2},
    ]
    assert letters.read("A1:C2") == [["a", "", "c"], ["d", "", "f"]]
    letters.batch({"unmergeCells": {"range": grid(0, 1, 0, 2)}}, {"insertDimension": {"range": rows(0, 1)}})
    assert letters.sheet("merges")["merges"] == [
        {"startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    ]


def test_cells_are_pushed_and_pulled(letters: Book) -> None:
    letters.batch({"insertRange": {"range": grid(0, 1, 0, 1), "shiftDimension": "ROWS"}})
    assert letters.read("A1:C4") == [["", "b", "c"], ["a", "e", "f"], ["d", "h", "i"], ["g"]]
    letters.batch({"deleteRange": {"range": grid(0, 1, 0, 1), "shiftDimension": "ROWS"}})
    assert letters.read("A1:C4") == LETTERS
    letters.batch({"deleteRange": {"range": grid(1, 2, 0, 2), "shiftDimension": "COLUMNS"}})
    assert letters.read("A2:C2") == [["f"]]


def test_borders_are_set_at_the_edges_and_inside(book: Book) -> None:
    line = {"style": "SOLID", "color": {"red": 1}}
    book.batch({"updateBorders": {"range": grid(0, 1, 0, 2), "top": line, "innerVertical": line}})
    found = book.cells("A1:B1", "userEnteredFormat.borders")[0]
    assert [sorted(cell["userEnteredFormat"]["borders"]) for cell in found] == [
        ["right", "top"],
        ["left", "top"],
    ]


def test_groups_count_their_depth_as_recorded(book: Book) -> None:
    assert book.reply({"addDimensionGroup": {"range": rows(0, 4)}}) == {
        "addDimensionGroup": {
            "dimensionGroups": [{"range": {"dimension": "ROWS", "startIndex": 0, "endIndex": 4}, "depth": 1}]
        }
    }
    groups = book.reply({"addDimensionGroup": {"range": rows(1, 2)}})["addDimensionGroup"]["dimensionGroups"]
    assert [group["depth"] for group in groups] == [1, 2]
    folded = {"range": rows(1, 2), "depth": 2, "collapsed": True}
    book.batch({"updateDimensionGroup": {"dimensionGroup": folded, "fields": "collapsed"}})
    assert book.sheet("rowGroups")["rowGroups"][1]["collapsed"] is True
    book.batch({"deleteDimensionGroup": {"range": rows(1, 2)}})
    assert book.reply({"deleteDimensionGroup": {"range": rows(0, 4)}}) == {"deleteDimensionGroup": {}}


def test_a_sheet_moves_by_the_index_before_the_move(book: Book) -> None:
    for title in ("B", "C"):
        book.batch({"addSheet": {"properties": {"title": title}}})

    def titles() -> list[str]:
        found = book.get(fields="sheets.properties(title,index)")["sheets"]
        assert [sheet["properties"]["index"] for sheet in found] == list(range(len(found)))
        return [sheet["properties"]["title"] for sheet in found]

    book.batch({"updateSheetProperties": {"properties": {"sheetId": 0, "index": 2}, "fields": "index"}})
    assert titles() == ["B", "Sheet1", "C"]
    book.batch({"updateSheetProperties": {"properties": {"sheetId": 0, "index": 0}, "fields": "index"}})
    assert titles() == ["Sheet1", "B", "C"]


def test_a_sheet_is_duplicated_and_copied_to_another_spreadsheet(letters: Book) -> None:
    letters.put({**text("a"), "userEnteredFormat": {"textFormat": {"bold": True}}})
    asked = {"sourceSheetId": 0, "insertSheetIndex": 1, "newSheetId": 77, "newSheetName": "Двойник"}
    reply = letters.reply({"duplicateSheet": asked})["duplicateSheet"]["properties"]
    assert (reply["sheetId"], reply["title"], reply["index"]) == (77, "Двойник", 1)
    assert letters.read("Двойник!A1:C3") == LETTERS
    other = Book(
        letters.api, letters.api.create(body={"properties": {"title": "Other"}}).execute()["spreadsheetId"]
    )
    body = {"destinationSpreadsheetId": other.id}
    copied = letters.api.sheets().copyTo(spreadsheetId=letters.id, sheetId=0, body=body).execute()
    assert (copied["title"], copied["index"]) == ("Copy of Sheet1", 1)
    assert other.cells("'Copy of Sheet1'!A1", "formattedValue,userEnteredFormat") == [
        [{"formattedValue": "a", "userEnteredFormat": {"textFormat": {"bold": True}}}]
    ]


def test_shrinking_the_grid_drops_what_lies_outside(letters: Book) -> None:
    shape = {"gridProperties": {"rowCount": 2, "columnCount": 2}}
    fields = "gridProperties(rowCount,columnCount)"
    letters.batch({"updateSheetProperties": {"properties": shape, "fields": fields}})
    assert letters.read("Sheet1") == [["a", "b"], ["d", "e"]]


def test_copying_and_cutting_are_as_recorded(letters: Book) -> None:
    letters.batch({"copyPaste": {"source": grid(0, 2, 0, 1), "destination": grid(0, 2, 4, 5)}})
    assert letters.read("E1:E2") == [["a"], ["d"]]
    letters.batch(
        {"cutPaste": {"source": grid(0, 2, 0, 1), "destination": {"rowIndex": 0, "columnIndex": 6}}}
    )
    assert letters.read("G1:G2") == [["a"], ["d"]]
    assert letters.read("A1:A2") is None
    turned = {"source": grid(0, 1, 1, 3), "destination": grid(5, 6, 0, 1), "pasteOrientation": "TRANSPOSE"}
    letters.batch({"copyPaste": turned})
    assert letters.read("A6:A7") == [["b"], ["c"]]


def test_a_copy_fills_a_multiple_of_its_size_and_shifts_formulas(book: Book) -> None:
    book.write("A1:B1", [[1, "=A1*2"]], "USER_ENTERED")
    book.write("A2:A4", [[2], [3], [4]])
    book.batch({"copyPaste": {"source": grid(0, 1, 1, 2), "destination": grid(1, 4, 1, 2)}})
    assert book.read("B1:B4") == [["2"], ["4"], ["6"], ["8"]]
    values = {"source": grid(0, 4, 1, 2), "destination": grid(0, 4, 2, 3), "pasteType": "PASTE_VALUES"}
    book.batch({"copyPaste": values})
    assert book.read("C1:C4", valueRenderOption="FORMULA") == [[2], [4], [6], [8]]


def test_series_are_continued(book: Book) -> None:
    book.write("A1:C2", [[1, "Пара 1", "да"], [3, "Пара 2", "нет"]])
    book.batch({"autoFill": {"range": grid(0, 4, 0, 3)}})
    assert book.read("A3:C4") == [["5", "Пара 3", "да"], ["7", "Пара 4", "нет"]]


def test_pasted_text_is_split_and_typed(book: Book) -> None:
    book.batch({"pasteData": {"coordinate": {"rowIndex": 1}, "data": "a;1\nb;2", "delimiter": ";"}})
    assert book.read("A2:B3", valueRenderOption="UNFORMATTED_VALUE") == [["a", 1], ["b", 2]]
    table = "<table><tr><td>x</td><td>y</td></tr></table>"
    book.batch({"pasteData": {"coordinate": {"rowIndex": 5}, "data": table, "html": True}})
    assert book.read("A6:B6") == [["x", "y"]]


def test_text_is_split_into_columns(book: Book) -> None:
    book.write("A1:A2", [["a,1"], ["b,2,z"]])
    book.batch({"textToColumns": {"source": grid(0, 2, 0, 1), "delimiterType": "AUTODETECT"}})
    assert book.read("A1:C2") == [["a", "1"], ["b", "2", "z"]]


def test_finding_and_replacing_counts_what_changed(book: Book) -> None:
    book.write("A1:B2", [["Кот и кот", "=1+1"], ["кит", 5]], "USER_ENTERED")
    reply = book.reply({"findReplace": {"find": "кот", "replacement": "пёс", "allSheets": True}})
    assert reply == {
        "findReplace": {"valuesChanged": 1, "rowsChanged": 1, "sheetsChanged": 1, "occurrencesChanged": 2}
    }
    regex = {"find": "^к(.)т$", "replacement": "т$1к", "searchByRegex": True, "sheetId": 0}
    book.batch({"findReplace": regex})
    assert book.read("A1:B2") == [["пёс и пёс", "2"], ["тик", "5"]]


def test_white_space_is_trimmed_and_duplicates_removed(book: Book) -> None:
    book.write("A1:B4", [[" a  b ", 1], ["a b", 1], ["A B", 2], ["a b", 1]])
    assert book.reply({"trimWhitespace": {"range": grid(0, 4, 0, 2)}}) == {
        "trimWhitespace": {"cellsChangedCount": 1}
    }
    assert book.reply({"deleteDuplicates": {"range": grid(0, 4, 0, 2)}}) == {
        "deleteDuplicates": {"duplicatesRemovedCount": 2}
    }
    assert book.read("A1:B4") == [["a b", "1"], ["A B", "2"]]


def test_shuffled_rows_are_the_same_rows(book: Book) -> None:
    book.write("A1:A5", [["a"], ["b"], ["c"], ["d"], ["e"]])
    book.batch({"randomizeRange": {"range": grid(0, 5, 0, 1)}})
    assert sorted(book.read("A1:A5")) == [["a"], ["b"], ["c"], ["d"], ["e"]]
