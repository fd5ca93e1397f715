"""The school's list and answers from files, and the school that gives out codes: through real nights."""

from __future__ import annotations

import csv
import json
import shutil
import stat
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import gspread
import openpyxl
import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli
from sheets_sync.errors import ImportFileError, TooManyLossesError, UnknownNameError
from tests.small_school import PUPILS, QUESTIONNAIRE, SmallSchool

LATER = date(2022, 10, 20)
HEADER = ("Код", "ФИО", "Класс", "Дата рождения", "Группа", "Прибыл", "Выбыл")
PAPER = (
    "Отметка времени",
    "ФИО участника",
    "Связь",
    "Кто участник?",
    "Кто заполняет анкету?",
    "Дата рождения участника",
    "Законный представитель",
    "Класс",
    "Роль",
    "Нужна поддержка",
    "Когда удобно",
    "Цвет папки",
)


def paper(
    name: str, born: str = "12.04.2011", school_class: str = "6а", day: str = "18.10.2022"
) -> tuple[str, ...]:
    return (
        day, name, "8 900 111-22-33", "Обучающийся", "сотрудник школы с бумажной анкеты", born,
        f"{name.split()[0]} Анна Петровна", school_class, "наставляемым",
        "проект, олимпиада, математика", "очно; понедельник после уроков", "синий",
    )  # fmt: skip


def write_csv(
    path: Path, lines: Sequence[Sequence[str]], encoding: str = "utf-8-sig", comma: str = ";"
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=comma).writerows(lines)
    return path


