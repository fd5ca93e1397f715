"""Pivot tables: what a client reads where it wrote one.

The source and the first two tables are those of Google's guide and samples on pivot tables; the groupings by
rules are those of the discovery document. Numbers are counted from the source by hand.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.sheets.book import Book, Json, rows

pytestmark = pytest.mark.feature("F60")
SALES = """Item Category,Model Number,Cost,Quantity,Region,Salesperson,Ship Date
Wheel,W-24,$20.50,4,West,Beth,3/1/2016
Door,D-01X,$15.00,2,South,Amir,3/15/2016
Engine,ENG-0134,$100.00,1,North,Carmen,3/20/2016
Frame,FR-0B1,$34.00,8,East,Hannah,3/12/2016
Panel,P-034,$6.00,4,North,Devyn,4/2/2016
Panel,P-052,$11.50,7,East,Erik,5/16/2016
Wheel,W-24,$20.50,11,South,Sheldon,4/30/2016
Engine,ENG-0161,$330.00,2,North,Jessie,7/2/2016
Door,D-01Y,$29.00,6,West,Armando,3/13/2016
Frame,FR-0B1,$34.00,9,South,Yuliana,2/27/2016
Panel,P-102,$3.00,15,West,Carmen,4/18/2016
Panel,P-105,$8.25,13,West,Jessie,6/20/2016
Engine,ENG-0211,$283.00,1,North,Amir,6/21/2016
Door,D-01X,$15.00,2,West,Armando,7/3/2016
Frame,FR-0B1,$34.00,6,South,Carmen,7/15/2016
Wheel,W-25,$20.00,8,South,Hannah,5/2/2016
Wheel,W-11,$29.00,13,East,Erik,5/19/2016
Door,D-05,$17.70,7,West,Beth,6/28/2016
Frame,FR-0B1,$34.00,8,North,Sheldon,3/30/2016"""
CATEGORY, MODEL, COST, QUANTITY, REGION, PERSON, SHIPPED = range(7)
SOURCE = {"startRowIndex": 0, "endRowIndex": 20, "startColumnIndex": 0, "endColumnIndex": 7}


def group(offset: int, **more: Any) -> Json:
    return {"sourceColumnOffset": offset, "sortOrder": "ASCENDING", **more}


def value(function: str, offset: int, **more: Any) -> Json:
    return {"summarizeFunction": function, "sourceColumnOffset": offset, **more}


UNITS = value("SUM", QUANTITY)
REGIONS = group(REGION, showTotals=True)


@pytest.fixture
def sales(book: Book) -> Book:
    book.write("A1", [line.split(",") for line in SALES.splitlines()], "USER_ENTERED")
    return book


def place(book: Book, pivot: Json) -> None:
    start = {"sheetId": 0, "rowIndex": 49, "columnIndex": 0}
    cell = {"pivotTable": {"source": SOURCE, **pivot}}
    book.batch({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "pivotTable"}})


def shown(book: Book, pivot: Json) -> list[str]:
    place(book, pivot)
    return [" | ".join(line) for line in book.read("A50:P80")]


def test_the_guide_counts_models_in_each_region(sales: Book) -> None:
    pivot = {
        "rows": [group(MODEL, showTotals=True)],
        "columns": [REGIONS],
        "values": [value("COUNTA", REGION)],
        "valueLayout": "HORIZONTAL",
    }
    assert shown(sales, pivot) == [
        "COUNTA of Region | Region",
        "Model Number | East | North | South | West | Grand Total",
        "D-01X |  |  | 1 | 1 | 2",
        "D-01Y |  |  |  | 1 | 1",
        "D-05 |  |  |  | 1 | 1",
        "ENG-0134 |  | 1 |  |  | 1",
        "ENG-0161 |  | 1 |  |  | 1",
        "ENG-0211 |  | 1 |  |  | 1",
        "FR-0B1 | 1 | 1 | 2 |  | 4",
        "P-034 |  | 1 |  |  | 1",
        "P-052 | 1 |  |  |  | 1",
        "P-102 |  |  |  | 1 | 1",
        "P-105 |  |  |  | 1 | 1",
        "W-11 | 1 |  |  |  | 1",
        "W-24 |  |  | 1 | 1 | 2",
        "W-25 |  |  | 1 |  | 1",
        "Grand Total | 3 | 5 | 5 | 6 | 19",
    ]


def test_the_sample_sorts_groups_by_values_of_the_other_side(sales: Book) -> None:
    """Source: the samples: "Engine" (none sold West) above "Door" (15), "W-24" above "W-25", North first."""
    pivot = {
        "rows": [
            group(CATEGORY, showTotals=True, valueBucket={"buckets": [{"stringValue": "West"}]}),
            group(MODEL, showTotals=True, sortOrder="DESCENDING", valueBucket={}),
        ],
        "columns": [group(REGION, showTotals=True, valueBucket={})],
        "values": [UNITS],
        "valueLayout": "HORIZONTAL",
    }
    found = shown(sales, pivot)
    assert found[:6] == [
        "SUM of Quantity |  | Region",
        "Item Category | Model Number | North | East | South | West | Grand Total",
        "Engine | ENG-0161 | 2 |  |  |  | 2",
        " | ENG-0211 | 1 |  |  |  | 1",
        " | ENG-0134 | 1 |  |  |  | 1",
        "Engine Total |  | 4 |  |  |  | 4",
    ]
    order = [line.split(" | ")[1] for line in found if line.startswith((" | W", "Wheel | W", "Door | "))]
    assert order == ["W-24", "W-11", "W-25", "D-05"]
    assert "Door Total |  |  |  | 2 | 15 | 17" in found
    assert found[-1] == "Grand Total |  | 16 | 28 | 36 | 47 | 127"


def test_several_values_stand_side_by_side_or_below_each_other(sales: Book) -> None:
    values = [UNITS, value("AVERAGE", COST, name="mean")]
    calculated = {"summarizeFunction": "CUSTOM", "formula": "=SUM(Cost*Quantity)", "name": "revenue"}
    beside = {"rows": [group(REGION)], "values": [*values, calculated]}
    assert shown(sales, beside)[:3] == [
        "Region | SUM of Quantity | mean | revenue",
        "East | 28 | $24.83 | $729.50",
        "North | 16 | $150.60 | $1,339.00",
    ]
    below = {"rows": [REGIONS], "values": values, "valueLayout": "VERTICAL"}
    found = shown(sales, below)
    assert found[1:4] == ["East | SUM of Quantity | 28", " | mean | $24.83", "North | SUM of Quantity | 16"]
    assert found[-2:] == ["Grand Total | SUM of Quantity | 127", " | mean | $54.97"]


@pytest.mark.parametrize(
    ("function", "total"),
    [
        ("SUM", 127),
        ("COUNT", 19),
        ("COUNTA", 19),
        ("COUNTUNIQUE", 10),
        ("MAX", 15),
        ("MIN", 1),
        ("MEDIAN", 7),
        ("AVERAGE", 127 / 19),
        ("VARP", 17.0581717452),
    ],
)
def test_a_summary_is_that_of_its_function(sales: Book, function: str, total: float) -> None:
    place(sales, {"values": [value(function, QUANTITY)]})
    assert sales.read("A51", valueRenderOption="UNFORMATTED_VALUE") == [[pytest.approx(total)]]


@pytest.mark.parametrize(
    ("pivot", "lines"),
    [
        (
            {"rows": [group(SHIPPED, groupRule={"dateTimeRule": {"type": "YEAR_MONTH"}})], "values": [UNITS]},
            ["Grouped Ship Date | SUM of Quantity", "2016-Feb | 9", "2016-Mar | 29", "2016-Apr | 30"],
        ),
        (
            {
                "rows": [group(SHIPPED, groupRule={"dateTimeRule": {"type": "DAY_OF_WEEK"}})],
                "values": [UNITS],
            },
            ["Grouped Ship Date | SUM of Quantity", "Sunday | 9", "Monday | 43", "Tuesday | 14"],
        ),
        (
            {
                "rows": [
                    group(
                        QUANTITY,
                        groupRule={"histogramRule": {"interval": 5, "start": 3, "end": 13}},
                        label="Size",
                    )
                ],
                "values": [value("COUNTA", QUANTITY, name="n")],
            },
            ["Size | n", "< 3 | 5", "3-8 | 6", "8-13 | 7", "> 13 | 1"],
        ),
        (
            {
                "rows": [
                    group(
                        REGION,
                        groupRule={
                            "manualRule": {
                                "groups": [
                                    {
                                        "groupName": {"stringValue": "Sides"},
                                        "items": [{"stringValue": "West"}, {"stringValue": "East"}],
                                    }
                                ]
                            }
                        },
                        label="Part",
                    )
                ],
                "values": [UNITS],
            },
            ["Part | SUM of Quantity", "North | 16", "Sides | 75", "South | 36"],
        ),
        (
            {
                "rows": [group(REGION)],
                "values": [{**UNITS, "calculatedDisplayType": "PERCENT_OF_GRAND_TOTAL"}],
            },
            [
                "Region | SUM of Quantity",
                "East | 22.05%",
                "North | 12.60%",
                "South | 28.35%",
                "West | 37.01%",
            ],
        ),
        (
            {
                "rows": [group(REGION, sortOrder="DESCENDING", groupLimit={"countLimit": 2})],
                "values": [UNITS],
            },
            ["Region | SUM of Quantity", "West | 47", "South | 36"],
        ),
        (
            {
                "rows": [REGIONS],
                "values": [UNITS],
                "filterSpecs": [
                    {"columnOffsetIndex": REGION, "filterCriteria": {"visibleValues": ["West", "East"]}}
                ],
            },
            ["Region | SUM of Quantity", "East | 28", "West | 47", "Grand Total | 75"],
        ),
        (
            {
                "rows": [group(REGION)],
                "values": [UNITS],
                "criteria": {
                    str(QUANTITY): {
                        "visibleByDefault": True,
                        "condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "9"}]},
                    }
                },
            },
            ["Region | SUM of Quantity", "East | 13", "South | 11", "West | 28"],
        ),
        (
            {
                "rows": [group(REGION, repeatHeadings=True), group(CATEGORY)],
                "values": [UNITS],
            },
            [
                "Region | Item Category | SUM of Quantity",
                "East | Frame | 8",
                "East | Panel | 7",
                "East | Wheel | 13",
            ],
        ),
        (
            {
                "rows": [
                    group(REGION, valueMetadata=[{"value": {"stringValue": "East"}, "collapsed": True}]),
                    group(CATEGORY),
                ],
                "values": [UNITS],
            },
            ["Region | Item Category | SUM of Quantity", "East Total |  | 28", "North | Engine | 4"],
        ),
        (
            {"columns": [REGIONS], "values": [UNITS]},
            [" | Region", " | East | North | South | West | Grand Total"],
        ),
    ],
)
def test_groups_filters_and_shares(sales: Book, pivot: Json, lines: list[str]) -> None:
    assert shown(sales, pivot)[: len(lines)] == lines


def test_a_pivot_table_follows_its_source_and_tells_values_and_formats(sales: Book) -> None:
    place(sales, {"rows": [group(REGION)], "values": [value("MAX", COST)]})
    sales.write("C5", [["$40.00"]], "USER_ENTERED")
    first = sales.cells("A50", "pivotTable,effectiveValue,userEnteredValue")[0][0]
    assert first["effectiveValue"] == {"stringValue": "Region"}
    assert first["pivotTable"]["source"] == SOURCE
    assert "userEnteredValue" not in first
    assert sales.cells("B51", "effectiveValue,formattedValue") == [
        [{"effectiveValue": {"numberValue": 40}, "formattedValue": "$40.00"}]
    ]
    sales.write("D50", [["=B51*2"]], "USER_ENTERED")
    assert sales.read("D50") == [["$80.00"]]
    sales.batch({"insertDimension": {"range": rows(0, 2)}})
    sales.batch({"insertDimension": {"range": {**rows(3, 4), "dimension": "COLUMNS"}}})
    assert sales.read("A53:B53") == [["East", "$40.00"]]
    pivot = sales.cells("A52", "pivotTable")[0][0]["pivotTable"]
    assert (pivot["source"]["startRowIndex"], pivot["source"]["endColumnIndex"]) == (2, 8)
    assert pivot["rows"][0]["sourceColumnOffset"] == REGION + 1


def test_a_pivot_table_without_room_says_so_and_one_taken_away_leaves_nothing(sales: Book) -> None:
    sales.write("B52", [["in the way"]])
    place(sales, {"rows": [group(REGION)], "values": [UNITS]})
    assert sales.read("A50:B54") == [["#REF!"], [], ["", "in the way"]]
    sales.write("B52", [[""]])
    assert sales.read("A51:B51") == [["East", "28"]]
    start = {"sheetId": 0, "rowIndex": 49, "columnIndex": 0}
    sales.batch({"updateCells": {"start": start, "rows": [{"values": [{}]}], "fields": "pivotTable"}})
    assert sales.read("A50:B54") is None


def test_a_summary_of_an_outside_source_is_refused(sales: Book) -> None:
    start = {"sheetId": 0, "rowIndex": 49, "columnIndex": 0}
    cell = {"pivotTable": {"source": SOURCE, "values": [value("NONE", COST)]}}
    refused = sales.refused(
        {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "pivotTable"}}
    )
    assert refused.startswith("501 ")
