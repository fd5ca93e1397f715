"""config/ and jobs/ are read whole or refused whole, with every problem at its file and line."""

import shutil
from pathlib import Path

import pytest

from sheets_sync.errors import SettingsError, UnknownNameError
from sheets_sync.settings import copy_defaults, find_config, load_settings, record_spreadsheet

ROOT = Path(__file__).parents[3]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A folder with the default config/ and jobs/."""
    copy_defaults(tmp_path)
    return tmp_path


def problems(school: Path) -> list[str]:
    with pytest.raises(SettingsError) as stopped:
        load_settings(school / "config")
    return list(stopped.value.problems)


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text and return the line where it stands."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_repositorys_own_config_and_jobs_are_valid() -> None:
    settings = load_settings(ROOT / "config")
    assert len(settings.roadmap.measures) == 32
    assert set(settings.forms) == {"application", "networking", "meeting", "diagnostic", "event"}
    assert {"nightly", "weekly", "quarterly"} <= set(settings.jobs)


def test_problems_of_several_files_come_together_each_with_file_and_line(school: Path) -> None:
    config = school / "config"
    line = edit(config / "school.yaml", "roadmap_year: 2022", "roadmap_yaer: 2022")
    zone = edit(school / "jobs" / "nightly.yaml", "Europe/Moscow", "Europe/Moskow")
    kind = edit(config / "forms" / "meeting.yaml", "kind: text", "kind: texts")
    (config / "matching.yaml").write_text("forms: [\n", "utf-8")
    (config / "workbook.yaml").unlink()
    found = problems(school)
    assert any(
        each.startswith(f"config/school.yaml:{line}: неизвестный ключ «roadmap_yaer»") for each in found
    )
    assert any(each.startswith(f"jobs/nightly.yaml:{zone}: неизвестный часовой пояс") for each in found)
    assert any(
        each.startswith(f"config/forms/meeting.yaml:{kind}: неизвестный вид вопроса") for each in found
    )
    assert any(each.startswith("config/matching.yaml:2: ") for each in found)
    assert any(each.startswith("config/workbook.yaml:1: файла нет") for each in found)


def test_a_deadline_outside_the_grammar_is_named_with_its_line(school: Path) -> None:
    roadmap = school / "config" / "roadmap.yaml"
    line = edit(roadmap, "deadline: ", "deadline: когда-нибудь скоро # ")
    (found,) = problems(school)
    assert found.startswith(f"config/roadmap.yaml:{line}: ")
    assert "когда-нибудь скоро" in found


def test_an_unknown_rule_of_pairing_is_named_with_its_line(school: Path) -> None:
    line = edit(school / "config" / "matching.yaml", "stay_bonus: 70", "stay_bonus: много")
    assert [each.split(": ")[0] for each in problems(school)] == [f"config/matching.yaml:{line}"]


def test_a_form_without_a_sheet_and_a_sheet_without_a_form_are_both_named(school: Path) -> None:
    forms = school / "config" / "forms"
    edit(forms / "event.yaml", "id: event", "id: events")
    (forms / "event.yaml").rename(forms / "events.yaml")
    found = problems(school)
    assert any("ждёт форму «event»" in each and each.startswith("config/workbook.yaml:") for each in found)
    assert any("нет листа для ответов формы «events»" in each for each in found)


def test_no_config_directory_is_a_problem_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="папки с настройками нет"):
        load_settings(tmp_path / "config")


def test_the_recorded_spreadsheet_comes_back_and_the_environment_goes_before_it(school: Path) -> None:
    config = school / "config"
    assert load_settings(config).spreadsheet_id is None
    record_spreadsheet(config, "1aBcDeFgHiJk_-9")
    assert load_settings(config).spreadsheet_id == "1aBcDeFgHiJk_-9"
    assert load_settings(config, {"SHEETS_SYNC_SPREADSHEET": "other-sheet"}).spreadsheet_id == "other-sheet"


def test_a_spoiled_ids_file_is_a_problem_with_its_line(school: Path) -> None:
    (school / "config" / "ids.yaml").write_text("# x\nspreadsheet: здесь\n", "utf-8")
    assert [each.split(": ")[0] for each in problems(school)] == ["config/ids.yaml:2"]


def test_copying_the_defaults_again_leaves_the_schools_own_files_alone(school: Path) -> None:
    own = school / "config" / "school.yaml"
    own.write_text("name: наша\n", "utf-8")
    (school / "jobs" / "weekly.yaml").unlink()
    made = copy_defaults(school)
    assert own.read_text("utf-8") == "name: наша\n"
    assert made == (school / "jobs" / "weekly.yaml",)


def test_the_defaults_never_carry_another_schools_spreadsheet(tmp_path: Path) -> None:
    assert not any(path.name == "ids.yaml" for path in copy_defaults(tmp_path))


def test_the_asked_directory_goes_before_the_own_and_the_own_before_the_defaults(school: Path) -> None:
    assert find_config(Path("else"), school) == Path("else")
    assert find_config(None, school) == school / "config"
    shutil.rmtree(school / "config")
    assert find_config(None, school) == ROOT / "config"


def test_an_unknown_job_is_refused_with_the_names_of_the_known() -> None:
    with pytest.raises(UnknownNameError) as stopped:
        load_settings(ROOT / "config").job("hourly")
    assert "nightly" in stopped.value.next_step
