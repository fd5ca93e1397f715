"""The roadmap as text, DOCX and XLSX gives the same measures (F30)."""

from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from sheets_sync.domain.roadmap_text import cells_of_text, read_roadmap
from sheets_sync.errors import ImportFileError
from sheets_sync.files.roadmap_document import read_roadmap_file

SOURCE = Path(__file__).parents[2] / "data" / "roadmap_source.txt"
LINES = cells_of_text(SOURCE.read_text(encoding="utf-8"))


def titles_and_owners(path: Path) -> list[tuple[str, str, str, str | None, str]]:
    rows = read_roadmap(read_roadmap_file(path)).rows
    return [(row.section, row.title, row.expected, row.indicator, row.owner) for row in rows]


def test_f30_an_xlsx_table_gives_the_same_rows_as_the_text(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for line in LINES:
        sheet.append([cell or None for cell in line])
    workbook.save(tmp_path / "карта.xlsx")
    assert titles_and_owners(tmp_path / "карта.xlsx") == titles_and_owners(SOURCE)


def test_f30_a_docx_table_with_merged_cells_gives_the_same_rows_as_the_text(tmp_path: Path) -> None:
    document = Document()
    for line in LINES[:6]:
        document.add_paragraph(line[0])
    table = document.add_table(rows=0, cols=5)
    for line in (line for line in LINES if len(line) >= 4):
        cells = table.add_row().cells
        if line[0] and not any(line[1:]) and not line[0][0].islower():
            cells[0].merge(cells[4]).text = line[0]
            continue
        if len(line) == 4:
            cells[2].merge(cells[3])
        for place, text in zip((0, 1, 2, -1) if len(line) == 4 else range(5), line, strict=True):
            cells[place].text = text
    document.save(str(tmp_path / "карта.docx"))
    assert titles_and_owners(tmp_path / "карта.docx") == titles_and_owners(SOURCE)


def test_text_saved_in_the_old_windows_encoding_is_read(tmp_path: Path) -> None:
    old = tmp_path / "карта.txt"
    old.write_bytes(SOURCE.read_text(encoding="utf-8").encode("windows-1251"))
    assert titles_and_owners(old) == titles_and_owners(SOURCE)


@pytest.mark.parametrize("name", ["карта.docx", "карта.xlsx"])
def test_a_file_that_is_not_what_it_claims_is_refused_with_a_next_step(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"not an office document")
    with pytest.raises(ImportFileError) as caught:
        read_roadmap_file(tmp_path / name)
    assert "DOCX или XLSX" in caught.value.next_step


def test_a_missing_file_is_refused_without_its_name(tmp_path: Path) -> None:
    with pytest.raises(ImportFileError, match="не открывается"):
        read_roadmap_file(tmp_path / "нет.txt")
