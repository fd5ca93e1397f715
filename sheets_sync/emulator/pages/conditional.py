"""Conditional formats that compare a cell with fixed words or numbers, laid over the cells of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sheets_sync.emulator.pages.cellstyle import Json

_NUMBERS: dict[str, Callable[[float, list[float]], bool]] = {
    "NUMBER_GREATER": lambda value, given: value > given[0],
    "NUMBER_GREATER_THAN_EQ": lambda value, given: value >= given[0],
    "NUMBER_LESS": lambda value, given: value < given[0],
    "NUMBER_LESS_THAN_EQ": lambda value, given: value <= given[0],
    "NUMBER_EQ": lambda value, given: value == given[0],
    "NUMBER_NOT_EQ": lambda value, given: value != given[0],
    "NUMBER_BETWEEN": lambda value, given: given[0] <= value <= given[1],
    "NUMBER_NOT_BETWEEN": lambda value, given: not given[0] <= value <= given[1],
}
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "TEXT_CONTAINS": lambda text, given: given in text,
    "TEXT_NOT_CONTAINS": lambda text, given: given not in text,
    "TEXT_STARTS_WITH": lambda text, given: text.startswith(given),
    "TEXT_ENDS_WITH": lambda text, given: text.endswith(given),
    "TEXT_EQ": lambda text, given: text == given,
}


def with_conditional_formats(data: Json, rules: Sequence[Json]) -> Json:
    """Return a block of grid data whose cells look as the sheet's rules say; the first rule that holds wins.

    Rules with formulas, dates or gradients change nothing here. Source: discovery ConditionalFormatRule and
    ConditionType; that texts are compared without case is assumed.
    """
    simple = [rule for rule in rules if _is_simple(rule.get("booleanRule", {}).get("condition", {}))]
    if not simple:
        return data
    first = data.get("startRow", 0)
    rows = [
        {
            **row,
            "values": [
                _shown(cell, first + at, column, simple) for column, cell in enumerate(row.get("values", []))
            ],
        }
        for at, row in enumerate(data.get("rowData", []))
    ]
    return {**data, "rowData": rows}


def _is_simple(condition: Json) -> bool:
    given = [value.get("userEnteredValue", "") for value in condition.get("values", [])]
    return condition.get("type") in {*_NUMBERS, *_TEXTS, "BLANK", "NOT_BLANK"} and not any(
        text.startswith("=") for text in given
    )


def _shown(cell: Json, row: int, column: int, rules: Sequence[Json]) -> Json:
    for rule in rules:
        inside = any(covers(area, row, column) for area in rule.get("ranges", []))
        if inside and _holds(rule["booleanRule"]["condition"], cell):
            base: Json = cell.get("effectiveFormat", {})
            look: Json = rule["booleanRule"].get("format", {})
            font = {**base.get("textFormat", {}), **look.get("textFormat", {})}
            plain = {key: value for key, value in base.items() if key != "backgroundColorStyle"}
            kept = plain if "backgroundColor" in look else base
            return {**cell, "effectiveFormat": {**kept, **look, "textFormat": font}}
    return cell


def covers(area: Json, row: int, column: int) -> bool:
    """Tell whether a GridRange holds a cell; an end that is not given is open."""
    rows = range(area.get("startRowIndex", 0), area.get("endRowIndex", row + 1))
    columns = range(area.get("startColumnIndex", 0), area.get("endColumnIndex", column + 1))
    return row in rows and column in columns


def _holds(condition: Json, cell: Json) -> bool:
    kind: str = condition["type"]
    text = str(cell.get("formattedValue", ""))
    if kind in ("BLANK", "NOT_BLANK"):
        return (text == "") == (kind == "BLANK")
    given = [str(value.get("userEnteredValue", "")) for value in condition.get("values", [])]
    if kind in _TEXTS:
        return bool(given) and _TEXTS[kind](text.casefold(), given[0].casefold())
    value: Any = cell.get("effectiveValue", {}).get("numberValue")
    try:
        numbers = [float(number.replace(",", ".")) for number in given]
    except ValueError:
        return False
    needed = 2 if kind.endswith("BETWEEN") else 1
    return value is not None and len(numbers) >= needed and _NUMBERS[kind](value, numbers)
