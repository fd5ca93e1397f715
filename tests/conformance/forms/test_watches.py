"""Watches of a form."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

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
