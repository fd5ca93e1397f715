"""The same nights over every way to the services: Google's own hosts, a served workspace, this process."""

from __future__ import annotations

import base64
import io
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import uvicorn
from googleapiclient.http import MediaIoBaseUpload

from sheets_sync.bootstrap import School
from sheets_sync.emulator.accounts import new_key_pair, service_account_file
from sheets_sync.emulator.asgi import create_app
from sheets_sync.emulator.core import Emulator, system_clock
from sheets_sync.emulator.docs import docximport
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from sheets_sync.errors import CredentialsError
from sheets_sync.google.auth import INIT_SCOPES, RUN_SCOPES, load_credentials
from sheets_sync.google.channel import Clock
from sheets_sync.google.connections import Wire, live, served
from sheets_sync.google.drive import DOCX_TYPE
from sheets_sync.google.page import empty_page
from sheets_sync.settings import copy_defaults, load_settings
from tests.small_school import SmallSchool

EMAIL = "program@school.iam.gserviceaccount.example"
NOW = datetime(2022, 9, 20, 20, 0, tzinfo=UTC)
ROOT = "https://www.googleapis.com/auth/"


@dataclass
class Seen:
    """Requests as they left the client libraries: address and headers."""

    emulator: Emulator
    addresses: list[str] = field(default_factory=list)
    bearers: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=list)

    def note(self, url: str, headers: Any, body: Any) -> None:
        self.addresses.append(urlsplit(url)._replace(query="").geturl())
        sent = {str(key).lower(): value for key, value in dict(headers or {}).items()}
        self.bearers.append(str(sent.get("authorization", "")))
        if url.endswith("/token"):
            text = body.decode() if isinstance(body, bytes) else str(body)
            claims = parse_qs(text)["assertion"][0].split(".")[1]
            padded = claims + "=" * (-len(claims) % 4)
            self.scopes += json.loads(base64.urlsafe_b64decode(padded))["scope"].split()


