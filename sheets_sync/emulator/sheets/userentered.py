"""USER_ENTERED: reads a typed text as a person's typing into a cell is read.

Source: discovery document, ValueInputOption; recorded answers ("0042" → 42, "2,000,000.01", "2020-01-01" →
43831, "= 1 / 1024" is a formula). Dates are read in the forms of the guide; others stay text (assumed).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from .locales import Locale
from .serials import serial_of

_TIME = re.compile(r"^(\d{1,3}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?$")
_ISO = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_SHORT = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})$")
_NAMED = re.compile(r"^(\d{1,2})-([^\W\d]{3,})(?:-(\d{4}))?$")
_WITH_NAME = re.compile(r"^(?:\d{1,2}[\s-]\s*[^\W\d]{3,}|[^\W\d]{3,}\.?\s+\d{1,2}(?!\d))")
_CURRENCIES = ("$", "€", "£", "₽", "р.", "руб.")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:\.\d*)?[eE][+-]?\d+$")


@dataclass(frozen=True, slots=True)
class Entered:
    """What a typed text became: a value or a formula, and the number format that the typing implies."""

    value: str | float | bool | None = None
    formula: str | None = None
    number_format: dict[str, Any] | None = None
    quoted: bool = False


def read_typed(text: str, locale: Locale, year: int | None = None) -> Entered:
    """Reads one typed text.

    A leading apostrophe keeps the rest as text; an equals sign starts a formula; numbers, percentages,
    amounts of money, dates, times and TRUE/FALSE become values; everything else is text. With a ``year`` a
    day and a month alone ("5-6", in ru_RU "9.1") are a date of that year, as a person's typing is read.
    """
    if text.startswith("'"):
        return Entered(text[1:], quoted=True)
    if text.startswith("=") and len(text) > 1:
        return Entered(formula=text)
    bare = text.strip(" \t\u00a0")
    if not bare:
        return Entered(text)
    folded = bare.upper()
    if folded in locale.true:
        return Entered(True)
    if folded in locale.false:
        return Entered(False)
    if not any(letter.isdigit() for letter in bare):
        return Entered(text)
    return _number(bare, locale) or _date_or_time(bare, locale, year) or Entered(text)


def _number(text: str, locale: Locale) -> Entered | None:
    sign = 1.0
    body = text
    if body.startswith("(") and body.endswith(")"):
        sign, body = -1.0, body[1:-1]
    if body[:1] in "+-−":
        sign, body = (-1.0 if body[0] != "+" else 1.0), body[1:]
    percent = body.endswith("%")
    if percent:
        body = body[:-1].rstrip()
    symbol, before = _currency(body, locale)
    if symbol:
        body = (body.removeprefix(symbol) if before else body.removesuffix(symbol)).strip(" \u00a0")
    money = bool(symbol)
    if body[:1] == "-" and money:
        sign, body = -sign, body[1:]
    if _SCIENTIFIC.match(body) and not (percent or money):
        return Entered(sign * float(body), number_format={"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    digits = _digits(body, locale)
    if digits is None:
        return None
    plain, grouped, decimals = digits
    value = sign * float(plain)
    if percent:
        value = value / 100
        pattern = "0.00%" if decimals else "0%"
        return Entered(value, number_format={"type": "PERCENT", "pattern": pattern})
    if money:
        pattern = (
            _money(symbol, before, locale) if decimals else _money(symbol, before, locale).replace(".00", "")
        )
        return Entered(value, number_format={"type": "CURRENCY", "pattern": pattern})
    if grouped:
        return Entered(
            value, number_format={"type": "NUMBER", "pattern": "#,##0.00" if decimals else "#,##0"}
        )
    return Entered(value)


def _currency(body: str, locale: Locale) -> tuple[str, bool]:
    """Returns the currency that an amount is typed with, and whether it stands before the number."""
    if body[:1].isdigit() and body[-1:].isdigit():
        return "", False
    for symbol in (locale.currency, *_CURRENCIES):
        if body.startswith(symbol) or body.endswith(symbol):
            return symbol, body.startswith(symbol)
    return "", False


def _money(symbol: str, before: bool, locale: Locale) -> str:
    """Returns the pattern of an amount; a currency that is not the locale's own stays as typed (assumed)."""
    if symbol == locale.currency:
        return locale.currency_pattern
    return f"[${symbol}]#,##0.00" if before else f"#,##0.00\\ [${symbol}]"


def _digits(body: str, locale: Locale) -> tuple[str, bool, int] | None:
    """Returns (plain decimal text, had group separators, decimals) or None if the text is no number."""
    whole, point, fraction = body.partition(locale.decimal)
    if point and not (fraction.isascii() and fraction.isdigit()) and fraction:
        return None
    grouped = False
    separators = [locale.group] if locale.group != "\u00a0" else ["\u00a0", " ", "\u202f"]
    for separator in separators:
        if separator in whole:
            parts = whole.split(separator)
            if not parts[0] or len(parts[0]) > 3 or any(len(part) != 3 for part in parts[1:]):
                return None
            whole, grouped = "".join(parts), True
            break
    if not whole and not fraction:
        return None
    if whole and not (whole.isascii() and whole.isdigit()):
        return None
    return f"{whole or '0'}.{fraction or '0'}", grouped, len(fraction)


