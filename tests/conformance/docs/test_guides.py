"""Google's guides to Docs, followed as another client does; what is expected is printed in them."""

from __future__ import annotations

from typing import Any

from tests.conformance.docs.conftest import Doc, insert, span

Json = dict[str, Any]
PLAIN = {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}
SECTION = {
    "endIndex": 1,
    "sectionBreak": {
        "sectionStyle": {
            "columnSeparatorStyle": "NONE",
            "contentDirection": "LEFT_TO_RIGHT",
            "sectionType": "CONTINUOUS",
        }
    },
}


def run(start: int, content: str, style: Json | None = None) -> Json:
    end = start + len(content)
    return {
        "startIndex": start,
        "endIndex": end,
        "textRun": {"content": content, "textStyle": style or {}},
    }


def paragraph(*runs: Json) -> Json:
    return {
        "startIndex": runs[0]["startIndex"],
        "endIndex": runs[-1]["endIndex"],
        "paragraph": {"elements": list(runs), "paragraphStyle": PLAIN},
    }


def test_a_new_document_shows_its_content_twice(docs: Any) -> None:
    """Guide "Work with tabs": create answers the empty content in the text fields and under tabs."""
    made = docs.documents().create(body={"title": "Приказ"}).execute()
    assert made["body"]["content"] == [SECTION, paragraph(run(1, "\n"))]
    (tab,) = made["tabs"]
    assert tab["documentTab"]["body"] == made["body"]
    assert tab["documentTab"]["documentStyle"] == made["documentStyle"]
    shown = docs.documents().get(documentId=made["documentId"]).execute()
    assert "tabs" not in shown
    shown = docs.documents().get(documentId=made["documentId"], includeTabsContent=True).execute()
    assert not {"body", "documentStyle", "namedStyles"} & shown.keys()


TEXT = "Use the Google Docs API to do things with documents, today"


def test_a_read_mask_leaves_empty_objects_where_nothing_was_asked(doc: Doc) -> None:
    """Guide "Use field masks", first example: indexes of an element are no part of its paragraph."""
    doc.batch(insert(TEXT[:57]))
    shown = doc.get(fields="title,tabs(documentTab(body.content(paragraph))),revisionId")
    content = [{}, {"paragraph": paragraph(run(1, f"{TEXT[:57]}\n"))["paragraph"]}]
    assert shown == {
        "title": "Проба",
        "revisionId": shown["revisionId"],
        "tabs": [{"documentTab": {"body": {"content": content}}}],
    }


def test_words_made_bold_are_a_run_of_their_own(doc: Doc) -> None:
    """Guide "Use field masks", second example: 5 to 20 of a text from 1 to 59."""
    line = f"{TEXT[:57]}\n"
    bold = {"range": span(5, 20), "textStyle": {"bold": True}, "fields": "bold"}
    doc.batch(insert(line[:-1]), {"updateTextStyle": bold})
    runs = run(1, line[:4]), run(5, line[4:19], {"bold": True}), run(20, line[19:])
    assert doc.content() == [SECTION, paragraph(*runs)]
    assert doc.content()[1]["endIndex"] == 59


def test_a_list_of_three_items(doc: Doc) -> None:
    """Guide "Work with lists": the text of 21 units, bullets over 1 to 22."""
    preset = "NUMBERED_DECIMAL_ALPHA_ROMAN"
    bullets = {"range": span(1, 22), "bulletPreset": preset}
    doc.batch(insert("Item 1\nItem 2\nItem 3\n"), {"createParagraphBullets": bullets})
    shown = doc.get()
    paragraphs = [one["paragraph"] for one in shown["body"]["content"][1:]]
    ids = [one.get("bullet", {}).get("listId") for one in paragraphs]
    assert len(set(ids[:3])) == 1 and ids[3] is None
    levels = shown["lists"][ids[0]]["listProperties"]["nestingLevels"]
    assert [level["glyphType"] for level in levels[:3]] == ["DECIMAL", "ALPHA", "ROMAN"]
    doc.batch({"deleteParagraphBullets": {"range": span(1, 22)}})
    assert not any("bullet" in one["paragraph"] for one in doc.content()[1:])


