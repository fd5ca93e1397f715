"""Items of a form: their kinds, the questions inside, tidy JSON and identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from sheets_sync.emulator.forms.questions import Json, check_choices, check_question, displayed
from sheets_sync.emulator.forms.refusal import Refused

ITEM_KINDS = (
    "questionItem",
    "questionGroupItem",
    "pageBreakItem",
    "textItem",
    "imageItem",
    "videoItem",
)
_MEANINGFUL_WHEN_EMPTY = frozenset(
    (
        *ITEM_KINDS,
        "textQuestion",
        "dateQuestion",
        "timeQuestion",
        "choiceQuestion",
        "scaleQuestion",
        "ratingQuestion",
        "rowQuestion",
        "question",
    )
)
_ID = re.compile(r"[0-9a-f]{8}")
NewId = Callable[[], str]


def item_kind(item: Json) -> str:
    """Return the name of the one kind that an item has.

    Source: discovery Item ("kind defines which kind of item it is"); the text is assumed.
    """
    kinds = [kind for kind in ITEM_KINDS if kind in item]
    if len(kinds) != 1:
        raise Refused("Item must have exactly one kind")
    return kinds[0]


def questions_of(item: Json) -> list[Json]:
    """Return the questions inside an item, in order; the very objects, not copies."""
    if "questionItem" in item:
        question = item["questionItem"].get("question")
        return [question] if question is not None else []
    if "questionGroupItem" in item:
        return list(item["questionGroupItem"].get("questions", []))
    return []


def all_questions(items: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield (item, question) for every question of the form, in order."""
    for item in items:
        for question in questions_of(item):
            yield item, question


def section_ids(items: list[Json]) -> frozenset[str]:
    """Return the ids of the page breaks of a form."""
    return frozenset(item["itemId"] for item in items if "pageBreakItem" in item and "itemId" in item)


def tidy(value: Any, key: str = "") -> Any:
    """Return a copy in proto3's JSON: unset, false, zero and empty fields left out, kinds kept.

    Source: recorded answers of Sheets, where unset fields are absent; applied to Forms alike.
    """
    if isinstance(value, dict):
        kept = {name: tidy(inner, name) for name, inner in value.items()}
        return {
            name: inner
            for name, inner in kept.items()
            if inner or (isinstance(inner, dict) and name in _MEANINGFUL_WHEN_EMPTY)
        }
    if isinstance(value, list):
        return [tidy(inner, key) for inner in value]
    return value


def check_item(item: Json, *, sections: frozenset[str], is_quiz: bool) -> None:
    """Refuse an item that Google would not create.

    `item` has passed `with_image_links`; `sections` are the ids of the form's page breaks.
    Source: discovery Item and its kinds; texts of refusals are assumed where `questions.py` names no
    source.
    """
    kind = item_kind(item)
    displayed(item.get("title", ""))
    inside = questions_of(item)
    for question in inside:
        check_question(question, in_group=kind == "questionGroupItem", sections=sections)
        if "grading" in question and not is_quiz:
            raise Refused("Grading can only be set when the form is a quiz")
    if kind == "questionItem" and not inside:
        raise Refused("Question item must have a question")
    if kind == "questionGroupItem":
        if not inside:
            raise Refused("Question group must have at least one question")
        columns = item["questionGroupItem"].get("grid", {}).get("columns")
        if columns is None:
            raise Refused("Question group must have a grid with columns")
        check_choices(columns, sections=sections, in_grid=True)
    if kind == "imageItem" and not item["imageItem"].get("image", {}).get("contentUri"):
        raise Refused("Image must have a sourceUri")
    if kind == "videoItem" and not item["videoItem"].get("video", {}).get("youtubeUri"):
        raise Refused("Video must have a youtubeUri")


def with_image_links(value: Any) -> Any:
    """Return a copy in which every image's input-only `sourceUri` has become its `contentUri`.

    Source: discovery Image. Google keeps its own copy of the picture; this workspace has no network,
    so the link stays the sender's (assumed to be good enough for clients).
    """
    if isinstance(value, list):
        return [with_image_links(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    copied = {name: with_image_links(inner) for name, inner in value.items()}
    image = copied.get("image")
    if isinstance(image, dict) and "sourceUri" in image:
        image["contentUri"] = image.pop("sourceUri")
    return copied


def identified(item: Json, taken: set[str], new_id: NewId) -> Json:
    """Return a copy of an item in which it and its questions have ids unused in the form.

    `taken` are the ids used by the rest of the form. Source: discovery Item.itemId and
    Question.questionId ("can be provided but the ID must not be already used"); that ids are
    eight hexadecimal digits below 2^31 is observed in Google's answers, refusing others is assumed.
    """
    copied = deepcopy(item)
    used = set(taken)
    copied["itemId"] = _claimed(copied.get("itemId"), used, new_id)
    for question in questions_of(copied):
        question["questionId"] = _claimed(question.get("questionId"), used, new_id)
    return {"itemId": copied.pop("itemId"), **copied}


def ids_of(item: Json) -> set[str]:
    """Return every id that an item occupies in its form."""
    return {item["itemId"], *(question["questionId"] for question in questions_of(item))}


def _claimed(given: str | None, used: set[str], new_id: NewId) -> str:
    if given:
        if not _ID.fullmatch(given) or int(given, 16) >= 2**31:
            raise Refused(f"Invalid ID: {given}")
        if given in used:
            raise Refused(f"ID already in use: {given}")
        used.add(given)
        return given
    while (fresh := new_id()) in used:
        continue
    used.add(fresh)
    return fresh
