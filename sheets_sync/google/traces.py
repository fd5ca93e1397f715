"""Every text of the school's files at the service, with its place: for whoever looks for a person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gspread.urls import SPREADSHEET_URL
from gspread.utils import rowcol_to_a1

from sheets_sync.domain.workbook import WorkbookSpec
from sheets_sync.errors import NotFoundError, PermissionDeniedError
from sheets_sync.google.cells import Json
from sheets_sync.google.channel import Channel
from sheets_sync.google.doctext import whole_text
from sheets_sync.google.drive import Drive
from sheets_sync.google.grid import MARKER_KEY, Grid, SheetLayout, decode, sheet_id
from sheets_sync.ports.read import PlacedDocument, PlacedText

_CELLS = "userEnteredValue,effectiveValue,formattedValue,note,hyperlink,dataValidation"
_FIELDS = (
    "properties(title),namedRanges,developerMetadata,"
    "sheets(properties(sheetId,title),charts(chartId,spec),conditionalFormats,filterViews,basicFilter,"
    "protectedRanges,slicers,tables,developerMetadata,"
    f"data(rowData(values({_CELLS})),rowMetadata(developerMetadata),columnMetadata(developerMetadata)))"
)
_BESIDE_CELLS = {
    "charts": "диаграмма",
    "conditionalFormats": "условное форматирование",
    "filterViews": "сохранённый фильтр",
    "basicFilter": "фильтр",
    "protectedRanges": "защита диапазона",
    "slicers": "срез",
    "tables": "таблица в листе",
    "developerMetadata": "метаданные",
}
"""What a sheet holds beside its cells. Source: discovery sheets.v4, Sheet."""


@dataclass
class Traces:
    """Reads the spreadsheet and all documents whole; `staging` is the bot's own folder."""

    channel: Channel
    spreadsheet: str
    spec: WorkbookSpec
    staging: str

    def texts(self) -> list[PlacedText]:
        """Return every text of the spreadsheet, the hidden sheet left out: its rows follow the others."""
        url = SPREADSHEET_URL % self.spreadsheet
        answer: Json = self.channel.call(
            "sheets",
            "поиск по таблице",
            lambda: self.channel.sheets.json("get", url, params={"fields": _FIELDS}),
        )
        return [*_of_spreadsheet(answer), *_of_sheets(answer, decode(answer, self.spec))]

    def papers(self) -> list[PlacedDocument]:
        """Return every document with its words; one that cannot be read has only its title."""
        return [
            PlacedDocument(
                one.document,
                one.name,
                self._words(one.document),
                one.binned,
                self.staging in one.folders,
                one.address,
            )
            for one in Drive(self.channel).every_document()
        ]

    def _words(self, document: str) -> str:
        request = self.channel.service("docs", "v1").documents()
        get = request.get(documentId=document, includeTabsContent=True)
        try:
            return whole_text(self.channel.call("docs", "поиск по документу", get.execute))
        except (NotFoundError, PermissionDeniedError):
            return ""


def _of_spreadsheet(answer: Json) -> Iterator[PlacedText]:
    yield PlacedText("название таблицы", str(answer.get("properties", {}).get("title", "")))
    for entry in answer.get("namedRanges", ()):
        yield PlacedText("именованный диапазон", str(entry.get("name", "")))
    for entry in answer.get("developerMetadata", ()):
        if entry.get("metadataKey") != MARKER_KEY:
            yield from _walked("метаданные таблицы", entry)


def _of_sheets(answer: Json, grid: Grid) -> Iterator[PlacedText]:
    declared = {layout.sheet_id: name for name, layout in grid.layouts.items()}
    for entry in answer.get("sheets", ()):
        title = str(entry["properties"].get("title", ""))
        number = entry["properties"].get("sheetId", 0)
        if number == sheet_id("sync"):
            continue
        yield PlacedText("название листа", title)
        for part, told in _BESIDE_CELLS.items():
            yield from _walked(f"«{title}», {told}", entry.get(part, ()))
        sheet = declared.get(number, "")
        yield from _of_cells(entry, title, sheet, grid.layouts.get(sheet))


def _of_cells(entry: Json, title: str, sheet: str, layout: SheetLayout | None) -> Iterator[PlacedText]:
    last: dict[int, Json] = {}
    for block in entry.get("data", ()):
        for axis in ("rowMetadata", "columnMetadata"):
            yield from _walked(f"«{title}», метаданные", block.get(axis, ()))
        for down, row in enumerate(block.get("rowData", ())):
            cells: list[Json] = row.get("values", [])
            key = _key(cells, layout, down)
            for right, cell in enumerate(cells):
                column = _column(layout, down, right)
                place = f"«{title}», {rowcol_to_a1(down + 1, right + 1)}"
                shown = str(cell.get("formattedValue", ""))
                typed = "\n".join(str(value) for value in cell.get("userEnteredValue", {}).values())
                if shown or typed:
                    text = typed if shown in typed else f"{typed}\n{shown}"
                    yield PlacedText(place, text, sheet, key, column)
                if note := str(cell.get("note", "")):
                    yield PlacedText(f"{place}, примечание", note, sheet, key, column, note=True)
                rest: Json = {name: cell[name] for name in ("hyperlink", "dataValidation") if name in cell}
                if rest and rest != last.get(right):  # a list of choices goes down a whole column
                    last[right] = rest
                    yield from _walked(f"{place}, ссылка или список", rest)


def _key(cells: list[Json], layout: SheetLayout | None, row: int) -> str:
    if layout is None or row <= layout.header_row or layout.key_place >= len(cells):
        return ""
    found = cells[layout.key_place].get("effectiveValue", {})
    return str(next(iter(found.values()), "")).strip()


def _column(layout: SheetLayout | None, row: int, place: int) -> str:
    if layout is None or row <= layout.header_row:
        return ""
    return next((name for name, there in layout.columns.items() if there == place), "")


def _walked(place: str, value: Any) -> Iterator[PlacedText]:
    if isinstance(value, str):
        yield PlacedText(place, value)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _walked(place, one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _walked(place, one)
