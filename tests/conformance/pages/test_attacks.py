"""What a hostile page, a rebound name or a careless program can send to a page, and that nothing changes."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

import pytest
from googleapiclient.discovery import build

from sheets_sync.emulator.pages import routing
from tests.browser.serving import served
from tests.conformance.forms.school import School, question, text
from tests.conformance.pages.test_sheets import Book

URLENCODED = "application/x-www-form-urlencoded"
ENDPOINTS = {
    "/spreadsheets/d/ID/edit": "sheet",
    "/spreadsheets/d/ID/undo": "undo",
    "/spreadsheets/d/ID/redo": "redo",
    "/spreadsheets/d/ID/rename": "rename",
    "/forms/d/ID/edit": "switches",
    "/forms/d/ID/deleteResponse": "deletion",
    "/forms/d/(?:e/)?ID/formResponse": "answer",
    "/(?:drive/folders/ID)?": "list",
    "/signin": "signin",
    "/signout": "signout",
}
"""Every address that takes a POST, as the workspace's own tables list them."""
SHOWN_TOO = ("sheet", "switches", "signin", "list")
STAFFS = tuple(name for name in ENDPOINTS.values() if name not in ("answer", "signin"))
CHANGING = tuple(name for name in ENDPOINTS.values() if name not in ("signin", "signout"))
FOREIGN_HOSTS = (
    "evil.example",
    "evil.example:8080",
    "127.0.0.2:8080",
    "127.0.0.1.evil.example",
    "evil.example:8080@127.0.0.1",
    "127.0.0.1:8080@evil.example",
    "127.0.0.1:8080/../evil.example",
    "127.0.0.1:port",
    "localhost.",
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
        self.book.edit("B2", value="44")  # so that there is something to take back
        self.book.edit("B3", value="45")  # and to do again
        undo, page = f"/spreadsheets/d/{self.book.id}/undo", f"/spreadsheets/d/{self.book.id}/edit"
        school.staff_post(undo, {"gid": "0"}, page=page)

    def token(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', text(self.school.get(self.address("switches"))))
        assert found
        return found[1]

    def address(self, endpoint: str) -> str:
        pattern = next(path for path, name in ENDPOINTS.items() if name == endpoint)
        if endpoint == "list":
            return "/"
        own = self.book.id if pattern.startswith("/spreadsheets") else self.form_id
        return pattern.replace("(?:e/)?", "e/").replace("ID", own)

    def fields(self, endpoint: str) -> dict[str, str]:
        """Return fields that the endpoint would accept from its own page."""
        token = {"csrf": self.token()}
        return {
            "sheet": lambda: self.book.fields("A2", value="Чужой"),
            "undo": lambda: {"gid": "0", **token},
            "redo": lambda: {"gid": "0", **token},
            "rename": lambda: {"gid": "0", "value": "Чужой", **token},
            "switches": lambda: {"edit_after_submit": "on", **token},
            "deletion": lambda: {
                "responseId": str(self.school.responses(self.form_id)[0]["responseId"]),
                **token,
            },
            "answer": lambda: {"entry.10": "второй"},
            "list": lambda: {"action": "make", "kind": "folder", "name": "Чужая", **token},
            "signin": lambda: {"password": "не тот", "next": "/"},
            "signout": lambda: token,
        }[endpoint]()

    def state(self) -> object:
        """Return everything that a request could change."""
        owner = text(self.school.get(self.address("switches")))
        with self.school.workspace.store.transaction(writes=False) as tx:
            guesses = tx.execute("SELECT count(*) FROM staff_failure").fetchone()
        book = self.book.api.get(spreadsheetId=self.book.id, includeGridData=True).execute()
        return (
            [(sheet["properties"], sheet["data"]) for sheet in book["sheets"]],
            self.school.answers(self.form_id),
            "edit_after_submit" + owner.partition("edit_after_submit")[2].partition(">")[0],
            guesses,
            self.school.drive.files().list(fields="files(name,trashed)").execute(),
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


def served_target() -> Iterator[Target]:
    school = School()
    for address in served(school.workspace):
        yield Target(school, int(address.rpartition(":")[2]))
    school.workspace.close()


@pytest.fixture(scope="module")
def target() -> Iterator[Target]:
    """One workspace for all attacks, because none of them may change it."""
    yield from served_target()


@pytest.fixture
def own_target() -> Iterator[Target]:
    yield from served_target()


def patterns(*tables: Iterable[tuple[re.Pattern[str], object]]) -> set[str]:
    return {pattern.pattern.replace(routing._ID, "ID") for table in tables for pattern, _ in table}


def test_no_address_that_takes_a_post_is_forgotten_here() -> None:
    assert patterns(routing.RESPONDENTS, routing.STAFFS) == set(ENDPOINTS)


@pytest.mark.parametrize("endpoint", CHANGING)
def test_the_same_fields_from_the_page_itself_are_accepted(own_target: Target, endpoint: str) -> None:
    before = own_target.state()
    assert own_target.post(endpoint, {"origin": f"http://127.0.0.1:{own_target.port}"}) in (200, 303)
    assert own_target.state() != before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_a_foreign_or_rebound_host_name_is_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    for host in FOREIGN_HOSTS:
        assert target.post(endpoint, {"host": host}) == 421, host
        assert target.send("GET", target.address("sheet"), {"host": host}) == 421, host
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_a_post_from_a_page_of_another_origin_is_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    for origin in FOREIGN_ORIGINS:
        assert target.post(endpoint, {"origin": origin}) == 403, origin
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_a_post_that_the_browser_marks_as_cross_site_is_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    assert target.post(endpoint, {"sec-fetch-site": "cross-site"}) == 403
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_a_get_never_does_the_work_of_a_post(target: Target, endpoint: str) -> None:
    before = target.state()
    status = target.send("GET", f"{target.address(endpoint)}?{urlencode(target.fields(endpoint))}", {})
    assert status == (200 if endpoint in SHOWN_TOO else 405)
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_other_methods_are_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        assert target.send(method, target.address(endpoint), {}) == 405, method
    assert target.state() == before


@pytest.mark.parametrize("endpoint", STAFFS)
def test_staffs_posts_without_the_pages_token_are_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    fields = {name: value for name, value in target.fields(endpoint).items() if name != "csrf"}
    for given in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "é"}):
        assert target.school.post(target.address(endpoint), fields | given).status == 403, given
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_ten_megabytes_are_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    assert target.post(endpoint, more="&entry.10=" + "a" * 10_000_000) == 413
    assert target.state() == before


@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_bodies_that_no_form_sends_are_refused(target: Target, endpoint: str) -> None:
    before = target.state()
    for kind in ("application/json", "text/plain", ""):
        assert target.post(endpoint, {"content-type": kind}) == 400, kind
    assert target.state() == before


def test_the_method_cannot_be_overridden_into_a_page_change(target: Target) -> None:
    before = target.state()
    for endpoint in ENDPOINTS.values():
        address = f"{target.address(endpoint)}?{urlencode(target.fields(endpoint))}"
        assert target.send("GET", address, {"x-http-method-override": "POST"}) in (200, 405)
    assert target.state() == before


def shown(target: Target) -> dict[str, str]:
    """Give an address for each page that can be looked at."""
    form, book = target.form_id, target.book.id
    docs = build("docs", "v1", http=target.school.http).documents()
    document = docs.create(body={"title": "Приказ"}).execute()["documentId"]
    return {
        "/signin": "/signin",
        "/forms/d/(?:e/)?ID/viewform": f"/forms/d/e/{form}/viewform",
        "/(?:drive/folders/ID)?": "/",
        "/forms/d/ID/edit": f"/forms/d/{form}/edit",
        "/spreadsheets/d/ID(?:/edit)?": f"/spreadsheets/d/{book}/edit?cell=A2",
        "/spreadsheets/d/ID/download": f"/spreadsheets/d/{book}/download?format=xlsx",
        "/document/d/ID(?:/edit)?": f"/document/d/{document}/edit",
        "/document/d/ID/download": f"/document/d/{document}/download?format=docx",
        "/drive/files/ID/download": f"/drive/files/{form}/download",
    }


def test_every_page_has_a_policy_without_inline_script_and_refuses_foreign_names(target: Target) -> None:
    pages = shown(target)
    assert patterns(routing.SHOWN) == set(pages)
    for address in pages.values():
        answer = target.school.get(address)
        policy = answer.headers["content-security-policy"]
        assert answer.status == 200
        assert policy.startswith("default-src 'none'; ") and "frame-ancestors 'none'" in policy
        scripts = re.findall(r"script-src ([^;]*);", policy)
        assert all(re.fullmatch(r"'nonce-[\w-]{22}'", one) for one in scripts)
        assert bool(scripts) == (address.startswith("/spreadsheets/") and "/edit" in address)
        body = answer.body.decode("utf-8", "replace")
        assert len(re.findall(r"<script\b", body)) == len(scripts)
        assert not re.search(r"\son[a-z]+=|href=\"?javascript:", body)
        assert target.send("GET", address, {"host": "evil.example"}) == 421
        assert target.send("GET", address, {"host": "127.0.0.2:8080"}) == 421
        assert target.send("POST", address.partition("?")[0], {"origin": "null"}) == 403


def test_a_nonce_is_never_the_same_twice(target: Target) -> None:
    address = shown(target)["/spreadsheets/d/ID(?:/edit)?"]
    policies = {target.school.get(address).headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


@pytest.mark.parametrize("name", ["sheet.js", "pages.css", "icon.svg"])
def test_the_fixed_files_are_what_they_say_and_nothing_else_is_given(target: Target, name: str) -> None:
    answer = target.school.get(f"/static/{name}")
    assert answer.status == 200 and answer.headers["x-content-type-options"] == "nosniff"
    kind = {"sheet.js": "text/javascript", "pages.css": "text/css", "icon.svg": "image/svg+xml"}[name]
    assert answer.headers["content-type"].partition(";")[0] == kind
    for other in ("../routing.py", "..%2frouting.py", "nothing.js", ""):
        assert target.school.get(f"/static/{other}").status == 404


@pytest.mark.parametrize(
    "path", ["/v4/spreadsheets", "/drive/v3/files", "/v1/forms", "/batch/drive/v3", "/token"]
)
@pytest.mark.parametrize(
    "headers", [{"host": "evil.example"}, {"origin": "http://evil.example"}, {"origin": "null"}]
)
def test_the_apis_too_refuse_a_foreign_name_or_origin(
    target: Target, path: str, headers: dict[str, str]
) -> None:
    before = target.state()
    sent = {"content-type": "application/json", **headers}
    assert target.send("POST", path, sent, "{}") == (421 if "host" in headers else 403)
    assert target.state() == before


def test_a_body_without_end_is_refused_and_the_workspace_answers_on(target: Target) -> None:
    door = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    door.putrequest("POST", target.address("answer"))
    door.putheader("content-type", URLENCODED)
    door.putheader("content-length", str(10**12))
    door.endheaders(b"entry.10=")
    assert door.getresponse().status == 413
    door.close()
    assert target.send("GET", "/", {}) == 200


def test_f63_a_client_that_sends_a_letter_a_second_keeps_nobody_waiting(target: Target) -> None:
    slow = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    slow.putrequest("POST", target.address("answer"))
    slow.putheader("content-type", URLENCODED)
    slow.putheader("content-length", "50")
    slow.endheaders(b"entry")
    for _ in range(3):
        assert target.send("GET", "/", {}) == 200
    slow.send(b".10=")
    assert target.post("signin") == 403
    slow.close()


def test_two_host_names_in_one_request_are_refused(target: Target) -> None:
    door = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    door.putrequest("GET", "/", skip_host=True)
    for host in (f"127.0.0.1:{target.port}", "evil.example"):
        door.putheader("host", host)
    door.endheaders()
    assert door.getresponse().status in (400, 421)
    door.close()
