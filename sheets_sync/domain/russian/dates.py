"""Dates in words, as agreements print them."""

from datetime import date

from sheets_sync.domain.documents.wording import long_date

_STEMS = (
    *("", "перв", "втор", "трет", "четвёрт", "пят", "шест", "седьм", "восьм", "девят", "десят"),
    *("одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат", "семнадцат"),
    *("восемнадцат", "девятнадцат"),
)
_TENS = {
    2: ("двадцать", "двадцат"),
    3: ("тридцать", "тридцат"),
    4: ("сорок", "сороков"),
    5: ("пятьдесят", "пятидесят"),
    6: ("шестьдесят", "шестидесят"),
    7: ("семьдесят", "семидесят"),
    8: ("восемьдесят", "восьмидесят"),
    9: ("девяносто", "девяност"),
}
_CENTURIES = {
    19: ("одна тысяча девятьсот", "одна тысяча девятисотого"),
    20: ("две тысячи", "двухтысячного"),
}
FIRST_YEAR, LAST_YEAR = 1900, 2099


def date_in_words(day: date) -> str:
    """Return «двадцать первое октября две тысячи двадцать второго года».

    Raises:
        ValueError: the year is not between 1900 and 2099.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"год {day.year}: словами печатаются годы с {FIRST_YEAR} по {LAST_YEAR}")
    month = long_date(day).split()[1]
    return f"{_ordinal(day.day, 'ое', 'ье')} {month} {_year(day.year)} года"


def _year(year: int) -> str:
    before, round_year = _CENTURIES[year // 100]
    rest = year % 100
    return f"{before} {_ordinal(rest, 'ого', 'ьего')}" if rest else round_year


def _ordinal(number: int, ending: str, third: str) -> str:
    if number < len(_STEMS):
        return _STEMS[number] + (third if number == 3 else ending)
    tens, units = divmod(number, 10)
    before, alone = _TENS[tens]
    return f"{before} {_ordinal(units, ending, third)}" if units else alone + ending
