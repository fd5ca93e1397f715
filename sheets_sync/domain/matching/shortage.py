"""Where places are short: groups of mentees whose mentors are all full (Hall sets)."""

from dataclasses import dataclass

import numpy as np

from sheets_sync.domain.matching.flow import UNPAIRED
from sheets_sync.domain.matching.listing import Task, joined
from sheets_sync.domain.matching.optimum import Optimum
from sheets_sync.domain.matching.pool import Ints
from sheets_sync.domain.matching.reach import holders, reached


@dataclass(frozen=True, slots=True)
class Shortage:
    """Mentees (`rows`) who together have only `places` places at `mentors`: `missing` of them stay without.

    When `tight` is false some mentor has a place left and another rule (no mutual pairs, best total score)
    keeps it empty.
    """

    rows: tuple[int, ...]
    mentors: tuple[int, ...]
    forms: tuple[int, ...]
    places: int
    tight: bool

    @property
    def missing(self) -> int:
        """How many places are short."""
        return len(self.rows) - self.places


def shortages(task: Task, optimum: Optimum) -> dict[int, Shortage]:
    """For every free row left without a mentor though mentors suit it, the shortage it belongs to.

    Rows reached from it by alternating paths have no other mentors than those reached, who are all full.
    """
    edges = task.listed if task.complete else joined(task.pool, task.listed, optimum.edges)
    rows, mentors = len(optimum.chosen), len(task.capacity)
    suited = np.zeros(rows, dtype=np.bool_)
    suited[edges.row] = True
    paired = optimum.chosen != UNPAIRED
    holder = holders(optimum.edges, optimum.chosen, mentors)
    left_out = np.flatnonzero(suited & ~paired)
    reached_rows, hit = reached(edges, holder, suited & ~paired, mentors)
    inside = edges.where(reached_rows[edges.row])
    label = _components(inside.row, inside.mentor, rows, mentors)
    used = np.bincount(holder[paired], minlength=mentors + 1)
    found: dict[int, Shortage] = {}
    for name in sorted(set(label[left_out].tolist())):
        mine = np.flatnonzero(reached_rows & (label[:rows] == name))
        theirs = np.flatnonzero(hit & (label[rows:] == name))
        tight = bool((used[theirs] >= task.capacity[theirs]).all())
        shortage = Shortage(
            rows=tuple(mine.tolist()),
            mentors=tuple(theirs.tolist()),
            forms=tuple(np.unique(inside.form[label[inside.row] == name]).tolist()),
            places=int(task.capacity[theirs].sum()),
            tight=tight,
        )
        found.update({row: shortage for row in mine.tolist() if not paired[row]})
    return found


def _components(row: Ints, mentor: Ints, rows: int, mentors: int) -> Ints:
    """The least node number connected with each node; mentors follow the rows."""
    label = np.arange(rows + mentors)
    while True:
        before = label.copy()
        np.minimum.at(label, rows + mentor, label[row])
        np.minimum.at(label, row, label[rows + mentor])
        if (label == before).all():
            return label
