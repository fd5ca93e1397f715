"""Field masks of the `fields` parameter: `a,b(c,d),e/f`, checked against a schema and applied to answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TOKEN = re.compile(r"[^,()/.\s]+|[,()/.]")


class MaskSyntaxError(ValueError):
    """The text of a field mask cannot be read."""


class Mask:
    """A tree of wanted fields; a node without children, or with "*", wants everything below it."""

    __slots__ = ("children", "whole")

    def __init__(self) -> None:
        self.children: dict[str, Mask] = {}
        self.whole = False

    @property
    def everything(self) -> bool:
        """Tell whether all that is below this node is wanted."""
        return self.whole or not self.children or ("*" in self.children and self.children["*"].everything)

    def child(self, name: str) -> Mask | None:
        """Give the mask below one field, or None when that field is not wanted."""
        if self.everything:
            return self
        found = self.children.get(name)
        return found if found is not None else self.children.get("*")

    def wants(self, path: str) -> bool:
        """Tell whether anything at or below a dotted path is wanted, e.g. `wants("sheets.data")`."""
        node: Mask | None = self
        for name in path.split("."):
            if node is None or node.everything:
                break
            node = node.child(name)
        return node is not None

    def apply(self, value: Any) -> Any:
        """Keep only the wanted fields of a JSON value; lists are filtered item by item."""
        if self.everything:
            return value
        if isinstance(value, list):
            return [self.apply(item) for item in value]
        if not isinstance(value, dict):
            return value
        if "*" in self.children:
            return {key: self.child(key).apply(item) for key, item in value.items()}  # type: ignore[union-attr]
        children = self.children
        return {key: children[key].apply(item) for key, item in value.items() if key in children}

    def end_here(self) -> None:
        """Note that the node itself was named, so that longer paths through it narrow nothing."""
        self.whole = True
        self.children.clear()

    def into(self, name: str) -> Mask:
        """Give the node below, a loose one when this node is wanted whole."""
        return Mask() if self.whole else self.children.setdefault(name, Mask())


def parse_mask(text: str) -> Mask:
    """Read a `fields` text.

    Raises MaskSyntaxError on unbalanced parentheses or empty names.
    Source: Google's guide to partial responses (a, b/c, b(c,d), *); dotted paths as in recorded Sheets calls.
    """
    tokens = _TOKEN.findall(text)
    root = Mask()
    position = _read_list(tokens, 0, root)
    if position != len(tokens):
        raise MaskSyntaxError(text)
    return root


def _read_list(tokens: list[str], position: int, into: Mask) -> int:
    while True:
        position = _read_path(tokens, position, into)
        if position < len(tokens) and tokens[position] == ",":
            position += 1
            continue
        return position


def _read_path(tokens: list[str], position: int, into: Mask) -> int:
    node = into
    while True:
        if position >= len(tokens) or tokens[position] in ",()/.":
            raise MaskSyntaxError(" ".join(tokens))
        node = node.into(tokens[position])
        position += 1
        following = tokens[position] if position < len(tokens) else ""
        if following in ("/", "."):
            position += 1
        elif following == "(":
            position = _read_list(tokens, position + 1, node)
            if position >= len(tokens) or tokens[position] != ")":
                raise MaskSyntaxError(" ".join(tokens))
            return position + 1
        else:
            node.end_here()
            return position


def unknown_paths(mask: Mask, schemas: Mapping[str, Any], schema_name: str) -> list[str]:
    """List the dotted paths of a mask that a discovery schema does not have."""
    return list(_unknown(mask, schemas, {"$ref": schema_name}, ""))


def _unknown(mask: Mask, schemas: Mapping[str, Any], schema: Mapping[str, Any], prefix: str) -> Iterator[str]:
    while "$ref" in schema or schema.get("type") == "array":
        schema = schemas[schema["$ref"]] if "$ref" in schema else schema["items"]
    if schema.get("type") == "any" or "additionalProperties" in schema:
        return
    properties = schema.get("properties", {})
    for name, below in mask.children.items():
        here = f"{prefix}.{name}" if prefix else name
        if name == "*":
            for inner in properties.values() if below.children else ():
                yield from _unknown(below, schemas, inner, here)
        elif name not in properties:
            yield here
        else:
            yield from _unknown(below, schemas, properties[name], here)
