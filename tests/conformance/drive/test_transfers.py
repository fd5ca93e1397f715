"""Resumable uploads and batches as a client that speaks plain HTTP meets them.

Expected behaviour: Drive's guides "Upload file data" (resumable: 308 with Range, status by `bytes */N`, a
session lives a week, 404 then) and "Improve performance" (100 calls in a batch).
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.core import request_of
from sheets_sync.emulator.wire import Response

UPLOAD = "https://www.googleapis.com/upload/drive/v3/files"


def begin(emulator: Any, **headers: str) -> str:
    given = {
        "content-type": "application/json; charset=UTF-8",
        "x-upload-content-type": "text/plain",
        **headers,
    }
    body = json.dumps({"name": "a.txt"})
    answer = emulator.handle(request_of("POST", f"{UPLOAD}?uploadType=resumable", given, body))
    assert (answer.status, answer.body) == (200, b"")
    return str(answer.headers["location"])


def put(emulator: Any, address: str, data: str = "", span: str = "") -> Response:
    headers = {"content-range": f"bytes {span}"} if span else {}
    answered: Response = emulator.handle(request_of("PUT", address, headers, data))
    return answered


def test_an_interrupted_upload_tells_how_far_it_came_and_goes_on(emulator: Any) -> None:
    address = begin(emulator, **{"x-upload-content-length": "10"})
    nothing = put(emulator, address, span="*/10")
    assert (nothing.status, "range" in nothing.headers) == (308, False)
    half = put(emulator, address, "01234", "0-4/10")
    assert (half.status, half.headers["range"]) == (308, "bytes=0-4")
    asked = put(emulator, address, span="*/10")
    assert (asked.status, asked.headers["range"]) == (308, "bytes=0-4")
    ended = put(emulator, address, "56789", "5-9/10")
    assert ended.status == 200
    made = json.loads(ended.body)["id"]
    again = put(emulator, address, span="*/10")
    assert (again.status, json.loads(again.body)["id"]) == (200, made)
    got = emulator.handle(request_of("GET", f"https://www.googleapis.com/drive/v3/files/{made}?alt=media"))
    assert got.body == b"0123456789"


def test_a_chunk_that_leaves_a_hole_is_refused(emulator: Any) -> None:
    address = begin(emulator)
    assert put(emulator, address, "56789", "5-9/10").status == 400


def test_an_upload_of_another_length_than_announced_is_refused(emulator: Any) -> None:
    address = begin(emulator, **{"x-upload-content-length": "10"})
    assert put(emulator, address, "01234").status == 400


def test_a_session_lives_a_week(emulator: Any) -> None:
    address = begin(emulator)
    emulator.clock.now += timedelta(days=8)
    assert put(emulator, address, "0", "0-0/1").status == 404
    unknown = re.sub(r"upload_id=[^&]+", "upload_id=none", address)
    assert put(emulator, unknown, "0", "0-0/1").status == 404


@pytest.mark.feature("F60")
def test_what_stands_behind_a_hundred_calls_of_a_batch_is_refused_one_by_one(emulator: Any) -> None:
    part = "--b\r\nContent-Type: application/http\r\nContent-ID: <{}>\r\n\r\nGET /drive/v3/files\r\n\r\n"
    body = "".join(part.format(number) for number in range(102)) + "--b--"
    headers = {"content-type": "multipart/mixed; boundary=b"}
    answer = emulator.handle(request_of("POST", "https://www.googleapis.com/batch/drive/v3", headers, body))
    statuses = re.findall(rb"HTTP/1.1 (\d+)", answer.body)
    assert statuses == [b"200"] * 100 + [b"403"] * 2
    assert answer.body.count(b"Exceeds allowed inner batch requests soft limit. Please retry.") == 4
    assert b"<response-101>" in answer.body


@pytest.mark.parametrize(
    ("method", "path", "body", "parameter"),
    [
        ("GET", "changes", None, "pageToken"),
        ("POST", "drives", {"name": "d"}, "requestId"),
        ("GET", "files/root/export", None, "mimeType"),
    ],
)
def test_a_missing_parameter_is_named_and_no_login_asked_for(
    emulator: Any, method: str, path: str, body: Any, parameter: str
) -> None:
    """Source: discovery (required parameters); a missing parameter has nothing to do with signing in."""
    sent = None if body is None else json.dumps(body)
    answer = emulator.handle(request_of(method, f"https://www.googleapis.com/drive/v3/{path}", {}, sent))
    error = json.loads(answer.body)["error"]
    told = f"Required parameter: {parameter}"
    place = {"locationType": "parameter", "location": parameter}
    assert error == {
        "errors": [{"domain": "global", "reason": "required", "message": told, **place}],
        "code": 400,
        "message": told,
    }


def test_a_batch_says_of_each_part_what_its_status_means(emulator: Any) -> None:
    body = "--b\r\nContent-Type: application/http\r\n\r\nGET /drive/v3/files/none\r\n\r\n--b--"
    headers = {"content-type": "multipart/mixed; boundary=b"}
    answer = emulator.handle(request_of("POST", "https://www.googleapis.com/batch/drive/v3", headers, body))
    assert b"HTTP/1.1 404 Not Found\r\n" in answer.body


def test_a_shared_drive_that_is_not_there_has_no_files(emulator: Any) -> None:
    query = "corpora=drive&driveId=none&includeItemsFromAllDrives=true&supportsAllDrives=true"
    answer = emulator.handle(request_of("GET", f"https://www.googleapis.com/drive/v3/files?{query}"))
    assert answer.status == 404
    assert json.loads(answer.body)["error"]["message"] == "Shared drive not found: none."


def test_what_lies_in_the_trash_takes_room_until_it_is_emptied(drive: Any) -> None:
    """Source: discovery (About.storageQuota)."""
    media = MediaInMemoryUpload(b"12345", mimetype="text/plain")
    made = drive.files().create(body={"name": "a"}, media_body=media).execute()["id"]
    drive.files().update(fileId=made, body={"trashed": True}).execute()

    def room() -> tuple[str, str]:
        quota = drive.about().get(fields="storageQuota").execute()["storageQuota"]
        return quota["usageInDrive"], quota["usageInDriveTrash"]

    assert room() == ("5", "5")
    drive.files().emptyTrash().execute()
    assert room() == ("0", "0")
