"""A respondent's form beyond what a browser test walks through: one answer per filling, and what is said."""

from __future__ import annotations

import re

import pytest

from tests.conformance.forms.school import School, choice, question, text

FORM = "/forms/d/e/{}/viewform"


def key_of(school: School, form_id: str) -> str:
    key: str
    [key] = re.findall(r'name="sent" value="([\w-]+)"', text(school.get(FORM.format(form_id))))
    return key


def test_f63_a_button_pressed_twice_sends_one_answer_and_says_the_same(school: School) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    school.staff_post(f"/forms/d/{form_id}/edit", {"edit_after_submit": "on", "confirmation": "Спасибо"})
    fields = {"entry.10": "да", "sent": key_of(school, form_id)}
    first, second = school.fill(form_id, fields), school.fill(form_id, fields)
    assert (first.status, second.status) == (200, 200)
    assert "Спасибо" in text(first) and text(first) == text(second)
    assert school.answers(form_id) == [{"0000000a": ["да"]}]


def test_another_filling_is_another_answer_and_so_is_one_without_a_page(school: School) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    for _ in range(2):
        school.fill(form_id, {"entry.10": "да", "sent": key_of(school, form_id)})
        school.fill(form_id, {"entry.10": "да"})
    assert len(school.answers(form_id)) == 4


def test_the_key_of_a_filling_goes_with_it_from_page_to_page(school: School) -> None:
    form_id = school.form(question("0000000a", required=True, textQuestion={}))
    key = key_of(school, form_id)
    refused = school.fill(form_id, {"sent": key, "step": "submit"})
    assert refused.status == 400 and f'name="sent" value="{key}"' in text(refused)


def test_keys_are_not_kept_for_ever(school: School) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    key = key_of(school, form_id)
    school.fill(form_id, {"entry.10": "да", "sent": key})
    school.later(days=3)
    school.fill(form_id, {"entry.10": "да", "sent": key_of(school, form_id)})
    with school.workspace.store.transaction(writes=False) as tx:
        assert tx.execute("SELECT count(*) FROM page_filled").fetchone() == (1,)


def test_what_is_wrong_stands_at_its_question_and_is_tied_to_it(school: School) -> None:
    form_id = school.form(
        question("0000000a", "Имя", required=True, textQuestion={}),
        choice("0000000b", "да", "нет", required=True),
        question("0000000c", "Дата", dateQuestion={"includeYear": True}),
    )
    page = text(school.fill(form_id, {"entry.12": "31.02.2022", "step": "submit"}))
    assert "3 вопроса нужно поправить" in page and 'href="#entry.10-card"' in page
    assert 'id="entry.10-problem">Это обязательный вопрос.' in page
    assert re.search(r'id="entry\.10" [^>]*aria-invalid="true" aria-describedby="entry\.10-problem"', page)
    assert 'aria-labelledby="entry.11-ask" aria-describedby="entry.11-problem"' in page
    assert "Такой даты нет. Укажите число, месяц и год" in page


def test_f63_a_row_of_a_grid_that_is_not_answered_says_so_in_its_place(school: School) -> None:
    rows = [
        {"questionId": f"0000000{name}", "required": True, "rowQuestion": {"title": f"строка {name}"}}
        for name in "ab"
    ]
    columns = {"type": "RADIO", "options": [{"value": "да"}, {"value": "нет"}]}
    grid = {"title": "Сетка", "questionGroupItem": {"grid": {"columns": columns}, "questions": rows}}
    form_id = school.form(grid)
    page = text(school.fill(form_id, {"entry.10": "да", "step": "submit"}))
    assert page.count("Это обязательный вопрос.") == 1
    assert re.search(r'строка b.*?id="entry\.11-problem">Это обязательный вопрос\.', page)
    assert page.count('id="entry.11-card"') == 1 and 'href="#entry.11-card"' in page


@pytest.mark.parametrize(("published", "accepting"), [(False, False), (True, False)])
def test_a_closed_or_unpublished_form_says_so_and_takes_nothing(
    school: School, published: bool, accepting: bool
) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    school.publish(form_id, published=published, accepting=accepting)
    shown, sent = school.get(FORM.format(form_id)), school.fill(form_id, {"entry.10": "да"})
    for answer in (shown, sent):
        assert answer.status == 403
        assert "Форма больше не принимает ответы" in text(answer)
        assert ("Анкета" in text(answer)) == published
    assert school.answers(form_id) == []


def test_an_address_is_asked_for_and_checked_when_the_form_collects_it(school: School) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    settings = {"settings": {"emailCollectionType": "RESPONDER_INPUT"}, "updateMask": "emailCollectionType"}
    school.change(form_id, {"updateSettings": settings})
    assert 'type="email"' in text(school.get(FORM.format(form_id)))
    for wrong in ("не адрес", "мама@школа", "a@b..ru", "a@", "a b@school.example"):
        refused = school.fill(form_id, {"entry.10": "да", "emailAddress": wrong})
        assert refused.status == 400 and "Укажите адрес электронной почты" in text(refused)
    assert school.fill(form_id, {"entry.10": "да", "emailAddress": "a@school.example"}).status == 200
    assert [one["respondentEmail"] for one in school.responses(form_id)] == ["a@school.example"]


def test_f63_a_form_is_closed_and_opened_by_one_button(school: School) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    edit = f"/forms/d/{form_id}/edit"
    switched = {"edit_after_submit": "on", "confirmation": "Спасибо"}
    school.staff_post(edit, switched)
    assert "Больше не принимать ответы" in text(school.get(edit))
    assert school.staff_post(edit, {"accepting": "no"}).status == 303
    assert school.fill(form_id, {"entry.10": "да"}).status == 403
    state = school.forms.get(formId=form_id).execute()["publishSettings"]["publishState"]
    assert state == {"isPublished": True}
    assert "Открыть для ответов" in text(school.get(edit))
    school.staff_post(edit, {"accepting": "yes"})
    assert "Спасибо" in text(school.fill(form_id, {"entry.10": "да"}))
    assert "checked" in text(school.get(edit)).partition('name="edit_after_submit"')[2].partition(">")[0]


def test_f63_a_picture_is_linked_to_and_nothing_is_loaded_from_outside(school: School) -> None:
    image = {"sourceUri": "https://school.example/карта.png", "altText": "План школы"}
    page = text(school.get(FORM.format(school.form({"title": "Где это", "imageItem": {"image": image}}))))
    assert "Открыть картинку" in page and "План школы" in page and "<img" not in page
