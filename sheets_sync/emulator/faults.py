"""Faults put between a client and the workspace, by request number or by method.

Every API and token request has a number, from 1. A script is a list of rules; hooks let a test stop a run
before or after any request. Source: the kinds are those of which issue threads of Google's clients tell
(5xx with the change applied, late application, 429 with Retry-After, cut connections).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from sheets_sync.emulator.refusals import refusal
from sheets_sync.emulator.wire import ApiError, Request, Response

Kind: TypeAlias = Literal[
    "refuse", "refuse_after", "cut_before", "lose_reply", "stall", "stall_after", "truncate", "late"
]
Hook: TypeAlias = Callable[[int, str], None]
_MESSAGES = {
    429: "Resource has been exhausted (e.g. check quota).",
    500: "Internal error encountered.",
    503: "The service is currently unavailable.",
}


class ConnectionLost(ConnectionResetError):
    """The connection broke; whether the request was applied, the client cannot know."""


class ReplyStalled(TimeoutError):
    """No answer came in time; whether the request was applied, the client cannot know."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong.

    - "refuse": answers `status` and applies nothing; "refuse_after" applies first
    - "cut_before", "lose_reply": the connection breaks, before or after the request is applied
    - "stall", "stall_after": no answer in time, with nothing applied, or all of it
    - "truncate": applied, half of the answer's body arrives
    - "late": no answer in time, and the request is applied `delay` requests later
    """

    kind: Kind
    status: int = 503
    retry_after: int | None = None
    delay: int = 1


@dataclass
class Rule:
    """When a fault happens: at one number, or for a method, `times` times (None: always)."""

    fault: Fault
    number: int | None = None
    method_id: str | None = None
    times: int | None = 1

    def matches(self, number: int, method_id: str) -> bool:
        """Tell whether the rule is for this request."""
        right_number = self.number is None or self.number == number
        right_method = self.method_id is None or method_id.startswith(self.method_id)
        return right_number and right_method and self.times != 0


@dataclass
class Faults:
    """The script of one workspace; without rules and hooks every request passes.

    `on_request(k, method_id)` is called before request k is applied, `on_applied` after it is committed and
    before its answer leaves; an exception raised there reaches the client's caller, as a kill would.
    """

    rules: list[Rule] = field(default_factory=list)
    on_request: Hook | None = None
    on_applied: Hook | None = None
    count: int = 0
    _late: list[tuple[int, Callable[[], Response]]] = field(default_factory=list)

    def at(self, number: int, fault: Fault) -> None:
        """Let a fault happen at one request number."""
        self.rules.append(Rule(fault, number=number))

    def on(self, method_id: str, fault: Fault, *, times: int | None = 1) -> None:
        """Let a fault happen for methods that begin with a discovery id."""
        self.rules.append(Rule(fault, method_id=method_id, times=times))

    def always(self, fault: Fault) -> None:
        """Let a fault happen at every request."""
        self.rules.append(Rule(fault, times=None))

    def clear(self) -> None:
        """Forget rules and hooks; what is late is still applied by `release`."""
        self.rules.clear()
        self.on_request = self.on_applied = None

    def release(self) -> None:
        """Apply now what is still late."""
        for apply in list(self._due(None)):
            apply()

    def around(
        self, request: Request, method_id: str, apply: Callable[[], Response], service: str
    ) -> Response:
        """Answer one request, with what the script lets go wrong.

        Raises ConnectionLost or ReplyStalled where a client would see no answer.
        """
        self.count += 1
        number = self.count
        for late in list(self._due(number)):
            late()
        if self.on_request is not None:
            self.on_request(number, method_id)
        fault = self._chosen(number, method_id)
        if fault is None:
            return self._applied(number, method_id, apply)
        return self._faulty(fault, number, method_id, apply, service)

    def _due(self, number: int | None) -> Iterator[Callable[[], Response]]:
        due = [entry for entry in self._late if number is None or entry[0] <= number]
        self._late = [entry for entry in self._late if entry not in due]
        yield from (apply for _, apply in due)

    def _chosen(self, number: int, method_id: str) -> Fault | None:
        for rule in self.rules:
            if rule.matches(number, method_id):
                if rule.times is not None:
                    rule.times -= 1
                return rule.fault
        return None

    def _applied(self, number: int, method_id: str, apply: Callable[[], Response]) -> Response:
        response = apply()
        if self.on_applied is not None:
            self.on_applied(number, method_id)
        return response

    def _faulty(
        self, fault: Fault, number: int, method_id: str, apply: Callable[[], Response], service: str
    ) -> Response:
        if fault.kind == "refuse":
            return _refused(fault, service)
        if fault.kind == "cut_before":
            raise ConnectionLost(f"connection reset before request {number}")
        if fault.kind == "stall":
            raise ReplyStalled(f"no answer to request {number}")
        if fault.kind == "late":
            self._late.append((number + fault.delay, apply))
            raise ReplyStalled(f"no answer to request {number}")
        response = self._applied(number, method_id, apply)
        if fault.kind == "refuse_after":
            return _refused(fault, service)
        if fault.kind == "lose_reply":
            raise ConnectionLost(f"connection reset after request {number}")
        if fault.kind == "stall_after":
            raise ReplyStalled(f"no answer to request {number}")
        return Response(response.status, response.headers, response.body[: len(response.body) // 2])


def _refused(fault: Fault, service: str) -> Response:
    reason = {429: "rateLimitExceeded", 500: "internalError"}.get(fault.status, "backendError")
    headers = {"retry-after": str(fault.retry_after)} if fault.retry_after is not None else {}
    message = _MESSAGES.get(fault.status, "The request failed.")
    return refusal(service, ApiError(fault.status, message, reason=reason, headers=headers))
