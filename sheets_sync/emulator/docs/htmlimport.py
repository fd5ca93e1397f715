"""Uploaded HTML and plain text, read into a document.

Headings, paragraphs, bold / italic / underline and other inline styles, links, lists, tables, line and page
breaks are kept; scripts, styles and everything else leave only their text or nothing. Source: assumed, see
`css`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from sheets_sync.emulator.docs import css, defaults
from sheets_sync.emulator.docs.building import SegmentBuilder
from sheets_sync.emulator.docs.lists import indents, nesting_levels
from sheets_sync.emulator.docs.model import BODY, Json, Tab
from sheets_sync.emulator.docs.units import SECTION, Unit, Units

_INLINE: dict[str, Json] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "th": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "u": {"underline": True},
    "s": {"strikethrough": True},
    "strike": {"strikethrough": True},
    "del": {"strikethrough": True},
    "sup": {"baselineOffset": "SUPERSCRIPT"},
    "sub": {"baselineOffset": "SUBSCRIPT"},
}
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "section", "article", "blockquote", "pre"}
)
_SKIPPED = frozenset({"script", "style", "head", "template", "noscript"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "col", "input", "wbr"})
_PRESETS = {"ul": "BULLET_DISC_CIRCLE_SQUARE", "ol": "NUMBERED_DECIMAL_ALPHA_ROMAN"}


@dataclass
class _Table:
    rows: list[list[Units]] = field(default_factory=list)
    styles: list[list[Json]] = field(default_factory=list)
    headers: list[bool] = field(default_factory=list)
    widths: list[float | None] = field(default_factory=list)
    in_head: bool = False
    outer: SegmentBuilder = field(default_factory=SegmentBuilder)


@dataclass
class _Open:
    tag: str
    style: Json
    paragraph: Json


class _HtmlReader(HTMLParser):
    """Feeds a segment builder from HTML tags."""

    def __init__(self, new_id: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.new_id = new_id
        self.builder = SegmentBuilder()
        self.lists: dict[str, Json] = {}
        self._stack: list[_Open] = []
        self._list_stack: list[tuple[str, str]] = []
        self._tables: list[_Table] = []
        self._skipping = 0
        self._bullet: Json | None = None

    def _style(self) -> Json:
        merged: Json = {}
        for opened in self._stack:
            merged.update(opened.style)
        return merged

    def _mark(self) -> Json:
        style: Json = {}
        for opened in self._stack:
            style.update(opened.paragraph)
        mark = defaults.paragraph_mark(**style)
        if self._bullet is not None:
            mark["bullet"] = self._bullet
            mark["paragraphStyle"].update(indents(self._bullet.get("nestingLevel", 0)))
        return mark

    def _end_paragraph(self, *, force: bool = False) -> None:
        self.builder.strip_end()
        if self.builder.has_open or force:
            self.builder.paragraph(self._mark())
            self._bullet = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _SKIPPED:
            self._skipping += 1
        if self._skipping:
            return
        given = {name: value or "" for name, value in attrs}
        rules = css.declarations(given.get("style", ""))
        if tag in _VOID:
            self._void(tag, rules)
            return
        if tag in _BLOCKS or tag in ("ul", "ol", "table"):
            self._end_paragraph()
        self._open_list(tag)
        self._open_table(tag, given, rules)
        style = {**_INLINE.get(tag, {}), **css.text_style(rules)}
        if tag == "a" and given.get("href", "").startswith(("http://", "https://", "mailto:")):
            style["link"] = {"url": given["href"]}
        is_block = tag in _BLOCKS or tag in ("td", "th")
        paragraph = css.paragraph_style({"text-align": given.get("align", ""), **rules}) if is_block else {}
        if re.fullmatch(r"h[1-6]", tag):
            paragraph["namedStyleType"] = f"HEADING_{tag[1]}"
        if self._tables:
            paragraph.pop("pageBreakBefore", None)
        self._stack.append(_Open(tag, style, paragraph))

    def _void(self, tag: str, rules: dict[str, str]) -> None:
        if tag == "br":
            self.builder.text("\n", self._style())
        breaks = css.breaks_after(rules) or css.breaks_before(rules)
        if tag in ("hr", "br") and breaks and not self._tables:
            self.builder.placed("pageBreak", {}, {})
            self._end_paragraph()

    def _open_list(self, tag: str) -> None:
        if tag in _PRESETS:
            list_id = self._list_stack[0][1] if self._same_list(tag) else self.new_id("kix.")
            self.lists.setdefault(
                list_id, {"listProperties": {"nestingLevels": nesting_levels(_PRESETS[tag])}}
            )
            self._list_stack.append((tag, list_id))
        elif tag == "li" and self._list_stack:
            level = min(len(self._list_stack), 9) - 1
            self._bullet = {"listId": self._list_stack[-1][1], "textStyle": {"underline": False}}
            if level:
                self._bullet["nestingLevel"] = level

    def _same_list(self, tag: str) -> bool:
        return bool(self._list_stack) and all(kind == tag for kind, _ in self._list_stack)

    def _open_table(self, tag: str, given: dict[str, str], rules: dict[str, str]) -> None:
        if tag == "table":
            self._tables.append(_Table(outer=self.builder))
        elif not self._tables:
            return
        elif tag == "thead":
            self._tables[-1].in_head = True
        elif tag == "tr":
            table = self._tables[-1]
            table.rows.append([])
            table.styles.append([])
            table.headers.append(table.in_head)
        elif tag in ("td", "th") and self._tables[-1].rows:
            self._open_cell(given, rules)

    def _open_cell(self, given: dict[str, str], rules: dict[str, str]) -> None:
        table = self._tables[-1]
        spans = {"columnSpan": _span(given.get("colspan")), "rowSpan": _span(given.get("rowspan"))}
        column = len(table.styles[-1])
        table.styles[-1].append({**defaults.cell_style(), **css.cell_style(rules), **spans})
        width = css.length(rules.get("width", given.get("width", "")))
        if column == len(table.widths):
            table.widths.append(width)
        self.builder = SegmentBuilder()

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those left open inside it."""
        if tag in _SKIPPED and self._skipping:
            self._skipping -= 1
            return
        if self._skipping or tag in _VOID or all(opened.tag != tag for opened in self._stack):
            return
        while self._stack:
            opened = self._stack[-1]
            self._close(opened.tag)
            self._stack.pop()
            if opened.tag == tag:
                return

    def _close(self, tag: str) -> None:
        if tag in _BLOCKS:
            empty_item = tag == "li" and self._bullet is not None
            self._end_paragraph(force=tag == "p" or empty_item)
        elif tag in _PRESETS and self._list_stack:
            self._list_stack.pop()
        elif tag == "thead" and self._tables:
            self._tables[-1].in_head = False
        elif tag in ("td", "th") and self._tables and self._tables[-1].rows:
            self._end_paragraph(force=not self.builder.units)
            self._tables[-1].rows[-1].append(self.builder.done())
            self.builder = SegmentBuilder()
        elif tag == "table" and self._tables:
            self._close_table(self._tables.pop())

    def _close_table(self, table: _Table) -> None:
        self.builder = table.outer
        rows, styles = _squared(table)
        if not rows or not rows[0]:
            return
        columns = []
        for number in range(len(rows[0])):
            width = table.widths[number] if number < len(table.widths) else None
            fixed: Json = {"widthType": "FIXED_WIDTH", "width": defaults.points(width or 0)}
            columns.append(fixed if width else {"widthType": "EVENLY_DISTRIBUTED"})
        row_styles = [
            {**defaults.row_style(), **({"tableHeader": True} if head else {})} for head in table.headers
        ]
        self.builder.table(rows, columns, row_styles, styles)

    def handle_data(self, data: str) -> None:
        """Add text; runs of white space count as one space outside `pre`."""
        if self._skipping or (self._tables and not self._in_cell()):
            return
        if any(opened.tag == "pre" for opened in self._stack):
            self.builder.text(data, self._style())
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self.builder.ends_with_space:
            text = text.lstrip(" ")
        if text:
            self.builder.text(text, self._style())

    def _in_cell(self) -> bool:
        inside = [opened.tag for opened in self._stack if opened.tag in ("table", "td", "th")]
        return bool(inside) and inside[-1] != "table"


