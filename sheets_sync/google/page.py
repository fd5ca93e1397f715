"""The empty page from which every template starts: A4, the margins of an order, page numbers from the second.

Source: ГОСТ Р 7.0.97 (left 20 mm, right 10, top and bottom 20; numbers in the middle of the top margin, not
nearer to the edge than 10 mm, from the second page on).
"""

import io
from typing import Any

MARGINS_CM = {"left": 2.0, "right": 1.0, "top": 2.0, "bottom": 2.0}
PAGE_CM = (21.0, 29.7)
HEADER_CM = 1.0
FONT, FONT_SIZE = "Times New Roman", 13
NUMBER_SIZE = 11


def text_width(*, landscape: bool) -> float:
    """Return how wide the text is, in centimetres."""
    return PAGE_CM[landscape] - MARGINS_CM["left"] - MARGINS_CM["right"]


def empty_page(*, landscape: bool) -> bytes:
    """Return the page as a DOCX file, for the service to convert."""
    import docx  # only `init` needs it, and it is dear to load
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    made = docx.Document()
    for element in list(made.element.body)[:-1]:
        made.element.body.remove(element)
    normal = made.styles["Normal"].font
    normal.name, normal.size = FONT, Pt(FONT_SIZE)
    section = made.sections[0]
    width, height = (Cm(side) for side in (PAGE_CM[landscape], PAGE_CM[not landscape]))
    section.page_width, section.page_height = width, height
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Cm(MARGINS_CM["left"]), Cm(MARGINS_CM["right"])
    section.top_margin, section.bottom_margin = Cm(MARGINS_CM["top"]), Cm(MARGINS_CM["bottom"])
    section.header_distance = Cm(HEADER_CM)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = False
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_field(number, Pt(NUMBER_SIZE))
    made.add_paragraph()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page_field(paragraph: Any, size: Any) -> None:
    # A field of three runs, as an editor writes it: the converter reads this form for certain.
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for part in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run("1" if part == "1" else "")
        run.font.size, run.font.name = size, FONT
        if part == "":
            text = OxmlElement("w:instrText")
            text.set(qn("xml:space"), "preserve")
            text.text = " PAGE "
            run._r.append(text)
        elif part != "1":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), part)
            run._r.append(mark)
