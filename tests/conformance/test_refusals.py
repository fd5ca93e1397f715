"""Every refusal of docs/emulator-errors.md, provoked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from google.oauth2 import service_account

from sheets_sync.emulator.accounts import new_key_pair, service_account_file
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorAuthRequest
from sheets_sync.emulator.quota import Quota
from sheets_sync.emulator.wire import Response
from tests.conformance import errortable
from tests.conformance.errortable import ASSUMED, RECORDED, TABLE, Refusal

PAGE = Path(__file__).parents[2] / "docs" / "emulator-errors.md"
CASES = [(title, case) for title, cases in TABLE.items() for case in cases]
ALL = [f"https://www.googleapis.com/auth/{name}" for name in ("drive", "spreadsheets", "documents")]
FORMS = [
    "https://www.googleapis.com/auth/forms.body",
    "https://www.googleapis.com/auth/forms.responses.readonly",
]
HOSTS = {"/v4": "sheets", "/v1/documents": "docs", "/v1/forms": "forms", "/drive": "www"}


@dataclass
class Office:
    """A workspace with sign-in, some files of one person and the tokens of several callers."""

    emulator: Emulator
    tokens: dict[str, str]
    files: dict[str, str]

    def call(self, method: str, path: str, body: Any = None, token: str = "own") -> Response:
        for name, number in self.files.items():
            path = path.replace(f"{{{name}}}", number)
        host = next(host for start, host in HOSTS.items() if path.startswith(start))
        headers = {"authorization": f"Bearer {self.tokens[token]}"} if self.tokens[token] else {}
        sent = None if body is None else json.dumps(body)
        return self.emulator.handle(request_of(method, f"https://{host}.googleapis.com{path}", headers, sent))

    def make(self, name: str, path: str, body: Any, key: str) -> None:
        self.files[name] = json.loads(self.call("POST", path, body).body)[key]


def person(emulator: Emulator, email: str, scopes: list[str]) -> str:
    emulator.register_refresh_token(email, client_id="c", client_secret="s", email=email, scopes=scopes)
    form = {"grant_type": "refresh_token", "refresh_token": email, "client_id": "c", "client_secret": "s"}
    answer = emulator.handle(request_of("POST", "/token", {}, urlencode(form)))
    token: str = json.loads(answer.body)["access_token"]
    return token


def robot(emulator: Emulator) -> str:
    private, public = new_key_pair()
    email = "robot@local-workspace.example"
    emulator.register_service_account(email, "key-1", public)
    made: Any = service_account.Credentials
    info = service_account_file(email, "key-1", private, "https://oauth2.googleapis.com/token")
    granted = made.from_service_account_info(info, scopes=ALL)
    granted.refresh(EmulatorAuthRequest(emulator))
    token: str = granted.token
    return token


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    emulator = Emulator(auth="on", storage_rule=True)
    tokens = {
        "own": person(emulator, "curator@school.example", ALL + FORMS),
        "stranger": person(emulator, "other@school.example", ALL + FORMS),
        "narrow": person(emulator, "narrow@school.example", FORMS),
        "robot": robot(emulator),
        "unknown": "ya29.unknown",
        "": "",
    }
    made = Office(emulator, tokens, {})
    made.make("sheet", "/v4/spreadsheets", {}, "spreadsheetId")
    made.make("doc", "/v1/documents", {}, "documentId")
    made.make("form", "/v1/forms", {"info": {"title": "t"}}, "formId")
    folder = {"name": "f", "mimeType": "application/vnd.google-apps.folder"}
    made.make("folder", "/drive/v3/files", folder, "id")
    yield made
    emulator.close()


@pytest.mark.parametrize(
    ("title", "case"), CASES, ids=[f"{case.status} {case.text[:60]}" for _, case in CASES]
)
def test_f60_a_refusal_has_google_s_status_and_words(office: Office, title: str, case: Refusal) -> None:
    answer = office.call(case.method, case.path, case.body, case.token)
    error = json.loads(answer.body)["error"]
    assert (answer.status, error["code"], error["message"]) == (case.status, case.status, case.text)
    if title == "Drive v3":
        assert error["errors"][0]["message"]
    else:
        names = {400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND"}
        assert error["status"] == names[case.status]


def test_a_used_up_quota_is_refused_as_recorded() -> None:
    emulator = Emulator(quota=Quota())
    path = "https://sheets.googleapis.com/v4/spreadsheets/nowhere"
    answers = [emulator.handle(request_of("GET", path)) for _ in range(61)]
    error = json.loads(answers[-1].body)["error"]
    emulator.close()
    assert [answer.status for answer in answers] == [404] * 60 + [429]
    assert error["message"].startswith(
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:"
    )
    assert error["details"][0]["metadata"]["quota_limit_value"] == "60"


def test_the_page_tells_every_one_of_them() -> None:
    assert PAGE.read_text("utf-8") == errortable.page(), (
        "stale: python -m tests.conformance.errortable > docs/emulator-errors.md"
    )
    sourced = [case for _, case in CASES if case.source != ASSUMED]
    assert len(CASES) >= 40
    assert len(sourced) > len(CASES) / 2
    assert sum(case.source == RECORDED for case in sourced) >= 8
