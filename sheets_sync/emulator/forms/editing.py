"""The six kinds of change that batchUpdate makes to a form, as functions from form to form."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

from sheets_sync.emulator.forms.fieldpaths import mask_paths, updated
from sheets_sync.emulator.forms.items import (
    ITEM_KINDS,
    NewId,
    check_item,
    identified,
    ids_of,
    questions_of,
    section_ids,
    tidy,
    with_image_links,
)
from sheets_sync.emulator.forms.questions import QUESTION_KINDS, Json, displayed
from sheets_sync.emulator.forms.refusal import Refused

EMAIL_TYPES = ("DO_NOT_COLLECT", "VERIFIED", "RESPONDER_INPUT")


def blank_form(title: str, document_title: str) -> Json:
    """Return the content of a new form: `info`, `settings`, `items`, `published`, `accepting`.

    Source: the API-changes guide: a form made by the API is unpublished until setPublishSettings.
    """
    info = {"documentTitle": document_title} | ({"title": title} if title else {})
    return {"info": info, "settings": {}, "items": [], "published": False, "accepting": False}


def apply_request(form: Json, request: Json, new_id: NewId) -> Json:
    """Make one change in `form` (in place) and return its reply.

    `form` must be a copy that is thrown away when `Refused` is raised: a batch is all or nothing.
    """
    kinds = [kind for kind in CHANGES if kind in request]
    if len(kinds) != 1:
        raise Refused("Must specify exactly one kind of update")
    return CHANGES[kinds[0]](form, request[kinds[0]], new_id)


def request_kind(request: Json) -> str:
    """Return the name of a request's kind for an error's place, or an empty string."""
    return next((kind for kind in CHANGES if kind in request), "")


def _create_item(form: Json, change: Json, new_id: NewId) -> Json:
    items = form["items"]
    index = _index(change.get("location"), len(items) + 1)
    item = with_image_links(change.get("item", {}))
    check_item(item, sections=section_ids(items), is_quiz=_is_quiz(form))
    item = tidy(identified(item, _taken(items), new_id))
    items.insert(index, item)
    reply: Json = {"itemId": item["itemId"]}
    if asked := [question["questionId"] for question in questions_of(item)]:
        reply["questionId"] = asked
    return {"createItem": reply}


def _update_item(form: Json, change: Json, new_id: NewId) -> Json:
    items = form["items"]
    index = _index(change.get("location"), len(items))
    old, given = items[index], with_image_links(change.get("item", {}))
    paths = mask_paths(change.get("updateMask"), "Item")
    changed = deepcopy(given) if paths is None else updated(old, given, paths, (ITEM_KINDS, QUESTION_KINDS))
    others = [item for place, item in enumerate(items) if place != index]
    check_item(changed, sections=section_ids(items), is_quiz=_is_quiz(form))
    items[index] = tidy(identified(changed, _taken(others), new_id))
    if "pageBreakItem" in old and items[index]["itemId"] not in section_ids([old]):
        _forget_section(items, old["itemId"])
    return {}


def _move_item(form: Json, change: Json, _new_id: NewId) -> Json:
    items = form["items"]
    origin = _index(change.get("originalLocation"), len(items))
    target = _index(change.get("newLocation"), len(items))
    items.insert(target, items.pop(origin))
    return {}


def _delete_item(form: Json, change: Json, _new_id: NewId) -> Json:
    items = form["items"]
    gone = items.pop(_index(change.get("location"), len(items)))
    if "pageBreakItem" in gone:
        _forget_section(items, gone["itemId"])
    return {}


def _update_form_info(form: Json, change: Json, _new_id: NewId) -> Json:
    given = change.get("info", {})
    paths = mask_paths(change.get("updateMask"), "Info") or [["title"], ["description"]]
    for path in paths:
        if path not in (["title"], ["description"]):
            raise Refused("Only info.title and info.description can be updated")
    info = updated(form["info"], given, paths)
    displayed(info.get("title", ""))
    form["info"] = tidy(info)
    return {}


def _update_settings(form: Json, change: Json, _new_id: NewId) -> Json:
    given = change.get("settings", {})
    paths = mask_paths(change.get("updateMask"), "FormSettings") or [
        ["quizSettings"],
        ["emailCollectionType"],
    ]
    settings = tidy(updated(form["settings"], given, paths))
    kind = settings.get("emailCollectionType")
    if kind == "EMAIL_COLLECTION_TYPE_UNSPECIFIED":
        settings.pop("emailCollectionType")
    form["settings"] = settings
    if not _is_quiz(form):
        for item in form["items"]:
            for question in questions_of(item):
                question.pop("grading", None)
    return {}


CHANGES: dict[str, Callable[[Json, Json, NewId], Json]] = {
    "createItem": _create_item,
    "updateItem": _update_item,
    "moveItem": _move_item,
    "deleteItem": _delete_item,
    "updateFormInfo": _update_form_info,
    "updateSettings": _update_settings,
}


def _index(location: Json | None, size: int) -> int:
    """Return a location's index, 0 when unset. Source: discovery Location [0..N); N itself for createItem."""
    index: int = (location or {}).get("index", 0)
    if location is None:
        raise Refused("Location must be specified")
    if not 0 <= index < size:
        raise Refused(f"Index must be in the range [0..{size}): {index}")
    return index


def _taken(items: list[Json]) -> set[str]:
    return set().union(*(ids_of(item) for item in items)) if items else set()


def _is_quiz(form: Json) -> bool:
    return bool(form["settings"].get("quizSettings", {}).get("isQuiz"))


def _forget_section(items: list[Json], section: str) -> None:
    """Let options that led to a vanished section lead on to the next one (assumed)."""
    for item in items:
        for question in questions_of(item):
            for option in question.get("choiceQuestion", {}).get("options", []):
                if option.get("goToSectionId") == section:
                    del option["goToSectionId"]
