"""Text and its indexes. Expected values: discovery docs.v1 and reference conformance.md 5.4."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.docs.conftest import Doc, insert, span, text_of


def test_a_new_document_is_a_section_break_and_one_empty_paragraph(docs: Any) -> None:
    made = docs.documents().create(body={"title": "Приказ"}).execute()
    assert made["title"] == "Приказ"
    section, paragraph = made["body"]["content"]
    assert (section["endIndex"], "startIndex" in section) == (1, False)
    assert section["sectionBreak"]["sectionStyle"]["sectionType"] == "CONTINUOUS"
    assert (paragraph["startIndex"], paragraph["endIndex"]) == (1, 2)
    assert paragraph["paragraph"]["elements"][0]["textRun"] == {"content": "\n", "textStyle": {}}
    assert paragraph["paragraph"]["paragraphStyle"] == {
        "namedStyleType": "NORMAL_TEXT",
        "direction": "LEFT_TO_RIGHT",
    }
    assert made["namedStyles"]["styles"][0]["namedStyleType"] == "NORMAL_TEXT"
    assert len(made["namedStyles"]["styles"]) == 9


def test_an_emoji_takes_two_indexes(doc: Doc) -> None:
    doc.batch(insert("a😀б"))
    paragraph = doc.content()[1]
    assert (paragraph["startIndex"], paragraph["endIndex"]) == (1, 6)
    doc.batch(insert("!", 4))
    assert doc.text() == "a😀!б\n"


def test_a_newline_in_inserted_text_makes_paragraphs_of_the_same_style(doc: Doc) -> None:
    centred = {"paragraphStyle": {"alignment": "CENTER"}, "fields": "alignment", "range": span(1, 2)}
    doc.batch({"updateParagraphStyle": centred}, insert("раз\nдва"))
    styles = [element["paragraph"]["paragraphStyle"] for element in doc.content()[1:]]
    assert [style["alignment"] for style in styles] == ["CENTER", "CENTER"]


def test_inserted_text_takes_the_style_of_the_text_before_it(doc: Doc) -> None:
    bold = {"textStyle": {"bold": True}, "fields": "bold", "range": span(1, 4)}
    doc.batch(insert("абв где"), {"updateTextStyle": bold}, insert("!", 4))
    runs = [part["textRun"] for part in doc.content()[1]["paragraph"]["elements"]]
    assert [(run["content"], run["textStyle"]) for run in runs] == [("абв!", {"bold": True}), (" где\n", {})]


def test_control_and_private_use_characters_are_stripped(doc: Doc) -> None:
    doc.batch(insert("a\x00b\x0cc\ue000d\x0be\tf"))
    assert doc.text() == "abcd\x0be\tf\n"


def test_text_can_be_put_at_the_end_of_the_segment(doc: Doc) -> None:
    doc.batch(insert("раз"), {"insertText": {"endOfSegmentLocation": {}, "text": " два"}})
    assert doc.text() == "раз два\n"


def test_insertion_past_the_end_names_both_indexes(doc: Doc) -> None:
    code, text = doc.refused(insert("x", 7))
    assert code == 400
    assert (
        text == "Invalid requests[0].insertText: "
        "Index 7 must be less than the end index of the referenced segment, 2."
    )


def test_insertion_outside_a_paragraph_is_refused_in_googles_words(doc: Doc) -> None:
    doc.batch({"insertTable": {"location": {"index": 1}, "rows": 1, "columns": 1}})
    expected = (
        "Invalid requests[0].insertText: The insertion index must be inside the bounds "
        "of an existing paragraph. You can still create new paragraphs by inserting newlines."
    )
    assert doc.refused(insert("x", 0)) == (400, expected)
    assert doc.refused(insert("x", 2)) == (400, expected)


def test_nothing_but_text_finds_a_place_for_itself_beside_a_surrogate_pair(doc: Doc) -> None:
    doc.batch(insert("😀"))
    assert doc.refused({"insertPageBreak": {"location": {"index": 2}}})[0] == 400


def delete(start: int, end: int) -> dict[str, Any]:
    return {"deleteContentRange": {"range": span(start, end)}}


def test_a_range_is_deleted_across_paragraphs(doc: Doc) -> None:
    doc.batch(insert("один\nдва\nтри"), delete(3, 8))
    assert doc.text() == "ода\nтри\n"


def test_the_last_newline_of_a_segment_cannot_be_deleted(doc: Doc) -> None:
    doc.batch(insert("абв"))
    assert doc.refused(delete(1, 5)) == (
        400,
        "Invalid requests[0].deleteContentRange: "
        "The range cannot include the newline character at the end of the segment.",
    )


@pytest.mark.parametrize("cluster", ["😀", "и\u0306", "👩🏽\u200d🏫", "🇷🇺", "❤\ufe0f"])
def test_text_meant_for_the_inside_of_a_character_goes_behind_it(doc: Doc, cluster: str) -> None:
    """Source: guide "Structural edit rules and behavior" (inserted right after the grapheme cluster)."""
    doc.batch(insert(f"а{cluster}б"))
    length = len(cluster.encode("utf-16-le")) // 2
    for index in range(1, length):
        doc.batch(insert("|", 2 + index), delete(2 + length, 3 + length))
        assert doc.text() == f"а{cluster}б\n"
    doc.batch(insert("|", 2))
    assert doc.text() == f"а|{cluster}б\n"


def test_two_flags_can_be_parted(doc: Doc) -> None:
    doc.batch(insert("🇷🇺🇷🇺"), insert("|", 5))
    assert doc.text() == "🇷🇺|🇷🇺\n"


def test_deletions_that_break_the_structure_are_refused(doc: Doc) -> None:
    doc.batch(insert("аб😀\n"), {"insertTable": {"location": {"index": 3}, "rows": 1, "columns": 2}})
    table = doc.table()
    start, end = table["startIndex"], table["endIndex"]
    cell = table["table"]["tableRows"][0]["tableCells"][0]["content"][0]
    for bad in (
        (0, 1),  # the first section break
        (start - 1, start),  # the newline before a table
        (start, start + 1),  # the start of a table
        (start + 1, start + 2),  # a row
        (cell["startIndex"], cell["endIndex"]),  # a cell's last newline
        (end - 1, end),  # the end of a table
        (end, end + 1),  # half of the emoji
        (2, 2),  # nothing
    ):
        assert doc.refused(delete(*bad))[0] == 400, bad


def test_a_whole_table_can_be_deleted(doc: Doc) -> None:
    doc.batch(insert("до\nпосле"), {"insertTable": {"location": {"index": 3}, "rows": 2, "columns": 2}})
    table = doc.table()
    doc.batch(delete(table["startIndex"], table["endIndex"]))
    assert [("table" in element) for element in doc.content()] == [False] * len(doc.content())
    assert doc.text() == "до\n\nпосле\n"


def test_a_batch_is_all_or_nothing_and_names_the_failing_request(doc: Doc) -> None:
    before = doc.get()
    code, text = doc.refused(insert("раз"), insert("два", 99))
    assert (code, text.startswith("Invalid requests[1].insertText: ")) == (400, True)
    assert doc.get() == before


def test_replies_mirror_the_requests(doc: Doc) -> None:
    answer = doc.batch(insert("кот и Кот"), replace("кот", "пёс"), insert("!"))
    assert answer["replies"] == [{}, {"replaceAllText": {"occurrencesChanged": 2}}, {}]
    assert answer["documentId"] == doc.id


def replace(find: str, text: str, **criteria: Any) -> dict[str, Any]:
    return {"replaceAllText": {"containsText": {"text": find, **criteria}, "replaceText": text}}


def test_replacement_respects_case_when_asked(doc: Doc) -> None:
    doc.batch(insert("кот Кот КОТ"), replace("кот", "пёс", matchCase=True))
    assert doc.text() == "пёс Кот КОТ\n"


def test_replacement_reaches_headers_footers_footnotes_and_cells(doc: Doc) -> None:
    made = doc.batch(
        insert("{{a}} "),
        {"insertTable": {"endOfSegmentLocation": {}, "rows": 1, "columns": 1}},
        {"createHeader": {"type": "DEFAULT"}},
        {"createFooter": {"type": "DEFAULT"}},
        {"createFootnote": {"location": {"index": 3}}},
    )["replies"]
    header, footer = made[2]["createHeader"]["headerId"], made[3]["createFooter"]["footerId"]
    note = made[4]["createFootnote"]["footnoteId"]
    doc.batch({"deleteContentRange": {"range": span(3, 4)}})
    made = doc.batch({"createFootnote": {"location": {"index": 7}}})["replies"]
    note = made[0]["createFootnote"]["footnoteId"]
    cell = doc.table()["startIndex"] + 3
    doc.batch(
        insert("{{a}}", cell),
        insert("{{a}}", 0, segmentId=header),
        insert("{{a}}", 0, segmentId=footer),
        insert("{{a}}", 1, segmentId=note),
    )
    answer = doc.batch(replace("{{a}}", "да"))
    assert answer["replies"][0]["replaceAllText"]["occurrencesChanged"] == 5
    shown = doc.get()
    assert text_of(shown["headers"][header]["content"]) == "да\n"
    assert text_of(shown["footers"][footer]["content"]) == "да\n"
    assert text_of(shown["footnotes"][note]["content"]) == " да\n"
    assert doc.text() == "да \nда\n\n"


def test_replacement_text_is_literal_and_keeps_the_style_of_what_it_replaces(doc: Doc) -> None:
    bold = {"textStyle": {"bold": True}, "fields": "bold", "range": span(1, 4)}
    doc.batch(insert("{x} и"), {"updateTextStyle": bold}, replace("{x}", r"\1 {x} $&"))
    first = doc.content()[1]["paragraph"]["elements"][0]["textRun"]
    assert first == {"content": r"\1 {x} $&", "textStyle": {"bold": True}}


def test_replacement_by_regular_expression_is_done_when_asked(doc: Doc) -> None:
    doc.batch(insert("П-001 и П-02"), replace(r"П-\d{3}", "№", searchByRegex=True))
    assert doc.text() == "№ и П-02\n"


def test_zero_replacements_change_nothing_and_keep_the_revision(doc: Doc) -> None:
    before = doc.get()
    answer = doc.batch(replace("нет такого", "x"))
    assert answer["replies"] == [{"replaceAllText": {}}]
    assert doc.get() == before


def test_a_page_break_is_followed_by_a_newline(doc: Doc) -> None:
    doc.batch(insert("аб"), {"insertPageBreak": {"location": {"index": 2}}})
    first, second = doc.content()[1:]
    assert [sorted(part.keys() - {"startIndex", "endIndex"}) for part in first["paragraph"]["elements"]] == [
        ["textRun"],
        ["pageBreak"],
        ["textRun"],
    ]
    assert (first["endIndex"], second["startIndex"]) == (4, 4)


def test_a_page_break_is_refused_in_tables_and_headers(doc: Doc) -> None:
    made = doc.batch(
        {"insertTable": {"location": {"index": 1}, "rows": 1, "columns": 1}},
        {"createHeader": {"type": "DEFAULT"}},
    )["replies"]
    header = made[1]["createHeader"]["headerId"]
    assert doc.refused({"insertPageBreak": {"location": {"index": 5}}})[0] == 400
    assert doc.refused({"insertPageBreak": {"location": {"index": 0, "segmentId": header}}})[0] == 400


def test_a_section_break_comes_after_a_newline(doc: Doc) -> None:
    doc.batch(insert("аб"), {"insertSectionBreak": {"location": {"index": 2}, "sectionType": "NEXT_PAGE"}})
    kinds = [
        next(key for key in element if key not in ("startIndex", "endIndex")) for element in doc.content()
    ]
    assert kinds == ["sectionBreak", "paragraph", "sectionBreak", "paragraph"]
    assert doc.content()[2]["startIndex"] == 3
    assert doc.content()[2]["sectionBreak"]["sectionStyle"]["sectionType"] == "NEXT_PAGE"


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        (insert("", 1), "Insert text requests must specify text to insert."),
        ({"insertText": {"text": "а"}}, "No insertion location set."),
        (
            {"deleteContentRange": {"range": span(1, 41)}},
            "Index 41 must be less than the end index of the referenced segment, 8.",
        ),
        (
            {"deleteContentRange": {"range": span(1, 2)}},
            "Invalid deletion range. Cannot delete the requested range.",
        ),
    ],
)
def test_refusals_are_in_googles_words(doc: Doc, request_: dict[str, Any], said: str) -> None:
    """Source: the answers of Google that several public programs quote, each alike."""
    doc.batch({"insertTable": {"rows": 1, "columns": 1, "location": {"index": 1}}})
    (kind,) = request_
    assert doc.refused(request_) == (400, f"Invalid requests[0].{kind}: {said}")
