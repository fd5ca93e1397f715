"""What breaks off inside the workspace, told apart from what Google refuses and from lost connections.

A client takes an unexpected error for a service that is out of reach and tries again; a bug must be seen at
once instead, with the place where it happened.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from sheets_sync.emulator.store import WorkspaceDamagedError, WorkspaceLockedError, WorkspaceVersionError
from sheets_sync.emulator.wire import ApiError

_KNOWN = (ApiError, WorkspaceDamagedError, WorkspaceLockedError, WorkspaceVersionError)


class WorkspaceBugError(RuntimeError):
    """A method of the workspace broke off with an error of its own; nothing it did was kept.

    `service` is "sheets", "docs", "forms", "drive", "token", or "" for a page. The text names the method and
    the kind of error and never what was asked: values may be personal.
    """

    def __init__(self, method_id: str, service: str, error: Exception) -> None:
        super().__init__(f"{method_id}: {type(error).__name__}")
        self.service = service
        self._frames = traceback.format_tb(error.__traceback__)

    def told(self) -> str:
        """Give the text for a log: where it happened, line by line, without any value."""
        return "".join([f"bug of the workspace in {self}\n", *self._frames])


@contextmanager
def bugs_named(method_id: str, service: str) -> Iterator[None]:
    """Raise WorkspaceBugError for whatever is neither a refusal nor a trouble of the database's file."""
    try:
        yield
    except _KNOWN:
        raise
    except Exception as error:  # every other error of a method is a bug, whatever its kind
        raise WorkspaceBugError(method_id, service, error) from error
