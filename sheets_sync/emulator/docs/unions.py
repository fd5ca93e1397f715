"""Unions: of some fields of a message only one may be set.

Source: REST reference of documents.batchUpdate ("Union field … can be only one of the following"); the
text is that of Google's reader of JSON, as for Sheets.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.emulator import discovery
from sheets_sync.emulator.naming import snake
from sheets_sync.emulator.wire import invalid_argument

_PLACE = ("insertion_location", frozenset(("location", "endOfSegmentLocation")))
_UNIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "DeleteNamedRangeRequest": ("named_range_reference", frozenset(("namedRangeId", "name"))),
    "ReplaceNamedRangeContentRequest": (
        "named_range_reference",
        frozenset(("namedRangeId", "namedRangeName")),
    ),
    "UpdateTableCellStyleRequest": ("cells", frozenset(("tableRange", "tableStartLocation"))),
    **dict.fromkeys(
        ("AddCommentReplyRequest", "DeleteCommentReplyRequest", "UpdateCommentPostRequest"),
        ("thread_id", frozenset(("commentId", "suggestionId"))),
    ),
    "Link": (
        "destination",
        frozenset(("url", "tabId", "bookmark", "heading", "bookmarkId", "headingId")),
    ),
}


def check_unions(value: Any, message: str, path: str) -> None:
    """Refuse a message that sets two members of one union, at any depth; lists hold none.

    Raises ApiError 400, which has no `Invalid requests[n].kind: ` before it, as it comes from the reader.
    """
    if not isinstance(value, dict):
        return
    properties = discovery.document("docs.v1")["schemas"][message].get("properties", {})
    field, members = _UNIONS.get(message, _PLACE)
    given = [name for name in value if name in members]
    if len(given) > 1:
        raise invalid_argument(
            f"Invalid value at '{path}' (oneof), oneof field '{field}' is already set. "
            f"Cannot set '{given[1]}'"
        )
    for name, inner in value.items():
        schema = properties.get(name, {}).get("$ref")
        if schema:
            check_unions(inner, schema, f"{path}.{snake(name)}")
