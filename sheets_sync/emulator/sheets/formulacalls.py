"""Calls inside the text of a formula: where one begins and ends, and what its arguments are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[^\W\d][\w.]*|.", re.DOTALL)
_OPEN, _CLOSE = frozenset("({"), frozenset(")}")


@dataclass(frozen=True, slots=True)
class CallText:
    """One call as it is written: its name in capitals ("{" for an array), its arguments and its place."""

    name: str
    arguments: tuple[str, ...]
    start: int
    end: int


def _pieces(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    for found in _PIECE.finditer(text, start):
        yield found.start(), found[0]


def first_call(text: str, names: frozenset[str], start: int = 0) -> CallText | None:
    """Returns the first call of one of some functions from a place on, outermost where they are nested."""
    before: tuple[int, str] | None = None
    for place, piece in _pieces(text, start):
        if piece == "(" and before is not None and before[1].upper() in names:
            end, arguments = closed(text, place)
            return CallText(before[1].upper(), arguments, before[0], end)
        if piece == "{" and "{" in names:
            end, _ = closed(text, place)
            return CallText("{", (text[place + 1 : end - 1],), place, end)
        if not piece.isspace():
            before = (place, piece)
    return None


def closed(text: str, opened: int) -> tuple[int, tuple[str, ...]]:
    """Returns the place behind the bracket that closes the one at ``opened``, and what commas part inside.

    Raises:
        ValueError: it is not closed.
    """
    depth, begun = 0, opened + 1
    arguments: list[str] = []
    for place, piece in _pieces(text, opened):
        if piece in _OPEN:
            depth += 1
        elif piece in _CLOSE:
            depth -= 1
            if not depth:
                last = text[begun:place].strip()
                return place + 1, (*arguments, last) if last or arguments else ()
        elif piece == "," and depth == 1:
            arguments.append(text[begun:place].strip())
            begun = place + 1
    raise ValueError("a bracket is not closed")


def parted(text: str, mark: str) -> list[str]:
    """Splits a text at a mark outside of quotes and brackets."""
    depth, begun = 0, 0
    parts: list[str] = []
    for place, piece in _pieces(text):
        if piece in _OPEN:
            depth += 1
        elif piece in _CLOSE:
            depth -= 1
        elif piece == mark and not depth:
            parts.append(text[begun:place].strip())
            begun = place + 1
    return [*parts, text[begun:].strip()]
