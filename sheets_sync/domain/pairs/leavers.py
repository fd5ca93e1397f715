"""Pairs of people who left end with the person's date and reason; all others stay as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheets_sync.domain.forgetting.tombstones import DESTROYED, NOBODY_BURIED, Buried, Tombstone
from sheets_sync.domain.pairs.life import LOCKED
from sheets_sync.domain.school import Pair, PairState, Person

_ENDING = LOCKED - {PairState.COMPLETED}


def without_leavers(
    pairs: Sequence[Pair],
    people: Mapping[str, Person],
    as_of: date,
    graves: Buried = NOBODY_BURIED,
) -> tuple[Pair, ...]:
    """End every approved pair of whoever left or was forgotten by the date, take back their proposals."""
    return tuple(_after_leaving(pair, people, as_of, graves) for pair in pairs)


def _after_leaving(pair: Pair, people: Mapping[str, Person], as_of: date, graves: Buried) -> Pair:
    for code, role in ((pair.mentor, "наставник"), (pair.mentee, "наставляемый")):
        left, reason = _leaving(people.get(code), graves.by_code.get(code))
        if left is None or left > as_of:
            continue
        why = f"{role} вышел из программы" + (f": {reason}" if reason else "")
        if pair.state in _ENDING:
            return replace(pair, state=PairState.ENDED, ended_on=left, end_reason=why, basis=why, left=True)
        if pair.state is PairState.PROPOSED:
            return replace(pair, state=PairState.WITHDRAWN, basis=why)
    return pair


def _leaving(person: Person | None, stone: Tombstone | None) -> tuple[date | None, str]:
    if stone is not None and person is None:
        return stone.on, f"{stone.ground}, {DESTROYED}"
    return (None, "") if person is None else (person.left_on, person.left_reason)
