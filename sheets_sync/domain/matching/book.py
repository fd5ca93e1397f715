"""Scores of whole blocks of pairs: kinds of people from small tables, common options by popcount."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheets_sync.domain.matching.model import Criterion, Level
from sheets_sync.domain.matching.pool import UNKNOWN, Bits, Flags, Ints, Pool
from sheets_sync.domain.matching.scores import (
    CLOSED,
    Scores,
    barriers_of_kind,
    common_bits,
    criteria,
    pair_scores,
)

_BLOCK_CELLS = 400_000
_SHUT = -30_000
_LACKING = 8_000
"""Taken off where a mandatory criterion has nothing in common: more than any score, and sums fit 16 bits."""

_COUNTED = frozenset((Criterion.NEEDS, Criterion.TIMES))
"""Criteria that count common options; all others depend on the kinds of the two people, or on choices."""


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of some rows against some mentors in one form; CLOSED (-1) where a rule forbids the pair."""

    form: int
    rows: Ints
    mentors: Ints
    scores: Scores


class ScoreBook:
    """Scores of all pairs that forms and places allow, block by block.

    Shape: up to `keep_cells` cells (two bytes each) blocks are kept, beyond they are computed at each pass.
    """

    def __init__(self, pool: Pool, keep_cells: int = 150_000_000) -> None:
        self._pool = pool
        self._spans: list[_Span] = []
        needs, resources = _narrow(pool.needs), _narrow(pool.resources)
        slots = _narrow(pool.mentee_slots), _narrow(pool.mentor_slots)
        for form in range(pool.form_count):
            groups = list(_meeting_groups(pool, form))
            if groups:
                sheet = _FormSheet(pool, form, (needs, resources), slots)
                self._spans += [span for group in groups for span in _cut(sheet, *group)]
        # Rows of one place come together, so that lists of candidates can be cut short as they grow.
        self._spans.sort(key=lambda span: span.place)
        self.cells = sum(len(span.rows) * len(span.mentors) for span in self._spans)
        self._kept: list[Block] | None = None
        if self.cells <= keep_cells:
            self._kept = [span.block() for span in self._spans]

    def __iter__(self) -> Iterator[Block]:
        if self._kept is not None:
            yield from self._kept
        else:
            for span in self._spans:
                yield span.block()

    def open_blocks(self, rows: Flags, mentors: Flags) -> Iterator[Block]:
        """The blocks cut down to some rows and some mentors."""
        if self._kept is not None:
            for block in self._kept:
                yield from _cut_down(block, rows, mentors)
            return
        for span in self._spans:
            down, right = span.rows[rows[span.rows]], span.mentors[mentors[span.mentors]]
            if len(down) and len(right):
                yield _Span(span.sheet, span.place, down, right).block()


