"""Protection, filters, rules, charts and their like; expected: recordings and the discovery document."""

from __future__ import annotations

from typing import Any

from tests.conformance.sheets.book import Book, Json, grid, rows

NOT_DONE = {
    "addDataSource",
    "updateDataSource",
    "deleteDataSource",
    "refreshDataSource",
    "cancelDataSourceRefresh",
    "insertComment",
    "addCommentReply",
    "deleteComment",
    "deleteCommentReply",
    "updateCommentPost",
}


def test_f60_a_protected_range_answers_as_recorded(book: Book) -> None:
    asked = {
        "range": grid(0, 2, 0, 2),
        "warningOnly": True,
        "requestingUserCanEdit": False,
        "description": None,
        "editors": None,
    }
    reply = book.reply({"addProtectedRange": {"protectedRange": asked}})["addProtectedRange"][
        "protectedRange"
    ]
    shown = {key: value for key, value in grid(0, 2, 0, 2).items() if key != "sheetId"}
    assert reply == {
        "protectedRangeId": reply["protectedRangeId"],
        "range": shown,
        "warningOnly": True,
        "requestingUserCanEdit": True,
        "editors": {},
    }
    changed = {"protectedRangeId": reply["protectedRangeId"], "description": "считает программа"}
    book.batch({"updateProtectedRange": {"protectedRange": changed, "fields": "description"}})
    assert book.sheet("protectedRanges")["protectedRanges"] == [{**reply, "description": "считает программа"}]
    book.batch({"deleteProtectedRange": {"protectedRangeId": reply["protectedRangeId"]}})
    assert book.sheet("protectedRanges,properties.sheetId") == {"properties": {"sheetId": 0}}


def test_an_explicit_id_is_given_once(book: Book) -> None:
    asked = {"addProtectedRange": {"protectedRange": {"protectedRangeId": 5, "range": grid(0, 1, 0, 1)}}}
    book.batch(asked)
    assert book.refused(asked).startswith("400 Invalid requests[0].addProtectedRange: ")


def test_f60_a_basic_filter_covers_the_sheet_as_recorded(book: Book) -> None:
    book.batch({"setBasicFilter": {"filter": {"range": {"sheetId": 0}}}})
    assert book.sheet("basicFilter") == {
        "basicFilter": {
            "range": {"startRowIndex": 0, "endRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 26}
        }
    }
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    assert book.get(fields="sheets.basicFilter") == {"sheets": [{}]}


def test_a_filter_hides_rows_and_the_rows_come_back(book: Book) -> None:
    book.write("A1:A4", [["Класс"], [5], [6], [7]])
    above = {"condition": {"type": "NUMBER_GREATER", "values": [{"userEnteredValue": "5"}]}}
    criteria = {"0": {**above, "hiddenValues": ["7"]}}
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 4, 0, 1), "criteria": criteria}}})
    asked: Json = {"ranges": ["A1:A4"], "fields": "sheets.data.rowMetadata.hiddenByFilter"}
    hidden = book.get(**asked)["sheets"][0]["data"][0]["rowMetadata"]
    assert hidden == [{}, {"hiddenByFilter": True}, {}, {"hiddenByFilter": True}]
    book.batch({"clearBasicFilter": {"sheetId": 0}})
    assert book.get(**asked)["sheets"][0]["data"][0]["rowMetadata"] == [{}, {}, {}, {}]


def test_filter_views_are_added_changed_copied_and_deleted(book: Book) -> None:
    asked = {"title": "Пятые", "range": grid(0, 9, 0, 3), "criteria": {"1": {"hiddenValues": ["6"]}}}
    view = book.reply({"addFilterView": {"filter": asked}})["addFilterView"]["filter"]
    number = view["filterViewId"]
    changed = {"filterViewId": number, "title": "Шестые"}
    book.batch({"updateFilterView": {"filter": changed, "fields": "title"}})
    copy = book.reply({"duplicateFilterView": {"filterId": number}})["duplicateFilterView"]["filter"]
    assert (copy["title"], copy["criteria"]) == ("Copy of Шестые", {"1": {"hiddenValues": ["6"]}})
    book.batch({"deleteFilterView": {"filterId": number}})
    assert [item["filterViewId"] for item in book.sheet("filterViews")["filterViews"]] == [
        copy["filterViewId"]
    ]


