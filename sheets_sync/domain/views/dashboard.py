"""Rows of «Сводка»: coverage, people, pairs, the roadmap at a glance."""

from collections.abc import Iterable, Sequence
from datetime import date

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_status import MeasureStatus, RoadmapReport, Status
from sheets_sync.domain.school import Pair, PairState, Person, Role
from sheets_sync.domain.tables import CellValue, Formula, Row, Table, table
from sheets_sync.domain.views.roadmap import MET, share_of

COVERAGE = "coverage"
"""The setting that holds the threshold of every target group, whatever measure asks for it."""

_COLUMNS = ("topic", "value", "share", "threshold", "met", "missing", "due", "left")
SECTION = "▸\u00a0"
"""A row of «Сводка» that starts like this is a heading; google/palette.py gives it its look."""

NIGHTS_DRAWN = 400
"""So many rows of «История показателей» the chart reaches: more than a year of nights."""


def dashboard_charts(roadmap: Roadmap) -> tuple[ChartSpec, ...]:
    """Return the charts of «Сводка» over the rows that `dashboard_table` always writes in one order."""
    coverage = len(coverage_ids(roadmap))
    states = coverage + 2
    return (
        ChartSpec(
            name="coverage",
            title="Охват и порог",
            kind="BAR",
            sheet="dashboard",
            labels="topic",
            values=("share", "threshold"),
            first=0,
            count=coverage,
            named=True,
            keys=coverage_ids(roadmap),
        ),
        ChartSpec(
            name="states",
            title="Пункты по состоянию",
            kind="BAR",
            sheet="dashboard",
            labels="topic",
            values=("value",),
            first=states,
            count=len(Status),
            keys=tuple(state.value for state in Status),
        ),
        ChartSpec(
            name="trend",
            title="Пункты по датам",
            kind="LINE",
            sheet="history",
            labels="on",
            values=("done", "at_risk", "overdue"),
            first=0,
            count=NIGHTS_DRAWN,
            named=True,
        ),
    )


def coverage_ids(roadmap: Roadmap) -> tuple[str, ...]:
    """Return the indicators of coverage in the order of their rows."""
    return tuple(
        indicator.id
        for measure in roadmap.measures
        for indicator in measure.indicators
        if indicator.threshold_key == COVERAGE
    )


def dashboard_table(
    roadmap: Roadmap,
    report: RoadmapReport,
    people: Sequence[Person],
    admitted: frozenset[str],
    pairs: Sequence[Pair],
    unpaired: int,
    quiet: int,
    open_questions: int,
    standing: Iterable[str] = (),
) -> Table:
    """Return the rows of «Сводка», always the same keys in the same order.

    Shape: `admitted` are the codes with a valid consent; `unpaired` counts people who wait for a pair,
    `quiet` the pairs without meetings for too long; `standing` are the keys that stand already: what a
    changed roadmap no longer counts is emptied.
    """
    wanted = coverage_ids(roadmap)
    values = {value.id: value for value in report.values}
    dues = {status.number: status.due for status in report.statuses}
    rows = [_coverage(values[name], dues.get(values[name].measure)) for name in wanted]
    rows += [_heading("пункты", "Пункты дорожной карты"), _next_deadline(report)]
    rows += _states(report.statuses)
    rows.append(_heading("участники", "Участники и пары"))
    rows += _figures(people, admitted, pairs, unpaired, quiet, open_questions)
    kept = {row.key for row in rows}
    empty: dict[str, CellValue] = dict.fromkeys(_COLUMNS, "")
    rows += [Row(key, empty) for key in standing if key not in kept]
    return table("dashboard", rows)


def _heading(key: str, text: str) -> Row:
    return Row(f"раздел/{key}", {"topic": f"{SECTION}{text}"})


