"""What a new document looks like: page, named styles, a blank body, blank cells.

Source: the sample answer of Google's guide "Document structure" (documentStyle, namedStyles, tableCellStyle
of a document made in the editor); all values are in points. Margins and page of a blank document: US Letter,
72 pt. `documentFormat` and what an image has around it are as public programs quote Google's answers of 2026.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.docs.units import CELL, NEWLINE, ROW, SECTION, TABLE, TABLE_END, Style, Unit, Units

Json = dict[str, Any]
NAMED_STYLE_TYPES = (
    "NORMAL_TEXT",
    "HEADING_1",
    "HEADING_2",
    "HEADING_3",
    "HEADING_4",
    "HEADING_5",
    "HEADING_6",
    "TITLE",
    "SUBTITLE",
)
PLAIN: Style = {}


def points(magnitude: float) -> Json:
    """Make a Dimension in points; a zero magnitude is left out, as in Google's answers."""
    return {"magnitude": magnitude, "unit": "PT"} if magnitude else {"unit": "PT"}


def grey(level: float) -> Json:
    """Make an OptionalColor whose three components are equal (0 is black)."""
    return {"color": {"rgbColor": dict.fromkeys(("red", "green", "blue"), level) if level else {}}}


def document_style() -> Json:
    """Give the DocumentStyle of a blank document."""
    sides = {f"margin{side}": points(72) for side in ("Top", "Bottom", "Right", "Left")}
    return {
        "background": {"color": {}},
        "pageNumberStart": 1,
        **sides,
        "pageSize": {"height": points(792), "width": points(612)},
        "marginHeader": points(36),
        "marginFooter": points(36),
        "useCustomHeaderFooterMargins": True,
        "documentFormat": {"documentMode": "PAGES"},
    }


def _normal_text() -> Json:
    border = {"color": {}, "width": points(0), "padding": points(0), "dashStyle": "SOLID"}
    return {
        "namedStyleType": "NORMAL_TEXT",
        "textStyle": {
            "bold": False,
            "italic": False,
            "underline": False,
            "strikethrough": False,
            "smallCaps": False,
            "backgroundColor": {},
            "foregroundColor": grey(0),
            "fontSize": points(11),
            "weightedFontFamily": {"fontFamily": "Arial", "weight": 400},
            "baselineOffset": "NONE",
        },
        "paragraphStyle": {
            "namedStyleType": "NORMAL_TEXT",
            "alignment": "START",
            "lineSpacing": 115,
            "direction": "LEFT_TO_RIGHT",
            "spacingMode": "COLLAPSE_LISTS",
            "spaceAbove": points(0),
            "spaceBelow": points(0),
            **{f"border{side}": dict(border) for side in ("Between", "Top", "Bottom", "Left", "Right")},
            "indentFirstLine": points(0),
            "indentStart": points(0),
            "indentEnd": points(0),
            "keepLinesTogether": False,
            "keepWithNext": False,
            "avoidWidowAndOrphan": True,
            "shading": {"backgroundColor": {}},
            "pageBreakBefore": False,
        },
    }


def _heading(kind: str, above: float, below: float, **text: Any) -> Json:
    return {
        "namedStyleType": kind,
        "textStyle": text,
        "paragraphStyle": {
            "namedStyleType": "NORMAL_TEXT",
            "direction": "LEFT_TO_RIGHT",
            "spaceAbove": points(above),
            "spaceBelow": points(below),
            "keepLinesTogether": True,
            "keepWithNext": True,
            "pageBreakBefore": False,
        },
    }


def named_styles() -> list[Json]:
    """Give the nine NamedStyles of a blank document, normal text first."""
    return [
        _normal_text(),
        _heading("HEADING_1", 20, 6, fontSize=points(20)),
        _heading("HEADING_2", 18, 6, bold=False, fontSize=points(16)),
        _heading("HEADING_3", 16, 4, bold=False, foregroundColor=grey(0.2627451), fontSize=points(14)),
        _heading("HEADING_4", 14, 4, foregroundColor=grey(0.4), fontSize=points(12)),
        _heading("HEADING_5", 12, 4, foregroundColor=grey(0.4), fontSize=points(11)),
        _heading("HEADING_6", 12, 4, italic=True, foregroundColor=grey(0.4), fontSize=points(11)),
        _heading("TITLE", 0, 3, fontSize=points(26)),
        _heading(
            "SUBTITLE",
            0,
            16,
            italic=False,
            foregroundColor=grey(0.4),
            fontSize=points(15),
            weightedFontFamily={"fontFamily": "Arial", "weight": 400},
        ),
    ]


def image_frame() -> Json:
    """Give what an inline image has around it: no border, and margins of 9 points."""
    border = {"color": grey(0), "width": points(0), "dashStyle": "SOLID", "propertyState": "NOT_RENDERED"}
    sides = {f"margin{side}": points(9) for side in ("Top", "Bottom", "Right", "Left")}
    return {"embeddedObjectBorder": border, **sides}


def section_style(section_type: str = "CONTINUOUS") -> Json:
    """Give the SectionStyle of a new section."""
    return {"columnSeparatorStyle": "NONE", "contentDirection": "LEFT_TO_RIGHT", "sectionType": section_type}


def paragraph_mark(**style: Any) -> Json:
    """Give what a newline carries: a normal-text paragraph with the given explicit properties."""
    return {"paragraphStyle": {"namedStyleType": "NORMAL_TEXT", "direction": "LEFT_TO_RIGHT", **style}}


def newline() -> Unit:
    """Make the end of a plain normal-text paragraph."""
    return Unit(NEWLINE, PLAIN, paragraph_mark())


def blank_body() -> Units:
    """Make the body of a blank document: the first section break and one empty paragraph."""
    return (Unit(SECTION, PLAIN, section_style()), newline())


def cell_style() -> Json:
    """Give the TableCellStyle of a new cell."""
    padding = {f"padding{side}": points(5) for side in ("Left", "Right", "Top", "Bottom")}
    return {"rowSpan": 1, "columnSpan": 1, "backgroundColor": {}, **padding, "contentAlignment": "TOP"}


def row_style() -> Json:
    """Give the TableRowStyle of a new row."""
    return {"minRowHeight": points(0)}


def blank_cell(style: Style | None = None) -> Units:
    """Make an empty cell: its start and one paragraph.

    Source: assumed for the paragraph (single line spacing, as a table made in the editor has).
    """
    mark = paragraph_mark(lineSpacing=100, avoidWidowAndOrphan=False)
    return (Unit(CELL, PLAIN, dict(style) if style is not None else cell_style()), Unit(NEWLINE, PLAIN, mark))


def blank_row(cells: int) -> Units:
    """Make a row of empty cells."""
    units = [Unit(ROW, PLAIN, row_style())]
    for _ in range(cells):
        units += blank_cell()
    return tuple(units)


def blank_table(rows: int, columns: int) -> Units:
    """Make an empty table of evenly distributed columns: 2 + rows·(2·columns + 1) units."""
    units = [Unit(TABLE, PLAIN, {"columns": [{"widthType": "EVENLY_DISTRIBUTED"} for _ in range(columns)]})]
    for _ in range(rows):
        units += blank_row(columns)
    units.append(Unit(TABLE_END, PLAIN))
    return tuple(units)
