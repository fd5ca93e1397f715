"""The functions and operators that this workspace gives the library ``formulas``.

Each is wrapped so that the library can call it: rectangles in, a rectangle out, errors passed on.
Source: Google's help page of each function.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import random
from typing import Any

from . import arrayfunctions, lookups
from .databasefunctions import DATABASE
from .formattednumber import FormattedNumber, with_format
from .librarycalls import Called, cell_at, completed, each, failing, items_of, looking, of_lines, rows_of
from .libraryvalues import (
    array,
    error,
    first_item,
    is_error,
    item_of,
    lines_of,
    of_rectangle,
    rectangle,
)
from .locales import Locale
from .localfunctions import Local
from .scalarfunctions import SCALARS, regex_extract

_KEEPING = ("AVERAGE", "MEDIAN", "MAX", "MIN", "LARGE", "SMALL", "MAXIFS", "MINIFS", "AVERAGEIFS")
_DATED = ("DATE", "EDATE", "EOMONTH", "WORKDAY", "WORKDAY.INTL")
_DEFAULTS: Mapping[str, tuple[Any, ...]] = {
    "ROUND": (None, 0),
    "ROUNDUP": (None, 0),
    "ROUNDDOWN": (None, 0),
    "CEILING": (None, 1),
    "FLOOR": (None, 1),
    "IFERROR": (None, ""),
}
"""What stands for arguments that Google lets out and the library asks for."""


def _xlookup(
    key: Any, values: Any, results: Any, missing: Any = None, match: Any = 0, search: Any = 1
) -> Any:
    return lookups.xlookup(key, values, results, missing, match, search)


def _xmatch(key: Any, values: Any, *options: Any) -> Any:
    keys = [item for line in values for item in line]
    given = [one[0][0] if isinstance(one, list) else one for one in options]
    return [[lookups.xmatch(key, keys, *given)]]


def _lookup(key: Any, values: Any, results: Any = None) -> Any:
    return [[lookups.lookup(key, values, results)]]


def _from_one(own: Called) -> Called:
    """Refuses a column or row of a table that is counted from less than one."""

    def called(key: Any, table: Any, place: Any, *rest: Any) -> Any:
        number = item_of(first_item(place))
        if isinstance(number, int | float) and number < 1:
            return error("#VALUE!")
        return own(key, table, place, *rest)

    return called


def _if(condition: Any, yes: Any, no: Any = False) -> Any:
    """Chooses between two values, cell by cell under a condition of several."""
    asked = rectangle(condition)
    if len(asked) * len(asked[0]) > 1:
        return _each_chosen(asked, rectangle(yes), rectangle(no))
    holds = _truth(asked[0][0])
    return holds if is_error(holds) else yes if holds else no


def _each_chosen(asked: list[list[Any]], yes: list[list[Any]], no: list[list[Any]]) -> Any:
    height = max(len(one) for one in (asked, yes, no))
    width = max(len(one[0]) for one in (asked, yes, no))
    found: list[list[Any]] = []
    for row in range(height):
        found.append([])
        for column in range(width):
            holds = _truth(cell_at(asked, row, column))
            found[-1].append(holds if is_error(holds) else cell_at(yes if holds else no, row, column))
    return of_rectangle(found)


def _truth(value: Any) -> Any:
    if is_error(value):
        return value
    if isinstance(value, str):
        return {"TRUE": True, "FALSE": False}.get(value.upper(), error("#VALUE!"))
    return bool(value)


def _type_of(value: Any) -> int:
    """Tells the kind of a value. Source: Google's help page of TYPE."""
    lines = rectangle(value)
    item = lines[0][0]
    if len(lines) * len(lines[0]) > 1:
        return 64
    if is_error(item):
        return 16
    return 4 if isinstance(item, bool) else 2 if isinstance(item, str) else 1


def _random(rows: Any = 1, columns: Any = 1) -> Any:
    size = [range(int(item_of(first_item(one)))) for one in (rows, columns)]
    return array([[random() for _ in size[1]] for _ in size[0]])


def _count_unique(*given: Any) -> int:
    return len({(isinstance(item, str), item) for item in items_of(given) if item not in (None, "")})


def _weighted(*given: Any) -> Any:
    pairs = list(zip(items_of(given[::2]), items_of(given[1::2]), strict=True))
    weights = sum(weight for _, weight in pairs)
    if not weights:
        return error("#DIV/0!")
    return sum(value * weight for value, weight in pairs) / weights


def _keeping(own: Any) -> Any:
    """Gives a result the format of the first number among the arguments."""

    def called(*given: Any) -> Any:
        result = own(*given)
        found = next((item for value in given if (item := _first_number(value)) is not None), None)
        if not isinstance(found, FormattedNumber):
            return result
        item = item_of(first_item(result))
        return with_format(item, found.number_format) if isinstance(item, int | float) else result

    return called


def _first_number(value: Any) -> Any:
    for line in lines_of(value):
        for item in line:
            if isinstance(item, int | float) and not isinstance(item, bool):
                return item
    return None


def _formatted(own: Any, number_format: Mapping[str, Any]) -> Any:
    def called(*given: Any) -> Any:
        return array(
            [[with_format(item_of(item), number_format) for item in line] for line in lines_of(own(*given))]
        )

    return called


def _count_unique_ifs(own: Any) -> Any:
    def count(values: Any, *given: Any) -> int:
        kept = set()
        for place, line in enumerate(lines_of(values)):
            parts = [
                array([lines_of(part)[place]]) if index % 2 == 0 else part for index, part in enumerate(given)
            ]
            if first_item(own(*parts)):
                kept.add(item_of(line[0]))
        return len(kept - {None, ""})

    return count


