"""The page of a spreadsheet, over the workspace's own Sheets."""

from __future__ import annotations

import re
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from googleapiclient.discovery import build

from sheets_sync.emulator.wire import Response
from tests.conformance.forms.school import School, text


class Book:
    """A spreadsheet of three sheets: «План» with a header, «Сводка», and a hidden one."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.api = build("sheets", "v4", http=school.http).spreadsheets()
        sheets: list[dict[str, Any]] = [
            {
                "properties": {
                    "sheetId": 0,
                    "title": "План",
                    "gridProperties": {"frozenRowCount": 1, "rowCount": 400},
                }
            },
            {"properties": {"sheetId": 5, "title": "Сводка"}},
            {"properties": {"sheetId": 9, "title": "_sync", "hidden": True}},
        ]
        body = {"properties": {"title": "Наставничество", "locale": "ru_RU"}, "sheets": sheets}
        self.id: str = self.api.create(body=body).execute()["spreadsheetId"]
        self.write(
            "План!A1:C4", [["ФИО", "Баллы", "Дата"], ["Яна", 3, ""], ["Борис", 1, ""], ["Анна", 2, ""]]
        )

    def write(self, area: str, rows: list[list[Any]], option: str = "RAW") -> None:
        self.api.values().update(
            spreadsheetId=self.id, range=area, valueInputOption=option, body={"values": rows}
        ).execute()

    def read(self, area: str, render: str = "FORMATTED_VALUE") -> list[list[Any]]:
        asked = self.api.values().get(spreadsheetId=self.id, range=area, valueRenderOption=render)
        values: list[list[Any]] = asked.execute().get("values", [])
        return values

    def change(self, *requests: dict[str, Any]) -> None:
        self.api.batchUpdate(spreadsheetId=self.id, body={"requests": list(requests)}).execute()

    def page(self, query: str = "") -> str:
        return text(self.school.get(f"/spreadsheets/d/{self.id}/edit{query}"))

    def edit(self, cell: str, action: str = "set", value: str | None = None) -> Response:
        """Open a cell's edit line and press a button, as a person does."""
        return self.school.post(f"/spreadsheets/d/{self.id}/edit", self.fields(cell, action, value))

    def fields(self, cell: str, action: str = "set", value: str | None = None) -> dict[str, str]:
        page = self.page(f"?gid=0&cell={cell}")
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        [before] = re.findall(r'<textarea class="away"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
        fields["before"] = unescape(before)
        return {**fields, "value": fields["before"] if value is None else value, "action": action}


@pytest.fixture
def book(school: School) -> Book:
    return Book(school)


def test_the_page_shows_tabs_that_are_not_hidden_and_the_first_sheet(book: Book) -> None:
    page = book.page()
    tabs = re.findall(r'<nav class="tabs".*?</nav>', page, re.DOTALL)[0]
    assert re.findall(r">([^<>]+)</a>", tabs) == ["План", "Сводка"]
    assert "Яна" in page and book.school.get(f"/spreadsheets/d/{book.id}/edit?gid=9").status == 404


def test_the_frozen_row_stands_in_the_fixed_head(book: Book) -> None:
    head = re.findall(r"<thead>.*?</thead>", book.page(), re.DOTALL)[0]
    assert "ФИО" in head and "Яна" not in head


def test_widths_colours_and_notes_are_shown_without_inline_styles(book: Book) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 1}
    look = {
        "userEnteredFormat": {"backgroundColor": {"green": 1}, "textFormat": {"bold": True}},
        "note": "проверить",
    }
    width = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}
    book.change(
        {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat,note"}},
        {
            "updateDimensionProperties": {
                "range": width,
                "properties": {"pixelSize": 222},
                "fields": "pixelSize",
            }
        },
    )
    page = book.page()
    assert "background:#00ff00;font-weight:600" in page and "width:222px" in page
    assert 'title="проверить"' in page
    assert not re.search(r"<[a-z]+ [^>]*style=", page)


def test_script_in_a_cell_a_note_or_a_title_is_shown_as_text(book: Book) -> None:
    evil = "</style><script>alert(1)</script>"
    book.write("План!A2", [[evil]])
    title = {"properties": {"sheetId": 5, "title": evil}, "fields": "title"}
    book.change({"updateSheetProperties": title})
    for query in ("", "?gid=5", "?gid=0&cell=A2"):
        assert "<script>" not in book.page(query)


def test_a_cell_is_written_as_typed_by_a_person(book: Book) -> None:
    assert book.edit("B2", value="12,5").status == 303
    assert book.read("План!B2", "UNFORMATTED_VALUE") == [[12.5]]
    book.edit("C2", value="20.09.2022")
    assert book.read("План!C2", "UNFORMATTED_VALUE") == [[44824]]
    book.edit("B2", value="")
    assert book.read("План!B2") == []


@pytest.mark.parametrize("kept", ["=1+1", "007", "12.05", "TRUE", "две\nстроки", " край "])
def test_saving_a_cell_unchanged_changes_nothing(book: Book, kept: str) -> None:
    book.write("План!A2", [[kept]])
    assert book.edit("A2").status == 303
    assert book.read("План!A2", "FORMULA") == [[kept]]


def test_rows_are_inserted_deleted_and_sorted_below_the_head(book: Book) -> None:
    book.edit("A3", "insert_above")
    assert book.read("План!A1:A5") == [["ФИО"], ["Яна"], [], ["Борис"], ["Анна"]]
    book.edit("A3", "delete_row")
    book.edit("B2", "sort_up")
    assert book.read("План!A1:B4") == [["ФИО", "Баллы"], ["Борис", "1"], ["Анна", "2"], ["Яна", "3"]]
    book.edit("A2", "insert_below")
    assert book.read("План!A2:A4") == [["Борис"], [], ["Анна"]]


def test_a_row_that_moved_meanwhile_is_not_touched(book: Book) -> None:
    fields = book.fields("A2", "delete_row")
    book.edit("A2", "insert_above")
    answer = book.school.post(f"/spreadsheets/d/{book.id}/edit", fields)
    assert answer.status == 409
    assert [row for row in book.read("План!A2:A5") if row] == [["Яна"], ["Борис"], ["Анна"]]


def test_without_the_pages_token_nothing_is_changed(book: Book) -> None:
    fields = book.fields("A2", value="Ева") | {"csrf": "0" * 64}
    assert book.school.post(f"/spreadsheets/d/{book.id}/edit", fields).status == 403
    assert book.read("План!A2") == [["Яна"]]


def test_a_guarded_cell_warns_and_a_listed_one_offers_its_options(book: Book) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 9, "startColumnIndex": 1, "endColumnIndex": 2}
    names = {**area, "startColumnIndex": 0, "endColumnIndex": 1}
    options = [{"userEnteredValue": "Яна"}, {"userEnteredValue": "Ева"}]
    book.change(
        {
            "addProtectedRange": {
                "protectedRange": {"range": area, "warningOnly": True, "description": "Считает программа"}
            }
        },
        {
            "setDataValidation": {
                "range": names,
                "rule": {"condition": {"type": "ONE_OF_LIST", "values": options}, "showCustomUi": True},
            }
        },
    )
    assert "Считает программа" in book.page("?gid=0&cell=B2")
    assert re.findall(r'<option value="([^"]*)"', book.page("?gid=0&cell=A2")) == ["", "Яна", "Ева"]


