"""Operators and functions that read or show numbers, money and dates as the spreadsheet's locale does.

Source: Google's help page of each function; a text that a person could type as a number or a date counts as
one in arithmetic. Arguments and results are those of ``scalarfunctions``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from .formattednumber import FormattedNumber, format_of, format_of_result, with_format
from .locales import Locale
from .numberformat import show_general, show_number
from .scalarfunctions import Failure, moment_since_1970
from .userentered import read_typed

Scalar = Callable[..., Any]
_CALENDAR = ("DATE", "DATE_TIME")
_COMMA = re.compile(r"(?<=0),(?=[0#?])")
_SPACED = re.compile(r"#[ \u00a0]##0")


class Local:
    """What one locale makes of numbers and texts."""

    def __init__(self, locale: Locale) -> None:
        self.locale = locale
        self.date = {"type": "DATE", "pattern": locale.date_pattern}
        self.time = {"type": "TIME", "pattern": locale.time_pattern}
        self.date_time = {"type": "DATE_TIME", "pattern": locale.date_time_pattern}
        self._money = {"type": "CURRENCY", "pattern": locale.currency_pattern}

    def number(self, value: Any) -> float:
        """Returns the number that a value counts as in arithmetic.

        Raises:
            Failure: it is a text that is no number, amount, percentage, date or time.
        """
        if value is None or value == "":
            if value == "":
                raise Failure("#VALUE!")
            return 0
        if isinstance(value, str):
            return self.read(value)
        return int(value) if isinstance(value, bool) else value

    def read(self, text: str) -> float:
        """Returns the number that a typed text is.

        Raises:
            Failure: it is none.
        """
        entered = read_typed(text, self.locale)
        value = entered.value
        if entered.quoted or isinstance(value, str | bool) or value is None:
            raise Failure("#VALUE!")
        return with_format(value, entered.number_format or {})  # type: ignore[no-any-return]  # a number

    def text(self, value: Any) -> str:
        """Returns a value as a text."""
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int | float):
            return show_general(float(value), self.locale)
        return "" if value is None else str(value)

    def operators(self) -> Mapping[str, Scalar]:
        """Returns the operators of arithmetic and the one that joins texts."""
        return {
            "+": lambda left, right: self._joined("+", left, right, lambda a, b: a + b),
            "-": lambda left, right: self._joined("-", left, right, lambda a, b: a - b),
            "*": lambda left, right: self._joined("*", left, right, lambda a, b: a * b),
            "/": lambda left, right: self._joined("/", left, right, _divided),
            "^": lambda left, right: self._joined("^", left, right, _power),
            "U-": lambda value: with_format(-self.number(value), format_of(value)),
            "%": lambda value: self.number(value) / 100,
            "&": lambda left, right: self.text(left) + self.text(right),
        }

    def _joined(self, sign: str, left: Any, right: Any, computed: Scalar) -> Any:
        first, second = self.number(left), self.number(right)
        found = computed(float(first), float(second))
        if not math.isfinite(found):
            raise Failure("#NUM!")
        return with_format(found, format_of_result(sign, first, second))

    def functions(self) -> Mapping[str, Scalar]:
        """Returns the functions of single values."""
        operators = self.operators()
        return {
            "ADD": operators["+"],
            "MINUS": operators["-"],
            "MULTIPLY": operators["*"],
            "DIVIDE": operators["/"],
            "POW": operators["^"],
            "UMINUS": operators["U-"],
            "UNARY_PERCENT": operators["%"],
            "UPLUS": lambda value: value,
            "CONCAT": operators["&"],
            "QUOTIENT": lambda value, by: math.trunc(_divided(self.number(value), self.number(by))),
            "TEXT": lambda value, pattern: self._shown(value, self.text(pattern)),
            "TO_TEXT": self._as_shown,
            "TO_DATE": lambda value: with_format(value, self.date),
            "TO_DOLLARS": lambda value: with_format(value, self._money),
            "TO_PERCENT": lambda value: with_format(value, {"type": "PERCENT", "pattern": "0.00%"}),
            "TO_PURE_NUMBER": lambda value: float(value) if isinstance(value, FormattedNumber) else value,
            "VALUE": lambda value: 0 if value in ("", None) else float(self.number(value)),
            "DATEVALUE": lambda value: float(math.floor(self._moment(value))),
            "TIMEVALUE": lambda value: self._moment(value, ("DATE_TIME", "TIME")) % 1,
            "ISDATE": self._is_date,
            "DOLLAR": lambda value, places=2: self._dollars(self.number(value), places),
            "FIXED": lambda value, places=2, plain=False: self._fixed(self.number(value), places, plain),
            "EPOCHTODATE": lambda stamp, unit=1: with_format(moment_since_1970(stamp, unit), self.date_time),
        }

    def _shown(self, value: Any, pattern: str) -> str:
        if isinstance(value, bool | str):
            return self.text(value)
        return show_number(float(value or 0), self._with_point(pattern), self.locale) if pattern else ""

    def _with_point(self, pattern: str) -> str:
        """Reads a decimal comma, and a space between thousands, in the pattern of a locale that has them."""
        if self.locale.decimal != "," or "." in pattern or not _COMMA.search(pattern):
            return pattern
        return _SPACED.sub("#,##0", _COMMA.sub(".", pattern))

    def _as_shown(self, value: Any) -> str:
        pattern = format_of(value).get("pattern")
        return show_number(float(value), pattern, self.locale) if pattern else self.text(value)

    def _moment(self, value: Any, kinds: tuple[str, ...] = _CALENDAR) -> float:
        found = self.read(value) if isinstance(value, str) else value
        if format_of(found).get("type") not in kinds:
            raise Failure("#VALUE!")
        return float(found)

    def _is_date(self, value: Any) -> bool:
        try:
            self._moment(value)
        except Failure:
            return False
        return True

    def _dollars(self, value: float, places: Any) -> str:
        decimals = "0" * max(0, int(places))
        pattern = self.locale.currency_pattern.replace(".00", f".{decimals}" if decimals else "")
        return show_number(_rounded(value, int(places)), pattern, self.locale)

    def _fixed(self, value: float, places: Any, plain: Any) -> str:
        decimals = "." + "0" * int(places) if int(places) > 0 else ""
        return show_number(_rounded(value, int(places)), ("0" if plain else "#,##0") + decimals, self.locale)


def _rounded(value: float, places: int) -> float:
    try:
        return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    except InvalidOperation:
        return float(value)


def _divided(left: float, right: float) -> float:
    if not right:
        raise Failure("#DIV/0!")
    return left / right


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        raise Failure("#DIV/0!")
    found = base**exponent
    if isinstance(found, complex):
        raise Failure("#NUM!")
    return float(found)
