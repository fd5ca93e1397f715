"""Formats of cells as CSS classes of one style block, because the pages allow no inline styles."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
_HORIZONTAL = {"LEFT": "left", "CENTER": "center", "RIGHT": "right"}
_FAMILIES = {
    "times new roman": "'Times New Roman','Liberation Serif',serif",
    "georgia": "Georgia,serif",
    "courier new": "'Courier New','Liberation Mono',monospace",
    "roboto mono": "'Roboto Mono',monospace",
    "roboto": "Roboto,sans-serif",
    "verdana": "Verdana,'DejaVu Sans',sans-serif",
    "calibri": "Calibri,Carlito,sans-serif",
    "comic sans ms": "'Comic Sans MS',cursive",
}
_VERTICAL = {"TOP": "top", "MIDDLE": "middle", "BOTTOM": "bottom"}


class StyleBook:
    """Gives every distinct list of CSS declarations a class name and writes them all out."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, declarations: str) -> str:
        """Return the class of some declarations; an empty name for none."""
        if not declarations:
            return ""
        return self._names.setdefault(declarations, f"s{len(self._names)}")

    def text(self) -> str:
        """Return the style block's text."""
        return "\n".join(
            f".sheet-page .{name}{{{declarations}}}" for declarations, name in self._names.items()
        )


def declarations(cell: Json) -> str:
    """Return CSS for a cell as spreadsheets.get shows it: colours, font, alignment, borders, wrapping.

    Only numbers and words chosen here are written, so that no text of a cell reaches the style block.
    """
    shown = cell.get("effectiveFormat") or cell.get("userEnteredFormat") or {}
    font = shown.get("textFormat", {})
    parts = [
        _colour("background", shown, "backgroundColor", "#ffffff"),
        _colour("color", font, "foregroundColor", "#000000"),
        "font-weight:600" if font.get("bold") else "",
        "font-style:italic" if font.get("italic") else "",
        _lines(font),
        f"font-size:{_number(font['fontSize'])}pt" if font.get("fontSize", 10) != 10 else "",
        _family(font),
        _turned(shown.get("textRotation", {})),
        f"text-align:{_alignment(cell)}",
        f"vertical-align:{_VERTICAL.get(shown.get('verticalAlignment', ''), 'bottom')}",
        "white-space:pre-wrap" if shown.get("wrapStrategy") == "WRAP" else "",
        *_borders(shown.get("borders", {})),
    ]
    return ";".join(part for part in parts if part)


def css_colour(colour: Json) -> str:
    """Return #rrggbb of a Color of the API, whose parts run from 0 to 1."""
    parts = (colour.get(name, 0) for name in ("red", "green", "blue"))
    return "#" + "".join(f"{max(0, min(255, round(255 * float(part)))):02x}" for part in parts)


def _colour(name: str, holder: Json, field: str, default: str) -> str:
    colour = holder.get(f"{field}Style", {}).get("rgbColor", holder.get(field))
    if colour is None:
        return ""
    text = css_colour(colour)
    return "" if text == default else f"{name}:{text}"


def _family(font: Json) -> str:
    """Return the font of a few known names; a name that is not listed stays out of the style block."""
    found = _FAMILIES.get(str(font.get("fontFamily", "")).casefold())
    return f"font-family:{found}" if found else ""


def _turned(rotation: Json) -> str:
    """Return how letters run upwards or downwards; slanting ones are shown lying.

    Source: discovery document, TextRotation (angle from -90 to 90, vertical).
    """
    angle = rotation.get("angle", 0)
    if rotation.get("vertical"):
        return "writing-mode:vertical-rl;text-orientation:upright"
    return {90: "writing-mode:sideways-lr", -90: "writing-mode:vertical-rl"}.get(angle, "")


def _lines(font: Json) -> str:
    lines = [
        word
        for field, word in (("underline", "underline"), ("strikethrough", "line-through"))
        if font.get(field)
    ]
    return f"text-decoration:{' '.join(lines)}" if lines else ""


def _alignment(cell: Json) -> str:
    entered = cell.get("userEnteredFormat", {}).get("horizontalAlignment")
    if entered in _HORIZONTAL:
        return _HORIZONTAL[entered]
    if cell.get("dataValidation", {}).get("condition", {}).get("type") == "BOOLEAN":
        return "center"
    value = cell.get("effectiveValue") or cell.get("userEnteredValue") or {}
    if "numberValue" in value:
        return "right"
    return "center" if "boolValue" in value or "errorValue" in value else "left"


def _borders(borders: Json) -> list[str]:
    drawn = []
    for side in ("top", "right", "bottom", "left"):
        border = borders.get(side, {})
        kind = border.get("style", "NONE")
        if kind in ("NONE", "STYLE_UNSPECIFIED"):
            continue
        width = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}.get(kind, 1)
        line = {"DOTTED": "dotted", "DASHED": "dashed", "DOUBLE": "double"}.get(kind, "solid")
        colour = border.get("colorStyle", {}).get("rgbColor", border.get("color", {}))
        drawn.append(f"border-{side}:{width}px {line} {css_colour(colour)}")
    return drawn


def _number(value: float) -> float:
    return max(6, min(72, float(value)))
