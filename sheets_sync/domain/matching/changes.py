"""What differs between two sets of pairs, as values and in Russian."""

from collections.abc import Iterable
from dataclasses import dataclass

from sheets_sync.domain.matching.model import Assignment, Decided, MatchedPair
from sheets_sync.domain.matching.words import counted, points


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """One mentee's change: mentor codes and forms before and after, "" where there was or is none."""

    mentee: str
    before: str
    before_form: str
    after: str
    after_form: str


@dataclass(frozen=True, slots=True)
class Difference:
    """All moves, and how people paired and the sum of scores changed."""

    moves: tuple[Move, ...]
    people: int
    score: int

    @property
    def text(self) -> str:
        """The change in one Russian sentence: «−85 баллов, наставник сменится у 6 человек»."""
        if not self.moves and not self.score:
            return "ничего не изменится"
        switched = sum(1 for m in self.moves if m.before and m.after)
        gained = [m.mentee for m in self.moves if not m.before]
        lost = [m.mentee for m in self.moves if not m.after]
        said = [
            ("+" if self.score > 0 else "−") + points(abs(self.score)) if self.score else "сумма баллов та же"
        ]
        if switched:
            said.append(f"наставник сменится у {counted(switched, 'человека', 'человек', 'человек')}")
        if gained:
            said.append("получат пару: " + ", ".join(gained))
        if lost:
            said.append("останутся без пары: " + ", ".join(lost))
        return "; ".join(said)


def difference(before: Iterable[MatchedPair | Decided], after: Iterable[MatchedPair | Decided]) -> Difference:
    """Compare two sets of pairs; a mentee with several mentors is compared form by form."""
    first, second = list(before), list(after)
    moves: list[Move] = []
    for mentee in sorted({p.mentee for p in first} | {p.mentee for p in second}):
        old = {(p.form, p.mentor) for p in first if p.mentee == mentee}
        new = {(p.form, p.mentor) for p in second if p.mentee == mentee}
        gone, come = sorted(old - new), sorted(new - old)
        for at in range(max(len(gone), len(come))):
            before_form, was = gone[at] if at < len(gone) else ("", "")
            after_form, now = come[at] if at < len(come) else ("", "")
            moves.append(Move(mentee, was, before_form, now, after_form))
    people = len({p.mentee for p in second}) - len({p.mentee for p in first})
    return Difference(tuple(moves), people, _total(second) - _total(first))


def since_last_night(current: Iterable[Decided], tonight: Assignment) -> Difference:
    """What changed in the proposals since last night, whose scores are not known: `score` is tonight's."""
    proposed = [p for p in tonight.pairs if not p.locked]
    return difference(current, [Decided(p.mentee, p.form, p.mentor) for p in proposed])


def _total(pairs: list[MatchedPair | Decided]) -> int:
    return sum(p.score for p in pairs if isinstance(p, MatchedPair))
