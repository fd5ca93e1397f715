"""The JSON of a document as Google answers it: structural elements with their indexes, styles, lists, named
ranges.

Source: discovery docs.v1 (Document and the schemas it refers to) and the sample answer of the guide "Document
structure"; proto3 JSON leaves out a startIndex of 0 and empty maps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Any

from sheets_sync.emulator.docs.columns import with_widths
from sheets_sync.emulator.docs.links import shown_style
from sheets_sync.emulator.docs.model import BODY, Document, Json, NamedRange, Tab
from sheets_sync.emulator.docs.units import (
    CELL,
    NEWLINE,
    OBJECT,
    ROW,
    SECTION,
    TABLE,
    TABLE_END,
    Style,
    Units,
    join_units,
)

_SEGMENT_ID = {"header": "headerId", "footer": "footerId", "footnote": "footnoteId"}


def _placed(start: int, end: int, **content: Any) -> Json:
    placed: Json = {"startIndex": start} if start else {}
    return {**placed, "endIndex": end, **content}


class _Segment:
    """One pass over a segment's units that builds its structural elements."""

    def __init__(
        self, units: Units, footnote_numbers: Mapping[str, int], only_tab: str | None, page: Style
    ) -> None:
        self.units = units
        self.only_tab = only_tab
        self.page = page
        self.at = 0
        self.footnote_numbers = footnote_numbers

    def content(self) -> list[Json]:
        elements: list[Json] = []
        while self.at < len(self.units) and self.units[self.at].char not in (ROW, CELL, TABLE_END):
            char = self.units[self.at].char
            if char == SECTION:
                elements.append(self._section())
            elif char == TABLE:
                elements.append(self._table())
            else:
                elements.append(self._paragraph())
        return elements

    def _section(self) -> Json:
        style = with_widths(self.units[self.at].mark or {}, self.page)
        self.at += 1
        return _placed(self.at - 1, self.at, sectionBreak={"sectionStyle": style})

    def _paragraph(self) -> Json:
        start = self.at
        elements: list[Json] = []
        while True:
            first = self.units[self.at]
            begin = self.at
            if first.char == OBJECT:
                self.at += 1
                elements.append(_placed(begin, self.at, **self._object(begin)))
                continue
            self._take_run()
            text = join_units(u.char for u in self.units[begin : self.at])
            run = {"content": text, "textStyle": shown_style(first.style, self.only_tab)}
            elements.append(_placed(begin, self.at, textRun=run))
            if text.endswith(NEWLINE):
                break
        mark = self.units[self.at - 1].mark or {}
        paragraph = {"elements": elements, **{key: dict(value) for key, value in mark.items()}}
        return _placed(start, self.at, paragraph=paragraph)

    def _take_run(self) -> None:
        style = self.units[self.at].style
        while True:
            char = self.units[self.at].char
            self.at += 1
            if char == NEWLINE:
                return
            following = self.units[self.at]
            if following.char == OBJECT or (following.style is not style and following.style != style):
                return

    def _object(self, index: int) -> Json:
        unit = self.units[index]
        ((field, payload),) = (unit.mark or {}).items()
        shown = {**payload, "textStyle": shown_style(unit.style, self.only_tab)}
        if field == "footnoteReference":
            shown["footnoteNumber"] = str(self.footnote_numbers.get(payload["footnoteId"], 0))
        return {field: shown}

    def _table(self) -> Json:
        start = self.at
        columns = list((self.units[start].mark or {})["columns"])
        self.at += 1
        rows: list[Json] = []
        while self.units[self.at].char == ROW:
            rows.append(self._row())
        self.at += 1
        table = {
            "rows": len(rows),
            "columns": len(columns),
            "tableRows": rows,
            "tableStyle": {"tableColumnProperties": columns},
        }
        return _placed(start, self.at, table=table)

    def _row(self) -> Json:
        start = self.at
        style = dict(self.units[start].mark or {})
        self.at += 1
        cells: list[Json] = []
        while self.units[self.at].char == CELL:
            cell_start = self.at
            cell_style = dict(self.units[cell_start].mark or {})
            self.at += 1
            content = self.content()
            cells.append(_placed(cell_start, self.at, content=content, tableCellStyle=cell_style))
        return _placed(start, self.at, tableCells=cells, tableRowStyle=style)


def structural_elements(
    units: Units,
    footnote_numbers: Mapping[str, int] | None = None,
    only_tab: str | None = None,
    page: Style | None = None,
) -> list[Json]:
    """Render a segment as a list of StructuralElement.

    `only_tab` is the tab that links need not name, `page` the document's style, for the widths of columns.
    """
    return _Segment(units, footnote_numbers or {}, only_tab, page or {}).content()


def _footnote_numbers(tab: Tab) -> dict[str, int]:
    references = (
        u.mark["footnoteReference"]["footnoteId"]
        for u in tab.segments[BODY]
        if u.char == OBJECT and u.mark is not None and "footnoteReference" in u.mark
    )
    return {footnote_id: number for number, footnote_id in enumerate(references, start=1)}


