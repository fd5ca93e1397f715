"""forms.create, get, batchUpdate and setPublishSettings through Google's own client."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from tests.conformance.forms.school import BASE, School, choice, create, question, section, text


def refused(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as caught:
        request()
    error = json.loads(caught.value.content)["error"]
    return error["code"], error["message"]


def titles(form: dict[str, Any]) -> list[str]:
    return [item["title"] for item in form.get("items", [])]


def without_new_parts(item: dict[str, Any]) -> dict[str, Any]:
    """Leave out the item's id and `required: false`, which an answer does not carry."""
    asked = item.get("questionItem", {}).get("question", {})
    kept = {key: value for key, value in asked.items() if value is not False}
    rest = {key: value for key, value in item.items() if key not in ("itemId", "questionItem")}
    return rest | {"question": kept}


def line(title: str) -> dict[str, Any]:
    return {"title": title, "questionItem": {"question": {"textQuestion": {}}}}


def test_a_new_form_has_only_its_titles_and_is_unpublished(school: School) -> None:
    made = school.forms.create(body={"info": {"title": "Анкета", "documentTitle": "Ф1"}}).execute()
    assert made["info"] == {"title": "Анкета", "documentTitle": "Ф1"}
    assert made["publishSettings"] == {"publishState": {}}
    assert "items" not in made and "linkedSheetId" not in made
    assert made["responderUri"].startswith(f"{BASE}/forms/d/e/1FAIpQLS")
    assert school.forms.get(formId=made["formId"]).execute() == made


def test_create_refuses_everything_but_titles(school: School) -> None:
    for body in (
        {"info": {"title": "А", "description": "Б"}},
        {"info": {"title": "А"}, "items": [line("В")]},
    ):
        code, message = refused(lambda body=body: school.forms.create(body=body).execute())
        assert code == 400
        assert message.startswith("Only info.title can be set when creating a form.")


def test_a_form_without_document_title_is_filed_as_untitled(school: School) -> None:
    made = school.forms.create(body={"info": {"title": "Анкета"}}).execute()
    assert made["info"]["documentTitle"] == "Untitled form"


def test_items_are_created_at_any_index_up_to_their_number(school: School) -> None:
    form_id = school.form()
    reply = school.change(form_id, create(line("б"), 0), create(line("в"), 1), create(line("а"), 0))
    assert titles(school.forms.get(formId=form_id).execute()) == ["а", "б", "в"]
    made = reply["replies"][0]["createItem"]
    assert len(made["itemId"]) == 8 and len(made["questionId"]) == 1
    code, message = refused(lambda: school.change(form_id, create(line("г"), 4)))
    assert (code, message.split(":")[0]) == (400, "Invalid requests[0].createItem")


def test_a_batch_with_one_bad_request_changes_nothing(school: School) -> None:
    form_id = school.form(line("а"))
    before = school.forms.get(formId=form_id).execute()
    code, message = refused(lambda: school.change(form_id, create(line("б"), 0), create(line("в\nг"), 0)))
    assert (code, message) == (400, "Invalid requests[1].createItem: Displayed text cannot contain newlines")
    assert school.forms.get(formId=form_id).execute() == before


def test_move_and_delete_follow_the_indexes(school: School) -> None:
    form_id = school.form(line("а"), line("б"), line("в"))
    move = {"moveItem": {"originalLocation": {"index": 0}, "newLocation": {"index": 2}}}
    school.change(form_id, move, {"deleteItem": {"location": {"index": 0}}})
    assert titles(school.forms.get(formId=form_id).execute()) == ["в", "а"]


def test_update_item_keeps_what_the_mask_leaves_out(school: School) -> None:
    form_id = school.form(question("0000aaaa", "старое", textQuestion={"paragraph": True}))
    item = {"title": "новое", "questionItem": {"question": {"required": True}}}
    mask = "title,questionItem.question.required"
    school.change(form_id, {"updateItem": {"item": item, "location": {"index": 0}, "updateMask": mask}})
    [after] = school.forms.get(formId=form_id).execute()["items"]
    assert after["title"] == "новое"
    assert after["questionItem"]["question"] == {
        "questionId": "0000aaaa",
        "required": True,
        "textQuestion": {"paragraph": True},
    }


def test_update_item_without_an_id_in_the_mask_of_everything_makes_a_new_one(school: School) -> None:
    form_id = school.form(question("0000aaaa", textQuestion={}))
    school.change(form_id, {"updateItem": {"item": line("б"), "location": {"index": 0}, "updateMask": "*"}})
    [after] = school.forms.get(formId=form_id).execute()["items"]
    assert after["questionItem"]["question"]["questionId"] != "0000aaaa"


