"""Every field that the discovery document gives to an item is kept, changed by its own mask, or refused."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sheets_sync.emulator import discovery
from tests.conformance.forms.school import School, create
from tests.conformance.sheets.book import refusal

Json = dict[str, Any]
Path = tuple[str, ...]
SCHEMAS: Json = discovery.document("forms.v1")["schemas"]
OUTPUT = frozenset(("contentUri",))
FEEDBACK = {
    "text": "Повторите тему.",
    "material": [
        {"link": {"uri": "https://example.org/", "displayText": "Учебник"}},
        {"video": {"youtubeUri": "https://www.youtube.com/watch?v=x", "displayText": "Урок"}},
    ],
}
PICTURE = {
    "sourceUri": "https://example.org/p.png",
    "altText": "Портрет",
    "properties": {"alignment": "CENTER", "width": 300},
}
GRADING = {
    "pointValue": 5,
    "correctAnswers": {"answers": [{"value": "да"}]},
    "generalFeedback": FEEDBACK,
    "whenRight": FEEDBACK,
    "whenWrong": FEEDBACK,
}
OPTIONS = [
    {"value": "да", "image": PICTURE, "goToAction": "SUBMIT_FORM"},
    {"value": "нет", "goToAction": "RESTART_FORM"},
    {"isOther": True},
]
QUESTIONS: Json = {
    "choiceQuestion": {"type": "RADIO", "shuffle": True, "options": OPTIONS},
    "textQuestion": {"paragraph": True},
    "scaleQuestion": {"low": 1, "high": 10, "lowLabel": "нет", "highLabel": "да"},
    "dateQuestion": {"includeTime": True, "includeYear": True},
    "timeQuestion": {"duration": True},
    "ratingQuestion": {"ratingScaleLevel": 5, "iconType": "HEART"},
}
VIDEO = {
    "youtubeUri": "https://www.youtube.com/watch?v=x",
    "properties": {"alignment": "RIGHT", "width": 200},
}
GRID = {"columns": {"type": "RADIO", "shuffle": True, "options": [{"value": "1"}, {"value": "2"}]}}
ROWS = [{"required": True, "rowQuestion": {"title": title}} for title in ("первая", "вторая")]
ITEMS: dict[str, Json] = {
    "questionGroupItem": {"grid": {**GRID, "shuffleQuestions": True}, "image": PICTURE, "questions": ROWS},
    "pageBreakItem": {},
    "textItem": {},
    "imageItem": {"image": PICTURE},
    "videoItem": {"video": VIDEO, "caption": "Подпись"},
    **{
        f"questionItem {kind}": {
            "image": PICTURE,
            "question": {
                "required": True,
                kind: body,
                "grading": GRADING
                if kind == "choiceQuestion"
                else {"generalFeedback": FEEDBACK, "pointValue": 2},
            },
        }
        for kind, body in QUESTIONS.items()
    },
}


def item(name: str) -> Json:
    return {"title": "Заголовок", "description": "Описание", name.split()[0]: deepcopy(ITEMS[name])}


def lost(sent: Any, kept: Any, path: str = "") -> list[str]:
    """What was sent and is not there; a picture's source comes back as its content."""
    if isinstance(sent, dict):
        held = kept if isinstance(kept, dict) else {}
        named = {("contentUri" if key == "sourceUri" else key): one for key, one in sent.items()}
        return [gone for key, one in named.items() for gone in lost(one, held.get(key), f"{path}.{key}")]
    if isinstance(sent, list):
        if not isinstance(kept, list) or len(kept) != len(sent):
            return [path]
        return [gone for one, two in zip(sent, kept, strict=True) for gone in lost(one, two, path)]
    return [] if sent == kept else [path]


def paths(body: Json, schema: str, before: Path = ()) -> Iterator[Path]:
    """Every path of a mask that leads to something in a body, through no list but at its end."""
    for name, value in body.items():
        yield (*before, name)
        spec = SCHEMAS[schema]["properties"][name]
        if isinstance(value, dict) and "$ref" in spec:
            yield from paths(value, spec["$ref"], (*before, name))


@pytest.fixture
def quiz(school: School) -> str:
    made = school.form()
    settings = {"settings": {"quizSettings": {"isQuiz": True}}, "updateMask": "quizSettings.isQuiz"}
    school.change(made, {"updateSettings": settings})
    return made


@pytest.mark.feature("F60")
@pytest.mark.parametrize("name", ITEMS)
def test_an_item_keeps_every_field(school: School, quiz: str, name: str) -> None:
    school.change(quiz, create(item(name), 0))
    assert lost(item(name), school.forms.get(formId=quiz).execute()["items"][0]) == []


