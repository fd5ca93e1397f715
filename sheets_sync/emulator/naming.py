"""How Google's refusals spell fields and types: snake_case paths and protocol buffer type names."""

from __future__ import annotations

import re
from functools import cache

_PACKAGES = {
    "sheets.v4": "google.apps.sheets.v4",
    "forms.v1": "google.apps.forms.v1",
    "docs.v1": "google.apps.docs.v1",
    "drive.v3": "google.apps.drive.v3",
    "drive.v2": "google.apps.drive.v2",
}
_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@cache
def snake(name: str) -> str:
    """Spell a JSON name as the protocol buffer field: userEnteredValue -> user_entered_value."""
    return _BOUNDARY.sub("_", name).lower()


@cache
def camel(name: str) -> str:
    """Spell a protocol buffer field as a JSON name: user_entered_value -> userEnteredValue."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def enum_type(document: str, owner: str, field: str) -> str:
    """Name the type of an enumeration as Google's messages do.

    Source: assumed from public issues; discovery documents do not hold the enumeration's own name.
    """
    middle = f".{owner}" if owner else ""
    return f"type.googleapis.com/{_PACKAGES[document]}{middle}.{field[:1].upper()}{field[1:]}"


def message_type(document: str, schema: str) -> str:
    """Name the type of a message as Google's messages do."""
    return f"type.googleapis.com/{_PACKAGES[document]}.{schema}"
