"""The stage: a workspace with a clock, the respondents' door and the staff's desk.

Respondents post form pages; staff work through gspread. Neither goes through the product's own code.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol
from urllib.parse import urlencode

import gspread
import requests
from googleapiclient.discovery import build
from gspread.utils import ValueInputOption, rowcol_to_a1

from sheets_sync.domain.run_report import RunReport
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp

_ADDRESS = "http://127.0.0.1:8080"
Answers = Mapping[str, str | Sequence[str]]


class Program(Protocol):
    """The product as the stage starts it: by its jobs and nothing else."""

    def initialise(self) -> str:
        """Create the school's files and return the spreadsheet's id."""
        ...

    def night(self, day: date) -> RunReport:
        """Run the nightly job for a date."""
        ...


@dataclass
class Clock:
    """The time in the invented school; moves only forward."""

    now: datetime = datetime(2022, 9, 1, 6, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def set(self, day: date, hour: int = 9) -> None:
        """Go to an hour of a day, never back."""
        self.now = max(self.now, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))

    def pass_minutes(self, minutes: int) -> None:
        """Let some minutes go by."""
        self.now += timedelta(minutes=minutes)


@dataclass
class Respondents:
    """People in front of form pages; `log` keeps what they sent, by form title."""

    emulator: Emulator
    clock: Clock
    log: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def _forms(self) -> dict[str, tuple[str, dict[str, str]]]:
        drive = build("drive", "v3", http=EmulatorHttp(self.emulator)).files()
        service = build("forms", "v1", http=EmulatorHttp(self.emulator)).forms()
        query = "mimeType='application/vnd.google-apps.form' and trashed=false"
        found = {}
        for entry in drive.list(q=query, fields="files(id,name)").execute()["files"]:
            items = service.get(formId=entry["id"]).execute().get("items", ())
            asked = {
                item["title"]: item["questionItem"]["question"]["questionId"]
                for item in items
                if "questionItem" in item
            }
            found[entry["name"]] = (entry["id"], asked)
        return found

    def allow_editing(self, title: str) -> None:
        """Click the owner's switch that lets respondents edit what they sent."""
        path = f"/forms/d/{self._forms[title][0]}/edit"
        token = re.search(r'name="csrf" value="([0-9a-f]+)"', self._page("GET", path, [])[1])
        if token is not None:
            self._page("POST", path, [("csrf", token[1]), ("edit_after_submit", "on")])

    def add_options(self, title: str, question: str, options: Sequence[str]) -> None:
        """Add options to a form's list, as somebody with the right to edit the form can."""
        service = build("forms", "v1", http=EmulatorHttp(self.emulator)).forms()
        form_id = self._forms[title][0]
        items = service.get(formId=form_id).execute()["items"]
        place = next(number for number, item in enumerate(items) if item.get("title") == question)
        choices = items[place]["questionItem"]["question"]["choiceQuestion"]["options"]
        choices += [{**choices[-1], "value": text} for text in options]
        update = {"item": items[place], "location": {"index": place}, "updateMask": "questionItem"}
        service.batchUpdate(formId=form_id, body={"requests": [{"updateItem": update}]}).execute()

    def send(self, title: str, answers: Answers, edit: str = "") -> str:
        """Fill a form by its questions' titles and return the edit link's token, "" when it was refused."""
        form_id, asked = self._forms[title]
        fields = [
            (f"entry.{asked[question]}", value)
            for question, values in answers.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        fields += [("edit2", edit)] if edit else []
        status, page = self._page("POST", f"/forms/d/e/{form_id}/formResponse", fields)
        entry = {"form": title, "at": self.clock.now.isoformat(), "answers": dict(answers)}
        self.log.append(entry | {"accepted": status == 200, "edits": bool(edit)})
        self.clock.pass_minutes(3)
        link = re.search(r"edit2=([\w-]+)", page)
        return link[1] if status == 200 and link else ""

    def _page(self, method: str, path: str, fields: Sequence[tuple[str, str]]) -> tuple[int, str]:
        sent = {"content-type": "application/x-www-form-urlencoded", "host": "127.0.0.1:8080"}
        answer = self.emulator.handle(request_of(method, _ADDRESS + path, sent, urlencode(fields)))
        return answer.status, answer.body.decode()


@dataclass
class Staff:
    """People at the spreadsheet; rows and columns are found by what stands in them.

    Shape: `log` keeps what they entered, by sheet.
    """

    emulator: Emulator
    spreadsheet: str
    log: list[dict[str, Any]] = field(default_factory=list)

    @cached_property
    def book(self) -> gspread.Spreadsheet:
        """The spreadsheet as gspread opens it."""
        session = requests.Session()
        session.mount("https://", EmulatorAdapter(self.emulator))
        client: Any = gspread.Client
        opened: gspread.Spreadsheet = client(None, session=session).open_by_key(self.spreadsheet)
        return opened

    def rows(self, tab: str) -> list[dict[str, str]]:
        """Read a sheet as shown: a mapping of headers per row, with the row's number under «»."""
        header, *rows = self.book.worksheet(tab).get_all_values()
        return [
            {**dict(zip(map(str, header), map(str, row), strict=False)), "": str(number)}
            for number, row in enumerate(rows, 2)
            if any(row)
        ]

    def type_in(self, tab: str, entries: Sequence[tuple[int, Mapping[str, object]]]) -> None:
        """Type values into rows, as a person would: dates and numbers are understood by the sheet."""
        sheet = self.book.worksheet(tab)
        places = {str(title): place for place, title in enumerate(sheet.row_values(1), 1)}
        data = [
            {"range": rowcol_to_a1(row, places[title]), "values": [[value]]}
            for row, cells in entries
            for title, value in cells.items()
        ]
        if data:
            sheet.batch_update(data, value_input_option=ValueInputOption.user_entered)
        self.log += [{"sheet": tab, "row": row, "cells": dict(cells)} for row, cells in entries]

    def add(self, tab: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Add rows below everything that stands in a sheet."""
        filled = [int(row[""]) for row in self.rows(tab)]
        first = max(filled, default=1) + 1
        self.type_in(tab, [(first + place, row) for place, row in enumerate(rows)])

    def find(self, tab: str, wanted: Callable[[dict[str, str]], bool]) -> list[int]:
        """Return the numbers of the rows that a person would pick."""
        return [int(row[""]) for row in self.rows(tab) if wanted(row)]
