"""Edits of running text: insert, delete, breaks, inline objects, and the rules on where they may happen.

Source: discovery docs.v1 (InsertTextRequest, DeleteContentRangeRequest, InsertPageBreakRequest,
InsertSectionBreakRequest); the messages as public programs quote them from Google, otherwise assumed.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.docs import defaults
from sheets_sync.emulator.docs.model import BODY, Tab, restyled, splice, units_of
from sheets_sync.emulator.docs.units import (
    CELL,
    NEWLINE,
    OBJECT,
    ROW,
    SECTION,
    STRUCTURE,
    TABLE,
    TABLE_END,
    Refused,
    Style,
    Unit,
    Units,
    after_cluster,
    in_table,
    insertable,
    is_low_surrogate,
    paragraph_end,
    paragraph_start,
    utf16_units,
)

_OUTSIDE = (
    "The insertion index must be inside the bounds of an existing paragraph. "
    "You can still create new paragraphs by inserting newlines."
)
_STRUCTURE = "Invalid deletion range. Cannot delete the requested range."
_LAST_NEWLINE = "The range cannot include the newline character at the end of the segment."


def end_of_segment(tab: Tab, segment: str) -> int:
    """Give the index just before the last newline of a segment."""
    return len(units_of(tab, segment)) - 1


def check_insertion(tab: Tab, segment: str, index: int) -> None:
    """Refuse an index at which nothing can be inserted: outside the segment, outside a paragraph, inside a
    character.
    """
    units = units_of(tab, segment)
    if index >= len(units):
        raise Refused(
            f"Index {index} must be less than the end index of the referenced segment, {len(units)}."
        )
    if index < 0 or units[index].char in STRUCTURE:
        raise Refused(_OUTSIDE)
    if is_low_surrogate(units[index].char):
        raise Refused("The insertion index cannot be within a grapheme cluster.")


def insert_text(tab: Tab, segment: str, index: int, text: str) -> Tab:
    """Insert text inside a paragraph; a newline in it splits the paragraph, whose style both parts keep.

    A place inside a grapheme cluster becomes the place after it [guide "Structural edit rules and behavior"].
    The text takes the style of the text before it in its paragraph, else of what follows; a link is continued
    only when both neighbours carry it (assumed).
    """
    if not text:
        raise Refused("Insert text requests must specify text to insert.")
    units = units_of(tab, segment)
    index = after_cluster(units, index)
    check_insertion(tab, segment, index)
    style = style_at(units, index)
    return splice(tab, segment, index, index, styled_units(insertable(text), style, _mark_at(units, index)))


def _mark_at(units: Units, index: int) -> Style | None:
    return units[paragraph_end(units, index)].mark


def style_at(units: Units, index: int) -> Style:
    """Give the text style that text inserted at an index takes on."""
    after = units[index].style
    if index == paragraph_start(units, index):
        return _without_link(after)
    before = units[index - 1].style
    return before if before.get("link") == after.get("link") else _without_link(before)


def _without_link(style: Style) -> Style:
    if "link" not in style:
        return style
    return {key: value for key, value in style.items() if key not in ("link", "foregroundColor", "underline")}


def styled_units(text: str, style: Style, mark: Style | None) -> Units:
    """Turn text into units of one text style; each newline carries the given paragraph mark."""
    return tuple(
        Unit(char, style, mark) if char == NEWLINE else Unit(char, style) for char in utf16_units(text)
    )


def check_range(tab: Tab, segment: str, start: int, end: int) -> None:
    """Refuse a range that is empty or reaches outside its segment."""
    length = len(units_of(tab, segment))
    if start < 0:
        raise Refused("Index must be greater than or equal to zero.")
    if end > length:
        raise Refused(f"Index {end} must be less than the end index of the referenced segment, {length}.")
    if start >= end:
        raise Refused("The range should not be empty.")


def check_deletion(units: Units, start: int, end: int) -> None:
    """Refuse a deletion that would leave an invalid structure.

    Source: the list in DeleteContentRangeRequest.range.
    """
    if end >= len(units):
        raise Refused(_LAST_NEWLINE)
    if is_low_surrogate(units[start].char) or is_low_surrogate(units[end].char):
        raise Refused("The range cannot delete one code unit of a surrogate pair.")
    if start == 0 and units[0].char == SECTION:
        raise Refused(_STRUCTURE)
    _check_whole_tables(units, start, end)
    following = units[end].char
    if units[end - 1].char == NEWLINE and following in (CELL, ROW, TABLE_END):
        raise Refused(_LAST_NEWLINE)
    if following in (TABLE, SECTION) and (units[end - 1].char == NEWLINE or _ends_text(units, start)):
        raise Refused(_STRUCTURE)  # the newline before a table or a section break


def _check_whole_tables(units: Units, start: int, end: int) -> None:
    depth = 0
    for unit in units[start:end]:
        if unit.char == TABLE:
            depth += 1
        elif unit.char == TABLE_END:
            depth -= 1
        elif unit.char in (ROW, CELL) and depth == 0:
            raise Refused(_STRUCTURE)
        if depth < 0:
            break
    if depth != 0:
        raise Refused(_STRUCTURE)


def _ends_text(units: Units, start: int) -> bool:
    before = units[start - 1].char
    return before != NEWLINE and before not in STRUCTURE


def delete_range(tab: Tab, segment: str, start: int, end: int) -> Tab:
    """Delete [start, end); paragraphs that run together keep the first one's style when any of it remains
    (assumed).
    """
    check_range(tab, segment, start, end)
    units = units_of(tab, segment)
    check_deletion(units, start, end)
    shortened = splice(tab, segment, start, end, ())
    first_mark = _surviving_mark(units, start, end)
    if first_mark is None:
        return shortened
    joined = shortened.segments[segment]
    newline = paragraph_end(joined, start)
    return restyled(shortened, segment, newline, (joined[newline]._replace(mark=first_mark),))


def _surviving_mark(units: Units, start: int, end: int) -> Style | None:
    if not _ends_text(units, start) or not any(u.char == NEWLINE for u in units[start:end]):
        return None
    return units[paragraph_end(units, start)].mark


def insert_object(tab: Tab, segment: str, index: int, field: str, payload: dict[str, Any]) -> Tab:
    """Insert an inline object of one index, `field` being its name in ParagraphElement."""
    check_insertion(tab, segment, index)
    style = style_at(units_of(tab, segment), index)
    return splice(tab, segment, index, index, (Unit(OBJECT, style, {field: payload}),))


def insert_page_break(tab: Tab, index: int) -> Tab:
    """Insert a page break and a newline after it in the body. Source: InsertPageBreakRequest."""
    _check_body_place(tab, index, "Page breaks")
    units = units_of(tab, BODY)
    style = style_at(units, index)
    new = (Unit(OBJECT, style, {"pageBreak": {}}), Unit(NEWLINE, style, _mark_at(units, index)))
    return splice(tab, BODY, index, index, new)


def insert_section_break(tab: Tab, index: int, section_type: str) -> Tab:
    """Insert a newline and a section break in the body. Source: InsertSectionBreakRequest."""
    _check_body_place(tab, index, "Section breaks")
    units = units_of(tab, BODY)
    first = Unit(NEWLINE, style_at(units, index), _mark_at(units, index))
    section = Unit(SECTION, defaults.PLAIN, defaults.section_style(section_type))
    return splice(tab, BODY, index, index, (first, section))


def _check_body_place(tab: Tab, index: int, what: str) -> None:
    check_insertion(tab, BODY, index)
    if in_table(units_of(tab, BODY), index):
        raise Refused(f"{what} cannot be inserted inside a table.")
