"""An answer edited through the form's page after everything was decided on it: what it makes stale."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.functional.test_nights import pairs_of, table
from tests.small_school import ORDERS, QUESTIONNAIRE, SmallSchool

NAME, TYPO = "Ярцева Инна Олеговна", "Ярцева Инна Олегована"
REPORT = "Отчёт о встрече"
PLANS = "приказ об утверждении индивидуальных планов"


def register(school: SmallSchool, kind: str, number: str, on: str) -> None:
    sheet = school.book().worksheet("Документы")
    place = sheet.col_values(school.column(sheet, "Вид")).index(kind) + 1
    for title, value in (("№", number), ("Дата", on), ("Состояние", "зарегистрирован")):
        sheet.update_cell(place, school.column(sheet, title), value)


def questions(school: SmallSchool) -> dict[str, dict[str, str]]:
    found = table(school.book().worksheet("Вопросы к данным"))
    return {key: row for key, row in found.items() if key.startswith(("правка/", "pairs/"))}


@pytest.fixture
def decided(school: SmallSchool) -> tuple[SmallSchool, str, str, str]:
    """A school in which a girl's pair is in force by an order and her plan approved by another; the links of
    her questionnaire and of the report with the plan; the pair's code.
    """
    school.draft_only((*ORDERS, "приказ об изменении"))
    school.allow_editing(QUESTIONNAIRE)
    school.allow_editing(REPORT)
    link = school.apply(TYPO, born="2010-10-10", school_class="7 «А»", direction="математика")
    school.night(date(2022, 10, 14))
    school.everybody_consents()
    school.night(date(2022, 10, 15))
    school.approve_pairs_by_key()
    school.night(date(2022, 10, 16))
    register(school, "приказ о закреплении пар", "7-о", "17.10.2022")
    school.night(date(2022, 10, 17))
    (pair,) = [key for key, row in pairs_of(school).items() if row["Наставляемый"] == TYPO]
    report = school.submit(
        REPORT,
        {
            "Номер пары или группы": pair,
            "Дата встречи": "2022-10-17",
            "Какая это встреча?": "планирование",
            "Как прошла?": "очно",
            "Все ли были?": "все",
            "Цель, о которой договорились": "перейти на четыре",
            "Пункты плана: каждый с новой строки, в конце срок ДД.ММ (до 10 пунктов)": "решать по пять задач",
        },
    )
    school.night(date(2022, 10, 18))
    register(school, PLANS, "9-о", "19.10.2022")
    school.night(date(2022, 10, 19))
    assert questions(school) == {}
    school.now = datetime(2022, 10, 20, 9, 0, tzinfo=UTC)
    return school, link, report, pair


def test_f04_one_question_lists_pair_plan_consent_and_document_of_an_edited_questionnaire(
    decided: tuple[SmallSchool, str, str, str],
) -> None:
    school, link, _, pair = decided
    code = pairs_of(school)[pair]["Код наставляемого"]
    school.apply(NAME, born="2010-10-10", school_class="7 «А»", direction="творчество, спорт", edit=link)

    school.night(date(2022, 10, 21))

    asked = questions(school)
    ((key, row),) = asked.items()
    text = row["Что не так"]
    assert text.startswith(f"{code}: ответ изменён 20.10.2022 — «ФИО участника», ")
    for part in (
        f"пара {pair} (действует): больше нет — запрос «математика»",
        f"индивидуальный план пары {pair}: составлен до правки",
        "согласие (обработка, законный представитель) подписано 10.09.2022, до правки",
        f"приказ о закреплении пар № 7-о от 17.10.2022: строка пары {pair} уже не та",
    ):
        assert part in text.replace("\N{NO-BREAK SPACE}", " "), text
    assert "Ярцева" not in text
    assert school.night(date(2022, 10, 21)).writes == 0

    sheet = school.book().worksheet("Вопросы к данным")
    place = sheet.col_values(1).index(key) + 1
    sheet.update_cell(place, school.column(sheet, "Решение"), "да")
    school.night(date(2022, 10, 22))
    assert questions(school)[key]["Состояние"] == "решён"
    assert set(questions(school)) == {key}, "what was answered is not asked in other words"


def test_f04_a_plan_edited_after_its_order_is_listed_with_the_order(
    decided: tuple[SmallSchool, str, str, str],
) -> None:
    school, _, report, pair = decided
    school.submit(
        REPORT,
        {
            "Номер пары или группы": pair,
            "Дата встречи": "2022-10-17",
            "Какая это встреча?": "планирование",
            "Как прошла?": "очно",
            "Все ли были?": "все",
            "Цель, о которой договорились": "перейти на пять",
            "Пункты плана: каждый с новой строки, в конце срок ДД.ММ (до 10 пунктов)": "решать по пять задач",
        },
        report,
    )
    school.night(date(2022, 10, 21))
    (row,) = questions(school).values()
    text = row["Что не так"].replace("\N{NO-BREAK SPACE}", " ")
    assert "«Цель»" in text
    assert text.endswith(f"план пары {pair} утверждён до правки: {PLANS} № 9-о от 19.10.2022")


def test_f04_an_edit_that_spoils_nothing_asks_nothing(decided: tuple[SmallSchool, str, str, str]) -> None:
    school, link, _, _ = decided
    school.apply(
        TYPO, born="2010-10-10", school_class="7 «А»", direction="математика", contact="8 900 3", edit=link
    )
    school.night(date(2022, 10, 21))
    assert questions(school) == {}
