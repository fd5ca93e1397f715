"""Values to and from cells; serial dates by hand from Google's guide to formats (day zero 30.12.1899)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.domain.tables import CellValue, DocumentLink, Formula
from sheets_sync.google.cells import cell_data, cell_value, extended_value, formula_of

AS_TYPED = ["007", "+7 900", "5-6", "1e5", "=СУММ(A1)", "'=1", "31.12.2025", "TRUE", "\t=1", "@A1", "🦊"]


@pytest.mark.parametrize("text", AS_TYPED)
def test_f09_a_text_goes_out_as_a_string_value_whatever_it_looks_like(text: str) -> None:
    assert cell_data(text) == {"userEnteredValue": {"stringValue": text}}


@given(st.text(min_size=1))
def test_f09_no_text_becomes_anything_but_a_string_value_and_comes_back_the_same(text: str) -> None:
    sent = extended_value(text)
    assert list(sent) == ["stringValue"]
    assert cell_value({"effectiveValue": sent}, "text") == text


@pytest.mark.parametrize(
    ("day", "serial"),
    [
        (date(1899, 12, 31), 1),
        (date(1900, 1, 1), 2),
        (date(2022, 10, 12), 44846),
        (date(9999, 12, 31), 2958465),
    ],
)
def test_dates_are_serial_numbers_counted_from_the_end_of_1899(day: date, serial: int) -> None:
    assert extended_value(day) == {"numberValue": serial}
    assert cell_value({"effectiveValue": {"numberValue": serial}}, "date") == day


@pytest.mark.parametrize("serial", [-1, 2958466, 1e12])
def test_a_number_that_is_no_date_stays_a_number_in_a_date_column(serial: float) -> None:
    assert cell_value({"effectiveValue": {"numberValue": serial}}, "date") == serial


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        (None, {}),
        ("", {}),
        (True, {"boolValue": True}),
        (0, {"numberValue": 0}),
        (0.25, {"numberValue": 0.25}),
        (Formula("=TODAY()"), {"formulaValue": "=TODAY()"}),
    ],
)
def test_every_kind_of_value_has_its_own_place(value: CellValue, sent: dict[str, object]) -> None:
    assert extended_value(value) == sent


def test_a_link_to_a_document_that_does_not_exist_yet_is_never_sent() -> None:
    with pytest.raises(TypeError):
        extended_value(DocumentLink("Д-019"))


def test_a_formula_shows_its_result_and_is_told_from_a_value() -> None:
    cell = {"userEnteredValue": {"formulaValue": "=1+1"}, "effectiveValue": {"numberValue": 2}}
    assert (cell_value(cell, "number"), formula_of(cell)) == (2, "=1+1")
    assert formula_of({"userEnteredValue": {"stringValue": "=1+1"}}) is None
    assert cell_value({"effectiveValue": {"errorValue": {"type": "REF"}}}, "text") == "#REF"
