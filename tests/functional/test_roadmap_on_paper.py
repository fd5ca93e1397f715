"""The roadmap with its sections: on the screen in any order of rows, and on paper (F35)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import gspread
import pytest

from tests.functional.played import Year
from tests.small_school import SmallSchool

pytestmark = pytest.mark.feature("F35")


def _looks(book: gspread.Spreadsheet, area: str) -> list[dict[str, Any]]:
    """Return the first cell of every row as the service shows it, conditional formats applied."""
    fields = "sheets(data(rowData(values(formattedValue,effectiveFormat(textFormat(bold),backgroundColor)))))"
    answer = book.fetch_sheet_metadata({"ranges": area, "fields": fields})
    return [row["values"][0] for row in answer["sheets"][0]["data"][0]["rowData"]]


def _is_heading(cell: dict[str, Any]) -> bool:
    return bool(cell["effectiveFormat"]["textFormat"].get("bold"))


def test_a_section_begins_where_it_begins_however_staff_sort(school: SmallSchool) -> None:
    book = school.book()
    roadmap = book.worksheet("Дорожная карта")

    def marked() -> list[bool]:
        return [_is_heading(cell) for cell in _looks(book, "'Дорожная карта'!B2:B33")]

    def changes() -> list[bool]:
        sections = roadmap.col_values(2)
        return [now != before for before, now in pairwise(sections)]

    assert marked() == changes()
    assert sum(marked()) == 5
    roadmap.sort((4, "asc"), range="A2:M33")
    assert marked() == changes()
    assert sum(marked()) > 5


def test_the_printed_roadmap_has_headings_over_the_whole_width(december: Year) -> None:
    book = december.school.book()
    rows = book.worksheet("Карта для печати").get_all_values()[1:39]
    headings = [place for place, row in enumerate(rows) if row[2].startswith("▸")]

    for column in "BCH":
        looks = _looks(book, f"'Карта для печати'!{column}2:{column}39")
        assert [place for place, cell in enumerate(looks) if _is_heading(cell)] == headings
    assert len(headings) == 1 + 5
    told = {row[0]: row for row in book.worksheet("Дорожная карта").get_all_values()[1:33]}
    for row in rows:
        if row[1]:
            assert row[5] == told[row[1]][4]
            assert row[2].replace("\u00a0", " ") == told[row[1]][2].replace("\u00a0", " ")


def test_a_night_without_news_leaves_the_printed_roadmap_alone(school: SmallSchool) -> None:
    day = school.now.date()
    school.night(day)
    assert school.night(day).writes == 0
