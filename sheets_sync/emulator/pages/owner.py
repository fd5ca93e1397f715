"""The owner's page of a form: what the API shows, and the switches that only a person can click."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import FORM, require_file
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.forms.items import all_questions
from sheets_sync.emulator.forms.questions import question_kind
from sheets_sync.emulator.pages.fields import Fields
from sheets_sync.emulator.pages.inside import ask
from sheets_sync.emulator.pages.rendering import html, redirect
from sheets_sync.emulator.wire import Response, not_found

PER_PAGE = 50
SCHOOL_ZONE = ZoneInfo("Europe/Moscow")
KINDS = {
    "choiceQuestion": "выбор",
    "textQuestion": "текст",
    "scaleQuestion": "шкала",
    "dateQuestion": "дата",
    "timeQuestion": "время",
    "rowQuestion": "строка сетки",
    "ratingQuestion": "оценка",
}


def show(call: Call, name: str, query: Fields) -> Response:
    """Show a form to its owner: state, switches, questions with their field names, responses."""
    form = _form(call, name)
    start = "".join(query.get("from", ())[:1])
    skip = int(start) if start.isdecimal() else 0
    rows = tables.responses_after(call.tx, form.id, -(2**62), (-(2**62), ""), skip + PER_PAGE + 1)[skip:]
    questions = [
        {
            "title": question.get("rowQuestion", {}).get("title") or item.get("title", ""),
            "kind": KINDS.get(question_kind(question), ""),
            "entry": f"entry.{int(question['questionId'], 16)}",
            "id": question["questionId"],
            "required": question.get("required", False),
        }
        for item, question in all_questions(form.body["items"])
    ]
    titles = {question["id"]: question["title"] for question in questions}
    responses = [
        {
            "id": row.id,
            "time": _local(row.submitted),
            "edited": row.submitted != row.created,
            "answers": [
                (titles.get(asked, "удалённый вопрос"), "; ".join(values))
                for asked, values in row.body["answers"].items()
            ],
        }
        for row in rows[:PER_PAGE]
    ]
    return html(
        call,
        "owner.html",
        form=form,
        info=form.body["info"],
        published=form.body["published"],
        accepting=form.body["accepting"],
        questions=questions,
        responses=responses,
        count=tables.response_count(call.tx, form.id),
        start=skip,
        more=skip + PER_PAGE if len(rows) > PER_PAGE else 0,
    )


def turn_switches(call: Call, name: str, fields: Fields) -> Response:
    """Store the switch of editing after submission (`edit_after_submit`) and the `confirmation` text.

    The button of answers alone (`accepting` is yes or no) opens and closes the form, as the API can too.
    """
    form = _form(call, name)
    if "accepting" in fields:
        accepting = fields["accepting"][:1] == ["yes"]
        state = {"isPublished": True, "isAcceptingResponses": accepting}
        body = {"publishSettings": {"publishState": state}}
        ask(call, "forms.forms.setPublishSettings", {"formId": form.id}, body)
        return redirect(f"/forms/d/{form.id}/edit")
    form.edit_after_submit = "edit_after_submit" in fields
    form.confirmation = "".join(fields.get("confirmation", ())[:1]).strip()
    tables.save_switches(call.tx, form)
    return redirect(f"/forms/d/{form.id}/edit")


def delete_response(call: Call, name: str, fields: Fields) -> Response:
    """Delete one response (`responseId`), as the owner's button does; 404 when it is not there."""
    form = _form(call, name)
    if not tables.delete_response(call.tx, form.id, "".join(fields.get("responseId", ())[:1])):
        raise not_found()
    return redirect(f"/forms/d/{form.id}/edit")


def _form(call: Call, name: str) -> tables.FormRow:
    require_file(call, name, FORM, service="forms")
    return tables.need_form(call, name)


def _local(micros: int) -> str:
    moment = datetime.fromtimestamp(micros / 1_000_000, tz=UTC).astimezone(SCHOOL_ZONE)
    return moment.strftime("%d.%m.%Y %H:%M")
