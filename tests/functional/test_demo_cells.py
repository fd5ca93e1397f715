"""Every night of the demo's year beside the one before it: what staff own is compared cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import gspread
import pytest
import requests
from ruamel.yaml import YAML

from sheets_sync.bootstrap import open_on
from sheets_sync.demo import play
from sheets_sync.demo.stage import Clock
from sheets_sync.domain.run_report import RunReport
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorAdapter
from sheets_sync.settings import copy_defaults, load_settings

Grid = list[list[str]]
Grids = dict[str, Grid]
NOTE = "ниже — пары, о которых спросить на совещании"


@dataclass
class WatchedProgram:
    """The product, with the whole spreadsheet read by plain gspread just before and just after every run."""

    emulator: Emulator
    directory: Path
    clock: Clock
    nights: list[tuple[date, Grids, Grids]] = field(default_factory=list)

    def initialise(self) -> str:
        return open_on(self.emulator, load_settings(self.directory), self.clock).initialise().spreadsheet

    def night(self, day: date) -> RunReport:
        before = self.look()
        report = open_on(self.emulator, load_settings(self.directory), self.clock).run("nightly", day)
        self.nights.append((day, before, self.look()))
        return report

    def look(self) -> Grids:
        """Read every sheet, hidden ones left out: formulas as formulas, everything else as it is shown."""
        session = requests.Session()
        session.mount("https://", EmulatorAdapter(self.emulator))
        number = load_settings(self.directory).spreadsheet_id
        assert number is not None
        book = gspread.Client(None, session=session).open_by_key(number)  # type: ignore[arg-type]
        titles = [tab.title for tab in book.worksheets() if not tab.title.startswith("_")]
        found = book.values_batch_get([f"'{title}'" for title in titles], {"valueRenderOption": "FORMULA"})
        grids = [block.get("values", []) for block in found["valueRanges"]]
        return {
            title: [[str(cell) for cell in row] for row in grid]
            for title, grid in zip(titles, grids, strict=True)
        }


@dataclass
class Owned:
    """What is staff's by the declaration of the workbook: whole sheets, and columns of the others."""

    sheets: set[str]
    programs: dict[str, set[str]]
    keys: dict[str, str]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WatchedProgram]:
    directory = tmp_path_factory.mktemp("watched")
    copy_defaults(directory)
    settings = load_settings(directory / "config")
    clock = Clock()
    emulator = Emulator(directory / "workspace.sqlite3", clock=clock)
    program = WatchedProgram(emulator, directory / "config", clock)
    play(
        program,
        emulator,
        clock,
        classes=settings.school.defaults.classes,
        as_of=date(2022, 12, 24),
        people=200,
        seed=7,
        progress=lambda *said: None,
    )
    yield program
    emulator.close()


@pytest.fixture(scope="module")
def owned(watched: WatchedProgram) -> Owned:
    """Read the declaration of the workbook as it is written, without the program's settings."""
    declared = YAML(typ="safe").load((watched.directory / "workbook.yaml").read_text("utf-8"))["sheets"]
    made = Owned(set(), {}, {})
    for sheet in declared:
        if sheet["kind"] == "staff":
            made.sheets.add(sheet["title"])
        elif sheet["kind"] == "decisions":
            columns = sheet["columns"]
            made.programs[sheet["title"]] = {one["title"] for one in columns if one["by"] != "staff"}
            made.keys[sheet["title"]] = next(one["title"] for one in columns if one["by"] == "key")
    return made


def cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def declared_title(title: str) -> str:
    return "Явка" if title.startswith("Явка") else title


def test_f45_no_run_moves_or_changes_a_cell_that_staff_own(watched: WatchedProgram, owned: Owned) -> None:
    compared = 0
    for day, before, after in watched.nights:
        assert list(after) == list(before), f"{day}: листы переставлены или переименованы"
        for title, grid in before.items():
            name = declared_title(title)
            header = grid[0]
            assert after[title][0] == header, f"{day}, {title}: заголовки"
            if name in owned.sheets:
                mine = list(range(len(header)))
            elif name in owned.programs:
                mine = [place for place, text in enumerate(header) if text not in owned.programs[name]]
            else:
                continue
            key = header.index(owned.keys[name]) if name in owned.keys else None
            for number, row in enumerate(grid[1:], 1):
                whole = key is not None and not cell(row, key)
                for place in range(len(header)) if whole else mine:
                    old, new = cell(row, place), cell(after[title][number], place)
                    assert new == old, f"{day}, «{title}», строка {number + 1}, «{header[place]}»"
                    compared += bool(old)
    assert compared > 2000


def test_f45_no_run_moves_a_row_to_another_place(watched: WatchedProgram, owned: Owned) -> None:
    for day, before, after in watched.nights:
        for title, grid in before.items():
            name = declared_title(title)
            if name in owned.keys:
                key = grid[0].index(owned.keys[name])
                old = [cell(row, key) for row in grid]
                assert [cell(row, key) for row in after[title][: len(grid)]] == old, f"{day}, «{title}»"


def test_f45_the_inserted_row_the_added_column_and_the_renamed_sheet_were_there_before_a_run_and_after_it(
    watched: WatchedProgram,
) -> None:
    later = [(before, after) for day, before, after in watched.nights if day > date(2022, 10, 26)]

    assert len(later) >= 2
    for moment in (grids for pair in later for grids in pair):
        assert "Телефон" in moment["Пары"][0]
        assert any(NOTE in row for row in moment["Пары"])
        assert "Явка (встреча и игра)" in moment
        assert "Явка" not in moment


def test_f46_the_points_typed_over_stand_in_the_same_cell_after_every_later_run(
    watched: WatchedProgram,
) -> None:
    seen = 0
    for _, before, after in watched.nights:
        place = before["Пары"][0].index("Баллы")
        for number, row in enumerate(before["Пары"]):
            if cell(row, place) == "1000":
                seen += 1
                assert cell(after["Пары"][number], place) == "1000"
                code = cell(row, before["Пары"][0].index("Пара"))
                listed = [line for line in after["Расхождения"] if code in line and "Баллы" in line]
                assert len(listed) == 1
                assert "действует" in listed[0]
    assert seen >= 2
