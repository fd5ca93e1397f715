"""Every parameter and every body field of the 17 methods makes a difference, or is refused."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from sheets_sync.emulator import discovery
from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.core import Emulator, request_of

Json = dict[str, Any]
METHODS: dict[str, Json] = {one["id"]: dict(one) for one in discovery.methods("sheets.v4")}
SCHEMAS: Json = discovery.document("sheets.v4")["schemas"]
ROW = {"developerMetadataLookup": {"metadataKey": "row"}}
RANGE = {"a1Range": "A1:B2"}
RENDERED = {"includeValuesInResponse": True}
EXAMPLES: dict[str, tuple[Json, Json | None]] = {
    "values.get": ({"range": "A1:B3"}, None),
    "values.batchGet": ({"ranges": ["A1:B3"]}, None),
    "values.update": (
        {"range": "A1:B2", "valueInputOption": "USER_ENTERED", **RENDERED},
        {"values": [["=1+1", "2020-01-01"], ["x"]]},
    ),
    "values.append": (
        {"range": "A1", "valueInputOption": "USER_ENTERED", **RENDERED},
        {"values": [["=1+1", "2020-01-01"], ["x"]]},
    ),
    "values.clear": ({"range": "A1:B2"}, {}),
    "values.batchClear": ({}, {"ranges": ["A1:B2"]}),
    "values.batchUpdate": (
        {},
        {
            "valueInputOption": "USER_ENTERED",
            **RENDERED,
            "data": [{"range": "A1:B2", "values": [["=1+1", "2020-01-01"]]}],
        },
    ),
    "values.batchGetByDataFilter": ({}, {"dataFilters": [RANGE]}),
    "values.batchClearByDataFilter": ({}, {"dataFilters": [RANGE]}),
    "values.batchUpdateByDataFilter": (
        {},
        {
            "valueInputOption": "USER_ENTERED",
            **RENDERED,
            "data": [{"dataFilter": RANGE, "values": [["=1+1", "2020-01-01"]]}],
        },
    ),
    "get": ({}, None),
    "getByDataFilter": ({}, {"dataFilters": [RANGE]}),
    "batchUpdate": (
        {},
        {"requests": [{"addSheet": {"properties": {"title": "T"}}}], "includeSpreadsheetInResponse": True},
    ),
    "developerMetadata.search": ({}, {"dataFilters": [ROW]}),
    "developerMetadata.get": ({"metadataId": 16}, None),
    "sheets.copyTo": ({"sheetId": 0}, {"destinationSpreadsheetId": "{book}"}),
}
VALUES: dict[str, list[Any]] = {
    "ranges": [["A2:A3"]],
    "responseRanges": [["A2:A3"]],
    "range": ["B3", "A1:B9"],
    "values": [[["z"]]],
    "dataFilters": [[ROW], [{"gridRange": {"sheetId": 5}}]],
    "dataFilter": [ROW],
    "data": [[]],
    "metadataId": [17],
    "sheetId": [5],
    "destinationSpreadsheetId": ["nowhere"],
    "requests": [[{"deleteSheet": {"sheetId": 5}}]],
}
TOGETHER: dict[str, Json] = {
    "dateTimeRenderOption": {"valueRenderOption": "UNFORMATTED_VALUE"},
    "responseDateTimeRenderOption": {"responseValueRenderOption": "UNFORMATTED_VALUE"},
    "responseIncludeGridData": {"includeSpreadsheetInResponse": True},
}
"""What must be said too for a parameter to mean anything (discovery document)."""
SAME_ANYWAY = {
    "spreadsheetId": "names the spreadsheet",
}


def outcome(method: str, given: Json, body: Json | None) -> str:
    """The status, the answer and the spreadsheet after a call."""
    emulator = Emulator(clock=lambda: datetime(2022, 12, 23, 21, 30, tzinfo=UTC), ids=IdSource(seed=7))

    def call(verb: str, path: str, sent: Any = None) -> tuple[int, Any]:
        url = f"https://sheets.googleapis.com/v4/spreadsheets{path}"
        answer = emulator.handle(request_of(verb, url, {}, None if sent is None else json.dumps(sent)))
        return answer.status, json.loads(answer.body)

    sheets = [
        {"properties": {"sheetId": number, "title": title}} for number, title in ((0, "S"), (5, "Other"))
    ]
    book = call("POST", "", {"sheets": sheets})[1]["spreadsheetId"]
    typed = {"values": [["1", "=A1*2.5"], ["2020-01-01", "b"], ["c"]]}
    call("PUT", f"/{book}/values/S!A1?valueInputOption=USER_ENTERED", typed)
    place = {"dimensionRange": {"sheetId": 0, "dimension": "ROWS", "startIndex": 1, "endIndex": 2}}
    for number, key, location in ((16, "row", place), (17, "book", {"spreadsheet": True})):
        item = {"metadataId": number, "metadataKey": key, "visibility": "DOCUMENT", "location": location}
        request = {"createDeveloperMetadata": {"developerMetadata": item}}
        assert call("POST", f"/{book}:batchUpdate", {"requests": [request]})[0] == 200
    area = {"startRowIndex": 20, "endRowIndex": 23, "startColumnIndex": 0, "endColumnIndex": 2}
    table = {"range": {"sheetId": 0, **area}}
    assert call("POST", f"/{book}:batchUpdate", {"requests": [{"addTable": {"table": table}}]})[0] == 200
    described = METHODS[f"sheets.spreadsheets.{method}"]
    path = described["path"].removeprefix("v4/spreadsheets").replace("{spreadsheetId}", book)
    query = dict(given)
    for name, spec in described["parameters"].items():
        if spec["location"] == "path" and name in query:
            path = path.replace("{" + name + "}", quote(str(query.pop(name))))
    flat = [
        (name, str(v).lower() if isinstance(v, bool) else v)
        for name, one in query.items()
        for v in (one if isinstance(one, list) else [one])
    ]
    sent = None if body is None else json.loads(json.dumps(body).replace("{book}", book))
    seen = call(described["httpMethod"], f"{path}?{urlencode(flat)}", sent)
    after = call("GET", f"/{book}?includeGridData=true")
    emulator.close()
    return json.dumps([seen, after], sort_keys=True)


def choices(name: str, spec: Json) -> list[Any]:
    if name in VALUES:
        return VALUES[name]
    if "enum" in spec:
        return list(spec["enum"])
    plain: dict[str, list[Any]] = {"boolean": [True, False], "integer": [1]}
    return plain.get(spec.get("type", ""), ["x"])


def differs(method: str, name: str, spec: Json, *, in_body: bool) -> bool:
    given, body = deepcopy(EXAMPLES[method])
    more = TOGETHER.get(name, {})
    if in_body:
        body = {**(body or {}), **more}
    else:
        given |= more
    plain = outcome(method, given, body)
    for value in choices(name, spec):
        changed = {**(body or {}), name: value} if in_body else body
        if outcome(method, given if in_body else {**given, name: value}, changed) != plain:
            return True
    return False


@pytest.mark.feature("F60")
@pytest.mark.parametrize("method", EXAMPLES)
def test_every_parameter_is_done_or_refused(method: str) -> None:
    described = METHODS[f"sheets.spreadsheets.{method}"]
    asked = [(name, spec, False) for name, spec in described["parameters"].items()]
    schema = described.get("request", {}).get("$ref")
    fields = SCHEMAS[schema].get("properties", {}) if schema else {}
    asked += [(name, spec, True) for name, spec in fields.items()]
    ignored = [
        name
        for name, spec, in_body in asked
        if name not in SAME_ANYWAY and not differs(method, name, spec, in_body=in_body)
    ]
    assert ignored == []


def test_the_examples_are_of_all_methods_but_create() -> None:
    assert {f"sheets.spreadsheets.{name}" for name in EXAMPLES} == set(METHODS) - {
        "sheets.spreadsheets.create"
    }
