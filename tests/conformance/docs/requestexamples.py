"""One or more requests of each kind for `test_every_field`; names in quotes stand for ids of its document."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
FIRST, SECOND = "tab1", "tab2"
AT: Json = {"location": {"index": 2}}
END: Json = {"endOfSegmentLocation": {}}
IN_HEADER: Json = {"location": {"index": 2, "segmentId": "header1"}}
HEADER_END: Json = {"endOfSegmentLocation": {"segmentId": "header1"}}
OTHER_TAB: Json = {"location": {"index": 2, "tabId": SECOND}}
OTHER_END: Json = {"endOfSegmentLocation": {"tabId": SECOND}}
SPAN: Json = {"startIndex": 12, "endIndex": 14}
HEADER_SPAN: Json = {**SPAN, "segmentId": "header1"}
OTHER_SPAN: Json = {**SPAN, "tabId": SECOND}
TABLE: Json = {"index": 21}
CELL: Json = {"tableStartLocation": TABLE, "rowIndex": 0, "columnIndex": 0}
AREA: Json = {"tableCellLocation": CELL, "rowSpan": 2, "columnSpan": 2}
BODY_PLACES = (AT, OTHER_TAB, END, OTHER_END)
PLACES = (*BODY_PLACES, IN_HEADER, HEADER_END)
SPANS = (SPAN, HEADER_SPAN, OTHER_SPAN)
URI = "https://example.org/a.png"


def _everywhere(body: Json, places: tuple[Json, ...] = PLACES) -> list[Json]:
    return [{**body, **place} for place in places]


def _over(body: Json) -> list[Json]:
    return [{**body, "range": span} for span in SPANS]


def _choices(*names: str) -> Json:
    return {"options": [{"optionId": f"dropdownItem.{name}", "displayValue": name} for name in names]}


DROPDOWNS: list[Json] = [
    {
        "dropdownDefinition": {
            "dropdownDefinitionId": name,
            "dropdownDefinitionProperties": _choices("a1", "b2", "c3"),
        }
    }
    for name in ("kix.pick", "kix.spare")
]
"""The definitions that stand in both tabs; of the first tab's "kix.pick" a chip has chosen "b2"."""
SETUP: dict[str, list[Json]] = {
    "deleteParagraphBullets": [
        {"createParagraphBullets": {"range": span, "bulletPreset": "BULLET_CHECKBOX"}}
        for span in ({"startIndex": 1, "endIndex": 14}, HEADER_SPAN, {**OTHER_SPAN, "startIndex": 1})
    ],
    "unmergeTableCells": [
        {
            "mergeTableCells": {
                "tableRange": {**AREA, "tableCellLocation": {**CELL, "tableStartLocation": table}}
            }
        }
        for table in (TABLE, {**TABLE, "tabId": SECOND})
    ],
}
"""What stands in the document before a request of a kind."""
EXAMPLES: dict[str, list[Json]] = {
    "addCommentReply": [{"commentId": "comment1", "post": {"content": "Он"}}],
    "deleteComment": [{"commentId": "comment1"}],
    "deleteCommentReply": [{"commentId": "comment1", "postId": "reply1"}],
    "insertComment": _over({"content": "Зачем?"}),
    "updateCommentPost": [{"commentId": "comment1", "postId": "reply1", "content": "Мы"}],
    "addDocumentTab": [{"tabProperties": {"title": "Третья"}}],
    "createDropdownDefinition": [
        {
            "dropdownDefinition": {
                "dropdownDefinitionId": "kix.mine",
                "dropdownDefinitionProperties": _choices("x1", "x2"),
            }
        }
    ],
    "createFooter": [{"type": "DEFAULT", "sectionBreakLocation": {"index": 19}}],
    "createFootnote": _everywhere({}, BODY_PLACES),
    "createHeader": [{"type": "DEFAULT", "sectionBreakLocation": {"index": 19}}],
    "createNamedRange": _over({"name": "имя"}),
    "createParagraphBullets": _over({"bulletPreset": "NUMBERED_DECIMAL_NESTED"}),
    "deleteContentRange": _over({}),
    "deleteDropdownDefinition": [{"dropdownDefinitionId": "kix.spare"}],
    "deleteFooter": [{"footerId": "footer1"}, {"footerId": "footer2", "tabId": SECOND}],
    "deleteHeader": [{"headerId": "header1"}, {"headerId": "header2", "tabId": SECOND}],
    "deleteNamedRange": [{"name": "место"}, {"namedRangeId": "place1"}],
    "deleteParagraphBullets": _over({}),
    "deletePositionedObject": [{"objectId": "kix.x"}],
    "deleteTab": [{"tabId": SECOND}],
    "deleteTableColumn": [{"tableCellLocation": CELL}],
    "deleteTableRow": [{"tableCellLocation": CELL}],
    "insertDate": _everywhere({"dateElementProperties": {"timestamp": "1970-01-01T05:00:00Z"}}),
    "insertDropdown": _everywhere({"dropdownDefinitionId": "kix.pick"}),
    "insertInlineImage": _everywhere({"uri": URI}),
    "insertPageBreak": _everywhere({}, BODY_PLACES),
    "insertPerson": _everywhere({"personProperties": {"email": "mentor@school.example"}}),
    "insertRichLink": _everywhere(
        {"richLinkProperties": {"uri": "https://docs.google.com/document/d/DOCUMENT/edit"}}
    ),
    "insertSectionBreak": _everywhere({"sectionType": "NEXT_PAGE"}, BODY_PLACES),
    "insertTable": _everywhere({"rows": 1, "columns": 1}),
    "insertTableColumn": [{"tableCellLocation": CELL}],
    "insertTableRow": [{"tableCellLocation": CELL}],
    "insertText": _everywhere({"text": "слово"}),
    "mergeTableCells": [{"tableRange": AREA}],
    "pinTableHeaderRows": [{"tableStartLocation": TABLE, "pinnedHeaderRowsCount": 1}],
    "replaceAllText": [
        {"containsText": {"text": "Раз"}, "replaceText": "четыре"},
        {"containsText": {"text": "р.з"}, "replaceText": "четыре"},
    ],
    "replaceImage": [
        {"imageObjectId": "image1", "uri": "https://example.org/b.png"},
        {"imageObjectId": "image2", "uri": "https://example.org/b.png", "tabId": SECOND},
    ],
    "replaceNamedRangeContent": [
        {"namedRangeName": "место", "text": "шесть"},
        {"namedRangeId": "place1", "text": "шесть"},
    ],
    "unmergeTableCells": [{"tableRange": AREA}],
    "updateDocumentStyle": [{"documentStyle": {"pageNumberStart": 3}, "fields": "pageNumberStart"}],
    "updateDocumentTabProperties": [{"tabProperties": {"tabId": SECOND, "title": "Имя"}, "fields": "title"}],
    "updateDropdownDefinitionProperties": [
        {
            "dropdownDefinitionId": "kix.pick",
            "dropdownDefinitionProperties": {"title": "Новое", **_choices("a1", "c3")},
            "selectedOptionIdReplacements": {"dropdownItem.b2": "dropdownItem.a1"},
            "fields": "*",
        }
    ],
    "updateDropdownProperties": [
        {
            "dropdownId": "chip1",
            "dropdownProperties": {
                "dropdownDefinitionId": "kix.pick",
                "selectedOptionId": "dropdownItem.a1",
            },
            "fields": "*",
        }
    ],
    "updateNamedStyle": [
        {
            "namedStyle": {"namedStyleType": "TITLE", "textStyle": {"bold": True}},
            "fields": "namedStyleType,textStyle.bold",
        }
    ],
    "updateParagraphStyle": _over({"paragraphStyle": {"alignment": "CENTER"}, "fields": "alignment"}),
    "updateSectionStyle": [
        {"range": span, "sectionStyle": {"pageNumberStart": 3}, "fields": "pageNumberStart"}
        for span in ({"startIndex": 20, "endIndex": 21}, {"startIndex": 20, "endIndex": 21, "tabId": SECOND})
    ],
    "updateTableCellStyle": [
        {
            "tableRange": AREA,
            "tableCellStyle": {"contentAlignment": "MIDDLE"},
            "fields": "contentAlignment",
        },
        {
            "tableStartLocation": TABLE,
            "tableCellStyle": {"contentAlignment": "MIDDLE"},
            "fields": "contentAlignment",
        },
    ],
    "updateTableColumnProperties": [
        {
            "tableStartLocation": TABLE,
            "columnIndices": [0],
            "tableColumnProperties": {"widthType": "FIXED_WIDTH", "width": {"magnitude": 50, "unit": "PT"}},
            "fields": "widthType,width",
        }
    ],
    "updateTableRowStyle": [
        {
            "tableStartLocation": TABLE,
            "rowIndices": [0],
            "tableRowStyle": {"preventOverflow": True},
            "fields": "preventOverflow",
        }
    ],
    "updateTextStyle": _over({"textStyle": {"bold": True}, "fields": "bold"}),
}
