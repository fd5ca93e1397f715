"""The workspace's SQLite database: opening, migrating, and one transaction per request."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SCHEMA_VERSION = 2
MIGRATIONS: dict[int, Sequence[str]] = {
    1: (
        "CREATE TABLE IF NOT EXISTS staff_password (salt TEXT NOT NULL, hash TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS staff_session (hash TEXT PRIMARY KEY, until TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS staff_failure (time TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS page_edit (who TEXT, file TEXT, gid TEXT, cell TEXT, before TEXT,"
        " row TEXT, PRIMARY KEY (who, file))",
    ),
}
"""What each version adds to the one before it; a new database gets the whole schema and these too."""


class WorkspaceLockedError(OSError):
    """Another program holds the workspace's database; close it or wait, then try again."""


class WorkspaceVersionError(OSError):
    """The database was written by a newer program than this one."""


class Store:
    """One connection to the workspace's database.

    `schema` holds CREATE statements of all services; `lock_wait` is in seconds. The connection may be used
    from several threads, one at a time: Emulator serialises them.
    """

    def __init__(self, database: Path | str, schema: Iterable[str], *, lock_wait: float = 5.0) -> None:
        self.database = database
        self._connection = sqlite3.connect(
            str(database), timeout=lock_wait, isolation_level=None, check_same_thread=False
        )
        try:
            with _locks_named(database):
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("PRAGMA foreign_keys = ON")
                self._migrate(tuple(schema))
        except (OSError, sqlite3.Error):
            self._connection.close()
            raise

    def _migrate(self, schema: Sequence[str]) -> None:
        if self.version() == SCHEMA_VERSION:
            return
        with self.transaction(writes=True) as connection:
            version = self.version()
            if version > SCHEMA_VERSION:
                raise WorkspaceVersionError(
                    f"database has version {version}, this program knows {SCHEMA_VERSION}"
                )
            if version == 0:
                for statement in schema:
                    connection.execute(statement)
            for step in range(max(version, 1), SCHEMA_VERSION):
                for statement in MIGRATIONS[step]:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def version(self) -> int:
        """Give the schema version that the database carries; 0 when it is new."""
        row: tuple[int] = self._connection.execute("PRAGMA user_version").fetchone()
        return row[0]

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[sqlite3.Connection]:
        """Run one transaction: committed at the end, rolled back on any exception.

        Raises WorkspaceLockedError when another program keeps the database locked longer than `lock_wait`.
        """
        with _locks_named(self.database):
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
        """Write a consistent copy of the database to a new file."""
        with _locks_named(self.database):
            other = sqlite3.connect(target)
            try:
                self._connection.backup(other)
            finally:
                other.close()

    def defer(self, function: Callable[[sqlite3.Connection], None]) -> None:
        """Run a short write of its own transaction."""
        with self.transaction(writes=True) as connection:
            function(connection)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def _locks_named(database: Path | str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            name = Path(str(database)).name
            raise WorkspaceLockedError(f"the workspace database {name} is used by another program") from error
        raise
