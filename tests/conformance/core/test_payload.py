"""Bodies and masks: recorded refusals word for word, and the rules of proto3 JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.masks import MaskSyntaxError, parse_mask
from sheets_sync.emulator.payload import parse_body
from sheets_sync.emulator.routes import find_route
from sheets_sync.emulator.wire import ApiError

UPDATE = ("PUT", "/v4/spreadsheets/a/values/A1")
BATCH = ("POST", "/v4/spreadsheets/a:batchUpdate")


def read(where: tuple[str, str], body: Any) -> dict[str, Any]:
    found = find_route(*where)
    assert found is not None
    return parse_body(found[0], json.dumps(body).encode())


def refusal(where: tuple[str, str], body: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        read(where, body)
    return caught.value


def test_f64_values_that_are_no_list_are_refused_in_the_recorded_words() -> None:
    text = "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\""
    error = refusal(UPDATE, {"values": "X", "majorDimension": None})
    assert (error.code, error.status, error.message) == (400, "INVALID_ARGUMENT", text)
    assert error.details == [
        {
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [{"field": "data.values", "description": text}],
        }
    ]


def test_f64_an_unknown_field_is_refused_in_google_s_words() -> None:
    error = refusal(BATCH, {"requests": [{"x": {}}]})
    assert error.message == (
        "Invalid JSON payload received. Unknown name \"x\" at 'requests[0]': Cannot find field."
    )


def test_a_list_for_one_message_is_told_apart() -> None:
    error = refusal(BATCH, {"requests": [{"addSheet": []}]})
    assert "Proto field is not repeating, cannot start list." in error.message


def test_the_metadata_of_an_upload_is_called_payload() -> None:
    """Source: an answer of Google's that the authors of googledrive for R quote (commit b7e63826)."""
    error = refusal(("POST", "/upload/drive/v3/files"), {"starred": [True], "name": "a"})
    assert (error.code, error.reason) == (400, "invalid")
    assert error.message == (
        "Invalid JSON payload received. Unknown name \"starred\" at 'payload': "
        "Proto field is not repeating, cannot start list."
    )


def test_all_problems_are_told_at_once() -> None:
    body = {"requests": [{"deleteSheet": {"sheetId": "a"}}, {"mergeCells": {"mergeType": "NEVER"}}]}
    error = refusal(BATCH, body)
    assert len(error.details[0]["fieldViolations"]) == 2
    assert "Invalid value at 'requests[0].delete_sheet.sheet_id' (TYPE_INT32), \"a\"" in error.message


def test_null_is_unset_in_messages_but_kept_among_values() -> None:
    body = {"values": [[1, None, "a"]], "majorDimension": None}
    assert read(UPDATE, body) == {"values": [[1, None, "a"]]}


def test_both_spellings_of_a_field_and_numbers_in_strings_are_read() -> None:
    body = {"requests": [{"delete_sheet": {"sheet_id": "7"}}], "includeSpreadsheetInResponse": "true"}
    assert read(BATCH, body) == {
        "requests": [{"deleteSheet": {"sheetId": 7}}],
        "includeSpreadsheetInResponse": True,
    }


@pytest.mark.parametrize("body", [b"{", b"[1", b'{"a":}', b"\xff"])
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    found = find_route(*BATCH)
    assert found is not None
    with pytest.raises(ApiError) as caught:
        parse_body(found[0], body)
    assert caught.value.message.startswith("Invalid JSON payload received.")


def test_masks_of_every_recorded_spelling_select_the_same() -> None:
    answer = {"sheets": [{"properties": {"title": "A", "index": 0}, "charts": []}], "spreadsheetId": "x"}
    wanted = {"sheets": [{"properties": {"title": "A"}}]}
    for text in ("sheets(properties(title))", "sheets/properties/title", "sheets.properties.title"):
        assert parse_mask(text).apply(answer) == wanted
    assert parse_mask("*").apply(answer) == answer
    assert parse_mask("sheets/*/title,spreadsheetId").apply(answer) == {
        "sheets": [{"properties": {"title": "A"}, "charts": []}],
        "spreadsheetId": "x",
    }


def test_a_mask_that_names_a_field_and_its_child_wants_the_whole_field() -> None:
    assert parse_mask("a,a/b").apply({"a": {"b": 1, "c": 2}}) == {"a": {"b": 1, "c": 2}}
    assert parse_mask("a/b,a").apply({"a": {"b": 1, "c": 2}}) == {"a": {"b": 1, "c": 2}}


def test_a_mask_tells_what_is_wanted_before_it_is_built() -> None:
    mask = parse_mask("sheets(properties,data/rowData)")
    assert mask.wants("sheets.data.rowData.values")
    assert mask.wants("sheets.properties.title")
    assert not mask.wants("sheets.charts")
    assert not mask.wants("developerMetadata")


@pytest.mark.parametrize("text", ["a(", "a)", "a(b", ",a", "a,,b", "a()", "/a", "(a)"])
def test_a_mask_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(MaskSyntaxError):
        parse_mask(text)


def test_f64_a_mask_outside_the_schema_is_refused_as_recorded() -> None:
    emulator = Emulator()
    answer = emulator.handle(request_of("GET", "/v4/spreadsheets/abc?fields=sheets.sheetProperties"))
    emulator.close()
    assert json.loads(answer.body) == {
        "error": {
            "code": 400,
            "message": "Request contains an invalid argument.",
            "status": "INVALID_ARGUMENT",
            "details": [
                {
                    "@type": "type.googleapis.com/google.rpc.BadRequest",
                    "fieldViolations": [
                        {
                            "field": "sheets.sheetProperties",
                            "description": "Error expanding 'fields' parameter. "
                            "Cannot find matching fields for path 'sheets.sheetProperties'.",
                        }
                    ],
                }
            ],
        }
    }


def test_drive_s_bodies_ignore_the_unknown_keep_nulls_and_refuse_wrong_types() -> None:
    create = ("POST", "/drive/v3/files")
    body = {"title": "x", "name": "a", "description": None, "appProperties": {"k": None, "n": "1"}}
    assert read(create, body) == {
        "name": "a",
        "description": None,
        "appProperties": {"k": None, "n": "1"},
    }
    for wrong in ({"name": {"a": 1}}, {"appProperties": "x"}, {"parents": [5]}, {"trashed": "perhaps"}):
        assert refusal(create, wrong).code == 400


def test_half_a_character_becomes_the_replacement_character() -> None:
    found = find_route("POST", "/drive/v3/files")
    assert found is not None
    assert parse_body(found[0], b'{"name": "a\\ud83d"}') == {"name": "a\ufffd"}
    assert parse_body(found[0], b'{"name": "\\ud83d\\ude00"}') == {"name": "😀"}
