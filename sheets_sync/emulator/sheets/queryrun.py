"""A read query run over rows: QUERY of Google's spreadsheets.

Source: Google's Query Language Reference and the help page of QUERY: a column holds one kind of value, the
others count as empty; labels of aggregates are "sum Salary"; an output row of labels is there when one of
them is not empty; without a match the formula shows #N/A. How headers are guessed, the labels of scalar
functions and of arithmetic, and the order of rows under "group by" without "order by" (that of their keys)
are assumed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from .dateformat import is_date_pattern
from .formattednumber import FormattedNumber, format_of, with_format
from .querylanguage import Query, QueryError, Term
from .serials import EPOCH

Row = Sequence[Any]
Lines = list[list[Any]]


class Table:
    """The data of a query: identifiers of its columns, their titles, and rows of one kind per column."""

    def __init__(self, names: Sequence[str], lines: Sequence[Row], headers: int | None) -> None:
        count = _guessed(lines) if headers is None or headers < 0 else headers
        self.names = {name: place for place, name in enumerate(names)}
        self.titles = [
            " ".join(_shown(line[place]) for line in lines[:count] if line[place] is not None)
            for place in range(len(names))
        ]
        kinds = [_kind([line[place] for line in lines[count:]]) for place in range(len(names))]
        self.rows: list[Row] = [
            [value if _kind_of(value) == kind else None for value, kind in zip(line, kinds, strict=True)]
            for line in lines[count:]
        ]

    def place(self, name: str) -> int:
        """Returns a column's place.

        Raises:
            QueryError: there is no such column.
        """
        if name not in self.names:
            raise QueryError(f"NO_COLUMN: {name}")
        return self.names[name]


def _guessed(lines: Sequence[Row]) -> int:
    """Takes the first row for a header where it is all text and a column below is not."""
    if len(lines) < 2 or not all(isinstance(value, str) for value in lines[0]):
        return 0
    below = (_kind([line[place] for line in lines[1:]]) for place in range(len(lines[0])))
    return int(any(kind not in ("text", "") for kind in below))


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "" if value is None or value == "" else "text"


def _kind(values: Sequence[Any]) -> str:
    kinds = [kind for value in values if (kind := _kind_of(value))]
    return max(("number", "text", "boolean"), key=kinds.count) if kinds else ""


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def run_query(table: Table, query: Query, now: float) -> Lines:
    """Returns the rows that a query gives, its labels first where there are any.

    Raises:
        QueryError: a column is unknown, or a plain column stands beside aggregates without "group by".
    """
    return _Run(table, query, now).lines()


class _Run:
    def __init__(self, table: Table, query: Query, now: float) -> None:
        self._table, self._query, self._now = table, query, now
        every = [Term("column", name) for name in table.names]
        self._select = query.select if query.select is not None else every

    def lines(self) -> Lines:
        query = self._query
        rows = [
            row for row in self._table.rows if query.where is None or self._value(query.where, [row]) is True
        ]
        if query.pivot:
            heads, found = self._pivoted(rows)
        else:
            heads = [self._label(term) for term in self._select]
            found = [[self._value(term, group) for term in self._select] for group in self._groups(rows)]
        found = found[:: query.skipping]
        end = None if query.limit is None else query.offset + query.limit
        found = [self._formatted(line) for line in found[query.offset : end]]
        return [[*heads], *found] if any(heads) else found

    def _formatted(self, line: Row) -> list[Any]:
        """Gives values the formats that the query asks for; ``no_format`` takes away what they bring along.

        A cell shows its value in its format in any case, so ``no_values`` changes nothing (assumed).
        """
        if "no_format" in self._query.options:
            return [float(value) if isinstance(value, FormattedNumber) else value for value in line]
        return [
            _in_format(value, self._query.formats.get(term, "")) if term is not None else value
            for value, term in zip(line, self._columns(len(line)), strict=True)
        ]

    def _columns(self, width: int) -> list[Term | None]:
        """Returns the expression of each column of the answer."""
        if not self._query.pivot:
            return list(self._select)
        plain = [term for term in self._select if not term.aggregates()]
        sums = [term for term in self._select if term.aggregates()]
        return [*plain, *(sums * ((width - len(plain)) // len(sums)))]

    def _groups(self, rows: list[Row]) -> list[list[Row]]:
        """Returns the rows of each row of the answer, in its order."""
        query = self._query
        terms = [*self._select, *(term for term, _ in query.order)]
        if query.group or any(term.aggregates() for term in terms):
            for term in terms:
                self._check_grouped(term)
            groups = self._grouped(rows, query.group)
        else:
            groups = [[row] for row in rows]
        for term, downwards in reversed(query.order):
            keys = [_order(self._value(term, group)) for group in groups]
            groups = [groups[one] for one in _sorted(keys, downwards)]
        return groups

    def _check_grouped(self, term: Term) -> None:
        if term in self._query.group or (term.kind == "call" and term.aggregates()) or term.kind == "value":
            return
        if term.kind == "column":
            raise QueryError(f"ADD_COL_TO_GROUP_BY_OR_AGG: {term.name}")
        for part in term.parts:
            self._check_grouped(part)

    def _grouped(self, rows: list[Row], terms: list[Term]) -> list[list[Row]]:
        if not terms:
            return [rows]
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in rows:
            found.setdefault(tuple(_order(self._value(term, [row])) for term in terms), []).append(row)
        return [found[key] for key in sorted(found)]

    def _pivoted(self, rows: list[Row]) -> tuple[list[str], Lines]:
        query = self._query
        plain = [term for term in self._select if not term.aggregates()]
        sums = [term for term in self._select if term.aggregates()]
        if not sums:
            raise QueryError("pivot needs an aggregation")
        keys = [
            [self._value(term, group[:1]) for term in query.pivot]
            for group in self._grouped(rows, query.pivot)
        ]
        heads = [self._label(term) for term in plain]
        for key in keys:
            shown = ",".join("" if value is None else _shown(value) for value in key)
            heads += [f"{shown} {self._label(term)}" if len(sums) > 1 else shown for term in sums]
        lines = []
        for group in self._grouped(rows, query.group):
            line = [self._value(term, group[:1]) for term in plain]
            for key in keys:
                own = [row for row in group if [self._value(term, [row]) for term in query.pivot] == key]
                line += [self._value(term, own) if own else None for term in sums]
            lines.append(line)
        for term, downwards in reversed(query.order):
            if term not in plain:
                raise QueryError("with pivot only grouped columns can be ordered by")
            place = plain.index(term)
            ranks = [_order(line[place]) for line in lines]
            lines = [lines[one] for one in _sorted(ranks, downwards)]
        return heads, lines

    def _label(self, term: Term) -> str:
        if term in self._query.labels:
            return self._query.labels[term]
        if term.kind == "column":
            return self._table.titles[self._table.place(term.name)]
        inner = [self._label(part) for part in term.parts]
        if term.kind == "call" and term.name in _AGGREGATING:
            return f"{term.name} {inner[0] if inner else ''}"
        if term.kind == "call":
            return f"{_SPELT.get(term.name, term.name)}({','.join(inner)})"
        return (
            f"{_shown(term.value)}()"
            if term.kind == "value"
            else f"{_RESULTS.get(term.name, '')}({''.join(inner)})"
        )

    def _value(self, term: Term, group: list[Row]) -> Any:
        """Computes an expression over the rows of one group; plain columns are those of its first row."""
        if term.kind == "value":
            return term.value
        if term.kind == "column":
            place = self._table.place(term.name)
            return group[0][place] if group else None
        if term.name in _AGGREGATING and term.kind == "call":
            if len(term.parts) != 1:
                raise QueryError(f"{term.name} takes one column")
            values = [self._value(term.parts[0], [row]) for row in group]
            return _AGGREGATING[term.name]([value for value in values if value is not None])
        parts = [self._value(part, group) for part in term.parts]
        if term.kind == "call":
            return self._now if term.name == "now" else _scalar(term.name, parts)
        return _signed(term.name, parts)


def _in_format(value: Any, pattern: str) -> Any:
    if not pattern or value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        yes, mark, no = pattern.partition(":")
        return value if not mark else yes if value else no
    kind = "DATE_TIME" if is_date_pattern(pattern) else "NUMBER"
    return FormattedNumber(value, {"type": kind, "pattern": pattern})


_SPELT = {"dayofweek": "dayOfWeek", "datediff": "dateDiff", "todate": "toDate"}
_RESULTS = {"+": "sum", "-": "difference", "*": "product", "/": "quotient"}


def _order(value: Any) -> tuple[int, Any]:
    """Empty values come first, as the reference says of "order by"."""
    if value is None:
        return 0, 0
    return (2, value) if isinstance(value, str) else (1, float(value))


def _sorted(keys: list[tuple[int, Any]], downwards: bool) -> list[int]:
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=downwards)


def _average(values: list[Any]) -> Any:
    return with_format(sum(values) / len(values), format_of(values[0])) if values else None


def _total(values: list[Any]) -> Any:
    if any(isinstance(value, str) for value in values):
        raise QueryError("AVG_SUM_ONLY_NUMERIC")
    return with_format(sum(values), format_of(values[0])) if values else None


_AGGREGATING: Mapping[str, Callable[[list[Any]], Any]] = {
    "avg": lambda values: None if _total(values) is None else _average(values),
    "count": len,
    "max": lambda values: max(values, key=_order) if values else None,
    "min": lambda values: min(values, key=_order) if values else None,
    "sum": _total,
}


def _scalar(name: str, parts: list[Any]) -> Any:
    if len(parts) != (2 if name == "datediff" else 1):
        raise QueryError(f"{name} is given {len(parts)} values")
    if any(part is None for part in parts):
        return None
    if name in ("upper", "lower"):
        return str(parts[0]).upper() if name == "upper" else str(parts[0]).lower()
    if any(not isinstance(part, int | float) for part in parts):
        raise QueryError(f"{name} takes dates")
    if name == "datediff":
        return float(int(parts[0]) - int(parts[1]))
    if name == "todate":
        return with_format(int(parts[0]), {"type": "DATE"})
    moment = EPOCH + timedelta(days=round(float(parts[0]) * 86_400) / 86_400)
    moment += timedelta(microseconds=500)
    found = {
        "year": moment.year,
        "month": moment.month - 1,
        "day": moment.day,
        "hour": moment.hour,
        "minute": moment.minute,
        "second": moment.second,
        "quarter": (moment.month + 2) // 3,
        "dayofweek": moment.isoweekday() % 7 + 1,
    }
    return float(found[name])


def _signed(name: str, parts: list[Any]) -> Any:
    if name == "is null":
        return parts[0] is None
    if name == "not":
        return parts[0] is not True
    if name in ("and", "or"):
        both = [part is True for part in parts]
        return all(both) if name == "and" else any(both)
    left, right = parts
    if left is None or right is None:
        return None if name in "+-*/" else False
    if name in _ARITHMETIC:
        if isinstance(left, str) or isinstance(right, str):
            raise QueryError(f"{name} takes numbers")
        if name == "/" and right == 0:
            return None
        return _ARITHMETIC[name](float(left), float(right))
    if name in _COMPARING:
        same = isinstance(left, str) == isinstance(right, str)
        return same and _COMPARING[name](left, right)
    return _TESTING[name](_shown(left), _shown(right))


def _like(text: str, pattern: str) -> bool:
    parts = {"%": ".*", "_": "."}
    return re.fullmatch("".join(parts.get(c, re.escape(c)) for c in pattern), text, re.DOTALL) is not None


def _matches(text: str, pattern: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        raise QueryError("the regular expression cannot be read") from None


_ARITHMETIC: Mapping[str, Callable[[float, float], float]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
}
_COMPARING: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
_TESTING: Mapping[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "starts": lambda text, part: text.startswith(part),
    "ends": lambda text, part: text.endswith(part),
    "matches": _matches,
    "like": _like,
}
