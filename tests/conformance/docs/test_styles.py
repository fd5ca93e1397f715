"""Styles, lists, sections and pages.

Expected values: discovery docs.v1 and the guide "Document structure".
"""

from __future__ import annotations

from typing import Any

from tests.conformance.docs.conftest import Doc, insert, span


def runs(doc: Doc, element: int = 1) -> list[tuple[str, dict[str, Any]]]:
    parts = doc.content()[element]["paragraph"]["elements"]
    return [(part["textRun"]["content"], part["textRun"]["textStyle"]) for part in parts]


def styled(start: int, end: int, fields: str, **style: Any) -> dict[str, Any]:
    return {"updateTextStyle": {"range": span(start, end), "textStyle": style, "fields": fields}}


def test_a_run_is_split_where_the_style_changes(doc: Doc) -> None:
    doc.batch(insert("раз два три"), styled(5, 8, "bold,italic", bold=True, italic=True))
    assert runs(doc) == [("раз ", {}), ("два", {"bold": True, "italic": True}), (" три\n", {})]


def test_a_value_equal_to_the_parents_is_inherited(doc: Doc) -> None:
    doc.batch(insert("раз"), styled(1, 3, "bold", bold=True), styled(1, 3, "bold", bold=False))
    assert runs(doc) == [("раз\n", {})]


def test_a_field_named_without_a_value_is_reset(doc: Doc) -> None:
    doc.batch(insert("раз"), styled(1, 3, "*", bold=True, underline=True), styled(1, 3, "underline"))
    assert runs(doc)[0] == ("ра", {"bold": True})


def test_a_link_colours_and_underlines_the_text(doc: Doc) -> None:
    doc.batch(insert("сайт тут"), styled(1, 5, "link", link={"url": "https://school.example/"}))
    style = runs(doc)[0][1]
    assert style["link"] == {"url": "https://school.example/"}
    assert style["underline"] is True
    doc.batch(styled(1, 5, "link"))
    assert runs(doc) == [("сайт тут\n", {})]


def test_a_link_that_is_removed_leaves_the_look_of_the_text_before_it(doc: Doc) -> None:
    """Source: TextStyle.link, as the next three."""
    url = {"url": "https://school.example/"}
    doc.batch(insert("раз два три"), styled(1, 5, "italic", italic=True), styled(5, 8, "link", link=url))
    doc.batch(styled(5, 8, "link,bold", bold=True))
    assert runs(doc) == [("раз ", {"italic": True}), ("два", {"italic": True, "bold": True}), (" три\n", {})]


def test_a_link_that_overlaps_another_points_all_of_it_to_the_new_target(doc: Doc) -> None:
    first, second = ({"url": f"https://school.example/{name}"} for name in "ab")
    doc.batch(insert("раз два"), styled(1, 8, "link", link=first), styled(3, 5, "link", link=second))
    assert [(text, style.get("link")) for text, style in runs(doc)] == [("раз два", second), ("\n", None)]


def test_the_end_of_a_paragraph_is_no_link(doc: Doc) -> None:
    url = {"url": "https://school.example/"}
    doc.batch(insert("ABC\n123"), styled(1, 8, "link", link=url))
    assert [(text, style.get("link")) for text, style in runs(doc)] == [("ABC", url), ("\n", None)]
    assert [(text, style.get("link")) for text, style in runs(doc, 2)] == [("123", url), ("\n", None)]


def test_a_look_that_is_given_with_a_link_wins(doc: Doc) -> None:
    url = {"url": "https://school.example/"}
    doc.batch(insert("раз"), styled(1, 3, "link,underline", link=url, underline=False))
    assert runs(doc)[0][1].get("underline") is None
    assert "foregroundColor" in runs(doc)[0][1]


def test_an_update_without_fields_is_refused(doc: Doc) -> None:
    doc.batch(insert("раз"))
    code, text = doc.refused(styled(1, 2, "", bold=True))
    assert code == 400
    assert "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)" in text


def test_a_font_without_a_family_is_refused(doc: Doc) -> None:
    doc.batch(insert("раз"))
    assert doc.refused(styled(1, 2, "weightedFontFamily", weightedFontFamily={"weight": 700}))[0] == 400


def paragraph(start: int, end: int, fields: str, **style: Any) -> dict[str, Any]:
    return {"updateParagraphStyle": {"range": span(start, end), "paragraphStyle": style, "fields": fields}}


def test_paragraph_styles_apply_to_every_paragraph_that_overlaps(doc: Doc) -> None:
    doc.batch(
        insert("раз\nдва\nтри"),
        paragraph(3, 6, "alignment,lineSpacing", alignment="JUSTIFIED", lineSpacing=150),
    )
    shown = [element["paragraph"]["paragraphStyle"].get("alignment") for element in doc.content()[1:]]
    assert shown == ["JUSTIFIED", "JUSTIFIED", None]