def test_a_question_changed_to_another_kind_loses_the_old_kind(school: School) -> None:
    form_id = school.form(question("0000aaaa", textQuestion={}))
    item = {"questionItem": {"question": {"dateQuestion": {"includeYear": True}}}}
    mask = "questionItem.question.dateQuestion"
    school.change(form_id, {"updateItem": {"item": item, "location": {"index": 0}, "updateMask": mask}})
    [after] = school.forms.get(formId=form_id).execute()["items"]
    assert after["questionItem"]["question"] == {
        "questionId": "0000aaaa",
        "dateQuestion": {"includeYear": True},
    }


def test_info_and_settings_change_only_by_mask(school: School) -> None:
    form_id = school.form()
    info = {
        "updateFormInfo": {
            "info": {"title": "Новая", "description": "Для родителей"},
            "updateMask": "description",
        }
    }
    settings = {"updateSettings": {"settings": {"emailCollectionType": "RESPONDER_INPUT"}, "updateMask": "*"}}
    after = school.change(form_id, info, settings, includeFormInResponse=True)["form"]
    assert after["info"] == {"title": "Анкета", "documentTitle": "Анкета Ф1", "description": "Для родителей"}
    assert after["settings"] == {"emailCollectionType": "RESPONDER_INPUT"}
    code, _ = refused(lambda: school.change(form_id, {"updateFormInfo": {"info": {"title": "Б"}}}))
    assert code == 400


def test_document_title_cannot_be_changed_by_a_batch(school: School) -> None:
    form_id = school.form()
    change = {"updateFormInfo": {"info": {"documentTitle": "Б"}, "updateMask": "documentTitle"}}
    assert refused(lambda: school.change(form_id, change))[0] == 400


def test_a_required_revision_that_is_not_the_latest_is_refused(school: School) -> None:
    form_id = school.form()
    first = school.forms.get(formId=form_id).execute()["revisionId"]
    control = {"writeControl": {"requiredRevisionId": first}}
    second = school.change(form_id, create(line("а")), **control)["writeControl"]["requiredRevisionId"]
    assert second == school.forms.get(formId=form_id).execute()["revisionId"] != first
    assert refused(lambda: school.change(form_id, create(line("б")), **control))[0] == 400
    assert titles(school.forms.get(formId=form_id).execute()) == ["а"]


@pytest.mark.parametrize(
    "item",
    [
        question("0000aaaa", fileUploadQuestion={"folderId": "x"}),
        question("0000aaaa", scaleQuestion={"low": 2, "high": 5}),
        question("0000aaaa", scaleQuestion={"low": 1, "high": 11}),
        question("0000aaaa", ratingQuestion={"ratingScaleLevel": 5}),
        question("0000aaaa", rowQuestion={"title": "строка"}),
        question("0000aaaa", textQuestion={}, dateQuestion={}),
        question("zzzz", textQuestion={}),
        choice("0000aaaa", "да", "да"),
        choice("0000aaaa"),
        choice("0000aaaa", "да", {"isOther": True}, kind="DROP_DOWN"),
        choice("0000aaaa", {"value": "да", "goToAction": "SUBMIT_FORM"}, kind="CHECKBOX"),
        choice("0000aaaa", {"value": "да", "goToSectionId": "00000fff"}),
        {"title": "без вида"},
    ],
)
def test_items_that_google_has_no_way_to_make_are_refused(school: School, item: dict[str, Any]) -> None:
    form_id = school.form()
    code, message = refused(lambda: school.change(form_id, create(item)))
    assert code == 400
    assert message.startswith("Invalid requests[0].createItem: ")


def test_an_other_option_with_a_text_is_refused_in_googles_words(school: School) -> None:
    form_id = school.form()
    item = choice("0000aaaa", "да", {"isOther": True, "value": "другое"})
    assert refused(lambda: school.change(form_id, create(item)))[1].endswith(
        "Cannot set option.value when isOther is true"
    )


def test_an_id_used_twice_is_refused(school: School) -> None:
    form_id = school.form(question("0000aaaa", textQuestion={}))
    assert refused(lambda: school.change(form_id, create(question("0000aaaa", textQuestion={}))))[0] == 400


