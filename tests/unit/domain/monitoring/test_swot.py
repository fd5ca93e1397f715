"""Sides by threshold, and open answers that may be shown because nobody is named in them."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sheets_sync.domain.monitoring.open_answers import NameSpotter, open_answers
from sheets_sync.domain.monitoring.swot import Side, swot
from sheets_sync.domain.school import Diagnostic, Role
from sheets_sync.domain.views.monitoring import swot_table
from tests.builders.people import EMPTY, committed
from tests.unit.domain.school_year import SETTINGS, evidence

DAY = date(2022, 12, 1)
SPOTTER = NameSpotter(["Ветрова Арина Львовна", "Ким Лев Олегович", "Соловей Пётр"])


def answers(good: int, all_of_them: int, valued: str = "") -> tuple[Diagnostic, ...]:
    """So many mentees, `good` of whom give seven to the first question."""
    return tuple(
        Diagnostic(
            f"У-{number:03}",
            Role.MENTEE,
            DAY,
            (7 if number < good else 6, *(None,) * 5),
            response_id=str(number),
            valued=valued,
        )
        for number in range(all_of_them)
    )


@pytest.mark.parametrize(
    ("good", "size", "side"),
    [
        (7, 10, Side.STRENGTH),
        (69, 100, Side.BETWEEN),
        (5, 10, Side.BETWEEN),
        (49, 100, Side.WEAKNESS),
        (4, 4, Side.HIDDEN),
        (5, 5, Side.STRENGTH),
    ],
)
def test_f28_a_question_is_a_strength_from_one_threshold_and_a_weakness_below_the_other(
    good: int, size: int, side: Side
) -> None:
    lines = swot(evidence(DAY, diagnostics=answers(good, size))).lines

    assert next(line for line in lines if line.key == "наставляемый/1").side is side


def test_f28_the_thresholds_are_the_schools() -> None:
    strict = replace(SETTINGS, swot_strong=Fraction(9, 10), swot_weak=Fraction(8, 10))
    lines = swot(evidence(DAY, strict, diagnostics=answers(7, 10))).lines

    assert next(line for line in lines if line.key == "наставляемый/1").side is Side.WEAKNESS


@pytest.mark.parametrize(
    "text",
    [
        "С Ариной стало легче",
        "помогла ветрова",
        "Ветровой спасибо",
        "Льва не хватало",
        "Киму спасибо",
        "спасибо Незнакомке из параллели",
        "мне помог У-017",
        "звоните +7 900 123-45-67",
        "пишите на anya@example.org",
        "встречи. Петру понравилось",
    ],
)
def test_f15_an_answer_that_may_name_a_person_is_left_out(text: str) -> None:
    assert open_answers([text], SPOTTER).shown == ()
    assert open_answers([text], SPOTTER).left_out == 1


@pytest.mark.parametrize(
    "text",
    [
        "Поддержка и внимание",
        "готовиться к ЕГЭ и ОГЭ вместе",
        "Всё хорошо. Больше встреч!",
        "интересно и полезно",
    ],
)
def test_f28_an_answer_that_names_nobody_is_shown(text: str) -> None:
    assert open_answers([text], SPOTTER).shown == (text,)


def test_f28_answers_stand_once_in_alphabetical_order_and_empty_ones_say_nothing() -> None:
    found = open_answers(["Встречи", "атмосфера", " - ", "", "Встречи", "…"], SPOTTER)

    assert (found.shown, found.left_out) == (("атмосфера", "Встречи"), 0)


def test_f15_an_answer_taken_back_is_emptied_in_the_sheet() -> None:
    first = swot_table(swot(evidence(DAY, diagnostics=answers(5, 5, "больше встреч"))), EMPTY)
    book = committed([first])
    written = [row.key for row in first.rows if row.cells["text"] == "больше встреч"]
    second = swot_table(swot(evidence(DAY, diagnostics=answers(5, 5, "меньше встреч"))), book)
    cells = {row.key: row.cells for row in second.rows}

    assert len(written) == 1
    assert (cells[written[0]]["text"], cells[written[0]]["side"]) == ("", "снято")


@pytest.mark.parametrize(
    ("topic", "named"),
    [
        ("Встреча со Львом", True),
        ("встреча с ветровой", True),
        ("Рассказывает Ветрова", True),
        ("Встреча с мастерами завода «Россия»", False),
        ("кимберлитовая трубка", False),
    ],
)
def test_f15_a_topic_is_told_unless_it_names_somebody_of_the_school(topic: str, named: bool) -> None:
    assert SPOTTER.names_known(topic) is named
