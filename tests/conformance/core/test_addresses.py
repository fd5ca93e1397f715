"""Addresses and wrappings beside the APIs: export links, gzip bodies, masks in a header, tokens."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.pdf import browser_path
from sheets_sync.emulator.wire import Response

NOW = datetime(2022, 12, 23, tzinfo=UTC)
MIME = "application/vnd.google-apps.spreadsheet"


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    made = Emulator(clock=lambda: NOW)
    yield made
    made.close()


def ask(
    emulator: Emulator, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> Response:
    data = body if isinstance(body, bytes) else None if body is None else json.dumps(body)
    return emulator.handle(request_of(method, path, headers, data))


def read(response: Response) -> Any:
    return json.loads(response.body)


def unzipped(response: Response) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(response.body))


@pytest.fixture
def book(emulator: Emulator) -> str:
    """A spreadsheet with «Свод» (id 0) and «Два» (id 7)."""
    sheets = [
        {"properties": {"title": "Свод", "sheetId": 0}},
        {"properties": {"title": "Два", "sheetId": 7}},
    ]
    made = read(ask(emulator, "POST", "/v4/spreadsheets", {"properties": {"title": "К"}, "sheets": sheets}))
    for range_, cells in (("Свод!A1:B1", ["один", "a,b"]), ("Два!A1:B1", ["два", 2.5])):
        data = {"valueInputOption": "RAW", "data": [{"range": range_, "values": [cells]}]}
        ask(emulator, "POST", f"/v4/spreadsheets/{made['spreadsheetId']}/values:batchUpdate", data)
    return str(made["spreadsheetId"])


@pytest.mark.parametrize(
    ("link", "kind", "text"),
    [
        ("/spreadsheets/d/{}/export?format=csv&gid=7", "text/csv", "два,2.5"),
        ("/spreadsheets/d/{}/export?format=csv", "text/csv", 'один,"a,b"'),
        ("/spreadsheets/d/{}/export?format=tsv&gid=0", "text/tab-separated-values", "один\ta,b"),
        ("/spreadsheets/export?id={}&exportFormat=csv", "text/csv", 'один,"a,b"'),
        ("/spreadsheets/d/{}/export/csv", "text/csv", 'один,"a,b"'),
    ],
)
def test_f60_export_links_give_the_sheet(
    emulator: Emulator, book: str, link: str, kind: str, text: str
) -> None:
    answer = ask(emulator, "GET", link.format(book))
    assert (answer.status, answer.headers["content-type"]) == (200, kind)
    assert answer.body.decode() == text


def test_an_export_link_of_an_unknown_sheet_is_refused(emulator: Emulator, book: str) -> None:
    assert ask(emulator, "GET", f"/spreadsheets/d/{book}/export?format=csv&gid=99").status == 400
    assert ask(emulator, "GET", "/spreadsheets/d/none/export?format=csv").status == 404


def test_f60_a_spreadsheet_comes_out_in_every_format_that_google_lists(emulator: Emulator, book: str) -> None:
    about = read(ask(emulator, "GET", "/drive/v3/about?fields=exportFormats"))["exportFormats"][MIME]
    guide = ["text/csv", "text/tab-separated-values", "application/zip", "application/pdf"]
    guide += ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]
    guide += ["application/x-vnd.oasis.opendocument.spreadsheet"]
    assert sorted(about) == sorted(guide)


def test_a_spreadsheet_as_html_and_opendocument(emulator: Emulator, book: str) -> None:
    pages = unzipped(ask(emulator, "GET", f"/spreadsheets/d/{book}/export?format=zip"))
    assert sorted(pages.namelist()) == ["Два.html", "Свод.html"]
    assert "<td" in pages.read("Свод.html").decode()
    assert "a,b</td>" in pages.read("Свод.html").decode()
    opened = unzipped(ask(emulator, "GET", f"/spreadsheets/d/{book}/export?format=ods"))
    assert opened.namelist()[0] == "mimetype"
    assert opened.read("mimetype") == b"application/vnd.oasis.opendocument.spreadsheet"
    content = opened.read("content.xml").decode()
    assert '<table:table table:name="Два">' in content
    assert 'office:value-type="float" office:value="2.5"><text:p>2.5</text:p>' in content


def test_a_spreadsheet_prints(emulator: Emulator, book: str) -> None:
    answer = ask(emulator, "GET", f"/spreadsheets/d/{book}/export?format=pdf")
    if browser_path() is None:
        assert answer.status == 501
    else:
        assert answer.body.startswith(b"%PDF-")


def test_f60_a_gzip_body_is_unpacked(emulator: Emulator) -> None:
    body = gzip.compress(json.dumps({"name": "Ж", "mimeType": MIME}).encode())
    packed = {"content-encoding": "gzip", "content-type": "application/json"}
    assert read(ask(emulator, "POST", "/drive/v3/files", body, packed))["name"] == "Ж"
    assert ask(emulator, "POST", "/drive/v3/files", b"no gzip", packed).status == 400


def test_a_gzip_body_may_not_swell_without_end(emulator: Emulator) -> None:
    body = gzip.compress(b" " * (emulator.settings.max_body + 1))
    assert ask(emulator, "POST", "/drive/v3/files", body, {"content-encoding": "gzip"}).status == 413


def test_a_slash_before_the_verb_is_passed_over(emulator: Emulator, book: str) -> None:
    asked = {"requests": [{"addSheet": {"properties": {"title": "Три"}}}]}
    assert ask(emulator, "POST", f"/v4/spreadsheets/{book}/:batchUpdate", asked).status == 200


def test_a_mask_may_come_in_a_header(emulator: Emulator, book: str) -> None:
    masked = {"x-goog-fieldmask": "properties.title"}
    answer = ask(emulator, "GET", f"/v4/spreadsheets/{book}", headers=masked)
    assert read(answer) == {"properties": {"title": "К"}}


def test_the_discovery_documents_are_listed(emulator: Emulator) -> None:
    listed = read(ask(emulator, "GET", "http://w:1/discovery/v1/apis?preferred=true"))
    assert listed["kind"] == "discovery#directoryList"
    assert [item["id"] for item in listed["items"]] == ["sheets:v4", "forms:v1", "docs:v1", "drive:v3"]
    for item in listed["items"]:
        assert read(ask(emulator, "GET", item["discoveryRestUrl"]))["name"] == item["name"]


def test_f61_a_token_can_be_looked_at_and_revoked() -> None:
    emulator = Emulator(clock=lambda: NOW, auth="on")
    asked = {"client_id": "c", "client_secret": "s"}
    scopes = ["https://www.googleapis.com/auth/drive"]
    emulator.register_refresh_token("r", email="a@school.example", scopes=scopes, **asked)
    form = "grant_type=refresh_token&refresh_token=r&client_id=c&client_secret=s"
    token = read(ask(emulator, "POST", "/token", form.encode()))["access_token"]
    told = read(ask(emulator, "GET", f"/tokeninfo?access_token={token}"))
    assert (told["email"], told["scope"], told["expires_in"]) == ("a@school.example", scopes[0], "3599")
    assert told["exp"] == str(int((NOW + timedelta(seconds=3599)).timestamp()))
    bearer = {"authorization": f"Bearer {token}"}
    assert read(ask(emulator, "GET", "/oauth2/v3/userinfo", headers=bearer))["email"] == "a@school.example"
    assert ask(emulator, "POST", "/revoke", f"token={token}".encode()).status == 200
    assert ask(emulator, "POST", "/revoke", f"token={token}".encode()).status == 400
    assert ask(emulator, "GET", f"/tokeninfo?access_token={token}").status == 400
    assert ask(emulator, "GET", "/drive/v3/about?fields=user", headers=bearer).status == 401
    emulator.close()


def test_f60_a_strangers_file_is_there_and_closed() -> None:
    emulator = Emulator(clock=lambda: NOW, strangers=["1private"])
    refused = ask(emulator, "GET", "/v4/spreadsheets/1private")
    assert refused.status == 403
    assert read(refused)["error"]["message"] == "The caller does not have permission"
    assert ask(emulator, "GET", "/drive/v3/files/1private").status == 404
    assert ask(emulator, "GET", "/v4/spreadsheets/1unknown").status == 404
    emulator.close()


@pytest.mark.parametrize("path", ["/userinfo/v2/me", "/oauth2/v2/userinfo"])
def test_the_account_is_told_by_the_older_address_too(path: str) -> None:
    emulator = Emulator(clock=lambda: NOW, owner="a@school.example")
    told = read(ask(emulator, "GET", path, headers={"authorization": "Bearer x"}))
    assert (told["email"], told["verified_email"]) == ("a@school.example", True)
    assert set(told) <= {"id", "email", "verified_email"}
