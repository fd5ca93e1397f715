"""Forgetting cut short at any write leaves before or after, and a repeat ends as an undisturbed one."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sheets_sync.domain.forgetting.grounds import GROUNDS
from sheets_sync.errors import SheetsSyncError
from tests.faults.disturbing import Break, Killed, kill_after, kill_before, lose_reply
from tests.faults.oracle import Dump, Witness, difference
from tests.functional.forgetting import BORN, NAME, PHONE, code_of, leaks, tells
from tests.made_once import made_once
from tests.small_school import SmallSchool

SEPTEMBER, OCTOBER, APPROVED, THE_DAY = (date(2022, *day) for day in ((9, 20), (10, 12), (10, 20), (10, 24)))
PEOPLE = (
    (NAME, BORN, "7 «А»", "наставляемым", PHONE),
    ("Дубова Алина Игоревна", "2010-09-03", "7 «А»", "наставляемым", "+7 900 000-00-00"),
    ("Ручьёва Дарья Павловна", "2008-05-19", "9 «А»", "наставником", "+7 900 000-00-00"),
)
FILLED, ERASED, AFTER_IT = 1, 2, (3, 4, 5, 6)
"""Among the writes: the fill of the act, the commit that erases, and what follows it."""

pytestmark = pytest.mark.feature("F16")


def make(folder: Path) -> None:
    school = SmallSchool(folder, drafts=("приказ о закреплении пар", "согласие"))
    school.initialise()
    for name, born, school_class, role, contact in PEOPLE:
        school.apply(name, born=born, school_class=school_class, role=role, contact=contact)
    school.night(SEPTEMBER)
    school.everybody_consents()
    school.night(OCTOBER)
    school.approve_pairs()
    school.night(APPROVED)
    school.close()


def look(school: SmallSchool) -> tuple[Dump, list[str]]:
    return Witness(school.book(), school.drive(), school.docs(), school.forms()).look()


def told_in_sheets(school: SmallSchool) -> set[str]:
    """Return the tabs that tell of the boy, the hidden one too."""
    tabs = school.book().worksheets(exclude_hidden=False)
    ranges = school.book().values_batch_get([f"'{tab.title}'" for tab in tabs])["valueRanges"]
    return {
        tab.title
        for tab, found in zip(tabs, ranges, strict=True)
        if any(tells(" ".join(map(str, row))) for row in found.get("values", ()))
    }


@dataclass
class Eve:
    """The school on the eve, the requests of an undisturbed forgetting and what it ends in."""

    folder: Path
    code: str
    requests: list[str] = field(default_factory=list)
    expected: Dump = field(default_factory=dict)

    @property
    def writes(self) -> list[int]:
        """The places of the requests that change something."""
        return [n for n, method in enumerate(self.requests, 1) if not method.endswith((".get", ".list"))]

    def copy(self, to: Path) -> SmallSchool:
        shutil.copytree(self.folder, to)
        return SmallSchool(to, datetime(2022, 10, 24, 20, 0, tzinfo=UTC))

    def forget(self, school: SmallSchool) -> None:
        """Forget the boy in a process of its own."""
        school.now = datetime(2022, 10, 24, 20, 0, tzinfo=UTC)
        school.open().forget(self.code, THE_DAY, ground=GROUNDS["отзыв"], write=True)


@pytest.fixture(scope="session")
def eve(tmp_path_factory: pytest.TempPathFactory) -> Eve:
    folder = made_once(tmp_path_factory, "three people", make)[1]
    school = Eve(folder, "").copy(tmp_path_factory.mktemp("undisturbed") / "school")
    made = Eve(folder, code_of(school))
    school.emulator.faults.on_request = lambda _, method: made.requests.append(method)
    made.forget(school)
    school.emulator.faults.clear()
    made.expected, wrong = look(school)
    assert (wrong, leaks(school)) == ([], [])
    school.close()
    return made


def test_f16_one_commit_erases_and_what_cannot_be_in_it_comes_before_or_after(eve: Eve) -> None:
    methods = [eve.requests[n - 1] for n in eve.writes]
    commits = [n for n, method in enumerate(methods) if method == "sheets.spreadsheets.batchUpdate"]
    assert len(commits) == 2, "the erasure, and the settling of what was moved and destroyed"
    assert set(methods[: commits[0]]) == {"drive.files.copy", "docs.documents.batchUpdate"}
    assert "drive.files.delete" in methods[commits[0] + 1 : commits[1]]


@pytest.mark.parametrize(
    ("spoil", "which"),
    [
        (lose_reply, ERASED),
        (kill_after, ERASED),
        (kill_after, AFTER_IT[0]),
        *(
            pytest.param(spoil, place, marks=pytest.mark.campaign)
            for spoil, place in (
                (kill_after, FILLED),
                (kill_before, ERASED),
                *((kill_after, place) for place in AFTER_IT[1:]),
            )
        ),
    ],
)
def test_f16_a_forgetting_cut_short_is_finished_by_a_repeat(
    spoil: Break, which: int, eve: Eve, tmp_path: Path
) -> None:
    school = eve.copy(tmp_path / "school")
    whole = told_in_sheets(school)
    school.emulator.faults.count = 0
    spoil(school.emulator.faults, eve.writes[which])
    try:
        eve.forget(school)
    except (Killed, SheetsSyncError):
        school.emulator.faults.clear()
        assert told_in_sheets(school) in (set(), whole), "half a person"
    school.emulator.faults.clear()

    eve.forget(school)

    seen, wrong = look(school)
    assert difference(seen, eve.expected) == []
    assert (wrong, told_in_sheets(school)) == ([], set())
    assert school.open().run("nightly", THE_DAY).writes == 0
    school.close()
