"""Refusals with their texts, where they come from and the call that provokes each.

`python -m tests.conformance.errortable > docs/emulator-errors.md` writes the table for people.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

RECORDED = "recording"
QUOTED = "quoted"
ASSUMED = "assumed"

SHEET = "/v4/spreadsheets/{sheet}"
BATCH = f"{SHEET}:batchUpdate"
DOC = "/v1/documents/{doc}:batchUpdate"
FORM = "/v1/forms/{form}:batchUpdate"
DRIVE = "/drive/v3/files"


@dataclass(frozen=True)
class Refusal:
    """One refusal: HTTP status, text, source, and the call; `token` names the caller."""

    status: int
    text: str
    source: str
    method: str
    path: str
    body: Any = None
    token: str = "own"


def batch(path: str, kind: str, content: Any, text: str, source: str) -> Refusal:
    """A refusal of the first request of a batch; the text carries its place."""
    told = f"Invalid requests[0].{kind}: {text}"
    return Refusal(400, told, source, "POST", path, {"requests": [{kind: content}]})


def get(path: str, status: int, text: str, source: str, token: str = "own") -> Refusal:
    return Refusal(status, text, source, "GET", path, None, token)


_LONG = "x" * 50_001
_CELL = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
_FIRST = {"startIndex": 1, "endIndex": 2}
_EXPECTED = (
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. "
    "See https://developers.google.com/identity/sign-in/web/devconsole-project."
)

_SHEETS = (
    get(f"{SHEET}?fields=sheets.sheetProperties", 400, "Request contains an invalid argument.", RECORDED),
    get(f"{SHEET}/values/NOPE!A5:F15", 400, "Unable to parse range: NOPE!A5:F15", RECORDED),
    get("/v4/spreadsheets/nowhere", 404, "Requested entity was not found.", RECORDED),
    get(SHEET, 403, "The caller does not have permission", RECORDED, "stranger"),
    get(SHEET, 401, f"Request is missing required authentication credential. {_EXPECTED}", QUOTED, ""),
    get(SHEET, 401, f"Request had invalid authentication credentials. {_EXPECTED}", QUOTED, "unknown"),
    get(SHEET, 403, "Request had insufficient authentication scopes.", RECORDED, "narrow"),
    Refusal(
        400,
        "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
        RECORDED,
        "PUT",
        f"{SHEET}/values/A1?valueInputOption=RAW",
        {"values": "X"},
    ),
    batch(
        BATCH,
        "updateSheetProperties",
        {"properties": {"sheetId": 0, "hidden": True}, "fields": "hidden"},
        "You can't hide all the sheets in a document.",
        RECORDED,
    ),
    Refusal(400, "Must specify at least one request.", QUOTED, "POST", BATCH, {"requests": []}),
    Refusal(
        400,
        "Invalid JSON payload received. Unknown name \"x\" at 'requests[0]': Cannot find field.",
        QUOTED,
        "POST",
        BATCH,
        {"requests": [{"x": {}}]},
    ),
    batch(
        BATCH,
        "addSheet",
        {"properties": {"title": "Sheet1"}},
        'A sheet with the name "Sheet1" already exists. Please enter another name.',
        QUOTED,
    ),
    batch(
        BATCH,
        "repeatCell",
        {"range": {"sheetId": 0}, "cell": {}},
        "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        QUOTED,
    ),
    batch(
        BATCH,
        "addSheet",
        {"properties": {"gridProperties": {"rowCount": 1_000_000, "columnCount": 10}}},
        "This action would increase the number of cells in the workbook above the limit of 10000000 cells.",
        QUOTED,
    ),
    batch(
        BATCH,
        "updateCells",
        {
            "start": _CELL,
            "rows": [{"values": [{"userEnteredValue": {"stringValue": _LONG}}]}],
            "fields": "*",
        },
        "Your input contains more than the maximum of 50000 characters in a single cell.",
        QUOTED,
    ),
    batch(
        BATCH,
        "repeatCell",
        {
            "range": {"startRowIndex": 1000, "startColumnIndex": 0, "endColumnIndex": 2},
            "cell": {},
            "fields": "note",
        },
        "Range (Sheet1!A1001:B) exceeds grid limits. Max rows: 1000, max columns: 26",
        QUOTED,
    ),
    Refusal(
        400,
        "Requested writing within range ['Sheet1'!A1000], but tried writing to row [1001]",
        QUOTED,
        "PUT",
        f"{SHEET}/values/'Sheet1'!A1000?valueInputOption=RAW",
        {"values": [["x"], ["y"]]},
    ),
    Refusal(
        400,
        "Range (Sheet1!A100000) exceeds grid limits. Max rows: 1000, max columns: 26",
        QUOTED,
        "PUT",
        f"{SHEET}/values/A100000?valueInputOption=RAW",
        {"values": [["x"]]},
    ),
    Refusal(
        400,
        "Requested writing within range [Sheet1!A1:B1], but tried writing to column [C]",
        QUOTED,
        "PUT",
        f"{SHEET}/values/A1:B1?valueInputOption=RAW",
        {"values": [["x", "y", "z"]]},
    ),
    Refusal(
        400,
        "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]",
        ASSUMED,
        "PUT",
        f"{SHEET}/values/A1:B1?valueInputOption=RAW",
        {"values": [["x"], ["y"]]},
    ),
    Refusal(
        400,
        "Requested range[Sheet1!A1] does not match value's range[Sheet1!B1]",
        ASSUMED,
        "PUT",
        f"{SHEET}/values/Sheet1!A1?valueInputOption=RAW",
        {"range": "Sheet1!B1", "values": [["x"]]},
    ),
    Refusal(
        400,
        "'valueInputOption' is required but not specified",
        ASSUMED,
        "PUT",
        f"{SHEET}/values/A1",
        {"values": [["x"]]},
    ),
    batch(BATCH, "deleteSheet", {"sheetId": 7}, "No grid with id: 7", ASSUMED),
    batch(BATCH, "deleteSheet", {"sheetId": 0}, "You can't remove all the sheets in a document.", ASSUMED),
    batch(
        BATCH,
        "deleteDimension",
        {"range": {"sheetId": 0, "dimension": "ROWS", "startIndex": 0, "endIndex": 1000}},
        "You can't delete all the rows on the sheet.",
        ASSUMED,
    ),
    batch(
        BATCH,
        "createDeveloperMetadata",
        {"developerMetadata": {"visibility": "DOCUMENT", "location": {"spreadsheet": True}}},
        "Developer metadata must have a key.",
        ASSUMED,
    ),
    batch(
        BATCH,
        "addChart",
        {},
        "No chart specified.",
        ASSUMED,
    ),
    batch(
        BATCH,
        "deleteNamedRange",
        {"namedRangeId": "none"},
        "No named range with id: none",
        ASSUMED,
    ),
    batch(
        BATCH, "sortRange", {"range": {"sheetId": 0}}, "At least one sort spec must be specified.", ASSUMED
    ),
    batch(
        BATCH,
        "updateCells",
        {"start": _CELL, "rows": [{"values": [{"userEnteredValue": {"errorValue": {}}}]}], "fields": "*"},
        "CellData.userEnteredValue.errorValue is a read-only field.",
        ASSUMED,
    ),
    batch(
        BATCH,
        "repeatCell",
        {"range": {"sheetId": 0}, "cell": {}, "fields": "nonsense"},
        "Invalid field: nonsense",
        ASSUMED,
    ),
    Refusal(
        400,
        "Invalid value at 'requests[0].find_replace' (oneof), oneof field 'scope' is already set. "
        "Cannot set 'allSheets'",
        QUOTED,
        "POST",
        BATCH,
        {"requests": [{"findReplace": {"find": "a", "sheetId": 0, "allSheets": True}}]},
    ),
    batch(
        BATCH,
        "updateCells",
        {"start": _CELL, "rows": [{"values": [{"pivotTable": {"rows": [{}]}}]}], "fields": "pivotTable"},
        "At least one source data must be specified",
        QUOTED,
    ),
)

_DOCS = (
    Refusal(400, "Must specify at least one request.", ASSUMED, "POST", DOC, {"requests": []}),
    batch(
        DOC,
        "deleteContentRange",
        {"range": {"startIndex": 1, "endIndex": 2}},
        "The range cannot include the newline character at the end of the segment.",
        QUOTED,
    ),
    batch(
        DOC,
        "insertText",
        {"text": "x", "location": {"index": 0}},
        "The insertion index must be inside the bounds of an existing paragraph. You can still create new "
        "paragraphs by inserting newlines.",
        QUOTED,
    ),
    batch(
        DOC,
        "insertText",
        {"text": "x", "location": {"index": 900}},
        "Index 900 must be less than the end index of the referenced segment, 2.",
        QUOTED,
    ),
    batch(
        DOC,
        "replaceNamedRangeContent",
        {"namedRangeId": "none", "text": "x"},
        "The named range with ID none was not found.",
        ASSUMED,
    ),
    batch(
        DOC,
        "deleteContentRange",
        {"range": {"startIndex": 1, "endIndex": 1}},
        "The range should not be empty.",
        ASSUMED,
    ),
    batch(
        DOC,
        "updateTextStyle",
        {"range": _FIRST, "textStyle": {"bold": True}},
        "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)",
        ASSUMED,
    ),
    Refusal(
        400,
        "The required revision ID does not match the latest revision of the document.",
        ASSUMED,
        "POST",
        DOC,
        {
            "requests": [{"insertText": {"text": "x", "location": {"index": 1}}}],
            "writeControl": {"requiredRevisionId": "old"},
        },
    ),
    get("/v1/documents/nowhere", 404, "Requested entity was not found.", RECORDED),
)

_FORMS = (
    Refusal(400, "Must specify at least one request.", ASSUMED, "POST", FORM, {"requests": []}),
    batch(
        FORM,
        "createItem",
        {"item": {"title": "a\nb", "textItem": {}}, "location": {"index": 0}},
        "Displayed text cannot contain newlines",
        QUOTED,
    ),
    batch(
        FORM,
        "createItem",
        {
            "item": {"questionItem": {"question": {"fileUploadQuestion": {}}}},
            "location": {"index": 0},
        },
        "Creating file upload questions is not supported",
        ASSUMED,
    ),
    batch(
        FORM,
        "deleteItem",
        {"location": {"index": 4}},
        "Index must be in the range [0..0): 4",
        ASSUMED,
    ),
    Refusal(
        400,
        "Cannot accept responses when the form is not published.",
        ASSUMED,
        "POST",
        "/v1/forms/{form}:setPublishSettings",
        {"publishSettings": {"publishState": {"isPublished": False, "isAcceptingResponses": True}}},
    ),
    Refusal(
        400,
        "Invalid value at 'requests[0].update_settings.settings.email_collection_type' "
        '(type.googleapis.com/google.apps.forms.v1.FormSettings.EmailCollectionType), "responderInput"',
        QUOTED,
        "POST",
        FORM,
        {
            "requests": [
                {
                    "updateSettings": {
                        "settings": {"emailCollectionType": "responderInput"},
                        "updateMask": "emailCollectionType",
                    }
                }
            ]
        },
    ),
    get("/v1/forms/{form}/responses?filter=createTime%3E1", 400, "Invalid filter: createTime>1", ASSUMED),
    get("/v1/forms/nowhere", 404, "Requested entity was not found.", RECORDED),
)

_FILES = (
    get(f"{DRIVE}/nowhere", 404, "File not found: nowhere.", RECORDED),
    get(f"{DRIVE}?fields=nonsense", 400, "Invalid field selection nonsense", QUOTED),
    get(
        f"{DRIVE}/{{sheet}}?alt=media",
        403,
        "Only files with binary content can be directly downloaded. Use Export with Docs Editors files.",
        QUOTED,
    ),
    get(
        f"{DRIVE}/{{sheet}}/export?mimeType=text/nothing",
        400,
        "The requested conversion is not supported.",
        QUOTED,
    ),
    get(
        f"{DRIVE}/{{folder}}/export?mimeType=text/csv",
        403,
        "Export only supports Docs Editors files.",
        QUOTED,
    ),
    Refusal(
        403,
        "Service Accounts do not have storage quota. Leverage shared drives "
        "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), "
        "or use OAuth delegation (http://support.google.com/a/answer/7281227) instead.",
        QUOTED,
        "POST",
        DRIVE,
        {"name": "x"},
        "robot",
    ),
    get(
        f"{DRIVE}?q=fullText+contains+'x'&orderBy=name",
        400,
        "Sorting is not supported for queries with fullText terms. "
        "Results are always in descending relevance order.",
        QUOTED,
    ),
    get(
        f"{DRIVE}/{{sheet}}/revisions/head?alt=media",
        403,
        "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
        QUOTED,
    ),
    get(
        f"{DRIVE}?pageSize=0",
        400,
        "Invalid value '0'. Values must be within the range: [1, 1000]",
        QUOTED,
    ),
    get(f"{DRIVE}?q=nonsense", 400, "Invalid Value", QUOTED),
    get(f"{DRIVE}?corpora=everything", 400, "Invalid Value", ASSUMED),
    get(f"{DRIVE}/{{folder}}/permissions/none", 404, "Permission not found: none.", QUOTED),
    get("/drive/v3/about", 400, "The 'fields' parameter is required for this method.", QUOTED),
    get(DRIVE, 403, "Request had insufficient authentication scopes.", QUOTED, "narrow"),
    get(DRIVE, 401, f"Request is missing required authentication credential. {_EXPECTED}", QUOTED, ""),
    Refusal(
        403,
        "The resource body includes fields which are not directly writable.",
        QUOTED,
        "POST",
        DRIVE,
        {"name": "x", "size": "1"},
    ),
    Refusal(
        400,
        "WebHook callback must be HTTPS: http://x.example/told",
        QUOTED,
        "POST",
        f"{DRIVE}/{{sheet}}/watch",
        {"id": "c1", "type": "web_hook", "address": "http://x.example/told"},
    ),
    Refusal(
        404,
        "Channel 'none' not found for project 'local-workspace'",
        ASSUMED,
        "POST",
        "/drive/v3/channels/stop",
        {"id": "none", "resourceId": "none"},
    ),
    Refusal(
        403,
        "The transferOwnership parameter must be enabled when the permission role is 'owner'.",
        QUOTED,
        "POST",
        f"{DRIVE}/{{folder}}/permissions",
        {"type": "user", "role": "owner", "emailAddress": "x@school.example"},
    ),
    Refusal(
        400,
        "The permission type field is required.",
        QUOTED,
        "POST",
        f"{DRIVE}/{{folder}}/permissions",
        {"role": "reader"},
    ),
)

TABLE: dict[str, tuple[Refusal, ...]] = {
    "Sheets v4": _SHEETS,
    "Docs v1": _DOCS,
    "Forms v1": _FORMS,
    "Drive v3": _FILES,
}
_INTRODUCTION = """# How the local workspace refuses

