"""How the library ``formulas`` calls functions of this workspace: rectangles in, a rectangle out.

Errors among the arguments are passed on, and what a function cannot do becomes the error that it names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import arrayfunctions
from .libraryvalues import array, error, first_item, is_error, item_of, of_rectangle, rectangle
from .scalarfunctions import Failure

Called = Callable[..., Any]
_FAILURES = {arrayfunctions.NoMatchError: "#N/A", arrayfunctions.OutOfRangeError: "#NUM!"}


def each(function: Called) -> Called:
    """Lets the library call a function of single values on every cell of its ranges."""

    def called(*given: Any) -> Any:
        ranges = [rectangle(value) for value in given]
        height = max((len(one) for one in ranges), default=1)
        width = max((len(one[0]) for one in ranges), default=1)
        return array(
            [
                [_single(function, [cell_at(one, row, column) for one in ranges]) for column in range(width)]
                for row in range(height)
            ]
        )

    return called


def cell_at(lines: list[list[Any]], row: int, column: int) -> Any:
    """Returns a cell of a range that is laid beside others; a single row or column repeats itself."""
    line = lines[row] if row < len(lines) else lines[0] if len(lines) == 1 else None
    if line is None or (column >= len(line) and len(line) > 1):
        return error("#N/A")
    return line[column] if column < len(line) else line[0]


def _single(function: Called, items: list[Any]) -> Any:
    for item in items:
        if is_error(item):
            return item
    try:
        found = function(*items)
    except Failure as failure:
        return error(str(failure))
    except (TypeError, ValueError, ArithmeticError, AttributeError):
        return error("#VALUE!")
    return of_rectangle([[found]])[0, 0]


def of_lines(function: Called) -> Called:
    """Lets the library call a function of rectangles; single values stay values."""

    def called(*given: Any) -> Any:
        taken = [_bare(value) for value in given]
        taken[0] = taken[0] if isinstance(taken[0], list) else [[taken[0]]]
        return _rectangle_of(function, taken)

    return called


def _rectangle_of(function: Called, taken: list[Any]) -> Any:
    failed = [one for one in taken if not isinstance(one, list) and is_error(one)]
    if failed:
        return failed[0]
    try:
        return of_rectangle(function(*taken))
    except (arrayfunctions.NoMatchError, arrayfunctions.OutOfRangeError) as failure:
        return error(_FAILURES[type(failure)])
    except Failure as failure:
        return error(str(failure))


def _bare(value: Any) -> Any:
    lines = rectangle(value)
    return lines[0][0] if len(lines) == 1 and len(lines[0]) == 1 else lines


def rows_of(function: Called) -> Called:
    """Lets the library call a function that gives a line for each cell of a column."""

    def called(texts: Any, *given: Any) -> Any:
        rest = [item_of(first_item(value)) for value in given]
        found = []
        for line in rectangle(texts):
            if is_error(line[0]):
                found.append([line[0]])
                continue
            try:
                found.append(function(line[0], *rest))
            except Failure as failure:
                found.append([error(str(failure))])
        width = max(map(len, found))
        return of_rectangle([[*line, *[None] * (width - len(line))] for line in found])

    return called


def looking(function: Called) -> Called:
    """Lets the library call a look-up with several keys; each gives its first value, a single one all."""

    def called(keys: Any, *given: Any) -> Any:
        rest = [rectangle(value) for value in given[:2]]
        options = [item_of(first_item(value)) for value in given[2:]]
        lines = rectangle(keys)
        if len(lines) * len(lines[0]) == 1:
            return _rectangle_of(function, [lines[0][0], *rest, *options])
        return array(
            [[first_item(_rectangle_of(function, [key, *rest, *options])) for key in line] for line in lines]
        )

    return called


def items_of(given: tuple[Any, ...]) -> list[Any]:
    """Returns the cells of all arguments, line by line."""
    return [item for value in given for line in rectangle(value) for item in line]


def failing(function: Called) -> Called:
    """Lets the library call a function of all cells of its arguments; the first error among them wins."""

    def called(*given: Any) -> Any:
        failed = [item for item in items_of(given) if is_error(item)]
        return failed[0] if failed else function(*given)

    return called


def completed(own: Any, defaults: tuple[Any, ...]) -> Any:
    """Gives a function of the library the arguments that Google lets out."""
    function = own["function"] if isinstance(own, dict) else own

    def called(*given: Any) -> Any:
        return function(*given, *defaults[len(given) :])

    return {**own, "function": called} if isinstance(own, dict) else called
