"""A figure of the monitoring: a part of a whole with its target, its rule and what is missing."""

from dataclasses import dataclass
from fractions import Fraction

from sheets_sync.domain.indicators.values import UNKNOWN, Tally, lacking, number_with_noun, percent, reached

Noun = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One share.

    Shape: `span` says for what day or period it holds; `target` is a share of 1, None where none is set;
    `noun` are the three forms of what is counted; `fill` names the cell to fill while the whole is unknown;
    `note` says what was left out.
    """

    key: str
    section: str
    title: str
    span: str
    part: Tally
    whole: Tally
    rule: str
    target: Fraction | None = None
    noun: Noun = ("человек", "человека", "человек")
    fill: str = ""
    note: str = ""

    @property
    def share(self) -> Fraction | None:
        """The exact share, None while a number is unknown or there is nobody to count."""
        if self.part.number is None or not self.whole.number:
            return None
        return Fraction(self.part.number, self.whole.number)

    @property
    def met(self) -> bool | None:
        """Whether the target is reached, None when that cannot be said."""
        return None if self.target is None else reached(self.part, self.whole, self.target)

    @property
    def missing(self) -> str:
        """What is lacking to the target, or which cell to fill, in Russian."""
        if self.whole.number is None or self.part.number is None:
            return self.fill
        if self.whole.number == 0:
            return "не применимо: считать некого"
        needed = 0 if self.target is None else lacking(self.part, self.whole, self.target) or 0
        if not needed or self.target is None:
            return ""
        return f"ещё {number_with_noun(needed, self.noun)} до {percent(self.target)}"

    @property
    def shown(self) -> str:
        """The figure as people read it: «7 из 68 (10,2 %)», «нет данных»."""
        if self.part.number is None or self.whole.number is None:
            return "нет данных"
        share = self.share
        return "не применимо" if share is None else self._fraction(share)

    def _fraction(self, share: Fraction) -> str:
        return f"{self.part.number} из {self.whole.number} ({percent(share)})"


def tally(ids: set[str] | frozenset[str]) -> Tally:
    """Return how many different ids there are, and which."""
    return Tally(len(ids), tuple(sorted(ids)))


def known(number: int | None) -> Tally:
    """Return a number that somebody typed, unknown when nobody did."""
    return UNKNOWN if number is None else Tally(number)
