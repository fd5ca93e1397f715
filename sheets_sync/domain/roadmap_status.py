"""The state of each measure, derived from its evidence and deadline, with the reason in Russian."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sheets_sync.domain.deadlines import UnreadableDeadline, in_words
from sheets_sync.domain.entries import (
    Mark,
)
from sheets_sync.domain.indicators.collections import COLLECTIONS
from sheets_sync.domain.indicators.marks import latest_mark
from sheets_sync.domain.indicators.measuring import Assessment, Fulfilment, Outcome, assess, outcome_of
from sheets_sync.domain.indicators.rules import WhenUnknown, collections_of
from sheets_sync.domain.indicators.values import IndicatorValue, percent
from sheets_sync.domain.roadmap import Indicator, Measure, RiskRule, Roadmap
from sheets_sync.domain.school import (
    Evidence,
)


class Status(StrEnum):
    """States of a measure."""

    NOT_BEGUN = "не начато"
    UNDER_WAY = "в работе"
    AT_RISK = "под угрозой"
    DONE = "выполнено"
    DONE_LATE = "выполнено с опозданием"
    OVERDUE = "просрочено"
    NO_DATA = "нет данных"
    DECISION = "требует решения"


@dataclass(frozen=True, slots=True)
class MeasureStatus:
    """A measure's state on a date.

    Shape: `fulfilled_on` is the day since which the evidence suffices, None while it does not; `due` is the
    last day in time; `missing` and `fill` gather what the indicators lack; `evidence` names the sheets it was
    read from; `hand_status` is what staff set in «Отметки», `disagreement` is empty when the two agree.
    """

    measure: str
    number: int
    status: Status
    reason: str
    due: date | None = None
    fulfilled_on: date | None = None
    missing: str = ""
    fill: str = ""
    evidence: str = ""
    hand_status: str = ""
    hand_comment: str = ""
    disagreement: str = ""


@dataclass(frozen=True, slots=True)
class RoadmapReport:
    """Everything the roadmap says on a date: values in the roadmap's order, one status per measure."""

    as_of: date
    values: tuple[IndicatorValue, ...]
    statuses: tuple[MeasureStatus, ...]

    def counts(self) -> dict[str, int]:
        """How many measures are in each state that occurs."""
        names = [status.status.value for status in self.statuses]
        return {name.value: names.count(name.value) for name in Status if name.value in names}


def judge(roadmap: Roadmap, evidence: Evidence, as_of: date) -> RoadmapReport:
    """Counts all indicators and derives the state of every measure on the date."""
    assessment = assess(roadmap, evidence, as_of)
    statuses = tuple(_status(roadmap, measure, assessment, evidence.marks) for measure in roadmap.measures)
    return RoadmapReport(assessment.as_of, tuple(assessment.values.values()), statuses)


def _status(
    roadmap: Roadmap, measure: Measure, assessment: Assessment, marks: Iterable[Mark]
) -> MeasureStatus:
    required = [
        (indicator, assessment.values[indicator.id])
        for indicator in roadmap.indicators_of(measure)
        if indicator.at_least is not None
    ]
    counted = [
        (indicator, value)
        for indicator, value in required
        if outcome_of(indicator, value.met) is not Outcome.SKIPPED
    ]
    fulfilment = assessment.fulfilments[measure.id]
    hand = latest_mark(marks, measure.number, assessment.as_of)
    if roadmap.by_hand(measure):
        status, reason = _judged_by_hand(measure, hand)
    else:
        status, reason = _derived(measure, counted or required, fulfilment, roadmap.at_risk, assessment.as_of)
    return MeasureStatus(
        measure=measure.id,
        number=measure.number,
        status=status,
        reason=reason,
        due=fulfilment.due,
        fulfilled_on=fulfilment.on if status in (Status.DONE, Status.DONE_LATE) else None,
        missing="; ".join(dict.fromkeys(value.missing for _, value in counted if value.missing)),
        fill="; ".join(dict.fromkeys(value.fill for _, value in counted if value.fill)),
        evidence="«Отметки»" if roadmap.by_hand(measure) else _places(roadmap, measure),
        hand_status="" if hand is None else hand.state,
        hand_comment="" if hand is None else hand.comment,
        disagreement=_disagreement(hand, status),
    )


