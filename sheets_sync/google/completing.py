"""Sheets and columns that the settings declare and a spreadsheet made earlier still lacks.

What was laid out is recorded in the hidden sheet, sheet by sheet. So a column that was never made can be told
from one that staff renamed or removed: the first is added, the second is theirs to give back.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from sheets_sync.domain.charting import MEMORY as CHARTS
from sheets_sync.domain.tables import CellValue
from sheets_sync.domain.workbook import ColumnOwner, ColumnSpec, SheetKind, SheetSpec, WorkbookSpec
from sheets_sync.errors import HeaderMissingError, InvalidRequestError, SheetMissingError
from sheets_sync.google.cells import Json, cell_data
from sheets_sync.google.changes import marker, update_cells
from sheets_sync.google.channel import Channel
from sheets_sync.google.grid import LAYOUT, READ_FIELDS, decode_digests, header_of, sheet_id
from sheets_sync.google.palette import boxes, column_requests, sheet_properties, sheet_requests

FirstRows = Mapping[str, Sequence[Mapping[str, CellValue]]]
"""Rows by sheet id, each a mapping of column ids: what staff find in their sheets on the first day."""


@dataclass
class _Additions:
    """Requests of one batch and, in Russian, what they add."""

    requests: list[Json] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the hidden sheet says about the layout.

    Shape: `columns[sheet]` are titles by id as laid out, `written[sheet]` the columns that a night wrote;
    `rows[sheet]` the grid rows of the hidden sheet that speak of it and of the charts beside it.
    """

    columns: Mapping[str, Mapping[str, str]]
    written: Mapping[str, frozenset[str]]
    rows: Mapping[str, Sequence[int]]
    record: Mapping[str, int]


def layout_records(spec: WorkbookSpec) -> list[list[CellValue]]:
    """Return the rows of the hidden sheet that say which columns were laid out."""
    return [_record(spec.sheet("sync"), sheet) for sheet in spec.sheets]


def complete(
    channel: Channel,
    spreadsheet: str,
    spec: WorkbookSpec,
    choices: Mapping[str, Sequence[str]],
    first_rows: FirstRows,
) -> list[str]:
    """Add the declared sheets and columns that are missing, in one guarded batch; return what was added.

    A computed sheet that staff deleted is made anew and filled by the next night; nothing that staff renamed
    or deleted is made up for them.

    Raises:
        SheetMissingError: a sheet with staff's entries was there and is gone.
        HeaderMissingError: a column was there and is gone or renamed.
    """
    answer = _look(channel, spreadsheet)
    additions = _additions(answer, spec, choices, first_rows)
    if not additions.requests:
        return []
    taken = [int(entry["metadataId"]) for entry in answer.get("developerMetadata", ())]
    guard = marker(max(taken, default=0) + 1, {"run": "init"})
    url = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet
    try:
        channel.call(
            "sheets",
            "новые листы и колонки",
            lambda: channel.sheets.json("post", url, body={"requests": [guard, *additions.requests]}),
            write=True,
        )
    except InvalidRequestError:
        # Sent again after a lost reply the batch is refused whole: then nothing is missing any more.
        if _additions(_look(channel, spreadsheet), spec, choices, first_rows).requests:
            raise
    return additions.told


def _look(channel: Channel, spreadsheet: str) -> Json:
    url = SPREADSHEET_URL % spreadsheet
    found: Json = channel.call(
        "sheets",
        "проверка листов и колонок",
        lambda: channel.sheets.json("get", url, params={"fields": READ_FIELDS}),
    )
    return found


def _additions(
    answer: Json, spec: WorkbookSpec, choices: Mapping[str, Sequence[str]], first_rows: FirstRows
) -> _Additions:
    found = {entry["properties"].get("sheetId", 0): entry for entry in answer.get("sheets", ())}
    sync = spec.sheet("sync")
    if sheet_id(sync.id) not in found:
        raise SheetMissingError(f"Нет листа «{sync.title}»: без него программа не знает, что уже записано")
    known = _known(found[sheet_id(sync.id)], sync)
    additions = _Additions()
    order = [entry["properties"].get("sheetId", 0) for entry in answer.get("sheets", ())]
    for place, sheet in enumerate(spec.sheets):
        entry = found.get(sheet_id(sheet.id))
        if entry is None:
            _add_sheet(sheet, _index(spec.sheets[:place], order), known, choices, first_rows, additions)
        else:
            _add_columns(sheet, entry, known, choices, additions)
        _remember(sheet, sync, known, additions)
    return additions


def _index(before: Sequence[SheetSpec], order: list[int]) -> int:
    """Return the place right after the nearest declared sheet that stands."""
    places = [order.index(sheet_id(sheet.id)) for sheet in before if sheet_id(sheet.id) in order]
    return places[-1] + 1 if places else 0


