"""Inline CSS of imported HTML, read into Docs styles; lengths in pt, px, cm, mm and in are understood.

Source: assumed (which of a file's styles Drive keeps on import is not documented); unknown properties are
left out.
"""

from __future__ import annotations

import re

from sheets_sync.emulator.docs.defaults import points
from sheets_sync.emulator.docs.model import Json

_POINTS = {"pt": 1.0, "px": 0.75, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0}
_ALIGN = {
    "left": "START",
    "start": "START",
    "center": "CENTER",
    "right": "END",
    "end": "END",
    "justify": "JUSTIFIED",
}
_NAMES = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "gray": "#808080",
    "grey": "#808080",
    "blue": "#0000ff",
}


def declarations(style: str) -> dict[str, str]:
    """Split an inline style into its properties."""
    found = {}
    for part in style.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.strip()
    return found


def length(value: str) -> float | None:
    """Read a length as points, or None when it is not one."""
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)(pt|px|cm|mm|in)?", value.strip().lower())
    if match is None:
        return None
    number = float(match.group(1))
    if match.group(2) is None:
        return 0.0 if number == 0 else None
    return round(number * _POINTS[match.group(2)], 2)


def colour(value: str) -> Json | None:
    """Read "#rgb", "#rrggbb", "rgb(r, g, b)" or a plain colour name as an OptionalColor."""
    value = _NAMES.get(value.strip().lower(), value.strip().lower())
    match = re.fullmatch(r"rgb\((\d+),\s*(\d+),\s*(\d+)\)", value)
    if match is not None:
        parts = [int(part) for part in match.groups()]
    elif re.fullmatch(r"#[0-9a-f]{3}|#[0-9a-f]{6}", value):
        digits = value[1:] if len(value) == 7 else "".join(digit * 2 for digit in value[1:])
        parts = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
    else:
        return None
    rgb = {n: round(p / 255, 7) for n, p in zip(("red", "green", "blue"), parts, strict=True) if p}
    return {"color": {"rgbColor": rgb}}


def text_style(css: dict[str, str]) -> Json:
    """Read the text properties of a style."""
    style: Json = {}
    weight = css.get("font-weight", "")
    if weight:
        style["bold"] = weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600)
    if "font-style" in css:
        style["italic"] = css["font-style"] == "italic"
    line = css.get("text-decoration", css.get("text-decoration-line", ""))
    for word, name in (("underline", "underline"), ("line-through", "strikethrough")):
        if word in line:
            style[name] = True
    size = length(css.get("font-size", ""))
    if size:
        style["fontSize"] = points(size)
    family = css.get("font-family", "").split(",")[0].strip().strip("'\"")
    if family:
        style["weightedFontFamily"] = {"fontFamily": family, "weight": 400}
    for prop, name in (("color", "foregroundColor"), ("background-color", "backgroundColor")):
        found = colour(css.get(prop, ""))
        if found is not None:
            style[name] = found
    if css.get("vertical-align") in ("super", "sub"):
        style["baselineOffset"] = "SUPERSCRIPT" if css["vertical-align"] == "super" else "SUBSCRIPT"
    return style


def paragraph_style(css: dict[str, str]) -> Json:
    """Read the paragraph properties of a style."""
    style: Json = {}
    if css.get("text-align", "") in _ALIGN:
        style["alignment"] = _ALIGN[css["text-align"]]
    left = length(css.get("margin-left", "")) or 0.0
    first = length(css.get("text-indent", ""))
    if left:
        style["indentStart"] = points(left)
    if left or first is not None:
        style["indentFirstLine"] = points(left + (first or 0.0))
    for prop, name in (
        ("margin-right", "indentEnd"),
        ("margin-top", "spaceAbove"),
        ("margin-bottom", "spaceBelow"),
    ):
        found = length(css.get(prop, ""))
        if found is not None:
            style[name] = points(found)
    spacing = css.get("line-height", "")
    if re.fullmatch(r"\d+(\.\d+)?", spacing):
        style["lineSpacing"] = round(float(spacing) * 100, 2)
    elif spacing.endswith("%") and spacing[:-1].isdigit():
        style["lineSpacing"] = int(spacing[:-1])
    if breaks_before(css):
        style["pageBreakBefore"] = True
    return style


def breaks_before(css: dict[str, str]) -> bool:
    """Say whether a style starts a new page."""
    return css.get("page-break-before") == "always" or css.get("break-before") == "page"


def breaks_after(css: dict[str, str]) -> bool:
    """Say whether a style ends the page."""
    return css.get("page-break-after") == "always" or css.get("break-after") == "page"


def cell_style(css: dict[str, str]) -> Json:
    """Read the background, borders and vertical alignment of a table cell."""
    style: Json = {}
    background = colour(css.get("background-color", css.get("background", "")))
    if background is not None:
        style["backgroundColor"] = background
    align = {"top": "TOP", "middle": "MIDDLE", "bottom": "BOTTOM"}.get(css.get("vertical-align", ""))
    if align:
        style["contentAlignment"] = align
    for side in ("Top", "Bottom", "Left", "Right"):
        given = css.get(f"border-{side.lower()}", css.get("border"))
        if given is not None:
            style[f"border{side}"] = _border(given)
    return style


def _border(value: str) -> Json:
    words = value.split()
    if not words or words[0] in ("none", "0") or "none" in words:
        return {"color": {"color": {"rgbColor": {}}}, "width": points(0), "dashStyle": "SOLID"}
    widths = [found for word in words if (found := length(word)) is not None]
    shades = [shade for word in words if (shade := colour(word)) is not None]
    dash = "DOT" if "dotted" in words else "DASH" if "dashed" in words else "SOLID"
    black: Json = {"color": {"rgbColor": {}}}
    return {
        "color": shades[0] if shades else black,
        "width": points(widths[0] if widths else 1.0),
        "dashStyle": dash,
    }
