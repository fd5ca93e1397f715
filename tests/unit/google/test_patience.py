"""Patience: what is sent again, how long it waits and when it stops; all waits on a simulated clock."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from sheets_sync.errors import DeadlineError, NotFoundError, RateLimitedError, UnavailableError
from sheets_sync.google.channel import Channel, Clock
from sheets_sync.google.translate import RetryAfter


class Simulated:
    """A clock that sleeps at once."""

    def __init__(self) -> None:
        self.time = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.time += seconds
        self.slept.append(seconds)


class Answering(HTTPAdapter):
    """A transport on which every request gets the same answer."""

    def __init__(self, status: int, body: str) -> None:
        super().__init__()
        self._status, self._body = status, body

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        raw = HTTPResponse(body=io.BytesIO(self._body.encode()), status=self._status, preload_content=False)
        return self.build_response(request, raw)


def channel(simulated: Simulated) -> Channel:
    def build(name: str, version: str) -> Any:
        raise AssertionError(name + version)

    return Channel(requests.Session(), build, Clock(lambda: simulated.time, simulated.sleep))


def failing(times: int, error: Callable[[], Exception]) -> Callable[[], list[str]]:
    left = [times]

    def send() -> list[str]:
        if left[0]:
            left[0] -= 1
            raise error()
        return ["ok"]

    return send


def test_a_service_that_is_briefly_away_is_asked_again_after_growing_waits() -> None:
    simulated = Simulated()
    way = channel(simulated)
    assert way.call("sheets", "чтение", failing(3, requests.ConnectionError)) == ["ok"]
    assert simulated.slept == [2, 4, 8]
    assert way.tally.requests["sheets"] == 4


def test_the_service_names_the_wait_but_never_more_than_a_minute() -> None:
    simulated = Simulated()
    sends = iter([17.0, 3600.0])

    def send() -> list[str]:
        seconds = next(sends, None)
        if seconds is not None:
            raise RetryAfter("quota", seconds)
        return ["ok"]

    assert channel(simulated).call("sheets", "чтение", send) == ["ok"]
    assert simulated.slept == [17, 64]


def test_a_service_that_stays_away_is_given_up_after_six_attempts() -> None:
    simulated = Simulated()
    way = channel(simulated)
    with pytest.raises(UnavailableError):
        way.call("sheets", "чтение", failing(99, requests.ConnectionError))
    assert way.tally.requests["sheets"] == 6


def test_a_permanent_quota_refusal_ends_within_minutes_not_hours() -> None:
    simulated = Simulated()
    with pytest.raises(RateLimitedError):
        channel(simulated).call(
            "sheets", "запись", failing(9999, lambda: RetryAfter("quota", None)), write=True
        )
    assert simulated.time <= 6 * 64


def test_what_the_service_refuses_for_good_is_asked_once() -> None:
    simulated = Simulated()
    way = channel(simulated)
    with pytest.raises(NotFoundError):
        way.call("drive", "чтение", failing(1, lambda: NotFoundError("нет")))
    assert way.tally.requests["drive"] == 1
    assert simulated.slept == []


def test_a_run_ends_when_its_quarter_of_an_hour_is_over() -> None:
    simulated = Simulated()
    way = channel(simulated)
    way.call("sheets", "чтение", lambda: ["ok"])
    simulated.time = 901
    with pytest.raises(DeadlineError) as ended:
        way.call("sheets", "чтение", lambda: ["ok"])
    assert ended.value.exit_code == 7


def test_every_attempt_to_write_is_counted_as_one() -> None:
    way = channel(Simulated())
    way.call("sheets", "запись", failing(2, requests.ConnectionError), write=True)
    assert way.tally.writes == 3


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, "[]"),
        (503, '"no"'),
        (503, '{"error": "busy"}'),
        (503, '{"error": {}}'),
        (502, "<html>Bad gateway</html>"),
        (200, '{"spreadsheetId": "x'),
        (200, "<html>sign in to the wireless network</html>"),
        (200, ""),
    ],
)
def test_an_answer_that_is_not_googles_means_try_later(status: int, body: str) -> None:
    way = channel(Simulated())
    way.session.mount("https://", Answering(status, body))
    with pytest.raises(UnavailableError):
        way.once("sheets", "чтение", lambda: way.sheets.json("get", "https://sheets.googleapis.com/x"))
