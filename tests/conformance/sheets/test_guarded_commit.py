"""What the nightly commit leans on: one atomic batch with a guard, appended rows, and one consistent read.

Expected values: discovery document; refusal of a taken metadata id as seen with a real 400.
"""

from __future__ import annotations

from typing import Any

from tests.conformance.sheets.book import Book, Service, columns, formula, number, row, rows, text

TAKEN = (
    "400 Invalid requests[1].createDeveloperMetadata: Cannot add developer metadata with ID [1001] "
    "because developer metadata with that ID already exists."
)


def guard(number_: int, location: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": number_,
                "metadataKey": "generation",
                "metadataValue": "run",
                "location": location or {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }


def append(*lines: dict[str, Any]) -> dict[str, Any]:
    return {"appendCells": {"sheetId": 0, "rows": list(lines), "fields": "userEnteredValue"}}


def school(service: Service) -> Book:
    return service.create(
        {
            "properties": {"title": "Реестр", "locale": "ru_RU", "timeZone": "Europe/Moscow"},
            "sheets": [
                {
                    "properties": {
                        "title": "Реестр",
                        "gridProperties": {"rowCount": 3, "columnCount": 4, "frozenRowCount": 1},
                    }
                },
                {"properties": {"title": "_sync", "sheetId": 7, "hidden": True}},
            ],
        }
    )


def test_f60_a_spreadsheet_is_created_with_its_sheets_locale_and_zone(service: Service) -> None:
    found = school(service).get(fields="properties(title,locale,timeZone,autoRecalc),sheets.properties")
    assert found == {
        "properties": {
            "title": "Реестр",
            "locale": "ru_RU",
            "autoRecalc": "ON_CHANGE",
            "timeZone": "Europe/Moscow",
        },
        "sheets": [
            {
                "properties": {
                    "sheetId": 0,
                    "title": "Реестр",
                    "index": 0,
                    "sheetType": "GRID",
                    "gridProperties": {"rowCount": 3, "columnCount": 4, "frozenRowCount": 1},
                }
            },
            {
                "properties": {
                    "sheetId": 7,
                    "title": "_sync",
                    "index": 1,
                    "sheetType": "GRID",
                    "gridProperties": {"rowCount": 1000, "columnCount": 26},
                    "hidden": True,
                }
            },
        ],
    }


def test_f60_a_second_commit_of_one_generation_is_refused_and_leaves_nothing(book: Book) -> None:
    book.batch(append(row(text("У-001"))), guard(1001))
    assert book.refused(append(row(text("У-002"))), guard(1001)) == TAKEN
    assert book.read("Sheet1") == [["У-001"]]


def test_the_guard_is_told_back_and_can_be_read_by_its_id(book: Book) -> None:
    reply = book.batch(guard(1001))["replies"][0]
    expected = {
        "metadataId": 1001,
        "metadataKey": "generation",
        "metadataValue": "run",
        "location": {"locationType": "SPREADSHEET", "spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    assert reply == {"createDeveloperMetadata": {"developerMetadata": expected}}
    assert book.get(fields="developerMetadata") == {"developerMetadata": [expected]}
    found = book.api.developerMetadata().get(spreadsheetId=book.id, metadataId=1001).execute()
    assert found == expected


def test_answers_that_look_like_formulas_stay_text(book: Book) -> None:
    book.batch(append(row(text("=1+1"), text("0042"), text("2020-01-01"), number(5))))
    assert book.cells("A1:D1", "userEnteredValue,effectiveValue,formattedValue") == [
        [
            {
                "userEnteredValue": {"stringValue": value},
                "effectiveValue": {"stringValue": value},
                "formattedValue": value,
            }
            for value in ("=1+1", "0042", "2020-01-01")
        ]
        + [
            {
                "userEnteredValue": {"numberValue": 5},
                "effectiveValue": {"numberValue": 5},
                "formattedValue": "5",
            }
        ]
    ]


def test_rows_are_appended_after_the_last_row_with_data_and_the_grid_grows(service: Service) -> None:
    book = school(service)
    book.batch(append(row(text("Код"))))
    book.write("Реестр!C3", [["сноска"]])
    book.batch(append(row(text("У-001")), row(text("У-002"))))
    assert book.read("Реестр") == [["Код"], [], ["", "", "сноска"], ["У-001"], ["У-002"]]
    assert book.sheet("properties.gridProperties.rowCount")["properties"]["gridProperties"]["rowCount"] == 5


def test_appended_cells_keep_the_format_and_the_rule_that_stand_there(book: Book) -> None:
    rule = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "да"}]}, "strict": True}
    book.batch(
        {
            "updateCells": {
                "start": {"rowIndex": 0},
                "rows": [row({"userEnteredFormat": {"textFormat": {"bold": True}}, "dataValidation": rule})],
                "fields": "userEnteredFormat,dataValidation",
            }
        },
        append(row(text("да"))),
    )
    assert book.cells("A1", "userEnteredValue,userEnteredFormat,dataValidation") == [
        [
            {
                "userEnteredValue": {"stringValue": "да"},
                "userEnteredFormat": {"textFormat": {"bold": True}},
                "dataValidation": rule,
            }
        ]
    ]


