"""A pair of a mentor and a mentee, and the states of its life."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PairState(StrEnum):
    """Life of a pair."""

    PROPOSED = "предложена"
    APPROVED = "утверждена"
    IN_FORCE = "действует"
    PAUSED = "приостановлена"
    ENDED = "прекращена"
    COMPLETED = "завершена"
    REJECTED = "отклонена"
    WITHDRAWN = "снята"


@dataclass(frozen=True, slots=True)
class Pair:
    """One mentor with one mentee in one form of mentoring; a group is several pairs of one mentor.

    Shape: `since` is the day its state began and `basis` why, in Russian; `facts` are what spoke for the pair
    when it was decided («запрос «математика»»), kept to notice answers that changed since; `by_hand` marks
    a pair that staff typed themselves, `left` one that ended because somebody left.
    """

    code: str
    form: str
    mentor: str
    mentee: str
    state: PairState
    proposed_on: date
    approved_on: date | None = None
    order: str = ""  # key of the order document, "" before one exists
    in_force_from: date | None = None  # the date of the registered order
    ended_on: date | None = None
    end_reason: str = ""
    notified_on: date | None = None
    score: int = 0
    reason: str = ""
    decision: str = ""
    decision_reason: str = ""
    decided_on: date | None = None
    since: date | None = None
    basis: str = ""
    facts: tuple[str, ...] = ()
    by_hand: bool = False
    left: bool = False

    def in_force_on(self, on: date) -> bool:
        """Whether an order puts this pair in force on the date."""
        started = self.in_force_from is not None and self.in_force_from <= on
        return started and (self.ended_on is None or self.ended_on > on)
