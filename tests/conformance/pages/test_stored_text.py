"""Hostile text in everything that the workspace stores or repeats, read back from every page.

Each field holds the same attack with a name of its own, so that a page that shows the field is known to
have shown it as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

import pytest
from googleapiclient.discovery import build

from sheets_sync.emulator.pages import routing
from sheets_sync.emulator.wire import Response
from tests.conformance.forms.school import School, choice, question, section, text
from tests.conformance.pages.test_attacks import patterns
from tests.conformance.pages.test_sheets import Book

ATTACK = """</style></title></textarea>'"><script>{0}</script><img src=x onerror={0}>javascript:{0}"""
LINKS = ("javascript:alert(1)", "data:text/html,<script>1</script>", " JaVaScRiPt:alert(1)", "vbscript:x")
ATTRIBUTES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")


def hostile(name: str) -> str:
    return ATTACK.format(name)


class Markup(HTMLParser):
    """Collects what could run, and the text that is only read."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.running: list[str] = []
        self.nonces: set[str] = set()
        self.read: list[str] = []
        self.styles: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._in = tag
        self.read += given.values()
        if tag in ("script", "style") and "nonce" in given:
            self.nonces.add(given["nonce"])
        if tag == "script" and given.get("src") != "/static/sheet.js":
            self.running.append(f"<script {given}>")
        if tag in ("iframe", "object", "embed", "base", "meta") and "http-equiv" in given:
            self.running.append(f"<{tag} {given}>")
        for name, value in given.items():
            if name.startswith("on"):
                self.running.append(f"{tag} {name}")
            if name in ATTRIBUTES and not re.match(r"(https?://|/|\?|#|$)", value):
                self.running.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        (self.styles if self._in == "style" else self.read).append(data)


class Filled:
    """A workspace whose every field that people or programs can fill holds an attack."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.shown: set[str] = set()
        self.sheet()
        self.form()
        self.document()
        self.files()

    def name(self, field: str) -> str:
        """Return the attack for a field that some page must show."""
        self.shown.add(f"F{field}F")
        return hostile(f"F{field}F")

    def sheet(self) -> None:
        self.book = book = Book(self.school)
        area = {
            "sheetId": 0,
            "startRowIndex": 1,
            "endRowIndex": 2,
            "startColumnIndex": 0,
            "endColumnIndex": 1,
        }
        beside = {**area, "startColumnIndex": 1, "endColumnIndex": 2}
        options = [{"userEnteredValue": self.name("option")}]
        rule = {"condition": {"type": "ONE_OF_LIST", "values": options}, "inputMessage": self.name("rule")}
        font = {"fontFamily": hostile("font"), "link": {"uri": "https://school.example/" + hostile("uri")}}
        source = {"sourceRange": {"sources": [{**area, "startRowIndex": 0, "endRowIndex": 4}]}}
        numbers = {"sourceRange": {"sources": [{**beside, "startRowIndex": 0, "endRowIndex": 4}]}}
        series = {"domains": [{"domain": source}], "series": [{"series": numbers}] * 2}
        spec = {
            "title": self.name("chart"),
            "basicChart": {"chartType": "COLUMN", "headerCount": 1, **series},
        }
        place = {"overlayPosition": {"anchorCell": {"sheetId": 0}}}
        title = {"properties": {"title": self.name("tab"), "sheetId": 5}, "fields": "title"}
        cell = {"note": self.name("note"), "userEnteredFormat": {"textFormat": font}}
        self.shown.add("FpatternF")  # a number's pattern ends its words at a quotation mark
        pattern = {"numberFormat": {"type": "NUMBER", "pattern": '0"</td><script>FpatternF</script>"'}}
        view = {"title": self.name("view"), "range": area}
        book.change(
            {"updateSheetProperties": title},
            {"repeatCell": {"range": area, "cell": cell, "fields": "note,userEnteredFormat.textFormat"}},
            {"repeatCell": {"range": beside, "cell": {"userEnteredFormat": pattern}, "fields": "*"}},
            {"setDataValidation": {"range": area, "rule": rule}},
            {"addChart": {"chart": {"spec": spec, "position": place}}},
            {"addProtectedRange": {"protectedRange": {"range": area, "description": self.name("guard")}}},
            {"addFilterView": {"filter": view}},
            {"updateSpreadsheetProperties": {"properties": {"title": self.name("book")}, "fields": "title"}},
        )
        book.write("План!A1:B1", [[self.name("label"), self.name("series")]])
        book.write("План!A2:B2", [[self.name("cell"), 7]])
        links = [
            [
                f'=HYPERLINK("{link}";"{self.name(f"link{number}")}")'.replace(
                    "</style></title></textarea>'\"", ""
                )
            ]
            for number, link in enumerate(LINKS)
        ]
        book.write("План!C2:C5", links, "USER_ENTERED")
        book.write("План!D2:D5", [[link] for link in LINKS])

    def form(self) -> None:
        rows = [{"questionId": "000000d1", "rowQuestion": {"title": self.name("row")}}]
        columns = {"type": "RADIO", "options": [{"value": self.name("column")}]}
        scale = {"low": 1, "high": 5, "lowLabel": self.name("low"), "highLabel": self.name("high")}
        film = {"video": {"youtubeUri": "https://www.youtube.com/watch?v=x"}, "caption": self.name("caption")}
        asked = question("0000000a", self.name("asked"), textQuestion={"paragraph": True})
        self.form_id = self.school.form(
            {**asked, "description": self.name("hint")},
            {**choice("0000000b", self.name("choice"), {"isOther": True}), "title": "Выбор"},
            question("0000000c", "Шкала", scaleQuestion=scale),
            {
                "title": self.name("grid"),
                "questionGroupItem": {"grid": {"columns": columns}, "questions": rows},
            },
            {"title": self.name("film"), "videoItem": film},
            {"title": self.name("text"), "description": self.name("words"), "textItem": {}},
            {**section("000000f1", self.name("section")), "description": self.name("passage")},
        )
        info = {"title": self.name("form"), "description": self.name("about")}
        self.school.change(
            self.form_id, {"updateFormInfo": {"info": info, "updateMask": "title,description"}}
        )
        switches = {"edit_after_submit": "on", "confirmation": self.name("thanks")}
        self.school.staff_post(f"/forms/d/{self.form_id}/edit", switches)
        answer = {
            "entry.10": self.name("answer"),
            "entry.11": "__other_option__",
            "entry.11.other_option_response": self.name("other"),
        }
        sent = text(self.school.fill(self.form_id, answer))
        found = re.search(r'href="(/forms/d/e/[^"]+edit2=[^"]+)"', sent)
        assert found
        self.edit_link, self.sent = found[1].replace("&amp;", "&"), sent

    def document(self) -> None:
        docs = build("docs", "v1", http=self.school.http).documents()
        self.doc_id: str = docs.create(body={"title": self.name("document")}).execute()["documentId"]
        body = self.name("paragraph") + "\n"
        span = {"startIndex": 1, "endIndex": 5}

        def change(*requests: dict[str, Any]) -> Any:
            return docs.batchUpdate(documentId=self.doc_id, body={"requests": list(requests)}).execute()

        change({"insertText": {"location": {"index": 1}, "text": body}})
        change({"insertTable": {"rows": 1, "columns": 1, "location": {"index": 1}}})
        change({"insertText": {"location": {"index": 5}, "text": self.name("tablecell")}})
        made = change({"createHeader": {"type": "DEFAULT"}}, {"createFooter": {"type": "DEFAULT"}})
        for reply, kind in zip(made["replies"], ("createHeader", "createFooter"), strict=True):
            part = next(iter(reply[kind].values()))
            place = {"segmentId": part, "index": 0}
            change({"insertText": {"location": place, "text": self.name(kind)}})
        change({"createNamedRange": {"name": hostile("range"), "range": span}})
        font = {"textStyle": {"weightedFontFamily": {"fontFamily": hostile("family")}}}
        change({"updateTextStyle": {**font, "range": span, "fields": "weightedFontFamily"}})
        for number, link in enumerate(LINKS):
            url = {"textStyle": {"link": {"url": link}}, "fields": "link"}
            at = {"startIndex": 8 + number, "endIndex": 9 + number}
            change({"updateTextStyle": {**url, "range": at}})

    def files(self) -> None:
        folder = {"name": self.name("folder"), "mimeType": "application/vnd.google-apps.folder"}
        self.folder_id: str = self.school.drive.files().create(body=folder).execute()["id"]
        inside = {"name": self.name("file"), "parents": [self.folder_id], "description": hostile("told")}
        self.blob_id: str = self.school.drive.files().create(body=inside).execute()["id"]
        gone = self.school.drive.files().create(body={"name": self.name("binned")}).execute()["id"]
        self.school.drive.files().update(fileId=gone, body={"trashed": True}).execute()

    def pages(self) -> dict[str, tuple[str, ...]]:
        """Return addresses to look at for each page that can be shown, with attacks in their queries too."""
        echo, book = quote(hostile("echo")), self.book.id
        sheet = f"/spreadsheets/d/{book}/edit"
        return {
            "/signin": (f"/signin?next={echo}", "/signin?next=javascript:alert(1)"),
            "/forms/d/(?:e/)?ID/viewform": (
                f"/forms/d/e/{self.form_id}/viewform?entry.10={echo}&entry.11=__other_option__"
                f"&entry.11.other_option_response={echo}&usp={echo}",
                self.edit_link,
                f"/forms/d/e/{self.form_id}/viewform?edit2={echo}",
            ),
            "/(?:drive/folders/ID)?": (
                "/",
                f"/drive/folders/{self.folder_id}",
                f"/?find={echo}",
                "/?find=F",
                "/?bin=1",
            ),
            "/forms/d/ID/edit": (
                f"/forms/d/{self.form_id}/edit",
                f"/forms/d/{self.form_id}/edit?from={echo}",
            ),
            "/spreadsheets/d/ID(?:/edit)?": (
                sheet,
                f"{sheet}?cell=A2",
                f"{sheet}?cell=B2",
                f"{sheet}?cell=A2&part=edit&find={echo}&in={echo}&from={echo}&view={echo}",
                f"{sheet}?find={echo}&in={echo}&cell={echo}&from={echo}&view={echo}",
                f"{sheet}?gid={echo}",
                f"{sheet}?part=seen",
                f"{sheet}?gid=0&find=F&in=B",
            ),
            "/spreadsheets/d/ID/download": (f"/spreadsheets/d/{book}/download?format={echo}",),
            "/document/d/ID(?:/edit)?": (f"/document/d/{self.doc_id}/edit?tab={echo}",),
            "/drive/files/ID/download": (f"/drive/files/{self.blob_id}/download",),
            "/document/d/ID/download": (f"/document/d/{self.doc_id}/download?format={echo}",),
        }

    def told(self) -> Iterator[Response]:
        """Give what posts with attacks in them are answered with."""
        attack, sheet = hostile("echo"), f"/spreadsheets/d/{self.book.id}"
        names = (
            "action",
            "value",
            "cell",
            "gid",
            "until",
            "move",
            "next",
            "find",
            "in",
            "start",
            "view",
            "seen",
        )
        for name in (*names, "sheet", "from", "to", "csrf", "before", "row_before"):
            for more in (
                {},
                {"part": "edit"},
                {"action": "copy"},
                {"action": "paste", "value": attack * 5000},
            ):
                yield self.school.post(f"{sheet}/edit", self.book.fields("A2") | more | {name: attack})
        for action in ("undo", "redo", "rename"):
            yield self.school.staff_post(
                f"{sheet}/{action}", {"gid": attack, "value": attack}, f"{sheet}/edit"
            )
        yield self.school.staff_post(f"{sheet}/rename", {"gid": "0", "value": attack}, f"{sheet}/edit")
        for fields in (
            {"action": attack},
            {"action": "rename", "file": attack, "name": attack},
            {"find": attack},
        ):
            made = {"action": "make", "kind": "folder", "name": "Папка"}
            yield self.school.staff_post("/", made | fields)
        yield self.school.staff_post(
            f"/drive/folders/{self.folder_id}", {"action": "bin", "file": attack}, "/"
        )
        yield self.school.post("/signin", {"password": attack, "next": attack})
        form = f"/forms/d/{self.form_id}"
        yield self.school.staff_post(f"{form}/deleteResponse", {"responseId": attack}, f"{form}/edit")
        for name in ("step", "page", "way", "sent", "edit2", "entry.10", "entry.12", "emailAddress", attack):
            sent = {"entry.11": attack, "step": "submit", name: attack}
            yield self.school.fill(self.form_id, sent)
            yield self.school.fill(self.form_id, sent | {"step": "next"})


