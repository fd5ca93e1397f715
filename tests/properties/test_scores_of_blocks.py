"""Scores of whole blocks against a slow second opinion, pair by pair, under random rules."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_sync.domain.matching import Criterion, Decided, Level, Market
from sheets_sync.domain.matching.book import ScoreBook
from sheets_sync.domain.matching.pool import build_pool
from sheets_sync.domain.matching.scores import CLOSED
from tests.unit.domain.matching.school import random_market, school_rules, slow_score

FAST = settings(max_examples=60, deadline=None, derandomize=True)


def odd_market(seed: int) -> Market:
    """A market with levels and places drawn by lot, and a few vetoes."""
    dice = Random(seed)
    levels = {criterion: dice.choice(list(Level)) for criterion in Criterion}
    rules = school_rules(
        levels=levels,
        waive_mandatory_when_chosen=dice.random() < 0.5,
        enough_common_slots=dice.randint(1, 3),
        level_weights={level: dice.randint(0, 9) for level in Level} | {Level.OFF: 0},
    )
    market = random_market(seed, mentees=14, mentors=9, rules=rules)
    places = ("", "север", "юг")
    vetoes = tuple(
        Decided(dice.choice(market.mentees).id, "", dice.choice(market.mentors).id) for _ in range(4)
    )
    return replace(
        market,
        mentees=tuple(replace(m, place=dice.choice(places)) for m in market.mentees),
        mentors=tuple(replace(m, place=dice.choice(places)) for m in market.mentors),
        vetoes=vetoes,
    )


def allowed_scores(market: Market) -> dict[tuple[str, str, str], int]:
    """Every allowed pair by mentee, form and mentor, written from docs/pairing.md."""
    forbidden = {(veto.mentee, veto.mentor) for veto in market.vetoes}
    found = {}
    for mentee in market.mentees:
        for mentor in market.mentors:
            apart = mentee.place and mentor.place and mentee.place != mentor.place
            if apart and not ("онлайн" in mentee.times and "онлайн" in mentor.times):
                continue
            for form in market.rules.forms:
                score = slow_score(market.rules, form, mentee, mentor)
                if score is not None and (mentee.id, mentor.id) not in forbidden:
                    found[mentee.id, form.title, mentor.id] = score
    return found


@FAST
@given(seed=st.integers(0, 100_000))
def test_f18_every_block_says_what_the_rules_say_of_each_pair(seed: int) -> None:
    market = odd_market(seed)
    pool = build_pool(market)
    found: dict[tuple[str, str, str], int] = {}
    seen = 0
    for block in ScoreBook(pool):
        for at, row in enumerate(block.rows.tolist()):
            for place, mentor in enumerate(block.mentors.tolist()):
                score = int(block.scores[at, place])
                if score > CLOSED:
                    form = pool.rules.forms[block.form].title
                    found[pool.mentees[row].id, form, pool.mentors[mentor].id] = score
                    seen += 1
    assert found == allowed_scores(market)
    assert seen == len(found), "a pair stands in two blocks"
