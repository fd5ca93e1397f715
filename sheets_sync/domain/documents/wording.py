"""Dates, numbers and names as a Russian order prints them."""

from datetime import date

NBSP = "\u00a0"
_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def long_date(day: date) -> str:
    """Return «21 октября 2022 г.» with non-breaking spaces."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]} {day.year}{NBSP}г."


def blank_date(year: int) -> str:
    """Return the place for a date that is written by hand."""
    return f"«__»{NBSP}__________{NBSP}{year}{NBSP}г."


def short_date(day: date) -> str:
    """Return «21.10.2022»."""
    return day.strftime("%d.%m.%Y")


def counted(number: int, one: str, few: str, many: str) -> str:
    """Return a number with the noun in the form that Russian requires."""
    tens, units = number % 100, number % 10
    if 11 <= tens <= 14 or units == 0 or units >= 5:
        return f"{number}{NBSP}{many}"
    noun = one if units == 1 else few
    return f"{number}{NBSP}{noun}"


def number_sign(number: str) -> str:
    """Return «№ 45/2-р» with a non-breaking space."""
    return f"№{NBSP}{number}"


def surname_first(name: str) -> str:
    """Return «Лебедева О.Н.» for a full name, as running text prints it."""
    surname, initials = _parts(name)
    return f"{surname}{NBSP}{initials}" if initials else surname


def initials_first(name: str) -> str:
    """Return «О.Н. Лебедева» for a full name, as a signature prints it."""
    surname, initials = _parts(name)
    return f"{initials}{NBSP}{surname}" if initials else surname


def _parts(name: str) -> tuple[str, str]:
    surname, *given = name.split()
    return surname, "".join(f"{part[0]}." for part in given)
