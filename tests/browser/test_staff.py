"""Staff open files from the list and work in a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.looks import assert_readable
from tests.conformance.forms.school import School
from tests.conformance.pages.test_sheets import Book

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser


def open_sheet(page: Page, address: str, book: Book, query: str = "") -> None:
    page.goto(f"{address}/spreadsheets/d/{book.id}/edit{query}")


def pick(page: Page, cell: str) -> None:
    """Click a cell and wait for its edit line."""
    page.locator(f"#{cell}").click()
    page.locator(f".edit[data-cell={cell}]").wait_for()


def press(page: Page, menu: str, name: str) -> None:
    page.locator("summary").filter(has_text=menu).click()
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def written(page: Page) -> None:
    """Wait until what was typed is stored and the sheet is shown anew."""
    page.get_by_role("button", name="Отменить").wait_for()
    page.locator(".edit:not([data-cell=''])").wait_for()


def take_back(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Отменить").click()


def test_a_cell_is_opened_from_the_list_changed_and_seen(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    desk.goto(address)
    assert_readable(desk)
    desk.get_by_role("link", name="Наставничество").click()
    pick(desk, "A3")
    assert_readable(desk)
    desk.locator("#value").fill("Борислав")
    desk.keyboard.press("Enter")
    assert desk.locator("td.now").get_attribute("id") == "A4"
    written(desk)
    assert desk.locator("#A3").inner_text() == "Борислав"
    assert book.read("План!A3") == [["Борислав"]]


def test_f63_rows_are_sorted_filtered_and_deleted_and_each_is_taken_back(
    school: School, address: str, desk: Page
) -> None:
    book = Book(school)
    before = book.read("План!A1:C9")
    open_sheet(desk, address, book, "?cell=A2")
    press(desk, "Столбец A", "Сортировать А → Я")
    assert [desk.locator(f"#A{row}").inner_text() for row in (2, 3, 4)] == ["Анна", "Борис", "Яна"]
    pick(desk, "A3")
    press(desk, "Строка", "Удалить строку")
    assert book.read("План!A1:A4") == [["ФИО"], ["Анна"], ["Яна"]]
    pick(desk, "A3")
    desk.get_by_role("link", name="Только такие").click()
    assert desk.locator("tbody tr").count() == 1
    desk.get_by_role("link", name="Все строки").click()
    take_back(desk)
    take_back(desk)
    assert book.read("План!A1:C9") == before
    assert desk.get_by_role("button", name="Отменить").count() == 0


def test_f63_the_keyboard_moves_types_and_steps_back(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    open_sheet(desk, address, book)
    pick(desk, "A2")
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"):
        desk.keyboard.press(key)
    assert desk.locator("td.now").get_attribute("id") == "B3"
    desk.locator(".edit[data-cell=B3]").wait_for()
    desk.keyboard.type("7")
    desk.keyboard.type("5")
    desk.keyboard.press("Escape")
    assert desk.locator("#value").input_value() == "1"
    desk.keyboard.type("8")
    desk.keyboard.press("Tab")
    assert desk.locator("td.now").get_attribute("id") == "C3"
    written(desk)
    assert book.read("План!B3") == [["8"]]
    with desk.expect_navigation():
        desk.keyboard.press("Control+z")
    assert book.read("План!B3") == [["1"]]
    with desk.expect_navigation():
        desk.keyboard.press("Control+y")
    assert book.read("План!B3") == [["8"]]


def test_f63_fast_fingers_lose_nothing_while_the_workspace_answers(
    school: School, address: str, desk: Page
) -> None:
    book = Book(school)
    book.write("План!D2:D9", [[f"=B{row}*2"] for row in range(2, 10)], "USER_ENTERED")
    open_sheet(desk, address, book)
    pick(desk, "B2")

    def slowly(route: Route) -> None:
        desk.wait_for_timeout(150)
        route.continue_()

    desk.route("**/edit?*part=edit*", slowly)
    for number in range(12, 20):
        desk.keyboard.type(str(number))
        desk.keyboard.press("Enter")
    assert desk.locator("td.now").get_attribute("id") == "B10"
    desk.locator("#D9").get_by_text("38").wait_for()
    rows = book.read("План!B2:D9", "UNFORMATTED_VALUE")
    assert [(row[0], row[2]) for row in rows] == [(number, 2 * number) for number in range(12, 20)]
    assert desk.locator(".said").is_hidden()


def test_f63_two_people_see_each_others_changes_and_a_clash_is_told(
    school: School, address: str, desk: Page
) -> None:
    book = Book(school)
    desk.clock.install()
    open_sheet(desk, address, book)
    pick(desk, "B3")
    book.write("План!A4", [["Правка другого"]])
    desk.clock.run_for(10_500)
    desk.locator("#A4").get_by_text("Правка другого").wait_for()
    desk.keyboard.type("5")
    book.write("План!B3", [[9]])
    desk.keyboard.press("Enter")
    desk.locator(".said").get_by_text("B3: «5» не записано.").wait_for()
    desk.clock.run_for(1_000)
    desk.locator("#B3").get_by_text("9").wait_for()
    assert book.read("План!B3") == [["9"]]


def test_f63_a_block_is_copied_and_pasted_and_cleared(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    open_sheet(desk, address, book)
    pick(desk, "A2")
    desk.keyboard.press("Shift+ArrowRight")
    desk.keyboard.press("Shift+ArrowDown")
    copied = desk.evaluate(
        """() => { const data = new DataTransfer();
        const event = new ClipboardEvent('copy', {clipboardData: data, bubbles: true, cancelable: true});
        document.querySelector('.grid-box').dispatchEvent(event); return data.getData('text/plain'); }"""
    )
    assert copied == "Яна\t3\nБорис\t1"
    pick(desk, "D6")
    desk.evaluate(
        """text => { const data = new DataTransfer(); data.setData('text/plain', text);
        const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
        document.querySelector('.grid-box').dispatchEvent(event); }""",
        copied,
    )
    written(desk)
    assert book.read("План!D6:E7", "UNFORMATTED_VALUE") == [["Яна", 3], ["Борис", 1]]
    pick(desk, "E6")
    desk.keyboard.press("Delete")
    desk.get_by_role("button", name="Отменить очистку E6").wait_for()
    assert book.read("План!D6:E7") == [["Яна"], ["Борис", "1"]]


def test_f63_cells_are_copied_by_the_keyboard_with_what_is_behind_them(
    school: School, address: str, desk: Page
) -> None:
    book = Book(school)
    book.write("План!D2:D3", [["=B2/7"], [""]], "USER_ENTERED")
    percent = {"userEnteredFormat": {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}}
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 3, "endColumnIndex": 4}
    book.change({"repeatCell": {"range": area, "cell": percent, "fields": "userEnteredFormat"}})
    open_sheet(desk, address, book)
    pick(desk, "D2")
    desk.keyboard.press("Control+c")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Control+v")
    written(desk)
    assert book.read("План!D3", "FORMULA") == [["=B3/7"]]
    assert book.read("План!D3") == [["14%"]]
    pick(desk, "D3")
    box = desk.locator("#D5").bounding_box()
    assert box is not None
    desk.mouse.move(box["x"] - 60, box["y"] - 30)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 10, box["y"] + 5, steps=4)
    desk.mouse.up()
    assert desk.locator("td.chosen").count() >= 4


def test_f63_a_tick_box_is_ticked_by_the_space_bar(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 2, "endColumnIndex": 3}
    book.change({"setDataValidation": {"range": area, "rule": {"condition": {"type": "BOOLEAN"}}}})
    open_sheet(desk, address, book)
    pick(desk, "C3")
    desk.keyboard.press("Space")
    written(desk)
    assert book.read("План!C2:C4", "UNFORMATTED_VALUE") == [[], [True]]
    assert desk.locator("#C3").inner_text() == "☑"


def test_f63_a_sheet_is_worked_in_without_scripts(school: School, address: str, browser: Browser) -> None:
    book = Book(school)
    context = browser.new_context(java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    open_sheet(page, address, book)
    page.locator("#A3 a").click()
    page.locator("#value").fill("Борислав")
    page.get_by_role("button", name="Записать").last.click()
    press(page, "Столбец", "Вставить слева")
    context.close()
    assert book.read("План!A1:B3") == [["", "ФИО"], ["", "Яна"], ["", "Борислав"]]


def test_the_head_stays_while_the_sheet_is_scrolled(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    book.write("План!A2:A300", [[f"строка {number}"] for number in range(2, 301)])
    desk.goto(f"{address}/spreadsheets/d/{book.id}/edit")
    before = desk.locator("#A1").bounding_box()
    note = {"rows": [{"values": [{"note": "Мама просила\nзвонить после шести."}]}], "fields": "note"}
    book.change({"updateCells": {**note, "start": {"sheetId": 0, "rowIndex": 2, "columnIndex": 1}}})
    book.write("План!A2", [["две\nстроки\nтри"]])
    for cell in ("A2", "B3"):
        pick(desk, cell)
        assert desk.locator("#A1").bounding_box() == before  # nothing jumps when a cell is chosen
    assert desk.get_by_text("звонить после шести.").last.is_visible()
    desk.locator(".grid-box").evaluate("box => box.scrollTop = 3000")
    assert desk.locator("#A1").bounding_box() == before
    assert desk.locator("#A1").is_visible() and before is not None
