"""The way to the services: sessions, patience and a count of every request.

A channel is made for Google itself, for a served workspace or for the embedded one; nothing above it knows
which.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import requests
from gspread.http_client import HTTPClient
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from sheets_sync.errors import DeadlineError, RateLimitedError, UnavailableError
from sheets_sync.google.quota import Pace
from sheets_sync.google.translate import RetryAfter, translated

REQUEST_TIMEOUT_S = (5.0, 180.0)
"""Connect and read time-outs; the service itself gives up after 180 s (sheets/api/limits)."""

ATTEMPTS = 6
LONGEST_WAIT_S = 64.0

T = TypeVar("T")


@dataclass
class Tally:
    """How many requests went out, by service, and how many of them wrote something."""

    requests: Counter[str] = field(default_factory=Counter)
    writes: int = 0


@dataclass
class Clock:
    """Monotonic time and sleep, so that tests wait on a simulated clock."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass
class Channel:
    """Sessions to the services with one budget of time for the whole run.

    Shape: `session` serves gspread; `service(name, version)` returns a google-api-python-client resource;
    `quota` is what each service grants a minute (nothing: no limit); `run_seconds` bounds everything sent;
    `plain` reaches the same hosts without signing in, None where no network lies between.
    """

    session: requests.Session
    build: Callable[[str, str], Any]
    clock: Clock = field(default_factory=Clock)
    quota: Mapping[tuple[str, bool], int] = field(default_factory=dict)
    run_seconds: float = 900.0
    attempts: int = ATTEMPTS
    plain: requests.Session | None = None
    tally: Tally = field(default_factory=Tally)
    _services: dict[str, Any] = field(default_factory=dict)
    _started: float | None = None

    @cached_property
    def sheets(self) -> "SheetsClient":
        """gspread's client of the Sheets service, with a time-out on every request."""
        client = SheetsClient(None, session=self.session)  # type: ignore[arg-type]  # None goes with a session
        client.set_timeout(REQUEST_TIMEOUT_S)
        return client

    def service(self, name: str, version: str) -> Any:
        """Return a resource of google-api-python-client, built once (building is dear)."""
        key = f"{name}.{version}"
        if key not in self._services:
            self._services[key] = self.build(name, version)
        return self._services[key]

    @cached_property
    def _pace(self) -> Pace:
        return Pace(self.quota, self.clock.monotonic, self.clock.sleep)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self.session.close()
        for service in self._services.values():
            service.close()

    def call(self, service: str, doing: str, send: Callable[[], T], *, write: bool = False) -> T:
        """Send a request that may safely be repeated, patiently, and count every attempt.

        Raises:
            RateLimitedError, UnavailableError: after the last attempt.
            RemoteError: at once.
            DeadlineError: the run's time is up.
        """

        def attempt() -> T:
            self._check_time()
            return self.once(service, doing, send, write=write)

        retrying = Retrying(
            retry=retry_if_exception_type((RateLimitedError, UnavailableError)),
            wait=_wait,
            stop=stop_after_attempt(self.attempts),
            sleep=self.clock.sleep,
            reraise=True,
        )
        return retrying(attempt)

    def once(self, service: str, doing: str, send: Callable[[], T], *, write: bool = False) -> T:
        """Send a request exactly once, within its quota, and count it."""
        self._pace.wait(service, write=write)
        self.tally.requests[service] += 1
        self.tally.writes += write
        with translated(service, doing):
            answer = send()
        # googleapiclient hands over a body that is not JSON as text (JsonModel.deserialize): a cut answer.
        if isinstance(answer, str) and answer:
            raise UnavailableError(f"{service}: ответ оборван, {doing} не удалось")
        return answer

    def _check_time(self) -> None:
        now = self.clock.monotonic()
        if self._started is None:
            self._started = now
        if now - self._started > self.run_seconds:
            raise DeadlineError("Время запуска вышло")


class SheetsClient(HTTPClient):
    """gspread's client with one method more: a request that answers JSON, with its query."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request; an error body of another shape than Google's counts as no answer."""
        try:
            return super().request(*args, **kwargs)
        except (KeyError, TypeError, AttributeError) as exc:
            raise requests.exceptions.ContentDecodingError("the error body is not Google's") from exc

    def json(
        self,
        method: str,
        url: str,
        *,
        params: dict[str, Any] | None = None,
        body: dict[str, Any] | None = None,
    ) -> Any:
        """Send one request and return the decoded answer."""
        return self.request(method, url, params=params, json=body).json()


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, RetryAfter) and error.seconds is not None:
        return min(error.seconds, LONGEST_WAIT_S)
    return min(float(2**state.attempt_number), LONGEST_WAIT_S)
