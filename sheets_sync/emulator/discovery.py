"""Google's discovery documents, read as data from the installed client library."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

DOCUMENTS = ("sheets.v4", "forms.v1", "docs.v1", "drive.v3", "drive.v2")


@cache
def document(name: str) -> Mapping[str, Any]:
    """Read one discovery document, e.g. "sheets.v4".

    Raises FileNotFoundError when the installed google-api-python-client does not ship it.
    """
    found: dict[str, Any] = json.loads(document_path(name).read_text("utf-8"))
    return found


def document_path(name: str) -> Path:
    """Locate one discovery document among the client library's files, without importing the library."""
    spec = importlib.util.find_spec("googleapiclient")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("google-api-python-client is not installed")
    return Path(spec.origin).parent / "discovery_cache" / "documents" / f"{name}.json"


def methods(name: str) -> Iterator[Mapping[str, Any]]:
    """List every method of one document, nested resources included."""
    yield from _methods_of(document(name))


def _methods_of(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods_of(inner)
