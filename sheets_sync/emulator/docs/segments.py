"""Headers, footers and footnotes: the segments of a tab beside its body.

Source: discovery docs.v1 (CreateHeaderRequest, CreateFooterRequest, CreateFootnoteRequest,
DeleteHeaderRequest, DeleteFooterRequest); the text for an existing header as quoted in public issues.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from sheets_sync.emulator.docs.defaults import newline
from sheets_sync.emulator.docs.model import BODY, Json, NamedRange, Tab, restyled
from sheets_sync.emulator.docs.textedit import insert_object, insert_text
from sheets_sync.emulator.docs.units import SECTION, Refused

Kind = Literal["header", "footer"]


def _default_field(kind: Kind) -> str:
    return f"default{kind.capitalize()}Id"


def create_segment(tab: Tab, kind: Kind, segment_id: str, section: int | None) -> Tab:
    """Add the default header or footer of the document, or of the section whose break is at an index.

    Raises Refused when it already exists or when there is no section break at the index.
    """
    field = _default_field(kind)
    first_section = section is None or section == 0
    units = list(tab.segments[BODY])
    if section is not None and not (0 <= section < len(units) and units[section].char == SECTION):
        raise Refused("The section break location does not refer to a section break.")
    holder = tab.style if first_section else units[section or 0].mark or {}
    if field in holder:
        raise Refused(f"Default {kind} already exists.")
    made = replace(
        tab,
        segments={**tab.segments, segment_id: (newline(),)},
        kinds={**tab.kinds, segment_id: kind},
    )
    if first_section:
        return replace(made, style={**tab.style, field: segment_id})
    at = section or 0
    units[at] = units[at]._replace(mark={**(units[at].mark or {}), field: segment_id})
    return restyled(made, BODY, at, (units[at],))


def delete_segment(tab: Tab, kind: Kind, segment_id: str) -> Tab:
    """Delete a header or footer and every reference to it. Raises Refused for an id of no such segment."""
    if tab.kinds.get(segment_id) != kind:
        raise Refused(f"{kind.capitalize()} with ID {segment_id} was not found.")
    fields = [f"{which}{kind.capitalize()}Id" for which in ("default", "firstPage", "evenPage")]
    units = tuple(
        unit._replace(mark=_without(unit.mark or {}, fields, segment_id)) if unit.char == SECTION else unit
        for unit in tab.segments[BODY]
    )
    return replace(
        tab,
        style=_without(tab.style, fields, segment_id),
        segments={**{k: v for k, v in tab.segments.items() if k != segment_id}, BODY: units},
        kinds={k: v for k, v in tab.kinds.items() if k != segment_id},
        named_ranges=_outside(tab.named_ranges, segment_id),
        anchors=_outside(tab.anchors, segment_id),
    )


def _outside(ranges: tuple[NamedRange, ...], segment_id: str) -> tuple[NamedRange, ...]:
    return tuple(named for named in ranges if all(span.segment != segment_id for span in named.spans))


def _without(style: Json | object, fields: list[str], segment_id: str) -> Json:
    held: Json = dict(style) if isinstance(style, dict) else {}
    return {k: v for k, v in held.items() if not (k in fields and v == segment_id)}


def create_footnote(tab: Tab, index: int, footnote_id: str) -> Tab:
    """Insert a footnote reference in the body and its segment, which holds a space and a newline."""
    tab = insert_object(tab, BODY, index, "footnoteReference", {"footnoteId": footnote_id})
    made = replace(
        tab,
        segments={**tab.segments, footnote_id: (newline(),)},
        kinds={**tab.kinds, footnote_id: "footnote"},
    )
    return insert_text(made, footnote_id, 0, " ")


def without_lost_footnotes(tab: Tab) -> Tab:
    """Drop the footnotes whose reference is no longer in the body."""
    held = {
        (unit.mark or {})["footnoteReference"]["footnoteId"]
        for unit in tab.segments[BODY]
        if unit.mark is not None and "footnoteReference" in unit.mark
    }
    lost = {i for i, kind in tab.kinds.items() if kind == "footnote" and i not in held}
    if not lost:
        return tab
    return replace(
        tab,
        segments={k: v for k, v in tab.segments.items() if k not in lost},
        kinds={k: v for k, v in tab.kinds.items() if k not in lost},
    )
