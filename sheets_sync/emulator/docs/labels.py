"""The labels that list items show: numbers, letters, Roman numerals or bullet glyphs.

Source: discovery docs.v1 NestingLevel (glyphType, glyphSymbol, glyphFormat, startNumber).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CHECKBOX = "☐"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman(number: int) -> str:
    """Write a positive number in Roman numerals."""
    text = ""
    for value, sign in _ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def letters(number: int) -> str:
    """Write a positive number as a, b … z, aa, ab …"""
    text = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def glyph(kind: str, number: int) -> str:
    """Write a list number in the manner of a glyph type."""
    written = {
        "ZERO_DECIMAL": f"{number:02d}",
        "ALPHA": letters(max(number, 1)),
        "UPPER_ALPHA": letters(max(number, 1)).upper(),
        "ROMAN": roman(max(number, 1)).lower(),
        "UPPER_ROMAN": roman(max(number, 1)),
        "NONE": "",
    }
    return written.get(kind, str(number))


class ListLabels:
    """Counts the items of every list in reading order and gives their labels."""

    def __init__(self, lists: Mapping[str, Any]) -> None:
        self._lists = lists
        self._counts: dict[str, list[int]] = {}

    def next(self, list_id: str, level: int) -> tuple[str, bool]:
        """Give the label of the next item of a list at a level, and whether the level is numbered."""
        levels = self._lists[list_id]["listProperties"]["nestingLevels"]
        counts = self._counts.setdefault(list_id, [0] * len(levels))
        counts[level] += 1
        counts[level + 1 :] = [0] * (len(counts) - level - 1)
        shape = levels[level]
        if "glyphSymbol" in shape:
            return shape["glyphSymbol"], False
        if shape.get("glyphType") == "GLYPH_TYPE_UNSPECIFIED":
            return _CHECKBOX, False

        def number(match: re.Match[str]) -> str:
            which = int(match.group(1))
            value = levels[which].get("startNumber", 1) + max(counts[which], 1) - 1
            return glyph(levels[which].get("glyphType", "DECIMAL"), value)

        return re.sub(r"%(\d)", number, shape.get("glyphFormat", "")), True
