"""A parent fills a form on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.looks import assert_readable, fields_outside
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


def every_kind(school: School) -> str:
    """Make a form with every kind of question that a page shows."""
    rows = [
        {
            "questionId": f"000000{name}",
            "required": True,
            "rowQuestion": {"title": f"Мне легко учиться, {name}"},
        }
        for name in ("d1", "d2")
    ]
    options = [{"value": word} for word in ("полностью не согласен", "затрудняюсь", "полностью согласен")]
    scale = {"low": 0, "high": 10, "lowLabel": "совсем не готов", "highLabel": "готов"}
    return school.form(
        {**choice("00000001", "да", "нет", {"isOther": True}, required=True), "title": "Выбор"},
        {**choice("00000002", "да", {"isOther": True}, kind="CHECKBOX", required=True), "title": "Несколько"},
        {**choice("00000003", "да", "нет", kind="DROP_DOWN", required=True), "title": "Список"},
        question("00000004", "Строка", required=True, textQuestion={}),
        question("00000005", "Абзац", required=True, textQuestion={"paragraph": True}),
        question("00000006", "Шкала", required=True, scaleQuestion=scale),
        question(
            "00000007", "Оценка", required=True, ratingQuestion={"ratingScaleLevel": 10, "iconType": "HEART"}
        ),
        question("00000008", "Дата", required=True, dateQuestion={"includeYear": True}),
        question("00000009", "День", required=True, dateQuestion={}),
        question("0000000a", "День и час", required=True, dateQuestion={"includeTime": True}),
        question("0000000b", "Время", required=True, timeQuestion={}),
        question("0000000c", "Длительность", required=True, timeQuestion={"duration": True}),
        {
            "title": "Сетка",
            "questionGroupItem": {
                "grid": {"columns": {"type": "RADIO", "options": options}},
                "questions": rows,
            },
        },
        section("000000f1", "Второй раздел"),
    )


def test_f63_every_kind_of_question_can_be_read_and_named(school: School, address: str, phone: Page) -> None:
    phone.goto(f"{address}/forms/d/e/{every_kind(school)}/viewform")
    assert_readable(phone)
    phone.set_viewport_size({"width": 320, "height": 640})  # source: WCAG 2.2, 1.4.10
    assert fields_outside(phone) == 0
    phone.get_by_role("button", name="Далее").last.click()
    phone.get_by_text("14 вопросов нужно поправить").wait_for()
    phone.wait_for_load_state()  # the text may come before its style sheet
    assert fields_outside(phone) == 0
    assert_readable(phone)
    small = phone.evaluate(
        """() => [...document.querySelectorAll("label.option, .scale label, td label, select, button.main")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 35)
        .map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert small == []  # a finger must hit them; source: WCAG 2.2, 2.5.8 asks for 24
