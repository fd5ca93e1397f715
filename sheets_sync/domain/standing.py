"""How things stand on a date: what `sheets-sync status` tells, on a terminal, in plain lines and as JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sheets_sync.domain.indicators.values import IndicatorValue, percent
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_status import MeasureStatus, RoadmapReport, Status
from sheets_sync.domain.views.dashboard import coverage_ids, group_of

_SHOWN = 5
_OPEN = frozenset({Status.NOT_BEGUN, Status.UNDER_WAY, Status.AT_RISK, Status.NO_DATA, Status.DECISION})


@dataclass(frozen=True, slots=True)
class Coverage:
    """One target group against its threshold; `share` and `goal` are shares of 1, None where unknown."""

    id: str
    group: str
    shown: str
    share: Fraction | None
    goal: Fraction | None
    met: bool | None
    missing: str

    def line(self) -> str:
        """Tell it in one line."""
        goal = "" if self.goal is None else f", порог {percent(self.goal)}"
        state = {True: " — достигнут", False: f" — {self.missing}", None: f" — {self.missing}"}[self.met]
        return f"{self.group}: {self.shown}{goal}{state if self.met or self.missing else ''}"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A measure with its deadline; `days` are those left, below zero for a deadline that passed."""

    number: int
    state: Status
    due: date
    days: int
    missing: str

    def line(self) -> str:
        """Tell it in one line."""
        when = f"прошло дней: {-self.days}" if self.days < 0 else f"осталось дней: {self.days}"
        return f"пункт {self.number}, срок {self.due:%d.%m.%Y} ({when}): {self.missing}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand.

    Shape: `states` are the states that occur with the numbers of their measures; `last` is the last night
    with news, None before the first; `news` tells whether the next run would write.
    """

    as_of: date
    last: date | None
    coverage: tuple[Coverage, ...]
    states: tuple[tuple[Status, tuple[int, ...]], ...]
    overdue: tuple[Deadline, ...]
    coming: tuple[Deadline, ...]
    pairs_waiting: int
    pairs_quiet: int
    questions: int
    news: bool

    @property
    def last_line(self) -> str:
        """Say when the last night with news was."""
        return f"Последний запуск с новостями: {self.last:%d.%m.%Y}" if self.last else "Запусков ещё не было"

    def closing_lines(self) -> list[str]:
        """Say what waits for a person, and whether the next run has something to write."""
        lines = [
            f"Ждут решения куратора: пар {self.pairs_waiting}, вопросов к данным {self.questions}; "
            f"пар давно без встреч: {self.pairs_quiet}"
        ]
        if self.news:
            lines.append("Есть новости, которые запишет следующий запуск: sheets-sync run nightly")
        return lines

    def state_line(self) -> str:
        """Tell how many measures are in each state."""
        return ", ".join(f"{state} — {len(numbers)}" for state, numbers in self.states)

    def to_json(self) -> dict[str, object]:
        """Return the same as JSON values."""
        return {
            "last_night": self.last.isoformat() if self.last else None,
            "coverage": [
                {"id": one.id, "group": one.group, "met": one.met, "missing": one.missing}
                for one in self.coverage
            ],
            "states": {state.value: list(numbers) for state, numbers in self.states},
            "overdue": [_json(one) for one in self.overdue],
            "coming": [_json(one) for one in self.coming],
            "waiting": {
                "pairs": self.pairs_waiting,
                "quiet_pairs": self.pairs_quiet,
                "questions": self.questions,
            },
            "news": self.news,
        }


def standing(
    roadmap: Roadmap,
    report: RoadmapReport,
    last: date | None,
    *,
    pairs_waiting: int,
    pairs_quiet: int,
    questions: int,
    news: bool,
) -> Standing:
    """Gather how things stand from a report on the roadmap."""
    values = {value.id: value for value in report.values}
    late = [one for one in report.statuses if one.status is Status.OVERDUE and one.due]
    ahead = [one for one in report.statuses if one.status in _OPEN and one.due and one.due >= report.as_of]
    return Standing(
        as_of=report.as_of,
        last=last,
        coverage=tuple(_coverage(values[name]) for name in coverage_ids(roadmap)),
        states=_states(report),
        overdue=_deadlines(late, report.as_of),
        coming=_deadlines(ahead, report.as_of)[:_SHOWN],
        pairs_waiting=pairs_waiting,
        pairs_quiet=pairs_quiet,
        questions=questions,
        news=news,
    )


def _coverage(value: IndicatorValue) -> Coverage:
    share = None
    if value.numerator is not None and value.denominator:
        share = Fraction(value.numerator, value.denominator)
    missing = "; ".join(part for part in (value.missing, value.fill) if part)
    return Coverage(value.id, group_of(value.counts), value.shown, share, value.threshold, value.met, missing)


def _states(report: RoadmapReport) -> tuple[tuple[Status, tuple[int, ...]], ...]:
    found = ((state, tuple(one.number for one in report.statuses if one.status is state)) for state in Status)
    return tuple((state, numbers) for state, numbers in found if numbers)


def _deadlines(statuses: Sequence[MeasureStatus], as_of: date) -> tuple[Deadline, ...]:
    found = [
        Deadline(
            one.number, one.status, one.due, (one.due - as_of).days, one.missing or one.fill or one.reason
        )
        for one in statuses
        if one.due is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.due, one.number)))


def _json(one: Deadline) -> dict[str, object]:
    return {
        "measure": one.number,
        "state": one.state.value,
        "due": one.due.isoformat(),
        "days": one.days,
        "missing": one.missing,
    }
