"""The one table of files that every service shares, as all of Google's editors share Drive."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.wire import ApiError, not_found, permission_denied

FOLDER = "application/vnd.google-apps.folder"
SPREADSHEET = "application/vnd.google-apps.spreadsheet"
DOCUMENT = "application/vnd.google-apps.document"
FORM = "application/vnd.google-apps.form"
APP_DATA = "appData"
"""The further field of a file in an application data folder; it names the program that made the file."""
APP_DATA_SCOPE = "https://www.googleapis.com/auth/drive.appdata"
INHERITS_NOT = "inheritedPermissionsDisabled"
"""The further field of a folder that keeps out those who come by its parents."""

SCHEMA = (
    """CREATE TABLE file (
        id TEXT PRIMARY KEY, mime_type TEXT NOT NULL, name TEXT NOT NULL, parent TEXT, owner TEXT NOT NULL,
        drive_id TEXT, created TEXT NOT NULL, modified TEXT NOT NULL, modified_by TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1, trashed INTEGER NOT NULL DEFAULT 0, trashed_time TEXT,
        app_properties TEXT NOT NULL DEFAULT '{}', properties TEXT NOT NULL DEFAULT '{}',
        extra TEXT NOT NULL DEFAULT '{}')""",
    "CREATE INDEX file_parent ON file (parent)",
    """CREATE TABLE permission (
        file_id TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, role TEXT NOT NULL, email TEXT,
        domain TEXT, view TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (file_id, id, view))""",
    """CREATE TABLE change (
        n INTEGER PRIMARY KEY AUTOINCREMENT, file_id TEXT NOT NULL, time TEXT NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0, drive_id TEXT)""",
    "CREATE INDEX change_file ON change (file_id)",
    """CREATE TABLE IF NOT EXISTS program_file (
        file_id TEXT NOT NULL, client TEXT NOT NULL, PRIMARY KEY (file_id, client))""",
)

_COLUMNS = (
    "id, mime_type, name, parent, owner, drive_id, created, modified, modified_by, version, trashed, "
    "trashed_time, app_properties, properties, extra"
)
_RANK = {"reader": 1, "commenter": 2, "writer": 3, "fileOrganizer": 4, "organizer": 5, "owner": 6}


@dataclass(frozen=True)
class FileRow:
    """One file; times are RFC 3339 texts in UTC with milliseconds, as Drive writes them."""

    id: str
    mime_type: str
    name: str
    parent: str | None
    owner: str
    drive_id: str | None
    created: str
    modified: str
    modified_by: str
    version: int
    trashed: bool
    trashed_time: str | None
    app_properties: dict[str, str]
    properties: dict[str, str]
    extra: dict[str, Any]


def rfc3339(moment: datetime) -> str:
    """Write a time as Drive does: 2022-09-20T01:02:03.004Z. Source: recorded createdTime values."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def root_id(email: str) -> str:
    """Give the id of an account's My Drive folder; it always exists."""
    digest = urlsafe_b64encode(hashlib.sha256(email.encode()).digest()).decode()
    return f"0A{digest[:14]}Uk9PVA"[:19]


def permission_id(kind: str, address: str) -> str:
    """Give the id of a permission: fixed for an address, as Drive's are.

    Source: discovery (permission ids identify the grantee); "anyone" and "anyoneWithLink" are recorded names.
    """
    if kind == "anyone":
        return "anyoneWithLink"
    number = int.from_bytes(hashlib.sha256(address.lower().encode()).digest()[:8], "big")
    return f"{number % 10**20:020d}"


def create_file(
    call: Call,
    mime_type: str,
    name: str,
    parents: Sequence[str] | None = None,
    file_id: str | None = None,
    *,
    extra: dict[str, Any] | None = None,
) -> FileRow:
    """Register a new file of the caller in one folder, My Drive when none is named.

    Raises ApiError 403 storageQuotaExceeded for a service account outside shared drives when the workspace's
    storage rule is on.
    """
    parent = parents[0] if parents else root_id(call.principal.email)
    if parent == "root":
        parent = root_id(call.principal.email)
    drive_id = drive_of(call.tx, parent)
    if call.workspace.storage_rule and call.principal.kind == "service_account" and drive_id is None:
        raise storage_quota_exceeded()
    chosen = file_id or (call.ids.file_id() if mime_type in call.kinds else call.ids.blob_id())
    moment = rfc3339(call.now)
    call.tx.execute(
        f"INSERT INTO file ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, NULL, '{{}}', '{{}}', ?)",
        (
            chosen,
            mime_type,
            name,
            parent,
            call.principal.email,
            drive_id,
            moment,
            moment,
            call.principal.email,
            json.dumps(extra or {}),
        ),
    )
    if drive_id is None:
        call.tx.execute(
            "INSERT INTO permission (file_id, id, type, role, email) VALUES (?, ?, 'user', 'owner', ?)",
            (chosen, permission_id("user", call.principal.email), call.principal.email),
        )
    if call.principal.client:
        call.tx.execute("INSERT INTO program_file VALUES (?, ?)", (chosen, call.principal.client))
    note_change(call, chosen, drive_id)
    created = get_file(call.tx, chosen)
    if created is None:
        raise not_found()
    return created


