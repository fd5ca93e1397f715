"""What is written for cron, systemd and Windows."""

import hashlib
import subprocess
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_sync.domain.jobs import Job, Step
from sheets_sync.domain.schedules import crontab, systemd, windows_tasks
from sheets_sync.domain.schedules.entry import Entry

SCHOOL = "/srv/Школа № 5 100% 'да' $HOME"
PROGRAM = ("/opt/своя папка/sheets-sync", "--credentials", "/etc/ключ 1.json")
OTHERS = "MAILTO=x@school.example\n# чужое\n5 4 * * * /usr/bin/backup  # \xa0хвост\n\n"


def entry(schedule: str = "30 2 * * *", school: str = SCHOOL) -> Entry:
    return Entry(Job("nightly", "Ночной\nзапуск", (Step.INTAKE,), schedule, "Europe/Moscow"), school, PROGRAM)


def test_f52_the_line_of_cron_reaches_the_shell_with_every_path_whole() -> None:
    line = crontab.line(entry())
    assert line.startswith("30 * * * * cd ")
    assert "\n" not in line
    # What cron hands to the shell: «\%» has become «%» (crontab(5)), and no bare «%» was left.
    command = line.removeprefix("30 * * * * ").replace("\\%", "\0")
    assert "%" not in command
    shell = command.replace("\0", "%").replace("cd ", "printf '%s\\n' ", 1).replace("&& ", "", 1)
    words = subprocess.run(
        ["/bin/sh", "-c", shell.split(" >>")[0]], capture_output=True, text=True, check=True
    )
    assert words.stdout.splitlines() == [SCHOOL, *PROGRAM, "run", "nightly", "--if-due", "--json"]


def test_f52_installing_twice_is_installing_once_and_removing_gives_the_crontab_back() -> None:
    wanted = crontab.block([entry()], SCHOOL)
    once = crontab.with_block(OTHERS, wanted, SCHOOL)
    assert once == OTHERS + wanted
    assert crontab.with_block(once, wanted, SCHOOL) == once
    assert crontab.without_block(once, SCHOOL) == OTHERS


def test_f52_a_new_schedule_takes_the_place_of_the_old_between_others_lines() -> None:
    old, new = (crontab.block([entry(when)], SCHOOL) for when in ("30 2 * * *", "45 1 * * *"))
    assert (
        crontab.with_block(f"{OTHERS}{old}1 1 1 1 1 true\n", new, SCHOOL) == f"{OTHERS}{new}1 1 1 1 1 true\n"
    )


def test_f52_another_schools_block_and_a_fence_without_its_fellow_stay() -> None:
    neighbour = crontab.block([entry(school="/srv/Школа")], "/srv/Школа")
    torn = crontab.block([entry()], SCHOOL).splitlines(keepends=True)[0]
    for text in (neighbour, torn, f"# {torn}", ""):
        assert crontab.without_block(text, SCHOOL) == text
        assert crontab.standing(text, SCHOOL) == ""


@given(st.text(alphabet=st.characters(exclude_characters="\r\0"), max_size=200), st.booleans())
def test_f52_no_byte_of_others_changes(others: str, between: bool) -> None:
    before = f"{others}\n" if others else ""
    wanted = crontab.block([entry()], SCHOOL)
    with_it = crontab.with_block(before, wanted, SCHOOL) + (before if between else "")
    assert crontab.without_block(with_it, SCHOOL) == before + (before if between else "")


@pytest.mark.parametrize(
    ("schedule", "calendar"),
    [
        ("30 2 * * *", ["*-*-* 02:30:00 Europe/Moscow"]),
        ("30 3 * * 0", ["Sun *-*-* 03:30:00 Europe/Moscow"]),
        ("0 0 * * 7", ["Sun *-*-* 00:00:00 Europe/Moscow"]),
        ("30 4 1 1,4,7,10 *", ["*-01,04,07,10-01 04:30:00 Europe/Moscow"]),
        ("*/20 8-9 * * 1-3", ["Mon,Tue,Wed *-*-* 08,09:00,20,40:00 Europe/Moscow"]),
        ("0 5 13 * 5", ["*-*-13 05:00:00 Europe/Moscow", "Fri *-*-* 05:00:00 Europe/Moscow"]),
    ],
)
def test_f52_systemd_gets_the_same_moments_in_the_jobs_zone(schedule: str, calendar: list[str]) -> None:
    assert systemd.calendar(schedule, "Europe/Moscow") == calendar


