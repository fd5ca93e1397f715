"""What the functions of ``forms`` work with: a place, names, and a computer of parts of formulas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

from . import libraryvalues
from .a1 import Area
from .book import Sheet
from .formulatext import Reference, map_references

Lines: TypeAlias = list[list[Any]]


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

    def resolved(self, place: Place, text: str, bound: Bound) -> str:
        """Returns a part of a formula with references in the place of the calls that give them."""

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


Form: TypeAlias = Callable[[Computer, Place, tuple[str, ...], Bound], Any]


def values(computer: Computer, place: Place, text: str, bound: Bound) -> Lines:
    """Returns what a part of a formula gives, line by line."""
    return libraryvalues.rectangle(computer.part(place, text, bound))


def value(computer: Computer, place: Place, text: str, bound: Bound) -> Any:
    """Returns the first value that a part of a formula gives."""
    return values(computer, place, text, bound)[0][0]


def number(computer: Computer, place: Place, text: str, bound: Bound) -> int:
    """Returns the whole number that a part of a formula gives; 0 for an empty one.

    Raises:
        NoReferenceError: it gives no number.
    """
    found = value(computer, place, text, bound) if text else 0
    found = 0 if found is None else found
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise NoReferenceError("#VALUE!")
    return int(found)


def single_reference(text: str) -> Reference | None:
    """Returns the reference that a text is, or None where it is more or something else."""
    found: list[Reference] = []

    def note(reference: Reference) -> str:
        found.append(reference)
        return ""

    rest = map_references(text.strip(), note)
    return found[0] if len(found) == 1 and not rest.strip() else None
