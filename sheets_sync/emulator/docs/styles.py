"""Styles of text and paragraphs: updates by field mask and what a style comes to after inheritance.

Source: discovery docs.v1 (UpdateTextStyleRequest, UpdateParagraphStyleRequest, TextStyle, ParagraphStyle,
NamedStyle).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheets_sync.emulator.docs import columns, defaults, links
from sheets_sync.emulator.docs.masked import fields_of, mask_paths, masked_update, normalised
from sheets_sync.emulator.docs.model import BODY, Json, Tab, restyled, units_of
from sheets_sync.emulator.docs.textedit import check_range
from sheets_sync.emulator.docs.units import (
    NEWLINE,
    SECTION,
    STRUCTURE,
    Refused,
    Style,
    Unit,
    in_table,
    paragraph_end,
    paragraph_ends,
    paragraph_start,
)

_READ_ONLY = ("headingId", "tabStops")


def _named(tab: Tab, kind: str) -> Json:
    return next((style for style in tab.named_styles if style["namedStyleType"] == kind), tab.named_styles[0])


def resolved_text_style(tab: Tab, kind: str, explicit: Style) -> Json:
    """Give a text style with everything inherited: normal text, then the named style, then the explicit
    fields.
    """
    return {**tab.named_styles[0]["textStyle"], **_named(tab, kind)["textStyle"], **explicit}


def resolved_paragraph_style(tab: Tab, explicit: Style) -> Json:
    """Give a paragraph style with everything inherited."""
    kind = explicit.get("namedStyleType", "NORMAL_TEXT")
    return {**tab.named_styles[0]["paragraphStyle"], **_named(tab, kind)["paragraphStyle"], **explicit}


def _checked_font(style: Json) -> Json:
    font = style.get("weightedFontFamily")
    if font is None:
        return style
    if not font.get("fontFamily"):
        raise Refused("weighted_font_family.font_family must be set with a non-empty value.")
    weight = font.get("weight", 400)
    if weight % 100 or not 100 <= weight <= 900:
        raise Refused("weighted_font_family.weight must be a multiple of 100 between 100 and 900.")
    return {**style, "weightedFontFamily": {"fontFamily": font["fontFamily"], "weight": weight}}


def _inheriting(tab: Tab, kind: str, style: Json) -> Json:
    """Leave out what equals the parent's value. Source: UpdateTextStyleRequest.textStyle."""
    parent = resolved_text_style(tab, kind, {})
    return {name: value for name, value in style.items() if parent.get(name) != value}


def update_text_style(tab: Tab, segment: str, start: int, end: int, given: Style, fields: str | None) -> Tab:
    """Style the text in [start, end); the bullet of a list paragraph that lies wholly inside is styled too.

    The range takes in the newline of a paragraph whose whole text it covers (the documentation says that it
    may); a newline is no link.
    """
    check_range(tab, segment, start, end)
    named = mask_paths(fields, "TextStyle")
    wanted, paths = links.whole_link(_checked_font(normalised(given)), named, tab.tab_id)
    if "link" in wanted:
        tab = _retargeted(tab, segment, start, end, wanted["link"])
    units = units_of(tab, segment)
    end = _with_newline(units, start, end)
    preceding = links.preceding_style(units, start)
    changes_link = ["link"] in paths
    rest = [path for path in paths if path != ["link"]]
    cache: dict[tuple[int, str, bool], Json] = {}
    changed: list[Unit] = []
    for index in range(start, end):
        unit = units[index]
        if unit.char in STRUCTURE:
            changed.append(unit)
            continue
        kind = _kind_at(units, index)
        key = (id(unit.style), kind, unit.char == NEWLINE)
        if key not in cache:
            style: Style = unit.style
            if changes_link and unit.char != NEWLINE:
                style = links.relinked(style, wanted, paths, preceding)
            cache[key] = _inheriting(tab, kind, masked_update(style, wanted, rest))
        changed.append(_bullet_styled(unit._replace(style=cache[key]), units, index, start, wanted, rest))
    return restyled(tab, segment, start, tuple(changed))


def _retargeted(tab: Tab, segment: str, start: int, end: int, link: Json) -> Tab:
    """Point the links that a range overlaps to a new target, whole."""
    units = units_of(tab, segment)
    first, last = links.linked_span(units, start, end)
    kept = range(start, end)
    changed = tuple(
        units[index] if index in kept else units[index]._replace(style={**units[index].style, "link": link})
        for index in range(first, last)
    )
    return restyled(tab, segment, first, changed)


