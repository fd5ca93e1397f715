"""Pairs of a real night as the curator meets them: in the sheets and at the terminal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import gspread
import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli
from tests.functional.conftest import LATER, OCTOBER
from tests.functional.test_nights import pairs_of, table
from tests.small_school import SmallSchool, reopened

Call = Callable[..., Result]


def code_of(school: SmallSchool, name: str) -> str:
    registry = table(school.book().worksheet("Реестр"))
    return next(key for key, row in registry.items() if row["Фамилия, имя, отчество"] == name)


def type_pair(school: SmallSchool, **cells: str) -> None:
    """Type a row below the program's, as a person does: under the headers, without a code."""
    sheet = school.book().worksheet("Пары")
    row = len(sheet.get_all_values()) + 1
    titles = {"mentor": "Код наставника", "mentee": "Код наставляемого", "decision": "Решение"}
    for name, value in cells.items():
        sheet.update_cell(row, school.column(sheet, titles[name]), value)


def set_parameter(school: SmallSchool, name: str, value: str) -> None:
    sheet = school.book().worksheet("Настройки")
    cell = sheet.find(name)
    assert cell is not None
    sheet.update_cell(cell.row, school.column(sheet, "Значение"), value)


def test_f22_a_pair_typed_by_the_curator_gets_a_row_of_its_own_and_goes_into_the_order(
    school: SmallSchool,
) -> None:
    mentor, mentee = code_of(school, "Климова Ульяна Сергеевна"), code_of(school, "Лугова Вера Романовна")
    before = school.book().worksheet("Пары").get_all_values()
    assert not any(mentor in row and mentee in row for row in before)
    type_pair(school, mentor=mentor, mentee=mentee, decision="утвердить")
    typed = school.book().worksheet("Пары").get_all_values()[-1]

    school.night(LATER)

    grid = school.book().worksheet("Пары").get_all_values()
    assert typed in grid, "the typed row stays as it was"
    made = [
        row
        for row in pairs_of(school).values()
        if (row["Код наставника"], row["Код наставляемого"]) == (mentor, mentee)
    ]
    assert [(row["Состояние"], row["Решение"], row["Основание"]) for row in made] == [
        ("утверждена", "утвердить", "решение куратора")
    ]
    assert made[0]["Почему эта пара"]
    orders = [text for name, text in school.visible_documents().items() if "пар" in name.lower()]
    assert any("Лугова Вера Романовна" in text or "Луговой Вере Романовне" in text for text in orders)
    said = [row["Что не так"] for row in table(school.book().worksheet("Вопросы к данным")).values()]
    assert school.night(LATER).writes <= 1
    assert not any("не указан" in text for text in said)
    assert school.night(LATER).writes == 0


