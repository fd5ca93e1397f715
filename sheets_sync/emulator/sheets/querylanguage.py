"""The query language of QUERY: a text read into clauses and expressions.

Source: Google's Query Language Reference (version 0.7): select, where, group by, pivot, order by, limit,
offset, skipping, label, format, options; aggregation and scalar functions; operators and literals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .serials import serial_of

AGGREGATES = frozenset(("avg", "count", "max", "min", "sum"))
SCALARS = frozenset(
    (
        *("year", "month", "day", "hour", "minute", "second", "quarter", "dayofweek"),
        *("now", "datediff", "todate", "upper", "lower"),
    )
)
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)|`(?P<quoted>[^`]*)`|(?P<word>[^\W\d]\w*)"
    r"|(?P<mark><=|>=|!=|<>|[<>=(),*/+-]))"
)
_CLAUSES = (
    "select",
    "where",
    "group",
    "pivot",
    "order",
    "skipping",
    "limit",
    "offset",
    "label",
    "format",
    "options",
)
_TESTS = ("contains", "starts", "ends", "matches", "like")
_FORMATS = {
    "date": ("%Y-%m-%d",),
    "datetime": ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f"),
    "timestamp": ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f"),
    "timeofday": ("%H:%M:%S", "%H:%M:%S.%f"),
}


class QueryError(ValueError):
    """A query that cannot be read or run; the formula shows #VALUE!."""


@dataclass(frozen=True, slots=True)
class Term:
    """An expression: `kind` is "column", "value", "call" or "sign"; `parts` are its operands.

    `name` is a column's identifier, a function or an operator; `value` a literal.
    """

    kind: str
    name: str = ""
    parts: tuple[Term, ...] = ()
    value: Any = None

    def aggregates(self) -> bool:
        """Tells whether a value of several rows is asked for."""
        own = self.kind == "call" and self.name in AGGREGATES
        return own or any(part.aggregates() for part in self.parts)


@dataclass(slots=True)
class Query:
    """A read query; `select` is None for all columns, `order` holds (expression, downwards).

    Every `skipping`th row is taken, before `limit` and `offset`.
    """

    select: list[Term] | None = None
    where: Term | None = None
    group: list[Term] = field(default_factory=list)
    pivot: list[Term] = field(default_factory=list)
    order: list[tuple[Term, bool]] = field(default_factory=list)
    limit: int | None = None
    offset: int = 0
    labels: dict[Term, str] = field(default_factory=dict)
    formats: dict[Term, str] = field(default_factory=dict)
    skipping: int = 1
    options: frozenset[str] = frozenset()