def _with_newline(units: tuple[Unit, ...], start: int, end: int) -> int:
    if units[end - 1].char in STRUCTURE or end >= len(units) or units[end].char != NEWLINE:
        return end
    return end + 1 if start <= paragraph_start(units, end) < end else end


def _kind_at(units: tuple[Unit, ...], index: int) -> str:
    mark = units[paragraph_end(units, index)].mark or {}
    return str(mark.get("paragraphStyle", {}).get("namedStyleType", "NORMAL_TEXT"))


def _bullet_styled(
    unit: Unit, units: tuple[Unit, ...], index: int, start: int, wanted: Json, paths: list[list[str]]
) -> Unit:
    if unit.char != NEWLINE or unit.mark is None or "bullet" not in unit.mark:
        return unit
    if paragraph_start(units, index) < start:
        return unit
    bullet = unit.mark["bullet"]
    style = masked_update(bullet.get("textStyle", {}), wanted, paths)
    return unit._replace(mark={**unit.mark, "bullet": {**bullet, "textStyle": style}})


def update_paragraph_style(
    tab: Tab, segment: str, start: int, end: int, given: Style, fields: str | None
) -> Tab:
    """Style all paragraphs that overlap [start, end).

    A change of the named style comes first and drops the explicit properties that the new named style sets
    itself (assumed).
    """
    check_range(tab, segment, start, end)
    paths = mask_paths(fields, "ParagraphStyle")
    named = {path[0] for path in paths}
    for name in _READ_ONLY:
        if name in named and fields != "*":
            raise Refused(f"Field {name} is read-only.")
    paths = [path for path in paths if path[0] not in _READ_ONLY]
    units = units_of(tab, segment)
    wanted = normalised(given)
    _check_borders(wanted, paths)
    if wanted.get("pageBreakBefore") and (segment != BODY or in_table(units, start)):
        raise Refused("Page break before cannot be set in a table, header, footer or footnote.")
    changed = list(units)
    for newline in paragraph_ends(units, start, end):
        mark = units[newline].mark or {}
        style = _paragraph_updated(tab, mark.get("paragraphStyle", {}), wanted, paths)
        changed[newline] = units[newline]._replace(mark={**mark, "paragraphStyle": style})
    return restyled(tab, segment, 0, tuple(changed))


def _check_borders(wanted: Json, paths: list[list[str]]) -> None:
    """Refuse a border in part. Source: ParagraphStyle.border* ("cannot be partially updated")."""
    for path in paths:
        if not path[0].startswith("border"):
            continue
        given = wanted.get(path[0])
        if path[1:] or (given is not None and not fields_of("ParagraphBorder") <= given.keys()):
            raise Refused(f"{path[0]}: a paragraph border must be specified in its entirety.")


def _paragraph_updated(tab: Tab, current: Style, wanted: Json, paths: list[list[str]]) -> Json:
    base: Json = dict(current)
    new_kind = wanted.get("namedStyleType", "NORMAL_TEXT")
    if ["namedStyleType"] in paths and new_kind != base.get("namedStyleType"):
        own = _named(tab, new_kind)["paragraphStyle"]
        base = {k: v for k, v in base.items() if k not in own or k in ("direction", "headingId")}
        base["namedStyleType"] = new_kind
    rest = [path for path in paths if path != ["namedStyleType"]]
    result = masked_update(base, wanted, rest)
    result.setdefault("namedStyleType", "NORMAL_TEXT")
    result.setdefault("direction", "LEFT_TO_RIGHT")
    return result


def update_document_style(tab: Tab, given: Style, fields: str | None) -> Tab:
    """Change the DocumentStyle; header and footer ids are read-only.

    Source: UpdateDocumentStyleRequest; a page margin set here clears that margin on all sections
    (DocumentStyle.margin*).
    """
    paths = _writable(mask_paths(fields, "DocumentStyle"), fields)
    style = masked_update(tab.style, normalised(given), paths)
    named = {path[0] for path in paths}
    if named & {"marginHeader", "marginFooter"}:
        style["useCustomHeaderFooterMargins"] = True
    margins = named & {"marginTop", "marginBottom", "marginLeft", "marginRight"}
    units = tuple(
        unit._replace(mark={k: v for k, v in (unit.mark or {}).items() if k not in margins})
        if unit.char == SECTION
        else unit
        for unit in tab.segments[BODY]
    )
    return restyled(replace(tab, style=style), BODY, 0, units)