def test_a_chart_is_drawn_from_its_cells(book: Book) -> None:
    def source(column: int) -> dict[str, Any]:
        area = {
            "sheetId": 0,
            "startRowIndex": 0,
            "endRowIndex": 4,
            "startColumnIndex": column,
            "endColumnIndex": column + 1,
        }
        return {"sourceRange": {"sources": [area]}}

    basic = {
        "chartType": "COLUMN",
        "headerCount": 1,
        "domains": [{"domain": source(0)}],
        "series": [{"series": source(1)}],
    }
    place = {"overlayPosition": {"anchorCell": {"sheetId": 5}}}
    book.change({"addChart": {"chart": {"spec": {"title": "Баллы", "basicChart": basic}, "position": place}}})
    page = book.page("?gid=5")
    assert "<title>Баллы, Яна: 3</title>" in page and page.count("<rect ") == 3


def test_a_long_sheet_is_shown_in_parts_under_its_fixed_head(book: Book) -> None:
    book.write("План!A2:A400", [[f"строка {number}"] for number in range(2, 401)])
    first, second = book.page(), book.page("?gid=0&from=300")
    assert "строка 300" in first and "строка 301" not in first and "from=300" in first
    assert "строка 301" in second and "строка 300<" not in second and "ФИО" in second


def undo(book: Book) -> Response:
    address = f"/spreadsheets/d/{book.id}"
    return book.school.staff_post(f"{address}/undo", {"gid": "0"}, page=f"{address}/edit?gid=0&cell=A2")


def test_ones_last_change_of_a_cell_is_taken_back_exactly(book: Book) -> None:
    book.write("План!B2", [["=1+2"]], "USER_ENTERED")
    book.edit("B2", value="44")
    assert "Отменить правку B2" in book.page()
    assert undo(book).status == 303
    assert book.read("План!B2", "FORMULA") == [["=1+2"]]
    assert "Отменить" not in book.page()
    assert undo(book).status == 404


def test_a_change_is_not_taken_back_over_somebody_elses(book: Book) -> None:
    book.edit("B2", value="44")
    book.write("План!B2", [[45]])
    assert undo(book).status == 409
    assert book.read("План!B2", "UNFORMATTED_VALUE") == [[45]]


