"""Functions that give several cells, which the library lacks or reads otherwise than Google.

Source: Google's function list (SORT, SORTN, SPLIT, SEQUENCE, FLATTEN, FILTER, ARRAY_CONSTRAIN).
Arguments and results are rectangles as lists of lines; an empty cell is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

Lines = list[list[Any]]


class NoMatchError(ValueError):
    """A function found nothing: the cell shows #N/A."""


class OutOfRangeError(ValueError):
    """A number is beyond what a function counts: the cell shows #NUM!."""


def sort(lines: Lines, *given: Any) -> Lines:
    """Sorts lines by pairs (column number from 1, or a column of keys; ascending)."""
    pairs = list(zip(given[::2], given[1::2], strict=False))
    if len(given) % 2:
        pairs.append((given[-1], True))
    ordered = list(enumerate(lines))
    for key, ascending in reversed(pairs or [(1, True)]):
        keys = [line[0] for line in key] if isinstance(key, list) else None
        column = 0 if keys is not None else int(key) - 1
        ordered.sort(
            key=lambda pair, keys=keys, column=column: rank_of(  # type: ignore[misc]  # bound at once
                keys[pair[0]] if keys is not None else pair[1][column]
            ),
            reverse=not ascending,
        )
    filled = [line for _, line in ordered if any(item is not None for item in line)]
    return filled + [line for _, line in ordered if all(item is None for item in line)]


def sortn(lines: Lines, count: Any = 1, ties: Any = 0, *given: Any) -> Lines:
    """Returns the first lines after sorting; `ties` tells what becomes of equal ones.

    1 also shows what equals the last line, 2 leaves repeated lines out, 3 shows every repetition of the first
    different ones. Lines are equal where what they are sorted by is. Source: Google's help page of SORTN.

    Raises:
        OutOfRangeError: fewer than one line is asked for.
    """
    wanted, kind = int(count or 0), int(ties or 0)
    if wanted < 1 or not 0 <= kind <= 3:
        raise OutOfRangeError
    keys = list(given) or [part for column in range(len(lines[0])) for part in (column + 1, True)]
    numbered = [[*line, place] for place, line in enumerate(lines)]
    rows = [(_keys(lines, int(line[-1]), keys), line[:-1]) for line in sort(numbered, *keys)]
    if kind == 0:
        return [line for _, line in rows[:wanted]]
    if kind == 1:
        last = rows[min(wanted, len(rows)) - 1][0]
        return [line for place, (key, line) in enumerate(rows) if place < wanted or key == last]
    seen: list[Any] = []
    kept: Lines = []
    for key, line in rows:
        if key not in seen:
            if len(seen) == wanted:
                break
            seen.append(key)
            kept.append(line)
        elif kind == 3:
            kept.append(line)
    return kept


def _keys(lines: Lines, place: int, given: Sequence[Any]) -> list[Any]:
    return [
        rank_of(key[place][0] if isinstance(key, list) else lines[place][int(key) - 1]) for key in given[::2]
    ]


def constrained(lines: Lines, rows: Any, columns: Any) -> Lines:
    """Takes the first rows and columns.

    Raises:
        OutOfRangeError: none is asked for.
    """
    if int(rows) < 1 or int(columns) < 1:
        raise OutOfRangeError
    return [line[: int(columns)] for line in lines[: int(rows)]]


def rank_of(value: Any) -> tuple[int, Any]:
    """Ranks a value: numbers before texts before booleans, as the editor sorts."""
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, int | float):
        return 0, float(value)
    return (1, str(value).casefold()) if value is not None else (3, 0)


def split(text: str, delimiter: str, each: bool = True, drop_empty: bool = True) -> Lines:
    """Splits a text into cells around each letter of a delimiter, or around the whole of it."""
    pattern = f"[{re.escape(delimiter)}]" if each else re.escape(delimiter)
    parts = [part for part in re.split(pattern, text) if part or not drop_empty]
    return [[_read(part) for part in parts] or [""]]


