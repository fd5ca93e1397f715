"""How many requests a second the local workspace answers: `make bench-workspace`.

Each work goes through Google's own client libraries, in this process and without a socket, on a database in
a file. A round runs every work once; the table shows medians over the rounds: seconds of one processor, from
which the rates follow, seconds on the wall, and ratios that mean the same on any machine, against what SQLite
and JSON alone need for the same rows.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from googleapiclient.discovery import build

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorHttp

ROWS, COLUMNS = 5_000, 12
SUBMISSIONS, FILLS = 1_000, 100
WIDTHS = (9, 9, 9, 12, 18, 9)
CELLS = [[f"строка {row}, столбец {column}" for column in range(COLUMNS)] for row in range(ROWS)]
FIELDS = ("школа", "директор", "дата", "номер", "куратор", "город", "год", "основание", "срок", "приложение")


class Bench:
    """A workspace with one spreadsheet, one form and one template."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.emulator = Emulator(folder / "workspace.sqlite3")
        http = EmulatorHttp(self.emulator)
        self.sheets = build("sheets", "v4", http=http).spreadsheets()
        self.docs = build("docs", "v1", http=http).documents()
        self.drive = build("drive", "v3", http=http).files()
        self.book = self._book()
        self.form = self._form(build("forms", "v1", http=http).forms())
        self.template = self._template()

    def _book(self) -> str:
        shape = {"rowCount": ROWS, "columnCount": COLUMNS}
        sheet = {"properties": {"title": "Лист", "sheetId": 0, "gridProperties": shape}}
        made: str = self.sheets.create(body={"sheets": [sheet]}).execute()["spreadsheetId"]
        self.sheets.values().update(
            spreadsheetId=made, range="Лист!A1", valueInputOption="RAW", body={"values": CELLS}
        ).execute()
        return made

    def _form(self, forms: Any) -> str:
        made: str = forms.create(body={"info": {"title": "Анкета"}}).execute()["formId"]
        requests = []
        for number in range(COLUMNS):
            asked = {"questionId": f"{number + 16:08x}", "required": True, "textQuestion": {}}
            item = {"title": f"Вопрос {number}", "questionItem": {"question": asked}}
            requests.append({"createItem": {"item": item, "location": {"index": number}}})
        forms.batchUpdate(formId=made, body={"requests": requests}).execute()
        state = {"publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": True}}}
        forms.setPublishSettings(formId=made, body=state).execute()
        return made

    def _template(self) -> str:
        made: str = self.docs.create(body={"title": "Приказ"}).execute()["documentId"]
        text = "\n".join(f"{{{{{name}}}}} — строка приказа со словами до и после поля" for name in FIELDS * 3)
        insert = {"insertText": {"location": {"index": 1}, "text": text}}
        self.docs.batchUpdate(documentId=made, body={"requests": [insert]}).execute()
        return made

    def read(self) -> int:
        """Read 5 000 rows of 12 cells by one values.batchGet."""
        asked = self.sheets.values().batchGet(spreadsheetId=self.book, ranges=[f"Лист!A1:L{ROWS}"])
        return len(asked.execute()["valueRanges"][0]["values"])

    def append(self) -> int:
        """Append 5 000 rows by one batchUpdate with appendCells, and take them away again."""
        rows = [{"values": [{"userEnteredValue": {"stringValue": cell}} for cell in row]} for row in CELLS]
        add = {"appendCells": {"sheetId": 0, "rows": rows, "fields": "userEnteredValue"}}
        self.sheets.batchUpdate(spreadsheetId=self.book, body={"requests": [add]}).execute()
        return ROWS

    def cut(self) -> None:
        """Delete what `append` added."""
        span = {"sheetId": 0, "dimension": "ROWS", "startIndex": ROWS, "endIndex": 2 * ROWS}
        body = {"requests": [{"deleteDimension": {"range": span}}]}
        self.sheets.batchUpdate(spreadsheetId=self.book, body=body).execute()

    def submit(self) -> int:
        """Send 1 000 filled forms of 12 answers, one after another."""
        fields = urlencode({f"entry.{number + 16}": f"ответ {number}" for number in range(COLUMNS)})
        headers = {"content-type": "application/x-www-form-urlencoded", "host": "127.0.0.1:8080"}
        address = f"http://127.0.0.1:8080/forms/d/e/{self.form}/formResponse"
        for _ in range(SUBMISSIONS):
            answer = self.emulator.handle(request_of("POST", address, headers, fields))
            if answer.status != 200:
                raise SystemExit(f"a form was refused: {answer.status}")
        return SUBMISSIONS

    def fill(self) -> int:
        """Copy a template 100 times and replace its ten fields in each copy."""
        for number in range(FILLS):
            copy = self.drive.copy(fileId=self.template, body={"name": f"Приказ {number}"}).execute()["id"]
            requests = [
                {
                    "replaceAllText": {
                        "containsText": {"text": f"{{{{{name}}}}}", "matchCase": True},
                        "replaceText": f"{name} {number}",
                    }
                }
                for name in FIELDS
            ]
            self.docs.batchUpdate(documentId=copy, body={"requests": requests}).execute()
        return FILLS

    def floor_read(self) -> int:
        """Do what no reader can do without: fetch the stored rows and parse them."""
        query = "SELECT cells FROM sheets_row WHERE row < ?"
        with self.emulator.store.transaction(writes=False) as tx:
            return sum(1 for (cells,) in tx.execute(query, (ROWS,)) if json.loads(cells))

    def floor_append(self) -> int:
        """Do what no writer can do without: serialise 5 000 rows and insert them in one transaction."""
        with sqlite3.connect(self.folder / "floor.sqlite3", isolation_level=None) as tx:
            tx.execute("PRAGMA journal_mode = WAL")
            tx.execute("CREATE TABLE IF NOT EXISTS r (row INTEGER PRIMARY KEY, cells TEXT)")
            tx.execute("BEGIN IMMEDIATE")
            rows = ((number, json.dumps(row, ensure_ascii=False)) for number, row in enumerate(CELLS))
            tx.executemany("INSERT OR REPLACE INTO r VALUES (?, ?)", rows)
            tx.execute("COMMIT")
        return ROWS


