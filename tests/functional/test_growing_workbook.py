"""A school whose spreadsheet was made before the settings declared one more sheet or column."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheets_sync.cli import cli
from sheets_sync.errors import HeaderMissingError, SheetMissingError
from tests.functional.conftest import LATER, OCTOBER
from tests.small_school import START, SmallSchool

WORKBOOK = Path("config") / "workbook.yaml"


def _without(text: str, *lines: str) -> str:
    """Leave out one declared sheet («federal») and the columns whose lines hold one of the texts."""
    sheet = text.index("  - id: federal\n")
    text = text[:sheet] + text[text.index("  - id: ", sheet + 5) :]
    kept = [line for line in text.splitlines(keepends=True) if not any(part in line for part in lines)]
    return "".join(kept)


@pytest.fixture
def older(tmp_path: Path) -> SmallSchool:
    """A school with pairs proposed, made when three columns and a sheet were not declared yet."""
    school = SmallSchool(tmp_path / "school", START)
    whole = (school.directory / WORKBOOK).read_text(encoding="utf-8")
    reduced = _without(whole, '"Состояние черновика"', '"Уведомлены (дата)"', '"Почему эта пара"')
    (school.directory / WORKBOOK).write_text(reduced, encoding="utf-8")
    school.initialise()
    school.everybody_applies()
    (school.directory / WORKBOOK).write_text(whole, encoding="utf-8")
    return school


def _writes(school: SmallSchool, since: int) -> list[str]:
    return [name for name in school.emulator.requests(since=since) if not name.endswith(".get")]


def test_f01_a_sheet_declared_later_stops_the_night_and_init_adds_it(older: SmallSchool) -> None:
    with pytest.raises(SheetMissingError) as stopped:
        older.night(OCTOBER)
    assert "«ФСН»" in stopped.value.message
    assert "sheets-sync init" in stopped.value.next_step
    made = older.open().initialise().made
    assert made == (
        "колонка «Почему эта пара» на листе «Пары»",
        "колонка «Уведомлены (дата)» на листе «Пары»",
        "лист «ФСН»",
        "колонка «Состояние черновика» на листе «Документы»",
    )
    titles = [sheet.title for sheet in older.book().worksheets()]
    assert titles[titles.index("SWOT") + 1] == "ФСН"
    older.night(OCTOBER)
    assert older.book().worksheet("ФСН").acell("A2").value == "строка 01"


def test_f01_columns_declared_later_stand_in_their_place_and_are_filled(older: SmallSchool) -> None:
    before = older.book().worksheet("Пары").row_values(1)
    older.initialise()
    header = older.book().worksheet("Пары").row_values(1)
    assert [title for title in header if title in before] == before
    assert header[header.index("Баллы") + 1] == "Почему эта пара"
    assert header[header.index("Дата") + 1] == "Уведомлены (дата)"
    older.night(OCTOBER)
    older.everybody_consents()
    older.night(LATER)
    reasons = older.book().worksheet("Пары").col_values(header.index("Почему эта пара") + 1)
    assert len(reasons) > 1
    assert all(reasons[1:])


def test_f01_a_second_init_after_growing_writes_nothing(older: SmallSchool) -> None:
    older.initialise()
    before = older.emulator.last_request()
    assert older.open().initialise().made == ()
    assert _writes(older, before) == []


def test_f45_what_staff_typed_beside_a_new_column_stays_in_its_column(older: SmallSchool) -> None:
    staff = older.book().worksheet("Документы")
    staff.update_cell(2, older.column(staff, "Вид"), "акт о доступности")
    staff.update_cell(2, older.column(staff, "№"), "17-о")
    older.initialise()
    staff = older.book().worksheet("Документы")
    row = dict(zip(staff.row_values(1), staff.row_values(2), strict=False))
    assert (row["Вид"], row["№"], row["Состояние черновика"]) == ("акт о доступности", "17-о", "")


def test_a_deleted_computed_sheet_is_made_anew_and_filled(proposed: Path, tmp_path: Path) -> None:
    shutil.copytree(proposed, tmp_path / "school")
    school = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    told = school.book().worksheet("Показатели").get_all_values()
    school.book().del_worksheet(school.book().worksheet("Показатели"))
    assert school.open().initialise().made == ("лист «Показатели»",)
    school.night(OCTOBER)
    again = school.book().worksheet("Показатели").get_all_values()
    assert [row[:3] for row in again] == [row[:3] for row in told]
    school.close()


def test_a_deleted_sheet_comes_back_with_its_charts(proposed: Path, tmp_path: Path) -> None:
    shutil.copytree(proposed, tmp_path / "school")
    school = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))

    def charts() -> list[str]:
        sheets = school.book().fetch_sheet_metadata()["sheets"]
        found = next(sheet for sheet in sheets if sheet["properties"]["title"] == "Сводка")
        return [chart["spec"]["title"] for chart in found.get("charts", [])]

    before = charts()
    school.book().del_worksheet(school.book().worksheet("Сводка"))
    school.initialise()
    assert charts() == before == ["Охват и порог", "Пункты по состоянию", "Пункты по датам"]
    school.close()


def test_a_deleted_sheet_with_peoples_entries_is_not_made_up(proposed: Path, tmp_path: Path) -> None:
    shutil.copytree(proposed, tmp_path / "school")
    school = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    school.book().del_worksheet(school.book().worksheet("Согласия"))
    before = school.emulator.last_request()
    with pytest.raises(SheetMissingError, match="«Согласия»") as stopped:
        school.initialise()
    assert "История версий" in stopped.value.next_step
    assert _writes(school, before) == []
    school.close()


def test_a_column_that_staff_renamed_is_not_made_a_second_time(proposed: Path, tmp_path: Path) -> None:
    shutil.copytree(proposed, tmp_path / "school")
    school = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    pairs = school.book().worksheet("Пары")
    pairs.update_cell(1, school.column(pairs, "Решение"), "Что решили")
    with pytest.raises(HeaderMissingError, match="«Решение»"):
        school.initialise()
    school.close()


def test_a_title_changed_in_the_settings_is_changed_in_the_sheet(proposed: Path, tmp_path: Path) -> None:
    shutil.copytree(proposed, tmp_path / "school")
    school = SmallSchool(tmp_path / "school", datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    path = school.directory / WORKBOOK
    path.write_text(
        path.read_text(encoding="utf-8").replace('title: "Почему эта пара"', 'title: "Почему эти двое"'),
        encoding="utf-8",
    )
    assert school.open().initialise().made == ("заголовок «Почему эти двое» на листе «Пары»",)
    header = school.book().worksheet("Пары").row_values(1)
    assert header[header.index("Баллы") + 1] == "Почему эти двое"
    assert school.night(OCTOBER).writes == 0
    school.close()


def test_doctor_names_init_as_the_next_step(older: SmallSchool) -> None:
    older.close()
    arguments = ["--config", str(older.directory / "config"), "doctor"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 4
    assert "sheets-sync init" in result.stderr
