"""The methods spreadsheets.create, get, getByDataFilter and developerMetadata.get, search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import create_file, require_file
from sheets_sync.emulator.wire import invalid_argument, not_found, unimplemented

from .a1 import A1Error, Area
from .book import Book, area_of
from .calculation import Calculation
from .gridinput import put_grid_data
from .metadata import create_metadata
from .metadatastore import found_by, place, read_all, read_one
from .newbook import (
    book_properties,
    check_title_free,
    choose_sheet_id,
    free_title,
    insert_book,
    sheet_shape,
)
from .protojson import with_colours
from .refusals import Refusal
from .view import spreadsheet
from .work import Work

MIME_TYPE = "application/vnd.google-apps.spreadsheet"


def open_book(call: Call) -> Book:
    """Opens the spreadsheet that the call names.

    Raises:
        ApiError: 404 in Google's words where it is missing or no spreadsheet, 403 where access is refused.
    """
    book_id = str(call.params["spreadsheetId"])
    require_file(call, book_id, MIME_TYPE, service="sheets")
    try:
        return Book(call.tx, book_id)
    except KeyError:
        raise not_found() from None


def calculation(call: Call, book: Book) -> Calculation:
    """Returns the evaluator of the spreadsheet's formulas at the call's time."""
    return Calculation(book, call.now)


def create(call: Call) -> dict[str, Any]:
    """Creates a spreadsheet with the given properties, sheets, named ranges and metadata.

    Source: discovery document, spreadsheets.create; the untitled name is Google's.
    """
    given = call.body
    title = given.get("properties", {}).get("title") or "Untitled spreadsheet"
    row = create_file(call, MIME_TYPE, title)
    properties = book_properties(title, given.get("properties"))
    book = insert_book(call.tx, row.id, properties)
    try:
        _add_sheets(call, book, given)
        book.check_size()
    except Refusal as refusal:
        raise invalid_argument(f"Invalid value: {refusal}") from None
    book.save()
    return spreadsheet(book, calculation(call, book), call.workspace.base_url, call.now, mask=call.mask)


def _add_sheets(call: Call, book: Book, given: dict[str, Any]) -> None:
    sheets = given.get("sheets") or [{"properties": {"title": "Sheet1", "sheetId": 0}}]
    asked = {item.get("properties", {}).get("sheetId") for item in sheets}
    for index, item in enumerate(sheets):
        wanted = item.get("properties", {})
        number = wanted.get("sheetId")
        if number is None and index == 0 and 0 not in asked:
            number = 0
        sheet_id = choose_sheet_id(book, number, call.ids.int31)
        title = wanted.get("title") or free_title(book, "Sheet")
        check_title_free(book, title)
        sheet = book.add_sheet(sheet_id, sheet_shape(wanted, sheet_id, title, book.theme()), index)
        for part in item.get("data", []):
            put_grid_data(book, sheet, part)
        for key, value in item.items():
            if key not in ("properties", "data", "developerMetadata"):
                sheet.objects[key] = with_colours(_numbered(call, key, value), book.theme())
        _add_metadata(call, book, item, {"sheetId": sheet_id})
    for named in given.get("namedRanges", []):
        book.named_ranges.append({"namedRangeId": str(call.ids.int31()), **named})
    _add_metadata(call, book, given, {"spreadsheet": True})


_ID_OF = {
    "charts": "chartId",
    "slicers": "slicerId",
    "bandedRanges": "bandedRangeId",
    "filterViews": "filterViewId",
    "protectedRanges": "protectedRangeId",
}


def _numbered(call: Call, kind: str, value: Any) -> Any:
    """Gives the objects of a new sheet the ids that they lack."""
    name = _ID_OF.get(kind)
    if name is None:
        return value
    return [item if name in item else {name: call.ids.int31(), **item} for item in value]


def _add_metadata(call: Call, book: Book, holder: dict[str, Any], location: dict[str, Any]) -> None:
    for item in holder.get("developerMetadata", []):
        create_metadata(Work(call, book), {"developerMetadata": {"location": location, **item}})


def refuse_comments(mode: str | None) -> None:
    """Refuses by name the views that show comments.

    Raises:
        ApiError: 501. Source: discovery document, CommentsViewMode (unspecified means omitted).
    """
    if mode not in (None, "COMMENTS_VIEW_MODE_UNSPECIFIED", "COMMENTS_VIEW_MODE_OMITTED"):
        raise unimplemented(f"commentsViewMode {mode}")


def get(call: Call) -> dict[str, Any]:
    """Answers spreadsheets.get.

    Source: discovery document: ranges limit sheets and grid data; a field mask makes includeGridData ignored.
    """
    book = open_book(call)
    refuse_comments(call.params.get("commentsViewMode"))
    areas = read_areas(book, call.params.get("ranges", []))
    require_inside(book, areas)
    return spreadsheet(
        book,
        calculation(call, book),
        call.workspace.base_url,
        call.now,
        areas=areas,
        grid_data=bool(call.params.get("includeGridData")),
        mask=call.mask,
        tables_banded=not call.params.get("excludeTablesInBandedRanges"),
    )


def read_areas(book: Book, ranges: Sequence[str]) -> list[Area]:
    """Reads ranges in A1 notation.

    Raises:
        ApiError: 400 ``Unable to parse range: …``.
    """
    return [read_area(book, text) for text in ranges]


def read_area(book: Book, text: str) -> Area:
    """Reads one range in A1 notation.

    Raises:
        ApiError: 400 ``Unable to parse range: …``.
    """
    try:
        return book.area(text)
    except A1Error:
        raise invalid_argument(f"Unable to parse range: {text}") from None


def require_inside(book: Book, areas: Iterable[Area]) -> None:
    """Refuses a range on a sheet that is not there, or one that starts outside of its sheet's grid.

    Raises:
        ApiError: 400 ``Range (…) exceeds grid limits…``, the text that the methods of values answer with.
    """
    try:
        for area in areas:
            book.within(book.sheet(area.sheet_id), area)
    except Refusal as refusal:
        raise invalid_argument(str(refusal)) from None


def get_by_data_filter(call: Call) -> dict[str, Any]:
    """Answers spreadsheets.getByDataFilter."""
    book = open_book(call)
    refuse_comments(call.body.get("commentsViewMode"))
    areas = [area for item in call.body.get("dataFilters", []) for area in filtered_areas(book, item)]
    require_inside(book, areas)
    if call.body.get("dataFilters") and not areas:
        areas = [Area(-1)]
    return spreadsheet(
        book,
        calculation(call, book),
        call.workspace.base_url,
        call.now,
        areas=areas,
        grid_data=bool(call.body.get("includeGridData")),
        mask=call.mask,
        tables_banded=not call.body.get("excludeTablesInBandedRanges"),
    )


def filtered_areas(book: Book, data_filter: dict[str, Any]) -> list[Area]:
    """Returns the rectangles that a DataFilter selects: a range, or the rows and columns of found metadata.

    Source: discovery document, DataFilter.
    """
    if "a1Range" in data_filter:
        return [read_area(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        return [area_of(data_filter["gridRange"])]
    areas = []
    try:
        found = found_by(book, read_all(book.tx, book.id), data_filter)
    except Refusal as refusal:
        raise invalid_argument(str(refusal)) from None
    for item in found:
        sheet, start = item.sheet, item.start
        if item.kind == "ROW" and sheet is not None and start is not None:
            areas.append(Area(sheet, start, start + 1))
        elif item.kind == "COLUMN" and sheet is not None and start is not None:
            areas.append(Area(sheet, None, None, start, start + 1))
        elif item.kind == "SHEET" and sheet is not None:
            areas.append(Area(sheet))
        elif item.kind == "SPREADSHEET":
            areas.extend(Area(each.sheet_id) for each in book.sheets)
    return areas


def get_metadata(call: Call) -> dict[str, Any]:
    """Answers developerMetadata.get.

    Source: the text of the 404 is assumed.
    """
    book = open_book(call)
    found = read_one(call.tx, book.id, int(call.params["metadataId"]))
    if found is None:
        raise not_found(f"No developer metadata with ID {call.params['metadataId']}")
    return found.answer()


def search_metadata(call: Call) -> dict[str, Any]:
    """Answers developerMetadata.search: every item once, with the filters that selected it."""
    book = open_book(call)
    filters = call.body.get("dataFilters", [])
    if not filters:
        raise invalid_argument("Must specify at least one data filter.")
    items = read_all(call.tx, book.id)
    matched: dict[int, dict[str, Any]] = {}
    for data_filter in filters:
        lookup = data_filter.get("developerMetadataLookup", {})
        strategy = lookup.get("locationMatchingStrategy")
        if strategy == "EXACT_LOCATION" and not place(lookup.get("metadataLocation", {}))[0]:
            raise invalid_argument("Cannot use EXACT_LOCATION without a metadataLocation.")
        try:
            found = found_by(book, items, data_filter)
        except A1Error:
            raise invalid_argument(f"Unable to parse range: {data_filter['a1Range']}") from None
        except Refusal as refusal:
            raise invalid_argument(str(refusal)) from None
        for item in found:
            entry = matched.setdefault(item.number, {"developerMetadata": item.answer(), "dataFilters": []})
            entry["dataFilters"].append(data_filter)
    return {"matchedDeveloperMetadata": list(matched.values())} if matched else {}