Written by `python -m tests.conformance.errortable > docs/emulator-errors.md`. `test_refusals.py` beside that
module provokes every line and compares status and text.

*recording*: the body was recorded from Google (gspread's cassettes, MIT; gargle's error bodies). *quoted*: a
guide or other people quote the words that Google sent. *assumed*: no source gives the words of this refusal.
Sheets, Docs and Forms answer `{"error": {code, message, status, details?}}`, Drive
`{"error": {errors: […], code, message}}`.
"""
_CALLERS = {
    "": "no token",
    "unknown": "an unknown token",
    "narrow": "a token of another scope",
    "stranger": "not shared with the caller",
    "robot": "a service account",
}


def line(case: Refusal) -> str:
    """One row of the table."""
    place = f"`{case.method} {case.path.split('?')[0]}`"
    if case.token in _CALLERS:
        place += f", {_CALLERS[case.token]}"
    text = case.text.replace("|", "\\|")
    return f"| {case.status} | {text} | {place} | {case.source} |"


def page() -> str:
    """The whole page as Markdown."""
    parts = [_INTRODUCTION]
    for title, cases in TABLE.items():
        head = [f"## {title}", "", "| status | text | raised by | source |", "|---|---|---|---|"]
        parts.append("\n".join([*head, *map(line, cases), ""]))
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
