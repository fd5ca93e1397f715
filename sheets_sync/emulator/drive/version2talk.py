"""Comments and replies in Drive v2's words.

Source: discovery document of Drive v2 (schemas Comment, CommentReply); every method asks its v3 counterpart.
"""

from __future__ import annotations

from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import comments, files
from sheets_sync.emulator.drive.version2shape import asked, base_url
from sheets_sync.emulator.wire import Response

Json = dict[str, Any]
_SAME = ("content", "htmlContent", "deleted", "anchor")


def _comment_body(call: Call) -> Json:
    given = call.body
    body = {name: given[name] for name in ("content", "anchor") if given.get(name) is not None}
    context = given.get("context") or {}
    if context:
        named = {"type": "mimeType", "value": "value"}
        body["quotedFileContent"] = {named[key]: one for key, one in context.items() if key in named}
    return body


def _reply_body(call: Call) -> Json:
    given = call.body
    body = {"content": given["content"]} if given.get("content") is not None else {}
    return body | ({"action": given["verb"]} if given.get("verb") else {})


def _shown(found: Json) -> Json:
    shown = {name: found[name] for name in _SAME if name in found}
    shown |= {"createdDate": found["createdTime"], "modifiedDate": found["modifiedTime"]}
    person = found["author"]
    shown["author"] = {
        "kind": "drive#user",
        "displayName": person["displayName"],
        "isAuthenticatedUser": person["me"],
    }
    return shown


def _reply(found: Json) -> Json:
    shown: Json = {"kind": "drive#commentReply", "replyId": found["id"], **_shown(found)}
    return shown | ({"verb": found["action"]} if found.get("action") else {})


def _comment(call: Call, found: Json) -> Json:
    file_id = call.params["fileId"]
    shown: Json = {
        "kind": "drive#comment",
        "selfLink": f"{base_url(call)}/files/{file_id}/comments/{found['id']}",
        "commentId": found["id"],
        "fileId": file_id,
        "fileTitle": files.find(call, file_id).name,
        "status": "resolved" if found.get("resolved") else "open",
        "replies": [_reply(one) for one in found["replies"]],
        **_shown(found),
    }
    quoted = found.get("quotedFileContent")
    if quoted:
        shown["context"] = {"type": quoted.get("mimeType", ""), "value": quoted.get("value", "")}
    return shown


def insert_comment(call: Call) -> Json:
    """Add a comment to a file."""
    return _comment(call, comments.create(asked(call, _comment_body(call))))


def get_comment(call: Call) -> Json:
    """Give one comment with its replies."""
    return _comment(call, comments.get(asked(call)))


def update_comment(call: Call) -> Json:
    """Change a comment."""
    return _comment(call, comments.update(asked(call, _comment_body(call))))


def list_comments(call: Call) -> Json:
    """List the comments of a file, those changed since `updatedMin` where it is given."""
    page = {"pageSize": call.params.get("maxResults"), "startModifiedTime": call.params.get("updatedMin")}
    found = comments.list_comments(asked(call, **page))
    link = f"{base_url(call)}/files/{call.params['fileId']}/comments"
    answer: Json = {"kind": "drive#commentList", "selfLink": link}
    if "nextPageToken" in found:
        token = found["nextPageToken"]
        answer |= {"nextPageToken": token, "nextLink": f"{link}?pageToken={token}"}
    return {**answer, "items": [_comment(call, one) for one in found["comments"]]}


def insert_reply(call: Call) -> Json:
    """Answer a comment; the verb "resolve" or "reopen" settles it."""
    return _reply(comments.create_reply(asked(call, _reply_body(call))))


def get_reply(call: Call) -> Json:
    """Give one reply."""
    return _reply(comments.get_reply(asked(call)))


def update_reply(call: Call) -> Json:
    """Change a reply."""
    return _reply(comments.update_reply(asked(call, _reply_body(call))))


def list_replies(call: Call) -> Json:
    """List the replies to a comment."""
    found = comments.list_replies(asked(call, pageSize=call.params.get("maxResults")))
    params = call.params
    link = f"{base_url(call)}/files/{params['fileId']}/comments/{params['commentId']}/replies"
    answer: Json = {"kind": "drive#commentReplyList", "selfLink": link}
    if "nextPageToken" in found:
        token = found["nextPageToken"]
        answer |= {"nextPageToken": token, "nextLink": f"{link}?pageToken={token}"}
    return {**answer, "items": [_reply(one) for one in found["replies"]]}


def _delete(method: Method) -> Method:
    def deleted(call: Call) -> Response:
        method(asked(call))
        return Response.empty()

    return deleted


METHODS: dict[str, Method] = {
    "drive.v2.comments.delete": _delete(comments.delete),
    "drive.v2.comments.get": get_comment,
    "drive.v2.comments.insert": insert_comment,
    "drive.v2.comments.list": list_comments,
    "drive.v2.comments.patch": update_comment,
    "drive.v2.comments.update": update_comment,
    "drive.v2.replies.delete": _delete(comments.delete_reply),
    "drive.v2.replies.get": get_reply,
    "drive.v2.replies.insert": insert_reply,
    "drive.v2.replies.list": list_replies,
    "drive.v2.replies.patch": update_reply,
    "drive.v2.replies.update": update_reply,
}
