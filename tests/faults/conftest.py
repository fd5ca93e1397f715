"""A school prepared once for a night that takes new answers, edits one and drafts an order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import copyfile

import pytest

from sheets_sync.domain.run_report import RunReport
from sheets_sync.settings import Settings, load_settings
from tests.faults.oracle import Dump, Witness
from tests.made_once import made_once
from tests.small_school import ORDERS, SmallSchool

FIRST_NIGHT, SECOND_NIGHT, THE_NIGHT = date(2022, 9, 10), date(2022, 9, 15), date(2022, 9, 20)
EVENING = datetime(2022, 9, 20, 20, 0, tzinfo=UTC)
NEW = (
    ("Яркина Нина Глебовна", "2011-03-03", "6 «Б»", "наставляемым"),
    ("Юдина Аглая Тимуровна", "2007-08-30", "10 «А»", "наставником"),
)


@dataclass
class Prepared:
    """The snapshot, its settings, and what an undisturbed night makes of it."""

    directory: Path
    settings: Settings
    requests: list[str] = field(default_factory=list)
    expected: Dump = field(default_factory=dict)

    def open(self, directory: Path) -> SmallSchool:
        """Open a copy of the snapshot on the evening of the night."""
        copyfile(self.directory / "workspace.sqlite3", directory / "workspace.sqlite3")
        (directory / "config").mkdir()
        return SmallSchool(directory, EVENING, settings=self.settings)


Copy = Callable[[], SmallSchool]


def run(school: SmallSchool) -> RunReport:
    """Run the night in a process of its own."""
    school.now = EVENING
    return school.open().run("nightly", THE_NIGHT)


def witness(school: SmallSchool) -> Witness:
    return Witness(school.book(), school.drive(), school.docs(), school.forms())


def _prepare(folder: Path) -> tuple[list[str], Dump]:
    (folder / "school").mkdir()
    school = SmallSchool(folder / "school", drafts=(*ORDERS, "акт о доступности"))
    school.initialise()
    school.everybody_applies()
    school.night(FIRST_NIGHT)
    school.everybody_consents()
    school.night(SECOND_NIGHT)
    school.approve_pairs()
    school.type_down("Документы", "№", "'38/2-р", rows=[2])
    school.type_down("Документы", "Дата", "16.09.2022", rows=[2])
    for name, born, school_class, role in NEW:
        school.apply(name, born=born, school_class=school_class, role=role)
    made = _prepared(school.snapshot(folder / "before"))
    school.close()
    (folder / "undisturbed").mkdir()
    undisturbed = made.open(folder / "undisturbed")
    undisturbed.emulator.faults.on_request = lambda _, method: made.requests.append(method)
    run(undisturbed)
    undisturbed.emulator.faults.clear()
    made.expected, wrong = witness(undisturbed).look()
    assert wrong == []
    undisturbed.close()
    return made.requests, made.expected


def _prepared(directory: Path) -> Prepared:
    return Prepared(directory, load_settings(directory / "config"))


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Twenty people who applied and consented, pairs approved, the act on access numbered; two more people
    came since the last night.
    """
    (requests, expected), folder = made_once(tmp_path_factory, "prepared", _prepare)
    return replace(_prepared(folder / "before"), requests=requests, expected=expected)


@pytest.fixture
def copy(prepared: Prepared, tmp_path: Path) -> Iterator[Copy]:
    """Gives copies of the school, closed after the test."""
    opened: list[SmallSchool] = []

    def make() -> SmallSchool:
        directory = tmp_path / str(len(opened))
        directory.mkdir()
        opened.append(prepared.open(directory))
        return opened[-1]

    yield make
    for school in opened:
        school.close()
