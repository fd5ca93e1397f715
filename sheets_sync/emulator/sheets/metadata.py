"""Requests on developer metadata.

Source: discovery document; the refusal of a taken id was seen with a real 400.
"""

from __future__ import annotations

from typing import Any

from .a1 import A1Error
from .book import Book
from .fields import covers, update_mask
from .metadatastore import Metadata, delete, found_by, place, read_all, read_one, write
from .refusals import Refusal
from .work import Body, Kind, Work, need


def create_metadata(work: Work, body: Body) -> Body:
    """Creates an item, with the asked id if one is given and free."""
    given = need(body, "developerMetadata")
    if not given.get("metadataKey"):
        raise Refusal("Developer metadata must have a key.")
    if given.get("visibility", "").endswith("UNSPECIFIED") or not given.get("visibility"):
        raise Refusal("Developer metadata must have a visibility.")
    kind, sheet, start = _checked_place(work.book, given.get("location") or {})
    item = Metadata(
        _number(work, given.get("metadataId")),
        given["metadataKey"],
        given.get("metadataValue"),
        given["visibility"],
        kind,
        sheet,
        start,
    )
    write(work.call.tx, work.book.id, item)
    return {"developerMetadata": item.answer()}


def _number(work: Work, asked: int | None) -> int:
    if asked is None or asked == 0:
        taken = {item.number for item in read_all(work.call.tx, work.book.id)}
        return next(number for number in iter(work.call.ids.int31, None) if number not in taken)
    if asked < 0:
        raise Refusal(f"Developer metadata ID [{asked}] must be positive.")
    if read_one(work.call.tx, work.book.id, asked) is not None:
        raise Refusal(
            f"Cannot add developer metadata with ID [{asked}] "
            "because developer metadata with that ID already exists."
        )
    return asked


def _checked_place(book: Book, location: dict[str, Any]) -> tuple[str, int | None, int | None]:
    kind, sheet, start = place(location)
    if not kind:
        raise Refusal("Developer metadata must have a location.")
    if sheet is not None:
        found = book.sheet(sheet)
        if kind in ("ROW", "COLUMN"):
            range_ = location["dimensionRange"]
            edge = found.row_count if kind == "ROW" else found.column_count
            first = int(range_.get("startIndex", 0))
            if int(range_.get("endIndex", first + 1)) != first + 1:
                raise Refusal("Developer metadata can only be added to a single row or column.")
            if not 0 <= first < edge:
                raise Refusal(f"location.dimensionRange.startIndex[{first}] is outside of the grid.")
    return kind, sheet, start


def _selected(work: Work, filters: list[Body]) -> list[Metadata]:
    items = read_all(work.call.tx, work.book.id)
    found: dict[int, Metadata] = {}
    for data_filter in filters:
        try:
            found.update({item.number: item for item in found_by(work.book, items, data_filter)})
        except A1Error:
            raise Refusal(f"Unable to parse range: {data_filter.get('a1Range')}") from None
    return list(found.values())


def update_metadata(work: Work, body: Body) -> Body:
    """Changes the listed fields of all items that the filters select; none selected changes nothing."""
    filters = body.get("dataFilters")
    if not filters:
        raise Refusal("At least one data filter must be specified.")
    mask = update_mask(body.get("fields"), "developerMetadata")
    given = body.get("developerMetadata", {})
    changed = []
    for item in _selected(work, filters):
        place_ = (item.kind, item.sheet, item.start)
        if covers(mask, "location") is not None and given.get("location"):
            place_ = _checked_place(work.book, given["location"])
        new = Metadata(
            item.number,
            given.get("metadataKey", item.key) if covers(mask, "metadataKey") is not None else item.key,
            given.get("metadataValue") if covers(mask, "metadataValue") is not None else item.value,
            given.get("visibility", item.visibility)
            if covers(mask, "visibility") is not None
            else item.visibility,
            *place_,
        )
        write(work.call.tx, work.book.id, new)
        changed.append(new.answer())
    return {"developerMetadata": changed} if changed else {}


def delete_metadata(work: Work, body: Body) -> Body:
    """Deletes all items that the filter selects and tells which they were."""
    selected = _selected(work, [need(body, "dataFilter")])
    for item in selected:
        delete(work.call.tx, work.book.id, item.number)
    return {"deletedDeveloperMetadata": [item.answer() for item in selected]} if selected else {}


KINDS: dict[str, Kind] = {
    "createDeveloperMetadata": create_metadata,
    "updateDeveloperMetadata": update_metadata,
    "deleteDeveloperMetadata": delete_metadata,
}