def test_every_kind_of_item_comes_back_as_it_was_made(school: School) -> None:
    grid = {
        "title": "Сетка",
        "questionGroupItem": {
            "questions": [{"questionId": "0000000a", "rowQuestion": {"title": "пн"}, "required": True}],
            "grid": {"columns": {"type": "RADIO", "options": [{"value": "да"}, {"value": "нет"}]}},
        },
    }
    made = [
        question("00000001", textQuestion={"paragraph": True}),
        question("00000002", dateQuestion={"includeYear": True, "includeTime": True}),
        question("00000003", timeQuestion={"duration": True}),
        question("00000004", scaleQuestion={"low": 1, "high": 10, "lowLabel": "нет", "highLabel": "да"}),
        question("00000005", ratingQuestion={"ratingScaleLevel": 5, "iconType": "STAR"}),
        choice("00000006", "да", {"isOther": True}, kind="CHECKBOX", required=True),
        grid,
        section("000000ff"),
        {"title": "Пояснение", "description": "две\nстроки", "textItem": {}},
    ]
    form_id = school.form(*made)
    shown = school.forms.get(formId=form_id).execute()["items"]
    assert [without_new_parts(item) for item in shown] == [without_new_parts(item) for item in made]
    assert shown[7]["itemId"] == "000000ff"


def test_removing_a_section_lets_the_options_that_led_there_go_on(school: School) -> None:
    form_id = school.form(section("000000ff"))
    school.change(form_id, create(choice("0000aaaa", {"value": "да", "goToSectionId": "000000ff"})))
    school.change(form_id, {"deleteItem": {"location": {"index": 1}}})
    [item] = school.forms.get(formId=form_id).execute()["items"]
    assert item["questionItem"]["question"]["choiceQuestion"]["options"] == [{"value": "да"}]


def test_publishing_needs_both_switches_and_accepting_needs_publishing(school: School) -> None:
    form_id = school.form(published=False)
    body = {"publishSettings": {"publishState": {"isPublished": True}}}
    assert refused(lambda: school.forms.setPublishSettings(formId=form_id, body=body).execute())[0] == 400
    assert refused(lambda: school.publish(form_id, published=False, accepting=True))[0] == 400
    done = school.publish(form_id)
    state = {"publishState": {"isPublished": True, "isAcceptingResponses": True}}
    assert done == {"formId": form_id, "publishSettings": state}
    assert school.forms.get(formId=form_id).execute()["publishSettings"] == state


def test_publishing_is_not_a_change_of_content(school: School) -> None:
    form_id = school.form(published=False)
    before = school.forms.get(formId=form_id).execute()["revisionId"]
    school.publish(form_id)
    assert school.forms.get(formId=form_id).execute()["revisionId"] == before


def test_grading_needs_a_quiz_and_goes_with_it(school: School) -> None:
    grading = {"pointValue": 2, "correctAnswers": {"answers": [{"value": "4"}]}}
    item = question("0000aaaa", "Дважды два?", textQuestion={}, grading=grading)
    form_id = school.form()
    assert refused(lambda: school.change(form_id, create(item)))[0] == 400
    quiz = {
        "updateSettings": {
            "settings": {"quizSettings": {"isQuiz": True}},
            "updateMask": "quizSettings.isQuiz",
        }
    }
    school.change(form_id, quiz, create(item))
    for given in ("4", "5"):
        school.fill(form_id, {"entry.0000aaaa": given})
        school.later(seconds=1)
    right, wrong = school.responses(form_id)
    assert right["totalScore"] == 2 and right["answers"]["0000aaaa"]["grade"] == {"score": 2, "correct": True}
    assert "totalScore" not in wrong and wrong["answers"]["0000aaaa"]["grade"] == {}
    off = {"updateSettings": {"settings": {}, "updateMask": "quizSettings"}}
    assert "grading" not in str(school.change(form_id, off, includeFormInResponse=True)["form"])


def test_an_unknown_form_is_not_found(school: School) -> None:
    assert refused(lambda: school.forms.get(formId="1" + "x" * 43).execute()) == (
        404,
        "Requested entity was not found.",
    )


def test_the_owners_page_lists_questions_with_their_field_names(school: School) -> None:
    form_id = school.form(question("0000aaaa", "Как <вас> зовут?", textQuestion={}))
    page = text(school.get(f"/forms/d/{form_id}/edit"))
    assert "entry.43690" in page
    assert "Как &lt;вас&gt; зовут?" in page


def test_a_form_is_unpublished_by_one_switch(school: School) -> None:
    form_id = school.form()
    state = {"publishState": {"isPublished": False}}
    school.forms.setPublishSettings(formId=form_id, body={"publishSettings": state}).execute()
    shown = school.forms.get(formId=form_id).execute()["publishSettings"]["publishState"]
    assert not shown.get("isPublished")
    assert not shown.get("isAcceptingResponses")
