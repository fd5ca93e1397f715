"""DSUM, DCOUNT and the other functions of a table with titles and a table of criteria.

Source: Google's help pages (DSUM: the first row of both tables holds titles; conditions in one row all have
to hold, one of the rows has to; an empty cell asks for nothing).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from .arrayfunctions import Lines
from .criterion import criterion
from .scalarfunctions import Failure


def _chosen(table: Lines, field: Any, criteria: Lines) -> list[Any]:
    """Returns the values of one column in the rows that the criteria ask for."""
    titles = [_folded(title) for title in table[0]]
    kept = [line for line in table[1:] if _wanted(line, titles, criteria)]
    if isinstance(field, list):
        field = field[0][0]
    if isinstance(field, int | float) and not isinstance(field, bool):
        place = int(field) - 1
    else:
        place = titles.index(_folded(field)) if _folded(field) in titles else -1
    if not 0 <= place < len(titles):
        raise Failure("#VALUE!")
    return [line[place] for line in kept]


def _wanted(line: list[Any], titles: list[str], criteria: Lines) -> bool:
    rules = [
        [
            (titles.index(_folded(title)), criterion(asked))
            for title, asked in zip(criteria[0], row, strict=True)
            if asked is not None and _folded(title) in titles
        ]
        for row in criteria[1:]
    ]
    return any(all(holds(line[place]) for place, holds in row) for row in rules) if rules else True


def _folded(title: Any) -> str:
    return "" if title is None else str(title).strip().casefold()


def _numbers(values: list[Any]) -> list[float]:
    return [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]


def _variance(values: list[float], less: int) -> float:
    if len(values) <= less:
        raise Failure("#DIV/0!")
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - less)


def _average(values: list[float]) -> float:
    if not values:
        raise Failure("#DIV/0!")
    return math.fsum(values) / len(values)


def _single(values: list[Any]) -> Any:
    if len(values) != 1:
        raise Failure("#VALUE!" if not values else "#NUM!")
    return values[0]


def _over(summarized: Callable[[list[Any]], Any], *, numbers: bool = True) -> Callable[..., Lines]:
    def called(table: Lines, field: Any, criteria: Any) -> Lines:
        rows = criteria if isinstance(criteria, list) else [[criteria]]
        values = _chosen(table, field, rows)
        return [[summarized(_numbers(values) if numbers else values)]]

    return called


DATABASE: Mapping[str, Callable[..., Lines]] = {
    "DSUM": _over(sum),
    "DCOUNT": _over(len),
    "DCOUNTA": _over(lambda values: len([value for value in values if value is not None]), numbers=False),
    "DGET": _over(_single, numbers=False),
    "DAVERAGE": _over(_average),
    "DMAX": _over(lambda values: max(values, default=0)),
    "DMIN": _over(lambda values: min(values, default=0)),
    "DPRODUCT": _over(math.prod),
    "DVAR": _over(lambda values: _variance(values, 1)),
    "DVARP": _over(lambda values: _variance(values, 0)),
    "DSTDEV": _over(lambda values: math.sqrt(_variance(values, 1))),
    "DSTDEVP": _over(lambda values: math.sqrt(_variance(values, 0))),
}
