"""What crosses the workspace's door: a request, an answer, and Google's refusals."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

JSON_TYPE = "application/json; charset=UTF-8"

STATUS_OF_CODE: Mapping[int, str] = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    413: "INVALID_ARGUMENT",
    416: "OUT_OF_RANGE",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    `path` is raw (percent-encoded), `query` has no "?", header names are lower-case, `origin` is
    "scheme://host[:port]" as the client addressed it, or "" when unknown.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    origin: str = ""


@dataclass(frozen=True)
class Response:
    """One HTTP answer."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @staticmethod
    def of_json(value: object, status: int = 200) -> Response:
        """Render a JSON value as an answer."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Response(status, {"content-type": JSON_TYPE}, text.encode("utf-8", "surrogatepass"))

    @staticmethod
    def empty(status: int = 204) -> Response:
        """Answer without a body, as Drive does after a deletion."""
        return Response(status, {}, b"")


class ApiError(Exception):
    """A refusal in Google's words; core renders it in the shape of the service that was called.

    `reason`, `domain`, `location_type` and `location` appear only in Drive's shape, `details` only in the
    shape of Sheets, Docs and Forms.
    Source: recorded bodies (gargle, gspread) for both shapes.
    """

    def __init__(
        self,
        code: int,
        message: str,
        status: str = "",
        *,
        details: Sequence[Mapping[str, Any]] = (),
        reason: str = "",
        domain: str = "global",
        location_type: str = "",
        location: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status or STATUS_OF_CODE.get(code, "UNKNOWN")
        self.details = [dict(detail) for detail in details]
        self.reason = reason
        self.domain = domain
        self.location_type = location_type
        self.location = location
        self.headers = dict(headers or {})


def invalid_argument(message: str, *, details: Sequence[Mapping[str, Any]] = ()) -> ApiError:
    """Refuse a request that is wrong in itself: 400 INVALID_ARGUMENT."""
    return ApiError(400, message, "INVALID_ARGUMENT", details=details, reason="badRequest")


def failed_precondition(message: str) -> ApiError:
    """Refuse a request that the present state forbids: 400 FAILED_PRECONDITION."""
    return ApiError(400, message, "FAILED_PRECONDITION", reason="failedPrecondition")


def not_found(message: str = "Requested entity was not found.") -> ApiError:
    """Refuse a request for something that does not exist: 404 NOT_FOUND."""
    return ApiError(404, message, "NOT_FOUND", reason="notFound")


def permission_denied(message: str = "The caller does not have permission") -> ApiError:
    """Refuse a caller without the right: 403 PERMISSION_DENIED."""
    return ApiError(403, message, "PERMISSION_DENIED", reason="forbidden")


def unimplemented(name: str) -> ApiError:
    """Refuse, by its name, something that Google does and this workspace does not: 501."""
    return ApiError(
        501, f"{name} is not implemented by the local workspace.", "UNIMPLEMENTED", reason="notImplemented"
    )


def field_violation(path: str, description: str) -> dict[str, Any]:
    """Describe one wrong field as an item of google.rpc.BadRequest."""
    return {"field": path, "description": description} if path else {"description": description}


def bad_request(message: str, violations: Sequence[Mapping[str, Any]]) -> ApiError:
    """Refuse with 400 and a google.rpc.BadRequest that names the wrong fields."""
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [dict(violation) for violation in violations],
    }
    return invalid_argument(message, details=[detail])
