"""The best pairing of what is free: people, then the floor, then points, then lots; with its proof."""

from dataclasses import dataclass, replace

import numpy as np

from sheets_sync.domain.matching.canonical import canonical_pairing, lots
from sheets_sync.domain.matching.certificate import (
    Prices,
    certifies,
    dual_total,
    prices_of,
    worth_of_person,
)
from sheets_sync.domain.matching.floor import highest_floor
from sheets_sync.domain.matching.flow import UNPAIRED, Edges, best_pairing, most_paired
from sheets_sync.domain.matching.listing import (
    Cell,
    Task,
    covering_prices,
    edge_keys,
    improving,
    joined,
    without,
)
from sheets_sync.domain.matching.pool import Ints, Pool

_BRANCHES = 60
_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Optimum:
    """A pairing (`chosen`: per row the index of its edge or -1) with the figures that rank it.

    Shape: `floor` is the greatest least score reachable, 0 when no floor was asked for; `floor_proven` says
    that this holds over all allowed pairs and not only the listed ones; `certified` says that the prices
    prove the pairing best among the listed pairs, `proven` among all.
    """

    edges: Edges
    chosen: Ints
    prices: Prices
    people: int
    floor: int
    floor_price: int | None
    floor_proven: bool
    objective: int
    bound: int
    lot_sum: int
    certified: bool
    proven: bool

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What is maximised, in order of importance."""
        return self.people, self.floor, self.objective, self.lot_sum


def find_optimum(task: Task) -> Optimum:
    """Solve, and where two people would mentor each other in one form, branch until nobody does.

    With more than 60 branches the search stops at the best found and says it is not proven.
    """
    best: Optimum | None = None
    root: Optimum | None = None
    waiting: list[frozenset[Cell]] = [frozenset()]
    left = _BRANCHES
    while waiting:
        forbidden = waiting.pop()
        node = _relaxed(task, forbidden)
        root = root or node
        left -= 1
        if best is not None and node.rank <= best.rank:
            continue
        clash = _mutual(task, node)
        if clash is None:
            best = node
            continue
        weaker, stronger = clash
        if left > 0 or best is None:
            waiting = [*waiting, forbidden | {stronger}] if left > 0 else waiting
            waiting.append(forbidden | {weaker})
    if best is None or root is None:  # the last dive always ends without a clash
        raise AssertionError("no pairing without mutual pairs")
    if left > 0:
        return best
    bound = root.bound if root.people == best.people else best.bound
    return replace(best, bound=bound, proven=best.proven and best.rank == root.rank)


def _relaxed(task: Task, forbidden: frozenset[Cell]) -> Optimum:
    rules = task.pool.rules
    edges = without(task.listed, forbidden)
    wanted = rules.floor and rules.most_people
    if wanted and task.book.cells > rules.proof_cells:
        # So many people that the price of the floor, a whole solution more, is not worth its time.
        most = most_paired(edges, len(task.free), task.capacity)
        people, least, free = int((most != UNPAIRED).sum()), 0, None
    else:
        free = _priced(task, edges, 0, forbidden)
        used = free.edges.score[free.chosen[free.chosen != UNPAIRED]]
        edges, people, least = free.edges, free.people, int(used.min() if len(used) else 0)
    if not wanted or not people:
        solved = free or _priced(task, edges, 0, forbidden)
        return _canonical(task, solved, 0, 0, forbidden)
    floor, edges, everywhere = highest_floor(task, edges, people, least, forbidden)
    # Solved anew even when the free optimum reaches the floor: others on its face may not.
    # Last night's proposals may lie below by the stay bonus: the floor too must not move people for little.
    stays = edges.weight > edges.score + task.pool.row_bonus[edges.row]
    high = edges.where(edges.score >= floor - stays * rules.stay_bonus)
    raised = _priced(task, high, floor, forbidden)
    price = free.objective - raised.objective if free else None
    return replace(_canonical(task, raised, floor, price, forbidden), floor_proven=everywhere)


@dataclass(frozen=True, slots=True)
class _Solved:
    edges: Edges
    chosen: Ints
    prices: Prices
    people: int
    objective: int
    certified: bool
    proven: bool


def _priced(task: Task, edges: Edges, floor: int, forbidden: frozenset[Cell]) -> _Solved:
    """Solve over the listed edges, then price all others and add those that improve until none does.

    Beyond `proof_cells` nothing is added; what the pairing lacks to the best over all pairs is only bounded.
    """
    rows = len(task.pool.mentees)
    most = task.pool.rules.most_people
    person = worth_of_person(rows, task.top_weight, most_people=most)
    rounds = _ROUNDS if task.book.cells <= task.pool.rules.proof_cells else 0
    while True:
        chosen = best_pairing(edges, rows, task.capacity, most_people=most)
        prices = prices_of(edges, chosen, task.capacity, person)
        if prices is None:
            raise AssertionError("the solver's pairing is not optimal")
        certified = certifies(edges, chosen, task.capacity, prices)
        rounds -= 1
        if task.complete or rounds < 0:
            covered = task.complete
            break
        better, equal, _ = improving(task, prices, floor, forbidden)
        covered = not len(better)
        if covered or rounds == 0:
            grown = joined(task.pool, edges, equal)
            edges, chosen = grown, _moved(task.pool, edges, grown, chosen)
            break
        edges = joined(task.pool, edges, better)
    used = chosen[chosen != UNPAIRED]
    objective = int(edges.weight[used].sum())
    return _Solved(edges, chosen, prices, len(used), objective, certified, certified and covered)


def _bound(task: Task, solved: _Solved, floor: int, forbidden: frozenset[Cell]) -> int:
    """What no pairing of as many people can exceed: the objective itself once all pairs are covered."""
    if solved.proven:
        return solved.objective
    prices = solved.prices
    rows_price = covering_prices(task, prices, floor, forbidden)
    covering = Prices(rows_price, prices.mentor, prices.person)
    return dual_total(covering, task.capacity) - prices.person * solved.people


def _moved(pool: Pool, before: Edges, after: Edges, chosen: Ints) -> Ints:
    """The same pairing in a list of edges that grew (both lists are in canonical order)."""
    moved = chosen.copy()
    paired = chosen != UNPAIRED
    moved[paired] = np.searchsorted(edge_keys(pool, after), edge_keys(pool, before)[chosen[paired]])
    return moved


def _canonical(
    task: Task, solved: _Solved, floor: int, floor_price: int | None, forbidden: frozenset[Cell]
) -> Optimum:
    chosen = canonical_pairing(task.pool, solved.edges, task.capacity, solved.prices)
    used = chosen[chosen != UNPAIRED]
    certified = certifies(solved.edges, chosen, task.capacity, solved.prices)
    return Optimum(
        edges=solved.edges,
        chosen=chosen,
        prices=solved.prices,
        people=len(used),
        floor=floor,
        floor_price=floor_price,
        floor_proven=True,
        objective=int(solved.edges.weight[used].sum()),
        bound=_bound(task, solved, floor, forbidden),
        lot_sum=int(lots(task.pool, solved.edges)[used].sum()) if len(used) else 0,
        certified=solved.certified and certified,
        proven=solved.proven and certified,
    )


def _mutual(task: Task, node: Optimum) -> tuple[Cell, Cell] | None:
    """Two chosen pairs that are each other's reverse in one form, the weaker first; or None."""
    pool, edges = task.pool, node.edges
    seen: dict[tuple[int, int, int], int] = {}
    for at in node.chosen[node.chosen != UNPAIRED].tolist():
        mentee, mentor = int(pool.person_of_row[edges.row[at]]), int(pool.person_of_mentor[edges.mentor[at]])
        form = int(edges.form[at])
        other = seen.get((mentor, mentee, form))
        if other is not None:
            first, second = sorted((at, other), key=lambda e: (int(edges.weight[e]), e))
            return _cell(edges, first), _cell(edges, second)
        seen[mentee, mentor, form] = at
    return None


def _cell(edges: Edges, at: int) -> Cell:
    return int(edges.row[at]), int(edges.mentor[at]), int(edges.form[at])
