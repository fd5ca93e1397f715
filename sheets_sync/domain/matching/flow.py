"""Solves the pairing as min-cost flow with OR-tools; the only module that knows the solver."""

from dataclasses import dataclass

import numpy as np

from sheets_sync.domain.matching.pool import Flags, Ints

UNPAIRED = -1


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs that may be formed, as parallel arrays; `weight` is score plus bonuses, never negative."""

    row: Ints
    mentor: Ints
    form: Ints
    score: Ints
    weight: Ints

    def __len__(self) -> int:
        return len(self.row)

    def where(self, keep: Flags) -> "Edges":
        """The edges at which `keep` is true."""
        return Edges(*(part[keep] for part in (self.row, self.mentor, self.form, self.score, self.weight)))


class SolverError(RuntimeError):
    """The solver refused a problem that has a solution by construction: a bug, never bad data."""


def best_pairing(edges: Edges, row_count: int, capacity: Ints, *, most_people: bool = True) -> Ints:
    """Find most people paired, then the greatest total weight; per row the index of its edge or UNPAIRED.

    With `most_people` off only the total weight counts. Shape: `capacity` has one entry per mentor.
    Source: OR-tools reference, SimpleMinCostFlow.solve_max_flow_with_min_cost (no penalty costs are needed).
    """
    if not len(edges):
        return np.full(row_count, UNPAIRED, dtype=np.int64)
    top = int(edges.weight.max())
    rows, mentors = row_count, len(capacity)
    source, sink, first_mentor = 0, rows + mentors + 1, rows + 1
    tails = [edges.row + 1, np.zeros(rows, np.int64), np.arange(mentors) + first_mentor]
    heads = [edges.mentor + first_mentor, np.arange(rows) + 1, np.full(mentors, sink)]
    room = [np.ones(len(edges), np.int64), np.ones(rows, np.int64), capacity]
    costs = [top - edges.weight, np.zeros(rows, np.int64), np.zeros(mentors, np.int64)]
    if not most_people:
        tails.append(np.arange(rows) + 1)
        heads.append(np.full(rows, sink))
        room.append(np.ones(rows, np.int64))
        costs.append(np.full(rows, top))
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[source], supply[sink] = rows, -rows
    flows = _flows(tails, heads, room, costs, supply, balanced=False)
    return _edge_of_row(flows[: len(edges)], edges, row_count)


def heaviest_complete(
    edges: Edges, gain: Ints, row_count: int, capacity: Ints, must: tuple[Flags, Ints]
) -> Ints:
    """Maximise total `gain` where rows of `must[0]` are paired and mentor j gets at least `must[1][j]`.

    Shape: `gain` is parallel to `edges`; the result is as in `best_pairing`. Errors: SolverError when the
    demands cannot be met.
    """
    must_rows, must_mentors = must
    rows, mentors = row_count, len(capacity)
    first_mentor, sink = rows, rows + mentors
    optional = np.flatnonzero(~must_rows)
    tails = [edges.row, optional, np.arange(mentors) + first_mentor]
    heads = [edges.mentor + first_mentor, np.full(len(optional), sink), np.full(mentors, sink)]
    room = [np.ones(len(edges), np.int64), np.ones(len(optional), np.int64), capacity - must_mentors]
    costs = [-gain, np.zeros(len(optional), np.int64), np.zeros(mentors, np.int64)]
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:rows] = 1
    supply[first_mentor:sink] = -must_mentors
    supply[sink] = int(must_mentors.sum()) - rows
    flows = _flows(tails, heads, room, costs, supply, balanced=True)
    return _edge_of_row(flows[: len(edges)], edges, row_count)


def most_paired(edges: Edges, row_count: int, capacity: Ints) -> Ints:
    """Pair as many rows as possible, whatever the weights; per row the index of its edge or UNPAIRED."""
    if not len(edges):
        return np.full(row_count, UNPAIRED, dtype=np.int64)
    from ortools.graph.python import max_flow

    rows, mentors = row_count, len(capacity)
    sink = rows + mentors + 1
    solver = max_flow.SimpleMaxFlow()
    tails = [edges.row + 1, np.zeros(rows, np.int64), np.arange(mentors) + rows + 1]
    heads = [edges.mentor + rows + 1, np.arange(rows) + 1, np.full(mentors, sink)]
    room = [np.ones(len(edges) + rows, np.int64), capacity]
    arcs = solver.add_arcs_with_capacity(
        np.concatenate(tails).astype(np.int32), np.concatenate(heads).astype(np.int32), np.concatenate(room)
    )
    if solver.solve(0, sink) != solver.OPTIMAL:
        raise SolverError("max flow was not solved")
    flows = np.asarray(solver.flows(arcs[: len(edges)]), dtype=np.int64)
    return _edge_of_row(flows, edges, row_count)


def _flows(
    tails: list[Ints], heads: list[Ints], room: list[Ints], costs: list[Ints], supply: Ints, *, balanced: bool
) -> Ints:
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate(tails).astype(np.int32),
        np.concatenate(heads).astype(np.int32),
        np.concatenate(room).astype(np.int64),
        np.concatenate(costs).astype(np.int64),
    )
    solver.set_nodes_supplies(np.arange(len(supply), dtype=np.int32), supply)
    status = solver.solve() if balanced else solver.solve_max_flow_with_min_cost()
    if status != solver.OPTIMAL:
        raise SolverError(f"min-cost flow ended with status {status}")
    flows: Ints = np.asarray(solver.flows(arcs), dtype=np.int64)
    return flows


def _edge_of_row(flows: Ints, edges: Edges, row_count: int) -> Ints:
    used = np.flatnonzero(flows > 0)
    chosen = np.full(row_count, UNPAIRED, dtype=np.int64)
    chosen[edges.row[used]] = used
    return chosen
