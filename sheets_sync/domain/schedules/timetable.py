"""The moments at which a job is planned, judged in the job's own time zone."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from cronsim import CronSim

from sheets_sync.domain.deadlines import MONTHS_GENITIVE

_MINUTE = timedelta(minutes=1)


def next_planned(schedule: str, zone: tzinfo, now: datetime) -> datetime:
    """Return the first planned moment after `now`, in the job's zone."""
    return next(CronSim(schedule, now.astimezone(zone)))


def last_planned(schedule: str, zone: tzinfo, now: datetime) -> datetime:
    """Return the latest planned moment that is not after `now`, in the job's zone."""
    # The library's search goes strictly back, so it starts a minute later.
    return next(CronSim(schedule, now.astimezone(zone) + _MINUTE, reverse=True))


def planned_between(schedule: str, zone: tzinfo, after: datetime, before: datetime) -> Iterator[datetime]:
    """Return the planned moments that lie strictly between two, in order."""
    for moment in CronSim(schedule, after.astimezone(zone)):
        if moment >= before:
            return
        yield moment


def numbers(field: str, low: int, high: int) -> list[int]:
    """Return the numbers that one field of a cron expression means, in order; «*» means all of them.

    Source: crontab(5); the field is one that `domain.jobs.wrong_schedule` finds nothing wrong with.
    """
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        start, _, end = span.partition("-")
        if span == "*":
            first, last = low, high
        elif end:
            first, last = int(start), int(end)
        else:
            first, last = int(start), high if step else int(start)
        found.update(range(first, last + 1, int(step or 1)))
    return sorted(found)


def in_words(schedule: str) -> str:
    """Say in Russian when a job runs; what has no short wording is shown as it is written."""
    minute, hour, day, month, weekday = schedule.split()
    if minute.isdigit() and hour.isdigit():
        at = f"в {int(hour):02}:{int(minute):02}"
    elif (step := minute.removeprefix("*/")).isdigit() and hour.count("-") == 1 and "," not in hour:
        first, _, last = hour.partition("-")
        at = f"каждые {step}\N{NO-BREAK SPACE}минут с {first}:00 до {last}:59"
    else:
        return f"по расписанию «{schedule}»"
    if (day, month, weekday) == ("*", "*", "*"):
        return f"каждый день {at}"
    if (day, month, weekday) == ("*", "*", "1-5"):
        return f"по будням {at}"
    if (day, month) == ("*", "*") and weekday.isdigit():
        return f"{_WEEKDAYS[int(weekday) % 7]} {at}"
    if day.isdigit() and weekday == "*" and re.fullmatch(r"\d+(,\d+)*", month):
        named = ", ".join(
            f"{int(day)}\N{NO-BREAK SPACE}{MONTHS_GENITIVE[int(one) - 1]}" for one in month.split(",")
        )
        return f"{named} {at}"
    return f"по расписанию «{schedule}»"


_WEEKDAYS = (
    "по воскресеньям",
    "по понедельникам",
    "по вторникам",
    "по средам",
    "по четвергам",
    "по пятницам",
    "по субботам",
)