def test_the_commit_can_bring_back_what_it_left(book: Book) -> None:
    answer = book.batch(
        append(row(text("Код"), text("Имя")), row(text("У-001"), text("имя"))),
        includeSpreadsheetInResponse=True,
        responseRanges=["Sheet1!A:A"],
        responseIncludeGridData=True,
    )
    data = answer["updatedSpreadsheet"]["sheets"][0]["data"][0]
    assert [line["values"][0]["formattedValue"] for line in data["rowData"]] == ["Код", "У-001"]
    assert len(data["columnMetadata"]) == 1
    assert answer["replies"] == [{}]


def test_a_range_form_clears_the_cells_beyond_the_given_rows(book: Book) -> None:
    book.write("A1:C3", [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]])
    book.batch(
        {
            "updateCells": {
                "range": {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "endColumnIndex": 2},
                "rows": [row(text("A"))],
                "fields": "userEnteredValue",
            }
        }
    )
    assert book.read("A1:C3") == [["A", "", "c"], ["", "", "f"], ["", "", "i"]]


def test_metadata_of_rows_and_columns_follows_them_and_dies_with_them(book: Book) -> None:
    book.batch(
        guard(1, {"dimensionRange": rows(4, 5)}),
        guard(2, {"dimensionRange": columns(1, 2)}),
        guard(3, {"sheetId": 0}),
        {"insertDimension": {"range": rows(0, 2)}},
        {"deleteDimension": {"range": columns(1, 2)}},
    )
    found = book.api.developerMetadata().search(
        spreadsheetId=book.id,
        body={"dataFilters": [{"developerMetadataLookup": {"metadataKey": "generation"}}]},
    )
    places = {
        item["developerMetadata"]["metadataId"]: item["developerMetadata"]["location"]
        for item in found.execute()["matchedDeveloperMetadata"]
    }
    assert places == {
        1: {
            "locationType": "ROW",
            "dimensionRange": {"dimension": "ROWS", "startIndex": 6, "endIndex": 7},
        },
        3: {"locationType": "SHEET", "sheetId": 0},
    }
    assert book.sheet("developerMetadata.metadataId") == {"developerMetadata": [{"metadataId": 3}]}


def test_a_row_location_also_meets_the_metadata_of_columns_and_of_the_sheet(book: Book) -> None:
    book.batch(
        guard(1, {"dimensionRange": rows(2, 3)}),
        guard(2, {"dimensionRange": columns(1, 2)}),
        guard(3, {"dimensionRange": rows(5, 6)}),
    )

    def found(**lookup: Any) -> list[int]:
        location = {"dimensionRange": rows(2, 3)}
        filter_ = {"developerMetadataLookup": {"metadataLocation": location, **lookup}}
        answer = book.api.developerMetadata().search(spreadsheetId=book.id, body={"dataFilters": [filter_]})
        matched = answer.execute()["matchedDeveloperMetadata"]
        return [item["developerMetadata"]["metadataId"] for item in matched]

    assert found() == [1, 2]
    assert found(locationMatchingStrategy="EXACT_LOCATION") == [1]


