"""Headers, named ranges, tabs, revisions and refusals.

Expected values: discovery docs.v1, conformance.md 5.4.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from sheets_sync.emulator.docs.batch import KINDS
from sheets_sync.emulator.docs.masked import request_kinds
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.docs.conftest import Doc, insert, span, text_of


def test_a_header_exists_once_and_can_be_deleted(doc: Doc) -> None:
    header = doc.batch({"createHeader": {"type": "DEFAULT"}})["replies"][0]["createHeader"]["headerId"]
    shown = doc.get()
    assert shown["documentStyle"]["defaultHeaderId"] == header
    assert "startIndex" not in shown["headers"][header]["content"][0]
    code, text = doc.refused({"createHeader": {"type": "DEFAULT"}})
    assert (code, text) == (400, "Invalid requests[0].createHeader: Default header already exists.")
    doc.batch({"deleteHeader": {"headerId": header}})
    assert "headers" not in doc.get()
    assert "defaultHeaderId" not in doc.get()["documentStyle"]


def test_a_footnote_holds_a_space_and_a_newline(doc: Doc) -> None:
    made = doc.batch(insert("текст"), {"createFootnote": {"location": {"index": 3}}})["replies"][1]
    note = made["createFootnote"]["footnoteId"]
    shown = doc.get()
    assert text_of(shown["footnotes"][note]["content"]) == " \n"
    reference = shown["body"]["content"][1]["paragraph"]["elements"][1]
    assert (reference["startIndex"], reference["endIndex"]) == (3, 4)
    assert reference["footnoteReference"]["footnoteNumber"] == "1"
    doc.batch({"deleteContentRange": {"range": span(3, 4)}})
    assert "footnotes" not in doc.get()


def named(start: int, end: int, name: str = "имя") -> dict[str, Any]:
    return {"createNamedRange": {"name": name, "range": span(start, end)}}


def first_range(doc: Doc, name: str = "имя") -> dict[str, Any]:
    found: dict[str, Any] = doc.get()["namedRanges"][name]["namedRanges"][0]["ranges"][0]
    return found


def test_a_named_range_moves_and_grows_with_its_text(doc: Doc) -> None:
    doc.batch(insert("один два три"), named(6, 9), insert(">>", 1), insert("в", 9))
    place = first_range(doc)
    assert (place["startIndex"], place["endIndex"]) == (8, 12)


def test_named_range_content_is_replaced_by_name_and_by_id(doc: Doc) -> None:
    made = doc.batch(insert("один два три"), named(6, 9))["replies"][1]
    range_id = made["createNamedRange"]["namedRangeId"]
    doc.batch({"replaceNamedRangeContent": {"namedRangeName": "имя", "text": "пять"}})
    assert doc.text() == "один пять три\n"
    doc.batch({"replaceNamedRangeContent": {"namedRangeId": range_id, "text": "x"}})
    assert doc.text() == "один x три\n"
    place = first_range(doc)
    assert (place["startIndex"], place["endIndex"]) == (6, 7)


def test_an_unknown_range_id_is_refused_and_an_unknown_name_does_nothing(doc: Doc) -> None:
    assert doc.refused({"replaceNamedRangeContent": {"namedRangeId": "kix.no", "text": "x"}})[0] == 400
    assert doc.batch({"replaceNamedRangeContent": {"namedRangeName": "нет", "text": "x"}})["replies"] == [{}]


def test_named_ranges_are_deleted_by_name(doc: Doc) -> None:
    doc.batch(insert("один два"), named(1, 3), named(2, 5))
    assert len(doc.get()["namedRanges"]["имя"]["namedRanges"]) == 2
    doc.batch({"deleteNamedRange": {"name": "имя"}})
    assert "namedRanges" not in doc.get()


@pytest.mark.parametrize(("name", "accepted"), [("", False), ("я" * 256, True), ("😀" * 129, False)])
def test_names_of_ranges_are_1_to_256_utf16_units(doc: Doc, name: str, accepted: bool) -> None:
    doc.batch(insert("один"))
    if accepted:
        assert doc.batch(named(1, 2, name))["replies"][0]["createNamedRange"]["namedRangeId"]
    else:
        assert doc.refused(named(1, 2, name))[0] == 400


def test_the_revision_changes_with_the_content_and_is_answered(doc: Doc) -> None:
    before = doc.get()["revisionId"]
    answer = doc.batch(insert("раз"))
    assert answer["writeControl"]["requiredRevisionId"] == doc.get()["revisionId"] != before


def test_a_write_that_requires_an_old_revision_is_refused(doc: Doc) -> None:
    old = doc.get()["revisionId"]
    new = doc.batch(insert("раз"))["writeControl"]["requiredRevisionId"]
    assert doc.refused(insert("два"), requiredRevisionId=old)[0] == 400
    assert doc.text() == "раз\n"
    doc.batch(insert("два "), requiredRevisionId=new)
    assert doc.text() == "два раз\n"


def test_a_target_revision_lets_a_replacement_through_after_others_edits(doc: Doc) -> None:
    old = doc.batch(insert("{{a}}"))["writeControl"]["requiredRevisionId"]
    doc.batch(insert("перед "))
    replacement = {"replaceAllText": {"containsText": {"text": "{{a}}"}, "replaceText": "да"}}
    doc.batch(replacement, targetRevisionId=old)
    assert doc.text() == "перед да\n"


def test_tabs_are_added_nested_and_deleted(doc: Doc) -> None:
    made = doc.batch({"addDocumentTab": {"tabProperties": {"title": "Вторая"}}})["replies"][0]
    second = made["addDocumentTab"]["tabProperties"]["tabId"]
    doc.batch({"addDocumentTab": {"tabProperties": {"title": "Под ней", "parentTabId": second}}})
    doc.batch(insert("текст", 1, tabId=second))
    shown = doc.get(includeTabsContent=True)
    assert "body" not in shown
    assert [tab["tabProperties"]["title"] for tab in shown["tabs"]] == ["Tab 1", "Вторая"]
    assert shown["tabs"][1]["childTabs"][0]["tabProperties"]["nestingLevel"] == 1
    assert text_of(shown["tabs"][1]["documentTab"]["body"]["content"]) == "текст\n"
    assert doc.text() == "\n"
    doc.batch({"deleteTab": {"tabId": second}})
    assert len(doc.get(includeTabsContent=True)["tabs"]) == 1
    assert doc.refused({"deleteTab": {"tabId": "t.0"}})[0] == 400


def test_replacement_covers_all_tabs_unless_some_are_named(doc: Doc) -> None:
    made = doc.batch(insert("раз"), {"addDocumentTab": {}})["replies"][1]
    second = made["addDocumentTab"]["tabProperties"]["tabId"]
    doc.batch(insert("раз", 1, tabId=second))

    def counted(**criteria: Any) -> int:
        asked = {"containsText": {"text": "раз"}, "replaceText": "раз", **criteria}
        count: int = doc.batch({"replaceAllText": asked})["replies"][0]["replaceAllText"][
            "occurrencesChanged"
        ]
        return count

    assert counted() == 2
    assert counted(tabsCriteria={"tabIds": [second]}) == 1


def test_a_mask_that_names_tabs_asks_for_them(doc: Doc) -> None:
    assert doc.get(fields="tabs.tabProperties.tabId") == {"tabs": [{"tabProperties": {"tabId": "t.0"}}]}


def test_suggestion_modes_are_echoed(doc: Doc) -> None:
    assert doc.get()["suggestionsViewMode"] == "SUGGESTIONS_INLINE"
    mode = "PREVIEW_WITHOUT_SUGGESTIONS"
    assert doc.get(suggestionsViewMode=mode)["suggestionsViewMode"] == mode


def test_a_batch_without_requests_is_refused(doc: Doc) -> None:
    assert doc.refused() == (400, "Must specify at least one request.")


def test_a_request_of_no_kind_is_refused(doc: Doc) -> None:
    assert doc.refused({})[0] == 400


def test_an_unknown_document_is_not_found(docs: Any) -> None:
    with pytest.raises(HttpError) as caught:
        docs.documents().get(documentId="1" + "x" * 43).execute()
    error = json.loads(caught.value.content)["error"]
    assert error == {"code": 404, "message": "Requested entity was not found.", "status": "NOT_FOUND"}


def test_f60_every_kind_of_request_is_done_or_refused_by_its_name(doc: Doc) -> None:
    refused = request_kinds() - KINDS.keys()
    assert KINDS.keys() <= request_kinds()
    for kind in sorted(refused):
        code, text = doc.refused({kind: {}})
        assert (code, kind in text) == (501, True)


def test_an_inline_image_takes_one_index_and_keeps_its_address(doc: Doc) -> None:
    uri = "https://school.example/emblem.png"
    asked = {"uri": uri, "location": {"index": 2}}
    made = doc.batch(insert("аб"), {"insertInlineImage": asked})["replies"][1]
    held = doc.get()["inlineObjects"][made["insertInlineImage"]["objectId"]]
    assert held["inlineObjectProperties"]["embeddedObject"]["imageProperties"]["sourceUri"] == uri
    assert doc.content()[1]["endIndex"] == 5


def test_reading_costs_no_write(emulator: CheckedEmulator, doc: Doc) -> None:
    before = doc.get()
    assert doc.get() == before
    assert emulator.requests()["docs.documents.get"] == 2


def test_every_answer_shape_of_a_rich_document_is_googles(doc: Doc) -> None:
    """The client of these tests checks each answer against the discovery document."""
    doc.batch(
        insert("раз\nдва\nтри"),
        {"createParagraphBullets": {"range": span(1, 4), "bulletPreset": "NUMBERED_ZERODECIMAL_ALPHA_ROMAN"}},
        {"insertTable": {"endOfSegmentLocation": {}, "rows": 2, "columns": 2}},
        {"insertSectionBreak": {"endOfSegmentLocation": {}, "sectionType": "CONTINUOUS"}},
        {"createFooter": {"type": "DEFAULT"}},
        {"insertPerson": {"personProperties": {"email": "mentor@school.example"}, "location": {"index": 2}}},
        named(1, 4),
    )
    shown = doc.get(includeTabsContent=True)["tabs"][0]["documentTab"]
    assert shown["body"]["content"][1]["paragraph"]["elements"][1]["person"]["personProperties"] == {
        "email": "mentor@school.example"
    }
    assert first_range(doc)["endIndex"] == 4