def write_xlsx(path: Path, lines: Sequence[Sequence[object]]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    book.save(path)
    return path


def table(sheet: gspread.Worksheet) -> dict[str, dict[str, str]]:
    header, *body = sheet.get_all_values()
    return {row[0]: dict(zip(header, row, strict=True)) for row in body if row[0]}


def listed(*extra: tuple[object, ...]) -> list[tuple[object, ...]]:
    people: list[tuple[object, ...]] = [
        ("", name, school_class, date.fromisoformat(born), "", "", "")
        for name, born, school_class, *_ in PUPILS
    ]
    return [HEADER, *people, *extra]


def test_f07_the_list_fills_the_contingent_beside_staffs_cells_and_a_second_time_changes_nothing(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.type_down("Контингент", "Источник", "приказ № 5", [2])
    file = write_xlsx(tmp_path / "списки.xlsx", listed(("", "Орешкин Ян Ильич", "7а", "", "", "", "")))
    before = school.emulator.last_request()

    told = school.open().import_list(file, LATER)

    assert told.changed
    assert "обучающийся: 17" in told.lines()[0]
    kept = school.directory / "config" / "people.csv"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert set(school.emulator.requests(since=before)) == {"sheets.spreadsheets.get"}, "nothing is sent"
    school.night(LATER)
    counted = table(school.book().worksheet("Контингент"))
    assert counted["обучающийся"]["По спискам: всего"] == "17"
    assert counted["класс 7 «А»"]["По спискам: всего"] == "3"
    assert counted["обучающийся"]["Источник"] == "приказ № 5"
    assert counted["обучающийся"]["Всего"] == "", "staff's cell is staff's"
    body = kept.read_bytes()
    again = school.open().import_list(file, LATER)
    assert not again.changed and kept.read_bytes() == body
    assert school.night(LATER).writes == 0


def test_f07_the_lists_number_is_the_denominator_where_staff_typed_none(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.open().import_list(write_xlsx(tmp_path / "a.xlsx", listed()), date(2022, 9, 1))
    report = school.night(LATER)
    assert report.indicators["M01.pupils"].denominator == len(PUPILS)


@pytest.mark.parametrize(("encoding", "comma"), [("cp1251", ";"), ("utf-8-sig", ","), ("utf-8", "\t")])
def test_f07_a_list_saved_in_another_way_is_read_the_same(
    school: SmallSchool, tmp_path: Path, encoding: str, comma: str
) -> None:
    lines = [HEADER, ("", "Ветров Глеб Ильич", "7 «А»", "12.04.2010", "", "", "")]
    found = school.open().import_list(write_csv(tmp_path / "a.csv", lines, encoding, comma), LATER)
    (person,) = found.renewal.people
    assert (person.name, person.school_class, person.birth_date) == (
        "Ветров Глеб Ильич",
        "7 «А»",
        date(2010, 4, 12),
    )
    code = table(school.book().worksheet("Реестр"))
    assert code[person.code]["Фамилия, имя, отчество"] == "Ветров Глеб Ильич", (
        "the registry's code is taken over"
    )


def test_f07_a_list_with_a_bad_row_changes_nothing_until_it_is_put_right_or_skipped(
    school: SmallSchool, tmp_path: Path
) -> None:
    file = write_csv(
        tmp_path / "a.csv",
        [
            HEADER,
            ("", "Ветров Глеб Ильич", "77Я", "", "", "", ""),
            ("", "Дубова Алина", "7а", "", "", "", ""),
        ],
    )
    with pytest.raises(ImportFileError, match="строка 2: такого класса в школе нет: «77Я»"):
        school.open().import_list(file, LATER)
    assert not (school.directory / "config" / "people.csv").exists()
    assert len(school.open().import_list(file, LATER, skip_bad=True).renewal.people) == 1


def test_f07_a_list_that_misses_too_many_is_taken_for_the_wrong_file(
    school: SmallSchool, tmp_path: Path
) -> None:
    many = [("", f"Берёзов Лев{'а' * n} Ильич", "7а", "", "", "", "") for n in range(30)]
    school.open().import_list(write_csv(tmp_path / "a.csv", [HEADER, *many]), LATER)
    few = write_csv(tmp_path / "b.csv", [HEADER, *many[:5]])
    with pytest.raises(TooManyLossesError):
        school.open().import_list(few, LATER)
    assert school.open().import_list(few, LATER, accept_losses=True).renewal.left == 25


def test_f07_a_file_that_is_no_table_is_named(school: SmallSchool, tmp_path: Path) -> None:
    broken = tmp_path / "списки.xlsx"
    broken.write_bytes(b"not a workbook")
    with pytest.raises(ImportFileError, match="не читается как XLSX"):
        school.open().import_list(broken, LATER)
    with pytest.raises(ImportFileError, match="не открывается"):
        school.open().import_list(tmp_path / "нет.csv", LATER)


def test_f17_a_pupil_who_left_by_the_list_leaves_the_registry_on_that_day(
    school: SmallSchool, tmp_path: Path
) -> None:
    leaver = PUPILS[0]
    lines = [(*line[:6], date(2022, 10, 19)) if line[1] == leaver[0] else line for line in listed()]
    school.open().import_list(write_xlsx(tmp_path / "a.xlsx", lines), LATER)
    school.night(LATER)
    people = {row["Фамилия, имя, отчество"]: row for row in table(school.book().worksheet("Реестр")).values()}
    assert people[leaver[0]]["Участие"] == "выбыл"
    assert people[leaver[0]]["Дата выхода"] == "", "staff's cell stays empty"
    unpaired = [row["Фамилия, имя, отчество"] for row in table(school.book().worksheet("Без пары")).values()]
    assert leaver[0] in unpaired


def test_f07_paper_questionnaires_become_answers_once_and_wait_in_the_same_quarantine(
    school: SmallSchool, tmp_path: Path
) -> None:
    good, bad = paper("Орешкин Ян Ильич"), paper("Тополева Инна Львовна", school_class="66")
    file = write_csv(tmp_path / "бумага.csv", [PAPER, good, bad])

    first = school.open().import_answers(file, "application", LATER)

    assert (len(first.found.responses), first.found.known) == (2, 0)
    assert first.waiting == [(3, "такого класса в школе нет: «66»")]
    assert first.found.file.unknown == ("Цвет папки",)
    stored = table(school.book().worksheet("Ответы: анкета участника"))
    mine = [row for key, row in stored.items() if key.startswith("файл-")]
    assert {row["ФИО участника"] for row in mine} == {"Орешкин Ян Ильич", "Тополева Инна Львовна"}
    assert mine[0]["Нужна поддержка"] == "проект, олимпиада\nматематика"
    assert mine[0]["Получен впервые"] == "18.10.2022 12:00:00"
    asked = table(school.book().worksheet("Вопросы к данным"))
    (question,) = [key for key, row in asked.items() if "«66»" in row["Что не так"]]
    again = school.open().import_answers(file, "application", LATER)
    assert (again.found.known, again.report.writes) == (2, 0)
    renamed = write_csv(tmp_path / "другое имя.csv", [PAPER, bad, good])
    assert school.open().import_answers(renamed, "application", LATER).report.writes == 0
    sheet = school.book().worksheet("Вопросы к данным")
    place = sheet.col_values(1).index(question) + 1
    sheet.update_cell(place, school.column(sheet, "Исправленное значение"), "6 «Б»")
    school.night(LATER)
    people = [row["Фамилия, имя, отчество"] for row in table(school.book().worksheet("Реестр")).values()]
    assert {"Орешкин Ян Ильич", "Тополева Инна Львовна"} <= set(people)


def test_f07_a_corrected_line_comes_beside_the_first_and_never_over_it(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.open().import_answers(
        write_csv(tmp_path / "a.csv", [PAPER, paper("Орешкин Ян Ильич")]), "application", LATER
    )
    changed = paper("Орешкин Ян Ильич", school_class="6б", day="19.10.2022")
    school.open().import_answers(write_csv(tmp_path / "b.csv", [PAPER, changed]), "application", LATER)
    stored = table(school.book().worksheet("Ответы: анкета участника"))
    mine = [row for key, row in stored.items() if key.startswith("файл-")]
    assert sorted(row["Класс"] for row in mine) == ["6а", "6б"]
    people = [
        row
        for row in table(school.book().worksheet("Реестр")).values()
        if "Орешкин" in row["Фамилия, имя, отчество"]
    ]
    assert [row["Класс"] for row in people] == ["6 «Б»"]


def test_f05_a_weekly_sweep_leaves_answers_of_a_file_alone(school: SmallSchool, tmp_path: Path) -> None:
    school.open().import_answers(
        write_csv(tmp_path / "a.csv", [PAPER, paper("Орешкин Ян Ильич")]), "application", LATER
    )
    school.open().run("weekly", LATER)
    stored = table(school.book().worksheet("Ответы: анкета участника"))
    assert [row["Состояние"] for key, row in stored.items() if key.startswith("файл-")] == ["учтён"]


def test_f07_a_row_that_staff_deleted_does_not_come_back_with_the_file(
    school: SmallSchool, tmp_path: Path
) -> None:
    file = write_csv(tmp_path / "a.csv", [PAPER, paper("Орешкин Ян Ильич")])
    school.open().import_answers(file, "application", LATER)
    sheet = school.book().worksheet("Ответы: анкета участника")
    (key,) = [key for key in table(sheet) if key.startswith("файл-")]
    sheet.delete_rows(sheet.col_values(1).index(key) + 1)
    school.night(LATER)
    school.open().import_answers(file, "application", LATER)
    assert key not in table(school.book().worksheet("Ответы: анкета участника"))


def test_f07_the_file_of_another_form_is_refused(school: SmallSchool, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [("Дата", "Температура"), ("01.09.2022", "17")])
    with pytest.raises(ImportFileError, match="нет вопросов формы"):
        school.open().import_answers(file, "meeting", LATER)
    with pytest.raises(UnknownNameError, match="Нет формы «анкета»"):
        school.open().import_answers(file, "анкета", LATER)
    nameless = write_csv(tmp_path / "b.csv", [(PAPER[2], *PAPER[3:]), ("1", *paper("Орешкин Ян Ильич")[3:])])
    with pytest.raises(ImportFileError, match="нет колонок: «Фамилия, имя, отчество участника"):
        school.open().import_answers(nameless, "application", LATER)


@pytest.fixture
def coded(tmp_path: Path) -> Iterator[SmallSchool]:
    """A school whose forms ask for codes, with its list read."""
    made = SmallSchool(tmp_path / "school")
    config = made.directory / "config" / "school.yaml"
    config.write_text(config.read_text("utf-8").replace("identity: names", "identity: codes"), "utf-8")
    made.initialise()
    made.open().import_list(write_xlsx(tmp_path / "a.xlsx", listed()), date(2022, 9, 1))
    yield made
    made.close()


def test_f08_where_codes_are_given_out_no_name_reaches_the_workspace(coded: SmallSchool) -> None:
    people = coded.open().roster.people
    assert len({one.code for one in people}) == len(PUPILS)
    coded.everybody_answers_by_code()
    coded.night(date(2022, 9, 20))
    coded.everybody_consents()
    coded.night(date(2022, 10, 12))
    coded.approve_pairs_by_key()
    coded.night(LATER)

    registry = table(coded.book().worksheet("Реестр"))
    assert {row["Код"] for row in registry.values()} == {one.code for one in people}
    assert {row["Фамилия, имя, отчество"] for row in registry.values()} == set(registry)
    assert {row["Дата рождения"] for row in registry.values()} == {""}
    signers = {row["Чья подпись нужна"] for row in table(coded.book().worksheet("Согласия")).values()}
    assert "участник (14–17 лет)" in signers, "ages are known at the school and decide here too"
    orders = "".join(coded.visible_documents().values())
    assert any(one.code in orders for one in people)
    everything = "\n".join(coded.everything_stored())
    for one in people:
        surname, given, patronymic = one.name.split()
        for told in (one.name, f"{surname} {given}", f"{given} {patronymic}"):
            assert told not in everything
            assert json.dumps(told)[1:-1] not in everything
    assert people[0].code in everything, "the search looks where the answers are"
    assert "О закреплении" in everything, "the search looks where the documents are"


def test_f08_the_form_asks_for_nothing_that_names_anybody(coded: SmallSchool) -> None:
    form = coded.form(coded.form_ids()[QUESTIONNAIRE])
    asked = {item["title"] for item in form["items"] if "questionItem" in item}
    assert "Код участника, который выдала школа" in asked
    assert not [title for title in asked if "Фамилия" in title or "рождения" in title or "связаться" in title]


def test_f07_the_commands_take_the_list_and_the_answers_and_say_so(proposed: Path, tmp_path: Path) -> None:
    """Through the command line, on a copy that nobody else holds."""
    folder = tmp_path / "школа"
    shutil.copytree(proposed, folder)
    options = ["--config", str(folder / "config"), "--as-of", LATER.isoformat(), "--json"]

    def call(*words: str) -> Result:
        return CliRunner().invoke(cli, [*words, *options], prog_name="sheets-sync")

    roster = call("import", str(write_xlsx(tmp_path / "списки.xlsx", listed())), "--as", "roster")
    assert json.loads(roster.stdout)["people"] == len(PUPILS)
    answers = write_csv(tmp_path / "анкеты.csv", [PAPER, paper("Орешкин Ян Ильич")])
    taken = json.loads(call("import", str(answers), "--as", "application").stdout)
    assert (taken["answers"], taken["known"], taken["held"]) == (1, 0, [])
    assert json.loads(call("import", str(answers), "--as", "application").stdout)["report"]["writes"] == 0
    registry = call("registry", "--to", str(tmp_path / "реестр.csv"))
    assert json.loads(registry.stdout) == {"file": "реестр.csv", "as_of": LATER.isoformat(), "people": 0}
    broken = write_csv(tmp_path / "плохо.csv", [HEADER, ("", "Ветров Глеб Ильич", "77Я", "", "", "", "")])
    refused = call("import", str(broken), "--as", "roster")
    assert refused.exit_code == 4 and "строка 2" in refused.stderr
    assert call("badges", "--to", str(tmp_path / "бейджи.txt")).exit_code == 2
