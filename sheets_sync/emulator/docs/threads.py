"""Comments as Docs shows and changes them; Drive shows the same ones.

Source: discovery docs.v1 (CommentThread, Post, PostAuthor, CommentsViewMode, BatchUpdateDocumentResponse).
That the head post has the thread's id, what a post holds and that the two services share their comments is
quoted by public programs from Google's answers of July 2026; the texts of refusals are assumed.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape, unescape

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.commenttable import (
    Comment,
    add_comment,
    erase,
    find_comment,
    list_comments,
    set_content,
    set_resolved,
)
from sheets_sync.emulator.docs.commenting import KINDS, without_anchor
from sheets_sync.emulator.docs.model import Document, Json
from sheets_sync.emulator.docs.units import Refused
from sheets_sync.emulator.filetable import permission_id

_ACTIONS = {"RESOLVE": "resolve", "REOPEN": "reopen"}


def threads(call: Call, file_id: str, document: Document) -> list[Json]:
    """List the comment threads of a document, oldest first."""
    anchors = {anchor.range_id for tab in document.tabs for anchor in tab.anchors}
    return [
        _thread(call, file_id, comment, anchors)
        for comment in list_comments(call, file_id, None)
        if not comment.deleted
    ]


def _thread(call: Call, file_id: str, comment: Comment, anchors: set[str]) -> Json:
    shown: Json = {"commentId": comment.comment_id}
    if comment.extra.get("anchor") in anchors:
        shown["anchorId"] = comment.extra["anchor"]
    shown["headPost"] = _post(call, comment)
    replies = [_post(call, reply) for reply in list_comments(call, file_id, comment.comment_id)]
    if replies:
        shown["replies"] = replies
    shown["status"] = "RESOLVED" if comment.extra.get("resolved") else "OPEN"
    quote = comment.extra.get("quotedFileContent", {}).get("value")
    if quote:
        shown["plainTextQuote"] = unescape(quote)
    return shown


def _post(call: Call, comment: Comment) -> Json:
    moments = {"createTime": comment.created, "updateTime": comment.modified}
    if comment.deleted:
        return {"postId": comment.comment_id, **moments, "deleted": True}
    action = next((k for k, v in _ACTIONS.items() if v == comment.extra.get("action")), None)
    shown: Json = {"postId": comment.comment_id}
    if comment.content:
        html = escape(comment.content, quote=False).replace("\n", "<br>")
        shown |= {"content": comment.content, "contentHtml": html}
    shown |= {"author": _author(call, comment.author), **moments}
    shown["commentAction"] = action or "NO_COMMENT_ACTION_CHANGE"
    if comment.extra.get("assigneeEmailAddress"):
        shown["assigneeEmail"] = comment.extra["assigneeEmailAddress"]
    return shown


def _author(call: Call, email: str) -> Json:
    me = {"me": True} if email == call.principal.email else {}
    return {"displayName": email.partition("@")[0], **me, "user": f"users/{permission_id('user', email)}"}


def carry_out(
    call: Call, file_id: str, kind: str, asked: Json, reply: Json, document: Document
) -> tuple[Document, Json]:
    """Carry out one request on comments, whose text part is done; gives the document and the full reply.

    Raises Refused for what is not there or not the caller's.
    """
    return _CARRIED_OUT[kind](call, file_id, asked, reply, document)


def _insert(call: Call, file_id: str, asked: Json, reply: Json, document: Document) -> tuple[Document, Json]:
    begun = reply["insertComment"]["commentThread"]
    extra: Json = {"anchor": begun["anchorId"]}
    if begun["plainTextQuote"]:
        quote = escape(begun["plainTextQuote"], quote=False)
        extra["quotedFileContent"] = {"mimeType": "text/html", "value": quote}
    if asked.get("assigneeEmailAddress"):
        extra["assigneeEmailAddress"] = asked["assigneeEmailAddress"]
    name = add_comment(call, file_id, None, asked["content"], extra)
    made = _thread(call, file_id, _found(call, file_id, name, None), {begun["anchorId"]})
    return document, {"insertComment": {"commentThread": made}}


def _found(call: Call, file_id: str, name: str, parent: str | None) -> Comment:
    comment = find_comment(call, file_id, name, parent)
    if comment is None or comment.deleted:
        what = "Comment" if parent is None else "Post"
        raise Refused(f"{what} with ID {name} was not found.")
    return comment


def _own(call: Call, comment: Comment) -> Comment:
    if comment.author != call.principal.email:
        raise Refused("The requesting user is not the author of the post.")
    return comment


def _reply(call: Call, file_id: str, asked: Json, reply: Json, document: Document) -> tuple[Document, Json]:
    head = _found(call, file_id, asked["commentId"], None)
    post = asked["post"]
    action, assignee = _ACTIONS.get(post.get("commentAction", "")), post.get("assigneeEmail")
    if assignee and not head.extra.get("assigneeEmailAddress"):
        raise Refused("The comment has no assignee, so that its replies cannot assign it.")
    extra = {"action": action, "assigneeEmailAddress": assignee}
    given = {name: value for name, value in extra.items() if value}
    name = add_comment(call, file_id, head.comment_id, post.get("content", ""), given)
    if action:
        set_resolved(call, head.comment_id, resolved=action == "resolve")
    made = _post(call, _found(call, file_id, name, head.comment_id))
    return document, {"addCommentReply": {"post": made}}


def _update(call: Call, file_id: str, asked: Json, reply: Json, document: Document) -> tuple[Document, Json]:
    head = _found(call, file_id, asked["commentId"], None)
    name = asked.get("postId", "")
    parent = None if name == head.comment_id else head.comment_id
    _own(call, _found(call, file_id, name, parent))
    set_content(call, name, parent, asked["content"])
    return document, {}


def _delete(call: Call, file_id: str, asked: Json, reply: Json, document: Document) -> tuple[Document, Json]:
    comment = _own(call, _found(call, file_id, asked["commentId"], None))
    erase(call, comment.comment_id)
    return without_anchor(document, comment.extra.get("anchor", "")), {}


def _delete_reply(
    call: Call, file_id: str, asked: Json, reply: Json, document: Document
) -> tuple[Document, Json]:
    head = _found(call, file_id, asked["commentId"], None)
    post = _own(call, _found(call, file_id, asked.get("postId", ""), head.comment_id))
    if post.extra.get("action") or post.extra.get("assigneeEmailAddress"):
        raise Refused("A reply that contains an action or an assignee cannot be deleted.")
    erase(call, post.comment_id)
    return document, {}


_CARRIED_OUT: dict[str, Callable[[Call, str, Json, Json, Document], tuple[Document, Json]]] = {
    "addCommentReply": _reply,
    "deleteComment": _delete,
    "deleteCommentReply": _delete_reply,
    "insertComment": _insert,
    "updateCommentPost": _update,
}


def only_comments(requests: list[Json]) -> bool:
    """Say whether a batch concerns comments alone, so that the right to comment is enough."""
    return all(len(request) == 1 and request.keys() <= KINDS.keys() for request in requests)
