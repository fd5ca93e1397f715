"""Where a respondent's posted form becomes a stored response; there is no other way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheets_sync.emulator import filetable
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.forms.grading import graded
from sheets_sync.emulator.forms.submission import Submission, read_submission

EDIT_FIELD = "edit2"


@dataclass(frozen=True)
class Receipt:
    """What became of a submission: stored under `response_id`, or refused with the problems in it."""

    submission: Submission
    response_id: str = ""
    edit_token: str = ""


def is_open(call: Call, form: tables.FormRow) -> bool:
    """Tell whether a form takes responses now: published, accepting, and its file not in the bin."""
    file = filetable.get_file(call.tx, form.id)
    return file is not None and not file.trashed and form.body["published"] and form.body["accepting"]


def response_to_edit(call: Call, form: tables.FormRow, token: str) -> tables.ResponseRow | None:
    """Find the response that an edit link belongs to, while the owner's switch lets it be edited."""
    return tables.response_by(call.tx, form.id, "edit_token", token) if form.edit_after_submit else None


def submit(
    call: Call,
    form: tables.FormRow,
    fields: Mapping[str, Sequence[str]],
    edited: tables.ResponseRow | None = None,
) -> Receipt:
    """Judge a filled form and store it when nothing is wrong; `edited` keeps its id and createTime.

    The form must be open. Times are the workspace's clock. Source: discovery FormResponse (createTime is
    the first submission, lastSubmittedTime the latest); one responseId for both is inferred from them.
    """
    signed_in = call.principal.email if call.principal.kind == "user" else ""
    submission = read_submission(form.body, fields, signed_in_as=signed_in)
    if submission.problems:
        return Receipt(submission)
    grades, score = graded(form.body, submission.answers)
    body = {"answers": submission.answers, "grades": grades, "score": score}
    now = tables.microseconds(call.now)
    if edited is not None:
        row = tables.ResponseRow(edited.id, edited.edit_token, edited.created, now, submission.email, body)
        tables.replace_response(call.tx, form.id, row)
    else:
        row = tables.ResponseRow(
            "ACYDBN" + call.ids.token(61), "2_ABaOnu" + call.ids.token(56), now, now, submission.email, body
        )
        tables.insert_response(call.tx, form.id, row)
    return Receipt(submission, row.id, row.edit_token)
