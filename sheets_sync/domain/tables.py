"""Sheets as the rules see them: rows by key, cells by column id; no addresses, no Google words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

CELL_LIMIT = 50_000
"""The most characters one cell holds. Source: Google's error text «maximum of 50000 characters»."""

Memory = Mapping[str, object]
"""What the program remembers about a row: JSON values only."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula that the program itself composes; never made from data."""

    text: str


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """The address of a document that the same plan creates; known only once it exists."""

    document: str


CellValue = str | int | float | bool | date | Formula | DocumentLink | None
"""What a cell holds; None and "" both mean empty. Whole numbers are int, dates without time are date."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that should stand in a sheet.

    Shape: `cells` holds the program's columns by id; `initial` is put into staff's columns when the row is
    appended and never again; `memory` is kept in the hidden sheet and comes back the next night.
    """

    key: str
    cells: Mapping[str, CellValue]
    initial: Mapping[str, CellValue] = field(default_factory=dict)
    memory: Memory = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """All rows that should stand in one sheet, in the order in which new ones are appended."""

    sheet: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it stands in the sheet.

    Shape: `index` is the zero-based grid row at the moment of reading (a hint, never an identity);
    `cells` holds every declared column by id, staff's and the program's; dates are decoded in date columns.
    """

    index: int
    key: str
    cells: Mapping[str, CellValue]
    formulas: Mapping[str, str] = field(default_factory=dict)

    def text(self, column: str) -> str:
        """Return a cell as trimmed text; whole numbers without a fraction, dates as ДД.ММ.ГГГГ."""
        value = self.cells.get(column)
        if value is None or isinstance(value, Formula | DocumentLink):
            return ""
        if isinstance(value, bool):
            return "да" if value else "нет"
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y")
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value).strip()

    def day(self, column: str) -> date | None:
        """Return a date cell, None when it is empty or holds something else."""
        value = self.cells.get(column)
        return value if isinstance(value, date) else None

    def number(self, column: str) -> int | None:
        """Return a whole number, None when the cell is empty or holds something else."""
        value = self.cells.get(column)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return int(value) if float(value).is_integer() else None

    def checked(self, column: str) -> bool:
        """Whether a tick box is ticked."""
        return self.cells.get(column) is True


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as it was read: rows in their present order, blank rows left out."""

    sheet: str
    rows: tuple[ReadRow, ...] = ()

    def by_key(self) -> dict[str, ReadRow]:
        """Return rows by key; of several with one key the first counts."""
        found: dict[str, ReadRow] = {}
        for row in self.rows:
            if row.key:
                found.setdefault(row.key, row)
        return found


@dataclass(frozen=True, slots=True)
class Workbook:
    """The whole master spreadsheet at one moment, with the program's memory of every row it ever wrote.

    Shape: `memory[(sheet, key)]` is the remembered value; `generation` is the number of the last commit (0
    before the first); `deleted` lists (sheet, key) that the program wrote and staff removed; `digests` hold
    the fingerprint of every cell as the program last wrote it; `charts[sheet]` are the titles of the charts
    that stand there, by number.
    """

    sheets: Mapping[str, ReadSheet]
    memory: Mapping[tuple[str, str], Memory]
    generation: int
    deleted: frozenset[tuple[str, str]] = frozenset()
    digests: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)
    charts: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def rows(self, sheet: str) -> tuple[ReadRow, ...]:
        """Return the rows of a sheet, none when it has none."""
        found = self.sheets.get(sheet)
        return found.rows if found else ()

    def remembered(self, sheet: str) -> dict[str, Memory]:
        """Return what is remembered about the rows of a sheet, by key."""
        return {key: memory for (name, key), memory in self.memory.items() if name == sheet}


def storable(text: str, ending: str = "…") -> str:
    """Return a text that a cell can hold: no NUL, no lone surrogates, cut to the limit with an ending."""
    kept = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if _units(kept) <= CELL_LIMIT:
        return kept
    room = CELL_LIMIT - _units(ending)
    return kept.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore") + ending


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def table(sheet: str, rows: Iterable[Row]) -> Table:
    """Make a table of rows."""
    return Table(sheet, tuple(rows))
