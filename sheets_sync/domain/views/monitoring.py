"""Rows of «Работа пар», «Мониторинг» and «SWOT»."""

from collections.abc import Iterable
from fractions import Fraction

from sheets_sync.domain.dates import printed
from sheets_sync.domain.indicators.values import SPACE, percent
from sheets_sync.domain.intake.decisions import mark
from sheets_sync.domain.monitoring.comparison import comparisons
from sheets_sync.domain.monitoring.figures import Figure
from sheets_sync.domain.monitoring.pair_work import PairWork, pair_works
from sheets_sync.domain.monitoring.regional import regional_figures
from sheets_sync.domain.monitoring.satisfaction import quarter_figures, satisfaction_figures, stage_figures
from sheets_sync.domain.monitoring.swot import Line, Side, Swot, swot
from sheets_sync.domain.registry import NO_NAME
from sheets_sync.domain.school import Evidence, MeetingKind, PairState
from sheets_sync.domain.tables import CellValue, Formula, Row, Table, Workbook, table
from sheets_sync.domain.views.diagnostics import diagnostics_table
from sheets_sync.domain.views.roadmap import MET

_COLUMNS = {
    MeetingKind.ACQUAINTANCE: "acquaintance",
    MeetingKind.TRIAL: "trial",
    MeetingKind.PLANNING: "planning",
    MeetingKind.JOINT: "joint",
    MeetingKind.FINAL: "final",
}
_OPEN_SIDES = {Side.VALUED: "Что особенно ценно", Side.IMPROVE: "Что улучшить"}


def monitoring_tables(evidence: Evidence, workbook: Workbook) -> list[Table]:
    """Return the sheets of the monitoring, made of one evidence."""
    return [
        diagnostics_table(comparisons(evidence.diagnostics, evidence.pairs)),
        pair_work_table(pair_works(evidence), evidence),
        monitoring_table(monitoring_figures(evidence)),
        swot_table(swot(evidence), workbook),
    ]


def monitoring_figures(evidence: Evidence) -> tuple[Figure, ...]:
    """Return every figure of «Мониторинг» in the order of its rows."""
    return (
        *regional_figures(evidence),
        *satisfaction_figures(evidence),
        *stage_figures(evidence),
        *quarter_figures(evidence),
    )


def pair_work_table(works: Iterable[PairWork], evidence: Evidence) -> Table:
    """Return a row for each pair that was ever approved; people without a consent are named by code only."""
    names = {
        person.code: person.name if person.code in evidence.consented else f"{person.code}, {NO_NAME}"
        for person in evidence.people
    }
    return table("pair_work", (_pair(work, names) for work in works))


def _pair(work: PairWork, names: dict[str, str]) -> Row:
    pair = work.pair
    cells: dict[str, CellValue] = {
        "form": pair.form,
        "mentor": names.get(pair.mentor, pair.mentor),
        "mentee": names.get(pair.mentee, pair.mentee),
        "state": pair.state.value,
        **{_COLUMNS[kind]: count for kind, count in work.held.items()},
        "kinds": work.kinds,
        "last_on": work.last_on,
        "days": _days(work),
        "quiet": "" if work.quiet_since is None else f"встреч нет с{SPACE}{printed(work.quiet_since)}",
        "plan": "плана нет" if work.items is None else f"{work.done} из{SPACE}{work.items}",
        "share": None if work.plan_share is None else _share(work.plan_share),
        "due": work.next_due,
    }
    return Row(pair.code, cells)


def _days(work: PairWork) -> CellValue:
    """Return the formula that counts days since the last meeting, so that a quiet night writes nothing."""
    since = work.last_on or work.pair.in_force_from
    if work.pair.state is not PairState.IN_FORCE or since is None:
        return None
    return Formula(f"=TODAY()-DATE({since.year};{since.month};{since.day})")


def monitoring_table(figures: Iterable[Figure]) -> Table:
    """Return a row for each figure with its numbers, target and rule."""
    return table("monitoring", (_figure(figure) for figure in figures))


def _figure(figure: Figure) -> Row:
    return Row(
        figure.key,
        {
            "section": figure.section,
            "title": figure.title,
            "span": figure.span,
            "numerator": figure.part.number,
            "denominator": figure.whole.number,
            "share": None if figure.share is None else _share(figure.share),
            "target": "" if figure.target is None else f"≥{SPACE}{percent(figure.target)}",
            "met": "" if figure.target is None or figure.whole.number == 0 else MET[figure.met],
            "missing": figure.missing,
            "rule": "; ".join(part for part in (figure.rule, figure.note) if part),
        },
    )


def swot_table(found: Swot, workbook: Workbook) -> Table:
    """Return a row for each closed question and each open answer; one that was taken back is emptied."""
    rows = [_line(line) for line in found.lines]
    for side, answers in found.opened.items():
        rows += [_open(side, text) for text in answers.shown]
        rows.append(_left_out(side, answers.left_out))
    wanted = {row.key for row in rows}
    emptied = {"group": "", "question": "", "side": "снято", "share": None, "answered": None, "text": ""}
    rows += [Row(key, emptied) for key in workbook.remembered("swot") if key not in wanted]
    return table("swot", rows)


def _line(line: Line) -> Row:
    share = Fraction(line.good or 0, line.answered) if line.answered else None
    cells: dict[str, CellValue] = {
        "group": line.group,
        "question": line.question,
        "side": line.side.value,
        "share": None if share is None else _share(share),
        "answered": line.answered,
        "text": "меньше пяти ответов: не показываем" if line.side is Side.HIDDEN else "",
    }
    return Row(line.key, cells)


def _open(side: Side, text: str) -> Row:
    cells: dict[str, CellValue] = {
        "group": "все",
        "question": _OPEN_SIDES[side],
        "side": side.value,
        "share": None,
        "answered": None,
        "text": text,
    }
    return Row(f"отзыв/{mark(side.value, text)}", cells)


def _left_out(side: Side, count: int) -> Row:
    text = f"не показаны: в них может быть назван человек; читайте в листе ответов. Таких: {count}"
    cells: dict[str, CellValue] = {
        "group": "все",
        "question": _OPEN_SIDES[side],
        "side": side.value,
        "share": None,
        "answered": count,
        "text": text if count else "скрытых отзывов нет",
    }
    return Row(f"скрытые отзывы/{side.value}", cells)


def _share(share: Fraction) -> float:
    """Return a share as a cell's number, cut to a tenth of a per cent and never rounded up."""
    return int(share * 1000) / 1000
