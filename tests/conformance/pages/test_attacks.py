"""What a hostile page, a rebound name or a careless program can send to a page, and that nothing changes."""

from __future__ import annotations

import http.client
import re
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
import uvicorn

from sheets_sync.emulator.asgi import create_app
from tests.conformance.forms.school import School, question, text
from tests.conformance.pages.test_sheets import Book

URLENCODED = "application/x-www-form-urlencoded"
ENDPOINTS = ("sheet", "switches", "deletion", "answer")
FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:8080",
    "127.0.0.2:8080",
    "127.0.0.1.evil.example",
    "0.0.0.0",
    "",
)
FOREIGN_ORIGINS = ("null", "http://evil.example", "https://127.0.0.1:8080.evil.example", "http://127.0.0.1:9")


class Target:
    """A workspace with one form, one answer and one spreadsheet; every address that changes something."""

    def __init__(self, school: School, port: int) -> None:
        self.school = school
        self.port = port
        self.book = Book(school)
        self.form_id = school.form(question("0000000a", textQuestion={}))
        school.fill(self.form_id, {"entry.10": "первый"})

    def token(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', text(self.school.get(self.address("switches"))))
        assert found
        return found[1]

    def address(self, endpoint: str) -> str:
        return {
            "sheet": f"/spreadsheets/d/{self.book.id}/edit",
            "switches": f"/forms/d/{self.form_id}/edit",
            "deletion": f"/forms/d/{self.form_id}/deleteResponse",
            "answer": f"/forms/d/e/{self.form_id}/formResponse",
        }[endpoint]

    def fields(self, endpoint: str) -> dict[str, str]:
        """Return fields that the endpoint would accept from its own page."""
        return {
            "sheet": self.book.fields("A2", value="Чужой"),
            "switches": {"edit_after_submit": "on", "csrf": self.token()},
            "deletion": {
                "responseId": str(self.school.responses(self.form_id)[0]["responseId"]),
                "csrf": self.token(),
            },
            "answer": {"entry.10": "второй"},
        }[endpoint]

    def state(self) -> object:
        """Return everything that a request could change."""
        owner = text(self.school.get(self.address("switches")))
        return (
            self.book.read("План!A1:C400"),
            self.school.answers(self.form_id),
            "edit_after_submit" + owner.partition("edit_after_submit")[2].partition(">")[0],
        )

    def send(self, method: str, address: str, headers: dict[str, str], body: str = "") -> int:
        """Send a request as it is over a socket and return the status; `host` may be anything."""
        data = body.encode()
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        door.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
        for name, value in {"host": f"127.0.0.1:{self.port}", **headers}.items():
            door.putheader(name, value)
        door.putheader("content-length", str(len(data)))
        door.endheaders(data)
        status = door.getresponse().status
        door.close()
        return status

    def post(self, endpoint: str, headers: dict[str, str] | None = None, more: str = "") -> int:
        """Post fields that the endpoint would take, with other headers or more of them."""
        sent = {"content-type": URLENCODED, **(headers or {})}
        return self.send("POST", self.address(endpoint), sent, urlencode(self.fields(endpoint)) + more)


@pytest.fixture
def target(school: School) -> Iterator[Target]:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(school.workspace), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield Target(school, opened.getsockname()[1])
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_the_same_fields_from_the_page_itself_are_accepted(target: Target, endpoint: str) -> None:
    before = target.state()
    assert target.post(endpoint, {"origin": f"http://127.0.0.1:{target.port}"}) in (200, 303)
    assert target.state() != before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_or_rebound_host_name_is_refused(target: Target, endpoint: str, host: str) -> None:
    before = target.state()
    assert target.post(endpoint, {"host": host}) == 421
    assert target.send("GET", target.address("sheet"), {"host": host}) == 421
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_a_post_from_a_page_of_another_origin_is_refused(target: Target, endpoint: str, origin: str) -> None:
    before = target.state()
    assert target.post(endpoint, {"origin": origin}) == 403
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_post_that_the_browser_marks_as_cross_site_is_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    assert target.post(endpoint, {"sec-fetch-site": "cross-site"}) == 403
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_get_never_does_the_work_of_a_post(target: Target, endpoint: str) -> None:
    before = target.state()
    status = target.send("GET", f"{target.address(endpoint)}?{urlencode(target.fields(endpoint))}", {})
    assert status == (200 if endpoint in ("sheet", "switches") else 405)
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(target: Target, endpoint: str, method: str) -> None:
    before = target.state()
    assert target.send(method, target.address(endpoint), {}) == 405
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ["sheet", "switches", "deletion"])
@pytest.mark.parametrize("given", [None, "", "0" * 64, "é"])
def test_staffs_posts_without_the_pages_token_are_refused(
    target: Target, endpoint: str, given: str | None
) -> None:
    before = target.state()
    fields = {name: value for name, value in target.fields(endpoint).items() if name != "csrf"}
    if given is not None:
        fields["csrf"] = given
    assert target.school.post(target.address(endpoint), fields).status == 403
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_ten_megabytes_are_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    assert target.post(endpoint, more="&entry.10=" + "a" * 10_000_000) == 413
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_bodies_that_no_form_sends_are_refused(target: Target, endpoint: str, kind: str) -> None:
    before = target.state()
    assert target.post(endpoint, {"content-type": kind}) == 400
    assert target.state() == before


def test_the_method_cannot_be_overridden_into_a_page_change(target: Target) -> None:
    before = target.state()
    for endpoint in ENDPOINTS:
        address = f"{target.address(endpoint)}?{urlencode(target.fields(endpoint))}"
        assert target.send("GET", address, {"x-http-method-override": "POST"}) in (200, 405)
    assert target.state() == before
