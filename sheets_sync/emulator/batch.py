"""Many calls in one request: multipart/mixed at /batch/drive/v3 and /batch.

Source: Drive's guide "Improve performance" (batching): every part is a whole HTTP request, answered in order,
each as if it had come alone; Content-ID x is answered as response-x; at most 100 calls, and what stands
behind them is refused one by one (a public report of google-api-python-client quotes the words).
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlsplit

from sheets_sync.emulator.drive.uploads import split_headers, split_multipart
from sheets_sync.emulator.refusals import refusal
from sheets_sync.emulator.wire import ApiError, Request, Response

BATCH_LIMIT = 1000
SOFT_LIMIT = 100


def answer_batch(request: Request, answer: Callable[[Request], Response]) -> Response:
    """Answer every inner request of a batch; a batch inside a batch is refused."""
    try:
        parts = split_multipart(request.headers.get("content-type", ""), request.body)
        if len(parts) > BATCH_LIMIT:
            raise ApiError(
                400, f"The batch request contains more than {BATCH_LIMIT} calls.", reason="badRequest"
            )
        answers = [
            _part(headers, _inner(request, content), answer if number < SOFT_LIMIT else _too_many)
            for number, (headers, content) in enumerate(parts)
        ]
    except ApiError as error:
        return refusal("drive", error)
    boundary = "batch_" + _unused_boundary(answers)
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in answers)
    body += b"--" + boundary.encode() + b"--\r\n"
    return Response(200, {"content-type": f"multipart/mixed; boundary={boundary}"}, body)


def _too_many(_request: Request) -> Response:
    told = "Exceeds allowed inner batch requests soft limit. Please retry."
    return refusal("drive", ApiError(403, told, reason="forbidden"))


def _unused_boundary(answers: list[bytes]) -> str:
    name = "x"
    while any(name.encode() in part for part in answers):
        name += "x"
    return name


def _inner(outer: Request, content: bytes) -> Request:
    line, _, rest = content.lstrip(b"\r\n").partition(b"\n")
    words = line.decode("latin-1").split()
    if len(words) < 2:
        raise ApiError(400, "Failed to parse batch request.", reason="badRequest")
    headers, body = split_headers(rest)
    inherited = {key: value for key, value in outer.headers.items() if key in ("authorization", "host")}
    target = urlsplit(words[1])
    return Request(words[0].upper(), target.path, target.query, {**inherited, **headers}, body, outer.origin)


def _part(headers: dict[str, str], inner: Request, answer: Callable[[Request], Response]) -> bytes:
    if inner.path.startswith("/batch"):
        raise ApiError(400, "Batch requests cannot be nested.", reason="badRequest")
    response = answer(inner)
    head = ["Content-Type: application/http"]
    name = headers.get("content-id", "")
    if name:
        head.append(
            "Content-ID: " + (f"<response-{name[1:]}" if name.startswith("<") else f"response-{name}")
        )
    status = [f"HTTP/1.1 {response.status} {HTTPStatus(response.status).phrase}"]
    status += [f"{key}: {value}" for key, value in response.headers.items()]
    status.append(f"content-length: {len(response.body)}")
    text = "\r\n".join(head) + "\r\n\r\n" + "\r\n".join(status) + "\r\n\r\n"
    return text.encode("latin-1") + response.body
