"""Which planned runs are due now and which were missed, told from what earlier runs left behind.

A night reads everything there is, and the history carries the nights between forward: so one run makes up for
any number of missed ones, and to catch up means to run once, soon.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sheets_sync.domain.schedules.timetable import last_planned, next_planned, planned_between

RUN_AGAIN = frozenset({7, 8})
"""Exit codes that say «run again later»: nobody has to act first."""

GRACE = timedelta(hours=1)
"""How late a planned run may begin and still be that run."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended.

    Shape: `started` and `ended` are aware; `exit_code` is what the process returned, `kind` the name of the
    error or "" when all went well.
    """

    job: str
    started: datetime
    ended: datetime
    exit_code: int
    kind: str = ""
    message: str = ""

    @property
    def settled(self) -> bool:
        """Whether running again by itself would help nothing."""
        return self.exit_code not in RUN_AGAIN


@dataclass(frozen=True, slots=True)
class RunsBefore:
    """What went wrong since the last good run of a job; empty when nothing did or nobody knows."""

    missed: tuple[datetime, ...] = ()
    failed: tuple[Ended, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missed or self.failed)


NOTHING_BEFORE = RunsBefore()


def is_due(schedule: str, zone: tzinfo, last: Ended | None, now: datetime) -> bool:
    """Whether a job has a planned moment behind it that no run of it has dealt with.

    A run that ended in «run again later» has not; without any memory only a moment of the last hour counts,
    so that a schedule installed at noon does not start with the night that was.
    """
    planned = last_planned(schedule, zone, now)
    if last is None:
        return now - planned < GRACE
    return last.started < planned or not last.settled


def missed(schedule: str, zone: tzinfo, last_good: datetime | None, now: datetime) -> tuple[datetime, ...]:
    """Return the planned moments between the last good run and the one that is running now.

    Shape: the moment that the run now under way is for is not among them when the run came within the hour.
    """
    if last_good is None:
        return ()
    planned = [*planned_between(schedule, zone, last_good, now)]
    if planned and now - planned[-1] < GRACE:
        planned.pop()
    return tuple(planned)


def overdue(schedule: str, zone: tzinfo, last: Ended | None, now: datetime) -> bool:
    """Whether the latest planned run is more than an hour late."""
    planned = last_planned(schedule, zone, now)
    return now - planned >= GRACE and (last is None or last.started < planned)


def next_of(
    schedules: Mapping[str, tuple[str, tzinfo]], now: datetime, leaving_out: Sequence[str] = ()
) -> tuple[str, datetime] | None:
    """Return the job that is planned next and when."""
    coming = [
        (next_planned(schedule, zone, now), job)
        for job, (schedule, zone) in schedules.items()
        if job not in leaving_out
    ]
    if not coming:
        return None
    moment, job = min(coming)
    return job, moment
