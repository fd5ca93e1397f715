"""Batches against an older revision, merged with what others have edited since.

Source: discovery docs.v1 (WriteControl.targetRevisionId): the writer is one collaborator, the others another.
The properties are those that any merge of two people's edits has, computed here on plain texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from googleapiclient.http import MediaInMemoryUpload
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.emulator.docs.batch import apply_batch
from sheets_sync.emulator.docs.merging import Merge
from sheets_sync.emulator.docs.model import Document, blank_document
from tests.conformance.docs.conftest import Doc, insert, span

Json = dict[str, Any]
BASE = "".join(map(chr, range(0x4E00, 0x4E00 + 24)))
OTHERS, OWN = "αβγδεζηθικλμνξοπρστυφχψω", "абвгдежзийклмнопрстуфхцч"


def after(document: Document, requests: list[Json], behind: Document | None = None) -> Document:
    """The document after a batch; the batch does not know of what `behind` was edited to last."""
    fresh = replace(document, tabs=tuple(replace(tab, edits=()) for tab in document.tabs))
    edits = [] if behind is None else [edit for tab in behind.tabs for edit in tab.edits]
    numbers = count()
    merge = None if behind is None else Merge(fresh, edits)
    return apply_batch(fresh, requests, lambda prefix: f"{prefix}{next(numbers)}", merge).document


def merged(base: Document, theirs: list[Json], own: list[Json]) -> Document:
    landed = after(base, theirs)
    return after(landed, own, landed)


def text(document: Document) -> str:
    return "".join(unit.char for unit in document.tabs[0].segments[""][1:])


def written(content: str) -> Document:
    return after(blank_document(), [insert(content)])


def deletion(start: int, end: int) -> Json:
    return {"deleteContentRange": {"range": span(start, end)}}


class Writer:
    """Somebody who edits a text and numbers the indexes by what stands in it after his own edits alone."""

    def __init__(self, content: str, first: int, letters: str) -> None:
        self.content, self.first, self.letters = content, first, iter(letters)
        self.requests: list[Json] = []

    def edit(self, place: float, size: int, *, deletes: bool, newline: bool = False) -> None:
        at = int(place * len(self.content))
        if deletes:
            end = min(at + size, len(self.content))
            if end > at:
                self.requests.append(deletion(self.first + at, self.first + end))
                self.content = self.content[:at] + self.content[end:]
            return
        new = "".join(next(self.letters, "") for _ in range(size)) + "\n" * newline
        self.requests.append(insert(new, self.first + at))
        self.content = self.content[:at] + new + self.content[at:]


EDITS = st.lists(
    st.tuples(st.floats(0, 0.999), st.integers(1, 4), st.booleans(), st.booleans()), min_size=1, max_size=5
)


def edited(content: str, first: int, letters: str, edits: list[tuple[float, int, bool, bool]]) -> Writer:
    writer = Writer(content, first, letters)
    for place, size, deletes, newline in edits:
        writer.edit(place, size, deletes=deletes, newline=newline)
    return writer


@pytest.mark.feature("F60")
@given(one=EDITS, two=EDITS)
def test_edits_of_different_paragraphs_come_to_the_same_whoever_is_first(one: Any, two: Any) -> None:
    upper, lower = BASE[:12], BASE[12:]
    base = written(f"{upper}\n…\n{lower}")
    a = edited(upper, 1, OWN, one)
    b = edited(lower, len(upper) + 4, OTHERS, two)
    expected = f"{a.content}\n…\n{b.content}\n"
    assert text(merged(base, b.requests, a.requests)) == expected
    assert text(merged(base, a.requests, b.requests)) == expected


@pytest.mark.feature("F60")
@given(one=EDITS, two=EDITS)
def test_nothing_of_two_writers_is_lost_or_turned_around(one: Any, two: Any) -> None:
    """What one has written, and what neither has deleted, stands in the order each of them has seen."""
    a, b = edited(BASE, 1, OWN, one), edited(BASE, 1, OTHERS, two)
    found = text(merged(written(BASE), b.requests, a.requests)).replace("\n", "")
    deleted = {char for char in BASE if char not in a.content or char not in b.content}
    for writer, letters in ((a, OWN), (b, OTHERS)):
        his = [char for char in found if char in BASE + letters]
        assert his == [char for char in writer.content if char not in deleted and char != "\n"]


@pytest.mark.feature("F60")
def test_insertions_at_one_place_are_both_kept(doc: Doc) -> None:
    old = doc.batch(insert("раз два"))["writeControl"]["requiredRevisionId"]
    doc.batch(insert("их ", 5))
    doc.batch(insert("наше ", 5), targetRevisionId=old)
    assert doc.text() == "раз их наше два\n"


@pytest.mark.feature("F60")
def test_of_a_deleted_range_what_others_deleted_is_left_out_and_what_they_wrote_stays(doc: Doc) -> None:
    old = doc.batch(insert("0123456789"))["writeControl"]["requiredRevisionId"]
    doc.batch(deletion(1, 5), insert("ново", 4))
    answer = doc.batch(deletion(3, 10), targetRevisionId=old)
    assert doc.text() == "ново9\n"
    assert answer["writeControl"]["requiredRevisionId"] == doc.get()["revisionId"]
    doc.batch(deletion(3, 5), targetRevisionId=old)
    assert doc.text() == "ново9\n"
    doc.batch(deletion(3, 10), insert("!", 4), targetRevisionId=old)
    assert doc.text() == "ново9!\n"


@pytest.mark.feature("F60")
def test_the_indexes_of_a_batch_count_its_own_requests_alone(doc: Doc) -> None:
    old = doc.batch(insert("один\nдва"))["writeControl"]["requiredRevisionId"]
    doc.batch(insert("чужое начало\n"), insert("чужое ", 19))
    doc.batch(insert("А", 5), insert("Б", 6), insert("В", 8), deletion(1, 3), targetRevisionId=old)
    assert doc.text() == "чужое начало\nинАБ\nчужое Вдва\n"


@pytest.mark.feature("F60")
def test_text_that_others_wrote_inside_a_styled_range_keeps_its_own_style(doc: Doc) -> None:
    old = doc.batch(insert("жирно"))["writeControl"]["requiredRevisionId"]
    doc.batch(insert("(их)", 3))
    bold = {"range": span(1, 6), "textStyle": {"bold": True}, "fields": "bold"}
    doc.batch({"updateTextStyle": bold}, targetRevisionId=old)
    runs = [part["textRun"] for part in doc.content()[1]["paragraph"]["elements"]]
    assert [(run["content"], run["textStyle"].get("bold", False)) for run in runs][:3] == [
        ("жи", True),
        ("(их)", False),
        ("рно", True),
    ]


@pytest.mark.feature("F60")
def test_a_paragraph_whose_text_others_rewrote_is_still_styled(doc: Doc) -> None:
    old = doc.batch(insert("Старое\nдальше"))["writeControl"]["requiredRevisionId"]
    doc.batch(deletion(1, 7), insert("Новое\nпосередине"))
    heading = {"range": span(1, 4), "paragraphStyle": {"namedStyleType": "TITLE"}, "fields": "namedStyleType"}
    doc.batch({"updateParagraphStyle": heading}, targetRevisionId=old)
    kinds = [e["paragraph"]["paragraphStyle"]["namedStyleType"] for e in doc.content()[1:]]
    assert kinds == ["NORMAL_TEXT", "TITLE", "NORMAL_TEXT"]


@pytest.mark.feature("F60")
def test_a_named_range_and_a_list_are_made_where_their_text_is_now(doc: Doc) -> None:
    old = doc.batch(insert("один\nдва\nтри"))["writeControl"]["requiredRevisionId"]
    doc.batch(insert("ноль\n"), insert("и ", 11))
    doc.batch(
        {"createNamedRange": {"name": "два", "range": span(6, 9)}},
        {"createParagraphBullets": {"range": span(6, 12), "bulletPreset": "BULLET_CHECKBOX"}},
        targetRevisionId=old,
    )
    (made,) = doc.get()["namedRanges"]["два"]["namedRanges"][0]["ranges"]
    assert (made["startIndex"], made["endIndex"]) == (13, 16)
    assert ["bullet" in e["paragraph"] for e in doc.content()[1:]] == [False, False, True, True]


def table(doc: Doc) -> tuple[str, int]:
    """A document with a table of two rows and columns, its revision and where the table starts."""
    doc.batch(insert("перед"), {"insertTable": {"rows": 2, "columns": 2, "location": {"index": 6}}})
    return doc.get()["revisionId"], doc.table()["startIndex"]


def row(start: int, number: int = 0) -> Json:
    where = {"tableStartLocation": {"index": start}, "rowIndex": number, "columnIndex": 0}
    return {"insertTableRow": {"tableCellLocation": where, "insertBelow": True}}


@pytest.mark.feature("F60")
def test_a_table_in_whose_cells_others_wrote_is_still_found(doc: Doc) -> None:
    old, start = table(doc)
    doc.batch(insert("длинное "), insert("клетка", start + 3 + 8))
    doc.batch(
        row(start), insert("новая", start + 8), insert("последняя", start + 13 + 5), targetRevisionId=old
    )
    rows = doc.table()["table"]["tableRows"]
    cells = [[cell["content"][0]["paragraph"]["elements"][0] for cell in one["tableCells"]] for one in rows]
    said = [[cell["textRun"]["content"] for cell in one] for one in cells]
    assert said == [["клетка\n", "\n"], ["новая\n", "\n"], ["последняя\n", "\n"]]


def merging(start: int) -> Json:
    where = {"tableStartLocation": {"index": start}, "rowIndex": 0, "columnIndex": 0}
    return {"mergeTableCells": {"tableRange": {"tableCellLocation": where, "rowSpan": 1, "columnSpan": 2}}}


@pytest.mark.feature("F60")
@pytest.mark.parametrize("change", [row, merging])
def test_a_table_whose_structure_others_changed_is_refused_by_name(doc: Doc, change: Any) -> None:
    old, start = table(doc)
    doc.batch(change(start))
    code, said = doc.refused(row(start, 1), targetRevisionId=old)
    assert (code, "writeControl.targetRevisionId" in said) == (501, True)
    doc.batch(insert("А", start + 3), targetRevisionId=old)
    assert doc.text().startswith("перед\nА\n")


@pytest.mark.feature("F60")
def test_what_others_deleted_with_a_table_is_refused_by_name(doc: Doc) -> None:
    old, start = table(doc)
    doc.batch(deletion(start, doc.table()["endIndex"]))
    for request in (row(start), insert("А", start + 3)):
        code, said = doc.refused(request, targetRevisionId=old)
        assert (code, "writeControl.targetRevisionId" in said) == (501, True)
    assert doc.text() == "перед\n\n"


@pytest.mark.feature("F60")
def test_a_table_in_which_others_wrote_is_not_deleted_in_pieces(doc: Doc) -> None:
    old, start = table(doc)
    end = doc.table()["endIndex"]
    doc.batch(insert("клетка", start + 3))
    code, said = doc.refused(deletion(start, end), targetRevisionId=old)
    assert (code, "writeControl.targetRevisionId" in said) == (501, True)


@pytest.mark.feature("F60")
def test_an_index_that_the_older_revision_does_not_have_is_refused(doc: Doc) -> None:
    old = doc.batch(insert("раз"))["writeControl"]["requiredRevisionId"]
    doc.batch(insert("два и три "))
    assert doc.refused(insert("x", 6), targetRevisionId=old)[0] == 400
    assert doc.refused(deletion(2, 7), targetRevisionId=old)[0] == 400
    assert doc.refused(deletion(3, 3), targetRevisionId=old)[0] == 400
    assert doc.refused(deletion(3, 5), targetRevisionId=old)[0] == 400


@pytest.mark.feature("F60")
def test_a_revision_too_far_behind_is_refused(doc: Doc) -> None:
    """Source: WriteControl.targetRevisionId (400); how far is too far, a hundred revisions, is ours."""
    old = doc.batch(insert("!"))["writeControl"]["requiredRevisionId"]
    for _ in range(99):
        doc.batch(insert("."))
    doc.batch(insert("?", 2), targetRevisionId=old)
    assert doc.text() == "." * 99 + "!?\n"
    assert doc.refused(insert("x"), targetRevisionId=old)[0] == 400
    assert doc.refused(insert("x"), targetRevisionId="неизвестная")[0] == 400


@pytest.mark.feature("F60")
def test_the_revisions_before_an_upload_are_too_far_behind(doc: Doc, drive: Any) -> None:
    old = doc.batch(insert("раз"))["writeControl"]["requiredRevisionId"]
    media = MediaInMemoryUpload("другой текст".encode(), mimetype="text/plain")
    drive.files().update(fileId=doc.id, media_body=media).execute()
    assert doc.refused(insert("x", 4), targetRevisionId=old)[0] == 400
    doc.batch(insert("!", 13), targetRevisionId=doc.get()["revisionId"])
    assert doc.text() == "другой текст!\n"


@pytest.mark.feature("F60")
def test_in_a_header_and_in_another_tab_places_are_merged_too(doc: Doc) -> None:
    made = doc.batch({"createHeader": {"type": "DEFAULT"}}, {"addDocumentTab": {}})["replies"]
    header = made[0]["createHeader"]["headerId"]
    second = made[1]["addDocumentTab"]["tabProperties"]["tabId"]
    old = doc.batch(insert("шапка", 0, segmentId=header), insert("вкладка", tabId=second))
    revision = old["writeControl"]["requiredRevisionId"]
    doc.batch(insert("их ", 0, segmentId=header), insert("их ", tabId=second), insert("их "))
    doc.batch(
        insert(" наша", 5, segmentId=header), insert(" наша", 8, tabId=second), targetRevisionId=revision
    )
    assert texts(doc) == ["их \n", "их шапка наша\n", "их вкладка наша\n"]


def texts(doc: Doc) -> list[str]:
    """The texts of the first tab's body and header, and of the second tab's body."""
    first, second = (tab["documentTab"] for tab in doc.get(includeTabsContent=True)["tabs"])
    (header,) = first["headers"].values()
    contents = (first["body"]["content"], header["content"], second["body"]["content"])
    return ["".join(_said(content)) for content in contents]


def _said(content: list[Json]) -> Iterator[str]:
    for element in content:
        for part in element.get("paragraph", {}).get("elements", []):
            yield part["textRun"]["content"]
