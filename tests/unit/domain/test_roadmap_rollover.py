"""Next year's roadmap (F37): what moves, what is renewed, what a person has to settle."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sheets_sync.domain.deadlines import parse_deadline
from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.domain.roadmap_rollover import Renewal, Rollover, roll_over, told
from tests.unit.domain.school_year import only, the_roadmap

SHARES = {"coverage": Fraction(1, 10), "organisations": Fraction(1, 50)}
LATER = {"coverage": Fraction(7, 10), "organisations": Fraction(3, 10)}


def rolled(
    roadmap: Roadmap, to: int = 2023, later: dict[str, Fraction] = SHARES, off: date | None = None
) -> Rollover:
    return roll_over(roadmap, 2022, to, (SHARES, later), {off: False} if off else {})


def new(found: Rollover, number: int, field: str) -> str:
    return next(each.new for each in found.renewals if (each.number, each.field) == (number, field))


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "01-16.09.2023"),
        (3, "до 09.09.2023"),
        (21, "сентябрь-декабрь 2023"),
        (22, "до 10 января 2024 года"),
        (25, "До 01.10.2023"),
    ],
)
def test_f37_a_deadline_keeps_its_form_and_moves_by_a_year(number: int, written: str) -> None:
    assert new(rolled(the_roadmap()), number, "deadline") == written


def test_f37_deadlines_that_name_no_date_stay() -> None:
    moved = {each.number for each in rolled(the_roadmap()).renewals if each.field == "deadline"}
    assert set(range(1, 33)) - moved == {2, 5, 9, 12, 20, 24, 29, 30, 32}


def test_f37_stale_years_give_way_to_the_school_year_and_the_next_map_to_the_year_after() -> None:
    found = rolled(the_roadmap())
    assert "в 2023-2024 учебном году" in new(found, 17, "expected")
    assert new(found, 31, "title") == "Разработка дорожной карты на 2024 год"
    assert new(found, 31, "expected").endswith("на 2024 год")
    texts = [each.new for each in found.renewals]
    assert not [text for text in texts if "2020" in text or "2021" in text or "2022" in text]


def test_f37_a_share_that_rises_is_renewed_in_rule_and_text_and_other_shares_stay() -> None:
    found = rolled(only(1, 3, 25), 2024, LATER)
    assert "не менее 70% от общего количества" in new(found, 1, "indicator")
    assert "(70% от общего числа обучающихся" in new(found, 1, "indicator")
    assert new(found, 3, "indicator").startswith("30 % организаций")
    raised = {each.indicator: each.new for each in found.renewals if each.field == "at_least"}
    assert raised == {
        **dict.fromkeys(
            ("M01.pupils", "M01.teachers", "M01.parents", "M01.graduates", "M01.partners"), "70 %"
        ),
        "M03.organisations": "30 %",
    }
    assert {each.field for each in found.renewals if each.number == 25} == {"deadline"}  # 90 % of the council


def test_f37_a_moved_deadline_on_a_day_off_stays_there_and_is_asked_about() -> None:
    assert rolled(only(3, 17)).check == ("пункт 3: срок 09.09.2023 — суббота",)
    assert rolled(only(17), off=date(2023, 12, 20)).check == (
        "пункт 17: срок 20.12.2023 — нерабочий день школы",
    )


def test_f37_the_29th_of_february_becomes_the_28th() -> None:
    leap = Measure("S01", 1, "Р", "Т", "до 29.02.2024", parse_deadline("до 29.02.2024"), "О", ())
    assert roll_over(Roadmap((leap,)), 2024, 2025, ({}, {}), {}).renewals == (
        Renewal("S01", 1, "deadline", "до 29.02.2024", "до 28.02.2025"),
    )


def test_f37_a_long_text_is_told_by_the_place_that_changes() -> None:
    found = rolled(only(17))
    line = next(told(each) for each in found.renewals if each.field == "expected")
    assert len(line) < 200
    assert "2020-2021 учебном году" in line
    assert "2023-2024 учебном году" in line


def test_f37_a_year_drafted_from_the_draft_moves_on_again() -> None:
    first = rolled(only(3))
    moved = replace(
        only(3).measures[0],
        written_deadline=new(first, 3, "deadline"),
        deadline=parse_deadline(new(first, 3, "deadline")),
    )
    again = roll_over(Roadmap((moved,)), 2023, 2024, (SHARES, SHARES), {})
    assert [each.new for each in again.renewals] == ["до 09.09.2024"]
