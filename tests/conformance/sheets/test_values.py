"""Plain values through gspread; expected answers come from its recordings and from Google's guides."""

from __future__ import annotations

from typing import Any

import gspread
import pytest

from tests.conformance.sheets.book import Book, Service, refusal


@pytest.fixture
def page(client: Any) -> gspread.Worksheet:
    made: gspread.Worksheet = client.create("Test").sheet1
    return made


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Sheet1", "Sheet1!A1:Z1000"),
        ("'Sheet1'", "Sheet1!A1:Z1000"),
        ("A1:A", "Sheet1!A1:A1000"),
        ("A1:1", "Sheet1!A1:Z1"),
        ("A2:2", "Sheet1!A2:Z2"),
        ("D4:A1", "Sheet1!A1:D4"),
        ("D4", "Sheet1!D4"),
        ("A1:C5000", "Sheet1!A1:C1000"),
        ("2:3", "Sheet1!A2:Z3"),
        ("R2C2:R3C4", "Sheet1!B2:D3"),
    ],
)
def test_f60_ranges_come_back_as_recorded(book: Book, asked: str, told: str) -> None:
    assert book.api.values().get(spreadsheetId=book.id, range=asked).execute()["range"] == told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Лист1", "'Лист1'!A1"),
        ("Data_1", "Data_1!A1"),
        ("D3", "'D3'!A1"),
        ("worksheet 2", "'worksheet 2'!A1"),
        ("a'b", "'a''b'!A1"),
    ],
)
def test_titles_are_quoted_where_they_must_be(book: Book, title: str, told: str) -> None:
    book.batch({"addSheet": {"properties": {"title": title}}})
    quoted = title.replace("'", "''")
    asked = book.api.values().get(spreadsheetId=book.id, range=f"'{quoted}'!A1").execute()
    assert asked == {"range": told, "majorDimension": "ROWS"}


def test_trailing_empty_cells_and_rows_are_left_out(page: gspread.Worksheet) -> None:
    page.update([["1", "", "", ""], ["x", "y", "title", ""], ["", "", "", ""], ["num", "", "", "0"]], "A1:D4")
    answer = page.get("A1:D4", pad_values=False)
    assert answer == [["1"], ["x", "y", "title"], [], ["num", "", "", "0"]]
    assert page.get("A1:B2", major_dimension=gspread.utils.Dimension.cols) == [["1", "x"], ["", "y"]]


def test_null_leaves_a_cell_and_counts_only_what_is_written(book: Book) -> None:
    book.write("A1:B2", [["a", "b"], ["c", "d"]])
    answer = book.write("A1:B2", [[None, "B"], ["C", None]])
    assert answer == {
        "spreadsheetId": book.id,
        "updatedRange": "Sheet1!A1:B2",
        "updatedRows": 2,
        "updatedColumns": 2,
        "updatedCells": 2,
    }
    assert book.read("A1:B2") == [["a", "B"], ["C", "d"]]


@pytest.mark.parametrize(
    ("typed", "shown", "bare"),
    [
        ("0042", "42", 42),
        ("2,000,000.01", "2,000,000.01", 2000000.01),
        ("2020-01-01", "2020-01-01", 43831),
        ("0.12", "0.12", 0.12),
        ("= 1 / 1024", "0.0009765625", 0.0009765625),
        ("'0042", "0042", "0042"),
        ("TRUE", "TRUE", True),
        ("12%", "12%", 0.12),
        ("$5", "$5", 5),
        ("$100.15", "$100.15", 100.15),
        ("€10.50", "€10.50", 10.5),
        ("Mar 1 2016", "Mar 1, 2016", 42430),
        ("march 5", "March 5", 44625),
        ("1-Jan-2022", "1-Jan-2022", 44562),
        ("5 marches", "5 marches", "5 marches"),
        ("10:30 pm", "10:30 PM", 0.9375),
        ("12/24/2022", "12/24/2022", 44919),
        ("24.12.2022", "24.12.2022", "24.12.2022"),
        ("5 класс", "5 класс", "5 класс"),
        ("5-6", "5-6", 44687),
        ("5-45", "5-45", "5-45"),
    ],
)
def test_f60_typing_is_read_as_in_the_editor(book: Book, typed: str, shown: str, bare: Any) -> None:
    book.write("A1", [[typed]], "USER_ENTERED")
    assert book.read("A1") == [[shown]]
    assert book.read("A1", valueRenderOption="UNFORMATTED_VALUE") == [[bare]]


