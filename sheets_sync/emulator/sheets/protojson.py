"""How Google writes stored objects as JSON: what is left out, what is written twice.

Source: recorded answers. Unset, zero, false and empty fields are left out, except where the field is a member
of a union or a wrapper (indexes of ranges, members of ExtendedValue). A colour stands twice: ``xColor`` and
``xColorStyle.rgbColor``, its parts cut to 8 bits and written as 32-bit floats (0.5 → 0.49803922).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Any

_PRESENT = frozenset(
    (
        "startRowIndex",
        "endRowIndex",
        "startColumnIndex",
        "endColumnIndex",
        "startIndex",
        "endIndex",
        "numberValue",
        "stringValue",
        "boolValue",
        "dimensionIndex",
        "columnIndex",
        "bold",
        "italic",
        "strikethrough",
        "underline",
    )
)
_RANGE_KEYS = frozenset(("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex"))


@lru_cache(maxsize=1024)
def _part(value: float) -> float:
    cut = int(_single(max(0.0, min(1.0, value))) * 255) / 255
    if cut in (0.0, 1.0):
        return int(cut)
    single = _single(cut)
    for digits in range(1, 12):
        short = float(f"{single:.{digits}g}")
        if struct.pack("f", short) == struct.pack("f", single):
            return short
    return single


def _single(value: float) -> float:
    rounded: float = struct.unpack("f", struct.pack("f", value))[0]
    return rounded


def colour(value: dict[str, Any]) -> dict[str, Any]:
    """Writes a colour: parts cut to 8 bits, zero parts left out."""
    parts = {name: _part(float(value[name])) for name in ("red", "green", "blue") if value.get(name)}
    shown = {name: part for name, part in parts.items() if part}
    if "alpha" in value:
        shown["alpha"] = value["alpha"]
    return shown


def with_colours(value: Any, theme: dict[str, dict[str, Any]]) -> Any:
    """Completes an object in which colours are given once, as ``xColor`` or as ``xColorStyle``.

    ``theme`` gives the colours of the spreadsheet's theme by type. Where both are given the style wins.
    Source: discovery document ("If both are set, this field takes precedence").
    """
    if isinstance(value, list):
        return [with_colours(item, theme) for item in value]
    if not isinstance(value, dict):
        return value
    out: dict[str, Any] = {}
    for key, inner in value.items():
        if (
            (key.endswith("Color") or key == "color")
            and key != "rgbColor"
            and isinstance(inner, dict)
            and "rgbColor" not in inner
        ):
            style = f"{key}Style"
            if style not in value:
                out[key] = colour(inner)
                out[style] = {"rgbColor": colour(inner)}
        elif key.endswith("olorStyle") and isinstance(inner, dict):
            plain = key.removesuffix("Style")
            if "themeColor" not in inner and "rgbColor" not in inner:
                continue
            if "themeColor" in inner:
                out[plain] = dict(theme.get(inner["themeColor"], {}))
                out[key] = dict(inner)
            else:
                out[plain] = colour(inner.get("rgbColor", {}))
                out[key] = {"rgbColor": colour(inner.get("rgbColor", {}))}
        else:
            out[key] = with_colours(inner, theme)
    return out


def lean(value: Any, name: str = "") -> Any:
    """Leaves out what proto3 JSON leaves out; an object that becomes empty stays as ``{}``."""
    if isinstance(value, list):
        return [lean(item) for item in value]
    if not isinstance(value, dict):
        return value
    located = name in ("metadataLocation", "location", "position", "newPosition", "properties")
    out = {}
    for key, inner in value.items():
        if inner is None or inner == "" or inner == []:
            if key in _PRESENT and inner == "":
                out[key] = inner
            continue
        if inner is False or (inner == 0 and not isinstance(inner, bool) and isinstance(inner, int | float)):
            if (key in _PRESENT and not (key == "columnIndex" and "rowIndex" in value)) or (
                key == "sheetId" and located
            ):
                out[key] = inner
            continue
        if isinstance(inner, str) and inner.endswith("_UNSPECIFIED"):
            continue
        out[key] = lean(inner, key)
    return out
