"""What the roadmap said on every night that had news: kept as differences, carried over quiet nights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar

from sheets_sync.domain.roadmap_status import RoadmapReport, Status
from sheets_sync.domain.tables import Memory, Row, Table, Workbook, table

SHEET = "history"
DONE = (Status.DONE.value, Status.DONE_LATE.value)
_LISTED = 12
"""So many changed numbers are listed for a night; the rest is counted."""

Figure = tuple[int | None, int | None]
Name = TypeVar("Name", bound=str | int)
Value = TypeVar("Value")


class Kept(NamedTuple):
    """One indicator on one night; None while nobody knew, or where a count has no denominator."""

    on: date
    indicator: str
    numerator: int | None
    denominator: int | None


class KeptState(NamedTuple):
    """The state of one measure on one night, in Russian as the sheet shows it."""

    on: date
    measure: int
    state: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that was said on one night, by indicator id and by the measure's number."""

    on: date
    figures: Mapping[str, Figure] = field(default_factory=dict)
    states: Mapping[int, str] = field(default_factory=dict)


def history(workbook: Workbook) -> tuple[Kept, ...]:
    """Return the numbers of every night that had news, the earliest first, each night whole.

    Between two nights those of the earlier one hold: a quiet night keeps nothing because nothing changed.
    """
    return tuple(
        Kept(night.on, indicator, *figure)
        for night in snapshots(workbook)
        for indicator, figure in night.figures.items()
    )


def state_history(workbook: Workbook) -> tuple[KeptState, ...]:
    """Return the states of every night that had news, the earliest first, each night whole."""
    return tuple(
        KeptState(night.on, measure, state)
        for night in snapshots(workbook)
        for measure, state in night.states.items()
    )


def snapshots(workbook: Workbook, before: date | None = None) -> tuple[Snapshot, ...]:
    """Return every kept night, the earliest first; with `before` only the nights earlier than that day."""
    found: list[Snapshot] = []
    figures: dict[str, Figure] = {}
    states: dict[int, str] = {}
    for on, memory in _nights(workbook):
        if before is not None and on >= before:
            break
        _lay_over(figures, {name: _figure(pair) for name, pair in _mapping(memory, "figures").items()})
        _lay_over(states, {int(name): _text(state) for name, state in _mapping(memory, "states").items()})
        found.append(Snapshot(on, dict(figures), dict(states)))
    return tuple(found)


def snapshot_on(workbook: Workbook, day: date) -> Snapshot | None:
    """Return what held on a day: the latest kept night up to it, None before the first."""
    return next((night for night in reversed(snapshots(workbook)) if night.on <= day), None)


def snapshot_of(report: RoadmapReport) -> Snapshot:
    """Return what a report says, in the form in which it is kept."""
    figures = {value.id: (value.numerator, value.denominator) for value in report.values}
    return Snapshot(report.as_of, figures, {status.number: status.status.value for status in report.statuses})


def kept_table(workbook: Workbook, as_of: date) -> Table:
    """Return the rows of the nights before `as_of` as they should stand."""
    nights = snapshots(workbook, before=as_of)
    return table(SHEET, (_row(night, previous) for night, previous in _with_previous(nights)))


def tonight_table(report: RoadmapReport, workbook: Workbook) -> Table:
    """Return the row of the report's night; written only when the night has news."""
    earlier = snapshots(workbook, before=report.as_of)
    return table(SHEET, [_row(snapshot_of(report), earlier[-1] if earlier else None)])


def _nights(workbook: Workbook) -> list[tuple[date, Memory]]:
    found = workbook.remembered(SHEET).items()
    return sorted(((date.fromisoformat(key), memory) for key, memory in found), key=lambda night: night[0])


def _with_previous(nights: tuple[Snapshot, ...]) -> Iterator[tuple[Snapshot, Snapshot | None]]:
    previous: Snapshot | None = None
    for night in nights:
        yield night, previous
        previous = night


def _row(night: Snapshot, previous: Snapshot | None) -> Row:
    before = previous or Snapshot(night.on)
    figures = _difference(before.figures, night.figures)
    states = _difference(before.states, night.states)
    said = list(night.states.values())
    return Row(
        night.on.isoformat(),
        {
            "key": night.on.isoformat(),
            "on": night.on,
            "done": sum(state in DONE for state in said),
            "overdue": said.count(Status.OVERDUE.value),
            "at_risk": said.count(Status.AT_RISK.value),
            "changed": "первый подсчёт" if previous is None else _told(before, figures, states),
        },
        memory={
            "figures": {name: None if pair is None else list(pair) for name, pair in figures.items()},
            "states": {str(number): state for number, state in states.items()},
        },
    )


def _difference(old: Mapping[Name, Value], new: Mapping[Name, Value]) -> dict[Name, Value | None]:
    names = sorted({*old, *new}, key=lambda name: (name if isinstance(name, int) else 0, str(name)))
    return {name: new.get(name) for name in names if old.get(name) != new.get(name)}


def _lay_over(known: dict[Name, Value], changed: Mapping[Name, Value | None]) -> None:
    for name, value in changed.items():
        if value is None:
            known.pop(name, None)
        else:
            known[name] = value


def _told(before: Snapshot, figures: Mapping[str, Figure | None], states: Mapping[int, str | None]) -> str:
    numbers: dict[str, list[str]] = {}
    for number, state in states.items():
        if state is not None:
            numbers.setdefault(state, []).append(str(number))
    lines = [f"{state}: № {', '.join(found)}" for state, found in numbers.items()]
    told = [_change(name, before.figures.get(name), figure) for name, figure in figures.items()]
    more = len(told) - _LISTED
    told = [*told[:_LISTED], *([f"и ещё показателей: {more}"] if more > 0 else [])]
    return "\n".join([*lines, *(["; ".join(told)] if told else [])])


def _change(name: str, old: Figure | None, new: Figure | None) -> str:
    if new is None:
        return f"{name} больше не считается"
    return f"{name} {_shown(new)}" if old is None else f"{name} {_shown(old)} → {_shown(new)}"


def _shown(figure: Figure) -> str:
    if figure[0] is None:
        return "нет данных"
    return str(figure[0]) if figure[1] is None else f"{figure[0]} из {figure[1]}"


def _mapping(memory: Memory, name: str) -> Mapping[str, object]:
    found = memory.get(name)
    return found if isinstance(found, Mapping) else {}


def _figure(pair: object) -> Figure | None:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        return None
    numerator, denominator = (number if isinstance(number, int) else None for number in pair)
    return numerator, denominator


def _text(state: object) -> str | None:
    return state if isinstance(state, str) else None
