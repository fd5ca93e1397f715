"""Installing the schedule: the real commands, with programs of our own for the machine's schedulers."""

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli
from sheets_sync.machine.schedulers import WindowsTasks
from sheets_sync.settings import copy_defaults

Call = Callable[..., Result]
FOREIGN = b"MAILTO=it@school.example\nCRON_TZ=Asia/Omsk\n# \xff not UTF-8\n5 4 * * * /usr/bin/backup\n\n"

CRONTAB = """#!/bin/sh
if [ "$1" = "-l" ]; then
    [ -f {file} ] && exec cat {file}
    echo "no crontab for tester" >&2; exit 1
fi
cat >{file}
"""
NOTED = """#!/bin/sh
echo "$@" >>{file}
"""
SCHTASKS = """#!{python}
import pathlib, shutil, sys
folder, words = pathlib.Path({folder!r}), sys.argv[1:]
with (folder / "calls").open("a") as calls:
    calls.write(" ".join(words) + "\\n")
file = folder / words[2].replace("\\\\", "_") if words[1] == "/TN" else folder
if words[0] == "/Create":
    shutil.copyfile(words[4], file)
elif words[0] == "/Delete":
    file.unlink()
elif words[1] == "/TN":
    sys.stdout.buffer.write(file.read_bytes())
else:
    names = [one.name.replace("_", "\\\\") for one in folder.glob("_*")]
    for name in ["\\\\Microsoft\\\\Windows\\\\Defrag", *names]:
        print(f'"{{name}}","N/A","Ready"')
"""


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """The settings of a school that has been initialised, in a folder with an awkward name."""
    folder = tmp_path / "школа № 5 100% $x"
    copy_defaults(folder)
    (folder / "config" / "ids.yaml").write_text("spreadsheet: 1234567890abcdef\n", "utf-8")
    return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs that stand for the machine's own; what they keep lies beside them."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    put(programs / "crontab", CRONTAB.format(file=tmp_path / "tab"))
    put(programs / "systemctl", NOTED.format(file=tmp_path / "systemctl.calls"))
    return tmp_path


