"""How Drive treats spreadsheets: blank, copy, delete, rename, export and import.

Source: recorded answers (a new spreadsheet; export as text/csv of the first sheet; an imported CSV renames
the sheet to the file's title, gives it a new id and a grid of 1000×26; its time zone is America/Los_Angeles).
"""

from __future__ import annotations

import csv
import io
from typing import Any
from urllib.parse import parse_qs

from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.pdf import print_pdf
from sheets_sync.emulator.wire import ApiError, invalid_argument

from . import gridhtml
from .book import Book, Sheet
from .calculation import Calculation
from .newbook import book_properties, insert_book, sheet_shape
from .odsfile import ODS, export_ods
from .rendering import Renderer
from .spreadsheets import MIME_TYPE
from .values import Writer
from .workbookfile import XLSX, export_xlsx, import_xlsx

CSV = "text/csv"
TSV = "text/tab-separated-values"
PDF = "application/pdf"
ZIP = "application/zip"


class SpreadsheetKind:
    """The spreadsheet's side of Drive."""

    mime_type = MIME_TYPE
    export_types = (CSV, TSV, XLSX, ODS, PDF, ZIP)

    def create_blank(self, call: Call, file_id: str, name: str) -> None:
        """Stores a spreadsheet as Drive makes it: one sheet ``Sheet1`` with id 0."""
        book = insert_book(call.tx, file_id, book_properties(name))
        book.add_sheet(0, sheet_shape({}, 0, "Sheet1", book.theme()), 0)
        book.save()

    def copy(self, call: Call, source_id: str, target_id: str, name: str) -> None:
        """Copies a spreadsheet with its sheets, ids, formats and metadata.

        Source: discovery document ("developer metadata … will be copied"); recorded copies keep sheet ids.
        """
        tx = call.tx
        tx.execute(
            "INSERT INTO sheets_book (id, properties, objects) "
            "SELECT ?, properties, objects FROM sheets_book WHERE id = ?",
            (target_id, source_id),
        )
        for table, columns in (
            ("sheets_shared", "number, body"),
            ("sheets_metadata", "number, key, value, visibility, kind, sheet, start"),
        ):
            tx.execute(
                f"INSERT INTO {table} (book, {columns}) SELECT ?, {columns} FROM {table} WHERE book = ?",
                (target_id, source_id),
            )
        query = (
            "SELECT grid, sheet, position, properties, columns, objects FROM sheets_sheet "
            "WHERE book = ? ORDER BY position"
        )
        for grid, *rest in tx.execute(query, (source_id,)).fetchall():
            cursor = tx.execute(
                "INSERT INTO sheets_sheet (book, sheet, position, properties, columns, objects) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (target_id, *rest),
            )
            tx.execute(
                "INSERT INTO sheets_row (grid, row, cells, filled, formulas, properties) "
                "SELECT ?, row, cells, filled, formulas, properties FROM sheets_row WHERE grid = ?",
                (cursor.lastrowid, grid),
            )
        self.renamed(call, target_id, name)

    def delete(self, call: Call, file_id: str) -> None:
        """Removes everything of a spreadsheet."""
        call.tx.execute(
            "DELETE FROM sheets_row WHERE grid IN (SELECT grid FROM sheets_sheet WHERE book = ?)", (file_id,)
        )
        for table in ("sheets_sheet", "sheets_shared", "sheets_metadata"):
            call.tx.execute(f"DELETE FROM {table} WHERE book = ?", (file_id,))
        call.tx.execute("DELETE FROM sheets_book WHERE id = ?", (file_id,))

    def renamed(self, call: Call, file_id: str, name: str) -> None:
        """Gives the spreadsheet the file's name as its title."""
        book = Book(call.tx, file_id)
        book.properties["title"] = name
        book.save()

    def export(self, call: Call, file_id: str, mime_type: str) -> bytes:
        """Exports one sheet as CSV or TSV, or all sheets in the other formats.

        Without `gid` the first sheet is the one. Source: Drive's guide "Export MIME types" (first sheet
        only).
        """
        book = Book(call.tx, file_id)
        renderer = Renderer(book, Calculation(book, call.now))
        asked = _asked_sheet(book, call)
        if mime_type in (CSV, TSV):
            return _text(asked or book.sheets[0], renderer, "," if mime_type == CSV else "\t").encode()
        if mime_type == XLSX:
            return export_xlsx(book, renderer)
        grids = [sheet for sheet in book.sheets if sheet.properties.get("sheetType") != "OBJECT"]
        if mime_type == ODS:
            return export_ods(grids, renderer)
        shown = [asked] if asked else [sheet for sheet in grids if not sheet.properties.get("hidden")]
        if mime_type == ZIP:
            return gridhtml.zipped(shown, renderer)
        return print_pdf(gridhtml.page(book.title, shown, renderer))

    def words(self, call: Call, file_id: str) -> str:
        """Gives the titles of the sheets with the values and notes of their cells."""
        rows = call.tx.execute(
            "SELECT json_extract(properties, '$.title') FROM sheets_sheet WHERE book = ?1 UNION ALL "
            "SELECT part.value FROM sheets_sheet AS sheet JOIN sheets_row AS held ON held.grid = sheet.grid, "
            "json_tree(held.cells) AS part WHERE sheet.book = ?1 AND part.key IN ('v', 'n') "
            "AND part.type IN ('text', 'integer', 'real')",
            (file_id,),
        )
        return "\n".join(str(row[0]) for row in rows)

    def import_media(self, call: Call, file_id: str, data: bytes, mime_type: str, name: str) -> None:
        """Replaces the content by a CSV, TSV or XLSX file."""
        kind = mime_type.partition(";")[0].strip().lower()
        self.delete(call, file_id)
        book = insert_book(call.tx, file_id, book_properties(name, {"timeZone": "America/Los_Angeles"}))
        if kind in (CSV, TSV, "text/plain", "application/csv"):
            _import_text(call, book, data, "\t" if kind == TSV else ",", name)
        elif kind == XLSX:
            import_xlsx(call, book, data)
        else:
            raise invalid_argument("The requested conversion is not supported.")
        book.save()