def _used_lists(tab: Tab) -> set[str]:
    return {
        unit.mark["bullet"]["listId"]
        for units in tab.segments.values()
        for unit in units
        if unit.char == NEWLINE and unit.mark is not None and "bullet" in unit.mark
    }


def document_tab(tab: Tab, *, tab_ids: bool, alone: bool = False) -> Json:
    """Render the content of one tab as a DocumentTab.

    `tab_ids` says whether ranges name their tab, `alone` whether the document is shown as if it had no tabs.
    """
    numbers, only_tab = _footnote_numbers(tab), tab.tab_id if alone else None
    body = structural_elements(tab.segments[BODY], numbers, only_tab, tab.style)
    shown: Json = {"body": {"content": body}}
    for kind, id_field in _SEGMENT_ID.items():
        ids = [segment for segment, its_kind in tab.kinds.items() if its_kind == kind]
        if ids:
            shown[f"{kind}s"] = {
                i: {id_field: i, "content": structural_elements(tab.segments[i], numbers, only_tab)}
                for i in ids
            }
    shown["documentStyle"] = tab.style
    shown["namedStyles"] = {"styles": tab.named_styles}
    used = _used_lists(tab)
    optional = {
        "lists": {list_id: value for list_id, value in tab.lists.items() if list_id in used},
        "namedRanges": dict(_named_ranges(tab, tab_ids=tab_ids)),
        "inlineObjects": dict(tab.inline_objects),
    }
    shown.update({key: value for key, value in optional.items() if value})
    return shown


def _ranges(named: NamedRange, tab: Tab, *, tab_ids: bool) -> list[Json]:
    ranges = []
    for span in named.spans:
        piece: Json = {"endIndex": span.end}
        if span.start:
            piece["startIndex"] = span.start
        if span.segment:
            piece["segmentId"] = span.segment
        if tab_ids:
            piece["tabId"] = tab.tab_id
        ranges.append(piece)
    return ranges


def _named_ranges(tab: Tab, *, tab_ids: bool) -> Iterator[tuple[str, Json]]:
    for name in dict.fromkeys(named.name for named in tab.named_ranges):
        found = [named for named in tab.named_ranges if named.name == name]
        shown = []
        for named in found:
            ranges = _ranges(named, tab, tab_ids=tab_ids)
            shown.append({"namedRangeId": named.range_id, "name": name, "ranges": ranges})
        yield name, {"name": name, "namedRanges": shown}


def tab_properties(document: Document, tab: Tab) -> Json:
    """Render a tab's TabProperties: id, title, index among its siblings, parent and depth."""
    depth, parent = 0, tab.parent_id
    while parent:
        depth += 1
        parent = document.tab(parent).parent_id
    shown: Json = {"tabId": tab.tab_id, "title": tab.title}
    shown["index"] = document.children(tab.parent_id).index(tab)
    if tab.parent_id:
        shown["parentTabId"] = tab.parent_id
    if tab.icon:
        shown["iconEmoji"] = tab.icon
    if depth:
        shown["nestingLevel"] = depth
    return shown


def tab_tree(document: Document, parent_id: str = "", anchors: Set[str] = frozenset()) -> list[Json]:
    """Render the tabs under a parent with their content, these anchors of comments, and their children."""
    tree: list[Json] = []
    for tab in document.children(parent_id):
        shown: Json = {
            "tabProperties": tab_properties(document, tab),
            "documentTab": document_tab(tab, tab_ids=True),
        }
        held = {
            anchor.range_id: {"anchorId": anchor.range_id, "ranges": _ranges(anchor, tab, tab_ids=True)}
            for anchor in tab.anchors
            if anchor.range_id in anchors
        }
        if held:
            shown["documentTab"]["commentAnchors"] = held
        if tab.dropdowns:
            shown["documentTab"]["dropdownDefinitions"] = dict(tab.dropdowns)
        children = tab_tree(document, tab.tab_id, anchors)
        if children:
            shown["childTabs"] = children
        tree.append(shown)
    return tree


def document_json(
    document: Document,
    document_id: str,
    title: str,
    revision: str,
    *,
    with_tabs: bool,
    mode: str,
    comments: list[Json] | None = None,
) -> Json:
    """Render a Document: the first tab's content at the top, or all tabs under `tabs`.

    `comments` are the threads to show, None for a view without comments.
    """
    anchors = {thread["anchorId"] for thread in comments or () if "anchorId" in thread}
    alone = len(document.tabs) == 1
    content = (
        {"tabs": tab_tree(document, anchors=anchors)}
        if with_tabs
        else document_tab(document.tabs[0], tab_ids=True, alone=alone)
    )
    return {
        "title": title,
        **content,
        "revisionId": revision,
        "suggestionsViewMode": mode,
        "documentId": document_id,
        "commentsViewMode": f"COMMENTS_VIEW_MODE_{'OMITTED' if comments is None else 'INCLUDED'}",
        **({"comments": comments} if comments else {}),
    }
