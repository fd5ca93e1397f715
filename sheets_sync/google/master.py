"""Making the master spreadsheet: sheets, headers, formats and the rows of the first day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL, SPREADSHEETS_API_V4_BASE_URL

from sheets_sync.domain.workbook import WorkbookSpec
from sheets_sync.errors import InvalidRequestError
from sheets_sync.google.cells import Json
from sheets_sync.google.changes import marker, update_cells
from sheets_sync.google.channel import Channel
from sheets_sync.google.completing import FirstRows, layout_records
from sheets_sync.google.grid import MARKER_KEY, sheet_id
from sheets_sync.google.palette import boxes, sheet_properties, sheet_requests

FIRST_GENERATION = 1


@dataclass(frozen=True, slots=True)
class MadeSpreadsheet:
    """The spreadsheet that was made."""

    spreadsheet: str
    url: str


def create_master(channel: Channel, spec: WorkbookSpec, title: str, time_zone: str) -> MadeSpreadsheet:
    """Create the spreadsheet with all its empty sheets.

    Source: discovery sheets.v4, spreadsheets.create; the title of the file is the spreadsheet's.
    """
    body: Json = {
        "properties": {"title": title, "locale": "ru_RU", "timeZone": time_zone},
        "sheets": [{"properties": sheet_properties(sheet, index)} for index, sheet in enumerate(spec.sheets)],
    }
    made = channel.call(
        "sheets",
        "создание таблицы",
        lambda: channel.sheets.json("post", SPREADSHEETS_API_V4_BASE_URL, body=body),
        write=True,
    )
    return MadeSpreadsheet(str(made["spreadsheetId"]), str(made.get("spreadsheetUrl", "")))


def lay_out(
    channel: Channel,
    spreadsheet: str,
    spec: WorkbookSpec,
    choices: Mapping[str, Sequence[str]],
    first_rows: FirstRows,
) -> None:
    """Give every sheet its header, formats, drop-downs, protection and first rows, in one guarded batch.

    The batch carries the first marker: sent again after a lost reply, it is refused whole.
    """
    requests: list[Json] = [marker(FIRST_GENERATION, {"run": "init"})]
    for sheet in spec.sheets:
        requests += sheet_requests(sheet, choices)
        rows = first_rows.get(sheet.id, ())
        if rows:
            block = [[row.get(column.id) for column in sheet.columns] for row in rows]
            requests.append(update_cells(sheet_id(sheet.id), 1, 0, block))
            requests += boxes(sheet, rows)
    requests.append(update_cells(sheet_id("sync"), 1, 0, layout_records(spec)))
    url = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet
    try:
        channel.call(
            "sheets",
            "оформление таблицы",
            lambda: channel.sheets.json("post", url, body={"requests": requests}),
            write=True,
        )
    except InvalidRequestError:
        if not is_laid_out(channel, spreadsheet):
            raise


def is_laid_out(channel: Channel, spreadsheet: str) -> bool:
    """Whether the first marker stands, and with it the layout."""
    url = SPREADSHEET_URL % spreadsheet
    found = channel.call(
        "sheets",
        "проверка таблицы",
        lambda: channel.sheets.json("get", url, params={"fields": "developerMetadata(metadataKey)"}),
    )
    return any(entry.get("metadataKey") == MARKER_KEY for entry in found.get("developerMetadata", ()))