def test_f52_the_units_catch_up_try_again_and_hold_no_secret() -> None:
    units = systemd.units([entry()], SCHOOL, account="kurator")
    service, timer = (text for name, text in sorted(units.items()))
    assert {"Persistent=true", "OnCalendar=*-*-* 02:30:00 Europe/Moscow"} <= set(timer.splitlines())
    lines = service.splitlines()
    assert lines[0] == timer.splitlines()[0] == f"# sheets-sync schedule install: {SCHOOL}"
    assert "WorkingDirectory=/srv/Школа № 5 100%% 'да' $HOME" in lines
    assert (
        'ExecStart="/opt/своя папка/sheets-sync" "--credentials" "/etc/ключ 1.json" "run" "nightly" "--json"'
        in lines
    )
    assert {"Restart=on-failure", "RestartPreventExitStatus=1 2 3 4 5 6 130", "User=kurator"} <= set(lines)
    assert not [line for line in lines if line.startswith(("Environment", "PassEnvironment"))]


def test_f52_a_word_of_a_unit_is_quoted_as_systemd_reads_it() -> None:
    made = Entry(entry().job, "/srv", ('/a"b\\c$d%e',))
    service = next(text for name, text in systemd.units([made], "/srv").items() if name.endswith(".service"))
    assert 'ExecStart="/a\\"b\\\\c$$d%%e" "run" "nightly" "--json"' in service.splitlines()


NAMESPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


def task(schedule: str, school: str = "C:\\Школа № 5 & Ко") -> ElementTree.Element:
    (text,) = windows_tasks.tasks([entry(schedule, school)], school).values()
    return ElementTree.fromstring(text.replace(' encoding="UTF-16"', ""))


def test_f52_the_task_of_windows_catches_up_and_refuses_a_second_beside_it() -> None:
    found = task("30 2 * * *")
    assert found.findtext("t:Settings/t:StartWhenAvailable", namespaces=NAMESPACE) == "true"
    assert found.findtext("t:Settings/t:MultipleInstancesPolicy", namespaces=NAMESPACE) == "IgnoreNew"
    assert found.findtext("t:Actions/t:Exec/t:WorkingDirectory", namespaces=NAMESPACE) == "C:\\Школа № 5 & Ко"
    arguments = found.findtext("t:Actions/t:Exec/t:Arguments", namespaces=NAMESPACE)
    assert arguments == (
        '/d /c ""/opt/своя папка/sheets-sync" "--credentials" "/etc/ключ 1.json" "run" "nightly" "--if-due" '
        '"--json" >>run.jsonl 2>>run.log"'
    )


@pytest.mark.parametrize(
    ("schedule", "triggers"),
    [
        ("30 2 * * *", [("00:30:00", "PT60M")]),
        ("*/10 8-18 * * 1-5", [("00:00:00", "PT10M")]),
        ("5,35 2 * * *", [("00:05:00", "PT30M")]),
        ("0,5 2 * * *", [("00:00:00", "PT60M"), ("00:05:00", "PT60M")]),
    ],
)
def test_f52_the_triggers_of_windows_come_at_the_jobs_minutes(
    schedule: str, triggers: list[tuple[str, str]]
) -> None:
    found = [
        (
            str(one.findtext("t:StartBoundary", namespaces=NAMESPACE)).partition("T")[2],
            one.findtext("t:Repetition/t:Interval", namespaces=NAMESPACE),
        )
        for one in task(schedule).iterfind("t:Triggers/t:TimeTrigger", NAMESPACE)
    ]
    assert found == triggers


def test_two_schools_on_one_machine_have_names_of_their_own() -> None:
    mark = hashlib.blake2s(b"/srv/a", digest_size=4).hexdigest()
    assert systemd.prefix("/srv/a") == f"sheets-sync-{mark}-"
    assert systemd.prefix("/srv/b") != systemd.prefix("/srv/a")