def read_query(text: str) -> Query:
    """Reads a query; an empty one selects everything.

    Raises:
        QueryError: a clause, an operator or a literal is not of the language, or clauses are out of order.
    """
    return _Reader(text).query()


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while text[place:].strip():
            found = _TOKEN.match(text, place)
            if found is None:
                raise QueryError(f"the query cannot be read at {text[place:].strip()[:1]}")
            kind = found.lastgroup or ""
            self._tokens.append((kind, found[kind]))
            place = found.end()
        self._at = 0

    def _peek(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("end", "")

    def _next(self) -> tuple[str, str]:
        token = self._peek()
        self._at += 1
        return token

    def _word(self, *words: str) -> str:
        """Takes the next word if it is one of some, letters' case aside; an empty text otherwise."""
        kind, text = self._peek()
        if kind == "word" and text.lower() in words:
            self._at += 1
            return text.lower()
        return ""

    def _mark(self, *marks: str) -> str:
        kind, text = self._peek()
        if kind == "mark" and text in marks:
            self._at += 1
            return text
        return ""

    def _demand(self, done: str, what: str) -> None:
        if not done:
            raise QueryError(f"{what} is missing")

    def query(self) -> Query:
        query, last = Query(), -1
        while self._peek()[0] != "end":
            clause = self._word(*_CLAUSES)
            if not clause or _CLAUSES.index(clause) <= last:
                raise QueryError(f"{self._peek()[1] or clause} is not expected here")
            last = _CLAUSES.index(clause)
            self._clause(clause, query)
        for name, given in (("LABEL", query.labels), ("FORMAT", query.formats)):
            if query.select is not None and any(term not in query.select for term in given):
                raise QueryError(f"{name}_COL_NOT_IN_SELECT")
        return query

    def _clause(self, clause: str, query: Query) -> None:
        if clause == "select":
            query.select = None if self._mark("*") else self._terms()
        elif clause == "where":
            query.where = self._either()
        elif clause in ("group", "order"):
            self._demand(self._word("by"), "by")
            if clause == "group":
                query.group = self._terms()
            else:
                query.order = self._ordered()
        elif clause == "pivot":
            query.pivot = self._terms()
        elif clause == "limit":
            query.limit = self._count()
        elif clause == "offset":
            query.offset = self._count()
        elif clause in ("label", "format"):
            into = query.labels if clause == "label" else query.formats
            into.update(self._named())
        elif clause == "skipping":
            query.skipping = max(1, self._count())
        else:
            query.options = self._options()

    def _options(self) -> frozenset[str]:
        found = set()
        while word := self._word("no_format", "no_values"):
            found.add(word)
        if not found:
            raise QueryError("an option is missing")
        return frozenset(found)

    def _terms(self) -> list[Term]:
        terms = [self._sum()]
        while self._mark(","):
            terms.append(self._sum())
        return terms

    def _ordered(self) -> list[tuple[Term, bool]]:
        found = []
        while True:
            term = self._sum()
            found.append((term, self._word("asc", "desc") == "desc"))
            if not self._mark(","):
                return found

    def _named(self) -> dict[Term, str]:
        found = {}
        while True:
            term = self._sum()
            kind, text = self._next()
            self._demand(kind if kind == "text" else "", "a text in quotes")
            found[term] = text[1:-1]
            if not self._mark(","):
                return found

    def _count(self) -> int:
        kind, text = self._next()
        if kind != "number" or "." in text:
            raise QueryError("a whole number is missing")
        return int(text)

    def _either(self) -> Term:
        term = self._both()
        while self._word("or"):
            term = Term("sign", "or", (term, self._both()))
        return term

    def _both(self) -> Term:
        term = self._negated()
        while self._word("and"):
            term = Term("sign", "and", (term, self._negated()))
        return term

    def _negated(self) -> Term:
        if self._word("not"):
            return Term("sign", "not", (self._negated(),))
        return self._compared()

    def _compared(self) -> Term:
        if self._peek() == ("mark", "("):
            start = self._at
            self._at += 1
            inner = self._either()
            self._demand(self._mark(")"), ")")
            if inner.name in ("and", "or", "not", "is null", "<", ">", "<=", ">=", "=", "!=", *_TESTS):
                return inner
            self._at = start
        left = self._sum()
        if self._word("is"):
            negated = self._word("not")
            self._demand(self._word("null"), "null")
            term = Term("sign", "is null", (left,))
            return Term("sign", "not", (term,)) if negated else term
        if mark := self._mark("<", ">", "<=", ">=", "=", "!=", "<>"):
            return Term("sign", "!=" if mark == "<>" else mark, (left, self._sum()))
        if test := self._word(*_TESTS):
            if test in ("starts", "ends"):
                self._demand(self._word("with"), "with")
            return Term("sign", test, (left, self._sum()))
        return left

    def _sum(self) -> Term:
        term = self._product()
        while mark := self._mark("+", "-"):
            term = Term("sign", mark, (term, self._product()))
        return term

    def _product(self) -> Term:
        term = self._single()
        while mark := self._mark("*", "/"):
            term = Term("sign", mark, (term, self._single()))
        return term

    def _single(self) -> Term:
        kind, text = self._next()
        if kind == "text":
            return Term("value", value=text[1:-1])
        if kind == "number":
            return Term("value", value=float(text))
        if kind == "quoted":
            return Term("column", text)
        if (kind, text) == ("mark", "-"):
            return Term("sign", "-", (Term("value", value=0.0), self._single()))
        if (kind, text) == ("mark", "("):
            term = self._sum()
            self._demand(self._mark(")"), ")")
            return term
        if kind != "word":
            raise QueryError(f"{text or 'the end'} is not expected here")
        return self._named_term(text)

    def _named_term(self, text: str) -> Term:
        word = text.lower()
        if word in _FORMATS and self._peek()[0] == "text":
            return Term("value", value=_moment(word, self._next()[1][1:-1]))
        if word in ("true", "false"):
            return Term("value", value=word == "true")
        if self._mark("("):
            if word not in AGGREGATES | SCALARS:
                raise QueryError(f"{text} is no function of the query language")
            parts = () if self._peek() == ("mark", ")") else tuple(self._terms())
            self._demand(self._mark(")"), ")")
            return Term("call", word, parts)
        return Term("column", text)


def _moment(kind: str, text: str) -> float:
    for pattern in _FORMATS[kind]:
        try:
            read = datetime.strptime(text, pattern)  # noqa: DTZ007  a spreadsheet's dates carry no zone
        except ValueError:
            continue
        if kind == "timeofday":
            return serial_of(read) % 1
        return serial_of(read.date() if kind == "date" else read)
    raise QueryError(f"a {kind} is not written as the language asks")
