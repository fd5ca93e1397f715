"""Functions that need more of their arguments than values: references, names, queries, other spreadsheets.

OFFSET, INDIRECT, ROW and COLUMN of a range, LET, LAMBDA with MAP, BYROW, BYCOL, REDUCE, SCAN and MAKEARRAY,
QUERY, IMPORTRANGE and ranges in braces. Each call is computed from the outside in and then stands in the
formula as a reference, or under a name for its values. Formulas are computed when they are read, so what
depends on values always follows them.
Source: Google's function list for each.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, TypeAlias

from . import functionlibrary
from .a1 import A1Error, Area, column_name, parse_cells, split_range
from .book import Sheet
from .formulacalls import CallText, closed, first_call, parted
from .formulatext import Corner, Reference, map_references
from .querylanguage import QueryError, read_query
from .queryrun import Table, run_query

_log = logging.getLogger(__name__)
_R1C1 = re.compile(r"R(?:(\d+)|\[(-?\d+)\])?C(?:(\d+)|\[(-?\d+)\])?", re.IGNORECASE)
_IDENTIFIER = re.compile(r"[^\W\d][\w.]*")
_CONSTANT = re.compile(r"[\s;,]*(?:(?:\"[^\"]*\"|[-+]?\d+(?:\.\d+)?|TRUE|FALSE)[\s;,]*)*", re.IGNORECASE)
_MOST_CELLS = 200_000
Lines = list[list[Any]]


class Lambda(NamedTuple):
    """A function made in a formula: its parameters in small letters, its text, and what it can see."""

    parameters: tuple[str, ...]
    body: str
    bound: Bound


Bound: TypeAlias = Mapping[str, Any]
"""What names stand for in a part of a formula: values as the library has them, or a Lambda."""


class Place(NamedTuple):
    """The cell in which a formula is computed."""

    sheet: Sheet
    row: int
    column: int


class Computer(Protocol):
    """Computes parts of formulas, and knows the spreadsheet around them."""

    def part(self, place: Place, text: str, bound: Bound) -> Any:
        """Returns what a part of a formula gives, as the library has it; failures as dicts."""

    def area_named(self, text: str) -> Area | None:
        """Returns the area that a text names in the spreadsheet, or None."""

    def sheet_titled(self, title: str | None, here: Sheet) -> Sheet | None:
        """Returns a sheet by its title, or the one at hand."""

    def sheet_of(self, area: Area) -> Sheet:
        """Returns the sheet of an area."""

    def moment(self) -> float:
        """Returns the present moment as a serial number."""

    def imported(self, book: str, range_: str) -> Lines | None:
        """Returns the values of another spreadsheet's range, or None where they may not be read."""


class NoReferenceError(ValueError):
    """A call gives no reference or value; the text names the error that the cell shows."""


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
                made = _applied(computer, place, _lambda(call, seen), given, seen)
            elif call.name.lower() in seen and call.name not in _NAMES:
                made = _applied(computer, place, seen[call.name.lower()], call.arguments, seen)
            else:
                made = (_FORMS.get(call.name) or _alone)(computer, place, call.arguments, seen)
        except (NoReferenceError, QueryError, A1Error) as refused:
            kind = str(refused) if isinstance(refused, NoReferenceError) else "#VALUE!"
            made = functionlibrary.error(kind)
        if isinstance(made, Reference):
            shown = made.text()
        else:
            shown = f"ZBOUND{len(seen) + 1}"
            seen[shown.lower()] = functionlibrary.of_rectangle(functionlibrary.rectangle(made))
        text = f"{text[: call.start]}{shown}{text[end:]}"
        start = call.start + len(shown)
    return text, seen


def _alone(_computer: Computer, _place: Place, _given: tuple[str, ...], _bound: Bound) -> Any:
    """Refuses a function that nobody calls. Source: Google's help on LAMBDA (#N/A)."""
    raise NoReferenceError("#N/A")


def _values(computer: Computer, place: Place, text: str, bound: Bound) -> Lines:
    return functionlibrary.rectangle(computer.part(place, text, bound))


def _value(computer: Computer, place: Place, text: str, bound: Bound) -> Any:
    return _values(computer, place, text, bound)[0][0]


def _number(computer: Computer, place: Place, text: str, bound: Bound) -> int:
    value = _value(computer, place, text, bound) if text else 0
    value = 0 if value is None else value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NoReferenceError("#VALUE!")
    return int(value)


def _single_reference(text: str) -> Reference | None:
    """Returns the reference that a text is, or None where it is more or something else."""
    found: list[Reference] = []

    def note(reference: Reference) -> str:
        found.append(reference)
        return ""

    rest = map_references(text.strip(), note)
    return found[0] if len(found) == 1 and not rest.strip() else None


