"""Who enters the pairing of a night: the ended pairs stay apart, whoever left is out from that very day."""

from dataclasses import replace
from datetime import date

from sheets_sync.domain.pair import Pair, PairState
from sheets_sync.domain.pairs.market import make_market
from sheets_sync.domain.school import Group, Person, Role
from tests.builders.people import SCHOOL
from tests.unit.domain.matching.school import PEERS, school_rules

DAY, EARLIER = date(2022, 10, 25), date(2022, 9, 12)
MENTEE = Person(
    "У-1", "Ветров Глеб Ильич", Group.PUPIL, frozenset({Role.MENTEE}), EARLIER, school_class="5 «А»"
)
MENTOR = Person(
    "У-2", "Ручьёва Дарья Павловна", Group.PUPIL, frozenset({Role.MENTOR}), EARLIER, school_class="9 «А»",
    capacity=1,
)  # fmt: skip
SETTINGS = replace(SCHOOL, forms_in_use=())


def test_f21_two_whose_pair_has_ended_are_not_proposed_to_each_other_again() -> None:
    ended = Pair("П-014", PEERS, "У-2", "У-1", PairState.ENDED, EARLIER, ended_on=DAY)
    market = make_market((MENTEE, MENTOR), {}, (), (ended,), school_rules(), SETTINGS, DAY)
    assert [(veto.mentee, veto.mentor) for veto in market.vetoes] == [("У-1", "У-2")]
    assert (market.locks, market.current) == ((), ())


def test_f24_whoever_leaves_is_out_of_the_pairing_from_that_very_day() -> None:
    leaving = replace(MENTOR, left_on=DAY)
    out = make_market((MENTEE, leaving), {}, (), (), school_rules(), SETTINGS, DAY)
    assert [(one.id, one.reason) for one in out.ineligible] == [("У-2", "вышел из программы")]
    still = make_market((MENTEE, leaving), {}, (), (), school_rules(), SETTINGS, date(2022, 10, 24))
    assert [one.id for one in still.mentors] == ["У-2"]


def test_f15_whom_the_gate_does_not_admit_is_out_with_the_reason() -> None:
    market = make_market((MENTEE, MENTOR), {"У-1": "нет согласия"}, (), (), school_rules(), SETTINGS, DAY)
    assert [(one.id, one.role, one.reason) for one in market.ineligible] == [
        ("У-1", "наставляемый", "нет согласия")
    ]
