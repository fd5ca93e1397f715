"""A spreadsheet of the tests, driven through Google's own client library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from sheets_sync.emulator.inprocess import EmulatorHttp
from tests.conformance.discovery import CheckedEmulator

Json = dict[str, Any]


def text(value: str) -> Json:
    return {"userEnteredValue": {"stringValue": value}}


def number(value: float) -> Json:
    return {"userEnteredValue": {"numberValue": value}}


def formula(value: str) -> Json:
    return {"userEnteredValue": {"formulaValue": value}}


def row(*cells: Json) -> Json:
    return {"values": list(cells)}


class Service:
    """The Sheets service of one workspace."""

    def __init__(self, emulator: CheckedEmulator) -> None:
        built = build("sheets", "v4", http=EmulatorHttp(emulator), static_discovery=True)
        self.spreadsheets = built.spreadsheets()

    def create(self, body: Json) -> Book:
        return Book(self.spreadsheets, self.spreadsheets.create(body=body).execute()["spreadsheetId"])


class Book:
    """One spreadsheet."""

    def __init__(self, api: Any, book_id: str) -> None:
        self.api = api
        self.id = book_id

    def batch(self, *requests: Json, **options: Any) -> Json:
        answer: Json = self.api.batchUpdate(
            spreadsheetId=self.id, body={"requests": list(requests), **options}
        ).execute()
        return answer

    def reply(self, request: Json) -> Json:
        reply: Json = self.batch(request)["replies"][0]
        return reply

    def refused(self, *requests: Json) -> str:
        return refusal(lambda: self.batch(*requests))

    def get(self, **options: Any) -> Json:
        answer: Json = self.api.get(spreadsheetId=self.id, **options).execute()
        return answer

    def sheet(self, fields: str, index: int = 0) -> Json:
        found: Json = self.get(fields=f"sheets({fields})")["sheets"][index]
        return found

    def write(self, range_: str, values: list[list[Any]], option: str = "RAW", **options: Any) -> Json:
        answer: Json = (
            self.api.values()
            .update(
                spreadsheetId=self.id,
                range=range_,
                valueInputOption=option,
                body={"values": values},
                **options,
            )
            .execute()
        )
        return answer

    def read(self, range_: str, **options: Any) -> Any:
        return self.api.values().get(spreadsheetId=self.id, range=range_, **options).execute().get("values")

    def append(self, range_: str, values: list[list[Any]], **options: Any) -> Json:
        answer: Json = (
            self.api.values()
            .append(
                spreadsheetId=self.id,
                range=range_,
                valueInputOption="RAW",
                body={"values": values},
                **options,
            )
            .execute()
        )
        return answer

    def put(self, cell: Json, row_index: int = 0, column_index: int = 0, sheet_id: int = 0) -> None:
        start = {"sheetId": sheet_id, "rowIndex": row_index, "columnIndex": column_index}
        self.batch({"updateCells": {"start": start, "rows": [row(cell)], "fields": "*"}})

    def cells(self, range_: str, fields: str) -> Any:
        found = self.get(ranges=[range_], fields=f"sheets.data.rowData.values({fields})")
        return [line.get("values", []) for line in found["sheets"][0]["data"][0].get("rowData", [])]


def refusal(function: Any) -> str:
    """The status and the words with which a call is refused."""
    with pytest.raises(HttpError) as caught:
        function()
    error = json.loads(caught.value.content)["error"]
    return f"{error['code']} {error['message']}"


def grid(top: int, bottom: int, left: int, right: int, sheet_id: int = 0) -> Json:
    return {
        "sheetId": sheet_id,
        "startRowIndex": top,
        "endRowIndex": bottom,
        "startColumnIndex": left,
        "endColumnIndex": right,
    }


def rows(start: int, end: int, sheet_id: int = 0) -> Json:
    return {"sheetId": sheet_id, "dimension": "ROWS", "startIndex": start, "endIndex": end}


def columns(start: int, end: int, sheet_id: int = 0) -> Json:
    return {"sheetId": sheet_id, "dimension": "COLUMNS", "startIndex": start, "endIndex": end}
