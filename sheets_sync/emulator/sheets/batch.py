"""spreadsheets.batchUpdate: all requests in order, or none.

Source: discovery document ("If any request is not valid then the entire request will fail and nothing will be
applied"; replies mirror requests); texts ``Invalid requests[i].kind: …`` and ``Must specify at least one
request.`` are recorded or quoted.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.filetable import touch
from sheets_sync.emulator.wire import invalid_argument, unimplemented

from . import (
    cellrequests,
    charts,
    conditional,
    copying,
    dimensions,
    filters,
    merges,
    metadata,
    protection,
    sorting,
    structuredtables,
    tabs,
    tidying,
)
from .refusals import Refusal, Unsupported
from .requestfields import check_request, check_union, union_text
from .spreadsheets import calculation, open_book, read_areas, refuse_comments
from .view import spreadsheet
from .work import Kind, Work

KINDS: dict[str, Kind] = {
    **cellrequests.KINDS,
    **charts.KINDS,
    **conditional.KINDS,
    **copying.KINDS,
    **dimensions.KINDS,
    **filters.KINDS,
    **merges.KINDS,
    **metadata.KINDS,
    **protection.KINDS,
    **sorting.KINDS,
    **structuredtables.KINDS,
    **tabs.KINDS,
    **tidying.KINDS,
}


def batch_update(call: Call) -> dict[str, Any]:
    """Answers batchUpdate; a refused request rolls back the whole call."""
    book = open_book(call)
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid_argument("Must specify at least one request.")
    refuse_comments(call.body.get("commentsViewMode"))
    work = Work(call, book)
    replies = [_apply(work, number, request) for number, request in enumerate(requests)]
    book.save()
    touch(call, book.id)
    answer: dict[str, Any] = {"spreadsheetId": book.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        mask = call.mask.child("updatedSpreadsheet") if call.mask else None
        answer["updatedSpreadsheet"] = spreadsheet(
            book,
            calculation(call, book),
            call.workspace.base_url,
            call.now,
            areas=read_areas(book, call.body.get("responseRanges", [])),
            grid_data=bool(call.body.get("responseIncludeGridData")),
            mask=mask,
        )
    return answer


def _apply(work: Work, number: int, request: dict[str, Any]) -> dict[str, Any]:
    if len(request) > 1:
        raise invalid_argument(union_text(f"requests[{number}]", "kind", list(request)[1]))
    if not request:
        raise invalid_argument(f"Invalid requests[{number}]: Must set exactly one request kind.")
    name, body = next(iter(request.items()))
    kind = KINDS.get(name)
    if kind is None:
        raise unimplemented(f"sheets.spreadsheets.batchUpdate {name}")
    try:
        check_union(name, number, body)
        check_request(name, body)
        reply = kind(work, body)
    except Refusal as refusal:
        raise invalid_argument(f"Invalid requests[{number}].{name}: {refusal}") from None
    except Unsupported as unsupported:
        raise unimplemented(f"sheets.spreadsheets.batchUpdate {name} ({unsupported})") from None
    return {} if reply is None else {name: reply}
