"""Requests on charts and slicers, which are stored as they are given.

Source: discovery document for each kind. The default size of a chart is assumed.
"""

from __future__ import annotations

from .book import Sheet
from .fields import merge, update_mask
from .newbook import free_title
from .placed import each, find, ids
from .protojson import lean, with_colours
from .refusals import Refusal
from .work import Body, Kind, Work, need


def add_chart(work: Work, body: Body) -> Body:
    """Stores a chart on a sheet, or on a new sheet of its own."""
    given = need(body, "chart")
    return {"chart": _add_embedded(work, given, "charts", "chartId", "Chart")}


def add_slicer(work: Work, body: Body) -> Body:
    """Stores a slicer on a sheet."""
    given = need(body, "slicer")
    return {"slicer": _add_embedded(work, given, "slicers", "slicerId", "Slicer")}


_NO_OBJECT = "No object with id: {}"


def _embedded_ids(work: Work) -> set[int]:
    return ids(work, "charts", "chartId") | ids(work, "slicers", "slicerId")


def _add_embedded(work: Work, given: Body, name: str, key: str, what: str) -> Body:
    need(given, "spec")
    number = work.new_id(_embedded_ids(work), given.get(key), what)
    sheet, position = _placed(work, given.get("position") or {})
    item = with_colours({key: number, **given, "position": position}, work.book.theme())
    item[key] = number
    if name == "charts":
        item["spec"] = _completed(item["spec"])
    sheet.listed(name).append(item)
    shown: Body = lean(item)
    return shown


def _completed(spec: Body) -> Body:
    """Gives a chart the letters that it has when nothing else is said.

    Source: pygsheets' live tests read fontName Roboto from charts that were made without it.
    """
    title = {"fontFamily": "Roboto", **spec.get("titleTextFormat", {})}
    named = {"titleTextFormat": title} if spec.get("title") else {}
    return {"fontName": "Roboto", **spec, **named}


def _placed(work: Work, position: Body) -> tuple[Sheet, Body]:
    if position.get("newSheet"):
        sheet_id = work.new_id({each.sheet_id for each in work.book.sheets}, None, "Sheet")
        shape = {"sheetId": sheet_id, "title": free_title(work.book, "Chart"), "sheetType": "OBJECT"}
        return work.book.add_sheet(sheet_id, shape, len(work.book.sheets)), {"sheetId": sheet_id}
    if "sheetId" in position:
        return work.book.sheet(position["sheetId"]), position
    overlay = dict(position.get("overlayPosition") or {})
    anchor = overlay.get("anchorCell") or {}
    sheet = work.sheet(anchor)
    overlay["anchorCell"] = {"sheetId": sheet.sheet_id, **anchor}
    overlay.setdefault("widthPixels", 600)
    overlay.setdefault("heightPixels", 371)
    return sheet, {"overlayPosition": overlay}


def _embedded(work: Work, number: int) -> tuple[Sheet, Body, str]:
    for name, key in (("charts", "chartId"), ("slicers", "slicerId")):
        for sheet, item in each(work, name):
            if item.get(key) == number:
                sheet.changed = True
                return sheet, item, name
    raise Refusal(_NO_OBJECT.format(number))


def delete_embedded_object(work: Work, body: Body) -> None:
    """Deletes a chart or a slicer; a chart's own sheet goes with it."""
    sheet, item, name = _embedded(work, body.get("objectId", 0))
    sheet.listed(name).remove(item)
    if sheet.properties.get("sheetType") == "OBJECT":
        work.book.remove_sheet(sheet)


def update_embedded_position(work: Work, body: Body) -> Body:
    """Moves or resizes a chart or a slicer; the mask's paths start at the position over the cells.

    Source: discovery document, UpdateEmbeddedObjectPositionRequest.fields ("used only if overlayPosition is
    set").
    """
    sheet, item, name = _embedded(work, body.get("objectId", 0))
    position = need(body, "newPosition")
    if "overlayPosition" in position:
        mask = update_mask(body.get("fields"), "newPosition")
        mask = mask["overlayPosition"] if set(mask) == {"overlayPosition"} else mask
        given = position["overlayPosition"]
        over = dict((item.get("position") or {}).get("overlayPosition") or {})
        merge(over, given, {f: {} for f in given} if not mask or "*" in mask else mask)
        position = {"overlayPosition": over}
    target, placed = _placed(work, position)
    item["position"] = placed
    if target is not sheet:
        sheet.listed(name).remove(item)
        target.listed(name).append(item)
        if sheet.properties.get("sheetType") == "OBJECT":
            work.book.remove_sheet(sheet)
    return {"position": lean(placed, "position")}


def update_embedded_border(work: Work, body: Body) -> None:
    """Sets the border of a chart."""
    mask = update_mask(body.get("fields"), "border")
    _, item, _ = _embedded(work, body.get("objectId", 0))
    border = dict(item.get("border") or {})
    merge(border, with_colours(body.get("border", {}), work.book.theme()), mask)
    item["border"] = border


def update_chart_spec(work: Work, body: Body) -> None:
    """Replaces what a chart shows."""
    _, item = find(work, "charts", "chartId", body.get("chartId", 0), _NO_OBJECT)
    item["spec"] = _completed(with_colours(need(body, "spec"), work.book.theme()))


def update_slicer_spec(work: Work, body: Body) -> None:
    """Changes what a slicer filters."""
    mask = update_mask(body.get("fields"), "spec")
    _, item = find(work, "slicers", "slicerId", body.get("slicerId", 0), _NO_OBJECT)
    merge(item["spec"], with_colours(body.get("spec", {}), work.book.theme()), mask)


KINDS: dict[str, Kind] = {
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "addSlicer": add_slicer,
    "updateSlicerSpec": update_slicer_spec,
    "deleteEmbeddedObject": delete_embedded_object,
    "updateEmbeddedObjectPosition": update_embedded_position,
    "updateEmbeddedObjectBorder": update_embedded_border,
}
