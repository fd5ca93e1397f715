"""What people do to a form through the Forms API between two nights, and what the next night says of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import gspread
import pytest

from sheets_sync.errors import FormChangedError
from tests.small_school import QUESTIONNAIRE, SmallSchool

LATER = date(2022, 10, 20)
CONTACT = "Как с вами связаться — телефон или электронная почта (за ребёнка — ваши)"


def table(sheet: gspread.Worksheet) -> dict[str, dict[str, str]]:
    header, *body = sheet.get_all_values()
    return {row[0]: dict(zip(header, row, strict=True)) for row in body if row[0]}


def change(school: SmallSchool, title: str, request: Callable[[int, dict[str, Any]], dict[str, Any]]) -> None:
    """Send one batchUpdate request about the question of a title."""
    form_id = school.form_ids()[QUESTIONNAIRE]
    items = school.form(form_id)["items"]
    place = next(number for number, item in enumerate(items) if item.get("title") == title)
    body = {"requests": [request(place, items[place])]}
    school.forms().batchUpdate(formId=form_id, body=body).execute()


def asked(school: SmallSchool) -> list[str]:
    rows = table(school.book().worksheet("Вопросы к данным"))
    return [row["Что не так"] for key, row in rows.items() if key.startswith("форма/application")]


def newcomer(school: SmallSchool) -> None:
    school.apply(
        "Ярцева Инна Олеговна", born="2010-10-10", school_class="7 «А»", contact="мама: 8 900 555-44-33"
    )


def renamed(title: str) -> Callable[[int, dict[str, Any]], dict[str, Any]]:
    return lambda place, item: {
        "updateItem": {
            "item": item | {"title": title},
            "location": {"index": place},
            "updateMask": "title",
        }
    }


def test_f06_a_renamed_and_moved_question_is_told_and_its_answers_stay_in_their_column(
    school: SmallSchool,
) -> None:
    newcomer(school)
    change(school, CONTACT, renamed("Телефон для связи"))
    change(
        school,
        "Телефон для связи",
        lambda place, item: {"moveItem": {"originalLocation": {"index": place}, "newLocation": {"index": 0}}},
    )

    school.night(LATER)

    told = asked(school)
    assert any("теперь называется «Телефон для связи»" in text for text in told)
    assert any("порядок вопросов изменён" in text for text in told)
    stored = table(school.book().worksheet("Ответы: анкета участника")).values()
    assert [row["Связь"] for row in stored if "Ярцева" in row["ФИО участника"]] == ["мама: 8 900 555-44-33"]
    assert school.night(LATER).writes == 0, "what nobody changed since is not told again"


@pytest.mark.parametrize("harm", ["deleted", "retyped"])
def test_f06_a_deleted_or_retyped_question_stops_the_night_before_anything_is_written(
    school: SmallSchool, harm: str
) -> None:
    newcomer(school)
    if harm == "deleted":
        change(school, CONTACT, lambda place, item: {"deleteItem": {"location": {"index": place}}})
    else:

        def retyped(place: int, item: dict[str, Any]) -> dict[str, Any]:
            question = {k: v for k, v in item["questionItem"]["question"].items() if k != "textQuestion"}
            body = item | {"questionItem": {"question": question | {"dateQuestion": {"includeYear": True}}}}
            mask = "questionItem.question"
            return {"updateItem": {"item": body, "location": {"index": place}, "updateMask": mask}}

        change(school, CONTACT, retyped)
    before = school.open().look().generation
    said = "удалён" if harm == "deleted" else "другой вид ответа"

    with pytest.raises(FormChangedError, match=said):
        school.night(LATER)

    assert school.open().look().generation == before


def test_f06_a_question_added_again_in_the_place_of_a_deleted_one_is_followed_after_init(
    school: SmallSchool,
) -> None:
    kept: list[dict[str, Any]] = []

    def deleted(place: int, item: dict[str, Any]) -> dict[str, Any]:
        kept.append(item)
        return {"deleteItem": {"location": {"index": place}}}

    change(school, CONTACT, deleted)
    question = {"required": True, "textQuestion": {}}
    again = {"title": CONTACT, "questionItem": {"question": question}}
    form_id = school.form_ids()[QUESTIONNAIRE]
    body = {"requests": [{"createItem": {"item": again, "location": {"index": 2}}}]}
    school.forms().batchUpdate(formId=form_id, body=body).execute()
    newcomer(school)

    made = school.open().initialise().made

    assert made == (f"связь вопросов формы «{QUESTIONNAIRE}»",)
    school.night(LATER)
    stored = table(school.book().worksheet("Ответы: анкета участника")).values()
    assert [row["Связь"] for row in stored if "Ярцева" in row["ФИО участника"]] == ["мама: 8 900 555-44-33"]
    assert all(row["Связь"] for row in stored), "answers to the deleted question stay as they were read"
    assert school.open().initialise().made == ()


def test_f06_a_repeated_and_a_new_question_are_told_and_stop_being_told(school: SmallSchool) -> None:
    newcomer(school)
    form_id = school.form_ids()[QUESTIONNAIRE]
    added = [
        {"title": title, "questionItem": {"question": {"textQuestion": {}}}}
        for title in (CONTACT, "Размер футболки")
    ]
    body = {"requests": [{"createItem": {"item": item, "location": {"index": 3}}} for item in added]}
    school.forms().batchUpdate(formId=form_id, body=body).execute()
    school.night(LATER)
    assert any("стоит дважды" in text for text in asked(school))
    assert any("новый вопрос «Размер футболки»" in text for text in asked(school))
    change(school, "Размер футболки", lambda place, item: {"deleteItem": {"location": {"index": place}}})
    school.approve_pairs_by_key()  # something to write, so that the forms are looked at
    school.night(LATER)
    rows = table(school.book().worksheet("Вопросы к данным"))
    settled = {row["Что не так"]: row["Состояние"] for key, row in rows.items() if key.startswith("форма/")}
    assert [state for text, state in settled.items() if "футболки" in text] == ["решён"]
    assert [state for text, state in settled.items() if "стоит дважды" in text] == ["открыт"]


def test_f04_an_edited_answer_is_journaled_and_what_it_said_stays_beside_it(school: SmallSchool) -> None:
    school.allow_editing(QUESTIONNAIRE)
    link = school.apply("Ярцева Инна Олеговна", born="2010-10-10", school_class="7 «А»", contact="8 900 1")
    school.night(LATER)
    school.apply(
        "Ярцева Инна Ильинична", born="2010-10-10", school_class="8 «А»", contact="8 900 2", edit=link
    )

    school.night(date(2022, 10, 22))

    journal = [row["Что изменилось"] for row in table(school.book().worksheet("Журнал")).values()]
    assert any("«Класс»: «7 «А»» → «8 «А»»" in line for line in journal)
    assert any("«ФИО участника»: изменено" in line for line in journal)
    assert not any("Ярцева" in line or "8 900" in line for line in journal), "no name, no telephone"
    stored = table(school.book().worksheet("Ответы: анкета участника")).values()
    (row,) = [row for row in stored if row["ФИО участника"] == "Ярцева Инна Ильинична"]
    assert row["Прежние ответы"].splitlines() == [
        "ФИО участника: Ярцева Инна Олеговна",
        "Связь: 8 900 1",
        "Класс: 7 «А»",
    ]
    assert school.night(date(2022, 10, 22)).writes == 0
    people = [
        row
        for row in table(school.book().worksheet("Реестр")).values()
        if "Ярцева" in row["Фамилия, имя, отчество"]
    ]
    assert [row["Фамилия, имя, отчество"] for row in people] == ["Ярцева Инна Ильинична"], "the same record"


def test_f05_an_answer_deleted_in_the_form_is_marked_by_the_weekly_sweep_and_asked_about(
    school: SmallSchool,
) -> None:
    newcomer(school)
    school.night(LATER)
    (key,) = [
        key
        for key, row in table(school.book().worksheet("Ответы: анкета участника")).items()
        if "Ярцева" in row["ФИО участника"]
    ]
    school.delete_answer(QUESTIONNAIRE, key)

    quiet = school.night(date(2022, 10, 21))
    assert table(school.book().worksheet("Ответы: анкета участника"))[key]["Состояние"] == "учтён"
    school.open().run("weekly", date(2022, 10, 21))

    row = table(school.book().worksheet("Ответы: анкета участника"))[key]
    assert (row["Состояние"], row["ФИО участника"]) == ("удалён в форме", "Ярцева Инна Олеговна")
    asked_about = [r["Что не так"] for r in table(school.book().worksheet("Вопросы к данным")).values()]
    assert any("все анкеты участника удалены в форме" in text for text in asked_about)
    assert quiet.responses["application"].new == 0
