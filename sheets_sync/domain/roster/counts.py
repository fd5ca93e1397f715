"""Denominators from the school's list: how many there are of each group and class, by date."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.dates import age_on, printed
from sheets_sync.domain.entries import Contingent
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.roster.people import Listed, Roster
from sheets_sync.domain.school import Group
from sheets_sync.domain.tables import CellValue, Row, Table, Workbook

SOURCE = "списки школы"
COLUMNS = ("total", "aged_10_19", "aged_15_19")
_TITLES = {"total": "всего", "aged_10_19": "10–19 лет", "aged_15_19": "15–19 лет"}


def counted(roster: Roster, start: date, as_of: date) -> tuple[Contingent, ...]:
    """Count the list on the first day of the period and on every later day on which it changed.

    A day after `as_of` is not counted; ages are those on the counted day. Only groups of which the list holds
    somebody are counted: the list of pupils says nothing of graduates.
    """
    days = sorted(day for day in {start, *_changes(roster.people)} if start <= day <= as_of)
    return tuple(one for day in days or [as_of] for one in _on(roster.people, day))


def with_counted(
    typed: Sequence[Contingent], listed: Sequence[Contingent]
) -> tuple[tuple[Contingent, ...], tuple[Finding, ...]]:
    """Return staff's numbers and, for what they left empty, those of the list; a disagreement is noted."""
    given = {(row.group, name) for row in typed for name in COLUMNS if getattr(row, name) is not None}
    kept = []
    for row in listed:
        blank: dict[str, None] = {name: None for name in COLUMNS if (row.group, name) in given}
        kept.append(replace(row, **blank) if blank else row)  # type: ignore[arg-type]  # fields named in COLUMNS
    useful = [row for row in kept if any(getattr(row, name) is not None for name in COLUMNS)]
    return (*typed, *useful), tuple(_disagreements(typed, listed))


def contingent_table(listed: Sequence[Contingent], workbook: Workbook) -> Table:
    """Return what the list says beside staff's numbers in «Контингент», the latest count of each group."""
    latest: dict[str, Contingent] = {row.group: row for row in listed}
    remembered = workbook.remembered("contingent")
    rows = [Row(group, _cells(latest.get(group)), reason=SOURCE) for group in {**latest, **remembered}]
    return Table("contingent", tuple(rows))


def _cells(row: Contingent | None) -> Mapping[str, CellValue]:
    cells: dict[str, CellValue] = {f"listed_{name}": getattr(row, name, None) for name in COLUMNS}
    return {"listed_on": row.on if row else None, **cells}


def _changes(people: Iterable[Listed]) -> set[date]:
    moved = {day.fromordinal(day.toordinal() + 1) for one in people for day, _ in one.earlier}
    return moved | {day for one in people for day in (one.arrived, one.left) if day is not None}


def _on(people: Sequence[Listed], day: date) -> list[Contingent]:
    here = [one for one in people if one.here_on(day)]
    groups: dict[str, list[Listed]] = {
        group.value: [] for group in Group if any(p.group is group for p in people)
    }
    classes = sorted(
        {name for one in people for name in (one.school_class, *(c for _, c in one.earlier)) if name}
    )
    groups |= {f"класс {name}": [] for name in classes}
    for one in here:
        groups[one.group.value].append(one)
        if school_class := one.class_on(day):
            groups[f"класс {school_class}"].append(one)
    return [_one(group, own, day) for group, own in groups.items()]


def _one(group: str, own: Sequence[Listed], day: date) -> Contingent:
    if group != Group.PUPIL.value:
        return Contingent(group, day, len(own), source=SOURCE)
    ages = [age_on(one.birth_date, day) for one in own if one.birth_date is not None]
    known = len(ages) == len(own)
    return Contingent(
        group,
        day,
        len(own),
        sum(10 <= age <= 19 for age in ages) if known else None,
        sum(15 <= age <= 19 for age in ages) if known else None,
        source=SOURCE,
    )


def _disagreements(typed: Sequence[Contingent], listed: Sequence[Contingent]) -> Iterable[Finding]:
    for row in typed:
        for name in COLUMNS:
            said = getattr(row, name)
            known = [one for one in listed if one.group == row.group and getattr(one, name) is not None]
            if said is None or not known:
                continue
            before = [one for one in known if row.on is None or (one.on or date.min) <= row.on]
            found = (before or known[:1])[-1]
            counted_ = getattr(found, name)
            if counted_ != said:
                on = f" на {printed(row.on)}" if row.on else ""
                text = (
                    f"«{row.group}», {_TITLES[name]}{on}: вписано {said}, по спискам школы {counted_}; "
                    "считаем по вписанному — очистите ячейку, чтобы считать по спискам"
                )
                key = f"контингент/{row.group}/{name}/{said}/{counted_}"
                yield Finding(key, "«Контингент»", text, Severity.NOTE)