def _add_sheet(
    sheet: SheetSpec,
    index: int,
    known: _Known,
    choices: Mapping[str, Sequence[str]],
    first_rows: FirstRows,
    additions: _Additions,
) -> None:
    was_there = sheet.id in known.columns or sheet.id in known.rows
    if was_there and sheet.kind is not SheetKind.COMPUTED:
        raise SheetMissingError(
            f"Лист «{sheet.title}» удалён, а в нём были записи людей",
            hint="Верните его: Файл → История версий; заново программа его не создаёт",
        )
    additions.requests.append({"addSheet": {"properties": sheet_properties(sheet, index)}})
    additions.requests += sheet_requests(sheet, choices)
    rows = first_rows.get(sheet.id, ())
    if rows:
        block = [[row.get(column.id) for column in sheet.columns] for row in rows]
        additions.requests.append(update_cells(sheet_id(sheet.id), 1, 0, block))
        additions.requests += boxes(sheet, rows)
    # What is remembered of deleted rows and charts would keep them from coming back.
    sync = sheet_id("sync")
    additions.requests += [update_cells(sync, row, 0, [[None] * 4]) for row in known.rows.get(sheet.id, ())]
    additions.told.append(f"лист «{sheet.title}»")


def _add_columns(
    sheet: SheetSpec,
    entry: Json,
    known: _Known,
    choices: Mapping[str, Sequence[str]],
    additions: _Additions,
) -> None:
    header_row, header = header_of(sheet, entry)
    laid_out = known.columns.get(sheet.id)
    declared = {column.title for column in sheet.columns}
    for number, column in enumerate(sheet.columns):
        if column.title in header:
            continue
        former = (laid_out or {}).get(column.id, "")
        if former in header and former not in declared:
            at = header.index(former)
            header[at] = column.title
            additions.requests.append(update_cells(sheet_id(sheet.id), header_row, at, [[column.title]]))
            additions.told.append(f"заголовок «{column.title}» на листе «{sheet.title}»")
            continue
        _refuse_if_removed(sheet, column, known, set(header) - declared)
        place = header.index(sheet.columns[number - 1].title) + 1 if number else 0
        header.insert(place, column.title)
        additions.requests += column_requests(sheet, column, place, header_row, choices)
        additions.told.append(f"колонка «{column.title}» на листе «{sheet.title}»")


def _refuse_if_removed(sheet: SheetSpec, column: ColumnSpec, known: _Known, strange: set[str]) -> None:
    laid_out = known.columns.get(sheet.id)
    if laid_out is not None:
        removed = column.id in laid_out
    elif column.by is ColumnOwner.PROGRAM:
        removed = column.id in known.written.get(sheet.id, frozenset())
    else:
        # A spreadsheet without a record of its layout: a strange header may be ours under another name.
        removed = bool(strange - {""})
    if removed:
        raise HeaderMissingError(
            f"Лист «{sheet.title}»: колонка «{column.title}» была и пропала или переименована"
        )


def _known(entry: Json, sync: SheetSpec) -> _Known:
    header_row, header = header_of(sync, entry)
    data = entry.get("data") or [{}]
    cells = [row.get("values", ()) for row in data[0].get("rowData", ())]
    columns: dict[str, dict[str, str]] = {}
    written: dict[str, frozenset[str]] = {}
    rows: dict[str, list[int]] = {}
    record: dict[str, int] = {}
    for index in range(header_row + 1, len(cells)):
        sheet, key, digests, memory = (
            _text(cells[index], header.index(name)) for name in ("sheet", "key", "digests", "memory")
        )
        if sheet == LAYOUT:
            columns[key] = json.loads(memory)["columns"]
            record[key] = index
        elif sheet == CHARTS:
            rows.setdefault(key.partition("/")[0], []).append(index)
        elif sheet:
            written[sheet] = written.get(sheet, frozenset()) | decode_digests(digests).keys()
            rows.setdefault(sheet, []).append(index)
    return _Known(columns, written, rows, record)


def _text(cells: Sequence[Any], place: int) -> str:
    if place >= len(cells):
        return ""
    return str((cells[place].get("effectiveValue") or {}).get("stringValue", ""))


def _record(sync: SheetSpec, sheet: SheetSpec) -> list[CellValue]:
    memory = json.dumps(
        {"columns": {column.id: column.title for column in sheet.columns}}, ensure_ascii=False
    )
    cells: dict[str, CellValue] = {"sheet": LAYOUT, "key": sheet.id, "digests": "", "memory": memory}
    return [cells[column.id] for column in sync.columns]


def _remember(sheet: SheetSpec, sync: SheetSpec, known: _Known, additions: _Additions) -> None:
    if known.columns.get(sheet.id) == {column.id: column.title for column in sheet.columns}:
        return
    values = _record(sync, sheet)
    row = known.record.get(sheet.id)
    if row is None:
        cells = [cell_data(value) for value in values]
        request: Json = {
            "appendCells": {
                "sheetId": sheet_id(sync.id),
                "rows": [{"values": cells}],
                "fields": "userEnteredValue",
            }
        }
        additions.requests.append(request)
    else:
        additions.requests.append(update_cells(sheet_id(sync.id), row, 0, [values]))
