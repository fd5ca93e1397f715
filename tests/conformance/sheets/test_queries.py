"""QUERY, formulas that read by references made of values, and the Russian spelling.

The table, the queries and their answers are those of Google's Query Language Reference (version 0.7).
"""

from __future__ import annotations

import logging
from typing import Any

import pytest

from tests.conformance.sheets.book import Book, Service

HEAD = ["name", "dept", "lunchTime", "salary", "hireDate", "age", "isSenior", "seniorityStartTime"]
STAFF: list[list[Any]] = [
    ["John", "Eng", "12:00:00", 1000, "2005-03-19", 35, True, "2007-12-02 15:56:00"],
    ["Dave", "Eng", "12:00:00", 500, "2006-04-19", 27, False, ""],
    ["Sally", "Eng", "13:00:00", 600, "2005-10-10", 30, False, ""],
    ["Ben", "Sales", "12:00:00", 400, "2002-10-10", 32, True, "2005-03-09 12:30:00"],
    ["Dana", "Sales", "12:00:00", 350, "2004-09-08", 25, False, ""],
    ["Mike", "Marketing", "13:00:00", 800, "2005-01-10", 24, True, "2007-12-30 14:40:00"],
]
NOON, ONE = 0.5, 13 / 24
ANSWERS: list[tuple[str, list[list[Any]]]] = [
    ("select A, D where D > 700", [["name", "salary"], ["John", 1000], ["Mike", 800]]),
    (
        "select B, D where G = true order by D",
        [["dept", "salary"], ["Sales", 400], ["Marketing", 800], ["Eng", 1000]],
    ),
    ("select max(D)", [["max salary"], [1000]]),
    (
        "select B, sum(D) group by B",
        [["dept", "sum salary"], ["Eng", 2100], ["Marketing", 800], ["Sales", 750]],
    ),
    (
        "select C, avg(D), count(F) where G = true group by C",
        [["lunchTime", "avg salary", "count age"], [NOON, 700, 2], [ONE, 800, 1]],
    ),
    (
        "select B, max(D) group by B order by max(D) desc limit 2 offset 1",
        [["dept", "max salary"], ["Marketing", 800], ["Sales", 400]],
    ),
    ("select sum(D) pivot B", [["Eng", "Marketing", "Sales"], [2100, 800, 750]]),
    (
        "select B, sum(D) group by B pivot G",
        [["dept", "FALSE", "TRUE"], ["Eng", 1100, 1000], ["Marketing", "", 800], ["Sales", 350, 400]],
    ),
    ("select A where B != 'Eng' and date '2005-01-21' > E", [["name"], ["Ben"], ["Dana"], ["Mike"]]),
    ("select A where A starts with 'D' and not F = 25", [["name"], ["Dave"]]),
    ("select A where A matches '.*a.*' or A like 'J%'", [["name"], ["John"], ["Dave"], ["Sally"], ["Dana"]]),
    ("select A where A contains 'ke'", [["name"], ["Mike"]]),
    ("select A where H is not null", [["name"], ["John"], ["Ben"], ["Mike"]]),
    (
        "select upper(A), D * 2 + 1 where F <= 24",
        [["upper(name)", "sum(product(salary2())1())"], ["MIKE", 1601]],
    ),
    (
        "select year(E), count(A) group by year(E) order by count(A) desc limit 1",
        [["year(hireDate)", "count name"], [2005, 3]],
    ),
    ("select month(E) where A = 'John'", [["month(hireDate)"], [2]]),
    ("select A, D where F < 25 label A 'Имя', D ''", [["Имя"], ["Mike", 800]]),
    ("select dayOfWeek(E) where A = 'Ben'", [["dayOfWeek(hireDate)"], [5]]),
    ("select A skipping 4", [["name"], ["John"], ["Dana"]]),
    ("select A skipping 2 limit 1 offset 1", [["name"], ["Sally"]]),
    ("select D limit 1 options no_format", [["salary"], [1000]]),
]


@pytest.fixture
def staff(book: Book) -> Book:
    book.write("A1:H7", [HEAD, *STAFF], "USER_ENTERED")
    return book


