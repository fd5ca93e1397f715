"""Who is who, what the curator says of it, and what a consent is worth: through forms, sheets and nights."""

from __future__ import annotations

from datetime import date

from tests.functional.test_nights import pairs_of, table
from tests.functional.test_pairs import code_of
from tests.small_school import PUPILS, SmallSchool

NIGHTS = [date(2022, 10, day) for day in range(14, 30)]
NAME, TYPO = "Ярцева Инна Олеговна", "Ярцева Инна Олеговона"


def people(school: SmallSchool, *words: str) -> dict[str, dict[str, str]]:
    rows = table(school.book().worksheet("Реестр")).items()
    return {key: row for key, row in rows if any(word in row["Фамилия, имя, отчество"] for word in words)}


def alike(school: SmallSchool) -> dict[str, dict[str, str]]:
    rows = table(school.book().worksheet("Вопросы к данным")).items()
    return {key: row for key, row in rows if key.startswith("похожие")}


def decide(school: SmallSchool, key: str, answer: str) -> None:
    sheet = school.book().worksheet("Вопросы к данным")
    sheet.update_cell(sheet.col_values(1).index(key) + 1, school.column(sheet, "Решение"), answer)


def test_f11_a_likeness_is_asked_once_a_yes_merges_and_a_no_undoes_it_for_good(school: SmallSchool) -> None:
    for name in (NAME, TYPO):
        school.apply(name, born="2010-10-10", school_class="7 «А»")
    school.night(NIGHTS[0])
    ((key, row),) = alike(school).items()
    assert row["Состояние"] == "открыт"
    codes = sorted(people(school, "Ярцева"))
    assert len(codes) == 2

    decide(school, key, "да")
    school.night(NIGHTS[1])
    states = {code: one["Участие"] for code, one in people(school, "Ярцева").items()}
    assert states == {codes[0]: "кандидат", codes[1]: f"объединён с {codes[0]}"}

    decide(school, key, "нет")
    school.night(NIGHTS[2])
    states = {code: one["Участие"] for code, one in people(school, "Ярцева").items()}
    assert states == dict.fromkeys(codes, "кандидат"), "the old code is given back"

    sheet = school.book().worksheet("Вопросы к данным")
    sheet.delete_rows(sheet.col_values(1).index(key) + 1)
    school.night(NIGHTS[3])
    assert not [one for one in alike(school).values() if one["Состояние"] == "открыт"], "never asked twice"
    assert len(people(school, "Ярцева")) == 2
    assert school.night(NIGHTS[3]).writes == 0


def test_f11_a_wrong_automatic_merge_is_undone_by_a_tick(school: SmallSchool) -> None:
    for school_class in ("7 «А»", "7 «Б»"):
        school.apply(NAME, born="2010-10-10", school_class=school_class)
    school.night(NIGHTS[0])
    (code,) = people(school, "Ярцева")
    sheet = school.book().worksheet("Реестр")
    place = sheet.col_values(1).index(code) + 1
    sheet.update_cell(place, school.column(sheet, "Разъединить анкеты"), True)
    school.night(NIGHTS[1])
    apart = people(school, "Ярцева")
    assert len(apart) == 2 and code in apart
    assert {row["Класс"] for row in apart.values()} == {"7 «А»", "7 «Б»"}


def test_f17_a_mentor_who_is_also_a_mentee_and_changes_class_stands_once_with_the_history(
    school: SmallSchool,
) -> None:
    name = "Яблокова Зоя Петровна"
    school.apply(name, born="2008-10-10", school_class="9 «А»", direction="подготовка к экзаменам")
    school.night(NIGHTS[0])
    school.apply(name, born="2008-10-10", school_class="9 «Б»", role="наставником", direction="математика")
    school.night(NIGHTS[1])
    school.everybody_consents()
    school.night(NIGHTS[2])
    ((code, row),) = people(school, "Яблокова").items()
    assert (row["Роль"], row["Класс"]) == ("наставляемый, наставник", "9 «Б»")
    assert "15.10.2022 — класс 9 «Б»" in row["История"].splitlines()
    own = [
        one for one in pairs_of(school).values() if code in (one["Код наставника"], one["Код наставляемого"])
    ]
    couples = {(one["Код наставника"], one["Код наставляемого"]) for one in own}
    assert not {(mentee, mentor) for mentor, mentee in couples} & couples, "no mutual pair"
    assert all(mentor != mentee for mentor, mentee in couples)


def test_f15_an_expired_a_withdrawn_and_a_wrongly_signed_consent_close_the_gate_and_say_so(
    school: SmallSchool,
) -> None:
    living = [row for row in pairs_of(school).values() if row["Состояние"] == "предложена"]
    names = {name for name, *_ in PUPILS}
    mentees = [row["Наставляемый"] for row in living if row["Наставляемый"] in names][:3]
    sheet = school.book().worksheet("Согласия")
    place = {
        text: number
        for number, (text, signer) in enumerate(
            zip(sheet.col_values(3), sheet.col_values(5), strict=False), 1
        )
        if signer == "законный представитель"
    }
    for name, title, value in (
        (mentees[0], "Действует до", "15.10.2022"),
        (mentees[1], "Отозвано (дата)", "16.10.2022"),
        (mentees[2], "Подписал", mentees[2]),
    ):
        sheet.update_cell(place[name], school.column(sheet, title), value)

    school.night(NIGHTS[6])

    shown = {row["Фамилия, имя, отчество"]: row["Согласие"] for row in people(school, *mentees).values()}
    who = " (законный представитель)"
    assert shown == {
        mentees[0]: f"срок согласия вышел 15.10.2022{who}",
        mentees[1]: f"согласие отозвано 16.10.2022{who}",
        mentees[2]: f"подписал сам ребёнок{who}",
    }
    for name in mentees:
        mine = [row for row in pairs_of(school).values() if row["Код наставляемого"] == code_of(school, name)]
        assert {row["Состояние"] for row in mine} == {"снята"}
        assert {row["Наставляемый"] for row in mine} == {"(нет согласия)"}
    said = [row["Что не так"] for row in table(school.book().worksheet("Вопросы к данным")).values()]
    assert "согласие не действует: подписал сам ребёнок" in said
