"""How each pair stands among all that the mentee could have: rank, number of eligible mentors, runner-up."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sheets_sync.domain.matching.listing import Cell
from sheets_sync.domain.matching.pool import Pool
from sheets_sync.domain.matching.scores import CLOSED, ScoreBook


@dataclass(frozen=True, slots=True)
class Standing:
    """Rank from 1 (0: the pair breaks a rule), how many were eligible, and the best other mentor or -1."""

    rank: int
    eligible: int
    runner_up: int = -1
    runner_up_score: int = -1


def standings(pool: Pool, book: ScoreBook, cells: Iterable[Cell]) -> dict[Cell, Standing]:
    """Compare every given pair with all the mentors its mentee could have, in all forms of the request."""
    wanted = list(cells)
    by_row: dict[int, list[Cell]] = {}
    for cell in wanted:
        by_row.setdefault(cell[0], []).append(cell)
    rows = np.array(sorted(by_row), dtype=np.int64)
    found: dict[Cell, tuple[int, int, int, int, int]] = dict.fromkeys(wanted, (CLOSED, 0, 0, CLOSED, -1))
    own = _own_scores(book, wanted)
    for block in book:
        inside = np.flatnonzero(np.isin(block.rows, rows))
        for at in inside.tolist():
            line = block.scores[at]
            for cell in by_row[int(block.rows[at])]:
                mine = own.get(cell, CLOSED)
                _, better, eligible, best, who = found[cell]
                others = line.copy()
                others[block.mentors == cell[1]] = CLOSED
                top = int(others.argmax())
                if int(others[top]) > best:
                    best, who = int(others[top]), int(block.mentors[top])
                found[cell] = (
                    mine,
                    better + int((others > mine).sum()),
                    eligible + int((line > CLOSED).sum()),
                    best,
                    who,
                )
    return {
        cell: Standing(better + 1 if mine > CLOSED else 0, eligible, who, best)
        for cell, (mine, better, eligible, best, who) in found.items()
    }


def _own_scores(book: ScoreBook, cells: list[Cell]) -> dict[Cell, int]:
    scores: dict[Cell, int] = {}
    by_form: dict[int, list[Cell]] = {}
    for cell in cells:
        by_form.setdefault(cell[2], []).append(cell)
    for block in book:
        for cell in by_form.get(block.form, ()):
            row = int(np.searchsorted(block.rows, cell[0]))
            mentor = int(np.searchsorted(block.mentors, cell[1]))
            inside = row < len(block.rows) and mentor < len(block.mentors)
            if inside and block.rows[row] == cell[0] and block.mentors[mentor] == cell[1]:
                scores[cell] = int(block.scores[row, mentor])
    return scores
