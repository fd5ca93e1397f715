"""What people change in a registered document, as the curator hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.functional.conftest import LATER
from tests.functional.test_documents import NEXT, edit, order_of, register, replaced
from tests.functional.test_nights import table
from tests.small_school import SmallSchool

SAID = "documents/Д-019/text"


@pytest.fixture
def signed(school: SmallSchool) -> str:
    """An order on pairs is registered and stamped; returns its document."""
    school.approve_pairs()
    school.night(LATER)
    register(school, "45/2-р", "20.10.2022")
    school.night(NEXT)
    return order_of(school)[1]


def renumber(school: SmallSchool, document: str, old: str, new: str) -> None:
    """Somebody changes the number in the text, at a minute of its own."""
    school.now += timedelta(minutes=int(new))
    replaced(school, document, f"№\u00a0{old}/2-р", f"№\u00a0{new}/2-р")


def news(school: SmallSchool, newcomer: str) -> dict[str, str]:
    """Run a night that has something to write, and return what the questions say of the document's text."""
    school.apply(newcomer, born="2011-03-03", school_class="6 «Б»", role="наставляемым")
    assert school.night(NEXT).writes
    questions = table(school.book().worksheet("Вопросы к данным"))
    return {key: row["Состояние"] for key, row in questions.items() if key == SAID}


@pytest.mark.feature("F41")
def test_f41_a_change_of_a_registered_text_is_told_and_taking_it_back_settles_it(
    school: SmallSchool, signed: str
) -> None:
    assert news(school, "Яркина Нина Глебовна") == {}

    renumber(school, signed, "45", "46")
    quiet = school.night(NEXT)
    assert (quiet.writes, quiet.requests.drive, quiet.requests.docs) == (0, 0, 0)
    assert news(school, "Юдина Аглая Тимуровна") == {SAID: "открыт"}
    told = table(school.book().worksheet("Вопросы к данным"))[SAID]["Что не так"]
    assert told.startswith(
        "Документ Д-019 «О закреплении наставнических пар и групп» №\u00a045/2-р зарегистр"
    )
    assert school.night(NEXT).writes == 0

    renumber(school, signed, "46", "45")
    assert news(school, "Якимова Анна Львовна") == {SAID: "решён"}


@pytest.mark.feature("F41")
def test_f41_a_new_look_of_a_registered_document_and_a_quiet_week_say_nothing(
    school: SmallSchool, signed: str
) -> None:
    bold: dict[str, Any] = {
        "updateTextStyle": {
            "range": {"startIndex": 1, "endIndex": 9},
            "textStyle": {"bold": True},
            "fields": "bold",
        }
    }
    school.now += timedelta(minutes=1)
    edit(school, signed, bold)

    week = school.open().run("weekly", NEXT)

    assert week.writes == 0
    assert week.requests.docs == 1  # the text of the one that changed
    assert news(school, "Яркина Нина Глебовна") == {}


@pytest.mark.feature("F41")
def test_f41_the_weekly_look_finds_a_change_in_a_week_without_news(school: SmallSchool, signed: str) -> None:
    renumber(school, signed, "45", "46")

    assert school.open().run("weekly", NEXT).writes == 1
    assert SAID in table(school.book().worksheet("Вопросы к данным"))