class _FormSheet:
    """One form's tables: base points by kinds of people, and what each common option adds."""

    def __init__(self, pool: Pool, form: int, wishes: tuple[Bits, Bits], slots: tuple[Bits, Bits]) -> None:
        self.form = form
        self._needs, self._resources = wishes
        self._ours, self._theirs = slots
        rows = np.flatnonzero(pool.rows_in_form[form])
        mentors = np.flatnonzero(pool.mentors_in_form[form])
        self._row_kind, row_of = _kinds(_row_features(pool), rows, len(pool.mentees))
        self._mentor_kind, mentor_of = _kinds(_mentor_features(pool), mentors, len(pool.mentors))
        self._base = _base_points(pool, form, row_of, mentor_of)
        points, levels = pool.rules.points(), pool.rules.levels
        self._need_steps = _need_steps(
            np.bitwise_count(pool.needs).sum(axis=0),
            points[Criterion.NEEDS],
            mandatory=levels.get(Criterion.NEEDS) is Level.MANDATORY,
        )
        self._slot_steps = _slot_steps(
            pool.rules.enough_common_slots,
            points[Criterion.TIMES],
            mandatory=levels.get(Criterion.TIMES) is Level.MANDATORY,
        )
        self._exact = _exact_cells(pool, form)

    def scores(self, rows: Ints, mentors: Ints) -> Scores:
        """Score a block."""
        total: Scores = self._base[self._row_kind[rows]].take(self._mentor_kind[mentors], axis=1)
        common = common_bits(self._needs[:, rows, None], self._resources[:, None, mentors])
        for met, step in enumerate(self._need_steps[:, rows], 1):
            if step.any():
                total += (common >= met) * step[:, None]
        common = common_bits(self._ours[:, rows, None], self._theirs[:, None, mentors])
        for met, gain in enumerate(self._slot_steps, 1):
            if gain:
                total += (common >= met) * gain
        np.maximum(total, CLOSED, out=total)
        self._put_exact(total, rows, mentors)
        return total

    def _put_exact(self, total: Scores, rows: Ints, mentors: Ints) -> None:
        first, last = np.searchsorted(self._exact[0], [rows[0], rows[-1] + 1])
        row, mentor, score = (part[first:last] for part in self._exact)
        at = np.minimum(np.searchsorted(rows, row), len(rows) - 1)
        place = np.minimum(np.searchsorted(mentors, mentor), len(mentors) - 1)
        hit = (rows[at] == row) & (mentors[place] == mentor)
        total[at[hit], place[hit]] = score[hit]


@dataclass(frozen=True, slots=True)
class _Span:
    sheet: _FormSheet
    place: int
    rows: Ints
    mentors: Ints

    def block(self) -> Block:
        return Block(self.sheet.form, self.rows, self.mentors, self.sheet.scores(self.rows, self.mentors))


def _cut_down(block: Block, rows: Flags, mentors: Flags) -> Iterator[Block]:
    down, right = rows[block.rows], mentors[block.mentors]
    if down.all() and right.all():
        yield block
    elif down.any() and right.any():
        yield Block(block.form, block.rows[down], block.mentors[right], block.scores[np.ix_(down, right)])


def _meeting_groups(pool: Pool, form: int) -> Iterator[tuple[int, Ints, Ints]]:
    """Place, rows and mentors of a form who can meet: all of one place, and online everybody."""
    rows = np.flatnonzero(pool.rows_in_form[form])
    mentors = np.flatnonzero(pool.mentors_in_form[form])
    theirs = pool.mentor_place[mentors]
    for place in np.unique(pool.mentee_place[rows]).tolist():
        mine = rows[pool.mentee_place[rows] == place]
        near = (theirs == place) | (theirs == UNKNOWN) | (place == UNKNOWN)
        far = mentors[~near & pool.mentor_remote[mentors]]
        for some, others in ((mine, mentors[near]), (mine[pool.mentee_remote[mine]], far)):
            if len(some) and len(others):
                yield place, some, others


