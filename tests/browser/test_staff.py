"""Staff open files from the list and work in a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.forms.school import School
from tests.conformance.pages.test_sheets import Book

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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


def take_back(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Отменить").click()


def test_a_cell_is_opened_from_the_list_changed_and_seen(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    desk.goto(address)
    desk.get_by_role("link", name="Наставничество").click()
    pick(desk, "A3")
    desk.locator("#value").fill("Борислав")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.locator("#A3").inner_text() == "Борислав"
    assert desk.locator("td.now").get_attribute("id") == "A4"
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
    with desk.expect_navigation():
        desk.keyboard.type("8")
        desk.keyboard.press("Tab")
    assert book.read("План!B3") == [["8"]]
    assert desk.locator("td.now").get_attribute("id") == "C3"
    with desk.expect_navigation():
        desk.keyboard.press("Control+z")
    assert book.read("План!B3") == [["1"]]


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
    with desk.expect_navigation():
        desk.evaluate(
            """text => { const data = new DataTransfer(); data.setData('text/plain', text);
            const event = new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true});
            document.querySelector('.grid-box').dispatchEvent(event); }""",
            copied,
        )
    assert book.read("План!D6:E7", "UNFORMATTED_VALUE") == [["Яна", 3], ["Борис", 1]]
    pick(desk, "E6")
    with desk.expect_navigation():
        desk.keyboard.press("Delete")
    assert book.read("План!D6:E7") == [["Яна"], ["Борис", "1"]]


def test_f63_a_tick_box_is_ticked_by_the_space_bar(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 2, "endColumnIndex": 3}
    book.change({"setDataValidation": {"range": area, "rule": {"condition": {"type": "BOOLEAN"}}}})
    open_sheet(desk, address, book)
    pick(desk, "C3")
    with desk.expect_navigation():
        desk.keyboard.press("Space")
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
    desk.locator(".grid-box").evaluate("box => box.scrollTop = 3000")
    assert desk.locator("#A1").bounding_box() == before
    assert desk.locator("#A1").is_visible() and before is not None