def put(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def call(school: Path, machine: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs the program in the school's folder."""
    monkeypatch.chdir(school)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, prog_name="sheets-sync")

    return run


def test_f52_cron_is_installed_once_and_removed_and_a_strangers_crontab_survives_byte_for_byte(
    call: Call, machine: Path
) -> None:
    tab = machine / "tab"
    tab.write_bytes(FOREIGN)
    told = call("schedule", "install", "--with", "cron")
    assert (told.exit_code, "строки записаны в crontab" in told.stderr) == (0, True)
    installed = tab.read_bytes()
    assert installed.startswith(FOREIGN)
    assert installed.count(b" run ") == 4
    assert call("schedule", "install", "--with", "cron").stderr.startswith("Расписание уже стоит (cron)")
    assert tab.read_bytes() == installed
    assert call("schedule", "remove").exit_code == 0
    assert tab.read_bytes() == FOREIGN


def test_f52_an_account_without_a_crontab_gets_one(call: Call, machine: Path) -> None:
    assert call("schedule", "install", "--with", "cron").exit_code == 0
    assert (machine / "tab").read_text("utf-8").startswith("# >>> sheets-sync ")


def test_f52_a_changed_hour_is_installed_over_the_old_one(call: Call, machine: Path, school: Path) -> None:
    call("schedule", "install", "--with", "cron")
    nightly = school / "jobs" / "nightly.yaml"
    nightly.write_text(nightly.read_text("utf-8").replace("30 2 * * *", "45 1 * * *"), "utf-8")
    call("schedule", "install", "--with", "cron")
    text = (machine / "tab").read_text("utf-8")
    assert "# Ночной запуск: 45 1 * * *, Europe/Moscow\n45 * * * * " in text
    assert text.count(">>> sheets-sync") == 1


def test_f52_the_schedule_names_the_key_by_its_path_and_never_holds_it(
    call: Call, machine: Path, tmp_path: Path
) -> None:
    key = tmp_path / "ключ школы.json"
    key.write_text('{"private_key": "СЕКРЕТ"}', "utf-8")
    key.chmod(0o600)
    assert call("--credentials", str(key), "schedule", "install", "--with", "cron").exit_code == 0
    text = (machine / "tab").read_text("utf-8")
    assert f"--credentials '{key}'" in text
    assert "СЕКРЕТ" not in text


def test_f52_own_timers_of_systemd_are_written_started_renewed_and_removed(
    call: Call, machine: Path, school: Path
) -> None:
    units = machine / "xdg" / "systemd" / "user"
    units.mkdir(parents=True)
    (units / "backup.timer").write_text("[Timer]\n", "utf-8")
    told = call("schedule", "install", "--with", "systemd", "--user")
    assert told.exit_code == 0
    assert "loginctl enable-linger" in told.stderr
    made = {path.name for path in units.iterdir()} - {"backup.timer"}
    assert len(made) == 8
    assert {name.rpartition(".")[2] for name in made} == {"service", "timer"}
    calls = (machine / "systemctl.calls").read_text("utf-8").splitlines()
    assert calls[0] == "--user daemon-reload"
    assert calls[1].startswith("--user enable sheets-sync-")
    assert calls[1].count(".timer") == 4

    assert "ничего не изменено" in call("schedule", "install", "--with", "systemd", "--user").stderr
    assert (machine / "systemctl.calls").read_text("utf-8").splitlines() == calls

    (school / "jobs" / "quarterly.yaml").unlink()
    told = call("schedule", "install", "--with", "systemd", "--user")
    assert "убран" in told.stderr
    assert len(list(units.iterdir())) == 7
    theirs = units / f"{sorted(made)[0].rpartition('-')[0]}-own.timer"
    theirs.write_text("# theirs, under a name like ours\n", "utf-8")
    call("schedule", "remove")
    theirs.unlink()
    assert [path.name for path in units.iterdir()] == ["backup.timer"]


def test_f52_one_scheduler_takes_the_place_of_another(call: Call, machine: Path) -> None:
    (machine / "tab").write_bytes(FOREIGN)
    call("schedule", "install", "--with", "cron")
    told = call("schedule", "install", "--with", "systemd", "--user")
    assert "cron: строки убраны из crontab" in told.stderr
    assert (machine / "tab").read_bytes() == FOREIGN


def test_f52_tasks_of_windows_are_registered_once_renewed_and_removed(
    call: Call, machine: Path, school: Path
) -> None:
    (machine / "tasks").mkdir()
    put(machine / "bin" / "schtasks", SCHTASKS.format(python=sys.executable, folder=str(machine / "tasks")))
    assert call("schedule", "install", "--with", "windows").exit_code == 0
    tasks = sorted((machine / "tasks").glob("_sheets*"))
    assert len(tasks) == 4
    assert (
        tasks[0].read_bytes().decode("utf-16").startswith('<?xml version="1.0" encoding="UTF-16"?>\r\n<Task ')
    )
    before = (machine / "tasks" / "calls").read_text("utf-8").count("/Create")
    assert "ничего не изменено" in call("schedule", "install", "--with", "windows").stderr
    (school / "jobs" / "weekly.yaml").unlink()
    told = call("schedule", "install", "--with", "windows").stderr
    assert "убрано задание" in told
    assert (machine / "tasks" / "calls").read_text("utf-8").count("/Create") == before == 4
    assert len(WindowsTasks(str(school)).remove()) == 3
    assert not list((machine / "tasks").glob("_sheets*"))


def test_f52_a_crontab_that_cannot_be_read_is_left_alone_and_named(call: Call, machine: Path) -> None:
    put(
        machine / "bin" / "crontab", "#!/bin/sh\necho 'you are not allowed to use this program' >&2; exit 1\n"
    )
    stopped = call("schedule", "install", "--with", "cron")
    assert stopped.exit_code == 3
    assert "you are not allowed" in stopped.stderr
    assert "schedule install --with" in stopped.stderr


def test_f52_before_init_there_is_nothing_to_schedule(call: Call, school: Path, machine: Path) -> None:
    (school / "config" / "ids.yaml").unlink()
    stopped = call("schedule", "install", "--with", "cron")
    assert (stopped.exit_code, "sheets-sync init" in stopped.stderr) == (3, True)
    assert not (machine / "tab").exists()


def test_f52_what_is_shown_is_what_is_installed(call: Call, machine: Path) -> None:
    shown = call("schedule", "show").stdout
    call("schedule", "install", "--with", "cron")
    assert (machine / "tab").read_text("utf-8") == shown
