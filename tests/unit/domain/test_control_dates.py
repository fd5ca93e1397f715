"""A list frozen on a control date (F33): who is on it, and what is looked up on the day of the count."""

from dataclasses import replace
from datetime import date

from sheets_sync.domain.entries import (
    Contingent,
    Event,
    Mark,
)
from sheets_sync.domain.indicators.measuring import measure
from sheets_sync.domain.indicators.values import IndicatorValue
from sheets_sync.domain.roadmap_questions import unknown_measures
from sheets_sync.domain.roadmap_status import Status, judge
from sheets_sync.domain.school import (
    Attendance,
    Evidence,
    PairState,
)
from tests.unit.domain.school_year import (
    EARLY,
    SETTINGS,
    consent,
    consents_of,
    evidence,
    meeting,
    only,
    pair,
    pair_people,
    person,
    the_roadmap,
)

FROZEN, TODAY = date(2022, 11, 1), date(2022, 12, 1)


def counted(number: int, known: Evidence, key: str = "", day: date = FROZEN) -> dict[str, IndicatorValue]:
    settings = replace(SETTINGS, control_dates={key: day}) if key else SETTINGS
    return {value.id: value for value in measure(only(number), replace(known, settings=settings), TODAY)}


def figure(value: IndicatorValue) -> tuple[int | None, int | None]:
    return value.numerator, value.denominator


def a_pair_joins_and_a_pair_ends() -> Evidence:
    """Two pairs on the control date; later one of them ends and a third begins; pairs 1 and 2 met since."""
    ended = replace(pair(2), state=PairState.ENDED, ended_on=date(2022, 11, 20))
    return evidence(
        TODAY,
        people=pair_people(3),
        pairs=(pair(1), ended, pair(3, date(2022, 11, 25))),
        meetings=(meeting(1, date(2022, 11, 5)), meeting(2, date(2022, 11, 6))),
    )


def test_f33_a_frozen_list_keeps_who_left_and_leaves_out_who_came() -> None:
    known = a_pair_joins_and_a_pair_ends()

    assert figure(counted(12, known)["M12.people"]) == (
        2,
        4,
    )  # the first pair and the third, which has not met
    frozen = counted(12, known, "12")["M12.people"]
    assert figure(frozen) == (4, 4)
    assert frozen.denominator_ids == ("Н-001", "Н-002", "У-001", "У-002")
    assert "список взят на 01.11.2022" in frozen.note


def test_f33_a_control_date_of_one_indicator_leaves_its_neighbours_alone() -> None:
    found = counted(12, a_pair_joins_and_a_pair_ends(), "M12.people")

    assert figure(found["M12.people"]) == (4, 4)
    assert found["M12.planned"].denominator == 2  # pairs of today: the first and the third


def test_f33_of_another_collection_only_who_is_on_the_list_counts_and_as_of_today() -> None:
    people = (person("У-001"), person("У-002"), person("У-003", on=date(2022, 11, 10)))
    consents = (consent("У-001", EARLY), consent("У-002", date(2022, 11, 15)), consent("У-003"))
    known = evidence(TODAY, people=people, consents=consents)

    assert figure(counted(8, known)["M08.consents"]) == (3, 3)
    assert figure(counted(8, known, "M08.consents")["M08.consents"]) == (2, 2)


def test_f33_the_size_of_a_group_is_taken_on_the_control_date() -> None:
    people = (person("У-001"),)
    sizes = (
        Contingent("обучающийся", date(2022, 9, 1), 60, source="списки школы"),
        Contingent("обучающийся", date(2022, 11, 15), 80),
    )
    known = evidence(TODAY, people=people, consents=consents_of(people, EARLY), contingent=sizes)

    assert figure(counted(1, known)["M01.pupils"]) == (1, 80)
    frozen = counted(1, known, "1")["M01.pupils"]
    assert figure(frozen) == (1, 60)
    assert frozen.whole_from == "лист «Контингент», строка «обучающийся», на 01.09.2022 (списки школы)"


def test_f33_a_control_date_still_to_come_freezes_nothing() -> None:
    known = a_pair_joins_and_a_pair_ends()

    assert figure(counted(12, known, "12", date(2022, 12, 2))["M12.people"]) == (2, 4)


def test_f33_the_list_of_the_game_is_that_of_its_day_and_a_control_date_goes_before_it() -> None:
    game = date(2022, 12, 20)
    came = tuple(Attendance(code, "деловая игра", True) for code in ("Н-001", "У-001", "Н-002", "У-002"))
    known = evidence(
        date(2022, 12, 24),
        people=pair_people(3),
        pairs=(pair(1), pair(2), pair(3, date(2022, 12, 5))),
        events=(Event("М-1", "деловая игра", on=game),),
        attendance=came,
    )
    newcomers = replace(known, pairs=(*known.pairs, replace(pair(3, date(2022, 12, 21)), code="П-004")))

    def status(each: Evidence) -> tuple[Status, str]:
        found = judge(only(13), each, each.as_of).statuses[0]
        return found.status, found.reason

    assert "4 из 6" in status(known)[1]
    assert status(newcomers) == status(known)
    frozen = replace(known, settings=replace(SETTINGS, control_dates={"13": date(2022, 12, 1)}))
    assert status(frozen)[0] is Status.DONE
    assert "4 из 4" in status(frozen)[1]


def test_f33_a_control_date_or_a_mark_for_what_the_roadmap_has_not_is_asked_about() -> None:
    settings = replace(SETTINGS, control_dates={"13": FROZEN, "M99.none": FROZEN, "M08.consents": FROZEN})

    found = unknown_measures(the_roadmap(), settings, (Mark(13, "в работе"), Mark(33, "выполнено")))
    assert [finding.text for finding in found] == [
        "контрольная дата для «M99.none»: такого пункта или показателя нет",
        "пункта 33 в дорожной карте нет",
    ]
