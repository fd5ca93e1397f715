"""The value of an indicator: exact numbers, the names behind them, and the words that explain it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Tally:
    """A number with what stands behind it; `number` None means that nobody knows it.

    Shape: `ids` name the records, `place` says in Russian where the number stands when it has none;
    `listed_on` is the day on which the list of records was frozen, None for the list of the day of the count.
    """

    number: int | None
    ids: tuple[str, ...] = ()
    place: str = ""
    listed_on: date | None = None


UNKNOWN = Tally(None)


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One indicator on a date.

    Shape: `denominator` is None for a plain count and where it is unknown; `threshold` is a share of 1 when
    `unit` is «%», else a number, None when the number is only shown; `met` is None when that cannot be said.
    The ids name the records behind the numbers (codes of people and pairs); `whole_from` says where a
    denominator without records stands. `missing` says what is lacking, `fill` which cell to fill, `note`
    which records were left out and why, or on which day the list was frozen; all in Russian.
    """

    id: str
    measure: int
    counts: str
    numerator: int | None
    denominator: int | None
    threshold: Fraction | None
    unit: str
    met: bool | None
    rule: str
    missing: str = ""
    fill: str = ""
    note: str = ""
    needed: int | None = None
    numerator_ids: tuple[str, ...] = ()
    denominator_ids: tuple[str, ...] = ()
    whole_from: str = ""
    comparison: str = "≥"

    @property
    def unknown(self) -> bool:
        """Whether a number is missing, as against being zero."""
        return self.numerator is None or (self.unit == "%" and self.denominator is None)

    @property
    def progress(self) -> Fraction:
        """How much of the needed is there, from 0 to 1; 0 while nobody knows."""
        if self.threshold is None or self.numerator is None or self.unknown:
            return Fraction(0)
        goal = self.threshold * (self.denominator or 0) if self.unit == "%" else self.threshold
        if goal == 0:
            return Fraction(1 if self.met else 0)
        return min(Fraction(1), Fraction(self.numerator) / goal)

    @property
    def shown(self) -> str:
        """The number as people read it: «7 из 68 (10,2 %)», «5», «нет данных»."""
        if self.unknown:
            return "нет данных" if self.numerator is None else f"{self.numerator}, доля неизвестна"
        if self.unit != "%" or self.denominator is None:
            return str(self.numerator)
        if self.denominator == 0:
            return "пока некого считать"
        return f"{self.numerator} из {self.denominator} ({self.share_shown})"

    @property
    def share_shown(self) -> str:
        """The share as people read it, "" where there is none: «10,2 %»."""
        if self.unit != "%" or self.numerator is None or not self.denominator:
            return ""
        return percent(Fraction(self.numerator, self.denominator))


def reached(tally: Tally, whole: Tally | None, threshold: Fraction) -> bool | None:
    """Whether the threshold is reached, in exact numbers; None when it cannot be said."""
    if tally.number is None:
        return None
    if whole is None:
        return tally.number >= threshold
    if not whole.number:
        return None
    return tally.number >= threshold * whole.number


def lacking(tally: Tally, whole: Tally | None, threshold: Fraction) -> int | None:
    """How many more are needed, None while nobody knows."""
    if tally.number is None or (whole is not None and whole.number is None):
        return None
    goal = threshold if whole is None else threshold * (whole.number or 0)
    return max(0, ceil(goal) - tally.number)


def percent(share: Fraction) -> str:
    """A share as «10,2 %», cut and never rounded up: 9,96 % does not become 10 %."""
    tenths = share * 1000 // 1
    whole, tenth = divmod(int(tenths), 10)
    return f"{whole},{tenth}{SPACE}%" if tenth else f"{whole}{SPACE}%"


def number_with_noun(number: int, noun: tuple[str, str, str]) -> str:
    """«1 педагог», «2 педагога», «5 педагогов»; without a noun the number alone."""
    if not noun[0]:
        return str(number)
    last, teens = number % 10, number % 100 // 10 == 1
    form = 0 if last == 1 and not teens else 1 if last in (2, 3, 4) and not teens else 2
    return f"{number}{SPACE}{noun[form]}"
