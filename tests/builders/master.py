"""A master spreadsheet of three small sheets in a workspace, and staff who act in the gap before a commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import gspread
import requests

from sheets_sync.domain.workbook import (
    ColumnOwner,
    ColumnSpec,
    ColumnType,
    SheetKind,
    SheetSpec,
    WorkbookSpec,
)
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from sheets_sync.google.channel import Channel, Clock
from sheets_sync.google.connections import embedded
from sheets_sync.google.master import create_master, lay_out
from sheets_sync.google.sheets import MasterSpreadsheet

DAY = date(2022, 10, 12)
NOW = datetime(2022, 10, 12, 20, 0, tzinfo=UTC)


def _column(name: str, title: str, by: ColumnOwner, kind: ColumnType = ColumnType.TEXT) -> ColumnSpec:
    return ColumnSpec(name, title, by, kind)


PAIRS = SheetSpec(
    "pairs",
    "Пары",
    SheetKind.DECISIONS,
    (
        _column("key", "Пара", ColumnOwner.KEY),
        _column("state", "Состояние", ColumnOwner.PROGRAM),
        _column("score", "Баллы", ColumnOwner.PROGRAM, ColumnType.NUMBER),
        _column("since", "С какого дня", ColumnOwner.PROGRAM, ColumnType.DATE),
        _column("decision", "Решение", ColumnOwner.STAFF),
    ),
)
SYNC = SheetSpec(
    "sync",
    "_sync",
    SheetKind.HIDDEN,
    tuple(_column(name, name, ColumnOwner.PROGRAM) for name in ("sheet", "key", "digests", "memory")),
)
SPEC = WorkbookSpec("Школа", (PAIRS, SYNC))


class InTheGap(EmulatorAdapter):
    """The way into the workspace on which somebody acts just before the next batch arrives."""

    def __init__(self, emulator: Emulator) -> None:
        super().__init__(emulator)
        self.act: Callable[[], None] | None = None

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        act = self.act
        if act is not None and ":batchUpdate" in (request.url or ""):
            self.act = None
            act()
        return super().send(request, *args, **kwargs)


class Bench:
    """A laid-out master spreadsheet, the product's hands on it and people's."""

    def __init__(self) -> None:
        self.emulator = Emulator(clock=lambda: NOW)
        self.gap = InTheGap(self.emulator)
        self.channel: Channel = self.new_channel(self.gap)
        self.number = create_master(self.channel, SPEC, "Школа", "Europe/Moscow").spreadsheet
        lay_out(self.channel, self.number, SPEC, {}, {})

    def new_channel(self, adapter: EmulatorAdapter) -> Channel:
        ticks: list[float] = []
        clock = Clock(lambda: sum(ticks), ticks.append)
        return embedded(adapter, lambda: EmulatorHttp(self.emulator), clock)

    def master(self) -> MasterSpreadsheet:
        """Open the spreadsheet as a run of its own."""
        return MasterSpreadsheet(self.channel, self.number, SPEC, lambda: NOW)

    def staff(self) -> gspread.Worksheet:
        """Open «Пары» with plain gspread on a session of staff's own."""
        session = requests.Session()
        session.mount("https://", EmulatorAdapter(self.emulator))
        client = gspread.Client(None, session=session)  # type: ignore[arg-type]  # None goes with a session
        return client.open_by_key(self.number).get_worksheet_by_id(self.sheet_id)

    @property
    def sheet_id(self) -> int:
        from sheets_sync.google.grid import sheet_id

        return sheet_id("pairs")

    def close(self) -> None:
        self.emulator.close()
