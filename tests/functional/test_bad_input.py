"""What people break between nights: a clear message, the right exit code, and nothing half-written."""

import shutil
import socket
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli
from sheets_sync.settings import load_settings
from tests.small_school import SmallSchool

Call = Callable[..., Result]
NIGHT = ("run", "nightly", "--as-of", "2022-09-20")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school whose pairs are approved: the next night wants to draft an order."""
    folder = tmp_path_factory.mktemp("school")
    school = SmallSchool(folder)
    school.initialise()
    school.everybody_applies()
    school.night(date(2022, 9, 10))
    school.everybody_consents()
    school.night(date(2022, 9, 15))
    school.approve_pairs()
    school.close()
    return folder


@pytest.fixture
def school(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallSchool]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    evening = datetime(2022, 9, 20, 20, 0, tzinfo=UTC)
    opened = SmallSchool(tmp_path, evening, settings=load_settings(tmp_path / "config"))
    yield opened
    opened.close()


def call(*words: str) -> Result:
    return CliRunner().invoke(cli, words, prog_name="sheets-sync")


def told(result: Result) -> str:
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    return result.stderr


def everything(school: SmallSchool) -> tuple[object, list[str]]:
    """Return the school's cells, as plain gspread reads them, and the names of its documents."""
    book = school.book()
    fields = "sheets(properties(title),data(rowData(values(userEnteredValue,effectiveValue))))"
    return book.client.fetch_sheet_metadata(book.id, {"fields": fields}), sorted(school.visible_documents())


def stops(school: SmallSchool, code: int, *words: str) -> None:
    """Run a night that must stop by name, and see that it left everything as it was."""
    before = everything(school)
    stopped = call(*NIGHT)
    said = told(stopped)
    assert stopped.exit_code == code, said
    for word in words:
        assert word in said
    assert everything(school) == before


def spoil(path: str, old: str, new: str) -> None:
    file = Path(path)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_f58_broken_yaml_is_named_by_file_and_line(school: SmallSchool) -> None:
    Path("config/matching.yaml").write_text("forms: [\n", "utf-8")
    stops(school, 3, "config/matching.yaml:2", "sheets-sync check")


def test_f58_an_unknown_key_of_a_form_is_named_by_file(school: SmallSchool) -> None:
    spoil("config/forms/application.yaml", "\ntitle:", "\nколонтитул: да\ntitle:")
    stops(school, 3, "config/forms/application.yaml:", "колонтитул", "sheets-sync check")


def test_f58_a_measure_with_an_unreadable_deadline_is_named_by_file_and_line(school: SmallSchool) -> None:
    text = Path("config/roadmap.yaml").read_text("utf-8")
    line = next(each for each in text.splitlines() if each.strip().startswith("deadline:"))
    spoil("config/roadmap.yaml", line, line.split("deadline:")[0] + "deadline: когда-нибудь потом")
    stops(school, 3, "config/roadmap.yaml:", "когда-нибудь потом", "sheets-sync check")


def test_f58_a_template_in_the_bin_is_named(school: SmallSchool) -> None:
    query = "name contains 'Шаблон' and trashed=false"
    for found in school.drive().list(q=query, fields="files(id)").execute()["files"]:
        school.drive().update(fileId=found["id"], body={"trashed": True}).execute()
    stops(school, 4, "Шаблон «", "sheets-sync init")


def test_f58_a_deleted_form_is_named(school: SmallSchool) -> None:
    school.drive().delete(fileId=school.form_ids()["Анкета участника наставничества"]).execute()
    stops(school, 6, "Анкета участника наставничества", "sheets-sync")


def test_f58_a_locked_database_is_named(school: SmallSchool) -> None:
    school.close()
    holder = sqlite3.connect(school.database)
    holder.execute("BEGIN EXCLUSIVE")
    stopped = call(*NIGHT)
    holder.close()
    assert stopped.exit_code == 7
    assert "workspace.sqlite3" in told(stopped)
    assert "запустите ещё раз" in stopped.stderr


def test_f58_a_taken_port_is_named(school: SmallSchool) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = call("serve", "--port", port)
    assert refused.exit_code == 3
    assert port in told(refused)
    assert "--port" in refused.stderr


def test_f58_a_deleted_tab_is_named(school: SmallSchool) -> None:
    school.book().del_worksheet(school.book().worksheet("Показатели"))
    stops(school, 4, "«Показатели»", "sheets-sync init")


def test_f58_a_renamed_header_is_named_with_its_sheet(school: SmallSchool) -> None:
    sheet = school.book().worksheet("Пары")
    sheet.update_cell(1, school.column(sheet, "Решение"), "Что решили")
    stops(school, 4, "«Пары»", "«Решение»", "Верните заголовок", "sheets-sync init")


def test_f58_a_header_that_stands_twice_is_named_with_its_sheet(school: SmallSchool) -> None:
    school.book().worksheet("Пары").update_cell(1, 20, "Решение")
    stops(school, 4, "«Пары»", "«Решение»", "Переименуйте")
