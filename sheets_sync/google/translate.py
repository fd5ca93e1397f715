"""The one table that turns what the client libraries raise into the program's errors."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from json import JSONDecodeError

import google.auth.exceptions
import gspread.exceptions
import httplib2
from googleapiclient.errors import HttpError

from sheets_sync.errors import (
    AuthenticationError,
    ExportTooLargeError,
    InvalidRequestError,
    NotFoundError,
    PermissionDeniedError,
    PrintError,
    RateLimitedError,
    SheetsSyncError,
    StorageQuotaError,
    UnavailableError,
    UnsupportedError,
)

_RATE_REASONS = {"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"}
_TOO_LARGE = "exportSizeLimitExceeded"
_NOT_PRINTED = "printFailed"  # of the local workspace alone
_STORAGE_REASONS = {"storageQuotaExceeded", "teamDriveFileLimitExceeded"}

# OSError covers sockets, TLS, names and routes, and everything that requests raises.
_LOST: tuple[type[Exception], ...] = (
    OSError,
    http.client.HTTPException,
    httplib2.HttpLib2Error,
    JSONDecodeError,
    UnicodeDecodeError,
    google.auth.exceptions.TransportError,
)


class RetryAfter(RateLimitedError):
    """The quota is used up and the service said when to come back."""

    def __init__(self, message: str, seconds: float | None) -> None:
        super().__init__(message)
        self.seconds = seconds


@contextmanager
def translated(service: str, doing: str) -> Iterator[None]:
    """Raise the program's error for whatever the client libraries raise inside.

    Shape: `service` is «sheets», «forms», «docs», «drive»; `doing` says in Russian what was tried. Neither
    the answer's body nor any address with data in it enters the message.
    """
    try:
        yield
    except gspread.exceptions.APIError as exc:
        answer = exc.response
        raise classify(
            service, doing, answer.status_code, _reason(exc.error), answer.headers.get("Retry-After")
        ) from exc
    except HttpError as exc:
        details = exc.error_details if isinstance(exc.error_details, list) else []
        reason = next((str(d.get("reason", "")) for d in details if isinstance(d, dict)), "")
        raise classify(service, doing, int(exc.resp.status), reason, exc.resp.get("retry-after")) from exc
    except google.auth.exceptions.RefreshError as exc:
        raise AuthenticationError(f"{service}: ключ не принят, {doing} не удалось") from exc
    except _LOST as exc:
        raise UnavailableError(f"{service}: нет ответа, {doing} не удалось") from exc


def classify(
    service: str, doing: str, status: int, reason: str, retry_after: str | None = None
) -> SheetsSyncError:
    """Return the error for an HTTP status and Google's reason.

    Source: developers.google.com/workspace/drive/api/guides/handle-errors and the recorded error bodies in
    tests/data/real_errors.json.
    """
    error = _classified(service, doing, status, reason, retry_after)
    error.reason = reason
    return error


def _classified(
    service: str, doing: str, status: int, reason: str, retry_after: str | None
) -> SheetsSyncError:
    message = f"{service}: {doing}: ответ {status}{f' ({reason})' if reason else ''}"
    if reason in _STORAGE_REASONS:
        return StorageQuotaError(message)
    if reason == _TOO_LARGE:
        return ExportTooLargeError(f"{service}: {doing}: документ больше 10 МБ")
    if reason == _NOT_PRINTED:
        return PrintError("PDF не напечатан: браузер не справился")
    if status == 429 or (status == 403 and reason in _RATE_REASONS):
        seconds = float(retry_after) if retry_after and retry_after.isdigit() else None
        return RetryAfter(message, seconds)
    if status >= 500 and status != 501:
        return UnavailableError(message)
    table: dict[int, type[SheetsSyncError]] = {
        401: AuthenticationError,
        403: PermissionDeniedError,
        404: NotFoundError,
        408: UnavailableError,
        501: UnsupportedError,
    }
    return table.get(status, InvalidRequestError)(message)


def _reason(error: object) -> str:
    if not isinstance(error, dict):
        return ""
    for entry in [*error.get("errors", []), *error.get("details", [])]:
        if isinstance(entry, dict) and entry.get("reason"):
            return str(entry["reason"])
    return ""
