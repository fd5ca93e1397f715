"""Which pairs the solver is shown: all of them in a small pool, candidate lists in a large one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheets_sync.domain.matching.book import Block, ScoreBook
from sheets_sync.domain.matching.certificate import Prices
from sheets_sync.domain.matching.flow import Edges
from sheets_sync.domain.matching.pool import Flags, Ints, Pool
from sheets_sync.domain.matching.scores import CLOSED, Scores, pair_scores

Cell = tuple[int, int, int]
"""Row, mentor and form of one pair, as indices."""

_EXTRA_PER_ROW = 20
_FAR = 2**31 - 1
_SAMPLED = 16


@dataclass(frozen=True, slots=True)
class Task:
    """What is left to pair after people's decisions.

    Shape: `free` marks rows without a locked pair, `capacity` the places left per mentor, `current` last
    night's proposals; `complete` says whether `listed` holds every pair that the rules allow.
    """

    pool: Pool
    book: ScoreBook
    free: Flags
    capacity: Ints
    current: frozenset[Cell]
    listed: Edges
    complete: bool
    top_weight: int


def make_task(pool: Pool, book: ScoreBook, free: Flags, capacity: Ints, current: frozenset[Cell]) -> Task:
    """List the candidate pairs of the free rows and the mentors who still have a place."""
    complete = book.cells <= pool.rules.dense_cells
    blocks = book.open_blocks(free, capacity > 0)
    if complete:
        parts = [cells_of(block, block.scores > CLOSED) for block in blocks]
    else:
        parts = [*candidates(pool, blocks), _exact_cells(pool, free, capacity, current)]
    cells = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    _, first = np.unique(_keys(pool, cells[:, 0], cells[:, 1], cells[:, 2]), return_index=True)
    top = 1000 + pool.rules.stay_bonus + int(pool.row_bonus.max(initial=0))
    return Task(pool, book, free, capacity, current, _edges(pool, cells[first], current), complete, top)


def improving(
    task: Task, prices: Prices, least_score: int, forbidden: frozenset[Cell]
) -> tuple[Edges, Edges, Ints]:
    """Price every allowed pair: those that would improve, those that tie, and the row prices that cover all.

    Shape: at most 20 improving edges per row; both lists may repeat edges already listed. Only pairs without
    a stay bonus are priced: last night's are always listed.
    """
    better: list[Ints] = []
    equal: list[Ints] = []
    rows_price = prices.row.copy()
    bonus = task.pool.row_bonus + prices.person
    for block, gain in _gains(task, prices, least_score, forbidden):
        best = gain.max(axis=1) + bonus[block.rows]
        rows_price[block.rows] = np.maximum(rows_price[block.rows], best)
        over = np.flatnonzero(best >= prices.row[block.rows])
        if len(over):
            rows = block.rows[over]
            left = gain[over] + (bonus - prices.row)[rows][:, None]
            near = Block(block.form, rows, block.mentors, block.scores[over])
            equal.append(cells_of(near, left == 0))
            if (left > 0).any():
                better.append(cells_of(near, _top_per_row(np.maximum(left, 0), _EXTRA_PER_ROW)))
    return _gather(task, better), _gather(task, equal), rows_price


def covering_prices(task: Task, prices: Prices, least_score: int, forbidden: frozenset[Cell]) -> Ints:
    """Row prices raised until they cover every allowed pair: a bound for a pairing sought among lists."""
    rows_price = prices.row.copy()
    bonus = task.pool.row_bonus + prices.person
    for block, gain in _gains(task, prices, least_score, forbidden):
        best = gain.max(axis=1) + bonus[block.rows]
        rows_price[block.rows] = np.maximum(rows_price[block.rows], best)
    return rows_price


def _gains(
    task: Task, prices: Prices, least_score: int, forbidden: frozenset[Cell]
) -> Iterator[tuple[Block, Ints]]:
    """Every block with score less the mentor's price; far below anything where the pair is not allowed."""
    # Half the bytes, twice the speed, wherever the prices allow.
    small = int(prices.mentor.max(initial=0)) + prices.person < _FAR // 2
    theirs = prices.mentor.astype(np.int32) if small else prices.mentor
    shut = -_FAR if small else -(_FAR**2)
    for block in task.book.open_blocks(task.free, task.capacity > 0):
        gain = block.scores - theirs[block.mentors]
        gain[block.scores < max(least_score, 0)] = shut
        for row, mentor, form in forbidden:
            if form == block.form:
                gain[np.ix_(block.rows == row, block.mentors == mentor)] = shut
        yield block, gain


