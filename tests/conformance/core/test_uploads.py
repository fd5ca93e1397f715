from __future__ import annotations

import json

import pytest

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.drive.uploads import split_multipart

HEAD = 'multipart/related; boundary="b"'


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("data", [b"a\r", b"a\n", b"--", b"", b"\r\n\r\n", b" --b\x00"])
def test_bytes_pass_whole_whatever_the_line_ends(end: bytes, data: bytes) -> None:
    lines = [b"--b", b"Content-Type: application/json", b"", b"{}", b"--b"]
    lines += [b"Content-Type:", b" text/csv", b"", data, b"--b--", b""]
    parts = split_multipart(HEAD, end.join(lines))
    assert parts == [({"content-type": "application/json"}, b"{}"), ({"content-type": "text/csv"}, data)]


def test_a_body_of_two_parts_needs_no_upload_type() -> None:
    """aiogoogle sends its uploads so."""
    parts = [b"--b", b"Content-Type: application/json", b"", b'{"name": "a.txt"}', b"--b"]
    parts += [b"Content-Type: text/plain", b"", b"abc", b"--b--", b""]
    headers = {"content-type": "multipart/related; boundary=b"}
    emulator = Emulator()
    path = "/upload/drive/v3/files?fields=name,size,mimeType"
    answer = emulator.handle(request_of("POST", f"http://localhost{path}", headers, b"\r\n".join(parts)))
    emulator.close()
    assert json.loads(answer.body) == {"name": "a.txt", "size": "3", "mimeType": "text/plain"}


def test_a_client_to_which_308_is_a_redirect_gets_200_in_its_place() -> None:
    """Source: Google's client library for Go."""
    emulator = Emulator()
    path = "/upload/drive/v3/files?uploadType=resumable&fields=size"
    begun = emulator.handle(request_of("POST", f"http://localhost{path}", {}, b"{}"))
    place, asked = begun.headers["location"], {"x-guploader-no-308": "yes"}
    first = {**asked, "content-range": "bytes 0-2/*"}
    more = emulator.handle(request_of("PUT", place, first, b"abc"))
    assert (more.status, more.headers["x-http-status-code-override"]) == (200, "308")
    assert more.headers["range"] == "bytes=0-2"
    last = {**asked, "content-range": "bytes 3-4/5"}
    done = emulator.handle(request_of("POST", place, last, b"de"))
    emulator.close()
    assert "x-http-status-code-override" not in done.headers
    assert json.loads(done.body) == {"size": "5"}
