"""Calls of the workspace's own API methods from a page, inside the page's transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.masks import parse_mask
from sheets_sync.emulator.wire import Response, unimplemented


def ask(
    call: Call,
    method: str,
    params: dict[str, Any],
    body: dict[str, Any] | None = None,
    *,
    fields: str = "",
) -> dict[str, Any]:
    """Call an API method by its discovery id and return its JSON, cut to `fields`.

    A page shows and changes only what a client could: it has no way of its own into sheets and documents.
    Raises ApiError as the method does, 501 when the workspace lacks it.
    """
    found = call.methods.get(method)
    if found is None:
        raise unimplemented(method)
    mask = parse_mask(fields) if fields else None
    answer = found(replace(call, method=method, params=params, body=body or {}, mask=mask))
    if isinstance(answer, Response):
        return {}
    kept: dict[str, Any] = mask.apply(answer) if mask is not None else answer
    return kept