@pytest.fixture(scope="module")
def filled() -> Iterator[Filled]:
    made = School()
    yield Filled(made)
    made.workspace.close()


def harmless(answer: Response) -> Markup:
    """Assert that an answer's headers close it and nothing of its markup runs; return what is read in it."""
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    for wanted in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert wanted in policy
    assert "unsafe-eval" not in policy and "script-src 'unsafe-inline'" not in policy
    assert not any("\n" in value or "\r" in value for value in headers.values())
    markup = Markup()
    if headers.get("content-type", "").startswith("text/html"):
        markup.feed(text(answer))
        assert markup.running == []
        styles = "".join(markup.styles)  # a document's header is printed by CSS, every sign of it escaped
        assert "<" not in styles and "url(" not in styles and "@import" not in styles
        assert all(f"'nonce-{nonce}'" in policy for nonce in markup.nonces)
    return markup


def test_f63_hostile_text_in_any_field_is_only_read_on_any_page(filled: Filled) -> None:
    pages = filled.pages()
    assert patterns(routing.SHOWN) == set(pages)
    read = "".join(harmless_text(filled.sent))
    for addresses in pages.values():
        for address in addresses:
            read += "".join(harmless(filled.school.get(address)).read)
    for page in (0, 1):
        sent = {"page": str(page), "step": "next", "entry.10": "а"}
        read += "".join(harmless(filled.school.fill(filled.form_id, sent)).read)
    missing = {name for name in filled.shown if f"<script>{name}</script>" not in read}
    assert missing == set()


def harmless_text(page: str) -> list[str]:
    markup = Markup()
    markup.feed(page)
    assert markup.running == []
    return markup.read


def test_f63_what_a_refused_post_repeats_is_only_read(filled: Filled) -> None:
    statuses = set()
    for answer in filled.told():
        harmless(answer)
        statuses.add(answer.status)
        location = answer.headers.get("location", "/")
        assert location.startswith("/") and not location.startswith("//") and "<" not in location
    assert {200, 303, 400, 403, 404, 409} <= statuses
