"""What the client libraries raise, as the program's errors with the exit codes of DESIGN section 5."""

from __future__ import annotations

import http.client
import json
import socket
import ssl

import google.auth.exceptions
import gspread.exceptions
import httplib2
import pytest
import requests
from googleapiclient.errors import HttpError

from sheets_sync.errors import (
    AuthenticationError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    SheetsSyncError,
    StorageQuotaError,
    UnavailableError,
    UnsupportedError,
)
from sheets_sync.google.translate import RetryAfter, classify, translated

SECRET = "Ветров Глеб +7 900 000-00-00"


def answer(status: int, body: object, headers: dict[str, str] | None = None) -> gspread.exceptions.APIError:
    made = requests.Response()
    made.status_code = status
    made._content = (body if isinstance(body, str) else json.dumps(body)).encode()
    made.headers.update(headers or {})
    return gspread.exceptions.APIError(made)


def drive_answer(status: int, reason: str) -> HttpError:
    body = {
        "error": {
            "errors": [{"domain": "usageLimits", "reason": reason, "message": SECRET}],
            "code": status,
            "message": SECRET,
        }
    }
    return HttpError(
        httplib2.Response({"status": str(status), "content-type": "application/json"}),
        json.dumps(body).encode(),
    )


@pytest.mark.parametrize(
    ("status", "reason", "error", "code"),
    [
        (400, "", InvalidRequestError, 6),
        (401, "", AuthenticationError, 6),
        (403, "", PermissionDeniedError, 6),
        (403, "storageQuotaExceeded", StorageQuotaError, 6),
        (403, "userRateLimitExceeded", RateLimitedError, 7),
        (404, "", NotFoundError, 6),
        (408, "", UnavailableError, 7),
        (429, "RATE_LIMIT_EXCEEDED", RateLimitedError, 7),
        (500, "", UnavailableError, 7),
        (501, "", UnsupportedError, 6),
        (503, "", UnavailableError, 7),
    ],
)
def test_f58_every_status_says_who_must_act(
    status: int, reason: str, error: type[SheetsSyncError], code: int
) -> None:
    found = classify("drive", "копия", status, reason)
    assert isinstance(found, error)
    assert found.exit_code == code


@pytest.mark.parametrize(
    "lost",
    [
        requests.ConnectionError(SECRET),
        requests.ReadTimeout(SECRET),
        requests.exceptions.ChunkedEncodingError(SECRET),
        json.JSONDecodeError(SECRET, "", 0),
        ConnectionResetError(SECRET),
        TimeoutError(SECRET),
        socket.gaierror(-2, SECRET),
        ssl.SSLError(SECRET),
        httplib2.ServerNotFoundError(SECRET),
        http.client.IncompleteRead(b""),
        http.client.BadStatusLine(SECRET),
        OSError(101, "Network is unreachable"),
        google.auth.exceptions.TransportError(SECRET),  # type: ignore[no-untyped-call]  # google-auth
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_lost_answer_means_try_later_and_repeats_nothing_that_was_said(lost: Exception) -> None:
    with pytest.raises(UnavailableError) as found, translated("sheets", "запись"):
        raise lost
    assert SECRET not in str(found.value)


def test_a_key_that_is_not_accepted_is_said_as_such() -> None:
    with pytest.raises(AuthenticationError), translated("sheets", "чтение"):
        raise google.auth.exceptions.RefreshError("invalid_grant")  # type: ignore[no-untyped-call]  # google-auth


@pytest.mark.parametrize("body", ["<html>busy</html>", ""])
def test_an_answer_that_is_no_google_error_is_judged_by_its_status(body: str) -> None:
    with pytest.raises(UnavailableError), translated("sheets", "чтение"):
        raise answer(503, body)


def test_googles_own_message_never_enters_ours() -> None:
    body = {"error": {"code": 400, "message": SECRET, "status": "INVALID_ARGUMENT"}}
    with pytest.raises(InvalidRequestError) as found, translated("sheets", "запись"):
        raise answer(400, body)
    assert SECRET not in str(found.value)
    with pytest.raises(RateLimitedError) as limited, translated("drive", "копия"):
        raise drive_answer(403, "userRateLimitExceeded")
    assert SECRET not in str(limited.value)


def test_the_time_that_the_service_asks_for_is_kept() -> None:
    with pytest.raises(RetryAfter) as found, translated("sheets", "запись"):
        raise answer(429, {"error": {"code": 429}}, {"Retry-After": "17"})
    assert found.value.seconds == 17
    later = classify("sheets", "запись", 429, "", "Wed, 21 Oct 2026 07:28:00 GMT")
    assert isinstance(later, RetryAfter)
    assert later.seconds is None
