from datetime import date

import pytest

from sheets_sync.domain.russian import counted, date_in_words, long_date


# Written out by hand by the rules of ordinal numerals: only the last word is ordinal.
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2022, 10, 21), "двадцать первое октября две тысячи двадцать второго года"),
        (date(2023, 1, 3), "третье января две тысячи двадцать третьего года"),
        (date(2030, 9, 30), "тридцатое сентября две тысячи тридцатого года"),
        (date(2000, 3, 8), "восьмое марта двухтысячного года"),
        (date(1999, 12, 31), "тридцать первое декабря одна тысяча девятьсот девяносто девятого года"),
        (date(2040, 7, 14), "четырнадцатое июля две тысячи сорокового года"),
        (date(2019, 2, 23), "двадцать третье февраля две тысячи девятнадцатого года"),
        (date(1900, 5, 19), "девятнадцатое мая одна тысяча девятисотого года"),
    ],
)
def test_dates_are_written_out_in_words(day: date, words: str) -> None:
    assert date_in_words(day) == words


def test_a_year_that_cannot_be_written_out_is_refused() -> None:
    with pytest.raises(ValueError, match="2100"):
        date_in_words(date(2100, 1, 1))


def test_a_long_date_never_breaks_before_the_month_or_the_letter() -> None:
    assert long_date(date(2022, 10, 21)) == "21\N{NO-BREAK SPACE}октября 2022\N{NO-BREAK SPACE}г."


@pytest.mark.parametrize(
    ("number", "said"),
    [
        *((1, "1 человек"), (2, "2 человека"), (5, "5 человек"), (11, "11 человек"), (14, "14 человек")),
        *((21, "21 человек"), (22, "22 человека"), (25, "25 человек"), (111, "111 человек")),
        *((112, "112 человек"), (124, "124 человека"), (0, "0 человек")),
    ],
)
def test_people_are_counted_as_people_say_it(number: int, said: str) -> None:
    assert counted(number, "человек", "человека", "человек").replace("\N{NO-BREAK SPACE}", " ") == said