def days_left(due: date | None) -> CellValue:
    """Return the formula that counts the days left, so that a quiet night writes nothing."""
    if due is None:
        return None
    day = f"DATE({due.year};{due.month};{due.day})"
    return Formula(f'=IF({day}<TODAY();"прошёл";{day}-TODAY())')


def _coverage(value: IndicatorValue, due: date | None) -> Row:
    return Row(
        value.id,
        {
            "key": value.id,
            "topic": group_of(value.counts),
            "value": value.shown,
            "share": share_of(value),
            "threshold": None if value.threshold is None else float(value.threshold),
            "met": MET[value.met] if value.threshold is not None else "",
            "missing": "; ".join(part for part in (value.missing, value.fill) if part),
            "due": due,
            "left": days_left(due),
        },
    )


def group_of(counts: str) -> str:
    """Return the group alone: «обучающиеся в базе с действующим согласием» is told in the sheet's note."""
    name = counts.partition(" в базе")[0]
    return name[:1].upper() + name[1:]


def _figure(key: str, topic: str, value: int, hint: str = "") -> Row:
    return Row(key, {"key": key, "topic": topic, "value": value, "missing": hint})


def _figures(
    people: Sequence[Person],
    admitted: frozenset[str],
    pairs: Sequence[Pair],
    unpaired: int,
    quiet: int,
    open_questions: int,
) -> list[Row]:
    base = [person for person in people if not person.excluded and person.left_on is None]
    missing = sum(person.code not in admitted for person in base)

    def count(state: PairState) -> int:
        return sum(pair.state is state for pair in pairs)

    proposed, approved = count(PairState.PROPOSED), count(PairState.APPROVED)
    working = count(PairState.IN_FORCE) + count(PairState.COMPLETED)
    return [
        _figure("люди", "Участников в реестре", len(base)),
        _figure("наставники", "из них наставников", sum(Role.MENTOR in person.roles for person in base)),
        _figure("наставляемые", "из них наставляемых", sum(Role.MENTEE in person.roles for person in base)),
        _figure("согласия", "Нет действующего согласия", missing, "Лист «Согласия»" if missing else ""),
        _figure("предложено", "Пар ждут решения", proposed, "Лист «Пары»" if proposed else ""),
        _figure("утверждено", "Пар ждут приказа", approved, "Лист «Документы»" if approved else ""),
        _figure("работают", "Пар действует", working),
        _figure("без пары", "Ждут пары", unpaired, "Лист «Без пары»" if unpaired else ""),
        _figure("молчат", "Пар давно без встреч", quiet, "Лист «Работа пар»" if quiet else ""),
        _figure(
            "вопросы",
            "Вопросов к данным",
            open_questions,
            "Лист «Вопросы к данным»" if open_questions else "",
        ),
    ]


def _states(statuses: Iterable[MeasureStatus]) -> list[Row]:
    numbers: dict[Status, list[int]] = {state: [] for state in Status}
    for status in statuses:
        numbers[status.status].append(status.number)
    return [
        Row(
            state.value,
            {
                "key": state.value,
                "topic": state.value[:1].upper() + state.value[1:],
                "value": len(found),
                "missing": ("№\u00a0" + ", ".join(str(number) for number in found)) if found else "",
            },
        )
        for state, found in numbers.items()
    ]


def _next_deadline(report: RoadmapReport) -> Row:
    open_states = {Status.NOT_BEGUN, Status.UNDER_WAY, Status.AT_RISK, Status.NO_DATA, Status.DECISION}
    coming = sorted(
        (status.due, status.number)
        for status in report.statuses
        if status.due is not None and status.due >= report.as_of and status.status in open_states
    )
    due = coming[0][0] if coming else None
    numbers = [str(number) for day, number in coming if day == due]
    return Row(
        "срок",
        {
            "key": "срок",
            "topic": "Ближайший срок",
            "missing": f"№\u00a0{', '.join(numbers)}" if numbers else "открытых пунктов со сроком нет",
            "due": due,
            "left": days_left(due),
        },
    )
