"""Tables.

Expected values: discovery docs.v1; the cell formula of reference conformance.md 5.4; hand counting.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.docs.conftest import Doc, insert, text_of


def table_request(rows: int, columns: int, index: int = 1) -> dict[str, Any]:
    return {"insertTable": {"location": {"index": index}, "rows": rows, "columns": columns}}


def at(doc: Doc, row: int = 0, column: int = 0) -> dict[str, Any]:
    start = doc.table()["startIndex"]
    return {"tableStartLocation": {"index": start}, "rowIndex": row, "columnIndex": column}


def cells(doc: Doc) -> list[list[str]]:
    rows = doc.table()["table"]["tableRows"]
    return [[text_of(cell["content"]) for cell in row["tableCells"]] for row in rows]


def filled(doc: Doc, rows: int, columns: int) -> None:
    doc.batch(table_request(rows, columns))
    places = [(r, c) for r in range(rows) for c in range(columns)]
    doc.batch(*[insert(f"{r}{c}", 5 + r * (2 * columns + 1) + 2 * c) for r, c in reversed(places)])


def test_a_table_starts_one_index_after_the_place_of_insertion(doc: Doc) -> None:
    doc.batch(insert("абв"), table_request(2, 3, 2))
    before, table, after = doc.content()[1:]
    assert (before["endIndex"], table["startIndex"]) == (3, 3)
    assert table["endIndex"] - table["startIndex"] == 2 + 2 * (2 * 3 + 1)
    assert (text_of([before]), text_of([after])) == ("а\n", "бв\n")
    assert (table["table"]["rows"], table["table"]["columns"]) == (2, 3)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (2, 2), (3, 4)])
def test_the_first_paragraph_of_a_cell_is_where_the_formula_says(doc: Doc, rows: int, columns: int) -> None:
    doc.batch(table_request(rows, columns))
    for r, row in enumerate(doc.table()["table"]["tableRows"]):
        for c, cell in enumerate(row["tableCells"]):
            assert cell["content"][0]["startIndex"] == 1 + 4 + r * (2 * columns + 1) + 2 * c


def test_rows_and_columns_are_inserted_beside_a_cell(doc: Doc) -> None:
    filled(doc, 2, 2)
    doc.batch({"insertTableRow": {"tableCellLocation": at(doc), "insertBelow": True}})
    assert cells(doc) == [["00\n", "01\n"], ["\n", "\n"], ["10\n", "11\n"]]
    doc.batch({"insertTableColumn": {"tableCellLocation": at(doc), "insertRight": False}})
    assert cells(doc) == [["\n", "00\n", "01\n"], ["\n", "\n", "\n"], ["\n", "10\n", "11\n"]]
    assert len(doc.table()["table"]["tableStyle"]["tableColumnProperties"]) == 3


def test_rows_and_columns_are_deleted(doc: Doc) -> None:
    filled(doc, 3, 3)
    doc.batch({"deleteTableRow": {"tableCellLocation": at(doc, 1, 0)}})
    doc.batch({"deleteTableColumn": {"tableCellLocation": at(doc, 0, 2)}})
    assert cells(doc) == [["00\n", "01\n"], ["20\n", "21\n"]]


def test_deleting_the_last_row_deletes_the_table(doc: Doc) -> None:
    filled(doc, 1, 2)
    doc.batch({"deleteTableRow": {"tableCellLocation": at(doc)}})
    assert all("table" not in element for element in doc.content())


def test_merging_puts_the_texts_into_the_head_cell(doc: Doc) -> None:
    filled(doc, 2, 2)
    doc.batch(
        {"mergeTableCells": {"tableRange": {"tableCellLocation": at(doc), "rowSpan": 1, "columnSpan": 2}}}
    )
    assert cells(doc) == [["00\n01\n", "\n"], ["10\n", "11\n"]]
    head = doc.table()["table"]["tableRows"][0]["tableCells"][0]["tableCellStyle"]
    assert (head["rowSpan"], head["columnSpan"]) == (1, 2)
    doc.batch(
        {"unmergeTableCells": {"tableRange": {"tableCellLocation": at(doc), "rowSpan": 2, "columnSpan": 2}}}
    )
    head = doc.table()["table"]["tableRows"][0]["tableCells"][0]["tableCellStyle"]
    assert (head["rowSpan"], head["columnSpan"]) == (1, 1)
    assert cells(doc)[0][0] == "00\n01\n"


def test_a_merge_that_cuts_another_is_refused(doc: Doc) -> None:
    filled(doc, 2, 3)
    doc.batch(
        {"mergeTableCells": {"tableRange": {"tableCellLocation": at(doc), "rowSpan": 1, "columnSpan": 2}}}
    )
    cut = {"tableCellLocation": at(doc, 0, 1), "rowSpan": 2, "columnSpan": 2}
    assert doc.refused({"mergeTableCells": {"tableRange": cut}})[0] == 400


def test_a_location_that_is_no_table_is_refused(doc: Doc) -> None:
    filled(doc, 1, 1)
    wrong = {"tableStartLocation": {"index": 1}, "rowIndex": 0, "columnIndex": 0}
    code, text = doc.refused({"insertTableRow": {"tableCellLocation": wrong}})
    assert code == 400
    assert text.endswith("Invalid table start location. Must specify the start index of the table.")


def test_columns_have_widths_and_a_narrow_one_is_refused(doc: Doc) -> None:
    filled(doc, 1, 2)
    start = at(doc)["tableStartLocation"]

    def widths(points: float) -> dict[str, Any]:
        width = {"widthType": "FIXED_WIDTH", "width": {"magnitude": points, "unit": "PT"}}
        asked = {"tableStartLocation": start, "columnIndices": [1], "tableColumnProperties": width}
        return {"updateTableColumnProperties": {**asked, "fields": "width,widthType"}}

    doc.batch(widths(100))
    columns = doc.table()["table"]["tableStyle"]["tableColumnProperties"]
    assert columns == [
        {"widthType": "EVENLY_DISTRIBUTED"},
        {"widthType": "FIXED_WIDTH", "width": {"magnitude": 100, "unit": "PT"}},
    ]
    assert doc.refused(widths(4.9))[0] == 400


def test_header_rows_are_pinned_and_unpinned(doc: Doc) -> None:
    filled(doc, 3, 1)
    start = at(doc)["tableStartLocation"]
    doc.batch({"pinTableHeaderRows": {"tableStartLocation": start, "pinnedHeaderRowsCount": 1}})
    rows = doc.table()["table"]["tableRows"]
    assert [row["tableRowStyle"].get("tableHeader", False) for row in rows] == [True, False, False]
    doc.batch({"pinTableHeaderRows": {"tableStartLocation": start}})
    assert "tableHeader" not in doc.table()["table"]["tableRows"][0]["tableRowStyle"]


def test_a_shared_border_is_changed_on_the_neighbour_too(doc: Doc) -> None:
    filled(doc, 1, 2)
    border = {
        "color": {"color": {"rgbColor": {}}},
        "width": {"magnitude": 0, "unit": "PT"},
        "dashStyle": "SOLID",
    }
    asked = {"tableRange": {"tableCellLocation": at(doc), "rowSpan": 1, "columnSpan": 1}}
    doc.batch(
        {
            "updateTableCellStyle": {
                **asked,
                "tableCellStyle": {"borderRight": border},
                "fields": "borderRight",
            }
        }
    )
    left, right = (cell["tableCellStyle"] for cell in doc.table()["table"]["tableRows"][0]["tableCells"])
    assert left["borderRight"]["width"] == {"unit": "PT"}
    assert right["borderLeft"] == left["borderRight"]


def test_row_styles_are_set(doc: Doc) -> None:
    filled(doc, 2, 1)
    style = {"minRowHeight": {"magnitude": 30, "unit": "PT"}}
    start = at(doc)["tableStartLocation"]
    asked = {"tableStartLocation": start, "rowIndices": [1], "tableRowStyle": style, "fields": "minRowHeight"}
    doc.batch({"updateTableRowStyle": asked})
    heights = [row["tableRowStyle"]["minRowHeight"] for row in doc.table()["table"]["tableRows"]]
    assert heights == [{"unit": "PT"}, {"magnitude": 30, "unit": "PT"}]
