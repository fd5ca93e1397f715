"""The report for people without access to the spreadsheet: no names, no codes, no group that could be known.

Source: domain notes 5.4: public reports are aggregates, groups under five are suppressed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sheets_sync.domain.history import Snapshot, snapshot_of
from sheets_sync.domain.indicators.values import IndicatorValue, number_with_noun, percent
from sheets_sync.domain.monitoring.comparison import ITEMS, SMALLEST_GROUP, Change, Compared, quarter_name
from sheets_sync.domain.monitoring.figures import Figure
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_status import RoadmapReport, Status
from sheets_sync.domain.school import Pair, PairState, SchoolSettings
from sheets_sync.domain.views.dashboard import coverage_ids, group_of

FEW = f"меньше {SMALLEST_GROUP}"
PAIRS, PARTICIPANTS = ("пара", "пары", "пар"), ("участник", "участника", "участников")
NO_DATA = "нет данных"


@dataclass(frozen=True, slots=True)
class Line:
    """One share as people read it.

    Shape: `share` and `goal` are shares of 1, None where unknown, not set or telling a small group.
    """

    title: str
    shown: str
    share: Fraction | None = None
    goal: Fraction | None = None
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure of the roadmap."""

    number: int
    title: str
    deadline: str
    state: Status
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the roadmap with its measures."""

    title: str
    measures: tuple[MeasureLine, ...]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One question before and after; `change` None and a `note` where the group is too small.

    Shape: `place` counts the groups of all quarters in order; `directions` are (better, same, worse) people,
    None where one of them would be a small group.
    """

    place: int
    quarter: str
    group: str
    item: str
    change: Change | None
    directions: tuple[int, int, int] | None
    note: str


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """How many measures were done, at risk and overdue on a day that had news."""

    on: date
    done: int
    at_risk: int
    overdue: int


@dataclass(frozen=True, slots=True)
class PublicReport:
    """All that may be shown to everybody."""

    school: str
    place: str
    as_of: date
    start: date
    end: date
    states: tuple[tuple[Status, int], ...]
    coverage: tuple[Line, ...]
    totals: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, tuple[Line, ...]], ...]
    changes: tuple[ChangeLine, ...]
    sections: tuple[Section, ...]
    trend: tuple[TrendPoint, ...]


def public_report(
    settings: SchoolSettings,
    roadmap: Roadmap,
    report: RoadmapReport,
    figures: Iterable[Figure],
    compared: Iterable[Compared],
    pairs: Sequence[Pair],
    nights: Sequence[Snapshot],
) -> PublicReport:
    """Gather what may leave the school; `nights` are the kept ones, the earliest first."""
    values = {value.id: value for value in report.values}
    counts = report.counts()
    return PublicReport(
        school=settings.school_name,
        place=settings.place,
        as_of=report.as_of,
        start=settings.period_start,
        end=settings.period_end,
        states=tuple((state, counts.get(state.value, 0)) for state in Status),
        coverage=tuple(_coverage(values[name]) for name in coverage_ids(roadmap)),
        totals=_totals(pairs),
        figures=_by_section(figures),
        changes=_changes(compared),
        sections=_sections(roadmap, report),
        trend=tuple(_point(night) for night in _with_today(nights, snapshot_of(report))),
    )


def is_small(number: int | None) -> bool:
    """Whether so many people could be known; nobody at all cannot."""
    return number is not None and 0 < number < SMALLEST_GROUP


def _coverage(value: IndicatorValue) -> Line:
    title = group_of(value.counts)
    if is_small(value.numerator):
        return Line(title, FEW, goal=value.threshold, met=value.met)
    share = Fraction(value.numerator, value.denominator) if value.numerator and value.denominator else None
    return Line(title, value.shown, share, value.threshold, value.met)


def _by_section(figures: Iterable[Figure]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    found: dict[str, list[Line]] = {}
    for figure in figures:
        found.setdefault(figure.section, []).append(_figure(figure))
    return tuple((section, tuple(lines)) for section, lines in found.items())


def _figure(figure: Figure) -> Line:
    span = figure.span.replace("на дату", "на\u00a0дату").replace("за период", "за\u00a0период")
    title = figure.title if span in ("", figure.title) else f"{figure.title}, {span}"
    part, whole = figure.part.number, figure.whole.number
    rest = None if part is None or whole is None else whole - part
    if is_small(part) or is_small(whole) or is_small(rest):
        note = f"скрыто: здесь группа, где {FEW} человек"
        return Line(title, "не показываем", goal=figure.target, note=note)
    return Line(title, figure.shown, figure.share, figure.target, figure.met, figure.rule)


def _changes(compared: Iterable[Compared]) -> tuple[ChangeLine, ...]:
    places: dict[tuple[object, str], int] = {}
    lines = []
    for one in compared:
        place = places.setdefault((one.quarter, one.group), len(places))
        lines.append(_change(place, one))
    return tuple(lines)


def _change(place: int, one: Compared) -> ChangeLine:
    directions = None
    if one.change is not None:
        cells = (one.change.better, one.change.same, one.change.worse)
        directions = None if any(is_small(number) for number in cells) else cells
    return ChangeLine(
        place, quarter_name(one.quarter), one.group, ITEMS[one.item], one.change, directions, one.reason
    )


def _totals(pairs: Sequence[Pair]) -> tuple[tuple[str, str], ...]:
    working = [pair for pair in pairs if pair.state in (PairState.IN_FORCE, PairState.COMPLETED)]
    people = {code for pair in working for code in (pair.mentor, pair.mentee)}
    return (
        (f"{_ending(len(working), PAIRS)} в работе и завершённых", _counted(len(working))),
        (f"{_ending(len(people), PARTICIPANTS)} этих пар", _counted(len(people))),
    )


def _ending(number: int, noun: tuple[str, str, str]) -> str:
    """Return the noun as it stands after the number, after «меньше 5» in the genitive."""
    return noun[2] if is_small(number) else number_with_noun(number, noun).partition("\u00a0")[2]


def _counted(number: int) -> str:
    return FEW if is_small(number) else str(number)


def _sections(roadmap: Roadmap, report: RoadmapReport) -> tuple[Section, ...]:
    statuses = {status.measure: status for status in report.statuses}
    found: dict[str, list[MeasureLine]] = {}
    for measure in roadmap.measures:
        status = statuses[measure.id]
        line = MeasureLine(
            measure.number, measure.title, measure.written_deadline, status.status, status.fulfilled_on
        )
        found.setdefault(measure.section, []).append(line)
    return tuple(Section(title, tuple(lines)) for title, lines in found.items())


def _with_today(nights: Sequence[Snapshot], today: Snapshot) -> list[Snapshot]:
    return [*(night for night in nights if night.on < today.on), today]


def _point(night: Snapshot) -> TrendPoint:
    said = list(night.states.values())
    done = said.count(Status.DONE.value) + said.count(Status.DONE_LATE.value)
    return TrendPoint(night.on, done, said.count(Status.AT_RISK.value), said.count(Status.OVERDUE.value))


def goal_text(line: Line) -> str:
    """Return the goal as people read it, "" where none is set."""
    return "" if line.goal is None else f"не\u00a0меньше {percent(line.goal)}"
