"""A document as one HTML page that prints to the document's own paper size.

Everything that comes from the document is escaped; links keep only http, https and mailto addresses; there is
no script. Headers and footers are printed in the page margins with live page numbers and shown on screen
above and below the
text.
"""

from __future__ import annotations

import re
from html import escape

from sheets_sync.emulator.docs.blocks import (
    Block,
    CellBlock,
    Page,
    ParagraphBlock,
    Run,
    TableBlock,
    TextLook,
    View,
)

_TAG = {
    "TITLE": "h1",
    "SUBTITLE": "p",
    **{f"HEADING_{level}": f"h{level}" for level in range(1, 7)},
}
_ALIGN = {"START": "left", "CENTER": "center", "END": "right", "JUSTIFIED": "justify"}
_DASH = {"SOLID": "solid", "DOT": "dotted", "DASH": "dashed"}
_NATURAL = 1.15
"""How high a line of single spacing is, in font sizes: ascent, descent and gap of Arial and Times New Roman.

A document's spacing counts such lines, a style sheet's counts font sizes. Source: the fonts' own metrics.
"""
_SAFE_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)


def _pt(length: float) -> str:
    return f"{length:g}pt"


def _font(name: str) -> str:
    """Name a font with substitutes of the same widths, for machines that do not have it."""
    safe = re.sub(r"[^\w \-]", "", name) or "Arial"
    serif = any(word in safe.lower() for word in ("times", "serif", "georgia", "cambria", "garamond"))
    others = "'Liberation Serif',Tinos,serif" if serif else "'Liberation Sans',Arimo,sans-serif"
    return f"'{safe}',{others}"


def _run_css(look: TextLook) -> str:
    parts = [f"font-family:{_font(look.font)}", f"font-size:{_pt(look.size)}"]
    parts.append(f"color:{look.colour}") if look.colour and look.colour != "#000000" else None
    parts.append(f"background:{look.background}") if look.background else None
    lines = [n for n, on in (("underline", look.underline), ("line-through", look.strikethrough)) if on]
    choices = (
        (look.bold, "font-weight:bold"),
        (look.italic, "font-style:italic"),
        (look.small_caps, "font-variant:small-caps"),
        (bool(lines), f"text-decoration:{' '.join(lines)}"),
        (look.offset == "SUPERSCRIPT", "vertical-align:super"),
        (look.offset == "SUBSCRIPT", "vertical-align:sub"),
    )
    return ";".join(parts + [css for on, css in choices if on])


def _run(run: Run) -> str:
    if run.kind == "page_break":
        return '<span class="page-break"></span>'
    if run.kind == "footnote":
        return f'<sup><a href="#footnote-{escape(run.text)}">{escape(run.text)}</a></sup>'
    if run.kind in ("page_number", "page_count"):
        return f'<span class="{run.kind.replace("_", "-")}"></span>'
    if run.kind == "image":
        return _image(run)
    text = _text(run.text)
    css = _run_css(run.look)
    if run.look.link and _SAFE_LINK.match(run.look.link):
        href = escape(run.look.link, quote=True)
        return f'<a href="{href}" rel="noopener noreferrer" style="{css}">{text}</a>'
    return f'<span style="{css}">{text}</span>'


def _text(text: str) -> str:
    shown = escape(text).replace("\v", "<br>")
    return shown.replace("\t", '<span class="tab">\t</span>')


def _image(run: Run) -> str:
    if not _SAFE_LINK.match(run.text):
        return ""
    sizes = (("width", run.width), ("height", run.height))
    css = ";".join(f"{name}:{_pt(value)}" for name, value in sizes if value)
    return f'<img alt="" src="{escape(run.text, quote=True)}" style="{css}">'


def _paragraph(block: ParagraphBlock) -> str:
    tag = _TAG.get(block.kind, "p")
    label_width = block.indent_start - block.indent_first if block.item else 0
    sides = (block.space_above, block.indent_end, block.space_below, block.indent_start)
    css = [
        "margin:" + " ".join(_pt(side) for side in sides),
        f"text-indent:{_pt(block.indent_first - block.indent_start)}",
        f"text-align:{_ALIGN.get(block.alignment, 'left')}",
        f"line-height:{block.line_spacing / 100:g}",
        f"--spacing:{block.line_spacing / 100:g}",
    ]
    first = block.runs[0].look if block.runs else block.end_look
    css += [f"--size:{_pt(first.size)}"] if first is not None else []
    choices = (
        (block.keep_together, "break-inside:avoid"),
        (block.keep_with_next, "break-after:avoid"),
        (block.page_break_before, "break-before:page"),
    )
    css += [rule for on, rule in choices if on]
    label = ""
    if block.item is not None:
        look = _run_css(first) if first else ""
        width = f"display:inline-block;text-indent:0;min-width:{_pt(max(label_width, 0))};{look}"
        label = f'<span class="label" style="{width}">{escape(block.item.label)} </span>'
    inner = label + "".join(_run(run) for run in block.runs)
    if not block.text and block.end_look is not None and not inner:
        inner = f'<span style="{_run_css(block.end_look)}"><br></span>'
    return f'<{tag} style="{";".join(css)}">{inner}</{tag}>'


def _cell_css(cell: CellBlock) -> str:
    css = [
        f"border-{side.lower()}:{_pt(b.width)} {_DASH.get(b.dash, 'solid')} {b.colour}"
        if b.width
        else f"border-{side.lower()}:0"
        for side, b in cell.borders.items()
    ]
    sides = (cell.padding[side] for side in ("Top", "Right", "Bottom", "Left"))
    css.append("padding:" + " ".join(_pt(length) for length in sides))
    css.append(f"vertical-align:{cell.vertical.lower()}")
    if cell.background:
        css.append(f"background:{cell.background}")
    return ";".join(css)


