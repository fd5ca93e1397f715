"""Replacing text: all occurrences of a string, and the content of named ranges.

Source: discovery docs.v1 (ReplaceAllTextRequest, SubstringMatchCriteria, ReplaceNamedRangeContentRequest).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sheets_sync.emulator.docs.model import NamedRange, Span, Tab, splice, units_of
from sheets_sync.emulator.docs.textedit import check_deletion, check_insertion, delete_range, styled_units
from sheets_sync.emulator.docs.units import (
    Refused,
    Units,
    insertable,
    paragraph_end,
    utf16_length,
)


def pattern_of(text: str, *, match_case: bool, regex: bool) -> re.Pattern[str]:
    """Make the pattern that a search criteria stands for; text and pattern are in UTF-16 units.

    Raises Refused for an empty text or a regular expression that cannot be read.
    """
    if not text:
        raise Refused("The text to find must not be empty.")
    flags = 0 if match_case else re.IGNORECASE
    try:
        return re.compile(_as_units(text) if regex else re.escape(_as_units(text)), flags)
    except re.error as error:
        raise Refused(f"Invalid regular expression: {error}.") from error


def _as_units(text: str) -> str:
    encoded = text.encode("utf-16-le")
    return "".join(chr(int.from_bytes(encoded[i : i + 2], "little")) for i in range(0, len(encoded), 2))


def replace_all(tab: Tab, pattern: re.Pattern[str], text: str) -> tuple[Tab, int]:
    """Replace every match in all segments of a tab and count them.

    A match never crosses the end of a paragraph, a table border or an inline object. The new text takes the
    style of the match's first unit (assumed), and a newline in it splits the paragraph.
    """
    count = 0
    for segment in tab.segments:
        matches = list(_matches(units_of(tab, segment), pattern))
        for start, end in reversed(matches):
            units = units_of(tab, segment)
            mark = units[paragraph_end(units, start)].mark
            new = styled_units(insertable(text), units[start].style, mark)
            tab = splice(tab, segment, start, end, new, keep=True)
        count += len(matches)
    return tab, count


def _matches(units: Units, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    line_start = 0
    text = "".join(unit.char for unit in units)
    if pattern.search(text) is None:
        return
    for line in re.split(r"([\n\x0c\x10-\x12\x1c\ue907])", text):
        for match in pattern.finditer(line):
            if match.start() < match.end() and line[match.start()] not in "\n\x0c\x10\x11\x12\x1c\ue907":
                yield line_start + match.start(), line_start + match.end()
        line_start += len(line)


def create_named_range(tab: Tab, span: Span, name: str, range_id: str) -> Tab:
    """Name a piece of a tab. Source: CreateNamedRangeRequest (1 to 256 UTF-16 code units)."""
    length = utf16_length(name)
    if not 1 <= length <= 256:
        raise Refused("The name of a named range must be between 1 and 256 characters long.")
    return replace(tab, named_ranges=(*tab.named_ranges, NamedRange(range_id, name, (span,))))


def replace_range_content(tab: Tab, range_id: str, text: str) -> Tab:
    """Put text in place of a named range's first piece and delete its other pieces; the range then holds the
    text.

    The newline that ends a segment stays where a piece includes it (assumed).
    """
    first, *rest = next(named.spans for named in tab.named_ranges if named.range_id == range_id)
    for span in sorted(rest, key=lambda span: span.start, reverse=True):
        tab = delete_range(tab, span.segment, span.start, span.end)
    spans = next((named.spans for named in tab.named_ranges if named.range_id == range_id), (first,))
    return _rewritten(tab, spans[0], insertable(text))


def _rewritten(tab: Tab, span: Span, text: str) -> Tab:
    units = units_of(tab, span.segment)
    check_insertion(tab, span.segment, span.start)
    end = min(span.end, len(units) - 1)
    if end > span.start:
        check_deletion(units, span.start, end)
    style, mark = units[span.start].style, units[paragraph_end(units, span.start)].mark
    return splice(tab, span.segment, span.start, end, styled_units(text, style, mark), keep=True)
