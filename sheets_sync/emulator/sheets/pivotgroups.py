"""How the values of a pivot table's source fall into groups: one by one, or by a rule.

Source: discovery document, PivotGroupRule with DateTimeRule, HistogramRule and ManualRule and their examples.
That buckets without a start begin at multiples of the interval, and that empty cells come first, is assumed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from .arrayfunctions import rank_of
from .cells import tidy_number
from .locales import Locale
from .serials import moment_of

Json = Mapping[str, Any]


class Heading(NamedTuple):
    """A group's place among its neighbours, and what its heading shows."""

    rank: tuple[Any, ...]
    shown: Any


def _itself(value: Any) -> Heading:
    """Empty cells make the first group."""
    rank = rank_of(value)
    return Heading((-1, 0) if value in (None, "") else rank, value)


def grouping(rule: Json, locale: Locale) -> Callable[[Any], Heading]:
    """Returns what tells a value's group by a PivotGroupRule; without one each value is its own."""
    if "dateTimeRule" in rule:
        return _by_date(str(rule["dateTimeRule"].get("type", "")), locale)
    if "histogramRule" in rule:
        return _by_size(rule["histogramRule"])
    if "manualRule" in rule:
        return _by_hand(rule["manualRule"])
    return _itself


def _by_hand(rule: Json) -> Callable[[Any], Heading]:
    names = {
        _plain(item): _plain(group.get("groupName", {}))
        for group in rule.get("groups", [])
        for item in group.get("items", [])
    }
    return lambda value: _itself(names.get(value, value))


def _plain(value: Json) -> Any:
    return next(iter(value.values()), None)


def same(asked: Json, heading: Heading) -> bool:
    """Tells whether an ExtendedValue names a group."""
    wanted = _plain(asked)
    if isinstance(wanted, str) and isinstance(heading.shown, str):
        return wanted.casefold() == heading.shown.casefold()
    return bool(wanted == heading.shown)


def _by_size(rule: Json) -> Callable[[Any], Heading]:
    size, start, end = float(rule["interval"]), rule.get("start"), rule.get("end")

    def group(value: Any) -> Heading:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return _itself(value)
        if start is not None and value < start:
            return Heading((0, -math.inf), f"< {tidy_number(float(start))}")
        if end is not None and value > end:
            return Heading((0, math.inf), f"> {tidy_number(float(end))}")
        origin = start if start is not None else 0
        low = origin + math.floor((value - origin) / size) * size
        if end is not None and low >= end:
            low -= size
        high = low + size if end is None else min(low + size, end)
        return Heading((0, float(low)), f"{tidy_number(float(low))}-{tidy_number(float(high))}")

    return group


def _by_date(kind: str, locale: Locale) -> Callable[[Any], Heading]:
    def group(value: Any) -> Heading:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        moment = moment_of(float(value)) if number else None
        if moment is None:
            return _itself(value)
        rank, shown = _PARTS[kind](moment, locale)
        return Heading((0, rank), shown)

    return group


def _month(moment: datetime, locale: Locale) -> str:
    return locale.months_short[moment.month - 1]


def _quarter(moment: datetime) -> int:
    return (moment.month + 2) // 3


def _half_day(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {'PM' if moment.hour >= 12 else 'AM'}"


_PARTS: Mapping[str, Callable[[datetime, Locale], tuple[Any, Any]]] = {
    "SECOND": lambda at, _: (at.second, at.second),
    "MINUTE": lambda at, _: (at.minute, at.minute),
    "HOUR": lambda at, _: (at.hour, at.hour),
    "HOUR_MINUTE": lambda at, _: ((at.hour, at.minute), f"{at.hour}:{at.minute:02d}"),
    "HOUR_MINUTE_AMPM": lambda at, _: ((at.hour, at.minute), _half_day(at)),
    "DAY_OF_WEEK": lambda at, locale: (at.isoweekday() % 7, locale.days[at.weekday()]),
    "DAY_OF_YEAR": lambda at, _: (at.timetuple().tm_yday, at.timetuple().tm_yday),
    "DAY_OF_MONTH": lambda at, _: (at.day, at.day),
    "DAY_MONTH": lambda at, locale: ((at.month, at.day), f"{at.day}-{_month(at, locale)}"),
    "MONTH": lambda at, locale: (at.month, _month(at, locale)),
    "QUARTER": lambda at, _: (_quarter(at), f"Q{_quarter(at)}"),
    "YEAR": lambda at, _: (at.year, at.year),
    "YEAR_MONTH": lambda at, locale: ((at.year, at.month), f"{at.year}-{_month(at, locale)}"),
    "YEAR_QUARTER": lambda at, _: ((at.year, _quarter(at)), f"{at.year} Q{_quarter(at)}"),
    "YEAR_MONTH_DAY": lambda at, _: (at.toordinal(), f"{at:%Y-%m-%d}"),
}
