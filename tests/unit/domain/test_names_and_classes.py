from datetime import date

import pytest

from sheets_sync.domain.classes import SchoolClass, class_of_school, parse_class
from sheets_sync.domain.contacts import parse_contacts
from sheets_sync.domain.dates import age_on, day_in_period, parse_date
from sheets_sync.domain.names import name_key, odd_letters, sex_by_name, shown_name, wrong_name


@pytest.mark.parametrize(
    "typed", ["7А", "7 а", "7-A", '7"а"', "7 A класс", "7–А", "7 «А»", "7а кл.", " 7\u00a0А ", "7/а", "7.а"]
)
def test_f12_spellings_of_one_class_are_one_class(typed: str) -> None:
    assert parse_class(typed) == SchoolClass(7, "А")
    assert str(parse_class(typed)) == "7 «А»"


@pytest.mark.parametrize(
    "typed", ["седьмой а", "VII А", "7а,8б", "07А", "12А", "0", "", "класс", "А7", "7АБВ", "77"]
)
def test_f12_a_class_that_cannot_be_read_goes_to_a_person(typed: str) -> None:
    assert parse_class(typed) is None


def test_f12_a_class_has_to_exist_in_the_school() -> None:
    assert class_of_school("5к", ("5 «А»", "7")) is None
    assert class_of_school("7 класс", ("5 «А»", "7")) == SchoolClass(7)
    assert class_of_school("11б", ()) == SchoolClass(11, "Б")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  ИВАНОВА   мария ПЕТРОВНА ", "Иванова Мария Петровна"),
        ("Ивановa Мария", "Иванова Мария"),
        ("Римский - Корсаков Лев Львович", "Римский-Корсаков Лев Львович"),
        ("мамедов эльчин рашид ОГЛЫ", "Мамедов Эльчин Рашид оглы"),
        ("Се\u0301мин\u200bПётр", "Се́минПётр"),
        ("Ёлкин Пётр", "Ёлкин Пётр"),
        ("Дмитрии\u0306", "Дмитрий"),
    ],
)
def test_f12_names_are_shown_tidy(typed: str, shown: str) -> None:
    assert shown_name(typed) == shown


def test_f12_yo_look_alikes_case_and_order_of_words_do_not_part_one_name() -> None:
    spellings = ["Семёнов Пётр Ильич", "СЕМЕНОВ ПЕТР ИЛЬИЧ", "Пётр Ильич Семёнов", "Ceмёнов Пeтp Ильич"]
    assert len({name_key(name) for name in spellings}) == 1
    assert name_key("Семёнов Пётр Ильич") != name_key("Семёнов Павел Ильич")


@pytest.mark.parametrize(
    "typed", ["", "   ", "Петров", "Петров П. И.", "123", "Петров Пётр 2", "Ivan Petrov", "."]
)
def test_f10_what_is_no_full_name_is_said_to_be_wrong(typed: str) -> None:
    assert wrong_name(typed)


@pytest.mark.parametrize(
    "typed", ["Ли Ан", "Мамедов Эльчин Рашид оглы", "Хас-Магомедов Али Исаевич", "Цой Виктор"]
)
def test_f10_short_and_long_real_names_pass(typed: str) -> None:
    assert wrong_name(typed) == ""


def test_f12_hidden_and_foreign_letters_in_a_name_are_noticed() -> None:
    assert odd_letters("Ивановa Мария")
    assert odd_letters("Иванова\u202e Мария")
    assert not odd_letters("Иванова Мария")


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Петров Пётр Ильич", "м"),
        ("Петрова Анна Ильинична", "ж"),
        ("Мамедов Эльчин Рашид оглы", "м"),
        ("Алиева Севда Вагиф кызы", "ж"),
        ("Хадижат Аминат", ""),
    ],
)
def test_f13_sex_is_taken_from_the_patronymic_and_never_guessed(name: str, sex: str) -> None:
    assert sex_by_name(name) == sex


def test_f12_telephones_and_addresses_are_found_among_words() -> None:
    found = parse_contacts("мама 8 (928) 123-45-67, папа +7 928 765 43 21; Mail: Anna.B@Example.RU")
    assert found.phones == ("+79281234567", "+79287654321")
    assert found.mails == ("anna.b@example.ru",)


@pytest.mark.parametrize("typed", ["нет", "12-34", "89281234567.0", "a@b", "8,93E+10", ""])
def test_f12_what_is_no_contact_gives_none(typed: str) -> None:
    assert parse_contacts(typed).mails == ()
    assert parse_contacts(typed).phones in ((), ("+79281234567",))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2010-05-01", date(2010, 5, 1)),
        ("01.05.2010", date(2010, 5, 1)),
        ("1.5.2010 г.", date(2010, 5, 1)),
        ("05/12/2011", None),
        ("31.02.2010", None),
        ("2010-02-29", None),
        ("1900-02-29", None),
        ("9999-12-31", date(9999, 12, 31)),
        ("44810", None),
        ("вчера", None),
        ("12.05.11", None),
    ],
)
def test_f12_dates_are_read_strictly_and_never_swapped(typed: str, day: date | None) -> None:
    assert parse_date(typed) == day


def test_a_day_without_a_year_falls_into_the_period() -> None:
    start, end = date(2022, 9, 1), date(2023, 5, 31)
    assert day_in_period("15.10", start, end) == date(2022, 10, 15)
    assert day_in_period("15.02", start, end) == date(2023, 2, 15)
    assert day_in_period("31.02", start, end) is None
    assert day_in_period("29.02", start, end) is None


def test_age_counts_full_years() -> None:
    assert age_on(date(2008, 10, 21), date(2022, 10, 20)) == 13
    assert age_on(date(2008, 10, 21), date(2022, 10, 21)) == 14
    assert age_on(date(2008, 2, 29), date(2022, 2, 28)) == 13
