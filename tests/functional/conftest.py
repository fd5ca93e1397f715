"""A small school in the middle of its autumn, made once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sheets_sync.bootstrap import play_demo
from sheets_sync.demo import DemoReport
from sheets_sync.settings import copy_defaults, load_settings
from tests.functional import played
from tests.functional.played import Year
from tests.small_school import SmallSchool


@dataclass(frozen=True)
class PlayedYear:
    """The demo's whole year and the folder it lies in; tests that change anything take a copy."""

    report: DemoReport
    folder: Path


@pytest.fixture(scope="session")
def played_year(tmp_path_factory: pytest.TempPathFactory) -> PlayedYear:
    """The demo played to its last night, once for all tests that look at it."""
    folder = tmp_path_factory.mktemp("december")
    copy_defaults(folder)
    settings = load_settings(folder / "config")
    return PlayedYear(play_demo(settings, folder, date(2022, 12, 24), 600, 1, lambda *said: None), folder)


SEPTEMBER, OCTOBER, LATER = date(2022, 9, 20), date(2022, 10, 12), date(2022, 10, 20)


@pytest.fixture(scope="session")
def proposed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose pairs are proposed and wait for the curator."""
    school = SmallSchool(tmp_path_factory.mktemp("school"))
    school.initialise()
    school.everybody_applies()
    school.night(SEPTEMBER)
    school.everybody_consents()
    school.night(OCTOBER)
    copy = school.snapshot(tmp_path_factory.mktemp("kept") / "school")
    school.close()
    return copy


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
    year = played.played(tmp_path_factory.mktemp("september"), played.SEPTEMBER)
    yield year
    year.school.close()


@pytest.fixture(scope="session")
def october(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The demo's year up to 25 October."""
    year = played.played(tmp_path_factory.mktemp("october"), played.OCTOBER)
    yield year
    year.school.close()


@pytest.fixture(scope="session")
def december(played_year: PlayedYear, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The demo's year up to 24 December."""
    folder = tmp_path_factory.mktemp("copied") / "school"
    shutil.copytree(played_year.folder, folder)
    year = Year(played_year.report, SmallSchool(folder, datetime(2022, 12, 24, 21, tzinfo=UTC)))
    yield year
    year.school.close()
