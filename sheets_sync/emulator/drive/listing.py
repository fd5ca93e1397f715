"""Drive v3 files.list: query, order, pages, corpora."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import Any

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.drive import appdata, content
from sheets_sync.emulator.drive.grants import permissions_of, sharing_of
from sheets_sync.emulator.drive.query import parse_query
from sheets_sync.emulator.drive.refusals import bad_parameter, missing
from sheets_sync.emulator.drive.shape import file_resource, is_trashed, viewed_time
from sheets_sync.emulator.filetable import FileRow, get_file, may, root_id, select_files

_QUOTED = re.compile(r"'(?:\\.|[^'\\])*'")
_READABLE = frozenset({"application/json", "application/xml", "application/csv"})
_TIMES = frozenset(
    {
        *("createdTime", "modifiedTime", "modifiedByMeTime", "recency", "sharedWithMeTime"),
        "viewedByMeTime",
    }
)
_KEYS: dict[str, Callable[[FileRow], Any]] = {
    "folder": lambda row: row.mime_type != "application/vnd.google-apps.folder",
    "name": lambda row: row.name.casefold(),
    "name_natural": lambda row: [
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", row.name.casefold())
    ],
    "quotaBytesUsed": lambda row: row.extra.get("size", 0),
    "starred": lambda row: not row.extra.get("starred", False),
}


class StoredFacts:
    """What queries ask about a file, read from the database."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._me = call.principal.email
        self._roots = {root_id(self._me): "root", appdata.folder_id(call): appdata.SPACE}

    def trashed(self, row: FileRow) -> bool:
        """Tell whether the file or a folder above it is in the trash."""
        return is_trashed(self._call.tx, row)

    def shared_with_me(self, row: FileRow) -> bool:
        """Tell whether another account's file is shared with the caller."""
        return row.owner != self._me and row.drive_id is None

    def members(self, row: FileRow, collection: str) -> frozenset[str]:
        """Give parents' ids or e-mail addresses; "me", "root" and "appDataFolder" stand for the caller's."""
        if collection == "parents":
            place = row.parent or ""
            return frozenset({place, self._roots.get(place, place)})
        if collection == "owners":
            found = {row.owner.lower()} if row.drive_id is None else set()
        else:
            roles = {"writer", "owner", "organizer", "fileOrganizer"}
            roles |= {"reader", "commenter"} if collection == "readers" else set()
            held = permissions_of(self._call, row)
            found = {one.get("emailAddress", "").lower() for one in held if one["role"] in roles}
        return frozenset(found | ({"me"} if self._me.lower() in found else set()))

    def visibility(self, row: FileRow) -> str:
        """Give the widest circle that may open the file. Source: Drive's guide to query terms."""
        kinds = {one["type"] for one in permissions_of(self._call, row)}
        if "anyone" in kinds:
            return "anyoneWithLink"
        return "domainWithLink" if "domain" in kinds else "limited"

    def full_text(self, row: FileRow) -> str:
        """Give name, description, the text that the program gave for the file, and its content."""
        given = [row.name, *(row.extra.get(key) or "" for key in ("description", "indexableText"))]
        return "\n".join([*given, self._content(row)])

    def _content(self, row: FileRow) -> str:
        kind = self._call.kinds.get(row.mime_type)
        if kind is not None:
            return kind.words(self._call, row.id)
        if row.mime_type.startswith("text/") or row.mime_type in _READABLE:
            return content.read_blob(self._call, row.id).decode("utf-8", "ignore")
        return ""

    def time(self, row: FileRow, name: str) -> str | None:
        """Give one of a file's times, those of the caller among them; None when it has none."""
        return time_of(self._call, row, name)


def time_of(call: Call, row: FileRow, name: str) -> str | None:
    """Give one of a file's times as its resource shows it."""
    if name == "createdTime":
        return row.created
    if name == "viewedByMeTime":
        return viewed_time(row, call.principal.email)
    if name == "modifiedByMeTime":
        return row.modified if row.modified_by == call.principal.email else None
    if name == "sharedWithMeTime":
        shared = row.owner != call.principal.email and row.drive_id is None
        return sharing_of(call, row)[1] if shared else None
    return row.modified


