"""Objects that a sheet keeps as they are given: found, changed and removed by their ids."""

from __future__ import annotations

from collections.abc import Iterator

from .book import Sheet
from .fields import merge, update_mask
from .protojson import with_colours
from .refusals import Refusal
from .work import Body, Work, need


def each(work: Work, name: str) -> Iterator[tuple[Sheet, Body]]:
    """Gives every object of a kind with the sheet that holds it."""
    for sheet in work.book.sheets:
        for item in sheet.seen(name):
            yield sheet, item


def find(work: Work, name: str, key: str, number: int, refusal: str) -> tuple[Sheet, Body]:
    """Returns an object by its id, for changing, with its sheet.

    Raises:
        Refusal: there is none; ``refusal`` is the text with a place for the id.
    """
    for sheet, item in each(work, name):
        if item.get(key) == number:
            sheet.changed = True
            return sheet, item
    raise Refusal(refusal.format(number))


def ids(work: Work, name: str, key: str) -> set[int]:
    """Returns the ids of all objects of a kind."""
    return {int(item[key]) for _, item in each(work, name)}


def remove(work: Work, name: str, key: str, number: int, refusal: str) -> None:
    """Deletes an object by its id."""
    sheet, item = find(work, name, key, number, refusal)
    sheet.listed(name).remove(item)


def range_given(work: Work, given: Body) -> Body:
    """Returns the range of an object, or the one that the named range or the table behind it has.

    Raises:
        Refusal: none is given, or nothing has that id. Source: discovery document, ProtectedRange,
            BasicFilter and FilterView (namedRangeId, tableId); the texts are assumed.
    """
    if given.get("namedRangeId") and "range" not in given:
        for named in work.book.named_ranges:
            if named["namedRangeId"] == given["namedRangeId"]:
                return dict(named["range"])
        raise Refusal(f"No named range with id: {given['namedRangeId']}")
    if given.get("tableId") and "range" not in given:
        for _, table in each(work, "tables"):
            if table["tableId"] == given["tableId"]:
                return dict(table["range"])
        raise Refusal(f"No table with id: {given['tableId']}")
    found: Body = need(given, "range")
    return found


def update(
    work: Work, body: Body, given: Body, name: str, key: str, refusal: str, root: str
) -> tuple[Sheet, Body]:
    """Changes the listed fields of an object that is named by its id in the given one."""
    mask = update_mask(body.get("fields"), root)
    sheet, item = find(work, name, key, given.get(key, 0), refusal)
    if "*" in mask:
        mask = {field: {} for field in {*given, *item} - {key}}
        mask = {f: {} for f in mask if f in given or f not in ("range", "position", "spec")}
    merge(item, with_colours(given, work.book.theme()), mask)
    return sheet, item
