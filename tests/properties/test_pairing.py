"""The promises of pairing, against brute force and under every order of rows."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.domain.matching import Decided, Market
from sheets_sync.domain.matching.proposal import propose
from tests.unit.domain.matching.school import every_pairing, random_market, school_rules

FAST = settings(max_examples=40, deadline=None, derandomize=True)


def waiting_points(market: Market) -> dict[str, int]:
    nights = sorted({m.waiting_nights for m in market.mentees})
    top = max(1, len(nights) - 1)
    return {m.id: market.rules.waiting_bonus * nights.index(m.waiting_nights) // top for m in market.mentees}


@FAST
@given(seed=st.integers(0, 10_000), floor=st.booleans())
def test_f18_the_proposal_is_the_best_of_all_pairings_that_exist(seed: int, floor: bool) -> None:
    market = random_market(seed, mentees=5, mentors=4, rules=school_rules(floor=floor))
    bonus = waiting_points(market)
    best = (0, 0, 0)
    for pairing in every_pairing(market):
        worst = min((score for *_, score in pairing), default=0)
        value = sum(score + bonus[mentee.id] for mentee, _, _, score in pairing)
        best = max(best, (len(pairing), worst if floor else 0, value))
    totals = propose(market).totals
    assert (totals.people, totals.floor if floor else 0, totals.objective) == best
    assert totals.proven and totals.gap == 0


@FAST
@given(seed=st.integers(0, 10_000))
def test_the_best_score_can_be_put_before_the_number_of_people(seed: int) -> None:
    market = random_market(seed, mentees=5, mentors=4, rules=school_rules(most_people=False, waiting_bonus=0))
    best = max(sum(score for *_, score in pairing) for pairing in every_pairing(market))
    totals = propose(market).totals
    assert (totals.score, totals.proven, totals.gap) == (best, True, 0)


@FAST
@given(seed=st.integers(0, 10_000), shuffle=st.integers(0, 10_000))
def test_f20_the_order_of_rows_changes_nothing(seed: int, shuffle: int) -> None:
    market = random_market(seed, mentees=25, mentors=14, rules=school_rules())
    dice = Random(shuffle)
    first = propose(market)
    shuffled = replace(
        market,
        mentees=tuple(dice.sample(market.mentees, len(market.mentees))),
        mentors=tuple(dice.sample(market.mentors, len(market.mentors))),
    )
    assert propose(shuffled) == first


@FAST
@given(seed=st.integers(0, 10_000))
def test_f20_a_night_without_news_keeps_every_proposal(seed: int) -> None:
    market = random_market(seed, mentees=25, mentors=14, rules=school_rules())
    first = propose(market)
    tonight = replace(
        market,
        current=tuple(Decided(p.mentee, p.form, p.mentor) for p in first.pairs),
        mentees=tuple(replace(m, waiting_nights=m.waiting_nights + 1) for m in market.mentees),
    )
    again = propose(tonight)
    assert [(p.mentee, p.form, p.mentor, p.score) for p in again.pairs] == [
        (p.mentee, p.form, p.mentor, p.score) for p in first.pairs
    ]
    assert [u.id for u in again.unmatched] == [u.id for u in first.unmatched]


@FAST
@given(seed=st.integers(0, 10_000))
def test_f22_nobody_is_lost_overbooked_or_in_a_mutual_pair(seed: int) -> None:
    market = random_market(seed, mentees=30, mentors=18, rules=school_rules())
    result = propose(market)
    in_pairs = [p.mentee for p in result.pairs]
    left = [u.id for u in result.unmatched if u.role == "наставляемый"]
    assert sorted(in_pairs + left) == sorted(m.id for m in market.mentees)
    room = {m.id: m.capacity for m in market.mentors}
    taken = [p.mentor for p in result.pairs]
    assert all(taken.count(code) <= room[code] for code in set(taken))
    sides = {(p.mentee, p.form, p.mentor) for p in result.pairs}
    assert not any((mentor, form, mentee) in sides for mentee, form, mentor in sides)
    assert all(u.reason for u in result.unmatched) and all(p.reason for p in result.pairs)


@pytest.mark.parametrize("seed", range(4))
def test_lists_with_pricing_find_the_same_pairs_as_all_pairs_at_once(seed: int) -> None:
    rules = school_rules(floor=False)
    whole = propose(random_market(seed, mentees=60, mentors=40, rules=rules))
    short = replace(rules, dense_cells=0, mentee_list=2, mentor_list=1)
    listed = propose(random_market(seed, mentees=60, mentors=40, rules=short))
    assert listed.totals.proven
    assert [(p.mentee, p.form, p.mentor) for p in listed.pairs] == [
        (p.mentee, p.form, p.mentor) for p in whole.pairs
    ]


@FAST
@given(seed=st.integers(0, 10_000))
def test_f20_after_a_night_with_news_the_next_quiet_night_changes_nothing(seed: int) -> None:
    market = random_market(seed, mentees=20, mentors=12, rules=school_rules())
    dice = Random(seed)
    kept: list[tuple[str, str, str]] = []
    for night in range(4):
        current = tuple(Decided(*pair) for pair in kept)
        tonight = [(p.mentee, p.form, p.mentor) for p in propose(replace(market, current=current)).pairs]
        if night == 3:
            assert tonight == kept
        kept = tonight
        if night < 2:
            gone = dice.choice(market.mentors).id
            market = replace(market, mentors=tuple(m for m in market.mentors if m.id != gone))
