"""Nights that draft documents of many kinds at once: cut short anywhere, signed by whoever acts that day."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from gspread.utils import ValueInputOption

from sheets_sync.domain.documents.kinds import EVERY_KIND
from sheets_sync.emulator.faults import Fault
from sheets_sync.errors import SheetsSyncError
from tests.functional.conftest import LATER
from tests.small_school import SmallSchool

NEXT = date(2022, 10, 21)
BLANKS = "Документы: бланки на обработку данных"
DRAFTED = {
    "О внедрении Целевой модели наставничества",
    "О мерах по обеспечению доступности программ наставничества",
    "О закреплении наставнических пар и групп",
    "Протокол педагогического совета от 14.10.2022",
    "Соглашение о сотрудничестве, ООО «Река»",
    "Согласие на работу по наставничеству",
}
"""What the night certainly drafts: headings of six kinds."""


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Busy:
    """A school on the eve of a night with documents of many kinds, and what an undisturbed night makes."""

    folder: Path
    requests: int
    drafted: Counter[str]


def opened(folder: Path) -> SmallSchool:
    return SmallSchool(folder, datetime(2022, 10, 20, 9, 0, tzinfo=UTC))


def headings(school: SmallSchool) -> Counter[str]:
    """Count the documents that people see, by what stands before the draft's code in their names."""
    query = "mimeType='application/vnd.google-apps.document' and trashed=false"
    files = school.drive().list(q=query, pageSize=1000, fields="files(id,name,parents)").execute()["files"]
    hidden = school.drive().list(q="name contains 'Служебная папка'", fields="files(id)").execute()["files"]
    staging = {one["id"] for one in hidden}
    seen = [one for one in files if not set(one.get("parents", ())) & staging]
    return Counter(one["name"].split(" (проект")[0] for one in seen if not one["name"].startswith("Шаблон"))


@pytest.fixture(scope="module")
def busy(proposed: Path, tmp_path_factory: pytest.TempPathFactory) -> Busy:
    folder = tmp_path_factory.mktemp("busy") / "school"
    shutil.copytree(proposed, folder)
    school = opened(folder)
    school.draft_only(EVERY_KIND)
    school.approve_pairs()
    school.book().worksheet("Партнёры").append_row(["ООО «Река»", *[""] * 8, "переговоры"])
    council = ["педсовет", "14.10.2022", "14.10.2022", "", "Первые пары", "директор", "", "", "40", "45"]
    events = school.book().worksheet("Мероприятия")
    events.append_row(council, value_input_option=ValueInputOption.user_entered)
    kept = tmp_path_factory.mktemp("kept") / "school"
    school.snapshot(kept)
    count: list[str] = []
    school.emulator.faults.on_request = lambda _, method: count.append(method)
    school.night(LATER)
    school.emulator.faults.clear()
    drafted = headings(school)
    school.close()
    return Busy(kept, len(count), drafted)


def lost(school: SmallSchool, k: int) -> None:
    school.emulator.faults.at(k, Fault("lose_reply"))


def killed(school: SmallSchool, k: int) -> None:
    def hook(number: int, _: str) -> None:
        if number == k:
            raise Killed

    school.emulator.faults.on_applied = hook


@pytest.mark.feature("F41")
def test_f41_six_kinds_are_drafted_in_one_night(busy: Busy) -> None:
    assert {heading.split(", Д-")[0].split(", У-")[0] for heading in busy.drafted} >= DRAFTED
    assert set(busy.drafted.values()) == {1}


@pytest.mark.feature("F41")
@pytest.mark.parametrize("share", [35, 50, 65, 75, 85, 92, 97, 100])
@pytest.mark.parametrize("spoil", [lost, killed])
def test_f41_a_night_cut_short_leaves_no_document_of_any_kind_twice(
    spoil: Callable[[SmallSchool, int], None], share: int, busy: Busy, tmp_path: Path
) -> None:
    """Request k of the night fails, for k over the making, the registering and the moving of documents."""
    shutil.copytree(busy.folder, tmp_path / "school")
    school = opened(tmp_path / "school")
    school.emulator.faults.count = 0
    spoil(school, busy.requests * share // 100)
    with suppress(Killed, SheetsSyncError):
        school.night(LATER)
    school.emulator.faults.clear()
    assert headings(school) <= busy.drafted, "whatever people see by now they see once"

    school.night(LATER)

    assert headings(school) == busy.drafted
    assert school.night(LATER).writes == 0
    school.close()


@pytest.mark.feature("F40")
def test_f40_a_draft_bears_the_name_of_whoever_acts_on_the_day(busy: Busy, tmp_path: Path) -> None:
    """The director is away for one day; «Настройки» say who signs then."""
    shutil.copytree(busy.folder, tmp_path / "school")
    school = opened(tmp_path / "school")
    school.draft_only(["приказ о закреплении пар"])
    settings = school.book().worksheet("Настройки")
    day = f"{LATER:%d.%m.%Y}"
    acting = [
        ["Кто подписывает", "Морозов Андрей Павлович", "", "", day, day],
        ["Должность подписывающего", "И.о. директора", "", "", day, day],
    ]
    settings.append_rows(acting, value_input_option=ValueInputOption.user_entered)

    school.night(LATER)
    (first,) = school.visible_documents().values()
    school.night(NEXT)
    (second,) = school.visible_documents().values()

    assert "И.о. директора" in first and "А.П.\u00a0Морозов" in first
    assert "И.о. директора" not in second and "Е.В.\u00a0Соколова" in second
    school.close()
