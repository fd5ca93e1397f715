"""The list of files and the page of a document."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from googleapiclient.discovery import build
from googleapiclient.http import MediaInMemoryUpload

from tests.conformance.forms.school import School, question, text
from tests.conformance.pages.test_sheets import Book


def folder(school: School, name: str, parent: str | None = None) -> str:
    body: dict[str, Any] = {"name": name, "mimeType": "application/vnd.google-apps.folder"}
    if parent:
        body["parents"] = [parent]
    made: str = school.drive.files().create(body=body).execute()["id"]
    return made


def test_files_are_listed_by_folder_with_a_way_back(school: School) -> None:
    year = folder(school, "2022/23")
    orders = folder(school, "Приказы <черновики>", year)
    top, inside = text(school.get("/")), text(school.get(f"/drive/folders/{year}"))
    assert f'href="/drive/folders/{year}"' in top and orders not in top
    assert f'href="/drive/folders/{orders}"' in inside and "Приказы &lt;черновики&gt;" in inside
    assert f'href="/drive/folders/{year}"' in text(school.get(f"/drive/folders/{orders}"))


def test_a_form_shows_how_many_answered_and_where_to_fill_it(school: School) -> None:
    form_id = school.form(question("0000000a", textQuestion={}))
    school.fill(form_id, {"entry.10": "да"})
    page = text(school.get("/"))
    assert "ответов: 1" in page and "/viewform" in page
    school.publish(form_id, accepting=False)
    assert "закрыта" in text(school.get("/"))


def test_a_file_in_the_bin_is_not_listed(school: School) -> None:
    form_id = school.form()
    school.drive.files().update(fileId=form_id, body={"trashed": True}).execute()
    assert form_id not in text(school.get("/"))


def test_a_document_is_shown_with_its_text_escaped_and_without_scripts(school: School) -> None:
    docs = build("docs", "v1", http=school.http).documents()
    made = docs.create(body={"title": "Приказ"}).execute()["documentId"]
    insert = {"insertText": {"location": {"index": 1}, "text": "О закреплении <script>alert(1)</script>"}}
    docs.batchUpdate(documentId=made, body={"requests": [insert]}).execute()
    page = school.get(f"/document/d/{made}/edit")
    assert page.status == 200
    assert "О закреплении &lt;script&gt;" in text(page) and "<script" not in text(page)
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_addresses_of_nothing_are_not_found(school: School) -> None:
    for path in (
        "/drive/folders/none",
        "/forms/d/none/edit",
        "/document/d/none/edit",
        "/spreadsheets/d/none/edit",
    ):
        assert school.get(path).status == 404
    assert school.get("/static/../csrf.py").status == 404
    assert school.get("/nothing").status == 404


def test_every_page_forbids_scripts_frames_and_guessing(school: School) -> None:
    form_id = school.form()
    for path in ("/", f"/forms/d/{form_id}/edit", f"/forms/d/e/{form_id}/viewform", "/static/pages.css"):
        headers = school.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_files_are_found_by_name_wherever_they_lie_but_not_in_the_bin(school: School) -> None:
    year = folder(school, "2022/23")
    orders = folder(school, "Приказы <черновики>", year)
    gone = folder(school, "Приказы прошлого года")
    inside = folder(school, "приказ № 1", gone)
    school.drive.files().update(fileId=gone, body={"trashed": True}).execute()
    page = text(school.get("/?find=%D0%9F%D0%A0%D0%98%D0%9A%D0%90%D0%97"))  # «ПРИКАЗ»
    assert orders in page and "папка: 2022/23" in page
    assert gone not in page and inside not in page and f"folders/{year}" not in page
    assert "Файлов с таким названием нет" in text(school.get("/?find=%3Cscript%3E"))
    assert "<script" not in text(school.get("/?find=%3Cscript%3E"))


def test_f63_a_document_and_a_spreadsheet_are_downloaded_under_their_names(school: School) -> None:
    docs = build("docs", "v1", http=school.http).documents()
    name = "О закреплении: пар/групп «А»\r\nX-Evil: 1 " + "я" * 200
    made = docs.create(body={"title": name}).execute()["documentId"]
    docs.batchUpdate(
        documentId=made,
        body={"requests": [{"insertText": {"location": {"index": 1}, "text": "ПРИКАЗ"}}]},
    ).execute()
    answer = school.get(f"/document/d/{made}/download?format=docx")
    named = unquote(answer.headers["content-disposition"].partition("UTF-8''")[2])
    assert named.startswith("О закреплении пар групп «А» X-Evil 1 яя") and named.endswith("я.docx")
    assert len(named) <= 125 and "\n" not in answer.headers["content-disposition"]
    assert [one.text for one in docx.Document(io.BytesIO(answer.body)).paragraphs] == ["ПРИКАЗ"]
    book = Book(school)
    sheet = school.get(f"/spreadsheets/d/{book.id}/download?format=xlsx")
    assert openpyxl.load_workbook(io.BytesIO(sheet.body))["План"]["A2"].value == "Яна"
    assert "Наставничество.xlsx" in unquote(sheet.headers["content-disposition"])
    assert school.get(f"/document/d/{made}/download?format=exe").status == 400
    assert school.get(f"/document/d/{book.id}/download?format=docx").status == 404


def names(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'class="name"[^>]*>([^<]*)<', page)]


def test_f63_files_are_made_renamed_put_into_the_bin_and_taken_out(school: School) -> None:
    for kind in ("folder", "sheet", "document"):
        assert (
            school.staff_post("/", {"action": "make", "kind": kind, "name": f" {kind}  <b> "}).status == 303
        )
    assert names(text(school.get("/"))) == ["folder <b>", "sheet <b>", "document <b>"]
    found = school.drive.files().list(fields="files(id,name,mimeType)").execute()["files"]
    ids = {one["name"].partition(" ")[0]: one["id"] for one in found}
    inside = f"/drive/folders/{ids['folder']}"
    made = school.staff_post(inside, {"action": "make", "kind": "sheet", "name": ""}, page=inside)
    assert made.headers["location"] == inside and names(text(school.get(inside))) == ["Новая таблица"]
    school.staff_post("/", {"action": "rename", "file": ids["sheet"], "name": "Журнал"})
    title = build("sheets", "v4", http=school.http).spreadsheets().get(spreadsheetId=ids["sheet"]).execute()
    assert title["properties"]["title"] == "Журнал"
    assert school.staff_post("/", {"action": "bin", "file": ids["folder"]}).status == 303
    assert names(text(school.get("/"))) == ["Журнал", "document <b>"]
    assert names(text(school.get("/?bin=1")))[:1] == ["folder <b>"]
    back = school.staff_post("/", {"action": "restore", "file": ids["folder"]}, page="/?bin=1")
    assert back.headers["location"] == "/?bin=1"
    assert names(text(school.get("/"))) == ["folder <b>", "Журнал", "document <b>"]
    assert names(text(school.get(inside))) == ["Новая таблица"]


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "make", "kind": "form"},
        {"action": "make", "kind": "sheet", "name": "я" * 201},
        {"action": "rename", "file": "x", "name": "  "},
        {"action": "delete", "file": "x"},
    ],
)
def test_what_the_list_does_not_know_is_refused_and_makes_nothing(
    school: School, fields: dict[str, str]
) -> None:
    answer = school.staff_post("/", fields)
    assert answer.status == 400 and "Не получилось" in text(answer)
    assert names(text(school.get("/"))) == []
    assert school.staff_post("/", {"action": "bin", "file": "nobody"}).status == 404


def test_an_uploaded_file_is_given_back_as_it_came_and_never_opened_as_a_page(school: School) -> None:
    media = MediaInMemoryUpload(b"<script>1</script>", mimetype="text/html")
    made = school.drive.files().create(body={"name": "../страница.html"}, media_body=media).execute()["id"]
    answer = school.get(f"/drive/files/{made}/download")
    assert f'href="/drive/files/{made}/download"' in text(school.get("/"))
    assert answer.body == b"<script>1</script>"
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert unquote(answer.headers["content-disposition"]).endswith("UTF-8''страница.html")
    assert school.get("/drive/files/none/download").status == 404
