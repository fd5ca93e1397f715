"""What formulas fill, which formats their results keep, and what they ask of cells themselves.

Expected values are those of Google's help pages (SORTN's own example among them) or counted by hand.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.sheets.book import Book, Service, grid, rows

pytestmark = pytest.mark.feature("F60")
STUDENTS: list[list[Any]] = [
    ["Student", "Test 1 Score", "Test 2 Score"],
    ["Alice", 100, 90],
    ["Bob", 75, 85],
    ["Carol", 80, 85],
    ["Devon", 100, 95],
    ["Eloise", 80, 90],
]
ALICE, BOB, CAROL, DEVON, ELOISE = STUDENTS[1:]


def result(book: Book, text: str, **options: Any) -> Any:
    book.write("H1", [[text]], "USER_ENTERED")
    return book.read("H1:Z30", **(options or {"valueRenderOption": "UNFORMATTED_VALUE"}))


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("=SORTN(A2:C6)", [ALICE]),
        ("=SORTN(A2:C6,2)", [ALICE, BOB]),
        ("=SORTN(A2:C6,3,0,B2:B6,FALSE)", [ALICE, DEVON, CAROL]),
        ("=SORTN(A2:C6,3,1,B2:B6,FALSE)", [ALICE, DEVON, CAROL, ELOISE]),
        ("=SORTN(A2:C6,3,2,B2:B6,FALSE)", [ALICE, CAROL, BOB]),
        ("=SORTN(A2:C6,3,3,B2:B6,FALSE)", [ALICE, DEVON, CAROL, ELOISE, BOB]),
        ("=SORTN(A2:C6,3,3,2,FALSE,3,FALSE)", [DEVON, ALICE, ELOISE]),
        ("=ARRAY_CONSTRAIN(A1:C6,2,2)", [STUDENTS[0][:2], ALICE[:2]]),
        ('=XLOOKUP("Bob",A2:A6,B2:C6)', [[75, 85]]),
        ('=ARRAYFORMULA(XLOOKUP({"Bob";"Zed"},A2:A6,B2:B6,"none"))', [[75], ["none"]]),
        ('=REGEXEXTRACT("no 12 of 7","(\\d+) of (\\d+)")', [["12", "7"]]),
        ('=ARRAYFORMULA(SPLIT({"a b";"c"}," "))', [["a", "b"], ["c"]]),
        ('=ARRAYFORMULA(TRIM({" a ";"b "}))', [["a"], ["b"]]),
        ("=ARRAYFORMULA(ISBETWEEN(B2:B4,80,90))", [[False], [False], [True]]),
        ('=ARRAYFORMULA(IF(B2:B4>78,A2:A4,"-"))', [["Alice"], ["-"], ["Carol"]]),
        ("=MINVERSE({2,0;0,2})", [[0.5, 0], [0, 0.5]]),
        ('=IF(TRUE,,"never")', None),
        ('=IMAGE("https://example.org/a.png")', None),
        ("=SPARKLINE(B2:B6)", None),
    ],
)
def test_a_result_fills_these_cells(book: Book, text: str, filled: Any) -> None:
    book.write("A1:C6", STUDENTS)
    assert result(book, text) == filled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=A2", [["2/3/2022"]]),
        ("=A2+7", [["2/10/2022"]]),
        ("=A3-A2", [["2"]]),
        ("=B2*2", [["$21.00"]]),
        ("=SUM(B2:B3)", [["$15.75"]]),
        ("=MAX(A2:A3)", [["2/5/2022"]]),
        ("=FILTER(A2:C3,B2:B3>6)", [["2/3/2022", "$10.50", "50%"]]),
        ("=SORT(A2:A3,1,FALSE)", [["2/5/2022"], ["2/3/2022"]]),
        ("={A2;A3}", [["2/3/2022"], ["2/5/2022"]]),
        ('=QUERY(A1:C3,"select A, sum(B) group by A",1)', None),
        ("=QUERY(A2:C3,\"select A format A 'yyyy-MM-dd'\",0)", [["2022-02-03"], ["2022-02-05"]]),
        ('=QUERY(A2:C3,"select A options no_format",0)', [["44595"], ["44597"]]),
        ('=VLOOKUP("2/5/2022"+0,A2:C3,2,FALSE)', [["$5.25"]]),
        ("=EDATE(A2,1)", [["3/3/2022"]]),
        ('=DATEVALUE("2/3/2022")', [["44595"]]),
        ("=TO_TEXT(A2)", [["2/3/2022"]]),
        ("=TO_DOLLARS(5)", [["$5.00"]]),
        ("=TO_PURE_NUMBER(C2)", [["0.5"]]),
        ("=EPOCHTODATE(1655906710)", [["6/22/2022 14:05:10"]]),
    ],
)
def test_a_result_keeps_the_format_of_what_it_comes_from(book: Book, text: str, shown: Any) -> None:
    """Source: the editor's behaviour; EPOCHTODATE and the functions TO_… are Google's own examples."""
    book.write(
        "A1:C3", [["", "", ""], ["2/3/2022", "$10.50", "50%"], ["2/5/2022", "$5.25", "25%"]], "USER_ENTERED"
    )
    if shown is None:
        shown = [["", "sum "], ["2/3/2022", "$10.50"], ["2/5/2022", "$5.25"]]
    assert result(book, text, valueRenderOption="FORMATTED_VALUE") == shown


def test_a_filled_cell_tells_its_format(book: Book) -> None:
    book.write("A1:A2", [["2/3/2022"], ["2/5/2022"]], "USER_ENTERED")
    book.write("C1", [["=SORT(A1:A2,1,FALSE)"]], "USER_ENTERED")
    shown = {"effectiveValue": {"numberValue": 44595}, "formattedValue": "2/3/2022"}
    assert book.cells("C2", "effectiveValue,formattedValue") == [[shown]]
    found = book.cells("C2", "effectiveFormat.numberFormat,userEnteredFormat")
    assert found == [[{"effectiveFormat": {"numberFormat": {"type": "DATE", "pattern": "m/d/yyyy"}}}]]


def test_subtotal_counts_what_is_seen(book: Book) -> None:
    """Source: Google's help page of SUBTOTAL: filtered rows never count, hidden ones not from 101 on."""
    book.write("A1:A6", [["head"], [1], [2], [4], ["=SUBTOTAL(9,A2:A4)"], [8]], "USER_ENTERED")
    hide = {"properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
    book.batch({"updateDimensionProperties": {"range": rows(1, 2), **hide}})
    assert result(book, "=SUBTOTAL(9,A2:A6)") == [[15]]
    assert result(book, "=SUBTOTAL(109,A2:A6)") == [[14]]
    criteria = {"0": {"hiddenValues": ["4"]}}
    book.batch({"setBasicFilter": {"filter": {"range": grid(0, 4, 0, 1), "criteria": criteria}}})
    assert result(book, "=SUBTOTAL(2,A2:A6)") == [[3]]


def test_cells_are_asked_about_themselves(book: Book) -> None:
    book.write("B2", [["=1+1"]], "USER_ENTERED")
    asked = '=CELL("address",B2)&CELL("row",B2)&CELL("col",B2)&CELL("contents",B2)&CELL("type",B2)'
    assert result(book, asked) == [["$B$2222v"]]
    assert result(book, "=FORMULATEXT(B2)&ISFORMULA(B2)&ISFORMULA(A1)&ISREF(B2)") == [["=1+1TRUEFALSETRUE"]]
    assert result(book, "=FORMULATEXT(A1)") == [["#N/A"]]
    assert result(book, "=ROWS(A:A)+COLUMNS(1:1)+ROWS({1;2})") == [[1028]]


def test_empty_cells_of_open_ranges_count(book: Book) -> None:
    book.write("A1:A2", [["a"], ["b"]])
    assert result(book, '=COUNTBLANK(A1:A)&"-"&COUNTIF(A1:A,"")&"-"&SUMPRODUCT((A1:A="")*1)') == [
        ["998-998-998"]
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=СУММ(A1:A2)", "3,75"),
        ('=ЕСЛИ(A1>2;"да";"нет")', "да"),
        ('=СЧЕТЕСЛИ(A1:A2;">2")&СЧЁТЕСЛИ(A1:A2;">0")', "12"),
        ('=ЕСЛИОШИБКА(ВПР("х";A1:B2;2;ЛОЖЬ);"СУММ(1)")', "СУММ(1)"),
        ('=ТЕКСТ(ДАТА(2022;9;1);"dd.mm.yyyy")', "01.09.2022"),
        ('=TEXT(1234,5;"# ##0,00")', "1\u00a0234,50"),
        ('="всего: "&A1', "всего: 2,5"),
        ('="1,5"*2', "3"),
        ('="01.09.2022"+1', "02.09.2022"),
        ("=1,5*2", "3"),
    ],
)
def test_a_russian_spreadsheet_reads_what_is_typed_there(service: Service, text: str, shown: str) -> None:
    book = service.create({"properties": {"locale": "ru_RU"}})
    book.write("A1:A2", [["2,5"], ["1,25"]], "USER_ENTERED")
    assert result(book, text, valueRenderOption="FORMATTED_VALUE") == [[shown]]
