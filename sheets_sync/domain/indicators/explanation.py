"""An indicator or a whole measure told in full: rule, numbers, who stands behind them, what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap

from sheets_sync.domain.deadlines import in_words
from sheets_sync.domain.indicators.values import IndicatorValue, percent
from sheets_sync.domain.roadmap import Measure

_WIDTH = 100
HEADERS = ("Показатель", "Что считаем", "n", "N", "Доля", "Нужно", "Достигнут", "Чего не хватает")
_MET = {True: "да", False: "нет", None: "сказать нельзя"}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind one measure, or one indicator of it, on a date.

    Shape: `whole` tells that the measure was asked for and not one indicator; `people` gives the names of
    those whom the consent gate admits, by code: all others are told by their codes.
    """

    measure: Measure
    values: tuple[IndicatorValue, ...]
    as_of: date
    whole: bool
    people: Mapping[str, str] = field(default_factory=dict)

    def title(self) -> str:
        """Name what is explained."""
        named = f"Пункт {self.measure.number}" if self.whole else self.values[0].id
        return f"{named} на {in_words(self.as_of)}: «{self.measure.title}»"

    def table(self) -> list[tuple[str, ...]]:
        """Return a row under `HEADERS` for every indicator."""
        return [
            (
                value.id,
                value.counts,
                _number(value.numerator),
                _number(value.denominator) if value.unit == "%" else "",
                value.share_shown,
                needed(value),
                "" if value.threshold is None else _MET[value.met],
                "; ".join(part for part in (value.missing, value.fill) if part),
            )
            for value in self.values
        ]

    def lines(self) -> list[str]:
        """Tell everything in Russian, one thought a line."""
        if not self.whole:
            return list(explain(self.values[0], self.as_of, self.people))
        return [f"Поимённо: sheets-sync indicators explain {value.id}" for value in self.values]

    def to_json(self) -> dict[str, object]:
        """Return the same as JSON values; people stand there by their codes alone."""
        told = [_json(value, self.measure) for value in self.values]
        about: dict[str, object] = {"measure": self.measure.number, "as_of": self.as_of.isoformat()}
        return about | ({"title": self.measure.title, "indicators": told} if self.whole else told[0])


def explain(value: IndicatorValue, as_of: date, people: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Lines in Russian for a person who checks the number; who is not among `people` stands there by code."""
    lines = [
        f"{value.id}, пункт {value.measure}, на {in_words(as_of)}",
        f"Правило: {value.rule}",
        f"Сейчас: {value.shown}",
    ]
    if value.threshold is not None:
        lines.append(f"Порог достигнут: {_MET[value.met]}")
    for label, text in (
        ("Откуда общее число", value.whole_from),
        ("Чего не хватает", value.missing),
        ("Заполните", value.fill),
        ("Заметьте", value.note),
    ):
        if text:
            lines.append(f"{label}: {text}")
    lines.extend(_named("Посчитаны", value.numerator_ids, people or {}))
    lines.extend(_named("Не посчитаны из общего числа", not_counted(value), people or {}))
    return tuple(lines)


def not_counted(value: IndicatorValue) -> tuple[str, ...]:
    """Who belongs to the whole and not to the part, by code."""
    there = set(value.numerator_ids)
    return tuple(name for name in value.denominator_ids if name not in there)


def listed(names: Sequence[str]) -> str:
    """Names in one line; where a name has a comma of its own, semicolons part them."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def needed(value: IndicatorValue) -> str:
    """The threshold as people read it: «≥ 10 %», «≥ 5», "" where nothing has to be reached."""
    if value.threshold is None:
        return ""
    shown = percent(value.threshold) if value.unit == "%" else str(int(value.threshold))
    return f"{value.comparison}\u00a0{shown}"


def _named(label: str, names: Sequence[str], people: Mapping[str, str]) -> list[str]:
    if not names:
        return []
    head = f"{label} ({len(names)}):"
    if any(_code(name) in people for name in names):
        return [head, *(f"  {name} {people.get(_code(name), '')}".rstrip() for name in names)]
    lines = wrap(listed(names), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [head, *(f"  {line}" for line in lines)]


def _code(name: str) -> str:
    return name.partition(",")[0]


def _number(number: int | None) -> str:
    return "нет данных" if number is None else str(number)


def _json(value: IndicatorValue, measure: Measure) -> dict[str, object]:
    known = {indicator.id: indicator for indicator in measure.indicators}.get(value.id)
    return {
        "id": value.id,
        "counts": value.counts,
        "among": known.among if known else "",
        "written": known.written if known else "",
        "numerator": value.numerator,
        "denominator": value.denominator,
        "threshold": _threshold(value),
        "unit": value.unit,
        "met": value.met,
        "rule": value.rule,
        "whole_from": value.whole_from,
        "missing": value.missing,
        "fill": value.fill,
        "note": value.note,
        "counted": list(value.numerator_ids),
        "not_counted": list(not_counted(value)),
    }


def _threshold(value: IndicatorValue) -> int | float | None:
    if value.threshold is None:
        return None
    scaled = value.threshold * (100 if value.unit == "%" else 1)
    return int(scaled) if scaled.denominator == 1 else float(scaled)
