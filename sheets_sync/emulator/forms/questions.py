"""Rules that one question of a form must keep when it is created or changed."""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.forms.refusal import Refused

Json = dict[str, Any]

QUESTION_KINDS = (
    "choiceQuestion",
    "textQuestion",
    "scaleQuestion",
    "dateQuestion",
    "timeQuestion",
    "fileUploadQuestion",
    "rowQuestion",
    "ratingQuestion",
)
NAVIGATING_TYPES = ("RADIO", "DROP_DOWN")
GO_TO_ACTIONS = ("NEXT_SECTION", "RESTART_FORM", "SUBMIT_FORM")


def displayed(text: str) -> str:
    """Return a text that is shown on one line, or refuse it.

    Source: Google's 400 "Displayed text cannot contain newlines", quoted by several clients.
    """
    if "\n" in text or "\r" in text:
        raise Refused("Displayed text cannot contain newlines")
    return text


def question_kind(question: Json) -> str:
    """Return the name of the one kind that a question has.

    Source: assumed for the texts; the discovery document describes `kind` as a union.
    """
    kinds = [kind for kind in QUESTION_KINDS if kind in question]
    if len(kinds) != 1:
        raise Refused("Question must have exactly one kind")
    return kinds[0]


def check_question(question: Json, *, in_group: bool, sections: frozenset[str]) -> None:
    """Refuse a question that Google's Forms API would not create.

    `sections` are the item ids of the form's page breaks, to which options may lead.
    Source: discovery (File upload "does not support creating", `isOther` and grids); limits of a
    scale and of a rating from the Apps Script guide and the editor; the texts are assumed.
    """
    kind = question_kind(question)
    if in_group != (kind == "rowQuestion"):
        raise Refused("All questions in a grid must be of kind row, and rows may stand only in a grid")
    if kind == "fileUploadQuestion":
        raise Refused("Creating file upload questions is not supported")
    if kind == "choiceQuestion":
        check_choices(question["choiceQuestion"], sections=sections)
    elif kind == "scaleQuestion":
        _check_scale(question["scaleQuestion"])
    elif kind == "ratingQuestion":
        _check_rating(question["ratingQuestion"])
    elif kind == "rowQuestion":
        displayed(question["rowQuestion"].get("title", ""))
    if "grading" in question:
        _check_grading(question["grading"], multiple_choice=kind == "choiceQuestion")


def _check_grading(grading: Json, *, multiple_choice: bool) -> None:
    """Refuse an answer key or a feedback that its question cannot have.

    Source: discovery Grading ("when_right… can only be set for multiple choice questions that have correct
    answers provided"), Feedback.text, TextLink and VideoLink ("Required"); the texts are assumed.
    """
    if grading.get("pointValue", 0) < 0:
        raise Refused("Point value must not be negative")
    keyed = multiple_choice and grading.get("correctAnswers", {}).get("answers")
    if ("whenRight" in grading or "whenWrong" in grading) and not keyed:
        raise Refused(
            "whenRight and whenWrong can only be set for multiple choice questions with correct answers"
        )
    for name in ("generalFeedback", "whenRight", "whenWrong"):
        if name in grading:
            _check_feedback(grading[name])


def _check_feedback(feedback: Json) -> None:
    if not feedback.get("text"):
        raise Refused("Feedback must have a text")
    for material in feedback.get("material", []):
        kinds = [kind for kind in ("link", "video") if kind in material]
        if len(kinds) != 1:
            raise Refused("Feedback material must be either a link or a video")
        if kinds == ["link"] and not (material["link"].get("uri") and material["link"].get("displayText")):
            raise Refused("A link must have a URI and a display text")
        if kinds == ["video"] and not material["video"].get("displayText"):
            raise Refused("A video link must have a display text")


def check_choices(choices: Json, *, sections: frozenset[str], in_grid: bool = False) -> None:
    """Refuse a list of options that cannot be shown, told apart or followed.

    Source: discovery ChoiceQuestion, Option, Grid; "Cannot set option.value when isOther is true"
    is Google's text, the others are assumed.
    """
    kind = choices.get("type", "CHOICE_TYPE_UNSPECIFIED")
    if kind == "CHOICE_TYPE_UNSPECIFIED":
        raise Refused("Choice type must be specified")
    if in_grid and kind == "DROP_DOWN":
        raise Refused("Only CHECKBOX and RADIO choices are allowed in a grid")
    options = choices.get("options", [])
    if not options:
        raise Refused("Choice question must have at least one option")
    seen: set[str] = set()
    for option in options:
        key = _checked_option(option, kind, in_grid, sections)
        if key in seen:
            raise Refused("Duplicate options are not allowed")
        seen.add(key)


def _checked_option(option: Json, kind: str, in_grid: bool, sections: frozenset[str]) -> str:
    action, target = option.get("goToAction"), option.get("goToSectionId")
    if (action or target) and (in_grid or kind not in NAVIGATING_TYPES):
        raise Refused("Navigation is only supported for RADIO and DROP_DOWN choices")
    if action and target:
        raise Refused("Only one of goToAction and goToSectionId may be set")
    if action and action not in GO_TO_ACTIONS:
        raise Refused("Unsupported goToAction")
    if target and target not in sections:
        raise Refused(f"No section with ID: {target}")
    if option.get("isOther"):
        if option.get("value"):
            raise Refused("Cannot set option.value when isOther is true")
        if in_grid or kind == "DROP_DOWN":
            raise Refused("Option isOther is only supported for RADIO and CHECKBOX choices")
        return "\n"
    value = displayed(option.get("value", ""))
    if not value:
        raise Refused("Option value must not be empty")
    return value


def _check_scale(scale: Json) -> None:
    low, high = scale.get("low", 0), scale.get("high", 0)
    if low not in (0, 1) or not 2 <= high <= 10:
        raise Refused("Scale must start at 0 or 1 and end between 2 and 10")


def _check_rating(rating: Json) -> None:
    if rating.get("iconType", "RATING_ICON_TYPE_UNSPECIFIED") == "RATING_ICON_TYPE_UNSPECIFIED":
        raise Refused("Rating icon type must be specified")
    if not 3 <= rating.get("ratingScaleLevel", 0) <= 10:
        raise Refused("Rating scale level must be between 3 and 10")
