"""«Настройки» may change how pairs are chosen; a value nobody can read changes nothing and is asked about."""

from datetime import date
from typing import Any

import pytest

from sheets_sync.domain.matching import Criterion, Level, Market, Rules
from sheets_sync.domain.matching.proposal import propose
from sheets_sync.domain.pairs.preferences import preferences, preferred_rules
from sheets_sync.domain.tables import ReadRow
from tests.builders.people import TODAY, rows
from tests.unit.domain.matching.school import elder, pupil, school_rules

RULES = school_rules()


def typed(*cells: dict[str, Any]) -> tuple[ReadRow, ...]:
    return rows("settings", *cells)["settings"].rows


def read(*cells: dict[str, Any], on: date = TODAY) -> tuple[Rules, list[str]]:
    rules, findings = preferred_rules(typed(*cells), RULES, on)
    return rules, [finding.text for finding in findings]


def test_the_rows_that_init_offers_change_nothing() -> None:
    offered = [{"name": one.name, "value": one.value} for one in preferences(RULES)]
    assert len(offered) == len({row["name"] for row in offered}) == 22
    assert all(one.about for one in preferences(RULES))
    rules, said = read(*offered)
    assert (rules, said) == (RULES, [])


def test_every_offered_parameter_can_be_changed() -> None:
    other = {"обязательно": "низкий", "да": "нет", "нет": "да"}
    for one in preferences(RULES):
        value = other.get(one.value, "средний" if not one.value.isdigit() else str(int(one.value) + 1))
        if one.value == "средний":
            value = "высокий"
        rules, said = read({"name": one.name, "value": value})
        assert said == [] and rules != RULES, one.name


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("Пары: общее время", "очень важно", "одно из: обязательно, высокий, средний, низкий, не учитывать"),
        ("Пары: вес «высокий»", "-1", "целое число от 0 до 1000"),
        ("Пары: сначала больше людей в парах", "наверное", "«да» или «нет»"),
        ("Пары: группа — от скольких человек", "1", "целое число от 2 до 100"),
        ("Пары: наименьшая доля людей в парах, %", "половина", "целое число от 0 до 100"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_question_and_the_files_rule_holds(
    name: str, value: str, expected: str
) -> None:
    rules, said = read({"name": name, "value": value})
    assert rules == RULES
    assert said == [f"«{name}»: нужно {expected}, а стоит «{value}»; действует прежнее значение"]


def test_an_unknown_parameter_is_noted() -> None:
    assert read({"name": "Пары: цвет глаз", "value": "важно"}) == (
        RULES,
        ["параметр «Пары: цвет глаз» программе не знаком"],
    )


def test_a_row_counts_from_its_first_to_its_last_day() -> None:
    row = {
        "name": "Пары: общее время",
        "value": "обязательно",
        "valid_from": date(2022, 10, 1),
        "valid_to": date(2022, 10, 31),
    }
    for day, level in (
        (date(2022, 9, 30), Level.MEDIUM),
        (date(2022, 10, 1), Level.MANDATORY),
        (date(2022, 10, 31), Level.MANDATORY),
        (date(2022, 11, 1), Level.MEDIUM),
    ):
        assert read(row, on=day)[0].levels[Criterion.TIMES] is level


def test_weights_of_nothing_are_asked_about_and_still_pair_people() -> None:
    off = [{"name": one.name, "value": "не учитывать"} for one in preferences(RULES)[:7]]
    rules, said = read(*off)
    assert said == ["все критерии подбора выключены: у всех пар по 0 баллов, решает очередь и жребий"]
    assert propose(Market(rules, (pupil("У-1"),), (elder("У-2"),))).totals.people == 1