def storage_quota_exceeded() -> ApiError:
    """Refuse a file that a service account would own.

    Source: quotations of Google's answer (n8n #26050, gspread #1592: domain usageLimits).
    """
    return ApiError(
        403,
        "Service Accounts do not have storage quota. Leverage shared drives "
        "(https://developers.google.com/workspace/drive/api/guides/about-shareddrives), "
        "or use OAuth delegation "
        "(http://support.google.com/a/answer/7281227) instead.",
        reason="storageQuotaExceeded",
        domain="usageLimits",
    )


def get_file(tx: sqlite3.Connection, file_id: str) -> FileRow | None:
    """Find a file by id, trashed ones included."""
    row = tx.execute(f"SELECT {_COLUMNS} FROM file WHERE id = ?", (file_id,)).fetchone()
    return None if row is None else file_of(row)


def select_files(tx: sqlite3.Connection, where: str = "1", values: Sequence[object] = ()) -> list[FileRow]:
    """List the files that satisfy an SQL condition over the table `file`."""
    return [file_of(row) for row in tx.execute(f"SELECT {_COLUMNS} FROM file WHERE {where}", values)]


def file_of(row: tuple[Any, ...]) -> FileRow:
    """Make a FileRow of the columns in table order."""
    values: dict[str, Any] = dict(zip(_COLUMNS.split(", "), row, strict=True))
    values["trashed"] = bool(values["trashed"])
    for name in ("app_properties", "properties", "extra"):
        values[name] = json.loads(values[name])
    return FileRow(**values)


def require_file(call: Call, file_id: str, mime_type: str | None, *, service: str) -> FileRow:
    """Find a file of one type that the caller may read (or write, when the call writes).

    Trashed files stay readable by id. Raises ApiError 404 in the service's own words (a file of another
    type is "not found" to an editor's API), 403 without the right.
    Source: recorded 404 and 403 bodies (gargle, gspread).
    """
    row = get_file(call.tx, file_id)
    if row is None or (mime_type is not None and row.mime_type != mime_type) or not opened(call, row):
        if file_id in call.workspace.strangers and service != "drive":
            raise permission_denied()
        raise _missing(file_id, service)
    if service != "drive" and call.writes and content_closed(row):
        raise permission_denied()
    if not may(call, row, "writer" if call.writes else "reader"):
        if service == "drive" and not may(call, row, "reader"):
            raise _missing(file_id, service)
        raise _forbidden(row, service)
    return row


def _missing(file_id: str, service: str) -> ApiError:
    if service != "drive":
        return not_found()
    return ApiError(
        404, f"File not found: {file_id}.", reason="notFound", location_type="parameter", location="fileId"
    )


def _forbidden(row: FileRow, service: str) -> ApiError:
    if service != "drive":
        return permission_denied()
    return ApiError(
        403,
        f"The user does not have sufficient permissions for file {row.id}.",
        reason="insufficientFilePermissions",
    )


def content_closed(row: FileRow) -> bool:
    """Tell whether a content restriction makes a file read-only. Source: discovery (ContentRestriction)."""
    return any(one.get("readOnly") for one in row.extra.get("contentRestrictions") or ())


def may(call: Call, row: FileRow, role: str) -> bool:
    """Tell whether the caller has at least a role ("reader", "writer", "owner") on a file."""
    if not opened(call, row):
        return False
    if call.principal.kind == "page" or call.workspace.auth == "off":
        return True
    if row.owner == call.principal.email and row.drive_id is None:
        return True
    return role_rank(call, row) >= _RANK[role]