def _cut(sheet: _FormSheet, place: int, rows: Ints, mentors: Ints) -> Iterator[_Span]:
    step = max(1, _BLOCK_CELLS // len(mentors))
    for at in range(0, len(rows), step):
        yield _Span(sheet, place, rows[at : at + step], mentors)


def _narrow(bits: Bits) -> Bits:
    """The same options in the narrowest words: fewer bytes, more pairs at a time."""
    if len(bits) > 1:
        return bits
    top = int(bits.max(initial=0))
    return bits.astype(np.min_scalar_type(top))


def _row_features(pool: Pool) -> list[Ints]:
    numbers = [pool.mentee_level, pool.mentee_age, pool.mentee_experience, pool.wants_group]
    silent = (pool.mentee_slots == 0).all(axis=0)
    return [
        *numbers,
        *pool.wanted.view(np.int64),
        *pool.mentee_formats.view(np.int64),
        silent.astype(np.int64),
    ]


def _mentor_features(pool: Pool) -> list[Ints]:
    leads = (pool.capacity >= pool.rules.group_from).astype(np.int64)
    silent = (pool.mentor_slots == 0).all(axis=0)
    numbers = [pool.mentor_level, pool.mentor_age, pool.mentor_experience, leads]
    return [*numbers, *pool.kind.view(np.int64), *pool.mentor_formats.view(np.int64), silent.astype(np.int64)]


def _kinds(features: list[Ints], members: Ints, count: int) -> tuple[Ints, Ints]:
    """The kind of each member (0 for others), and one member of each kind."""
    table = np.stack([one[members] for one in features], axis=1)
    _, first, kind = np.unique(table, axis=0, return_index=True, return_inverse=True)
    of = np.zeros(count, dtype=np.int64)
    of[members] = kind.reshape(-1)
    return of, members[first]


def _base_points(pool: Pool, form: int, rows: Ints, mentors: Ints) -> Scores:
    """Points of everything but common options and choices, for one person of each kind against another."""
    rules, points = pool.rules, pool.rules.points()
    shape = (len(rows), len(mentors))
    total = np.zeros(shape, dtype=np.int64)
    shut = np.zeros(shape, dtype=np.bool_)
    down, right = rows[:, None], mentors[None, :]
    for criterion, shares in criteria(pool, down, right, np.zeros(shape, np.int64)):
        mandatory = rules.levels.get(criterion) is Level.MANDATORY
        if criterion is Criterion.TIMES:
            silent = (pool.mentee_slots[:, down] == 0).all(axis=0) | (pool.mentor_slots[:, right] == 0).all(
                axis=0
            )
            total += np.where(silent, shares * points[criterion] // 1000, -_LACKING * mandatory)
        elif criterion in _COUNTED or criterion is Criterion.CHOICE:
            # Pairs in which somebody chose are scored one by one: here nobody did.
            total -= _LACKING * mandatory
        else:
            total += shares * points[criterion] // 1000
            shut |= (shares == 0) & mandatory
    for _, closed in barriers_of_kind(pool, form, down, right):
        shut |= closed
    return np.where(shut, _SHUT, total).astype(np.int16)


def _need_steps(
    counts: NDArray[np.unsignedinteger[Any]], points: int, *, mandatory: bool
) -> NDArray[np.int16]:
    """What the k-th met need adds, per row: (most needs, rows)."""
    most = int(counts.max(initial=0))
    asked = np.maximum(counts.astype(np.int64), 1)
    met = np.minimum(np.arange(most + 1)[:, None], counts)
    steps: Ints = np.diff(met * 1000 // asked * points // 1000, axis=0)
    if mandatory and most:
        steps[0] += np.where(counts > 0, _LACKING, 0)
    return steps.astype(np.int16, copy=False)


def _slot_steps(enough: int, points: int, *, mandatory: bool) -> NDArray[np.int16]:
    """What the k-th common slot adds."""
    steps: Ints = np.diff(np.minimum(np.arange(enough + 1) * 1000 // enough, 1000) * points // 1000)
    steps[0] += _LACKING * mandatory
    return steps.astype(np.int16, copy=False)


def _exact_cells(pool: Pool, form: int) -> tuple[Ints, Ints, Scores]:
    """Cells that have a rule or a choice of their own, scored one by one, sorted by row."""
    count = len(pool.mentors)
    at_home = np.minimum(np.searchsorted(pool.person_of_mentor, pool.person_of_row), count - 1)
    oneself = np.flatnonzero(pool.person_of_mentor[at_home] == pool.person_of_row)
    row = np.concatenate([pool.choices.row, pool.vetoes.row, oneself])
    mentor = np.concatenate([pool.choices.mentor, pool.vetoes.mentor, at_home[oneself]])
    inside = pool.rows_in_form[form, row] & pool.mentors_in_form[form, mentor]
    row, mentor = np.divmod(np.unique(row[inside] * count + mentor[inside]), count)
    return row, mentor, pair_scores(pool, form, row, mentor)
