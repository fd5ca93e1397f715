"""Every answer of every workspace in every test is judged by Google's discovery documents.

The judge stands behind the one place through which both doors go (in-process and ASGI), so that a test need
not ask for it, and once more in front of the two HTTP libraries of Google's clients, so that a workspace
which another process serves is judged as well. A wrong answer is kept until the test ends and fails it then:
an assertion inside a server's thread would reach the test as a broken connection only.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import httplib2
import pytest
import requests
from requests.adapters import HTTPAdapter

from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.routes import Route
from sheets_sync.emulator.wire import Request, Response
from tests.conformance.discovery import check_exchange

Answer: TypeAlias = Callable[[Emulator, Request, Route, dict[str, str]], Response]
wrong: list[str] = []
"""What was wrong with the answers since `taken` was called last."""


def taken() -> list[str]:
    """Give what was wrong and begin anew."""
    found = wrong[:]
    wrong.clear()
    return found


def refuse() -> None:
    """Fail when an answer was wrong since the last time."""
    found = taken()
    if found:
        pytest.fail("not as the discovery documents say:\n" + "\n".join(found[:20]), pytrace=False)


def judge(request: Request, response: Response) -> None:
    """Keep what is wrong with one answer."""
    try:
        check_exchange(request, response)
    except (AssertionError, KeyError, TypeError, ValueError) as error:
        wrong.append(f"{request.method} {request.path}: {type(error).__name__}: {error}")


def watched(answer: Answer) -> Answer:
    """Wrap the method that answers a call of an API, before a fault may damage what it said."""

    def judged(self: Emulator, request: Request, route: Route, path: dict[str, str]) -> Response:
        response = answer(self, request, route, path)
        judge(request, response)
        return response

    return judged


def _received(method: str, url: str, headers: Any, status: int, body: bytes) -> None:
    """Judge what came over HTTP from this machine; a body that a fault cut short is no answer."""
    asked = urlsplit(url)
    if asked.hostname not in ("127.0.0.1", "localhost", "::1"):
        return
    try:
        json.loads(body)
    except ValueError:
        return
    kind = {"content-type": headers.get("content-type", "")}
    judge(Request(method.upper(), asked.path, asked.query), Response(status, kind, body))


def _watch_requests() -> None:
    send = HTTPAdapter.send

    def judged(self: HTTPAdapter, request: requests.PreparedRequest, *given: Any, **more: Any) -> Any:
        answer = send(self, request, *given, **more)
        _received(
            request.method or "GET", request.url or "", answer.headers, answer.status_code, answer.content
        )
        return answer

    setattr(HTTPAdapter, "send", judged)  # noqa: B010  mypy knows no other way to replace it


def _watch_httplib2() -> None:
    ask = httplib2.Http.request

    def judged(self: httplib2.Http, uri: str, method: str = "GET", *given: Any, **more: Any) -> Any:
        answer, body = ask(self, uri, method, *given, **more)
        _received(method, uri, answer, answer.status, body)
        return answer, body

    httplib2.Http.request = judged


def begin() -> None:
    """Put the judge behind every workspace of this process and before every answer of another one's."""
    setattr(Emulator, "_call", watched(Emulator._call))  # noqa: B010  mypy knows no other way to replace it
    _watch_requests()
    _watch_httplib2()
