"""A roadmap as a document that the school opens, changes and prints: DOCX, A4 landscape, one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as DocumentFile
    from docx.table import Table

HEADERS = ("Содержание деятельности", "Сроки", "Ожидаемый результат", "Показатель", "Ответственный")
_WIDTHS_CM = (8.2, 3.2, 6.2, 4.6, 3.8)


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One measure as it is printed."""

    section: str
    title: str
    deadline: str
    expected: str
    indicator: str
    responsible: str


def write_roadmap_draft(path: Path, title: str, signatory: str, rows: Sequence[DraftRow]) -> None:
    """Write the document; the same table is read back by `roadmap import`.

    `signatory` is the post of whoever approves. The file must not exist yet: a draft that people have changed
    is never overwritten. Raises FileExistsError.
    """
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    document = Document()
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Cm(29.7), Cm(21)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(2), Cm(1), Cm(1.5), Cm(1.5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    approval = f"УТВЕРЖДАЮ\n{signatory}\n______________ / ______________\n«___» ______________ 20___ г."
    document.add_paragraph(approval).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.add_run(title).bold = True
    _fill(document, rows)
    with path.open("xb") as stream:
        document.save(stream)


def _fill(document: "DocumentFile", rows: Sequence[DraftRow]) -> None:
    from docx.shared import Cm

    lines: list[tuple[str, ...]] = [HEADERS]
    section = ""
    for row in rows:
        if row.section != section:
            section = row.section
            lines.append((section,))
        lines.append((row.title, row.deadline, row.expected, row.indicator, row.responsible))
    table = document.add_table(rows=len(lines), cols=len(HEADERS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS_CM, strict=True):
        column.width = Cm(width)
    for number, (line, placed) in enumerate(zip(lines, table.rows, strict=True)):
        cells = list(placed.cells)
        for cell, width in zip(cells, _WIDTHS_CM, strict=True):
            cell.width = Cm(width)
        if len(line) == 1:
            cells = [cells[0].merge(cells[-1])]
        for cell, text in zip(cells, line, strict=True):
            cell.paragraphs[0].add_run(text).bold = number == 0 or len(line) == 1
    _repeat_on_every_page(table)


def _repeat_on_every_page(table: "Table") -> None:
    from docx.oxml import OxmlElement

    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