@pytest.mark.parametrize(
    ("typed", "shown", "bare"),
    [
        ("12,5", "12,5", 12.5),
        ("24.12.2022", "24.12.2022", 44919),
        ("24.12.2022 10:05", "24.12.2022 10:05", 44919 + 605 / 1440),
        ("1 000", "1\u00a0000", 1000),
        ("ИСТИНА", "ИСТИНА", True),
        ("24 декабря 2022", "24 декабря 2022", 44919),
        ("24 декабря", "24 декабря", 44919),
        ("1 200,50 ₽", "1\u00a0200,50₽", 1200.5),
        ("10 $", "10 $", 10),
        ("12.5", "12.5", 44693),
        ("12.13", "12.13", "12.13"),
        ("=1/4", "0,25", 0.25),
    ],
)
def test_a_russian_spreadsheet_reads_and_shows_as_russians_write(
    service: Service, typed: str, shown: str, bare: Any
) -> None:
    book = service.create({"properties": {"title": "Б", "locale": "ru_RU"}})
    book.write("A1", [[typed]], "USER_ENTERED")
    assert book.read("A1") == [[shown]]
    assert book.read("A1", valueRenderOption="UNFORMATTED_VALUE") == [[pytest.approx(bare)]]


def test_f60_render_options_differ_as_recorded(book: Book) -> None:
    book.write("A1:C1", [["2020-01-01", "=1+1", "x"]], "USER_ENTERED")
    assert book.read("A1:C1", valueRenderOption="FORMULA") == [[43831, "=1+1", "x"]]
    plain = {"valueRenderOption": "UNFORMATTED_VALUE"}
    assert book.read("A1:C1", **plain, dateTimeRenderOption="FORMATTED_STRING") == [["2020-01-01", 2, "x"]]
    assert book.read("A1:C1", **plain) == [[43831, 2, "x"]]


def test_raw_text_is_stored_as_it_is(book: Book) -> None:
    book.write("A1:C1", [["=1+1", "2020-01-01", "0042"]])
    assert book.read("A1:C1", valueRenderOption="UNFORMATTED_VALUE") == [["=1+1", "2020-01-01", "0042"]]


def guide(book: Book) -> None:
    """The guide's example: a table in A1:C2 and another in B4:D6."""
    book.write("A1:C2", [["x", "y", "z"], ["x", "y", "z"]])
    book.write("B4:D6", [["x", "y", "z"], ["x", "y", "z"], ["x", "y", "z"]])


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Sheet1", "B7"),
        ("B4", "B7"),
        ("C5:D5", "B7"),
        ("B2:D4", "B7"),
        ("A3:G10", "B7"),
        ("A1", "A3"),
        ("E4", "E4"),
        ("A4", "A4"),
    ],
)
def test_f60_append_finds_the_table_as_the_guide_says(book: Book, asked: str, written: str) -> None:
    guide(book)
    assert book.append(asked, [["v"]])["updates"]["updatedRange"] == f"Sheet1!{written}"


def test_appending_to_an_empty_sheet_names_no_table(book: Book) -> None:
    assert "tableRange" not in book.append("Sheet1", [["a", "b"]])
    assert book.append("Sheet1", [["c"]])["tableRange"] == "Sheet1!A1:B1"


