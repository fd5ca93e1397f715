"""«Карта для печати»: the roadmap under its sections, as wide as a sheet of A4 turned on its side."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sheets_sync.domain.roadmap import Roadmap
from sheets_sync.domain.roadmap_status import judge
from sheets_sync.domain.tables import Formula, Memory, Table, Workbook
from sheets_sync.domain.views.printed_roadmap import printed_roadmap_table
from sheets_sync.domain.workbook import workbook_from_config
from sheets_sync.google.palette import sheet_properties, sheet_requests
from tests.unit.domain.school_year import SETTINGS, evidence, only, the_roadmap

pytestmark = pytest.mark.feature("F35")

DAY = date(2022, 10, 1)
SECTIONS = {
    "Организационно-методическое сопровождение деятельности": range(1, 14),
    "Программно-методическое сопровождение деятельности": range(14, 18),
    "Аналитическое сопровождение деятельности, мониторинг": range(18, 23),
    "Информационное сопровождение деятельности": range(23, 29),
    "Управление реализацией Целевой модели наставничеств на уровне образовательной организации": range(
        29, 33
    ),
}
"""The five headings of the school's own document and the measures under each, counted there by hand."""

A4_LANDSCAPE = (297 - 2 * 10) / 25.4 * 96
"""Pixels across A4 on its side between margins of 10 mm, at 96 to an inch."""


def printed(roadmap: Roadmap, before: int = 0) -> Table:
    report = judge(roadmap, evidence(DAY), DAY)
    memory: dict[tuple[str, str], Memory] = {
        ("roadmap_print", f"{place:03}"): {} for place in range(1, before + 1)
    }
    settings = replace(SETTINGS, responsible={"curator": "Лебедева О.Н."}, school_short_name="СОШ № 12")
    return printed_roadmap_table(roadmap, report, settings, Workbook({}, memory, 1))


def test_every_section_is_a_heading_with_its_measures_below_it() -> None:
    expected = ["▸\u00a0Дорожная карта на\u00a02022\u00a0год, СОШ №\u00a012"]
    for section, numbers in SECTIONS.items():
        expected += [f"▸\u00a0{section}", *map(str, numbers)]

    rows = [row.cells for row in printed(the_roadmap()).rows]

    assert [cells["number"] or cells["title"] for cells in rows] == expected
    assert rows[0]["done_on"] == Formula("=TODAY()")
    assert rows[2]["responsible"] == "Лебедева\u00a0О.Н."
    assert rows[2]["status"] == "нет данных"


def test_keys_are_places_and_sorting_by_them_gives_the_page_back() -> None:
    keys = [row.key for row in printed(the_roadmap()).rows]
    assert keys == sorted(keys)
    assert len(set(keys)) == 32 + 5 + 1


def test_lines_that_a_longer_roadmap_left_behind_are_emptied() -> None:
    rows = printed(only(1, 14), before=9).rows
    assert len(rows) == 9
    assert [row.cells["number"] for row in rows] == ["", "", "1", "", "14", "", "", "", ""]
    assert all(not any(row.cells.values()) for row in rows[5:])


def test_the_columns_fill_a4_landscape_and_no_spare_one_follows() -> None:
    config = YAML(typ="safe").load(Path(__file__).parents[3] / "config" / "workbook.yaml")
    sheet = workbook_from_config(config)[0].sheet("roadmap_print")
    width = sum(column.width for column in sheet.columns if not column.hidden)
    assert 0.95 * A4_LANDSCAPE <= width <= A4_LANDSCAPE
    assert sheet_properties(sheet, 0)["gridProperties"]["columnCount"] == len(sheet.columns)
    assert sheet_properties(sheet, 0)["gridProperties"]["frozenRowCount"] == 1
    assert sum("addConditionalFormatRule" in request for request in sheet_requests(sheet, {})) > 1
