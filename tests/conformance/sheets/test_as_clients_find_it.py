"""What other programs' live tests and notes find at Google, and the discovery document says."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.sheets.book import Book, formula, grid, number, refusal, rows

RED = {"red": 1}
REPEAT = {"cell": {"userEnteredFormat": {"textFormat": {"bold": True}}}, "fields": "userEnteredFormat"}


def test_f60_lists_inside_a_repeated_field_continue_it(book: Book) -> None:
    inner: Any = [{"addSheet": {"properties": {"title": "b"}}}, {"addSheet": {"properties": {"title": "c"}}}]
    book.api.batchUpdate(spreadsheetId=book.id, body={"requests": [inner, []]}).execute()
    assert [one["properties"]["title"] for one in book.get()["sheets"]] == ["Sheet1", "b", "c"]


def test_dates_are_texts_under_formula_when_asked(book: Book) -> None:
    book.write("A1:C1", [["2017-03-04", "=1+1", "12"]], "USER_ENTERED")
    asked = {"valueRenderOption": "FORMULA", "dateTimeRenderOption": "FORMATTED_STRING"}
    assert book.read("A1:C1", **asked) == [["2017-03-04", "=1+1", 12]]
    assert book.read("A1", valueRenderOption="FORMULA") == [[42798]]


@pytest.mark.parametrize(("given", "kept"), [(0.8980392, 0.8980392), (0.5, 0.49803922), (1 / 3, 0.33333334)])
def test_a_colour_that_google_gave_stays_as_it_is(book: Book, given: float, kept: float) -> None:
    book.put({"userEnteredFormat": {"backgroundColor": {"red": given}}})
    found = book.cells("A1", "userEnteredFormat.backgroundColor")
    assert found == [[{"userEnteredFormat": {"backgroundColor": {"red": kept}}}]]


CRITERIA = {"hiddenValues": ["111"]}


@pytest.mark.parametrize(
    "given",
    [
        {"criteria": {"0": CRITERIA}},
        {"filterSpecs": [{"columnIndex": 0, "filterCriteria": CRITERIA}]},
        {"criteria": {"1": {}}, "filterSpecs": [{"columnIndex": 0, "filterCriteria": CRITERIA}]},
    ],
    ids=["map", "list", "both"],
)
def test_a_filter_reads_back_both_ways(book: Book, given: dict[str, Any]) -> None:
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 5, 0, 3), **given}}})
    shown = book.sheet("basicFilter")["basicFilter"]
    assert shown["criteria"] == {"0": CRITERIA}
    assert shown["filterSpecs"] == [{"columnIndex": 0, "filterCriteria": CRITERIA}]
    view = book.reply({"addFilterView": {"filter": {"range": grid(0, 5, 0, 3), **given}}})
    assert view["addFilterView"]["filter"]["criteria"] == {"0": CRITERIA}


def _spot(**given: int) -> dict[str, Any]:
    return {"range": {"sheetId": 0, **given}, **REPEAT}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2}, "A1001:B"),
        ({"startRowIndex": 1005, "startColumnIndex": 0, "endColumnIndex": 2}, "A1006:B"),
        (
            {"startRowIndex": 1000, "endRowIndex": 1001, "startColumnIndex": 0, "endColumnIndex": 2},
            "A1001:B1001",
        ),
        ({"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 26, "endColumnIndex": 27}, "AA1:AA2"),
        ({"startRowIndex": 0, "endRowIndex": 2, "startColumnIndex": 26}, "AA1:2"),
    ],
)
def test_f60_a_range_that_starts_past_the_grid_is_refused(
    book: Book, given: dict[str, int], named: str
) -> None:
    told = f"Range (Sheet1!{named}) exceeds grid limits. Max rows: 1000, max columns: 26"
    assert book.refused({"repeatCell": _spot(**given)}) == f"400 Invalid requests[0].repeatCell: {told}"


@pytest.mark.parametrize(
    "given",
    [
        {"startRowIndex": 999, "endRowIndex": 1003, "startColumnIndex": 0, "endColumnIndex": 1},
        {"startRowIndex": 0, "endRowIndex": 1, "startColumnIndex": 25, "endColumnIndex": 28},
        {"startRowIndex": 3, "endRowIndex": 3},
        {"startColumnIndex": 3, "endColumnIndex": 3},
    ],
)
def test_a_range_that_starts_inside_is_taken_and_grows_nothing(book: Book, given: dict[str, int]) -> None:
    book.batch({"repeatCell": _spot(**given)})
    shape = book.sheet("properties.gridProperties")["properties"]["gridProperties"]
    assert (shape["rowCount"], shape["columnCount"]) == (1000, 26)


def test_a_write_past_the_grid_names_the_range_as_asked(book: Book) -> None:
    book.batch({"deleteDimension": {"range": rows(13, 1000)}})
    told = "400 Requested writing within range ['Sheet1'!A11], but tried writing to row [14]"
    assert refusal(lambda: book.write("'Sheet1'!A11", [["x"]] * 4)) == told
    wide = "400 Requested writing within range [Sheet1!Y1:AB1], but tried writing to column [AA]"
    assert refusal(lambda: book.write("Sheet1!Y1:AB1", [["x"] * 4])) == wide


def bold_when(kind: str, *values: str, areas: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    condition = {"type": kind, "values": [{"userEnteredValue": value} for value in values]}
    rule = {"condition": condition, "format": {"textFormat": {"bold": True}, "backgroundColor": RED}}
    ranges = areas or [grid(0, 3, 0, 2)]
    return {"addConditionalFormatRule": {"rule": {"ranges": ranges, "booleanRule": rule}}}


def bold_cells(book: Book) -> list[str]:
    found = book.cells("A1:B3", "effectiveFormat.textFormat.bold")
    return [
        f"{'AB'[column]}{index + 1}"
        for index, line in enumerate(found)
        for column, cell in enumerate(line)
        if cell.get("effectiveFormat", {}).get("textFormat", {}).get("bold")
    ]


@pytest.mark.parametrize(
    ("kind", "values", "cells"),
    [
        ("TEXT_CONTAINS", ["ya"], ["A1", "A2"]),
        ("TEXT_EQ", ["maya"], ["A2"]),
        ("NUMBER_GREATER", ["1"], ["B2", "B3"]),
        ("NUMBER_GREATER", ["=$B$1+1"], ["B3"]),
        ("NUMBER_BETWEEN", ["1", "2"], ["B1", "B2"]),
        ("CUSTOM_FORMULA", ["=$B1>=2"], ["A2", "A3", "B2", "B3"]),
        ("CUSTOM_FORMULA", ["=LEN($A1)=2"], ["A1", "B1"]),
        ("NOT_BLANK", [], ["A1", "A2", "B1", "B2", "B3"]),
    ],
)
def test_f60_conditional_formats_show_in_the_effective_format(
    book: Book, kind: str, values: list[str], cells: list[str]
) -> None:
    book.write("A1:B3", [["Ya", 1], ["Maya", 2], [None, 3]])
    book.batch(bold_when(kind, *values))
    assert sorted(bold_cells(book)) == cells


def test_the_first_rule_that_holds_decides_alone(book: Book) -> None:
    book.write("A1", [["x"]])
    book.batch(bold_when("TEXT_EQ", "x"), bold_when("NOT_BLANK"))
    italic = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"italic": True}}}
    rule = {"ranges": [grid(0, 1, 0, 1)], "booleanRule": italic}
    book.batch({"addConditionalFormatRule": {"rule": rule, "index": 0}})
    shown = book.cells("A1", "userEnteredFormat,effectiveFormat(textFormat(bold,italic),backgroundColor)")
    assert shown[0][0]["effectiveFormat"]["textFormat"] == {"bold": False, "italic": True}
    assert shown[0][0]["effectiveFormat"]["backgroundColor"] == {"red": 1, "green": 1, "blue": 1}
    assert "userEnteredFormat" not in shown[0][0]


def test_a_gradient_shades_the_numbers_between_its_ends(book: Book) -> None:
    book.write("A1:A4", [[0], [50], [100], ["text"]])
    points = {
        "minpoint": {"type": "MIN", "color": {"red": 1}},
        "maxpoint": {"type": "MAX", "color": {"blue": 1}},
    }
    book.batch({"addConditionalFormatRule": {"rule": {"ranges": [grid(0, 4, 0, 1)], "gradientRule": points}}})
    shown = [line[0]["effectiveFormat"] for line in book.cells("A1:A4", "effectiveFormat.backgroundColor")]
    assert shown[0]["backgroundColor"] == {"red": 1}
    assert shown[1]["backgroundColor"] == {"red": 0.49803922, "blue": 0.49803922}
    assert shown[2]["backgroundColor"] == {"blue": 1}
    assert shown[3]["backgroundColor"] == {"red": 1, "green": 1, "blue": 1}


def test_a_rule_over_no_cell_is_taken(book: Book) -> None:
    book.batch(bold_when("NUMBER_EQ", "1", areas=[grid(1, 1, 1, 2)]))
    assert len(book.sheet("conditionalFormats")["conditionalFormats"]) == 1


@pytest.mark.parametrize(("kind", "values"), [("NUMBER_EQ", []), ("NUMBER_BETWEEN", ["1"]), ("BLANK", ["1"])])
def test_a_condition_with_too_few_or_many_values_is_refused(book: Book, kind: str, values: list[str]) -> None:
    assert "ConditionValues" in book.refused(bold_when(kind, *values))


def test_a_filter_by_formula_hides_rows(book: Book) -> None:
    book.write("A1:B4", [["name", "sum"], ["a", 5], ["b", 15], ["c", 25]])
    condition = {"type": "CUSTOM_FORMULA", "values": [{"userEnteredValue": "=B2>10"}]}
    specs = [{"columnIndex": 1, "filterCriteria": {"condition": condition}}]
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 4, 0, 2), "filterSpecs": specs}}})
    hidden = book.get(ranges=["A1:B4"], fields="sheets.data.rowMetadata.hiddenByFilter")
    assert hidden["sheets"][0]["data"][0]["rowMetadata"] == [{}, {"hiddenByFilter": True}, {}, {}]


def test_a_chart_has_googles_letters(book: Book) -> None:
    spec = {"title": "T", "pieChart": {"legendPosition": "NO_LEGEND"}}
    anchor = {"overlayPosition": {"anchorCell": {"rowIndex": 1}}}
    made = book.reply({"addChart": {"chart": {"spec": spec, "position": anchor}}})["addChart"]["chart"]
    assert made["spec"]["fontName"] == "Roboto"
    assert made["spec"]["titleTextFormat"] == {"fontFamily": "Roboto"}


def test_the_look_of_a_formula_follows_its_value(book: Book) -> None:
    book.put(number(1))
    book.put(formula("=A1*3"), 0, 1)
    book.batch(bold_when("NUMBER_EQ", "3"))
    assert bold_cells(book) == ["B1"]
    book.put(number(2))
    assert bold_cells(book) == []


@pytest.mark.parametrize("asked", [{"a1Range": "A1001:B1002"}, {"gridRange": {"startRowIndex": 1000}}])
def test_f60_grid_data_that_starts_past_the_grid_is_refused(book: Book, asked: dict[str, Any]) -> None:
    body = {"dataFilters": [asked], "includeGridData": True}
    told = refusal(lambda: book.api.getByDataFilter(spreadsheetId=book.id, body=body).execute())
    assert told.startswith("400 Range (Sheet1!A1001")
    assert told.endswith(") exceeds grid limits. Max rows: 1000, max columns: 26")


def test_f60_a_get_of_a_range_that_starts_past_the_grid_is_refused(book: Book) -> None:
    told = "400 Range (Sheet1!A1001:B1002) exceeds grid limits. Max rows: 1000, max columns: 26"
    assert refusal(lambda: book.get(ranges=["A1001:B1002"])) == told
    assert book.get(ranges=["A999:B1002"])["sheets"]


def test_f60_a_field_mask_may_come_as_a_message(book: Book) -> None:
    properties = {"sheetId": 0, "title": "b", "index": 0}
    book.batch({"updateSheetProperties": {"properties": properties, "fields": {"paths": ["title"]}}})
    assert book.sheet("properties.title") == {"properties": {"title": "b"}}
    told = book.refused({"updateSheetProperties": {"properties": properties, "fields": {"names": ["title"]}}})
    assert "'requests[0].update_sheet_properties.fields'" in told


def test_a_sheet_without_a_title_takes_the_first_free_number(book: Book) -> None:
    """Source: live tests of googlesheets4 (beside Sheet1 and foofy comes Sheet2)."""
    untitled: dict[str, Any] = {"addSheet": {}}
    book.batch({"addSheet": {"properties": {"title": "foofy"}}}, untitled, untitled)
    titles = [one["properties"]["title"] for one in book.get()["sheets"]]
    assert titles == ["Sheet1", "foofy", "Sheet2", "Sheet3"]
