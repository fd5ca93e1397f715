"""Field masks of update requests: which parts of an object a request sets or clears.

Source: discovery document ("At least one field must be specified… a single "*" can be used as short-hand")
and google.protobuf.FieldMask; ``a.b``, ``a/b`` and ``a(b,c)`` are read: recorded requests use all three.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sheets_sync.emulator import masks
from sheets_sync.emulator.naming import camel

from .refusals import Refusal

Mask = dict[str, Any]

NO_FIELDS = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"


@lru_cache(maxsize=256)
def _parsed(text: str) -> Mask:
    return _tree(masks.parse_mask(text))


def _tree(mask: masks.Mask) -> Mask:
    return {
        camel(name) if "_" in name else name: {} if below.whole else _tree(below)
        for name, below in mask.children.items()
    }


def update_mask(text: str | None, root: str = "") -> Mask:
    """Reads the ``fields`` of an update request; ``root`` is a name that may stand before the paths.

    Raises:
        Refusal: no field is listed, or the mask cannot be read.
    """
    if not text or not text.strip():
        raise Refusal(NO_FIELDS)
    try:
        tree = _parsed(text)
    except masks.MaskSyntaxError:
        raise Refusal(f"Invalid field mask: {text}") from None
    if root and set(tree) == {root}:
        tree = tree[root] or {"*": {}}
    return tree


def settable(
    mask: Mask, names: frozenset[str], given: dict[str, Any], kept: tuple[str, ...] = ()
) -> Mask | None:
    """Returns the part of a mask that may be set, or None where nothing is left of it.

    ``*`` stands for all of ``names``, but for those of ``kept`` which the request does not give.
    """
    if not mask or "*" in mask:
        mask = {name: {} for name in names if name in given or name not in kept}
    return {name: branch for name, branch in mask.items() if name in names} or None


def covers(mask: Mask, name: str) -> Mask | None:
    """Returns the branch of a mask for a field: empty for all of it, None where it is not listed."""
    if "*" in mask or not mask:
        return {}
    return mask.get(name)


def merge(target: dict[str, Any], source: dict[str, Any], mask: Mask | None) -> None:
    """Sets in ``target`` every field that the mask lists to its value in ``source``, or clears it.

    None lists nothing; an empty mask is all of it.
    """
    if mask is None:
        return
    if not mask or "*" in mask:
        target.clear()
        target.update(source)
        return
    for name, branch in mask.items():
        if not branch or "*" in branch:
            if name in source:
                target[name] = source[name]
            else:
                target.pop(name, None)
            continue
        inner = source.get(name)
        kept = dict(target.get(name) or {})
        merge(kept, inner if isinstance(inner, dict) else {}, branch)
        if kept:
            target[name] = kept
        else:
            target.pop(name, None)
