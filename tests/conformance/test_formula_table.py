"""Every example of docs/emulator-formulas.md, computed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sheets_sync.emulator.core import Emulator, request_of
from tests.conformance import formulatable
from tests.conformance.formulatable import CELLS, EXAMPLES, SAME, Value

PAGE = Path(__file__).parents[2] / "docs" / "emulator-formulas.md"
FIRST = len(CELLS) + 15
APART = 6
LONG = {"rowCount": FIRST + APART * len(EXAMPLES), "columnCount": 26}
"""Rows from one example to the next: room for what the longest of them fills."""


class Sheet:
    """One spreadsheet of one workspace."""

    def __init__(self) -> None:
        self.emulator = Emulator()
        self.id = ""
        self.id = self.call("POST", "", {"sheets": [{"properties": {"gridProperties": LONG}}]})[
            "spreadsheetId"
        ]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        url = f"https://sheets.googleapis.com/v4/spreadsheets{'/' if self.id else ''}{self.id}{path}"
        sent = None if body is None else json.dumps(body)
        return json.loads(self.emulator.handle(request_of(method, url, {}, sent)).body)

    def write(self, place: str, rows: list[list[Value]], option: str) -> None:
        self.call("PUT", f"/values/{place}?valueInputOption={option}", {"values": rows})

    def read(self, place: str) -> list[list[Value]]:
        shown = self.call("GET", f"/values/{place}?valueRenderOption=UNFORMATTED_VALUE")
        found: list[list[Value]] = shown["values"]
        return found


@pytest.fixture(scope="module")
def computed() -> Iterator[dict[str, Value]]:
    """The value of each example, one below the other in column H."""
    sheet = Sheet()
    sheet.write("A1", CELLS, "RAW")
    lines: list[list[Value]] = [[] for _ in range(APART * len(EXAMPLES))]
    lines[::APART] = [[one.formula] for one in EXAMPLES]
    sheet.write(f"H{FIRST}", lines, "USER_ENTERED")
    values = [row[0] for row in sheet.read(f"H{FIRST}:H{FIRST + len(lines) - 1}")[::APART]]
    yield dict(zip((one.formula for one in EXAMPLES), values, strict=True))
    sheet.emulator.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.formula)
def test_f60_an_example_gives_the_value_of_the_table(
    computed: dict[str, Value], example: formulatable.Example
) -> None:
    found = computed[example.formula]
    assert type(found) is type(example.value) or not isinstance(found, str | bool)
    assert found == (pytest.approx(example.value) if isinstance(example.value, float) else example.value)


def test_the_page_tells_every_one_of_them() -> None:
    assert PAGE.read_text("utf-8") == formulatable.page(), (
        "stale: python -m tests.conformance.formulatable > docs/emulator-formulas.md"
    )
    assert len({one.name for one in SAME}) >= 40
