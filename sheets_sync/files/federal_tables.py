"""The statistical form and the cross-table behind it as CSV or XLSX."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from sheets_sync.domain.federal.form import RowCount
from sheets_sync.domain.federal.participants import UNKNOWN, Crossing

FORM_HEADER = ("Строка", "Что считаем", "Число", "Почему нет данных", "Формула")
CROSS_HEADER = ("Роль", "Категория", "Форма наставничества", "Пол", "Возраст", "Человек")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WIDTHS = (22, 44, 24, 30, 44)

Cell = str | int


def form_csv(counted: Iterable[RowCount], crossings: Iterable[Crossing]) -> bytes:
    """Return the form and below it the cross-table, with what a Russian Excel expects: semicolons, a mark."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerows(map(_neutral, [FORM_HEADER, *_form(counted)]))
    writer.writerow(())
    writer.writerows(map(_neutral, [CROSS_HEADER, *_cross(crossings)]))
    return text.getvalue().encode("utf-8-sig")


def form_xlsx(counted: Iterable[RowCount], crossings: Iterable[Crossing]) -> bytes:
    """Return a workbook of two sheets: «Форма» and «Свод»."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in (
        ("Форма", [FORM_HEADER, *_form(counted)]),
        ("Свод", [CROSS_HEADER, *_cross(crossings)]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(_neutral(row)))
        for cell in sheet[1]:
            cell.font = Font(bold=True)
        for column, width in zip("ABCDE", _WIDTHS, strict=True):
            sheet.column_dimensions[column].width = width
        for cells in sheet.iter_rows(min_row=2):
            for cell in cells:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = "A2"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def neutral(value: Cell) -> Cell:
    """Return a value that no spreadsheet program takes for a formula.

    Source: OWASP, «CSV Injection»: a text that begins with = + - @, a tab or a line end gets an apostrophe.
    """
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return f"'{value}"
    return value


def _neutral(row: Sequence[Cell]) -> Sequence[Cell]:
    return [neutral(value) for value in row]


def _form(counted: Iterable[RowCount]) -> list[tuple[Cell, ...]]:
    return [
        (
            one.row.code,
            one.row.title,
            UNKNOWN if one.number is None else one.number,
            one.note,
            one.row.written,
        )
        for one in counted
    ]


def _cross(crossings: Iterable[Crossing]) -> list[tuple[Cell, ...]]:
    return [(one.role, one.group, one.form, one.sex, one.band, one.people) for one in crossings]
