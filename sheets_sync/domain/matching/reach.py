"""Who is short of mentors together: rows and mentors joined by alternating paths to somebody unpaired."""

import numpy as np

from sheets_sync.domain.matching.flow import UNPAIRED, Edges
from sheets_sync.domain.matching.pool import Flags, Ints


def holders(edges: Edges, chosen: Ints, mentor_count: int) -> Ints:
    """The mentor of each row, `mentor_count` for an unpaired one."""
    holder = np.full(len(chosen), mentor_count, dtype=np.int64)
    paired = chosen != UNPAIRED
    holder[paired] = edges.mentor[chosen[paired]]
    return holder


def reached(edges: Edges, holder: Ints, start: Flags, mentor_count: int) -> tuple[Flags, Flags]:
    """Rows and mentors reached from the rows of `start`: any edge forth, the pair of a mentor back."""
    rows = start.copy()
    mentors = np.zeros(mentor_count + 1, dtype=np.bool_)
    while True:
        mentors[edges.mentor[rows[edges.row]]] = True
        mentors[mentor_count] = False
        grown = rows | mentors[holder]
        if (grown == rows).all():
            return rows, mentors[:mentor_count]
        rows = grown