def timed(work: Callable[[], int]) -> tuple[float, float, int]:
    """Do a work once and return its seconds of the processor and on the wall, and how many things it did."""
    began, started = time.perf_counter(), time.process_time()
    done = work()
    return time.process_time() - started, time.perf_counter() - began, done


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        works: dict[str, tuple[Callable[[], int], int, str]] = {
            "batchGet, 5 000 × 12": (bench.read, 1, "rows"),
            "  floor: SELECT and JSON": (bench.floor_read, 0, "rows"),
            "append, 5 000 × 12": (bench.append, 1, "rows"),
            "  floor: JSON and INSERT": (bench.floor_append, 0, "rows"),
            "form submissions, 12 answers": (bench.submit, SUBMISSIONS, "answers"),
            "document fills, 10 fields": (bench.fill, 2 * FILLS, "documents"),
        }
        spent: dict[str, list[tuple[float, float]]] = {name: [] for name in works}
        done: dict[str, int] = {}
        for _ in range(rounds):
            for name, (work, _, _) in works.items():
                processor, wall, done[name] = timed(work)
                spent[name].append((processor, wall))
                if work == bench.append:
                    bench.cut()
        bench.emulator.close()
    middle = {name: statistics.median(processor for processor, _ in times) for name, times in spent.items()}
    print(
        f"{os.cpu_count()} processors, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
    )
    print(f"medians of {rounds} rounds\n")
    heads = ("requests", "CPU, s", "wall, s", "requests/s", "things/s", "× floor")
    print(f"{'work':30}" + "".join(f"{head:>{w}}" for head, w in zip(heads, WIDTHS, strict=True)))
    names = list(works)
    for place, (name, (_, requests, things)) in enumerate(works.items()):
        seconds = middle[name]
        wall = statistics.median(wall for _, wall in spent[name])
        rate = f"{requests / seconds:.1f}" if requests else ""
        below = names[place + 1] if place + 1 < len(names) else ""
        ratio = f"{seconds / middle[below]:.1f}" if below.startswith("  ") else ""
        speed = f"{done[name] / seconds:.0f} {things}"
        cells = (str(requests or ""), f"{seconds:.3f}", f"{wall:.3f}", rate, speed, ratio)
        print(f"{name:30}" + "".join(f"{cell:>{w}}" for cell, w in zip(cells, WIDTHS, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
