"""What a reader, a commenter and a writer may do with a document's comments and see of its suggestions.

Expected values: discovery docs.v1 (documents.get, DeleteCommentRequest, UpdateCommentPostRequest).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from sheets_sync.emulator.core import request_of
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.docs.conftest import insert, span

Json = dict[str, Any]
ROLES = ("owner", "writer", "commenter", "reader")
INLINE = "suggestionsViewMode=SUGGESTIONS_INLINE"
INCLUDED = f"?includeTabsContent=true&{INLINE}&commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED"


class Shared:
    """A document that one person shares with three others, each with a role of its own."""

    def __init__(self) -> None:
        self.emulator = CheckedEmulator(clock=lambda: datetime(2022, 12, 23, tzinfo=UTC), auth="on")
        scopes = [f"https://www.googleapis.com/auth/{name}" for name in ("documents", "drive")]
        for role in ROLES:
            self.emulator.register_refresh_token(
                role, client_id=role, client_secret="s", email=f"{role}@school.example", scopes=scopes
            )
        self.id = self.ask("owner", "POST", "/v1/documents", {"title": "Приказ"})[1]["documentId"]
        for role in ROLES[1:]:
            grant = {"type": "user", "role": role, "emailAddress": f"{role}@school.example"}
            assert self.ask("owner", "POST", f"/drive/v3/files/{self.id}/permissions", grant)[0] == 200

    def ask(self, role: str, method: str, path: str, body: Any = None) -> tuple[int, Json]:
        form = f"grant_type=refresh_token&refresh_token={role}&client_id={role}&client_secret=s"
        token = json.loads(self.emulator.handle(request_of("POST", "/token", {}, form)).body)["access_token"]
        headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
        given = None if body is None else json.dumps(body)
        answer = self.emulator.handle(request_of(method, path, headers, given))
        return answer.status, json.loads(answer.body)

    def batch(self, role: str, *requests: Json) -> tuple[int, Json]:
        return self.ask(role, "POST", f"/v1/documents/{self.id}:batchUpdate", {"requests": list(requests)})

    def get(self, role: str, query: str = "") -> tuple[int, Json]:
        return self.ask(role, "GET", f"/v1/documents/{self.id}{query}")


@pytest.fixture
def shared() -> Iterator[Shared]:
    made = Shared()
    assert made.batch("owner", insert("Приказ о парах"))[0] == 200
    yield made
    made.emulator.close()


def comment() -> Json:
    return {"insertComment": {"range": span(1, 7), "content": "Почему?"}}


def test_f60_who_may_comment_may_do_that_alone(shared: Shared) -> None:
    assert shared.batch("reader", comment())[0] == 403
    assert shared.batch("commenter", comment(), insert("!"))[0] == 403
    status, answer = shared.batch("commenter", comment())
    thread = answer["replies"][0]["insertComment"]["commentThread"]
    assert (status, thread["headPost"]["author"]["me"]) == (200, True)
    (seen,) = shared.get("writer", INCLUDED)[1]["comments"]
    assert seen["headPost"]["author"]["displayName"] == "commenter"
    assert "me" not in seen["headPost"]["author"]


def test_f60_only_its_author_changes_or_deletes_a_post(shared: Shared) -> None:
    thread = shared.batch("commenter", comment())[1]["replies"][0]["insertComment"]["commentThread"]
    where = {"commentId": thread["commentId"]}
    change = {"updateCommentPost": {"postId": thread["commentId"], "content": "Иначе", **where}}
    assert shared.batch("owner", change)[0] == 400
    assert shared.batch("owner", {"deleteComment": where})[0] == 400
    reply = {"addCommentReply": {"post": {"content": "Потому"}, **where}}
    post = shared.batch("owner", reply)[1]["replies"][0]["addCommentReply"]["post"]
    gone = {"deleteCommentReply": {"postId": post["postId"], **where}}
    assert shared.batch("commenter", gone)[0] == 400
    assert shared.batch("owner", gone)[0] == 200
    assert shared.batch("commenter", change, {"deleteComment": where})[0] == 200


def test_f60_a_reader_sees_neither_comments_nor_suggestions(shared: Shared) -> None:
    shared.batch("commenter", comment())
    current = "?includeTabsContent=true&commentsViewMode=COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS"
    for role, mode, view in (
        ("reader", "PREVIEW_WITHOUT_SUGGESTIONS", "COMMENTS_VIEW_MODE_OMITTED"),
        ("commenter", "SUGGESTIONS_INLINE", "COMMENTS_VIEW_MODE_INCLUDED"),
        ("writer", "SUGGESTIONS_INLINE", "COMMENTS_VIEW_MODE_INCLUDED"),
    ):
        shown = shared.get(role, current)[1]
        assert (shown["suggestionsViewMode"], shown["commentsViewMode"]) == (mode, view)
        assert ("comments" in shown) is (role != "reader")
    assert shared.get("reader", INCLUDED)[0] == 403
    assert shared.get("reader", f"?{INLINE}")[0] == 403
    assert shared.get("reader", "?suggestionsViewMode=PREVIEW_SUGGESTIONS_ACCEPTED")[0] == 403
    assert shared.get("reader", "?suggestionsViewMode=PREVIEW_WITHOUT_SUGGESTIONS")[0] == 200
