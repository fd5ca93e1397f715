"""What Drive does with documents: copy, rename, export, import.

Expected values: what was put in, read by other programs.
"""

from __future__ import annotations

import io
import shutil
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from tests.conformance.docs.conftest import Doc, insert, span, text_of

DOCUMENT = "application/vnd.google-apps.document"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
A4 = {"width": {"magnitude": 595.28, "unit": "PT"}, "height": {"magnitude": 841.89, "unit": "PT"}}


def exported(drive: Any, doc: Doc, mime_type: str) -> bytes:
    data: bytes = drive.files().export(fileId=doc.id, mimeType=mime_type).execute()
    return data


def imported(drive: Any, docs: Any, data: bytes, mime_type: str) -> Doc:
    media = MediaInMemoryUpload(data, mime_type, resumable=True)
    body = {"name": "Ввезённый", "mimeType": DOCUMENT}
    made = Doc.__new__(Doc)
    made.service = docs
    made.id = drive.files().create(body=body, media_body=media).execute()["id"]
    return made


def test_a_document_made_by_drive_is_a_blank_document(drive: Any, docs: Any) -> None:
    made = drive.files().create(body={"name": "Пустой", "mimeType": DOCUMENT}).execute()
    shown = docs.documents().get(documentId=made["id"]).execute()
    assert (shown["title"], text_of(shown["body"]["content"])) == ("Пустой", "\n")


def test_a_copy_has_the_same_content_and_lives_apart(drive: Any, docs: Any, doc: Doc) -> None:
    doc.batch(
        insert("шаблон {{a}}"),
        {"createFooter": {"type": "DEFAULT"}},
        {"insertTable": {"endOfSegmentLocation": {}, "rows": 2, "columns": 2}},
    )
    copy = drive.files().copy(fileId=doc.id, body={"name": "Копия"}).execute()["id"]
    shown, source = docs.documents().get(documentId=copy).execute(), doc.get()
    assert shown["title"] == "Копия"
    for part in ("body", "footers", "documentStyle", "namedStyles"):
        assert shown[part] == source[part]
    assert shown["revisionId"] != source["revisionId"]
    request = {"replaceAllText": {"containsText": {"text": "{{a}}"}, "replaceText": "x"}}
    docs.documents().batchUpdate(documentId=copy, body={"requests": [request]}).execute()
    assert doc.text().startswith("шаблон {{a}}")


def test_renaming_the_file_renames_the_document(drive: Any, doc: Doc) -> None:
    drive.files().update(fileId=doc.id, body={"name": "Новое имя"}).execute()
    assert doc.get()["title"] == "Новое имя"


def test_a_deleted_file_is_no_document_any_more(drive: Any, doc: Doc) -> None:
    drive.files().delete(fileId=doc.id).execute()
    with pytest.raises(HttpError, match="Requested entity was not found"):
        doc.get()


def test_an_edit_is_seen_in_the_files_modified_time(drive: Any, doc: Doc) -> None:
    before = drive.files().get(fileId=doc.id, fields="modifiedTime").execute()
    doc.batch(insert("раз"))
    assert (
        drive.files().get(fileId=doc.id, fields="modifiedTime").execute()["modifiedTime"]
        > before["modifiedTime"]
    )


def order(doc: Doc) -> None:
    """Write a small order: centred bold heading, justified text, a table with a header row, a footer."""
    doc.batch(insert("ПРИКАЗ\n№ 1\u00a0от 20 сентября\n\x0bконец"))
    doc.batch({"insertTable": {"location": {"index": 9}, "rows": 2, "columns": 2}})
    start = doc.table()["startIndex"]
    location = {"index": start}
    doc.batch(
        insert("Пётр", start + 3 + 5 + 2),
        insert("1", start + 3 + 5),
        insert("Имя", start + 5),
        insert("№", start + 3),
        {"pinTableHeaderRows": {"tableStartLocation": location, "pinnedHeaderRowsCount": 1}},
        {
            "updateTableColumnProperties": {
                "tableStartLocation": location,
                "columnIndices": [0],
                "tableColumnProperties": {
                    "widthType": "FIXED_WIDTH",
                    "width": {"magnitude": 40, "unit": "PT"},
                },
                "fields": "widthType,width",
            }
        },
        {
            "updateParagraphStyle": {
                "range": span(1, 2),
                "paragraphStyle": {"alignment": "CENTER", "spaceBelow": {"magnitude": 12, "unit": "PT"}},
                "fields": "alignment,spaceBelow",
            }
        },
        {
            "updateTextStyle": {
                "range": span(1, 7),
                "textStyle": {
                    "bold": True,
                    "fontSize": {"magnitude": 14, "unit": "PT"},
                    "weightedFontFamily": {"fontFamily": "Times New Roman"},
                },
                "fields": "bold,fontSize,weightedFontFamily",
            }
        },
        {
            "updateDocumentStyle": {
                "documentStyle": {"pageSize": A4, "marginLeft": {"magnitude": 85.05}},
                "fields": "pageSize,marginLeft",
            }
        },
    )
    footer = doc.batch({"createFooter": {"type": "DEFAULT"}})["replies"][0]["createFooter"]["footerId"]
    doc.batch(insert("подвал", 0, segmentId=footer))


