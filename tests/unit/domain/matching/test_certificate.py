"""A proof that accepts a worse pairing would be worthless: these are the ways it must refuse."""

import numpy as np
import pytest

from sheets_sync.domain.matching.certificate import Prices, certifies, prices_of, worth_of_person
from sheets_sync.domain.matching.flow import UNPAIRED, Edges, best_pairing

# Two mentees want one place: 0–0 gives 10, 1–0 gives 7, 1–1 gives 1.
EDGES = Edges(
    row=np.array([0, 1, 1]),
    mentor=np.array([0, 0, 1]),
    form=np.array([0, 0, 0]),
    score=np.array([10, 7, 1]),
    weight=np.array([10, 7, 1]),
)
PLACES = np.array([1, 1])
PERSON = worth_of_person(2, 10, most_people=True)


def test_f18_the_best_pairing_gets_prices_that_prove_it() -> None:
    chosen = best_pairing(EDGES, 2, PLACES)
    assert chosen.tolist() == [0, 2]
    prices = prices_of(EDGES, chosen, PLACES, PERSON)
    assert prices is not None and certifies(EDGES, chosen, PLACES, prices)


@pytest.mark.parametrize("worse", [[-1, 1], [0, -1], [-1, -1]])
def test_f18_a_worse_pairing_gets_no_proof(worse: list[int]) -> None:
    chosen = np.array(worse)
    prices = prices_of(EDGES, chosen, PLACES, PERSON)
    assert prices is None or not certifies(EDGES, chosen, PLACES, prices)


def test_prices_that_leave_a_pair_uncovered_prove_nothing() -> None:
    chosen = np.array([0, 2])
    low = Prices(row=np.array([0, 0]), mentor=np.array([0, 0]), person=PERSON)
    assert not certifies(EDGES, chosen, PLACES, low)


def test_an_overbooked_mentor_proves_nothing() -> None:
    chosen = np.array([0, 1])
    prices = Prices(row=np.array([PERSON + 10, PERSON + 7]), mentor=np.array([0, 0]), person=PERSON)
    assert not certifies(EDGES, chosen, PLACES, prices)


def test_one_more_person_outweighs_all_points_together() -> None:
    # Serving row 1 by mentor 0 is worth 1000; serving both is worth 0 + 0 points but two people.
    edges = Edges(
        row=np.array([0, 1, 1]),
        mentor=np.array([0, 0, 1]),
        form=np.zeros(3, np.int64),
        score=np.array([0, 1000, 0]),
        weight=np.array([0, 1000, 0]),
    )
    assert best_pairing(edges, 2, PLACES).tolist() == [0, 2]
    assert best_pairing(edges, 2, PLACES, most_people=False).tolist()[1] == 1


@pytest.mark.parametrize(("rows", "mentors"), [([10, 0], [0, -10]), ([10, -10], [0, 0])])
def test_f18_prices_below_nothing_prove_nothing(rows: list[int], mentors: list[int]) -> None:
    """One pair of ten points is left unmade; a negative price elsewhere would make the totals equal."""
    edges = Edges(*(np.array([value]) for value in (0, 0, 0, 10, 10)))
    chosen, capacity = np.array([UNPAIRED, UNPAIRED]), np.array([1, 1])
    assert not certifies(edges, chosen, capacity, Prices(np.array(rows), np.array(mentors), 0))


def test_one_more_person_outweighs_a_whole_chain_of_better_pairs() -> None:
    """Three people for nothing go before two for two hundred points, and the proof has to say so."""
    edges = Edges(
        row=np.array([0, 1, 1, 2, 2]),
        mentor=np.array([0, 0, 1, 1, 2]),
        form=np.zeros(5, np.int64),
        score=np.array([0, 100, 0, 100, 0]),
        weight=np.array([0, 100, 0, 100, 0]),
    )
    places, person = np.array([1, 1, 1]), worth_of_person(3, 100, most_people=True)
    everybody = best_pairing(edges, 3, places)
    assert everybody.tolist() == [0, 2, 4]
    prices = prices_of(edges, everybody, places, person)
    assert prices is not None and certifies(edges, everybody, places, prices)
    richer = np.array([UNPAIRED, 1, 3])
    found = prices_of(edges, richer, places, person)
    assert found is None or not certifies(edges, richer, places, found)
