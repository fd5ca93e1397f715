"""Patience and pace on a simulated clock: what is repeated, how long, and how often a minute."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import requests

from sheets_sync.errors import (
    DeadlineError,
    InvalidRequestError,
    PermissionDeniedError,
    RateLimitedError,
    StorageQuotaError,
    UnavailableError,
    UnsupportedError,
)
from sheets_sync.google.channel import ATTEMPTS, Channel, Clock
from sheets_sync.google.quota import GOOGLE, Pace
from sheets_sync.google.translate import RetryAfter, classify


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def channel(time: Time) -> Channel:
    def never(name: str, version: str) -> object:
        raise AssertionError(f"{name} {version} is not asked for here")

    return Channel(requests.Session(), never, Clock(time.monotonic, time.sleep))


def failing(times: int, error: Exception) -> Callable[[], list[str]]:
    left = [times]

    def send() -> list[str]:
        if left[0]:
            left[0] -= 1
            raise error
        return ["answer"]

    return send


def test_an_unavailable_service_is_asked_again_with_growing_pauses(channel: Channel, time: Time) -> None:
    assert channel.call("sheets", "чтение", failing(3, UnavailableError("503"))) == ["answer"]

    assert time.slept == [2, 4, 8]
    assert channel.tally.requests["sheets"] == 4


def test_patience_ends_after_a_bounded_number_of_attempts(channel: Channel, time: Time) -> None:
    with pytest.raises(UnavailableError):
        channel.call("sheets", "чтение", failing(1000, UnavailableError("503")))

    assert channel.tally.requests["sheets"] == ATTEMPTS
    assert time.now < 900


def test_the_pause_that_the_service_asks_for_is_kept(channel: Channel, time: Time) -> None:
    channel.call("sheets", "чтение", failing(1, RetryAfter("429", 5.0)))

    assert time.slept == [5.0]


def test_a_refusal_is_not_repeated(channel: Channel) -> None:
    with pytest.raises(InvalidRequestError):
        channel.call("sheets", "запись", failing(1, InvalidRequestError("400")))

    assert channel.tally.requests["sheets"] == 1


def test_a_run_has_fifteen_minutes(channel: Channel, time: Time) -> None:
    channel.call("sheets", "чтение", lambda: ["first"])
    time.now += 901

    with pytest.raises(DeadlineError) as late:
        channel.call("sheets", "чтение", lambda: ["second"])
    assert late.value.exit_code == 7


def test_writes_are_counted_apart(channel: Channel) -> None:
    channel.call("docs", "запись", lambda: ["done"], write=True)
    channel.call("docs", "чтение", lambda: ["seen"])

    assert (channel.tally.requests["docs"], channel.tally.writes) == (2, 1)


@pytest.mark.parametrize(("service", "write", "granted"), [("sheets", False, 60), ("docs", True, 60)])
def test_no_minute_holds_more_requests_than_google_grants(
    service: str, write: bool, granted: int, time: Time
) -> None:
    pace, sent = Pace(GOOGLE, time.monotonic, time.sleep), []
    for _ in range(300):
        pace.wait(service, write=write)
        sent.append(time.now)

    busiest = max(sum(start <= moment < start + 60 for moment in sent) for start in sent)
    assert busiest <= granted
    assert time.now >= 4 * 60


def test_a_service_without_a_known_quota_is_not_held_up(time: Time) -> None:
    pace = Pace(GOOGLE, time.monotonic, time.sleep)
    for _ in range(1000):
        pace.wait("drive", write=True)

    assert time.now == 0


@pytest.mark.parametrize(
    ("status", "reason", "expected"),
    [
        (400, "", InvalidRequestError),
        (403, "forbidden", PermissionDeniedError),
        (403, "userRateLimitExceeded", RateLimitedError),
        (403, "storageQuotaExceeded", StorageQuotaError),
        (429, "RATE_LIMIT_EXCEEDED", RateLimitedError),
        (500, "", UnavailableError),
        (501, "", UnsupportedError),
        (503, "", UnavailableError),
    ],
)
def test_every_answer_of_google_becomes_the_error_of_whoever_must_act(
    status: int, reason: str, expected: type[Exception]
) -> None:
    assert isinstance(classify("sheets", "чтение", status, reason), expected)
