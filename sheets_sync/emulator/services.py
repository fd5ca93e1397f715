"""The service packages, gathered: their methods, tables, file kinds and pages."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from sheets_sync.emulator import accounts, filetable, requestlog
from sheets_sync.emulator.calls import Call, FileKind, Method
from sheets_sync.emulator.wire import Request, Response

NAMES = ("drive", "sheets", "docs", "forms", "pages")


@cache
def packages() -> Mapping[str, ModuleType]:
    """Import the service packages that this tree holds."""
    found = {}
    for name in NAMES:
        full = f"{__package__}.{name}"
        try:
            found[name] = importlib.import_module(full)
        except ModuleNotFoundError as error:
            if error.name != full:
                raise
    return found


@cache
def methods() -> Mapping[str, Method]:
    """Give every implemented method by its discovery id."""
    return {key: method for package in packages().values() for key, method in _given(package, "METHODS")}


def _given(package: ModuleType, name: str) -> Any:
    return getattr(package, name, {}).items()


@cache
def kinds() -> Mapping[str, FileKind]:
    """Give how Drive treats each Workspace file type."""
    found = [getattr(package, "KIND", None) for package in packages().values()]
    return {kind.mime_type: kind for kind in found if kind is not None}


@cache
def schema() -> tuple[str, ...]:
    """Give the CREATE statements of the whole workspace."""
    parts = [requestlog.SCHEMA, accounts.SCHEMA, filetable.SCHEMA]
    parts += [getattr(package, "SCHEMA", ()) for package in packages().values()]
    return tuple(statement for part in parts for statement in part)


def page_route() -> Callable[[Request, Call], Response | None] | None:
    """Give the function that answers the pages, if the tree holds them."""
    package = packages().get("pages")
    return None if package is None else getattr(package, "route", None)