def _read(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def sequence(rows: float, columns: float = 1, start: float = 1, step: float = 1) -> Lines:
    """Counts through a rectangle."""
    wide = int(columns)
    return [[start + step * (row * wide + column) for column in range(wide)] for row in range(int(rows))]


def flatten(*ranges: Lines) -> Lines:
    """Puts the cells of ranges into one column, line by line."""
    return [[item] for lines in ranges for line in lines for item in line]


def index(lines: Lines, row: float = 0, column: float | None = None) -> Lines:
    """Takes a cell, or all of a row or column where the other number is 0; one line is counted along.

    Raises:
        OutOfRangeError: there is no such row or column.
    """
    if column is None:
        row, column = (0, row) if len(lines) == 1 else (row, 0)
    down, right = int(row or 0), int(column or 0)
    if not (0 <= down <= len(lines) and 0 <= right <= len(lines[0])):
        raise OutOfRangeError
    kept = [lines[down - 1]] if down else lines
    return [[line[right - 1]] for line in kept] if right else kept


def filtered(lines: Lines, *conditions: Lines) -> Lines:
    """Keeps the rows (or columns) for which all conditions hold.

    Raises:
        NoMatchError: none is left.
    """
    across = len(conditions[0]) == 1 and len(lines) != 1
    masks = [condition[0] if across else [line[0] for line in condition] for condition in conditions]
    size = len(lines[0]) if across else len(lines)
    if any(len(mask) != size for mask in masks):
        raise ValueError("ranges of different sizes")
    keep = [all(_true(mask[place]) for mask in masks) for place in range(size)]
    if not any(keep):
        raise NoMatchError
    if across:
        return [[item for item, kept in zip(line, keep, strict=True) if kept] for line in lines]
    return [line for line, kept in zip(lines, keep, strict=True) if kept]


def _true(value: Any) -> bool:
    return isinstance(value, bool | int | float) and bool(value)


_SPREADING = re.compile(
    r"\b(?:ARRAYFORMULA|FILTER|UNIQUE|SORT|TRANSPOSE|SPLIT|SEQUENCE|FLATTEN|SORTN|ARRAY_CONSTRAIN|REGEXEXTRACT|RANDARRAY|HSTACK|VSTACK|TOCOL|TOROW|"
    r"WRAPROWS|WRAPCOLS|CHOOSECOLS|CHOOSEROWS|MMULT|MINVERSE|MODE\.MULT|LINEST|TREND|GROWTH|LOGEST|MUNIT|FREQUENCY|INDEX|XLOOKUP|"
    r"QUERY|IMPORTRANGE|OFFSET|INDIRECT|LET|MAP|BYROW|BYCOL|SCAN|MAKEARRAY|LAMBDA)\s*\(|\{",
    re.IGNORECASE,
)
MARKS: Sequence[str] = (
    *("ARRAYFORMULA(", "FILTER(", "UNIQUE(", "SORT(", "TRANSPOSE(", "SPLIT(", "SEQUENCE(", "FLATTEN("),
    *("STACK(", "TOCOL(", "TOROW(", "WRAP", "CHOOSE", "MMULT(", "FREQUENCY(", "INDEX(", "XLOOKUP(", '"={'),
    *('"p":{', "SORTN(", "ARRAY_CONSTRAIN(", "REGEXEXTRACT(", "RANDARRAY(", "MINVERSE(", "MODE.MULT("),
    *("LINEST(", "TREND(", "GROWTH(", "LOGEST(", "MUNIT("),
    *(
        "QUERY(",
        "IMPORTRANGE(",
        "OFFSET(",
        "INDIRECT(",
        "LET(",
        "MAP(",
        "BYROW(",
        "BYCOL(",
        "SCAN(",
        "MAKEARRAY(",
    ),
    "LAMBDA(",
)
"""Parts of stored rows without which no formula fills several cells and no pivot table stands there."""


def may_spread(formula: str) -> bool:
    """Tells whether a formula's result may fill more than its own cell."""
    return _SPREADING.search(formula) is not None
