"""Functions that look a value up, where the library does otherwise than Google.

Source: Google's help pages of XLOOKUP, XMATCH and LOOKUP. Rectangles are lists of lines, None an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from .arrayfunctions import Lines, NoMatchError, rank_of

_WILDCARD = re.compile(r"~[*?~]|[*?]")
_SPELT = {"*": ".*", "?": "."}


def wildcards(text: str) -> re.Pattern[str]:
    """Reads wildcards: ``?`` is one letter, ``*`` any number of them, ``~`` takes their meaning away."""
    parts: list[str] = []
    end = 0
    for mark in _WILDCARD.finditer(text):
        parts += [re.escape(text[end : mark.start()]), _SPELT.get(mark[0]) or re.escape(mark[0][1:])]
        end = mark.end()
    return re.compile("".join([*parts, re.escape(text[end:])]), re.IGNORECASE | re.DOTALL)


def _place(key: Any, values: Sequence[Any], match: int, direction: int) -> int:
    """Returns the place of a key, or of its neighbour (-1 the next smaller, 1 the next larger).

    Raises:
        NoMatchError: there is none.
    """
    places = range(len(values)) if direction > 0 else range(len(values) - 1, -1, -1)
    if match == 2 and isinstance(key, str):
        pattern = wildcards(key)
        for place in places:
            if isinstance(values[place], str) and pattern.fullmatch(values[place]):
                return place
        raise NoMatchError
    rank = rank_of(key)
    near: tuple[Any, int] | None = None
    for place in places:
        if values[place] is None and key is not None:
            continue
        found = rank_of(values[place])
        if found == rank:
            return place
        aside = found[0] != rank[0] or not match
        if aside or (found > rank) != (match > 0):
            continue
        if near is None or (found < near[0] if match > 0 else found > near[0]):
            near = found, place
    if near is None:
        raise NoMatchError
    return near[1]


def xmatch(key: Any, values: Sequence[Any], match: Any = 0, search: Any = 1) -> int:
    """Returns the place of a key among values, counted from 1.

    Raises:
        NoMatchError: there is none.
    """
    return _place(key, values, int(match or 0), -1 if int(search or 1) < 0 else 1) + 1


def xlookup(
    key: Any, values: Lines, results: Lines, missing: Any = None, match: Any = 0, search: Any = 1
) -> Lines:
    """Returns the row (or column) of the results that stands where the key is found.

    Raises:
        NoMatchError: it is not found, and nothing is given for that.
    """
    down = len(values[0]) == 1
    keys = [line[0] for line in values] if down else values[0]
    if len(keys) != (len(results) if down else len(results[0])):
        raise ValueError("ranges of different sizes")
    try:
        place = xmatch(key, keys, match, search) - 1
    except NoMatchError:
        if missing is None:
            raise
        return [[missing]]
    return [results[place]] if down else [[line[place]] for line in results]


def lookup(key: Any, values: Lines, results: Lines | None = None) -> Any:
    """Returns what stands beside the last value that is not above the key.

    Without results the first column (or row) of a range is searched and its last one gives the answer.

    Raises:
        NoMatchError: all values are above the key.
    """
    down = len(values) >= len(values[0])
    keys = [line[0] for line in values] if down else values[0]
    if results is None:
        found = [line[-1] for line in values] if down else values[-1]
    else:
        found = [item for line in results for item in line]
    rank = rank_of(key)
    below = [
        place for place, item in enumerate(keys) if rank_of(item)[0] == rank[0] and rank_of(item) <= rank
    ]
    if not below:
        raise NoMatchError
    return found[below[-1]]
