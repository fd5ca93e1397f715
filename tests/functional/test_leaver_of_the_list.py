"""A mentor who left by the school's list: the pairs end, only their mentees move, the papers are drafted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.functional.conftest import LATER, OCTOBER
from tests.functional.test_imports import HEADER, write_xlsx
from tests.functional.test_nights import pairs_of, table
from tests.small_school import ORDERS, PUPILS, SmallSchool

NEXT, AFTER = date(2022, 10, 25), date(2022, 10, 26)
LEFT = "24.10.2022"
ENDING, CHANGE = "приказ о прекращении пары", "приказ об изменении"


def the_list(file: Path, gone: str = "") -> Path:
    people = [
        ("", name, school_class, date.fromisoformat(born), "", "", LEFT if name == gone else "")
        for name, born, school_class, *_ in PUPILS
    ]
    return write_xlsx(file, [HEADER, *people])


def register_the_order(school: SmallSchool) -> None:
    sheet = school.book().worksheet("Документы")
    place = sheet.col_values(school.column(sheet, "Вид")).index("приказ о закреплении пар") + 1
    for title, value in (("№", "7-о"), ("Дата", "21.10.2022"), ("Состояние", "зарегистрирован")):
        sheet.update_cell(place, school.column(sheet, title), value)


def test_f24_a_mentor_who_left_by_the_list_ends_the_pairs_and_an_order_on_it_is_drafted(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.draft_only((*ORDERS, ENDING, CHANGE))
    school.open().import_list(the_list(tmp_path / "сентябрь.xlsx"), date(2022, 9, 1))
    school.approve_pairs()
    school.night(OCTOBER)
    school.night(LATER)
    register_the_order(school)
    school.night(date(2022, 10, 23))
    before = pairs_of(school)
    assert {row["Состояние"] for row in before.values()} == {"действует"}
    pupils = [row for row in before.values() if row["Форма наставничества"] == "ученик–ученик"]
    code, name = pupils[0]["Код наставника"], pupils[0]["Наставник"]

    told = school.open().import_list(the_list(tmp_path / "октябрь.xlsx", gone=name), NEXT)
    assert told.renewal.left == 1
    school.night(NEXT)

    after = pairs_of(school)
    ended = {key for key, row in before.items() if row["Код наставника"] == code}
    for key in ended:
        assert (after[key]["Состояние"], after[key]["Состояние с"]) == ("прекращена", LEFT)
        assert after[key]["Основание"] == "наставник вышел из программы: выбыл по спискам школы"
    others = before.keys() - ended
    unmoved = ("Код наставника", "Код наставляемого", "Состояние", "Состояние с")
    assert {key: [after[key][title] for title in unmoved] for key in others} == {
        key: [before[key][title] for title in unmoved] for key in others
    }
    left_alone = {before[key]["Код наставляемого"] for key in ended}
    proposed = {key: row for key, row in after.items() if key not in before}
    assert {row["Код наставляемого"] for row in proposed.values()} <= left_alone
    waiting = table(school.book().worksheet("Без пары"))
    for mentee in left_alone - {row["Код наставляемого"] for row in proposed.values()}:
        assert waiting[f"{mentee} наставляемый"]["Состояние"] == "ждёт пары"
    registry = table(school.book().worksheet("Реестр"))
    assert f"{LEFT} — выбыл, выбыл по спискам школы" in registry[code]["История"].splitlines()

    papers = {row["Вид"]: row for row in table(school.book().worksheet("Документы")).values()}
    assert ENDING in papers
    (order,) = [
        text for title, text in school.visible_documents().items() if "прекращени" in title.casefold()
    ]
    for key in ended:
        assert key in order
    assert LEFT in order and "7-о" in order
    assert not [key for key in others if key in order]
    assert school.night(AFTER).writes == 0


def test_f24_a_date_of_leaving_taken_back_in_the_list_brings_the_pair_back(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.open().import_list(the_list(tmp_path / "сентябрь.xlsx"), date(2022, 9, 1))
    school.approve_pairs()
    school.night(LATER)
    before = pairs_of(school)
    row = next(row for row in before.values() if row["Форма наставничества"] == "ученик–ученик")
    school.open().import_list(the_list(tmp_path / "ошибка.xlsx", gone=row["Наставник"]), NEXT)
    school.night(NEXT)
    states = {key: one["Состояние"] for key, one in pairs_of(school).items()}
    assert "прекращена" in states.values()

    school.open().import_list(the_list(tmp_path / "верно.xlsx"), AFTER)
    school.night(AFTER)

    after = pairs_of(school)
    assert {key: after[key]["Состояние"] for key in before} == {
        key: one["Состояние"] for key, one in before.items()
    }
