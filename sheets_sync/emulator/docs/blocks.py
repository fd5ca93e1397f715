"""A document as a reader sees it: paragraphs with every style resolved, list labels, tables, page, header and
footer.

The page of the workspace and the exports read this view; lengths are in points, colours are "#rrggbb" or
None.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sheets_sync.emulator.docs import storage
from sheets_sync.emulator.docs.defaults import named_styles
from sheets_sync.emulator.docs.labels import ListLabels
from sheets_sync.emulator.docs.model import BODY, Json, Tab
from sheets_sync.emulator.docs.render import structural_elements
from sheets_sync.emulator.docs.styles import resolved_paragraph_style, resolved_text_style


@dataclass(frozen=True)
class TextLook:
    """How a run looks: font family and size, weight and decorations, colours, link address."""

    font: str
    size: float
    bold: bool
    italic: bool
    underline: bool
    strikethrough: bool
    small_caps: bool
    offset: str
    colour: str | None
    background: str | None
    link: str


@dataclass(frozen=True)
class Run:
    """A piece of a paragraph: kind is "text", "page_break", "footnote", "image", "page_number" or
    "page_count".

    `text` is the text, the footnote's number or the image's address; "\\v" in it is a line break.
    """

    kind: str
    text: str
    look: TextLook
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True)
class ListItem:
    """The place of a paragraph in a list: its label as shown ("1.", "●") and its depth from 0."""

    list_id: str
    level: int
    label: str
    ordered: bool


@dataclass(frozen=True)
class ParagraphBlock:
    """A paragraph: its runs without the final newline, and its resolved style."""

    runs: tuple[Run, ...]
    kind: str
    alignment: str
    indent_start: float
    indent_end: float
    indent_first: float
    space_above: float
    space_below: float
    line_spacing: float
    keep_together: bool
    keep_with_next: bool
    page_break_before: bool
    item: ListItem | None = None
    end_look: TextLook | None = None

    @property
    def text(self) -> str:
        """The paragraph's text without objects."""
        return "".join(run.text for run in self.runs if run.kind == "text")


@dataclass(frozen=True)
class Border:
    """A line beside a cell: width in points (0 hides it), colour and style of the dash."""

    width: float = 1.0
    colour: str = "#000000"
    dash: str = "SOLID"


@dataclass(frozen=True)
class CellBlock:
    """A table cell; `covered` cells lie under a merged neighbour and are not drawn."""

    blocks: tuple[Block, ...]
    row_span: int
    column_span: int
    covered: bool
    background: str | None
    vertical: str
    borders: dict[str, Border]
    padding: dict[str, float]


@dataclass(frozen=True)
class TableBlock:
    """A table: rows of cells, a width per column (None: shared evenly), and how many first rows repeat on
    every page.
    """

    rows: tuple[tuple[CellBlock, ...], ...]
    widths: tuple[float | None, ...]
    header_rows: int
    heights: tuple[float, ...]
    unbreakable: tuple[bool, ...]


@dataclass(frozen=True)
class SectionBlock:
    """The start of a section after the first one."""

    next_page: bool


Block: TypeAlias = ParagraphBlock | TableBlock | SectionBlock


@dataclass(frozen=True)
class Page:
    """The sheet of paper: size and margins in points, and whether the first page has no common header and
    footer.
    """

    width: float = 612
    height: float = 792
    top: float = 72
    bottom: float = 72
    left: float = 72
    right: float = 72
    header: float = 36
    footer: float = 36
    first_page_differs: bool = False


@dataclass(frozen=True)
class View:
    """A whole document for a reader; footnotes are in the order of their numbers."""

    title: str
    page: Page
    body: list[Block]
    header: list[Block] = field(default_factory=list)
    footer: list[Block] = field(default_factory=list)
    footnotes: list[list[Block]] = field(default_factory=list)


def _points(dimension: Any) -> float:
    return float((dimension or {}).get("magnitude", 0))


