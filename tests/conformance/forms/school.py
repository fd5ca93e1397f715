"""A workspace for tests of Forms: a clock to turn, Google's own client, and a browser's requests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from googleapiclient.discovery import build

from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorHttp
from sheets_sync.emulator.wire import Request, Response
from tests.conformance.discovery import check_exchange

BASE = "http://127.0.0.1:8080"
Pairs = Mapping[str, Any] | Iterable[tuple[str, str]]


class CheckedEmulator(Emulator):
    """A workspace whose every JSON answer is judged by the discovery documents."""

    def handle(self, request: Request) -> Response:
        response = super().handle(request)
        check_exchange(request, response)
        return response


class School:
    """One workspace, started at 2022-09-20 09:00 UTC."""

    def __init__(self) -> None:
        self.now = datetime(2022, 9, 20, 9, 0, tzinfo=UTC)
        self.workspace = CheckedEmulator(":memory:", clock=lambda: self.now, ids=IdSource(7), base_url=BASE)
        self.http = EmulatorHttp(self.workspace)
        self.forms = build("forms", "v1", http=self.http).forms()
        self.drive = build("drive", "v3", http=self.http)

    def later(self, **step: float) -> None:
        self.now += timedelta(**step)

    def form(self, *items: dict[str, Any], published: bool = True) -> str:
        """Create a form with items and return its id."""
        form_id: str = self.forms.create(
            body={"info": {"title": "Анкета", "documentTitle": "Анкета Ф1"}}
        ).execute()["formId"]
        if items:
            self.change(form_id, *(create(item, place) for place, item in enumerate(items)))
        if published:
            self.publish(form_id)
        return form_id

    def publish(self, form_id: str, *, published: bool = True, accepting: bool = True) -> Any:
        state = {"isPublished": published, "isAcceptingResponses": accepting}
        body = {"publishSettings": {"publishState": state}}
        return self.forms.setPublishSettings(formId=form_id, body=body).execute()

    def change(self, form_id: str, *requests: dict[str, Any], **more: Any) -> Any:
        return self.forms.batchUpdate(formId=form_id, body={"requests": list(requests), **more}).execute()

    def get(self, path: str) -> Response:
        return self.workspace.handle(request_of("GET", BASE + path, {"host": "127.0.0.1:8080"}))

    def post(self, path: str, fields: Pairs, headers: Mapping[str, str] | None = None) -> Response:
        sent = {
            "content-type": "application/x-www-form-urlencoded",
            "host": "127.0.0.1:8080",
            **(headers or {}),
        }
        pairs = list(fields.items()) if isinstance(fields, Mapping) else list(fields)
        return self.workspace.handle(request_of("POST", BASE + path, sent, urlencode(pairs, doseq=True)))

    def fill(self, form_id: str, fields: Pairs) -> Response:
        return self.post(f"/forms/d/e/{form_id}/formResponse", fields)

    def responses(self, form_id: str, **how: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (
            self.forms.responses().list(formId=form_id, **how).execute().get("responses", [])
        )
        return found

    def answers(self, form_id: str) -> list[dict[str, list[str]]]:
        """Every response as question id → texts."""
        return [
            {
                asked: [one["value"] for one in answer["textAnswers"]["answers"]]
                for asked, answer in response.get("answers", {}).items()
            }
            for response in self.responses(form_id)
        ]

    def staff_post(self, path: str, fields: Mapping[str, str], page: str = "") -> Response:
        """Post as a person who opened the page first: with the page's CSRF token."""
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', text(self.get(page or path)))
        assert found
        return self.post(path, {**fields, "csrf": found[1]})


def create(item: dict[str, Any], index: int = 0) -> dict[str, Any]:
    return {"createItem": {"item": item, "location": {"index": index}}}


def question(
    question_id: str, title: str = "Вопрос", *, required: bool = False, **kind: Any
) -> dict[str, Any]:
    asked = {"questionId": question_id, "required": required, **kind}
    return {"title": title, "questionItem": {"question": asked}}


def choice(
    question_id: str, *options: str | dict[str, Any], kind: str = "RADIO", required: bool = False
) -> dict[str, Any]:
    listed = [option if isinstance(option, dict) else {"value": option} for option in options]
    return question(question_id, required=required, choiceQuestion={"type": kind, "options": listed})


def section(item_id: str, title: str = "Раздел") -> dict[str, Any]:
    return {"itemId": item_id, "title": title, "pageBreakItem": {}}


def text(response: Response) -> str:
    return response.body.decode()
