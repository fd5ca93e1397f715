"""Staff's sign-in when the workspace is open to a network, and what stays open to respondents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.pages.signin import first_password, new_password
from sheets_sync.emulator.wire import Response
from tests.conformance.forms.school import BASE, School, question, text
from tests.conformance.pages.test_sheets import Book


class Guarded:
    """A school's workspace, filled while open and then served with sign-in; a browser with one cookie."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.book = Book(school)
        self.form_id = school.form(question("0000000a", textQuestion={}))
        school.workspace.settings = type(school.workspace.settings)(BASE, "on")
        password = first_password(school.workspace.store, school.workspace.ids)
        assert password is not None
        self.password = password
        self.cookie = ""

    @property
    def workspace(self) -> Emulator:
        return self.school.workspace

    def get(self, path: str) -> Response:
        return self.workspace.handle(request_of("GET", BASE + path, self._headers()))

    def post(self, path: str, fields: dict[str, str]) -> Response:
        sent = self._headers() | {"content-type": "application/x-www-form-urlencoded"}
        answer = self.workspace.handle(request_of("POST", BASE + path, sent, urlencode(fields)))
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def enter(self, password: str, wanted: str = "/") -> Response:
        return self.post("/signin", {"password": password, "next": wanted})

    def _headers(self) -> dict[str, str]:
        return {"host": "127.0.0.1:8080"} | ({"cookie": self.cookie} if self.cookie else {})


@pytest.fixture
def guarded(school: School) -> Iterator[Guarded]:
    yield Guarded(school)


def token_in(page: Response) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', text(page))
    assert found
    return found[1]


def test_staffs_pages_send_a_stranger_to_the_sign_in(guarded: Guarded) -> None:
    sheet, form = f"/spreadsheets/d/{guarded.book.id}/edit", f"/forms/d/{guarded.form_id}/edit"
    for path in ("/", sheet, form, "/drive/folders/none", "/document/d/none/edit"):
        answer = guarded.get(path)
        assert (answer.status, answer.headers["location"]) == (303, f"/signin?next={path}")
        assert answer.body == b""
    for path in (sheet, form, f"/forms/d/{guarded.form_id}/deleteResponse", "/signout"):
        assert guarded.post(path, {}).status == 403


def test_f63_after_the_sign_in_one_is_on_the_sheet_that_was_asked_for(guarded: Guarded) -> None:
    path = f"/spreadsheets/d/{guarded.book.id}/edit?gid=0&find=%D1%8F&cell=A2"
    sent = guarded.get(path)
    page = guarded.get(sent.headers["location"])
    [wanted] = re.findall(r'name="next" value="([^"]+)"', text(page))
    assert guarded.enter(guarded.password, unescape(wanted)).headers["location"] == path


def test_a_cookie_that_a_stranger_has_planted_opens_nothing_after_the_sign_in(guarded: Guarded) -> None:
    guarded.cookie = "staff_session=planted"
    answer = guarded.enter(guarded.password)
    assert answer.status == 303 and guarded.cookie != "staff_session=planted"
    assert guarded.get("/").status == 200
    guarded.cookie = "staff_session=planted"
    assert guarded.get("/").status == 303


@pytest.mark.parametrize("address", ["https://school.example", "http://127.0.0.1:8080"])
def test_behind_tls_the_cookie_never_travels_in_the_open(guarded: Guarded, address: str) -> None:
    guarded.school.workspace.settings = type(guarded.school.workspace.settings)(address, "on")
    cookie = guarded.enter(guarded.password).headers["set-cookie"]
    assert ("; Secure" in cookie) == address.startswith("https:")


def test_a_respondents_form_stays_open(guarded: Guarded) -> None:
    assert guarded.get(f"/forms/d/e/{guarded.form_id}/viewform").status == 200
    sent = guarded.post(f"/forms/d/e/{guarded.form_id}/formResponse", {"entry.10": "да"})
    assert sent.status == 200 and guarded.cookie == ""


def test_the_right_password_opens_the_pages_until_the_sign_out(guarded: Guarded) -> None:
    path = f"/spreadsheets/d/{guarded.book.id}/edit"
    answer = guarded.enter(guarded.password, path)
    assert (answer.status, answer.headers["location"]) == (303, path)
    for word in ("HttpOnly", "SameSite=Strict", "Path=/"):
        assert word in answer.headers["set-cookie"]
    kept = guarded.cookie
    assert guarded.get(path).status == 200
    assert guarded.post("/signout", {"csrf": token_in(guarded.get("/"))}).status == 303
    guarded.cookie = kept
    assert guarded.get(path).status == 303


def test_a_session_ends_after_twelve_hours(guarded: Guarded) -> None:
    guarded.enter(guarded.password)
    guarded.school.later(hours=11, minutes=59)
    assert guarded.get("/").status == 200
    guarded.school.later(minutes=2)
    assert guarded.get("/").status == 303


def test_the_token_of_one_session_is_refused_in_another(guarded: Guarded) -> None:
    guarded.enter(guarded.password)
    stolen = token_in(guarded.get("/"))
    guarded.enter(guarded.password)
    assert guarded.post("/signout", {"csrf": stolen}).status == 403
    assert guarded.get("/").status == 200


def test_after_ten_wrong_passwords_even_the_right_one_waits_ten_minutes(guarded: Guarded) -> None:
    for _ in range(10):
        assert guarded.enter("не тот").status == 403
    assert guarded.enter(guarded.password).status == 429
    guarded.school.now += timedelta(minutes=11)
    assert guarded.enter(guarded.password).status == 303


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", ""]
)
def test_nobody_is_sent_to_another_site_after_the_sign_in(guarded: Guarded, wanted: str) -> None:
    assert guarded.enter(guarded.password, wanted).headers["location"] == "/"


def test_the_password_is_told_once_and_kept_only_as_a_hash(guarded: Guarded) -> None:
    store, ids = guarded.workspace.store, guarded.workspace.ids
    assert first_password(store, ids) is None
    with store.transaction(writes=False) as tx:
        kept = repr(tx.execute("SELECT * FROM staff_password").fetchall())
    assert guarded.password not in kept
    guarded.enter(guarded.password)
    renewed = new_password(store, ids)
    assert guarded.get("/").status == 303
    guarded.cookie = ""
    assert guarded.enter(guarded.password).status == 403
    assert guarded.enter(renewed).status == 303
