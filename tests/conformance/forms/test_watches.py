"""Watches of a form."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sheets_sync.emulator.core import request_of
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.forms.school import School

TOPIC = {"topic": {"topicName": "projects/school/topics/forms"}}


def watch(school: School, form_id: str, kind: str = "RESPONSES", watch_id: str | None = None) -> Any:
    body: dict[str, Any] = {"watch": {"target": TOPIC, "eventType": kind}}
    if watch_id:
        body["watchId"] = watch_id
    return school.forms.watches().create(formId=form_id, body=body).execute()


def code_of(request: Any) -> int:
    with pytest.raises(HttpError) as caught:
        request()
    code: int = json.loads(caught.value.content)["error"]["code"]
    return code


def test_a_watch_lives_seven_days_and_renewal_counts_from_its_moment(school: School) -> None:
    form_id = school.form()
    made = watch(school, form_id, watch_id="my-watch")
    assert (made["id"], made["state"], made["expireTime"]) == ("my-watch", "ACTIVE", "2022-09-27T09:00:00Z")
    school.later(days=6)
    renewed = school.forms.watches().renew(formId=form_id, watchId="my-watch", body={}).execute()
    assert renewed["expireTime"] == "2022-10-03T09:00:00Z"
    school.later(days=7)
    assert school.forms.watches().list(formId=form_id).execute() == {}
    assert code_of(school.forms.watches().renew(formId=form_id, watchId="my-watch", body={}).execute) == 404


def test_one_watch_per_event_type_and_ids_are_not_reused(school: School) -> None:
    form_id = school.form()
    watch(school, form_id, watch_id="my-watch")
    assert code_of(lambda: watch(school, form_id)) == 400
    assert code_of(lambda: watch(school, form_id, "SCHEMA", "my-watch")) == 409
    assert code_of(lambda: watch(school, form_id, "SCHEMA", "Ab1")) == 400
    watch(school, form_id, "SCHEMA")
    assert len(school.forms.watches().list(formId=form_id).execute()["watches"]) == 2


def test_a_deleted_watch_is_gone(school: School) -> None:
    form_id = school.form()
    made = watch(school, form_id)
    school.forms.watches().delete(formId=form_id, watchId=made["id"]).execute()
    assert school.forms.watches().list(formId=form_id).execute() == {}
    assert code_of(school.forms.watches().delete(formId=form_id, watchId=made["id"]).execute) == 404


def test_f61_each_program_has_watches_of_its_own() -> None:
    """Source: discovery, watches.create and watches.list (per invoking project)."""
    workspace = CheckedEmulator(auth="on", clock=lambda: datetime(2022, 12, 23, 9, tzinfo=UTC))
    scopes = [f"https://www.googleapis.com/auth/{name}" for name in ("drive", "forms.body")]

    def ask(program: str, method: str, path: str, body: Any = None) -> Any:
        email = "curator@school.example"
        workspace.register_refresh_token(
            program, client_id=program, client_secret="s", email=email, scopes=scopes
        )
        form = f"grant_type=refresh_token&refresh_token={program}&client_id={program}&client_secret=s"
        token = json.loads(workspace.handle(request_of("POST", "/token", {}, form)).body)["access_token"]
        headers = {"authorization": f"Bearer {token}"}
        sent = None if body is None else json.dumps(body)
        answer = workspace.handle(request_of(method, f"/v1/forms{path}", headers, sent))
        return answer.status, json.loads(answer.body)

    form = ask("one", "POST", "", {"info": {"title": "t"}})[1]["formId"]
    body = {"watch": {"target": TOPIC, "eventType": "RESPONSES"}}
    made = ask("one", "POST", f"/{form}/watches", body)[1]
    assert ask("one", "POST", f"/{form}/watches", body)[0] == 400
    other = ask("two", "POST", f"/{form}/watches", body)[1]
    assert ask("two", "GET", f"/{form}/watches")[1] == {"watches": [other]}
    assert ask("two", "DELETE", f"/{form}/watches/{made['id']}")[0] == 404
    assert ask("one", "DELETE", f"/{form}/watches/{made['id']}")[0] == 200
    workspace.close()
