"""drive.file opens what the program made and nothing else; revisions; Drive's second version."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorHttp
from sheets_sync.emulator.wire import Response
from tests.conformance.discovery import CheckedEmulator

AUTH = "https://www.googleapis.com/auth/"
FOLDER = "application/vnd.google-apps.folder"
SHEET = "application/vnd.google-apps.spreadsheet"
CURATOR = "curator@school.example"


@pytest.fixture
def guarded() -> Iterator[Emulator]:
    made = CheckedEmulator(clock=lambda: datetime(2022, 12, 23, tzinfo=UTC), auth="on")
    for client, scopes in {"ours": ["drive.file"], "theirs": ["drive.file"], "all": ["drive"]}.items():
        full = [f"{AUTH}{scope}" for scope in [*scopes, *(["spreadsheets"] if client == "theirs" else [])]]
        made.register_refresh_token(client, client_id=client, client_secret="s", email=CURATOR, scopes=full)
    yield made
    made.close()


def ask(emulator: Emulator, client: str, method: str, path: str, body: Any = None) -> Response:
    form = f"grant_type=refresh_token&refresh_token={client}&client_id={client}&client_secret=s"
    token = json.loads(emulator.handle(request_of("POST", "/token", {}, form)).body)["access_token"]
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    return emulator.handle(request_of(method, path, headers, None if body is None else json.dumps(body)))


def make(emulator: Emulator, client: str, **body: Any) -> str:
    answer = ask(emulator, client, "POST", "/drive/v3/files", {"name": "f", "mimeType": SHEET, **body})
    assert answer.status == 200
    return str(json.loads(answer.body)["id"])


def names(emulator: Emulator, client: str) -> list[str]:
    found = json.loads(ask(emulator, client, "GET", "/drive/v3/files").body)["files"]
    return [one["id"] for one in found]


def test_f61_drive_file_opens_what_the_program_made(guarded: Emulator) -> None:
    own, other = make(guarded, "ours"), make(guarded, "all")
    assert names(guarded, "ours") == [own]
    assert set(names(guarded, "all")) == {own, other}
    for path in (f"/drive/v3/files/{other}", f"/v4/spreadsheets/{other}"):
        assert ask(guarded, "ours", "GET", path).status == 404
        assert ask(guarded, "all", "GET", path).status == 200
    assert ask(guarded, "ours", "GET", f"/v4/spreadsheets/{own}").status == 200
    assert ask(guarded, "ours", "DELETE", f"/drive/v3/files/{other}").status == 404


def test_a_wider_scope_opens_the_editors_files_and_not_drives(guarded: Emulator) -> None:
    other = make(guarded, "all")
    assert ask(guarded, "theirs", "GET", f"/v4/spreadsheets/{other}").status == 200
    assert ask(guarded, "theirs", "GET", f"/drive/v3/files/{other}").status == 404


def test_a_file_cannot_be_put_into_a_folder_that_is_not_seen(guarded: Emulator) -> None:
    folder = make(guarded, "all", mimeType=FOLDER)
    body = {"name": "f", "mimeType": SHEET, "parents": [folder]}
    assert ask(guarded, "ours", "POST", "/drive/v3/files", body).status == 404
    own = make(guarded, "ours", mimeType=FOLDER)
    assert make(guarded, "ours", parents=[own]) in names(guarded, "ours")


def test_a_copy_belongs_to_the_program_that_made_it(guarded: Emulator) -> None:
    own = make(guarded, "ours")
    copy = json.loads(ask(guarded, "ours", "POST", f"/drive/v3/files/{own}/copy", {}).body)["id"]
    assert set(names(guarded, "ours")) == {own, copy}
    assert names(guarded, "theirs") == []


@pytest.fixture
def second(emulator: CheckedEmulator) -> Any:
    return build("drive", "v2", http=EmulatorHttp(emulator), static_discovery=True)


def test_the_latest_revision_is_listed_and_cannot_be_deleted(drive: Any) -> None:
    media = MediaInMemoryUpload(b"one", "text/plain")
    made = drive.files().create(body={"name": "a.txt"}, media_body=media).execute()["id"]
    listed = drive.revisions().list(fileId=made, fields="revisions(id,size,keepForever)").execute()
    head = drive.files().get(fileId=made, fields="headRevisionId").execute()["headRevisionId"]
    assert listed == {"revisions": [{"id": head, "size": "3", "keepForever": False}]}
    kept = drive.revisions().update(fileId=made, revisionId=head, body={"keepForever": True}, fields="*")
    assert kept.execute()["keepForever"] is True
    assert drive.revisions().get_media(fileId=made, revisionId=head).execute() == b"one"
    for name, status in ((head, 403), ("none", 404)):
        with pytest.raises(Exception, match=str(status)):
            drive.revisions().delete(fileId=made, revisionId=name).execute()


def test_f60_the_second_version_makes_finds_changes_and_trashes_files(second: Any, drive: Any) -> None:
    folder = second.files().insert(body={"title": "Папка", "mimeType": FOLDER}).execute()
    body = {"title": "а.csv", "parents": [{"id": folder["id"]}], "properties": [{"key": "k", "value": "v"}]}
    media = MediaInMemoryUpload("раз,два".encode(), "text/csv")
    made = second.files().insert(body=body, media_body=media, convert=True).execute()
    assert (made["title"], made["mimeType"]) == ("а", SHEET)
    assert [one["id"] for one in made["parents"]] == [folder["id"]]
    assert drive.files().get(fileId=made["id"], fields="appProperties").execute() == {
        "appProperties": {"k": "v"}
    }
    query = f"'{folder['id']}' in parents and title contains 'а' and trashed = false"
    assert [one["id"] for one in second.files().list(q=query, maxResults=5).execute()["items"]] == [
        made["id"]
    ]
    assert second.children().list(folderId=folder["id"]).execute()["items"][0]["id"] == made["id"]
    renamed = second.files().patch(fileId=made["id"], body={"title": "б", "labels": {"starred": True}})
    assert renamed.execute()["labels"]["starred"] is True
    assert drive.files().get(fileId=made["id"]).execute()["name"] == "б"
    assert second.files().trash(fileId=made["id"]).execute()["labels"]["trashed"] is True
    assert second.files().untrash(fileId=made["id"]).execute()["labels"]["trashed"] is False
    moved = second.files().update(fileId=made["id"], body={"parents": [{"id": "root"}]}).execute()
    assert moved["parents"][0]["isRoot"] is True
    second.files().delete(fileId=made["id"]).execute()
    assert second.files().list(q="title = 'б'").execute()["items"] == []


def test_the_second_version_shares_and_tells(second: Any) -> None:
    made = second.files().insert(body={"title": "f", "mimeType": SHEET}).execute()["id"]
    anyone = {"type": "anyone", "value": "anyone", "role": "reader", "withLink": True}
    shared = second.permissions().insert(fileId=made, body=anyone).execute()
    assert (shared["id"], shared["role"]) == ("anyoneWithLink", "reader")
    more = {"type": "user", "value": "x@school.example", "role": "reader", "additionalRoles": ["commenter"]}
    second.permissions().insert(fileId=made, body=more).execute()
    listed = second.permissions().list(fileId=made).execute()["items"]
    assert [(one["type"], one["role"], one.get("additionalRoles")) for one in listed] == [
        ("anyone", "reader", None),
        ("user", "owner", None),
        ("user", "reader", ["commenter"]),
    ]
    second.permissions().delete(fileId=made, permissionId="anyoneWithLink").execute()
    assert len(second.permissions().list(fileId=made).execute()["items"]) == 2
    about = second.about().get().execute()
    assert about["rootFolderId"] == second.files().get(fileId="root").execute()["id"]
    assert any(item["source"] == "text/csv" for item in about["importFormats"])
    changed = second.changes().list().execute()["items"]
    assert changed[-1]["fileId"] == made


@pytest.mark.parametrize("named", [{"corpora": "default"}, {"corpora": "domain"}, {"corpus": "DEFAULT"}])
def test_the_second_version_knows_the_bodies_of_items_by_its_own_names(second: Any, named: Any) -> None:
    """Source: the discovery document of v2, files.list (`default`, `domain`, `drive`, `allDrives`)."""
    made = second.files().insert(body={"title": "Папка", "mimeType": FOLDER}).execute()["id"]
    assert [one["id"] for one in second.files().list(q="title = 'Папка'", **named).execute()["items"]] == [
        made
    ]


def test_what_the_second_version_lacks_is_refused_by_name(second: Any) -> None:
    with pytest.raises(Exception, match=r"drive\.v2\.apps\.list"):
        second.apps().list().execute()
