"""The promises of pairing, against brute force and under every order of rows."""

from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.domain.matching import Decided, Ineligible, Market
from sheets_sync.domain.matching.certificate import certifies
from sheets_sync.domain.matching.flow import UNPAIRED
from sheets_sync.domain.matching.proposal import propose, solve
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


def with_decisions(market: Market, seed: int) -> Market:
    """The market with locks, vetoes, last night's proposals and people without consent, drawn by lot."""
    dice = Random(seed)

    def some(why: str, count: int) -> tuple[Decided, ...]:
        drawn = []
        for _ in range(count):
            mentee, mentor = dice.choice(market.mentees), dice.choice(market.mentors)
            form = dice.choice(market.rules.forms).title
            drawn.append(Decided(mentee.id, form, mentor.id, why))
        return tuple(drawn)

    barred = tuple(
        Ineligible(one.id, "наставляемый", "согласие не подписано") for one in dice.sample(market.mentees, 3)
    )
    return replace(
        market,
        locks=some("утверждена", 4),
        vetoes=some("отклонить", 5),
        current=some("", 6),
        ineligible=barred,
    )


@FAST
@given(seed=st.integers(0, 10_000), shuffle=st.integers(0, 10_000), listed=st.booleans())
def test_f20_shuffling_every_input_gives_the_same_proposal_to_the_letter(
    seed: int, shuffle: int, listed: bool
) -> None:
    lists = {"dense_cells": 0, "mentee_list": 3, "mentor_list": 2} if listed else {}
    market = with_decisions(random_market(seed, mentees=25, mentors=14, rules=school_rules(**lists)), seed)
    dice = Random(shuffle)

    def mixed(values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(dice.sample(values, len(values)))

    names = ("mentees", "mentors", "locks", "vetoes", "current", "ineligible")
    shuffled = replace(
        market,
        **{name: mixed(getattr(market, name)) for name in names},
    )
    assert propose(shuffled) == propose(market)


@FAST
@given(seed=st.integers(0, 10_000))
def test_f22_locks_stand_and_no_proposal_overbooks_a_mentor_or_breaks_a_veto(seed: int) -> None:
    market = with_decisions(random_market(seed, mentees=25, mentors=14, rules=school_rules()), seed)
    result = propose(market)
    barred = {one.id for one in market.ineligible}
    standing = {(p.mentee, p.form, p.mentor) for p in result.pairs if p.locked}
    lawful = {
        (one.mentee, one.form, one.mentor)
        for one in market.locks
        if one.mentee not in barred and one.mentee != one.mentor
    }
    assert standing == lawful
    room = {m.id: m.capacity for m in market.mentors}
    held = [one.mentor for one in {(o.mentee, o.form, o.mentor): o for o in market.locks}.values()]
    proposed = [p for p in result.pairs if not p.locked]
    for code in {p.mentor for p in proposed}:
        assert [p.mentor for p in proposed].count(code) <= room[code]
        assert [p.mentor for p in result.pairs].count(code) <= max(room[code], held.count(code))
    forbidden = {(one.mentee, one.form, one.mentor) for one in market.vetoes}
    assert not forbidden & {(p.mentee, p.form, p.mentor) for p in proposed}
    assert not barred & {p.mentee for p in result.pairs}


@FAST
@given(seed=st.integers(0, 10_000), damage=st.integers(0, 10_000))
def test_f18_the_certificate_refuses_a_corrupted_pairing_and_corrupted_prices(seed: int, damage: int) -> None:
    solved = solve(random_market(seed, mentees=12, mentors=8, rules=school_rules(floor=False)))
    optimum, capacity = solved.optimum, solved.task.capacity
    edges, chosen, prices = optimum.edges, optimum.chosen, optimum.prices
    assert certifies(edges, chosen, capacity, prices)
    dice = Random(damage)
    paired = np.flatnonzero(chosen != UNPAIRED)
    if not len(paired):
        return
    row = int(dice.choice(paired.tolist()))
    worse = chosen.copy()
    worse[row] = UNPAIRED
    assert not certifies(edges, worse, capacity, prices)
    others = [
        int(at) for at in np.flatnonzero(edges.row == row) if edges.weight[at] != edges.weight[chosen[row]]
    ]
    if others:
        worse[row] = dice.choice(others)
        assert not certifies(edges, worse, capacity, prices)
    lower = prices.row.copy()
    lower[row] -= dice.randint(1, 5)
    assert not certifies(edges, chosen, capacity, replace(prices, row=lower))
    higher = prices.mentor.copy()
    higher[int(edges.mentor[chosen[row]])] += dice.randint(1, 5)
    assert not certifies(edges, chosen, capacity, replace(prices, mentor=higher))


@pytest.mark.parametrize("seed", range(4))
def test_f18_the_floor_sought_by_lists_is_the_floor_over_all_pairs(seed: int) -> None:
    rules = school_rules()
    whole = propose(random_market(seed, mentees=60, mentors=40, rules=rules))
    short = replace(rules, dense_cells=0, mentee_list=2, mentor_list=1)
    listed = propose(random_market(seed, mentees=60, mentors=40, rules=short))
    assert listed.totals.floor_proven
    assert listed.totals == whole.totals
    assert [(p.mentee, p.form, p.mentor) for p in listed.pairs] == [
        (p.mentee, p.form, p.mentor) for p in whole.pairs
    ]


@pytest.mark.parametrize("seed", range(4))
def test_f18_with_the_proof_switched_off_the_gap_is_told_and_true(seed: int) -> None:
    rules = school_rules(dense_cells=0, proof_cells=0, mentee_list=2, mentor_list=1, most_people=False)
    best = propose(random_market(seed, mentees=60, mentors=40, rules=school_rules(most_people=False))).totals
    unproven = propose(random_market(seed, mentees=60, mentors=40, rules=rules)).totals
    assert unproven.certified
    assert unproven.objective <= best.objective <= unproven.bound
    assert unproven.proven == (unproven.gap == 0)


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
