"""Sections of a form and the way through them that a respondent's answers choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.emulator.forms.items import questions_of
from sheets_sync.emulator.forms.questions import Json

SUBMIT = -1


@dataclass(frozen=True)
class Section:
    """One page of a form: the items up to the next page break; the first has no break of its own."""

    item_id: str
    title: str
    description: str
    items: tuple[Json, ...]

    def questions(self) -> list[Json]:
        """Return the questions of the page, in order."""
        return [question for item in self.items for question in questions_of(item)]


@dataclass(frozen=True)
class Route:
    """The pages passed, in order, and the index of the page at which the way turns into a circle."""

    pages: tuple[int, ...]
    circle_at: int | None = None


def sections(items: Sequence[Json]) -> list[Section]:
    """Split a form's items into pages at its page breaks. There is always at least one page."""
    pages: list[Section] = []
    head: Json = {}
    inside: list[Json] = []
    for item in items:
        if "pageBreakItem" in item:
            pages.append(_section(head, inside))
            head, inside = item, []
        else:
            inside.append(item)
    pages.append(_section(head, inside))
    return pages


def next_page(pages: Sequence[Section], at: int, answers: Mapping[str, Sequence[str]]) -> int:
    """Return the index of the page that follows page `at`, or `SUBMIT`.

    The last answered question of the page that has navigation decides; without one the next page
    follows. Source: discovery Option (goToAction, goToSectionId); the last-one rule is from the Apps
    Script guide on page navigation.
    """
    follow = at + 1 if at + 1 < len(pages) else SUBMIT
    for question in pages[at].questions():
        option = _chosen(question, answers.get(question["questionId"], ()))
        if "goToAction" in option or "goToSectionId" in option:
            follow = _leads_to(pages, at, option)
    return follow


def route(pages: Sequence[Section], answers: Mapping[str, Sequence[str]]) -> Route:
    """Return the pages that a respondent with these answers passes."""
    passed = [0]
    while (step := next_page(pages, passed[-1], answers)) != SUBMIT:
        if step in passed:
            return Route(tuple(passed), passed[-1])
        passed.append(step)
    return Route(tuple(passed))


def _section(head: Json, inside: list[Json]) -> Section:
    return Section(head.get("itemId", ""), head.get("title", ""), head.get("description", ""), tuple(inside))


def _chosen(question: Json, values: Sequence[str]) -> Json:
    choices = question.get("choiceQuestion", {})
    if choices.get("type") not in ("RADIO", "DROP_DOWN") or not values:
        return {}
    other: Json = {}
    for option in choices.get("options", []):
        if option.get("isOther"):
            other = option
        elif option.get("value") == values[0]:
            found: Json = option
            return found
    return other


def _leads_to(pages: Sequence[Section], at: int, option: Json) -> int:
    if target := option.get("goToSectionId"):
        for index, page in enumerate(pages):
            if page.item_id == target:
                return index
    action = option.get("goToAction")
    if action == "SUBMIT_FORM":
        return SUBMIT
    if action == "RESTART_FORM":
        return 0
    return at + 1 if at + 1 < len(pages) else SUBMIT
