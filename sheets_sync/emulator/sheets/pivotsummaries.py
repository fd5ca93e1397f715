"""What a pivot table makes of the values of one group.

Source: discovery document, PivotValue.summarizeFunction (each corresponds to the function of its name).
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .cells import tidy_number
from .formattednumber import format_of, with_format

Values = Sequence[Any]
_KEEPING = frozenset(("SUM", "AVERAGE", "MAX", "MIN", "MEDIAN"))
_DIVIDED = {"type": "DIVIDE_BY_ZERO", "message": "Evaluation of function caused a divide by zero error."}


def _numbers(values: Values) -> list[float]:
    return [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _filled(values: Values) -> list[Any]:
    return [value for value in values if value not in (None, "")]


def _spread(function: Callable[[list[float]], float], least: int) -> Callable[[list[float]], Any]:
    return lambda numbers: function(numbers) if len(numbers) >= least else _DIVIDED


_COUNTING: Mapping[str, Callable[[Values], int]] = {
    "COUNTA": lambda values: len(_filled(values)),
    "COUNT": lambda values: len(_numbers(values)),
    "COUNTUNIQUE": lambda values: len(set(map(_folded, _filled(values)))),
}
_SUMMING: Mapping[str, Callable[[list[float]], Any]] = {
    "SUM": math.fsum,
    "AVERAGE": lambda numbers: math.fsum(numbers) / len(numbers) if numbers else _DIVIDED,
    "MAX": lambda numbers: max(numbers, default=0),
    "MIN": lambda numbers: min(numbers, default=0),
    "MEDIAN": lambda numbers: statistics.median(numbers) if numbers else _DIVIDED,
    "PRODUCT": math.prod,
    "STDEV": _spread(statistics.stdev, 2),
    "STDEVP": _spread(statistics.pstdev, 1),
    "VAR": _spread(statistics.variance, 2),
    "VARP": _spread(statistics.pvariance, 1),
}


def _folded(value: Any) -> tuple[str, Any]:
    return type(value).__name__ if isinstance(value, bool | str) else "number", value


def summary(function: str, values: Values) -> Any:
    """Returns a group's value; sums and averages keep the format of the first number."""
    if function in _COUNTING:
        return _COUNTING[function](values)
    numbers = _numbers(values)
    found = _SUMMING[function]([float(number) for number in numbers])
    if isinstance(found, dict) or not numbers:
        return found
    kept = format_of(numbers[0]) if function in _KEEPING else {}
    return with_format(found, kept) if kept else tidy_number(float(found))