def test_append_may_grow_the_sheet_or_insert_rows(book: Book) -> None:
    book.write("A1:A2", [["head"], ["row"]])
    book.write("A4", [["footer"]])
    answer = book.append("A1", [["new"], ["newer"]], insertDataOption="INSERT_ROWS")
    assert answer["updates"]["updatedRange"] == "Sheet1!A3:A4"
    assert book.read("A1:A6") == [["head"], ["row"], ["new"], ["newer"], [], ["footer"]]
    book.write("A1000", [["last"]])
    assert book.append("A1000", [["more"]])["updates"]["updatedRange"] == "Sheet1!A1001"


@pytest.mark.parametrize(
    ("range_", "values", "told"),
    [
        ("A100000", [["x"]], "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26"),
        (
            "A1:B1",
            [["x", "y", "z"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
        ),
        (
            "A1:B1",
            [["x"], ["y"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]",
        ),
        ("'Data Tab'!A1:C10", [["x"]], "Unable to parse range: 'Data Tab'!A1:C10"),
    ],
)
def test_f60_writing_outside_is_refused_in_googles_words(
    book: Book, range_: str, values: list[list[str]], told: str
) -> None:
    assert refusal(lambda: book.write(range_, values)) == f"400 {told}"


def test_many_ranges_are_written_read_and_cleared_at_once(page: gspread.Worksheet) -> None:
    book = page.spreadsheet
    answer = page.batch_update(
        [{"range": "A1:D1", "values": [["A1", "B1", "", "D1"]]}, {"range": "A4", "values": [["A4"]]}]
    )
    assert (answer["totalUpdatedRows"], answer["totalUpdatedColumns"], answer["totalUpdatedCells"]) == (
        2,
        4,
        5,
    )
    assert page.batch_get(["A1:B1", "A4:D4"]) == [[["A1", "B1"]], [["A4"]]]
    assert book.values_batch_clear(body={"ranges": ["Sheet1!A1:B1"]})["clearedRanges"] == ["Sheet1!A1:B1"]
    assert page.get_all_values() == [["", "", "", "D1"], [""] * 4, [""] * 4, ["A4", "", "", ""]]


def test_values_go_to_the_row_that_metadata_marks(book: Book) -> None:
    location = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 2, "endIndex": 3}}
    item = {"metadataKey": "k", "location": location, "visibility": "DOCUMENT"}
    book.batch({"createDeveloperMetadata": {"developerMetadata": item}})
    by_key = {"developerMetadataLookup": {"metadataKey": "k"}}
    values = book.api.values()
    data = [{"dataFilter": by_key, "values": [["a", "b"]]}]
    body: dict[str, Any] = {"valueInputOption": "RAW", "data": data}
    answer = values.batchUpdateByDataFilter(spreadsheetId=book.id, body=body).execute()
    assert answer["responses"][0]["updatedRange"] == "Sheet1!A3:B3"
    body = {"dataFilters": [by_key]}
    found = values.batchGetByDataFilter(spreadsheetId=book.id, body=body).execute()["valueRanges"][0]
    assert found["valueRange"]["values"] == [["a", "b"]]
    assert found["dataFilters"] == [by_key]
    cleared = values.batchClearByDataFilter(spreadsheetId=book.id, body=body).execute()
    assert cleared["clearedRanges"] == ["Sheet1!A3:Z3"]
    assert book.read("Sheet1") is None


def test_includes_what_was_written_when_asked(book: Book) -> None:
    answer = book.write("A1", [["=2*3"]], "USER_ENTERED", includeValuesInResponse=True)
    assert answer["updatedData"] == {"range": "Sheet1!A1", "majorDimension": "ROWS", "values": [["6"]]}


def test_gspread_reads_records(page: gspread.Worksheet) -> None:
    page.update([["Код", "Класс"], ["У-017", 5], ["У-018", 6]], "A1:B3")
    assert page.get_all_records() == [{"Код": "У-017", "Класс": 5}, {"Код": "У-018", "Класс": 6}]
    found = page.find("У-018")
    assert found is not None
    assert (found.row, found.col) == (3, 1)
