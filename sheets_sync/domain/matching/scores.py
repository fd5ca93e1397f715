"""Hard rules and integer scores 0..1000, from bitset questionnaires: what they mean, pair by pair."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sheets_sync.domain.matching.model import Criterion, FormRule, Level, Part
from sheets_sync.domain.matching.pool import UNKNOWN, Bits, Flags, Ints, Named, Pool

Scores = NDArray[np.int16]
Shares = NDArray[np.signedinteger[Any]]

CLOSED = -1


class Barrier(StrEnum):
    """Hard rules that close a pair."""

    SELF = "self"
    VETO = "veto"
    OLDER = "older"
    MENTEE_CLASS = "mentee_class"
    MENTEE_AGE = "mentee_age"
    MENTOR_AGE = "mentor_age"
    EXPERIENCE = "experience"
    PLACE = "place"


def common_bits(left: Bits, right: Bits) -> NDArray[np.uint8]:
    """How many options two (arrays of) bitsets share; words are the first axis, the others broadcast."""
    total: NDArray[np.uint8] = np.bitwise_count(left[0] & right[0])
    for a, b in zip(left[1:], right[1:], strict=True):
        total = total + np.bitwise_count(a & b)
    return total


def barriers(pool: Pool, form: int, rows: Ints, mentors: Ints) -> Iterator[tuple[Barrier, Flags]]:
    """Yield each hard rule of the form with the cells it closes.

    Shape: `rows` and `mentors` are indices that broadcast, as in `criteria`; so do the flags.
    """
    yield Barrier.SELF, pool.person_of_row[rows] == pool.person_of_mentor[mentors]
    yield Barrier.VETO, named_values(pool, pool.vetoes, form, rows, mentors) > 0
    ours, theirs = pool.mentee_place[rows], pool.mentor_place[mentors]
    apart = (ours != theirs) & (ours != UNKNOWN) & (theirs != UNKNOWN)
    yield Barrier.PLACE, apart & ~(pool.mentee_remote[rows] & pool.mentor_remote[mentors])
    yield from barriers_of_kind(pool, form, rows, mentors)


def barriers_of_kind(pool: Pool, form: int, rows: Ints, mentors: Ints) -> Iterator[tuple[Barrier, Flags]]:
    """Yield the hard rules that depend on class, age and experience only, not on who the two are."""
    rule = pool.rules.forms[form]
    if rule.min_class_difference is not None or rule.min_age_difference is not None:
        yield Barrier.OLDER, ~_older(pool, rule, rows, mentors)
    if rule.min_mentee_class is not None:
        yield Barrier.MENTEE_CLASS, pool.mentee_level[rows] < rule.min_mentee_class
    if rule.min_mentee_age is not None:
        age = pool.mentee_age[rows]
        # Without a birth date the class alone decides; consents treat such a person as under 14 anyway.
        yield Barrier.MENTEE_AGE, (age != UNKNOWN) & (age < rule.min_mentee_age)
    if rule.min_mentor_age is not None:
        yield Barrier.MENTOR_AGE, pool.mentor_age[mentors] < rule.min_mentor_age
    if rule.min_experience_difference is not None:
        theirs, ours = pool.mentor_experience[mentors], pool.mentee_experience[rows]
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


def pair_scores(pool: Pool, form: int, rows: Ints, mentors: Ints) -> Scores:
    """Score single pairs (rows[k], mentors[k]) in one form; CLOSED where a rule says no."""
    rules, points = pool.rules, pool.rules.points()
    named = named_values(pool, pool.choices, form, rows, mentors)
    total = np.zeros(len(rows), dtype=np.int64)
    lacking = np.zeros(len(rows), dtype=np.bool_)
    for criterion, shares in criteria(pool, rows, mentors, named // 2):
        total += shares * points[criterion] // 1000
        if rules.levels.get(criterion) is Level.MANDATORY:
            lacking |= shares == 0
    if rules.waive_mandatory_when_chosen:
        lacking &= named % 2 == 0
    for _, closed in barriers(pool, form, rows, mentors):
        lacking |= closed
    return np.where(lacking, CLOSED, total).astype(np.int16)


def named_values(pool: Pool, named: Named, form: int, rows: Ints, mentors: Ints) -> Ints:
    """The values that single cells have by name, 0 elsewhere; indices broadcast as in `criteria`."""
    count = len(pool.mentors)
    fitting = (named.form == UNKNOWN) | (named.form == form)
    keys = (named.row * count + named.mentor)[fitting]
    values = named.value[fitting]
    wanted = rows * count + mentors
    if not len(keys):
        return np.zeros(wanted.shape, dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0)


def _older(pool: Pool, rule: FormRule, rows: Ints, mentors: Ints) -> Flags:
    """Whether the mentor is far enough ahead: by class where both classes are known, else by age."""
    theirs, ours = pool.mentor_level[mentors], pool.mentee_level[rows]
    by_class = (theirs != UNKNOWN) & (ours != UNKNOWN) & (rule.min_class_difference is not None)
    ahead = theirs - ours >= (rule.min_class_difference or 0)
    their_age, our_age = pool.mentor_age[mentors], pool.mentee_age[rows]
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
    return named_values(pool, pool.choices, UNKNOWN, rows, mentors) // 2
