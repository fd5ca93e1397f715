"""Runs as the scheduler starts them: by the clock, on request, after nights that were missed or failed."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import Invocation, cli
from sheets_sync.emulator.faults import Fault
from sheets_sync.machine.lock import alone
from tests.functional.test_nights import table
from tests.small_school import SmallSchool

Call = Callable[..., Result]
ASK = "Обновить сейчас"


@pytest.fixture
def call(school: SmallSchool) -> Call:
    """Runs the program on the school's clock, in its folder; `where` stands for another computer."""

    def run(*words: str, where: Path | None = None) -> Result:
        invocation = Invocation(
            config=(where or school.directory) / "config",
            environ={"PATH": ""},
            now=lambda: school.now,
            opener=lambda *_, **__: nullcontext(school.open()),
        )
        return CliRunner().invoke(cli, words, prog_name="sheets-sync", obj=invocation)

    return run


def health(school: SmallSchool) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((school.directory / "health.json").read_text("utf-8"))
    return found


def state(school: SmallSchool) -> dict[str, str]:
    return {key: row["Значение"] for key, row in table(school.book().worksheet("Состояние")).items()}


def night(school: SmallSchool, day: int) -> None:
    """Set the clock to 2:30 in Moscow of a day in October 2022."""
    school.now = datetime(2022, 10, day - 1, 23, 30, tzinfo=UTC)


def test_f52_one_run_catches_up_with_the_nights_that_were_missed_and_says_so(
    school: SmallSchool, call: Call
) -> None:
    night(school, 14)
    assert call("run", "nightly", "--if-due").exit_code == 0
    school.now = datetime(2022, 10, 15, 12, 0, tzinfo=UTC)
    school.apply("Яркина Нина Глебовна", born="2011-03-03", school_class="6 «Б»")

    school.now = datetime(2022, 10, 18, 6, 30, tzinfo=UTC)
    told = call("run", "nightly", "--if-due", "--json")
    report = json.loads(told.stdout)
    assert report["responses"]["application"]["new"] == 1
    assert state(school)["Пропущенные запуски"] == (
        "4 (15.10.2022, 16.10.2022, 17.10.2022, 18.10.2022); следующий запуск прочёл всё и наверстал"
    )
    told_in_journal = [row["Что изменилось"] for row in table(school.book().worksheet("Журнал")).values()]
    assert any(line.startswith("Запуски по расписанию пропущены: 4 (15.10.2022") for line in told_in_journal)
    assert "Яркина Нина Глебовна" in school.book().worksheet("Реестр").col_values(2)

    school.now = datetime(2022, 10, 18, 7, 30, tzinfo=UTC)
    assert call("run", "nightly", "--if-due", "--json").stdout == ""
    night(school, 19)
    assert json.loads(call("run", "nightly", "--if-due", "--json").stdout)["writes"] == 0


def test_f47_the_state_tells_the_runs_the_sources_and_what_comes_next(
    school: SmallSchool, call: Call
) -> None:
    school.apply("Яркина Нина Глебовна", born="2011-03-03", school_class="6 «Б»")
    night(school, 14)
    before = json.loads(call("run", "nightly", "--dry-run", "--json").stdout)
    assert json.loads(call("run", "nightly", "--json").stdout)["writes"] > 0
    school.now = datetime(2022, 10, 13, 23, 35, tzinfo=UTC)
    told = state(school)
    assert told["Последняя запись"] == "14.10.2022 в 02:30"
    assert told["Последние изменения"] == "на 14.10.2022"
    assert told["Номер прошлой записи"] == str(before["generation"])
    assert told["Дней без записи"] == "0"
    assert told["Следующий ночной запуск"] == "15.10.2022 в 02:30"
    assert "Ночной запуск — каждый день в 02:30" in told["Расписание"]
    assert told["Пропущенные запуски"] == told["Неудачные запуски"] == "не было"
    assert told["Данные посчитаны"] == "полностью"
    assert told["Форма «Анкета участника наставничества»"] == (
        "читается, ответов 20; последний 13.10.2022, дней назад: 1"
    )
    assert told["Форма «Отчёт о встрече»"] == "читается, ответов нет"
    assert told["Списки школы"] == "не загружены"

    school.now = datetime(2022, 10, 17, 9, 0, tzinfo=UTC)
    told = state(school)
    assert (told["Дней без записи"], told["Следующий ночной запуск"]) == ("3", "18.10.2022 в 02:30")
    school.now = datetime(2022, 10, 14, 6, 0, tzinfo=UTC)
    assert json.loads(call("run", "nightly", "--json").stdout)["writes"] == 0