def _asked_sheet(book: Book, call: Call) -> Sheet | None:
    """Returns the sheet that an export link names by `gid`.

    Raises:
        ApiError: 400 where no sheet has that id. Source: assumed.
    """
    gid = parse_qs(call.raw.query).get("gid", [""])[0]
    if not gid:
        return None
    found = book.find(int(gid)) if gid.isascii() and gid.isdigit() else None
    if found is None:
        raise ApiError(400, f"No grid with id: {gid}", reason="badRequest")
    return found


def _text(sheet: Sheet, renderer: Renderer, delimiter: str) -> str:
    lines: list[list[str]] = []
    width = 0
    for index, row in renderer.rows(sheet, 0, sheet.row_count):
        shown = {c: renderer.text(sheet, index, c, cell) for c, cell in row.cells.items()}
        filled = [column for column, text in shown.items() if text]
        if not filled:
            continue
        lines.extend([] for _ in range(index - len(lines)))
        lines.append([shown.get(column, "") for column in range(max(filled) + 1)])
        width = max(width, len(lines[-1]))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for line in lines:
        writer.writerow(line + [""] * (width - len(line)))
    return out.getvalue().removesuffix("\r\n")


def _import_text(call: Call, book: Book, data: bytes, delimiter: str, name: str) -> None:
    rows: list[list[Any]] = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))
    width = max(map(len, rows), default=0)
    shape = {"gridProperties": {"rowCount": max(1000, len(rows)), "columnCount": max(26, width)}}
    number = call.ids.int31()
    sheet = book.add_sheet(number, sheet_shape(shape, number, name[:100], book.theme()), 0)
    Writer(call, book, "USER_ENTERED").write(sheet, sheet.whole(), rows)


KIND = SpreadsheetKind()
