"""Reading responses: get, list with filter and pages."""

from __future__ import annotations

import base64
import binascii
import json
import re
from datetime import UTC, datetime
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.forms import tables
from sheets_sync.emulator.forms.form_methods import open_form
from sheets_sync.emulator.wire import invalid_argument, not_found

LARGEST_PAGE = 5000
_FILTER = re.compile(r"\s*timestamp\s*(>=|>)\s*(\S+)\s*")
_ZULU = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z")


def get_response(call: Call) -> dict[str, Any]:
    """Return one response of a form. Source: discovery forms.responses.get."""
    form = open_form(call)
    row = tables.response_by(call.tx, form.id, "id", call.params["responseId"])
    if row is None:
        raise not_found()
    return {"formId": form.id} | response_json(row)


def list_responses(call: Call) -> dict[str, Any]:
    """Return a page of responses, at most 5000, oldest submission first; `formId` is left out of each.

    Source: discovery forms.responses.list for sizes, filter and the binding of a page token to form and
    filter; that `timestamp` means lastSubmittedTime, and the order, are assumed.
    """
    form = open_form(call)
    size = call.params.get("pageSize", 0)
    if size < 0:
        raise invalid_argument("Page size must not be negative.")
    size = min(size or LARGEST_PAGE, LARGEST_PAGE)
    given = call.params.get("filter", "")
    since = filter_start(given)
    position = _position(call.params.get("pageToken", ""), form.id, given)
    rows = tables.responses_after(call.tx, form.id, since, position, size + 1)
    answer: dict[str, Any] = {}
    if rows:
        answer["responses"] = [response_json(row) for row in rows[:size]]
    if len(rows) > size:
        answer["nextPageToken"] = _token(form.id, given, rows[size - 1])
    return answer


def response_json(row: tables.ResponseRow) -> dict[str, Any]:
    """Render a response as the API shows it, without `formId`. Source: discovery FormResponse, Answer."""
    answer: dict[str, Any] = {
        "responseId": row.id,
        "createTime": tables.timestamp(row.created),
        "lastSubmittedTime": tables.timestamp(row.submitted),
    }
    if row.email:
        answer["respondentEmail"] = row.email
    grades = row.body.get("grades", {})
    answers = {
        asked: {"questionId": asked, "textAnswers": {"answers": [{"value": value} for value in values]}}
        | ({"grade": grades[asked]} if asked in grades else {})
        for asked, values in row.body["answers"].items()
    }
    if answers:
        answer["answers"] = answers
    if row.body.get("score"):
        answer["totalScore"] = row.body["score"]
    return answer


def filter_start(text: str) -> int:
    """Return the first microsecond since 1970 that a filter lets through; below all times without one.

    Source: discovery: `timestamp > N` and `timestamp >= N` with N in RFC 3339 "Zulu", up to nine digits.
    """
    if not text.strip():
        return -(2**62)
    found = _FILTER.fullmatch(text)
    moment = _ZULU.fullmatch(found[2].strip("\"'")) if found else None
    if found is None or moment is None:
        raise invalid_argument(f"Invalid filter: {text}")
    try:
        whole = datetime(*(int(part) for part in moment.groups()[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]
    except ValueError as error:
        raise invalid_argument(f"Invalid filter: {text}") from error
    nanos = tables.microseconds(whole) * 1000 + int((moment[7] or "").ljust(9, "0"))
    return nanos // 1000 + 1 if found[1] == ">" else -(-nanos // 1000)


def _token(form_id: str, given: str, last: tables.ResponseRow) -> str:
    text = json.dumps([form_id, given, last.submitted, last.id])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _position(token: str, form_id: str, given: str) -> tuple[int, str]:
    if not token:
        return -(2**62), ""
    try:
        read = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        token_form, token_filter, submitted, response_id = read
    except (binascii.Error, ValueError, TypeError) as error:
        raise invalid_argument("Invalid page token.") from error
    if (token_form, token_filter) != (form_id, given):
        raise invalid_argument("The page token was made for another form or filter.")
    return int(submitted), str(response_id)
