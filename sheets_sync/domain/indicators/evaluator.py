"""Counts what rules ask for, on any day, from the evidence."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from sheets_sync.domain.deadlines import in_words
from sheets_sync.domain.entries import (
    Contingent,
)
from sheets_sync.domain.indicators.collections import COLLECTIONS
from sheets_sync.domain.indicators.records import Record
from sheets_sync.domain.indicators.rules import (
    NEXT_YEAR,
    Aggregate,
    ContingentQuery,
    Having,
    MeasuresQuery,
    Query,
    Rule,
    Scalar,
    Selection,
    Source,
    TotalQuery,
)
from sheets_sync.domain.indicators.values import UNKNOWN, Tally
from sheets_sync.domain.school import (
    Evidence,
    Group,
)

_CLASS_PREFIX = "класс "


@dataclass
class Evaluator:
    """Answers queries from one evidence; records are made once and kept.

    Dates after the evidence's own are never asked for: nothing is known about them.
    """

    evidence: Evidence
    _records: dict[str, tuple[Record, ...]] = field(default_factory=dict)
    _selected: dict[Selection, tuple[Record, ...]] = field(default_factory=dict)

    def tally(self, source: Source, on: date, listed_on: date | None = None) -> Tally:
        """The number that a source gives on the day; `MeasuresQuery` is not counted from evidence.

        With `listed_on` the records are those that stood on that day; what answers to them is sought on `on`.
        """
        if isinstance(source, Query):
            return self._count(source, on, listed_on)
        if isinstance(source, ContingentQuery):
            return self._contingent(source, listed_on or on)
        if isinstance(source, TotalQuery):
            return self._total(source)
        raise TypeError(f"{type(source).__name__} is counted from fulfilments, not from evidence")

    def share(self, rule: Rule, on: date, control: date | None = None) -> tuple[Tally, Tally | None]:
        """Both numbers of a rule on the day, the second None for a plain count.

        A `control` date that has come freezes the list of those who are counted over: the denominator is that
        of the date, and of the numerator only what belongs to the list counts, as it stands on the day.
        """
        frozen = control if control is not None and control <= on else None
        if not rule.whole:
            return self.tally(rule.part, on), None
        source, whole = self._first_known(rule.whole, on, frozen)
        if frozen is None or not isinstance(rule.part, Query) or not isinstance(source, Query):
            return self.tally(rule.part, on), whole
        if rule.part.selection == source.selection:
            return self._count(rule.part, on, frozen), whole
        return self._count(rule.part, on, only=frozenset(whole.ids)), whole

    def _first_known(self, sources: Sequence[Source], on: date, frozen: date | None) -> tuple[Source, Tally]:
        tallies = [
            (source, self.tally(source, on, frozen))
            for source in sources
            if not isinstance(source, MeasuresQuery)
        ]
        return next((each for each in tallies if each[1].number is not None), (sources[0], UNKNOWN))

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

    def _count(
        self,
        query: Query,
        on: date,
        listed_on: date | None = None,
        only: frozenset[str] | None = None,
    ) -> Tally:
        day = listed_on
        if day is None and query.at is not None:
            day = min((record.since for record in self._standing(query.at, on) if record.since), default=None)
            if day is None:
                return UNKNOWN if query.unknown_if_empty else Tally(0)
        records = self._standing(query.selection, day or on)
        if only is not None:
            records = [record for record in records if record.id in only]
        if query.unknown_if_empty and not records:
            return UNKNOWN
        for having in query.having:
            records = self._answered(records, having, on)
        return replace(_aggregated(query, records), listed_on=day)

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
        row = _nearest(rows, query.group, query.column, on)
        if row is None and query.group == Group.PUPIL.value and query.column == "total":
            return _sum_of_classes(rows, on)
        return UNKNOWN if row is None else Tally(getattr(row, query.column), place=_place(row))

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


def _nearest(rows: Iterable[Contingent], group: str, column: str, on: date) -> Contingent | None:
    """The row of the last date up to the day; before the first date, that of the first."""
    known = {
        row.on or date.min: row
        for row in rows
        if row.group == group and isinstance(getattr(row, column), int)
    }
    if not known:
        return None
    return known[max((day for day in known if day <= on), default=min(known))]


def _place(row: Contingent) -> str:
    dated = "" if row.on is None else f", на {in_words(row.on)}"
    source = f" ({row.source})" if row.source else ""
    return f"лист «Контингент», строка «{row.group}»{dated}{source}"


def _sum_of_classes(rows: Iterable[Contingent], on: date) -> Tally:
    classes = sorted({row.group for row in rows if row.group.startswith(_CLASS_PREFIX)})
    found = [_nearest(rows, name, "total", on) for name in classes]
    known = [row.total for row in found if row is not None and row.total is not None]
    if not known or len(known) != len(found):
        return UNKNOWN
    return Tally(sum(known), tuple(classes), "лист «Контингент», сумма по строкам классов")