def _colour(optional: Any) -> str | None:
    rgb = ((optional or {}).get("color") or {}).get("rgbColor")
    if rgb is None:
        return None
    parts = [min(255, max(0, round(255 * rgb.get(name, 0)))) for name in ("red", "green", "blue")]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _look(style: Json) -> TextLook:
    font = style.get("weightedFontFamily") or {}
    return TextLook(
        font=font.get("fontFamily", "Arial"),
        size=_points(style.get("fontSize")) or 11,
        bold=bool(style.get("bold")) or font.get("weight", 400) >= 700,
        italic=bool(style.get("italic")),
        underline=bool(style.get("underline")),
        strikethrough=bool(style.get("strikethrough")),
        small_caps=bool(style.get("smallCaps")),
        offset=style.get("baselineOffset", "NONE"),
        colour=_colour(style.get("foregroundColor")),
        background=_colour(style.get("backgroundColor")),
        link=(style.get("link") or {}).get("url", ""),
    )


class _Reader:
    """Reads the structural elements of one tab into blocks."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab
        self.labels = ListLabels(tab.lists)

    def blocks(self, elements: list[Json]) -> list[Block]:
        found: list[Block] = []
        for element in elements:
            if "paragraph" in element:
                found.append(self._paragraph(element["paragraph"]))
            elif "table" in element:
                found.append(self._table(element["table"]))
            elif element.get("startIndex"):
                kind = element["sectionBreak"]["sectionStyle"].get("sectionType")
                found.append(SectionBlock(kind == "NEXT_PAGE"))
        return found

    def _paragraph(self, paragraph: Json) -> ParagraphBlock:
        explicit = paragraph["paragraphStyle"]
        kind = explicit.get("namedStyleType", "NORMAL_TEXT")
        style = resolved_paragraph_style(self.tab, explicit)
        runs = [self._run(element, kind) for element in paragraph["elements"]]
        last = runs[-1]
        if last.text.endswith("\n"):
            runs[-1] = Run("text", last.text[:-1], last.look)
        bullet = paragraph.get("bullet")
        return ParagraphBlock(
            runs=tuple(run for run in runs if run.kind != "text" or run.text),
            kind=kind,
            alignment=style.get("alignment", "START"),
            indent_start=_points(style.get("indentStart")),
            indent_end=_points(style.get("indentEnd")),
            indent_first=_points(style.get("indentFirstLine")),
            space_above=_points(style.get("spaceAbove")),
            space_below=_points(style.get("spaceBelow")),
            line_spacing=float(style.get("lineSpacing", 115)),
            keep_together=bool(style.get("keepLinesTogether")),
            keep_with_next=bool(style.get("keepWithNext")),
            page_break_before=bool(style.get("pageBreakBefore")),
            item=None if bullet is None else self._item(bullet),
            end_look=last.look,
        )

    def _item(self, bullet: Json) -> ListItem:
        level = bullet.get("nestingLevel", 0)
        label, ordered = self.labels.next(bullet["listId"], level)
        return ListItem(bullet["listId"], level, label, ordered)

    def _run(self, element: Json, kind: str) -> Run:
        ((name, content),) = ((k, v) for k, v in element.items() if k not in ("startIndex", "endIndex"))
        look = _look(resolved_text_style(self.tab, kind, content.get("textStyle", {})))
        if name == "textRun":
            return Run("text", content["content"].replace("\x0b", "\v"), look)
        if name == "pageBreak":
            return Run("page_break", "", look)
        if name == "footnoteReference":
            return Run("footnote", content["footnoteNumber"], look)
        if name == "autoText":
            return Run("page_count" if content["type"] == "PAGE_COUNT" else "page_number", "", look)
        if name == "inlineObjectElement":
            return self._image(content["inlineObjectId"], look)
        if name == "person":
            properties = content["personProperties"]
            return Run("text", properties.get("name") or properties["email"], look)
        if name == "dateElement":
            return Run("text", content["dateElementProperties"]["displayText"], look)
        if name == "dropdown":
            return Run("text", content["dropdownProperties"]["displayValue"], look)
        if name == "richLink":
            return Run("text", content["richLinkProperties"]["title"], look)
        return Run("text", "", look)

    def _image(self, object_id: str, look: TextLook) -> Run:
        embedded = self.tab.inline_objects[object_id]["inlineObjectProperties"]["embeddedObject"]
        size = embedded.get("size", {})
        width, height = _points(size.get("width")) or None, _points(size.get("height")) or None
        return Run("image", embedded["imageProperties"]["contentUri"], look, width, height)

    def _table(self, table: Json) -> TableBlock:
        rows = table["tableRows"]
        styles = [row["tableRowStyle"] for row in rows]
        header_rows = 0
        while header_rows < len(styles) and styles[header_rows].get("tableHeader"):
            header_rows += 1
        covered = _covered(rows)
        return TableBlock(
            rows=tuple(
                tuple(self._cell(cell, (r, c) in covered) for c, cell in enumerate(row["tableCells"]))
                for r, row in enumerate(rows)
            ),
            widths=tuple(
                _points(column.get("width")) or None
                for column in table["tableStyle"]["tableColumnProperties"]
            ),
            header_rows=header_rows,
            heights=tuple(_points(style.get("minRowHeight")) for style in styles),
            unbreakable=tuple(bool(style.get("preventOverflow")) for style in styles),
        )

    def _cell(self, cell: Json, covered: bool) -> CellBlock:
        style = cell["tableCellStyle"]
        return CellBlock(
            blocks=tuple(self.blocks(cell["content"])),
            row_span=style.get("rowSpan", 1),
            column_span=style.get("columnSpan", 1),
            covered=covered,
            background=_colour(style.get("backgroundColor")),
            vertical=style.get("contentAlignment", "TOP"),
            borders={
                side: _border(style.get(f"border{side}")) for side in ("Top", "Bottom", "Left", "Right")
            },
            padding={
                side: _points(style.get(f"padding{side}", {"magnitude": 5}))
                for side in ("Top", "Bottom", "Left", "Right")
            },
        )


def _border(style: Json | None) -> Border:
    if style is None:
        return Border()
    colour = _colour(style.get("color")) or "#000000"
    return Border(_points(style.get("width")), colour, style.get("dashStyle", "SOLID"))


def _covered(rows: list[Json]) -> set[tuple[int, int]]:
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, cell in enumerate(row["tableCells"]):
            style = cell["tableCellStyle"]
            height, width = style.get("rowSpan", 1), style.get("columnSpan", 1)
            if (r, c) not in covered and (height > 1 or width > 1):
                places = {(i, j) for i in range(r, r + height) for j in range(c, c + width)}
                covered |= places - {(r, c)}
    return covered


def _page(tab: Tab) -> Page:
    style = tab.style
    size = style.get("pageSize", {})
    width, height = _points(size.get("width")) or 612.0, _points(size.get("height")) or 792.0
    if style.get("flipPageOrientation"):
        width, height = height, width
    margins = {
        side: _points(style.get(f"margin{side.capitalize()}")) for side in ("top", "bottom", "left", "right")
    }
    return Page(
        width=width,
        height=height,
        header=_points(style.get("marginHeader")),
        footer=_points(style.get("marginFooter")),
        first_page_differs=bool(style.get("useFirstPageHeaderFooter")),
        **margins,
    )


def _footnote_ids(tab: Tab) -> list[str]:
    marks = [unit.mark or {} for unit in tab.segments[BODY]]
    return [mark["footnoteReference"]["footnoteId"] for mark in marks if "footnoteReference" in mark]


def view_of_tab(tab: Tab, title: str) -> View:
    """Read one tab for a reader."""
    footnotes = _footnote_ids(tab)
    numbers = {footnote_id: number for number, footnote_id in enumerate(footnotes, start=1)}

    def read(segment: str | None) -> list[Block]:
        if segment is None:
            return []
        return _Reader(tab).blocks(structural_elements(tab.segments[segment], numbers))

    return View(
        title=title,
        page=_page(tab),
        body=read(BODY),
        header=read(tab.style.get("defaultHeaderId")),
        footer=read(tab.style.get("defaultFooterId")),
        footnotes=[read(footnote_id) for footnote_id in footnotes],
    )


def view(tx: sqlite3.Connection, document_id: str) -> View:
    """Read a document for a reader; the bodies of further tabs follow the first one's on pages of their
    own.
    """
    document, title, _ = storage.load(tx, document_id)
    first, *others = (view_of_tab(tab, title) for tab in document.tabs)
    for other in others:
        first.body.extend([SectionBlock(next_page=True), *other.body])
        first.footnotes.extend(other.footnotes)
    return first


def blocks(tx: sqlite3.Connection, document_id: str) -> list[Block]:
    """List the blocks of a document's text in reading order."""
    return view(tx, document_id).body


def plain_look() -> TextLook:
    """Give the look of normal text in a new document."""
    return _look(named_styles()[0]["textStyle"])
