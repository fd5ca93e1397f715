"""An indicator told in full: its rule, its numbers, who stands behind them, and what to do next."""

from collections.abc import Sequence
from datetime import date
from textwrap import wrap

from sheets_sync.domain.deadlines import in_words
from sheets_sync.domain.indicators.values import IndicatorValue

_WIDTH = 100


def explain(value: IndicatorValue, as_of: date) -> tuple[str, ...]:
    """Lines in Russian for a person who wants to check the number; people stand there by their codes."""
    verdict = {True: "да", False: "нет", None: "сказать нельзя"}[value.met]
    lines = [
        f"{value.id}, пункт {value.measure}, на {in_words(as_of)}",
        f"Правило: {value.rule}",
        f"Сейчас: {value.shown}",
    ]
    if value.threshold is not None:
        lines.append(f"Порог достигнут: {verdict}")
    for label, text in (
        ("Чего не хватает", value.missing),
        ("Заполните", value.fill),
        ("Заметьте", value.note),
    ):
        if text:
            lines.append(f"{label}: {text}")
    lines.extend(_named("Посчитаны", value.numerator_ids))
    absent = [name for name in value.denominator_ids if name not in set(value.numerator_ids)]
    lines.extend(_named("Не посчитаны из общего числа", absent))
    return tuple(lines)


def _named(label: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    listed = wrap(", ".join(names), _WIDTH, break_long_words=False, break_on_hyphens=False)
    return [f"{label} ({len(names)}):", *(f"  {line}" for line in listed)]
