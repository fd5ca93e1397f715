"""The library ``formulas`` behind a narrow door: compiling shapes, calling them, its errors and gaps.

What it lacks or does otherwise than Google, and this workspace supplies:

* HYPERLINK(link; label) gives its label (or the link);
* TEXT(number; pattern) shows a number as a cell does, in the spreadsheet's locale;
* IFERROR with one argument gives an empty text for an error;
* REGEXMATCH is REGEXTEST, ARRAYFORMULA gives its argument, COUNTUNIQUE counts different values,
  TO_TEXT shows a value, ISBETWEEN compares, QUOTIENT divides, JOIN joins, ROWS and COLUMNS measure;
* SORT, FILTER, SPLIT, SEQUENCE, FLATTEN and INDEX, which give several cells; ISEMAIL, COUNTUNIQUEIFS;
* TRIM also makes one space of several;
* COUNTIF and COUNTIFS with the criterion ``"<>"`` count every cell that is not empty.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

from . import arrayfunctions
from .cells import tidy_number
from .locales import find_locale
from .numberformat import show_general, show_number

_log = logging.getLogger(__name__)
_CALL = re.compile(r"([^\W\d][\w.]*)\s*\(")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
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


_STATISTICS = (".stat", ".comp")
"""Parts of the library that bring scipy along, a second of every start; few formulas need them."""


@cache
def _library() -> Any:
    import formulas
    from formulas.functions import SUBMODULES

    SUBMODULES[:] = [name for name in SUBMODULES if name not in _STATISTICS]
    logging.getLogger("schedula").setLevel(logging.CRITICAL)
    _supply(formulas)
    return formulas


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
    return _library().functions.Error.errors[text]


def error_of(value: dict[str, Any]) -> Any:
    """Returns the library's error for an ErrorValue."""
    text = next((text for text, kind in _TYPES.items() if kind == value.get("type")), "#VALUE!")
    return error(text)


@dataclass(frozen=True, slots=True)
class Compiled:
    """A compiled shape: the names that it takes, in order, and the call."""

    names: tuple[str, ...]
    function: Any

    def whole(self, given: Sequence[Any]) -> Any:
        """Returns the result as the library gives it; failures are errors as dicts."""
        import numpy
        from schedula.utils.exc import DispatcherError

        try:
            with warnings.catch_warnings(), numpy.errstate(all="ignore"):
                warnings.simplefilter("ignore")
                result = self.function(*given)
        except (DispatcherError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError):
            return {"type": "VALUE", "message": "The formula could not be computed."}
        return result


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
    return [[_item(item) for item in line] for line in _lines(result)]


def of_rectangle(lines: Sequence[Sequence[Any]]) -> Any:
    """Returns the library's form of lines in which None is an empty cell."""
    return array([[_or_empty(item) for item in line] for line in lines])


def is_error(item: Any) -> bool:
    """Tells whether an item of a rectangle is an error."""
    return type(item) is not str and isinstance(item, str) and str(item) in _TYPES


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
        return tidy_number(number)
    return {"type": "VALUE", "message": "The formula's result cannot be shown."}


def named_error(kind: str) -> dict[str, Any]:
    """Returns an ErrorValue of a type with a message."""
    return {"type": kind, "message": _MESSAGES.get(kind, "Error")}


