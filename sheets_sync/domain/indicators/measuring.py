"""Values of all indicators on a date, and when each measure's evidence came to suffice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from sheets_sync.domain.deadlines import Deadline, DeadlineKind, Period, due, quarters
from sheets_sync.domain.indicators.evaluator import Evaluator
from sheets_sync.domain.indicators.marks import DONE_BY_HAND, latest_mark, lowering_mark
from sheets_sync.domain.indicators.rules import MeasureSet, MeasuresQuery, Source, WhenUnknown, collections_of
from sheets_sync.domain.indicators.values import IndicatorValue, Tally, reached
from sheets_sync.domain.indicators.wording import value_of
from sheets_sync.domain.roadmap import Indicator, Measure, Roadmap
from sheets_sync.domain.school import Evidence


class Outcome(Enum):
    """What an indicator says for its measure; a skipped one is left out of account."""

    MET = "met"
    NOT_MET = "not met"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """How far a measure's evidence goes.

    Shape: `met` tells that it suffices now, `closed` that the measure is thereby done; `on` is the day since
    which it sufficed without a break (up to the deadline, for a measure in time), `met_by_due` whether it did
    on the deadline, None while that lies ahead; `due` is None when the deadline cannot be read.
    """

    measure: str
    met: bool
    closed: bool
    on: date | None
    due: date | None
    met_by_due: bool | None

    @property
    def late(self) -> bool:
        """Whether it came to suffice only after the deadline."""
        return self.on is not None and self.due is not None and self.on > self.due


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that was counted on one date, by indicator id and by measure id."""

    as_of: date
    values: Mapping[str, IndicatorValue]
    fulfilments: Mapping[str, Fulfilment]


def measure(roadmap: Roadmap, evidence: Evidence, as_of: date) -> list[IndicatorValue]:
    """Counts every indicator of the roadmap on the date, in the roadmap's order."""
    return list(assess(roadmap, evidence, as_of).values.values())


def assess(roadmap: Roadmap, evidence: Evidence, as_of: date) -> Assessment:
    """Counts every indicator and finds when each measure was fulfilled.

    `as_of` may not be later than the evidence's own date; a measure that counts the roadmap itself is counted
    last, from the fulfilments of the others.
    """
    work = _Assessing(roadmap, Evaluator(evidence), min(as_of, evidence.as_of))
    own = [each for each in roadmap.measures if not _counts_measures(each)]
    controls = [each for each in roadmap.measures if _counts_measures(each)]
    for each in own:
        work.take(each)
    for each in controls:
        work.take_control(each)
    values = {
        indicator.id: work.values[indicator.id] for each in roadmap.measures for indicator in each.indicators
    }
    fulfilments = {each.id: work.fulfilments[each.id] for each in roadmap.measures}
    return Assessment(work.as_of, values, fulfilments)


def threshold_of(
    indicator: Indicator, number: int, evidence: Evidence, on: date
) -> tuple[Fraction | None, str]:
    """The threshold in force on a day for an indicator of measure `number`, and why it is unusual."""
    settings = evidence.settings_on(on)
    mark = lowering_mark(evidence.marks, number, on) if indicator.can_lower else None
    if mark is not None and mark.lowered_to is not None:
        parts = 100 if indicator.is_share else 1
        return Fraction(mark.lowered_to, parts), f"порог снижен приказом № {mark.lowered_by}"
    named = {"plan_share": settings.plan_share, **settings.thresholds}
    for key in (indicator.id, indicator.threshold_key):
        if key in named and indicator.at_least is not None:
            return named[key], ""
    if settings.small_school and indicator.at_least_small is not None:
        return indicator.at_least_small, "порог малокомплектной школы"
    return indicator.at_least, ""


def control_date_of(indicator: Indicator, number: int, evidence: Evidence) -> date | None:
    """The day on which staff froze the list of an indicator, or of all indicators of its measure."""
    dates = evidence.settings.control_dates
    return dates.get(indicator.id, dates.get(str(number)))


def _counts_measures(measure: Measure) -> bool:
    return any(isinstance(indicator.rule.part, MeasuresQuery) for indicator in measure.indicators)


