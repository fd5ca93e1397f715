"""People, decisions and results of pairing, as plain values without names."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sheets_sync.domain.findings import Finding


class Criterion(StrEnum):
    """What a pair is scored on; the value is the id used in config/matching.yaml."""

    NEEDS = "needs"
    CHOICE = "choice"
    TIMES = "times"
    KIND = "kind"
    FORMAT = "format"
    CLASS_DISTANCE = "class_distance"
    GROUP = "group"


class Level(StrEnum):
    """How much a criterion weighs; a mandatory one also closes pairs that have nothing of it."""

    MANDATORY = "mandatory"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class FormRule:
    """One form of mentoring: who mentors whom and what must hold; `title` is also its id."""

    title: str
    mentors: frozenset[str]
    mentees: frozenset[str]
    min_class_difference: int | None = None
    min_age_difference: int | None = None
    min_mentee_class: int | None = None
    min_mentee_age: int | None = None
    min_mentor_age: int | None = None
    min_experience_difference: int | None = None
    extension: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """All that config/matching.yaml says; shares are in thousandths, bonuses in points."""

    forms: tuple[FormRule, ...]
    levels: Mapping[Criterion, Level]
    level_weights: Mapping[Level, int]
    kinds: Mapping[str, str] = field(default_factory=dict)
    any_kind: str = "всё равно"
    formats: frozenset[str] = frozenset({"очно", "онлайн"})
    remote_format: str = "онлайн"
    enough_common_slots: int = 2
    class_best_from: int = 1
    class_best_to: int = 3
    class_step: int = 250
    choice_mutual: int = 1000
    choice_mentee: int = 600
    choice_mentor: int = 400
    choice_rank_step: int = 50
    waive_mandatory_when_chosen: bool = True
    avoid_is_veto: bool = True
    group_from: int = 4
    most_people: bool = True
    floor: bool = True
    stay_bonus: int = 70
    waiting_bonus: int = 40
    unpaired_before_bonus: int = 60
    min_pair_score: int = 0
    min_share_paired: int = 0
    dense_cells: int = 3_000_000
    mentee_list: int = 50
    mentor_list: int = 20
    proof_cells: int = 400_000_000
    verified_changes: int = 20

    def points(self) -> dict[Criterion, int]:
        """Points of every criterion; they add up to exactly 1000 (largest remainders, ties by order)."""
        weights = {c: self.level_weights.get(self.levels.get(c, Level.OFF), 0) for c in Criterion}
        total = sum(weights.values())
        if total == 0:
            return dict.fromkeys(Criterion, 0)
        points = {c: 1000 * w // total for c, w in weights.items()}
        by_remainder = sorted(
            Criterion, key=lambda c: (-(1000 * weights[c] % total), list(Criterion).index(c))
        )
        for c in by_remainder[: 1000 - sum(points.values())]:
            points[c] += 1
        return points


@dataclass(frozen=True, slots=True)
class Mentee:
    """A request for one mentor in one of several forms.

    Shape: `id` is the participant's code; `group` the target group's text; `forms` the titles in which a
    mentor is acceptable (one mentor is sought for the whole set; a person who needs a mentor in two forms is
    two values with disjoint `forms`). `needs`, `times`, `wanted` are option texts of the questionnaire,
    `level` the class number, `experience` a band (0 up to 3 years, 1 up to 10, 2 more), `wants_group` None
    when it does not matter. `waiting_nights` counts from the application for everybody, paired or not.
    `place` is the school or building a person can come to, "" for any: in a pool of several places people of
    different ones meet online or not at all.
    """

    id: str
    group: str
    forms: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    wanted: frozenset[str] = frozenset()
    level: int | None = None
    age: int | None = None
    experience: int | None = None
    wants_group: bool | None = None
    choices: tuple[str, ...] = ()
    avoids: frozenset[str] = frozenset()
    waiting_nights: int = 0
    unpaired_before: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Mentor:
    """A person who takes up to `capacity` mentees over all forms; units and texts as in `Mentee`."""

    id: str
    group: str
    forms: tuple[str, ...]
    capacity: int
    resources: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    level: int | None = None
    age: int | None = None
    experience: int | None = None
    choices: tuple[str, ...] = ()
    avoids: frozenset[str] = frozenset()
    place: str = ""


@dataclass(frozen=True, slots=True)
class Ineligible:
    """Somebody who may not be paired now, with the reason in Russian; `role` is наставник or наставляемый."""

    id: str
    role: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Decided:
    """A pair somebody decided on: a lock, a veto or last night's proposal.

    Shape: `form` may be "" in a veto (any form); `why` is the decision in Russian («утверждена»,
    «закреплена куратором», «отклонена»); `place` is where it stands, for findings; `stopped` says in Russian
    why a lock may not stand now.
    """

    mentee: str
    form: str
    mentor: str
    why: str = ""
    place: str = "Пары"
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Market:
    """Everything a proposal depends on; the order of the tuples never matters."""

    rules: Rules
    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    locks: tuple[Decided, ...] = ()
    vetoes: tuple[Decided, ...] = ()
    current: tuple[Decided, ...] = ()
    ineligible: tuple[Ineligible, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Points of one criterion in a pair's score, out of `of`."""

    criterion: Criterion
    points: int
    of: int


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """One mentor for one mentee, with what speaks for it.

    Shape: `score` 0..1000 is the sum of `parts`; `rank` counts from 1 among the `eligible` mentors of this
    mentee (0 when a hand-made pair breaks a rule); `runner_up` is the best other mentor's code or "";
    `locked` pairs are people's decisions; `weak` marks a score under the cut-off.
    """

    mentee: str
    form: str
    mentor: str
    score: int
    locked: bool
    reason: str
    parts: tuple[Part, ...] = ()
    rank: int = 0
    eligible: int = 0
    runner_up: str = ""
    runner_up_score: int = 0
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody left without a pair: why, and the nearest change that would pair them ("" when none is known).

    Shape: `role` is наставляемый or наставник; a mentor is listed when nobody at all was found for them.
    """

    id: str
    role: str
    forms: tuple[str, ...]
    reason: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Figures of a proposal.

    Shape: `people` counts mentees paired (locked ones too) of `of_people`; `score` sums the scores of the
    proposed pairs, `objective` adds the bonuses (stay, waiting) and is what was maximised; `bound` is what no
    arrangement of as many people can exceed, `proven` says objective = bound by integer duals that the run's
    own check verified over all eligible pairs, `certified` over the listed candidates at least; `floor` is
    the worst proposed score, `floor_price` the points of objective given up for it (None: not computed),
    `floor_proven` false when it was sought among listed pairs only; `eligible_pairs` counts all pairs that
    the rules allow, locked people's too.
    """

    people: int
    of_people: int
    locked: int
    proposed: int
    score: int
    objective: int
    bound: int
    proven: bool
    floor: int = 0
    floor_price: int | None = 0
    floor_proven: bool = True
    eligible_pairs: int = 0
    certified: bool = True

    @property
    def gap(self) -> int:
        """How many points a better arrangement could gain at most; 0 when proven."""
        return self.bound - self.objective


@dataclass(frozen=True, slots=True)
class Assignment:
    """The night's proposal.

    Shape: `suspended` are locks that may not stand now (consent gone), their places stay taken; `withheld` is
    the Russian reason why the proposal is only shown and not applied, "" when it may be applied.
    """

    pairs: tuple[MatchedPair, ...]
    unmatched: tuple[Unmatched, ...]
    totals: Totals
    findings: tuple[Finding, ...] = ()
    suspended: tuple[Decided, ...] = ()
    withheld: str = ""
