"""Requests on the basic filter and filter views; which rows a filter hides.

Source: discovery document, BasicFilter, FilterView, FilterCriteria; recorded answers for setBasicFilter.
"""

from __future__ import annotations

from collections.abc import Mapping

from .book import Sheet
from .conditions import Conditions, Place, check_condition
from .grid import Row
from .placed import find, ids, range_given, remove, update
from .protojson import lean, with_colours
from .rendering import Renderer
from .sorting import coloured, sort_box, stored_rows
from .spreadsheets import calculation
from .work import Body, Kind, Work, need


def set_basic_filter(work: Work, body: Body) -> None:
    """Sets the sheet's basic filter and hides the rows that it filters out."""
    given = need(body, "filter")
    range_ = _range(work, given)
    box = work.book.box(range_)
    sheet = work.book.sheet(box.sheet_id)
    stored = with_colours({**_both_ways(given), "range": _filter_range(sheet, range_)}, work.book.theme())
    sheet.objects["basicFilter"] = stored
    sheet.changed = True
    apply_basic_filter(work, sheet, stored)


def _range(work: Work, given: Body) -> Body:
    """Returns the range of a basic filter: a table's, or the given one, which may be empty for sheet 0."""
    return range_given(work, given) if given.get("tableId") else given.get("range") or {}


def _both_ways(given: Body) -> Body:
    """Writes the criteria both as the map ``criteria`` and as the list ``filterSpecs``, which wins.

    Source: discovery document (criteria is deprecated in favour of filterSpecs, which takes precedence);
    pygsheets' live tests read both back whichever was sent.
    """
    specs = given.get("filterSpecs") or [
        {"columnIndex": int(key), "filterCriteria": item} for key, item in given.get("criteria", {}).items()
    ]
    for item in specs:
        if "condition" in item.get("filterCriteria", {}):
            check_condition(item["filterCriteria"]["condition"])
    if not specs:
        return given
    listed = {str(item.get("columnIndex", 0)): item.get("filterCriteria", {}) for item in specs}
    return {**given, "filterSpecs": specs, "criteria": listed}


def _filter_range(sheet: Sheet, range_: Body) -> Body:
    full = {
        "sheetId": sheet.sheet_id,
        "startRowIndex": 0,
        "endRowIndex": sheet.row_count,
        "startColumnIndex": 0,
        "endColumnIndex": sheet.column_count,
    }
    return {**full, **range_}


def clear_basic_filter(work: Work, body: Body) -> None:
    """Removes the sheet's basic filter and shows the rows again."""
    sheet = work.sheet(body)
    sheet.objects.pop("basicFilter", None)
    sheet.changed = True
    for index, properties in sheet.grid.propertied_rows(0, sheet.row_count):
        if "hiddenByFilter" in properties:
            del sheet.grid.writable(index).properties["hiddenByFilter"]


def apply_basic_filter(work: Work, sheet: Sheet, stored: Body) -> None:
    """Hides the rows below the header that the criteria filter out, and sorts by the filter's sort order."""
    box = work.book.box(stored["range"])
    body = box.__class__(box.sheet_id, box.top + 1, box.bottom, box.left, box.right)
    if stored.get("sortSpecs") and body.height > 0:
        sort_box(work, sheet, body, stored["sortSpecs"])
    criteria = {int(key): item for key, item in stored.get("criteria", {}).items()}
    renderer = Renderer(work.book, calculation(work.call, work.book))
    conditions = Conditions(renderer, work.call.now)
    for index, row in stored_rows(sheet, body):
        shown = passes(renderer, conditions, sheet, (index, body.top), row, criteria)
        if shown == bool(row.properties.get("hiddenByFilter")):
            properties = sheet.grid.writable(index).properties
            properties.pop("hiddenByFilter", None)
            if not shown:
                properties["hiddenByFilter"] = True


def passes(
    renderer: Renderer,
    conditions: Conditions,
    sheet: Sheet,
    rows: tuple[int, int],
    row: Row,
    criteria: Mapping[int, Body],
) -> bool:
    """Tells whether a row fits all criteria by column; ``rows`` are its index and the first filtered one."""
    return all(
        _shows(
            renderer,
            conditions,
            Place(sheet, rows[0], column),
            Place(sheet, rows[1], column),
            item,
            row.cells.get(column, {}),
        )
        for column, item in criteria.items()
    )


def _shows(
    renderer: Renderer, conditions: Conditions, place: Place, origin: Place, criteria: Body, cell: Body
) -> bool:
    if renderer.text(*place, cell) in criteria.get("hiddenValues", []):
        return False
    if not coloured(renderer, cell, criteria, "visibleBackgroundColor", "visibleForegroundColor"):
        return False
    condition = criteria.get("condition")
    return condition is None or conditions.holds(condition, place, origin, cell)


def add_filter_view(work: Work, body: Body) -> Body:
    """Adds a filter view; without a title it is numbered."""
    given = need(body, "filter")
    range_ = range_given(work, given)
    sheet = work.book.sheet(work.book.box(range_).sheet_id)
    number = work.new_id(ids(work, "filterViews", "filterViewId"), given.get("filterViewId"), "Filter view")
    item = with_colours({**_both_ways(given), "filterViewId": number}, work.book.theme())
    item.setdefault("title", f"Filter {len(sheet.seen('filterViews')) + 1}")
    item["range"] = _filter_range(sheet, range_)
    sheet.listed("filterViews").append(item)
    return {"filter": lean(item)}


_NO_VIEW = "No filter view with id: {}"


def update_filter_view(work: Work, body: Body) -> None:
    """Changes a filter view."""
    given = need(body, "filter")
    sheet, item = update(work, body, given, "filterViews", "filterViewId", _NO_VIEW, "filter")
    if "range" not in given and (given.get("namedRangeId") or given.get("tableId")):
        item["range"] = _filter_range(sheet, range_given(work, given))
    changed = "filterSpecs" if "filterSpecs" in given else "criteria"
    item.update(_both_ways({changed: item[changed]} if changed in item else {}))


def delete_filter_view(work: Work, body: Body) -> None:
    """Deletes a filter view."""
    remove(work, "filterViews", "filterViewId", body.get("filterId", 0), _NO_VIEW)


def duplicate_filter_view(work: Work, body: Body) -> Body:
    """Copies a filter view. Source: discovery document; the title is assumed."""
    sheet, item = find(work, "filterViews", "filterViewId", body.get("filterId", 0), _NO_VIEW)
    number = work.new_id(ids(work, "filterViews", "filterViewId"), None, "Filter view")
    new = {**item, "filterViewId": number, "title": f"Copy of {item.get('title', '')}"}
    sheet.listed("filterViews").append(new)
    return {"filter": lean(new)}


KINDS: dict[str, Kind] = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "updateFilterView": update_filter_view,
    "deleteFilterView": delete_filter_view,
    "duplicateFilterView": duplicate_filter_view,
}