def test_f47_a_run_that_failed_is_told_by_the_next_one(school: SmallSchool, call: Call) -> None:
    night(school, 14)
    call("run", "nightly")
    night(school, 15)
    school.emulator.faults.always(Fault("refuse", 503))
    failed = call("run", "nightly", "--if-due")
    assert failed.exit_code == 7
    school.emulator.faults.clear()

    school.now = datetime(2022, 10, 15, 0, 30, tzinfo=UTC)
    assert call("run", "nightly", "--if-due").exit_code == 0
    told = state(school)["Неудачные запуски"]
    assert told.startswith("1, последний 15.10.2022 (код 7: sheets: чтение таблицы: ответ 503")
    assert state(school)["Пропущенные запуски"] == "не было"
    night(school, 16)
    assert json.loads(call("run", "nightly", "--json").stdout)["writes"] == 0
    assert state(school)["Неудачные запуски"] == told


def test_f58_the_last_line_tells_how_the_run_ended_and_what_comes_next(
    school: SmallSchool, call: Call
) -> None:
    night(school, 14)
    good = call("run", "nightly").stderr.splitlines()[-1]
    assert good.startswith("Запуск nightly: хорошо, код 0; 14.10.2022 02:30 +0300; запись № ")
    assert good.endswith("следующий — nightly, 15.10.2022 02:30 +0300")
    assert (health(school)["ok"], health(school)["exit"]) == (True, 0)

    school.emulator.faults.on("sheets.", Fault("refuse", 403), times=None)
    bad = call("run", "nightly").stderr.splitlines()
    assert bad[-1].startswith("Запуск nightly: не удался (PermissionDeniedError), код 6")
    assert bad[-2].startswith("Что делать:")
    told = health(school)
    assert (told["ok"], told["exit"], told["kind"]) == (False, 6, "PermissionDeniedError")


def test_f58_the_health_line_is_watched_without_a_network_and_notices_silence(
    school: SmallSchool, call: Call
) -> None:
    assert call("status", "--health").exit_code == 3, "nothing has run yet"
    night(school, 14)
    call("run", "nightly")
    asked = school.emulator.faults.count
    told = call("status", "--health", "--json")
    assert (told.exit_code, json.loads(told.stdout)) == (0, health(school))
    school.now = datetime(2022, 10, 15, 0, 31, tzinfo=UTC)
    assert call("status", "--health").exit_code == 3, "the night of the 15th is an hour late"
    assert school.emulator.faults.count == asked


def settings_of(school: SmallSchool) -> list[list[str]]:
    return school.book().worksheet("Настройки").get_all_values()


def tick(school: SmallSchool, value: bool) -> None:
    sheet = school.book().worksheet("Настройки")
    sheet.update_cell(sheet.col_values(1).index(ASK) + 1, school.column(sheet, "Значение"), value)


def test_f52_a_tick_asks_for_a_run_and_is_answered_beside_it(school: SmallSchool, call: Call) -> None:
    school.now = datetime(2022, 10, 13, 10, 0, tzinfo=UTC)
    unasked = json.loads(call("run", "on-request", "--json").stdout)
    assert (unasked["writes"], unasked["requests"]["sheets"], unasked["requests"]["forms"]) == (0, 1, 0)

    school.apply("Яркина Нина Глебовна", born="2011-03-03", school_class="6 «Б»")
    tick(school, True)
    before = settings_of(school)
    school.now = datetime(2022, 10, 13, 11, 5, tzinfo=UTC)
    plan = json.loads(call("run", "on-request", "--dry-run", "--json").stdout)["plan"]
    school.now = datetime(2022, 10, 13, 11, 6, tzinfo=UTC)
    assert json.loads(call("run", "on-request", "--dry-run", "--json").stdout)["plan"] == plan
    assert json.loads(call("run", "on-request", "--json").stdout)["responses"]["application"]["new"] == 1

    after = settings_of(school)
    answer, answered = before[0].index("Ответ программы"), before[0].index("На что отвечено")
    row = next(number for number, line in enumerate(before) if line[0] == ASK)
    assert after[row][answer] == "Обновлено 13.10.2022 в 14:06 по просьбе"
    for line in (before[row], after[row]):
        line[answer] = line[answered] = ""
    assert after == before

    again = json.loads(call("run", "on-request", "--json").stdout)
    assert (again["writes"], again["requests"]["sheets"]) == (0, 1)
    night(school, 14)
    assert json.loads(call("run", "nightly", "--json").stdout)["responses"]["application"]["new"] == 0
    school.now = datetime(2022, 10, 14, 6, 0, tzinfo=UTC)
    assert json.loads(call("run", "nightly", "--json").stdout)["writes"] == 0

    tick(school, False)
    assert json.loads(call("run", "on-request", "--json").stdout)["writes"] == 1
    assert settings_of(school)[row][answer] == "Обновлено 14.10.2022 в 09:00 по просьбе"


