"""Links in text: what sets and removes them, and how far they reach.

Source: discovery docs.v1 (TextStyle.link, Link.heading, Link.bookmark and their legacy fields). What stands
before a paragraph's start is no preceding text (assumed).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheets_sync.emulator.docs.masked import masked_update
from sheets_sync.emulator.docs.model import Json
from sheets_sync.emulator.docs.units import NEWLINE, STRUCTURE, Refused, Style, Unit

_COLOUR = {"color": {"rgbColor": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}}}
_LEGACY = {"headingId": "heading", "bookmarkId": "bookmark"}


def whole_link(wanted: Json, paths: list[list[str]], tab_id: str) -> tuple[Json, list[list[str]]]:
    """Put together what a mask says of a link: its target is one, so that a part of it replaces all of it.

    Raises Refused for a link without a target.
    """
    parts = [path[1:] for path in paths if path[0] == "link"]
    if not parts:
        return wanted, paths
    given = wanted.get("link")
    if given is not None and [] not in parts:
        given = {name: value for name, value in masked_update({}, given, parts).items() if value} or None
    if given == {}:
        raise Refused("A link must have a destination.")
    rest = [path for path in paths if path[0] != "link"]
    others = {name: value for name, value in wanted.items() if name != "link"}
    return others if given is None else {**others, "link": _canonical(given, tab_id)}, [*rest, ["link"]]


def _canonical(link: Json, tab_id: str) -> Json:
    """Write a target inside the document with its tab, by default that of the request."""
    for legacy, name in _LEGACY.items():
        if legacy in link:
            return {name: {"id": link[legacy], "tabId": tab_id}}
        if name in link:
            return {name: {"tabId": tab_id, **link[name]}}
    return link


def linked_span(units: Sequence[Unit], start: int, end: int) -> tuple[int, int]:
    """Widen a range by the rest of the links that it overlaps, within their paragraphs."""
    while start and _continues(units[start - 1], units[start]):
        start -= 1
    while end < len(units) and _continues(units[end - 1], units[end]):
        end += 1
    return start, end


def _continues(one: Unit, two: Unit) -> bool:
    return NEWLINE not in (one.char, two.char) and bool(
        one.style.get("link") and one.style["link"] == two.style.get("link")
    )


def preceding_style(units: Sequence[Unit], start: int) -> Style:
    """Give the style that text gets whose link is removed: the preceding text's, if that is no link."""
    before = units[start - 1] if start else None
    if before is None or before.char == NEWLINE or before.char in STRUCTURE or "link" in before.style:
        return {}
    return before.style


def relinked(style: Style, wanted: Json, paths: list[list[str]], preceding: Style) -> Json:
    """Give a style with its link set or removed, and the look that this entails, the other paths aside."""
    if "link" in wanted:
        tops = {path[0] for path in paths}
        look: Json = {"foregroundColor": _COLOUR, "underline": True}
        return {**style, "link": wanted["link"], **{k: v for k, v in look.items() if k not in tops}}
    return dict(preceding if "link" in style else style)


def shown_style(style: Style, only_tab: str | None) -> Json:
    """Write a text style as it is answered; in a document of one tab links inside it take the legacy form."""
    link: Any = style.get("link")
    if only_tab is None or not link:
        return dict(style)
    for legacy, name in _LEGACY.items():
        if link.get(name, {}).get("tabId") == only_tab:
            return {**style, "link": {legacy: link[name].get("id", "")}}
    return dict(style)