def test_only_rows_that_show_a_text_are_shown_and_nothing_is_changed(book: Book) -> None:
    page = book.page("?gid=0&find=%D1%8F%D0%BD")  # «ян»
    assert 'id="A1"' in page and 'id="A2"' in page and 'id="A3"' not in page and 'id="A4"' not in page
    assert 'id="A3"' in book.page("?gid=0")


def test_f63_a_text_is_found_however_far_down_it_stands(book: Book) -> None:
    grown = {"sheetId": 0, "gridProperties": {"rowCount": 9000}}
    book.change({"updateSheetProperties": {"properties": grown, "fields": "gridProperties.rowCount"}})
    book.write("План!B8800:B8801", [["Последняя"], ["последний"]])
    page = book.page("?gid=0&find=%D0%BF%D0%BE%D1%81%D0%BB%D0%B5%D0%B4%D0%BD")  # «последн»
    assert re.findall(r'<td id="B(\d+)"', page) == ["1", "8800", "8801"] and "Строк найдено: 2" in page
    assert "Таких строк на листе нет" in book.page("?gid=0&find=%D1%8A")
    book.write("План!C2:C400", [["один"]] * 399)
    page = book.page("?gid=0&find=%D0%BE%D0%B4%D0%B8%D0%BD")
    assert page.count('<td id="C') == 301 and "Показаны первые 300 строк, есть и другие" in page


def test_f63_rows_behind_an_empty_stretch_can_be_reached(book: Book) -> None:
    book.write("План!A390", [["внизу"]])
    assert "from=300" in book.page() and "внизу" in book.page("?gid=0&from=300")


@pytest.mark.parametrize("typed", ["A350", "a350", "%D0%90350", "%20a350%20"])  # «А350» is Russian
def test_f63_a_cell_is_gone_to_by_its_address(book: Book, typed: str) -> None:
    page = book.page(f"?gid=0&cell={typed}")
    assert re.search(r'id="A350" class="[^"]* now"', page) and 'data-cell="A350"' in page
    assert 'name="cell" value="A350"' in page and 'form="jump"' in page


@pytest.mark.parametrize("typed", ["A401", "Ж1", "%D0%9601", "1", "A0", "ZZZZ1"])
def test_an_address_that_the_sheet_has_not_is_told(book: Book, typed: str) -> None:
    asked = quote(typed, safe="%")
    assert "Такой ячейки на листе нет." in book.page(f"?gid=0&cell={asked}")
    assert "Такой ячейки" not in book.page("?gid=0&cell=A400") + book.page("?gid=0")


def test_f63_a_filter_view_shows_its_rows_and_the_filters_head_is_marked(book: Book) -> None:
    """Source: discovery document, FilterView.criteria and BasicFilter.range."""
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    more = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "1"}]}}
    view = {"filterViewId": 77, "title": "Больше <одного>", "range": area, "criteria": {"1": more}}
    book.change({"addFilterView": {"filter": view}}, {"setBasicFilter": {"filter": {"range": area}}})
    page = book.page()
    assert "Больше &lt;одного&gt;" in page and 'href="?gid=0&amp;view=77"' in page
    assert re.findall(r'id="(\w+)" class="[^"]*filter-open', page) == ["A1", "B1"]
    shown = book.page("?gid=0&view=77")
    assert re.findall(r'<td id="A(\d+)"', shown) == ["1", "2", "4"]
    assert "Строк найдено: 2" in shown and "&amp;view=77&amp;cell=A2" in shown
    assert re.findall(r'<td id="A(\d+)"', book.page("?gid=0&view=78"))[:4] == ["1", "2", "3", "4"]


def test_f63_bands_colour_the_rows_that_have_no_colour_of_their_own(book: Book) -> None:
    """Source: discovery document, BandingProperties (header, then first and second by turns)."""
    area = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 1}
    look = {"headerColor": {"blue": 1}, "firstBandColor": {"red": 1, "green": 1, "blue": 1}}
    bands = {"range": area, "rowProperties": {**look, "secondBandColor": {"green": 1}}}
    own = {**area, "startRowIndex": 2, "endRowIndex": 3}
    red = {"userEnteredFormat": {"backgroundColor": {"red": 1}}}
    book.change({"addBanding": {"bandedRange": bands}})
    page = book.page()
    style = dict(re.findall(r"\.sheet-page \.(s\d+)\{([^}]*)\}", page))
    cells = dict(re.findall(r'<td id="(A\d)" class="(s\d+)', page))
    colours = [re.findall(r"background:(#\w+)", style[cells[f"A{row}"]]) for row in (1, 2, 3, 4)]
    assert colours == [["#0000ff"], [], ["#00ff00"], []]
    book.change({"repeatCell": {"range": own, "cell": red, "fields": "userEnteredFormat.backgroundColor"}})
    assert "background:#00ff00" not in book.page() and "background:#ff0000" in book.page()
