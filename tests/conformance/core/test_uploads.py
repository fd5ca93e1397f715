from __future__ import annotations

import json

import pytest

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.drive.uploads import split_multipart
from sheets_sync.emulator.wire import Response

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


def test_an_upload_steered_by_commands() -> None:
    """Source: Google's guide "Resumable uploads" of the Photos Library API."""
    emulator = Emulator()

    def ask(method: str, place: str, command: str, body: bytes = b"", **more: str) -> Response:
        headers = {"x-goog-upload-command": command, **{k.replace("_", "-"): v for k, v in more.items()}}
        return emulator.handle(request_of(method, place, headers, body))

    path = "http://localhost/upload/drive/v3/files?fields=id,name,size,mimeType"
    begun = ask("POST", path, "start", b'{"name": "a"}', x_goog_upload_header_content_type="text/plain")
    assert begun.headers["x-goog-upload-status"] == "active"
    place = begun.headers["x-goog-upload-url"]
    part = ask("POST", place, "upload", b"abc", x_goog_upload_offset="0")
    assert part.headers["x-goog-upload-status"] == "active"
    asked = ask("POST", place, "query")
    assert asked.headers["x-goog-upload-size-received"] == "3"
    assert ask("POST", place, "upload, finalize", b"x", x_goog_upload_offset="9").status == 400
    done = ask("POST", place, "upload, finalize", b"de", x_goog_upload_offset="3")
    assert done.headers["x-goog-upload-status"] == "final"
    made = json.loads(done.body)
    assert made == {"id": made["id"], "name": "a", "size": "5", "mimeType": "text/plain"}
    late = ask("POST", place, "query")
    assert (late.headers["x-goog-upload-status"], json.loads(late.body)) == ("final", made)

    path = f"http://localhost/upload/drive/v3/files/{made['id']}?fields=size"
    place = ask("PATCH", path, "start", b"{}").headers["x-goog-upload-url"]
    again = ask("POST", place, "upload, finalize", b"1234567", x_goog_upload_offset="0")
    assert json.loads(again.body) == {"size": "7"}
    place = ask("PATCH", path, "start", b"{}").headers["x-goog-upload-url"]
    assert ask("POST", place, "cancel").headers["x-goog-upload-status"] == "cancelled"
    assert ask("POST", place, "query").status == 404
    emulator.close()


@pytest.mark.parametrize("query", ["alt=media", "alt=media&alt=media", "fields=id&%24alt=media"])
def test_bytes_are_given_however_they_are_asked_for(query: str) -> None:
    """Source: Google's guide "System parameters"; the client library for Ruby gives alt twice."""
    emulator = Emulator()
    place = "http://localhost/upload/drive/v3/files?uploadType=media&fields=id"
    made = json.loads(emulator.handle(request_of("POST", place, {"content-type": "text/plain"}, b"abc")).body)
    found = emulator.handle(request_of("GET", f"http://localhost/drive/v3/files/{made['id']}?{query}"))
    emulator.close()
    assert (found.headers["content-type"], found.body) == ("text/plain", b"abc")
