"""The workspace's SQLite database: opening, migrating, and one transaction per request."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sheets_sync.emulator import migrations

MEMORY = ":memory:"


class WorkspaceLockedError(OSError):
    """Another program holds the workspace's database; close it or wait, then try again."""


class WorkspaceVersionError(OSError):
    """The database was written by a newer program than this one."""


class WorkspaceDamagedError(OSError):
    """The file is no workspace's database: another program's, cut off, or damaged."""


class Store:
    """One connection to the workspace's database.

    `schema` holds CREATE statements of all services; `lock_wait` is in seconds. The connection may be used
    from several threads, one at a time: Emulator serialises them.
    """

    def __init__(self, database: Path | str, schema: Iterable[str], *, lock_wait: float = 5.0) -> None:
        self.database = database
        if str(database) != MEMORY:
            _create_closed(Path(database))
        self._connection = sqlite3.connect(
            str(database), timeout=lock_wait, isolation_level=None, check_same_thread=False
        )
        try:
            with _named(database):
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._connection.execute("PRAGMA secure_delete = ON")  # what is erased leaves the file too
                self._migrate(tuple(schema))
        except (OSError, sqlite3.Error):
            self._connection.close()
            raise

    def _migrate(self, schema: Sequence[str]) -> None:
        if self.version() == migrations.VERSION and not migrations.missing(self._connection, schema):
            return
        with self.transaction(writes=True) as connection:
            version = self.version()  # another program may have been here first
            if version > migrations.VERSION:
                raise WorkspaceVersionError(
                    f"database has version {version}, this program knows {migrations.VERSION}"
                )
            if version == 0 and migrations.names(connection):
                raise WorkspaceDamagedError("the database belongs to another program")
            migrations.bring_up(connection, version, schema)

    def version(self) -> int:
        """Give the schema version that the database carries; 0 when it is new."""
        row: tuple[int] = self._connection.execute("PRAGMA user_version").fetchone()
        return row[0]

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[sqlite3.Connection]:
        """Run one transaction: committed at the end, rolled back on any exception.

        Raises WorkspaceLockedError when another program keeps the database locked longer than `lock_wait`.
        """
        with _named(self.database):
            self._connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            try:
                yield self._connection
            except BaseException:
                self._rollback()
                raise
            try:
                self._connection.execute("COMMIT")
            except sqlite3.Error:
                self._rollback()
                raise

    def _rollback(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def copy_to(self, target: Path) -> None:
        """Write a consistent copy to a new file, without what was deleted; others may write meanwhile."""
        with _named(self.database):
            self._connection.execute("VACUUM INTO ?", (str(target),))

    def take_from(self, source: Path) -> None:
        """Replace everything by what a copy holds: whole or not at all, for all who have it open."""
        other = sqlite3.connect(source)
        try:
            with _named(self.database):
                other.backup(self._connection)
        finally:
            other.close()

    def is_sound(self) -> bool:
        """Tell whether SQLite finds every page, row and index of the database whole."""
        with _named(self.database):
            return bool(self._connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])

    def has_code(self) -> bool:
        """Tell whether the database brings triggers or views, which no workspace has."""
        query = "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
        return self._connection.execute(query).fetchone() is not None

    def defer(self, function: Callable[[sqlite3.Connection], None]) -> None:
        """Run a short write of its own transaction."""
        with self.transaction(writes=True) as connection:
            function(connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _create_closed(database: Path) -> None:
    """Make the file of a new database such that only its owner reads it; SQLite's side files follow it."""
    with suppress(FileExistsError):
        os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


@contextmanager
def _named(database: Path | str) -> Iterator[None]:
    name = Path(str(database)).name
    try:
        yield
    except sqlite3.DatabaseError as error:
        kind = error.sqlite_errorcode & 0xFF
        if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise WorkspaceLockedError(f"the workspace database {name} is used by another program") from error
        if kind in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise WorkspaceDamagedError(f"{name} is no workspace's database, or it is damaged") from error
        raise
