"""The HTTP door, on a real socket of the loopback interface."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette

from sheets_sync.emulator import discovery
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
    with served(create_app(emulator, stall_seconds=0.01)) as told:
        yield told


@contextmanager
def served(app: Starlette) -> Iterator[int]:
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


def test_names_that_were_told_are_answered_to_and_no_others(emulator: Emulator) -> None:
    allowed = {"*.googleapis.com", "accounts.google.com"}
    with served(create_app(emulator, allowed_hosts=allowed)) as told:
        for host in ("sheets.googleapis.com", "WWW.googleapis.com:443", "accounts.google.com"):
            assert ask(told, "GET", "/drive/v3/about?fields=kind", headers={"host": host})[0] == 200
        for host in ("127.0.0.1", "googleapis.com", "evil.example", "sheets.googleapis.com.evil.example"):
            assert ask(told, "GET", "/drive/v3/about?fields=kind", headers={"host": host})[0] == 421


def test_under_googles_names_discovery_documents_are_googles(emulator: Emulator) -> None:
    with served(create_app(emulator, allowed_hosts={"*.googleapis.com"})) as told:
        host = {"host": "docs.googleapis.com"}
        assert json.loads(ask(told, "GET", "/$discovery/rest?version=v1", headers=host)[1]) == (
            discovery.document("docs.v1")
        )
        host = {"host": "www.googleapis.com"}
        assert json.loads(ask(told, "GET", "/discovery/v1/apis/sheets/v4/rest", headers=host)[1]) == (
            discovery.document("sheets.v4")
        )


def test_an_upload_goes_on_where_google_s_name_leads(emulator: Emulator) -> None:
    """A TLS proxy ends the connection: the client must be sent back to it, not to plain HTTP."""
    with served(create_app(emulator, allowed_hosts={"*.googleapis.com"})) as told:
        connection = http.client.HTTPConnection("127.0.0.1", told, timeout=5)
        path = "/upload/drive/v3/files?uploadType=resumable"
        connection.request("POST", path, b"{}", {"host": "www.googleapis.com"})
        location = connection.getresponse().headers["location"]
        connection.close()
    assert location.startswith("https://www.googleapis.com/upload/drive/v3/files?uploadType=resumable&")


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


def test_a_russian_host_name_is_known_as_browsers_send_it(emulator: Emulator) -> None:
    """Source: RFC 3492 (Punycode); `.рф` is `.xn--p1ai` in IANA's list of top-level domains."""
    with served(create_app(emulator, allowed_hosts={"Пример.РФ"})) as port:
        assert ask(port, "GET", "/", headers={"host": "xn--e1afmkfd.xn--p1ai"})[0] == 200
        assert ask(port, "GET", "/", headers={"host": "xn--e1afmkfd.xn--p1ag"})[0] == 421
