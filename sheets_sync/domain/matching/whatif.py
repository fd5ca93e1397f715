"""Questions a curator asks: why this pair, why not that one, what if somebody takes more or leaves."""

from dataclasses import dataclass, replace

from sheets_sync.domain.matching.changes import Difference, difference
from sheets_sync.domain.matching.model import Assignment, Decided, Market, MatchedPair, Mentor, Unmatched
from sheets_sync.domain.matching.proposal import propose


@dataclass(frozen=True, slots=True)
class WhatIf:
    """A changed school, solved: tonight's proposal, the changed one and what differs."""

    before: Assignment
    after: Assignment
    difference: Difference

    @property
    def text(self) -> str:
        """What would change, in one Russian sentence."""
        return self.difference.text


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known about one person: pairs on either side, and why there is none."""

    person: str
    pairs: tuple[MatchedPair, ...]
    unmatched: tuple[Unmatched, ...]


class UnknownPersonError(LookupError):
    """The code is not in the market; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def explain(assignment: Assignment, person: str) -> Explanation:
    """Collect what a proposal says about a person. Errors: UnknownPersonError."""
    pairs = tuple(p for p in assignment.pairs if person in (p.mentee, p.mentor))
    unmatched = tuple(u for u in assignment.unmatched if u.id == person)
    if not pairs and not unmatched:
        raise UnknownPersonError(person)
    return Explanation(person, pairs, unmatched)


def what_if(before: Market, after: Market) -> WhatIf:
    """Solve both schools and compare them."""
    now, then = propose(before), propose(after)
    return WhatIf(now, then, difference(now.pairs, then.pairs))


def with_places(market: Market, mentor: str, more: int) -> Market:
    """The market in which a mentor takes `more` mentees (or fewer). Errors: UnknownPersonError."""
    person = _mentor(market, mentor)
    changed = replace(person, capacity=max(0, person.capacity + more))
    return replace(market, mentors=tuple(changed if m.id == mentor else m for m in market.mentors))


def without_mentor(market: Market, mentor: str) -> Market:
    """The market after a mentor leaves, with that mentor's locks gone. Errors: UnknownPersonError."""
    _mentor(market, mentor)
    return replace(
        market,
        mentors=tuple(m for m in market.mentors if m.id != mentor),
        locks=tuple(lock for lock in market.locks if lock.mentor != mentor),
        current=tuple(one for one in market.current if one.mentor != mentor),
    )


def replacement(market: Market, mentor: str) -> Market:
    """The market in which only the mentees of a leaving mentor move: all other current pairs are locked.

    Whoever waited longest is served first by the waiting bonus. Errors: UnknownPersonError.
    """
    left = without_mentor(market, mentor)
    kept = {(lock.mentee, lock.form, lock.mentor) for lock in left.locks}
    still = tuple(
        replace(one, why=one.why or "сохранена")
        for one in left.current
        if (one.mentee, one.form, one.mentor) not in kept
    )
    return replace(left, locks=left.locks + still)


def with_veto(market: Market, mentee: str, mentor: str) -> Market:
    """The market in which these two are forbidden. Errors: UnknownPersonError."""
    _mentor(market, mentor)
    _known_mentee(market, mentee)
    locks = tuple(lock for lock in market.locks if (lock.mentee, lock.mentor) != (mentee, mentor))
    return replace(market, locks=locks, vetoes=(*market.vetoes, Decided(mentee, "", mentor, "запрещена")))


def with_lock(market: Market, mentee: str, mentor: str, form: str = "") -> Market:
    """The market in which these two are fixed: why not the one I named? Errors: UnknownPersonError.

    Without `form` it is the first one common to both, else the mentee's first.
    """
    other = _mentor(market, mentor)
    _known_mentee(market, mentee)
    forms = [f for m in market.mentees if m.id == mentee for f in m.forms]
    common = [f.title for f in market.rules.forms if f.title in forms and f.title in other.forms]
    title = form or (common or forms or [""])[0]
    return replace(market, locks=(*market.locks, Decided(mentee, title, mentor, "закреплена для проверки")))


def _mentor(market: Market, code: str) -> Mentor:
    for mentor in market.mentors:
        if mentor.id == code:
            return mentor
    raise UnknownPersonError(code)


def _known_mentee(market: Market, code: str) -> None:
    if code not in {m.id for m in market.mentees}:
        raise UnknownPersonError(code)