def _derived(
    measure: Measure,
    counted: list[tuple[Indicator, IndicatorValue]],
    fulfilment: Fulfilment,
    risks: Iterable[RiskRule],
    as_of: date,
) -> tuple[Status, str]:
    numbers = "; ".join(f"{value.counts} — {value.shown}" for _, value in counted)
    if isinstance(measure.deadline, UnreadableDeadline):
        return Status.DECISION, f"срок «{measure.written_deadline}» не понят: {measure.deadline.reason}"
    if fulfilment.closed:
        return _done(fulfilment, numbers)
    if fulfilment.met:
        last = "" if fulfilment.due is None else f", закроется {in_words(fulfilment.due)}"
        return Status.UNDER_WAY, f"пока всё выполняется{last}: {numbers}"
    if fulfilment.met_by_due and fulfilment.due is not None:
        text = f"на срок {in_words(fulfilment.due)} было выполнено, сейчас не хватает — решите, как быть"
        return Status.DECISION, f"{text}: {numbers}"
    return _unfinished(counted, fulfilment, risks, as_of, numbers)


def _judged_by_hand(measure: Measure, hand: Mark | None) -> tuple[Status, str]:
    if isinstance(measure.deadline, UnreadableDeadline):
        return Status.DECISION, f"срок «{measure.written_deadline}» не понят: {measure.deadline.reason}"
    said = "" if hand is None else hand.state.strip().casefold()
    if hand is None or said not in [each.value for each in Status]:
        return Status.DECISION, "правила счёта нет: поставьте состояние в листе «Отметки»"
    day = "" if hand.on is None else f" {in_words(hand.on)}"
    who = f", {hand.who}" if hand.who else ""
    comment = f": {hand.comment}" if hand.comment else ""
    return Status(said), f"правила счёта нет, отмечено вручную{day}{who}{comment}"


def _done(fulfilment: Fulfilment, numbers: str) -> tuple[Status, str]:
    day = "" if fulfilment.on is None else f" {in_words(fulfilment.on)}"
    if fulfilment.late and fulfilment.due is not None:
        return Status.DONE_LATE, f"выполнено{day} при сроке {in_words(fulfilment.due)}: {numbers}"
    return Status.DONE, f"выполнено{day}: {numbers}"


def _unfinished(
    counted: list[tuple[Indicator, IndicatorValue]],
    fulfilment: Fulfilment,
    risks: Iterable[RiskRule],
    as_of: date,
    numbers: str,
) -> tuple[Status, str]:
    overdue = fulfilment.due is not None and as_of > fulfilment.due
    unknown = [(indicator, value) for indicator, value in counted if value.unknown]
    short = any(not value.unknown and value.met is not True for _, value in counted)
    if unknown and not (overdue and short):
        return _unknown(unknown, numbers)
    if overdue and fulfilment.due is not None:
        return Status.OVERDUE, f"срок {in_words(fulfilment.due)} прошёл: {numbers}"
    progress = min(value.progress for _, value in counted)
    if fulfilment.due is not None:
        left = (fulfilment.due - as_of).days
        for risk in risks:
            if left <= risk.days_left and progress < risk.progress_below:
                text = f"срок {in_words(fulfilment.due)} близко, готово {percent(progress)} нужного"
                return Status.AT_RISK, f"{text}: {numbers}"
    if any(value.numerator for _, value in counted):
        return Status.UNDER_WAY, numbers
    return Status.NOT_BEGUN, f"подтверждений ещё нет: {numbers}"


def _unknown(unknown: list[tuple[Indicator, IndicatorValue]], numbers: str) -> tuple[Status, str]:
    cells = "; ".join(dict.fromkeys(value.fill for _, value in unknown if value.fill))
    ask = f"заполните: {cells}" if cells else numbers
    if any(indicator.when_unknown is WhenUnknown.DECISION for indicator, _ in unknown):
        return Status.DECISION, f"решите, от какого числа считать долю, и {ask}"
    return Status.NO_DATA, ask


def _disagreement(hand: Mark | None, status: Status) -> str:
    if hand is None or hand.state.strip().casefold() == status.value:
        return ""
    return f"вручную «{hand.state.strip()}», по подтверждениям «{status.value}»"


def _places(roadmap: Roadmap, measure: Measure) -> str:
    names = [
        COLLECTIONS[name].place
        for indicator in roadmap.indicators_of(measure)
        for name in sorted(collections_of(indicator.rule))
    ]
    return ", ".join(f"«{place}»" for place in dict.fromkeys(names) if place)
