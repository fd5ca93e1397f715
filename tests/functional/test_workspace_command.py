"""`sheets-sync workspace` as an administrator meets it: out of one folder, into another, and refusals."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from googleapiclient.discovery import build

from sheets_sync.cli import cli
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorHttp

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        result = CliRunner().invoke(cli, words, prog_name="sheets-sync")
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result

    return run


def workspace(folder: Path, title: str) -> str:
    """Make a workspace with one spreadsheet in a folder and return its id."""
    folder.mkdir(exist_ok=True)
    emulator = Emulator(folder / "workspace.sqlite3")
    sheets = build("sheets", "v4", http=EmulatorHttp(emulator)).spreadsheets()
    made: str = sheets.create(body={"properties": {"title": title}}).execute()["spreadsheetId"]
    emulator.close()
    return made


def titles(folder: Path) -> list[str]:
    emulator = Emulator(folder / "workspace.sqlite3")
    files = build("drive", "v3", http=EmulatorHttp(emulator)).files().list(orderBy="name").execute()["files"]
    emulator.close()
    return [one["name"] for one in files]


def test_f64_a_workspace_goes_out_of_one_folder_and_into_another(call: Call, tmp_path: Path) -> None:
    workspace(tmp_path / "school", "Наставничество")
    out = call("workspace", "export", "школа.zip", "--dir", "school")
    assert out.exit_code == 0
    assert out.stderr.startswith("Сохранено в школа.zip: 1 таблица, 0 ответов")
    came = call("workspace", "import", "школа.zip", "--dir", "elsewhere")
    assert came.exit_code == 0 and "1 таблица" in came.stderr
    assert titles(tmp_path / "elsewhere") == ["Наставничество"]
    assert (tmp_path / "elsewhere" / "workspace.sqlite3").stat().st_mode & 0o777 == 0o600


def test_what_stands_is_replaced_only_with_the_word_for_it(call: Call, tmp_path: Path) -> None:
    workspace(tmp_path / "school", "Старая")
    call("workspace", "export", "w.zip", "--dir", "school")
    workspace(tmp_path / "other", "Новая")
    refused = call("workspace", "import", "w.zip", "--dir", "other")
    assert refused.exit_code == 5
    assert "уже есть файлы" in refused.stderr and "--replace" in refused.stderr
    assert titles(tmp_path / "other") == ["Новая"]
    assert call("workspace", "import", "w.zip", "--dir", "other", "--replace").exit_code == 0
    assert titles(tmp_path / "other") == ["Старая"]


def test_a_file_that_stands_is_not_written_over(call: Call, tmp_path: Path) -> None:
    workspace(tmp_path / "school", "Наставничество")
    (tmp_path / "w.zip").write_text("чужое", "utf-8")
    refused = call("workspace", "export", "w.zip", "--dir", "school")
    assert refused.exit_code == 5 and "уже есть" in refused.stderr
    assert (tmp_path / "w.zip").read_text("utf-8") == "чужое"


def test_what_is_no_workspace_is_said_and_nothing_is_made(call: Call, tmp_path: Path) -> None:
    (tmp_path / "w.zip").write_text("не архив", "utf-8")
    assert call("workspace", "import", "w.zip", "--dir", "new").exit_code == 3
    missing = call("workspace", "export", "out.zip", "--dir", "nowhere")
    assert missing.exit_code == 3 and "Нет базы" in missing.stderr
    assert not (tmp_path / "out.zip").exists() and not (tmp_path / "nowhere").exists()
    assert call("--workspace", "http://127.0.0.1:1", "workspace", "export", "out.zip").exit_code == 2


@pytest.mark.parametrize("command", [("run", "nightly"), ("workspace", "export", "w.zip"), ("status",)])
def test_a_newer_or_foreign_database_stops_every_command_with_a_hint(
    call: Call, tmp_path: Path, command: tuple[str, ...]
) -> None:
    assert call("init", "--config", "config", "--quiet").exit_code == 0
    file = tmp_path / "workspace.sqlite3"
    with closing(sqlite3.connect(file)) as tx:
        tx.execute("PRAGMA user_version = 99")
    newer = call(*command)
    assert newer.exit_code == 3
    assert "более новой программой" in newer.stderr and "Обновите программу" in newer.stderr
    for side in ("", "-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    file.write_text("не база", "utf-8")
    foreign = call(*command)
    assert foreign.exit_code == 3 and "не " in foreign.stderr


def test_f58_the_workspace_is_a_folder_or_an_address_and_never_a_file(call: Call, tmp_path: Path) -> None:
    assert call("--workspace", "school/base", "init", "--config", "config", "--quiet").exit_code == 0
    assert (tmp_path / "school" / "base" / "workspace.sqlite3").is_file()
    refused = call("--workspace", "school/base/workspace.sqlite3", "--config", "config", "status")
    assert refused.exit_code == 2
    assert "нужна папка" in refused.stderr
    missing = call("--workspace", "nowhere", "--config", "config", "status")
    assert missing.exit_code == 3
    assert "Папки рабочего места нет" in missing.stderr
    assert not (tmp_path / "nowhere").exists()
