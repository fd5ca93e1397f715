"""On larger pools another solver, which shares nothing with ours, finds the same figures."""

import numpy as np
import pytest

from benchmarks.pairs.second_solver import second_opinion
from sheets_sync.domain.matching.flow import Edges
from sheets_sync.domain.matching.proposal import solve
from sheets_sync.domain.matching.scores import CLOSED
from tests.unit.domain.matching.school import random_market, school_rules


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("dense_cells", [3_000_000, 0])
def test_f18_scipy_finds_the_same_people_and_points_over_all_pairs(seed: int, dense_cells: int) -> None:
    rules = school_rules(dense_cells=dense_cells, mentee_list=5, mentor_list=3)
    solved = solve(random_market(seed, mentees=260, mentors=120, rules=rules))
    optimum, task = solved.optimum, solved.task
    cells = []
    for block in task.book:
        row, mentor = np.nonzero(block.scores > max(CLOSED, optimum.floor - 1))
        score = block.scores[row, mentor].astype(np.int64)
        cells.append(np.stack([block.rows[row], block.mentors[mentor], score]))
    row, mentor, score = np.concatenate(cells, axis=1)
    weight = score + solved.pool.row_bonus[row]
    edges = Edges(row, mentor, np.zeros(len(row), np.int64), score, weight)
    people, points = second_opinion(edges, len(solved.pool.mentees), task.capacity)
    assert optimum.proven and optimum.floor_proven
    # No mutual pair in one form is a rule outside the flow: it may only take away.
    assert (people, points) >= (optimum.people, optimum.objective)
    if not _has_both_roles(solved.settled.market):
        assert (people, points) == (optimum.people, optimum.objective)


def _has_both_roles(market: object) -> bool:
    return bool({m.id for m in market.mentees} & {m.id for m in market.mentors})  # type: ignore[attr-defined]
