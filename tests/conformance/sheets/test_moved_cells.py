"""What points at cells follows them when they are cut, pushed or pulled."""

from __future__ import annotations

from tests.conformance.sheets.book import Book, Json, grid


def formulas(book: Book, range_: str) -> list[list[str]]:
    found: list[list[str]] = book.read(range_, valueRenderOption="FORMULA")
    return found


def typed(book: Book, **cells: str) -> None:
    for place, value in cells.items():
        book.write(place, [[value]], "USER_ENTERED")


def cut(source: Json, row: int, column: int, sheet: int = 0, **more: str) -> Json:
    place = {"sheetId": sheet, "rowIndex": row, "columnIndex": column}
    return {"cutPaste": {"source": source, "destination": place, **more}}


def test_f60_references_follow_cut_cells(book: Book) -> None:
    typed(book, A1="1", A2="2", C1="=A1+$A$2", C2="=SUM(A1:A2)", C3="=SUM(A1:A3)", C4="=A4")
    book.batch(cut(grid(0, 2, 0, 1), 4, 1))
    assert formulas(book, "C1:C4") == [["=B5+$B$6"], ["=SUM(B5:B6)"], ["=SUM(A1:A3)"], ["=A4"]]
    assert book.read("C1:C2") == [["3"], ["3"]]


def test_cut_formulas_keep_what_they_refer_to(book: Book) -> None:
    typed(book, A1="7", B1="=A1", B2="=B1*2")
    book.batch(cut(grid(0, 2, 1, 2), 4, 3))
    assert formulas(book, "D5:D6") == [["=A1"], ["=D5*2"]]


def test_cells_cut_to_another_sheet_are_named_with_it(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"sheetId": 5, "title": "Лист 2"}}})
    typed(book, A1="1", A2="=A1+B1", B1="10", C1="=A2")
    book.batch(cut(grid(0, 2, 0, 1), 0, 0, 5))
    assert formulas(book, "C1") == [["='Лист 2'!A2"]]
    assert formulas(book, "'Лист 2'!A1:A2") == [[1], ["=A1+Sheet1!B1"]]
    assert book.read("C1") == [["11"]]


def test_all_of_the_source_is_cut_whatever_is_pasted(book: Book) -> None:
    typed(book, A1="=1+1")
    book.put({"note": "сноска"}, 1, 0)
    book.batch(cut(grid(0, 2, 0, 1), 0, 3, pasteType="PASTE_FORMULA"))
    assert formulas(book, "D1") == [["=1+1"]]
    assert book.get(ranges=["A1:D2"], fields="sheets.data.rowData.values.note")["sheets"][0]["data"] == [{}]
    assert book.read("A1:A2") is None


def test_references_follow_cells_that_are_pushed_down(book: Book) -> None:
    typed(book, A3="5", D1="=A3", D2="=SUM(A1:A9)", D3="=B3", D4="=SUM(A1:B9)")
    book.batch({"insertRange": {"range": grid(1, 3, 0, 1), "shiftDimension": "ROWS"}})
    assert formulas(book, "D1:D4") == [["=A5"], ["=SUM(A1:A11)"], ["=B3"], ["=SUM(A1:B9)"]]


def test_references_follow_cells_that_are_pulled_up(book: Book) -> None:
    typed(book, A9="5", D1="=A9", D2="=A2", D3="=SUM(A1:A9)", D4="=B9")
    book.batch({"deleteRange": {"range": grid(1, 3, 0, 1), "shiftDimension": "ROWS"}})
    assert formulas(book, "D1:D4") == [["=A7"], ["=#REF!"], ["=SUM(A1:A7)"], ["=B9"]]


def rule(*areas: Json) -> Json:
    bold = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
    return {"addConditionalFormatRule": {"rule": {"ranges": list(areas), "booleanRule": bold}}}


def ruled(book: Book, index: int = 0) -> list[list[tuple[int, int, int, int]]]:
    names = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")
    found = book.sheet("conditionalFormats", index).get("conditionalFormats", [])
    return [[tuple(area[name] for name in names) for area in one["ranges"]] for one in found]


def test_f60_rules_are_pasted_alone(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"sheetId": 5, "title": "b"}}})
    book.write("A1", [["x"]])
    book.batch(rule(grid(0, 2, 0, 1)))
    kind = {"pasteType": "PASTE_CONDITIONAL_FORMATTING"}
    book.batch(
        {"copyPaste": {"source": grid(0, 2, 0, 1), "destination": grid(4, 8, 2, 3), **kind}},
        {"copyPaste": {"source": grid(0, 2, 0, 1), "destination": grid(0, 1, 3, 4, 5), **kind}},
    )
    assert ruled(book) == [[(0, 2, 0, 1), (4, 8, 2, 3)]]
    assert ruled(book, 1) == [[(0, 2, 3, 4)]]
    assert book.read("C5:C8") is None


def test_cut_cells_take_their_rules_along(book: Book) -> None:
    book.batch(rule(grid(0, 4, 0, 1)))
    book.batch(cut(grid(0, 2, 0, 1), 9, 5, pasteType="PASTE_CONDITIONAL_FORMATTING"))
    assert ruled(book) == [[(2, 4, 0, 1)], [(9, 11, 5, 6)]]
