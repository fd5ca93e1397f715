"""Tokens through google-auth itself."""

from __future__ import annotations

import base64
import json
import urllib.parse
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from google.auth.exceptions import RefreshError
from google.oauth2 import credentials as people
from google.oauth2 import service_account

from sheets_sync.emulator.accounts import new_key_pair, service_account_file
from sheets_sync.emulator.core import Emulator, request_of, system_clock
from sheets_sync.emulator.filetable import FOLDER
from sheets_sync.emulator.inprocess import EmulatorAuthRequest
from sheets_sync.emulator.wire import Response

ROBOT = "robot@local-workspace.example"
SHEETS = "https://www.googleapis.com/auth/spreadsheets"
DRIVE = "https://www.googleapis.com/auth/drive"
TOKEN_URI = "https://oauth2.googleapis.com/token"


class Movable:
    """The system's clock, moved by an offset."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def __call__(self) -> datetime:
        return system_clock() + self.offset


@pytest.fixture(scope="module")
def pair() -> tuple[str, str]:
    return new_key_pair()


@pytest.fixture
def clock() -> Movable:
    return Movable()


@pytest.fixture
def emulator(pair: tuple[str, str], clock: Movable) -> Iterator[Emulator]:
    made = Emulator(auth="on", clock=clock, storage_rule=True)
    made.register_service_account(ROBOT, "key-1", pair[1])
    yield made
    made.close()


def robot(pair: tuple[str, str], *scopes: str, subject: str | None = None) -> Any:
    info = service_account_file(ROBOT, "key-1", pair[0], TOKEN_URI)
    made: Any = service_account.Credentials
    return made.from_service_account_info(info, scopes=list(scopes), subject=subject)


def call(emulator: Emulator, method: str, path: str, token: str = "", body: Any = None) -> Response:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return emulator.handle(request_of(method, path, headers, None if body is None else json.dumps(body)))


def error_of(response: Response) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(response.body)["error"]
    return found


def test_f62_a_service_account_of_google_auth_gets_a_token_that_opens_drive(
    emulator: Emulator, pair: tuple[str, str]
) -> None:
    granted = robot(pair, DRIVE)
    granted.refresh(EmulatorAuthRequest(emulator))
    answer = call(emulator, "GET", "/drive/v3/about?fields=user(emailAddress)", granted.token)
    assert json.loads(answer.body) == {"user": {"emailAddress": ROBOT}}
    assert emulator.requests() == {"token": 1, "drive.about.get": 1}


def test_a_key_that_is_not_registered_signs_nothing(emulator: Emulator) -> None:
    stranger = new_key_pair()
    with pytest.raises(RefreshError, match="Invalid JWT Signature"):
        robot(stranger, DRIVE).refresh(EmulatorAuthRequest(emulator))


def test_an_unknown_account_is_refused(emulator: Emulator, pair: tuple[str, str]) -> None:
    info = service_account_file("other@local-workspace.example", "key-1", pair[0], TOKEN_URI)
    made: Any = service_account.Credentials
    other = made.from_service_account_info(info, scopes=[DRIVE])
    with pytest.raises(RefreshError, match="account not found"):
        other.refresh(EmulatorAuthRequest(emulator))


def test_an_unsigned_assertion_is_refused(emulator: Emulator) -> None:
    def part(value: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    moment = int(system_clock().timestamp())
    claims = {"iss": ROBOT, "scope": DRIVE, "aud": TOKEN_URI, "iat": moment, "exp": moment + 3600}
    assertion = f"{part({'alg': 'none'})}.{part(claims)}."
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}
    answer = emulator.handle(request_of("POST", "/token", {}, urllib.parse.urlencode(form)))
    assert answer.status == 400
    assert json.loads(answer.body)["error"] == "invalid_grant"


def test_an_assertion_from_another_time_is_refused(
    emulator: Emulator, pair: tuple[str, str], clock: Movable
) -> None:
    clock.offset = timedelta(days=1)
    with pytest.raises(RefreshError, match="short-lived token"):
        robot(pair, DRIVE).refresh(EmulatorAuthRequest(emulator))


def test_acting_for_a_person_needs_delegation(emulator: Emulator, pair: tuple[str, str]) -> None:
    granted = robot(pair, DRIVE, subject="director@school.example")
    with pytest.raises(RefreshError, match="unauthorized"):
        granted.refresh(EmulatorAuthRequest(emulator))
    emulator.register_service_account(ROBOT, "key-1", pair[1], delegated=True)
    granted.refresh(EmulatorAuthRequest(emulator))
    answer = call(emulator, "GET", "/drive/v3/about?fields=user(emailAddress)", granted.token)
    assert json.loads(answer.body) == {"user": {"emailAddress": "director@school.example"}}


def test_no_token_and_an_old_token_are_401_for_both_shapes(
    emulator: Emulator, pair: tuple[str, str], clock: Movable
) -> None:
    missing = call(emulator, "GET", "/v4/spreadsheets/abc")
    assert missing.status == 401
    assert error_of(missing)["status"] == "UNAUTHENTICATED"
    granted = robot(pair, DRIVE)
    granted.refresh(EmulatorAuthRequest(emulator))
    clock.offset = timedelta(hours=2)
    expired = call(emulator, "GET", "/drive/v3/files", granted.token)
    assert expired.status == 401
    assert error_of(expired)["errors"][0]["reason"] == "authError"


def test_a_scope_of_another_service_is_403_with_google_s_reason(
    emulator: Emulator, pair: tuple[str, str]
) -> None:
    granted = robot(pair, SHEETS)
    granted.refresh(EmulatorAuthRequest(emulator))
    error = error_of(call(emulator, "GET", "/v1/forms/abc", granted.token))
    assert error["message"] == "Request had insufficient authentication scopes."
    assert error["details"][0]["reason"] == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"
    drive = error_of(call(emulator, "GET", "/drive/v3/files", granted.token))
    assert drive["errors"] == [
        {"message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions"}
    ]


def test_f63_a_service_account_cannot_own_files_but_may_fill_a_shared_drive(
    emulator: Emulator, pair: tuple[str, str]
) -> None:
    granted = robot(pair, DRIVE)
    granted.refresh(EmulatorAuthRequest(emulator))
    refused = call(emulator, "POST", "/drive/v3/files", granted.token, {"name": "a", "mimeType": FOLDER})
    assert refused.status == 403
    assert error_of(refused)["errors"][0]["reason"] == "storageQuotaExceeded"
    made = json.loads(
        call(emulator, "POST", "/drive/v3/drives?requestId=1", granted.token, {"name": "d"}).body
    )
    body = {"name": "a", "mimeType": FOLDER, "parents": [made["id"]]}
    path = "/drive/v3/files?supportsAllDrives=true"
    assert call(emulator, "POST", path, granted.token, body).status == 200


def test_a_refresh_token_of_a_person_works_and_another_client_s_secret_does_not(emulator: Emulator) -> None:
    emulator.register_refresh_token(
        "1//refresh", client_id="desk", client_secret="s", email="curator@school.example", scopes=[DRIVE]
    )

    def person(secret: str) -> Any:
        return people.Credentials(  # type: ignore[no-untyped-call]
            None, refresh_token="1//refresh", token_uri=TOKEN_URI, client_id="desk", client_secret=secret
        )

    granted = person("s")
    granted.refresh(EmulatorAuthRequest(emulator))
    made = call(emulator, "POST", "/drive/v3/files", granted.token, {"name": "a", "mimeType": FOLDER})
    assert made.status == 200
    with pytest.raises(RefreshError, match="invalid_client"):
        person("wrong").refresh(EmulatorAuthRequest(emulator))


def test_another_account_s_file_is_unseen_until_it_is_shared(
    emulator: Emulator, pair: tuple[str, str]
) -> None:
    emulator.register_refresh_token(
        "r", client_id="c", client_secret="s", email="curator@school.example", scopes=[DRIVE]
    )
    form = {"grant_type": "refresh_token", "refresh_token": "r", "client_id": "c", "client_secret": "s"}
    answer = emulator.handle(request_of("POST", "/token", {}, urllib.parse.urlencode(form)))
    curator = json.loads(answer.body)["access_token"]
    made = json.loads(
        call(emulator, "POST", "/drive/v3/files", curator, {"name": "a", "mimeType": FOLDER}).body
    )
    granted = robot(pair, DRIVE)
    granted.refresh(EmulatorAuthRequest(emulator))
    path = f"/drive/v3/files/{made['id']}"
    assert call(emulator, "GET", path, granted.token).status == 404
    share = {"type": "user", "role": "reader", "emailAddress": ROBOT}
    assert call(emulator, "POST", f"{path}/permissions", curator, share).status == 200
    assert call(emulator, "GET", path, granted.token).status == 200
    refused = call(emulator, "PATCH", path, granted.token, {"name": "b"})
    assert refused.status == 403
    assert json.loads(call(emulator, "GET", "/drive/v3/files?q=sharedWithMe", granted.token).body)["files"]


def test_without_auth_any_bearer_passes(clock: Movable) -> None:
    open_workspace = Emulator(clock=clock)
    assert call(open_workspace, "GET", "/drive/v3/files", "<ACCESS_TOKEN>").status == 200
    open_workspace.close()


def test_secrets_are_kept_only_as_hashes(emulator: Emulator, pair: tuple[str, str]) -> None:
    granted = robot(pair, DRIVE)
    granted.refresh(EmulatorAuthRequest(emulator))
    with emulator.store.transaction(writes=False) as tx:
        kept = tx.execute("SELECT hash FROM access_token").fetchall()
    assert len(kept) == 1
    assert granted.token not in kept[0][0]
