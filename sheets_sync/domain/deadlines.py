"""Deadlines of the roadmap as the school writes them: a small grammar, and the last day each one means."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MONTHS_GENITIVE = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
MONTHS_NOMINATIVE = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
READABLE_FORMS = (
    "01-16.09.2022 · до 09.09.2022 · до 10 января 2023 года · сентябрь-декабрь 2022 · "
    "1 раз в квартал · в течение всего периода · весь период · по отдельному графику"
)


class DeadlineKind(StrEnum):
    """What sort of deadline was written."""

    RANGE = "range"
    UNTIL = "until"
    MONTHS = "months"
    PER_QUARTER = "per_quarter"
    WHOLE_PERIOD = "whole_period"
    SCHEDULE = "separate_schedule"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that was understood.

    Shape: `written` is the school's text untouched; `start` and `end` are the dates it names, None where it
    names none; `times` is how often in a quarter, 0 for the other kinds.
    """

    kind: DeadlineKind
    written: str
    start: date | None = None
    end: date | None = None
    times: int = 0


@dataclass(frozen=True, slots=True)
class UnreadableDeadline:
    """A deadline that only a person can settle; `reason` says in Russian what is wrong with it."""

    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Period:
    """The time in which the roadmap runs, both days included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Quarter:
    """The part of a calendar quarter that lies in the period; `name` is like «IV квартал 2022»."""

    name: str
    start: date
    end: date


_DAY_RANGE = re.compile(r"(\d{1,2})\s?-\s?(\d{1,2})\.(\d{2})\.(\d{4})")
_UNTIL_DIGITS = re.compile(r"до (\d{1,2})\.(\d{2})\.(\d{4})")
_UNTIL_WORDS = re.compile(rf"до (\d{{1,2}}) ({'|'.join(MONTHS_GENITIVE)}) (\d{{4}})(?: (?:года|г\.|г))?")
_MONTHS = re.compile(
    rf"({'|'.join(MONTHS_NOMINATIVE)})\s?-\s?({'|'.join(MONTHS_NOMINATIVE)}) (\d{{4}})(?: (?:года|г\.|г))?"
)
_PER_QUARTER = re.compile(r"([1-9]) раза? в квартал")
_WHOLE_PERIOD = re.compile(r"(?:в течение всего периода|весь период)(?: реализации [а-яё ]+)?")
_SCHEDULE = re.compile(r"по отдельному графику")
_DASHES = re.compile("[\u2010-\u2015\u2212]")


def parse_deadline(written: str) -> Deadline | UnreadableDeadline:
    """Reads one deadline; whatever the grammar does not know is given back for a person, never guessed."""
    text = " ".join(_DASHES.sub("-", written).split()).casefold()
    for read in (_day_range, _until, _months, _without_dates):
        found = read(text, written)
        if found is not None:
            return found
    reason = "срок не указан" if not text else f"срок не понят; можно писать так: {READABLE_FORMS}"
    return UnreadableDeadline(written, reason)


def _day_range(text: str, written: str) -> Deadline | UnreadableDeadline | None:
    match = _DAY_RANGE.fullmatch(text)
    if match is None:
        return None
    first, last, month, year = map(int, match.groups())
    start, end = _day(year, month, first), _day(year, month, last)
    if start is None or end is None:
        return UnreadableDeadline(written, "такой даты нет в календаре")
    if start > end:
        return UnreadableDeadline(written, "начало позже конца")
    return Deadline(DeadlineKind.RANGE, written, start, end)


def _until(text: str, written: str) -> Deadline | UnreadableDeadline | None:
    digits, words = _UNTIL_DIGITS.fullmatch(text), _UNTIL_WORDS.fullmatch(text)
    if digits is not None:
        day, month, year = map(int, digits.groups())
    elif words is not None:
        day, month, year = int(words[1]), MONTHS_GENITIVE.index(words[2]) + 1, int(words[3])
    else:
        return None
    end = _day(year, month, day)
    if end is None:
        return UnreadableDeadline(written, "такой даты нет в календаре")
    return Deadline(DeadlineKind.UNTIL, written, None, end)


def _months(text: str, written: str) -> Deadline | UnreadableDeadline | None:
    match = _MONTHS.fullmatch(text)
    if match is None:
        return None
    first, last = (MONTHS_NOMINATIVE.index(match[n]) + 1 for n in (1, 2))
    start, end = _day(int(match[3]), first, 1), _last_of_month(int(match[3]), last)
    if start is None or end is None:
        return UnreadableDeadline(written, "такого года нет в календаре")
    if start > end:
        return UnreadableDeadline(written, "начало позже конца")
    return Deadline(DeadlineKind.MONTHS, written, start, end)


def _without_dates(text: str, written: str) -> Deadline | None:
    quarterly = _PER_QUARTER.fullmatch(text)
    if quarterly is not None:
        return Deadline(DeadlineKind.PER_QUARTER, written, times=int(quarterly[1]))
    if _WHOLE_PERIOD.fullmatch(text):
        return Deadline(DeadlineKind.WHOLE_PERIOD, written)
    if _SCHEDULE.fullmatch(text):
        return Deadline(DeadlineKind.SCHEDULE, written)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last_of_month(year: int, month: int) -> date | None:
    following = _day(year + month // 12, month % 12 + 1, 1)
    return None if following is None else following - timedelta(days=1)


def due(deadline: Deadline, period: Period, scheduled: date | None = None) -> date:
    """The last day on which the measure is in time.

    `scheduled` is the last planned date of a measure that goes by its own schedule; without one, and for the
    kinds that name no date, the period's last day counts.
    """
    if deadline.end is not None:
        return deadline.end
    if deadline.kind is DeadlineKind.SCHEDULE and scheduled is not None:
        return scheduled
    return period.end


def quarters(period: Period) -> tuple[Quarter, ...]:
    """The calendar quarters cut to the period, in order."""
    found: list[Quarter] = []
    start = period.start
    while start <= period.end:
        number = (start.month - 1) // 3 + 1
        last = _last_of_month(start.year, number * 3) or period.end
        end = min(last, period.end)
        found.append(Quarter(f"{('I', 'II', 'III', 'IV')[number - 1]} квартал {start.year}", start, end))
        start = last + timedelta(days=1)
    return tuple(found)


def day_off(day: date, overrides: Mapping[date, bool]) -> str | None:
    """Why nobody works on the day («суббота», «День народного единства»), None on a working day.

    `overrides` are the school's own corrections: True makes the day a working one, False a day off. The
    calendar of public holidays and moved days off is that of the `holidays` library (Russia).
    """
    if day in overrides:
        return None if overrides[day] else "нерабочий день школы"
    import holidays

    russian = holidays.country_holidays("RU", years=day.year, language="ru")
    name = russian.get(day)
    if name is not None:
        return str(name)
    if russian.is_working_day(day):
        return None
    return WEEKDAYS[day.weekday()]


def in_words(day: date) -> str:
    """A date as printed for people, like «21.10.2022»."""
    return f"{day:%d.%m.%Y}"
