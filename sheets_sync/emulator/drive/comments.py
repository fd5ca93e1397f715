"""Drive v3 comments and their replies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.commenttable import add_comment, amend, erase, set_content, set_resolved
from sheets_sync.emulator.drive import rights
from sheets_sync.emulator.drive.files import find
from sheets_sync.emulator.drive.listing import page_token, read_page_token
from sheets_sync.emulator.drive.refusals import bad_parameter, fields_required, missing, required
from sheets_sync.emulator.drive.shape import user_resource
from sheets_sync.emulator.wire import Response

_COLUMNS = "id, author, created, modified, content, deleted, extra"


def create(call: Call) -> dict[str, Any]:
    """Add a comment to a file."""
    return _add(call, None, {"anchor", "quotedFileContent"})


def copy_open(call: Call, source: str, target: str) -> None:
    """Copy the comments of a file that are not settled, with their replies."""
    held = call.tx.execute(
        "SELECT id, parent, author, created, modified, content, extra FROM comment "
        "WHERE file_id = ? AND deleted = 0 ORDER BY rowid",
        (source,),
    ).fetchall()
    names: dict[str, str] = {}
    for name, parent, *rest in held:
        if parent is None and json.loads(rest[-1]).get("resolved"):
            continue
        if parent is not None and parent not in names:
            continue
        names[name] = "AAAA" + call.ids.token(7)
        call.tx.execute(
            "INSERT INTO comment (id, file_id, parent, author, created, modified, content, extra) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (names[name], target, names.get(parent), *rest),
        )


def create_reply(call: Call) -> dict[str, Any]:
    """Answer a comment; the action "resolve" or "reopen" settles it. Source: discovery (schema Reply)."""
    answer = _add(call, call.params["commentId"], {"action"})
    _settle(call)
    return answer


def _add(call: Call, parent: str | None, kept: set[str]) -> dict[str, Any]:
    _needs_fields(call)
    _check_action(call)
    call.writes = False
    row = find(call, call.params["fileId"])
    rights.require_open_content(row)
    if parent is not None:
        _row(call, parent, None)
    if not call.body.get("content") and not call.body.get("action"):
        raise required("The comment's content is required.")
    extra = {key: value for key, value in call.body.items() if key in kept and value is not None}
    name = add_comment(call, row.id, parent, call.body.get("content") or "", extra)
    return _resource(call, _row(call, name, parent), reply=parent is not None)


def _needs_fields(call: Call) -> None:
    if call.mask is None:
        raise fields_required()


def _row(call: Call, name: str, parent: str | None) -> tuple[Any, ...]:
    found: tuple[Any, ...] | None = call.tx.execute(
        f"SELECT {_COLUMNS} FROM comment WHERE id = ? AND file_id = ? AND parent IS ?",
        (name, call.params["fileId"], parent),
    ).fetchone()
    if found is None:
        what, where = ("Comment", "commentId") if parent is None else ("Reply", "replyId")
        raise missing(what, name, where)
    return found


def _resource(call: Call, row: tuple[Any, ...], *, reply: bool) -> dict[str, Any]:
    name, author, created, modified, content, deleted, extra = row
    resource: dict[str, Any] = {
        "kind": "drive#reply" if reply else "drive#comment",
        "id": name,
        "createdTime": created,
        "modifiedTime": modified,
        "author": _author(call, author),
        "deleted": bool(deleted),
    }
    if not deleted:
        resource |= {"content": content, "htmlContent": _escaped(content), **json.loads(extra)}
    if not reply:
        below = call.tx.execute(
            f"SELECT {_COLUMNS} FROM comment WHERE parent = ? AND (deleted = 0 OR ?) ORDER BY rowid",
            (name, bool(call.params.get("includeDeleted"))),
        ).fetchall()
        resource["replies"] = [_resource(call, one, reply=True) for one in below]
    return resource


def _author(call: Call, email: str) -> dict[str, Any]:
    """Give who wrote, without address and permission id. Source: discovery (Comment.author, Reply.author)."""
    person = user_resource(call, email)
    return {key: person[key] for key in ("kind", "displayName", "me")}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")


def get(call: Call) -> dict[str, Any]:
    """Give one comment with its replies."""
    _needs_fields(call)
    find(call, call.params["fileId"])
    return _resource(call, _shown(call, call.params["commentId"], None), reply=False)


def _shown(call: Call, name: str, parent: str | None) -> tuple[Any, ...]:
    """Find a comment or a reply; a deleted one only where includeDeleted asks for it (discovery)."""
    row = _row(call, name, parent)
    if row[5] and not call.params.get("includeDeleted"):
        raise missing(*(("Comment", name, "commentId") if parent is None else ("Reply", name, "replyId")))
    return row


def get_reply(call: Call) -> dict[str, Any]:
    """Give one reply."""
    _needs_fields(call)
    find(call, call.params["fileId"])
    return _resource(call, _shown(call, call.params["replyId"], call.params["commentId"]), reply=True)


def list_comments(call: Call) -> dict[str, Any]:
    """List the comments of a file, deleted ones on demand. Source: recorded ("comments": [])."""
    return _list(call, None, "comments", "drive#commentList")


def list_replies(call: Call) -> dict[str, Any]:
    """List the replies to a comment."""
    return _list(call, call.params["commentId"], "replies", "drive#replyList")


def _list(call: Call, parent: str | None, key: str, kind: str) -> dict[str, Any]:
    _needs_fields(call)
    row = find(call, call.params["fileId"])
    rows = call.tx.execute(
        f"SELECT {_COLUMNS} FROM comment WHERE file_id = ? AND parent IS ? AND (deleted = 0 OR ?) "
        "ORDER BY rowid",
        (row.id, parent, bool(call.params.get("includeDeleted"))),
    ).fetchall()
    since = call.params.get("startModifiedTime")
    if since:
        rows = [one for one in rows if _moment(one[3]) >= _moment(since)]
    first, size = read_page_token(call.params.get("pageToken", "")), call.params.get("pageSize", 20)
    page = rows[first : first + size]
    answer: dict[str, Any] = {"kind": kind, key: [_resource(call, one, reply=bool(parent)) for one in page]}
    if first + size < len(rows):
        answer["nextPageToken"] = page_token(first + size)
    return answer


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise bad_parameter("startModifiedTime") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def update(call: Call) -> dict[str, Any]:
    """Change a comment's text, or what it is about."""
    return _change(call, call.params["commentId"], None, {"anchor", "quotedFileContent"})


