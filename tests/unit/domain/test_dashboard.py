"""«Сводка»: rows always in one order, charts over exactly those rows, and no day of today in a cell."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from sheets_sync.domain.charts import ChartSpec
from sheets_sync.domain.plan import DrawChart
from sheets_sync.domain.roadmap_status import Status, judge
from sheets_sync.domain.school import Group, Role
from sheets_sync.domain.tables import Formula, Table
from sheets_sync.domain.views.dashboard import dashboard_charts, dashboard_table
from sheets_sync.domain.workbook import workbook_from_config
from sheets_sync.google.cells import Json
from sheets_sync.google.charts import chart_request
from sheets_sync.google.grid import Grid, decode, sheet_id
from tests.unit.domain.school_year import base, consents_of, evidence, the_roadmap, total

WORKBOOK, _ = workbook_from_config(
    YAML(typ="safe").load(Path(__file__).parents[3] / "config" / "workbook.yaml")
)
DUE = date(2022, 9, 16)


def dashboard(as_of: date = date(2022, 9, 10), pupils: int = 53) -> Table:
    people = base(Group.PUPIL, pupils, Role.MENTEE, date(2022, 9, 2))
    known = evidence(
        as_of,
        people=people,
        consents=consents_of(people, date(2022, 9, 3)),
        contingent=(total("обучающийся", 600),),
    )
    admitted = frozenset(person.code for person in people)
    report = judge(the_roadmap(), known, as_of)
    return dashboard_table(the_roadmap(), report, people, admitted, (), 4, 2, 9)


def test_f35_coverage_stands_against_its_threshold_and_says_how_many_are_missing() -> None:
    cells = dashboard().rows[0].cells

    assert (cells["topic"], cells["value"]) == ("Обучающиеся", "53 из 600 (8,8\u00a0%)")
    assert (cells["share"], cells["threshold"], cells["met"]) == (0.088, 0.1, "нет")
    assert cells["missing"] == "ещё 7\u00a0обучающихся до 10\u00a0%"


def test_f34_days_left_are_a_formula_so_that_quiet_nights_stay_quiet() -> None:
    cells = dashboard().rows[0].cells

    assert cells["due"] == DUE
    assert cells["left"] == Formula('=IF(DATE(2022;9;16)<TODAY();"прошёл";DATE(2022;9;16)-TODAY())')
    tomorrow = {row.key: row.cells for row in dashboard(date(2022, 9, 11)).rows}
    assert tomorrow == {row.key: row.cells for row in dashboard(date(2022, 9, 10)).rows}


def test_f35_every_chart_covers_the_rows_it_names() -> None:
    rows = dashboard().rows
    coverage, states, trend = dashboard_charts(the_roadmap())

    shown = rows[coverage.first : coverage.first + coverage.count]
    assert {row.key.partition(".")[0] for row in shown} == {"M01"}
    assert rows[coverage.count].key.partition(".")[0] != "M01"
    shown = rows[states.first : states.first + states.count]
    assert [str(row.cells["topic"]).casefold() for row in shown] == [state.value for state in Status]
    assert (trend.sheet, trend.labels) == ("history", "on")


def test_f35_the_ranges_of_a_chart_are_the_columns_of_the_sheet() -> None:
    coverage = dashboard_charts(the_roadmap())[0]
    titles = [column.title for column in WORKBOOK.sheet("dashboard").columns]
    chart = drawn(coverage, looked([titles]), new=True)["addChart"]["chart"]
    basic = chart["spec"]["basicChart"]
    areas = [one["series"]["sourceRange"]["sources"][0] for one in basic["series"]]

    assert [titles[area["startColumnIndex"]] for area in areas] == ["Доля", "Порог"]
    assert [(area["startRowIndex"], area["endRowIndex"]) for area in areas] == [(0, 6), (0, 6)]
    assert basic["headerCount"] == 1
    assert chart["position"]["overlayPosition"]["anchorCell"]["columnIndex"] == len(titles)


def test_f35_a_chart_drawn_anew_follows_columns_and_rows_to_where_they_stand_now() -> None:
    coverage = dashboard_charts(the_roadmap())[0]
    titles = [column.title for column in WORKBOOK.sheet("dashboard").columns]
    key, *others = titles
    rows = [[name, *[""] * len(others)] for name in (*coverage.keys[:2], "своя строка", *coverage.keys[2:])]
    page = [["Сводка нашей школы"], [key, "Своё", *others], *[[row[0], "", *row[1:]] for row in rows]]
    told = drawn(coverage, looked(page), new=False)["updateChartSpec"]
    [domain] = told["spec"]["basicChart"]["domains"]
    areas = domain["domain"]["sourceRange"]["sources"]

    # Header in the second row, two groups, a row of staff's own, three groups.
    assert [(area["startRowIndex"], area["endRowIndex"]) for area in areas] == [(1, 4), (5, 8)]
    assert {area["startColumnIndex"] for area in areas} == {2}
    assert "position" not in told


def looked(page: list[list[str]]) -> Grid:
    """One look at a spreadsheet whose «Сводка» holds this page; every other sheet has its header alone."""
    pages = {
        sheet.id: page if sheet.id == "dashboard" else [[column.title for column in sheet.columns]]
        for sheet in WORKBOOK.sheets
    }
    sheets = [
        {
            "properties": {"sheetId": sheet_id(name)},
            "data": [{"rowData": [{"values": [_cell(text) for text in row]} for row in lines]}],
        }
        for name, lines in pages.items()
    ]
    return decode({"sheets": sheets}, WORKBOOK)


def _cell(text: str) -> Json:
    return {"userEnteredValue": {"stringValue": text}, "effectiveValue": {"stringValue": text}}


def drawn(chart: ChartSpec, grid: Grid, *, new: bool) -> Json:
    return chart_request(DrawChart("chart", chart.key, chart, 5, 0, new), grid)


def test_f35_people_pairs_and_questions_say_where_to_look() -> None:
    cells = {row.key: row.cells for row in dashboard().rows}

    assert (cells["молчат"]["value"], cells["молчат"]["missing"]) == (2, "Лист «Работа пар»")
    assert (cells["без пары"]["value"], cells["вопросы"]["value"]) == (4, 9)
    assert (cells["согласия"]["value"], cells["согласия"]["missing"]) == (0, "")


def test_f35_coverage_is_found_by_its_threshold_and_not_by_the_number_of_the_measure() -> None:
    """Another school's document begins with an order: there the base of mentees is the second row."""
    roadmap = the_roadmap()
    moved = replace(
        roadmap, measures=tuple(replace(each, number=each.number + 1) for each in roadmap.measures)
    )
    report = judge(moved, evidence(date(2022, 9, 10)), date(2022, 9, 10))
    rows = dashboard_table(moved, report, (), frozenset(), (), 0, 0, 0).rows

    assert [row.key for row in rows[:5]] == [
        f"M01.{name}" for name in ("pupils", "teachers", "parents", "graduates", "partners")
    ]
    assert rows[0].cells["due"] == DUE
