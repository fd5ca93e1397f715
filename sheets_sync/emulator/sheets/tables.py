"""The tables of the Sheets service."""

from __future__ import annotations

SCHEMA: tuple[str, ...] = (
    """CREATE TABLE IF NOT EXISTS sheets_book (
        id TEXT PRIMARY KEY,
        properties TEXT NOT NULL,
        objects TEXT NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS sheets_sheet (
        grid INTEGER PRIMARY KEY,
        book TEXT NOT NULL,
        sheet INTEGER NOT NULL,
        position INTEGER NOT NULL,
        properties TEXT NOT NULL,
        columns TEXT NOT NULL,
        objects TEXT NOT NULL,
        UNIQUE (book, sheet)
    )""",
    """CREATE TABLE IF NOT EXISTS sheets_row (
        grid INTEGER NOT NULL,
        row INTEGER NOT NULL,
        cells TEXT NOT NULL,
        filled BLOB,
        formulas INTEGER NOT NULL DEFAULT 0,
        properties TEXT,
        PRIMARY KEY (grid, row)
    )""",
    "CREATE INDEX IF NOT EXISTS sheets_row_filled ON sheets_row (grid, row, filled) WHERE filled IS NOT NULL",
    "CREATE INDEX IF NOT EXISTS sheets_row_formulas ON sheets_row (grid) WHERE formulas = 1",
    """CREATE TABLE IF NOT EXISTS sheets_shared (
        book TEXT NOT NULL,
        number INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY (book, number)
    )""",
    """CREATE TABLE IF NOT EXISTS sheets_metadata (
        book TEXT NOT NULL,
        number INTEGER NOT NULL,
        key TEXT NOT NULL,
        value TEXT,
        visibility TEXT NOT NULL,
        kind TEXT NOT NULL,
        sheet INTEGER,
        start INTEGER,
        PRIMARY KEY (book, number)
    )""",
    "CREATE INDEX IF NOT EXISTS sheets_metadata_place ON sheets_metadata (book, sheet, kind, start)",
)
