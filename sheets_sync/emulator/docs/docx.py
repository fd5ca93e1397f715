"""A document as a DOCX file: page, fonts, paragraphs, lists with real numbering, tables, header, footer and
page numbers.

Text is written literally. Footnotes, which python-docx cannot make, become numbered notes after the text.
"""

from __future__ import annotations

import io
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run as DocxRun

from sheets_sync.emulator.docs.blocks import (
    Block,
    CellBlock,
    Page,
    ParagraphBlock,
    Run,
    SectionBlock,
    TableBlock,
    TextLook,
    View,
)
from sheets_sync.emulator.docs.docxlists import Numbering

_ALIGN = {
    "START": WD_ALIGN_PARAGRAPH.LEFT,
    "CENTER": WD_ALIGN_PARAGRAPH.CENTER,
    "END": WD_ALIGN_PARAGRAPH.RIGHT,
    "JUSTIFIED": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
_STYLE = {"TITLE": "Title", "SUBTITLE": "Subtitle", **{f"HEADING_{n}": f"Heading {n}" for n in range(1, 7)}}
_VERTICAL = {
    "TOP": WD_CELL_VERTICAL_ALIGNMENT.TOP,
    "MIDDLE": WD_CELL_VERTICAL_ALIGNMENT.CENTER,
    "BOTTOM": WD_CELL_VERTICAL_ALIGNMENT.BOTTOM,
}
_DASH = {"SOLID": "single", "DOT": "dotted", "DASH": "dashed"}
_FIELDS = {"page_number": "PAGE", "page_count": "NUMPAGES"}


def render_docx(view: View) -> bytes:
    """Write a whole document as the bytes of a DOCX file."""
    made = docx.Document()
    writer = _Writer(made, view.page)
    _set_page(made, view.page)
    made.core_properties.title = view.title[:255]
    made.core_properties.author = ""
    made.core_properties.comments = ""
    for element in list(made.element.body):
        if element.tag != qn("w:sectPr"):
            made.element.body.remove(element)
    writer.write(view.body, made)
    section = made.sections[0]
    if view.header:
        writer.fill(view.header, section.header)
    if view.footer:
        writer.fill(view.footer, section.footer)
    if view.footnotes:
        made.add_paragraph()
        for number, note in enumerate(view.footnotes, start=1):
            writer.write(note, made)
            made.paragraphs[-1].runs[0].text = f"{number} " + made.paragraphs[-1].runs[0].text.lstrip()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _set_page(made: DocxDocument, page: Page) -> None:
    section = made.sections[0]
    section.page_width, section.page_height = Pt(page.width), Pt(page.height)
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin = Pt(page.top), Pt(page.bottom)
    section.left_margin, section.right_margin = Pt(page.left), Pt(page.right)
    section.header_distance, section.footer_distance = Pt(page.header), Pt(page.footer)
    section.different_first_page_header_footer = page.first_page_differs


class _Writer:
    """Writes blocks into a container of python-docx: the document, a header, a footer or a cell."""

    def __init__(self, made: DocxDocument, page: Page) -> None:
        self.made = made
        self.numbering = Numbering(made)
        self.text_width = page.width - page.left - page.right

    def fill(self, blocks: list[Block], container: Any) -> None:
        """Write into a header or footer, in place of its one empty paragraph."""
        container.is_linked_to_previous = False
        self._into(blocks, container)

    def _into(self, blocks: list[Block] | tuple[Block, ...], container: Any) -> None:
        empty = container.paragraphs[0]._p
        self.write(blocks, container)
        empty.getparent().remove(empty)

    def write(self, blocks: list[Block] | tuple[Block, ...], container: Any) -> None:
        """Append blocks to a container."""
        for block in blocks:
            if isinstance(block, ParagraphBlock):
                self._paragraph(block, container.add_paragraph())
            elif isinstance(block, TableBlock):
                self._table(block, container)
            else:
                self._section(block)

    def _section(self, block: SectionBlock) -> None:
        self.made.add_section(WD_SECTION.NEW_PAGE if block.next_page else WD_SECTION.CONTINUOUS)

    def _paragraph(self, block: ParagraphBlock, made: Paragraph) -> None:
        if block.kind in _STYLE:
            made.style = self.made.styles[_STYLE[block.kind]]
        form = made.paragraph_format
        made.alignment = _ALIGN.get(block.alignment, WD_ALIGN_PARAGRAPH.LEFT)
        form.left_indent, form.right_indent = Pt(block.indent_start), Pt(block.indent_end)
        form.first_line_indent = Pt(block.indent_first - block.indent_start)
        form.space_before, form.space_after = Pt(block.space_above), Pt(block.space_below)
        form.line_spacing = block.line_spacing / 100
        form.keep_together, form.keep_with_next = block.keep_together, block.keep_with_next
        form.page_break_before, form.widow_control = block.page_break_before, True
        if block.item is not None:
            self.numbering.apply(made, block.item, block.indent_start, block.indent_first)
        for run in block.runs:
            _run(run, made)
        if block.end_look is not None:
            _mark_look(made, block.end_look)

    def _table(self, block: TableBlock, container: Any) -> None:
        columns = len(block.widths)
        widths = self._widths(block)
        at_top = container is self.made or isinstance(container, _Cell)
        measure = () if at_top else (Pt(sum(widths)),)
        made = container.add_table(len(block.rows), columns, *measure)
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Pt(width)
        grid = [list(row.cells) for row in made.rows]
        for r, row in enumerate(block.rows):
            _row_form(made.rows[r], block, r)
            for c, cell in enumerate(row):
                target = grid[r][c]
                target.width = Pt(widths[c])
                if not cell.covered:
                    self._cell(cell, target)
        _merge(block, grid)

    def _widths(self, block: TableBlock) -> list[float]:
        given = sum(width or 0 for width in block.widths)
        even = sum(1 for width in block.widths if width is None)
        share = max(self.text_width - given, 36 * even) / even if even else 0
        return [width if width is not None else share for width in block.widths]

    def _cell(self, cell: CellBlock, target: _Cell) -> None:
        target.vertical_alignment = _VERTICAL.get(cell.vertical, WD_CELL_VERTICAL_ALIGNMENT.TOP)
        _cell_borders(cell, target)
        self._into(cell.blocks, target)


def _merge(block: TableBlock, grid: list[list[_Cell]]) -> None:
    for r, row in enumerate(block.rows):
        for c, cell in enumerate(row):
            if not cell.covered and (cell.row_span > 1 or cell.column_span > 1):
                grid[r][c].merge(grid[r + cell.row_span - 1][c + cell.column_span - 1])


def _row_form(row: _Row, block: TableBlock, index: int) -> None:
    properties = row._tr.get_or_add_trPr()
    if block.unbreakable[index]:
        properties.append(OxmlElement("w:cantSplit"))
    if block.heights[index]:
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Pt(block.heights[index])
    if index < block.header_rows:
        properties.append(OxmlElement("w:tblHeader"))


def _cell_borders(cell: CellBlock, target: _Cell) -> None:
    properties = target._tc.get_or_add_tcPr()
    vertical = properties.find(qn("w:vAlign"))
    borders, margins = OxmlElement("w:tcBorders"), OxmlElement("w:tcMar")
    for side in ("Top", "Left", "Bottom", "Right"):
        border, line = cell.borders[side], OxmlElement(f"w:{side.lower()}")
        line.set(qn("w:val"), _DASH.get(border.dash, "single") if border.width else "nil")
        line.set(qn("w:sz"), str(round(border.width * 8)))
        line.set(qn("w:color"), border.colour.lstrip("#"))
        borders.append(line)
        margin = OxmlElement(f"w:{side.lower()}")
        margin.set(qn("w:w"), str(round(cell.padding[side] * 20)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    parts = [borders]
    if cell.background:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), cell.background.lstrip("#"))
        parts.append(shade)
    parts.append(margins)
    for part in parts:
        if vertical is not None:
            vertical.addprevious(part)
        else:
            properties.append(part)


def _run(run: Run, made: Paragraph) -> None:
    if run.kind in _FIELDS:
        _field(run, made)
        return
    written = made.add_run()
    _look(written, run.look)
    if run.kind == "page_break":
        written.add_break(WD_BREAK.PAGE)
    elif run.kind == "footnote":
        written.text = run.text
        written.font.superscript = True
    elif run.kind == "text":
        _text(written, run.text)
        if run.look.link:
            _linked(written, made, run.look.link)


def _text(written: DocxRun, text: str) -> None:
    for number, line in enumerate(text.split("\v")):
        if number:
            written.add_break()
        written.add_text(line)


def _linked(written: DocxRun, made: Paragraph, address: str) -> None:
    relation = made.part.relate_to(
        address,
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        is_external=True,
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    made._p.append(link)
    link.append(written._r)


def _field(run: Run, made: Paragraph) -> None:
    for kind, instruction in (("begin", ""), ("", _FIELDS[run.kind]), ("end", "")):
        written = made.add_run()
        _look(written, run.look)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = instruction
        written._r.append(mark)


def _look(written: DocxRun, look: TextLook) -> None:
    font = written.font
    font.name, font.size = look.font, Pt(look.size)
    _all_scripts(font._element.get_or_add_rPr(), look.font)
    font.bold, font.italic = look.bold, look.italic
    font.underline, font.strike, font.small_caps = look.underline, look.strikethrough, look.small_caps
    if look.offset == "SUPERSCRIPT":
        font.superscript = True
    elif look.offset == "SUBSCRIPT":
        font.subscript = True
    if look.colour:
        font.color.rgb = RGBColor.from_string(look.colour.lstrip("#").upper())
    if look.background:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), look.background.lstrip("#"))
        font._element.get_or_add_rPr().append(shade)


def _all_scripts(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), font)


def _mark_look(made: Paragraph, look: TextLook) -> None:
    """Give the paragraph mark its font and size, on which the height of an empty paragraph depends."""
    properties = OxmlElement("w:rPr")
    fonts = OxmlElement("w:rFonts")
    properties.append(fonts)
    _all_scripts(properties, look.font)
    size = OxmlElement("w:sz")
    size.set(qn("w:val"), str(round(look.size * 2)))
    properties.append(size)
    made._p.get_or_add_pPr().append(properties)
