"""What staff do to a sheet on its page beyond one cell, and that each of it can be taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sheets_sync.emulator.wire import Response
from tests.conformance.forms.school import School, text
from tests.conformance.pages.test_sheets import Book

FIELDS = (
    "sheets(properties,data(rowData(values(userEnteredValue,userEnteredFormat(numberFormat,textFormat),note,"
    "dataValidation))))"
)


@pytest.fixture
def book(school: School) -> Book:
    made = Book(school)
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    look = {"userEnteredFormat": {"textFormat": {"bold": True}}, "note": "проверить"}
    ticks = {**area, "startColumnIndex": 2, "endColumnIndex": 3}
    made.change(
        {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat,note"}},
        {"setDataValidation": {"range": ticks, "rule": {"condition": {"type": "BOOLEAN"}}}},
    )
    made.write("План!A4", [["Ярослав"]])
    made.write("План!D2", [["=B2*2"]], "USER_ENTERED")
    return made


def whole(book: Book) -> Any:
    """Return every cell with its format, note and rule, and every sheet's title and size."""
    return book.api.get(spreadsheetId=book.id, fields=FIELDS).execute()


def press(book: Book, cell: str, action: str, **more: str) -> Response:
    fields = book.fields(cell, action) | more
    return book.school.post(f"/spreadsheets/d/{book.id}/edit", fields)


def undo(book: Book) -> Response:
    address = f"/spreadsheets/d/{book.id}"
    return book.school.staff_post(f"{address}/undo", {"gid": "0"}, page=f"{address}/edit?gid=0&cell=A2")


def redo(book: Book) -> Response:
    address = f"/spreadsheets/d/{book.id}"
    return book.school.staff_post(f"{address}/redo", {"gid": "0"}, page=f"{address}/edit?gid=0&cell=A2")


def rename(book: Book, title: str) -> Response:
    address = f"/spreadsheets/d/{book.id}"
    return book.school.staff_post(f"{address}/rename", {"gid": "0", "value": title}, page=f"{address}/edit")


