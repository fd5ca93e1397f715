"""Files through Google's own client library; expected answers come from recordings and guides."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload, MediaIoBaseDownload, MediaIoBaseUpload

FOLDER = "application/vnd.google-apps.folder"


def folder(drive: Any, name: str, parent: str | None = None) -> str:
    body = {"name": name, "mimeType": FOLDER} | ({"parents": [parent]} if parent else {})
    made: str = drive.files().create(body=body).execute()["id"]
    return made


def reason_of(error: HttpError) -> str:
    found: str = json.loads(error.content)["error"]["errors"][0]["reason"]
    return found


def test_f62_a_new_file_answers_only_the_recorded_default_fields(drive: Any) -> None:
    made = drive.files().create(body={"name": "Приказы", "mimeType": FOLDER}).execute()
    assert made == {"kind": "drive#file", "id": made["id"], "name": "Приказы", "mimeType": FOLDER}


def test_a_mask_gives_only_what_it_names(drive: Any) -> None:
    name = folder(drive, "a")
    found = drive.files().get(fileId=name, fields="id,owners(emailAddress),capabilities/canEdit").execute()
    assert found == {
        "id": name,
        "owners": [{"emailAddress": "curator@school.example"}],
        "capabilities": {"canEdit": True},
    }


def test_a_wrong_mask_is_refused_by_the_field(drive: Any) -> None:
    with pytest.raises(HttpError) as caught:
        drive.files().list(fields="files(sheet)").execute()
    assert caught.value.status_code == 400
    assert caught.value.reason == "Invalid field selection sheet"


def test_every_field_is_one_that_discovery_knows(drive: Any) -> None:
    name = folder(drive, "a")
    found = drive.files().get(fileId=name, fields="*").execute()
    assert found["parents"] == [drive.files().get(fileId="root", fields="id").execute()["id"]]
    assert found["createdTime"].endswith("Z")


def test_a_missing_file_is_refused_in_the_recorded_words(drive: Any) -> None:
    with pytest.raises(HttpError) as caught:
        drive.files().get(fileId="NOPE_NOT_A_GOOD_ID").execute()
    assert json.loads(caught.value.content) == {
        "error": {
            "errors": [
                {
                    "domain": "global",
                    "reason": "notFound",
                    "message": "File not found: NOPE_NOT_A_GOOD_ID.",
                    "locationType": "parameter",
                    "location": "fileId",
                }
            ],
            "code": 404,
            "message": "File not found: NOPE_NOT_A_GOOD_ID.",
        }
    }


def test_a_deletion_answers_204_and_takes_the_folder_s_children_along(drive: Any) -> None:
    outer = folder(drive, "outer")
    inner = folder(drive, "inner", outer)
    assert drive.files().delete(fileId=outer).execute() == ""
    with pytest.raises(HttpError) as caught:
        drive.files().get(fileId=inner).execute()
    assert caught.value.status_code == 404


def test_a_file_moves_by_parents_parameters_and_not_by_its_body(drive: Any) -> None:
    first, second = folder(drive, "first"), folder(drive, "second")
    name = folder(drive, "moved", first)
    moved = (
        drive.files().update(fileId=name, addParents=second, removeParents=first, fields="parents").execute()
    )
    assert moved == {"parents": [second]}
    with pytest.raises(HttpError) as caught:
        drive.files().update(fileId=name, body={"parents": [first]}).execute()
    assert reason_of(caught.value) == "fieldNotWritable"


def test_a_folder_cannot_be_moved_into_itself(drive: Any) -> None:
    outer = folder(drive, "outer")
    inner = folder(drive, "inner", outer)
    with pytest.raises(HttpError) as caught:
        drive.files().update(fileId=outer, addParents=inner).execute()
    assert caught.value.status_code == 403


def test_null_clears_an_app_property_and_leaves_the_others(drive: Any) -> None:
    body = {"name": "a", "mimeType": FOLDER, "appProperties": {"run": "1", "kind": "order"}}
    name = drive.files().create(body=body).execute()["id"]
    changed = drive.files().update(
        fileId=name, body={"appProperties": {"run": None, "new": "2"}}, fields="appProperties"
    )
    assert changed.execute() == {"appProperties": {"kind": "order", "new": "2"}}


def test_trashing_a_folder_trashes_what_is_inside_but_ids_still_read(drive: Any) -> None:
    outer = folder(drive, "outer")
    inner = folder(drive, "inner", outer)
    drive.files().update(fileId=outer, body={"trashed": True}).execute()
    found = drive.files().get(fileId=inner, fields="trashed,explicitlyTrashed").execute()
    assert found == {"trashed": True, "explicitlyTrashed": False}
    assert drive.files().list(q="trashed = false").execute()["files"] == []
    drive.files().emptyTrash().execute()
    assert drive.files().list().execute()["files"] == []


def test_bytes_come_back_as_they_were_uploaded(drive: Any) -> None:
    media = MediaInMemoryUpload(b"one;two\r\n--not-a-boundary\r\n", mimetype="text/csv")
    made = (
        drive.files()
        .create(body={"name": "a.csv"}, media_body=media, fields="id,size,md5Checksum,mimeType")
        .execute()
    )
    assert made["size"] == "27"
    assert made["mimeType"] == "text/csv"
    assert drive.files().get_media(fileId=made["id"]).execute() == b"one;two\r\n--not-a-boundary\r\n"


def test_an_upload_without_metadata_is_simple(drive: Any) -> None:
    made = drive.files().create(media_body=MediaInMemoryUpload(b"x", mimetype="text/plain")).execute()
    assert made["name"] == "Untitled"
    assert drive.files().get_media(fileId=made["id"]).execute() == b"x"


def test_a_resumable_upload_arrives_in_chunks_and_a_download_in_ranges(drive: Any) -> None:
    data = bytes(range(256)) * 2048
    media = MediaIoBaseUpload(
        io.BytesIO(data), mimetype="application/pdf", chunksize=256 * 1024, resumable=True
    )
    request = drive.files().create(body={"name": "scan.pdf"}, media_body=media)
    steps, answer = 0, None
    while answer is None:
        _, answer = request.next_chunk()
        steps += 1
    assert steps == 2
    out = io.BytesIO()
    download = MediaIoBaseDownload(out, drive.files().get_media(fileId=answer["id"]), chunksize=100_000)
    done = False
    while not done:
        _, done = download.next_chunk()
    assert out.getvalue() == data


def test_a_taken_id_is_refused_and_a_generated_one_serves(drive: Any) -> None:
    name = drive.files().generateIds(count=1).execute()["ids"][0]
    assert drive.files().create(body={"id": name, "name": "a", "mimeType": FOLDER}).execute()["id"] == name
    with pytest.raises(HttpError) as caught:
        drive.files().create(body={"id": name, "name": "b", "mimeType": FOLDER}).execute()
    assert caught.value.status_code == 409


def test_a_copy_is_named_as_recorded_and_ignores_unknown_fields(drive: Any) -> None:
    media = MediaInMemoryUpload(b"x", mimetype="text/plain")
    made = drive.files().create(body={"name": "a.txt"}, media_body=media).execute()
    copied = drive.files().copy(fileId=made["id"], body={"title": "ignored", "name": None}).execute()
    assert copied["name"] == "Copy of a.txt"
    assert drive.files().get_media(fileId=copied["id"]).execute() == b"x"


def test_a_type_that_no_service_holds_is_refused_by_name(drive: Any) -> None:
    with pytest.raises(HttpError) as caught:
        drive.files().create(body={"name": "a", "mimeType": "application/vnd.google-apps.site"}).execute()
    assert caught.value.status_code == 501


@pytest.mark.parametrize("kind", ["presentation", "drawing"])
def test_a_type_that_no_service_opens_is_a_file_all_the_same(drive: Any, kind: str) -> None:
    body = {"name": "a", "mimeType": f"application/vnd.google-apps.{kind}"}
    made = drive.files().create(body=body).execute()["id"]
    copied = drive.files().copy(fileId=made, body={"name": "b"}).execute()
    assert (copied["name"], copied["mimeType"]) == ("b", body["mimeType"])
    media = MediaInMemoryUpload(b"x", mimetype="image/png")
    for request in (
        drive.files().export(fileId=made, mimeType="application/pdf"),
        drive.files().create(body=body, media_body=media),
    ):
        with pytest.raises(HttpError) as caught:
            request.execute()
        assert caught.value.status_code == 501


def test_an_unknown_query_parameter_is_ignored_as_recorded(drive: Any, emulator: Any) -> None:
    from sheets_sync.emulator.core import request_of

    answer = emulator.handle(request_of("GET", "/drive/v3/files?includeNothing=1&pageToken="))
    assert answer.status == 200


def test_pages_and_orders_of_a_list_cover_every_file_once(drive: Any) -> None:
    for number in (10, 9, 1, 2):
        folder(drive, f"Лист {number}")
    names: list[str] = []
    token = None
    while True:
        page = drive.files().list(pageSize=3, orderBy="name_natural", pageToken=token).execute()
        names += [one["name"] for one in page["files"]]
        token = page.get("nextPageToken")
        if token is None:
            break
    assert names == ["Лист 1", "Лист 2", "Лист 9", "Лист 10"]
    plain = drive.files().list(orderBy="name desc").execute()["files"]
    assert [one["name"] for one in plain] == ["Лист 9", "Лист 2", "Лист 10", "Лист 1"]


QUERIES = [
    ("name = 'Приказ 1'", {"Приказ 1"}),
    ("name contains 'прик'", {"Приказ 1", "Приказ 2"}),
    ("name contains 'риказ'", set()),
    ("name contains 'Приказ' and not name contains '2'", {"Приказ 1"}),
    ('mimeType="text/plain"', {"it's"}),
    (r"name = 'it\'s'", {"it's"}),
    ("mimeType contains 'application/vnd' and trashed=false", {"Приказ 1", "Приказ 2"}),
    ("appProperties has { key='run' and value='7' }", {"Приказ 2"}),
    ("(name = 'Приказ 1' or name = 'Приказ 2') and starred = true", {"Приказ 1"}),
    ("modifiedTime > '2099-01-01T00:00:00'", set()),
    ("createdTime <= '2022-09-20T23:00:00+03:00'", {"Приказ 1", "Приказ 2", "it's"}),
    ("'me' in owners and 'root' in parents", {"Приказ 1", "Приказ 2", "it's"}),
    ("'nobody@school.example' in writers", set()),
    ("sharedWithMe", set()),
    ("not starred", {"Приказ 2", "it's"}),
]


@pytest.mark.parametrize(("query", "names"), QUERIES)
def test_a_query_finds_what_the_guide_says(drive: Any, query: str, names: set[str]) -> None:
    files = drive.files()
    files.create(body={"name": "Приказ 1", "mimeType": FOLDER, "starred": True}).execute()
    files.create(body={"name": "Приказ 2", "mimeType": FOLDER, "appProperties": {"run": "7"}}).execute()
    files.create(body={"name": "it's"}, media_body=MediaInMemoryUpload(b"", mimetype="text/plain")).execute()
    assert {one["name"] for one in files.list(q=query).execute()["files"]} == names


@pytest.mark.parametrize(
    "query", ["name", "name = ", "size > 1", "name = 'a' and", "(name = 'a'", "name ~ 'a'"]
)
def test_a_query_that_cannot_be_read_is_refused(drive: Any, query: str) -> None:
    with pytest.raises(HttpError) as caught:
        drive.files().list(q=query).execute()
    assert reason_of(caught.value) == "invalid"


def test_a_batch_answers_each_call_in_its_own_right(drive: Any, emulator: Any) -> None:
    first = folder(drive, "a")
    answers: dict[str, Any] = {}

    def note(name: str, answer: Any, error: Exception | None) -> None:
        answers[name] = error if error is not None else answer

    batch = drive.new_batch_http_request(callback=note)
    batch.add(drive.files().get(fileId=first, fields="name"), request_id="good")
    batch.add(drive.files().get(fileId="missing"), request_id="bad")
    batch.add(drive.files().delete(fileId=first), request_id="gone")
    batch.execute()
    assert answers["good"] == {"name": "a"}
    assert answers["bad"].status_code == 404
    assert answers["gone"] == ""
    assert emulator.requests()["drive.files.get"] == 2


def test_changes_name_what_was_made_and_what_is_gone(drive: Any) -> None:
    token = drive.changes().getStartPageToken().execute()["startPageToken"]
    kept, gone = folder(drive, "kept"), folder(drive, "gone")
    drive.files().delete(fileId=gone).execute()
    found = drive.changes().list(pageToken=token).execute()
    assert {(one["fileId"], one["removed"]) for one in found["changes"]} == {(kept, False), (gone, True)}
    again = drive.changes().list(pageToken=found["newStartPageToken"]).execute()
    assert again["changes"] == []


def test_comments_are_an_empty_list_before_anybody_wrote(drive: Any) -> None:
    name = folder(drive, "a")
    assert drive.comments().list(fileId=name, fields="comments/content,nextPageToken").execute() == {
        "comments": []
    }
    made = drive.comments().create(fileId=name, body={"content": "<b>"}, fields="id,htmlContent").execute()
    assert made["htmlContent"] == "&lt;b&gt;"
    drive.replies().create(
        fileId=name, commentId=made["id"], body={"content": "да", "action": "resolve"}, fields="id"
    ).execute()
    found = (
        drive.comments().get(fileId=name, commentId=made["id"], fields="resolved,replies/content").execute()
    )
    assert found == {"resolved": True, "replies": [{"content": "да"}]}


def test_about_needs_fields_and_tells_the_caller(drive: Any) -> None:
    assert drive.about().get(fields="user(emailAddress,me)").execute() == {
        "user": {"emailAddress": "curator@school.example", "me": True}
    }
    with pytest.raises(HttpError) as caught:
        drive.about().get().execute()
    assert reason_of(caught.value) == "required"


def test_a_published_permission_is_listed_only_for_its_view(drive: Any) -> None:
    name = folder(drive, "form")
    body = {"type": "anyone", "role": "reader", "view": "published"}
    made = drive.permissions().create(fileId=name, body=body).execute()
    assert made["view"] == "published"
    plain = drive.permissions().list(fileId=name).execute()["permissions"]
    assert [one["role"] for one in plain] == ["owner"]
    seen = drive.permissions().list(fileId=name, includePermissionsForView="published").execute()
    assert [one["role"] for one in seen["permissions"]] == ["reader", "owner"]
    drive.permissions().delete(fileId=name, permissionId=made["id"]).execute()
    again = drive.permissions().list(fileId=name, includePermissionsForView="published").execute()
    assert len(again["permissions"]) == 1


def test_ownership_passes_only_when_it_is_said_twice(drive: Any) -> None:
    name = folder(drive, "a")
    body = {"type": "user", "role": "owner", "emailAddress": "director@school.example"}
    with pytest.raises(HttpError) as caught:
        drive.permissions().create(fileId=name, body=body).execute()
    assert "transferOwnership" in caught.value.reason
    drive.permissions().create(fileId=name, body=body, transferOwnership=True).execute()
    owners = drive.files().get(fileId=name, fields="owners/emailAddress").execute()["owners"]
    assert owners == [{"emailAddress": "director@school.example"}]


def test_files_of_a_shared_drive_need_the_flag(drive: Any) -> None:
    made = drive.drives().create(requestId="r1", body={"name": "Школа"}).execute()
    body = {"name": "a", "mimeType": FOLDER, "parents": [made["id"]]}
    name = drive.files().create(body=body, supportsAllDrives=True).execute()["id"]
    with pytest.raises(HttpError) as caught:
        drive.files().get(fileId=name).execute()
    assert caught.value.status_code == 404
    assert drive.files().list().execute()["files"] == []
    listed = drive.files().list(
        corpora="drive", driveId=made["id"], includeItemsFromAllDrives=True, supportsAllDrives=True
    )
    assert [one["id"] for one in listed.execute()["files"]] == [name]
    with pytest.raises(HttpError) as caught:
        drive.drives().delete(driveId=made["id"]).execute()
    assert caught.value.status_code == 403
    with pytest.raises(HttpError) as caught:
        drive.drives().create(requestId="r1", body={"name": "again"}).execute()
    assert caught.value.status_code == 409