def _date_or_time(text: str, locale: Locale, this_year: int | None) -> Entered | None:
    if time := _time(text):
        return Entered(time[0], number_format={"type": "TIME", "pattern": time[1]})
    if day := _date(text, locale, this_year) or _day_and_month(text, locale, this_year):
        return Entered(day[0], number_format={"type": "DATE", "pattern": day[1]})
    first, _, second = text.replace("T", " ", 1).partition(" ")
    if second and (day := _date(first, locale)) and (time := _time(second.strip().removesuffix("Z"))):
        return Entered(
            day[0] + time[0], number_format={"type": "DATE_TIME", "pattern": f"{day[1]} {time[1]}"}
        )
    return None


def _time(text: str) -> tuple[float, str] | None:
    match = _TIME.match(text)
    if match is None:
        return None
    hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3] or 0)
    if minutes > 59 or seconds > 59:
        return None
    pattern = "h:mm" if match[3] is None else "h:mm:ss"
    if match[5]:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if match[5] in "Pp" else 0)
        pattern += " am/pm"
    elif hours > 23:
        pattern = "[h]:mm:ss"
    milliseconds = int((match[4] or "0").ljust(3, "0"))
    return (hours * 3600 + minutes * 60 + seconds + milliseconds / 1000) / 86400, pattern


def _date(text: str, locale: Locale, this_year: int | None = None) -> tuple[int, str] | None:
    if match := _ISO.match(text):
        mark = match[2]
        pattern = f"yyyy{mark}{'m' * len(match[3])}{mark}{'d' * len(match[4])}"
        return _checked(int(match[1]), int(match[3]), int(match[4]), pattern)
    for mark in locale.date_separators:
        parts = text.split(mark)
        if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts):
            if max(map(len, parts[:2])) > 2 or len(parts[2]) not in (2, 4):
                return None
            day, month = (0, 1) if locale.day_first else (1, 0)
            letters = ["d", "m"] if locale.day_first else ["m", "d"]
            year = int(parts[2]) if len(parts[2]) == 4 else _century(int(parts[2]))
            shown = [letter * len(part) for letter, part in zip(letters, parts, strict=False)]
            pattern = mark.join([*shown, "y" * len(parts[2])])
            return _checked(year, int(parts[month]), int(parts[day]), pattern)
    return _named_month(text, locale, this_year)


def _day_and_month(text: str, locale: Locale, year: int | None) -> tuple[int, str] | None:
    match = _SHORT.match(text)
    if match is None or year is None or match[2] not in locale.date_separators:
        return None
    day, month = (1, 3) if locale.day_first else (3, 1)
    letters = ("d", "m") if locale.day_first else ("m", "d")
    pattern = letters[0] * len(match[1]) + match[2] + letters[1] * len(match[3])
    return _checked(year, int(match[month]), int(match[day]), pattern)


def _named_month(text: str, locale: Locale, this_year: int | None = None) -> tuple[int, str] | None:
    """Reads a day with the name of its month; without a year it is one of this year."""
    if not _WITH_NAME.match(text):
        return None
    if match := _NAMED.match(text):
        parts, mark = [match[1], match[2], *([match[3]] if match[3] else [])], "-"
    else:
        bare = text.removesuffix("г.").removesuffix("года").strip()
        parts, mark = [word for word in re.split(r"[\s,]+", bare) if word], " "
    if len(parts) not in (2, 3) or (len(parts) == 2 and this_year is None):
        return None
    first = parts[0].isdigit()
    day, name = (parts[0], parts[1]) if first else (parts[1], parts[0])
    year = parts[2] if len(parts) == 3 else str(this_year)
    if not (day.isdigit() and len(day) <= 2 and year.isdigit() and len(year) == 4):
        return None
    folded = name.casefold().rstrip(".")
    for number, (long, short) in enumerate(zip(locale.months, locale.months_short, strict=True), start=1):
        if folded in (long.casefold(), short.casefold().rstrip(".")):
            letters = "mmmm" if folded == long.casefold() else "mmm"
            shown = ["d", letters] if first else [letters, "d"]
            ending = "" if len(parts) == 2 else f"{mark if first else ', '}yyyy"
            return _checked(int(year), number, int(day), mark.join(shown) + ending)
    return None


def _century(year: int) -> int:
    return 2000 + year if year < 30 else 1900 + year


def _checked(year: int, month: int, day: int, pattern: str) -> tuple[int, str] | None:
    try:
        return int(serial_of(date(year, month, day))), pattern
    except ValueError:
        return None
