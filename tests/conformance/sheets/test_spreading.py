"""Results of several cells fill the neighbours, as Google's help on array formulas tells."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.sheets.book import Book, grid

TABLE: list[list[Any]] = [["name", "sum"], ["b", 20], ["a", 10], ["b", 40], ["c", 30]]


@pytest.fixture
def table(book: Book) -> Book:
    """A spreadsheet with TABLE in A1:B5."""
    book.write("A1:B5", TABLE)
    return book


def typed(book: Book, place: str, formula: str) -> None:
    book.write(place, [[formula]], "USER_ENTERED")


@pytest.mark.parametrize(
    ("formula", "filled"),
    [
        ("=FILTER(A2:B5,B2:B5>15)", [["b", "20"], ["b", "40"], ["c", "30"]]),
        ('=FILTER(A2:A5,B2:B5>15,A2:A5="b")', [["b"], ["b"]]),
        ("=UNIQUE(A2:A5)", [["b"], ["a"], ["c"]]),
        ("=SORT(A2:B5,2,FALSE)", [["b", "40"], ["c", "30"], ["b", "20"], ["a", "10"]]),
        ("=SORT(A2:B5,1,TRUE,2,FALSE)", [["a", "10"], ["b", "40"], ["b", "20"], ["c", "30"]]),
        ("=SORT(UNIQUE(A2:A5))", [["a"], ["b"], ["c"]]),
        ("=TRANSPOSE(A2:B3)", [["b", "a"], ["20", "10"]]),
        ("=ARRAYFORMULA(B2:B5*2)", [["40"], ["20"], ["80"], ["60"]]),
        ('=ARRAYFORMULA(IF(B2:B5>15,"да","нет"))', [["да"], ["нет"], ["да"], ["да"]]),
        ("=SEQUENCE(2,3)", [["1", "2", "3"], ["4", "5", "6"]]),
        ('=SPLIT("1,b,3",",")', [["1", "b", "3"]]),
        ("=FLATTEN(A2:B3)", [["b"], ["20"], ["a"], ["10"]]),
        ("={1,2;3,4}", [["1", "2"], ["3", "4"]]),
        ('=SUM(FILTER(B2:B5,A2:A5="b"))', [["60"]]),
    ],
)
def test_f60_a_result_of_several_cells_fills_the_neighbours(
    table: Book, formula: str, filled: list[list[str]]
) -> None:
    typed(table, "D2", formula)
    assert table.read("D2:H9") == filled


def test_filled_cells_are_shown_and_not_entered(table: Book) -> None:
    typed(table, "D2", "=UNIQUE(A2:A5)")
    cells = table.cells("D2:D4", "userEnteredValue,effectiveValue,formattedValue")
    assert cells[0][0]["userEnteredValue"] == {"formulaValue": "=UNIQUE(A2:A5)"}
    assert cells[1:] == [
        [{"effectiveValue": {"stringValue": "a"}, "formattedValue": "a"}],
        [{"effectiveValue": {"stringValue": "c"}, "formattedValue": "c"}],
    ]


def test_other_formulas_read_filled_cells(table: Book) -> None:
    typed(table, "D2", '=FILTER(B2:B5,A2:A5="b")')
    typed(table, "F1", "=SUM(D:D)")
    typed(table, "F2", "=D3+1")
    typed(table, "G1", "=SORT(D2:D3,1,FALSE)")
    assert table.read("F1:G2") == [["60", "40"], ["41", "20"]]
    table.write("B2", [[100]])
    assert table.read("F1:G2") == [["140", "100"], ["41", "40"]]


def test_f60_a_result_without_room_shows_the_place(table: Book) -> None:
    typed(table, "D2", "=UNIQUE(A2:A5)")
    table.write("D4", [["занято"]])
    assert table.read("D2:D4") == [["#REF!"], [], ["занято"]]
    told = table.cells("D2", "effectiveValue")[0][0]["effectiveValue"]["errorValue"]
    assert told == {
        "type": "REF",
        "message": "Array result was not expanded because it would overwrite data in D4.",
    }
    table.write("D4", [[""]])
    assert table.read("D2:D4") == [["b"], ["a"], ["c"]]


def test_a_filter_that_finds_nothing_shows_na(table: Book) -> None:
    typed(table, "D2", "=FILTER(A2:A5,B2:B5>99)")
    assert table.read("D2") == [["#N/A"]]


def test_a_range_outside_of_array_functions_is_its_cell_in_the_own_row(table: Book) -> None:
    typed(table, "D3", "=B2:B5*2")
    typed(table, "D9", "=B2:B5*2")
    assert table.read("D3:D4") == [["20"]]
    assert table.read("D9") == [["#VALUE!"]]


def test_filled_cells_are_exported_and_carry_their_formats(table: Book) -> None:
    typed(table, "D2", "=SEQUENCE(3)")
    look = {"numberFormat": {"type": "NUMBER", "pattern": "0.0"}}
    cell = {"userEnteredFormat": look}
    asked = {"range": grid(1, 4, 3, 4), "cell": cell, "fields": "userEnteredFormat"}
    table.batch({"repeatCell": asked})
    assert table.read("D2:D4") == [["1.0"], ["2.0"], ["3.0"]]
