"""Pairs of people who left end with the person's date and reason; all others stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.pairs.life import LOCKED
from sheets_sync.domain.school import Pair, PairState, Person

_ENDING = LOCKED - {PairState.COMPLETED}


def without_leavers(pairs: Sequence[Pair], people: Mapping[str, Person], as_of: date) -> tuple[Pair, ...]:
    """End every approved pair of somebody who left by the date; a proposal of theirs is taken back."""
    return tuple(_after_leaving(pair, people, as_of) for pair in pairs)


def _after_leaving(pair: Pair, people: Mapping[str, Person], as_of: date) -> Pair:
    for code, role in ((pair.mentor, "наставник"), (pair.mentee, "наставляемый")):
        person = people.get(code)
        if person is None or person.left_on is None or person.left_on > as_of:
            continue
        why = f"{role} вышел из программы" + (f": {person.left_reason}" if person.left_reason else "")
        if pair.state in _ENDING:
            return replace(
                pair, state=PairState.ENDED, ended_on=person.left_on, end_reason=why, basis=why, left=True
            )
        if pair.state is PairState.PROPOSED:
            return replace(pair, state=PairState.WITHDRAWN, basis=why)
    return pair
