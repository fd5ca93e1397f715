"""A criterion as COUNTIF and the functions of databases read it.

Source: Google's help page of COUNTIF: a text may begin with =, >, >=, <, <= or <>; ``?`` and ``*`` are
wildcards, and ``~`` takes their meaning away; letters' case does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .lookups import wildcards

_SIGNED = re.compile(r"(<=|>=|<>|=|<|>)?(.*)", re.DOTALL)


def criterion(asked: Any) -> Callable[[Any], bool]:
    """Returns the test that a criterion asks for."""
    if not isinstance(asked, str):
        return lambda value: isinstance(value, bool) == isinstance(asked, bool) and value == asked
    found = _SIGNED.fullmatch(asked)
    sign, text = (found[1] or "=", found[2]) if found else ("=", asked)
    number = _number(text)
    if sign in ("=", "<>"):
        return _equal(text, number, wanted=sign == "=")
    if number is not None:
        return lambda value: _is_number(value) and _compared(sign, value, number)
    return lambda value: isinstance(value, str) and _compared(sign, value.casefold(), text.casefold())


def _equal(text: str, number: float | None, *, wanted: bool) -> Callable[[Any], bool]:
    pattern = wildcards(text)

    def holds(value: Any) -> bool:
        if number is not None and _is_number(value):
            return (value == number) is wanted
        shown = "" if value is None else str(value)
        return (pattern.fullmatch(shown) is not None) is wanted

    return holds


def _compared(sign: str, left: Any, right: Any) -> bool:
    return bool({"<": left < right, ">": left > right, "<=": left <= right, ">=": left >= right}[sign])


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
