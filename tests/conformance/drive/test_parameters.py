"""Query parameters and fields of Drive v3: each is done, or refused by its name; none is passed over.

Expected behaviour: the descriptions in the discovery document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorHttp
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.drive.test_own_files import AUTH, ask

FOLDER = "application/vnd.google-apps.folder"


def make(drive: Any, name: str = "a", **body: Any) -> str:
    made: str = drive.files().create(body={"name": name, **body}, fields="id").execute()["id"]
    return made


def refused(request: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as caught:
        request.execute()
    error = json.loads(caught.value.content)["error"]
    return error["code"], error["message"]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ({"includeLabels": "x"}, "includeLabels"),
        ({"body": {"clientEncryptionDetails": {"encryptionState": "encrypted"}}}, "clientEncryptionDetails"),
    ],
)
def test_f60_what_files_do_not_do_is_refused_by_name(drive: Any, asked: dict[str, Any], named: str) -> None:
    code, message = refused(drive.files().create(**{"body": {"name": "a"}, **asked}))
    assert code == 501
    assert named in message
    assert drive.files().list().execute()["files"] == []


def test_what_permissions_and_drives_do_not_do_is_refused_by_name(drive: Any) -> None:
    made = make(drive)
    grant = {"type": "anyone", "role": "reader"}
    limited = {**grant, "inheritedPermissionsDisabled": True}
    assert refused(drive.permissions().create(fileId=made, body=limited))[0] == 501
    pictured = {"name": "a", "backgroundImageFile": {"id": made}}
    assert refused(drive.drives().create(requestId="1", body=pictured))[0] == 501


def test_what_is_given_out_only_cannot_be_written(drive: Any) -> None:
    for field, value in (
        ("fileExtension", "txt"),
        ("spaces", ["drive"]),
        ("thumbnailLink", "x"),
        ("linkShareMetadata", {}),
    ):
        code, message = refused(drive.files().create(body={"name": "a", field: value}))
        assert (code, message) == (403, "The resource body includes fields which are not directly writable.")


def test_a_page_larger_than_allowed_is_cut_to_the_largest(drive: Any) -> None:
    made = make(drive)
    assert [one["id"] for one in drive.files().list(pageSize=5000).execute()["files"]] == [made]
    assert refused(drive.files().list(pageSize=0))[0] == 400
    assert refused(drive.files().generateIds(count=1001))[0] == 400


def test_the_published_view_is_shown_when_asked(drive: Any) -> None:
    form = make(drive, mimeType="application/vnd.google-apps.form")
    grant = {"type": "anyone", "role": "reader", "view": "published"}
    drive.permissions().create(fileId=form, body=grant).execute()

    def views(**asked: Any) -> list[Any]:
        shown = drive.files().get(fileId=form, fields="permissions,shared", **asked).execute()
        assert shown["shared"] is False
        return [one.get("view") for one in shown["permissions"]]

    assert views() == [None]
    assert sorted(map(str, views(includePermissionsForView="published"))) == ["None", "published"]
    assert (
        refused(drive.files().get(fileId=form, fields="id,shared", includePermissionsForView="x"))[0] == 400
    )


def test_text_given_for_the_index_is_found(drive: Any) -> None:
    made = make(drive, contentHints={"indexableText": "наставничество в школе"})
    make(drive, "b")
    found = drive.files().list(q="fullText contains 'наставничество'").execute()["files"]
    assert [one["id"] for one in found] == [made]
    assert "contentHints" not in drive.files().get(fileId=made, fields="*").execute()


def test_the_deprecated_name_of_the_copying_right_is_understood(drive: Any) -> None:
    made = make(drive, viewersCanCopyContent=False)
    shown = drive.files().get(fileId=made, fields="copyRequiresWriterPermission").execute()
    assert shown == {"copyRequiresWriterPermission": True}


def test_a_revision_is_kept_forever_when_asked(drive: Any) -> None:
    media = MediaInMemoryUpload(b"x", mimetype="text/plain")
    asked = drive.files().create(body={"name": "a"}, media_body=media, keepRevisionForever=True)
    made = asked.execute()["id"]
    listed = drive.revisions().list(fileId=made, fields="revisions.keepForever").execute()
    assert listed == {"revisions": [{"keepForever": True}]}


def test_a_file_given_away_moves_to_the_new_owners_root_only_when_asked(drive: Any) -> None:
    folder = make(drive, mimeType=FOLDER)
    stays, moves = make(drive, parents=[folder]), make(drive, parents=[folder])
    body = {"type": "user", "role": "owner", "emailAddress": "b@school.example"}
    for name, asked in ((stays, False), (moves, True)):
        drive.permissions().create(
            fileId=name, body=body, transferOwnership=True, moveToNewOwnersRoot=asked
        ).execute()
    parents = [
        drive.files().get(fileId=name, fields="parents").execute()["parents"] for name in (stays, moves)
    ]
    assert parents[0] == [folder]
    assert parents[1] != [folder]


def test_changes_of_one_shared_drive_are_listed_alone(drive: Any) -> None:
    shared = drive.drives().create(requestId="1", body={"name": "Школа"}).execute()["id"]
    start = drive.changes().getStartPageToken().execute()["startPageToken"]
    make(drive)
    body = {"name": "b", "parents": [shared]}
    inside = drive.files().create(body=body, supportsAllDrives=True).execute()["id"]
    asked = {"pageToken": start, "supportsAllDrives": True, "includeItemsFromAllDrives": True}
    changed = drive.changes().list(driveId=shared, **asked).execute()["changes"]
    assert [one["fileId"] for one in changed] == [inside]


def test_comments_are_copied_with_a_file_when_asked_but_for_settled_ones(drive: Any) -> None:
    made = make(drive)
    comments = drive.comments()
    names = [
        comments.create(fileId=made, body={"content": text}, fields="id").execute()["id"]
        for text in ("открытый", "закрытый")
    ]
    for name, body in zip(names, ({"content": "ответ"}, {"action": "resolve"}), strict=True):
        drive.replies().create(fileId=made, commentId=name, body=body, fields="id").execute()

    def held(name: str) -> list[tuple[str, list[str]]]:
        answer = comments.list(fileId=name, fields="*").execute()["comments"]
        return [(one["content"], [reply["content"] for reply in one["replies"]]) for one in answer]

    assert held(drive.files().copy(fileId=made).execute()["id"]) == []
    copied = drive.files().copy(fileId=made, copyComments=True).execute()["id"]
    assert held(copied) == [("открытый", ["ответ"])]


def test_comments_since_a_time_are_listed_and_a_reply_counts_for_its_comment(drive: Any) -> None:
    made = make(drive)
    comments = drive.comments()
    old, new = (
        comments.create(fileId=made, body={"content": text}, fields="id,modifiedTime").execute()
        for text in ("a", "b")
    )

    def since() -> list[str]:
        asked = comments.list(fileId=made, startModifiedTime=new["modifiedTime"], fields="comments(id)")
        return [one["id"] for one in asked.execute()["comments"]]

    assert since() == [new["id"]]
    body = {"content": "ответ"}
    drive.replies().create(fileId=made, commentId=old["id"], body=body, fields="id").execute()
    assert since() == [old["id"], new["id"]]


def test_shared_drives_are_found_by_a_query_and_keep_their_settings(drive: Any) -> None:
    body = {"name": "Школа наставников", "colorRgb": "#ff0000", "restrictions": {"domainUsersOnly": True}}
    made = drive.drives().create(requestId="1", body=body).execute()["id"]
    other = drive.drives().create(requestId="2", body={"name": "Архив", "hidden": True}).execute()["id"]
    shown = drive.drives().get(driveId=made, fields="colorRgb,restrictions,hidden").execute()
    assert shown == {"colorRgb": "#ff0000", "restrictions": {"domainUsersOnly": True}, "hidden": False}
    for query, wanted in (
        ("name contains 'Школа'", [made]),
        ("hidden = true", [other]),
        ("organizerCount = 0", []),
        ("memberCount >= 1 and name != 'Архив'", [made]),
    ):
        assert [one["id"] for one in drive.drives().list(q=query).execute()["drives"]] == wanted
    assert refused(drive.drives().list(q="mimeType = 'x'"))[0] == 400
    assert refused(drive.files().list(q="memberCount = 1"))[0] == 400


@pytest.fixture
def guarded() -> Iterator[Emulator]:
    made = CheckedEmulator(
        clock=lambda: datetime(2022, 12, 23, tzinfo=UTC), auth="on", owner="a@school.example"
    )
    for email in ("a@school.example", "b@school.example", "c@school.example"):
        made.register_refresh_token(
            email[0], client_id=email[0], client_secret="s", email=email, scopes=[f"{AUTH}drive"]
        )
    yield made
    made.close()


def test_f61_an_administrator_sees_the_shared_drives_of_others(guarded: Emulator) -> None:
    made = json.loads(ask(guarded, "b", "POST", "/drive/v3/drives?requestId=1", {"name": "x"}).body)["id"]
    query = "?useDomainAdminAccess=true"
    for client, asked, status in (("a", "", 404), ("a", query, 200), ("c", query, 404), ("b", "", 200)):
        assert ask(guarded, client, "GET", f"/drive/v3/drives/{made}{asked}").status == status
    listed = json.loads(ask(guarded, "a", "GET", f"/drive/v3/drives{query}").body)["drives"]
    assert [one["id"] for one in listed] == [made]


def test_f61_an_administrator_gives_an_abandoned_drive_an_organizer(guarded: Emulator) -> None:
    """Source: discovery, permissions.create (useDomainAdminAccess)."""
    made = json.loads(ask(guarded, "b", "POST", "/drive/v3/drives?requestId=1", {"name": "x"}).body)["id"]
    file = json.loads(ask(guarded, "b", "POST", "/drive/v3/files", {"name": "own"}).body)["id"]
    body = {"type": "user", "role": "organizer", "emailAddress": "c@school.example"}
    query = "?supportsAllDrives=true&useDomainAdminAccess=true"
    for client, name, asked, status in (
        ("a", made, "?supportsAllDrives=true", 404),
        ("c", made, query, 404),
        ("a", file, query, 404),
        ("a", made, query, 200),
    ):
        assert (
            ask(guarded, client, "POST", f"/drive/v3/files/{name}/permissions{asked}", body).status == status
        )
    assert ask(guarded, "c", "GET", f"/drive/v3/drives/{made}").status == 200


def test_shared_drives_answer_to_their_other_names_too(drive: Any, emulator: CheckedEmulator) -> None:
    body = {"name": "Школа", "colorRgb": "#ff0000"}
    made = drive.teamdrives().create(requestId="1", body=body, fields="*").execute()
    assert (made["kind"], made["name"], made["colorRgb"]) == ("drive#teamDrive", "Школа", "#ff0000")
    assert made["capabilities"]["canRenameTeamDrive"] is True
    assert [one["id"] for one in drive.drives().list().execute()["drives"]] == [made["id"]]
    assert [one["id"] for one in drive.teamdrives().list().execute()["teamDrives"]] == [made["id"]]
    old = build("drive", "v2", http=EmulatorHttp(emulator))
    for resource, kind in ((old.drives(), "drive#drive"), (old.teamdrives(), "drive#teamDrive")):
        [item] = resource.list(q="organizerCount = 1").execute()["items"]
        assert (item["kind"], item["name"], item["createdDate"]) == (kind, "Школа", made["createdTime"])
    pictured = {"name": "b", "backgroundImageFile": {"id": made["id"]}}
    assert refused(old.drives().insert(requestId="2", body=pictured))[0] == 501
    renamed = old.teamdrives().update(teamDriveId=made["id"], body={"name": "Дом"}).execute()
    assert renamed["name"] == "Дом"
    assert old.drives().hide(driveId=made["id"]).execute()["hidden"] is True
    old.teamdrives().delete(teamDriveId=made["id"]).execute()
    assert drive.drives().list().execute()["drives"] == []
