"""One filled form judged against the form's questions, page by page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sheets_sync.emulator.forms.items import questions_of
from sheets_sync.emulator.forms.navigation import Route, Section, route, sections
from sheets_sync.emulator.forms.questions import Json
from sheets_sync.emulator.forms.readings import Fields, Reading, read_answer

EMAIL_FIELD = "emailAddress"
BAD_EMAIL = "Укажите адрес электронной почты, например ivanova@example.org."
SIGN_IN = "Эта форма принимает ответы только после входа в учётную запись."
CIRCLE = "Этот ответ возвращает к началу формы. Выберите другой вариант."
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[^@\s,;<>\".]{1,63}\.)+[^@\s,;<>\".]{2,63}")


@dataclass(frozen=True)
class Submission:
    """Answers of the pages passed (question id → values), the way, and problems (id or field → Russian)."""

    answers: dict[str, tuple[str, ...]]
    pages: tuple[int, ...]
    problems: dict[str, str]
    email: str = ""


def read_submission(form: Json, fields: Fields, *, signed_in_as: str = "") -> Submission:
    """Judge posted fields as the form demands.

    Answers of pages that the respondent's own choices pass by are left out, as on Google's pages
    (assumed). A form with e-mail collection RESPONDER_INPUT needs the field `emailAddress`; VERIFIED needs
    a signed-in respondent (`signed_in_as`). Source: discovery FormSettings.emailCollectionType.
    """
    pages = sections(form["items"])
    readings = read_pages(pages, fields)
    way = route(pages, {asked: reading.values for asked, reading in readings.items()})
    passed = [question for index in way.pages for question in pages[index].questions()]
    problems = {
        question["questionId"]: problem
        for question in passed
        if (problem := readings[question["questionId"]].problem)
    }
    problems |= _circle_problem(pages, way, readings)
    email = _email(form, fields, signed_in_as, problems)
    answers = {
        question["questionId"]: values
        for question in passed
        if (values := readings[question["questionId"]].values)
    }
    return Submission(answers, way.pages, problems, email)


def read_pages(pages: Sequence[Section], fields: Fields) -> dict[str, Reading]:
    """Read every question of the form, whether its page is passed or not."""
    readings: dict[str, Reading] = {}
    for page in pages:
        for item in page.items:
            columns = item.get("questionGroupItem", {}).get("grid", {}).get("columns")
            for question in questions_of(item):
                readings[question["questionId"]] = read_answer(question, columns, fields)
    return readings


def _circle_problem(pages: Sequence[Section], way: Route, readings: dict[str, Reading]) -> dict[str, str]:
    if way.circle_at is None:
        return {}
    asked = [question["questionId"] for question in pages[way.circle_at].questions()]
    answered = [question_id for question_id in asked if readings[question_id].values]
    return {answered[-1]: CIRCLE} if answered else {}


def _email(form: Json, fields: Fields, signed_in_as: str, problems: dict[str, str]) -> str:
    kind = form["settings"].get("emailCollectionType", "DO_NOT_COLLECT")
    if kind == "VERIFIED":
        if not signed_in_as:
            problems[EMAIL_FIELD] = SIGN_IN
        return signed_in_as
    if kind == "RESPONDER_INPUT":
        given = next(iter(fields.get(EMAIL_FIELD, ())), "").strip()
        if not _EMAIL.fullmatch(given):
            problems[EMAIL_FIELD] = BAD_EMAIL
        return given
    return ""
