"""The market as arrays: people sorted by code, questionnaires as bitsets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sheets_sync.domain.matching.model import Market, Mentee, Mentor, Rules

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]

UNKNOWN = -1


@dataclass(frozen=True, slots=True)
class Named:
    """Values on single (row, mentor) cells, sorted by row; `form` is a form's index or -1 for any."""

    row: Ints
    mentor: Ints
    form: Ints
    value: Ints

    def between(self, first: int, last: int) -> slice:
        """The entries of rows first ≤ row < last."""
        return slice(int(np.searchsorted(self.row, first)), int(np.searchsorted(self.row, last)))


@dataclass(frozen=True, slots=True)
class Pool:
    """People and wishes of one market, in index form.

    Shape: rows are mentees sorted by (id, forms), columns mentors sorted by id. `in_form[f]` says which rows
    and columns take part in form f. Levels, ages, experience and places are -1 where unknown.
    """

    rules: Rules
    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    person_of_row: Ints
    person_of_mentor: Ints
    rows_in_form: Flags
    mentors_in_form: Flags
    needs: Bits
    resources: Bits
    mentee_slots: Bits
    mentor_slots: Bits
    mentee_formats: Bits
    mentor_formats: Bits
    wanted: Bits
    kind: Bits
    wants_group: Ints
    mentee_level: Ints
    mentor_level: Ints
    mentee_age: Ints
    mentor_age: Ints
    mentee_experience: Ints
    mentor_experience: Ints
    mentee_place: Ints
    mentor_place: Ints
    mentee_remote: Flags
    mentor_remote: Flags
    capacity: Ints
    choices: Named
    vetoes: Named
    row_bonus: Ints

    @property
    def form_count(self) -> int:
        """How many forms the rules name."""
        return len(self.rules.forms)


def build_pool(market: Market) -> Pool:
    """Turn a clean market (no duplicates, no unknown names) into arrays."""
    rules = market.rules
    mentees = tuple(sorted(market.mentees, key=lambda m: (m.id, m.forms)))
    mentors = tuple(sorted(market.mentors, key=lambda m: m.id))
    people = {p: i for i, p in enumerate(sorted({m.id for m in mentees} | {m.id for m in mentors}))}
    vocabulary = _vocabulary([m.needs for m in mentees] + [m.resources for m in mentors])
    times = [m.times for m in mentees] + [m.times for m in mentors]
    slots = _vocabulary([t - rules.formats for t in times])
    formats = _vocabulary([rules.formats])
    kinds = _vocabulary([set(rules.kinds.values()) | {m.group for m in mentors}])
    places = _vocabulary([({m.place for m in mentees} | {m.place for m in mentors}) - {""}])
    return Pool(
        rules=rules,
        mentees=mentees,
        mentors=mentors,
        person_of_row=np.array([people[m.id] for m in mentees], dtype=np.int64),
        person_of_mentor=np.array([people[m.id] for m in mentors], dtype=np.int64),
        rows_in_form=_flags(
            [[f.title in m.forms and m.group in f.mentees for m in mentees] for f in rules.forms]
        ),
        mentors_in_form=_flags(
            [[f.title in m.forms and m.group in f.mentors for m in mentors] for f in rules.forms]
        ),
        needs=_bits([m.needs for m in mentees], vocabulary),
        resources=_bits([m.resources for m in mentors], vocabulary),
        mentee_slots=_bits([m.times for m in mentees], slots),
        mentor_slots=_bits([m.times for m in mentors], slots),
        mentee_formats=_bits([m.times for m in mentees], formats),
        mentor_formats=_bits([m.times for m in mentors], formats),
        wanted=_bits([wanted_groups(rules, m) for m in mentees], kinds),
        kind=_bits([{m.group} for m in mentors], kinds),
        wants_group=np.array(
            [UNKNOWN if m.wants_group is None else int(m.wants_group) for m in mentees], np.int64
        ),
        mentee_level=_numbers([m.level for m in mentees]),
        mentor_level=_numbers([m.level for m in mentors]),
        mentee_age=_numbers([m.age for m in mentees]),
        mentor_age=_numbers([m.age for m in mentors]),
        mentee_experience=_numbers([m.experience for m in mentees]),
        mentor_experience=_numbers([m.experience for m in mentors]),
        mentee_place=_numbers([places.get(m.place) for m in mentees]),
        mentor_place=_numbers([places.get(m.place) for m in mentors]),
        mentee_remote=np.array([rules.remote_format in m.times for m in mentees], dtype=np.bool_),
        mentor_remote=np.array([rules.remote_format in m.times for m in mentors], dtype=np.bool_),
        capacity=np.array([max(0, m.capacity) for m in mentors], dtype=np.int64),
        choices=_choices(rules, mentees, mentors),
        vetoes=_vetoes(market, mentees, mentors),
        row_bonus=_row_bonus(rules, mentees),
    )


