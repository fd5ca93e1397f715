"""Requests on protected ranges and alternating colours.

Source: discovery document for each kind; recorded answers for protected ranges
(``requestingUserCanEdit: true`` whatever was asked, ``editors: {}`` where none was named).
"""

from __future__ import annotations

from .fields import merge, settable, update_mask
from .placed import find, ids, range_given, remove, update
from .protojson import lean, with_colours
from .refusals import Refusal
from .work import Body, Kind, Work, need


def add_protected_range(work: Work, body: Body) -> Body:
    """Protects a range or a whole sheet.

    An explicit id that exists is refused: ``already has sheet protection`` is quoted for a second protection
    of a whole sheet (google-api-python-client #1064).
    """
    given = dict(need(body, "protectedRange"))
    given["range"] = range_given(work, given)
    sheet = work.sheet(need(given, "range"))
    if len(set(given["range"]) - {"sheetId"}):
        work.book.box(given["range"])
    elif any(not set(item["range"]) - {"sheetId"} for item in sheet.seen("protectedRanges")):
        raise Refusal(f"{sheet.title} already has sheet protection.")
    number = work.new_id(
        ids(work, "protectedRanges", "protectedRangeId"), given.get("protectedRangeId"), "Protected range"
    )
    item: Body = {"protectedRangeId": number, "range": {"sheetId": sheet.sheet_id, **given["range"]}}
    for key in ("namedRangeId", "tableId", "description", "warningOnly", "unprotectedRanges"):
        if given.get(key):
            item[key] = given[key]
    item["requestingUserCanEdit"] = True
    item["editors"] = lean(given.get("editors", {}))
    sheet.listed("protectedRanges").append(item)
    return {"protectedRange": lean(item)}


_NO_PROTECTION = "No protected range with id: {}"
_SETTABLE = frozenset(
    ("range", "namedRangeId", "tableId", "description", "warningOnly", "unprotectedRanges", "editors")
)


def update_protected_range(work: Work, body: Body) -> None:
    """Changes a protected range."""
    mask = update_mask(body.get("fields"), "protectedRange")
    given = need(body, "protectedRange")
    sheet, item = find(
        work, "protectedRanges", "protectedRangeId", given.get("protectedRangeId", 0), _NO_PROTECTION
    )
    merge(item, given, settable(mask, _SETTABLE, given, kept=("range", "editors")))
    if "range" not in given and (given.get("namedRangeId") or given.get("tableId")):
        item["range"] = range_given(work, given)
    item.setdefault("editors", {})
    target = work.sheet(need(item, "range"))
    if target is not sheet:
        sheet.listed("protectedRanges").remove(item)
        target.listed("protectedRanges").append(item)


def delete_protected_range(work: Work, body: Body) -> None:
    """Takes a protection away. Source: the refusal is quoted (google-api-python-client #1064)."""
    remove(work, "protectedRanges", "protectedRangeId", body.get("protectedRangeId", 0), _NO_PROTECTION)


def add_banding(work: Work, body: Body) -> Body:
    """Adds alternating colours to a range; ranges with banding must not overlap."""
    given = need(body, "bandedRange")
    box = work.book.box(need(given, "range"))
    sheet = work.book.sheet(box.sheet_id)
    for other in sheet.seen("bandedRanges"):
        if work.book.box(other["range"]).meets(box):
            raise Refusal(
                "You cannot add alternating background colors to a range "
                "that already has alternating background colors."
            )
    if not (given.get("rowProperties") or given.get("columnProperties")):
        raise Refusal("Must specify rowProperties or columnProperties.")
    number = work.new_id(ids(work, "bandedRanges", "bandedRangeId"), given.get("bandedRangeId"), "Banding")
    item = with_colours({**given, "bandedRangeId": number}, work.book.theme())
    sheet.listed("bandedRanges").append(item)
    return {"bandedRange": lean(item)}


_NO_BANDING = "No banding with id: {}"


def update_banding(work: Work, body: Body) -> None:
    """Changes alternating colours."""
    given = need(body, "bandedRange")
    update(work, body, given, "bandedRanges", "bandedRangeId", _NO_BANDING, "bandedRange")


def delete_banding(work: Work, body: Body) -> None:
    """Removes alternating colours."""
    remove(work, "bandedRanges", "bandedRangeId", body.get("bandedRangeId", 0), _NO_BANDING)


KINDS: dict[str, Kind] = {
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
}