ACTIONS = {
    "set": {"value": "20.09.2022"},
    "paste": {"value": "Ева\t5\r\nИва\t6\tлишнее\n"},
    "clear": {"until": "C4"},
    "copy": {"sheet": "0", "from": "B2", "to": "D2", "until": "B4"},
    "fill": {"until": "D4"},
    "insert_above": {},
    "insert_below": {},
    "delete_row": {},
    "insert_left": {},
    "insert_right": {},
    "delete_column": {},
    "sort_up": {},
    "sort_down": {},
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("cell", ["A2", "B3"])
def test_f63_each_change_of_a_sheet_is_taken_back_to_the_last_format_and_note(
    book: Book, action: str, cell: str
) -> None:
    before = whole(book)
    answer = press(book, cell, action, **ACTIONS[action])
    assert answer.status == 303
    after = whole(book)
    assert after != before
    assert undo(book).status == 303
    assert whole(book) == before
    assert redo(book).status == 303
    assert whole(book) == after
    assert undo(book).status == 303
    assert whole(book) == before


def test_several_changes_are_taken_back_one_after_another(book: Book) -> None:
    states = [whole(book)]
    for cell, action in (("A2", "delete_row"), ("B2", "sort_up"), ("A2", "insert_left"), ("B3", "clear")):
        assert press(book, cell, action).status == 303
        states.append(whole(book))
    for state in reversed(states[:-1]):
        assert undo(book).status == 303
        assert whole(book) == state
    assert undo(book).status == 404


def test_columns_are_inserted_and_deleted(book: Book) -> None:
    press(book, "B2", "insert_left")
    assert book.read("План!A1:D2") == [["ФИО", "", "Баллы", "Дата"], ["Яна", "", "3"]]
    press(book, "B2", "delete_column")
    press(book, "A2", "delete_column")
    assert book.read("План!A1:B2") == [["Баллы", "Дата"], ["3"]]


def test_a_block_is_pasted_as_typed_by_a_person(book: Book) -> None:
    assert press(book, "A3", "paste", value="Ева\t12,5\t31.12.2022\n=1+1\t007\t").status == 303
    assert book.read("План!A3:C4", "UNFORMATTED_VALUE") == [["Ева", 12.5, 44926], [2, 7]]


def test_more_than_the_sheet_or_a_person_needs_is_not_pasted(book: Book) -> None:
    before = whole(book)
    assert press(book, "A399", "paste", value="а\nб\nв").status == 400
    assert press(book, "A2", "paste", value="а\n" * 20_001).status == 400
    assert press(book, "A2", "клеветать").status == 400
    assert whole(book) == before


def test_what_somebody_changed_since_is_not_taken_back(book: Book) -> None:
    press(book, "A2", "clear", until="B3")
    book.write("План!B3", [[9]])
    assert undo(book).status == 409
    assert book.read("План!A2:B3") == [[], ["", "9"]]


def test_a_tab_is_renamed_and_named_back(book: Book) -> None:
    assert rename(book, " План работы ").status == 303
    assert book.read("План работы!A1") == [["ФИО"]]
    assert undo(book).status == 303
    assert book.read("План!A1") == [["ФИО"]]
    for refused in ("сводка", "", "я" * 101):
        answer = rename(book, refused)
        assert answer.status == 400 and "Не получилось" in text(answer)
    assert book.read("План!A1") == [["ФИО"]]


@pytest.mark.parametrize(
    ("move", "cell"), [("down", "B3"), ("up", "B1"), ("right", "C2"), ("left", "A2"), ("", "B3")]
)
def test_after_a_change_the_next_cell_is_where_the_key_leads(book: Book, move: str, cell: str) -> None:
    fields = book.fields("B2", value="4") | {"move": move}
    answer = book.school.post(f"/spreadsheets/d/{book.id}/edit", fields)
    assert answer.headers["location"].partition("&cell=")[2] == cell


def test_the_edit_line_alone_is_what_the_script_asks_for(book: Book) -> None:
    line = book.page("?gid=0&cell=A2&part=edit")
    assert line.startswith('<form class="edit"') and "<table" not in line and "autofocus" not in line
    assert re.findall(r'name="row_before" value="(\w+)"', line) == re.findall(
        r'name="row_before" value="(\w+)"', book.page("?gid=0&cell=A2")
    )


def test_only_rows_with_the_same_in_a_column_are_shown(book: Book) -> None:
    book.write("План!A5:B5", [["3", "Яна"]])
    page = book.page("?gid=0&in=B&find=3")
    assert [row for row in range(1, 6) if f'id="A{row}"' in page] == [1, 2]
    assert 'href="?gid=0&amp;in=B&amp;find=3&amp;cell=A2"' in page
    kept = book.fields("B2", value="3") | {"find": "3", "in": "B", "value": "4"}
    answer = book.school.post(f"/spreadsheets/d/{book.id}/edit", kept)
    assert "&find=3&in=B&" in answer.headers["location"]


def test_an_option_list_of_a_range_is_offered(book: Book) -> None:
    book.write("Сводка!A1:A3", [["Ева"], ["Яна"], ["Ева"]])
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    condition = {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "=Сводка!A1:A9"}]}
    book.change({"setDataValidation": {"range": area, "rule": {"condition": condition}}})
    assert re.findall(r'<option value="([^"]*)"', book.page("?gid=0&cell=A2")) == ["", "Ева", "Яна"]


@pytest.mark.parametrize(
    ("value", "link"),
    [
        ("https://school.example/doc?a=1&b=2", "https://school.example/doc?a=1&amp;b=2"),
        ('=HYPERLINK("http://school.example/x";"приказ")', "http://school.example/x"),
        ("javascript:alert(1)", None),
        ('=HYPERLINK("javascript:alert(1)";"приказ")', None),
        ('=HYPERLINK("data:text/html,x";"приказ")', None),
        ("смотри https://school.example", None),
    ],
)
def test_an_address_in_a_cell_can_be_opened_unless_it_is_a_script(
    book: Book, value: str, link: str | None
) -> None:
    book.write("План!A2", [[value]], "USER_ENTERED")
    page = book.page()
    assert re.findall(r'<a class="go" href="([^"]*)" rel="noopener noreferrer"', page) == (
        [link] if link else []
    )
    assert 'href="javascript' not in page and 'href="data' not in page


def test_a_long_text_runs_over_the_empty_cells_after_it(book: Book) -> None:
    book.write("План!A2:C2", [["очень длинная заметка куратора о паре", None, None]])
    book.write("План!B2", [[""]])
    assert re.search(r'id="A2" class="\w+ spill', book.page())
    book.write("План!B2", [["занято"]])
    assert not re.search(r'id="A2" class="\w+ spill', book.page())


