"""How each pair stands among all that the mentee could have, and how many could be anybody's at all."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sheets_sync.domain.matching.book import ScoreBook
from sheets_sync.domain.matching.listing import Cell
from sheets_sync.domain.matching.pool import Ints, Pool
from sheets_sync.domain.matching.scores import CLOSED, pair_scores


@dataclass(frozen=True, slots=True)
class Standing:
    """Rank from 1 (0: the pair breaks a rule), how many were eligible, and the best other mentor or -1."""

    rank: int
    eligible: int
    runner_up: int = -1
    runner_up_score: int = -1


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look at all scores tells: how given pairs stand, and how many pairs the rules allow.

    Shape: `of_row` and `of_mentor` count the allowed pairs of each row and mentor over all forms.
    """

    standings: dict[Cell, Standing]
    of_row: Ints
    of_mentor: Ints


def survey(pool: Pool, book: ScoreBook, cells: Iterable[Cell]) -> Survey:
    """Compare every given pair with all the mentors its mentee could have, in all forms of the request."""
    wanted = sorted(set(cells))
    table = np.array(wanted, dtype=np.int64).reshape(-1, 3)
    row, mentor = table[:, 0], table[:, 1]
    own = _own_scores(pool, table)
    better = np.zeros(len(table), dtype=np.int64)
    best = np.full(len(table), CLOSED, dtype=np.int64)
    runner_up = np.full(len(table), -1, dtype=np.int64)
    of_row, of_mentor = np.zeros(len(pool.mentees), np.int64), np.zeros(len(pool.mentors), np.int64)
    for block in book:
        allowed = block.scores > CLOSED
        of_row[block.rows] += np.count_nonzero(allowed, axis=1)
        of_mentor[block.mentors] += np.count_nonzero(allowed, axis=0)
        first, last = np.searchsorted(row, [block.rows[0], block.rows[-1] + 1])
        at = np.searchsorted(block.rows, row[first:last])
        here = np.flatnonzero(block.rows[at] == row[first:last])
        mine, lines = first + here, block.scores[at[here]]
        column = np.minimum(np.searchsorted(block.mentors, mentor[mine]), len(block.mentors) - 1)
        itself = np.flatnonzero(block.mentors[column] == mentor[mine])
        lines[itself, column[itself]] = CLOSED
        better[mine] += np.count_nonzero(lines > own[mine][:, None], axis=1)
        top = lines.argmax(axis=1)
        score = lines[np.arange(len(mine)), top]
        ahead = score > best[mine]
        best[mine] = np.where(ahead, score, best[mine])
        runner_up[mine] = np.where(ahead, block.mentors[top], runner_up[mine])
    standings = {
        cell: Standing(place + 1 if mine > CLOSED else 0, eligible, who, points)
        for cell, mine, place, eligible, who, points in zip(
            wanted,
            own.tolist(),
            better.tolist(),
            of_row[row].tolist(),
            runner_up.tolist(),
            best.tolist(),
            strict=True,
        )
    }
    return Survey(standings, of_row, of_mentor)


def _own_scores(pool: Pool, table: Ints) -> Ints:
    scores = np.full(len(table), CLOSED, dtype=np.int64)
    row, mentor, form = table.T
    open_to_both = pool.rows_in_form[form, row] & pool.mentors_in_form[form, mentor]
    for one in range(pool.form_count):
        at = np.flatnonzero(open_to_both & (form == one))
        scores[at] = pair_scores(pool, one, row[at], mentor[at])
    return scores
