"""Proof of optimality: integer prices rebuilt from a pairing, and their check, without the solver."""

from dataclasses import dataclass

import numpy as np

from sheets_sync.domain.matching.flow import UNPAIRED, Edges
from sheets_sync.domain.matching.pool import Ints


@dataclass(frozen=True, slots=True)
class Prices:
    """Dual values: what a row gains (`row`) and what one more place of a mentor is worth (`mentor`)."""

    row: Ints
    mentor: Ints
    person: int


def worth_of_person(row_count: int, top_weight: int, *, most_people: bool) -> int:
    """What one more person paired is worth in points: more than all weights together, or nothing."""
    return (top_weight + 1) * (row_count + 1) if most_people else 0


def prices_of(edges: Edges, chosen: Ints, capacity: Ints, person: int) -> Prices | None:
    """Rebuild the least prices from a pairing by relaxation (Bellman–Ford); None when it is not optimal."""
    rows, mentors = len(chosen), len(capacity)
    paired = chosen != UNPAIRED
    own = np.where(paired, edges.weight[chosen] if len(edges) else 0, -person)
    holder = np.full(rows, mentors, dtype=np.int64)
    holder[paired] = edges.mentor[chosen[paired]]
    price = np.zeros(mentors + 1, dtype=np.int64)
    if len(edges):
        order = np.argsort(edges.mentor, kind="stable")
        by_mentor = edges.mentor[order]
        starts = np.flatnonzero(np.r_[True, by_mentor[1:] != by_mentor[:-1]])
        reached = by_mentor[starts]
        margin = (edges.weight - own[edges.row])[order]
        via = holder[edges.row][order]
        for _ in range(mentors + 2):
            wanted = np.maximum.reduceat(margin + price[via], starts)
            if (wanted <= price[reached]).all():
                break
            price[reached] = np.maximum(price[reached], wanted)
        else:
            return None
    gain = np.where(paired, own + person - price[holder], 0)
    return Prices(row=gain, mentor=price[:mentors], person=person)


def certifies(edges: Edges, chosen: Ints, capacity: Ints, prices: Prices) -> bool:
    """Check the proof: a feasible pairing, prices that cover every edge, equal totals; all integers."""
    paired = chosen[chosen != UNPAIRED]
    rows = np.flatnonzero(chosen != UNPAIRED)
    if not np.array_equal(edges.row[paired], rows):
        return False
    if (np.bincount(edges.mentor[paired], minlength=len(capacity)) > capacity).any():
        return False
    if (prices.row < 0).any() or (prices.mentor < 0).any():
        return False
    if (prices.row[edges.row] + prices.mentor[edges.mentor] < edges.weight + prices.person).any():
        return False
    primal = int(edges.weight[paired].sum()) + prices.person * len(paired)
    return primal == dual_total(prices, capacity)


def dual_total(prices: Prices, capacity: Ints) -> int:
    """Upper bound that the prices prove for people × worth + points."""
    return int(prices.row.sum()) + int((prices.mentor * capacity).sum())