def test_f60_another_spreadsheet_is_read_once_a_person_has_allowed_it(school: School, book: Book) -> None:
    """Source: Google's help on IMPORTRANGE (#REF! until access is allowed)."""
    donor = Book(school)
    donor.write("План!A1:B2", [["а", 1], ["б", 2]])
    donor.write("План!B2", [["=B1*5"]], "USER_ENTERED")
    address = f"https://docs.google.com/spreadsheets/d/{donor.id}/edit"
    formula = f'=IMPORTRANGE("{address}";"План!A1:B2")'
    book.write("План!F1", [[formula]], "USER_ENTERED")
    assert book.read("План!F1:G2") == [["#REF!"]]
    assert "Разрешить доступ" in book.page("?gid=0&cell=F1")
    assert press(book, "F1", "connect", value=formula).status == 303
    assert book.read("План!F1:G2") == [["а", "1"], ["б", "5"]]
    assert "Разрешить доступ" not in book.page("?gid=0&cell=F1")
    book.write(
        "План!F4",
        [[f'=SUM(IMPORTRANGE("{donor.id}";"План!B1:B"))'], ['=IMPORTRANGE("nowhere";"A1")']],
        "USER_ENTERED",
    )
    assert book.read("План!F4:F5")[1] == ["#REF!"]


@pytest.mark.parametrize(
    ("action", "more"),
    [("paste", {"value": "Ева\nИва\nЮна"}), ("clear", {"until": "A4"}), ("clear", {"until": "B4"})],
)
def test_f63_what_reaches_several_rows_asks_whether_the_others_changed(
    book: Book, action: str, more: dict[str, str]
) -> None:
    fields = book.fields("A2", action) | more
    book.write("План!A4", [["Правка другого"]])
    before = whole(book)
    answer = book.school.post(f"/spreadsheets/d/{book.id}/edit", fields)
    assert answer.status == 409 and "таблицу изменили" in answer.body.decode()
    assert whole(book) == before
    assert press(book, "A2", action, **more).status == 303
    assert whole(book) != before


def test_f63_one_row_is_written_though_another_was_changed(book: Book) -> None:
    fields = book.fields("A2", "paste") | {"value": "Ева\t5"}
    book.write("План!A4", [["Правка другого"]])
    assert book.school.post(f"/spreadsheets/d/{book.id}/edit", fields).status == 303


@pytest.mark.parametrize(
    ("action", "more"), [("paste", {"value": "Ева\nИва\nЮна"}), ("clear", {"until": "A4"})]
)
def test_f63_a_guarded_cell_in_the_middle_of_a_block_is_not_written(
    book: Book, action: str, more: dict[str, str]
) -> None:
    area = {"sheetId": 0, "startRowIndex": 2, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 1}
    guard = {"range": area, "warningOnly": True, "description": "Код пишет программа."}
    book.change({"addProtectedRange": {"protectedRange": guard}})
    before = whole(book)
    answer = press(book, "A2", action, **more)
    assert answer.status == 409
    assert "Задета ячейка A3. Код пишет программа." in answer.body.decode()
    assert whole(book) == before
    assert press(book, "A3", "set", value="всё же").status == 303


def test_f63_what_was_taken_back_is_done_again_until_something_else_is_done(book: Book) -> None:
    first = whole(book)
    press(book, "A2", "delete_row")
    press(book, "B2", "set", value="7")
    last = whole(book)
    assert (undo(book).status, undo(book).status) == (303, 303)
    assert whole(book) == first and "Повторить" in book.page()
    assert (redo(book).status, redo(book).status, redo(book).status) == (303, 303, 404)
    assert whole(book) == last
    undo(book)
    press(book, "A4", "set", value="другое")
    assert redo(book).status == 404 and "Повторить" not in book.page()


def test_f63_what_somebody_changed_since_is_not_done_again(book: Book) -> None:
    press(book, "B2", "set", value="7")
    undo(book)
    book.write("План!B2", [[8]])
    assert redo(book).status == 409
    assert book.read("План!B2") == [["8"]]


