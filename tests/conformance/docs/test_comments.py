"""Comments on a document's text: made, answered, read and deleted, and the same ones in Drive.

Expected values: discovery docs.v1, and what public programs quote of Google's answers of July 2026.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.docs.conftest import Doc, insert, span

Json = dict[str, Any]
VIEW = {
    "includeTabsContent": True,
    "suggestionsViewMode": "SUGGESTIONS_INLINE",
    "commentsViewMode": "COMMENTS_VIEW_MODE_INCLUDED",
}


def comment(start: int, end: int, content: str = "Почему?", **more: Any) -> Json:
    return {"insertComment": {"range": span(start, end), "content": content, **more}}


def made(doc: Doc, *requests: Json) -> Json:
    """The thread that the last request of a batch makes."""
    thread: Json = doc.batch(*requests)["replies"][-1]["insertComment"]["commentThread"]
    return thread


def reply(thread: Json, content: str = "Потому", **post: Any) -> Json:
    return {"addCommentReply": {"commentId": thread["commentId"], "post": {"content": content, **post}}}


def threads(doc: Doc) -> list[Json]:
    found: list[Json] = doc.get(**VIEW).get("comments", [])
    return found


def test_f60_a_comment_is_answered_as_a_thread_tied_to_its_text(doc: Doc) -> None:
    answer = doc.batch(insert("Приказ о парах"), comment(1, 7))
    assert answer["commentUpdateState"] == "ALL_SAVED"
    thread = answer["replies"][1]["insertComment"]["commentThread"]
    head = thread["headPost"]
    assert (thread["status"], thread["plainTextQuote"]) == ("OPEN", "Приказ")
    assert (head["postId"], head["content"]) == (thread["commentId"], "Почему?")
    assert head["commentAction"] == "NO_COMMENT_ACTION_CHANGE"
    assert head["author"]["me"] is True
    assert head["author"]["user"].startswith("users/")
    shown = doc.get(**VIEW)
    assert shown["comments"] == [thread]
    place = {"startIndex": 1, "endIndex": 7, "tabId": "t.0"}
    anchor = {"anchorId": thread["anchorId"], "ranges": [place]}
    assert shown["tabs"][0]["documentTab"]["commentAnchors"] == {thread["anchorId"]: anchor}


def test_f60_comments_are_shown_only_where_they_are_asked_for(doc: Doc) -> None:
    doc.batch(insert("Приказ"), comment(1, 7))
    for view in ({}, {"includeTabsContent": True}):
        shown = doc.get(**view)
        assert "comments" not in shown
        assert "commentAnchors" not in str(shown)
        assert shown["commentsViewMode"] == "COMMENTS_VIEW_MODE_OMITTED"
    current = {
        "includeTabsContent": True,
        "commentsViewMode": "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS",
    }
    assert len(doc.get(**current)["comments"]) == 1
    assert doc.get(**VIEW)["commentsViewMode"] == "COMMENTS_VIEW_MODE_INCLUDED"


@pytest.mark.parametrize(
    "wrong",
    [
        {**VIEW, "includeTabsContent": False},
        {**VIEW, "suggestionsViewMode": "PREVIEW_WITHOUT_SUGGESTIONS"},
        {**VIEW, "suggestionsViewMode": "DEFAULT_FOR_CURRENT_ACCESS"},
        {
            "includeTabsContent": True,
            "commentsViewMode": "COMMENTS_VIEW_MODE_DEFAULT_FOR_CURRENT_ACCESS",
            "suggestionsViewMode": "PREVIEW_SUGGESTIONS_ACCEPTED",
        },
    ],
)
def test_f60_views_that_do_not_go_together_are_refused(doc: Doc, wrong: Json) -> None:
    with pytest.raises(Exception, match="400"):
        doc.get(**wrong)


def test_f60_an_anchor_moves_with_its_text_and_goes_with_it(doc: Doc) -> None:
    thread = made(doc, insert("Приказ о парах"), comment(8, 9))
    doc.batch(insert("Новый ", 1))
    tab = doc.get(**VIEW)["tabs"][0]["documentTab"]
    (place,) = tab["commentAnchors"][thread["anchorId"]]["ranges"]
    assert (place["startIndex"], place["endIndex"]) == (14, 15)
    doc.batch({"deleteContentRange": {"range": span(14, 15)}})
    (left,) = threads(doc)
    assert "anchorId" not in left
    assert left["plainTextQuote"] == "о"


def test_f60_a_reply_can_settle_a_comment_and_open_it_again(doc: Doc) -> None:
    thread = made(doc, insert("Приказ"), comment(1, 7))
    post = doc.batch(reply(thread))["replies"][0]["addCommentReply"]["post"]
    assert (post["content"], post["commentAction"]) == ("Потому", "NO_COMMENT_ACTION_CHANGE")
    doc.batch(reply(thread, "", commentAction="RESOLVE"))
    (settled,) = threads(doc)
    assert settled["status"] == "RESOLVED"
    assert [one["commentAction"] for one in settled["replies"]] == ["NO_COMMENT_ACTION_CHANGE", "RESOLVE"]
    doc.batch(reply(thread, "Нет", commentAction="REOPEN"))
    assert threads(doc)[0]["status"] == "OPEN"


def test_f60_posts_are_changed_and_deleted(doc: Doc) -> None:
    thread = made(doc, insert("Приказ"), comment(1, 7))
    post = doc.batch(reply(thread))["replies"][0]["addCommentReply"]["post"]
    where = {"commentId": thread["commentId"]}
    change = {"postId": post["postId"], "content": "Иначе", **where}
    head = {"postId": thread["commentId"], "content": "Зачем?", **where}
    doc.batch({"updateCommentPost": change}, {"updateCommentPost": head})
    (shown,) = threads(doc)
    assert (shown["headPost"]["content"], shown["replies"][0]["content"]) == ("Зачем?", "Иначе")
    doc.batch({"deleteCommentReply": {"postId": post["postId"], **where}})
    gone = threads(doc)[0]["replies"][0]
    assert gone["deleted"] is True
    assert not {"content", "author"} & gone.keys()
    doc.batch({"deleteComment": where})
    shown = doc.get(**VIEW)
    assert "comments" not in shown
    assert "commentAnchors" not in shown["tabs"][0]["documentTab"]


def test_f60_what_the_discovery_document_says_is_refused_is_refused(doc: Doc) -> None:
    thread = made(doc, insert("Приказ"), comment(1, 7))
    where = {"commentId": thread["commentId"]}
    settle = doc.batch(reply(thread, "", commentAction="RESOLVE"))["replies"][0]["addCommentReply"]["post"]
    for wrong in (
        comment(1, 7, ""),
        comment(1, 7, "я" * 1025),
        comment(1, 7, assigneeEmailAddress="x" * 2049),
        comment(1, 99),
        reply(thread, ""),
        reply(thread, "Тебе", assigneeEmail="a@school.example"),
        reply(thread, "", commentAction="RESOLVE", assigneeEmail="a@school.example"),
        reply({"commentId": "AAAAnone"}),
        {"deleteComment": {"commentId": "AAAAnone"}},
        {"deleteCommentReply": {"postId": settle["postId"], **where}},
        {"updateCommentPost": {"postId": settle["postId"], "content": "", **where}},
        {"addCommentReply": {"suggestionId": "suggest.x", "post": {"content": "а"}}},
        {"addCommentReply": {"suggestionId": "suggest.x", "post": {"content": "а"}, **where}},
    ):
        assert doc.refused(wrong)[0] == 400, wrong
    assert len(threads(doc)[0]["replies"]) == 1


def test_f60_a_batch_that_fails_leaves_no_comment(doc: Doc) -> None:
    before = doc.get(**VIEW)
    code, said = doc.refused(insert("раз"), comment(1, 2), {"deleteComment": {"commentId": "AAAAnone"}})
    assert (code, said.startswith("Invalid requests[2].deleteComment: ")) == (400, True)
    assert doc.get(**VIEW) == before


def test_f60_an_assigned_comment_names_whom_it_is_assigned_to(doc: Doc) -> None:
    email = "curator@school.example"
    thread = made(doc, insert("Приказ"), comment(1, 7, assigneeEmailAddress=email))
    assert thread["headPost"]["assigneeEmail"] == email
    other = "secretary@school.example"
    post = doc.batch(reply(thread, "Вам", assigneeEmail=other))["replies"][0]["addCommentReply"]["post"]
    assert post["assigneeEmail"] == other
    wrong = {"commentId": thread["commentId"], "postId": post["postId"]}
    assert doc.refused({"deleteCommentReply": wrong})[0] == 400


def test_f60_drive_shows_the_same_comments(doc: Doc, drive: Any) -> None:
    thread = made(doc, insert("Приказ < 5"), comment(1, 11))
    listed = drive.comments().list(fileId=doc.id, fields="comments").execute()["comments"]
    assert [one["id"] for one in listed] == [thread["commentId"]]
    assert listed[0]["quotedFileContent"]["value"] == "Приказ &lt; 5"
    body = {"content": "Готово", "action": "resolve"}
    drive.replies().create(fileId=doc.id, commentId=thread["commentId"], body=body, fields="id").execute()
    drive.comments().create(fileId=doc.id, body={"content": "Обо всём"}, fields="id").execute()
    anchored, loose = threads(doc)
    assert (anchored["status"], anchored["plainTextQuote"]) == ("RESOLVED", "Приказ < 5")
    assert anchored["replies"][0]["commentAction"] == "RESOLVE"
    assert (loose["headPost"]["content"], "anchorId" in loose) == ("Обо всём", False)
