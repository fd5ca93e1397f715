"""`documents.batchUpdate`: each kind of request applied to the document in turn, or refused in Google's
words.

A request's function takes the document, the request's content and a maker of ids, and gives the new document
and the reply. Kinds of the discovery document that are not in KINDS are refused with 501 by their name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheets_sync.emulator.docs import (
    chips,
    commenting,
    defaults,
    dropdowns,
    lists,
    replacement,
    segments,
    styles,
    tablerequests,
    tabs,
    textedit,
)
from sheets_sync.emulator.docs.masked import normalised, request_kinds
from sheets_sync.emulator.docs.merging import Merge
from sheets_sync.emulator.docs.model import Document, Json, Tab, with_heading_ids
from sheets_sync.emulator.docs.places import (
    Applied,
    Kind,
    NewId,
    place_of,
    range_of,
    tabs_of,
    without_segment,
)
from sheets_sync.emulator.docs.render import tab_properties
from sheets_sync.emulator.docs.unions import check_unions
from sheets_sync.emulator.docs.units import Refused
from sheets_sync.emulator.wire import ApiError, invalid_argument, unimplemented


def _insert_text(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    return document.with_tab(textedit.insert_text(tab, segment, index, asked.get("text", ""))), {}


def _delete_content_range(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    changed = textedit.delete_range(tab, span.segment, span.start, span.end)
    return document.with_tab(segments.without_lost_footnotes(changed)), {}


def _replace_all_text(document: Document, asked: Json, new_id: NewId) -> Applied:
    criteria = asked.get("containsText", {})
    pattern = replacement.pattern_of(
        criteria.get("text", ""),
        match_case=criteria.get("matchCase", False),
        regex=criteria.get("searchByRegex", False),
    )
    total = 0
    for tab in tabs_of(document, asked):
        changed, count = replacement.replace_all(tab, pattern, asked.get("replaceText", ""))
        total += count
        document = document.with_tab(changed)
    return document, {"replaceAllText": {"occurrencesChanged": total} if total else {}}


def _update_text_style(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    given = asked.get("textStyle", {})
    changed = styles.update_text_style(tab, span.segment, span.start, span.end, given, asked.get("fields"))
    return document.with_tab(changed), {}


def _update_paragraph_style(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    given = asked.get("paragraphStyle", {})
    changed = styles.update_paragraph_style(
        tab, span.segment, span.start, span.end, given, asked.get("fields")
    )
    return document.with_tab(changed), {}


def _update_document_style(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    changed = styles.update_document_style(tab, asked.get("documentStyle", {}), asked.get("fields"))
    return document.with_tab(changed), {}


def _update_section_style(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    without_segment(span.segment)
    changed = styles.update_section_style(
        tab, span.start, span.end, asked.get("sectionStyle", {}), asked.get("fields")
    )
    return document.with_tab(changed), {}


def _update_named_style(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    return document.with_tab(
        styles.update_named_style(tab, asked.get("namedStyle", {}), asked.get("fields"))
    ), {}


def _create_paragraph_bullets(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    preset = asked.get("bulletPreset", "")
    changed = lists.create_bullets(tab, span.segment, span.start, span.end, preset, new_id("kix."))
    return document.with_tab(changed), {}


def _delete_paragraph_bullets(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    return document.with_tab(lists.delete_bullets(tab, span.segment, span.start, span.end)), {}


def _create_segment(kind: segments.Kind) -> Kind:
    def create(document: Document, asked: Json, new_id: NewId) -> Applied:
        if asked.get("type") != "DEFAULT":
            raise Refused(f"The {kind} type must be specified.")
        location = asked.get("sectionBreakLocation")
        tab = document.tab((location or {}).get("tabId"))
        if location is not None:
            without_segment(location.get("segmentId", ""))
        section = None if location is None else location.get("index", 0)
        segment_id = new_id("kix.")
        changed = segments.create_segment(tab, kind, segment_id, section)
        return document.with_tab(changed), {f"create{kind.capitalize()}": {f"{kind}Id": segment_id}}

    return create


def _delete_segment(kind: segments.Kind) -> Kind:
    def delete(document: Document, asked: Json, new_id: NewId) -> Applied:
        tab = document.tab(asked.get("tabId"))
        return document.with_tab(segments.delete_segment(tab, kind, asked.get(f"{kind}Id", ""))), {}

    return delete


def _create_footnote(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    without_segment(segment)
    footnote_id = new_id("kix.")
    changed = segments.create_footnote(tab, index, footnote_id)
    return document.with_tab(changed), {"createFootnote": {"footnoteId": footnote_id}}


def _insert_page_break(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    without_segment(segment)
    return document.with_tab(textedit.insert_page_break(tab, index)), {}


def _insert_section_break(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    without_segment(segment)
    kind = asked.get("sectionType", "")
    if kind not in ("CONTINUOUS", "NEXT_PAGE"):
        raise Refused("The section type must be specified.")
    return document.with_tab(textedit.insert_section_break(tab, index, kind)), {}


def _insert_person(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    properties = asked.get("personProperties", {})
    if not properties.get("email"):
        raise Refused("The email of a person must be specified.")
    person = {"personId": new_id("kix."), "personProperties": properties}
    return document.with_tab(textedit.insert_object(tab, segment, index, "person", person)), {}


def _checked_uri(uri: str) -> str:
    if not uri.startswith(("http://", "https://")) or len(uri.encode()) > 2048:
        raise Refused(
            "There was a problem retrieving the image. The provided image should be publicly accessible."
        )
    return uri


def _image_properties(uri: str) -> Json:
    return {"contentUri": uri, "sourceUri": uri, "cropProperties": {}}


def _insert_inline_image(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, segment, index = place_of(document, asked)
    if tab.kinds.get(segment) == "footnote":
        raise Refused("Inline images cannot be inserted inside a footnote.")
    uri = _checked_uri(asked.get("uri", ""))
    object_id = new_id("kix.")
    embedded: Json = {"imageProperties": _image_properties(uri), **defaults.image_frame()}
    if "objectSize" in asked:
        embedded["size"] = normalised(asked["objectSize"])
    held = {"objectId": object_id, "inlineObjectProperties": {"embeddedObject": embedded}}
    changed = textedit.insert_object(
        tab, segment, index, "inlineObjectElement", {"inlineObjectId": object_id}
    )
    changed = replace(changed, inline_objects={**tab.inline_objects, object_id: held})
    return document.with_tab(changed), {"insertInlineImage": {"objectId": object_id}}


def _replace_image(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab = document.tab(asked.get("tabId"))
    object_id = asked.get("imageObjectId", "")
    if object_id not in tab.inline_objects:
        raise Refused(f"Image with ID {object_id} was not found.")
    if asked.get("imageReplaceMethod") == "IMAGE_REPLACE_METHOD_UNSPECIFIED":
        raise Refused("The image replace method must not be unspecified.")
    uri = _checked_uri(asked.get("uri", ""))
    held = tab.inline_objects[object_id]
    embedded = held["inlineObjectProperties"]["embeddedObject"]
    embedded = {**embedded, "imageProperties": _image_properties(uri)}
    held = {**held, "inlineObjectProperties": {"embeddedObject": embedded}}
    return document.with_tab(replace(tab, inline_objects={**tab.inline_objects, object_id: held})), {}


def _delete_positioned_object(document: Document, asked: Json, new_id: NewId) -> Applied:
    document.tab(asked.get("tabId"))
    raise Refused(f"Positioned object with ID {asked.get('objectId', '')} was not found.")


def _create_named_range(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab, span = range_of(document, asked)
    textedit.check_range(tab, span.segment, span.start, span.end)
    range_id = new_id("kix.")
    changed = replacement.create_named_range(tab, span, asked.get("name", ""), range_id)
    return document.with_tab(changed), {"createNamedRange": {"namedRangeId": range_id}}


def _named(document: Document, asked: Json, id_field: str, name_field: str) -> list[tuple[Tab, str]]:
    """List (tab, range id) of the named ranges asked for; an unknown id is refused, an unknown name is
    nothing.
    """
    chosen = tabs_of(document, asked)
    wanted_id, wanted_name = asked.get(id_field), asked.get(name_field)
    if not wanted_id and not wanted_name:
        raise Refused("The named range ID or name must be specified.")
    found = [
        (tab, named.range_id)
        for tab in chosen
        for named in tab.named_ranges
        if (named.range_id == wanted_id if wanted_id else named.name == wanted_name)
    ]
    if wanted_id and not found:
        raise Refused(f"The named range with ID {wanted_id} was not found.")
    return found


def _delete_named_range(document: Document, asked: Json, new_id: NewId) -> Applied:
    for tab, range_id in _named(document, asked, "namedRangeId", "name"):
        tab = document.tab(tab.tab_id)
        kept = tuple(named for named in tab.named_ranges if named.range_id != range_id)
        document = document.with_tab(replace(tab, named_ranges=kept))
    return document, {}


def _replace_named_range_content(document: Document, asked: Json, new_id: NewId) -> Applied:
    for tab, range_id in _named(document, asked, "namedRangeId", "namedRangeName"):
        tab = document.tab(tab.tab_id)
        document = document.with_tab(replacement.replace_range_content(tab, range_id, asked.get("text", "")))
    return document, {}


def _add_document_tab(document: Document, asked: Json, new_id: NewId) -> Applied:
    tab_id = new_id("t.")
    document = tabs.add_tab(document, asked.get("tabProperties", {}), tab_id)
    made = tab_properties(document, document.tab(tab_id))
    return document, {"addDocumentTab": {"tabProperties": made}}


def _delete_tab(document: Document, asked: Json, new_id: NewId) -> Applied:
    if not asked.get("tabId"):
        raise Refused("The tab ID must be specified.")
    return tabs.delete_tab(document, asked["tabId"]), {}


def _update_document_tab(document: Document, asked: Json, new_id: NewId) -> Applied:
    return tabs.update_tab(document, asked.get("tabProperties", {}), asked.get("fields")), {}


KINDS: dict[str, Kind] = {
    **commenting.KINDS,
    **dropdowns.KINDS,
    "addDocumentTab": _add_document_tab,
    "createFooter": _create_segment("footer"),
    "createFootnote": _create_footnote,
    "createHeader": _create_segment("header"),
    "createNamedRange": _create_named_range,
    "createParagraphBullets": _create_paragraph_bullets,
    "deleteContentRange": _delete_content_range,
    "deleteFooter": _delete_segment("footer"),
    "deleteHeader": _delete_segment("header"),
    "deleteNamedRange": _delete_named_range,
    "deleteParagraphBullets": _delete_paragraph_bullets,
    "deletePositionedObject": _delete_positioned_object,
    "deleteTab": _delete_tab,
    "deleteTableColumn": tablerequests.delete_table_column,
    "deleteTableRow": tablerequests.delete_table_row,
    "insertInlineImage": _insert_inline_image,
    "insertPageBreak": _insert_page_break,
    "insertDate": chips.insert_date,
    "insertPerson": _insert_person,
    "insertRichLink": chips.insert_rich_link,
    "insertSectionBreak": _insert_section_break,
    "insertTable": tablerequests.insert_table,
    "insertTableColumn": tablerequests.insert_table_column,
    "insertTableRow": tablerequests.insert_table_row,
    "insertText": _insert_text,
    "mergeTableCells": tablerequests.merge_table_cells,
    "pinTableHeaderRows": tablerequests.pin_table_header_rows,
    "replaceAllText": _replace_all_text,
    "replaceImage": _replace_image,
    "replaceNamedRangeContent": _replace_named_range_content,
    "unmergeTableCells": tablerequests.unmerge_table_cells,
    "updateDocumentStyle": _update_document_style,
    "updateDocumentTabProperties": _update_document_tab,
    "updateNamedStyle": _update_named_style,
    "updateParagraphStyle": _update_paragraph_style,
    "updateSectionStyle": _update_section_style,
    "updateTableCellStyle": tablerequests.update_table_cells,
    "updateTableColumnProperties": tablerequests.update_table_columns,
    "updateTableRowStyle": tablerequests.update_table_rows,
    "updateTextStyle": _update_text_style,
}


@dataclass(frozen=True)
class Outcome:
    """What a batch came to: the document after it and one reply per request."""

    document: Document
    replies: list[Json]


def apply_batch(
    document: Document, requests: list[Json], new_id: NewId, merge: Merge | None = None
) -> Outcome:
    """Apply requests in order; nothing is kept when one is refused, because the document is a value.

    With a `merge` their indexes are of an older revision, and are translated.

    Raises ApiError 400 `Invalid requests[n].kind: …`, or 501 naming a kind that is not supported.
    """
    for request in requests:
        for kind in request:
            if kind in request_kinds() and kind not in KINDS:
                raise unimplemented(kind)
    replies: list[Json] = []
    for number, request in enumerate(requests):
        if len(request) != 1:
            what = "No request set." if not request else "Only one request can be set."
            raise invalid_argument(f"Invalid requests[{number}]: {what}")
        ((kind, asked),) = request.items()
        check_unions(request, "Request", f"requests[{number}]")
        try:
            if merge is None:
                document, reply = KINDS[kind](document, asked, new_id)
            else:
                document, reply = merge.apply(kind, KINDS[kind], document, asked, new_id)
        except Refused as refusal:
            raise refused(number, kind, refusal) from refusal
        replies.append(reply)
    named = tuple(with_heading_ids(tab, lambda: new_id("h.")) for tab in document.tabs)
    return Outcome(Document(named), replies)


def refused(number: int, kind: str, refusal: Refused) -> ApiError:
    """Say of which request of a batch a refusal is."""
    return invalid_argument(f"Invalid requests[{number}].{kind}: {refusal}")
