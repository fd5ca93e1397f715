"""What every run leaves behind on this machine: the lock while it runs, then the health line."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from zoneinfo import ZoneInfo

import click

from sheets_sync.cli.invocation import Invocation
from sheets_sync.domain.jobs import Job, Step
from sheets_sync.domain.run_report import RunReport
from sheets_sync.domain.schedules.due import NOTHING_BEFORE, Ended, RunsBefore, missed, next_of
from sheets_sync.domain.schedules.health import Health, Outcome
from sheets_sync.errors import AnotherRunError, SheetsSyncError, UnknownNameError
from sheets_sync.machine.lock import alone
from sheets_sync.machine.record import read_health, write_health
from sheets_sync.settings import defaults_dir, find_config

HEARTBEAT = "SHEETS_SYNC_HEARTBEAT"
"""The environment variable that names another address for the health line than config/school.yaml."""

_INTERRUPTED = 130


def own_folder(invocation: Invocation) -> Path | None:
    """Return the school's folder, None where only the program's own defaults are in use."""
    config = find_config(invocation.config, invocation.here).resolve()
    if not config.is_dir() or config == (defaults_dir() / "config").resolve():
        return None
    return config.parent


@dataclass
class Recording:
    """Holds the lock while a run goes on and writes down how it ended, whatever happens.

    Shape: `by_clock` says that the run judges today, as the schedule's runs do: others do not stand for a
    planned one. `now` is asked at the beginning and at the end.
    """

    invocation: Invocation
    job: str
    by_clock: bool
    outcome: Outcome = field(default_factory=Outcome)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    heartbeat: str = ""
    looked_only: bool = False

    def __post_init__(self) -> None:
        self.folder = own_folder(self.invocation)
        self.health = read_health(self.folder) if self.folder else Health()
        self.started = self.invocation.now()
        self._held = ExitStack()

    def __enter__(self) -> "Recording":
        if self.folder:
            self._held.enter_context(alone(self.folder))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._held:
            if self.folder and not isinstance(error, UnknownNameError):
                self._write_down(self.folder, error)

    def before(self, job: Job) -> RunsBefore:
        """Return what went wrong since the last good run of the job; of a run for another day, nothing."""
        known = self.health.jobs.get(job.id)
        if known is None or not self.by_clock or Step.REQUESTED in job.steps:
            return NOTHING_BEFORE
        # A run that began at a planned moment and failed is told as a failure, not as a missed one.
        zone = ZoneInfo(job.time_zone)
        tried_on = {one.started.astimezone(zone).date() for one in known.failed}
        gone = missed(job.schedule, zone, known.good, self.started)
        # Where another run was faster the work was done.
        failed = tuple(one for one in known.failed if one.kind != AnotherRunError.__name__)
        return RunsBefore(tuple(one for one in gone if one.date() not in tried_on), failed)

    def ended_well(self, report: RunReport) -> None:
        """Keep the numbers of a run that came to its end."""
        self.outcome = Outcome(report.as_of, report.generation, report.writes, report.findings)

    def _write_down(self, folder: Path, error: BaseException | None) -> None:
        told = error.message if isinstance(error, SheetsSyncError) else ""
        declared = self.jobs.get(self.job)
        zone = ZoneInfo(declared.time_zone) if declared else UTC
        ended = Ended(
            self.job,
            self.started.astimezone(zone),
            self.invocation.now().astimezone(zone),
            _exit_code(error),
            type(error).__name__ if error is not None else "",
            told.splitlines()[0] if told else "",
        )
        schedules = {
            name: (job.schedule, ZoneInfo(job.time_zone))
            for name, job in self.jobs.items()
            if Step.REQUESTED not in job.steps
        }
        coming = next_of(schedules, ended.ended)
        self.health = self.health.after(
            ended, self.outcome, coming, by_clock=self.by_clock, looked_only=self.looked_only
        )
        if not write_health(folder, self.health):
            self.invocation.screen.lines(["Файл health.json не записан: проверьте права и место на диске"])
        if address := self.invocation.environ.get(HEARTBEAT) or self.heartbeat:
            from sheets_sync.machine.heartbeat import (
                beat,
            )  # brings a network library

            if not self.looked_only and not beat(address, ended.exit_code, self.health.line()):
                self.invocation.screen.lines(["Адрес наблюдения за запусками не ответил"])
        if not self.looked_only:
            self._say_last(ended)

    def _say_last(self, ended: Ended) -> None:
        """Say the health line when everything else has been said, the cause of a stop too."""
        text = health_words(self.health)
        screen = self.invocation.screen
        click.get_current_context().find_root().call_on_close(lambda: screen.lines([text]))


def health_words(health: Health) -> str:
    """Return the health line as people read it: how the last run ended and which comes next."""
    last = health.last
    if last is None:
        return "Запусков ещё не было"
    how = "хорошо" if last.exit_code == 0 else f"не удался ({last.kind})"
    parts = [f"Запуск {last.job}: {how}, код {last.exit_code}", f"{_clock(last.ended)}"]
    if health.outcome.generation is not None:
        parts.append(f"запись № {health.outcome.generation}")
    if health.next_at is not None:
        parts.append(f"следующий — {health.next_job}, {_clock(health.next_at)}")
    return "; ".join(parts)


def _clock(moment: datetime) -> str:
    return f"{moment:%d.%m.%Y %H:%M} {moment:%z}".strip()


def _exit_code(error: BaseException | None) -> int:
    if error is None:
        return 0
    if isinstance(error, SheetsSyncError | click.exceptions.Exit):
        return error.exit_code
    return _INTERRUPTED if isinstance(error, KeyboardInterrupt) else SheetsSyncError.exit_code
