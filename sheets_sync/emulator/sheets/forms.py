"""Functions that need more of their arguments than values: references, names, queries, other spreadsheets.

OFFSET, INDIRECT, ROW and COLUMN of a range, those of ``cellforms``, LET, LAMBDA with MAP, BYROW, BYCOL,
REDUCE, SCAN and MAKEARRAY, QUERY, IMPORTRANGE and ranges in braces. Each call is computed from the outside in
and then stands in the formula as a reference, or under a name for its values. Formulas are computed when they
are read, so what depends on values always follows them.
Source: Google's function list for each.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from . import cellforms, lambdaforms, libraryvalues, referenceforms
from .a1 import A1Error, column_name
from .formparts import (
    Bound,
    Computer,
    Form,
    Lambda,
    Lines,
    NoReferenceError,
    Place,
    number,
    single_reference,
    value,
    values,
)
from .formulacalls import closed, first_call, parted
from .formulatext import Reference
from .lambdaforms import applied, made_lambda
from .querylanguage import QueryError, read_query
from .queryrun import Table, run_query

_log = logging.getLogger(__name__)
_CONSTANT = re.compile(r"[\s;,]*(?:(?:\"[^\"]*\"|[-+]?\d+(?:\.\d+)?|TRUE|FALSE)[\s;,]*)*", re.IGNORECASE)


def reduced(computer: Computer, place: Place, text: str, bound: Bound) -> tuple[str, Bound]:
    """Computes the calls of such functions in a part of a formula; names or references take their place.

    Raises:
        ValueError: a bracket is not closed.
    """
    seen = dict(bound)
    names = _NAMES | {name.upper() for name, one in bound.items() if isinstance(one, Lambda)}
    start = 0
    while (call := first_call(text, names, start)) is not None:
        end = call.end
        try:
            if call.name == "{" and _CONSTANT.fullmatch(call.arguments[0]):
                start = end
                continue
            if call.name == "LAMBDA" and text[end : end + 1] == "(":
                end, given = closed(text, end)
                made = applied(computer, place, made_lambda(call, seen), given, seen)
            elif call.name.lower() in seen and call.name not in _NAMES:
                made = applied(computer, place, seen[call.name.lower()], call.arguments, seen)
            else:
                made = (_FORMS.get(call.name) or _alone)(computer, place, call.arguments, seen)
        except (NoReferenceError, QueryError, A1Error) as refused:
            kind = str(refused) if isinstance(refused, NoReferenceError) else "#VALUE!"
            made = libraryvalues.error(kind)
        if isinstance(made, Reference):
            shown = made.text()
        else:
            shown = f"ZBOUND{len(seen) + 1}"
            seen[shown.lower()] = libraryvalues.of_rectangle(libraryvalues.rectangle(made))
        text = f"{text[: call.start]}{shown}{text[end:]}"
        start = call.start + len(shown)
    return text, seen


def _alone(_computer: Computer, _place: Place, _given: tuple[str, ...], _bound: Bound) -> Any:
    """Refuses a function that nobody calls. Source: Google's help on LAMBDA (#N/A)."""
    raise NoReferenceError("#N/A")


def _braces(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    """Puts ranges beside each other (commas) and below each other (semicolons)."""
    below: Lines = []
    for text in parted(given[0], ";"):
        parts = [values(computer, place, part, bound) for part in parted(text, ",")]
        if len({len(part) for part in parts}) > 1:
            raise NoReferenceError("#REF!")
        below += [[item for part in parts for item in part[row]] for row in range(len(parts[0]))]
    if len({len(line) for line in below}) > 1:
        raise NoReferenceError("#VALUE!")
    return below


def _query(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    """Runs a query; what the local language does not know is told in the log, without what the cells hold."""
    if not 2 <= len(given) <= 3:
        raise NoReferenceError("#N/A")
    lines = values(computer, place, given[0], bound)
    if any(libraryvalues.is_error(item) for item in lines[0]) and len(lines) * len(lines[0]) == 1:
        return lines
    text = value(computer, place, given[1], bound)
    headers = number(computer, place, given[2], bound) if given[2:3] and given[2] else None
    try:
        query = read_query("" if text is None else str(text))
        found = run_query(
            Table(_columns(given[0], len(lines[0])), _bare(lines), headers), query, computer.moment()
        )
    except QueryError as refused:
        _log.warning("A formula's query was refused: %s.", str(refused).partition(":")[0])
        raise
    if not found:
        raise NoReferenceError("#N/A")
    return found


def _bare(lines: Lines) -> Lines:
    return [[None if libraryvalues.is_error(item) else item for item in line] for line in lines]


def _columns(text: str, width: int) -> list[str]:
    """Names the columns of a query's data: letters of a range, Col1 and on of an array."""
    reference = single_reference(text)
    if reference is None:
        return [f"Col{place + 1}" for place in range(width)]
    ends = [reference.first.column or 0, (reference.second or reference.first).column or 0]
    return [column_name(min(ends) + place) for place in range(width)]


def _import_range(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    if len(given) != 2:
        raise NoReferenceError("#N/A")
    address, range_ = (value(computer, place, text, bound) for text in given)
    found = re.search(r"/d/([\w-]+)", str(address))
    lines = computer.imported(found[1] if found else str(address), str(range_))
    if lines is None:
        raise NoReferenceError("#REF!")
    return lines


_FORMS: Mapping[str, Form] = {
    **lambdaforms.FORMS,
    **referenceforms.FORMS,
    **cellforms.FORMS,
    "QUERY": _query,
    "IMPORTRANGE": _import_range,
    "{": _braces,
}
_NAMES = frozenset((*_FORMS, "LAMBDA"))
_MARKED = re.compile(
    r"\b(?:" + "|".join(name for name in _NAMES if name != "{") + r")\s*\(|\{", re.IGNORECASE
)


def has_forms(text: str) -> bool:
    """Tells whether a formula calls any of these functions."""
    return _MARKED.search(text) is not None
