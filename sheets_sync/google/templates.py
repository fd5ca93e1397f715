"""Making a document template from its declaration: the text first, then its look, then the table."""

from dataclasses import dataclass
from typing import Any

from sheets_sync.domain.documents.templates import (
    Align,
    DataTable,
    Paragraph,
    Signature,
    TemplateSpec,
)
from sheets_sync.google.cells import Json
from sheets_sync.google.channel import Channel
from sheets_sync.google.doctext import units as _units
from sheets_sync.google.drive import Drive
from sheets_sync.google.page import FONT, HEADER_CM, MARGINS_CM, PAGE_CM, empty_page, text_width
from sheets_sync.ports.write import MadeTemplate

_POINTS_PER_CM = 72 / 2.54
_GAP_PT = 4
_SMALL_PT = 10
_LOOK = "revisionId,documentStyle,headers,footers"
_ALIGNMENTS: dict[Align, str] = {
    "left": "START",
    "center": "CENTER",
    "right": "END",
    "justify": "JUSTIFIED",
}


@dataclass
class Templates:
    """Makes document templates."""

    channel: Channel
    drive: Drive

    def create_template(self, spec: TemplateSpec) -> MadeTemplate:
        """Make a template document.

        It starts as an uploaded page with a page number in its header: the service has no request that puts
        one there (discovery docs.v1: AutoText is read, and no member of Request inserts it). That the
        conversion keeps the field is assumed; others saw it kept in an uploaded footer (PHPOffice/PHPWord,
        issue 677). So the converted page is read, and where the field was lost people are told.
        """
        service = self.channel.service("docs", "v1").documents()
        doing = f"создание шаблона «{spec.name}»"
        document = self.drive.convert(empty_page(landscape=spec.landscape), spec.name)
        look = service.get(documentId=document, fields=_LOOK)
        made = self.channel.call("docs", doing, look.execute)
        body = {
            "requests": template_requests(spec),
            "writeControl": {"requiredRevisionId": str(made["revisionId"])},
        }
        request = service.batchUpdate(documentId=document, body=body)
        self.channel.call("docs", doing, request.execute, write=True)
        return MadeTemplate(document, _is_numbered(made))

    def is_numbered(self, document: str) -> bool:
        """Whether the pages of a document bear their numbers, at the top or at the bottom."""
        request = self.channel.service("docs", "v1").documents().get(documentId=document, fields=_LOOK)
        return _is_numbered(self.channel.call("docs", "проверка шаблона", request.execute))


def _is_numbered(document: Json) -> bool:
    style = document.get("documentStyle", {})
    return any(
        piece.get("autoText", {}).get("type") == "PAGE_NUMBER"
        for kind, name in (("headers", "defaultHeaderId"), ("footers", "defaultFooterId"))
        for element in document.get(kind, {}).get(style.get(name, ""), {}).get("content", ())
        for piece in element.get("paragraph", {}).get("elements", ())
    )


def template_requests(spec: TemplateSpec) -> list[Json]:
    """Return the requests that write a template into an empty document.

    Blocks are inserted at the start of the body in reverse order, so every index is known beforehand.
    Source: docs/api/guides/tables and format-text; indexes by docs/api/concepts/document.
    """
    requests: list[Json] = [
        {
            "updateDocumentStyle": {
                "documentStyle": {
                    **{f"margin{side.capitalize()}": _points(value) for side, value in MARGINS_CM.items()},
                    "marginHeader": _points(HEADER_CM),
                    "pageSize": {
                        "width": _points(PAGE_CM[spec.landscape]),
                        "height": _points(PAGE_CM[not spec.landscape]),
                    },
                    "useFirstPageHeaderFooter": True,
                },
                "fields": "marginLeft,marginRight,marginTop,marginBottom,marginHeader,pageSize,"
                "useFirstPageHeaderFooter",
            }
        },
        {
            "updateNamedStyle": {
                "namedStyle": {
                    "namedStyleType": "NORMAL_TEXT",
                    "textStyle": {
                        "weightedFontFamily": {"fontFamily": FONT},
                        "fontSize": {"magnitude": spec.size, "unit": "PT"},
                    },
                },
                "fields": "namedStyleType,textStyle.weightedFontFamily,textStyle.fontSize",
            }
        },
    ]
    # A document ends with an empty paragraph; left as high as a line it would fill a page of its own.
    requests += _plain_gap()
    for block in reversed(spec.blocks):
        match block:
            case Paragraph():
                requests += _paragraph(block)
            case Signature():
                widths = [block.width, text_width(landscape=spec.landscape) - block.width]
                requests += _table([list(row) for row in block.rows], widths)
            case DataTable():
                requests += _data_table(block)
    return requests


def _points(centimetres: float) -> Json:
    return {"magnitude": round(centimetres * _POINTS_PER_CM, 2), "unit": "PT"}


