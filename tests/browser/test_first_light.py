"""A school's night seen by the people of the school: in a browser, with the program running in between."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import served
from tests.small_school import SmallSchool

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
NAME = "Ягодкина Мира Олеговна"


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallSchool]:
    school = SmallSchool(tmp_path)
    school.initialise()
    school.everybody_applies()
    yield school
    school.close()


@pytest.fixture
def place(small: SmallSchool) -> Iterator[str]:
    yield from served(small.emulator)


def open_tab(page: Page, place: str, tab: str) -> None:
    """Go the way of staff: the list, the folder, the spreadsheet, the tab."""
    page.goto(place)
    page.get_by_role("link", name="Наставничество —").click()
    page.get_by_role("link", name="наставничество 2022").click()
    page.get_by_role("navigation", name="Листы").get_by_role("link", name=tab, exact=True).click()


def cell_under(page: Page, header: str, row_text: str) -> str:
    """Return the address of the cell under a header in the row that shows a text."""
    head = page.locator("thead td").filter(has_text=header).first.get_attribute("id") or ""
    row = page.locator("tbody tr").filter(has_text=row_text).first.locator("th").inner_text()
    return head.rstrip("0123456789") + row


def type_into(page: Page, address: str, text: str) -> None:
    page.locator(f"#{address} a").first.click()
    page.locator(f".edit[data-cell={address}]").wait_for()
    box = page.locator("#value")
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(text)
    else:
        box.fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="Записать", exact=True).last.click()


def fill_as_a_parent(phone: Page, place: str, small: SmallSchool) -> None:
    form_id = small.form_ids()["Анкета участника наставничества"]
    phone.goto(f"{place}/forms/d/{form_id}/viewform")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for _ in range(8):
        fill_page(phone)
        assert phone.evaluate(wide) == 0
        with phone.expect_navigation():
            phone.locator("button.main").click()
        assert phone.locator(".problem").all_inner_texts() == []
        if phone.locator("[role=status]").count():
            return
    raise AssertionError("the form did not end")


ANSWERS = {
    "Фамилия, имя, отчество участника": NAME,
    "Как с вами связаться": "+7 900 000-00-01",
    "Дата рождения": "2011-05-19",
    "законного представителя": "Ягодкина Инна Львовна",
}
CHOSEN = (
    *("законный представитель за ребёнка", "обучающийся", "наставляемым"),
    *("русский язык и литература", "понедельник после уроков", "среда после уроков", "очно"),
)


def fill_page(phone: Page) -> None:
    """Answer every question of the page whose answer a parent knows."""
    for card in phone.locator("section.card").all():
        asked = card.locator(".ask")
        title = asked.inner_text() if asked.count() else ""
        for words, answer in ANSWERS.items():
            if words in title and card.locator("input[type=text], input[type=date], textarea").count():
                card.locator("input[type=text], input[type=date], textarea").first.fill(answer)
        for option in CHOSEN:
            found = card.get_by_label(option, exact=True)
            if found.count():
                found.first.check()
        if title.startswith("Класс") and card.locator("select").count():
            card.locator("select").select_option("6 «Б»")


def night(small: SmallSchool, day: date) -> None:
    """Run the product's night on the database that is being served, on a thread of its own."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            small.night(day)
        except BaseException as error:
            failed.append(error)
            raise

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []


def test_f63_a_parents_answer_becomes_a_row_a_pair_and_an_order(
    small: SmallSchool, place: str, phone: Page, desk: Page
) -> None:
    fill_as_a_parent(phone, place, small)
    night(small, date(2022, 9, 12))
    open_tab(desk, place, "Реестр")
    assert desk.locator("tbody tr").filter(has_text=NAME).count() == 1
    code = desk.locator("tbody tr").filter(has_text=NAME).locator("td").first.inner_text()

    open_tab(desk, place, "Согласия")
    type_into(desk, cell_under(desk, "Подписано (дата)", NAME), "10.09.2022")
    small.everybody_consents()
    night(small, date(2022, 9, 13))
    open_tab(desk, place, "Пары")
    assert desk.locator("tbody tr").filter(has_text=NAME).count() == 1
    type_into(desk, cell_under(desk, "Решение", NAME), "утвердить")
    night(small, date(2022, 9, 14))

    desk.goto(place)
    desk.get_by_role("link", name="Наставничество —").click()
    desk.get_by_role("link", name="О закреплении наставнических пар").click()
    assert desk.get_by_text(NAME).count() == 1 and desk.get_by_text("ПРИКАЗ").count() >= 1
    assert code not in desk.title()
    desk.emulate_media(media="print")
    assert not desk.get_by_text("Скачать DOCX").is_visible()
    printed = desk.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert pages == 3  # the order with its signature, the appendix, the list of those acquainted
    sides = [float(side) for side in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)[0]]
    assert sides == pytest.approx([595.28, 841.89], abs=1)  # A4, ISO 216: 210 × 297 mm


def test_f63_what_staff_typed_in_the_page_stands_after_the_next_night(
    small: SmallSchool, place: str, desk: Page
) -> None:
    night(small, date(2022, 9, 12))
    open_tab(desk, place, "Реестр")
    who, computed = "Ветров Глеб Ильич", cell_under(desk, "Связь", "Ветров Глеб Ильич")
    entered = cell_under(desk, "Кто провёл", who)
    type_into(desk, entered, "Берегова Н. С.")
    desk.locator(f"#{computed} a").first.click()
    desk.get_by_text("Эту часть считает программа").wait_for()
    assert desk.get_by_text("Эту часть считает программа").count() == 1
    desk.locator("#value").fill("звонить маме")
    with desk.expect_navigation():
        desk.get_by_role("button", name="Всё равно изменить").click()
    night(small, date(2022, 9, 13))
    open_tab(desk, place, "Реестр")
    assert desk.locator(f"#{entered}").inner_text() == "Берегова Н. С."
    assert desk.locator(f"#{computed}").inner_text() == "звонить маме"
    open_tab(desk, place, "Расхождения")
    assert desk.locator("tbody").get_by_text("звонить маме").count() == 1
