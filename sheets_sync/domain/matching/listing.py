"""Which pairs the solver is shown: all of them in a small pool, candidate lists in a large one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheets_sync.domain.matching.certificate import Prices
from sheets_sync.domain.matching.flow import Edges
from sheets_sync.domain.matching.pool import Flags, Ints, Pool
from sheets_sync.domain.matching.scores import CLOSED, Block, ScoreBook

Cell = tuple[int, int, int]
"""Row, mentor and form of one pair, as indices."""

_EXTRA_PER_ROW = 20


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
    parts = [
        _all_open(block) if complete else _candidates(pool, block)
        for block in _open_blocks(book, free, capacity)
    ]
    if not complete:
        parts += [_kept_cells(pool, block, current) for block in _open_blocks(book, free, capacity)]
    cells = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    _, first = np.unique(_keys(pool, cells[:, 0], cells[:, 1], cells[:, 2]), return_index=True)
    cells = cells[first]
    top = 1000 + pool.rules.stay_bonus + int(pool.row_bonus.max(initial=0))
    return Task(pool, book, free, capacity, current, _edges(pool, cells, current), complete, top)


def improving(
    task: Task, prices: Prices, least_score: int, forbidden: frozenset[Cell]
) -> tuple[Edges, Edges, Ints]:
    """Price every allowed pair: those that would improve, those that tie, and the row prices that cover all.

    Shape: at most 20 improving edges per row; both lists may repeat edges already listed.
    """
    better: list[Ints] = []
    equal: list[Ints] = []
    rows_price = prices.row.copy()
    bonus = task.pool.row_bonus + prices.person
    for block in _open_blocks(task.book, task.free, task.capacity):
        gain = block.scores + bonus[block.rows][:, None] - prices.mentor[block.mentors][None, :]
        shut = block.scores < max(least_score, 0)
        for row, mentor, form in forbidden:
            if form == block.form:
                shut[np.ix_(block.rows == row, block.mentors == mentor)] = True
        gain[shut] = -1
        over = gain - prices.row[block.rows][:, None]
        rows_price[block.rows] = np.maximum(rows_price[block.rows], gain.max(axis=1, initial=0))
        equal.append(_cells(block, (over == 0) & ~shut))
        if (over > 0).any():
            better.append(_cells(block, _top_per_row(np.where(over > 0, over, 0), _EXTRA_PER_ROW)))
    return _gather(task, better), _gather(task, equal), rows_price


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


def _open_blocks(book: ScoreBook, free: Flags, capacity: Ints) -> Iterator[Block]:
    """The blocks of a book cut down to free rows and mentors with places."""
    for block in book:
        rows, mentors = free[block.rows], capacity[block.mentors] > 0
        if rows.all() and mentors.all():
            yield block
        elif rows.any() and mentors.any():
            scores = block.scores[np.ix_(rows, mentors)]
            yield Block(block.form, block.rows[rows], block.mentors[mentors], scores)


def _all_open(block: Block) -> Ints:
    return _cells(block, block.scores > CLOSED)


def _candidates(pool: Pool, block: Block) -> Ints:
    rules = pool.rules
    # A mentee open to several forms shares one list among them; pricing adds whatever is missed.
    forms = int(pool.rows_in_form[:, block.rows].sum(axis=0).max())
    by_row = _top_per_row(block.scores + 1, max(10, -(-rules.mentee_list // forms)))
    by_mentor = _top_per_row((block.scores + 1).T, rules.mentor_list).T
    named = np.zeros(block.scores.shape, dtype=np.bool_)
    span = pool.choices.between(int(block.rows[0]), int(block.rows[-1]) + 1)
    at_row = np.searchsorted(block.rows, pool.choices.row[span])
    at_mentor = np.searchsorted(block.mentors, pool.choices.mentor[span])
    inside = (at_row < len(block.rows)) & (at_mentor < len(block.mentors))
    at_row, at_mentor = at_row[inside], at_mentor[inside]
    hit = (block.rows[at_row] == pool.choices.row[span][inside]) & (
        block.mentors[at_mentor] == pool.choices.mentor[span][inside]
    )
    named[at_row[hit], at_mentor[hit]] = True
    return _cells(block, (by_row | by_mentor | named) & (block.scores > CLOSED))


def _kept_cells(pool: Pool, block: Block, current: frozenset[Cell]) -> Ints:
    keep = np.zeros(block.scores.shape, dtype=np.bool_)
    for row, mentor, form in current:
        if form == block.form:
            keep[np.ix_(block.rows == row, block.mentors == mentor)] = True
    return _cells(block, keep & (block.scores > CLOSED))


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


def _cells(block: Block, marked: Flags) -> Ints:
    row, mentor = np.nonzero(marked)
    form = np.full(len(row), block.form, dtype=np.int64)
    return np.stack(
        [block.rows[row], block.mentors[mentor], form, block.scores[row, mentor].astype(np.int64)], axis=1
    )


def _gather(task: Task, cells: list[Ints]) -> Edges:
    joined_cells = np.concatenate(cells) if cells else np.zeros((0, 4), np.int64)
    return _edges(task.pool, joined_cells, task.current)


def _edges(pool: Pool, cells: Ints, current: frozenset[Cell]) -> Edges:
    row, mentor, form, score = cells.T
    weight = score + pool.row_bonus[row]
    if current and len(row):
        kept = np.array(sorted(current), dtype=np.int64)
        stays = np.isin(_keys(pool, row, mentor, form), _keys(pool, kept[:, 0], kept[:, 1], kept[:, 2]))
        weight = weight + stays * pool.rules.stay_bonus
    return Edges(row.copy(), mentor.copy(), form.copy(), score.copy(), weight)
