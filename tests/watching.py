"""Every answer of every workspace in every test is judged by Google's discovery documents.

The judge stands behind the one place through which both doors go (in-process and ASGI), so that a test need
not ask for it. A wrong answer is kept until the test ends and fails it then: an assertion inside a server's
thread would reach the test as a broken connection only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest

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


def watched(answer: Answer) -> Answer:
    """Wrap the method that answers a call of an API, before a fault may damage what it said."""

    def judged(self: Emulator, request: Request, route: Route, path: dict[str, str]) -> Response:
        response = answer(self, request, route, path)
        try:
            check_exchange(request, response)
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            wrong.append(f"{request.method} {request.path}: {type(error).__name__}: {error}")
        return response

    return judged


def begin() -> None:
    """Put the judge behind every workspace of this process."""
    setattr(Emulator, "_call", watched(Emulator._call))  # noqa: B010  mypy knows no other way to replace it