def shown(book: Book, text: str) -> Any:
    book.write("J1", [[text]], "USER_ENTERED")
    return book.read("J1:R30", valueRenderOption="UNFORMATTED_VALUE")


@pytest.mark.feature("F60")
@pytest.mark.parametrize(("query", "answer"), ANSWERS, ids=[query for query, _ in ANSWERS])
def test_a_query_gives_what_the_reference_says(staff: Book, query: str, answer: list[list[Any]]) -> None:
    found = shown(staff, f'=QUERY(A1:H7,"{query}",1)')
    assert [len(line) for line in found] == [len(line) for line in answer]
    for line, wanted in zip(found, answer, strict=True):
        assert line == [pytest.approx(one) if isinstance(one, float) else one for one in wanted]


@pytest.mark.feature("F60")
@pytest.mark.parametrize(
    "query",
    [
        *(
            "select Z",
            "select A where",
            "selects A",
            "select A, sum(D)",
            "select A limit x",
            "order by A select A",
        ),
        *(
            "select median(D)",
            "select sum(A)",
            "select A where B = 'Eng",
            "options bold",
            "select A skipping x",
            "select A label B 'x'",
            "select A format D '0'",
        ),
    ],
)
def test_what_is_no_query_shows_an_error_and_a_warning_without_data(
    staff: Book, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    with caplog.at_level(logging.WARNING):
        assert shown(staff, f'=QUERY(A1:H7,"{query}",1)') == [["#VALUE!"]]
    assert "query was refused" in caplog.text
    assert not any(name in caplog.text for name in ("Sally", "Marketing"))


@pytest.mark.feature("F60")
def test_what_a_reference_of_values_reads_follows_every_change(staff: Book) -> None:
    """OFFSET and INDIRECT depend on cells that their text does not name."""
    staff.write("J1", [["=INDIRECT(K1)&OFFSET(A1,L1,0)&SUM(OFFSET(D1,1,0,COUNT(D2:D),1))"]], "USER_ENTERED")
    staff.write("K1:L1", [["A2", 2]])
    assert staff.read("J1") == [["JohnDave3650"]]
    staff.write("K1:L1", [["A3", 3]])
    staff.write("A4", [["Salome"]])
    staff.write("D8", [[50]])
    assert staff.read("J1") == [["DaveSalome3700"]]


@pytest.mark.feature("F60")
def test_a_reference_to_its_own_cell_is_a_circle(book: Book) -> None:
    book.write("A1:A2", [['=INDIRECT("A1")'], ["=OFFSET(A2,0,0)"]], "USER_ENTERED")
    assert book.read("A1:A2") == [["#REF!"], ["#REF!"]]


@pytest.mark.feature("F60")
def test_the_russian_spelling_is_read(service: Service) -> None:
    """Semicolons part arguments, a comma is decimal, a backslash parts the columns of an array."""
    book = service.create({"properties": {"locale": "ru_RU"}})
    book.write("A1:B3", [["7А", "4,5"], ["7Б", "3,25"], ["7А", "5"]], "USER_ENTERED")
    formulas = {
        "=SUM(B1:B3;0,25)": 13,
        '=SUMIFS(B1:B3;A1:A3;"7А")': 9.5,
        '=COUNTIFS(A1:A3;"7А";B1:B3;">4,7")': 1,
        '=VLOOKUP("7Б";A1:B3;2;FALSE)': 3.25,
        "=QUERY(A1:B3;\"select sum(B) where A = '7А' label sum(B) ''\";0)": 9.5,
        "=LET(x;1,5;x*2)": 3,
        "=INDEX({1,5\\2,5;3\\4};1;2)": 2.5,
        "=SUM(OFFSET(B1;1;0;2;1))": 8.25,
        '=REGEXREPLACE("8 (912) 000";"[^0-9]";"")': "8912000",
        "=REDUCE(0;B1:B3;LAMBDA(a;v;a+v))": 12.75,
        '=IFERROR(1/0;"нет")': "нет",
    }
    for text, wanted in formulas.items():
        book.write("D1", [[text]], "USER_ENTERED")
        assert book.read("D1", valueRenderOption="UNFORMATTED_VALUE") == [[wanted]], text
