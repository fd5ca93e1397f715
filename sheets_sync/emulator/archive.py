"""A whole workspace as one file that can be carried to another machine, and back again.

The file is a ZIP archive of two members: `manifest.json` (what it is, the version of the database, when it
was made, how many files of each kind, SHA-256 of the database) and `workspace.sqlite3`, a compact copy of the
database as it stood at one moment. Ids, responses, revisions and the staff's password stay as they are;
sessions, access tokens, unfinished uploads, channels and the secret of the pages do not leave: they are of
no use elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from sheets_sync.emulator import migrations
from sheets_sync.emulator.store import MEMORY, Store, WorkspaceDamagedError, WorkspaceVersionError

FORMAT = "sheets-sync workspace"
FORMAT_VERSION = 1
MANIFEST, DATABASE = "manifest.json", "workspace.sqlite3"
_STAYS = (
    "DELETE FROM staff_session",
    "DELETE FROM staff_failure",
    "DELETE FROM access_token",
    "DELETE FROM revoked_token",
    "DELETE FROM upload",
    "DELETE FROM upload_session",
    "DELETE FROM channel",
    "DELETE FROM operation",
    "DELETE FROM page_undo",
    "DELETE FROM page_filled",
    "UPDATE page_secret SET value = hex(randomblob(32))",
)
_LARGEST = 64 * 1024**3
_BLOCK = 1024 * 1024


class WorkspaceNotEmptyError(OSError):
    """The workspace holds files already, and nobody said that they may go."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What an archive holds: files by Drive's type, trashed ones included, and form responses."""

    files: Mapping[str, int]
    responses: int
    made: datetime


def export_workspace(store: Store, target: Path, now: datetime) -> Carried:
    """Write a workspace to a new file that only its owner reads; others may use the workspace meanwhile.

    Raises FileExistsError when the file is there already; a write cut short leaves no file of that name.
    """
    if target.exists():
        raise FileExistsError(target)
    with tempfile.TemporaryDirectory(prefix=".export-", dir=target.parent) as folder:
        copy, draft = Path(folder) / DATABASE, Path(folder) / "draft.zip"
        store.copy_to(copy)
        carried = _leave_behind(copy, now)
        manifest = {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "database": migrations.VERSION,
            "made": now.astimezone(UTC).isoformat(timespec="seconds"),
            "sha256": _digest(copy),
            "files": dict(carried.files),
            "responses": carried.responses,
        }
        draft.touch(mode=0o600)
        with draft.open("wb") as opened:
            _pack(opened, manifest, copy)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(target)
    return carried


def import_workspace(store: Store, source: Path, schema: Sequence[str], *, replace: bool = False) -> Carried:
    """Make a workspace what an archive holds, whole or not at all, for every program that has it open.

    Raises WorkspaceNotEmptyError when files stand in it and `replace` is false, WorkspaceDamagedError when
    the archive is none or is not what it was when made, WorkspaceVersionError when it comes from a newer
    program.
    """
    if not replace and not is_empty(store):
        raise WorkspaceNotEmptyError("the workspace holds files")
    beside = None if str(store.database) == MEMORY else Path(store.database).parent
    with tempfile.TemporaryDirectory(prefix=".import-", dir=beside) as folder:
        copy = Path(folder) / DATABASE
        made = _unpack(source, copy)
        arrived = Store(copy, schema)  # brings an older database up before it is taken
        try:
            if not arrived.is_sound() or arrived.has_code():
                raise WorkspaceDamagedError(f"the database in {source.name} is damaged")
        finally:
            arrived.close()
        carried = _leave_behind(copy, made)
        store.take_from(copy)
    return carried


def is_empty(store: Store) -> bool:
    """Tell whether a workspace has no file yet, not even in the bin."""
    with store.transaction(writes=False) as tx:
        return tx.execute("SELECT 1 FROM file LIMIT 1").fetchone() is None


def _leave_behind(copy: Path, made: datetime) -> Carried:
    """Take out of a copy what is of this machine only, and count what it holds."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as tx:
        tx.execute("PRAGMA secure_delete = ON")
        tx.execute("PRAGMA journal_mode = DELETE")
        for statement in _STAYS:
            tx.execute(statement)
        files = dict(tx.execute("SELECT mime_type, count(*) FROM file GROUP BY mime_type ORDER BY mime_type"))
        responses = tx.execute("SELECT count(*) FROM form_response").fetchone()[0]
        tx.execute("VACUUM")
    return Carried(files, responses, made)


def _pack(opened: IO[bytes], manifest: Mapping[str, object], copy: Path) -> None:
    with zipfile.ZipFile(opened, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        packed.write(copy, DATABASE)


def _unpack(source: Path, copy: Path) -> datetime:
    """Copy the database out of an archive after comparing it with the manifest; tell when it was made."""
    try:
        with zipfile.ZipFile(source) as packed:
            manifest = json.loads(packed.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise WorkspaceDamagedError(f"{source.name} is no workspace's archive")
            if manifest["version"] > FORMAT_VERSION or manifest["database"] > migrations.VERSION:
                raise WorkspaceVersionError(f"{source.name} was made by a newer program")
            if packed.getinfo(DATABASE).file_size > _LARGEST:
                raise WorkspaceDamagedError(f"{source.name} is too large")
            with packed.open(DATABASE) as inside, copy.open("wb") as outside:
                shutil.copyfileobj(inside, outside, _BLOCK)
            made = datetime.fromisoformat(manifest["made"])
            whole = manifest["sha256"] == _digest(copy)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError) as error:
        raise WorkspaceDamagedError(f"{source.name} is no workspace's archive, or it is damaged") from error
    if not whole:
        raise WorkspaceDamagedError(f"{source.name} is not what it was when made")
    return made


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
