"""Three hundred documents in one night: within Google's quota, counted at the workspace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from sheets_sync.bootstrap import School, open_on
from sheets_sync.domain.run_report import RunReport
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.quota import Quota
from sheets_sync.google.channel import Clock
from sheets_sync.google.quota import GOOGLE
from sheets_sync.settings import load_settings
from tests.small_school import SmallSchool

PUPILS = 150
DOCUMENTS = 300
NIGHT = date(2022, 9, 20)
LOOKS = 2
"""Templates of the two variants: each is looked for and read once, before anything is copied."""


@dataclass
class Simulated:
    """One clock for the program and the workspace: it moves only when the program sleeps."""

    start: datetime
    passed: float = 0.0

    @property
    def now(self) -> datetime:
        return self.start + timedelta(seconds=self.passed)

    def sleep(self, seconds: float) -> None:
        self.passed += seconds


@dataclass
class Counted:
    """A night as the workspace saw it: every request with its moment and status."""

    report: RunReport
    seconds: float
    log: list[tuple[datetime, str, int]]


class Limited:
    """A school on a workspace that grants what Google grants, and a program that knows it."""

    def __init__(self, directory: Path) -> None:
        self.clock = Simulated(datetime(2022, 9, 20, 20, 0, tzinfo=UTC))
        self.settings = load_settings(directory / "config")
        self.emulator = Emulator(directory / "workspace.sqlite3", clock=lambda: self.clock.now, quota=Quota())

    def opened(self) -> School:
        clock = Clock(lambda: self.clock.passed, self.clock.sleep)
        school = open_on(self.emulator, self.settings, lambda: self.clock.now, clock)
        school.channel.quota = GOOGLE
        return school

    def night(self, day: date) -> Counted:
        with self.emulator.store.transaction(writes=False) as tx:
            (before,) = tx.execute("SELECT coalesce(max(n), 0) FROM request_log").fetchone()
        started = self.clock.passed
        report = self.opened().run("nightly", day)
        with self.emulator.store.transaction(writes=False) as tx:
            rows = tx.execute(
                "SELECT time, method, status FROM request_log WHERE n > ? ORDER BY n", (before,)
            ).fetchall()
        log = [(datetime.fromisoformat(time), method, status) for time, method, status in rows]
        return Counted(report, self.clock.passed - started, log)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school in which 150 teenagers stand in the registry and the curator wants blanks for all of them."""
    folder = tmp_path_factory.mktemp("many")
    school = SmallSchool(folder, drafts=("согласие",))
    school.initialise()
    for number in range(PUPILS):
        name = f"Ветров{chr(1072 + number % 32)}{chr(1072 + number // 32)} Глеб Ильич"
        school.apply(name, born="2007-04-12", school_class="9 «А»")
    school.night(NIGHT - timedelta(days=1))
    sheet = school.book().worksheet("Настройки")
    wanted = {"Документы: бланки согласий": "да", "Документы: не больше за ночь": str(DOCUMENTS)}
    for row, (name, *_) in enumerate(sheet.get_all_values(), 1):
        if name in wanted:
            sheet.update_cell(row, 2, wanted[name])
    school.close()
    return folder


@pytest.fixture(scope="module")
def school(waiting: Path) -> Iterator[Limited]:
    made = Limited(waiting)
    yield made
    made.emulator.close()


@pytest.fixture(scope="module")
def first(school: Limited) -> Counted:
    """The night in which all the documents are made."""
    return school.night(NIGHT)


def by_service(log: list[tuple[datetime, str, int]]) -> Counter[str]:
    return Counter(method.split(".")[0] for _, method, _ in log)


def busiest_minute(moments: list[datetime]) -> int:
    return max(sum(start <= other < start + timedelta(minutes=1) for other in moments) for start in moments)


def test_f41_three_hundred_documents_stay_within_the_quota_of_docs(first: Counted) -> None:
    assert first.report.documents.created == DOCUMENTS
    assert {status for _, _, status in first.log} == {200}
    written = [moment for moment, method, _ in first.log if method == "docs.documents.batchUpdate"]
    assert len(written) == DOCUMENTS
    assert busiest_minute(written) <= 60
    assert 4 * 60 < first.seconds < 15 * 60


def test_f41_a_document_costs_four_requests_and_all_of_them_one_registration(first: Counted) -> None:
    counts = Counter(method for _, method, _ in first.log)
    assert counts["drive.files.copy"] == DOCUMENTS
    assert counts["drive.files.update"] == DOCUMENTS
    assert counts["docs.documents.batchUpdate"] == DOCUMENTS
    services = by_service(first.log)
    assert services["drive"] + services["docs"] <= 4 * DOCUMENTS + 2 * LOOKS
    # The register is written once; once more when the documents have been moved out of the bot's folder.
    assert counts["sheets.spreadsheets.batchUpdate"] == 2


def test_f41_ten_more_nights_make_no_second_document(school: Limited, first: Counted) -> None:
    query = "mimeType='application/vnd.google-apps.document'"

    def files() -> list[str]:
        drive, found, page = school.opened().channel.service("drive", "v3").files(), [], None
        while True:
            answer = drive.list(q=query, pageToken=page, fields="nextPageToken,files(id)").execute()
            found += [entry["id"] for entry in answer["files"]]
            if not (page := answer.get("nextPageToken")):
                return sorted(found)

    before = files()
    assert len(before) > DOCUMENTS
    for night in range(1, 11):
        again = school.night(NIGHT + timedelta(days=night))
        assert again.report.documents.created == 0
        assert by_service(again.log)["docs"] == by_service(again.log)["drive"] == 0
    assert files() == before
