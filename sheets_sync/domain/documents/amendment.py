"""The order on changes: a registered order is never touched, a new one says what changes in its appendix."""

from dataclasses import dataclass

from sheets_sync.domain.documents.facts import Facts
from sheets_sync.domain.documents.kinds import CHANGES, ENDING, PAIRS
from sheets_sync.domain.school import Pair, PairState, RegisteredDocument


@dataclass(frozen=True, slots=True)
class Replacement:
    """A pair of a registered order that ended, and the approved pair that takes its place."""

    order: RegisteredDocument
    old: Pair
    new: Pair


def replacements(facts: Facts) -> tuple[Replacement, ...]:
    """Return the replacements that no registered order says yet, in the order of the pairs' codes."""
    pairs = {pair.code: pair for pair in facts.pairs}
    signed = [paper for paper in facts.papers if paper.registered and paper.on is not None]
    in_force = [paper for paper in signed if paper.kind in {PAIRS, CHANGES}]
    named = {code for paper in in_force for code in paper.pairs}
    over = {code for paper in signed if paper.kind == ENDING for code in paper.pairs}
    over |= {code for paper in signed for code in paper.ends}
    waiting = [
        pair
        for pair in facts.pairs
        if pair.state is PairState.APPROVED and pair.code not in named and facts.admits(pair)
    ]
    found = []
    for paper in in_force:
        for code in paper.pairs:
            old = pairs.get(code)
            if old is None or old.state is not PairState.ENDED or code in over:
                continue
            new = next((pair for pair in waiting if (pair.mentee, pair.form) == (old.mentee, old.form)), None)
            if new is not None:
                waiting.remove(new)
                found.append(Replacement(paper, old, new))
    return tuple(sorted(found, key=lambda change: change.old.code))
