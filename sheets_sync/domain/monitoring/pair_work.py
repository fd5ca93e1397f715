"""The work of each pair: meetings of five kinds, the share of the plan that is done, and silence."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sheets_sync.domain.school import Evidence, MeetingKind, Pair, PairState, Plan

_NEVER_WORKED = frozenset((PairState.PROPOSED, PairState.REJECTED, PairState.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class PairWork:
    """What a pair did up to a date.

    Shape: `held` counts the meetings that took place, every kind named; `items` and `done` are points of the
    plan, None and 0 without a plan; `next_due` is the earliest open point's date; `quiet_since` is the day of
    the last meeting (or of the order) when that lies too far back, None while all is well.
    """

    pair: Pair
    held: Mapping[MeetingKind, int]
    last_on: date | None
    items: int | None
    done: int
    next_due: date | None
    quiet_since: date | None

    @property
    def kinds(self) -> int:
        """How many of the five kinds took place."""
        return sum(count > 0 for count in self.held.values())

    @property
    def plan_share(self) -> Fraction | None:
        """The share of the plan's points that are done, None without a plan or with an empty one."""
        return Fraction(self.done, self.items) if self.items else None


def pair_works(evidence: Evidence) -> tuple[PairWork, ...]:
    """Return the work of every pair that was ever approved, in the order of the pairs."""
    days: defaultdict[str, list[date]] = defaultdict(list)
    kinds: defaultdict[str, Counter[MeetingKind]] = defaultdict(Counter)
    for meeting in evidence.meetings:
        if meeting.held and meeting.on <= evidence.as_of:
            days[meeting.pair].append(meeting.on)
            kinds[meeting.pair][meeting.kind] += 1
    plans = {plan.pair: plan for plan in evidence.plans}
    return tuple(
        _work(pair, kinds[pair.code], max(days[pair.code], default=None), plans.get(pair.code), evidence)
        for pair in evidence.pairs
        if pair.state not in _NEVER_WORKED
    )


def plans_done(works: tuple[PairWork, ...], wanted: Fraction) -> tuple[int, int]:
    """Return how many plans are done to the wanted share, and how many plans there are."""
    shares = [work.plan_share for work in works if work.plan_share is not None]
    return sum(share >= wanted for share in shares), len(shares)


def _work(
    pair: Pair, kinds: Counter[MeetingKind], last_on: date | None, plan: Plan | None, evidence: Evidence
) -> PairWork:
    open_items = [] if plan is None else [item for item in plan.items if item.done_on is None]
    return PairWork(
        pair=pair,
        held={kind: kinds[kind] for kind in MeetingKind},
        last_on=last_on,
        items=None if plan is None else len(plan.items),
        done=0 if plan is None else len(plan.items) - len(open_items),
        next_due=min((item.due for item in open_items if item.due), default=None),
        quiet_since=_quiet_since(pair, last_on, evidence),
    )


def _quiet_since(pair: Pair, last_on: date | None, evidence: Evidence) -> date | None:
    """Return since when a working pair is silent; after the period nobody is asked to meet any more."""
    if pair.state is not PairState.IN_FORCE or pair.in_force_from is None:
        return None
    day = min(evidence.as_of, evidence.settings.period_end)
    since = max(pair.in_force_from, last_on or pair.in_force_from)
    return since if day - since >= timedelta(days=evidence.settings.silent_days) else None
