"""A sheet of 100 000 rows by 12 columns: what is asked for is read, and not the rest."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import Any

import pytest
from googleapiclient.discovery import build

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorHttp

grid = import_module("sheets_sync.emulator.sheets.grid")

ROWS, COLUMNS = 100_000, 12
MEGABYTE = 1024 * 1024


class LongSheet:
    """One filled sheet, and a count of the stored rows that were opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, rows: int = ROWS) -> None:
        self.emulator = Emulator()
        self.api = build("sheets", "v4", http=EmulatorHttp(self.emulator)).spreadsheets()
        shape = {"rowCount": rows, "columnCount": COLUMNS, "frozenRowCount": 1}
        sheet = {"properties": {"sheetId": 0, "title": "Лист", "gridProperties": shape}}
        self.id: str = self.api.create(body={"sheets": [sheet]}).execute()["spreadsheetId"]
        cells = [[column, {"v": f"значение {column}"}] for column in range(COLUMNS)]
        full = ((1 << COLUMNS) - 1).to_bytes(2, "little")
        with self.emulator.store.transaction(writes=True) as tx:
            tx.execute(
                "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < ?) "
                "INSERT INTO sheets_row (grid, row, cells, filled) SELECT 1, n, ?, ? FROM number",
                (rows, json.dumps(cells, ensure_ascii=False), full),
            )
        self.opened = 0
        decode = grid._decode

        def counted(cells: str, properties: str | None) -> Any:
            self.opened += 1
            return decode(cells, properties)

        monkeypatch.setattr(grid, "_decode", counted)

    def cost(self, work: Callable[[], Any]) -> tuple[int, float]:
        """Do a work and return the rows that it opened and the most megabytes that it held."""
        self.opened = 0
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1] / MEGABYTE
        tracemalloc.stop()
        return self.opened, peak

    def page(self, query: str) -> str:
        address = f"http://127.0.0.1:8080/spreadsheets/d/{self.id}/edit{query}"
        answer = self.emulator.handle(request_of("GET", address, {"host": "127.0.0.1:8080"}))
        assert answer.status == 200
        return answer.body.decode()


@pytest.fixture
def long_sheet(monkeypatch: pytest.MonkeyPatch) -> Iterator[LongSheet]:
    made = LongSheet(monkeypatch)
    yield made
    made.emulator.close()


def test_f64_a_long_sheet_is_opened_read_and_appended_to_without_reading_it_all(
    long_sheet: LongSheet,
) -> None:
    api, book = long_sheet.api, long_sheet.id
    row = [["новое"] * COLUMNS]
    works: dict[str, tuple[Callable[[], Any], int, float]] = {
        "open": (lambda: api.get(spreadsheetId=book).execute(), 0, 2),
        "window": (
            lambda: api.values().get(spreadsheetId=book, range="Лист!A50001:L50300").execute(),
            300,
            8,
        ),
        "update": (
            lambda: (
                api.values()
                .update(spreadsheetId=book, range="Лист!A70000", valueInputOption="RAW", body={"values": row})
                .execute()
            ),
            1,
            2,
        ),
        "append": (
            lambda: (
                api.values()
                .append(spreadsheetId=book, range="Лист!A1", valueInputOption="RAW", body={"values": row})
                .execute()
            ),
            1,
            4,
        ),
    }
    for name, (work, rows, megabytes) in works.items():
        opened, peak = long_sheet.cost(work)
        assert opened <= rows, name
        assert peak < megabytes, name
    last = api.values().get(spreadsheetId=book, range=f"Лист!A{ROWS + 1}:B{ROWS + 1}").execute()
    assert last["values"] == [["новое", "новое"]]


def test_f64_the_page_of_a_long_sheet_reads_one_part_of_it(long_sheet: LongSheet) -> None:
    seen: list[str] = []

    def look(query: str) -> None:
        seen.append(long_sheet.page(query))

    for query, rows in (("", 300), ("?gid=0&from=90000", 301), ("?gid=0&cell=C99001", 302)):
        opened, peak = long_sheet.cost(partial(look, query))
        assert opened <= rows, query
        assert peak < 40, query
    assert 'id="A300"' in seen[0] and 'id="A301"' not in seen[0] and "строки 1–300 из 100000" in seen[0]
    assert 'id="A1"' in seen[1] and 'id="A90001"' in seen[1] and 'id="A90301"' not in seen[1]
    assert 'value="значение 2"' in seen[2]
