"""Update masks: which fields of an object a client asked to change."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from sheets_sync.emulator import discovery
from sheets_sync.emulator.forms.refusal import Refused
from sheets_sync.emulator.naming import camel

Json = dict[str, Any]
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")


def mask_paths(mask: str | None, schema: str) -> list[list[str]] | None:
    """Return the paths of an update mask in camelCase, or None for `*`; each must be of the schema.

    Source: discovery updateMask ("At least one field must be specified", `*` for every field);
    snake_case is accepted as in every Google JSON mask. A path leads through no list but at its end
    (google.protobuf.FieldMask); the text for an unknown one is assumed.
    """
    if not mask or not mask.strip():
        raise Refused("At least one field must be listed in 'update_mask'. (Use '*' to indicate all fields.)")
    if mask.strip() == "*":
        return None
    paths = []
    for part in mask.split(","):
        if not _WORD.fullmatch(part.strip()):
            raise Refused(f"Invalid field mask: {mask}")
        path = [camel(word) for word in part.strip().split(".")]
        if not _leads(path, schema):
            raise Refused(f"Invalid field mask: {part.strip()}")
        paths.append(path)
    return paths


def _leads(path: list[str], schema: str) -> bool:
    schemas = discovery.document("forms.v1")["schemas"]
    for place, name in enumerate(path, start=1):
        spec = schemas[schema]["properties"].get(name)
        if spec is None:
            return False
        if place == len(path):
            break
        if "$ref" not in spec:
            return False
        schema = spec["$ref"]
    return True


def updated(
    target: Json, source: Json, paths: list[list[str]], unions: tuple[tuple[str, ...], ...] = ()
) -> Json:
    """Return `target` with the named paths taken from `source`; what the source lacks is removed.

    Setting one member of a union removes its other members at that level.
    """
    result = deepcopy(target)
    for path in paths:
        _set_path(result, source, path, unions)
    return result


def _set_path(target: Json, source: Json, path: list[str], unions: tuple[tuple[str, ...], ...]) -> None:
    name, rest = path[0], path[1:]
    _drop_rivals(target, source, name, unions)
    if rest:
        inner = source.get(name, {})
        kept = target.setdefault(name, {})
        if not isinstance(inner, dict) or not isinstance(kept, dict):
            raise Refused(f"Invalid field mask: {'.'.join(path)}")
        _set_path(kept, inner, rest, unions)
    elif name in source:
        target[name] = deepcopy(source[name])
    else:
        target.pop(name, None)


def _drop_rivals(target: Json, source: Json, name: str, unions: tuple[tuple[str, ...], ...]) -> None:
    for union in unions:
        if name in union and name in source:
            for rival in union:
                if rival != name:
                    target.pop(rival, None)