def test_docx_export_keeps_page_paragraphs_table_and_footer(drive: Any, doc: Doc) -> None:
    order(doc)
    made = docx.Document(io.BytesIO(exported(drive, doc, DOCX)))
    section = made.sections[0]
    lengths = (section.page_width, section.page_height, section.left_margin)
    assert [round(length.mm) for length in lengths if length is not None] == [210, 297, 30]
    heading = made.paragraphs[0]
    assert (heading.text, heading.alignment) == ("ПРИКАЗ", WD_ALIGN_PARAGRAPH.CENTER)
    assert heading.paragraph_format.space_after == Pt(12)
    run = heading.runs[0]
    assert (run.bold, run.font.size, run.font.name) == (True, Pt(14), "Times New Roman")
    (table,) = made.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["№", "Имя"], ["1", "Пётр"]]
    assert "<w:tblHeader/>" in table.rows[0]._tr.xml
    assert table.columns[0].width == Pt(40)
    assert section.footer.paragraphs[0].text == "подвал"
    assert [p.text for p in made.paragraphs][-1] == "\nконец"


def test_docx_export_survives_a_round_trip(drive: Any, docs: Any, doc: Doc) -> None:
    order(doc)
    back = imported(drive, docs, exported(drive, doc, DOCX), DOCX)
    assert back.text() == doc.text()
    shown = back.get()
    assert round(shown["documentStyle"]["pageSize"]["width"]["magnitude"]) == 595
    (footer,) = shown["footers"].values()
    assert text_of(footer["content"]) == "подвал\n"
    assert back.table()["table"]["tableRows"][0]["tableRowStyle"]["tableHeader"] is True


def test_a_page_number_field_of_a_docx_is_kept_through_copy_and_export(drive: Any, docs: Any) -> None:
    source = docx.Document()
    source.add_paragraph("Текст")
    paragraph = source.sections[0].header.paragraphs[0]
    for kind, text in (("begin", ""), ("instr", "PAGE"), ("separate", ""), ("text", "7"), ("end", "")):
        run = paragraph.add_run()
        if kind == "text":
            run.text = text
            continue
        mark = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        mark.set(qn("w:fldCharType"), kind) if kind != "instr" else setattr(mark, "text", text)
        run._r.append(mark)
    out = io.BytesIO()
    source.save(out)
    made = imported(drive, docs, out.getvalue(), DOCX)
    (header,) = made.get()["headers"].values()
    parts = header["content"][0]["paragraph"]["elements"]
    assert parts[0]["autoText"]["type"] == "PAGE_NUMBER"
    assert text_of(header["content"]) == "\n"
    again = docx.Document(io.BytesIO(exported(drive, made, DOCX)))
    assert "PAGE" in again.sections[0].header.paragraphs[0]._p.xml
    assert "counter(page)" in exported(drive, made, "text/html").decode()


def test_plain_text_export_has_labels_and_a_byte_order_mark(drive: Any, doc: Doc) -> None:
    asked = {"range": span(1, 12), "bulletPreset": "NUMBERED_DECIMAL_ALPHA_ROMAN"}
    doc.batch(insert("раз\n\tдва\nтри"), {"createParagraphBullets": asked})
    text = exported(drive, doc, "text/plain").decode()
    assert text == "\ufeff1. раз\r\n   a. два\r\n2. три"