def test_old_markers_are_deleted_by_their_id(book: Book) -> None:
    book.batch(guard(1), guard(2))
    lookup = {"developerMetadataLookup": {"metadataId": 1}}
    reply = book.reply({"deleteDeveloperMetadata": {"dataFilter": lookup}})
    assert [item["metadataId"] for item in reply["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]] == [
        1
    ]
    assert book.get(fields="developerMetadata.metadataId") == {"developerMetadata": [{"metadataId": 2}]}


def test_metadata_is_changed_by_a_filter(book: Book) -> None:
    book.batch(guard(1))
    reply = book.reply(
        {
            "updateDeveloperMetadata": {
                "dataFilters": [{"developerMetadataLookup": {"metadataKey": "generation"}}],
                "developerMetadata": {"metadataValue": "next"},
                "fields": "metadataValue",
            }
        }
    )
    assert reply["updateDeveloperMetadata"]["developerMetadata"][0]["metadataValue"] == "next"


def test_a_mask_gives_marker_and_key_column_in_one_read(book: Book) -> None:
    book.batch(append(row(text("Код")), row(text("У-001"))), guard(5))
    found = book.get(
        ranges=["A:A"], fields="developerMetadata.metadataId,sheets.data.rowData.values.userEnteredValue"
    )
    assert found == {
        "developerMetadata": [{"metadataId": 5}],
        "sheets": [
            {
                "data": [
                    {
                        "rowData": [
                            {"values": [{"userEnteredValue": {"stringValue": "Код"}}]},
                            {"values": [{"userEnteredValue": {"stringValue": "У-001"}}]},
                        ]
                    }
                ]
            }
        ],
    }


def test_today_is_the_workspace_clock_in_the_spreadsheets_zone(service: Service) -> None:
    book = school(service)
    book.put(formula("=TODAY()"))
    assert book.cells("Реестр!A1", "formattedValue,effectiveValue") == [
        [{"formattedValue": "24.12.2022", "effectiveValue": {"numberValue": 44919}}]
    ]


def test_one_wrong_request_undoes_the_whole_batch(book: Book) -> None:
    told = book.refused(
        {"addSheet": {"properties": {"title": "Новый"}}},
        append(row(text("a"))),
        {"deleteSheet": {"sheetId": 99}},
    )
    assert told == "400 Invalid requests[2].deleteSheet: No grid with id: 99"
    assert len(book.get(fields="sheets.properties.sheetId")["sheets"]) == 1
    assert book.read("Sheet1") is None


def test_fifty_thousand_characters_are_the_most_a_cell_takes(book: Book) -> None:
    book.batch(append(row(text("я" * 50_000))))
    told = book.refused(append(row(text("б"))), append(row(text("я" * 50_001))))
    assert told == (
        "400 Invalid requests[1].appendCells: "
        "Your input contains more than the maximum of 50000 characters in a single cell."
    )


def test_ten_million_cells_are_the_most_a_spreadsheet_takes(book: Book) -> None:
    told = book.refused({"appendDimension": {"sheetId": 0, "dimension": "ROWS", "length": 400_000}})
    assert told == (
        "400 Invalid requests[0].appendDimension: This action would increase the number of cells in the "
        "workbook above the limit of 10000000 cells."
    )


def test_an_empty_batch_is_refused(book: Book) -> None:
    assert book.refused() == "400 Must specify at least one request."


def test_what_the_workspace_does_not_do_it_refuses_by_name(book: Book) -> None:
    told = book.refused({"addDataSource": {"dataSource": {}}})
    assert told == (
        "501 sheets.spreadsheets.batchUpdate addDataSource is not implemented by the local workspace."
    )


def test_a_spreadsheet_is_created_with_rows_formats_and_markers(service: Service) -> None:
    item = {"metadataId": 3, "metadataKey": "k", "metadataValue": "v", "visibility": "DOCUMENT"}
    bold = {"userEnteredFormat": {"textFormat": {"bold": True}}}
    lines = [row({**text("Код"), **bold}), row(formula("=1+1"))]
    data = [{"rowData": lines, "columnMetadata": [{"pixelSize": 70}]}]
    book = service.create(
        {
            "properties": {"title": "Новая"},
            "sheets": [{"properties": {"title": "Список"}, "data": data, "developerMetadata": [item]}],
            "developerMetadata": [{**item, "metadataId": 4}],
        }
    )
    assert book.read("Список") == [["Код"], ["2"]]
    found = book.get(fields="developerMetadata.metadataId,sheets.developerMetadata(metadataId,location)")
    assert found == {
        "developerMetadata": [{"metadataId": 4}],
        "sheets": [
            {"developerMetadata": [{"metadataId": 3, "location": {"locationType": "SHEET", "sheetId": 0}}]}
        ],
    }
    assert book.cells("Список!A1", "userEnteredFormat") == [[bold]]
