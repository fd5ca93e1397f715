"""The school's roadmap as the program follows it: measures, their indicators, and when to worry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sheets_sync.domain.deadlines import Deadline, UnreadableDeadline
from sheets_sync.domain.indicators.rules import Rule, Selection, WhenUnknown


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number of a measure and what it has to reach.

    Shape: `id` is like «M01.pupils»; `counts` and `among` say in Russian what is counted and out of what;
    `written` is the school's own wording; `at_least` is a share of 1 when the rule has a denominator, else a
    whole number, None for a number that is only shown. `threshold_key` names the setting that may replace it;
    `at_least_small` holds in a small school. `noun` are the three Russian forms (1, 2, 5) of what is missing.
    `fill` says which cell makes an unknown number known. `can_lower`: an order may lower it in «Отметки».
    """

    id: str
    counts: str
    rule: Rule
    at_least: Fraction | None
    among: str = ""
    written: str = ""
    threshold_key: str = ""
    at_least_small: Fraction | None = None
    noun: tuple[str, str, str] = ("", "", "")
    fill: str = ""
    when_unknown: WhenUnknown = WhenUnknown.NO_DATA
    can_lower: bool = False

    @property
    def is_share(self) -> bool:
        """Whether the number has a denominator."""
        return bool(self.rule.whole)


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the roadmap.

    Shape: `also` are ids of other measures' indicators that this one shares; `schedule` selects the records
    whose last date is the deadline of a measure that goes by its own schedule; `continuous` measures close
    only on their last day. `responsible` are ids of roles, never persons.
    """

    id: str
    number: int
    section: str
    title: str
    written_deadline: str
    deadline: Deadline | UnreadableDeadline
    expected: str
    responsible: tuple[str, ...]
    written_indicator: str = ""
    indicators: tuple[Indicator, ...] = ()
    also: tuple[str, ...] = ()
    schedule: Selection | None = None
    continuous: bool = False


@dataclass(frozen=True, slots=True)
class RiskRule:
    """«Под угрозой»: so few days are left (or fewer) and less than this share of the needed is there."""

    days_left: int
    progress_below: Fraction


@dataclass(frozen=True, slots=True)
class Roadmap:
    """All measures in the school's order; `roles` gives the Russian name of each responsible role."""

    measures: tuple[Measure, ...]
    at_risk: tuple[RiskRule, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)

    def indicator(self, indicator_id: str) -> Indicator | None:
        """The indicator with this id, None when there is none."""
        for measure in self.measures:
            for indicator in measure.indicators:
                if indicator.id == indicator_id:
                    return indicator
        return None

    def by_hand(self, measure: Measure) -> bool:
        """Whether nothing is required by rule: such a measure has the state that staff give it."""
        return all(indicator.at_least is None for indicator in self.indicators_of(measure))

    def indicators_of(self, measure: Measure) -> tuple[Indicator, ...]:
        """The measure's own indicators and those it shares with others."""
        shared = (self.indicator(indicator_id) for indicator_id in measure.also)
        return (*measure.indicators, *(indicator for indicator in shared if indicator is not None))
