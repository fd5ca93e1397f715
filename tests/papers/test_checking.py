"""The checker sees what is planted: a right order has no fault, each of these defects is told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.papers.checking import Known, Listed, faults
from tests.papers.reading import read_paper

NBSP = "\N{NO-BREAK SPACE}"
LISTED = Listed("приказ о закреплении пар", "45/2-р", date(2022, 10, 21), frozenset({"П-019", "П-024"}))
KNOWN = Known(
    {
        "Ветров Глеб Ильич": frozenset({"У-017"}),
        "Дубова Алина Игоревна": frozenset({"У-025"}),
        "Снегов Артём Кириллович": frozenset({"У-030"}),
        "Холмов Лев Андреевич": frozenset({"У-049"}),
    },
    frozenset({"У-017", "У-025", "У-030"}),
    {
        "П-019": ("Снегов Артём Кириллович", "Ветров Глеб Ильич"),
        "П-024": ("Снегов Артём Кириллович", "Дубова Алина Игоревна"),
    },
    frozenset(),
)


def order() -> Document:
    """An order as it should be, made without the program."""
    made = docx.Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(10)
    section.top_margin = section.bottom_margin = Mm(20)
    section.different_first_page_header_footer = True
    field = OxmlElement("w:instrText")
    field.text = "PAGE"
    section.header.paragraphs[0].add_run()._r.append(field)
    for text in ("МБОУ «Школа № 5»", "ПРИКАЗ"):
        paragraph(made, text)
    table(made, [[f"21{NBSP}октября 2022{NBSP}г.", f"№{NBSP}45/2-р"]], ruled=False)
    for text in (
        "г. Светлогорск-на-Каме",
        "О закреплении наставнических пар",
        "В целях реализации программы",
        "ПРИКАЗЫВАЮ:",
        "1. Закрепить пары согласно приложению.",
        f"2. Куратору (Лебедева{NBSP}О.Н.) ознакомить участников.",
        "3. Контроль за исполнением настоящего приказа оставляю за собой.",
    ):
        paragraph(made, text)
    table(made, [["Директор", f"Е.В.{NBSP}Соколова"]], ruled=False)
    paragraph(made, "Приложение").paragraph_format.page_break_before = True
    paragraph(made, f"к приказу от 21{NBSP}октября 2022{NBSP}г. №{NBSP}45/2-р")
    rows = [
        ["№", "Пара", "Наставник", "Наставляемый"],
        ["1", "П-019", "Снегов Артём Кириллович", "Ветров Глеб Ильич"],
        ["2", "П-024", "Снегов Артём Кириллович", "Дубова Алина Игоревна"],
    ]
    table(made, rows, ruled=True)
    return made


def paragraph(made: Document, text: str) -> Paragraph:
    added = made.add_paragraph()
    run = added.add_run(text)
    run.font.name, run.font.size = "Times New Roman", Pt(13)
    added.alignment = WD_ALIGN_PARAGRAPH.LEFT
    return added


def table(made: Document, rows: list[list[str]], *, ruled: bool) -> Table:
    added: Table = made.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            cell = added.cell(r, c)
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.name, run.font.size = "Times New Roman", Pt(12)
            borders = OxmlElement("w:tcBorders")
            side = OxmlElement("w:top")
            side.set(qn("w:val"), "single" if ruled else "nil")
            borders.append(side)
            cell._tc.get_or_add_tcPr().append(borders)
    if ruled:
        added.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return added


def told(made: Document, listed: Listed = LISTED) -> list[str]:
    out = io.BytesIO()
    made.save(out)
    return faults(read_paper(out.getvalue()), listed, KNOWN)


def test_a_right_order_has_no_fault() -> None:
    assert told(order()) == []


def retyped(old: str, new: str) -> Callable[[Document], None]:
    """Replace a text wherever it stands."""

    def plant(made: Document) -> None:
        cells = [cell for one in made.tables for row in one.rows for cell in row.cells]
        for each in [*made.paragraphs, *(cell.paragraphs[0] for cell in cells)]:
            for run in each.runs:
                run.text = run.text.replace(old, new)

    return plant


def without_repeat(made: Document) -> None:
    row = made.tables[-1].rows[0]._tr
    row.get_or_add_trPr().clear()


def fewer_rows(made: Document) -> None:
    row = made.tables[-1].rows[-1]._tr
    row.getparent().remove(row)


def without_page_numbers(made: Document) -> None:
    made.sections[0].header.paragraphs[0].clear()


def moved(made: Document) -> None:
    """The heading stands above the kind of document."""
    heading = next(one for one in made.paragraphs if one.text.startswith("О закреплении"))
    made.paragraphs[0]._p.addprevious(heading._p)


def shifted_signature(made: Document) -> None:
    made.tables[1].columns[0].width = Mm(30)
    for row in made.tables[1].rows:
        row.cells[0].width = Mm(30)


def narrow(made: Document) -> None:
    made.sections[0].left_margin = Mm(12)


def letter(made: Document) -> None:
    made.sections[0].page_height = Mm(279)


def small(made: Document) -> None:
    made.paragraphs[4].runs[0].font.size = Pt(9)


def two_fonts(made: Document) -> None:
    made.paragraphs[4].runs[0].font.name = "Arial"


def same_page(made: Document) -> None:
    next(
        one for one in made.paragraphs if one.text == "Приложение"
    ).paragraph_format.page_break_before = False


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (narrow, "поле левое"),
        (letter, "а не A4"),
        (small, "кегль"),
        (two_fonts, "гарнитур"),
        (without_page_numbers, "номеров страниц"),
        (moved, "«заголовок»"),
        (shifted_signature, "подпись не в тех же колонках"),
        (same_page, "с новой страницы"),
        (without_repeat, "не повторяется"),
        (fewer_rows, "не те пары"),
        (retyped("Директор", "{{должность подписанта}}"), "поле шаблона"),
        (retyped("участников.", "участников.."), "лишний знак"),
        (retyped(f"Е.В.{NBSP}Соколова", "Е.В. Соколова"), "инициалы рвутся"),
        (retyped(f"21{NBSP}октября", "21 октября"), "дата рвётся"),
        (retyped("ПРИКАЗЫВАЮ:", "ПРИКАЗЫВАЮ"), "распорядительное слово"),
        (retyped("О закреплении наставнических пар", "О закреплении наставнических пар."), "«заголовок»"),
        (retyped("2. Куратору", "4. Куратору"), "не подряд"),
        (retyped("Дубова Алина Игоревна", "Холмов Лев Андреевич"), "без согласия: У-049"),
        (retyped("Дубова Алина Игоревна", "Ветров Глеб Ильич"), "другие люди"),
        (retyped("О.Н.", f"О.Н., Холмов{NBSP}Л.А."), "без согласия: У-049"),
        (retyped("45/2-р", "______"), "нет его номера"),
        (retyped("П-024", "П-019"), "дважды"),
    ],
)
def test_a_planted_defect_is_told(plant: Callable[[Document], None], said: str) -> None:
    made = order()
    plant(made)
    assert any(said in fault for fault in told(made)), told(made)


def test_a_draft_leaves_place_for_the_number() -> None:
    assert "в проекте нет места для номера" in told(order(), Listed(LISTED.kind, about=LISTED.about))


def test_a_kind_without_a_list_of_requisites_is_not_passed_over() -> None:
    made = order()
    retyped("ПРИКАЗ", "СПРАВКА")(made)
    assert any("нет перечня реквизитов" in fault for fault in told(made, Listed("справка")))
