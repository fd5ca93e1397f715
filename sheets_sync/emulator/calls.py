"""One call of one API method, as a service package sees it."""

from __future__ import annotations

import random
import secrets
import sqlite3
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeAlias

from sheets_sync.emulator.masks import Mask
from sheets_sync.emulator.wire import Request, Response

URL_ALPHABET = string.ascii_letters + string.digits + "-_"
ALNUM = string.ascii_lowercase + string.digits


class IdSource:
    """Makes the identifiers that Google would choose; secure unless a seed is given."""

    def __init__(self, seed: int | None = None) -> None:
        self._random: random.Random = secrets.SystemRandom() if seed is None else random.Random(seed)

    def file_id(self) -> str:
        """Make the id of a Workspace file: 44 URL-safe characters, the first is "1".

        Source: recorded spreadsheet ids (gspread cassettes).
        """
        return "1" + self._text(URL_ALPHABET, 43)

    def blob_id(self) -> str:
        """Make the id of a folder or an uploaded file: 33 URL-safe characters. Source: recorded ids."""
        return "1" + self._text(URL_ALPHABET, 32)

    def hex(self, length: int) -> str:
        """Make `length` lower-case hexadecimal digits."""
        return self._text("0123456789abcdef", length)

    def int31(self) -> int:
        """Make a positive 31-bit number, as sheet and named-object ids are."""
        return self._random.randrange(1, 2**31)

    def alnum(self, length: int) -> str:
        """Make `length` lower-case letters and digits."""
        return self._text(ALNUM, length)

    def token(self, length: int) -> str:
        """Make `length` URL-safe characters."""
        return self._text(URL_ALPHABET, length)

    def _text(self, alphabet: str, length: int) -> str:
        number = self._random.randrange(len(alphabet) ** length)  # one draw: each costs a system call
        letters = []
        for _ in range(length):
            number, digit = divmod(number, len(alphabet))
            letters.append(alphabet[digit])
        return "".join(letters)


@dataclass(frozen=True)
class Principal:
    """Who calls: an e-mail address, granted OAuth scopes, and "user", "service_account" or "page".

    `client` is the program that the token was given to; a `limited` one may use its own files only.
    """

    email: str
    scopes: frozenset[str] = frozenset()
    kind: str = "user"
    client: str = ""
    limited: bool = False


@dataclass(frozen=True)
class Settings:
    """What the whole workspace is set to.

    `base_url` opens the links in answers; `storage_rule` refuses files owned by service accounts
    (403 storageQuotaExceeded); `owner` is the account that an unauthenticated workspace acts as; `strangers`
    are ids of files that exist, belong to somebody else and are shared with nobody here.
    """

    base_url: str = "http://127.0.0.1:8080"
    auth: str = "off"
    owner: str = "curator@school.example"
    storage_rule: bool = False
    strangers: frozenset[str] = frozenset()
    max_body: int = 64 * 1024 * 1024


class FileKind(Protocol):
    """How Drive treats the files of one service; every service package exports one as KIND."""

    @property
    def mime_type(self) -> str:
        """The Drive type of these files."""

    @property
    def export_types(self) -> tuple[str, ...]:
        """The types that `export` renders."""

    def create_blank(self, call: Call, file_id: str, name: str) -> None:
        """Make the content of a new file that Drive has just registered."""

    def copy(self, call: Call, source_id: str, target_id: str, name: str) -> None:
        """Copy the content of one file into another that Drive has just registered."""

    def delete(self, call: Call, file_id: str) -> None:
        """Remove the content of a file that is deleted for good."""

    def renamed(self, call: Call, file_id: str, name: str) -> None:
        """Learn that the file has a new name."""

    def export(self, call: Call, file_id: str, mime_type: str) -> bytes:
        """Render the file in one of `export_types`."""

    def words(self, call: Call, file_id: str) -> str:
        """Give the text of a file in which a search by fullText looks."""

    def import_media(self, call: Call, file_id: str, data: bytes, mime_type: str, name: str) -> None:
        """Replace the content by an uploaded document, or raise ApiError if the type cannot be converted."""


@dataclass
class Call:
    """One method call inside one open transaction.

    `method` is the discovery id; `params` holds the given path and query parameters, typed by the
    discovery document (int, float, bool, str, list when repeated); `body` is the JSON body with unset (null)
    fields dropped and unknown fields already refused (Drive: unknown ignored, nulls kept because they
    clear); `mask` is the parsed `fields` parameter; `now` is aware UTC; `media` is an uploaded
    (data, content type) pair; `methods` are all implemented ones, for a page that asks another service.
    """

    method: str
    params: dict[str, Any]
    body: dict[str, Any]
    raw: Request
    tx: sqlite3.Connection
    now: datetime
    ids: IdSource
    principal: Principal
    workspace: Settings
    kinds: Mapping[str, FileKind] = field(default_factory=dict)
    methods: Mapping[str, Method] = field(default_factory=dict)
    mask: Mask | None = None
    writes: bool = True
    media: tuple[bytes, str] | None = None


Method: TypeAlias = Callable[[Call], "dict[str, Any] | Response"]
