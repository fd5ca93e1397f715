"""Blocking pairs of a proposal, and what a stable one (deferred acceptance) would cost."""

from dataclasses import dataclass

import numpy as np

from sheets_sync.domain.matching.flow import UNPAIRED, Edges
from sheets_sync.domain.matching.pool import Ints, Pool
from sheets_sync.domain.matching.proposal import Solved


@dataclass(frozen=True, slots=True)
class Stability:
    """How many pairs would both rather leave their partners for each other.

    Shape: `mutual` names those in which both had chosen each other after the meeting (mentee, mentor);
    `stable_people` and `stable_score` describe the stable pairing of the same free places, with people and
    points to compare beside it.
    """

    blocking: int
    mutual: tuple[tuple[str, str], ...]
    people: int
    score: int
    stable_people: int
    stable_score: int


def stability(solved: Solved) -> Stability:
    """Count blocking pairs among the allowed ones and solve the stable pairing beside; locks stay out of it.

    A person prefers the pair with the higher score; equal scores never block.
    """
    task, optimum = solved.task, solved.optimum
    edges, rows = task.listed, len(optimum.chosen)
    chosen_score = np.full(rows, -1, dtype=np.int64)
    paired = optimum.chosen != UNPAIRED
    chosen_score[paired] = optimum.edges.score[optimum.chosen[paired]]
    holder = optimum.edges.mentor[optimum.chosen[paired]]
    worst = np.full(len(task.capacity), 1001, dtype=np.int64)
    np.minimum.at(worst, holder, chosen_score[paired])
    worst[np.bincount(holder, minlength=len(worst)) < task.capacity] = -1
    blocks = (edges.score > chosen_score[edges.row]) & (edges.score > worst[edges.mentor])
    mutual = [
        (solved.pool.mentees[i].id, solved.pool.mentors[j].id)
        for i, j in zip(edges.row[blocks].tolist(), edges.mentor[blocks].tolist(), strict=True)
        if _both_chose(solved.pool, i, j)
    ]
    stable = deferred_acceptance(edges, rows, task.capacity)
    used = stable[stable != UNPAIRED]
    return Stability(
        blocking=int(blocks.sum()),
        mutual=tuple(sorted(set(mutual))),
        people=int(paired.sum()),
        score=int(chosen_score[paired].sum()),
        stable_people=len(used),
        stable_score=int(edges.score[used].sum()),
    )


def deferred_acceptance(edges: Edges, row_count: int, capacity: Ints) -> Ints:
    """The mentee-proposing stable pairing by scores; per row the index of its edge or UNPAIRED.

    Scores are the same for both sides, so taking pairs from the best down is that pairing; ties go by code.
    """
    order = np.lexsort((edges.mentor, edges.row, -edges.score))
    left = capacity.tolist()
    chosen = np.full(row_count, UNPAIRED, dtype=np.int64)
    for at in order.tolist():
        row, mentor = int(edges.row[at]), int(edges.mentor[at])
        if chosen[row] == UNPAIRED and left[mentor] > 0:
            chosen[row] = at
            left[mentor] -= 1
    return chosen


def _both_chose(pool: Pool, row: int, mentor: int) -> bool:
    return (
        pool.mentors[mentor].id in pool.mentees[row].choices
        and pool.mentees[row].id in pool.mentors[mentor].choices
    )
