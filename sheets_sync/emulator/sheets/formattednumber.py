"""Numbers that bring their format along: a date stays a date wherever a formula passes it on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NO_FORMAT: Mapping[str, Any] = {}
_CALENDAR = frozenset(("DATE", "TIME", "DATE_TIME"))


class FormattedNumber(float):
    """A number with the NumberFormat of the cell or the function that it comes from."""

    __slots__ = ("number_format",)

    def __new__(cls, value: float, number_format: Mapping[str, Any]) -> FormattedNumber:
        """Gives a number a NumberFormat."""
        made = super().__new__(cls, value)
        made.number_format = number_format
        return made

    number_format: Mapping[str, Any]


def format_of(value: Any) -> Mapping[str, Any]:
    """Returns the format that a value brings along, or an empty mapping."""
    return value.number_format if isinstance(value, FormattedNumber) else _NO_FORMAT


def with_format(value: Any, number_format: Mapping[str, Any]) -> Any:
    """Gives a number a format; other values, and a number without one, stay plain."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not number_format:
        return value
    return FormattedNumber(value, number_format)


def format_of_result(sign: str, left: Any, right: Any) -> Mapping[str, Any]:
    """Returns the format of a sum, difference, product or quotient.

    A moment and a number give a moment, two moments a plain number of days; an amount of money stays one.
    Source: assumed from the editor's behaviour.
    """
    first, second = format_of(left), format_of(right)
    if sign in "+-":
        both = first.get("type") in _CALENDAR and second.get("type") in _CALENDAR
        return _NO_FORMAT if both and sign == "-" else first or second
    money = [one for one in (first, second) if one.get("type") == "CURRENCY"]
    return money[0] if len(money) == 1 and sign in "*/" else _NO_FORMAT
