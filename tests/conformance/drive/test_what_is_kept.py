"""What Drive keeps of a file: its earlier contents, its restrictions, who watches it, who may have it.

Expected behaviour: the discovery document and Drive's guides "Manage file revisions", "Resolve errors",
"Notifications for resource changes", "Manage long-running operations", "Transfer file ownership", "Manage
folders with limited and expansive access", "Search for files and folders".
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.wire import Response
from tests.conformance.discovery import CheckedEmulator

AUTH = "https://www.googleapis.com/auth/"
FOLDER = "application/vnd.google-apps.folder"
DOCUMENT = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"
Json = dict[str, Any]


def text(content: str) -> MediaInMemoryUpload:
    return MediaInMemoryUpload(content.encode(), mimetype="text/plain")


def written(drive: Any, *contents: str) -> str:
    made: str = drive.files().create(body={"name": "a.txt"}, media_body=text(contents[0])).execute()["id"]
    for content in contents[1:]:
        drive.files().update(fileId=made, media_body=text(content)).execute()
    return made


def refused(request: Any) -> tuple[int, str, str]:
    with pytest.raises(HttpError) as caught:
        request.execute()
    error = json.loads(caught.value.content)["error"]
    return error["code"], error["errors"][0]["reason"], error["message"]


def kept(drive: Any, file_id: str) -> list[Json]:
    fields = "revisions(id,keepForever,size,md5Checksum)"
    found: list[Json] = drive.revisions().list(fileId=file_id, fields=fields).execute()["revisions"]
    return found


def test_every_content_of_a_file_is_a_revision_and_the_latest_is_its_head(drive: Any) -> None:
    made = written(drive, "один", "два", "три!")
    listed = kept(drive, made)
    assert [one["size"] for one in listed] == ["8", "6", "7"]
    head = drive.files().get(fileId=made, fields="headRevisionId,md5Checksum").execute()
    assert listed[-1]["id"] == head["headRevisionId"]
    assert listed[-1]["md5Checksum"] == head["md5Checksum"]
    first = drive.revisions().list(fileId=made, pageSize=2, fields="*").execute()
    rest = drive.revisions().list(fileId=made, pageSize=2, pageToken=first["nextPageToken"], fields="*")
    names = [one["id"] for one in first["revisions"] + rest.execute()["revisions"]]
    assert names == [one["id"] for one in listed]


def test_older_content_is_downloaded_where_it_is_kept_forever_and_that_is_for_good(drive: Any) -> None:
    made = written(drive, "один", "два")
    old = kept(drive, made)[0]["id"]
    asked = drive.revisions().get_media(fileId=made, revisionId=old)
    assert refused(asked) == (
        403,
        "download_restricted_for_revision",
        "This revision cannot be downloaded by the authenticated user.",
    )
    drive.revisions().update(fileId=made, revisionId=old, body={"keepForever": True}).execute()
    assert asked.execute().decode() == "один"
    used = drive.files().get(fileId=made, fields="quotaBytesUsed").execute()
    assert used == {"quotaBytesUsed": "14"}
    back = drive.revisions().update(fileId=made, revisionId=old, body={"keepForever": False})
    assert refused(back) == (
        400,
        "illegalKeepForeverModification",
        "Bad Request. Cannot update a revision to false that is marked as keepForever.",
    )


def test_a_deleted_head_gives_way_to_the_content_before_it_and_the_last_one_stays(drive: Any) -> None:
    made = written(drive, "один", "два", "три!")
    first, second, third = (one["id"] for one in kept(drive, made))
    drive.revisions().delete(fileId=made, revisionId=third).execute()
    assert drive.files().get_media(fileId=made).execute().decode() == "два"
    drive.revisions().delete(fileId=made, revisionId=first).execute()
    assert [one["id"] for one in kept(drive, made)] == [second]
    assert refused(drive.revisions().delete(fileId=made, revisionId=second))[0] == 403
    sheet = drive.files().create(body={"name": "s", "mimeType": SHEET}).execute()["id"]
    assert refused(drive.revisions().delete(fileId=sheet, revisionId="head"))[0] == 403


def test_older_content_that_is_not_kept_goes_after_thirty_days(drive: Any, emulator: Any) -> None:
    made = written(drive, "один", "два", "три!")
    drive.revisions().update(
        fileId=made, revisionId=kept(drive, made)[0]["id"], body={"keepForever": True}
    ).execute()
    emulator.clock.now += timedelta(days=29)
    assert len(kept(drive, made)) == 3
    emulator.clock.now += timedelta(days=2)
    assert [one["size"] for one in kept(drive, made)] == ["8", "7"]


CHANNEL = {
    "id": "01234567-89ab",
    "type": "web_hook",
    "address": "https://school.example/told",
    "token": "t=1",
}


def test_a_channel_is_opened_as_the_guide_shows_and_closed_once(drive: Any, emulator: Any) -> None:
    made = written(drive, "один")
    before = emulator.clock.now
    opened = drive.files().watch(fileId=made, body=CHANNEL).execute()
    expiration = datetime.fromtimestamp(int(opened.pop("expiration")) / 1000, UTC)
    assert timedelta(hours=1) <= expiration - before <= timedelta(hours=1, seconds=2)
    assert opened == {
        "kind": "api#channel",
        "id": CHANNEL["id"],
        "resourceId": opened["resourceId"],
        "resourceUri": f"http://127.0.0.1:8080/drive/v3/files/{made}?alt=json",
        "token": "t=1",
    }
    assert drive.channels().stop(body=opened).execute() == ""
    assert refused(drive.channels().stop(body=opened))[:2] == (404, "notFound")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": ""}, "required"),
        ({"type": "mail"}, "push.channelTypeUnknown"),
        ({"address": "http://school.example/told"}, "push.webhookUrlNotHttps"),
        ({"id": "taken"}, "channelIdNotUnique"),
        ({"expiration": "1000"}, "invalid"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(drive: Any, change: Json, reason: str) -> None:
    made = written(drive, "один")
    drive.files().watch(fileId=made, body={**CHANNEL, "id": "taken"}).execute()
    assert refused(drive.files().watch(fileId=made, body={**CHANNEL, **change}))[:2] == (400, reason)


def test_a_channel_lives_as_long_as_the_guide_allows(drive: Any, emulator: Any) -> None:
    made = written(drive, "один")
    wish = {"expiration": str(int((emulator.clock.now + timedelta(days=30)).timestamp() * 1000))}
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    asked = {
        1: drive.files().watch(fileId=made, body={**CHANNEL, "id": "f", **wish}),
        7: drive.changes().watch(pageToken=token, body={**CHANNEL, "id": "c", **wish}),
    }
    for days, request in asked.items():
        ends = datetime.fromtimestamp(int(request.execute()["expiration"]) / 1000, UTC)
        assert timedelta(0) <= ends - emulator.clock.now - timedelta(days=days) + timedelta(seconds=2)
        assert ends - emulator.clock.now <= timedelta(days=days)


def test_a_download_is_an_operation_that_ends_with_an_address(drive: Any, emulator: Any) -> None:
    made = written(drive, "один")
    begun = drive.files().download(fileId=made).execute()
    assert "done" not in begun
    ended = drive.operations().get(name=begun["name"]).execute()
    assert ended["done"] is True
    address = ended["response"]["downloadUri"]
    assert emulator.handle(request_of("GET", address)).body.decode() == "один"
    sheet = drive.files().create(body={"name": "s", "mimeType": SHEET}).execute()["id"]
    begun = drive.files().download(fileId=sheet, mimeType="text/csv").execute()
    address = drive.operations().get(name=begun["name"]).execute()["response"]["downloadUri"]
    answer = emulator.handle(request_of("GET", address))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/csv")
    for wrong in ({"fileId": made, "mimeType": "text/csv"}, {"fileId": sheet, "mimeType": "image/png"}):
        assert refused(drive.files().download(**wrong))[0] == 400
    emulator.clock.now += timedelta(hours=24)
    assert refused(drive.operations().get(name=begun["name"]))[0] == 404


def test_no_program_is_installed(drive: Any) -> None:
    assert drive.apps().list().execute()["items"] == []
    assert refused(drive.apps().get(appId="1"))[0] == 404


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("наставник", True),
        ("НАСТАВНИК школа", True),
        ("наставни", False),
        ('"наставник и школа"', True),
        ('"школа наставник"', False),
        ("сирень", False),
    ],
)
@pytest.mark.parametrize("kind", ["text", "document", "sheet", "form"])
def test_a_search_by_full_text_reads_whole_words_of_the_content(
    drive: Any, emulator: Any, kind: str, asked: str, found: bool
) -> None:
    words = "наставник и школа"

    def post(path: str, body: Json) -> Json:
        answer: Json = json.loads(emulator.handle(request_of("POST", path, {}, json.dumps(body))).body)
        return answer

    if kind == "text":
        made = written(drive, words)
    elif kind == "document":
        body = {"name": "d", "mimeType": DOCUMENT}
        made = drive.files().create(body=body, media_body=text(words)).execute()["id"]
    elif kind == "sheet":
        cells = {"rowData": [{"values": [{"userEnteredValue": {"stringValue": words}}]}]}
        made = post("/v4/spreadsheets", {"sheets": [{"data": [cells]}]})["spreadsheetId"]
    else:
        made = post("/v1/forms", {"info": {"title": words}})["formId"]
    listed = drive.files().list(q=f"fullText contains '{asked}'").execute()["files"]
    assert [one["id"] for one in listed] == ([made] if found else [])


def test_a_search_by_full_text_has_an_order_of_its_own(drive: Any) -> None:
    told = "Sorting is not supported for queries with fullText terms. "
    told += "Results are always in descending relevance order."
    asked = drive.files().list(q="fullText contains 'a'", orderBy="name")
    assert refused(asked) == (400, "badRequest", told)
    assert drive.files().list(q="name = 'fullText'", orderBy="name").execute()["files"] == []


def test_a_read_only_file_keeps_its_content_and_its_name_until_it_is_opened(drive: Any) -> None:
    made = drive.files().create(body={"name": "s", "mimeType": SHEET}).execute()["id"]
    closed = {"contentRestrictions": [{"readOnly": True, "reason": "подписано"}]}
    shown = drive.files().update(fileId=made, body=closed, fields="contentRestrictions,capabilities")
    answer = shown.execute()
    [held] = answer["contentRestrictions"]
    assert (held["readOnly"], held["reason"], held["type"]) == (True, "подписано", "globalContentRestriction")
    assert held["restrictingUser"]["emailAddress"] == "curator@school.example"
    assert answer["capabilities"]["canModifyContent"] is False
    assert refused(drive.files().update(fileId=made, body={"name": "b"}))[0] == 403
    assert refused(drive.comments().create(fileId=made, body={"content": "x"}, fields="id"))[0] == 403
    drive.files().update(fileId=made, body={"contentRestrictions": [{"readOnly": False}]}).execute()
    assert drive.files().update(fileId=made, body={"name": "b"}).execute()["name"] == "b"


def test_a_folder_s_colour_is_the_nearest_of_the_palette(drive: Any) -> None:
    palette = drive.about().get(fields="folderColorPalette").execute()["folderColorPalette"]
    made = drive.files().create(
        body={"name": "f", "mimeType": FOLDER, "folderColorRgb": "#8f8f90"}, fields="folderColorRgb"
    )
    assert made.execute() == {"folderColorRgb": "#8f8f8f"}
    assert "#8f8f8f" in palette


class School:
    """A workspace with sign-in and three people of it."""

    def __init__(self) -> None:
        self.now = datetime(2022, 12, 23, 9, tzinfo=UTC)
        self.emulator: Emulator = CheckedEmulator(clock=lambda: self.now, auth="on", owner="a@school.example")
        for name in "abc":
            self.emulator.register_refresh_token(
                name,
                client_id=name,
                client_secret="s",
                email=f"{name}@school.example",
                scopes=[f"{AUTH}drive", f"{AUTH}spreadsheets"],
            )

    def call(self, who: str, method: str, path: str, body: Any = None) -> Response:
        form = f"grant_type=refresh_token&refresh_token={who}&client_id={who}&client_secret=s"
        token = json.loads(self.emulator.handle(request_of("POST", "/token", {}, form)).body)["access_token"]
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        sent = None if body is None else json.dumps(body)
        return self.emulator.handle(request_of(method, f"/drive/v3/{path}", headers, sent))

    def ask(self, who: str, method: str, path: str, body: Any = None) -> Any:
        answer = self.call(who, method, path, body)
        assert answer.status < 300, answer.body
        return json.loads(answer.body) if answer.body else None

    def make(self, who: str = "a", **body: Any) -> str:
        made: str = self.ask(who, "POST", "files?supportsAllDrives=true", {"name": "f", **body})["id"]
        return made

    def share(self, file_id: str, name: str, role: str = "reader", **more: Any) -> str:
        grant = {"type": "user", "role": role, "emailAddress": f"{name}@school.example", **more}
        shared: str = self.ask("a", "POST", f"files/{file_id}/permissions?supportsAllDrives=true", grant)[
            "id"
        ]
        return shared

    def status(self, who: str, method: str, path: str, body: Any = None) -> int:
        return self.call(who, method, path, body).status

    def reason(self, who: str, method: str, path: str, body: Any = None) -> tuple[int, str]:
        answer = self.call(who, method, path, body)
        return answer.status, json.loads(answer.body)["error"]["errors"][0]["reason"]


@pytest.fixture
def school() -> Iterator[School]:
    made = School()
    yield made
    made.emulator.close()


@pytest.mark.feature("F61")
def test_a_limited_folder_lets_in_those_who_were_let_into_it_itself(school: School) -> None:
    outer = school.make(mimeType=FOLDER)
    inner = school.make(mimeType=FOLDER, parents=[outer])
    file = school.make(parents=[inner])
    school.share(outer, "b")
    assert school.status("b", "GET", f"files/{file}") == 200
    limited = {"inheritedPermissionsDisabled": True}
    assert school.status("a", "PATCH", f"files/{file}", limited) == 403
    school.ask("a", "PATCH", f"files/{inner}", limited)
    assert school.status("b", "GET", f"files/{file}") == 404
    assert school.status("b", "GET", f"files/{outer}") == 200
    school.share(inner, "b")
    assert school.status("b", "GET", f"files/{file}") == 200
    school.ask("a", "PATCH", f"files/{inner}", {"inheritedPermissionsDisabled": False})
    shown = school.ask("a", "GET", f"files/{inner}?fields=inheritedPermissionsDisabled,capabilities")
    assert shown["inheritedPermissionsDisabled"] is False
    assert shown["capabilities"]["canDisableInheritedPermissions"] is True


@pytest.mark.feature("F61")
def test_a_grant_ends_at_its_time(school: School) -> None:
    file = school.make()
    school.share(file, "b", expirationTime="2022-12-24T12:00:00+03:00")
    assert school.status("b", "GET", f"files/{file}") == 200
    school.now += timedelta(days=1)
    assert school.status("b", "GET", f"files/{file}") == 404
    for wrong in ("2022-12-23T00:00:00Z", "2024-12-23T00:00:00Z"):
        grant = {
            "type": "user",
            "role": "reader",
            "emailAddress": "c@school.example",
            "expirationTime": wrong,
        }
        assert school.status("a", "POST", f"files/{file}/permissions", grant) == 400


@pytest.mark.feature("F61")
def test_readers_take_nothing_away_where_the_owner_says_so(school: School) -> None:
    switches = ({"copyRequiresWriterPermission": True}, _restricted("restrictedForReaders"))
    for switch in switches:
        file = school.make(**switch)
        school.share(file, "b")
        school.share(file, "c", "writer")
        shown = school.ask("b", "GET", f"files/{file}?fields=capabilities(canDownload,canCopy)")
        assert shown == {"capabilities": {"canDownload": False, "canCopy": False}}
        assert school.reason("b", "GET", f"files/{file}?alt=media") == (403, "cannotDownloadFile")
        assert school.reason("b", "POST", f"files/{file}/copy") == (403, "cannotCopyFile")
        assert school.status("c", "GET", f"files/{file}?alt=media") == 200
    school.ask("a", "PATCH", f"files/{file}", _restricted("restrictedForWriters"))
    assert school.status("c", "GET", f"files/{file}?alt=media") == 403
    assert school.status("a", "GET", f"files/{file}?alt=media") == 200
    assert school.status("c", "PATCH", f"files/{file}", _restricted("restrictedForReaders")) == 403
    fields = "files/{}?fields=downloadRestrictions(effectiveDownloadRestrictionWithContext)"
    effective = school.ask("c", "GET", fields.format(file))["downloadRestrictions"]
    assert effective == {
        "effectiveDownloadRestrictionWithContext": {
            "restrictedForReaders": True,
            "restrictedForWriters": True,
        }
    }


def _restricted(level: str) -> Json:
    return {"downloadRestrictions": {"itemDownloadRestriction": {level: True}}}


@pytest.mark.feature("F61")
def test_a_file_that_is_offered_is_taken_by_the_one_to_whom_it_was(school: School) -> None:
    file = school.make()
    offered = school.share(file, "b", "writer", pendingOwner=True)
    school.share(file, "c", "writer")
    path = f"files/{file}/permissions/{offered}"
    assert school.ask("a", "GET", f"{path}?fields=role,pendingOwner") == {
        "role": "writer",
        "pendingOwner": True,
    }
    taking = f"{path}?transferOwnership=true"
    assert school.status("c", "PATCH", taking, {"role": "owner"}) == 403
    assert school.ask("b", "GET", f"files/{file}?fields=capabilities(canAcceptOwnership)") == {
        "capabilities": {"canAcceptOwnership": True}
    }
    school.ask("b", "PATCH", taking, {"role": "owner"})
    assert school.ask("b", "GET", f"files/{file}?fields=ownedByMe") == {"ownedByMe": True}
    roles = school.ask(
        "b", "GET", f"files/{file}/permissions?fields=permissions(emailAddress,role,pendingOwner)"
    )
    assert {one["emailAddress"][0]: one["role"] for one in roles["permissions"]} == {
        "a": "writer",
        "b": "owner",
        "c": "writer",
    }
    assert not any(one["pendingOwner"] for one in roles["permissions"])


def test_an_offer_is_made_to_a_writer_alone(school: School) -> None:
    file = school.make()
    grant = {"type": "user", "role": "reader", "emailAddress": "b@school.example", "pendingOwner": True}
    assert school.status("a", "POST", f"files/{file}/permissions", grant) == 400


@pytest.mark.feature("F61")
def test_writers_share_only_where_the_owner_lets_them(school: School) -> None:
    file = school.make()
    school.share(file, "b", "writer")
    grant = {"type": "user", "role": "reader", "emailAddress": "c@school.example"}
    assert school.status("b", "POST", f"files/{file}/permissions", grant) == 200
    school.ask("a", "PATCH", f"files/{file}", {"writersCanShare": False})
    assert school.reason("b", "POST", f"files/{file}/permissions", grant) == (
        403,
        "insufficientFilePermissions",
    )


def test_what_a_shared_drive_gives_is_not_taken_away_from_one_file(school: School) -> None:
    drive = school.ask("a", "POST", "drives?requestId=1", {"name": "d"})["id"]
    member = school.share(drive, "b", "writer")
    file = school.make(parents=[drive])
    path = f"files/{file}/permissions/{member}?supportsAllDrives=true"
    assert school.reason("a", "DELETE", path) == (403, "cannotModifyInheritedTeamDrivePermission")
    shown = school.ask("a", "GET", f"{path}&fields=permissionDetails,teamDrivePermissionDetails")
    way = {"role": "writer", "inherited": True, "inheritedFrom": drive}
    assert shown["permissionDetails"] == [{"permissionType": "member", **way}]
    assert shown["teamDrivePermissionDetails"] == [{"teamDrivePermissionType": "member", **way}]


def test_a_shared_drive_keeps_to_its_members_and_its_domain(school: School) -> None:
    drive = school.ask("a", "POST", "drives?requestId=1", {"name": "d"})["id"]
    file = school.make(parents=[drive])
    path = f"files/{file}/permissions?supportsAllDrives=true"
    rules = {"restrictions": {"driveMembersOnly": True}}
    school.ask("a", "PATCH", f"drives/{drive}", rules)
    grant = {"type": "user", "role": "reader", "emailAddress": "b@school.example"}
    assert school.reason("a", "POST", path, grant) == (400, "invalidSharingRequest")
    school.share(drive, "b", "reader")
    assert school.status("a", "POST", path, grant) == 200
    school.ask("a", "PATCH", f"drives/{drive}", {"restrictions": {"domainUsersOnly": True}})
    shown = school.ask("a", "GET", f"drives/{drive}?fields=restrictions")["restrictions"]
    assert shown == {"driveMembersOnly": True, "domainUsersOnly": True}
    for outside in ({"emailAddress": "x@other.example"}, {"type": "anyone"}):
        assert school.status("a", "POST", path, {**grant, **outside}) == 400


def test_an_administrator_sets_who_belongs_to_any_shared_drive(school: School) -> None:
    drive = school.ask("b", "POST", "drives?requestId=1", {"name": "d"})["id"]
    path = f"files/{drive}/permissions?supportsAllDrives=true"
    assert school.status("a", "GET", path) == 404
    assert len(school.ask("a", "GET", f"{path}&useDomainAdminAccess=true")["permissions"]) == 1
    assert school.status("c", "GET", f"{path}&useDomainAdminAccess=true") == 404
    file = school.make("b")
    assert school.status("a", "GET", f"files/{file}/permissions?useDomainAdminAccess=true") == 404


def test_a_change_of_a_shared_drive_is_told_as_one(school: School) -> None:
    start = school.ask("a", "GET", "changes/startPageToken")["startPageToken"]
    drive = school.ask("a", "POST", "drives?requestId=1", {"name": "d"})["id"]
    query = f"changes?pageToken={start}&includeItemsFromAllDrives=true&supportsAllDrives=true&fields=*"
    [change] = school.ask("a", "GET", query)["changes"]
    assert (change["changeType"], change["driveId"], change["drive"]["name"]) == ("drive", drive, "d")
    assert school.ask("b", "GET", query)["changes"] == []
    school.ask("a", "DELETE", f"drives/{drive}")
    [gone] = school.ask("a", "GET", query)["changes"]
    assert (gone["driveId"], gone["removed"]) == (drive, True)


def test_who_shared_a_file_and_when_is_told(school: School) -> None:
    file = school.make()
    school.now += timedelta(hours=1)
    school.share(file, "b")
    shown = school.ask("b", "GET", f"files/{file}?fields=sharedWithMeTime,sharingUser(emailAddress)")
    assert shown == {
        "sharedWithMeTime": "2022-12-23T10:00:00.000Z",
        "sharingUser": {"emailAddress": "a@school.example"},
    }
    query = quote("sharedWithMeTime > '2022-12-23T09:30:00'")
    assert [one["id"] for one in school.ask("b", "GET", f"files?q={query}")["files"]] == [file]
    assert school.ask("a", "GET", f"files?q={query}")["files"] == []
