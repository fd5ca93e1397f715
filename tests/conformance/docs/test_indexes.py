"""Index arithmetic: whatever is inserted and deleted, the answer's indexes equal a recount of UTF-16."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.emulator.docs import storage, tables, textedit
from sheets_sync.emulator.docs.model import BODY, Document, Tab, blank_document
from sheets_sync.emulator.docs.render import structural_elements
from sheets_sync.emulator.docs.units import Refused


def recount(elements: list[dict[str, Any]], at: int) -> int:
    """Check every index of structural elements against the text itself; give the index after them.

    A section break, a table's start and end, a row's and a cell's start and an inline object take one index
    each.
    """
    for element in elements:
        assert element.get("startIndex", 0) == at
        if "sectionBreak" in element:
            at += 1
        elif "paragraph" in element:
            at = recount_paragraph(element["paragraph"], at)
        else:
            at = recount_table(element["table"], at)
        assert element["endIndex"] == at
    return at


def recount_paragraph(paragraph: dict[str, Any], at: int) -> int:
    for part in paragraph["elements"]:
        assert part.get("startIndex", 0) == at
        text = part["textRun"]["content"] if "textRun" in part else "?"
        at += len(text.encode("utf-16-le", "surrogatepass")) // 2
        assert part["endIndex"] == at
    last = paragraph["elements"][-1]["textRun"]["content"]
    assert last.endswith("\n")
    joined = "".join(part.get("textRun", {}).get("content", "") for part in paragraph["elements"])
    assert joined.count("\n") == 1
    return at


def recount_table(table: dict[str, Any], at: int) -> int:
    at += 1
    assert table["rows"] == len(table["tableRows"])
    for row in table["tableRows"]:
        assert row["startIndex"] == at
        assert len(row["tableCells"]) == table["columns"]
        at += 1
        for cell in row["tableCells"]:
            assert cell["startIndex"] == at
            at = recount(cell["content"], at + 1)
            assert cell["endIndex"] == at
        assert row["endIndex"] == at
    return at + 1


texts = st.text(st.sampled_from("аб 😀\n𝔘\tz"), min_size=1, max_size=8)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(0, 80), texts),
        st.tuples(st.just("delete"), st.integers(0, 80), st.integers(1, 30)),
        st.tuples(st.just("table"), st.integers(0, 80), st.tuples(st.integers(1, 3), st.integers(1, 3))),
        st.tuples(st.just("row"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("column"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("drop row"), st.integers(0, 2), st.integers(0, 2)),
        st.tuples(st.just("merge"), st.integers(0, 1), st.integers(1, 3)),
        st.tuples(st.just("page"), st.integers(0, 80), st.just(0)),
    ),
    max_size=14,
)


def first_table(tab: Tab) -> int:
    elements = structural_elements(tab.segments[BODY])
    return next((e["startIndex"] for e in elements if "table" in e), 0)


def applied(tab: Tab, step: tuple[str, int, Any]) -> Tab:
    kind, at, what = step
    start, length = first_table(tab), len(tab.segments[BODY])
    if kind in ("insert", "delete", "table", "page"):
        at %= length
    edits = {
        "insert": lambda: textedit.insert_text(tab, BODY, at, what),
        "delete": lambda: textedit.delete_range(tab, BODY, at, at + what),
        "table": lambda: tables.insert_table(tab, BODY, at, *what),
        "row": lambda: tables.insert_row(tab, BODY, start, at, what, below=True),
        "column": lambda: tables.insert_column(tab, BODY, start, at, what, right=False),
        "drop row": lambda: tables.delete_row(tab, BODY, start, at, what),
        "merge": lambda: tables.merge_cells(tab, BODY, start, tables.Area(at, 0, what, 2)),
        "page": lambda: textedit.insert_page_break(tab, at),
    }
    try:
        return edits[kind]()
    except Refused:
        return tab


@settings(max_examples=300, deadline=None)
@given(steps)
def test_indexes_equal_a_recount_of_utf16_units_after_any_edits(done: list[tuple[str, int, Any]]) -> None:
    tab = textedit.insert_text(blank_document().tabs[0], BODY, 1, "начало 😀\nконец")
    for step in done:
        tab = applied(tab, step)
        units = tab.segments[BODY]
        assert recount(structural_elements(units), 0) == len(units)


@settings(max_examples=100, deadline=None)
@given(steps)
def test_a_document_survives_being_stored(done: list[tuple[str, int, Any]]) -> None:
    tab = textedit.insert_text(blank_document().tabs[0], BODY, 1, "начало 😀\nконец")
    for step in done:
        tab = applied(tab, step)
    document = Document((tab,))
    assert storage.decode(storage.encode(document)).tabs[0].segments == tab.segments
