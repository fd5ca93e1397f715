"""Field masks on styles: which fields an update names, and the value that results.

Source: discovery docs.v1 (`fields` of the update requests: the root is implied, "*" is every field, a field
that is named but not given is reset); the known fields of a message are read from the discovery document
itself.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sheets_sync.emulator import discovery
from sheets_sync.emulator.docs.units import Refused, Style

Json = dict[str, Any]


@cache
def fields_of(message: str) -> frozenset[str]:
    """List the field names of a message of Docs v1."""
    return frozenset(discovery.document("docs.v1")["schemas"][message]["properties"])


@cache
def request_kinds() -> frozenset[str]:
    """List the kinds of request that `documents.batchUpdate` knows."""
    return fields_of("Request")


def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)


def _known(path: list[str], message: str) -> bool:
    """Say whether a path leads through messages, and through no list, to a field."""
    schemas = discovery.document("docs.v1")["schemas"]
    schema: str | None = message
    for name in path:
        if schema is None or name not in schemas[schema]["properties"]:
            return False
        schema = schemas[schema]["properties"][name].get("$ref")
    return True


def mask_paths(fields: str | None, message: str) -> list[list[str]]:
    """Split a mask into paths, with "*" spelled out as every field of the message.

    Raises Refused when nothing is named or a path is of no field.
    """
    names = [name.strip() for name in (fields or "").split(",") if name.strip()]
    if not names:
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    if names == ["*"]:
        return [[name] for name in sorted(fields_of(message))]
    paths = [[_camel(part) for part in name.split(".")] for name in names]
    for name, path in zip(names, paths, strict=True):
        if not _known(path, message):
            raise Refused(f"Invalid field: {name}")
    return paths


def masked_update(current: Style, given: Style, paths: list[list[str]]) -> Json:
    """Give a style with the masked fields set from `given`, or removed where `given` has nothing there."""
    result: Json = dict(current)
    for path in paths:
        _set(result, given, path)
    return result


def _set(target: Json, source: Any, path: list[str]) -> None:
    name, rest = path[0], path[1:]
    value = source.get(name) if isinstance(source, dict) else None
    if not rest:
        if value is None:
            target.pop(name, None)
        else:
            target[name] = value
        return
    inner = dict(target.get(name) or {})
    _set(inner, value or {}, rest)
    target[name] = inner


_UNSPECIFIED = frozenset(
    (
        *("ALIGNMENT_UNSPECIFIED", "BASELINE_OFFSET_UNSPECIFIED", "COLUMN_SEPARATOR_STYLE_UNSPECIFIED"),
        *("CONTENT_ALIGNMENT_UNSPECIFIED", "CONTENT_DIRECTION_UNSPECIFIED", "DASH_STYLE_UNSPECIFIED"),
        *("DOCUMENT_MODE_UNSPECIFIED", "NAMED_STYLE_TYPE_UNSPECIFIED", "SPACING_MODE_UNSPECIFIED"),
        *("UNIT_UNSPECIFIED", "WIDTH_TYPE_UNSPECIFIED"),
    )
)
_ZERO_LEFT_OUT = frozenset({"magnitude", "red", "green", "blue"})


def _is_zero(name: str, value: Any) -> bool:
    if isinstance(value, str):
        return value in _UNSPECIFIED
    return name in _ZERO_LEFT_OUT and value == 0


def normalised(value: Any) -> Any:
    """Write a given style as Google answers it: zero magnitudes and colour components left out, points as
    the unit, whole numbers without a fraction.

    An enum's unspecified value is its zero, which in proto3 is the same as none; an unsupported one is
    refused.
    """
    if isinstance(value, list):
        return [normalised(item) for item in value]
    if not isinstance(value, dict):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    if any(isinstance(inner, str) and inner.endswith("_UNSUPPORTED") for inner in value.values()):
        raise Refused("An unsupported value cannot be set.")
    shown = {k: normalised(v) for k, v in value.items() if not _is_zero(k, v)}
    if "magnitude" in value:
        shown.setdefault("unit", "PT")
        if shown["unit"] != "PT":
            raise Refused("Invalid unit of a dimension: only PT is supported.")
    return shown
