"""Columns of a section: how many there may be, and how wide they come out.

Source: discovery docs.v1 (SectionStyle.columnProperties: at most 3; SectionColumnProperties.width is output
only; margins of a section default to the document's). That columns share the text's width evenly, less
their paddings, is assumed from columns made in the editor.
"""

from __future__ import annotations

from sheets_sync.emulator.docs.defaults import points
from sheets_sync.emulator.docs.model import Json
from sheets_sync.emulator.docs.units import Refused, Style

_MOST = 3


def settable(style: Json) -> Json:
    """Give a section style without what is output only of its columns; no columns at all is no value.

    Raises Refused for too many columns.
    """
    if "columnProperties" not in style:
        return style
    columns = [
        {name: value for name, value in column.items() if name != "width"}
        for column in style["columnProperties"]
    ]
    if len(columns) > _MOST:
        raise Refused(f"A section can have at most {_MOST} columns.")
    rest = {name: value for name, value in style.items() if name != "columnProperties"}
    return {**rest, "columnProperties": columns} if columns else rest


def with_widths(section: Style, document: Style) -> Json:
    """Give a section style with the width of each of its columns."""
    columns = section.get("columnProperties")
    if not columns:
        return dict(section)
    size = document.get("pageSize", {})
    flipped = section.get("flipPageOrientation", document.get("flipPageOrientation"))
    margins = sum(_length(section.get(side, document.get(side))) for side in ("marginLeft", "marginRight"))
    text = _length(size.get("height" if flipped else "width")) - margins
    width = (text - sum(_length(column.get("paddingEnd")) for column in columns)) / len(columns)
    shown = [{"width": points(round(max(width, 0), 4)), **column} for column in columns]
    return {**section, "columnProperties": shown}


def _length(dimension: Json | None) -> float:
    return float((dimension or {}).get("magnitude", 0))
