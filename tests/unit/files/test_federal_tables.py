"""The exported tables: read back by other libraries, and nothing in them can become a formula."""

from io import BytesIO, StringIO

import pandas as pd
import pytest

from sheets_sync.domain.federal.form import FormRow, RowCount
from sheets_sync.domain.federal.formula import Formula
from sheets_sync.domain.federal.participants import Crossing
from sheets_sync.files.federal_tables import form_csv, form_xlsx, neutral

ROWS = (
    RowCount(FormRow("01", "Всего", "все", Formula(())), 7),
    RowCount(FormRow("=02", "+HYPERLINK(1)", "пол = женский", Formula(())), None, "@нет"),
)
CROSSINGS = (Crossing("наставляемый", "обучающийся", "ученик–ученик", "женский", "10–14", 7),)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_f38_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert neutral("10-14") == "10-14"
    assert neutral(-3) == -3


def test_f38_the_csv_opens_with_cyrillic_and_keeps_codes_as_text() -> None:
    text = form_csv(ROWS, CROSSINGS).decode("utf-8-sig")
    form, _, cross = text.partition("\r\n\r\n")
    read = pd.read_csv(StringIO(form), sep=";", dtype=str, keep_default_na=False)

    assert list(read["Строка"]) == ["01", "'=02"]
    assert list(read["Число"]) == ["7", "нет данных"]
    assert read["Что считаем"][1] == "'+HYPERLINK(1)"
    assert list(pd.read_csv(StringIO(cross), sep=";")["Человек"]) == [7]


def test_f38_the_workbook_holds_both_tables_and_no_formula() -> None:
    sheets = pd.read_excel(BytesIO(form_xlsx(ROWS, CROSSINGS)), sheet_name=None, dtype=str)

    assert list(sheets) == ["Форма", "Свод"]
    assert list(sheets["Форма"]["Строка"]) == ["01", "'=02"]
    assert list(sheets["Свод"]["Человек"]) == ["7"]