def update_reply(call: Call) -> dict[str, Any]:
    """Change a reply's text; an action settles its comment."""
    answer = _change(call, call.params["replyId"], call.params["commentId"], {"action"})
    _settle(call)
    return answer


def _settle(call: Call) -> None:
    if call.body.get("action"):
        set_resolved(call, call.params["commentId"], resolved=call.body["action"] == "resolve")


def _change(call: Call, name: str, parent: str | None, kept: set[str]) -> dict[str, Any]:
    _needs_fields(call)
    _check_action(call)
    rights.require_open_content(find(call, call.params["fileId"]))
    _shown(call, name, parent)
    set_content(call, name, parent, call.body.get("content"))
    amend(call, name, {key: value for key, value in call.body.items() if key in kept and value is not None})
    return _resource(call, _row(call, name, parent), reply=parent is not None)


def _check_action(call: Call) -> None:
    """Refuse an action that is none. Source: discovery (Reply.action); the words are assumed."""
    if call.body.get("action") not in (None, "", "resolve", "reopen"):
        raise required("The reply's action must be resolve or reopen.", "invalid")


def delete(call: Call) -> Response:
    """Delete a comment: its text goes, its place stays."""
    return _delete(call, call.params["commentId"], None)


def delete_reply(call: Call) -> Response:
    """Delete a reply."""
    return _delete(call, call.params["replyId"], call.params["commentId"])


def _delete(call: Call, name: str, parent: str | None) -> Response:
    find(call, call.params["fileId"])
    _row(call, name, parent)
    erase(call, name)
    return Response.empty()
