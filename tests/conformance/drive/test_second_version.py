"""Drive v2's own resources: properties, parents, children, comments, replies, pinned revisions.

Expected answers: the discovery document of Drive v2, which also judges every one of them.
"""

from __future__ import annotations

from typing import Any

import pytest
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload

from sheets_sync.emulator.inprocess import EmulatorHttp

FOLDER = "application/vnd.google-apps.folder"


@pytest.fixture
def second(emulator: Any) -> Any:
    return build("drive", "v2", http=EmulatorHttp(emulator), static_discovery=True)


def made(second: Any, **body: Any) -> str:
    media = None if "mimeType" in body else MediaInMemoryUpload(b"one", mimetype="text/plain")
    name: str = second.files().insert(body={"title": "f", **body}, media_body=media).execute()["id"]
    return name


def status(request: Any) -> int:
    with pytest.raises(HttpError) as caught:
        request.execute()
    return int(caught.value.status_code)


def test_f60_a_property_is_private_unless_it_is_said_to_be_public(second: Any, drive: Any) -> None:
    file, api = made(second), second.properties()
    api.insert(fileId=file, body={"key": "k", "value": "a"}).execute()
    api.insert(fileId=file, body={"key": "k", "value": "b", "visibility": "PUBLIC"}).execute()
    assert drive.files().get(fileId=file, fields="properties,appProperties").execute() == {
        "properties": {"k": "b"},
        "appProperties": {"k": "a"},
    }
    changed = api.patch(fileId=file, propertyKey="k", visibility="PUBLIC", body={"value": "c"}).execute()
    assert (changed["value"], changed["visibility"]) == ("c", "PUBLIC")
    assert api.get(fileId=file, propertyKey="k").execute()["value"] == "a"
    api.delete(fileId=file, propertyKey="k").execute()
    assert status(api.get(fileId=file, propertyKey="k")) == 404
    listed = api.list(fileId=file).execute()["items"]
    assert [(one["key"], one["value"]) for one in listed] == [("k", "c")]


def test_f60_a_file_is_moved_by_its_parents(second: Any) -> None:
    one, two, file = made(second, mimeType=FOLDER), made(second, mimeType=FOLDER), made(second)
    assert second.parents().insert(fileId=file, body={"id": one}).execute()["id"] == one
    assert second.children().get(folderId=one, childId=file).execute()["id"] == file
    assert second.parents().insert(fileId=file, body={"id": two}).execute()["isRoot"] is False
    assert status(second.parents().get(fileId=file, parentId=one)) == 404
    assert status(second.children().get(folderId=one, childId=file)) == 404
    second.parents().delete(fileId=file, parentId=two).execute()
    assert second.parents().list(fileId=file).execute()["items"] == []


def test_f60_a_comment_is_settled_by_the_verb_of_a_reply(second: Any, drive: Any) -> None:
    file, talk = made(second), second.comments()
    body = {"content": "вопрос", "context": {"type": "text/plain", "value": "one"}}
    said = talk.insert(fileId=file, body=body).execute()
    assert (said["status"], said["fileTitle"], said["context"]["value"]) == ("open", "f", "one")
    assert "emailAddress" not in said["author"]
    reply = {"content": "ответ", "verb": "resolve"}
    answered = second.replies().insert(fileId=file, commentId=said["commentId"], body=reply).execute()
    assert (answered["kind"], answered["verb"]) == ("drive#commentReply", "resolve")
    shown = talk.get(fileId=file, commentId=said["commentId"]).execute()
    assert (shown["status"], [one["content"] for one in shown["replies"]]) == ("resolved", ["ответ"])
    talk.patch(fileId=file, commentId=said["commentId"], body={"content": "иначе"}).execute()
    [listed] = talk.list(fileId=file, maxResults=5).execute()["items"]
    assert listed["content"] == "иначе"
    [same] = drive.comments().list(fileId=file, fields="*").execute()["comments"]
    assert (same["content"], same["resolved"]) == ("иначе", True)
    talk.delete(fileId=file, commentId=said["commentId"]).execute()
    assert talk.list(fileId=file).execute()["items"] == []


def test_f60_a_revision_is_pinned(second: Any) -> None:
    file = made(second)
    media = MediaInMemoryUpload("два".encode(), mimetype="text/plain")
    second.files().update(fileId=file, media_body=media).execute()
    first, last = second.revisions().list(fileId=file).execute()["items"]
    pinned = second.revisions().patch(fileId=file, revisionId=first["id"], body={"pinned": True}).execute()
    assert (pinned["pinned"], pinned["fileSize"]) == (True, "3")
    second.revisions().delete(fileId=file, revisionId=last["id"]).execute()
    assert second.files().get_media(fileId=file).execute() == b"one"


def test_f60_the_default_corpus_is_the_caller_s_own(second: Any) -> None:
    file = made(second)
    listed = second.files().list(corpora="default", q="title = 'f'").execute()["items"]
    assert [one["id"] for one in listed] == [file]
