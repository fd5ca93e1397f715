"""Rows of «Показатели» and «Дорожная карта»."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from sheets_sync.domain.indicators.explanation import listed, needed, not_counted
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.domain.roadmap_status import MeasureStatus, RoadmapReport
from sheets_sync.domain.tables import CellValue, Row, Table, table

MET = {True: "да", False: "нет", None: "нет данных"}


LEFT_OUT = "больше нет в дорожной карте"
"""What a row says whose measure or indicator a changed roadmap has left out; rows are never taken away."""


def indicators_table(values: Iterable[IndicatorValue], standing: Iterable[str] = ()) -> Table:
    """Return a row for every indicator with its numbers, threshold and rule.

    Shape: `standing` are the keys of the rows that stand already.
    """
    rows = [_indicator(value) for value in values]
    return table("indicators", [*rows, *_left_out(rows, standing, "missing")])


def roadmap_table(
    roadmap: Roadmap, report: RoadmapReport, responsible: Mapping[str, str], standing: Iterable[str] = ()
) -> Table:
    """Return a row for every measure: its state, the reason, what is missing and who answers for it.

    Shape: `responsible` maps role ids to the persons as printed; `standing` are the keys of the rows that
    stand already.
    """
    statuses = {status.measure: status for status in report.statuses}
    rows = [_measure(measure, statuses[measure.id], roadmap, responsible) for measure in roadmap.measures]
    return table("roadmap", [*rows, *_left_out(rows, standing, "reason")])


def _left_out(rows: Sequence[Row], standing: Iterable[str], where: str) -> list[Row]:
    """Return the rows that stand for nothing any more: emptied, and saying so in one column."""
    kept = {row.key for row in rows}
    columns = rows[0].cells.keys() - {"key"} if rows else set()
    empty: dict[str, CellValue] = {**dict.fromkeys(sorted(columns), ""), where: LEFT_OUT}
    return [Row(key, empty) for key in standing if key not in kept]


def share_of(value: IndicatorValue) -> float | None:
    """Return the share as a cell's number, cut to a tenth of a per cent: 9,96 % never shows as 10 %."""
    if value.unit != "%" or value.numerator is None or not value.denominator:
        return None
    return int(Fraction(value.numerator, value.denominator) * 1000) / 1000


def threshold_text(value: IndicatorValue) -> str:
    """Return the threshold as people read it: «≥ 10 %», «≥ 5», "" where nothing has to be reached."""
    return needed(value)


def counted_table(values: Iterable[IndicatorValue], standing: Iterable[str] = ()) -> Table:
    """Return «Кто посчитан»: for every indicator those behind its number, by code and never by name."""
    rows = [_counted(value) for value in values]
    return table("counted", [*rows, *_left_out(rows, standing, "now")])


def _indicator(value: IndicatorValue) -> Row:
    return Row(
        value.id,
        {
            "key": value.id,
            "measure": value.measure,
            "title": value.counts,
            "numerator": value.numerator,
            "denominator": value.denominator,
            "share": share_of(value),
            "threshold": threshold_text(value),
            "met": MET[value.met] if value.threshold is not None else "",
            "missing": "; ".join(part for part in (value.missing, value.fill) if part),
            "rule": "; ".join(part for part in (value.rule, value.note) if part),
        },
    )


def _counted(value: IndicatorValue) -> Row:
    return Row(
        value.id,
        {
            "key": value.id,
            "measure": value.measure,
            "title": value.counts,
            "now": value.shown,
            "counted": listed(value.numerator_ids),
            "not_counted": listed(not_counted(value)),
            "whole_from": value.whole_from,
        },
    )


def _measure(
    measure: Measure, status: MeasureStatus, roadmap: Roadmap, responsible: Mapping[str, str]
) -> Row:
    people = [_responsible(role, roadmap, responsible) for role in measure.responsible]
    return Row(
        str(measure.number),
        {
            "key": str(measure.number),
            "section": measure.section,
            "title": measure.title,
            "deadline": measure.written_deadline,
            "status": status.status.value,
            "reason": status.reason,
            "done_on": status.fulfilled_on,
            "missing": "; ".join(part for part in (status.missing, status.fill) if part),
            "hand_status": status.hand_status,
            "disagreement": status.disagreement,
            "expected": measure.expected,
            "responsible": ", ".join(people),
            "evidence": status.evidence,
        },
    )


def _responsible(role: str, roadmap: Roadmap, responsible: Mapping[str, str]) -> str:
    title, person = roadmap.roles.get(role, role), responsible.get(role, "")
    return f"{title}: {person}" if person else title
