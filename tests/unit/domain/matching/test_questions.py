"""What a curator asks: explain, what if, what changed, what is short, how stable."""

import pytest

from sheets_sync.domain.matching import Decided, Market, MatchedPair
from sheets_sync.domain.matching.changes import difference, since_last_night
from sheets_sync.domain.matching.demand import demand
from sheets_sync.domain.matching.proposal import propose, solve
from sheets_sync.domain.matching.stability import stability
from sheets_sync.domain.matching.whatif import (
    UnknownPersonError,
    explain,
    replacement,
    what_if,
    with_lock,
    with_places,
    with_veto,
    without_mentor,
)
from tests.unit.domain.matching.school import PEERS, elder, pupil, random_market, school_rules

RULES = school_rules()
MARKET = Market(RULES, (pupil("У-1"), pupil("У-2", choices=("Н-1",))), (elder("Н-1"),))


def pairs_of(market: Market) -> list[tuple[str, str]]:
    return sorted((p.mentee, p.mentor) for p in propose(market).pairs)


def test_f23_one_more_place_pairs_whoever_was_left() -> None:
    answer = what_if(MARKET, with_places(MARKET, "Н-1", 1))
    assert answer.difference.people == 1
    assert answer.text == "+632 балла; получат пару: У-1"


def test_f23_a_mentor_who_leaves_leaves_the_mentee_without_a_pair() -> None:
    answer = what_if(MARKET, without_mentor(MARKET, "Н-1"))
    assert answer.text == "−792 балла; останутся без пары: У-2"


def test_f23_why_not_the_one_i_named_is_solved_and_priced() -> None:
    answer = what_if(MARKET, with_lock(MARKET, "У-1", "Н-1"))
    assert [p.mentee for p in answer.after.pairs] == ["У-1"]
    assert answer.text == "−160 баллов; получат пару: У-1; останутся без пары: У-2"


def test_f23_a_veto_gives_the_place_to_the_next() -> None:
    assert pairs_of(with_veto(MARKET, "У-2", "Н-1")) == [("У-1", "Н-1")]


def test_f23_questions_about_strangers_are_refused_by_name() -> None:
    with pytest.raises(UnknownPersonError) as refused:
        with_places(MARKET, "Н-404", 1)
    assert refused.value.code == "Н-404"
    with pytest.raises(UnknownPersonError):
        explain(propose(MARKET), "У-404")


def test_f23_an_explanation_holds_the_pair_or_the_reason() -> None:
    tonight = propose(MARKET)
    assert [p.mentor for p in explain(tonight, "У-2").pairs] == ["Н-1"]
    assert explain(tonight, "У-1").unmatched[0].change.startswith("Будет пара, если Н-1 возьмёт")


def test_f24_when_a_mentor_leaves_only_that_mentors_mentees_move() -> None:
    mentees = tuple(pupil(f"У-{n}") for n in range(4))
    market = Market(RULES, mentees, (elder("Н-1", 9, 2), elder("Н-2", 9, 2), elder("Н-3", 9, 1)))
    first = propose(market)
    current = tuple(Decided(p.mentee, p.form, p.mentor) for p in first.pairs)
    tonight = Market(RULES, mentees, market.mentors, current=current)
    leaver = first.pairs[0].mentor
    after = propose(replacement(tonight, leaver))
    moved = {m.mentee for m in difference(first.pairs, after.pairs).moves}
    assert moved == {p.mentee for p in first.pairs if p.mentor == leaver}
    assert after.totals.people == min(4, 5 - {"Н-1": 2, "Н-2": 2, "Н-3": 1}[leaver])


def test_f24_an_approved_pair_of_the_leaver_holds_nobody_back_and_is_no_finding() -> None:
    lock = Decided("У-2", PEERS, "Н-1", "утверждена")
    market = Market(RULES, (pupil("У-2"),), (elder("Н-1"), elder("Н-2")), locks=(lock,))
    after = propose(replacement(market, "Н-1"))
    assert [(pair.mentee, pair.mentor) for pair in after.pairs] == [("У-2", "Н-2")]
    assert (after.suspended, after.findings) == ((), ())


def test_a_difference_names_moves_gains_and_losses() -> None:
    def pair(mentee: str, mentor: str, score: int) -> MatchedPair:
        return MatchedPair(mentee, PEERS, mentor, score, locked=False, reason="")

    found = difference(
        [pair("У-1", "Н-1", 500), pair("У-2", "Н-2", 400)], [pair("У-1", "Н-2", 450), pair("У-3", "Н-1", 365)]
    )
    assert found.text == (
        "−85 баллов; наставник сменится у 1 человека; получат пару: У-3; останутся без пары: У-2"
    )
    assert difference([], []).text == "ничего не изменится"


def test_f23_tonight_against_last_night() -> None:
    found = since_last_night((Decided("У-1", PEERS, "Н-1"),), propose(MARKET))
    assert [(m.mentee, m.before, m.after) for m in found.moves] == [("У-1", "Н-1", ""), ("У-2", "", "Н-1")]


def test_requests_and_places_are_counted_per_form_and_subject() -> None:
    mentees = (pupil("У-1"), pupil("У-2"), pupil("У-3", needs=frozenset({"творчество, спорт"})))
    lines = {(d.form, d.subject): d for d in demand(Market(RULES, mentees, (elder("Н-1"),)))}
    maths = lines[PEERS, "математика"]
    assert (maths.requests, maths.mentors, maths.places, maths.shortage) == (2, 1, 1, 1)
    assert maths.text == "математика: 2 запроса, 1 место"
    assert lines[PEERS, "творчество, спорт"].shortage == 1


def test_two_who_chose_each_other_and_were_parted_are_named() -> None:
    # Н-1 and У-1 chose each other, but only Н-1 can take У-2, so most people paired parts them.
    mentees = (pupil("У-1", choices=("Н-1",)), pupil("У-2", needs=frozenset({"проект, олимпиада"})))
    mentors = (
        elder("Н-1", resources=frozenset({"математика", "проект, олимпиада"}), choices=("У-1",)),
        elder("Н-2"),
    )
    found = stability(solve(Market(RULES, mentees, mentors)))
    assert (found.blocking, found.mutual) == (1, (("У-1", "Н-1"),))
    assert (found.people, found.stable_people) == (2, 1)


@pytest.mark.parametrize("seed", range(3))
def test_a_stable_pairing_never_serves_more_people(seed: int) -> None:
    found = stability(solve(random_market(seed, 40, 20, school_rules())))
    assert found.stable_people <= found.people


@pytest.mark.parametrize("seed", range(3))
def test_f19_every_promise_of_a_pair_for_one_more_place_holds(seed: int) -> None:
    market = random_market(seed, 30, 10, school_rules())
    promised = 0
    for left in propose(market).unmatched:
        if left.change.startswith("Будет пара, если") and left.change.endswith(
            "возьмёт ещё одного наставляемого."
        ):
            mentor = left.change.split()[3]
            after = propose(with_places(market, mentor, 1))
            assert left.id in {p.mentee for p in after.pairs}
            promised += 1
    assert promised