def _span(value: str | None) -> int:
    return min(max(int(value), 1), 100) if value and value.isdigit() else 1


def _squared(table: _Table) -> tuple[list[list[Units]], list[list[Json]]]:
    """Lay cells out on a grid: a merged cell is followed by the empty cells that it covers."""
    placed: dict[tuple[int, int], tuple[Units, Json]] = {}
    blank = defaults.blank_cell()[1:]
    for r, (row, styles) in enumerate(zip(table.rows, table.styles, strict=True)):
        column = 0
        for content, style in zip(row, styles, strict=False):
            while (r, column) in placed:
                column += 1
            height = min(style["rowSpan"], len(table.rows) - r)
            for i in range(r, r + height):
                for j in range(column, column + style["columnSpan"]):
                    placed[i, j] = (blank, defaults.cell_style())
            placed[r, column] = (content, {**style, "rowSpan": height})
    width = max((column for _, column in placed), default=-1) + 1
    full = [
        [placed.get((r, c), (blank, defaults.cell_style())) for c in range(width)]
        for r in range(len(table.rows))
    ]
    return [[cell[0] for cell in row] for row in full], [[cell[1] for cell in row] for row in full]


def _with_body(tab: Tab, content: Units, lists: dict[str, Json]) -> Tab:
    section = Unit(SECTION, defaults.PLAIN, defaults.section_style())
    return replace(tab, segments={**tab.segments, BODY: (section, *content)}, lists={**tab.lists, **lists})


def read_html(tab: Tab, html: str, new_id: Callable[[str], str]) -> Tab:
    """Put the content of an HTML file into a tab; `new_id` makes list ids."""
    reader = _HtmlReader(new_id)
    reader.feed(html)
    reader.close()
    reader.handle_endtag("html")
    return _with_body(tab, reader.builder.done(), reader.lists)


def read_text(tab: Tab, text: str) -> Tab:
    """Put plain text into a tab, one paragraph per line."""
    builder = SegmentBuilder()
    for line in text.replace("\r\n", "\n").split("\n"):
        builder.text(line, defaults.PLAIN)
        builder.paragraph(defaults.paragraph_mark())
    return _with_body(tab, builder.done(), {})
