"""Values as the library ``formulas`` has them, and as this workspace has them.

The library takes and gives rectangles of objects: texts, numbers, booleans, its errors and its empty cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from .cells import tidy_number
from .formattednumber import FormattedNumber

_TYPES = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}
_MESSAGES = {
    "DIVIDE_BY_ZERO": "Function DIVIDE parameter 2 cannot be zero.",
    "N_A": "Did not find a value.",
    "REF": "Reference does not exist.",
}


def array(lines: Sequence[Sequence[Any]]) -> Any:
    """Returns the library's form of a rectangle of values."""
    import numpy

    result = numpy.empty((len(lines), len(lines[0]) if lines else 0), dtype=object)
    for place, line in enumerate(lines):
        result[place, :] = line
    return result


@cache
def empty() -> Any:
    """Returns the library's empty cell."""
    import schedula

    return schedula.EMPTY


@cache
def error(text: str) -> Any:
    """Returns the library's error for a text such as ``#N/A``."""
    from formulas.functions import Error

    return Error.errors[text]


def error_of(value: dict[str, Any]) -> Any:
    """Returns the library's error for an ErrorValue."""
    text = next((text for text, kind in _TYPES.items() if kind == value.get("type")), "#VALUE!")
    return error(text)


def first(result: Any) -> Any:
    """Returns the first item of a result as a plain value."""
    return result if isinstance(result, dict) else _plain(result)


def shape(result: Any) -> tuple[int, int] | None:
    """Returns the rows and columns of a result of several cells, or None for one cell."""
    import numpy

    if not isinstance(result, numpy.ndarray) or result.ndim != 2 or result.size < 2:
        return None
    return int(result.shape[0]), int(result.shape[1])


def plain_lines(result: Any) -> list[list[Any]] | None:
    """Returns a result of several cells as plain values line by line, or None for one cell."""
    import numpy

    if not isinstance(result, numpy.ndarray) or result.size < 2 or result.ndim > 2:
        return None
    return [[_plain(item) for item in line] for line in numpy.atleast_2d(result)]


def rectangle(result: Any) -> list[list[Any]]:
    """Returns a result line by line: plain values, None for empty cells, errors as the library has them."""
    if isinstance(result, dict):
        return [[error_of(result)]]
    if isinstance(result, list):
        return result
    return [[item_of(item) for item in line] for line in lines_of(result)]


def of_rectangle(lines: Sequence[Sequence[Any]]) -> Any:
    """Returns the library's form of lines in which None is an empty cell."""
    return array([[or_empty(item) for item in line] for line in lines])


def is_error(item: Any) -> bool:
    """Tells whether an item of a rectangle is an error."""
    return type(item) is not str and isinstance(item, str) and str(item) in _TYPES


def named_error(kind: str) -> dict[str, Any]:
    """Returns an ErrorValue of a type with a message."""
    return {"type": kind, "message": _MESSAGES.get(kind, "Error")}


def _plain(result: Any) -> Any:
    import numpy

    while isinstance(result, numpy.ndarray):
        if result.size == 0:
            return {"type": "N_A", "message": _MESSAGES["N_A"]}
        result = result.flat[0]
    if result is empty():
        return None
    text = str(result)
    if isinstance(result, str):
        if type(result) is not str and text in _TYPES:
            return named_error(_TYPES[text])
        return text
    if isinstance(result, bool | numpy.bool_):
        return bool(result)
    if isinstance(result, int | float | numpy.integer | numpy.floating):
        number = float(result)
        if number != number or number in (float("inf"), float("-inf")):
            return {"type": "NUM", "message": "The result is not a number."}
        return result if isinstance(result, FormattedNumber) else tidy_number(number)
    return {"type": "VALUE", "message": "The formula's result cannot be shown."}


def item_of(value: Any) -> Any:
    """Returns an item of a rectangle as a plain value; None for an empty cell."""
    import numpy

    if value is empty():
        return None
    return value.item() if isinstance(value, numpy.generic) else value


def or_empty(value: Any) -> Any:
    """Returns the library's empty cell for None."""
    return empty() if value is None else value


def lines_of(value: Any) -> list[list[Any]]:
    """Returns what the library gives as lists of lines."""
    import numpy

    return [list(line) for line in numpy.atleast_2d(numpy.asarray(value, dtype=object))]


def first_item(value: Any) -> Any:
    """Returns the first item of what the library gives."""
    import numpy

    while isinstance(value, numpy.ndarray) and value.size:
        value = value.flat[0]
    return value
