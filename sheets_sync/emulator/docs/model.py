"""A document as a value: tabs, each with segments, lists, named ranges, objects and styles; every edit
makes a new value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sheets_sync.emulator.docs import defaults
from sheets_sync.emulator.docs.units import NEWLINE, SECTION, Refused, Units, shape

BODY = ""
Json = dict[str, Any]


@dataclass(frozen=True)
class Span:
    """A piece [start, end) of one segment."""

    segment: str
    start: int
    end: int


@dataclass(frozen=True)
class NamedRange:
    """A named range, or the anchor of comments, which has no name: its id and the pieces it consists of."""

    range_id: str
    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Edit:
    """One change of a segment: from `start` on, units of the shape `removed` gave way to some of `added`.

    Shapes are what `units.shape` writes, so that nothing of the text itself is kept.
    """

    tab_id: str
    segment: str
    start: int
    removed: str
    added: str

    @property
    def end(self) -> int:
        """Index after what was removed."""
        return self.start + len(self.removed)

    @property
    def length(self) -> int:
        """Number of units that were added."""
        return len(self.added)


@dataclass(frozen=True)
class Tab:
    """One tab of a document; the body is the segment with an empty id.

    `kinds` says what each other segment is: "header", "footer" or "footnote". `edits` is what was done to the
    segments since the tab was loaded, for writes against an older revision.
    """

    tab_id: str
    title: str
    segments: Mapping[str, Units] = field(default_factory=lambda: {BODY: defaults.blank_body()})
    kinds: Mapping[str, str] = field(default_factory=dict)
    style: Json = field(default_factory=defaults.document_style)
    named_styles: list[Json] = field(default_factory=defaults.named_styles)
    lists: Mapping[str, Json] = field(default_factory=dict)
    inline_objects: Mapping[str, Json] = field(default_factory=dict)
    named_ranges: tuple[NamedRange, ...] = ()
    anchors: tuple[NamedRange, ...] = ()
    dropdowns: Mapping[str, Json] = field(default_factory=dict)
    parent_id: str = ""
    icon: str = ""
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document: its tabs in the order of the document's outline (parents before their children)."""

    tabs: tuple[Tab, ...]

    def tab(self, tab_id: str | None) -> Tab:
        """Find a tab by id; without an id, the first one. Raises Refused for an id that is not there."""
        if not tab_id:
            return self.tabs[0]
        for tab in self.tabs:
            if tab.tab_id == tab_id:
                return tab
        raise Refused(f"The provided tab ID {tab_id} is invalid.")

    def with_tab(self, changed: Tab) -> Document:
        """Give the document with one tab replaced by its new value."""
        return replace(self, tabs=tuple(changed if t.tab_id == changed.tab_id else t for t in self.tabs))

    def children(self, parent_id: str) -> list[Tab]:
        """List the tabs directly under a parent (an empty id for the root), in order."""
        return [tab for tab in self.tabs if tab.parent_id == parent_id]


def blank_document() -> Document:
    """Make a document of one empty tab.

    Source: tab id `t.0` and title "Tab 1" as answered for documents that were never given tabs [guide "Work
    with tabs"].
    """
    return Document((Tab("t.0", "Tab 1"),))


def units_of(tab: Tab, segment: str) -> Units:
    """Give a segment's units. Raises Refused for a segment that the tab does not have."""
    if segment not in tab.segments:
        raise Refused(f"Segment with ID {segment} was not found.")
    return tab.segments[segment]


def splice(tab: Tab, segment: str, start: int, end: int, new: Units, *, keep: bool = False) -> Tab:
    """Replace [start, end) of a segment by new units and shift the named ranges.

    With `keep` a named range that held all of the old units holds all of the new ones (replacements);
    otherwise the new units are ordinary inserted content, which belongs to a range only when it is strictly
    inside it.
    Source: discovery docs.v1 NamedRange (content inserted inside a range expands it).
    """
    units = units_of(tab, segment)
    segments = {**tab.segments, segment: units[:start] + new + units[end:]}
    edit = Edit(tab.tab_id, segment, start, shape(units[start:end]), shape(new))
    return replace(
        tab,
        segments=segments,
        named_ranges=_moved(tab.named_ranges, edit, keep=keep),
        anchors=_moved(tab.anchors, edit, keep=keep),
        edits=(*tab.edits, edit),
    )


