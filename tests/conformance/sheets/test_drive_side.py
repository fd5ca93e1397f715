"""Spreadsheets seen from Drive: made, copied, renamed, exported and imported; and as pages see them."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from googleapiclient.discovery import build
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.inprocess import EmulatorHttp
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.sheets.book import Book, Service, number, text

MIME = "application/vnd.google-apps.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def drive(emulator: CheckedEmulator) -> Any:
    return build("drive", "v3", http=EmulatorHttp(emulator), static_discovery=True)


def test_f62_a_spreadsheet_made_by_drive_looks_as_recorded(service: Service, drive: Any) -> None:
    made = drive.files().create(body={"name": "Тест", "mimeType": MIME}).execute()["id"]
    found = Book(service.spreadsheets, made).get()
    assert sorted(found) == ["properties", "sheets", "spreadsheetId", "spreadsheetUrl"]
    assert sorted(found["properties"]) == [
        "autoRecalc",
        "defaultFormat",
        "locale",
        "spreadsheetTheme",
        "timeZone",
        "title",
    ]
    assert found["properties"]["spreadsheetTheme"]["themeColors"][2] == {
        "colorType": "ACCENT1",
        "color": {"rgbColor": {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}},
    }
    assert found["sheets"] == [
        {
            "properties": {
                "sheetId": 0,
                "title": "Sheet1",
                "index": 0,
                "sheetType": "GRID",
                "gridProperties": {"rowCount": 1000, "columnCount": 26},
            }
        }
    ]


def test_a_copy_has_the_cells_formats_and_markers_and_lives_by_itself(book: Book, drive: Any) -> None:
    book.put({**text("x"), "userEnteredFormat": {"textFormat": {"bold": True}}})
    item = {"metadataId": 9, "metadataKey": "k", "location": {"spreadsheet": True}, "visibility": "DOCUMENT"}
    book.batch({"createDeveloperMetadata": {"developerMetadata": item}})
    copied = Book(book.api, drive.files().copy(fileId=book.id, body={"name": "Копия"}).execute()["id"])
    book.put(text("changed"))
    assert copied.cells("A1", "formattedValue,userEnteredFormat") == [
        [{"formattedValue": "x", "userEnteredFormat": {"textFormat": {"bold": True}}}]
    ]
    found = copied.get(fields="properties.title,developerMetadata.metadataId")
    assert found == {"properties": {"title": "Копия"}, "developerMetadata": [{"metadataId": 9}]}


def test_one_name_for_the_file_and_the_spreadsheet(book: Book, drive: Any) -> None:
    properties = {"properties": {"title": "Новое имя"}, "fields": "title"}
    book.batch({"updateSpreadsheetProperties": properties})
    assert drive.files().get(fileId=book.id, fields="name").execute() == {"name": "Новое имя"}
    drive.files().update(fileId=book.id, body={"name": "Старое"}).execute()
    assert book.get(fields="properties.title") == {"properties": {"title": "Старое"}}


def test_export_as_csv_shows_the_texts_of_the_first_sheet(book: Book, drive: Any) -> None:
    book.write("A1:C3", [["a", 'b;"c', ""], ["", "", ""], ["1", "2", "я"]])
    data = drive.files().export(fileId=book.id, mimeType="text/csv").execute()
    assert list(csv.reader(io.StringIO(data.decode()))) == [["a", 'b;"c', ""], ["", "", ""], ["1", "2", "я"]]


def test_a_workbook_file_goes_out_and_comes_in(book: Book, drive: Any) -> None:
    book.write("A1:B2", [["Код", "=1+1"], ["У-017", 5]])
    date = {"numberFormat": {"type": "DATE", "pattern": "dd.mm.yyyy"}}
    book.put({**number(44919), "userEnteredFormat": date}, 2, 0)
    data = drive.files().export(fileId=book.id, mimeType=XLSX).execute()
    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert (page.title, page["A2"].value, page["B1"].value, page["B1"].data_type) == (
        "Sheet1",
        "У-017",
        "=1+1",
        "s",
    )
    media = MediaInMemoryUpload(data, mimetype=XLSX)
    made = drive.files().create(body={"name": "Из файла", "mimeType": MIME}, media_body=media).execute()
    again = Book(book.api, made["id"])
    assert again.read("Sheet1!A2:B2", valueRenderOption="UNFORMATTED_VALUE") == [["У-017", 5]]
    assert again.read("Sheet1!A3", valueRenderOption="UNFORMATTED_VALUE") == [[44919]]
