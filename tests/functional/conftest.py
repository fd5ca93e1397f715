"""A small school in the middle of its autumn, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sheets_sync.demo import DemoReport
from tests.functional import played
from tests.functional.played import Year
from tests.made_once import made_once
from tests.small_school import SmallSchool


@dataclass(frozen=True)
class PlayedYear:
    """The demo's whole year and the folder it lies in; tests that change anything take a copy."""

    report: DemoReport
    folder: Path


@pytest.fixture(scope="session")
def played_year(tmp_path_factory: pytest.TempPathFactory) -> PlayedYear:
    """The demo played to its last night, once for all tests that look at it."""
    return PlayedYear(*made_once(tmp_path_factory, "december", played.up_to(played.DECEMBER)))


SEPTEMBER, OCTOBER, LATER = date(2022, 9, 20), date(2022, 10, 12), date(2022, 10, 20)


def _propose(folder: Path) -> None:
    school = SmallSchool(folder)
    school.initialise()
    school.everybody_applies()
    school.night(SEPTEMBER)
    school.everybody_consents()
    school.night(OCTOBER)
    school.close()


@pytest.fixture(scope="session")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose pairs are proposed and wait for the curator."""
    return made_once(tmp_path_factory, "proposed", _propose)[1]


@pytest.fixture
def school(proposed: Path, tmp_path: Path) -> Iterator[SmallSchool]:
    """A copy of that school."""
    shutil.copytree(proposed, tmp_path / "school")
    made = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    yield made
    made.close()


@pytest.fixture(scope="session")
def september(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The demo's year up to 20 September; tests only look at it."""
    yield from _opened(
        *made_once(tmp_path_factory, "september", played.up_to(played.SEPTEMBER)), played.SEPTEMBER
    )


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The demo's year up to 25 October."""
    yield from _opened(*made_once(tmp_path_factory, "october", played.up_to(played.OCTOBER)), played.OCTOBER)


@pytest.fixture(scope="session")
def december(played_year: PlayedYear, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The demo's year up to 24 December."""
    folder = tmp_path_factory.mktemp("copied") / "school"
    shutil.copytree(played_year.folder, folder)
    yield from _opened(played_year.report, folder, played.DECEMBER)


def _opened(report: DemoReport, folder: Path, day: date) -> Iterator[Year]:
    year = Year(report, SmallSchool(folder, datetime(day.year, day.month, day.day, 21, tzinfo=UTC)))
    yield year
    year.school.close()
