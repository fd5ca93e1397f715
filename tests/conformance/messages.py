"""Bodies of requests, taken apart and put together by the messages of a discovery document."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from tests.conformance.discovery import document

Json = dict[str, Any]
Path = tuple[str, ...]


def message_of(spec: Json) -> str | None:
    """The name of the message that a field holds, alone or in a list; None where it holds a plain value."""
    while spec.get("type") == "array":
        spec = spec["items"]
    return spec.get("$ref")


def put(body: Json, service: str, message: str, path: Path, value: Any) -> None:
    """Set one field of a body of a message, however deep; of a list its first item."""
    spec = document(service)["schemas"][message]["properties"][path[0]]
    if len(path) == 1:
        body[path[0]] = value
        return
    if spec.get("type") == "array":
        body[path[0]] = body.get(path[0]) or [{}]
        below = body[path[0]][0]
    else:
        below = body.setdefault(path[0], {})
    put(below, service, message_of(spec) or "", path[1:], value)


def without(body: Json, path: Path) -> Json | None:
    """The body without a field that it has, or None."""
    copied: Any = deepcopy(body)
    node = copied
    for name in path[:-1]:
        node = node.get(name) if isinstance(node, dict) else None
        node = node[0] if isinstance(node, list) and node else node
    if not isinstance(node, dict) or path[-1] not in node:
        return None
    del node[path[-1]]
    found: Json = copied
    return found