def _paragraph(block: Paragraph) -> list[Json]:
    end = 1 + _units(block.text)
    area = {"startIndex": 1, "endIndex": end + 1}
    style: Json = {
        "namedStyleType": "NORMAL_TEXT",
        "alignment": _ALIGNMENTS[block.align],
        "indentStart": _points(block.left),
        "indentFirstLine": _points(block.left + block.indent),
        "spaceBelow": {"magnitude": block.after, "unit": "PT"},
        "lineSpacing": 115,
        "pageBreakBefore": block.page_break_before,
        "keepWithNext": block.keep,
    }
    return [
        {"insertText": {"location": {"index": 1}, "text": f"{block.text}\n"}},
        {"updateParagraphStyle": {"range": area, "paragraphStyle": style, "fields": ",".join(style)}},
        _text_style(1, end + 1, bold=block.bold),
    ]


def _text_style(start: int, end: int, *, bold: bool, size: float | None = None) -> Json:
    style: Json = {"bold": bold}
    if size is not None:
        style["fontSize"] = {"magnitude": size, "unit": "PT"}
    return {
        "updateTextStyle": {
            "range": {"startIndex": start, "endIndex": end},
            "textStyle": style,
            "fields": "bold,fontSize",  # an unset size is that of the named style again
        }
    }


def _plain_gap() -> list[Json]:
    # The newline before a table takes the style of the paragraph after it, its page break too; it cannot be
    # left out, so it is made low.
    style: Json = {"pageBreakBefore": False, "spaceBelow": {"magnitude": 0, "unit": "PT"}, "lineSpacing": 100}
    area = {"startIndex": 1, "endIndex": 2}
    return [
        {"updateParagraphStyle": {"range": area, "paragraphStyle": style, "fields": ",".join(style)}},
        _text_style(1, 2, bold=False, size=_GAP_PT),
    ]


def _data_table(block: DataTable) -> list[Json]:
    titles = [[column.title for column in block.columns], ["" for _ in block.columns]]
    return _table(titles, [column.width for column in block.columns], size=block.size)


def _table(texts: list[list[str]], widths: list[float], *, size: float | None = None) -> list[Json]:
    # insertTable puts a newline before the table, so the table itself starts at index 2; an empty cell (r, c)
    # of C columns has its paragraph at 1 + 4 + r(2C + 1) + 2c. A size is given for a table with a header.
    rows, columns = len(texts), len(texts[0])
    requests: list[Json] = [
        {"insertTable": {"rows": rows, "columns": columns, "location": {"index": 1}}},
        *_plain_gap(),
    ]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            text, index = texts[row][column], 5 + row * (2 * columns + 1) + 2 * column
            if text:
                requests.append({"insertText": {"location": {"index": index}, "text": text}})
            # The newline counts: the empty row of a table shows how its rows are to look.
            bold = size is not None and row == 0
            requests.append(_text_style(index, index + _units(text) + 1, bold=bold, size=size))
    start = {"index": 2}
    for place, width in enumerate(widths):
        requests.append(
            {
                "updateTableColumnProperties": {
                    "tableStartLocation": start,
                    "columnIndices": [place],
                    "tableColumnProperties": {"widthType": "FIXED_WIDTH", "width": _points(width)},
                    "fields": "widthType,width",
                }
            }
        )
    if size is not None:
        requests.append(_narrow(start, rows, columns, 5 if size > _SMALL_PT else 2))
        requests.append({"pinTableHeaderRows": {"tableStartLocation": start, "pinnedHeaderRowsCount": 1}})
    else:
        requests.append(_without_borders(start, rows, columns))
    return requests


def _narrow(start: Json, rows: int, columns: int, padding: int) -> Json:
    space = {"magnitude": padding, "unit": "PT"}
    return _cells(start, rows, columns, {"paddingTop": space, "paddingBottom": space})


def _without_borders(start: Json, rows: int, columns: int) -> Json:
    none: dict[str, Any] = {
        "width": {"magnitude": 0, "unit": "PT"},
        "dashStyle": "SOLID",
        "color": {"color": {"rgbColor": {"red": 1, "green": 1, "blue": 1}}},
    }
    sides = dict.fromkeys(("borderTop", "borderBottom", "borderLeft", "borderRight"), none)
    return _cells(start, rows, columns, {**sides, "paddingLeft": {"magnitude": 0, "unit": "PT"}})


def _cells(start: Json, rows: int, columns: int, style: Json) -> Json:
    return {
        "updateTableCellStyle": {
            "tableRange": {
                "tableCellLocation": {"tableStartLocation": start, "rowIndex": 0, "columnIndex": 0},
                "rowSpan": rows,
                "columnSpan": columns,
            },
            "tableCellStyle": style,
            "fields": ",".join(style),
        }
    }