def rule(colour: Json) -> Json:
    return {
        "ranges": [grid(0, 9, 0, 1)],
        "booleanRule": {
            "condition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "просрочено"}]},
            "format": {"backgroundColor": colour},
        },
    }


def test_conditional_formats_keep_their_order(book: Book) -> None:
    for index, colour in enumerate(({"red": 1}, {"green": 1})):
        book.batch({"addConditionalFormatRule": {"rule": rule(colour), "index": index}})
    moved = book.reply({"updateConditionalFormatRule": {"sheetId": 0, "index": 0, "newIndex": 1}})
    assert moved["updateConditionalFormatRule"]["newIndex"] == 1
    kept = book.sheet("conditionalFormats.booleanRule.format.backgroundColor")["conditionalFormats"]
    assert [item["booleanRule"]["format"]["backgroundColor"] for item in kept] == [{"green": 1}, {"red": 1}]
    gone = book.reply({"deleteConditionalFormatRule": {"sheetId": 0, "index": 1}})
    format_ = gone["deleteConditionalFormatRule"]["rule"]["booleanRule"]["format"]
    assert format_["backgroundColorStyle"] == {"rgbColor": {"red": 1}}
    assert book.refused({"deleteConditionalFormatRule": {"sheetId": 0, "index": 4}}) == (
        "400 Invalid requests[0].deleteConditionalFormatRule: No conditional format on sheet: 0 at index: 4"
    )


def test_ranges_of_objects_follow_the_rows(book: Book) -> None:
    book.batch(
        {"addConditionalFormatRule": {"rule": rule({"red": 1})}},
        {"addProtectedRange": {"protectedRange": {"range": grid(4, 6, 0, 2)}}},
        {"addNamedRange": {"namedRange": {"name": "Итого", "range": grid(4, 6, 0, 2)}}},
        {"insertDimension": {"range": rows(1, 3), "inheritFromBefore": True}},
    )
    found = book.get(fields="namedRanges.range,sheets(conditionalFormats.ranges,protectedRanges.range)")
    moved = {"startRowIndex": 6, "endRowIndex": 8, "startColumnIndex": 0, "endColumnIndex": 2}
    grown = {"startRowIndex": 0, "endRowIndex": 11, "startColumnIndex": 0, "endColumnIndex": 1}
    assert found == {
        "namedRanges": [{"range": moved}],
        "sheets": [{"conditionalFormats": [{"ranges": [grown]}], "protectedRanges": [{"range": moved}]}],
    }
    book.batch({"deleteDimension": {"range": rows(5, 9)}})
    assert book.get(fields="namedRanges,sheets.protectedRanges") == {"sheets": [{}]}


def test_named_ranges_have_one_name_each(book: Book) -> None:
    asked = {"addNamedRange": {"namedRange": {"name": "Итого", "range": grid(0, 1, 0, 1)}}}
    number = book.reply(asked)["addNamedRange"]["namedRange"]["namedRangeId"]
    assert book.refused(asked) == (
        "400 Invalid requests[0].addNamedRange: Cannot add named range with name Итого, "
        "a named range with that name already exists."
    )
    changed = {"namedRangeId": number, "range": grid(2, 4, 2, 4)}
    book.batch({"updateNamedRange": {"namedRange": changed, "fields": "range"}})
    found = book.api.values().get(spreadsheetId=book.id, range="'Sheet1'!Итого").execute()
    assert found["range"] == "Sheet1!C3:D4"


def test_banding_is_added_changed_and_removed(book: Book) -> None:
    colours = {"headerColor": {"blue": 1}, "firstBandColor": {"red": 1, "green": 1, "blue": 1}}
    asked = {"addBanding": {"bandedRange": {"range": grid(0, 9, 0, 3), "rowProperties": colours}}}
    number = book.reply(asked)["addBanding"]["bandedRange"]["bandedRangeId"]
    assert "already has alternating background colors" in book.refused(asked)
    changed = {"bandedRangeId": number, "rowProperties": {"headerColor": {"red": 1}}}
    book.batch({"updateBanding": {"bandedRange": changed, "fields": "rowProperties"}})
    shown = book.sheet("bandedRanges")["bandedRanges"][0]["rowProperties"]
    assert shown == {"headerColor": {"red": 1}, "headerColorStyle": {"rgbColor": {"red": 1}}}
    book.batch({"deleteBanding": {"bandedRangeId": number}})
    assert book.get(fields="sheets.bandedRanges") == {"sheets": [{}]}