def _cell(cell: CellBlock, tag: str) -> str:
    spans = (("rowspan", cell.row_span), ("colspan", cell.column_span))
    attributes = "".join(f' {name}="{span}"' for name, span in spans if span > 1)
    inner = "".join(_block(block) for block in cell.blocks)
    return f'<{tag}{attributes} style="{_cell_css(cell)}">{inner}</{tag}>'


def _rows(table: TableBlock, first: int, last: int, tag: str) -> str:
    shown = []
    for index in range(first, last):
        css = f"height:{_pt(table.heights[index])};" if table.heights[index] else ""
        css += "break-inside:avoid" if table.unbreakable[index] else ""
        cells = "".join(_cell(cell, tag) for cell in table.rows[index] if not cell.covered)
        shown.append(f'<tr style="{css}">{cells}</tr>' if css else f"<tr>{cells}</tr>")
    return "".join(shown)


def _table(table: TableBlock) -> str:
    columns = "".join(f'<col style="width:{_pt(w)}">' if w else "<col>" for w in table.widths)
    fixed = all(table.widths)
    total = _pt(sum(width or 0 for width in table.widths)) if fixed else "100%"
    head = f"<thead>{_rows(table, 0, table.header_rows, 'th')}</thead>" if table.header_rows else ""
    body = f"<tbody>{_rows(table, table.header_rows, len(table.rows), 'td')}</tbody>"
    return f'<table style="width:{total}"><colgroup>{columns}</colgroup>{head}{body}</table>'


def _block(block: Block) -> str:
    if isinstance(block, ParagraphBlock):
        return _paragraph(block)
    if isinstance(block, TableBlock):
        return _table(block)
    return '<div class="section"></div>' if not block.next_page else '<div class="page-break"></div>'


def _css_string(text: str) -> str:
    safe = "".join(c if c.isalnum() or c in " .,-" else f"\\{ord(c):x} " for c in text)
    return f'"{safe}"'


def _margin_box(name: str, blocks: list[Block]) -> str:
    """Write a header or footer as the content of a page margin box; only its text can go there."""
    paragraphs = [block for block in blocks if isinstance(block, ParagraphBlock) and block.runs]
    if not paragraphs:
        return ""
    pieces: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        if number:
            pieces.append('"\\a "')
        for run in paragraph.runs:
            counter = {"page_number": "counter(page)", "page_count": "counter(pages)"}.get(run.kind)
            pieces.append(counter or _css_string(run.text))
    first = paragraphs[0]
    place = {"CENTER": "center", "END": "right"}.get(first.alignment, "left")
    look = first.runs[0].look
    css = f"white-space:pre;font-family:{_font(look.font)};font-size:{_pt(look.size)}"
    return f"@{name}-{place} {{content:{' '.join(pieces)};{css}}}"


def _css(view: View) -> str:
    page: Page = view.page
    boxes = _margin_box("top", view.header) + _margin_box("bottom", view.footer)
    margins = " ".join(_pt(side) for side in (page.top, page.right, page.bottom, page.left))
    rules = [f"@page {{size:{_pt(page.width)} {_pt(page.height)};margin:{margins};{boxes}}}"]
    if page.first_page_differs:
        places = [
            f"@{edge}-{side} {{content:none}}"
            for edge in ("top", "bottom")
            for side in ("left", "center", "right")
        ]
        rules.append(f"@page:first {{{''.join(places)}}}")
    rules += [
        "body{margin:0;color:#000}",
        "p,h1,h2,h3,h4,h5,h6{font-weight:normal;orphans:2;widows:2;overflow-wrap:break-word;"
        f"font-size:var(--size,inherit);line-height:calc(var(--spacing)*{_NATURAL:g})!important}}",
        "table{border-collapse:collapse;table-layout:fixed}",
        "th{font-weight:normal;text-align:left}thead{display:table-header-group}",
        "span{white-space:pre-wrap}.tab{display:inline-block;min-width:36pt}",
        ".page-break{display:block;break-after:page}",
        "img{max-width:100%}",
        "@media print{.on-screen{display:none}}",
        f"@media screen{{body{{background:#eee}}main{{box-sizing:border-box;width:{_pt(page.width)};"
        "max-width:100%;"
        f"min-height:{_pt(page.height)};margin:12pt auto;padding:{margins};background:#fff}}"
        ".page-break{border-bottom:1px dashed #999;margin:6pt 0}}",
    ]
    return "\n".join(rules)


def _footnotes(view: View) -> str:
    if not view.footnotes:
        return ""
    notes = []
    for number, blocks in enumerate(view.footnotes, start=1):
        inner = "".join(_block(block) for block in blocks)
        notes.append(f'<div class="footnote" id="footnote-{number}"><sup>{number}</sup>{inner}</div>')
    return "<hr>" + "".join(notes)


def render_html(view: View) -> str:
    """Write a whole HTML page of a document."""
    header = "".join(_block(block) for block in view.header)
    footer = "".join(_block(block) for block in view.footer)
    body = "".join(_block(block) for block in view.body)
    parts = [
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(view.title)}</title><style>{_css(view)}</style></head><body><main>",
        f'<header class="on-screen">{header}</header>' if header else "",
        body,
        _footnotes(view),
        f'<footer class="on-screen">{footer}</footer>' if footer else "",
        "</main></body></html>",
    ]
    return "".join(parts)