def test_headings_get_an_id_of_their_own(doc: Doc) -> None:
    doc.batch(insert("раз\nдва"), paragraph(1, 8, "namedStyleType", namedStyleType="HEADING_1"))
    ids = [element["paragraph"]["paragraphStyle"]["headingId"] for element in doc.content()[1:]]
    assert len(set(ids)) == 2
    assert all(heading.startswith("h.") for heading in ids)
    doc.batch(paragraph(1, 2, "namedStyleType", namedStyleType="NORMAL_TEXT"))
    assert "headingId" not in doc.content()[1]["paragraph"]["paragraphStyle"]


def test_a_zero_length_is_a_dimension_without_magnitude(doc: Doc) -> None:
    doc.batch(insert("раз"), paragraph(1, 2, "spaceBelow", spaceBelow={"magnitude": 0, "unit": "PT"}))
    assert doc.content()[1]["paragraph"]["paragraphStyle"]["spaceBelow"] == {"unit": "PT"}


def test_bullets_take_their_level_from_leading_tabs_which_go(doc: Doc) -> None:
    asked = {"range": span(1, 13), "bulletPreset": "BULLET_DISC_CIRCLE_SQUARE"}
    doc.batch(insert("раз\n\tдва\n\t\tтри"), {"createParagraphBullets": asked})
    shown = doc.get()
    items = [element["paragraph"] for element in shown["body"]["content"][1:]]
    assert doc.text() == "раз\nдва\nтри\n"
    assert [item["bullet"].get("nestingLevel", 0) for item in items] == [0, 1, 2]
    assert [item["paragraphStyle"]["indentStart"]["magnitude"] for item in items] == [36, 72, 108]
    (levels,) = [held["listProperties"]["nestingLevels"] for held in shown["lists"].values()]
    assert len(levels) == 9
    assert levels[0] == {
        "bulletAlignment": "START",
        "glyphSymbol": "●",
        "glyphFormat": "%0",
        "indentFirstLine": {"magnitude": 18, "unit": "PT"},
        "indentStart": {"magnitude": 36, "unit": "PT"},
        "textStyle": {"underline": False},
        "startNumber": 1,
    }


def test_paragraphs_join_the_list_of_the_same_preset_before_them(doc: Doc) -> None:
    def bullets(start: int, end: int) -> dict[str, Any]:
        return {
            "createParagraphBullets": {"range": span(start, end), "bulletPreset": "NUMBERED_DECIMAL_NESTED"}
        }

    doc.batch(insert("раз\nдва"), bullets(1, 2), bullets(5, 6))
    first, second = (element["paragraph"]["bullet"]["listId"] for element in doc.content()[1:])
    assert first == second
    doc.batch({"deleteParagraphBullets": {"range": span(1, 2)}})
    assert "bullet" not in doc.content()[1]["paragraph"]


def test_page_size_and_margins_are_set_on_the_document(doc: Doc) -> None:
    size = {"width": {"magnitude": 595.28, "unit": "PT"}, "height": {"magnitude": 841.89, "unit": "PT"}}
    left = {"magnitude": 85.05, "unit": "PT"}
    style = {"pageSize": size, "marginLeft": left, "marginTop": {"magnitude": 1, "unit": "PT"}}
    doc.batch({"updateDocumentStyle": {"documentStyle": style, "fields": "page_size,marginLeft"}})
    shown = doc.get()["documentStyle"]
    assert (shown["pageSize"], shown["marginLeft"], shown["marginTop"]["magnitude"]) == (size, left, 72)


def test_a_section_has_margins_of_its_own(doc: Doc) -> None:
    margin = {"marginLeft": {"magnitude": 10, "unit": "PT"}}
    doc.batch(
        insert("аб"),
        {"insertSectionBreak": {"location": {"index": 2}, "sectionType": "NEXT_PAGE"}},
        {"updateSectionStyle": {"range": span(4, 5), "sectionStyle": margin, "fields": "marginLeft"}},
    )
    sections = [e["sectionBreak"]["sectionStyle"] for e in doc.content() if "sectionBreak" in e]
    assert [section.get("marginLeft") for section in sections] == [None, {"magnitude": 10, "unit": "PT"}]
    assert (
        doc.refused({"updateSectionStyle": {"range": span(4, 5), "sectionStyle": {}, "fields": "marginTop"}})[
            0
        ]
        == 400
    )


def test_a_named_style_is_changed_for_the_whole_document(doc: Doc) -> None:
    font = {
        "weightedFontFamily": {"fontFamily": "Times New Roman"},
        "fontSize": {"magnitude": 14, "unit": "PT"},
    }
    named = {"namedStyleType": "NORMAL_TEXT", "textStyle": font}
    fields = "namedStyleType,textStyle.weightedFontFamily,textStyle.fontSize"
    doc.batch({"updateNamedStyle": {"namedStyle": named, "fields": fields}})
    normal = doc.get()["namedStyles"]["styles"][0]["textStyle"]
    assert normal["fontSize"] == {"magnitude": 14, "unit": "PT"}
    assert normal["weightedFontFamily"] == {"fontFamily": "Times New Roman", "weight": 400}
    assert normal["bold"] is False
