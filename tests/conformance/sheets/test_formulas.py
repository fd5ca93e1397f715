"""Formulas: computed when read; expected values are counted by hand or stand in Google's function list."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import Any

import pytest

from tests.conformance.sheets.book import Book, Service, columns, formula, rows


@pytest.fixture
def table(book: Book) -> Book:
    book.write("A1:C4", [["name", "sum", "day"], ["a", 10, 44900], ["b", 20, 44919], ["a", 30, 44926]])
    book.write("A6", [["=TODAY()"]], "USER_ENTERED")
    return book


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("=SUM(B2:B4)", 60),
        ("=SUM(B:B)", 60),
        ("=MAX(B2:B4)-MIN(B2:B4)", 20),
        ('=COUNTIF(A2:A4,"a")', 2),
        ('=COUNTIF(A2:A4;"a")', 2),
        ('=COUNTIF(A1:A5;"<>")', 4),
        ('=COUNTIFS(A2:A4,"a",B2:B4,">15")', 1),
        ('=SUMIF(A2:A4,"a",B2:B4)', 40),
        ('=IF(B2>5,"да","нет")', "да"),
        ('=IF(ISBLANK(D9),"пусто","")', "пусто"),
        ('=VLOOKUP("b",A2:B4,2,FALSE)', 20),
        ('=IFERROR(VLOOKUP("z",A2:B4,2,FALSE),"нет")', "нет"),
        ("=INDEX(B2:B4,MATCH(20,B2:B4,0))", 20),
        ("=C2-TODAY()", 44900 - 44918),
        ("=MAX(0,C4-TODAY())", 8),
        ('=TEXT(C3,"dd.mm.yyyy")', "24.12.2022"),
        ('=HYPERLINK("https://example.org","ссылка")', "ссылка"),
        ('=A2&"-"&B2', "a-10"),
        ("=ROW()", 1),
        ("=10%", 0.1),
        ("=AND(B2=10,B3=20)", True),
        ("=COUNTA(A2:A)", 4),
        ("=sum(b2,b3)", 30),
        ("=ROUND(2/3,2)", 0.67),
        ("=COUNTUNIQUE(A2:A4)", 2),
        ('=REGEXMATCH(A2,"^a$")', True),
    ],
)
def test_f61_a_formula_gives_its_value(table: Book, text: str, value: Any) -> None:
    table.write("E1", [[text]], "USER_ENTERED")
    assert table.read("E1", valueRenderOption="UNFORMATTED_VALUE") == [[value]]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1/0", "#DIV/0!"),
        ("=NA()", "#N/A"),
        ("=Missing!A1", "#REF!"),
        ("=E1", "#REF!"),
        ("=SUM(A1:A3", "#ERROR!"),
        ('=VLOOKUP("z",A2:B4,2,FALSE)', "#N/A"),
    ],
)
def test_a_formula_that_fails_shows_its_error(table: Book, text: str, shown: str) -> None:
    table.write("E1", [[text]], "USER_ENTERED")
    assert table.read("E1") == [[shown]]


def test_f61_an_unknown_function_shows_name_and_warns_without_contents(
    table: Book, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        table.write("E1", [['=NOSUCHTHING("секрет")']], "USER_ENTERED")
        assert table.read("E1") == [["#NAME?"]]
    assert "NOSUCHTHING" in caplog.text
    assert "секрет" not in caplog.text


def test_a_value_that_changes_changes_what_depends_on_it(book: Book) -> None:
    book.write("A1:C1", [[1, "=A1*2", "=B1+1"]], "USER_ENTERED")
    assert book.read("A1:C1") == [["1", "2", "3"]]
    book.write("A1", [[5]])
    assert book.read("A1:C1") == [["5", "10", "11"]]


def test_formulas_follow_inserted_moved_and_deleted_rows(book: Book) -> None:
    book.write("A1:A3", [[1], [2], [3]])
    book.write("C1", [["=SUM(A1:A3)"]], "USER_ENTERED")
    book.write("D1", [["=A3"]], "USER_ENTERED")
    book.batch({"insertDimension": {"range": rows(1, 3)}})
    assert book.read("C1:D1", valueRenderOption="FORMULA") == [["=SUM(A1:A5)", "=A5"]]
    book.batch({"deleteDimension": {"range": rows(4, 5)}})
    assert book.read("C1:D1", valueRenderOption="FORMULA") == [["=SUM(A1:A4)", "=#REF!"]]
    book.batch({"insertDimension": {"range": columns(0, 1)}})
    assert book.read("D1", valueRenderOption="FORMULA") == [["=SUM(B1:B4)"]]


def test_formulas_follow_the_title_of_a_sheet(book: Book) -> None:
    book.batch({"addSheet": {"properties": {"title": "Data", "sheetId": 5}}})
    book.write("Data!A1", [[7]])
    book.write("Sheet1!A1", [["=Data!A1"]], "USER_ENTERED")
    properties = {"sheetId": 5, "title": "Мои данные"}
    book.batch({"updateSheetProperties": {"properties": properties, "fields": "title"}})
    assert book.read("Sheet1!A1", valueRenderOption="FORMULA") == [["='Мои данные'!A1"]]
    assert book.read("Sheet1!A1") == [["7"]]


def test_named_ranges_work_in_formulas(book: Book) -> None:
    book.write("A1:A3", [[1], [2], [3]])
    range_ = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 1}
    book.batch({"addNamedRange": {"namedRange": {"name": "Числа", "range": range_}}})
    book.write("B1", [["=SUM(Числа)"]], "USER_ENTERED")
    assert book.read("B1") == [["6"]]
    assert book.read("Числа") == [["1"], ["2"], ["3"]]


def test_a_russian_spreadsheet_takes_both_separators(service: Service) -> None:
    book = service.create({"properties": {"title": "Б", "locale": "ru_RU"}})
    book.write("A1:A3", [["=SUM(1,5;2)"], ["=SUM(1.5,2)"], ['=IF(1>0;"а;б";"в")']], "USER_ENTERED")
    assert book.read("A1:A3") == [["3,5"], ["3,5"], ["а;б"]]


def test_a_repeated_formula_shifts_its_references(book: Book) -> None:
    book.write("A1:A3", [[1], [2], [3]])
    range_ = {"sheetId": 0, "startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 1, "endColumnIndex": 2}
    repeated = {"range": range_, "cell": formula("=A1*$A$1+10"), "fields": "userEnteredValue"}
    book.batch({"repeatCell": repeated})
    assert book.read("B1:B3", valueRenderOption="FORMULA") == [
        ["=A1*$A$1+10"],
        ["=A2*$A$1+10"],
        ["=A3*$A$1+10"],
    ]
    assert book.read("B1:B3") == [["11"], ["12"], ["13"]]


def test_a_link_is_told_beside_its_label(book: Book) -> None:
    book.put(formula('=HYPERLINK("https://example.org/a";"приказ")'))
    assert book.cells("A1", "formattedValue,hyperlink") == [
        [{"formattedValue": "приказ", "hyperlink": "https://example.org/a"}]
    ]


STATISTICS_LATE = """
import sys
from googleapiclient.discovery import build
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorHttp

api = build("sheets", "v4", http=EmulatorHttp(Emulator())).spreadsheets()
book = api.create(body={}).execute()["spreadsheetId"]

def shown(formula):
    body = {"values": [[formula]]}
    api.values().update(spreadsheetId=book, range="A1", valueInputOption="USER_ENTERED", body=body).execute()
    return api.values().get(spreadsheetId=book, range="A1").execute()["values"]

assert shown('=IF(DATE(2022,9,16)<TODAY(),"past",1)') == [["past"]]
assert "scipy" not in sys.modules
assert shown("=AVERAGE(1,2,6)") == [["3"]]
assert shown("=COUNTIF(B1:B2,1)") == [["0"]]
"""


def test_what_only_statistics_need_is_not_loaded_for_dates() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", STATISTICS_LATE], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
