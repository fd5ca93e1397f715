from __future__ import annotations

import pytest

from sheets_sync.emulator.routes import find_route, query_pairs

CASES = [
    ("GET", "/v4/spreadsheets/abc/values/'a%2Fb'!A1:C", "sheets.spreadsheets.values.get", "'a/b'!A1:C"),
    (
        "POST",
        "/v4/spreadsheets/abc/values/%27a%2Fb%27%21A1%3AC:append",
        "sheets.spreadsheets.values.append",
        "'a/b'!A1:C",
    ),
    ("POST", "/v4/spreadsheets/abc/values/A1%3AB2:clear", "sheets.spreadsheets.values.clear", "A1:B2"),
    ("POST", "/v4/spreadsheets/abc%3AbatchUpdate", "sheets.spreadsheets.batchUpdate", None),
    ("GET", "/v4/spreadsheets/abc/values:batchGet", "sheets.spreadsheets.values.batchGet", None),
    ("POST", "/v1/forms/f/watches/w:renew", "forms.forms.watches.renew", None),
    ("DELETE", "/drive/v3/files/trash", "drive.files.emptyTrash", None),
    ("PUT", "/upload/drive/v2/files/x", "drive.v2.files.update", None),
    ("PATCH", "/upload/drive/v3/files/x", "drive.files.update", None),
]


@pytest.mark.parametrize(("verb", "path", "method_id", "area"), CASES)
def test_a_path_finds_its_discovery_method(verb: str, path: str, method_id: str, area: str | None) -> None:
    found = find_route(verb, path)
    assert found is not None
    route, parameters = found
    assert route.method_id == method_id
    assert parameters.get("range") == area


def test_plus_and_percent_twenty_are_both_a_space_in_a_query() -> None:
    assert query_pairs("ranges=Sheet+1!A1&ranges=Sheet%201!A2") == [
        ("ranges", "Sheet 1!A1"),
        ("ranges", "Sheet 1!A2"),
    ]


def test_a_wrong_verb_finds_nothing() -> None:
    assert find_route("POST", "/v4/spreadsheets/abc") is None
