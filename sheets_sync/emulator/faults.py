"""Faults put between a client and the workspace, by request number or by method."""

from __future__ import annotations

from collections.abc import Callable

from sheets_sync.emulator.wire import Request, Response


class Faults:
    """The script of faults of one workspace; without rules every request passes."""

    def around(self, request: Request, method_id: str, apply: Callable[[], Response]) -> Response:
        """Answer one request, possibly wrongly."""
        return apply()
