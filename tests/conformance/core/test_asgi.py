"""The HTTP door, on a real socket of the loopback interface."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from sheets_sync.emulator.asgi import create_app
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.faults import Fault

FOLDER = b'{"name": "a", "mimeType": "application/vnd.google-apps.folder"}'


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    made = Emulator()
    yield made
    made.close()


@pytest.fixture
def port(emulator: Emulator) -> Iterator[int]:
    app = create_app(emulator, stall_seconds=0.01)
    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def ask(
    port: int, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request(method, path, body or None, headers or {})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def test_the_same_answers_come_over_http(port: int, emulator: Emulator) -> None:
    status, body = ask(port, "POST", "/drive/v3/files", FOLDER, {"content-type": "application/json"})
    assert status == 200
    assert b'"kind":"drive#file"' in body
    assert ask(port, "GET", "/v4/spreadsheets/x/values/%27a%2Fb%27!A1")[0] in (404, 501)
    assert emulator.requests()["sheets.spreadsheets.values.get"] == 1


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:80", ""])
def test_f65_a_foreign_host_name_is_refused_before_anything_is_done(
    port: int, emulator: Emulator, host: str
) -> None:
    assert ask(port, "POST", "/drive/v3/files", FOLDER, {"host": host})[0] in (400, 421)
    assert emulator.requests() == {}


def test_f65_a_page_of_another_origin_cannot_write(port: int, emulator: Emulator) -> None:
    foreign = {"origin": "https://evil.example", "content-type": "text/plain"}
    assert ask(port, "POST", "/drive/v3/files", FOLDER, foreign)[0] == 403
    own = {"origin": f"http://127.0.0.1:{port}"}
    assert ask(port, "POST", "/drive/v3/files", FOLDER, own)[0] == 200
    assert emulator.requests() == {"drive.files.create": 1}


def test_a_body_that_is_too_large_is_refused_unread(port: int, emulator: Emulator) -> None:
    size = str(emulator.settings.max_body + 1)
    assert ask(port, "POST", "/drive/v3/files", b"x", {"content-length": size})[0] == 413


@pytest.mark.parametrize("kind", ["lose_reply", "stall_after"])
def test_a_lost_reply_is_a_broken_connection_over_http(port: int, emulator: Emulator, kind: str) -> None:
    emulator.faults.at(1, Fault(kind))  # type: ignore[arg-type]
    with pytest.raises(http.client.IncompleteRead):
        ask(port, "POST", "/drive/v3/files", FOLDER)
    assert emulator.requests() == {"drive.files.create": 1}


def test_requests_of_many_threads_are_all_answered(port: int, emulator: Emulator) -> None:
    statuses: list[int] = []

    def create() -> None:
        statuses.extend(ask(port, "POST", "/drive/v3/files", FOLDER)[0] for _ in range(5))

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 20
    assert emulator.requests() == {"drive.files.create": 20}


def test_a_program_led_here_by_a_proxy_may_ask_under_google_s_names(port: int) -> None:
    """The names are those of the discovery documents (rootUrl); the pages do not answer to them."""
    google = {"host": "www.googleapis.com"}
    assert ask(port, "GET", "/drive/v3/files", headers=google)[0] == 200
    assert ask(port, "GET", "/", headers=google)[0] == 421
    assert ask(port, "GET", "/drive/v3/files", headers={"host": "evil.googleapis.com.example"})[0] == 421
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("POST", "/upload/drive/v3/files?uploadType=resumable", b"{}", google)
    answer = connection.getresponse()
    connection.close()
    assert str(answer.getheader("location")).startswith("https://www.googleapis.com/upload/drive/v3/files?")
