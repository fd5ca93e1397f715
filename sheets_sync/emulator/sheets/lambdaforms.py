"""LET, LAMBDA and the functions that call one: MAP, BYROW, BYCOL, REDUCE, SCAN, MAKEARRAY.

Source: Google's function list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from . import libraryvalues
from .formparts import Bound, Computer, Form, Lambda, Lines, NoReferenceError, Place, number, values
from .formulacalls import CallText, first_call

_IDENTIFIER = re.compile(r"[^\W\d][\w.]*")
_MOST_CELLS = 200_000


def made_lambda(call: CallText, bound: Bound) -> Lambda:
    """Returns the function that LAMBDA(…) makes.

    Raises:
        NoReferenceError: a parameter is no name, or there is nothing to compute.
    """
    *names, body = call.arguments or ("",)
    if not body or any(not _IDENTIFIER.fullmatch(name) for name in names):
        raise NoReferenceError("#N/A")
    return Lambda(tuple(name.lower() for name in names), body, dict(bound))


def _lambda_given(text: str, bound: Bound) -> Lambda:
    """Returns the function that an argument is: LAMBDA(…) or the name of one.

    Raises:
        NoReferenceError: it is neither.
    """
    call = first_call(text, frozenset(("LAMBDA",)))
    if call is not None and call.start == 0 and call.end == len(text.strip()):
        return made_lambda(call, bound)
    named = bound.get(text.strip().lower())
    if isinstance(named, Lambda):
        return named
    raise NoReferenceError("#N/A")


def _called(computer: Computer, place: Place, function: Lambda, given: list[Lines]) -> Lines:
    if len(given) != len(function.parameters):
        raise NoReferenceError("#N/A")
    named = {
        name: libraryvalues.of_rectangle(lines)
        for name, lines in zip(function.parameters, given, strict=True)
    }
    return values(computer, place, function.body, {**function.bound, **named})


def applied(
    computer: Computer, place: Place, function: Lambda, given: tuple[str, ...], bound: Bound
) -> Lines:
    """Returns what a function gives for the values of some parts of a formula."""
    return _called(computer, place, function, [values(computer, place, text, bound) for text in given])


def _let(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    if len(given) < 3 or len(given) % 2 == 0:
        raise NoReferenceError("#N/A")
    seen = dict(bound)
    for name, text in zip(given[:-1:2], given[1::2], strict=True):
        if not _IDENTIFIER.fullmatch(name):
            raise NoReferenceError("#N/A")
        try:
            seen[name.lower()] = _lambda_given(text, seen)
        except NoReferenceError:
            seen[name.lower()] = libraryvalues.of_rectangle(values(computer, place, text, seen))
    return values(computer, place, given[-1], seen)


def _map(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    function = _lambda_given(given[-1], bound) if len(given) > 1 else _nothing()
    arrays = [values(computer, place, text, bound) for text in given[:-1]]
    if any((len(one), len(one[0])) != (len(arrays[0]), len(arrays[0][0])) for one in arrays):
        raise NoReferenceError("#N/A")
    return [
        [
            _called(computer, place, function, [[[one[row][column]]] for one in arrays])[0][0]
            for column in range(len(arrays[0][0]))
        ]
        for row in range(len(arrays[0]))
    ]


def _nothing() -> Lambda:
    raise NoReferenceError("#N/A")


def _by_row(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    function, lines = _lambda_and_values(computer, place, given, bound)
    return [_called(computer, place, function, [[line]])[0][:1] for line in lines]


def _by_column(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    function, lines = _lambda_and_values(computer, place, given, bound)
    turned = [[[line[column]] for line in lines] for column in range(len(lines[0]))]
    return [[_called(computer, place, function, [one])[0][0] for one in turned]]


def _lambda_and_values(
    computer: Computer, place: Place, given: tuple[str, ...], bound: Bound
) -> tuple[Lambda, Lines]:
    if len(given) != 2:
        raise NoReferenceError("#N/A")
    return _lambda_given(given[1], bound), values(computer, place, given[0], bound)


def _folding(*, every: bool) -> Form:
    def fold(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
        if len(given) != 3:
            raise NoReferenceError("#N/A")
        function = _lambda_given(given[2], bound)
        kept = values(computer, place, given[0], bound)
        shown: Lines = []
        for line in values(computer, place, given[1], bound):
            shown.append([])
            for value in line:
                kept = _called(computer, place, function, [kept, [[value]]])
                shown[-1].append(kept[0][0])
        return shown if every else kept

    return fold


def _make_array(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    if len(given) != 3:
        raise NoReferenceError("#N/A")
    rows, columns = (number(computer, place, text, bound) for text in given[:2])
    function = _lambda_given(given[2], bound)
    if rows < 1 or columns < 1 or rows * columns > _MOST_CELLS:
        raise NoReferenceError("#NUM!")
    return [
        [_called(computer, place, function, [[[row]], [[column]]])[0][0] for column in range(1, columns + 1)]
        for row in range(1, rows + 1)
    ]


FORMS: Mapping[str, Form] = {
    "LET": _let,
    "MAP": _map,
    "BYROW": _by_row,
    "BYCOL": _by_column,
    "REDUCE": _folding(every=False),
    "SCAN": _folding(every=True),
    "MAKEARRAY": _make_array,
}
