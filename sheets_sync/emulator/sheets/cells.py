"""The stored form of a cell and what can be asked of it.

A cell is a small JSON object so that a row is read and written without conversion:
``v`` value (text, number, boolean) · ``e`` formula as typed · ``f`` number of its shared format ·
``d`` number of its shared data validation rule · ``n`` note · ``r`` text format runs · ``p`` pivot table ·
``k`` chip runs. A missing key means "not set"; a cell without keys does not exist.
"""

from __future__ import annotations

from typing import Any

from .refusals import Refusal

Cell = dict[str, Any]

MAX_CHARACTERS = 50_000
MAX_CELLS = 10_000_000

VALUE_KEYS = ("v", "e")
TOO_LONG = "Your input contains more than the maximum of 50000 characters in a single cell."
TOO_MANY = "This action would increase the number of cells in the workbook above the limit of 10000000 cells."


def has_value(cell: Cell) -> bool:
    """Tells whether a cell holds a value or a formula; an empty text counts as none."""
    return "e" in cell or cell.get("v", "") != ""


def tidy_number(value: float) -> float:
    """Returns whole numbers as integers, as they stand in JSON."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def set_value(cell: Cell, value: str | float | bool | None) -> None:
    """Puts a plain value into a cell; None and the empty text clear it.

    Raises:
        Refusal: the text is longer than a cell may hold.
    """
    cell.pop("e", None)
    cell.pop("r", None)
    cell.pop("k", None)
    if value is None or value == "":
        cell.pop("v", None)
        return
    if isinstance(value, str) and len(value) > MAX_CHARACTERS:
        raise Refusal(TOO_LONG)
    cell["v"] = value if isinstance(value, str | bool) else tidy_number(float(value))


def set_formula(cell: Cell, text: str) -> None:
    """Puts a formula into a cell as it was typed.

    Raises:
        Refusal: the text is longer than a cell may hold.
    """
    if len(text) > MAX_CHARACTERS:
        raise Refusal(TOO_LONG)
    cell.pop("v", None)
    cell.pop("r", None)
    cell.pop("k", None)
    cell["e"] = text


def entered_value(cell: Cell) -> dict[str, Any] | None:
    """Returns the cell's userEnteredValue, or None.

    Source: discovery document, ExtendedValue (a union of numberValue, stringValue, boolValue, formulaValue).
    """
    if "e" in cell:
        return {"formulaValue": cell["e"]}
    if "v" not in cell:
        return None
    return extended(cell["v"])


def extended(value: Any) -> dict[str, Any]:
    """Wraps a value as an ExtendedValue; errors are dicts with ``type`` and ``message`` already."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, dict):
        return {"errorValue": value}
    return {"numberValue": tidy_number(value)}


def set_extended(cell: Cell, value: dict[str, Any] | None) -> None:
    """Sets the value of a cell from an ExtendedValue; None or an empty object clears it.

    Raises:
        Refusal: the value is an errorValue (read-only) or too long.
    """
    if not value:
        set_value(cell, None)
    elif "formulaValue" in value:
        formula = str(value["formulaValue"])
        if formula.startswith("="):
            set_formula(cell, formula)
        else:
            set_value(cell, formula)
    elif "errorValue" in value:
        raise Refusal("CellData.userEnteredValue.errorValue is a read-only field.")
    else:
        set_value(cell, next(iter(value.values())))
