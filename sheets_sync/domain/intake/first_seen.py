"""What staff typed without a date counts from the night that first saw it, up to the one that missed it.

Else a threshold lowered in November would count for September as soon as September is counted again, and what
the nights kept could not be had from the records. What stood on the first night counts from the beginning.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sheets_sync.domain.intake.settings import counts_by_day
from sheets_sync.domain.plan import Remember
from sheets_sync.domain.tables import CellValue, Memory, ReadRow, ReadSheet, Workbook

MEMORY = "seen"
"""The name under which the hidden sheet lists when such rows were first and last seen."""

UNTIL = "until"
"""A cell that a row which stands no more has beside its own: the day from which it did not stand."""

PAST = -1
"""The index of a row that stands no more: it has no place, and nobody is asked about it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Which column dates a row of a sheet, and which say something; one of `needs` has to be filled."""

    on: str
    columns: tuple[str, ...]
    needs: tuple[str, ...]


_KINDS = {
    "marks": _Kind("on", ("measure", "state", "lowered_by", "lowered_to"), ("state", "lowered_to")),
    "settings": _Kind("valid_from", ("name", "value"), ("value",)),
    "contingent": _Kind(
        "on",
        ("key", "total", "aged_10_19", "aged_15_19", "young_specialists"),
        ("total", "aged_10_19", "aged_15_19", "young_specialists"),
    ),
}
_Span = list[str]
"""[since, until] as ISO days; since "" from the beginning, until "" while the row stands."""


def with_first_seen(workbook: Workbook, as_of: date, last: date | None) -> tuple[Workbook, list[Remember]]:
    """Return the workbook with a date in every undated row, and what to remember of it.

    Shape: `last` is the last committed night; rows that stand no more come back with their span.
    """
    sheets = dict(workbook.sheets)
    told: list[Remember] = []
    new = max(as_of, last or as_of).isoformat()
    for sheet, kind in _KINDS.items():
        known = {key: memory for key, memory in workbook.remembered(MEMORY).items() if _is_of(sheet, key)}
        begun = (MEMORY, sheet) in workbook.memory
        rows: list[ReadRow] = []
        standing: dict[str, Memory] = {}
        for row in workbook.rows(sheet):
            if not _is_undated(sheet, kind, row):
                rows.append(row)
                continue
            key = _key(sheet, kind, row)
            spans = _spans(known.get(key, {}))
            if not spans or spans[-1][1]:
                spans.append([new if begun else "", ""])
            standing[key] = {"spans": spans, "cells": _cells(kind, row)}
            rows.append(_from(row, kind.on, spans[-1][0]))
        gone = {key: _closed(memory, new) for key, memory in known.items() if key not in standing}
        rows += [row for memory in (gone | standing).values() for row in _past(sheet, kind, memory)]
        if rows:
            sheets[sheet] = ReadSheet(sheet, tuple(rows))
        told += [
            Remember(MEMORY, key, {}, memory)
            for key, memory in (gone | standing).items()
            if memory != known.get(key)
        ]
        if not begun:
            told.append(Remember(MEMORY, sheet, {}, {"on": as_of.isoformat()}))
    return replace(workbook, sheets=sheets), told


def _is_of(sheet: str, key: str) -> bool:
    return key.startswith(f"{sheet}/")


def _is_undated(sheet: str, kind: _Kind, row: ReadRow) -> bool:
    if row.cells.get(kind.on) not in (None, ""):
        return False
    if sheet == "settings" and not counts_by_day(row.text("name")):
        return False
    return any(row.text(column) for column in kind.needs)


def _key(sheet: str, kind: _Kind, row: ReadRow) -> str:
    said = "\n".join(row.text(column) for column in (*kind.columns, "valid_to"))
    return f"{sheet}/{hashlib.blake2s(said.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"


def _cells(kind: _Kind, row: ReadRow) -> dict[str, CellValue]:
    return {
        column: value
        for column in kind.columns
        if isinstance(value := row.cells.get(column), str | int | float) and value != ""
    }


def _spans(memory: Memory) -> list[_Span]:
    found = memory.get("spans")
    return [[str(since), str(until)] for since, until in found] if isinstance(found, list) else []


def _closed(memory: Memory, day: str) -> Memory:
    spans = _spans(memory)
    if spans and not spans[-1][1]:
        spans[-1] = [spans[-1][0], day]
    return {**memory, "spans": spans}


def _from(row: ReadRow, column: str, since: str) -> ReadRow:
    return replace(row, cells={**row.cells, column: date.fromisoformat(since)}) if since else row


def _past(sheet: str, kind: _Kind, memory: Memory) -> Iterator[ReadRow]:
    cells = memory.get("cells")
    for since, until in _spans(memory):
        if until and since < until and isinstance(cells, Mapping):
            end = date.fromisoformat(until)
            closing = {"valid_to": end - timedelta(days=1)} if sheet == "settings" else {UNTIL: end}
            row = ReadRow(PAST, "", {**cells, **closing})
            yield _from(row, kind.on, since)
