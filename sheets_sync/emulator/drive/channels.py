"""Channels over which changes of files would be told: opened, remembered, stopped.

No notification is sent. Source: Drive's guide "Notifications for resource changes" (what a channel needs, how
it is answered, an hour unless asked, a day at most for a file and a week for changes); discovery (schema
Channel); the words of refusals as public reports quote them, else assumed.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

from sheets_sync.emulator.calls import Call, Method
from sheets_sync.emulator.drive import changes
from sheets_sync.emulator.drive.files import find
from sheets_sync.emulator.drive.refusals import required
from sheets_sync.emulator.filetable import rfc3339
from sheets_sync.emulator.wire import ApiError, Response

SCHEMA = (
    """CREATE TABLE channel (
        id TEXT PRIMARY KEY, resource_id TEXT NOT NULL, resource_uri TEXT NOT NULL, address TEXT NOT NULL,
        token TEXT, expires TEXT NOT NULL, email TEXT NOT NULL, client TEXT NOT NULL)""",
)
_NAME = re.compile(r"[A-Za-z0-9\-_+/=]{1,64}")
_USUAL = timedelta(hours=1)
_LONGEST = {"files": timedelta(days=1), "changes": timedelta(days=7)}


def watch_file(call: Call) -> dict[str, Any]:
    """Open a channel for one file."""
    call.writes = False
    row = find(call, call.params["fileId"])
    call.writes = True
    return _open(call, "files", row.id, f"files/{row.id}?alt=json")


def watch_changes(call: Call) -> dict[str, Any]:
    """Open a channel for the caller's changes, or those of a shared drive."""
    token = changes.token_of(call)
    drive = call.params.get("driveId") or call.params.get("teamDriveId")
    about = f"changes?alt=json&pageToken={token}" + (f"&driveId={drive}" if drive else "")
    return _open(call, "changes", f"changes:{call.principal.email}:{drive or ''}", about)


def _open(call: Call, kind: str, watched: str, about: str) -> dict[str, Any]:
    body = call.body
    name, address = str(body.get("id") or ""), str(body.get("address") or "")
    if not name:
        raise required("entity.channel.id", "required")
    if not _NAME.fullmatch(name):
        raise required(
            "Channel id must match [A-Za-z0-9\\-_\\+/=]+ and have 64 characters at most.", "invalid"
        )
    if body.get("type") not in ("web_hook", "webhook"):
        raise required(f"Unknown channel type: {body.get('type')}", "push.channelTypeUnknown")
    if not re.match(r"https://[^/\s]+", address):
        raise required(f"WebHook callback must be HTTPS: {address}", "push.webhookUrlNotHttps")
    held = call.tx.execute("SELECT expires FROM channel WHERE id = ?", (name,)).fetchone()
    if held is not None and held[0] > rfc3339(call.now):
        raise required(f"Channel id {name} not unique", "channelIdNotUnique")
    ends = _ends(call, kind)
    resource = _resource_id(watched)
    version = "v2" if call.method.startswith("drive.v2.") else "v3"
    uri = f"{call.workspace.base_url}/drive/{version}/{about}"
    call.tx.execute(
        "INSERT OR REPLACE INTO channel VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(name, resource, uri, address, body.get("token"), rfc3339(ends)),
            *(call.principal.email, call.principal.client),
        ),
    )
    answer = {"kind": "api#channel", "id": name, "resourceId": resource, "resourceUri": uri}
    answer |= {"token": body["token"]} if body.get("token") else {}
    return {**answer, "expiration": str(int(ends.timestamp() * 1000))}


def _ends(call: Call, kind: str) -> datetime:
    if not call.body.get("expiration"):
        return call.now + _USUAL
    asked = min(int(call.body["expiration"]) / 1000, (call.now + _LONGEST[kind]).timestamp())
    ends = datetime.fromtimestamp(asked, UTC)
    if ends <= call.now:
        raise required("Channel expiration must be in the future.", "invalid")
    return ends


def _resource_id(watched: str) -> str:
    """Give the opaque name of what is watched, the same for every version of the API (discovery)."""
    return urlsafe_b64encode(hashlib.sha256(watched.encode()).digest()).decode()[:27]


def stop(call: Call) -> Response:
    """Close a channel of the caller's, named by its id and the id of what it watches; 204."""
    name, resource = str(call.body.get("id") or ""), str(call.body.get("resourceId") or "")
    closed = call.tx.execute(
        "DELETE FROM channel WHERE id = ? AND resource_id = ? AND email = ? AND client = ? AND expires > ?",
        (name, resource, call.principal.email, call.principal.client, rfc3339(call.now)),
    )
    if not closed.rowcount:
        raise ApiError(404, f"Channel '{name}' not found for project 'local-workspace'", reason="notFound")
    return Response.empty()


METHODS: dict[str, Method] = {
    "drive.changes.watch": watch_changes,
    "drive.channels.stop": stop,
    "drive.files.watch": watch_file,
    "drive.v2.changes.watch": watch_changes,
    "drive.v2.channels.stop": stop,
    "drive.v2.files.watch": watch_file,
}
