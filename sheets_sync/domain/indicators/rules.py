"""The vocabulary in which config/roadmap.yaml says what an indicator counts."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

Scalar = str | int | bool
Where = tuple[tuple[str, tuple[Scalar, ...]], ...]
"""Conditions on a record's fields, all to hold: the field (or one of its values) is among those given."""

NEXT_YEAR = "@next_year"
"""Stands in a condition for the year after the roadmap's."""


class Aggregate(StrEnum):
    """How the records that were found become a number."""

    COUNT = "count"
    SUM = "sum"
    LARGEST = "largest"
    BEST_BY = "best"


class WhenUnknown(StrEnum):
    """What follows for the measure when a number cannot be known."""

    NO_DATA = "no_data"
    DECISION = "decision"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Selection:
    """Records of one collection; `from_period_start` leaves out those dated before the programme's period."""

    of: str
    where: Where = ()
    from_period_start: bool = False


@dataclass(frozen=True, slots=True)
class Having:
    """Keeps a record only when others answer to it.

    Shape: of `selection`, those whose field `by` equals this record's field `key` are counted once per value
    of `distinct`; at least `at_least` of them are needed. With `share_of` the count is divided by that of
    the answering records of that collection, and `at_least` is a share.
    """

    selection: Selection
    by: str
    key: str = "id"
    distinct: str = "id"
    at_least: Fraction = Fraction(1)
    share_of: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A number made of records.

    Shape: records are counted once per value of `distinct`; `field` is what is summed, or whose largest value
    is taken, or whose largest value per `by` is summed. `at` fixes the date to that of the first such record:
    until there is one, nothing is found. `unknown_if_empty` makes no records mean "nobody said" and not zero.
    """

    selection: Selection
    having: tuple[Having, ...] = ()
    distinct: str = "id"
    aggregate: Aggregate = Aggregate.COUNT
    field: str = ""
    by: str = ""
    at: Selection | None = None
    unknown_if_empty: bool = False


@dataclass(frozen=True, slots=True)
class ContingentQuery:
    """How many there are in a group of the school, as staff wrote in «Контингент»."""

    group: str
    column: str = "total"


@dataclass(frozen=True, slots=True)
class TotalQuery:
    """A total that the evidence carries ready made: `base_answers` or `analysed_answers`."""

    name: str


class MeasureSet(StrEnum):
    """Which measures of the roadmap itself are counted."""

    ALL = "all"
    DONE = "done"
    DUE = "due"
    ON_TIME = "on_time"


@dataclass(frozen=True, slots=True)
class MeasuresQuery:
    """How many other measures of the roadmap are done; `excluded` are the ids left out on both sides."""

    which: MeasureSet
    excluded: frozenset[str] = frozenset()


Source = Query | ContingentQuery | TotalQuery | MeasuresQuery


@dataclass(frozen=True, slots=True)
class Rule:
    """What is counted, and out of how many.

    Shape: `whole` lists where the denominator may come from, the first that is known counts; empty for a
    plain count.
    """

    part: Source
    whole: tuple[Source, ...] = ()


def collections_of(rule: Rule) -> frozenset[str]:
    """The names of all collections that a rule looks at."""
    found: set[str] = set()
    for source in (rule.part, *rule.whole):
        if isinstance(source, Query):
            found.add(source.selection.of)
            found.update(having.selection.of for having in source.having)
            found.update(having.share_of for having in source.having if having.share_of)
            if source.at is not None:
                found.add(source.at.of)
    return frozenset(found)
