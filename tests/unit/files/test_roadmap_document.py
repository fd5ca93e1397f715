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


HEADER = next(line for line in LINES if "Ответственный" in line)
SECTIONS = list(dict.fromkeys(row.section for row in read_roadmap(LINES).rows))


def of_section(name: str) -> list[tuple[str, ...]]:
    """The section's rows as a school types them: five cells, the indicator's where it has one."""
    rows = [row for row in read_roadmap(LINES).rows if row.section == name]
    return [(row.title, row.written, row.expected, row.indicator or "", row.owner) for row in rows]


def expected_of_sections() -> list[tuple[str, str, str, str | None, str]]:
    return [(name, row[0], row[2], row[3], row[4]) for name in SECTIONS for row in of_section(name)]


def test_f30_a_docx_with_a_table_for_each_section_under_its_heading(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Дорожная карта", level=1)
    for name in SECTIONS:
        document.add_heading(name, level=2)
        table = document.add_table(rows=0, cols=5)
        for line in (HEADER, *of_section(name)):
            for cell, text in zip(table.add_row().cells, line, strict=True):
                cell.text = text
    document.save(str(tmp_path / "карта.docx"))
    assert titles_and_owners(tmp_path / "карта.docx") == expected_of_sections()


def test_f30_an_xlsx_whose_header_comes_again_and_whose_indicator_is_merged_over_two_rows(
    tmp_path: Path,
) -> None:
    """Two rows share one merged cell: the text belongs to the upper one, the lower one's is empty."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Дорожная карта школы"])
    for name in SECTIONS:
        sheet.append([name])
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=5)
        sheet.append(HEADER)
        for line in of_section(name):
            sheet.append([cell or None for cell in line])
    first = next(
        number for number in range(1, 9) if sheet.cell(number, 4).value == of_section(SECTIONS[0])[0][3]
    )
    sheet.merge_cells(start_row=first, start_column=4, end_row=first + 1, end_column=4)
    workbook.save(tmp_path / "карта.xlsx")
    assert titles_and_owners(tmp_path / "карта.xlsx") == expected_of_sections()


def test_f30_a_docx_row_broken_by_a_page_is_joined_though_the_header_stands_between(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=0, cols=4)
    lines = [
        ("Содержание", "Срок", "Ожидаемый результат", "Ответственный"),
        ("Раздел первый", "", "", ""),
        ("Проведение первых встреч внутри пары или", "до 21.10.2022", "Встречи проведены, планы", "Куратор"),
        ("Содержание", "Срок", "Ожидаемый результат", "Ответственный"),
        ("группы", "", "составлены", ""),
        ("Утверждение планов", "до 21.10.2022", "Приказ", "Директор"),
    ]
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    document.save(str(tmp_path / "карта.docx"))
    assert titles_and_owners(tmp_path / "карта.docx") == [
        (
            "Раздел первый",
            "Проведение первых встреч внутри пары или группы",
            "Встречи проведены, планы составлены",
            None,
            "Куратор",
        ),
        ("Раздел первый", "Утверждение планов", "Приказ", None, "Директор"),
    ]


def test_f30_a_docx_that_numbers_its_rows_in_a_column_of_their_own(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=0, cols=6)
    for line in (("№ п/п", *HEADER), *((f"{n}.", *row) for n, row in enumerate(of_section(SECTIONS[0]), 1))):
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text
    document.save(str(tmp_path / "карта.docx"))
    found = [row[1:] for row in titles_and_owners(tmp_path / "карта.docx")]
    assert found == [(row[0], row[2], row[3], row[4]) for row in of_section(SECTIONS[0])]


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
