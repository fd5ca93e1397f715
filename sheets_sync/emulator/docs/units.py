"""A document segment as a flat row of UTF-16 units, so that an index is simply a position in a list.

Source: discovery docs.v1 (`Location.index`: zero-based, in UTF-16 code units). That a table, each of its
rows, each of its cells, the table's end and every inline object take one index each is seen in the sample
answer of Google's
guide "Document structure" (2x2 table at 497..565 with rows from 498, cells from 499, text from 500, next
paragraph at 565).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from unicodedata import category

NEWLINE = "\n"
TABLE = "\x10"
TABLE_END = "\x11"
ROW = "\x12"
CELL = "\x1c"
SECTION = "\x0c"
OBJECT = "\ue907"
STRUCTURE = frozenset({TABLE, TABLE_END, ROW, CELL, SECTION})

_JOINER = "\u200d"

Style = Mapping[str, Any]


class Unit(NamedTuple):
    """One index of a segment: a UTF-16 code unit of text, a paragraph's end, an inline object or a piece of
    structure.

    `mark` is what the unit carries besides text: for a newline {"paragraphStyle", "bullet"?}, for an object
    {"<ParagraphElement field>": {…}}, for a table {"columns": […]}, for a row, a cell or a section its style.
    """

    char: str
    style: Style
    mark: Style | None = None


Units = tuple[Unit, ...]


class Refused(Exception):
    """An edit that Google answers with 400; the text is the part of the message after the request's name."""


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def utf16_units(text: str) -> list[str]:
    """Split a text into UTF-16 code units; a pair of surrogates becomes two one-character strings."""
    units: list[str] = []
    for char in text:
        code = ord(char)
        if code > 0xFFFF:
            code -= 0x10000
            units += [chr(0xD800 + (code >> 10)), chr(0xDC00 + (code & 0x3FF))]
        else:
            units.append(char)
    return units


def join_units(chars: Iterable[str]) -> str:
    """Put UTF-16 code units back together into a text; a lone surrogate becomes U+FFFD."""
    return "".join(chars).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def insertable(text: str) -> str:
    """Drop the characters that Docs strips from inserted text.

    Source: discovery docs.v1 InsertTextRequest.text (U+0000-U+0008, U+000C-U+001F, U+E000-U+F8FF). Carriage
    returns are in that range; lone surrogates are dropped too (assumed: they cannot be sent in UTF-8).
    """
    return "".join(char for char in text if not _stripped(ord(char)))


def _stripped(code: int) -> bool:
    return code <= 0x08 or 0x0C <= code <= 0x1F or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF


def shape(units: Iterable[Unit]) -> str:
    """Write what units are, one letter each: "." in a paragraph, "p" a paragraph's end, "s" structure."""
    return "".join("s" if u.char in STRUCTURE else "p" if u.char == NEWLINE else "." for u in units)


def is_low_surrogate(char: str) -> bool:
    """Say whether a unit is the second half of a surrogate pair."""
    return "\udc00" <= char <= "\udfff"


def after_cluster(units: Sequence[Unit], index: int) -> int:
    """Give the first index from `index` on that is not inside a grapheme cluster.

    Source: Unicode Standard Annex 29, in so far as clusters are surrogate pairs, marks, joined characters,
    skin tones and flags.
    """
    while 0 < index < len(units) and _joins(units, index):
        index += 1
    return index


def _joins(units: Sequence[Unit], index: int) -> bool:
    before, char = units[index - 1].char, units[index].char
    if is_low_surrogate(char):
        return True
    if before in STRUCTURE or before in (NEWLINE, OBJECT) or char in STRUCTURE:
        return False
    pair = char + (units[index + 1].char if index + 1 < len(units) else "")
    following = join_units(pair)[:1] if "\ud800" <= char <= "\udbff" else char
    if category(following) in ("Mn", "Mc", "Me") or following == _JOINER or _is_tone(following):
        return True
    return before == _JOINER or (_is_flag(following) and _flags_before(units, index) % 2 == 1)


def _is_tone(char: str) -> bool:
    return "\U0001f3fb" <= char <= "\U0001f3ff"


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flags_before(units: Sequence[Unit], index: int) -> int:
    count = 0
    while index >= 2 and _is_flag(join_units((units[index - 2].char, units[index - 1].char))[:1]):
        count += 1
        index -= 2
    return count


def paragraph_end(units: Sequence[Unit], index: int) -> int:
    """Give the index of the newline that ends the paragraph holding `index` (which must be inside a
    paragraph).
    """
    while units[index].char != NEWLINE:
        index += 1
    return index


def paragraph_start(units: Sequence[Unit], index: int) -> int:
    """Give the first index of the paragraph holding `index`."""
    while index > 0 and units[index - 1].char != NEWLINE and units[index - 1].char not in STRUCTURE:
        index -= 1
    return index


def paragraph_ends(units: Sequence[Unit], start: int, end: int) -> Iterator[int]:
    """Yield the index of the newline of every paragraph that overlaps [start, end)."""
    index = start
    while index < end:
        if units[index].char in STRUCTURE:
            index += 1
            continue
        newline = paragraph_end(units, index)
        yield newline
        index = newline + 1


def table_end(units: Sequence[Unit], start: int) -> int:
    """Give the index of the unit that ends the table starting at `start`, counting nested tables."""
    depth = 0
    for index in range(start, len(units)):
        if units[index].char == TABLE:
            depth += 1
        elif units[index].char == TABLE_END:
            depth -= 1
            if depth == 0:
                return index
    raise Refused("Invalid table start location. Must specify the start index of the table.")


def in_table(units: Sequence[Unit], index: int) -> bool:
    """Say whether an index lies inside a table of its segment."""
    before = units[:index]
    return sum(u.char == TABLE for u in before) > sum(u.char == TABLE_END for u in before)