def wanted_groups(rules: Rules, mentee: Mentee) -> frozenset[str]:
    """The groups of mentors this person asked for; empty when any will do."""
    if rules.any_kind in mentee.wanted:
        return frozenset()
    return frozenset(rules.kinds[kind] for kind in mentee.wanted if kind in rules.kinds)


def choice_share(rules: Rules, mentee_rank: int, mentor_rank: int) -> int:
    """Thousandths earned by a choice; ranks count from 1, 0 means not named."""
    step = rules.choice_rank_step
    if mentee_rank and mentor_rank:
        share = rules.choice_mutual - step * (mentee_rank + mentor_rank - 2)
    elif mentee_rank:
        share = rules.choice_mentee - step * (mentee_rank - 1)
    elif mentor_rank:
        share = rules.choice_mentor - step * (mentor_rank - 1)
    else:
        return 0
    return max(0, share)


def rank_of(person: str, choices: Sequence[str]) -> int:
    """Place of a person among somebody's choices, from 1; 0 when not named."""
    return choices.index(person) + 1 if person in choices else 0


def _vocabulary(sets: Sequence[Iterable[str]]) -> dict[str, int]:
    return {word: i for i, word in enumerate(sorted({word for one in sets for word in one}))}


def _bits(sets: Sequence[Iterable[str]], vocabulary: dict[str, int]) -> Bits:
    words = max(1, -(-len(vocabulary) // 64))
    masks = [sum(1 << vocabulary[word] for word in one if word in vocabulary) for one in sets]
    last = (1 << 64) - 1
    return np.array(
        [[mask >> (64 * word) & last for mask in masks] for word in range(words)], dtype=np.uint64
    )


def _flags(rows: list[list[bool]]) -> Flags:
    return np.array(rows, dtype=np.bool_)


def _numbers(values: Sequence[int | None]) -> Ints:
    return np.array([UNKNOWN if v is None else v for v in values], dtype=np.int64)


def _named(entries: Iterable[tuple[int, int, int, int]]) -> Named:
    table = np.array(sorted(entries), dtype=np.int64).reshape(-1, 4)
    return Named(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _rows_by_id(mentees: Sequence[Mentee]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, mentee in enumerate(mentees):
        rows.setdefault(mentee.id, []).append(row)
    return rows


def _choices(rules: Rules, mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Named:
    rows = _rows_by_id(mentees)
    column = {m.id: j for j, m in enumerate(mentors)}
    cells = {(i, column[c]) for i, m in enumerate(mentees) for c in m.choices if c in column}
    cells |= {(i, j) for j, m in enumerate(mentors) for c in m.choices for i in rows.get(c, ())}
    entries: list[tuple[int, int, int, int]] = []
    for i, j in cells:
        by_mentee = rank_of(mentors[j].id, mentees[i].choices)
        share = choice_share(rules, by_mentee, rank_of(mentees[i].id, mentors[j].choices))
        # A lowest bit tells whether the mentee was the one who chose: that waives the mandatory criteria.
        entries.append((i, j, UNKNOWN, 2 * share + int(by_mentee > 0)))
    return _named(entries)


def _vetoes(market: Market, mentees: Sequence[Mentee], mentors: Sequence[Mentor]) -> Named:
    rows = _rows_by_id(mentees)
    column = {m.id: j for j, m in enumerate(mentors)}
    form = {f.title: i for i, f in enumerate(market.rules.forms)}
    cells: set[tuple[int, int, int, int]] = set()
    for veto in market.vetoes:
        if veto.mentor in column and veto.form in ("", *form):
            at = form.get(veto.form, UNKNOWN)
            cells |= {(i, column[veto.mentor], at, 1) for i in rows.get(veto.mentee, ())}
    for lock in market.locks:
        # The reverse of a locked pair would make a mutual pair inside one form.
        if lock.mentee in column and lock.form in form:
            cells |= {(i, column[lock.mentee], form[lock.form], 1) for i in rows.get(lock.mentor, ())}
    if market.rules.avoid_is_veto:
        for i, mentee in enumerate(mentees):
            cells |= {(i, column[a], UNKNOWN, 1) for a in mentee.avoids if a in column}
        for j, mentor in enumerate(mentors):
            cells |= {(i, j, UNKNOWN, 1) for a in mentor.avoids for i in rows.get(a, ())}
    return _named(cells)


def _row_bonus(rules: Rules, mentees: Sequence[Mentee]) -> Ints:
    # By rank and not by length: when everybody has waited one night more, nothing moves.
    longest = sorted({m.waiting_nights for m in mentees})
    step = {nights: i for i, nights in enumerate(longest)}
    top = max(1, len(longest) - 1)
    return np.array(
        [
            rules.waiting_bonus * step[m.waiting_nights] // top
            + (rules.unpaired_before_bonus if m.unpaired_before else 0)
            for m in mentees
        ],
        dtype=np.int64,
    )
