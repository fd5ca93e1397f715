"""Meetings and plans of a pair, and the day on which a silent one is listed."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from sheets_sync.domain.monitoring.pair_work import pair_works, plans_done
from sheets_sync.domain.school import Meeting, MeetingKind, PairState
from sheets_sync.domain.tables import Formula
from sheets_sync.domain.views.monitoring import pair_work_table
from tests.unit.domain.school_year import SETTINGS, consent, evidence, meeting, pair, pair_people, plan

MET = date(2022, 10, 20)


def test_f25_meetings_are_counted_by_kind_and_one_that_failed_is_not() -> None:
    held = [meeting(1, MET, kind) for kind in (MeetingKind.TRIAL, MeetingKind.JOINT, MeetingKind.JOINT)]
    failed = Meeting("П-001", MET + timedelta(days=3), MeetingKind.FINAL, held=False)
    work = pair_works(evidence(date(2022, 10, 30), pairs=(pair(1),), meetings=(*held, failed)))[0]

    assert {kind.value: count for kind, count in work.held.items()} == {
        "знакомство": 0,
        "пробная": 1,
        "планирование": 0,
        "совместная работа": 2,
        "итоговая": 0,
    }
    assert (work.kinds, work.last_on) == (2, MET)


@pytest.mark.parametrize(("days", "since"), [(20, None), (21, MET), (40, MET)])
def test_f25_a_pair_is_listed_from_the_declared_day_of_silence_on(days: int, since: date | None) -> None:
    known = evidence(MET + timedelta(days=days), pairs=(pair(1),), meetings=(meeting(1, MET),))

    assert pair_works(known)[0].quiet_since == since


def test_f25_without_any_meeting_silence_counts_from_the_order() -> None:
    ordered = date(2022, 10, 10)
    settings = replace(SETTINGS, silent_days=10)

    assert pair_works(evidence(date(2022, 10, 19), settings, pairs=(pair(1),)))[0].quiet_since is None
    assert pair_works(evidence(date(2022, 10, 20), settings, pairs=(pair(1),)))[0].quiet_since == ordered


def test_f25_a_finished_pair_and_a_finished_period_ask_nobody() -> None:
    done = replace(pair(1), state=PairState.COMPLETED)
    late = replace(pair(2), in_force_from=date(2022, 12, 20))
    works = pair_works(evidence(date(2023, 3, 1), pairs=(done, late)))

    assert [work.quiet_since for work in works] == [None, None]


def test_f26_the_share_of_a_plan_is_exact_and_counted_by_the_declared_rule() -> None:
    plans = (plan(1, 9, 10, MET), plan(2, 8, 9, MET))
    works = pair_works(evidence(date(2022, 12, 1), pairs=(pair(1), pair(2), pair(3)), plans=plans))

    assert [work.plan_share for work in works] == [Fraction(9, 10), Fraction(8, 9), None]
    assert plans_done(works, Fraction(9, 10)) == (1, 2)


def test_f15_the_sheet_names_by_code_whoever_has_no_consent() -> None:
    known = evidence(
        date(2022, 10, 30), people=pair_people(1), pairs=(pair(1),), consents=(consent("Н-001"),)
    )
    cells = pair_work_table(pair_works(known), known).rows[0].cells

    assert (cells["mentor"], cells["mentee"]) == ("Участник Н-001", "У-001, нет согласия")


def test_f48_days_of_silence_are_a_formula_and_not_a_number_that_changes_every_night() -> None:
    known = evidence(date(2022, 10, 30), pairs=(pair(1),), meetings=(meeting(1, MET),))
    cells = pair_work_table(pair_works(known), known).rows[0].cells

    assert cells["days"] == Formula("=TODAY()-DATE(2022;10;20)")
