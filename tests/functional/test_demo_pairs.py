"""The reasons in the played school's «Пары» and «Без пары»: true of these two, and rarely alike."""

from __future__ import annotations

import re

import pytest

from tests.functional.played import Year
from tests.functional.test_nights import table

MET = re.compile(r"Наставник готов помочь(?:, весь запрос)?: ((?:«[^»]+»(?:, )?)+)")


@pytest.fixture(scope="module")
def sheets(december: Year) -> dict[str, dict[str, dict[str, str]]]:
    book = december.school.book()
    return {name: table(book.worksheet(name)) for name in ("Пары", "Без пары", "Реестр")}


def test_f19_every_pair_has_a_reason_of_its_own(sheets: dict[str, dict[str, dict[str, str]]]) -> None:
    reasons = [row["Почему эта пара"] for row in sheets["Пары"].values()]
    assert len(reasons) > 30 and all(reasons)
    assert len(set(reasons)) >= len(reasons) * 95 // 100


def test_f19_what_a_reason_says_of_the_needs_stands_in_both_questionnaires(
    sheets: dict[str, dict[str, dict[str, str]]],
) -> None:
    people, told = sheets["Реестр"], 0
    for row in sheets["Пары"].values():
        if row["Состояние"] != "предложена" or not (found := MET.search(row["Почему эта пара"])):
            continue
        for need in re.findall(r"«([^»]+)»", found[1]):
            assert need in people[row["Код наставляемого"]]["Нужна поддержка"].splitlines()
            assert need in people[row["Код наставника"]]["Готов помочь"].splitlines()
            told += 1
    assert told > 3


def test_f19_everybody_who_waits_is_told_why(sheets: dict[str, dict[str, dict[str, str]]]) -> None:
    waiting = {key: row for key, row in sheets["Без пары"].items() if row["Состояние"] == "ждёт пары"}
    assert len(waiting) > 10 and all(row["Почему"] for row in waiting.values())
    registry = set(sheets["Реестр"])
    named = {code for row in waiting.values() for code in re.findall(r"У-\d+", row["Почему"])}
    assert named and named <= registry, "who could take one more is a participant"
    assert any("Будет пара, если" in row["Почему"] for row in waiting.values())
