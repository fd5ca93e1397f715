"""The application data folder: hidden, each program's own, neither shared nor moved nor put into the trash.

Expected texts: Drive's guide "Store application-specific data" and a public issue that quotes the scope's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.core import Emulator, request_of
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.drive.test_own_files import AUTH, CURATOR, ask

SPACE = "appDataFolder"
FOLDER = "application/vnd.google-apps.folder"
PLAIN = "Method not supported for files within the Application Data folder."


def put(drive: Any, parent: str = SPACE, name: str = "config.json", **body: Any) -> str:
    media = MediaInMemoryUpload(b"{}", mimetype="application/json")
    asked = {"name": name, "parents": [parent], **body}
    made: str = drive.files().create(body=asked, media_body=media, fields="id").execute()["id"]
    return made


def found(drive: Any, **asked: Any) -> list[str]:
    return [one["id"] for one in drive.files().list(**asked).execute()["files"]]


def test_f62_what_is_put_there_is_listed_in_its_space_only(drive: Any) -> None:
    made = put(drive)
    folder = drive.files().get(fileId=SPACE, fields="id,mimeType,spaces").execute()
    assert (folder["mimeType"], folder["spaces"]) == (FOLDER, [SPACE])
    shown = drive.files().get(fileId=made, fields="parents,spaces,shared").execute()
    assert shown == {"parents": [folder["id"]], "spaces": [SPACE], "shared": False}
    assert found(drive) == []
    assert found(drive, spaces=SPACE) == [made]
    assert found(drive, spaces=SPACE, q=f"'{SPACE}' in parents and name = 'config.json'") == [made]
    assert found(drive, spaces=f"drive,{SPACE}") == [made]
    assert found(drive, spaces="drive", q=f"'{SPACE}' in parents") == []
    assert drive.files().get_media(fileId=made).execute() == b"{}"
    drive.files().delete(fileId=made).execute()
    assert found(drive, spaces=SPACE) == []


def test_folders_and_copies_inside_stay_inside(drive: Any) -> None:
    body = {"name": "a", "mimeType": FOLDER, "parents": [SPACE]}
    folder = drive.files().create(body=body, fields="id,spaces").execute()
    inner = put(drive, folder["id"])
    copied = drive.files().copy(fileId=inner, fields="id,spaces,parents").execute()
    assert (copied["spaces"], copied["parents"]) == ([SPACE], [folder["id"]])
    assert found(drive) == []
    moved = drive.files().update(fileId=inner, addParents=SPACE, removeParents=folder["id"], fields="spaces")
    assert moved.execute() == {"spaces": [SPACE]}


def refused(request: Any) -> tuple[int, str, str]:
    with pytest.raises(HttpError) as caught:
        request.execute()
    error = json.loads(caught.value.content)["error"]
    return error["code"], error["errors"][0]["reason"], error["message"]


def test_it_is_neither_shared_nor_moved_nor_trashed(drive: Any) -> None:
    made, plain = put(drive), put(drive, "root")
    reason = "notSupportedForAppDataFolderFiles"
    grant = {"type": "anyone", "role": "reader"}
    assert refused(drive.permissions().create(fileId=made, body=grant)) == (403, reason, PLAIN)
    assert refused(drive.files().update(fileId=made, addParents="root")) == (403, reason, PLAIN)
    assert refused(drive.files().update(fileId=plain, addParents=SPACE)) == (403, reason, PLAIN)
    assert refused(drive.files().update(fileId=made, body={"trashed": True}))[:2] == (403, reason)
    assert refused(drive.files().list(spaces="photo"))[:2] == (400, "invalid")


def test_changes_tell_of_it_only_in_its_space(drive: Any) -> None:
    start = drive.changes().getStartPageToken().execute()["startPageToken"]
    made, plain = put(drive), put(drive, "root")

    def changed(**asked: Any) -> list[str]:
        answer = drive.changes().list(pageToken=start, **asked).execute()
        return [one["fileId"] for one in answer["changes"]]

    assert changed() == [plain]
    assert changed(spaces=SPACE) == [made]
    assert changed(spaces=f"drive,{SPACE}", restrictToMyDrive=True) == [plain]


def test_ids_are_made_for_both_spaces(drive: Any) -> None:
    answer = drive.files().generateIds(space=SPACE, count=1).execute()
    assert (answer["space"], len(answer["ids"])) == (SPACE, 1)
    assert put(drive, id=answer["ids"][0]) == answer["ids"][0]
    assert refused(drive.files().generateIds(space="x"))[0] == 400
    assert refused(drive.files().generateIds(space=SPACE, type="shortcuts"))[0] == 400


@pytest.fixture
def guarded() -> Iterator[Emulator]:
    made = CheckedEmulator(clock=lambda: datetime(2022, 12, 23, tzinfo=UTC), auth="on")
    scopes = {"ours": ["drive.appdata"], "theirs": ["drive.appdata", "drive"], "all": ["drive"]}
    for client, names in scopes.items():
        full = [f"{AUTH}{name}" for name in names]
        made.register_refresh_token(client, client_id=client, client_secret="s", email=CURATOR, scopes=full)
    yield made
    made.close()


def listed(emulator: Emulator, client: str, spaces: str) -> tuple[int, Any]:
    answer = ask(emulator, client, "GET", f"/drive/v3/files?spaces={spaces}")
    body = json.loads(answer.body)
    if answer.status != 200:
        return answer.status, body["error"]["errors"][0]["reason"]
    return 200, [one["id"] for one in body["files"]]


def test_f61_only_the_program_that_made_it_with_the_scope_for_it_reaches_it(guarded: Emulator) -> None:
    body = {"name": "a", "mimeType": FOLDER, "parents": [SPACE]}
    answer = ask(guarded, "ours", "POST", "/drive/v3/files", body)
    made = json.loads(answer.body)["id"]
    assert listed(guarded, "ours", SPACE) == (200, [made])
    assert listed(guarded, "theirs", SPACE) == (200, [])
    assert listed(guarded, "all", SPACE) == (403, "insufficientScopes")
    assert listed(guarded, "ours", "drive") == (403, "insufficientScopes")
    for client, status in (("ours", 200), ("theirs", 404), ("all", 404)):
        assert ask(guarded, client, "GET", f"/drive/v3/files/{made}").status == status
    told = json.loads(ask(guarded, "all", "GET", f"/drive/v3/files/{SPACE}").body)["error"]
    assert told["message"] == "The granted scopes do not allow use of the Application Data folder."


def test_f65_staff_do_not_see_it_on_the_home_page(emulator: CheckedEmulator, drive: Any) -> None:
    put(drive, name="скрытое.json")
    put(drive, "root", name="видимое.json")
    for path in ("/", "/?find=.json"):
        page = emulator.handle(request_of("GET", path)).body.decode()
        assert "видимое.json" in page
        assert "скрытое.json" not in page
