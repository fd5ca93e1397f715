"""A table as a file, XLSX or CSV, read into lines of texts; and a private table that stays at the school."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zipfile import BadZipFile

from sheets_sync.errors import ExportFileError, ImportFileError

_ENCODINGS = ("utf-8-sig", "windows-1251")
_DELIMITERS = ";\t,"
HINT = "Сохраните файл как XLSX или CSV (кодировка UTF-8 или Windows-1251) и повторите"


def read_table(path: Path) -> list[tuple[str, ...]]:
    """Read the first sheet of an XLSX file, or a CSV file, line by line; blank lines stay in their places.

    Shape: whole numbers come without a fraction, dates as ДД.ММ.ГГГГ, moments as ДД.ММ.ГГГГ ЧЧ:ММ:СС.

    Raises:
        ImportFileError: the file is missing or is not what its ending says.
    """
    try:
        if path.suffix.casefold() in {".xlsx", ".xlsm"}:
            return _xlsx(path)
        return _csv(path.read_bytes(), path.name)
    except OSError as error:
        raise ImportFileError(
            f"Файл {path.name} не открывается: проверьте путь и права", hint=HINT
        ) from error


def read_private(path: Path) -> list[tuple[str, ...]]:
    """Read a private table; none where there is no file."""
    return read_table(path) if path.exists() else []


def write_private(path: Path, lines: Iterable[Sequence[str]]) -> bool:
    """Write a table that only the school's account may read, whole or not at all; False when nothing changed.

    The file opens in a spreadsheet program by a double click: UTF-8 with a mark, semicolons.
    """
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows(lines)
    body = text.getvalue().encode("utf-8-sig")
    if path.exists() and path.read_bytes() == body:
        return False
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_bytes(body)
    draft.replace(path)
    return True


def write_table(path: Path, lines: Sequence[Sequence[str]], title: str) -> None:
    """Write a table to be handed on, XLSX by its ending and CSV otherwise, readable by its owner only.

    Raises:
        ExportFileError: the file cannot be written.
    """
    try:
        if path.suffix.casefold() != ".xlsx":
            write_private(path, lines)
            return
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        _write_xlsx(path, lines, title)
    except OSError as error:
        raise ExportFileError(f"Файл {path.name} не записывается") from error


def _write_xlsx(path: Path, lines: Sequence[Sequence[str]], title: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "C2"
    sheet.page_setup.orientation = "landscape"
    for number, column in enumerate(zip(*lines, strict=True), 1):
        widest = max(len(text) for text in column)
        sheet.column_dimensions[_letter(number)].width = min(48, max(10, widest + 2))
    for place, line in enumerate(lines):
        cells = []
        for text in line:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type = "s"  # a text that begins with «=» stays a text
            cell.font = Font(bold=place == 0)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cells.append(cell)
        sheet.append(cells)
    book.save(path)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _csv(raw: bytes, name: str) -> list[tuple[str, ...]]:
    for encoding in _ENCODINGS:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ImportFileError(f"Файл {name} не читается: неизвестная кодировка", hint=HINT)
    if "\0" in text:
        raise ImportFileError(f"Файл {name} не похож на таблицу", hint=HINT)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        return [tuple(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise ImportFileError(f"Файл {name} не читается как CSV", hint=HINT) from error


def _xlsx(path: Path) -> list[tuple[str, ...]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        lines = [tuple(map(_text, row)) for row in workbook.worksheets[0].iter_rows(values_only=True)]
        workbook.close()
    except (InvalidFileException, BadZipFile, KeyError, ValueError, IndexError) as error:
        raise ImportFileError(f"Файл {path.name} не читается как XLSX", hint=HINT) from error
    return lines


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y}" if value.time() == time() else f"{value:%d.%m.%Y %H:%M:%S}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
