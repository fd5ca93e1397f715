"""A parent fills a form on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conformance.forms.school import School, choice, question, section

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def survey(school: School) -> str:
    form_id = school.form(section("000000f1", "Обучающийся"), section("000000f2", "Педагог"))
    born = question("0000000c", "Дата рождения", required=True, dateQuestion={"includeYear": True})
    who = choice(
        "0000000a",
        {"value": "обучающийся", "goToSectionId": "000000f1"},
        {"value": "педагог", "goToSectionId": "000000f2"},
        required=True,
    )
    needs = choice("0000000d", "математика", "физика", {"isOther": True}, kind="CHECKBOX")
    for item, index in (
        (question("0000000e", "Предмет", required=True, textQuestion={}), 2),
        ({**needs, "title": "В чём нужна поддержка?"}, 1),
        (born, 1),
        (question("0000000b", "Фамилия, имя, отчество", required=True, textQuestion={}), 0),
        ({**who, "title": "Кто участник?"}, 0),
    ):
        school.change(form_id, {"createItem": {"item": item, "location": {"index": index}}})
    return form_id


def fields_outside(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


def test_a_form_is_filled_corrected_and_sent_page_by_page(school: School, address: str, phone: Page) -> None:
    form_id = survey(school)
    phone.goto(f"{address}/forms/d/e/{form_id}/viewform")
    assert fields_outside(phone) == 0
    phone.get_by_role("button", name="Далее").last.click()
    phone.get_by_text("Это обязательный вопрос.").nth(1).wait_for()
    phone.get_by_label("обучающийся").check()
    phone.get_by_label("Фамилия, имя, отчество").fill("О'Коннор-Ёжикова «Анна» <b>")
    phone.get_by_role("button", name="Далее").last.click()
    phone.get_by_role("heading", name="Обучающийся").wait_for()
    phone.get_by_label("Дата рождения").fill("2011-05-19")
    phone.get_by_label("физика").check()
    phone.get_by_label("Другое: впишите свой вариант").fill("шахматы\t")
    phone.get_by_role("button", name="Назад").click()
    assert phone.get_by_label("Фамилия, имя, отчество").input_value() == "О'Коннор-Ёжикова «Анна» <b>"
    phone.get_by_role("button", name="Далее").last.click()
    assert phone.get_by_label("физика").is_checked()
    phone.get_by_role("button", name="Далее").last.click()
    phone.get_by_role("heading", name="Педагог").wait_for()
    phone.get_by_label("Предмет").fill("—")
    phone.get_by_role("button", name="Отправить").last.click()
    phone.get_by_text("Ваш ответ записан.").wait_for()
    assert school.answers(form_id) == [
        {
            "0000000a": ["обучающийся"],
            "0000000b": ["О'Коннор-Ёжикова «Анна» <b>"],
            "0000000c": ["2011-05-19"],
            "0000000d": ["физика", "шахматы\t"],
            "0000000e": ["—"],
        }
    ]


def test_an_answer_is_corrected_by_its_edit_link(school: School, address: str, phone: Page) -> None:
    form_id = school.form(question("0000000b", "Имя", textQuestion={"paragraph": True}))
    phone.goto(f"{address}/forms/d/{form_id}/edit")
    phone.get_by_label("Разрешить изменение ответа после отправки").check()
    phone.get_by_role("button", name="Сохранить").click()
    phone.goto(f"{address}/forms/d/e/{form_id}/viewform")
    phone.get_by_label("Имя").fill("\nАна\nПетровна")
    phone.get_by_role("button", name="Отправить").last.click()
    phone.get_by_role("link", name="Изменить ответ").click()
    assert phone.get_by_label("Имя").input_value() == "\nАна\nПетровна"
    phone.get_by_label("Имя").fill("Анна")
    phone.get_by_role("button", name="Отправить").last.click()
    assert school.answers(form_id) == [{"0000000b": ["Анна"]}]


def test_a_form_is_filled_by_keyboard_alone(school: School, address: str, phone: Page) -> None:
    form_id = school.form(question("0000000b", "Имя", required=True, textQuestion={}))
    phone.goto(f"{address}/forms/d/e/{form_id}/viewform")
    phone.get_by_label("Имя").focus()
    phone.keyboard.type("Анна")
    with phone.expect_navigation():
        phone.keyboard.press("Enter")
    phone.get_by_text("Ваш ответ записан.").wait_for()
    assert school.answers(form_id) == [{"0000000b": ["Анна"]}]
