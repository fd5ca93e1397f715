"""Shows a serial number by a date or time pattern.

Source: guide "Date and number formats": d, dd, ddd, dddd, m…mmmmm, y, yy, yyyy, h, hh, s, ss, .0, am/pm, a/p,
[h], [m], [s]; ``m`` beside hours or seconds means minutes.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from .locales import Locale
from .serials import moment_of

_TOKENS = re.compile(
    r'"[^"]*"|\\.|\[[hH]+\]|\[[mM]+\]|\[[sS]+\]|[aA][mM]/[pP][mM]|[aA]/[pP]|[dD]+|[mM]+|[yY]+|[hH]+|[sS]+|\.0+|.',
    re.DOTALL,
)


@lru_cache(maxsize=512)
def is_date_pattern(pattern: str) -> bool:
    """Tells whether a pattern has date or time letters outside of quoted text."""
    bare = re.sub(r'"[^"]*"|\\.|[eE][+-]', "", pattern)
    return any(letter in "dDmMyYhHsS" for letter in bare) and not re.fullmatch(r"(?i)general", bare)


@lru_cache(maxsize=512)
def _tokens(pattern: str) -> tuple[tuple[str, bool], ...]:
    """Splits a pattern into (token, is minutes)."""
    tokens = [token for token in _TOKENS.findall(pattern) if token]
    kinds = [token.strip("[]")[0].lower() if token[0] in "[dDmMyYhHsS" else "" for token in tokens]
    letters = [place for place, kind in enumerate(kinds) if kind]
    result = []
    for place, token in enumerate(tokens):
        minutes = False
        if kinds[place] == "m" and len(token.strip("[]")) <= 2:
            order = letters.index(place)
            before = kinds[letters[order - 1]] if order else ""
            after = kinds[letters[order + 1]] if order + 1 < len(letters) else ""
            minutes = before == "h" or after == "s" or token.startswith("[")
        result.append((token, minutes))
    return tuple(result)


def show_date(serial: float, pattern: str, locale: Locale) -> str:
    """Shows a serial number by a pattern with date letters; out of the calendar it shows the number."""
    moment = moment_of(serial)
    if moment is None:
        return str(serial)
    tokens = _tokens(pattern)
    half_day = any(token.lower() in ("am/pm", "a/p") for token, _ in tokens)
    return "".join(_piece(token, minutes, moment, serial, half_day, locale) for token, minutes in tokens)


def _piece(token: str, minutes: bool, moment: datetime, serial: float, half_day: bool, locale: Locale) -> str:
    low = token.lower()
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if low in ("am/pm", "a/p"):
        word = "PM" if moment.hour >= 12 else "AM"
        return word if low == "am/pm" else word[0]
    if token.startswith("["):
        total = round(serial * 86400)
        size = {"h": 3600, "m": 60, "s": 1}[low[1]]
        return str(total // size).zfill(len(token) - 2)
    if low.startswith(".0"):
        return "." + f"{moment.microsecond // 1000:03d}"[: len(token) - 1]
    if low[0] == "h":
        hour = (moment.hour % 12 or 12) if half_day else moment.hour
        return str(hour).zfill(len(low))
    if low[0] == "s":
        return str(moment.second).zfill(len(low))
    if minutes:
        return str(moment.minute).zfill(len(low))
    return _calendar(low, moment, locale, token)


def _calendar(low: str, moment: datetime, locale: Locale, token: str) -> str:
    if low[0] == "y":
        return f"{moment.year:04d}" if len(low) > 2 else f"{moment.year % 100:02d}"
    if low[0] == "m":
        if len(low) == 3:
            return locale.months_short[moment.month - 1]
        if len(low) == 4:
            return locale.months[moment.month - 1]
        if len(low) >= 5:
            return locale.months[moment.month - 1][0].upper()
        return str(moment.month).zfill(len(low))
    if low[0] == "d":
        if len(low) == 3:
            return locale.days_short[moment.weekday()]
        if len(low) >= 4:
            return locale.days[moment.weekday()]
        return str(moment.day).zfill(len(low))
    return token
