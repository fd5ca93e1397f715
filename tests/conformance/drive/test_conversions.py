"""Files that cross between Drive and the editors: conversions, exports, renames, copies, deletions."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gspread
import openpyxl
import pytest
import requests
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from tests.conformance.discovery import CheckedEmulator

SHEET = "application/vnd.google-apps.spreadsheet"
DOC = "application/vnd.google-apps.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def values(emulator: Emulator, file_id: str, area: str) -> Any:
    answer = emulator.handle(request_of("GET", f"/v4/spreadsheets/{file_id}/values/{area}"))
    return json.loads(answer.body).get("values")


def upload(drive: Any, name: str, data: bytes, mime_type: str, target: str) -> str:
    media = MediaInMemoryUpload(data, mimetype=mime_type)
    made: str = (
        drive.files().create(body={"name": name, "mimeType": target}, media_body=media).execute()["id"]
    )
    return made


def test_f62_a_csv_becomes_a_spreadsheet_and_comes_back(drive: Any, emulator: CheckedEmulator) -> None:
    name = upload(drive, "классы", "класс,учеников\n5А,27\n".encode(), "text/csv", SHEET)
    assert drive.files().get(fileId=name).execute()["mimeType"] == SHEET
    [title] = [
        one["properties"]["title"]
        for one in json.loads(
            emulator.handle(request_of("GET", f"/v4/spreadsheets/{name}?fields=sheets.properties.title")).body
        )["sheets"]
    ]
    assert title == "классы"
    back = drive.files().export(fileId=name, mimeType="text/csv").execute().decode()
    assert list(csv.reader(io.StringIO(back))) == [["класс", "учеников"], ["5А", "27"]]


def test_an_excel_book_becomes_a_spreadsheet_and_comes_back(drive: Any) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Имя", 12])
    held = io.BytesIO()
    book.save(held)
    name = upload(drive, "книга", held.getvalue(), XLSX, SHEET)
    back = openpyxl.load_workbook(io.BytesIO(drive.files().export(fileId=name, mimeType=XLSX).execute()))
    assert [[cell.value for cell in row] for row in back.active.iter_rows(max_row=1, max_col=2)] == [
        ["Имя", 12]
    ]


def test_a_page_of_html_becomes_a_document_and_comes_back_as_text(drive: Any) -> None:
    html = "<html><body><h1>Приказ</h1><p>О наставничестве</p></body></html>"
    name = upload(drive, "приказ", html.encode(), "text/html", DOC)
    text = drive.files().export(fileId=name, mimeType="text/plain").execute().decode("utf-8-sig")
    assert [line for line in text.splitlines() if line] == ["Приказ", "О наставничестве"]


def test_a_picture_does_not_become_a_spreadsheet(drive: Any) -> None:
    with pytest.raises(HttpError) as caught:
        upload(drive, "a", b"\x89PNG", "image/png", SHEET)
    assert caught.value.status_code == 400
    assert drive.files().list().execute()["files"] == []


@pytest.mark.parametrize(("path", "body"), [("/v4/spreadsheets", {}), ("/v1/documents", {"title": "a"})])
def test_what_an_editor_made_is_a_file_of_drive(
    drive: Any, emulator: CheckedEmulator, path: str, body: dict[str, Any]
) -> None:
    made = json.loads(emulator.handle(request_of("POST", path, {}, json.dumps(body))).body)
    name = made.get("spreadsheetId") or made["documentId"]
    assert drive.files().get(fileId=name, fields="parents,owners/me").execute()["owners"] == [{"me": True}]


def test_a_name_given_by_drive_is_the_title_in_the_editor_and_back(
    drive: Any, emulator: CheckedEmulator
) -> None:
    name = drive.files().create(body={"name": "a", "mimeType": SHEET}).execute()["id"]
    drive.files().update(fileId=name, body={"name": "б"}).execute()
    path = f"/v4/spreadsheets/{name}"
    answer = emulator.handle(request_of("GET", f"{path}?fields=properties.title"))
    assert json.loads(answer.body) == {"properties": {"title": "б"}}
    change = {"updateSpreadsheetProperties": {"properties": {"title": "в"}, "fields": "title"}}
    emulator.handle(request_of("POST", f"{path}:batchUpdate", {}, json.dumps({"requests": [change]})))
    assert drive.files().get(fileId=name, fields="name").execute() == {"name": "в"}


def test_a_copy_of_a_spreadsheet_has_its_cells_and_a_life_of_its_own(
    drive: Any, emulator: CheckedEmulator
) -> None:
    first = upload(drive, "a", b"1,2\n", "text/csv", SHEET)
    second = drive.files().copy(fileId=first, body={"name": "b"}).execute()["id"]
    drive.files().delete(fileId=first).execute()
    assert emulator.handle(request_of("GET", f"/v4/spreadsheets/{first}")).status == 404
    tab = json.loads(emulator.handle(request_of("GET", f"/v4/spreadsheets/{second}")).body)["sheets"][0]
    assert values(emulator, second, tab["properties"]["title"] + "!A1:B1") == [["1", "2"]]


def test_an_editor_does_not_open_another_editor_s_file(drive: Any, emulator: CheckedEmulator) -> None:
    name = drive.files().create(body={"name": "a", "mimeType": SHEET}).execute()["id"]
    assert emulator.handle(request_of("GET", f"/v1/documents/{name}")).status == 404
    assert emulator.handle(request_of("GET", f"/v1/forms/{name}")).status == 404


def test_bytes_of_a_spreadsheet_are_exported_not_downloaded(drive: Any) -> None:
    name = drive.files().create(body={"name": "a", "mimeType": SHEET}).execute()["id"]
    with pytest.raises(HttpError) as caught:
        drive.files().get_media(fileId=name).execute()
    assert json.loads(caught.value.content)["error"]["errors"][0]["reason"] == "fileNotDownloadable"
    with pytest.raises(HttpError) as caught:
        drive.files().export(fileId=name, mimeType="image/webp").execute()
    assert caught.value.status_code == 400


def test_gspread_imports_a_csv_by_the_second_version_s_upload(emulator: CheckedEmulator) -> None:
    session = requests.Session()
    session.mount("https://", EmulatorAdapter(emulator))
    client = gspread.Client(None, session=session)  # type: ignore[arg-type]
    book = client.create("Список")
    client.import_csv(book.id, b"a,b\nc,d\n")
    assert client.open("Список").sheet1.get_all_values() == [["a", "b"], ["c", "d"]]
    assert book.worksheets()[0].title == "Список"


def test_two_programs_see_each_other_s_changes_in_one_database(tmp_path: Path) -> None:
    first, second = Emulator(tmp_path / "w.db"), Emulator(tmp_path / "w.db")
    drive = build("drive", "v3", http=EmulatorHttp(first))
    name = drive.files().create(body={"name": "a", "mimeType": SHEET}).execute()["id"]

    def put(emulator: Emulator, cell: str) -> None:
        path = f"/v4/spreadsheets/{name}/values/A1?valueInputOption=RAW"
        assert emulator.handle(request_of("PUT", path, {}, json.dumps({"values": [[cell]]}))).status == 200

    put(first, "one")
    assert values(second, name, "A1") == [["one"]]
    put(second, "two")
    assert values(first, name, "A1") == [["two"]]
    first.close()
    second.close()


@pytest.mark.parametrize(
    ("given", "target", "kept"),
    [
        ("my_spreadsheet.csv", SHEET, "my_spreadsheet"),
        ("список 5.А", SHEET, "список 5.А"),
        (".csv", SHEET, ".csv"),
        ("my_spreadsheet.csv", "text/csv", "my_spreadsheet.csv"),
    ],
)
def test_a_converted_file_loses_the_ending_of_its_upload(
    drive: Any, given: str, target: str, kept: str
) -> None:
    name = upload(drive, given, b"1,2\n", "text/csv", target)
    assert drive.files().get(fileId=name).execute()["name"] == kept


FORMATS = {
    DOC: {
        *("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/rtf"),
        *("application/vnd.oasis.opendocument.text", "application/pdf", "text/plain", "text/html"),
        *("application/zip", "application/epub+zip", "text/markdown"),
    },
    SHEET: {
        *(XLSX, "application/vnd.oasis.opendocument.spreadsheet", "application/pdf", "application/zip"),
        *("text/csv", "text/tab-separated-values"),
    },
}


@pytest.mark.feature("F60")
@pytest.mark.parametrize(
    ("kind", "wanted"), [(kind, one) for kind in FORMATS for one in sorted(FORMATS[kind])]
)
def test_every_format_of_the_guide_is_made_or_refused_by_its_name(
    emulator: CheckedEmulator, drive: Any, kind: str, wanted: str
) -> None:
    """Source: Drive's guide "Export MIME types for Google Workspace documents"."""
    made = drive.files().create(body={"name": "f", "mimeType": kind}).execute()["id"]
    listed = drive.about().get(fields="exportFormats").execute()["exportFormats"][kind]
    query = urlencode({"mimeType": wanted})
    answer = emulator.handle(request_of("GET", f"/drive/v3/files/{made}/export?{query}"))
    if wanted.replace("/vnd.oasis", "/x-vnd.oasis") in listed or wanted in listed:
        assert (answer.status, answer.headers["content-type"]) == (200, wanted)
    else:
        assert answer.status == 501
        assert wanted in json.loads(answer.body)["error"]["message"]


@pytest.mark.parametrize(
    ("kind", "sent", "status"),
    [
        (DOC, "application/rtf", 501),
        (DOC, "application/pdf", 501),
        (SHEET, "application/vnd.ms-excel", 501),
        (SHEET, "application/vnd.oasis.opendocument.spreadsheet", 501),
        (SHEET, "video/mp4", 400),
        (DOC, "video/mp4", 400),
    ],
)
def test_what_google_would_convert_is_refused_by_its_name(
    drive: Any, kind: str, sent: str, status: int
) -> None:
    with pytest.raises(HttpError) as caught:
        upload(drive, "f", b"x", sent, kind)
    assert caught.value.status_code == status
    assert status == 400 or sent in caught.value.reason
    assert drive.files().list().execute()["files"] == []