def test_a_table_at_the_end_of_an_empty_document(doc: Doc) -> None:
    """Guide "Work with tables": it is the body's third element, its first cell's text stands at 5."""
    tab = doc.get(fields="tabs(tabProperties)")["tabs"][0]["tabProperties"]["tabId"]
    end = {"segmentId": "", "tabId": tab}
    doc.batch({"insertTable": {"rows": 3, "columns": 3, "endOfSegmentLocation": end}})
    assert doc.content()[2]["startIndex"] == 2
    start = {"index": 2, "tabId": tab}
    where = {"tableStartLocation": start, "rowIndex": 1, "columnIndex": 1}
    fixed = {"widthType": "FIXED_WIDTH", "width": {"magnitude": 100.0, "unit": "PT"}}
    first = {**fixed, "width": {"magnitude": 200, "unit": "PT"}}
    height = {"minRowHeight": {"magnitude": 18, "unit": "PT"}}
    columns = {"tableStartLocation": start, "fields": "*"}
    doc.batch(
        insert("Hello", 5, tabId=tab),
        {"insertTableRow": {"tableCellLocation": where, "insertBelow": "true"}},
        {"insertTableColumn": {"tableCellLocation": {**where, "rowIndex": 0}, "insertRight": True}},
        {"updateTableColumnProperties": {**columns, "columnIndices": [], "tableColumnProperties": fixed}},
        {"updateTableColumnProperties": {**columns, "columnIndices": [0], "tableColumnProperties": first}},
        {"updateTableRowStyle": {**columns, "rowIndices": [3], "tableRowStyle": height}},
    )
    made = doc.content()[2]
    table = made["table"]
    assert (table["rows"], table["columns"]) == (4, 4)
    assert table["tableRows"][0]["tableCells"][0]["content"][0]["startIndex"] == 5
    widths = [column["width"]["magnitude"] for column in table["tableStyle"]["tableColumnProperties"]]
    assert widths == [200, 100, 100, 100]
    heights = [one["tableRowStyle"]["minRowHeight"] for one in table["tableRows"]]
    assert heights == [{"unit": "PT"}] * 3 + [{"magnitude": 18, "unit": "PT"}]
    gone = {"segmentId": "", "startIndex": made["startIndex"], "endIndex": made["endIndex"], "tabId": tab}
    doc.batch({"deleteContentRange": {"range": gone}})
    assert doc.content() == [SECTION, paragraph(run(1, "\n")), paragraph(run(2, "\n"))]


def test_an_inline_image_has_the_size_that_was_asked(doc: Doc) -> None:
    """Guide "Insert inline images"; what stands around the image as public programs quote the answer."""
    size = {"height": {"magnitude": 50, "unit": "PT"}, "width": {"magnitude": 50, "unit": "PT"}}
    uri = "https://school.example/logo_64dp.png"
    asked = {"location": {"index": 1}, "uri": uri, "objectSize": size}
    made = doc.batch({"insertInlineImage": asked})["replies"][0]["insertInlineImage"]["objectId"]
    held = doc.get()["inlineObjects"][made]
    assert held["objectId"] == made
    embedded = held["inlineObjectProperties"]["embeddedObject"]
    assert embedded["size"] == size
    assert embedded["imageProperties"]["cropProperties"] == {}
    assert {embedded[f"margin{side}"]["magnitude"] for side in ("Top", "Bottom", "Left", "Right")} == {9}
    assert embedded["embeddedObjectBorder"] == {
        "color": {"color": {"rgbColor": {}}},
        "width": {"unit": "PT"},
        "dashStyle": "SOLID",
        "propertyState": "NOT_RENDERED",
    }


def test_numbers_are_written_without_an_empty_fraction(doc: Doc) -> None:
    """Guide "Format text": it sends 10.0; protocol buffers write such a number as 10."""
    style = {"spaceAbove": {"magnitude": 10.0, "unit": "PT"}}
    change = {"range": span(1, 2), "paragraphStyle": style, "fields": "spaceAbove"}
    doc.batch({"updateParagraphStyle": change})
    found = doc.content()[1]["paragraph"]["paragraphStyle"]["spaceAbove"]["magnitude"]
    assert (found, type(found)) == (10, int)


def test_the_glyph_of_a_checkbox_has_no_type_and_no_symbol(doc: Doc) -> None:
    """As reported to googleapis/google-api-nodejs-client (issue 2870) of checklists."""
    bullets = {"range": span(1, 3), "bulletPreset": "BULLET_CHECKBOX"}
    doc.batch(insert("раз"), {"createParagraphBullets": bullets})
    (held,) = doc.get()["lists"].values()
    levels = held["listProperties"]["nestingLevels"]
    assert {level["glyphType"] for level in levels} == {"GLYPH_TYPE_UNSPECIFIED"}
    assert not any("glyphSymbol" in level for level in levels)


def test_a_table_before_bold_text_has_bold_cells(doc: Doc) -> None:
    """As a program reports that asked Google in October 2026; also how the empty paragraph can go."""
    bold = {"range": span(5, 8), "textStyle": {"bold": True}, "fields": "bold"}
    doc.batch(insert("раз\nдва"), {"updateTextStyle": bold})
    doc.batch({"insertTable": {"rows": 1, "columns": 1, "location": {"index": 5}}})
    cell = doc.table()["table"]["tableRows"][0]["tableCells"][0]["content"][0]["paragraph"]
    assert cell["elements"][0]["textRun"]["textStyle"] == {"bold": True}
    doc.batch({"deleteContentRange": {"range": span(4, 5)}})
    assert [sorted(element.keys() & {"paragraph", "table"}) for element in doc.content()[1:]] == [
        ["paragraph"],
        ["table"],
        ["paragraph"],
    ]


def test_a_mask_of_a_named_style_names_its_type(doc: Doc) -> None:
    """Source: UpdateNamedStyleRequest.fields ("at least named_style_type must be specified")."""
    named = {"namedStyleType": "TITLE", "textStyle": {"bold": True}}
    assert doc.refused({"updateNamedStyle": {"namedStyle": named, "fields": "textStyle.bold"}})[0] == 400
