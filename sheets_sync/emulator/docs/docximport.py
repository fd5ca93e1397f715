"""Uploaded DOCX files, read into a document: page, paragraphs, runs, lists, tables, header, footer, page
number fields.

Source: assumed (what Drive's conversion keeps is not documented); a PAGE or NUMPAGES field becomes an
AutoText, which the Docs API itself cannot insert.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from sheets_sync.emulator.docs import defaults
from sheets_sync.emulator.docs.building import SegmentBuilder
from sheets_sync.emulator.docs.defaults import points
from sheets_sync.emulator.docs.lists import indents, nesting_levels
from sheets_sync.emulator.docs.model import BODY, Json, Tab
from sheets_sync.emulator.docs.units import SECTION, Unit, Units
from sheets_sync.emulator.wire import ApiError

_ALIGN = {
    WD_ALIGN_PARAGRAPH.LEFT: "START",
    WD_ALIGN_PARAGRAPH.CENTER: "CENTER",
    WD_ALIGN_PARAGRAPH.RIGHT: "END",
    WD_ALIGN_PARAGRAPH.JUSTIFY: "JUSTIFIED",
}
_NAMED = {"Title": "TITLE", "Subtitle": "SUBTITLE", **{f"Heading {n}": f"HEADING_{n}" for n in range(1, 7)}}
_FIELDS = {"PAGE": "PAGE_NUMBER", "NUMPAGES": "PAGE_COUNT"}
_BORDERS = {"dotted": "DOT", "dashed": "DASH"}
_MOST_BYTES = 64 * 1024 * 1024


class _DocxReader:
    """Reads the containers of one DOCX file into segments."""

    def __init__(self, made: DocxDocument, new_id: Callable[[str], str]) -> None:
        self.made = made
        self.new_id = new_id
        self.lists: dict[str, Json] = {}
        self._numbered: dict[int, str] = {}

    def segment(self, container: Any) -> Units:
        """Read the paragraphs and tables of a container."""
        builder = SegmentBuilder()
        for item in container.iter_inner_content():
            if isinstance(item, Table):
                self._table(item, builder)
            else:
                self._paragraph(item, builder)
        return builder.done()

    def _paragraph(self, paragraph: Paragraph, builder: SegmentBuilder) -> None:
        for run in _runs(paragraph):
            self._run(run, builder)
        builder.paragraph(self._mark(paragraph), _mark_style(paragraph))

    def _run(self, piece: tuple[str, Run], builder: SegmentBuilder) -> None:
        kind, run = piece
        style = _text_style(run)
        if kind in _FIELDS:
            builder.placed("autoText", {"type": _FIELDS[kind]}, style)
            return
        for part in run._r.iterchildren():
            if part.tag == qn("w:t"):
                builder.text(part.text or "", style)
            elif part.tag == qn("w:tab"):
                builder.text("\t", style)
            elif part.tag == qn("w:br"):
                if part.get(qn("w:type")) == "page":
                    builder.placed("pageBreak", {}, style)
                else:
                    builder.text("\n", style)
            elif part.tag == qn("w:noBreakHyphen"):
                builder.text("\u2011", style)

    def _mark(self, paragraph: Paragraph) -> Json:
        form = paragraph.paragraph_format
        style: Json = {}
        name = paragraph.style.name if paragraph.style is not None else None
        if name in _NAMED:
            style["namedStyleType"] = _NAMED[name]
        if form.alignment in _ALIGN:
            style["alignment"] = _ALIGN[form.alignment]
        left = form.left_indent.pt if form.left_indent is not None else None
        first = form.first_line_indent.pt if form.first_line_indent is not None else None
        if left is not None:
            style["indentStart"] = points(left)
        if left is not None or first is not None:
            style["indentFirstLine"] = points((left or 0) + (first or 0))
        lengths = (
            ("right_indent", "indentEnd"),
            ("space_before", "spaceAbove"),
            ("space_after", "spaceBelow"),
        )
        for attribute, field in lengths:
            value = getattr(form, attribute)
            if value is not None:
                style[field] = points(value.pt)
        if isinstance(form.line_spacing, float):
            style["lineSpacing"] = round(form.line_spacing * 100, 2)
        flags = (("keep_together", "keepLinesTogether"), ("keep_with_next", "keepWithNext"))
        style |= {field: True for attribute, field in flags if getattr(form, attribute)}
        if form.page_break_before and not isinstance(paragraph._parent, _Cell):
            style["pageBreakBefore"] = True
        mark = defaults.paragraph_mark(**style)
        bullet = self._bullet(paragraph)
        if bullet is not None:
            mark["bullet"] = bullet
            mark["paragraphStyle"] = {**indents(bullet.get("nestingLevel", 0)), **mark["paragraphStyle"]}
        return mark

    def _bullet(self, paragraph: Paragraph) -> Json | None:
        numbered: Any = paragraph._p.pPr.numPr if paragraph._p.pPr is not None else None
        if numbered is None or numbered.numId is None or numbered.numId.val == 0:
            return None
        number = numbered.numId.val
        if number not in self._numbered:
            self._numbered[number] = self.new_id("kix.")
            preset = self._preset(number)
            self.lists[self._numbered[number]] = {"listProperties": {"nestingLevels": nesting_levels(preset)}}
        bullet: Json = {"listId": self._numbered[number], "textStyle": {"underline": False}}
        level = numbered.ilvl.val if numbered.ilvl is not None else 0
        if level:
            bullet["nestingLevel"] = min(level, 8)
        return bullet

    def _preset(self, number: int) -> str:
        root = self.made.part.numbering_part.element
        abstract = next((n.abstractNumId.val for n in root.findall(qn("w:num")) if n.numId == number), None)
        for definition in root.findall(qn("w:abstractNum")):
            if definition.get(qn("w:abstractNumId")) == str(abstract):
                formats = [e.get(qn("w:val")) for e in definition.iter(qn("w:numFmt"))]
                if formats and formats[0] == "bullet":
                    return "BULLET_DISC_CIRCLE_SQUARE"
                texts = [e.get(qn("w:val")) or "" for e in definition.iter(qn("w:lvlText"))]
                nested = any(text.count("%") > 1 for text in texts)
                return "NUMBERED_DECIMAL_NESTED" if nested else "NUMBERED_DECIMAL_ALPHA_ROMAN"
        return "NUMBERED_DECIMAL_ALPHA_ROMAN"

    def _table(self, table: Table, builder: SegmentBuilder) -> None:
        heads: dict[Any, tuple[int, int]] = {}
        rows: list[list[Units]] = []
        styles: list[list[Json]] = []
        for r, row in enumerate(table.rows):
            rows.append([])
            styles.append([])
            for c, cell in enumerate(row.cells):
                if cell._tc in heads:
                    top, left = heads[cell._tc]
                    styles[top][left]["rowSpan"] = r - top + 1
                    styles[top][left]["columnSpan"] = max(styles[top][left]["columnSpan"], c - left + 1)
                    rows[-1].append(defaults.blank_cell()[1:])
                    styles[-1].append(defaults.cell_style())
                    continue
                heads[cell._tc] = (r, c)
                rows[-1].append(self.segment(cell))
                styles[-1].append({**defaults.cell_style(), **_cell_style(cell)})
        row_styles = [_row_style(row._tr) for row in table.rows]
        builder.table(rows, [_column(column.width) for column in table.columns], row_styles, styles)


def _column(width: Any) -> Json:
    if width is None:
        return {"widthType": "EVENLY_DISTRIBUTED"}
    return {"widthType": "FIXED_WIDTH", "width": points(round(width.pt, 2))}


def _row_style(row: Any) -> Json:
    style = defaults.row_style()
    properties = row.trPr
    if properties is not None and properties.find(qn("w:tblHeader")) is not None:
        style["tableHeader"] = True
    if properties is not None and properties.find(qn("w:cantSplit")) is not None:
        style["preventOverflow"] = True
    return style


def _cell_style(cell: _Cell) -> Json:
    style: Json = {}
    properties = cell._tc.tcPr
    borders = properties.find(qn("w:tcBorders")) if properties is not None else None
    if borders is None:
        return style
    for side in ("Top", "Left", "Bottom", "Right"):
        line = borders.find(qn(f"w:{side.lower()}"))
        if line is not None:
            kind = line.get(qn("w:val"))
            width = 0 if kind in ("nil", "none") else int(line.get(qn("w:sz")) or 4) / 8
            style[f"border{side}"] = {
                "color": {"color": {"rgbColor": {}}},
                "width": points(width),
                "dashStyle": _BORDERS.get(kind, "SOLID"),
            }
    return style


def _runs(paragraph: Paragraph) -> Iterator[tuple[str, Run]]:
    """Yield ("" or a field's name, run); the stored result of a field is passed over."""
    field, in_result = "", False
    for element in paragraph._p.iter(qn("w:r"), qn("w:fldSimple")):
        if element.tag == qn("w:fldSimple"):
            name = (element.get(qn("w:instr")) or "").split()
            inner = element.find(qn("w:r"))
            if name and name[0] in _FIELDS and inner is not None:
                yield name[0], Run(inner, paragraph)
            continue
        if element.getparent().tag == qn("w:fldSimple"):
            continue
        mark, instruction = element.find(qn("w:fldChar")), element.find(qn("w:instrText"))
        if mark is not None:
            kind = mark.get(qn("w:fldCharType"))
            if kind == "separate":
                in_result = True
            elif kind == "end":
                if field in _FIELDS:
                    yield field, Run(element, paragraph)
                field, in_result = "", False
        elif instruction is not None:
            field = (instruction.text or "").split()[0] if (instruction.text or "").split() else ""
        elif not (in_result and field in _FIELDS):
            yield "", Run(element, paragraph)


def _text_style(run: Run) -> Json:
    font = run.font
    flags = (("bold", "bold"), ("italic", "italic"), ("strike", "strikethrough"), ("small_caps", "smallCaps"))
    made: Json = {field: True for attribute, field in flags if getattr(font, attribute)}
    if font.underline:
        made["underline"] = True
    if font.size is not None:
        made["fontSize"] = points(font.size.pt)
    if font.name:
        made["weightedFontFamily"] = {"fontFamily": font.name, "weight": 400}
    if font.color is not None and font.color.rgb is not None:
        parts = zip(("red", "green", "blue"), font.color.rgb, strict=True)
        made["foregroundColor"] = {"color": {"rgbColor": {n: round(v / 255, 7) for n, v in parts if v}}}
    if font.superscript or font.subscript:
        made["baselineOffset"] = "SUPERSCRIPT" if font.superscript else "SUBSCRIPT"
    return made


def _mark_style(paragraph: Paragraph) -> Json:
    return _text_style(paragraph.runs[-1]) if paragraph.runs else {}


def _page_style(section: Section) -> Json:
    lengths = (
        *(("marginTop", section.top_margin), ("marginBottom", section.bottom_margin)),
        *(("marginLeft", section.left_margin), ("marginRight", section.right_margin)),
        *(("marginHeader", section.header_distance), ("marginFooter", section.footer_distance)),
    )
    style: Json = {name: points(round(value.pt, 2)) for name, value in lengths if value is not None}
    if section.page_width is not None and section.page_height is not None:
        size = {
            "width": points(round(section.page_width.pt, 2)),
            "height": points(round(section.page_height.pt, 2)),
        }
        style["pageSize"] = size
    if section.different_first_page_header_footer:
        style["useFirstPageHeaderFooter"] = True
    return style


def _normal_text(made: DocxDocument, tab: Tab) -> list[Json]:
    """Take over font and size of the file's "Normal" style."""
    font = made.styles["Normal"].font
    text = dict(tab.named_styles[0]["textStyle"])
    if font.name:
        text["weightedFontFamily"] = {"fontFamily": font.name, "weight": 400}
    if font.size is not None:
        text["fontSize"] = points(font.size.pt)
    return [{**tab.named_styles[0], "textStyle": text}, *tab.named_styles[1:]]


def read_docx(tab: Tab, data: bytes, new_id: Callable[[str], str]) -> Tab:
    """Put the content of a DOCX file into a tab; raises ApiError 400 for a file that is not one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise ApiError(400, "The file is too large to be converted.", reason="badRequest")
        made = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ApiError(400, "The file is not a valid DOCX document.", reason="badRequest") from error
    reader = _DocxReader(made, new_id)
    section = made.sections[0]
    break_unit = Unit(SECTION, defaults.PLAIN, defaults.section_style())
    segments: dict[str, Units] = {**tab.segments, BODY: (break_unit, *reader.segment(made))}
    kinds, style = dict(tab.kinds), {**tab.style, **_page_style(section)}
    for kind, part in (("header", section.header), ("footer", section.footer)):
        if not part.is_linked_to_previous:
            segment_id = new_id("kix.")
            segments[segment_id] = reader.segment(part)
            kinds[segment_id] = kind
            style[f"default{kind.capitalize()}Id"] = segment_id
    return replace(
        tab,
        segments=segments,
        kinds=kinds,
        style=style,
        lists={**tab.lists, **reader.lists},
        named_styles=_normal_text(made, tab),
    )
