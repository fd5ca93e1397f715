"""Hard rules and integer scores 0..1000 of whole blocks of pairs, from bitset questionnaires."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheets_sync.domain.matching.model import Criterion, FormRule, Level, Part
from sheets_sync.domain.matching.pool import UNKNOWN, Bits, Flags, Ints, Named, Pool

Scores = NDArray[np.int16]
Shares = NDArray[np.signedinteger[Any]]

CLOSED = -1
_BLOCK_CELLS = 1_000_000


class Barrier(StrEnum):
    """Hard rules that close a pair."""

    SELF = "self"
    VETO = "veto"
    OLDER = "older"
    MENTEE_CLASS = "mentee_class"
    MENTEE_AGE = "mentee_age"
    MENTOR_AGE = "mentor_age"
    EXPERIENCE = "experience"


@dataclass(frozen=True, slots=True)
class Block:
    """Scores of some rows against some mentors in one form; CLOSED (-1) where a rule forbids the pair."""

    form: int
    rows: Ints
    mentors: Ints
    scores: Scores


def common_bits(left: Bits, right: Bits) -> NDArray[np.uint8]:
    """How many options two (arrays of) bitsets share; words are the first axis, the others broadcast."""
    total: NDArray[np.uint8] = np.bitwise_count(left[0] & right[0])
    for a, b in zip(left[1:], right[1:], strict=True):
        total = total + np.bitwise_count(a & b)
    return total


def barriers(pool: Pool, form: int, rows: Ints, mentors: Ints) -> Iterator[tuple[Barrier, Flags]]:
    """Yield each hard rule of the form with the cells it closes, shape (rows, mentors)."""
    rule = pool.rules.forms[form]
    yield Barrier.SELF, pool.person_of_row[rows][:, None] == pool.person_of_mentor[mentors][None, :]
    yield Barrier.VETO, _named_block(pool.vetoes, form, rows, mentors, len(pool.mentors)) > 0
    if rule.min_class_difference is not None or rule.min_age_difference is not None:
        yield Barrier.OLDER, ~_older(pool, rule, rows, mentors)
    if rule.min_mentee_class is not None:
        closed = (pool.mentee_level[rows] < rule.min_mentee_class)[:, None]
        yield Barrier.MENTEE_CLASS, np.repeat(closed, len(mentors), axis=1)
    if rule.min_mentee_age is not None:
        age = pool.mentee_age[rows]
        # Without a birth date the class alone decides; consents treat such a person as under 14 anyway.
        closed = ((age != UNKNOWN) & (age < rule.min_mentee_age))[:, None]
        yield Barrier.MENTEE_AGE, np.repeat(closed, len(mentors), axis=1)
    if rule.min_mentor_age is not None:
        closed = (pool.mentor_age[mentors] < rule.min_mentor_age)[None, :]
        yield Barrier.MENTOR_AGE, np.repeat(closed, len(rows), axis=0)
    if rule.min_experience_difference is not None:
        theirs, ours = pool.mentor_experience[mentors][None, :], pool.mentee_experience[rows][:, None]
        yield Barrier.EXPERIENCE, (theirs - ours < rule.min_experience_difference) & (ours != UNKNOWN)


def criteria(pool: Pool, rows: Ints, mentors: Ints, choice: Shares) -> Iterator[tuple[Criterion, Shares]]:
    """Yield each criterion with its shares in thousandths.

    Shape: `rows` and `mentors` are indices that broadcast: (n, 1) and (1, m) for a block, (n,) and (n,) for
    single pairs; `choice` holds the shares of the choices in the broadcast shape.
    """
    rules = pool.rules
    asked_for = pool.needs[:, rows]
    count = np.maximum(np.bitwise_count(asked_for).sum(axis=0), 1).astype(np.int32)
    yield Criterion.NEEDS, common_bits(asked_for, pool.resources[:, mentors]).astype(np.int32) * 1000 // count
    yield Criterion.CHOICE, choice
    ours, theirs = pool.mentee_slots[:, rows], pool.mentor_slots[:, mentors]
    enough = np.minimum(np.arange(256, dtype=np.int32) * 1000 // rules.enough_common_slots, 1000)
    yield Criterion.TIMES, _unless_silent(enough[common_bits(ours, theirs)], ours, theirs)
    wished = pool.wanted[:, rows]
    asked = (wished != 0).any(axis=0)
    granted = (common_bits(wished, pool.kind[:, mentors]) > 0) | ~asked
    yield Criterion.KIND, np.where(granted, np.int32(1000), np.int32(0))
    ours, theirs = pool.mentee_formats[:, rows], pool.mentor_formats[:, mentors]
    shared = np.where(common_bits(ours, theirs) > 0, np.int32(1000), np.int32(0))
    yield Criterion.FORMAT, _unless_silent(shared, ours, theirs)
    yield Criterion.CLASS_DISTANCE, _class_distance(pool, rows, mentors)
    wants = pool.wants_group[rows]
    leads = pool.capacity[mentors] >= rules.group_from
    yield Criterion.GROUP, np.where((wants == UNKNOWN) | (wants == leads), np.int32(1000), np.int32(0))


def score_block(pool: Pool, form: int, rows: Ints, mentors: Ints) -> Scores:
    """Score rows against mentors in one form; CLOSED where a hard rule or a mandatory criterion says no."""
    rules = pool.rules
    points = rules.points()
    total = np.zeros((len(rows), len(mentors)), dtype=np.int32)
    lacking = np.zeros(total.shape, dtype=np.bool_)
    named = _named_block(pool.choices, form, rows, mentors, len(pool.mentors))
    for criterion, shares in criteria(pool, rows[:, None], mentors[None, :], named // 2):
        if points[criterion]:
            total += (shares * np.int32(points[criterion])) // np.int32(1000)
        if rules.levels.get(criterion) is Level.MANDATORY:
            lacking |= shares == 0
    if rules.waive_mandatory_when_chosen and lacking.any():
        lacking &= named % 2 == 0
    for _, closed in barriers(pool, form, rows, mentors):
        lacking |= closed
    total[lacking] = CLOSED
    return total.astype(np.int16)


class ScoreBook:
    """Scores of all pairs that a form allows, computed once and kept as 16-bit blocks.

    Shape: beyond `keep_cells` cells (two bytes each) blocks are computed anew at each pass.
    """

    def __init__(self, pool: Pool, keep_cells: int = 150_000_000) -> None:
        self._pool = pool
        self._spans: list[tuple[int, Ints, Ints]] = []
        for form in range(pool.form_count):
            rows = np.flatnonzero(pool.rows_in_form[form])
            mentors = np.flatnonzero(pool.mentors_in_form[form])
            if len(rows) and len(mentors):
                step = max(1, _BLOCK_CELLS // len(mentors))
                self._spans += [(form, rows[at : at + step], mentors) for at in range(0, len(rows), step)]
        self.cells = sum(len(rows) * len(mentors) for _, rows, mentors in self._spans)
        self._kept: list[Scores] | None = None
        if self.cells <= keep_cells:
            self._kept = [score_block(pool, *span) for span in self._spans]

    def __iter__(self) -> Iterator[Block]:
        for number, (form, rows, mentors) in enumerate(self._spans):
            scores = (
                self._kept[number] if self._kept is not None else score_block(self._pool, form, rows, mentors)
            )
            yield Block(form, rows, mentors, scores)


def _named_block(named: Named, form: int, rows: Ints, mentors: Ints, mentor_count: int) -> NDArray[np.int32]:
    block = np.zeros((len(rows), len(mentors)), dtype=np.int32)
    if not len(rows) or not len(named.row):
        return block
    span = named.between(int(rows[0]), int(rows[-1]) + 1)
    row, mentor = named.row[span], named.mentor[span]
    column = np.full(mentor_count, UNKNOWN, dtype=np.int64)
    column[mentors] = np.arange(len(mentors))
    at = np.searchsorted(rows, row)
    wanted = (rows[np.minimum(at, len(rows) - 1)] == row) & (column[mentor] != UNKNOWN)
    wanted &= (named.form[span] == UNKNOWN) | (named.form[span] == form)
    block[at[wanted], column[mentor[wanted]]] = named.value[span][wanted]
    return block


def _older(pool: Pool, rule: FormRule, rows: Ints, mentors: Ints) -> Flags:
    """Whether the mentor is far enough ahead: by class where both classes are known, else by age."""
    theirs, ours = pool.mentor_level[mentors][None, :], pool.mentee_level[rows][:, None]
    by_class = (theirs != UNKNOWN) & (ours != UNKNOWN) & (rule.min_class_difference is not None)
    ahead = theirs - ours >= (rule.min_class_difference or 0)
    their_age, our_age = pool.mentor_age[mentors][None, :], pool.mentee_age[rows][:, None]
    by_age = (their_age != UNKNOWN) & (our_age != UNKNOWN) & (rule.min_age_difference is not None)
    elder = by_age & (their_age - our_age >= (rule.min_age_difference or 0))
    return np.where(by_class, ahead, elder)


def _unless_silent(shares: Shares, left: Bits, right: Bits) -> Shares:
    """Half the share where one of the two did not answer the question: silence is not a refusal."""
    silent = (left == 0).all(axis=0) | (right == 0).all(axis=0)
    return np.where(silent, np.int32(500), shares)


def _class_distance(pool: Pool, rows: Ints, mentors: Ints) -> Shares:
    rules = pool.rules
    theirs, ours = pool.mentor_level[mentors].astype(np.int32), pool.mentee_level[rows].astype(np.int32)
    distance = theirs - ours
    off = np.maximum(distance - rules.class_best_to, rules.class_best_from - distance)
    shares = np.clip(1000 - rules.class_step * np.maximum(off, 0), 0, 1000)
    return np.where((theirs == UNKNOWN) | (ours == UNKNOWN), np.int32(500), shares)


def pair_parts(pool: Pool, cells: Sequence[tuple[int, int, int]]) -> list[tuple[Part, ...]]:
    """The scores of (row, mentor, form) pairs by criterion; criteria without weight are left out."""
    table = np.array(cells, dtype=np.int64).reshape(-1, 3)
    rows, mentors = table[:, 0], table[:, 1]
    points = pool.rules.points()
    parts: list[list[Part]] = [[] for _ in cells]
    for criterion, shares in criteria(pool, rows, mentors, choice_shares(pool, rows, mentors)):
        if points[criterion]:
            for part, share in zip(parts, np.broadcast_to(shares, rows.shape).tolist(), strict=True):
                part.append(Part(criterion, share * points[criterion] // 1000, points[criterion]))
    return [tuple(part) for part in parts]


def choice_shares(pool: Pool, rows: Ints, mentors: Ints) -> Ints:
    """Shares of the choices of single pairs."""
    keys = pool.choices.row * len(pool.mentors) + pool.choices.mentor
    wanted = rows * len(pool.mentors) + mentors
    at = np.searchsorted(keys, wanted)
    shares = np.zeros(len(wanted), dtype=np.int64)
    hit = at < len(keys)
    hit[hit] = keys[at[hit]] == wanted[hit]
    shares[hit] = pool.choices.value[at[hit]] // 2
    return shares
