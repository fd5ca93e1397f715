"""What a spreadsheet's locale changes: separators, month and day names, the order and look of dates.

Source: CLDR's data for the listed locales as Google's guide "Date and number formats" describes their use;
a locale that is not listed reads and shows numbers as en_US does (assumed).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """Separators, date order and names of one locale."""

    name: str
    decimal: str
    group: str
    day_first: bool
    date_separators: str
    date_pattern: str
    time_pattern: str
    date_time_pattern: str
    currency: str
    currency_pattern: str
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    days: tuple[str, ...]
    days_short: tuple[str, ...]
    true: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def argument_separator(self) -> str:
        """Returns what stands between a function's arguments: a semicolon where the comma is decimal."""
        return ";" if self.decimal == "," else ","


EN_US = Locale(
    name="en_US",
    decimal=".",
    group=",",
    day_first=False,
    date_separators="/-",
    date_pattern="m/d/yyyy",
    time_pattern="h:mm:ss am/pm",
    date_time_pattern="m/d/yyyy h:mm:ss",
    currency="$",
    currency_pattern='"$"#,##0.00',
    months=(
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    days_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    true=("TRUE",),
    false=("FALSE",),
)

RU_RU = Locale(
    name="ru_RU",
    decimal=",",
    group="\u00a0",
    day_first=True,
    date_separators="./-",
    date_pattern="dd.MM.yyyy",
    time_pattern="H:mm:ss",
    date_time_pattern="dd.MM.yyyy H:mm:ss",
    currency="₽",
    currency_pattern='#,##0.00"₽"',
    months=(
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
    ),
    months_short=(
        "янв.",
        "февр.",
        "мар.",
        "апр.",
        "мая",
        "июн.",
        "июл.",
        "авг.",
        "сент.",
        "окт.",
        "нояб.",
        "дек.",
    ),
    days=("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"),
    days_short=("пн", "вт", "ср", "чт", "пт", "сб", "вс"),
    true=("TRUE", "ИСТИНА"),
    false=("FALSE", "ЛОЖЬ"),
)

_EN_GB_LIKE = {"en_GB", "en_AU", "en_NZ", "en_IE", "en_IN"}


def find_locale(name: str) -> Locale:
    """Returns the locale of a spreadsheet by its name; unknown ones behave as en_US."""
    if name.startswith("ru"):
        return RU_RU
    if name in _EN_GB_LIKE:
        return EN_GB
    return EN_US


EN_GB = Locale(
    name="en_GB",
    decimal=".",
    group=",",
    day_first=True,
    date_separators="/-",
    date_pattern="dd/MM/yyyy",
    time_pattern="HH:mm:ss",
    date_time_pattern="dd/MM/yyyy HH:mm:ss",
    currency="£",
    currency_pattern='"£"#,##0.00',
    months=EN_US.months,
    months_short=EN_US.months_short,
    days=EN_US.days,
    days_short=EN_US.days_short,
    true=("TRUE",),
    false=("FALSE",),
)
