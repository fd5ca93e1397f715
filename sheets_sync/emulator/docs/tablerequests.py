"""The requests of `documents.batchUpdate` that work on tables. Source: see `tables` and `tablestyles`."""

from __future__ import annotations

from sheets_sync.emulator.docs import tables, tablestyles
from sheets_sync.emulator.docs.model import Document, Json
from sheets_sync.emulator.docs.places import Applied, NewId, area_of, cell_of, place_of, table_of


def insert_table(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Insert an empty table."""
    tab, segment, index = place_of(document, asked)
    rows, columns = asked.get("rows", 0), asked.get("columns", 0)
    return document.with_tab(tables.insert_table(tab, segment, index, rows, columns)), {}


def insert_table_row(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Insert an empty row."""
    tab, segment, start, row, column = cell_of(document, asked)
    below = asked.get("insertBelow", False)
    return document.with_tab(tables.insert_row(tab, segment, start, row, column, below=below)), {}


def insert_table_column(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Insert an empty column."""
    tab, segment, start, row, column = cell_of(document, asked)
    right = asked.get("insertRight", False)
    return document.with_tab(tables.insert_column(tab, segment, start, row, column, right=right)), {}


def delete_table_row(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Delete the rows of a cell."""
    tab, segment, start, row, column = cell_of(document, asked)
    return document.with_tab(tables.delete_row(tab, segment, start, row, column)), {}


def delete_table_column(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Delete the columns of a cell."""
    tab, segment, start, row, column = cell_of(document, asked)
    return document.with_tab(tables.delete_column(tab, segment, start, row, column)), {}


def merge_table_cells(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Merge a rectangle of cells."""
    tab, segment, start, area = area_of(document, asked)
    return document.with_tab(tables.merge_cells(tab, segment, start, area)), {}


def unmerge_table_cells(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Dissolve the merges of a rectangle."""
    tab, segment, start, area = area_of(document, asked)
    return document.with_tab(tables.unmerge_cells(tab, segment, start, area)), {}


def pin_table_header_rows(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Make the first rows repeat on every page."""
    tab, segment, start = table_of(document, asked)
    count = asked.get("pinnedHeaderRowsCount", 0)
    return document.with_tab(tablestyles.pin_header_rows(tab, segment, start, count)), {}


def update_table_columns(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Change column properties."""
    tab, segment, start = table_of(document, asked)
    given = asked.get("tableColumnProperties", {})
    indices = asked.get("columnIndices", [])
    changed = tablestyles.update_columns(tab, segment, start, indices, given, asked.get("fields"))
    return document.with_tab(changed), {}


def update_table_rows(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Change row styles."""
    tab, segment, start = table_of(document, asked)
    given = asked.get("tableRowStyle", {})
    changed = tablestyles.update_rows(
        tab, segment, start, asked.get("rowIndices", []), given, asked.get("fields")
    )
    return document.with_tab(changed), {}


def update_table_cells(document: Document, asked: Json, new_id: NewId) -> Applied:
    """Change cell styles."""
    given, fields = asked.get("tableCellStyle", {}), asked.get("fields")
    if "tableRange" in asked:
        tab, segment, start, area = area_of(document, asked)
        return document.with_tab(tablestyles.update_cells(tab, segment, start, area, given, fields)), {}
    tab, segment, start = table_of(document, asked)
    return document.with_tab(tablestyles.update_cells(tab, segment, start, None, given, fields)), {}