class SeenAdapter(EmulatorAdapter):
    """A transport of requests that notes what passes."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(seen.emulator)
        self._seen = seen

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self._seen.note(request.url or "", request.headers, request.body)
        return super().send(request, *args, **kwargs)


class SeenHttp(EmulatorHttp):
    """An httplib2-shaped transport that notes what passes."""

    def __init__(self, seen: Seen) -> None:
        super().__init__(seen.emulator)
        self._seen = seen

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Any = None,
        redirections: int = 5,
        connection_type: Any = None,
    ) -> tuple[Any, bytes]:
        self._seen.note(uri, headers, body)
        return super().request(uri, method, body, headers, redirections, connection_type)


@pytest.fixture
def key_file(tmp_path: Path) -> tuple[Path, str]:
    """A service account's key file, as Google's console gives it, and its public half."""
    private, public = new_key_pair()
    content = service_account_file(EMAIL, "key-1", private, "https://oauth2.googleapis.com/token")
    path = tmp_path / "key.json"
    path.write_text(json.dumps(content), "utf-8")
    path.chmod(0o600)
    return path, public


def test_f54_with_a_key_the_calls_go_to_googles_hosts_with_a_token_of_the_least_scopes(
    tmp_path: Path, key_file: tuple[Path, str]
) -> None:
    path, public = key_file
    emulator = Emulator(":memory:", clock=lambda: NOW, auth="on", token_clock=system_clock)
    emulator.register_service_account(EMAIL, "key-1", public)
    copy_defaults(tmp_path / "school")
    seen = Seen(emulator)
    wire = Wire(SeenAdapter(seen), lambda: SeenHttp(seen))
    making = live(load_credentials(path, INIT_SCOPES), Clock(sleep=lambda seconds: None), wire)
    School(load_settings(tmp_path / "school" / "config"), making, lambda: NOW).initialise()
    assert sorted(set(seen.scopes)) == sorted(
        ROOT + name
        for name in (
            "documents",
            "drive.file",
            "forms.body",
            "forms.body.readonly",
            "forms.responses.readonly",
            "spreadsheets",
        )
    )
    seen.addresses.clear()
    seen.bearers.clear()
    seen.scopes.clear()

    channel = live(load_credentials(path, RUN_SCOPES), Clock(sleep=lambda seconds: None), wire)
    settings = load_settings(tmp_path / "school" / "config")
    report = School(settings, channel, lambda: NOW).run("nightly", date(2022, 9, 20))

    hosts = {urlsplit(address).netloc for address in seen.addresses}
    assert hosts == {
        "oauth2.googleapis.com",
        "sheets.googleapis.com",
        "forms.googleapis.com",
        "docs.googleapis.com",
        "www.googleapis.com",  # Drive
    }
    assert sorted(set(seen.scopes)) == sorted(
        ROOT + name
        for name in (
            "documents",
            "drive.file",
            "forms.body.readonly",
            "forms.responses.readonly",
            "spreadsheets",
        )
    )
    assert all(
        bearer.startswith("Bearer ")
        for address, bearer in zip(seen.addresses, seen.bearers, strict=True)
        if not address.endswith("/token")
    )
    assert report.requests.token == 1
    emulator.close()


def test_f54_a_key_file_that_others_may_read_is_refused(key_file: tuple[Path, str]) -> None:
    path, _ = key_file
    path.chmod(0o644)

    with pytest.raises(CredentialsError) as refused:
        load_credentials(path, RUN_SCOPES)

    assert refused.value.exit_code == 3
    assert "chmod 600" in refused.value.next_step


def test_f01_a_second_init_makes_nothing_and_a_first_one_makes_everything(tmp_path: Path) -> None:
    school = SmallSchool(tmp_path)
    first = school.open().initialise()
    before = school.emulator.last_request()

    second = school.open().initialise()

    writes = [name for name in school.emulator.requests(since=before) if not name.endswith(".get")]
    assert len(first.made) == 1 + 2 + 4 + 5 + 1 + 20  # table, folders, those inside, forms, links, templates
    assert len(school.form_ids()) == 5
    assert (second.made, writes) == ((), [])
    assert second.spreadsheet == first.spreadsheet
    school.close()


def test_f40_init_says_which_templates_lost_their_page_numbers_and_what_to_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service's conversion is not documented to keep the field: here is one that loses it."""
    monkeypatch.setattr(docximport, "_FIELDS", {})
    school = SmallSchool(tmp_path)

    first = school.open().initialise()

    assert len(first.unnumbered) == 20
    assert "Вставка → Номера страниц" in "\n".join(first.lines())
    school.night(date(2022, 9, 5))
    asked = school.book().worksheet("Вопросы к данным").col_values(4)
    assert sum(str(place).startswith("документ «Шаблон.") for place in asked) == 20
    monkeypatch.undo()
    for name in (first.unnumbered[0], first.unnumbered[1]):
        number_pages(school, name)
    again = school.open().initialise()
    assert again.unnumbered == first.unnumbered[2:]
    assert len(again.made) == 2
    school.close()


def number_pages(school: SmallSchool, name: str) -> None:
    """Put a converted page with numbers in the template's place, as a person's click would leave it."""
    found = school.drive().list(q=f"name = '{name}'", fields="files(id)").execute()["files"]
    (template,) = [one["id"] for one in found]
    page = MediaIoBaseUpload(io.BytesIO(empty_page(landscape=False)), mimetype=DOCX_TYPE)
    school.drive().update(fileId=template, media_body=page).execute()


@pytest.fixture
def served_school(tmp_path: Path) -> Iterator[tuple[SmallSchool, str]]:
    """A small school whose workspace answers on a port of the loopback."""
    school = SmallSchool(tmp_path / "school")
    school.initialise()
    school.everybody_applies()
    config = uvicorn.Config(create_app(school.emulator), host="127.0.0.1", port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield school, f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    school.close()


def test_f60_a_night_over_http_is_the_night_in_this_process(served_school: tuple[SmallSchool, str]) -> None:
    school, address = served_school
    day = date(2022, 9, 20)
    school.now = datetime(2022, 9, 20, 20, 0, tzinfo=UTC)
    settings = load_settings(school.directory / "config")
    planned = school.open().plan("nightly", day)

    over_http = School(settings, served(address), lambda: school.now)
    assert over_http.plan("nightly", day).digest == planned.digest
    report = over_http.run("nightly", day)
    over_http.channel.close()

    assert (report.registry.people, report.responses["application"].new) == (19, 19)
    assert school.night(day).writes == 0
