"""Script in an answer, a cell, a note, a file name or a document stays text in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from googleapiclient.discovery import build

from tests.conformance.forms.school import School, question
from tests.conformance.pages.test_sheets import Book

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
NOT_OURS = "script:not([src='/static/sheet.js']), svg[onload], img[onerror], [onerror]"
TEXTS = (
    "<script>document.title='взломано'</script>",
    '"><img src=x onerror="document.title=\'взломано\'">',
    "'><svg onload=\"document.title='взломано'\">",
    "</textarea><script>document.title='взломано'</script>",
    "</style><script>document.title='взломано'</script>",
    "javascript:document.title='взломано'",
    "{{ csrf }}",
)


def everywhere(school: School, hostile: str) -> list[str]:
    """Put a text into everything that people can fill and return the pages that show it."""
    book = Book(school)
    book.write("План!A2", [[hostile]])
    noted = {"rows": [{"values": [{"note": hostile}]}], "fields": "note"}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 0}
    title = {"properties": {"sheetId": 5, "title": hostile}, "fields": "title"}
    book.change({"updateCells": {**noted, "start": start}}, {"updateSheetProperties": title})
    form_id = school.form(question("0000000a", hostile, textQuestion={"paragraph": True}))
    school.fill(form_id, {"entry.10": hostile})
    docs = build("docs", "v1", http=school.http).documents()
    made = docs.create(body={"title": hostile}).execute()["documentId"]
    insert = {"insertText": {"location": {"index": 1}, "text": hostile}}
    docs.batchUpdate(documentId=made, body={"requests": [insert]}).execute()
    for file_id in (book.id, form_id):
        school.drive.files().update(fileId=file_id, body={"name": hostile}).execute()
    return [
        "/",
        f"/spreadsheets/d/{book.id}/edit",
        f"/spreadsheets/d/{book.id}/edit?cell=A2",
        f"/forms/d/{form_id}/edit",
        f"/forms/d/e/{form_id}/viewform",
        f"/document/d/{made}/edit",
    ]


@pytest.mark.parametrize("hostile", TEXTS)
def test_hostile_text_is_shown_and_never_run(school: School, address: str, desk: Page, hostile: str) -> None:
    for path in everywhere(school, hostile):
        desk.goto(address + path)
        for summary in desk.locator("summary").all():
            summary.click()  # what it opens may lie over the next one, so it is closed again
            summary.click()
        assert desk.title() != "взломано"
        assert (
            desk.locator("script:not([src='/static/sheet.js']), svg[onload], img[onerror], [onerror]").count()
            == 0
        )
        assert desk.get_by_text(hostile).count() + desk.locator("#value").count() > 0, path


@pytest.mark.parametrize("page", ["list", "sheet"])
def test_a_script_that_got_into_a_page_would_not_run(
    school: School, address: str, browser: Browser, page: str
) -> None:
    desk = browser.new_page()  # of its own: the browser must complain here
    desk.goto(address if page == "list" else f"{address}/spreadsheets/d/{Book(school).id}/edit")
    refused = desk.evaluate(
        """() => new Promise(done => {
            document.addEventListener('securitypolicyviolation', event => done(event.effectiveDirective));
            const script = document.createElement('script');
            script.textContent = "document.title = 'взломано'";
            document.body.append(script);
            setTimeout(() => done('ran'), 2000);
        })"""
    )
    title = desk.title()
    desk.close()
    assert refused.startswith("script-src") and title != "взломано"
