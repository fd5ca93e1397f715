"""The demo's year, played once for each date that tests look at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from sheets_sync.bootstrap import play_demo
from sheets_sync.demo import DemoReport
from sheets_sync.domain.tables import Workbook
from sheets_sync.settings import copy_defaults, load_settings
from tests.small_school import SmallSchool

SEPTEMBER, OCTOBER, DECEMBER = date(2022, 9, 20), date(2022, 10, 25), date(2022, 12, 24)


@dataclass
class Year:
    """A played year: its report and the school it left."""

    report: DemoReport
    school: SmallSchool

    @property
    def json(self) -> dict[str, Any]:
        plain: dict[str, Any] = json.loads(json.dumps(self.report.report.to_json()))
        return plain

    @cached_property
    def year_end(self) -> Workbook:
        """The workbook as the last night left it."""
        return self.school.open().look()


def played(directory: Path, as_of: date) -> Year:
    """Play the school's year up to a date in a folder of its own."""
    copy_defaults(directory)
    settings = load_settings(directory / "config")
    report = play_demo(settings, directory, as_of, 600, 1, lambda *said: None)
    return Year(report, SmallSchool(directory, datetime(as_of.year, as_of.month, as_of.day, 21, tzinfo=UTC)))
