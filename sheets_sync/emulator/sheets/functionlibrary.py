"""The library ``formulas`` behind a narrow door: compiling shapes, calling them, its gaps.

What it lacks or does otherwise than Google stands in ``suppliedfunctions`` and the modules named there.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from threading import Lock
from typing import Any

from .libraryvalues import empty
from .locales import find_locale
from .suppliedfunctions import localized, supply, supply_statistics

_log = logging.getLogger(__name__)
_CALL = re.compile(r"([^\W\d][\w.]*)\s*\(")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_PARTS = re.compile(r'("(?:[^"]|"")*")')
_TWICE_NEGATED = re.compile(r"(?:(?<=[(,=*/<>&{;+])|^=?)(\s*)-\s*-")
_EXPONENT = re.compile(r"(?<![\w.])(\d+(?:\.\d*)?)[eE](?=\d)")
_compiling = Lock()


_STATISTICS = (".stat", ".comp")
"""Parts of the library that bring scipy along, a second of every start; few formulas need them."""


@cache
def _library() -> Any:
    import formulas
    from formulas.functions import SUBMODULES
    from formulas.tokens.operand import Empty

    SUBMODULES[:] = [name for name in SUBMODULES if name not in _STATISTICS]
    logging.getLogger("schedula").setLevel(logging.CRITICAL)
    supply(formulas.get_functions())
    Empty.compile = staticmethod(_left_out)
    return formulas


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
    found = _local(locale)
    from formulas.functions.operators import OPERATORS

    try:
        with _compiling, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            library.get_functions().update(found[0])
            OPERATORS.update(found[1])
            function = library.Parser().ast(_spelt(shape))[1].compile()
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
    supply_statistics(functions)


@cache
def _local(locale: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    return localized(find_locale(locale), _library().get_functions())


def _left_out() -> Any:
    """Returns what stands for an argument that is left out: an empty cell, where the library has a zero."""
    import numpy

    result = numpy.empty((1, 1), dtype=object)
    result[0, 0] = empty()
    return result


def _spelt(shape: str) -> str:
    """Writes what the library reads otherwise: ``--TRUE`` is a number, ``1E3`` needs no sign."""
    parts = _PARTS.split(shape)
    parts[::2] = [_EXPONENT.sub(r"\1E+", _TWICE_NEGATED.sub(_once, part)) for part in parts[::2]]
    return "".join(parts)


def _once(match: re.Match[str]) -> str:
    return match[0].partition("-")[0] + "1*"
