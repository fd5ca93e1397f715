"""A school's roadmap as a file: tab-separated text, DOCX or XLSX, read into lines of cells."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from sheets_sync.domain.roadmap_text import Cells, cells_of_text
from sheets_sync.errors import ImportFileError

if TYPE_CHECKING:
    from docx.table import Table


def read_roadmap_file(path: Path) -> list[Cells]:
    """Reads the document's lines in order, each as its cells; merged cells give their text once.

    The kind of file is told by its ending (.docx, .xlsx, anything else is text in UTF-8 or Windows-1251).
    Raises ImportFileError when the file is missing or is not what its ending says.
    """
    readers = {".docx": _docx, ".xlsx": _xlsx}
    try:
        return readers.get(path.suffix.casefold(), _text)(path)
    except OSError as error:
        raise ImportFileError("Файл дорожной карты не открывается: проверьте путь и права") from error
    except (BadZipFile, KeyError, ValueError) as error:
        raise ImportFileError(f"Файл не читается как {path.suffix or 'текст'}") from error


def _text(path: Path) -> list[Cells]:
    raw = path.read_bytes()
    try:
        return cells_of_text(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return cells_of_text(raw.decode("windows-1251"))


def _docx(path: Path) -> list[Cells]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = Document(str(path))
    except PackageNotFoundError as error:
        raise ImportFileError("Файл не читается как .docx") from error
    lines: list[Cells] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines.extend(_docx_table(block))
        else:
            lines.append((block.text,))
    return lines


def _docx_table(table: "Table") -> Iterator[Cells]:
    """A cell merged over columns stands once; one merged over rows is empty in the rows below."""
    above: set[object] = set()
    for row in table.rows:
        places = dict.fromkeys(cell._tc for cell in row.cells)
        text = {cell._tc: " ".join(cell.text.split()) for cell in row.cells}
        yield _widened(tuple("" if place in above else text[place] for place in places))
        above |= set(places)


def _xlsx(path: Path) -> list[Cells]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, data_only=True)
    except InvalidFileException as error:
        raise ImportFileError("Файл не читается как .xlsx") from error
    lines: list[Cells] = []
    for sheet in workbook.worksheets:
        beside = {
            (line, column)
            for area in sheet.merged_cells.ranges
            for line in range(area.min_row, area.max_row + 1)
            for column in range(area.min_col + 1, area.max_col + 1)
        }
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = (
                _printed(value) for place, value in enumerate(row, start=1) if (number, place) not in beside
            )
            lines.append(_trimmed(tuple(cells)))
    workbook.close()
    return lines


def _printed(value: object) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d.%m.%Y}"
    return "" if value is None else str(value)


def _trimmed(line: Cells) -> Cells:
    """Drops the empty cells that a spreadsheet adds at the right; a row of a table keeps at least four."""
    filled = [place for place, cell in enumerate(line) if cell.strip()]
    return _widened(line[: filled[-1] + 1]) if filled else ("",)


def _widened(cells: Cells) -> Cells:
    """Four cells at least: a line of one cell is text outside the table, not a merged heading in it."""
    return (*cells, *("",) * (4 - len(cells)))
