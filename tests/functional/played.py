"""The demo's year, played once for each date that tests look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
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


def up_to(as_of: date) -> Callable[[Path], DemoReport]:
    """Give what plays the school's year up to a date in a folder."""

    def play(directory: Path) -> DemoReport:
        copy_defaults(directory)
        settings = load_settings(directory / "config")
        return play_demo(settings, directory, as_of, 600, 1, lambda *said: None)

    return play