def test_f24_when_a_mentor_leaves_the_pairs_end_with_date_and_reason_and_no_other_moves(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    school.night(OCTOBER)
    before = pairs_of(school)
    gone = next(
        row["Код наставника"] for row in before.values() if row["Форма наставничества"] == "ученик–ученик"
    )
    registry = school.book().worksheet("Реестр")
    place = registry.col_values(1).index(gone) + 1
    registry.update_cell(place, school.column(registry, "Дата выхода"), "18.10.2022")
    registry.update_cell(place, school.column(registry, "Причина"), "отчислен")

    school.night(LATER)

    after = pairs_of(school)
    ended = {key for key, row in before.items() if row["Код наставника"] == gone}
    for key in ended:
        assert (after[key]["Состояние"], after[key]["Состояние с"]) == ("прекращена", "18.10.2022")
        assert after[key]["Основание"] == "наставник вышел из программы: отчислен"
    assert all(after[key]["Состояние"] == "утверждена" for key in before.keys() - ended)
    left = {before[key]["Код наставляемого"] for key in ended}
    new = {row["Код наставляемого"] for key, row in after.items() if key not in before}
    assert new <= left
    waiting = table(school.book().worksheet("Без пары"))
    for code in left - new:
        assert waiting[f"{code} наставляемый"]["Состояние"] == "ждёт пары"
    told = [row["Что изменилось"] for row in table(school.book().worksheet("Журнал")).values()]
    key = min(ended)
    assert f"Пара {key}: утверждена → прекращена (наставник вышел из программы: отчислен)" in told
    assert school.night(LATER).writes == 0


def test_weights_changed_in_the_sheet_move_no_approved_pair_and_a_wrong_value_is_asked_about(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    school.night(OCTOBER)
    before = pairs_of(school)
    set_parameter(school, "Пары: запросы и ресурсы", "не учитывать")
    set_parameter(school, "Пары: общее время", "очень")

    school.night(LATER)

    kept = ("Код наставника", "Код наставляемого", "Состояние", "Баллы", "Почему эта пара")
    after = pairs_of(school)
    assert {key: [after[key][name] for name in kept] for key in before} == {
        key: [row[name] for name in kept] for key, row in before.items()
    }
    said = [row["Что не так"] for row in table(school.book().worksheet("Вопросы к данным")).values()]
    assert any(text.startswith("«Пары: общее время»: нужно одно из: обязательно") for text in said)


def test_f18_the_state_sheet_tells_the_proof_and_the_demand_sheet_has_its_chart(school: SmallSchool) -> None:
    state = table(school.book().worksheet("Состояние"))
    assert state["Пары: лучше ли можно"]["Значение"].startswith("нет, доказано: в парах 10 из 11")
    assert state["Пары: применено ли предложение"]["Значение"] == "применено"
    sheet = school.book().worksheet("Запросы и ресурсы")
    lines = table(sheet)
    assert lines["ученик–ученик/общение, новый класс"]["Вывод"] == (
        "общение, новый класс: 1 запрос, 0 мест — не хватает 1 места"
    )
    meta = school.book().fetch_sheet_metadata()
    charts = next(one["charts"] for one in meta["sheets"] if one["properties"]["title"] == sheet.title)
    (chart,) = charts
    series = chart["spec"]["basicChart"]["series"]
    columns = [one["series"]["sourceRange"]["sources"][0]["startColumnIndex"] for one in series]
    header = sheet.row_values(1)
    assert [header[place] for place in columns] == ["Запросов", "Мест у наставников"]


@pytest.fixture
def ask(proposed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs `sheets-sync pairs` in the folder of a school whose pairs are proposed."""
    shutil.copytree(proposed, tmp_path / "asked")
    monkeypatch.chdir(tmp_path / "asked")

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["pairs", *words, "--as-of", OCTOBER.isoformat()])

    return run


@pytest.fixture
def book(proposed: Path, tmp_path: Path) -> gspread.Spreadsheet:
    """Another copy of that school, to read what stands in its sheets."""
    shutil.copytree(proposed, tmp_path / "read")
    return reopened(tmp_path / "read", datetime(2022, 10, 13, 9, 0, tzinfo=UTC)).book()


def test_f23_a_pair_is_explained_with_its_points_and_its_place(ask: Call, book: gspread.Spreadsheet) -> None:
    code, row = next(iter(table(book.worksheet("Пары")).items()))
    told = ask("explain", code)
    assert told.exit_code == 0, told.stderr
    assert row["Почему эта пара"] in told.stderr
    found = json.loads(ask("explain", code, "--json").stdout)
    assert found["score"] == int(row["Баллы"]) == sum(found["parts"].values())
    assert (found["mentor"], found["mentee"]) == (row["Код наставника"], row["Код наставляемого"])


def test_f23_what_if_is_solved_again_and_changes_nothing(ask: Call, book: gspread.Spreadsheet) -> None:
    row = next(iter(table(book.worksheet("Пары")).values()))
    mentor, mentee = row["Код наставника"], row["Код наставляемого"]
    forbidden = json.loads(ask("what-if", "--forbid", mentee, mentor, "--json").stdout)
    assert forbidden["possible"] and forbidden["proven"]
    assert mentee in {move["mentee"] for move in forbidden["moves"] if move["before"] == mentor}
    assert forbidden["score"] <= 0 or forbidden["people"] < 0
    left = json.loads(ask("what-if", "--mentor", mentor, "--leave", "--json").stdout)
    assert {move["before"] for move in left["moves"]} == {mentor}
    more = json.loads(ask("what-if", "--mentor", mentor, "--capacity", "+1", "--json").stdout)
    assert more["people"] >= 0
    same = json.loads(ask("what-if", "--pair", mentee, mentor, "--json").stdout)
    assert (same["moves"], same["text"]) == ([], "ничего не изменится")
    assert json.loads(ask("diff", "--json").stdout)["now"] == []
    after = reopened(Path(), datetime(2022, 10, 13, 9, 0, tzinfo=UTC)).book()
    for tab in ("Пары", "Журнал", "_sync"):
        assert after.worksheet(tab).get_all_values() == book.worksheet(tab).get_all_values()


def test_f23_f15_a_name_behind_a_closed_gate_is_never_printed(
    proposed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = reopened(shutil.copytree(proposed, tmp_path / "gated"), datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    row = next(iter(pairs_of(school).values()))
    consents = school.book().worksheet("Согласия")
    for number, code in enumerate(consents.col_values(2), 1):
        if code == row["Код наставляемого"]:
            consents.update_cell(number, school.column(consents, "Отозвано (дата)"), "12.10.2022")
    school.close()
    monkeypatch.chdir(tmp_path / "gated")
    told = CliRunner().invoke(
        cli, ["pairs", "explain", row["Код наставляемого"], "--as-of", LATER.isoformat()]
    )
    assert told.exit_code == 0, told.stderr
    assert row["Код наставляемого"] in told.stderr
    assert row["Наставляемый"].split()[0] not in told.stderr + told.stdout
    assert "Без пары (наставляемый): согласие отозвано" in told.stderr


def test_f23_questions_about_nobody_and_half_questions_are_refused(ask: Call) -> None:
    assert ask("explain", "У-999").exit_code == 5
    assert "Нет участника или пары с кодом «У-999»" in ask("explain", "У-999").stderr
    assert ask("what-if").exit_code == 2
    assert ask("what-if", "--capacity", "1").exit_code == 2
    assert ask("what-if", "--mentor", "У-999", "--leave").exit_code == 5