def joined(pool: Pool, first: Edges, second: Edges) -> Edges:
    """Both lists of edges without repeats, in canonical order; what stands in the first list is kept."""
    keys = np.concatenate([edge_keys(pool, first), edge_keys(pool, second)])
    _, at = np.unique(keys, return_index=True)
    return Edges(
        *(
            np.concatenate(pair)[at]
            for pair in (
                (first.row, second.row),
                (first.mentor, second.mentor),
                (first.form, second.form),
                (first.score, second.score),
                (first.weight, second.weight),
            )
        )
    )


def edge_keys(pool: Pool, edges: Edges) -> Ints:
    """A number for every edge that grows in canonical order: row, mentor, form."""
    return _keys(pool, edges.row, edges.mentor, edges.form)


def _keys(pool: Pool, row: Ints, mentor: Ints, form: Ints) -> Ints:
    return (row * len(pool.mentors) + mentor) * pool.form_count + form


def without(edges: Edges, forbidden: frozenset[Cell]) -> Edges:
    """The edges that are not forbidden."""
    keep = np.ones(len(edges), dtype=np.bool_)
    for row, mentor, form in forbidden:
        keep &= (edges.row != row) | (edges.mentor != mentor) | (edges.form != form)
    return edges.where(keep)


def candidates(pool: Pool, blocks: Iterator[Block]) -> list[Ints]:
    """The best `mentee_list` pairs of each row and the best `mentor_list` of each mentor over all blocks."""
    rules = pool.rules
    by_row = _Best(pool, rules.mentee_list, of_mentors=False)
    by_mentor = _Best(pool, rules.mentor_list, of_mentors=True)
    least = np.zeros(len(pool.mentors), dtype=np.int16)
    for block in blocks:
        by_row.add(cells_of(block, _at_least_top(block.scores, rules.mentee_list)))
        # A mentor's list only takes what beats its worst place so far: soon next to nothing does.
        by_mentor.add(cells_of(block, block.scores >= least[block.mentors]))
        if by_mentor.cut_short():
            least = np.maximum(least, by_mentor.worst())
        by_row.cut_short()
    return [by_row.cells(), by_mentor.cells()]


