"""The health line: how the last run ended and what earlier runs left, as one line of JSON.

Monitoring reads it, the next run learns from it what was missed, `doctor` judges by it. It holds no data of
people; without it nothing is lost but the memory of missed nights.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sheets_sync.domain.schedules.due import Ended

KEPT_FAILURES = 50
"""How many failed runs are remembered; more of them say nothing new."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The numbers of the last run that had something to count; what is not known is None."""

    as_of: date | None = None
    generation: int | None = None
    writes: int | None = None
    findings: int | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What is known of one job: its last run, when the last good one began, and what failed since."""

    last: Ended
    good: datetime | None = None
    failed: tuple[Ended, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """How things stand with the runs on this machine; without any run everything is empty."""

    last: Ended | None = None
    outcome: Outcome = Outcome()
    next_job: str = ""
    next_at: datetime | None = None
    jobs: Mapping[str, JobRecord] = field(default_factory=dict)

    def after(
        self,
        ended: Ended,
        outcome: Outcome,
        coming: tuple[str, datetime] | None,
        *,
        by_clock: bool = True,
        looked_only: bool = False,
    ) -> "Health":
        """Return the health after a run.

        Shape: a run for another day than today (not `by_clock`) stands for no planned one; one that only
        looked whether it was needed leaves the word of the run before.
        """
        known = self.jobs.get(ended.job)
        job, at = coming or ("", None)
        if not by_clock:
            return Health(ended, outcome, job, at, self.jobs)
        if ended.exit_code == 0:
            record = JobRecord(ended, ended.started)
        else:
            failed = (*(known.failed if known else ()), ended)[-KEPT_FAILURES:]
            record = JobRecord(ended, known.good if known else None, failed)
        jobs = {**self.jobs, ended.job: record}
        if looked_only:
            return Health(self.last, self.outcome, job, at, jobs)
        return Health(ended, outcome, job, at, jobs)

    def line(self) -> str:
        """Return everything as one line of JSON; times as ISO 8601 with their offset."""
        last, outcome = self.last, self.outcome
        return json.dumps(
            {
                "ok": last is not None and last.exit_code == 0,
                **(_ended_json(last) if last else {}),
                "as_of": outcome.as_of.isoformat() if outcome.as_of else None,
                "generation": outcome.generation,
                "writes": outcome.writes,
                "findings": outcome.findings,
                "next": {"job": self.next_job, "at": _iso(self.next_at)} if self.next_job else None,
                "jobs": {
                    job: {
                        **_ended_json(record.last),
                        "good": _iso(record.good),
                        "failed": [_ended_json(one) for one in record.failed],
                    }
                    for job, record in self.jobs.items()
                },
            },
            ensure_ascii=False,
        )


def health_from(text: str) -> Health:
    """Read what `line` wrote; anything else counts as no memory at all."""
    try:
        found = json.loads(text)
        return _health(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        return Health()


def _health(found: Mapping[str, object]) -> Health:
    jobs = {}
    told = found["jobs"]
    if not isinstance(told, dict):
        raise TypeError("jobs")
    for job, record in told.items():
        good = record["good"]
        failed = tuple(_ended(job, one) for one in record["failed"])
        jobs[str(job)] = JobRecord(
            _ended(job, record), datetime.fromisoformat(good) if good is not None else None, failed
        )
    last = _ended(str(found["job"]), found) if "job" in found else None
    day = found.get("as_of")
    outcome = Outcome(
        date.fromisoformat(day) if isinstance(day, str) else None,
        *(_whole(found.get(name)) for name in ("generation", "writes", "findings")),
    )
    coming = found.get("next")
    if not isinstance(coming, dict):
        return Health(last, outcome, jobs=jobs)
    return Health(last, outcome, str(coming["job"]), datetime.fromisoformat(str(coming["at"])), jobs)


def _ended(job: str, found: Mapping[str, object]) -> Ended:
    started, ended = (datetime.fromisoformat(str(found[name])) for name in ("started", "ended"))
    code = _whole(found["exit"])
    if code is None or started.tzinfo is None or ended.tzinfo is None:
        raise ValueError("not a run")
    return Ended(job, started, ended, code, str(found["kind"]), str(found["message"]))


def _ended_json(ended: Ended) -> dict[str, object]:
    return {
        "job": ended.job,
        "exit": ended.exit_code,
        "kind": ended.kind,
        "message": ended.message,
        "started": ended.started.isoformat(timespec="seconds"),
        "ended": ended.ended.isoformat(timespec="seconds"),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment is not None else None


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def failures_in_words(failed: Sequence[Ended]) -> str:
    """Say how many runs failed and why the last did."""
    last = failed[-1]
    why = last.message or last.kind
    return f"{len(failed)}, последний {last.started:%d.%m.%Y} (код {last.exit_code}: {why})"
