"""A pair through its life: since when and why, who left, what edited answers take away, who waits first."""

from dataclasses import replace
from datetime import date

from sheets_sync.domain.matching import Decided, Ineligible, Market, Rules
from sheets_sync.domain.matching.proposal import propose
from sheets_sync.domain.pair import Pair, PairState
from sheets_sync.domain.pairs.chronicle import dated
from sheets_sync.domain.pairs.facts import doubtful, with_facts
from sheets_sync.domain.pairs.leavers import without_leavers
from sheets_sync.domain.pairs.life import memory_of, standing_pairs
from sheets_sync.domain.pairs.outcome import held_back, left_over, settle
from sheets_sync.domain.school import Group, Person, RegisteredDocument, Role
from tests.builders.people import rows, workbook
from tests.unit.domain.matching.school import PEERS, elder, pupil, school_rules

RULES = school_rules()
DAY, EARLIER = date(2022, 10, 25), date(2022, 10, 12)


def pair(state: PairState = PairState.APPROVED, **more: object) -> Pair:
    fields: dict[str, object] = {"approved_on": EARLIER, "decision": "утвердить"}
    return Pair("П-014", PEERS, "У-2", "У-1", state, EARLIER, **(fields | more))  # type: ignore[arg-type]


def someone(code: str, left_on: date | None, reason: str = "") -> Person:
    return Person(code, "Имя", Group.PUPIL, frozenset(Role), EARLIER, left_on=left_on, left_reason=reason)


def code(number: int) -> str:
    return f"П-{number}"


def dated_one(one: Pair, before: Pair | None = None, papers: tuple[RegisteredDocument, ...] = ()) -> Pair:
    remembered = {one.code: memory_of(before)} if before else {}
    return dated((one,), remembered, papers, (), DAY)[0]


def test_f21_every_state_has_its_day_and_its_ground() -> None:
    assert dated_one(pair()).since == EARLIER
    assert dated_one(pair()).basis == "решение куратора"
    paper = RegisteredDocument("приказ о закреплении пар", key="Д-019", number="12", on=date(2022, 10, 20))
    working = pair(PairState.IN_FORCE, order="Д-019", in_force_from=paper.on)
    assert (dated_one(working, papers=(paper,)).since, dated_one(working, papers=(paper,)).basis) == (
        date(2022, 10, 20),
        "приказ № 12 от 20.10.2022",
    )
    ended = pair(PairState.ENDED, decision="прекратить", ended_on=date(2022, 10, 21))
    assert dated_one(ended).since == date(2022, 10, 21)
    fresh = pair(PairState.PROPOSED, decision="")
    assert (dated_one(fresh).since, dated_one(fresh).basis) == (DAY, "предложение программы")


def test_f21_a_state_that_lasts_keeps_its_day() -> None:
    before = pair(PairState.PROPOSED, decision="", since=EARLIER, basis="предложение программы")
    again = dated_one(replace(before, since=None, basis=""), before)
    assert (again.since, again.basis) == (EARLIER, "предложение программы")
    back = dated_one(pair(PairState.PROPOSED, decision=""), replace(before, state=PairState.APPROVED))
    assert (back.since, back.basis) == (DAY, "решение куратора снято")


def test_f24_a_pair_of_somebody_who_left_ends_on_that_day_with_that_reason() -> None:
    people = {"У-2": someone("У-2", date(2022, 10, 20), "отчислен"), "У-1": someone("У-1", None)}
    (ended,) = without_leavers((pair(),), people, DAY)
    assert (ended.state, ended.ended_on) == (PairState.ENDED, date(2022, 10, 20))
    assert ended.end_reason == "наставник вышел из программы: отчислен"
    later = {"У-2": someone("У-2", date(2022, 11, 1))}
    assert without_leavers((pair(),), later, DAY) == (pair(),)


def test_f24_a_pair_ends_on_the_very_day_of_leaving_and_not_before() -> None:
    leaving = {"У-2": someone("У-2", DAY)}
    (today,) = without_leavers((pair(),), leaving, DAY)
    assert (today.state, today.ended_on) == (PairState.ENDED, DAY)
    (before,) = without_leavers((pair(),), leaving, date(2022, 10, 24))
    assert before.state is PairState.APPROVED


def test_f24_a_completed_pair_stays_completed_when_somebody_leaves_later() -> None:
    (done,) = without_leavers((pair(PairState.COMPLETED),), {"У-2": someone("У-2", DAY)}, DAY)
    assert (done.state, done.ended_on) == (PairState.COMPLETED, None)


def test_f24_a_date_of_leaving_that_was_a_slip_gives_the_pair_back() -> None:
    people = {"У-2": someone("У-2", EARLIER)}
    (ended,) = without_leavers((pair(),), people, DAY)
    book = workbook(
        rows("pairs", {"key": "П-014", "decision": "утвердить", "decided_on": EARLIER}),
        memory={("pairs", "П-014"): memory_of(ended)},
    )
    (again,) = standing_pairs(book, (), (), DAY).pairs
    assert (again.state, again.approved_on, again.ended_on) == (PairState.APPROVED, EARLIER, None)


def test_f24_the_leavers_mentee_is_proposed_anew_and_nobody_else_moves() -> None:
    mentees = (pupil("У-1", waiting_nights=50), pupil("У-3"), pupil("У-5"))
    mentors = (elder("У-4"), elder("У-6"))
    kept = Decided("У-3", PEERS, "У-4", "утверждена")
    gone = Pair("П-1", PEERS, "У-2", "У-1", PairState.ENDED, EARLIER, decision="утвердить", left=True)
    stays = Pair("П-2", PEERS, "У-4", "У-3", PairState.APPROVED, EARLIER, decision="утвердить")
    assignment = propose(Market(RULES, mentees, mentors, locks=(kept,)))
    after = {one.code: one for one in settle((gone, stays), assignment, code, DAY)}
    assert after["П-2"].state is PairState.APPROVED
    assert after["П-1"].state is PairState.ENDED
    # One place is left for two: whoever has waited longest gets it.
    assert (after["П-3"].mentor, after["П-3"].mentee, len(after)) == ("У-6", "У-1", 3)