def _counting(own: Any) -> Any:
    """Lets ``"<>"`` count what is not empty, and an empty criterion what is.

    Source: Google's help page of COUNTIF.
    """

    def count(*given: Any) -> Any:
        changed = list(given)
        for place in range(1, len(changed), 2):
            if (criterion := first_item(changed[place])) in ("<>", "", "="):
                filled = [[item not in (None, "") for item in line] for line in rectangle(given[place - 1])]
                changed[place - 1] = array([[int(item) for item in line] for line in filled])
                changed[place] = int(criterion == "<>")
        return own(*changed)

    return count


def _inverse(values: Any) -> Any:
    import numpy

    try:
        return numpy.linalg.inv(numpy.asarray(rectangle(values), dtype=float)).astype(object)
    except numpy.linalg.LinAlgError:
        return error("#NUM!")


def _counted(given: tuple[Any, ...], numbers: bool) -> int:
    """Counts numbers, or whatever is not empty; a text that was typed into the formula counts as typed.

    Source: Google's help pages of COUNT and COUNTA.
    """
    import numpy

    count = 0
    for value in given:
        typed = not isinstance(value, numpy.ndarray)
        for item in (item for line in rectangle(value) for item in line):
            if not numbers:
                count += item is not None
            elif isinstance(item, bool):
                count += typed
            else:
                count += isinstance(item, int | float)
    return count


def supply(functions: dict[str, Any]) -> None:
    """Puts the functions that no locale changes into the library's table."""
    functions.update({name: each(function) for name, function in SCALARS.items()})
    functions.update({name: of_lines(function) for name, function in DATABASE.items()})
    functions.update(
        {
            "IF": _if,
            "TYPE": _type_of,
            "RANDARRAY": _random,
            "ARRAYFORMULA": lambda values: values,
            "SPARKLINE": lambda *_given: of_rectangle([[None]]),
            "COUNTUNIQUE": _count_unique,
            "COUNT": lambda *given: _counted(given, numbers=True),
            "COUNTA": lambda *given: _counted(given, numbers=False),
            "AVERAGE.WEIGHTED": failing(_weighted),
            "SORT": of_lines(arrayfunctions.sort),
            "SORTN": of_lines(arrayfunctions.sortn),
            "INDEX": of_lines(arrayfunctions.index),
            "FLATTEN": of_lines(arrayfunctions.flatten),
            "FILTER": of_lines(arrayfunctions.filtered),
            "ARRAY_CONSTRAIN": of_lines(arrayfunctions.constrained),
            "SEQUENCE": of_lines(_sequence),
            "SPLIT": rows_of(_split),
            "REGEXEXTRACT": rows_of(regex_extract),
            "MINVERSE": _inverse,
            "XLOOKUP": looking(_xlookup),
            "XMATCH": looking(_xmatch),
            "LOOKUP": looking(_lookup),
            "VLOOKUP": _from_one(functions["VLOOKUP"]),
            "HLOOKUP": _from_one(functions["HLOOKUP"]),
        }
    )
    for name, defaults in _DEFAULTS.items():
        functions[name] = completed(functions[name], defaults)
    functions["SUM"] = _keeping(functions["SUM"])


def supply_statistics(functions: dict[str, Any]) -> None:
    """Puts in what stands upon the library's statistics."""
    for name in ("COUNTIF", "COUNTIFS"):
        functions[name] = _counting(functions[name])
    functions["COUNTUNIQUEIFS"] = _count_unique_ifs(functions["COUNTIFS"])
    functions["COUNT"] = lambda *given: _counted(given, numbers=True)
    functions["COUNTA"] = lambda *given: _counted(given, numbers=False)
    for name in _KEEPING:
        functions[name] = _keeping(functions[name])


def localized(locale: Locale, own: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Returns the functions and the operators of a locale; ``own`` is the library's table."""
    local = Local(locale)
    functions: dict[str, Any] = {name: each(function) for name, function in local.functions().items()}
    functions["CONCATENATE"] = failing(lambda *given: "".join(map(local.text, items_of(given))))
    functions["JOIN"] = failing(
        lambda mark, *given: local.text(first_item(mark)).join(map(local.text, items_of(given)))
    )
    functions["TEXTJOIN"] = failing(lambda *given: _text_join(local, *given))
    for name in _DATED:
        functions[name] = _formatted(own[name], local.date)
    functions["TIME"] = _formatted(own["TIME"], local.time)
    comparing = {name: own_operator(sign) for name, sign in _COMPARING.items()}
    return {**functions, **comparing}, {name: each(one) for name, one in local.operators().items()}


_COMPARING = {"EQ": "=", "NE": "<>", "GT": ">", "GTE": ">=", "LT": "<", "LTE": "<="}


def own_operator(sign: str) -> Any:
    """Returns the library's operator of a sign."""
    from formulas.functions.operators import OPERATORS

    return OPERATORS[sign]


def _text_join(local: Local, mark: Any, skip: Any, *given: Any) -> str:
    texts = map(local.text, items_of(given))
    return local.text(first_item(mark)).join(text for text in texts if text or not first_item(skip))


def _sequence(rows: Any, *given: Any) -> Any:
    return arrayfunctions.sequence(rows[0][0], *given)


def _split(text: Any, delimiter: Any, each_letter: Any = True, drop_empty: Any = True) -> list[Any]:
    shown = (
        "" if text is None else str(int(text)) if isinstance(text, float) and text.is_integer() else str(text)
    )
    return list(arrayfunctions.split(shown, str(delimiter), bool(each_letter), bool(drop_empty))[0])
