"""The official figures at their edges: ages, dates, unknown denominators, targets to the exact fraction."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from sheets_sync.domain.entries import Contingent
from sheets_sync.domain.intake.settings import read_settings
from sheets_sync.domain.monitoring.figures import Figure
from sheets_sync.domain.monitoring.regional import regional_figures
from sheets_sync.domain.monitoring.satisfaction import quarter_figures, satisfaction_figures, stage_figures
from sheets_sync.domain.school import Diagnostic, Evidence, Group, PairState, Person, Role
from sheets_sync.domain.tables import ReadRow
from tests.unit.domain.school_year import SETTINGS, evidence, pair, pair_people

DAY = date(2022, 11, 15)
WHOLE = (
    Contingent("обучающийся", date(2022, 9, 1), 600, 400, 120),
    Contingent("педагог", date(2022, 9, 1), 45, young_specialists=6),
)


def figures(known: Evidence) -> dict[str, Figure]:
    return {figure.key: figure for figure in regional_figures(known)}


def born(people: tuple[Person, ...], **dates: date | None) -> tuple[Person, ...]:
    return tuple(
        replace(each, birth_date=dates.get(each.code.replace("-", "_"), each.birth_date)) for each in people
    )


@pytest.mark.parametrize(
    ("birthday", "counted"),
    [
        (date(2012, 11, 15), 1),  # ten on that very day
        (date(2012, 11, 16), 0),  # nine until tomorrow
        (date(2002, 11, 16), 1),  # nineteen for the last day
        (date(2002, 11, 15), 0),  # twenty
        (None, 0),
    ],
)
def test_f28_a_mentee_counts_from_the_tenth_birthday_to_the_twentieth(
    birthday: date | None, counted: int
) -> None:
    people = born(pair_people(1), У_001=birthday)
    figure = figures(evidence(DAY, people=people, pairs=(pair(1),), contingent=WHOLE))["mentees_10_19/date"]

    assert (figure.part.number, figure.whole.number) == (counted, 400)
    assert ("без даты рождения: 1" in figure.note) is (birthday is None)


def test_f28_on_the_date_and_over_the_period_differ_by_the_pairs_that_ended() -> None:
    ended = replace(pair(1), state=PairState.ENDED, ended_on=date(2022, 11, 1))
    people = born(pair_people(2), У_001=date(2010, 1, 1), У_002=date(2010, 1, 1))
    found = figures(evidence(DAY, people=people, pairs=(ended, pair(2)), contingent=WHOLE))

    assert found["mentees_10_19/date"].part.number == 1
    assert found["mentees_10_19/period"].part.number == 2


def test_f28_a_person_of_two_pairs_counts_once() -> None:
    people = born(pair_people(2), Н_001=date(2006, 1, 1))
    both = (pair(1), replace(pair(2), mentor="Н-001"))
    found = figures(evidence(DAY, people=people, pairs=both, contingent=WHOLE))

    assert found["mentors_15_19/date"].part.number == 1


def test_f32_an_unknown_denominator_is_no_data_and_names_the_cell() -> None:
    found = figures(evidence(DAY, people=pair_people(1), pairs=(pair(1),)))["young_teachers/date"]

    assert (found.shown, found.met) == ("нет данных", None)
    assert found.missing == "лист «Контингент», строка «педагог», колонка «Мол. специалистов»"


def test_f28_the_years_target_is_compared_exactly_and_says_how_many_are_missing() -> None:
    settings = replace(SETTINGS, regional_targets={"young_teachers": Fraction(35, 100)})
    teachers = tuple(
        replace(each, group=Group.TEACHER, experience="до 3 лет")
        for each in pair_people(3)
        if "У" in each.code
    )
    two, three = (pair(1), pair(2)), (pair(1), pair(2), pair(3))
    below = figures(evidence(DAY, settings, people=teachers, pairs=two, contingent=WHOLE))
    reached = figures(evidence(DAY, settings, people=teachers, pairs=three, contingent=WHOLE))

    assert below["young_teachers/date"].met is False
    assert below["young_teachers/date"].missing == "ещё 1\u00a0молодой специалист до 35\u00a0%"
    assert reached["young_teachers/date"].met is True


def test_f28_after_the_period_the_figures_stand_still() -> None:
    people = born(pair_people(1), У_001=date(2013, 1, 5))  # ten years old only after the period
    end = figures(evidence(date(2022, 12, 31), people=people, pairs=(pair(1),), contingent=WHOLE))
    later = figures(evidence(date(2023, 2, 1), people=people, pairs=(pair(1),), contingent=WHOLE))

    assert later == end


def feedback(code: str, satisfaction: int | None, on: date = date(2022, 11, 1)) -> Diagnostic:
    return Diagnostic(code, Role.MENTEE, on, (5,) * 6, satisfaction, glad=True, response_id=f"{code}{on}")


def test_f28_satisfaction_is_shown_of_the_answered_and_of_all_with_the_response_rate() -> None:
    known = evidence(
        DAY,
        people=pair_people(4),
        pairs=tuple(pair(number) for number in range(1, 5)),
        diagnostics=(feedback("У-001", 7), feedback("У-002", 6), feedback("У-900", 10)),
    )
    shown = {figure.key: figure.shown for figure in satisfaction_figures(known)}

    assert shown["satisfied/наставляемый/answered"] == "1 из 2 (50\u00a0%)"
    assert shown["satisfied/наставляемый/all"] == "1 из 4 (25\u00a0%)"
    assert shown["satisfied/наставляемый/response"] == "2 из 4 (50\u00a0%)"
    assert shown["satisfied/наставник/answered"] == "не применимо"


def test_f28_the_latest_answer_is_the_one_that_counts() -> None:
    known = evidence(
        DAY,
        people=pair_people(1),
        pairs=(pair(1),),
        diagnostics=(feedback("У-001", 3, date(2022, 11, 10)), feedback("У-001", 9, date(2022, 10, 20))),
    )
    found = {figure.key: figure for figure in satisfaction_figures(known)}

    assert found["satisfied/наставляемый/answered"].part.number == 0


def test_f28_the_two_stages_tell_who_answered_once_and_who_can_be_compared() -> None:
    once, again = feedback("У-001", 5), feedback("У-002", 5)
    known = evidence(
        DAY,
        people=pair_people(3),
        pairs=tuple(pair(number) for number in range(1, 4)),
        diagnostics=(once, again, feedback("У-002", 8, date(2022, 11, 9))),
    )
    shown = {figure.key: figure.part.number for figure in stage_figures(known)}

    assert shown["stage/1/наставляемый"] == 2
    assert shown["stage/2-before/наставляемый"] == 2
    assert shown["stage/2-after/наставляемый"] == 1


def test_f27_a_quarter_without_working_pairs_does_not_apply() -> None:
    known = evidence(DAY, people=pair_people(1), pairs=(pair(1),), diagnostics=(feedback("У-001", 5),))
    third, fourth = quarter_figures(known)

    assert third.missing == "не применимо: считать некого"
    assert (fourth.part.number, fourth.whole.number) == (1, 2)


def test_f28_the_curator_changes_a_target_and_the_days_of_silence_in_the_sheet() -> None:
    rows = [
        ReadRow(1, "", {"name": "План года: Молодые специалисты", "value": "40 %"}),
        ReadRow(2, "", {"name": "Пара без встреч: через сколько дней спрашивать", "value": "14"}),
        ReadRow(3, "", {"name": "План года: кто-то ещё", "value": "40 %"}),
    ]
    settings, findings = read_settings(rows, SETTINGS, DAY)

    assert settings.regional_targets == {"young_teachers": Fraction(2, 5)}
    assert settings.silent_days == 14
    assert [finding.text.split(";")[0] for finding in findings] == ["показателя «кто-то ещё» нет"]
