"""The text of formulas: finding references, shifting them, and one spelling for the evaluator.

References are found outside of quoted text; ``Sheet1!A1``, ``'My sheet'!$B$2:C`` and open ranges are known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from .a1 import column_index, column_name, quote_title

_REFERENCE = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<title>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
     (?P<first>\$?[A-Za-z]{1,3}\$?[1-9]\d*|\$?[A-Za-z]{1,3}(?=:\$?[A-Za-z]{1,3}(?![\w(]))|\$?[1-9]\d*(?=:\$?[1-9]))
     (?::(?P<second>\$?[A-Za-z]{1,3}\$?[1-9]\d*|\$?[A-Za-z]{1,3}|\$?[1-9]\d*))?
     (?![\w(.!])""",
    re.VERBOSE,
)
_CRITERION = re.compile(r"^(\"(?:<=|>=|<>|=|<|>)-?\d+),(\d+\")$")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_PART = re.compile(r"^(\$?)([A-Za-z]{0,3})(\$?)(\d*)$")


@dataclass(frozen=True, slots=True)
class Corner:
    """One end of a reference; a missing row or column is None."""

    row: int | None
    column: int | None
    row_fixed: bool = False
    column_fixed: bool = False

    def text(self) -> str:
        """Writes the corner in A1 notation with its dollar signs."""
        column = "" if self.column is None else ("$" * self.column_fixed + column_name(self.column))
        row = "" if self.row is None else ("$" * self.row_fixed + str(self.row + 1))
        return column + row


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a cell or a range, with the sheet's title if it is written."""

    title: str | None
    first: Corner
    second: Corner | None = None

    def text(self) -> str:
        """Writes the reference."""
        prefix = "" if self.title is None else quote_title(self.title) + "!"
        return prefix + self.first.text() + (":" + self.second.text() if self.second else "")


def _corner(text: str) -> Corner:
    match = _PART.match(text)
    if match is None:
        raise ValueError(text)
    mark, letters, second_mark, digits = match.groups()
    if not letters:
        return Corner(int(digits) - 1, None, bool(mark), False)
    return Corner(int(digits) - 1 if digits else None, column_index(letters), bool(second_mark), bool(mark))