def opened(call: Call, row: FileRow) -> bool:
    """Tell whether the caller's token reaches the file at all: drive.file opens what the program made.

    Application data is open to the program that made it, for the account it made it in, and to nobody else.
    Source: Drive's guides "Choose scopes" (drive.file: files that the app created or was opened with) and
    "Store application-specific data".
    """
    if APP_DATA in row.extra:
        scoped = call.workspace.auth == "off" or APP_DATA_SCOPE in call.principal.scopes
        mine = (row.owner, row.extra[APP_DATA]) == (call.principal.email, call.principal.client)
        return scoped and mine and call.principal.kind != "page"
    if not call.principal.limited:
        return True
    query = "SELECT 1 FROM program_file WHERE file_id = ? AND client = ?"
    return call.tx.execute(query, (row.id, call.principal.client)).fetchone() is not None


def role_rank(call: Call, row: FileRow) -> int:
    """Give the caller's best role on a file, inherited from its folders too, as a rank (0 = none).

    A grant past its expirationTime is none; a folder of limited access lets through from above only owners
    and organizers. Source: discovery (Permission.expirationTime), Drive's guide "Manage folders with limited
    and expansive access".
    """
    best, least = 0, 0
    seen: set[str] = set()
    place: str | None = row.id
    while place is not None and place not in seen:
        seen.add(place)
        for kind, role, address, domain in call.tx.execute(
            "SELECT type, role, email, domain FROM permission WHERE file_id = ? AND view = '' "
            "AND coalesce(json_extract(extra, '$.expirationTime'), '9') > ?",
            (place, rfc3339(call.now)),
        ):
            rank = _RANK.get(role, 0)
            if rank >= least and _applies(kind, address, domain, call.principal.email):
                best = max(best, rank)
        found = call.tx.execute("SELECT parent, extra FROM file WHERE id = ?", (place,)).fetchone()
        place = found[0] if found is not None else None
        if found is not None and json.loads(found[1]).get(INHERITS_NOT):
            least = _RANK["organizer"]
    return best


def _applies(kind: str, address: str | None, domain: str | None, email: str) -> bool:
    if kind == "anyone":
        return True
    if kind == "domain":
        return bool(domain) and email.endswith(f"@{domain}")
    return address is not None and address.lower() == email.lower()


def drive_of(tx: sqlite3.Connection, folder_id: str) -> str | None:
    """Give the shared drive that a folder belongs to, or None in My Drive."""
    row = tx.execute("SELECT drive_id FROM file WHERE id = ?", (folder_id,)).fetchone()
    return None if row is None else row[0]


def touch(call: Call, file_id: str) -> None:
    """Note that the content of a file changed: modifiedTime, version, last modifying user."""
    call.tx.execute(
        "UPDATE file SET modified = ?, modified_by = ?, version = version + 1 WHERE id = ?",
        (rfc3339(call.now), call.principal.email, file_id),
    )
    note_change(call, file_id, drive_of(call.tx, file_id))


def rename_file(call: Call, file_id: str, name: str) -> None:
    """Give a file a new name; the caller's own content must already agree with it."""
    call.tx.execute("UPDATE file SET name = ? WHERE id = ?", (name, file_id))
    touch(call, file_id)


def remove_file(call: Call, file_id: str) -> None:
    """Delete a file for good, its content included; folders take their children along."""
    row = get_file(call.tx, file_id)
    if row is None:
        return
    for child in select_files(call.tx, "parent = ? AND id != ?", (file_id, file_id)):
        remove_file(call, child.id)
    if row.mime_type in call.kinds:
        call.kinds[row.mime_type].delete(call, file_id)
    call.tx.execute("DELETE FROM permission WHERE file_id = ?", (file_id,))
    call.tx.execute("DELETE FROM program_file WHERE file_id = ?", (file_id,))
    call.tx.execute("DELETE FROM file WHERE id = ?", (file_id,))
    note_change(call, file_id, row.drive_id, removed=True)


def note_change(call: Call, file_id: str, drive_id: str | None, *, removed: bool = False) -> None:
    """Note the latest change of a file, or of a shared drive, for those who list changes."""
    call.tx.execute("DELETE FROM change WHERE file_id = ?", (file_id,))
    call.tx.execute(
        "INSERT INTO change (file_id, time, removed, drive_id) VALUES (?, ?, ?, ?)",
        (file_id, rfc3339(call.now), int(removed), drive_id),
    )
