"""Names in place of codes in a DOCX, wherever a code stands and however it is cut."""

import io

import docx

from sheets_sync.files.named_copy import with_names

NAMES = {"У-017": "Ветров Глеб Ильич", "У-024": "Дубова Алина Игоревна"}


def rewritten(document: "docx.document.Document") -> "docx.document.Document":
    out = io.BytesIO()
    document.save(out)
    return docx.Document(io.BytesIO(with_names(out.getvalue(), NAMES)))


def test_f08_a_cell_with_a_code_alone_becomes_the_name_and_a_sentence_gets_it_in_brackets() -> None:
    document = docx.Document()
    document.add_paragraph("Назначить наставником У-017 до конца периода, наставляемый — У-024.")
    table = document.add_table(1, 3)
    for cell, text in zip(table.rows[0].cells, ("П-014", "У-017", "У-031"), strict=True):
        cell.text = text
    found = rewritten(document)
    assert found.paragraphs[0].text == (
        "Назначить наставником У-017 (Ветров Глеб Ильич) до конца периода, "
        "наставляемый — У-024 (Дубова Алина Игоревна)."
    )
    assert [cell.text for cell in found.tables[0].rows[0].cells] == ["П-014", "Ветров Глеб Ильич", "У-031"]


def test_f08_a_code_cut_into_runs_is_found_and_a_longer_code_is_not_taken_for_it() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("Наставник ", "У-", "01", "7, а не ", "У-0171 и не ЗУ-017"):
        paragraph.add_run(piece).bold = piece == "01"
    found = rewritten(document)
    assert found.paragraphs[0].text == "Наставник У-017 (Ветров Глеб Ильич), а не У-0171 и не ЗУ-017"


def test_f08_headers_footers_nested_and_merged_cells_are_reached_once() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "У-017"
    document.sections[0].footer.paragraphs[0].text = "лист У-024"
    outer = document.add_table(1, 2)
    merged = outer.rows[0].cells[0].merge(outer.rows[0].cells[1])
    merged.text = "план У-024"
    merged.add_table(1, 1).rows[0].cells[0].text = "У-024"
    found = rewritten(document)
    assert found.sections[0].header.paragraphs[0].text == "Ветров Глеб Ильич"
    assert found.sections[0].footer.paragraphs[0].text == "лист У-024 (Дубова Алина Игоревна)"
    cell = found.tables[0].rows[0].cells[0]
    assert cell.paragraphs[0].text == "план У-024 (Дубова Алина Игоревна)"
    assert cell.tables[0].rows[0].cells[0].text == "Дубова Алина Игоревна"