@lru_cache(maxsize=4096)
def compiled(shape: str, locale: str) -> Compiled | dict[str, Any]:
    """Compiles a shape; an unknown function or a text that is no formula gives an ErrorValue."""
    library = _library()
    from formulas.errors import FormulaError
    from schedula.utils.exc import DispatcherError

    for name in _CALL.findall(_QUOTED.sub("", shape)):
        if not _known(name.upper()):
            _log.warning("A formula uses the function %s, which is not known here.", name.upper())
            return {"type": "NAME", "message": f"Unknown function: '{name}'."}
    text = re.sub(r"\bTEXT\(", f"TEXT.{locale}(", shape, flags=re.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            function = library.Parser().ast(text)[1].compile()
    except (FormulaError, DispatcherError, LookupError, TypeError, ValueError, AttributeError):
        return {"type": "ERROR", "message": "Formula parse error."}
    names = tuple(function.inputs or ())
    unknown = [name for name in names if not re.fullmatch(r"ZZ\d+", name)]
    if unknown:
        return {"type": "NAME", "message": f"Unknown range name: '{unknown[0]}'."}
    return Compiled(names, function)


def _known(name: str) -> bool:
    functions = _library().get_functions()
    if name not in functions:
        _add_statistics()
    if name not in functions:
        return False
    return getattr(functions[name], "__name__", "") != "not_implemented"


@cache
def _add_statistics() -> None:
    """Adds the functions that were left for later: COUNTIF, AVERAGE, MAX and the like."""
    functions = _library().get_functions()
    for name in _STATISTICS:
        functions.update(import_module(name, "formulas.functions").FUNCTIONS)
    for name in ("COUNTIF", "COUNTIFS"):
        functions[name] = _counting(functions[name])
    functions["COUNTUNIQUEIFS"] = _count_unique_ifs(functions["COUNTIFS"])


def _supply(library: ModuleType) -> None:
    """Adds to the library's table the functions that it lacks."""
    functions = library.get_functions()
    functions["HYPERLINK"] = lambda link, label=None: link if label is None else label
    functions["ARRAYFORMULA"] = lambda values: values
    functions["REGEXMATCH"] = functions["REGEXTEST"]
    functions["COUNTUNIQUE"] = _count_unique
    functions["TO_TEXT"] = lambda value: _shown(value, "", "en_US")
    functions["ISBETWEEN"] = _is_between
    functions["QUOTIENT"] = lambda value, by: int(_first(value) / _first(by))
    functions["JOIN"] = _join
    functions["TRIM"] = _trim
    functions["ROWS"] = lambda values: len(_lines(values))
    functions["COLUMNS"] = lambda values: len(_lines(values)[0])
    functions["SORT"] = _of_lines(arrayfunctions.sort)
    functions["INDEX"] = _of_lines(arrayfunctions.index)
    functions["FLATTEN"] = _of_lines(arrayfunctions.flatten)
    functions["FILTER"] = _of_lines(arrayfunctions.filtered)
    functions["SPLIT"] = _of_items(arrayfunctions.split)
    functions["SEQUENCE"] = _of_items(arrayfunctions.sequence)
    functions["ISEMAIL"] = lambda text: bool(_EMAIL.fullmatch(str(_first(text))))
    for name in ("en_US", "ru_RU", "en_GB"):
        functions[f"TEXT.{name.upper()}"] = _text_function(name)
    own = functions["IFERROR"]
    functions["IFERROR"] = {**own, "function": lambda value, other="": own["function"](value, other)}


def _of_lines(function: Any) -> Any:
    """Lets the library call a function of rectangles; single values stay values."""

    def called(*given: Any) -> Any:
        taken = [_bare(value) for value in given]
        taken[0] = taken[0] if isinstance(taken[0], list) else [[taken[0]]]
        try:
            return array([[_or_empty(item) for item in line] for line in function(*taken)])
        except arrayfunctions.NoMatchError:
            return error("#N/A")
        except arrayfunctions.OutOfRangeError:
            return error("#NUM!")

    return called


def _of_items(function: Any) -> Any:
    def called(*given: Any) -> Any:
        return array(function(*(_item(_first(value)) for value in given)))

    return called


def _bare(value: Any) -> Any:
    lines = _lines(value)
    if len(lines) == 1 and len(lines[0]) == 1:
        return _item(lines[0][0])
    return [[_item(item) for item in line] for line in lines]


def _item(value: Any) -> Any:
    import numpy

    if value is empty():
        return None
    return value.item() if isinstance(value, numpy.generic) else value


def _or_empty(value: Any) -> Any:
    return empty() if value is None else value


def _count_unique_ifs(own: Any) -> Any:
    def count(values: Any, *given: Any) -> int:
        kept = set()
        for place, line in enumerate(_lines(values)):
            parts = [
                array([_lines(part)[place]]) if index % 2 == 0 else part for index, part in enumerate(given)
            ]
            if _first(own(*parts)):
                kept.add(_item(line[0]))
        return len(kept - {None, ""})

    return count


def _counting(own: Any) -> Any:
    def count(*given: Any) -> Any:
        changed = list(given)
        for place in range(1, len(changed), 2):
            criterion = changed[place]
            if _first(criterion) == "<>":
                filled = [
                    [_first(item) not in (empty(), "") for item in line] for line in _lines(given[place - 1])
                ]
                changed[place - 1] = array([[int(item) for item in line] for line in filled])
                changed[place] = 1
        return own(*changed)

    return count


def _lines(value: Any) -> list[list[Any]]:
    import numpy

    return [list(line) for line in numpy.atleast_2d(numpy.asarray(value, dtype=object))]


def _first(value: Any) -> Any:
    import numpy

    while isinstance(value, numpy.ndarray) and value.size:
        value = value.flat[0]
    return value


def _count_unique(*given: Any) -> int:
    items = {item for value in given for line in _lines(value) for item in line if item is not empty()}
    return len(items - {""})


def _join(delimiter: Any, *given: Any) -> str:
    items = [_shown(item, "", "en_US") for value in given for line in _lines(value) for item in line]
    return str(_first(delimiter)).join("" if item is empty() else str(item) for item in items)


def _trim(text: Any) -> str:
    return " ".join(part for part in str(_shown(text, "", "en_US")).split(" ") if part)


def _is_between(value: Any, low: Any, high: Any, closed_low: Any = True, closed_high: Any = True) -> bool:
    number, start, end = _first(value), _first(low), _first(high)
    above = number >= start if _first(closed_low) else number > start
    below = number <= end if _first(closed_high) else number < end
    return bool(above and below)


def _text_function(locale: str) -> Any:
    return lambda value, pattern: _shown(value, str(_first(pattern)), locale)


def _shown(value: Any, pattern: str, locale: str) -> Any:
    item = _first(value)
    if item is empty():
        item = 0
    if type(item) is not str and isinstance(item, str):
        return item
    found = find_locale(locale)
    if isinstance(item, bool):
        return "TRUE" if item else "FALSE"
    if isinstance(item, str):
        return item
    return show_number(float(item), pattern, found) if pattern else show_general(float(item), found)
