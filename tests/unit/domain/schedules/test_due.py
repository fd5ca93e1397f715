"""Which runs are due and which were missed, by the job's own zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sheets_sync.domain.schedules.due import Ended, is_due, missed, next_of, overdue
from sheets_sync.domain.schedules.timetable import in_words, last_planned, next_planned, numbers

MOSCOW, BERLIN = ZoneInfo("Europe/Moscow"), ZoneInfo("Europe/Berlin")
NIGHTLY = "30 2 * * *"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of October 2022 in UTC."""
    return datetime(2022, 10, day, hour, minute, tzinfo=UTC)


def ended(started: datetime, code: int = 0) -> Ended:
    return Ended("nightly", started, started + timedelta(minutes=1), code)


def test_f52_a_job_is_planned_by_its_own_zone_and_not_by_the_machines() -> None:
    # 2:30 in Moscow is 23:30 of the evening before in UTC: Moscow is three hours ahead all year.
    assert next_planned(NIGHTLY, MOSCOW, at(24, 12)) == at(24, 23, 30)
    assert last_planned(NIGHTLY, MOSCOW, at(24, 23, 30)) == at(24, 23, 30)
    assert last_planned(NIGHTLY, MOSCOW, at(24, 23, 29)) == at(23, 23, 30)


def test_f52_on_the_night_of_the_clock_change_a_job_runs_once() -> None:
    # On 30 October 2022 clocks in Berlin went from 3:00 back to 2:00: 2:30 came at 0:30 and at 1:30 UTC.
    first = next_planned(NIGHTLY, BERLIN, at(29, 12))
    assert first.astimezone(UTC) in {at(30, 0, 30), at(30, 1, 30)}
    assert next_planned(NIGHTLY, BERLIN, first).astimezone(UTC) == at(31, 1, 30)


def test_f52_a_line_that_comes_every_hour_runs_the_job_once_a_night() -> None:
    last = ended(at(23, 23, 30))
    runs = []
    for hour in range(1, 73):
        now = at(23, 23, 30) + timedelta(hours=hour)
        if is_due(NIGHTLY, MOSCOW, last, now):
            runs.append(now)
            last = ended(now)
    assert runs == [at(24, 23, 30), at(25, 23, 30), at(26, 23, 30)]


def test_f52_a_machine_that_was_off_catches_up_with_one_run_at_the_next_line() -> None:
    last = ended(at(20, 23, 30))
    on_again = at(24, 6, 30)
    assert is_due(NIGHTLY, MOSCOW, last, on_again)
    assert not is_due(NIGHTLY, MOSCOW, ended(on_again), on_again + timedelta(hours=1))
    assert missed(NIGHTLY, MOSCOW, last.started, on_again) == (at(21, 23, 30), at(22, 23, 30), at(23, 23, 30))


def test_f52_the_run_now_under_way_is_not_a_missed_one() -> None:
    assert missed(NIGHTLY, MOSCOW, at(22, 23, 30), at(23, 23, 30) + timedelta(seconds=40)) == ()


@pytest.mark.parametrize(
    ("code", "again"), [(0, False), (3, False), (4, False), (6, False), (7, True), (8, True)]
)
def test_f52_what_said_run_again_later_is_run_again_by_the_next_line(code: int, again: bool) -> None:
    assert is_due(NIGHTLY, MOSCOW, ended(at(23, 23, 30), code), at(24, 0, 30)) is again


def test_f52_a_schedule_installed_at_noon_does_not_begin_with_the_night_that_was() -> None:
    assert not is_due(NIGHTLY, MOSCOW, None, at(24, 9))
    assert is_due(NIGHTLY, MOSCOW, None, at(24, 23, 31))


def test_a_run_more_than_an_hour_late_is_overdue() -> None:
    assert not overdue(NIGHTLY, MOSCOW, ended(at(22, 23, 30)), at(24, 0, 29))
    assert overdue(NIGHTLY, MOSCOW, ended(at(22, 23, 30)), at(24, 0, 30))
    assert not overdue(NIGHTLY, MOSCOW, ended(at(23, 23, 30)), at(24, 0, 30))


def test_the_next_of_several_jobs_is_named() -> None:
    jobs = {"nightly": (NIGHTLY, MOSCOW), "weekly": ("30 3 * * 0", MOSCOW)}
    assert next_of(jobs, at(22, 23, 45)) == ("weekly", at(23, 0, 30))
    assert next_of({}, at(22, 12)) is None


@pytest.mark.parametrize(
    ("field", "low", "high", "meant"),
    [
        ("*", 1, 3, [1, 2, 3]),
        ("*/20", 0, 59, [0, 20, 40]),
        ("8-18/5", 0, 23, [8, 13, 18]),
        ("1,4,7,10", 1, 12, [1, 4, 7, 10]),
        ("5/20", 0, 59, [5, 25, 45]),
    ],
)
def test_the_numbers_that_a_field_means(field: str, low: int, high: int, meant: list[int]) -> None:
    assert numbers(field, low, high) == meant


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ("30 2 * * *", "каждый день в 02:30"),
        ("5 13 * * 0", "по воскресеньям в 13:05"),
        ("5 13 * * 7", "по воскресеньям в 13:05"),
        ("*/10 8-18 * * 1-5", "по будням каждые 10\N{NO-BREAK SPACE}минут с 8:00 до 18:59"),
        ("30 4 1 1,10 *", "1\N{NO-BREAK SPACE}января, 1\N{NO-BREAK SPACE}октября в 04:30"),
        ("0,30 2 * * *", "по расписанию «0,30 2 * * *»"),
    ],
)
def test_a_schedule_in_words(schedule: str, said: str) -> None:
    assert in_words(schedule) == said