def update_section_style(tab: Tab, start: int, end: int, given: Style, fields: str | None) -> Tab:
    """Change the SectionStyle of the sections that overlap [start, end).

    Source: UpdateSectionStyleRequest.
    """
    check_range(tab, BODY, start, end)
    paths = _writable(mask_paths(fields, "SectionStyle"), fields)
    wanted = columns.settable(normalised(given))
    for path in paths:
        if path[0] not in wanted and fields != "*":
            raise Refused(f"Field {path[0]} of a section style cannot be unset.")
    units = list(tab.segments[BODY])
    starts = [index for index, unit in enumerate(units) if unit.char == SECTION]
    for begin, following in zip(starts, [*starts[1:], len(units)], strict=True):
        if begin < end and start < following:
            mark = masked_update(units[begin].mark or {}, wanted, [p for p in paths if p[0] in wanted])
            units[begin] = units[begin]._replace(mark=mark)
    tops = {path[0] for path in paths}
    if tops & {"marginHeader", "marginFooter"}:
        tab = replace(tab, style={**tab.style, "useCustomHeaderFooterMargins": True})
    return restyled(tab, BODY, 0, tuple(units))


def _writable(paths: list[list[str]], fields: str | None) -> list[list[str]]:
    read_only = {n for n in fields_of("DocumentStyle") if n.endswith(("HeaderId", "FooterId"))}
    read_only |= {"useCustomHeaderFooterMargins", "sectionType"}
    for path in paths:
        if path[0] in read_only and fields != "*":
            raise Refused(f"Field {path[0]} is read-only.")
    return [path for path in paths if path[0] not in read_only]


def update_named_style(tab: Tab, given: Style, fields: str | None) -> Tab:
    """Change one named style.

    Source: UpdateNamedStyleRequest (`namedStyleType` must be named in the mask).
    """
    paths = mask_paths(fields, "NamedStyle")
    kind: Any = given.get("namedStyleType")
    if not kind or kind == "NAMED_STYLE_TYPE_UNSPECIFIED":
        raise Refused("The named style type must be specified.")
    if ["namedStyleType"] not in paths:
        raise Refused("The field named_style_type must be listed in 'fields'.")
    wanted = normalised(given)
    paths = [path for path in paths if path != ["namedStyleType"]]
    for path in paths:
        if path[0] == "paragraphStyle" and path[1:2] and path[1] in _READ_ONLY:
            raise Refused(f"Field {path[1]} is read-only.")
    wanted = _writable_named(wanted)
    _check_borders(
        wanted.get("paragraphStyle", {}), [p[1:] for p in paths if p[0] == "paragraphStyle" and p[1:]]
    )
    if ["paragraphStyle"] in paths:
        _check_borders(
            wanted.get("paragraphStyle", {}), [[name] for name in wanted.get("paragraphStyle", {})]
        )
    styles = [
        _named_updated(style, wanted, _without_parents(paths)) if style["namedStyleType"] == kind else style
        for style in tab.named_styles
    ]
    return replace(tab, named_styles=styles)


def _writable_named(given: Json) -> Json:
    """Leave out of a whole paragraph style what cannot be set."""
    if "paragraphStyle" not in given:
        return given
    kept = {name: value for name, value in given["paragraphStyle"].items() if name not in _READ_ONLY}
    return {**given, "paragraphStyle": kept}


def _without_parents(paths: list[list[str]]) -> list[list[str]]:
    """Drop a message that is named beside fields of it: those alone are updated.

    Source: UpdateNamedStyleRequest.fields (its examples name both `text_style` and `text_style.bold`).
    """
    return [path for path in paths if not any(other[:-1] == path for other in paths)]


def _named_updated(style: Json, wanted: Json, paths: list[list[str]]) -> Json:
    changed = masked_update(style, wanted, paths)
    changed["textStyle"] = _checked_font(changed.get("textStyle", {}))
    paragraph = {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT"}
    changed["paragraphStyle"] = {**paragraph, **changed.get("paragraphStyle", {})}
    if style["namedStyleType"] == "NORMAL_TEXT":  # it has no parent that its fields could come from
        base = defaults.named_styles()[0]
        changed = {
            **changed,
            **{part: {**base[part], **changed[part]} for part in ("textStyle", "paragraphStyle")},
        }
    return changed