def list_files(call: Call) -> dict[str, Any]:
    """List files by query, order and page.

    Source: discovery (files.list), Drive's guide "Search for files and folders"; trashed files are included
    unless the query says otherwise.
    """
    spaces = appdata.spaces_of(call)
    rows = [row for row in _matching(call) if appdata.holds(spaces, row)]
    for name, descending in reversed(_order(call)):
        rows.sort(key=_key(call, name), reverse=descending)
    size = call.params.get("pageSize", 100)
    first = read_page_token(call.params.get("pageToken", ""))
    page = rows[first : first + size]
    answer: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
    answer["files"] = [file_resource(call, row) for row in page]
    if first + size < len(rows):
        answer["nextPageToken"] = page_token(first + size)
    return answer


def _matching(call: Call) -> list[FileRow]:
    where, values = _corpus(call)
    facts = StoredFacts(call)
    text = call.params.get("q") or ""
    test = parse_query(text) if text.strip() else None
    rows = select_files(call.tx, where, values)
    return [row for row in rows if (test is None or test(row, facts)) and may(call, row, "reader")]


def _corpus(call: Call) -> tuple[str, tuple[str, ...]]:
    params = call.params
    drive_id = params.get("driveId") or params.get("teamDriveId")
    corpora = params.get("corpora") or params.get("corpus") or ("drive" if drive_id else "user")
    if corpora not in ("user", "domain", "drive", "allDrives"):
        raise bad_parameter("corpora")
    if (corpora == "drive") != bool(drive_id):
        raise bad_parameter(
            "driveId", "The driveId parameter must be specified if and only if corpora is set to drive."
        )
    everywhere = params.get("includeItemsFromAllDrives") or params.get("includeTeamDriveItems")
    inside = "id != coalesce(drive_id, '')"
    if corpora == "drive":
        if not everywhere:
            raise bad_parameter(
                "includeItemsFromAllDrives",
                "The includeItemsFromAllDrives parameter must be set to true when corpora is set to drive.",
            )
        root = get_file(call.tx, str(drive_id))
        if root is None or root.drive_id != root.id or not may(call, root, "reader"):
            raise missing("Shared drive", str(drive_id), "driveId")
        return f"drive_id = ? AND {inside}", (str(drive_id),)
    return (inside, ()) if everywhere else ("drive_id IS NULL", ())


def _key(call: Call, name: str) -> Callable[[FileRow], Any]:
    if name in _TIMES:
        return lambda row: time_of(call, row, name) or ""
    return _KEYS[name]


def _order(call: Call) -> list[tuple[str, bool]]:
    """Read orderBy. Raises ApiError 400, for a search by fullText too (guide "Resolve errors")."""
    text = call.params.get("orderBy") or ""
    if text and re.search(r"\bfullText\b", _QUOTED.sub("''", call.params.get("q") or "")):
        raise bad_parameter(
            "orderBy",
            "Sorting is not supported for queries with fullText terms. "
            "Results are always in descending relevance order.",
            "badRequest",
        )
    keys = []
    for part in (text or "modifiedTime desc").split(","):
        words = part.split()
        if not words or words[0] not in _TIMES | set(_KEYS) or words[1:] not in ([], ["desc"], ["asc"]):
            raise bad_parameter("orderBy")
        keys.append((words[0], words[1:] == ["desc"]))
    return keys


def page_token(offset: int) -> str:
    """Make the token of the page that starts at an offset."""
    return "~!!~" + base64.urlsafe_b64encode(f"page:{offset}".encode()).decode().rstrip("=")


def read_page_token(token: str) -> int:
    """Read a page token; an empty one is the first page (recorded). Raises ApiError 400 for a foreign one."""
    if not token:
        return 0
    try:
        raw = token.removeprefix("~!!~")
        text = base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode()
        return int(text.removeprefix("page:"))
    except (binascii.Error, ValueError):
        raise bad_parameter("pageToken") from None