def _moved(ranges: tuple[NamedRange, ...], edit: Edit, *, keep: bool) -> tuple[NamedRange, ...]:
    moved = (replace(named, spans=tuple(_shifted(named.spans, edit, keep=keep))) for named in ranges)
    return tuple(named for named in moved if named.spans)


def _shifted(spans: tuple[Span, ...], edit: Edit, *, keep: bool) -> Iterator[Span]:
    for span in spans:
        if span.segment != edit.segment:
            yield span
            continue
        if keep and span.start <= edit.start and edit.end <= span.end:
            grown = edit.length - (edit.end - edit.start)
            start, end = span.start, span.end + grown
        else:
            start, end = start_after(span.start, edit), end_after(span.end, edit)
        if start < end:
            yield Span(span.segment, start, end)


def start_after(index: int, edit: Edit) -> int:
    """Say where something that starts at an index starts after an edit: behind what was put at that very
    place.
    """
    if index < edit.start:
        return index
    if index < edit.end:
        return edit.start + edit.length
    return index + edit.length - (edit.end - edit.start)


def end_after(index: int, edit: Edit) -> int:
    """Say where something that ends at an index ends after an edit: before what was put at that place."""
    if index <= edit.start:
        return index
    if index <= edit.end:
        return edit.start
    return index + edit.length - (edit.end - edit.start)


def restyled(tab: Tab, segment: str, start: int, units: Units) -> Tab:
    """Replace units one for one from `start` on: a change of style that moves nothing."""
    old = units_of(tab, segment)
    return replace(tab, segments={**tab.segments, segment: old[:start] + units + old[start + len(units) :]})


def reshaped(tab: Tab, segment: str, index: int) -> Tab:
    """Note that the unit of structure at an index is another one now, though nothing moved: a merged cell."""
    same = shape(units_of(tab, segment)[index : index + 1])
    return replace(tab, edits=(*tab.edits, Edit(tab.tab_id, segment, index, same, same)))


def section_starts(tab: Tab) -> list[int]:
    """List the indexes of the body's section breaks."""
    return [index for index, unit in enumerate(tab.segments[BODY]) if unit.char == SECTION]


def with_heading_ids(tab: Tab, new_id: Any) -> Tab:
    """Give every heading paragraph an id of its own and take ids away from paragraphs that are not headings.

    Source: discovery docs.v1 ParagraphStyle.headingId; the form `h.` + 12 letters and digits is seen in the
    guide.
    """
    seen: set[str] = set()
    segments: dict[str, Units] = {}
    for name, units in tab.segments.items():
        changed = list(units)
        for index, unit in enumerate(units):
            if unit.char == NEWLINE and unit.mark is not None:
                mark = _heading_mark(unit.mark, seen, new_id)
                if mark is not unit.mark:
                    changed[index] = unit._replace(mark=mark)
        segments[name] = tuple(changed)
    return replace(tab, segments=segments)


def _heading_mark(mark: Any, seen: set[str], new_id: Any) -> Any:
    style = mark["paragraphStyle"]
    heading = style.get("namedStyleType", "").startswith("HEADING") or style.get("namedStyleType") in (
        "TITLE",
        "SUBTITLE",
    )
    current = style.get("headingId")
    if not heading and current is None:
        return mark
    if heading and current and current not in seen:
        seen.add(current)
        return mark
    rest = {key: value for key, value in style.items() if key != "headingId"}
    if heading:
        rest["headingId"] = new_id()
        seen.add(rest["headingId"])
    return {**mark, "paragraphStyle": rest}
