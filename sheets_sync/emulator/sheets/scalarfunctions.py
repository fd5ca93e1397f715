"""Functions of single values, which the library lacks or reads otherwise than Google.

Source: Google's help page of each function. An argument or a result is a text, a number, a boolean or None
for an empty cell; `Failure` names the error that the cell shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from .a1 import column_name, quote_title

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_URL = re.compile(
    r"(?:(?:https?|ftp)://|mailto:)\S+|(?:[\w-]+\.)+(?:com|org|net|edu|gov|info|biz|ru|рф|su|io|de|fr|uk|us|eu|cn|jp|kz|by)"
    r"(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\$(\d)|\\(\d)")
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EPOCH_DAY = 25569
_UNITS = {1: 86_400, 2: 86_400_000, 3: 86_400_000_000}


class Failure(ValueError):
    """A function has no value; the text names the error that the cell shows."""


def text_of(value: Any) -> str:
    """Returns a text argument of a function that takes texts alone.

    Raises:
        Failure: it is a number or a boolean.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Failure("#VALUE!")
    return value


@lru_cache(maxsize=512)
def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error:
        raise Failure("#REF!") from None


def regex_match(text: Any, pattern: Any) -> bool:
    """Tells whether a part of a text matches a pattern."""
    return _pattern(text_of(pattern)).search(text_of(text)) is not None


def regex_extract(text: Any, pattern: Any) -> list[Any]:
    """Returns what the groups of a pattern match, side by side, or the whole match where it has none."""
    found = _pattern(text_of(pattern)).search(text_of(text))
    if found is None:
        raise Failure("#N/A")
    return [group or "" for group in found.groups()] or [found[0]]


def regex_replace(text: Any, pattern: Any, replacement: Any) -> str:
    """Replaces all matches; ``$1`` stands for the first group."""
    written = _GROUP.sub(
        lambda group: f"\\g<{group[1] or group[2]}>", text_of(replacement).replace("\\", "\\\\")
    )
    try:
        return _pattern(text_of(pattern)).sub(written, text_of(text))
    except (re.error, IndexError):
        raise Failure("#REF!") from None


def _search(part: Any, text: Any, start: Any = 1) -> int:
    place = _plain_text(text).casefold().find(_plain_text(part).casefold(), _whole(start) - 1)
    if place < 0 or _whole(start) < 1:
        raise Failure("#VALUE!")
    return place + 1


def _plain_text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).upper() if isinstance(value, bool) else str(value)


def _whole(value: Any) -> int:
    if value is None:
        return 0
    try:
        return math.trunc(float(value))
    except (TypeError, ValueError, OverflowError):
        raise Failure("#VALUE!") from None


def _base(value: Any, base: Any, length: Any = 0) -> str:
    number, radix = _whole(value), _whole(base)
    if number < 0 or not 2 <= radix <= 36:
        raise Failure("#NUM!")
    shown = ""
    while number:
        number, digit = divmod(number, radix)
        shown = _DIGITS[digit] + shown
    return (shown or "0").rjust(_whole(length), "0")


def _combinations(n: Any, k: Any) -> int:
    if _whole(n) < 0 or not 0 <= _whole(k) <= _whole(n):
        raise Failure("#NUM!")
    return math.comb(_whole(n), _whole(k))


def _with_repetition(n: Any, k: Any) -> int:
    if _whole(n) < 0 or _whole(k) < 0:
        raise Failure("#NUM!")
    return math.comb(_whole(n) + _whole(k) - 1, _whole(k)) if _whole(k) else 1


def moment_since_1970(stamp: Any, unit: Any = 1) -> float:
    """Turns seconds, milliseconds (2) or microseconds (3) since 1970 into a serial number."""
    if _whole(unit) not in _UNITS or not isinstance(stamp, int | float) or stamp < 0:
        raise Failure("#NUM!")
    return _EPOCH_DAY + stamp / _UNITS[_whole(unit)]


def _encoded(text: Any) -> str:
    return quote(_plain_text(text), safe="")


def _number_or_nothing(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, int | float) else 0


def _between(value: Any, low: Any, high: Any, with_low: Any = True, with_high: Any = True) -> bool:
    value, low, high = (0 if one is None else one for one in (value, low, high))
    above = value >= low if with_low else value > low
    below = value <= high if with_high else value < high
    return bool(above and below)


def _trimmed(text: Any) -> str:
    return " ".join(part for part in _plain_text(text).split(" ") if part)


def _chosen(place: Any, *values: Any) -> Any:
    if not 1 <= _whole(place) <= len(values):
        raise Failure("#NUM!")
    return values[_whole(place) - 1]


def _address(row: Any, column: Any, fixed: Any = 1, plain: Any = True, title: Any = None) -> str:
    """Writes a reference. Source: Google's help page of ADDRESS (1 fixes both, 2 the row, 3 the column)."""
    down, right, kind = _whole(row), _whole(column), _whole(fixed) or 1
    if down < 1 or right < 1 or not 1 <= kind <= 4:
        raise Failure("#VALUE!")
    if plain or plain is None:
        shown = f"{'$' * (kind in (1, 3))}{column_name(right - 1)}{'$' * (kind in (1, 2))}{down}"
    else:
        shown = f"R{down}" if kind in (1, 2) else f"R[{down}]"
        shown += f"C{right}" if kind in (1, 3) else f"C[{right}]"
    return shown if title in (None, "") else f"{quote_title(_plain_text(title))}!{shown}"


SCALARS: Mapping[str, Callable[..., Any]] = {
    "REGEXMATCH": regex_match,
    "REGEXREPLACE": regex_replace,
    "SEARCH": _search,
    "BASE": _base,
    "COMBIN": _combinations,
    "COMBINA": _with_repetition,
    "ENCODEURL": _encoded,
    "ISEMAIL": lambda text: isinstance(text, str) and _EMAIL.fullmatch(text) is not None,
    "ISURL": lambda text: isinstance(text, str) and _URL.fullmatch(text) is not None,
    "ISBETWEEN": _between,
    "N": _number_or_nothing,
    "TRIM": _trimmed,
    "HYPERLINK": lambda link, label=None: link if label is None else label,
    "IMAGE": lambda *_given: None,
    "CHOOSE": _chosen,
    "ADDRESS": _address,
}
"""Functions of one value per argument, each used on every cell of a range under ARRAYFORMULA.

IMAGE shows a picture: the cell has no value.
"""
