"""The demo's year: what it promises, counted independently of the product."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.bootstrap import open_on, play_demo
from sheets_sync.emulator.core import Emulator
from sheets_sync.files.report_page import report_page
from sheets_sync.settings import copy_defaults, load_settings
from tests.functional.played import Year
from tests.functional.recount import monitoring
from tests.functional.recount.counting import NAME, Given, codes, consented, people
from tests.functional.recount.reading import read_given

END = date(2022, 12, 24)
RENAMED = "Явка (встреча и игра)"


def given(year: Year) -> Given:
    """Read answers from the Forms service and sheets as shown, with plain clients."""
    return read_given(year.school, END)


def test_f50_the_year_to_october_makes_an_order_and_reads_every_form(october: Year) -> None:
    report = october.json

    assert report["roadmap"]["total"] == 32
    assert set(report["responses"]) == {"application", "networking", "meeting", "diagnostic", "event"}
    assert report["writes"] > 0
    assert report["documents"]["created"] >= 1
    assert [name for name in october.school.visible_documents() if name.startswith("О закреплении")] == [
        "О закреплении наставнических пар и групп (проект Д-202)"
    ]


def test_f48_the_same_night_again_writes_nothing_and_asks_forms_plus_one(october: Year) -> None:
    before = october.school.emulator.last_request()

    report = october.school.night(date(2022, 10, 25))

    assert report.writes == 0
    assert all(count.new == 0 and count.edited == 0 for count in report.responses.values())
    assert dict(october.school.emulator.requests(since=before)) == {
        "forms.forms.responses.list": 5,
        "sheets.spreadsheets.get": 1,
    }


def test_f33_at_least_28_measures_have_numbers_and_five_states_occur(december: Year) -> None:
    report = december.json

    measures = {
        name.split(".")[0] for name, figure in report["indicators"].items() if figure["numerator"] is not None
    }
    assert len(measures) >= 28
    assert len(report["roadmap"]["by_status"]) >= 5
    assert sum(report["roadmap"]["by_status"].values()) == 32


def test_f27_before_and_after_equal_an_independent_recount(december: Year) -> None:
    known = given(december)
    counted = monitoring.before_and_after(known)
    table = known.sheet("Диагностика").set_index("№")
    columns = ["Человек", "Среднее до", "Среднее после", "Медиана до", "Медиана после"]
    columns += ["Лучше", "Так же", "Хуже"]

    shown = {}
    for group, number in counted:
        row = table.loc[f"2022-4/{number}" if group == "все" else f"2022-4/{group}/{number}"]
        shown[group, number] = tuple(float(str(row[name]).replace(",", ".")) for name in columns)
    assert shown == counted
    assert {group for group, _ in counted} == {"все", "наставляемый", "наставник"}


def test_f28_the_official_figures_equal_an_independent_recount(december: Year) -> None:
    known = given(december)
    table = known.sheet("Мониторинг").set_index("Код")

    counted = monitoring.official(known)
    shown = {
        name: (int(str(table.loc[f"{name}/date", "Есть"])), int(str(table.loc[f"{name}/date", "Из"])))
        for name in counted
    }
    assert shown == counted


def test_f38_the_form_equals_an_independent_recount(december: Year) -> None:
    known = given(december)
    table = known.sheet("ФСН").set_index("Строка")

    counted = monitoring.federal(known)
    assert {row: int(str(table.loc[f"строка {row}", "Число"])) for row in counted} == counted


def test_f56_the_page_for_everybody_names_nobody(december: Year) -> None:
    known = given(december)
    page = report_page(december.school.open().public_report(END))

    registry = known.sheet("Реестр")
    words = {word for name in registry["Фамилия, имя, отчество"] for word in name.split() if len(word) > 3}
    words |= {word for name in registry["Законный представитель"] for word in name.split() if len(word) > 3}
    # Invented surnames may be the beginning of an ordinary word: only whole words count.
    shown = set(re.findall(r"[А-ЯЁ][а-яё]+", page))
    assert words & shown == set()
    assert re.findall(r"[УП]-\d", page) == []
    coverage = known.sheet("Сводка").set_index("Код").loc["M01.pupils", "Сейчас"]
    assert str(coverage) in page


def test_f27_open_answers_that_name_somebody_stay_out_of_the_swot(december: Year) -> None:
    table = given(december).sheet("SWOT")

    written = "\n".join(table["Что написали"])
    assert "новые друзья из старших классов" in written
    assert "Марии" not in written
    assert "Тимур" not in written
    assert "их может быть назван человек" in written.replace("\u00a0", " ")


def test_f03_every_submitted_answer_stands_in_the_sheets_exactly_once(december: Year) -> None:
    everything = given(december)
    submitted = sorted(number for frame in everything.answers.values() for number in frame["id"])
    stored = sorted(
        number
        for title, frame in everything.sheets.items()
        if title.startswith("Ответы")
        for number in frame["Ответ"]
    )

    assert stored == submitted
    assert len(submitted) > 450


def test_f10_what_cannot_be_used_waits_in_the_questions(december: Year) -> None:
    questions = given(december).sheet("Вопросы к данным")

    held = questions[(questions["Вид"] == "карантин") & (questions["Состояние"] != "решён")]
    assert len(held) == sum(count["quarantined"] for count in december.json["responses"].values())


def test_f10_a_class_spelt_in_three_ways_is_read_or_waits_until_the_curator_corrects_it(
    december: Year,
) -> None:
    everything = given(december)
    stored = everything.sheet("Ответы: анкета участника")
    asked = everything.sheet("Вопросы к данным")

    odd = stored[(stored["Класс"] != "") & ~stored["Класс"].str.contains("«")]
    registry = everything.sheet("Реестр").set_index("Код")["Класс"]
    read = {spelt: registry[code] for spelt, code in zip(odd["Класс"], odd["Код участника"], strict=True)}
    word = next(spelt for spelt in read if not spelt[0].isdigit())
    assert [spelt for spelt in read if re.fullmatch(r"\d+[абв]", spelt)]
    assert [spelt for spelt in read if re.fullmatch(r"\d+-[A-ZА-Я]", spelt)]
    for spelt in set(read) - {word}:
        assert read[spelt].split()[0] == re.match(r"\d+", spelt)[0]  # type: ignore[index]
    question = asked[asked["Что не так"].str.contains(word)].iloc[0]
    assert question["Состояние"] == "решён"
    assert read[word] == question["Исправленное значение"]


def test_f45_what_staff_rearranged_still_stands_after_the_next_nights(december: Year) -> None:
    everything = given(december)
    pairs = everything.sheet("Пары")
    raw = december.school.book().worksheet("Пары").get_all_values()

    assert "Телефон" in raw[0]
    phones = [row[raw[0].index("Телефон")] for row in raw[1:] if row[raw[0].index("Телефон")]]
    assert phones == [f"кабинет {number}" for number in range(1, len(phones) + 1)]
    assert ["", "ниже — пары, о которых спросить на совещании"] in [row[:2] for row in raw]
    assert RENAMED in everything.sheets
    above = pairs["Наставник"].tolist()[:40]
    kept = [name for name in above if name != "(нет согласия)"]
    assert kept == sorted(kept, key=str.lower)


def test_f46_the_points_typed_over_are_kept_and_listed(december: Year) -> None:
    everything = given(december)
    differences = everything.sheet("Расхождения")

    typed = differences[(differences["Лист"] == "Пары") & (differences["Колонка"] == "Баллы")]
    assert typed["Стоит в ячейке"].tolist() == ["1000"]
    code = typed["Строка"].iloc[0]
    pairs = everything.sheet("Пары").set_index("Пара")
    assert pairs.loc[code, "Баллы"] == "1000"


@pytest.mark.parametrize(
    ("heading", "drafted"),
    [("О закреплении", date(2022, 10, 25)), ("Об утверждении", date(2022, 11, 16))],
)
def test_f15_an_order_names_only_people_whose_consent_was_valid_when_it_was_drafted(
    december: Year, heading: str, drafted: date
) -> None:
    everything = replace(given(december), as_of=drafted)
    persons = codes(everything, people(everything))
    refused = persons[~persons["Код"].isin(consented(everything, persons))]

    text = next(
        text for name, text in december.school.visible_documents().items() if name.startswith(heading)
    )
    assert len(refused) > 0
    assert [name for name in refused[NAME] if name in text] == []


def test_f50_one_seed_is_one_school(october: Year, tmp_path: Path) -> None:
    copy_defaults(tmp_path)
    settings = load_settings(tmp_path / "config")

    again = play_demo(settings, tmp_path, date(2022, 10, 25), 600, 1, lambda *said: None)

    first, second = october.json, json.loads(json.dumps(again.report.to_json()))
    assert {**first, "seconds": 0} == {**second, "seconds": 0}


@pytest.mark.parametrize("as_of", [date(2022, 9, 12), date(2022, 11, 10), date(2023, 1, 15)])
def test_f50_the_play_ends_with_a_night_on_the_date_that_was_asked_for(tmp_path: Path, as_of: date) -> None:
    copy_defaults(tmp_path)
    settings = load_settings(tmp_path / "config")

    report = play_demo(settings, tmp_path, as_of, 20, 1, lambda *said: None).report

    assert report.as_of == as_of
    assert report.roadmap.total == 32


def test_the_played_school_opens_with_the_program_again(october: Year) -> None:
    emulator = Emulator(october.school.database, clock=lambda: october.school.now)
    settings = load_settings(october.school.directory / "config")
    status = open_on(emulator, settings, lambda: october.school.now).status(date(2022, 10, 25))
    emulator.close()

    assert "25.10.2022" in status.standing.last_line
    assert status.standing.news is False
    assert {one.group for one in status.standing.coverage} >= {"Обучающиеся", "Педагоги"}