def test_f63_cells_are_copied_with_formula_and_format_and_repeated_where_they_fit(book: Book) -> None:
    """Source: discovery document, CopyPasteRequest (a multiple of the source is filled by repetition)."""
    book.write("План!B2", [[0.12345]])
    assert press(book, "D3", "copy", sheet="0", **{"from": "D2", "to": "D2"}, until="D4").status == 303
    assert book.read("План!D3:D4", "FORMULA") == [["=B3*2"], ["=B4*2"]]
    assert press(book, "E2", "copy", sheet="0", **{"from": "B2", "to": "B2"}).status == 303
    assert book.read("План!E2", "UNFORMATTED_VALUE") == [[0.12345]]
    for refused in ({"from": "ZZ9", "to": "ZZ9"}, {"from": "", "to": ""}, {"from": "A1", "to": "A<b>"}):
        before = whole(book)
        assert press(book, "E3", "copy", sheet="0", **refused).status == 400
        assert whole(book) == before
    assert press(book, "E3", "copy", sheet="9", **{"from": "A1", "to": "A1"}).status == 400


def test_a_merge_that_came_with_a_copy_goes_with_its_undo(book: Book) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 3, "startColumnIndex": 4, "endColumnIndex": 6}
    book.change({"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})
    merges = book.api.get(spreadsheetId=book.id, fields="sheets/merges").execute()
    press(book, "H6", "copy", sheet="0", **{"from": "E2", "to": "F3"})
    assert book.api.get(spreadsheetId=book.id, fields="sheets/merges").execute() != merges
    undo(book)
    assert book.api.get(spreadsheetId=book.id, fields="sheets/merges").execute() == merges


@pytest.mark.parametrize(
    ("pasted", "cells"),
    [
        ('"две\nстроки"\tб', [["две\nстроки", "б"]]),
        ('"с ""кавычками"""\n"а\tб"', [['с "кавычками"'], ["а\tб"]]),
        ('"Ромашка"\t"Лютик" ООО', [['"Ромашка"', '"Лютик" ООО']]),
        ('а"б\t', [['а"б']]),
    ],
)
def test_quotes_of_the_clipboard_are_read_as_spreadsheets_write_them(
    book: Book, pasted: str, cells: list[list[str]]
) -> None:
    assert press(book, "F2", "paste", value=pasted).status == 303
    assert book.read("План!F2:G3") == cells


STRICT = {"inputMessage": "Выберите из списка.", "strict": True}


@pytest.mark.parametrize(
    ("condition", "wrong", "right"),
    [
        ({"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "да"}]}, "может", "да"),
        ({"type": "DATE_IS_VALID"}, "завтра", "20.09.2022"),
        ({"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "5"}]}, "5", "6"),
    ],
)
def test_f63_a_strict_rule_of_a_cell_holds_at_the_page_and_says_what_it_wants(
    book: Book, condition: dict[str, Any], wrong: str, right: str
) -> None:
    """Source: discovery document, DataValidationRule.strict and inputMessage."""
    area = {"sheetId": 0, "startRowIndex": 4, "endRowIndex": 9, "startColumnIndex": 0, "endColumnIndex": 1}
    book.change({"setDataValidation": {"range": area, "rule": {"condition": condition, **STRICT}}})
    assert "Выберите из списка." in book.page("?gid=0&cell=A5")
    for action, value in (("set", wrong), ("paste", f"{right}\n{wrong}")):
        before = whole(book)
        answer = press(book, "A5", action, value=value)
        assert answer.status == 400 and "такое не записывается. Выберите из списка." in text(answer)
        assert whole(book) == before
    assert press(book, "A5", "set", value=right).status == 303
    assert press(book, "A5", "set", value="").status == 303
    loose = {"condition": condition, "strict": False}
    book.change({"setDataValidation": {"range": area, "rule": loose}})
    assert press(book, "A5", "set", value=wrong).status == 303


def test_f63_after_a_write_the_script_gets_the_line_of_the_next_cell(book: Book) -> None:
    fields = book.fields("A2", value="Ева") | {"part": "edit", "next": "A3"}
    answer = book.school.post(f"/spreadsheets/d/{book.id}/edit", fields)
    assert answer.status == 200 and 'data-cell="A3"' in text(answer) and "<table" not in text(answer)
    assert book.read("План!A2") == [["Ева"]]


def test_f63_the_script_sees_that_somebody_has_changed_the_spreadsheet(book: Book) -> None:
    seen = book.page("?part=seen")
    assert seen.isdecimal() and f'data-seen="{seen}"' in book.page() and book.page("?part=seen") == seen
    book.write("План!A2", [["Ева"]])
    assert book.page("?part=seen") != seen