def test_f64_html_export_escapes_everything_from_the_document(drive: Any, doc: Doc) -> None:
    evil = "<script>alert(1)</script> & \"'"
    link = {"textStyle": {"link": {"url": "javascript:alert(1)"}}, "fields": "link", "range": span(1, 4)}
    font = {"weightedFontFamily": {"fontFamily": "x';background:url(//evil.example)"}}
    doc.batch(
        insert(evil),
        {"updateTextStyle": link},
        {"updateTextStyle": {"textStyle": font, "fields": "weightedFontFamily", "range": span(1, 4)}},
    )
    made = doc.batch({"createHeader": {"type": "DEFAULT"}})["replies"][0]["createHeader"]["headerId"]
    doc.batch(insert("</style><script>", 0, segmentId=made))
    html = exported(drive, doc, "text/html").decode()
    assert "<script" not in html
    assert "javascript:" not in html
    assert "url(" not in html
    assert html.count("</style>") == 1


def test_html_prints_to_the_documents_paper(drive: Any, doc: Doc) -> None:
    order(doc)
    html = exported(drive, doc, "text/html").decode()
    assert "@page {size:595.28pt 841.89pt;margin:72pt 72pt 72pt 85.05pt" in html
    assert "<thead>" in html


def test_pdf_export_says_what_is_missing_without_a_browser(
    drive: Any, doc: Doc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(HttpError, match="needs Chromium") as caught:
        exported(drive, doc, "application/pdf")
    assert caught.value.resp.status == 501


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on PATH")
def test_pdf_export_is_a_pdf(drive: Any, doc: Doc) -> None:
    order(doc)
    assert exported(drive, doc, "application/pdf").startswith(b"%PDF-")


HTML = """<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body>
<h1 style="text-align:center">ПРИКАЗ</h1>
<p style="text-align:justify; text-indent:1.25cm">О   <b>закреплении</b>
 <i>пар</i><br>вторая строка</p>
<ul><li>раз<ul><li>под</li></ul></li></ul>
<table><thead><tr><th style="width:30pt">№</th><th>Имя</th></tr></thead>
<tr><td colspan="2">все</td></tr></table>
<p style="page-break-before:always">дальше &amp; &lt;b&gt;</p><script>alert(1)</script></body></html>"""


def test_html_becomes_a_document(drive: Any, docs: Any) -> None:
    made = imported(drive, docs, HTML.encode(), "text/html")
    content = made.content()
    heading, paragraph, first, second, table, last = content[1:]
    assert heading["paragraph"]["paragraphStyle"]["namedStyleType"] == "HEADING_1"
    assert heading["paragraph"]["paragraphStyle"]["alignment"] == "CENTER"
    runs = [(p["textRun"]["content"], p["textRun"]["textStyle"]) for p in paragraph["paragraph"]["elements"]]
    assert runs == [
        ("О ", {}),
        ("закреплении", {"bold": True}),
        (" ", {}),
        ("пар", {"italic": True}),
        ("\x0bвторая строка\n", {}),
    ]
    assert paragraph["paragraph"]["paragraphStyle"]["indentFirstLine"]["magnitude"] == 35.43
    levels = [item["paragraph"]["bullet"].get("nestingLevel", 0) for item in (first, second)]
    assert levels == [0, 1]
    rows = table["table"]["tableRows"]
    assert [[text_of(cell["content"]) for cell in row["tableCells"]] for row in rows] == [
        ["№\n", "Имя\n"],
        ["все\n", "\n"],
    ]
    assert rows[0]["tableRowStyle"]["tableHeader"] is True
    assert rows[1]["tableCells"][0]["tableCellStyle"]["columnSpan"] == 2
    assert last["paragraph"]["paragraphStyle"]["pageBreakBefore"] is True
    assert text_of([last]) == "дальше & <b>\n"


def test_plain_text_becomes_paragraphs(drive: Any, docs: Any) -> None:
    made = imported(drive, docs, "раз\r\nдва".encode(), "text/plain")
    assert made.text() == "раз\nдва\n"


def test_a_broken_docx_is_refused(drive: Any, docs: Any) -> None:
    with pytest.raises(HttpError, match="not a valid DOCX"):
        imported(drive, docs, b"PK not really", DOCX)
