"""Documents in the workspace's database: one row per document, its content as compact JSON.

Units of equal style are stored as one run: [text, style number, mark number or null]. A character outside the
basic plane is stored whole; texts are kept as Python holds them, lone surrogates escaped by JSON.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sheets_sync.emulator.docs.model import Document, Edit, Json, NamedRange, Span, Tab
from sheets_sync.emulator.docs.units import Style, Unit, Units, utf16_units
from sheets_sync.emulator.wire import not_found

SCHEMA = (
    """CREATE TABLE document (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, revision TEXT NOT NULL, content TEXT NOT NULL)""",
    """CREATE TABLE document_revision (
        n INTEGER PRIMARY KEY AUTOINCREMENT, document_id TEXT NOT NULL, revision TEXT NOT NULL, edits TEXT NOT
        NULL)""",
    "CREATE INDEX document_revision_document ON document_revision (document_id)",
)
_KEPT_REVISIONS = 100


class _Pool:
    """Numbers equal JSON values, so that each is stored once."""

    def __init__(self) -> None:
        self.values: list[Style] = []
        self._by_identity: dict[int, int] = {}
        self._by_text: dict[str, int] = {}

    def number(self, value: Style) -> int:
        known = self._by_identity.get(id(value))
        if known is not None:
            return known
        text = json.dumps(value, sort_keys=True)
        if text not in self._by_text:
            self._by_text[text] = len(self.values)
            self.values.append(value)
        self._by_identity[id(value)] = self._by_text[text]
        return self._by_text[text]


def _runs(units: Units, pool: _Pool) -> list[list[Any]]:
    runs: list[list[Any]] = []
    for unit in units:
        style = pool.number(unit.style)
        mark = None if unit.mark is None else pool.number(unit.mark)
        if runs and mark is None and runs[-1][1:] == [style, None]:
            runs[-1][0] += unit.char
        else:
            runs.append([unit.char, style, mark])
    return runs


def _units(runs: list[list[Any]], values: list[Style]) -> Iterator[Unit]:
    for text, style, mark in runs:
        for char in utf16_units(text):
            yield Unit(char, values[style], None if mark is None else values[mark])


def encode(document: Document) -> str:
    """Write a document as JSON text."""
    return json.dumps([_encoded_tab(tab) for tab in document.tabs], separators=(",", ":"))


def _encoded_tab(tab: Tab) -> Json:
    pool = _Pool()
    segments = {name: _runs(units, pool) for name, units in tab.segments.items()}
    return {
        "id": tab.tab_id,
        "title": tab.title,
        "segments": segments,
        "values": pool.values,
        "kinds": dict(tab.kinds),
        "style": tab.style,
        "named_styles": tab.named_styles,
        "lists": dict(tab.lists),
        "objects": dict(tab.inline_objects),
        "ranges": _encoded_ranges(tab.named_ranges),
        "anchors": _encoded_ranges(tab.anchors),
        "dropdowns": dict(tab.dropdowns),
        "parent": tab.parent_id,
        "icon": tab.icon,
    }


def _encoded_ranges(ranges: Iterable[NamedRange]) -> list[list[Any]]:
    return [[r.range_id, r.name, [[s.segment, s.start, s.end] for s in r.spans]] for r in ranges]


def _decoded_ranges(held: list[list[Any]]) -> tuple[NamedRange, ...]:
    return tuple(
        NamedRange(range_id, name, tuple(Span(*span) for span in spans)) for range_id, name, spans in held
    )


def decode(text: str) -> Document:
    """Read a document from JSON text."""
    return Document(tuple(_decoded_tab(held) for held in json.loads(text)))


def _decoded_tab(held: Json) -> Tab:
    values = held["values"]
    return Tab(
        tab_id=held["id"],
        title=held["title"],
        segments={name: tuple(_units(runs, values)) for name, runs in held["segments"].items()},
        kinds=held["kinds"],
        style=held["style"],
        named_styles=held["named_styles"],
        lists=held["lists"],
        inline_objects=held["objects"],
        named_ranges=_decoded_ranges(held["ranges"]),
        anchors=_decoded_ranges(held.get("anchors", [])),  # older programs knew none
        dropdowns=held.get("dropdowns", {}),
        parent_id=held["parent"],
        icon=held["icon"],
    )


def load(tx: sqlite3.Connection, document_id: str) -> tuple[Document, str, str]:
    """Read a document, its title and its revision id. Raises ApiError 404 when it is not there."""
    row = tx.execute("SELECT content, title, revision FROM document WHERE id = ?", (document_id,)).fetchone()
    if row is None:
        raise not_found()
    return decode(row[0]), row[1], row[2]


def save(tx: sqlite3.Connection, document_id: str, title: str, revision: str, document: Document) -> None:
    """Write a document with a new revision, keeping what was edited for writes against older revisions."""
    tx.execute(
        "INSERT INTO document (id, title, revision, content) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET title = excluded.title, revision = excluded.revision, "
        "content = excluded.content",
        (document_id, title, revision, encode(document)),
    )
    edits = [
        [e.tab_id, e.segment, e.start, _counted(e.removed), _counted(e.added)]
        for tab in document.tabs
        for e in tab.edits
    ]
    tx.execute(
        "INSERT INTO document_revision (document_id, revision, edits) VALUES (?, ?, ?)",
        (document_id, revision, json.dumps(edits)),
    )
    tx.execute(
        "DELETE FROM document_revision WHERE document_id = ? AND n NOT IN "
        "(SELECT n FROM document_revision WHERE document_id = ? ORDER BY n DESC LIMIT ?)",
        (document_id, document_id, _KEPT_REVISIONS),
    )


def edits_since(tx: sqlite3.Connection, document_id: str, revision: str) -> list[Edit] | None:
    """List what was edited after a revision, oldest first; None when the revision is not known (any more)."""
    row = tx.execute(
        "SELECT n FROM document_revision WHERE document_id = ? AND revision = ?", (document_id, revision)
    ).fetchone()
    if row is None:
        return None
    later = tx.execute(
        "SELECT edits FROM document_revision WHERE document_id = ? AND n > ? ORDER BY n",
        (document_id, row[0]),
    )
    return [_edit(*held) for (edits,) in later for held in json.loads(edits)]


def _counted(shape: str) -> str:
    """Write a shape with its repetitions counted: "....p" as "4.1p"."""
    return "".join(f"{len(list(same))}{kind}" for kind, same in groupby(shape))


def _edit(tab_id: str, segment: str, start: int, removed: str | int, added: str | int) -> Edit:
    """Read a stored edit; an older program wrote the end and the new length: of any shape, so structure."""
    if isinstance(removed, int) or isinstance(added, int):
        return Edit(tab_id, segment, start, "s" * (int(removed) - start), "s" * int(added))
    return Edit(tab_id, segment, start, _spelled(removed), _spelled(added))


def _spelled(counted: str) -> str:
    return "".join(kind * int(count) for count, kind in re.findall(r"(\d+)(\D)", counted))


def forget_revisions(tx: sqlite3.Connection, document_id: str) -> None:
    """Make every revision so far too old to write against: the content is another one."""
    tx.execute("DELETE FROM document_revision WHERE document_id = ?", (document_id,))


def set_title(tx: sqlite3.Connection, document_id: str, title: str) -> None:
    """Give a document a new title; its revision stays (assumed: the title is the file's name)."""
    tx.execute("UPDATE document SET title = ? WHERE id = ?", (title, document_id))


def delete(tx: sqlite3.Connection, document_id: str) -> None:
    """Forget a document and its revisions."""
    tx.execute("DELETE FROM document WHERE id = ?", (document_id,))
    tx.execute("DELETE FROM document_revision WHERE document_id = ?", (document_id,))
