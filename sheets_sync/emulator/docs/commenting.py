"""The requests of `documents.batchUpdate` on comments, in so far as they concern the text: anchors.

Source: discovery docs.v1 (InsertCommentRequest, AddCommentReplyRequest, UpdateCommentPostRequest,
DeleteCommentRequest, DeleteCommentReplyRequest, CommentAnchor). What is said, and by whom: `threads`.
"""

from __future__ import annotations

from dataclasses import replace

from sheets_sync.emulator.docs.model import Document, Json, NamedRange, Span, Tab, units_of
from sheets_sync.emulator.docs.places import Applied, Kind, NewId, range_of
from sheets_sync.emulator.docs.textedit import check_range
from sheets_sync.emulator.docs.units import NEWLINE, OBJECT, STRUCTURE, Refused, join_units

_LONGEST = 2048
_ACTIONS = ("RESOLVE", "REOPEN")


def checked_content(content: str, *, required: bool = True) -> str:
    """Give the text of a post; raises Refused when it is missing or longer than 2048 bytes of UTF-8."""
    if required and not content:
        raise Refused("The content of a comment must not be empty.")
    if len(content.encode()) > _LONGEST:
        raise Refused(f"The content of a comment must not exceed {_LONGEST} UTF-8 code units.")
    return content


def checked_assignee(email: str) -> str:
    """Give the address of whom a comment is assigned to; raises Refused when it is too long."""
    if len(email.encode()) > _LONGEST:
        raise Refused(f"The email of an assignee must not exceed {_LONGEST} UTF-8 code units.")
    return email


def _insert_comment(document: Document, asked: Json, new_id: NewId) -> Applied:
    checked_content(asked.get("content", ""))
    checked_assignee(asked.get("assigneeEmailAddress", ""))
    tab, span = range_of(document, asked)
    check_range(tab, span.segment, span.start, span.end)
    anchor_id = new_id("kix.")
    anchored = replace(tab, anchors=(*tab.anchors, NamedRange(anchor_id, "", (span,))))
    thread = {"anchorId": anchor_id, "plainTextQuote": _quoted(tab, span)}
    return document.with_tab(anchored), {"insertComment": {"commentThread": thread}}


def _quoted(tab: Tab, span: Span) -> str:
    units = units_of(tab, span.segment)[span.start : span.end]
    kept = (unit.char for unit in units if unit.char not in STRUCTURE and unit.char != OBJECT)
    return join_units(kept).strip(NEWLINE)


def _in_thread(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Refuse what is wrong whatever the thread holds: no thread at all, or one of a suggestion."""
    if asked.get("suggestionId"):
        raise Refused(f"Suggestion with ID {asked['suggestionId']} was not found.")
    if not asked.get("commentId"):
        raise Refused("The comment ID must be specified.")
    return document, {}


def _add_reply(document: Document, asked: Json, new_id: NewId) -> Applied:
    post = asked.get("post", {})
    acts = post.get("commentAction") in _ACTIONS
    checked_content(post.get("content", ""), required=not acts)
    if checked_assignee(post.get("assigneeEmail", "")) and acts:
        raise Refused("A post that resolves or reopens a comment cannot assign it.")
    return _in_thread(document, asked, new_id)


def _update_post(document: Document, asked: Json, new_id: NewId) -> Applied:
    checked_content(asked.get("content", ""))
    return _in_thread(document, asked, new_id)


KINDS: dict[str, Kind] = {
    "addCommentReply": _add_reply,
    "deleteComment": _in_thread,
    "deleteCommentReply": _in_thread,
    "insertComment": _insert_comment,
    "updateCommentPost": _update_post,
}


def without_anchor(document: Document, anchor_id: str) -> Document:
    """Take an anchor out of the document."""
    for tab in document.tabs:
        kept = tuple(anchor for anchor in tab.anchors if anchor.range_id != anchor_id)
        document = document.with_tab(replace(tab, anchors=kept))
    return document
