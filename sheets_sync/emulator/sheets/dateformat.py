"""Shows a serial number by a date or time pattern.

Source: guide "Date and number formats": d, dd, ddd, dddd, m…mmmmm, y, yy, yyyy, h, hh, s, ss, .0, am/pm, a/p,
[h], [m], [s]; ``m`` beside hours or seconds means minutes. A unit in brackets counts on where no larger
one is shown in brackets.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from .locales import Locale
from .serials import moment_of

_TOKENS = re.compile(
    r'"[^"]*"|\\.|\[[hH]+\]|\[[mM]+\]|\[[sS]+\]|(?<![A-Za-z])(?:[aA][mM]/)?[pP][mM](?![A-Za-z])|[aA]/[pP]|[dD]+|[mM]+|[yY]+|[hH]+|[sS]+|\.0+|.',
    re.DOTALL,
)


_HALVES = ("am/pm", "pm", "a/p")
_SIZES = {"h": 3_600, "m": 60, "s": 1}


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
    fraction = max((len(token) - 1 for token, _ in tokens if token.startswith(".0")), default=0)
    if fraction:
        serial = round(serial * 86_400, fraction) / 86_400
        moment = moment_of(serial) or moment
    half_day = any(token.lower() in _HALVES for token, _ in tokens)
    elapsed = "".join(token[1].lower() for token, _ in tokens if token.startswith("["))
    return "".join(
        _elapsed(token, serial, elapsed)
        if token.startswith("[")
        else _piece(token, minutes, moment, half_day, locale)
        for token, minutes in tokens
    )


def _elapsed(token: str, serial: float, units: str) -> str:
    """Shows the hours, minutes or seconds of a duration that larger units beside it leave over."""
    unit = token[1].lower()
    larger = [size for name, size in _SIZES.items() if name in units and size > _SIZES[unit]]
    total = int(round(serial * 86_400, 3))
    return str((total % min(larger) if larger else total) // _SIZES[unit]).zfill(len(token) - 2)


def _piece(token: str, minutes: bool, moment: datetime, half_day: bool, locale: Locale) -> str:
    low = token.lower()
    if token.startswith('"'):
        return token[1:-1]
    if token.startswith("\\"):
        return token[1:]
    if low in _HALVES:
        word = "PM" if moment.hour >= 12 else "AM"
        return word if low != "a/p" else word[0] if token[0] == "A" else word[0].lower()
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
