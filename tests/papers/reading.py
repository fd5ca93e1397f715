"""An exported DOCX as a person leafs through it: blocks in order, the page, what stands in the header."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph


@dataclass(frozen=True)
class Text:
    """A paragraph outside tables."""

    text: str
    align: str
    new_page: bool
    fonts: frozenset[str]
    sizes: frozenset[float]


@dataclass(frozen=True)
class Grid:
    """A table: its texts, whether it is ruled and its first row repeats, where columns begin (mm)."""

    rows: tuple[tuple[str, ...], ...]
    ruled: bool
    header_repeats: bool
    columns: tuple[float, ...]
    fonts: frozenset[str]
    sizes: frozenset[float]


Block = Text | Grid


@dataclass(frozen=True)
class Paper:
    """A whole document; sizes in millimetres."""

    blocks: tuple[Block, ...]
    page: tuple[float, float]
    margins: dict[str, float]
    page_numbers: bool
    first_page_unnumbered: bool
    around: str = ""
    lines: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """Everything that is printed."""
        return "\n".join((*self.lines, self.around))

    def grids(self, *, ruled: bool) -> list[Grid]:
        return [block for block in self.blocks if isinstance(block, Grid) and block.ruled is ruled]


def read_paper(data: bytes) -> Paper:
    opened = docx.Document(io.BytesIO(data))
    section = opened.sections[0]
    blocks = tuple(_blocks(opened))
    around = [
        "".join(part.itertext())
        for edge in (section.header, section.footer, section.first_page_header, section.first_page_footer)
        for part in edge._element.iter(qn("w:p"))
    ]
    numbered = any("PAGE" in text for text in around)
    return Paper(
        blocks,
        (_mm(section.page_width), _mm(section.page_height)),
        {
            "левое": _mm(section.left_margin),
            "правое": _mm(section.right_margin),
            "верхнее": _mm(section.top_margin),
            "нижнее": _mm(section.bottom_margin),
        },
        numbered,
        section.different_first_page_header_footer,
        "\n".join(around),
        tuple(_lines(blocks)),
    )


def _mm(length: Length | None) -> float:
    assert length is not None
    return float(length.mm)


def _blocks(opened: Document) -> Iterator[Block]:
    for element in opened.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, opened)
            align = str(paragraph.alignment).split(" ")[0]
            breaks = bool(paragraph.paragraph_format.page_break_before)
            fonts, sizes = _looks([paragraph])
            yield Text(paragraph.text, align, breaks, fonts, sizes)
        elif element.tag == qn("w:tbl"):
            yield _grid(Table(element, opened))


def _grid(table: Table) -> Grid:
    rows = tuple(tuple(cell.text.strip() for cell in row.cells) for row in table.rows)
    looks = table.rows[0].cells[0]._tc.tcPr
    borders = None if looks is None else looks.find(qn("w:tcBorders"))
    ruled = borders is not None and any(side.get(qn("w:val")) != "nil" for side in borders)
    repeats = table.rows[0]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    widths = [cell.width.mm if cell.width else 0.0 for cell in table.rows[0].cells]
    starts = tuple(round(sum(widths[:place]), 1) for place in range(len(widths)))
    fonts, sizes = _looks([p for row in table.rows for cell in row.cells for p in cell.paragraphs])
    return Grid(rows, ruled, repeats, starts, fonts, sizes)


def _looks(paragraphs: list[Paragraph]) -> tuple[frozenset[str], frozenset[float]]:
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text.strip()]
    return (
        frozenset(run.font.name or "" for run in runs),
        frozenset(run.font.size.pt if run.font.size else 0.0 for run in runs),
    )


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Text):
            yield block.text
        else:
            yield from ("\t".join(row) for row in block.rows)