def test_f04_an_edited_answer_names_the_pair_it_makes_doubtful_and_what_it_took_away() -> None:
    times = frozenset({"пн после уроков", "очно"})
    before = Market(RULES, (pupil("У-1", times=times),), (elder("У-2", times=times),))
    (decided,) = with_facts((pair(),), before)
    assert decided.facts == ("запрос «математика»", "общее время «пн после уроков»", "встречи очно")
    assert doubtful((decided,), before) == ()
    edited = replace(before, mentees=(pupil("У-1", needs=frozenset({"проект, олимпиада"}), times=times),))
    (finding,) = doubtful(with_facts((decided,), edited), edited)
    assert finding.subject == "П-014"
    assert "больше нет: запрос «математика»." in finding.text
    richer = replace(before, mentors=(elder("У-2", times=times | {"ср после уроков"}),))
    assert doubtful((decided,), richer) == ()


def test_f18_a_pair_under_the_cut_off_is_shown_and_not_applied() -> None:
    rules = school_rules(min_pair_score=900)
    assignment = propose(Market(rules, (pupil("У-1"),), (elder("У-2"),)))
    assert settle((), assignment, code, DAY) == ()
    (shown,) = held_back(assignment)
    assert shown.id == "У-1"
    assert "Лучшее из возможного — У-2 (" in shown.reason and "не применено" in shown.reason


def test_f18_a_proposal_that_stands_from_an_earlier_night_is_not_listed_as_waiting() -> None:
    rules = school_rules(min_share_paired=100)
    market = Market(rules, (pupil("У-1"), pupil("У-3")), (elder("У-2"),))
    assignment = propose(market)
    assert assignment.withheld
    (paired,) = assignment.pairs
    stands = replace(pair(PairState.PROPOSED, decision="", approved_on=None), mentee=paired.mentee)
    after = settle((stands,), assignment, code, DAY)
    assert [one.state for one in after] == [PairState.PROPOSED]
    assert held_back(assignment, after) == ()
    gone = settle((replace(stands, state=PairState.WITHDRAWN),), assignment, code, DAY)
    assert [one.state for one in gone] == [PairState.WITHDRAWN], "shown and not applied"
    assert [one.id for one in held_back(assignment, gone)] == [paired.mentee]


def test_f15_even_a_plan_that_is_only_shown_takes_back_a_proposal_of_somebody_barred() -> None:
    rules = school_rules(min_share_paired=100)
    barred = (Ineligible("У-2", "наставник", "согласие отозвано"),)
    assignment = propose(Market(rules, (pupil("У-1"),), (), ineligible=barred))
    assert assignment.withheld
    stands = pair(PairState.PROPOSED, decision="", approved_on=None)
    (after,) = settle((stands,), assignment, code, DAY, barred)
    assert after.state is PairState.WITHDRAWN


def test_a_fixed_pair_waits_for_a_consent_and_comes_back_with_it() -> None:
    fixed = pair(PairState.PROPOSED, decision="закрепить", approved_on=None)
    lock = Decided("У-1", PEERS, "У-2", "закрепить")
    no_consent = propose(Market(RULES, (), (elder("У-2"),), locks=(lock,), ineligible=()))
    (waiting,) = settle((fixed,), no_consent, code, DAY)
    assert (waiting.state, "не найден" in waiting.basis) == (PairState.PAUSED, True)
    again = propose(Market(RULES, (pupil("У-1"),), (elder("У-2"),), locks=(lock,)))
    book = workbook(
        rows("pairs", {"key": "П-014", "decision": "закрепить"}),
        memory={("pairs", "П-014"): memory_of(waiting)},
    )
    (back,) = settle(standing_pairs(book, (), (), DAY).pairs, again, code, DAY)
    assert back.state is PairState.PROPOSED


def test_new_weights_leave_an_approved_pair_as_it_was() -> None:
    stands = pair(score=700, reason="как решили", facts=("встречи очно",))
    lock = Decided("У-1", PEERS, "У-2", "утверждена")
    for rules in (RULES, school_rules(level_weights={}, min_pair_score=1000), _only_time()):
        market = Market(rules, (pupil("У-1"),), (elder("У-2"), elder("У-3")), locks=(lock,))
        assert settle((stands,), propose(market), code, DAY) == (stands,)


def _only_time() -> Rules:
    return replace(RULES, levels={})


def test_whoever_was_left_without_a_pair_last_year_is_served_first_all_this_year() -> None:
    start = date(2023, 9, 1)
    book = workbook(
        memory={
            ("unpaired", "У-1 наставляемый"): {"since": "2022-10-25"},
            ("unpaired", "У-3 наставляемый"): {"since": "2022-10-25", "found": "2022-11-02"},
            ("unpaired", "У-5 наставляемый"): {"since": "2022-10-25", "found": "2023-09-20"},
            ("unpaired", "У-7 наставляемый"): {"since": "2023-09-05"},
            ("unpaired", "У-9 наставник"): {"since": "2022-10-25"},
        }
    )
    assert left_over(book, start) == {"У-1", "У-5"}
    mentees = (pupil("У-1", unpaired_before=True), pupil("У-3", waiting_nights=0))
    served = propose(Market(RULES, mentees, (elder("У-2"),))).pairs
    assert [one.mentee for one in served] == ["У-1"]