@pytest.mark.feature("F60")
def test_the_items_above_hold_every_field_that_can_be_written() -> None:
    def named(schema: str, above: frozenset[str] = frozenset()) -> set[str]:
        found = set()
        for name, spec in SCHEMAS[schema]["properties"].items():
            inner = spec.get("items", spec).get("$ref")
            found |= {f"{schema}.{name}"}
            if inner and inner not in above and inner not in ("FileUploadQuestion",):
                found |= named(inner, above | {schema})
        return found

    def used(value: Json, schema: str) -> set[str]:
        found = set()
        for name, one in value.items():
            spec = SCHEMAS[schema]["properties"][name]
            found |= {f"{schema}.{name}"}
            inner = spec.get("items", spec).get("$ref")
            for part in one if isinstance(one, list) else [one]:
                found |= used(part, inner) if inner else set()
        return found

    held = set().union(*(used(item(name), "Item") for name in ITEMS))
    left = {"Item.itemId", "Question.questionId", "Question.fileUploadQuestion", "Image.contentUri"}
    assert named("Item") - held == left | {"Option.goToSectionId"}


@pytest.mark.feature("F60")
@pytest.mark.parametrize("name", ITEMS)
def test_each_mask_alone_puts_its_field_back(school: School, quiz: str, name: str) -> None:
    """Take a field out of the item, then set it by a mask of nothing but itself."""
    school.change(quiz, create(item(name), 0))
    whole = school.forms.get(formId=quiz).execute()["items"][0]
    for path in paths(item(name), "Item"):
        if path[-1] in OUTPUT | {"sourceUri"}:
            continue
        change = {"item": whole, "location": {"index": 0}, "updateMask": ".".join(path)}
        school.change(quiz, {"updateItem": change})
        assert school.forms.get(formId=quiz).execute()["items"][0] == whole, path
        lacking = deepcopy(whole)
        node: Any = lacking
        for step in path[:-1]:
            node = node[step]
        node.pop(path[-1], None)
        try:
            school.change(quiz, {"updateItem": {**change, "item": lacking}})
        except HttpError as refused:  # a field that an item must have
            assert refused.status_code == 400, path
            continue
        assert school.forms.get(formId=quiz).execute()["items"][0] != whole, path
        school.change(quiz, {"updateItem": {**change, "updateMask": "*"}})


@pytest.mark.feature("F60")
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("updateItem", {"item": {"textItem": {}}, "location": {"index": 0}}),
        ("updateFormInfo", {"info": {}}),
        ("updateSettings", {"settings": {}}),
    ],
)
def test_a_mask_of_no_field_is_refused(school: School, quiz: str, kind: str, body: Json) -> None:
    school.change(quiz, create(item("textItem"), 0))
    for mask in ("nonsense", "title.nonsense", "items.title"):
        said = refusal(lambda mask=mask: school.change(quiz, {kind: {**body, "updateMask": mask}}))
        assert said.startswith(f"400 Invalid requests[0].{kind}: "), mask


@pytest.mark.feature("F60")
@pytest.mark.parametrize(
    ("kind", "grading"),
    [
        ("textQuestion", {"pointValue": 1, "whenRight": FEEDBACK}),
        ("choiceQuestion", {"pointValue": 1, "whenWrong": FEEDBACK}),
        ("choiceQuestion", {"pointValue": 1, "generalFeedback": {}}),
        ("choiceQuestion", {"pointValue": 1, "generalFeedback": {"text": "x", "material": [{}]}}),
        ("choiceQuestion", {"pointValue": -1}),
    ],
)
def test_an_answer_key_that_its_question_cannot_have_is_refused(
    school: School, quiz: str, kind: str, grading: Json
) -> None:
    """Source: discovery Grading and Feedback."""
    asked = {"questionItem": {"question": {kind: QUESTIONS[kind], "grading": grading}}}
    assert refusal(lambda: school.change(quiz, create(asked, 0))).startswith(
        "400 Invalid requests[0].createItem: "
    )


@pytest.mark.feature("F60")
def test_a_watch_brings_no_id_of_its_own(school: School, quiz: str) -> None:
    """Source: discovery CreateWatchRequest.watch ("No ID should be set on this object")."""
    topic = {"topic": {"topicName": "projects/p/topics/t"}}
    watch = {"watch": {"id": "mine", "eventType": "RESPONSES", "target": topic}}
    assert refusal(lambda: school.forms.watches().create(formId=quiz, body=watch).execute()).startswith(
        "400 "
    )