def map_references(formula: str, change: Callable[[Reference], str]) -> str:
    """Rewrites every reference of a formula by a function; quoted text stays."""

    def rewrite(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return match[0]
        start = match.start()
        if start and (formula[start - 1].isalnum() or formula[start - 1] in "_."):
            return match[0]
        title = match["title"]
        if title is not None:
            title = title[:-1]
            title = title[1:-1].replace("''", "'") if title.startswith("'") else title
        second = _corner(match["second"]) if match["second"] else None
        return change(Reference(title, _corner(match["first"]), second))

    return _REFERENCE.sub(rewrite, formula)


def moved_formula(formula: str, rows: int, columns: int) -> str:
    """Shifts the relative references, as copying a cell does; ``#REF!`` where one leaves the sheet."""

    def move(corner: Corner) -> Corner | None:
        row = corner.row if corner.row is None or corner.row_fixed else corner.row + rows
        column = corner.column if corner.column is None or corner.column_fixed else corner.column + columns
        if (row is not None and row < 0) or (column is not None and column < 0):
            return None
        return replace(corner, row=row, column=column)

    def change(reference: Reference) -> str:
        first = move(reference.first)
        second = move(reference.second) if reference.second else None
        if first is None or (reference.second and second is None):
            return "#REF!"
        return replace(reference, first=first, second=second).text()

    return map_references(formula, change)


def retitled_formula(formula: str, old: str, new: str) -> str:
    """Writes a sheet's new title into the references to it."""
    folded = old.casefold()

    def change(reference: Reference) -> str:
        same = reference.title is not None and reference.title.casefold() == folded
        return replace(reference, title=new).text() if same else reference.text()

    return map_references(formula, change) if old in formula or folded in formula.casefold() else formula


def shifted_formula(
    formula: str,
    here: bool,
    title: str,
    shift: Callable[[int, bool, bool], int | None],
    rows: bool,
    reaches: Callable[[int | None, int | None], bool],
) -> str:
    """Adjusts references to one sheet after rows or columns were inserted, deleted or moved.

    ``here`` tells whether the formula stands on that sheet; ``shift(index, is end, is single)`` returns the
    new index of a row or column, or None where it was deleted; ``reaches(start, end)`` tells whether what
    lies in these columns (where rows are shifted) or rows moves at all.
    """
    folded = title.casefold()

    def change(reference: Reference) -> str:
        if (reference.title is None and not here) or (
            reference.title is not None and reference.title.casefold() != folded
        ):
            return reference.text()
        if not reaches(*_beside(reference, rows)):
            return reference.text()
        first = _shift_corner(reference.first, shift, rows, end=False, single=reference.second is None)
        if reference.second is None:
            return "#REF!" if first is None else replace(reference, first=first).text()
        second = _shift_corner(reference.second, shift, rows, end=True, single=False)
        if first is None or second is None or _crossed(first, second, rows):
            return "#REF!"
        return replace(reference, first=first, second=second).text()

    return map_references(formula, change)


def _beside(reference: Reference, rows: bool) -> tuple[int | None, int | None]:
    """Returns the columns of a reference where rows are shifted, else its rows; None where they are open."""
    ends = (reference.first, reference.second or reference.first)
    found = [end.column if rows else end.row for end in ends]
    if found[0] is None or found[1] is None:
        return None, None
    return min(found[0], found[1]), max(found[0], found[1]) + 1


def relocated_formula(
    formula: str, title: str, source: str, target: str, place: Callable[[Reference], Reference | None]
) -> str:
    """Rewrites the references that follow moved cells.

    ``title`` is the sheet on which the formula stands, ``source`` the one on which it was written (they
    differ where it moved itself), ``target`` where the cells went; ``place`` gives a reference to the moved
    cells its new corners, or None for one that stays.
    """

    def change(reference: Reference) -> str:
        sheet = reference.title if reference.title is not None else source
        moved = place(replace(reference, title=sheet))
        sheet = target if moved is not None else sheet
        written = reference.title is not None and moved is None
        shown = sheet if written or sheet.casefold() != title.casefold() else None
        return replace(moved or reference, title=shown).text()

    return map_references(formula, change)


def _crossed(first: Corner, second: Corner, rows: bool) -> bool:
    start, end = (first.row, second.row) if rows else (first.column, second.column)
    return start is not None and end is not None and end < start


def _shift_corner(
    corner: Corner, shift: Callable[[int, bool, bool], int | None], rows: bool, *, end: bool, single: bool
) -> Corner | None:
    index = corner.row if rows else corner.column
    if index is None:
        return corner
    moved = shift(index, end, single)
    if moved is None:
        return None
    return replace(corner, row=moved) if rows else replace(corner, column=moved)


def canonical(formula: str, decimal_comma: bool) -> str:
    """Writes a formula with commas between arguments and points in numbers.

    Both spellings are read in every locale: a semicolon outside of quotes and braces separates arguments, and
    where the locale has a decimal comma a comma between two digits is then a decimal point, and so it is
    where nothing is called.
    Source: assumed; Google reads the locale's own spelling.
    """
    parts = re.split(r'("(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!|\{[^}]*\})', formula)
    if decimal_comma:
        parts[1::2] = [_local(part) for part in parts[1::2]]
    bare = "".join(parts[::2])
    if decimal_comma and "(" not in bare:
        parts[::2] = [_DECIMAL_COMMA.sub(".", part) for part in parts[::2]]
    if ";" in bare:
        parts[::2] = [
            (_DECIMAL_COMMA.sub(".", part) if decimal_comma else part).replace(";", ",")
            for part in parts[::2]
        ]
    return "".join(parts)


def _local(part: str) -> str:
    """Writes decimals with points in a quoted criterion, and commas for backslashes in an array."""
    if part.startswith("{") and "\\" in part:
        return _DECIMAL_COMMA.sub(".", part).replace("\\", ",")
    return _CRITERION.sub(r"\1.\2", part)
