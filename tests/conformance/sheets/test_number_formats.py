"""Patterns of numbers, dates and durations, shown as Google's guide "Date and number formats" shows them."""

from __future__ import annotations

from datetime import datetime

import pytest

from sheets_sync.emulator.sheets.serials import serial_of
from tests.conformance.sheets.book import Book, Json, Service, row

pytestmark = pytest.mark.feature("F60")
MOMENT = float(serial_of(datetime(2016, 4, 5, 16, 8, 53, 528_000)))  # noqa: DTZ001  the guide's, without a zone
DURATION = (3 * 3_600 + 13 * 60 + 41.255) / 86_400


def shown(book: Book, value: float, pattern: str, kind: str) -> str:
    cell: Json = {
        "userEnteredValue": {"numberValue": value},
        "userEnteredFormat": {"numberFormat": {"type": kind, "pattern": pattern}},
    }
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    book.batch({"updateCells": {"start": start, "rows": [row(cell)], "fields": "*"}})
    return str(book.read("A1")[0][0])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("h:mm:ss.00 a/p", "4:08:53.53 p"),
        ('hh:mm A/P".M."', "04:08 P.M."),
        ("yyyy-mm-dd", "2016-04-05"),
        ("mmmm d \\[dddd\\]", "April 5 [Tuesday]"),
        ("h PM, ddd mmm dd", "4 PM, Tue Apr 05"),
        ("dddd, m/d/yy at h:mm", "Tuesday, 4/5/16 at 16:08"),
        ("hh:mm am/pm", "04:08 PM"),
        ("mmmmm", "A"),
        ("ss.000", "53.528"),
    ],
)
def test_a_moment_is_shown_by_its_pattern(book: Book, pattern: str, text: str) -> None:
    assert shown(book, MOMENT, pattern, "DATE_TIME") == text


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[hh]:[mm]:[ss].000", "03:13:41.255"),
        ("[mmmm]:[ss].000", "0193:41.255"),
        ("[h]:mm", "3:13"),
        ("[ss]", "11621"),
    ],
)
def test_a_duration_is_shown_by_its_pattern(book: Book, pattern: str, text: str) -> None:
    assert shown(book, DURATION, pattern, "TIME") == text


@pytest.mark.parametrize(
    ("number", "pattern", "text"),
    [
        (12345.125, "####.#", "12345.1"),
        (12.34, "????.????", "  12.34  "),
        (12, "#.0#", "12.0"),
        (5.125, "# ???/???", "5   1/8  "),
        (12345.125, "#,###", "12,345"),
        (1234500, '0.0,,"M"', "1.2M"),
        (12345.125, "0.00E+00", "1.23E+04"),
        (12345, "##0.0E+0", "12.3E+3"),
        (0.000123, "0.0E+0", "1.2E-4"),
        (123, "00000", "00123"),
        (0.256, "0.00%", "25.60%"),
        (1234.5, "[$€]#,##0.00", "€1,234.50"),
        (-5, "#,##0.00;(#,##0.00)", "(5.00)"),
        (0, '0;-0;"zero"', "zero"),
        (50, '[<100]"low";[>=100]"high"', "low"),
        (123456789, "000-00-0000", "123-45-6789"),
        (8005551234, "(###) ###-####", "(800) 555-1234"),
        (0.5, "# ?/?", " 1/2"),
        (3.14159, "# ??/??", "3 14/99"),
        (5, '0 "шт."', "5 шт."),
        (-1234567.891, "#,##0.00", "-1,234,567.89"),
        (0.999, "0.0", "1.0"),
        (999.99, "0.0E+0", "1.0E+3"),
    ],
)
def test_a_number_is_shown_by_its_pattern(book: Book, number: float, pattern: str, text: str) -> None:
    assert shown(book, number, pattern, "NUMBER") == text


@pytest.mark.parametrize(
    ("value", "pattern", "kind", "text"),
    [
        (1234567.891, "#,##0.00", "NUMBER", "1\u00a0234\u00a0567,89"),
        (0.256, "0.00%", "PERCENT", "25,60%"),
        (44805, "d mmmm yyyy", "DATE", "1 сентября 2022"),
        (44805, "dddd", "DATE", "четверг"),
        (44805.5, "", "DATE_TIME", "01.09.2022 12:00:00"),
        (44805, "", "DATE", "01.09.2022"),
    ],
)
def test_a_russian_spreadsheet_shows_its_own_marks(
    service: Service, value: float, pattern: str, kind: str, text: str
) -> None:
    book = service.create({"properties": {"locale": "ru_RU"}})
    assert shown(book, value, pattern, kind) == text
