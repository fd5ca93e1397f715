"""Boolean conditions of filters, validation and conditional formats.

Source: discovery document, BooleanCondition, ConditionValue and ConditionType.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from .a1 import A1Error, Area
from .book import Sheet
from .cells import Cell
from .formulatext import moved_formula
from .refusals import Refusal
from .rendering import Renderer
from .serials import serial_of
from .userentered import read_typed

_ONE = ("NUMBER_", "TEXT_", "DATE_", "ONE_OF_RANGE", "CUSTOM_FORMULA")
_NONE = frozenset(("TEXT_IS_EMAIL", "TEXT_IS_URL", "DATE_IS_VALID", "BLANK", "NOT_BLANK"))


class Place(NamedTuple):
    """A cell on its sheet."""

    sheet: Sheet
    row: int
    column: int


def check_condition(condition: Mapping[str, Any]) -> None:
    """Refuses a condition with too many or too few values.

    Raises:
        Refusal: the type says how many it needs. Source: discovery document, ConditionType; the text is
            assumed.
    """
    kind = str(condition.get("type", ""))
    if not kind or kind.endswith("UNSPECIFIED"):
        raise Refusal("BooleanCondition.type is required.")
    given = len(condition.get("values", []))
    if kind in _NONE:
        needed = 0
    elif kind.endswith("BETWEEN"):
        needed = 2
    elif kind.startswith(_ONE):
        needed = 1
    else:
        return
    if given != needed:
        raise Refusal(f"ConditionType {kind} requires exactly {needed} ConditionValues, but found {given}.")


class Conditions:
    """Tests cells of one spreadsheet at one moment."""

    def __init__(self, renderer: Renderer, now: datetime) -> None:
        self._renderer = renderer
        self._now = now
        self._listed: dict[str, frozenset[str]] = {}

    def holds(self, condition: Mapping[str, Any], place: Place, origin: Place, cell: Cell) -> bool:
        """Tells whether a cell fits a condition; formulas are read as written for the cell at ``origin``."""
        kind = condition.get("type", "")
        text = self._renderer.text(*place, cell)
        if kind in ("BLANK", "NOT_BLANK"):
            return (text == "") is (kind == "BLANK")
        if kind == "ONE_OF_LIST":
            return any(text == str(item.get("userEnteredValue")) for item in condition.get("values", []))
        if kind == "ONE_OF_RANGE":
            return text in self._range_texts(condition)
        value = self._renderer.value(*place, cell)
        if kind == "BOOLEAN":
            return isinstance(value, bool) or value is None
        operands = [self._operand(item, place, origin) for item in condition.get("values", [])]
        if kind == "CUSTOM_FORMULA":
            return bool(operands) and _true(operands[0])
        if kind.startswith("TEXT_"):
            return _text(kind, text.casefold(), str(operands[0] if operands else "").casefold())
        if kind.startswith(("NUMBER_", "DATE_")):
            return _number(kind, value, operands)
        return True

    def _operand(self, item: Mapping[str, Any], place: Place, origin: Place) -> Any:
        if "relativeDate" in item:
            return serial_of(_relative(item["relativeDate"], self._now.date()))
        text = str(item.get("userEnteredValue", ""))
        if text[:1] in "=+" and len(text) > 1 and not _is_number(text):
            return self.evaluated("=" + text[1:], place, origin)
        return read_typed(text, self._renderer.locale).value

    def evaluated(self, formula: str, place: Place, origin: Place) -> Any:
        """Computes a formula for one cell as it was written for another."""
        moved = moved_formula(formula, place.row - origin.row, place.column - origin.column)
        return self._renderer.evaluator.evaluated(place.sheet, place.row, place.column, moved)

    def _range_texts(self, condition: Mapping[str, Any]) -> frozenset[str]:
        values = condition.get("values", [])
        text = str(values[0].get("userEnteredValue", "")).removeprefix("=") if values else ""
        if text not in self._listed:
            try:
                area = self._renderer.book.area(text)
            except A1Error:
                self._listed[text] = frozenset()
            else:
                self._listed[text] = frozenset(self._texts(area))
        return self._listed[text]

    def _texts(self, area: Area) -> list[str]:
        sheet = self._renderer.book.sheet(area.sheet_id)
        box = area.clipped(sheet.row_count, sheet.column_count)
        return [
            self._renderer.text(sheet, index, column, cell)
            for index, row in sheet.grid.rows(box.top, box.bottom)
            for column, cell in row.cells.items()
            if box.left <= column < box.right
        ]


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _true(value: Any) -> bool:
    if isinstance(value, bool | int | float):
        return bool(value)
    return False


def _relative(name: str, today: date) -> date:
    days = {"PAST_WEEK": -7, "YESTERDAY": -1, "TODAY": 0, "TOMORROW": 1}
    if name in days:
        return today + timedelta(days=days[name])
    months = {"PAST_MONTH": 1, "PAST_YEAR": 12}.get(name, 0)
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _text(kind: str, text: str, operand: str) -> bool:
    tests: dict[str, Callable[[], bool]] = {
        "TEXT_CONTAINS": lambda: operand in text,
        "TEXT_NOT_CONTAINS": lambda: operand not in text,
        "TEXT_STARTS_WITH": lambda: text.startswith(operand),
        "TEXT_ENDS_WITH": lambda: text.endswith(operand),
        "TEXT_EQ": lambda: text == operand,
        "TEXT_NOT_EQ": lambda: text != operand,
        "TEXT_IS_EMAIL": lambda: "@" in text and "." in text.rpartition("@")[2] and " " not in text,
        "TEXT_IS_URL": lambda: text.startswith(("http://", "https://", "ftp://")),
    }
    return tests.get(kind, lambda: True)()


def _number(kind: str, value: Any, operands: list[Any]) -> bool:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    if any(not isinstance(item, int | float) for item in operands):
        return False
    low = operands[0] if operands else 0.0
    high = operands[1] if len(operands) > 1 else low
    relation = kind.partition("_")[2]
    if kind.startswith("DATE_"):
        value, low, high = value // 1, low // 1, high // 1
    found: dict[str, bool] = {
        "GREATER": value > low,
        "GREATER_THAN_EQ": value >= low,
        "LESS": value < low,
        "LESS_THAN_EQ": value <= low,
        "EQ": value == low,
        "NOT_EQ": value != low,
        "BETWEEN": low <= value <= high,
        "NOT_BETWEEN": not low <= value <= high,
        "BEFORE": value < low,
        "AFTER": value > low,
        "ON_OR_BEFORE": value <= low,
        "ON_OR_AFTER": value >= low,
        "IS_VALID": True,
    }
    return found.get(relation, True)
