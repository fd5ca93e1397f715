"""Bullets and numbering of paragraphs.

Source: discovery docs.v1 (CreateParagraphBulletsRequest and its presets, DeleteParagraphBulletsRequest,
NestingLevel) and the sample answer of the guide "Document structure" (indents 18 + 36·level and 36 +
36·level, the shape of a
nesting level). A checkbox has a glyph of no type and no symbol, as reported to Google's client libraries.
"""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.emulator.docs.defaults import points
from sheets_sync.emulator.docs.model import Json, Tab, restyled, splice, units_of
from sheets_sync.emulator.docs.textedit import check_range
from sheets_sync.emulator.docs.units import NEWLINE, Refused, Unit, paragraph_ends, paragraph_start

_LEVELS = 9
_GLYPHS = {
    "BULLET_DISC_CIRCLE_SQUARE": "●○■",
    "BULLET_DIAMONDX_ARROW3D_SQUARE": "❖➢■",
    "BULLET_ARROW_DIAMOND_DISC": "➔◆●",
    "BULLET_STAR_CIRCLE_SQUARE": "★○■",
    "BULLET_ARROW3D_CIRCLE_SQUARE": "➢○■",
    "BULLET_LEFTTRIANGLE_DIAMOND_DISC": "◀◆●",
    "BULLET_DIAMONDX_HOLLOWDIAMOND_SQUARE": "❖◇■",
    "BULLET_DIAMOND_CIRCLE_SQUARE": "◆○■",
}
_CHECKBOX = "BULLET_CHECKBOX"
_NUMBERS = {
    "NUMBERED_DECIMAL_ALPHA_ROMAN": ("DECIMAL", "ALPHA", "ROMAN"),
    "NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS": ("DECIMAL", "ALPHA", "ROMAN"),
    "NUMBERED_DECIMAL_NESTED": ("DECIMAL", "DECIMAL", "DECIMAL"),
    "NUMBERED_UPPERALPHA_ALPHA_ROMAN": ("UPPER_ALPHA", "ALPHA", "ROMAN"),
    "NUMBERED_UPPERROMAN_UPPERALPHA_DECIMAL": ("UPPER_ROMAN", "UPPER_ALPHA", "DECIMAL"),
    "NUMBERED_ZERODECIMAL_ALPHA_ROMAN": ("ZERO_DECIMAL", "ALPHA", "ROMAN"),
}


def _glyph_format(preset: str, level: int) -> str:
    if preset == "NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS":
        return f"%{level})"
    if preset == "NUMBERED_DECIMAL_NESTED":
        return "".join(f"%{number}." for number in range(level + 1))
    return f"%{level}."


def nesting_levels(preset: str) -> list[Json]:
    """Give the nine NestingLevels of a preset. Raises Refused for an unknown preset."""
    if preset != _CHECKBOX and preset not in _GLYPHS and preset not in _NUMBERS:
        raise Refused("The bullet preset must be specified.")
    levels: list[Json] = []
    for level in range(_LEVELS):
        shape: Json = {"bulletAlignment": "START"}
        if preset == _CHECKBOX:
            shape |= {"glyphType": "GLYPH_TYPE_UNSPECIFIED", "glyphFormat": f"%{level}"}
        elif preset in _GLYPHS:
            shape |= {"glyphSymbol": _GLYPHS[preset][level % 3], "glyphFormat": f"%{level}"}
        else:
            glyph = _NUMBERS[preset][level % 3]
            shape |= {"glyphType": glyph, "glyphFormat": _glyph_format(preset, level)}
            if glyph == "ROMAN":
                shape["bulletAlignment"] = "END"
        shape |= indents(level) | {"textStyle": {"underline": False}, "startNumber": 1}
        levels.append(shape)
    return levels


def indents(level: int) -> Json:
    """Give the indents of a list paragraph at a level."""
    return {"indentFirstLine": points(18 + 36 * level), "indentStart": points(36 + 36 * level)}


def create_bullets(tab: Tab, segment: str, start: int, end: int, preset: str, list_id: str) -> Tab:
    """Make list items of all paragraphs overlapping [start, end); leading tabs give the level and are
    removed.

    `list_id` names the new list, unless the paragraph just before is in a list of the same preset.
    """
    check_range(tab, segment, start, end)
    shape: Json = {"listProperties": {"nestingLevels": nesting_levels(preset)}}
    ends = list(paragraph_ends(units_of(tab, segment), start, end))
    if not ends:
        raise Refused("The range does not cover a paragraph.")
    joined = _list_before(tab, segment, ends[0], shape)
    if joined is None:
        tab = replace(tab, lists={**tab.lists, list_id: shape})
    for newline in reversed(ends):
        tab = _bulleted(tab, segment, newline, joined or list_id)
    return tab


def _list_before(tab: Tab, segment: str, newline: int, shape: Json) -> str | None:
    units = units_of(tab, segment)
    first = paragraph_start(units, newline)
    before = units[first - 1] if first else None
    if before is None or before.char != NEWLINE or "bullet" not in (before.mark or {}):
        return None
    list_id: str = (before.mark or {})["bullet"]["listId"]
    return list_id if tab.lists.get(list_id) == shape else None


def _bulleted(tab: Tab, segment: str, newline: int, list_id: str) -> Tab:
    units = units_of(tab, segment)
    first = paragraph_start(units, newline)
    tabs = 0
    while units[first + tabs].char == "\t":
        tabs += 1
    level = min(tabs, _LEVELS - 1)
    bullet: Json = {"listId": list_id, "textStyle": {"underline": False}}
    if level:
        bullet["nestingLevel"] = level
    mark = units[newline].mark or {}
    style = {**mark.get("paragraphStyle", {}), **indents(level)}
    item = units[newline]._replace(mark={**mark, "paragraphStyle": style, "bullet": bullet})
    tab = restyled(tab, segment, newline, (item,))
    return splice(tab, segment, first, first + tabs, ()) if tabs else tab


def delete_bullets(tab: Tab, segment: str, start: int, end: int) -> Tab:
    """Take all paragraphs overlapping [start, end) out of their lists, keeping the indent of their level."""
    check_range(tab, segment, start, end)
    units = list(units_of(tab, segment))
    for newline in paragraph_ends(tuple(units), start, end):
        units[newline] = _unbulleted(units[newline])
    return restyled(tab, segment, 0, tuple(units))


def _unbulleted(unit: Unit) -> Unit:
    mark = unit.mark or {}
    if "bullet" not in mark:
        return unit
    indent = points(36 * mark["bullet"].get("nestingLevel", 0))
    style = {**mark["paragraphStyle"], "indentFirstLine": indent, "indentStart": indent}
    return unit._replace(mark={"paragraphStyle": style})
