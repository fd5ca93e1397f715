"""Rows that hold formats and no values, as a laid-out workbook has them by the thousand."""

from __future__ import annotations

from tests.conformance.sheets.book import Book, Json, grid, number, row, text

BOLD: Json = {"userEnteredFormat": {"textFormat": {"bold": True}}}
ITALIC: Json = {"userEnteredFormat": {"textFormat": {"italic": True}}}


def lay_out(book: Book, bottom: int = 900) -> None:
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 0}
    book.batch(
        {"updateCells": {"start": start, "rows": [row(BOLD, ITALIC)], "fields": "userEnteredFormat"}},
        {
            "copyPaste": {
                "source": grid(1, 2, 0, 2),
                "destination": grid(2, bottom, 0, 2),
                "pasteType": "PASTE_FORMAT",
            }
        },
    )


def test_a_format_copied_down_stands_in_every_row_and_no_further(book: Book) -> None:
    lay_out(book)
    assert book.cells("A2:C900", "userEnteredFormat") == [[BOLD, ITALIC]] * 899
    assert book.cells("A901:C1000", "userEnteredFormat") == []


def test_a_format_copied_over_values_leaves_the_values(book: Book) -> None:
    book.write("A5:C5", [["a", "b", "c"]])
    lay_out(book)
    assert book.read("A1:C1000") == [[], [], [], [], ["a", "b", "c"]]
    assert book.cells("A5:C6", "userEnteredFormat") == [[BOLD, ITALIC]] * 2


def test_rows_of_a_pattern_alternate_below_what_is_filled_already(book: Book) -> None:
    for index, look in enumerate((BOLD, ITALIC)):
        book.put(look, index)
    book.write("A4", [["kept"]])
    request = {
        "source": grid(0, 2, 0, 1),
        "destination": grid(2, 8, 0, 1),
        "pasteType": "PASTE_FORMAT",
    }
    book.batch({"copyPaste": request})
    assert book.cells("A1:A9", "userEnteredFormat") == [[BOLD], [ITALIC]] * 4
    assert book.read("A4") == [["kept"]]


def test_a_copied_value_is_repeated_with_its_rule_and_note(book: Book) -> None:
    rule = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "0"}]}}
    book.put(number(7) | {"dataValidation": rule, "note": "n"})
    book.batch({"copyPaste": {"source": grid(0, 1, 0, 1), "destination": grid(1, 4, 0, 2)}})
    cell = {"userEnteredValue": {"numberValue": 7}, "dataValidation": rule, "note": "n"}
    assert book.cells("A2:C4", "userEnteredValue,dataValidation,note") == [[cell, cell]] * 3


def test_a_mask_of_values_ends_at_the_last_row_with_a_value(book: Book) -> None:
    lay_out(book)
    book.write("B4", [["x"]])
    shown = book.cells("A1:B1000", "userEnteredValue,effectiveValue")
    assert shown == [[], [], [], [{}, text("x") | {"effectiveValue": {"stringValue": "x"}}]]


def test_a_row_filled_after_the_layout_keeps_its_format(book: Book) -> None:
    lay_out(book)
    book.write("A700", [["late"]])
    assert book.cells("A700:B700", "userEnteredValue,userEnteredFormat") == [[text("late") | BOLD, ITALIC]]
