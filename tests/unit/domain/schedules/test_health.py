"""The health line comes back as it was written, and damage counts as no memory."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from sheets_sync.domain.schedules.due import Ended
from sheets_sync.domain.schedules.health import Health, Outcome, health_from

NIGHT = datetime(2022, 10, 25, 2, 30, tzinfo=UTC)
NEXT = ("nightly", NIGHT + timedelta(days=1))
GOOD = Ended("nightly", NIGHT, NIGHT + timedelta(seconds=9), 0)
BAD = Ended("nightly", NIGHT, NIGHT + timedelta(seconds=9), 6, "PermissionDeniedError", "нет прав")


def test_f58_the_health_line_is_one_line_of_json_that_comes_back() -> None:
    health = Health().after(GOOD, Outcome(date(2022, 10, 25), 12, 3, 5), NEXT)
    assert "\n" not in health.line()
    assert health_from(health.line()) == health
    told = json.loads(health.line())
    assert (told["ok"], told["exit"], told["generation"], told["writes"]) == (True, 0, 12, 3)
    assert told["next"] == {"job": "nightly", "at": "2022-10-26T02:30:00+00:00"}


def test_f58_a_failed_run_is_not_ok_and_names_its_kind_and_code() -> None:
    told = json.loads(Health().after(BAD, Outcome(), NEXT).line())
    assert (told["ok"], told["exit"], told["kind"]) == (False, 6, "PermissionDeniedError")


def test_failures_are_kept_until_a_good_run() -> None:
    health = Health().after(GOOD, Outcome(), NEXT).after(BAD, Outcome(), NEXT).after(BAD, Outcome(), NEXT)
    assert (len(health.jobs["nightly"].failed), health.jobs["nightly"].good) == (2, GOOD.started)
    assert health.after(GOOD, Outcome(), NEXT).jobs["nightly"].failed == ()


def test_a_job_that_only_looked_leaves_the_word_of_the_run_before() -> None:
    looked = Ended("on-request", NIGHT + timedelta(hours=8), NIGHT + timedelta(hours=8), 0)
    health = Health().after(BAD, Outcome(), NEXT).after(looked, Outcome(), NEXT, looked_only=True)
    assert health.last == BAD
    assert health.jobs["on-request"].last == looked


def test_a_run_for_another_day_stands_for_no_planned_one() -> None:
    health = Health().after(GOOD, Outcome(date(2022, 9, 1)), NEXT, by_clock=False)
    assert (health.last, dict(health.jobs)) == (GOOD, {})


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", "{}", '{"jobs": []}', '{"jobs": {"nightly": {"started": "вчера"}}}',
     '{"jobs": {}, "job": "nightly", "exit": 0, "kind": "", "message": "", "started": "2022-10-25T02:30:00", '
     '"ended": "2022-10-25T02:30:00"}'],
)  # fmt: skip
def test_a_damaged_file_is_no_memory(text: str) -> None:
    assert health_from(text) == Health()