def test_f52_a_run_beside_one_on_this_machine_asks_nobody_anything(school: SmallSchool, call: Call) -> None:
    night(school, 14)
    asked = school.emulator.faults.count
    with alone(school.directory):
        refused = call("run", "nightly", "--if-due")
    assert refused.exit_code == 7
    assert school.emulator.faults.count == asked
    assert not (school.directory / "health.json").exists()
    assert call("run", "nightly", "--if-due").exit_code == 0


def test_f52_two_machines_with_one_schedule_write_one_generation(
    school: SmallSchool, call: Call, tmp_path: Path
) -> None:
    school.apply("Яркина Нина Глебовна", born="2011-03-03", school_class="6 «Б»")
    other = tmp_path / "other"
    (other / "config").mkdir(parents=True)
    for name in ("config", "jobs"):
        for file in (school.directory / name).rglob("*.yaml"):
            target = other / name / file.relative_to(school.directory / name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    night(school, 14)
    faults, results = school.emulator.faults, []
    start = faults.count

    def meanwhile(number: int, _: str) -> None:
        if number == start + 2:
            faults.on_request = None
            results.append(call("run", "nightly", "--if-due", where=other))

    faults.on_request = meanwhile
    late = call("run", "nightly", "--if-due")
    assert [results[0].exit_code, late.exit_code] == [0, 7]
    registry = school.book().worksheet("Реестр").col_values(2)
    assert registry.count("Яркина Нина Глебовна") == 1
    # An hour later the same line looks once more, finds nothing new and is content.
    school.now = datetime(2022, 10, 14, 0, 30, tzinfo=UTC)
    assert json.loads(call("run", "nightly", "--if-due", "--json").stdout)["writes"] == 0


@pytest.fixture
def watcher() -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Somebody who watches the runs: an address, and what came to it."""
    seen: list[tuple[str, dict[str, Any]]] = []

    class Watching(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            seen.append((self.path, json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Watching) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/школа", seen
        server.shutdown()
        thread.join()


def test_f58_the_heartbeat_gets_the_line_of_every_run_with_its_exit_code(
    school: SmallSchool, watcher: tuple[str, list[tuple[str, dict[str, Any]]]]
) -> None:
    address, seen = watcher

    def run(heartbeat: str) -> Result:
        invocation = Invocation(
            config=school.directory / "config",
            environ={"SHEETS_SYNC_HEARTBEAT": heartbeat},
            now=lambda: school.now,
            opener=lambda *_, **__: nullcontext(school.open()),
        )
        return CliRunner().invoke(cli, ["run", "nightly"], prog_name="sheets-sync", obj=invocation)

    night(school, 14)
    run(f"{address}/{{exit}}")
    school.emulator.faults.on("sheets.", Fault("refuse", 403), times=None)
    run(f"{address}/{{exit}}")
    run(address)
    assert [(path.rpartition("/")[2], told["exit"], told["ok"]) for path, told in seen] == [
        ("0", 0, True),
        ("6", 6, False),
    ]
    school.emulator.faults.clear()
    file = school.directory / "config" / "school.yaml"
    file.write_text(f"{file.read_text('utf-8')}\nheartbeat: {address}/{{exit}}\n", "utf-8")
    run("")
    assert (seen[-1][0].rpartition("/")[2], seen[-1][1]["ok"]) == ("0", True)
    deaf = run("http://127.0.0.1:9/x")
    assert deaf.exit_code == 0
    assert "Адрес наблюдения за запусками не ответил" in deaf.stderr
