"""Dates as people and forms write them: read strictly, never swapped, never guessed."""

import re
from collections.abc import Iterator
from datetime import date

from sheets_sync.domain.textforms import cleaned

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_RUSSIAN = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?: ?г\.?)?")
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{1,2})")


def parse_date(text: str) -> date | None:
    """Read ДД.ММ.ГГГГ or ГГГГ-ММ-ДД; None for any other text and for days that do not exist."""
    plain = cleaned(text)
    if found := _ISO.fullmatch(plain):
        return real_date(int(found[1]), int(found[2]), int(found[3]))
    if found := _RUSSIAN.fullmatch(plain):
        return real_date(int(found[3]), int(found[2]), int(found[1]))
    return None


def real_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_in_period(text: str, start: date, end: date) -> date | None:
    """Read ДД.ММ as the first such day from `start` to the end of the last year, or a full date."""
    plain = cleaned(text)
    found = _DAY_MONTH.fullmatch(plain)
    if not found:
        return parse_date(plain)
    days = [day for day in _each_year(int(found[2]), int(found[1]), start, end) if day >= start]
    return days[0] if days else None


def _each_year(month: int, day: int, start: date, end: date) -> Iterator[date]:
    for year in range(start.year, max(start.year, end.year) + 1):
        if (found := real_date(year, month, day)) is not None:
            yield found


def age_on(birth: date, on: date) -> int:
    """Return full years of age on a date; a birthday of 29 February falls on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def printed(day: date) -> str:
    """Return ДД.ММ.ГГГГ."""
    return day.strftime("%d.%m.%Y")