def chart(anchor: Json) -> Json:
    source = {"sourceRange": {"sources": [grid(0, 5, 0, 1)]}}
    series = [{"series": source, "targetAxis": "LEFT_AXIS"}]
    return {
        "spec": {"title": "Охват", "basicChart": {"chartType": "COLUMN", "series": series, "headerCount": 1}},
        "position": {"overlayPosition": {"anchorCell": anchor, "widthPixels": 500}},
    }


def test_charts_are_stored_moved_and_deleted(book: Book) -> None:
    asked = {"addChart": {"chart": chart({"rowIndex": 2, "columnIndex": 3})}}
    made = book.reply(asked)["addChart"]["chart"]
    assert made["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 2, "columnIndex": 3}
    number = made["chartId"]
    spec = {"title": "Охват, %", "pieChart": {"legendPosition": "NO_LEGEND"}}
    place = {"overlayPosition": {"anchorCell": {"rowIndex": 9}}}
    reply = book.batch(
        {"updateChartSpec": {"chartId": number, "spec": spec}},
        {
            "updateEmbeddedObjectPosition": {
                "objectId": number,
                "newPosition": place,
                "fields": "overlayPosition.anchorCell",
            }
        },
        {"insertDimension": {"range": rows(0, 1)}},
    )["replies"][1]
    overlay = reply["updateEmbeddedObjectPosition"]["position"]["overlayPosition"]
    assert (overlay["anchorCell"], overlay["widthPixels"]) == ({"rowIndex": 9}, 500)
    shown = book.sheet("charts")["charts"][0]
    assert shown["spec"].items() >= spec.items()
    assert shown["position"]["overlayPosition"]["anchorCell"] == {"rowIndex": 10}
    book.batch({"deleteEmbeddedObject": {"objectId": number}})
    assert book.get(fields="sheets.charts") == {"sheets": [{}]}


def test_a_chart_may_have_a_sheet_of_its_own(book: Book) -> None:
    asked: Json = {**chart({}), "position": {"newSheet": True}}
    made = book.reply({"addChart": {"chart": asked}})["addChart"]["chart"]
    sheets = book.get(includeGridData=True)["sheets"]
    assert sheets[1]["properties"]["sheetType"] == "OBJECT"
    assert sheets[1]["charts"][0]["position"] == {"sheetId": sheets[1]["properties"]["sheetId"]}
    book.batch({"deleteEmbeddedObject": {"objectId": made["chartId"]}})
    assert len(book.get(fields="sheets.properties.sheetId")["sheets"]) == 1


def test_slicers_are_stored(book: Book) -> None:
    asked = {"spec": {"title": "Класс", "dataRange": grid(0, 9, 0, 3), "columnIndex": 1}}
    number = book.reply({"addSlicer": {"slicer": asked}})["addSlicer"]["slicer"]["slicerId"]
    book.batch({"updateSlicerSpec": {"slicerId": number, "spec": {"title": "Год"}, "fields": "title"}})
    assert book.sheet("slicers.spec.title") == {"slicers": [{"spec": {"title": "Год"}}]}


def test_f60_every_request_kind_is_done_or_refused_by_name(book: Book) -> None:
    kinds = book.api._schema.get("Request")["properties"]
    refused = set()
    for kind in kinds:
        answer: Any = book.refused({kind: {}}) if kind not in DOES_WITH_NOTHING else ""
        if answer.startswith("501"):
            assert kind in answer
            refused.add(kind)
        elif answer:
            assert answer.startswith(f"400 Invalid requests[0].{kind}: ")
    assert refused == NOT_DONE


DOES_WITH_NOTHING = {"addSheet", "clearBasicFilter", "duplicateSheet"}
