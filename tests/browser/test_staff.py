"""Staff open files from the list and work in a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.forms.school import School
from tests.conformance.pages.test_sheets import Book

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_cell_is_opened_from_the_list_changed_and_seen(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    desk.goto(address)
    desk.get_by_role("link", name="Наставничество").click()
    desk.locator("#A3 a").click()
    desk.locator("#value").fill("Борислав")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.locator("#A3").inner_text() == "Борислав"
    assert desk.locator("td.now").get_attribute("id") == "A4"
    assert book.read("План!A3") == [["Борислав"]]


def test_rows_are_sorted_and_deleted_by_buttons(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    desk.goto(f"{address}/spreadsheets/d/{book.id}/edit?cell=A2")
    desk.get_by_role("button", name="А→Я", exact=True).click()
    assert [desk.locator(f"#A{row}").inner_text() for row in (2, 3, 4)] == ["Анна", "Борис", "Яна"]
    desk.locator("#A3 a").click()
    desk.get_by_role("button", name="− строка").click()
    assert book.read("План!A1:A4") == [["ФИО"], ["Анна"], ["Яна"]]


def test_the_head_stays_while_the_sheet_is_scrolled(school: School, address: str, desk: Page) -> None:
    book = Book(school)
    book.write("План!A2:A300", [[f"строка {number}"] for number in range(2, 301)])
    desk.goto(f"{address}/spreadsheets/d/{book.id}/edit")
    before = desk.locator("#A1").bounding_box()
    desk.locator(".grid-box").evaluate("box => box.scrollTop = 3000")
    assert desk.locator("#A1").bounding_box() == before
    assert desk.locator("#A1").is_visible() and before is not None
