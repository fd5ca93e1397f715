from __future__ import annotations

import pytest

from sheets_sync.emulator.drive.uploads import split_multipart

HEAD = 'multipart/related; boundary="b"'


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
@pytest.mark.parametrize("data", [b"a\r", b"a\n", b"--", b"", b"\r\n\r\n", b" --b\x00"])
def test_bytes_pass_whole_whatever_the_line_ends(end: bytes, data: bytes) -> None:
    lines = [b"--b", b"Content-Type: application/json", b"", b"{}", b"--b"]
    lines += [b"Content-Type:", b" text/csv", b"", data, b"--b--", b""]
    parts = split_multipart(HEAD, end.join(lines))
    assert parts == [({"content-type": "application/json"}, b"{}"), ({"content-type": "text/csv"}, data)]
