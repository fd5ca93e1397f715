"""The command line as people and cron meet it, on a school of its own in a folder of its own."""

import json
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli, make_program
from sheets_sync.cli.lazy import Place
from sheets_sync.settings import copy_defaults

SOURCE = Path(__file__).parents[1] / "data" / "roadmap_source.txt"
Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs the program in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, prog_name="sheets-sync")

    return run


@pytest.fixture(scope="module")
def made_school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `init` has been run; tests get copies of it."""
    folder = tmp_path_factory.mktemp("school")
    made = CliRunner().invoke(cli, ["init", "--config", str(folder / "config"), "--json"])
    assert made.exit_code == 0, made.stderr
    return folder


@pytest.fixture
def school(call: Call, made_school: Path, tmp_path: Path) -> Path:
    """A school of the test's own, ready for its first night."""
    shutil.copytree(made_school, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_f01_init_makes_a_school_and_a_second_time_changes_nothing(school: Path, call: Call) -> None:
    before = (school / "config" / "ids.yaml").read_text("utf-8")
    again = json.loads(call("init", "--json").stdout)
    assert again["made"] == []
    assert (school / "config" / "ids.yaml").read_text("utf-8") == before


def test_f48_the_night_after_a_night_writes_nothing(school: Path, call: Call) -> None:
    first = json.loads(call("run", "nightly", "--as-of", "2022-09-20", "--json").stdout)
    second = json.loads(call("run", "nightly", "--as-of", "2022-09-20", "--json").stdout)
    assert first["writes"] > 0
    assert second["writes"] == 0
    assert second["generation"] == first["generation"]


def test_f51_a_dry_run_prints_its_plan_and_writes_nothing(school: Path, call: Call) -> None:
    words = ("run", "nightly", "--as-of", "2022-09-20", "--dry-run", "--json")
    planned = json.loads(call(*words).stdout)
    again = json.loads(call(*words).stdout)
    assert planned["writes"] == 0
    assert planned["plan"]["changes"]
    assert planned["plan"]["digest"] == again["plan"]["digest"]


def test_f51_a_run_before_the_last_night_is_refused_with_exit_5(school: Path, call: Call) -> None:
    assert call("run", "nightly", "--as-of", "20.09.2022", "-q").exit_code == 0
    refused = call("run", "nightly", "--as-of", "2022-09-19")
    assert refused.exit_code == 5
    assert "--dry-run" in refused.stderr


def test_a_run_before_init_says_to_run_init_with_exit_3(call: Call) -> None:
    stopped = call("run", "nightly")
    assert stopped.exit_code == 3
    assert "sheets-sync init" in stopped.stderr
    assert stopped.stdout == ""


def test_f53_doctor_stops_at_the_first_hindrance_and_names_the_next_step(call: Call) -> None:
    stopped = call("doctor", "--json")
    told = json.loads(stopped.stdout)
    assert stopped.exit_code == 3
    assert told["ok"] is False
    assert "sheets-sync init" in told["next"]


def test_f53_doctor_passes_on_a_school_that_is_ready(school: Path, call: Call) -> None:
    passed = call("doctor", "--json")
    assert passed.exit_code == 0
    assert json.loads(passed.stdout)["ok"] is True


def test_f54_a_key_that_others_may_read_is_refused(call: Call, tmp_path: Path) -> None:
    key = tmp_path / "key.json"
    key.write_text("{}", "utf-8")
    key.chmod(0o644)
    refused = call("--credentials", str(key), "doctor")
    assert refused.exit_code == 3
    assert "chmod 600" in refused.stderr


def test_f58_broken_settings_end_with_exit_3_and_every_problem(call: Call, tmp_path: Path) -> None:
    copy_defaults(tmp_path)
    (tmp_path / "config" / "matching.yaml").write_text("forms: [\n", "utf-8")
    (tmp_path / "jobs" / "weekly.yaml").write_text("steps: [dance]\n", "utf-8")
    stopped = call("check")
    assert stopped.exit_code == 3
    assert "config/matching.yaml:2:" in stopped.stderr
    assert "jobs/weekly.yaml:1: неизвестный шаг «dance»" in stopped.stderr
    assert "sheets-sync check" in stopped.stderr


def test_a_wrong_call_ends_with_exit_2(call: Call) -> None:
    assert call("dance").exit_code == 2
    assert call("run", "nightly", "--as-of", "вчера").exit_code == 2


def test_an_unknown_job_and_an_unknown_indicator_are_refused_by_name(school: Path, call: Call) -> None:
    assert "nightly" in call("run", "hourly").stderr
    near = call("indicators", "explain", "M01.nobody", "--as-of", "2022-09-20")
    assert near.exit_code == 5
    assert "M01.pupils" in near.stderr


def test_f32_an_indicator_without_a_denominator_is_no_data(school: Path, call: Call) -> None:
    told = json.loads(call("indicators", "explain", "M01.pupils", "--as-of", "2022-09-20", "--json").stdout)
    assert (told["numerator"], told["denominator"], told["met"]) == (0, None, None)


def test_f32_a_measure_is_explained_group_by_group(school: Path, call: Call) -> None:
    told = json.loads(call("indicators", "explain", "M01", "--as-of", "2022-09-20", "--json").stdout)
    shown = call("indicators", "explain", "1", "--as-of", "2022-09-20").stderr

    groups = ["M01.pupils", "M01.teachers", "M01.parents", "M01.graduates", "M01.partners"]
    assert [each["id"] for each in told["indicators"]] == groups
    assert [line.split(" | ")[0] for line in shown.splitlines() if " | " in line][1:] == groups
    assert "лист «Контингент», строка «обучающийся», колонка «Всего»" in shown


def test_f30_the_schools_document_gives_32_rows_and_its_disagreements(call: Call) -> None:
    told = json.loads(call("roadmap", "import", str(SOURCE), "--json").stdout)
    assert len(told["rows"]) == 32
    assert len({note["kind"] for note in told["inconsistencies"]}) >= 8


def test_f30_a_document_is_adopted_only_when_a_person_agrees(school: Path, call: Call) -> None:
    document, own = school / "карта.txt", school / "config" / "roadmap.yaml"
    document.write_text(SOURCE.read_text("utf-8").replace("до 09.09.2022", "до 12.09.2022"), "utf-8")
    before = own.read_text("utf-8")

    shown = call("roadmap", "import", str(document))
    assert "срок: «до 12.09.2022» вместо «до 09.09.2022»" in shown.stderr
    refused = CliRunner().invoke(cli, ["roadmap", "import", str(document), "--adopt"], input="n\n")
    assert (refused.exit_code, own.read_text("utf-8")) == (0, before)

    agreed = CliRunner().invoke(cli, ["roadmap", "import", str(document), "--adopt"], input="y\n")
    assert agreed.exit_code == 0
    assert own.read_text("utf-8") == before.replace("до 09.09.2022", "'до 12.09.2022'")
    assert (school / "config" / "roadmap.before-1.yaml").read_text("utf-8") == before
    assert call("check").exit_code == 0


def test_f31_a_document_with_a_deadline_nobody_understands_is_not_adopted(school: Path, call: Call) -> None:
    document = school / "карта.txt"
    document.write_text(SOURCE.read_text("utf-8").replace("до 09.09.2022", "к осени"), "utf-8")

    refused = call("roadmap", "import", str(document), "--adopt", "--yes")
    assert refused.exit_code == 4
    assert "пункт 3: «к осени»" in refused.stderr
    assert "1 раз в квартал" in refused.stderr


def test_f30_without_settings_of_its_own_a_school_adopts_nothing(call: Call) -> None:
    refused = call("roadmap", "import", str(SOURCE), "--adopt", "--yes")
    assert refused.exit_code == 3
    assert "sheets-sync init" in refused.stderr


def test_roadmap_show_names_32_measures_and_persons_instead_of_roles(call: Call) -> None:
    measures = json.loads(call("roadmap", "show", "--json").stdout)["measures"]
    assert [measure["number"] for measure in measures] == list(range(1, 33))
    assert not {"curator", "director", "deputy"} & {who for each in measures for who in each["responsible"]}


def test_f52_schedule_shows_one_line_for_cron_that_runs_in_the_schools_folder(
    school: Path, call: Call
) -> None:
    lines = call("schedule", "show", "nightly").stdout.splitlines()
    assert lines[1] == "# Ночной запуск: 30 2 * * *, Europe/Moscow"
    assert lines[2].startswith(f"30 * * * * cd {school} && ")
    assert " run nightly --if-due --json " in lines[2]
    assert len(lines) == 4


def test_a_taken_port_is_named_with_the_next_step(call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = call("serve", "--port", str(taken.getsockname()[1]))
    assert refused.exit_code == 3
    assert "--port" in refused.stderr


def test_a_workspace_without_sign_in_is_not_opened_to_the_network(call: Call) -> None:
    assert call("serve", "--host", "0.0.0.0", "--auth", "off").exit_code == 5


def test_quiet_says_nothing_but_errors(school: Path, call: Call) -> None:
    told = call("run", "nightly", "--as-of", "2022-09-20", "--quiet")
    assert (told.exit_code, told.stdout, told.stderr) == (0, "", "")


def test_a_bug_is_told_by_its_place_and_never_by_the_values_it_met() -> None:
    program = make_program({"break": Place("tests.functional.breaking", "Ломается.")})
    told = CliRunner().invoke(program, ["break"])
    aloud = CliRunner().invoke(program, ["--verbose", "break"])
    assert told.exit_code == aloud.exit_code == 1
    assert "KeyError" in told.stderr
    assert "breaking.py" in aloud.stderr
    assert "Иванова" not in told.stderr + aloud.stderr


def test_f56_the_report_is_written_and_the_school_is_not(school: Path, call: Call) -> None:
    call("run", "nightly", "--as-of", "2022-09-20")
    before = json.loads(call("run", "nightly", "--as-of", "2022-09-20", "--json", "--dry-run").stdout)
    told = call("report", "--html", "r.html", "--federal", "f.xlsx", "--as-of", "2022-09-20", "--json")
    after = json.loads(call("run", "nightly", "--as-of", "2022-09-20", "--json").stdout)

    assert told.exit_code == 0
    assert json.loads(told.stdout) == {"as_of": "2022-09-20", "files": ["r.html", "f.xlsx"]}
    assert "Отчёт на 20\u00a0сентября 2022\u00a0года" in (school / "r.html").read_text("utf-8")
    assert (school / "f.xlsx").read_bytes().startswith(b"PK")
    assert (before["generation"], after["writes"]) == (after["generation"], 0)


def test_f56_a_report_without_a_browser_writes_nothing_and_names_the_next_step(
    school: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEETS_SYNC_BROWSER", "no-such-browser")
    stopped = call("report", "--html", "r.html", "--pdf", "r.pdf", "--as-of", "2022-09-20")

    assert stopped.exit_code == 3
    assert "SHEETS_SYNC_BROWSER" in stopped.stderr
    assert sorted(path.name for path in school.glob("*r.*")) == []


def test_a_report_asks_for_a_file_of_a_kind_it_can_write(school: Path, call: Call) -> None:
    assert call("report").exit_code == 2
    assert call("report", "--federal", "f.doc").exit_code == 2


def test_f34_status_tells_coverage_deadlines_and_what_is_missing(school: Path, call: Call) -> None:
    call("run", "nightly", "--as-of", "2022-09-20")
    told = call("status", "--as-of", "2022-09-20").stderr
    numbers = json.loads(call("status", "--as-of", "2022-09-20", "--json").stdout)

    assert (
        "Обучающиеся: 0, доля неизвестна, порог 10\u00a0% — лист «Контингент», строка «обучающийся»" in told
    )
    assert "пункт 3, срок 09.09.2022 (прошло дней: 11)" in told
    assert "\x1b[" not in told
    assert [one["measure"] for one in numbers["overdue"]][:1] == [3]
    assert numbers["waiting"] == {"pairs": 0, "quiet_pairs": 0, "questions": numbers["findings"]}
    assert sum(len(found) for found in numbers["states"].values()) == 32
