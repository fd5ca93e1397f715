"""Every method asks for one of its scopes, and every bad grant is refused in Google's words.

Scopes: the discovery documents. Words and headers: answers of Google's that clients' issues quote.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest
from google.auth import crypt, jwt

from sheets_sync.emulator import discovery
from sheets_sync.emulator.accounts import new_key_pair
from sheets_sync.emulator.core import Emulator, request_of

APIS = ("sheets.v4", "docs.v1", "forms.v1", "drive.v3", "drive.v2")
METHODS = {f"{api}:{method['id']}": (api, dict(method)) for api in APIS for method in discovery.methods(api)}
NOW = datetime(2022, 12, 23, 9, tzinfo=UTC)
ROBOT = "robot@local-workspace.example"
TOKEN_URI = "https://oauth2.googleapis.com/token"
JWT_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
EVERYTHING = sorted({scope for _, method in METHODS.values() for scope in method["scopes"]})
Json = dict[str, Any]


def ask_token(emulator: Emulator, **form: str) -> tuple[int, Json]:
    answer = emulator.handle(request_of("POST", "/token", {}, urlencode(form)))
    return answer.status, json.loads(answer.body)


def person(emulator: Emulator, *scopes: str) -> str:
    name = " ".join(scopes)
    emulator.register_refresh_token(
        name, client_id="c", client_secret="s", email="a@school.example", scopes=scopes
    )
    form = {"grant_type": "refresh_token", "refresh_token": name, "client_id": "c", "client_secret": "s"}
    token: str = ask_token(emulator, **form)[1]["access_token"]
    return token


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    made = Emulator(clock=lambda: NOW, auth="on")
    yield made
    made.close()


@pytest.mark.feature("F61")
@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_open_to_its_scopes_and_closed_to_all_others(emulator: Emulator, name: str) -> None:
    api, method = METHODS[name]
    path = "/" + discovery.document(api)["servicePath"] + re.sub(r"\{\+?[^}]+\}", "x", method["path"])

    def ask(*scopes: str) -> Any:
        headers = {"authorization": f"Bearer {person(emulator, *scopes)}"}
        return emulator.handle(request_of(method["httpMethod"], path, headers))

    others = [scope for scope in EVERYTHING if scope not in method["scopes"]]
    refused = ask(*others)
    error = json.loads(refused.body)["error"]
    assert (refused.status, error["message"]) == (403, "Request had insufficient authentication scopes.")
    assert error["status"] == "PERMISSION_DENIED"
    [detail] = error["details"]
    assert (detail["reason"], detail["domain"]) == ("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "googleapis.com")
    assert detail["metadata"]["service"] == f"{api.split('.')[0]}.googleapis.com"
    wanted = " ".join(sorted(method["scopes"]))
    assert refused.headers["www-authenticate"] == (
        f'Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="{wanted}"'
    )
    for scope in method["scopes"]:
        allowed = ask(scope)
        assert b"ACCESS_TOKEN_SCOPE_INSUFFICIENT" not in allowed.body


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/drive/v3/about", "google.apps.drive.v3.DriveAbout.Get"),
        ("/drive/v3/files", "google.apps.drive.v3.DriveFiles.List"),
        ("/v4/spreadsheets/x", "google.apps.sheets.v4.SpreadsheetsService.GetSpreadsheet"),
        ("/v4/spreadsheets/x/values/A1", "google.apps.sheets.v4.SpreadsheetsService.GetValues"),
        ("/v4/spreadsheets/x/values:batchGet", "google.apps.sheets.v4.SpreadsheetsService.BatchGetValues"),
        ("/v1/forms/x", "google.apps.forms.v1.FormsService.GetForm"),
    ],
)
def test_a_refusal_names_the_method_as_google_does(emulator: Emulator, path: str, name: str) -> None:
    missing = emulator.handle(request_of("GET", path))
    detail = json.loads(missing.body)["error"]["details"][0]
    assert (detail["reason"], detail["metadata"]["method"]) == ("CREDENTIALS_MISSING", name)
    assert missing.headers["www-authenticate"] == 'Bearer realm="https://accounts.google.com/"'
    wrong = emulator.handle(request_of("GET", path, {"authorization": "Bearer ya29.wrong"}))
    assert wrong.headers["www-authenticate"].endswith('error="invalid_token"')


def test_a_token_may_stand_in_the_address(emulator: Emulator) -> None:
    token = person(emulator, "https://www.googleapis.com/auth/drive")
    answer = emulator.handle(request_of("GET", f"/drive/v3/files?access_token={token}"))
    assert answer.status == 200


@pytest.fixture(scope="module")
def key() -> tuple[str, str]:
    return new_key_pair()


def assertion(private: str, **changes: Any) -> str:
    moment = int(NOW.timestamp())
    claims = {
        "iss": ROBOT,
        "scope": "https://www.googleapis.com/auth/drive",
        "aud": TOKEN_URI,
        "iat": moment,
        "exp": moment + 3600,
        **changes,
    }
    made: Any = jwt
    signer: Any = crypt.RSASigner
    return str(made.encode(signer.from_string(private, "key-1"), claims).decode())


SHORT_LIVED = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
HOUR = 3600
START = int(NOW.timestamp())


@pytest.mark.parametrize(
    ("changes", "status", "error", "told"),
    [
        ({}, 200, "", ""),
        ({"iat": START - 2 * HOUR, "exp": START - HOUR}, 400, "invalid_grant", SHORT_LIVED),
        ({"iat": START + HOUR, "exp": START + 2 * HOUR}, 400, "invalid_grant", SHORT_LIVED),
        ({"iat": START, "exp": START + 24 * HOUR}, 400, "invalid_grant", SHORT_LIVED),
        ({"iat": START + 60, "exp": START + HOUR}, 200, "", ""),
        ({"aud": "https://other.example/token"}, 400, "invalid_grant", "Invalid JWT: Failed audience check."),
        ({"iss": "none@x.example"}, 400, "invalid_grant", "Invalid grant: account not found"),
        ({"scope": ""}, 400, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        ({"scope": "drive"}, 400, "invalid_scope", "Invalid OAuth scope or ID token audience provided."),
        (
            {"sub": "a@school.example"},
            401,
            "unauthorized_client",
            "Client is unauthorized to retrieve access tokens using this method, or client not authorized "
            "for any of the scopes requested.",
        ),
    ],
)
def test_f61_an_assertion_is_refused_by_what_is_wrong_with_it(
    emulator: Emulator, key: tuple[str, str], changes: Json, status: int, error: str, told: str
) -> None:
    emulator.register_service_account(ROBOT, "key-1", key[1])
    answer = ask_token(emulator, grant_type=JWT_GRANT, assertion=assertion(key[0], **changes))
    assert answer[0] == status
    if status == 200:
        assert (answer[1]["token_type"], answer[1]["expires_in"]) == ("Bearer", 3599)
    else:
        assert answer[1] == {"error": error, "error_description": told}


def test_an_assertion_of_another_key_and_a_changed_one_are_not_signed(
    emulator: Emulator, key: tuple[str, str]
) -> None:
    emulator.register_service_account(ROBOT, "key-1", key[1])
    other, _ = new_key_pair()
    head, claims, signature = assertion(key[0]).split(".")
    read = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
    changed = base64.urlsafe_b64encode(json.dumps({**read, "sub": "x@y.z"}).encode()).decode().rstrip("=")
    for wrong in (assertion(other), f"{head}.{changed}.{signature}"):
        answer = ask_token(emulator, grant_type=JWT_GRANT, assertion=wrong)
        told = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        assert answer == (400, told)


def test_a_refresh_token_is_refused_by_what_is_wrong_with_it(emulator: Emulator) -> None:
    for client in ("one", "two"):
        emulator.register_refresh_token(
            f"of {client}", client_id=client, client_secret="s", email="a@school.example", scopes=["openid"]
        )

    def ask(token: str, client: str, secret: str = "s", **more: str) -> tuple[int, Json]:
        form = {"refresh_token": token, "client_id": client, "client_secret": secret, **more}
        return ask_token(emulator, grant_type="refresh_token", **form)

    assert ask("of one", "one")[0] == 200
    cases = {
        ("none", "one", "s"): (400, "invalid_grant", "Bad Request"),
        ("of one", "three", "s"): (401, "invalid_client", "The OAuth client was not found."),
        ("of one", "two", "s"): (401, "unauthorized_client", "Unauthorized"),
        ("of one", "one", "x"): (401, "invalid_client", "The provided client secret is invalid."),
    }
    for given, (status, error, told) in cases.items():
        assert ask(*given) == (status, {"error": error, "error_description": told})
    assert ask("of one", "one", scope="https://www.googleapis.com/auth/drive")[1]["error"] == "invalid_scope"
    revoked = emulator.handle(request_of("POST", "/revoke", {}, "token=of+one"))
    assert revoked.status == 200
    assert ask("of one", "one") == (
        400,
        {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
    )
    assert ask_token(emulator, grant_type="password")[1]["error"] == "unsupported_grant_type"
