"""A second solver for the same task: scipy's sparse assignment, with a way out for each row."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from sheets_sync.domain.matching.flow import Edges
from sheets_sync.domain.matching.pool import Ints


def second_opinion(edges: Edges, row_count: int, capacity: Ints) -> tuple[int, int]:
    """Find most people paired, then the greatest total weight: the two figures.

    Each mentor is as many columns as places; each row has a column of its own that means «unpaired» and
    costs more than all weights together. Source: scipy.sparse.csgraph reference.
    """
    places = np.r_[0, np.cumsum(capacity)]
    times = capacity[edges.mentor]
    row = np.repeat(edges.row, times)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
    column = np.repeat(places[edges.mentor], times) + offset
    weight = np.repeat(edges.weight, times)
    top = int(weight.max(initial=0)) + 1
    unpaired = float(top) * (row_count + 1)
    rows = np.r_[row, np.arange(row_count)]
    columns = np.r_[column, places[-1] + np.arange(row_count)]
    # Explicit zeros would be taken for missing entries: every cost is at least one.
    costs = np.r_[(top - weight + 1).astype(float), np.full(row_count, unpaired)]

    order = np.lexsort((costs, columns, rows))
    rows, columns, costs = rows[order], columns[order], costs[order]
    first = np.r_[True, (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])]
    graph = coo_array((costs[first], (rows[first], columns[first]))).tocsr()
    left, right = min_weight_full_bipartite_matching(graph)
    paired = right < places[-1]
    cost = np.asarray(graph[left[paired], right[paired]]).ravel()

    return int(paired.sum()), round(float((top + 1 - cost).sum()))