class _Best:
    """Keeps the best `count` cells of each row or each mentor while cells are added.

    Shape: a cell is one number that grows by owner, then falls by score, then grows in canonical order.
    """

    _FEW = 1_000_000
    _SCORES = 1024

    def __init__(self, pool: Pool, count: int, *, of_mentors: bool) -> None:
        self._of_mentors, self._count = of_mentors, count
        self._owners, self._others = len(pool.mentees), len(pool.mentors)
        if of_mentors:
            self._owners, self._others = self._others, self._owners
        self._forms = pool.form_count
        self._parts: list[Ints] = []
        self._size, self._next = 0, self._FEW

    def add(self, cells: Ints) -> None:
        """Add cells of row, mentor, form and score."""
        row, mentor, form, score = cells.T
        owner, other = (mentor, row) if self._of_mentors else (row, mentor)
        falling = self._SCORES - 1 - score
        self._parts.append(((owner * self._SCORES + falling) * self._others + other) * self._forms + form)
        self._size += len(cells)

    def cut_short(self) -> bool:
        """Drop what is no longer among the best, once enough was added."""
        if self._size < self._next:
            return False
        self._parts = [self._best()]
        self._size = len(self._parts[0])
        self._next = self._size + max(self._FEW, self._size // 2)
        return True

    def cells(self) -> Ints:
        """The best cells."""
        rest, form = np.divmod(self._best(), self._forms)
        rest, other = np.divmod(rest, self._others)
        owner, falling = np.divmod(rest, self._SCORES)
        row, mentor = (other, owner) if self._of_mentors else (owner, other)
        return np.stack([row, mentor, form, self._SCORES - 1 - falling], axis=1)

    def worst(self) -> NDArray[np.int16]:
        """The score that each full list ends with, 0 while it is not full; right after `cut_short`."""
        owner, falling = np.divmod(self._parts[0] // (self._others * self._forms), self._SCORES)
        first = np.searchsorted(owner, np.arange(self._owners + 1))
        full = np.flatnonzero(np.diff(first) >= self._count)
        least = np.zeros(self._owners, dtype=np.int16)
        least[full] = self._SCORES - 1 - falling[first[full + 1] - 1]
        return least

    def _best(self) -> Ints:
        keys = np.sort(np.concatenate(self._parts)) if self._parts else np.zeros(0, np.int64)
        owner = keys // (self._SCORES * self._others * self._forms)
        first = np.searchsorted(owner, np.arange(self._owners))
        return keys[np.arange(len(keys)) - first[owner] < self._count]


def _exact_cells(pool: Pool, free: Flags, capacity: Ints, current: frozenset[Cell]) -> Ints:
    """Allowed pairs that somebody named or that stood last night: always candidates."""
    parts = []
    for form in range(pool.form_count):
        kept = np.array([cell[:2] for cell in sorted(current) if cell[2] == form], np.int64).reshape(-1, 2)
        row = np.concatenate([pool.choices.row, kept[:, 0]])
        mentor = np.concatenate([pool.choices.mentor, kept[:, 1]])
        inside = pool.rows_in_form[form, row] & pool.mentors_in_form[form, mentor]
        inside &= free[row] & (capacity[mentor] > 0)
        row, mentor = row[inside], mentor[inside]
        score = pair_scores(pool, form, row, mentor).astype(np.int64)
        cells = np.stack([row, mentor, np.full(len(row), form, np.int64), score], axis=1)
        parts.append(cells[score > CLOSED])
    return np.concatenate(parts)


def _at_least_top(scores: Scores, count: int) -> Flags:
    """Mark no fewer than the `count` greatest allowed scores of each row, cheaply: more is cut off later."""
    if scores.shape[1] <= _SAMPLED * count:
        return _top_per_row(scores + np.int16(1), count)
    sample = scores[:, ::_SAMPLED]
    few = 2 * count // _SAMPLED + 4
    least = np.partition(sample, sample.shape[1] - few, axis=1)[:, sample.shape[1] - few]
    marked: Flags = scores >= np.maximum(least, 0)[:, None]
    short = np.flatnonzero((np.count_nonzero(marked, axis=1) < count) & (least > 0))
    marked[short] = _top_per_row(scores[short] + np.int16(1), count)
    return marked


def _top_per_row(values: NDArray[np.signedinteger[Any]], count: int) -> Flags:
    """Mark the `count` greatest positive values of each row (more where they tie with the last)."""
    if values.shape[1] <= count:
        return values > 0
    last = np.partition(values, values.shape[1] - count, axis=1)[:, values.shape[1] - count]
    marked = values >= np.maximum(last, 1)[:, None]
    # Without a cap a pool of equal scores would list everything.
    if marked.sum() > 2 * count * len(values):
        marked &= np.cumsum(marked, axis=1) <= 2 * count
    return marked


def cells_of(block: Block, marked: Flags) -> Ints:
    """The marked cells of a block as rows of row, mentor, form, score."""
    # One flat search is several times faster than one that splits rows and columns itself.
    row, mentor = np.divmod(np.flatnonzero(marked), max(1, marked.shape[1]))
    form = np.full(len(row), block.form, dtype=np.int64)
    return np.stack(
        [block.rows[row], block.mentors[mentor], form, block.scores[row, mentor].astype(np.int64)], axis=1
    )


def _gather(task: Task, cells: list[Ints]) -> Edges:
    joined_cells = np.concatenate(cells) if cells else np.zeros((0, 4), np.int64)
    return _edges(task.pool, joined_cells, task.current)


def edges_of(task: Task, cells: Ints) -> Edges:
    """Cells as edges with the bonuses of their task."""
    return _edges(task.pool, cells, task.current)


def _edges(pool: Pool, cells: Ints, current: frozenset[Cell]) -> Edges:
    row, mentor, form, score = cells.T
    weight = score + pool.row_bonus[row]
    if current and len(row):
        kept = np.array(sorted(current), dtype=np.int64)
        stays = np.isin(_keys(pool, row, mentor, form), _keys(pool, kept[:, 0], kept[:, 1], kept[:, 2]))
        weight = weight + stays * pool.rules.stay_bonus
    return Edges(row.copy(), mentor.copy(), form.copy(), score.copy(), weight)