@dataclass
class _Assessing:
    """The assessment under way."""

    roadmap: Roadmap
    evaluator: Evaluator
    as_of: date
    values: dict[str, IndicatorValue] = field(default_factory=dict)
    fulfilments: dict[str, Fulfilment] = field(default_factory=dict)
    _outcomes: dict[tuple[str, date], Outcome] = field(default_factory=dict)
    _owners: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._owners = {
            indicator.id: measure.number
            for measure in self.roadmap.measures
            for indicator in measure.indicators
        }

    def take(self, measure: Measure) -> None:
        for indicator in measure.indicators:
            part, whole = self._counted(measure.number, indicator, self.as_of)
            self._value(measure, indicator, part, whole)
        by_hand = self.roadmap.by_hand(measure)
        self.fulfilments[measure.id] = self._marked(measure) if by_hand else self._fulfilment(measure)

    def take_control(self, measure: Measure) -> None:
        for indicator in measure.indicators:
            part = self._measures(indicator.rule.part)
            whole = self._measures(indicator.rule.whole[0]) if indicator.is_share else None
            self._value(measure, indicator, part, whole)
        met = all(self.values[indicator.id].met is True for indicator in measure.indicators)
        last = self._due(measure)
        closed = met and last is not None and self.as_of >= last
        on = max(last, *self._days_of_others()) if closed and last is not None else None
        self.fulfilments[measure.id] = Fulfilment(measure.id, met, closed, on, last, None)

    def _counted(self, number: int, indicator: Indicator, on: date) -> tuple[Tally, Tally | None]:
        control = control_date_of(indicator, number, self.evaluator.evidence)
        return self.evaluator.share(indicator.rule, on, control)

    def _days_of_others(self) -> list[date]:
        days = (each.on for each in self.fulfilments.values())
        return [day for day in days if day is not None] or [date.min]

    def _value(self, measure: Measure, indicator: Indicator, part: Tally, whole: Tally | None) -> None:
        threshold, why = threshold_of(indicator, measure.number, self.evaluator.evidence, self.as_of)
        value = value_of(indicator, measure.number, part, whole, threshold, why, self.evaluator)
        self.values[indicator.id] = value

    def _measures(self, source: Source) -> Tally:
        if not isinstance(source, MeasuresQuery):
            return self.evaluator.tally(source, self.as_of)
        found = [
            each
            for each in self.roadmap.measures
            if each.id in self.fulfilments and each.id not in source.excluded and not _counts_measures(each)
            if self._belongs(self.fulfilments[each.id], source.which)
        ]
        return Tally(len(found), tuple(f"№ {each.number}" for each in found))

    def _belongs(self, fulfilment: Fulfilment, which: MeasureSet) -> bool:
        if which is MeasureSet.ALL:
            return True
        if which is MeasureSet.DONE:
            return fulfilment.closed
        if fulfilment.due is None or fulfilment.due > self.as_of:
            return False
        return which is MeasureSet.DUE or (fulfilment.on is not None and not fulfilment.late)

    def _due(self, measure: Measure) -> date | None:
        if not isinstance(measure.deadline, Deadline):
            return None
        scheduled = None if measure.schedule is None else self.evaluator.last_day(measure.schedule)
        return due(measure.deadline, self._period(), scheduled)

    def _period(self) -> Period:
        settings = self.evaluator.evidence.settings
        return Period(settings.period_start, settings.period_end)

    def _fulfilment(self, measure: Measure) -> Fulfilment:
        last = self._due(measure)
        met = self._met(measure, self.as_of)
        by_due = None if last is None or last > self.as_of else self._met(measure, last)
        on: date | None = None
        if by_due and last is not None:
            on = self._since(measure, last)
        elif met and by_due is False and last is not None:
            on = self._first_after(measure, last)
        elif met:
            on = self._since(measure, self.as_of)
        opens = self._may_close_from(measure, last)
        closed = met and self.as_of >= opens
        if on is not None and closed:
            on = max(on, opens)
        return Fulfilment(measure.id, met, closed, on, last, by_due)

    def _marked(self, measure: Measure) -> Fulfilment:
        """A measure without rules is done when, and because, staff say so."""
        mark = latest_mark(self.evaluator.evidence.marks, measure.number, self.as_of)
        done = mark is not None and mark.state.strip().casefold() in DONE_BY_HAND
        on = mark.on if mark is not None and done else None
        return Fulfilment(measure.id, done, done, on, self._due(measure), None)

    def _may_close_from(self, measure: Measure, last: date | None) -> date:
        if measure.continuous and last is not None:
            return last
        deadline = measure.deadline
        if isinstance(deadline, Deadline) and deadline.kind is DeadlineKind.PER_QUARTER:
            return quarters(self._period())[-1].start
        return date.min

    def _since(self, measure: Measure, day: date) -> date:
        """The first day of the stretch, unbroken up to `day`, on which the evidence sufficed."""
        since = day
        for turn in reversed([each for each in self._turns(measure) if each <= day]):
            if not self._met(measure, turn):
                break
            since = turn
        return since

    def _first_after(self, measure: Measure, day: date) -> date:
        turns = [each for each in self._turns(measure) if day < each <= self.as_of]
        return next((turn for turn in turns if self._met(measure, turn)), self.as_of)

    def _turns(self, measure: Measure) -> list[date]:
        rules = (indicator.rule for indicator in self.roadmap.indicators_of(measure))
        names = {name for rule in rules for name in collections_of(rule)}
        days = {*self.evaluator.turning_days(names), *self._changes_of_thresholds(measure)}
        return sorted(days)

    def _changes_of_thresholds(self, measure: Measure) -> Iterator[date]:
        """The days up to the count on which a threshold may have become another one."""
        evidence = self.evaluator.evidence
        days = [since for since, _ in evidence.by_day]
        days += [
            day
            for mark in evidence.marks
            if mark.measure == measure.number and mark.lowered_by
            for day in (mark.on, mark.until)
            if day is not None
        ]
        return (day for day in days if date.min < day <= evidence.as_of)

    def _met(self, measure: Measure, on: date) -> bool:
        """Whether all that the measure requires is there on the day."""
        outcomes = {
            self._outcome(indicator, on)
            for indicator in self.roadmap.indicators_of(measure)
            if indicator.at_least is not None
        }
        return outcomes - {Outcome.SKIPPED} == {Outcome.MET}

    def _outcome(self, indicator: Indicator, on: date) -> Outcome:
        key = (indicator.id, on)
        if key not in self._outcomes:
            number = self._owners[indicator.id]
            part, whole = self._counted(number, indicator, on)
            threshold, _ = threshold_of(indicator, number, self.evaluator.evidence, on)
            met = None if threshold is None else reached(part, whole, threshold)
            self._outcomes[key] = outcome_of(indicator, met)
        return self._outcomes[key]


def outcome_of(indicator: Indicator, met: bool | None) -> Outcome:
    """What an indicator says for its measure."""
    if met is None and indicator.when_unknown is WhenUnknown.SKIP:
        return Outcome.SKIPPED
    return Outcome.UNKNOWN if met is None else Outcome.MET if met else Outcome.NOT_MET
