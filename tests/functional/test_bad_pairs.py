"""What a curator and respondents may write about pairs that makes no sense: each is told, nobody is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.functional.test_imports import PAPER, paper, write_csv
from tests.functional.test_nights import pairs_of, table
from tests.functional.test_pairs import code_of, set_parameter, type_pair
from tests.small_school import PUPILS, SmallSchool

LATER, NEXT = date(2022, 10, 20), date(2022, 10, 22)
NETWORKING = "После общей встречи"
PEERS = "ученик–ученик"


def said(school: SmallSchool) -> list[str]:
    return [row["Что не так"] for row in table(school.book().worksheet("Вопросы к данным")).values()]


def state(school: SmallSchool, line: str) -> str:
    return table(school.book().worksheet("Состояние"))[line]["Значение"]


def accounted_for(school: SmallSchool) -> set[str]:
    """Everybody who stands in a living pair or among those without one."""
    living = {"предложена", "утверждена", "действует", "приостановлена"}
    paired = [row for row in pairs_of(school).values() if row["Состояние"] in living]
    left = {key.split()[0] for key in table(school.book().worksheet("Без пары"))}
    return left | {row[title] for row in paired for title in ("Код наставника", "Код наставляемого")}


@pytest.fixture(autouse=True)
def nobody_is_lost(school: SmallSchool) -> object:
    """After every night of these tests each participant is in a pair or listed without one."""
    yield
    assert set(table(school.book().worksheet("Реестр"))) <= accounted_for(school)
    assert school.night(school.now.date()).writes == 0


def test_f22_a_pair_fixed_and_forbidden_at_once_is_a_question(school: SmallSchool) -> None:
    mentor, mentee = code_of(school, "Климова Ульяна Сергеевна"), code_of(school, "Лугова Вера Романовна")
    type_pair(school, mentor=mentor, mentee=mentee, decision="закрепить")
    type_pair(school, mentor=mentor, mentee=mentee, decision="запретить")
    school.night(LATER)
    (made,) = [
        key for key, row in pairs_of(school).items() if row["Код наставника"] == mentor and row["Решение"]
    ]
    contradiction = f"эта пара уже стоит строкой {made} с решением «закрепить», а здесь — «запретить»"
    assert any(text.startswith(contradiction) for text in said(school))


def test_f22_more_fixed_pairs_than_places_are_kept_and_named(school: SmallSchool) -> None:
    mentor = code_of(school, "Климова Ульяна Сергеевна")
    names = ("Лугова Вера Романовна", "Гречихин Олег Маратович", "Кротов Марк Денисович")
    mentees = [code_of(school, name) for name in names]
    for mentee in mentees:
        type_pair(school, mentor=mentor, mentee=mentee, decision="закрепить")
    school.night(LATER)
    assert any(
        f"за наставником {mentor} закреплено 3" in text and "а мест 2" in text for text in said(school)
    )
    fixed = [row for row in pairs_of(school).values() if row["Код наставника"] == mentor and row["Решение"]]
    assert {row["Код наставляемого"] for row in fixed} == set(mentees), "a violation by hand is not deleted"


def test_f22_an_unknown_name_or_code_in_a_typed_row_is_asked_about(school: SmallSchool) -> None:
    mentor = code_of(school, "Климова Ульяна Сергеевна")
    type_pair(school, mentor=mentor, mentee="У-999", decision="закрепить")
    type_pair(school, mentor="Никто Нигде Никогда", mentee=mentor, decision="утвердить")
    school.night(LATER)
    assert any("код наставляемого: «У-999» — такого участника нет" in text for text in said(school))
    assert any(
        "код наставника: «Никто Нигде Никогда» — такого участника нет" in text for text in said(school)
    )


def test_f21_an_unknown_word_in_the_decision_cell_is_asked_about(school: SmallSchool) -> None:
    key = min(pairs_of(school))
    sheet = school.book().worksheet("Пары")
    place = sheet.col_values(1).index(key) + 1
    sheet.update_cell(place, school.column(sheet, "Решение"), "наверное")
    school.night(LATER)
    assert any("Решение «наверное» непонятно" in text for text in said(school))
    assert pairs_of(school)[key]["Состояние"] == "предложена"


def test_f18_a_preference_for_oneself_a_stranger_and_somebody_without_consent_are_noted(
    school: SmallSchool,
) -> None:
    mentee, gated = code_of(school, PUPILS[0][0]), code_of(school, "Ручьёва Дарья Павловна")
    consents = school.book().worksheet("Согласия")
    mine = [n for n, code in enumerate(consents.col_values(2), 1) if code == gated]
    school.type_down("Согласия", "Отозвано (дата)", "12.10.2022", mine)
    school.submit(
        NETWORKING,
        {
            "Номер с вашего бейджа": mentee,
            "Вы сегодня": "наставляемый",
            "Первый выбор: номер бейджа человека, с которым хотели бы работать": mentee,
            "Второй выбор: номер бейджа": gated,
            "Третий выбор: номер бейджа": "У-998",
            "Какую форму предпочитаете?": "всё равно",
        },
    )
    school.night(LATER)
    told = said(school)
    assert any("участник назвал самого себя" in text for text in told)
    assert any(f"{gated} назван после встречи ({mentee}), но пока не может быть в паре" in t for t in told)
    assert any("У-998" in text for text in told)


@pytest.mark.parametrize(("typed", "shown"), [("0", "число наставляемых 0"), ("-2", "число наставляемых -2")])
def test_f22_a_mentor_without_places_is_asked_about_and_listed(
    school: SmallSchool, tmp_path: Path, typed: str, shown: str
) -> None:
    header = (*PAPER[:9], "Готов помогать", "Когда удобно", "Сколько наставляемых")
    line = paper("Орешкин Ян Ильич", born="12.04.2007", school_class="10а")
    line = (*line[:8], "наставником", "математика", line[10], typed)
    school.open().import_answers(write_csv(tmp_path / "a.csv", [header, line]), "application", LATER)
    code = code_of(school, "Орешкин Ян Ильич")
    school.type_down("Согласия", "Подписано (дата)", "10.09.2022")
    school.night(LATER)
    assert any(f"у наставника {code} {shown}: нужно от 1" in text for text in said(school))
    waiting = table(school.book().worksheet("Без пары"))
    assert "сколько наставляемых готов взять" in waiting[f"{code} наставник"]["Почему"]


def test_f18_nobody_on_one_side_is_told_to_every_mentee(school: SmallSchool) -> None:
    registry = school.book().worksheet("Реестр")
    for number, roles in enumerate(registry.col_values(school.column(registry, "Роль")), 1):
        if roles == "наставник":
            registry.update_cell(number, school.column(registry, "Не участвует"), True)
    school.night(LATER)
    assert {row["Состояние"] for row in pairs_of(school).values()} == {"снята"}
    waiting = table(school.book().worksheet("Без пары"))
    mentees = [row for key, row in waiting.items() if key.endswith("наставляемый")]
    assert len(mentees) == 11 and all(row["Почему"] for row in mentees)
    assert state(school, "Пары: лучше ли можно") == "подбирать некого"


def test_f18_with_no_criterion_of_any_weight_everybody_is_still_paired_once(school: SmallSchool) -> None:
    before = len([row for row in pairs_of(school).values() if row["Состояние"] == "предложена"])
    for name in (
        "запросы и ресурсы", "выбор после общей встречи", "общее время", "с кем хотелось бы работать",
        "очно или онлайн", "разница в классах", "один на один или в группе",
    ):  # fmt: skip
        set_parameter(school, f"Пары: {name}", "не учитывать")
    set_parameter(school, "Пары: наименьший балл пары", "0")
    school.night(LATER)
    proposed = [row for row in pairs_of(school).values() if row["Состояние"] == "предложена"]
    assert len(proposed) >= before and {row["Баллы"] for row in proposed} == {"0"}
    mentees = [row["Код наставляемого"] for row in proposed]
    assert len(mentees) == len(set(mentees))
