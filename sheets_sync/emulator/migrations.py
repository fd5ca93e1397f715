"""How the database of an older program becomes today's.

A new table or index needs nothing here: whatever the services declare and the database lacks is made when it
is opened. Only what stands already and has to change is a step: the version it starts from, and its
statements.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence

VERSION = 4
"""What `PRAGMA user_version` says of a database that this program has opened."""

STEPS: Mapping[int, Sequence[str]] = {
    1: (),  # the pages' own tables came
    2: (
        "DROP INDEX sheets_row_filled",  # it now holds the mask too, so that a table's edge costs no rows
        "DROP TABLE IF EXISTS page_edit",  # one step back became a stack of them
    ),
    3: (
        # pivot tables are computed as formulas are
        """UPDATE sheets_row SET formulas = 1 WHERE cells LIKE '%"p":{%'""",
    ),
}

_MAKES = re.compile(r"CREATE (?:TABLE|INDEX)(?: IF NOT EXISTS)? (\w+)|INSERT INTO (\w+)")


def names(connection: sqlite3.Connection) -> set[str]:
    """Name the tables and indexes that stand in a database."""
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


def missing(connection: sqlite3.Connection, schema: Sequence[str]) -> list[str]:
    """List the statements of a schema whose table or index does not stand; first rows go with their table."""
    standing = names(connection)
    return [statement for statement in schema if _made_by(statement) not in standing]


def bring_up(connection: sqlite3.Connection, version: int, schema: Sequence[str]) -> None:
    """Take a database from a version (0: new) to today's, inside the caller's transaction."""
    if version:
        for step in range(version, VERSION):
            for statement in STEPS[step]:
                connection.execute(statement)
    for statement in missing(connection, schema):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _made_by(statement: str) -> str:
    found = _MAKES.match(statement)
    if found is None:
        raise ValueError(f"not a statement of a schema: {statement[:40]}")
    return found[1] or found[2]
