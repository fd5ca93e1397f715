"""The floor: the greatest least score at which as many people can still be paired."""

import numpy as np

from sheets_sync.domain.matching.flow import UNPAIRED, Edges, most_paired
from sheets_sync.domain.matching.listing import Cell, Task, cells_of, edges_of, joined, without
from sheets_sync.domain.matching.pool import Flags, Ints
from sheets_sync.domain.matching.reach import holders, reached

_ROUNDS = 20
_EXTRA_PER_BLOCK = 20_000


def highest_floor(
    task: Task, edges: Edges, people: int, least: int, forbidden: frozenset[Cell]
) -> tuple[int, Edges, bool]:
    """Find the floor by bisection over the scores; `least` is one that is known to be reached.

    Shape: returns the floor, the edges (those the search had to add included) and whether no pair outside the
    lists could raise it: then the people who lack such a pair are short of mentors among all pairs (a Hall
    set), not only among the listed ones.
    """
    floor = _bisect(task, edges, people, least)
    if task.complete:
        return floor, edges, True
    if task.book.cells > task.pool.rules.proof_cells:
        return floor, edges, False
    for _ in range(_ROUNDS):
        above = edges.where(edges.score > floor)
        chosen = most_paired(above, len(task.free), task.capacity)
        if int((chosen != UNPAIRED).sum()) >= people:
            floor = _bisect(task, edges, people, floor + 1)
            continue
        holder = holders(above, chosen, len(task.capacity))
        rows, mentors = reached(above, holder, task.free & (chosen == UNPAIRED), len(task.capacity))
        outside = _ways_out(task, rows, mentors, floor)
        new = without(edges_of(task, outside), forbidden)
        if not len(new):
            return floor, edges, True
        edges = joined(task.pool, edges, new)
    return floor, edges, False


def _bisect(task: Task, edges: Edges, people: int, least: int) -> int:
    scores = np.unique(edges.score[edges.score >= least])
    low, high = 0, len(scores) - 1
    while low < high:
        middle = (low + high + 1) // 2
        over = edges.where(edges.score >= scores[middle])
        if int((most_paired(over, len(task.free), task.capacity) != UNPAIRED).sum()) >= people:
            low = middle
        else:
            high = middle - 1
    return int(scores[low])


def _ways_out(task: Task, rows: Flags, mentors: Flags, floor: int) -> Ints:
    """Allowed pairs above the floor that lead from the reached rows to mentors not reached."""
    found = [np.zeros((0, 4), np.int64)]
    for block in task.book.open_blocks(task.free & rows, (task.capacity > 0) & ~mentors):
        found.append(cells_of(block, block.scores > floor)[:_EXTRA_PER_BLOCK])
    return np.concatenate(found)