def _reference_of(computer: Computer, place: Place, text: str, bound: Bound) -> Reference:
    """Returns the reference that a part of a formula is or leads to.

    Raises:
        NoReferenceError: it is none.
    """
    shown, _ = reduced(computer, place, text, bound)
    found = _single_reference(shown)
    if found is None:
        area = computer.area_named(shown)
        if area is None:
            raise NoReferenceError("#REF!")
        found = _written(computer.sheet_of(area), area)
    return found


def _written(sheet: Sheet, area: Area) -> Reference:
    """Writes an area as a reference; open rows or columns end with the grid."""
    box = area.clipped(sheet.row_count, sheet.column_count)
    return Reference(sheet.title, Corner(box.top, box.left), Corner(box.bottom - 1, box.right - 1))


def _offset(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Reference:
    if not 3 <= len(given) <= 5:
        raise NoReferenceError("#N/A")
    reference = _reference_of(computer, place, given[0], bound)
    sheet = computer.sheet_titled(reference.title, place.sheet)
    if sheet is None:
        raise NoReferenceError("#REF!")
    first, second = reference.first, reference.second or reference.first
    top, left = first.row or 0, first.column or 0
    bottom = second.row if second.row is not None else sheet.row_count - 1
    right = second.column if second.column is not None else sheet.column_count - 1
    rows, columns = (_number(computer, place, text, bound) for text in given[1:3])
    height = (
        _number(computer, place, given[3], bound)
        if given[3:4] != ("",) and len(given) > 3
        else bottom - top + 1
    )
    width = (
        _number(computer, place, given[4], bound)
        if given[4:5] != ("",) and len(given) > 4
        else right - left + 1
    )
    top, left = top + rows, left + columns
    if top < 0 or left < 0 or height < 1 or width < 1:
        raise NoReferenceError("#REF!")
    if top + height > sheet.row_count or left + width > sheet.column_count:
        raise NoReferenceError("#REF!")
    last = Corner(top + height - 1, left + width - 1)
    return Reference(sheet.title, Corner(top, left), last if height * width > 1 else None)


def _indirect(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Reference:
    if not 1 <= len(given) <= 2:
        raise NoReferenceError("#N/A")
    text = _value(computer, place, given[0], bound)
    plain = len(given) < 2 or _value(computer, place, given[1], bound) not in (False, 0)
    if not isinstance(text, str) or not text.strip():
        raise NoReferenceError("#REF!")
    if not plain:
        return _by_numbers(computer, place, text.strip())
    area = computer.area_named(text.strip())
    title, cells = split_range(text.strip())
    if area is None or (title is None and cells is None):
        raise NoReferenceError("#REF!")
    if title is None and computer.sheet_titled(text.strip(), place.sheet) is None:
        with suppress(A1Error):  # else it is the name of a range
            area = parse_cells(place.sheet.sheet_id, text.strip())
    sheet = computer.sheet_of(area)
    if (area.top or 0) >= sheet.row_count or (area.left or 0) >= sheet.column_count:
        raise NoReferenceError("#REF!")
    found = _written(sheet, area)
    single = found.second is not None and found.second == found.first
    return Reference(sheet.title, found.first) if single else found


def _by_numbers(computer: Computer, place: Place, text: str) -> Reference:
    """Reads R1C1 notation; numbers in brackets count from the formula's own cell."""
    title, cells = split_range(text) if "!" in text else (None, text)
    sheet = computer.sheet_titled(title, place.sheet)
    corners = [_R1C1.fullmatch(part) for part in (cells or "").split(":")]
    if sheet is None or not 1 <= len(corners) <= 2 or not all(corners):
        raise NoReferenceError("#REF!")
    found = []
    for corner in corners:
        parts = corner.groups() if corner else ()
        row = int(parts[0]) - 1 if parts[0] else place.row + int(parts[1] or 0)
        column = int(parts[2]) - 1 if parts[2] else place.column + int(parts[3] or 0)
        if not (0 <= row < sheet.row_count and 0 <= column < sheet.column_count):
            raise NoReferenceError("#REF!")
        found.append(Corner(row, column))
    return Reference(sheet.title, found[0], found[1] if len(found) > 1 else None)


def _positions(rows: bool) -> Form:
    def numbers(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
        if not given:
            return [[(place.row if rows else place.column) + 1]]
        reference = _reference_of(computer, place, given[0], bound)
        sheet = computer.sheet_titled(reference.title, place.sheet)
        first, second = reference.first, reference.second or reference.first
        start, end = (first.row, second.row) if rows else (first.column, second.column)
        limit = 0 if sheet is None else sheet.row_count if rows else sheet.column_count
        span = range((start or 0) + 1, (end if end is not None else limit - 1) + 2)
        return [[number] for number in span] if rows else [list(span)]

    return numbers


def _lambda(call: CallText, bound: Bound) -> Lambda:
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
        return _lambda(call, bound)
    named = bound.get(text.strip().lower())
    if isinstance(named, Lambda):
        return named
    raise NoReferenceError("#N/A")


def _called(computer: Computer, place: Place, function: Lambda, given: list[Lines]) -> Lines:
    if len(given) != len(function.parameters):
        raise NoReferenceError("#N/A")
    values = {
        name: functionlibrary.of_rectangle(lines)
        for name, lines in zip(function.parameters, given, strict=True)
    }
    return _values(computer, place, function.body, {**function.bound, **values})


def _applied(
    computer: Computer, place: Place, function: Lambda, given: tuple[str, ...], bound: Bound
) -> Lines:
    return _called(computer, place, function, [_values(computer, place, text, bound) for text in given])


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
            seen[name.lower()] = functionlibrary.of_rectangle(_values(computer, place, text, seen))
    return _values(computer, place, given[-1], seen)


def _map(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    function = _lambda_given(given[-1], bound) if len(given) > 1 else _nothing()
    arrays = [_values(computer, place, text, bound) for text in given[:-1]]
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
    return _lambda_given(given[1], bound), _values(computer, place, given[0], bound)


def _folding(*, every: bool) -> Form:
    def fold(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
        if len(given) != 3:
            raise NoReferenceError("#N/A")
        function = _lambda_given(given[2], bound)
        kept = _values(computer, place, given[0], bound)
        shown: Lines = []
        for line in _values(computer, place, given[1], bound):
            shown.append([])
            for value in line:
                kept = _called(computer, place, function, [kept, [[value]]])
                shown[-1].append(kept[0][0])
        return shown if every else kept

    return fold


def _make_array(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    if len(given) != 3:
        raise NoReferenceError("#N/A")
    rows, columns = (_number(computer, place, text, bound) for text in given[:2])
    function = _lambda_given(given[2], bound)
    if rows < 1 or columns < 1 or rows * columns > _MOST_CELLS:
        raise NoReferenceError("#NUM!")
    return [
        [_called(computer, place, function, [[[row]], [[column]]])[0][0] for column in range(1, columns + 1)]
        for row in range(1, rows + 1)
    ]


def _braces(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    """Puts ranges beside each other (commas) and below each other (semicolons)."""
    below: Lines = []
    for text in parted(given[0], ";"):
        parts = [_values(computer, place, part, bound) for part in parted(text, ",")]
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
    lines = _values(computer, place, given[0], bound)
    if any(functionlibrary.is_error(item) for item in lines[0]) and len(lines) * len(lines[0]) == 1:
        return lines
    text = _value(computer, place, given[1], bound)
    headers = _number(computer, place, given[2], bound) if given[2:3] and given[2] else None
    try:
        query = read_query("" if text is None else str(text))
        if query.formats:
            _log.warning("QUERY's clause format changes nothing here: values keep the cells' own formats.")
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
    return [[None if functionlibrary.is_error(item) else item for item in line] for line in lines]


def _columns(text: str, width: int) -> list[str]:
    """Names the columns of a query's data: letters of a range, Col1 and on of an array."""
    reference = _single_reference(text)
    if reference is None:
        return [f"Col{place + 1}" for place in range(width)]
    ends = [reference.first.column or 0, (reference.second or reference.first).column or 0]
    return [column_name(min(ends) + place) for place in range(width)]


def _import_range(computer: Computer, place: Place, given: tuple[str, ...], bound: Bound) -> Any:
    if len(given) != 2:
        raise NoReferenceError("#N/A")
    address, range_ = (_value(computer, place, text, bound) for text in given)
    found = re.search(r"/d/([\w-]+)", str(address))
    lines = computer.imported(found[1] if found else str(address), str(range_))
    if lines is None:
        raise NoReferenceError("#REF!")
    return lines


Form: TypeAlias = Callable[[Computer, Place, tuple[str, ...], Bound], Any]
_FORMS: Mapping[str, Form] = {
    "OFFSET": _offset,
    "INDIRECT": _indirect,
    "ROW": _positions(rows=True),
    "COLUMN": _positions(rows=False),
    "LET": _let,
    "MAP": _map,
    "BYROW": _by_row,
    "BYCOL": _by_column,
    "REDUCE": _folding(every=False),
    "SCAN": _folding(every=True),
    "MAKEARRAY": _make_array,
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
