"""Counts what rules ask for, on any day, from the evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from sheets_sync.domain.indicators.collections import COLLECTIONS
from sheets_sync.domain.indicators.records import Record
from sheets_sync.domain.indicators.rules import (
    NEXT_YEAR,
    Aggregate,
    ContingentQuery,
    Having,
    MeasuresQuery,
    Query,
    Scalar,
    Selection,
    Source,
    TotalQuery,
)
from sheets_sync.domain.indicators.values import UNKNOWN, Tally
from sheets_sync.domain.school import Contingent, Evidence, Group

_CLASS_PREFIX = "класс "


@dataclass
class Evaluator:
    """Answers queries from one evidence; records are made once and kept.

    Dates after the evidence's own are never asked for: nothing is known about them.
    """

    evidence: Evidence
    _records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _selected: dict[Selection, tuple[Record, ...]] = field(default_factory=dict)

    def tally(self, source: Source, on: date) -> Tally:
        """The number that a source gives on the day; `MeasuresQuery` is not counted from evidence."""
        if isinstance(source, Query):
            return self._count(source, on)
        if isinstance(source, ContingentQuery):
            return self._contingent(source, on)
        if isinstance(source, TotalQuery):
            return self._total(source)
        raise TypeError(f"{type(source).__name__} is counted from fulfilments, not from evidence")

    def first_known(self, sources: Sequence[Source], on: date) -> Tally:
        """The first of several sources that knows its number."""
        tallies = (self.tally(source, on) for source in sources if not isinstance(source, MeasuresQuery))
        return next((tally for tally in tallies if tally.number is not None), UNKNOWN)

    def turning_days(self, names: Iterable[str]) -> list[date]:
        """The days, up to the evidence's own, on which a record of these collections begins or ceases."""
        days = {
            day
            for name in names
            for record in self.records(name)
            for day in (record.since, record.until)
            if day is not None
        }
        days.update(row.on for row in self.evidence.contingent if row.on is not None)
        return sorted(day for day in days if date.min < day <= self.evidence.as_of)

    def last_day(self, selection: Selection) -> date | None:
        """The latest date of the selected records, past or to come."""
        return max((record.since for record in self.selected(selection) if record.since), default=None)

    def left_out(self, selection: Selection) -> tuple[int, int]:
        """How many records that fit have no date, and how many are dated before the period."""
        start = self.evidence.settings.period_start
        fitting = [record for record in self.records(selection.of) if self._fits(record, selection)]
        early = sum(record.since is not None and record.since < start for record in fitting)
        undated = sum(record.since is None for record in fitting)
        return undated, early if selection.from_period_start else 0

    def records(self, name: str) -> tuple[Record, ...]:
        """All records of a collection."""
        if name not in self._records:
            self._records[name] = tuple(COLLECTIONS[name].records(self.evidence))
        return self._records[name]

    def selected(self, selection: Selection) -> tuple[Record, ...]:
        """The dated records of a collection that meet the conditions, whatever the day."""
        if selection not in self._selected:
            start = self.evidence.settings.period_start if selection.from_period_start else date.min
            self._selected[selection] = tuple(
                record
                for record in self.records(selection.of)
                if record.since is not None and record.since >= start and self._fits(record, selection)
            )
        return self._selected[selection]

    def _fits(self, record: Record, selection: Selection) -> bool:
        return all(self._matches(record, name, wanted) for name, wanted in selection.where)

    def _matches(self, record: Record, name: str, wanted: tuple[Scalar, ...]) -> bool:
        value = record.get(name)
        resolved = {self._resolved(each) for each in wanted}
        return bool(value & resolved) if isinstance(value, frozenset) else value in resolved

    def _resolved(self, wanted: Scalar) -> Scalar:
        return str(self.evidence.settings.roadmap_year + 1) if wanted == NEXT_YEAR else wanted

    def _standing(self, selection: Selection, on: date) -> list[Record]:
        return [record for record in self.selected(selection) if record.stands_on(on)]

    def _count(self, query: Query, on: date) -> Tally:
        day: date | None = on
        if query.at is not None:
            day = min((record.since for record in self._standing(query.at, on) if record.since), default=None)
        records = [] if day is None else self._standing(query.selection, day)
        if query.unknown_if_empty and not records:
            return UNKNOWN
        for having in query.having:
            records = self._answered(records, having, on)
        return _aggregated(query, records)

    def _answered(self, records: Iterable[Record], having: Having, on: date) -> list[Record]:
        found = self._answers(having.selection, having, on)
        if not having.share_of:
            return [record for record in records if found[record.get(having.key)] >= having.at_least]
        whole = self._answers(Selection(having.share_of), having, on)
        return [
            record
            for record in records
            if (total := whole[record.get(having.key)])
            and Fraction(found[record.get(having.key)], total) >= having.at_least
        ]

    def _answers(self, selection: Selection, having: Having, on: date) -> Counter[object]:
        values: defaultdict[object, set[object]] = defaultdict(set)
        for record in self._standing(selection, on):
            values[record.get(having.by)].add(record.get(having.distinct))
        return Counter({key: len(found) for key, found in values.items()})

    def _contingent(self, query: ContingentQuery, on: date) -> Tally:
        rows = self.evidence.contingent
        own = _nearest(rows, query.group, query.column, on)
        if own is None and query.group == Group.PUPIL.value and query.column == "total":
            return _sum_of_classes(rows, on)
        return Tally(own)

    def _total(self, query: TotalQuery) -> Tally:
        totals: Mapping[str, int] = {
            "base_answers": self.evidence.base_answers,
            "analysed_answers": self.evidence.analysed_answers,
        }
        return Tally(totals[query.name])


def _aggregated(query: Query, records: list[Record]) -> Tally:
    if query.aggregate is Aggregate.COUNT:
        named: dict[object, str] = {}
        for record in records:
            value = record.get(query.distinct)
            if value not in (None, ""):
                named.setdefault(value, record.id)
        return Tally(len(named), tuple(sorted(named.values())))
    numbered = [(record, value) for record in records if isinstance(value := record.get(query.field), int)]
    ids = tuple(sorted({record.id for record, _ in numbered}))
    if not numbered:
        return UNKNOWN if records or query.unknown_if_empty else Tally(0)
    if query.aggregate is Aggregate.SUM:
        return Tally(sum(value for _, value in numbered), ids)
    if query.aggregate is Aggregate.LARGEST:
        return Tally(max(value for _, value in numbered), ids)
    best: dict[object, int] = {}
    for record, value in numbered:
        place = record.get(query.by)
        if place not in (None, ""):
            best[place] = max(value, best.get(place, 0))
    return Tally(sum(best.values()), ids)


def _nearest(rows: Iterable[Contingent], group: str, column: str, on: date) -> int | None:
    """The number of the last date up to the day; before the first date, that of the first."""
    known = {
        row.on or date.min: value
        for row in rows
        if row.group == group and isinstance(value := getattr(row, column), int)
    }
    if not known:
        return None
    return known[max((day for day in known if day <= on), default=min(known))]


def _sum_of_classes(rows: Iterable[Contingent], on: date) -> Tally:
    classes = sorted({row.group for row in rows if row.group.startswith(_CLASS_PREFIX)})
    totals = [_nearest(rows, name, "total", on) for name in classes]
    known = [total for total in totals if total is not None]
    return Tally(sum(known), tuple(classes)) if known and len(known) == len(totals) else UNKNOWN
