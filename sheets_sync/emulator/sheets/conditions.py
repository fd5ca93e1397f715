"""Boolean conditions of filters, validation and conditional formats.

Source: discovery document, BooleanCondition and ConditionType.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from .locales import Locale
from .serials import serial_of
from .userentered import read_typed

_RELATIVE: dict[str, int] = {
    "PAST_YEAR": -365,
    "PAST_MONTH": -30,
    "PAST_WEEK": -7,
    "YESTERDAY": -1,
    "TODAY": 0,
    "TOMORROW": 1,
}


def holds(condition: dict[str, Any], value: Any, text: str, locale: Locale, now: datetime) -> bool:
    """Tells whether a cell's value (and shown text) fits a condition.

    Kinds that need a formula, a range or a list from a range always hold here.
    """
    kind = condition.get("type", "")
    operands = [_operand(item, locale, now) for item in condition.get("values", [])]
    if kind in ("BLANK", "NOT_BLANK"):
        return (text == "") is (kind == "BLANK")
    if kind.startswith("TEXT_"):
        return _text(kind, text.casefold(), str(_raw(condition, 0)).casefold())
    if kind in ("ONE_OF_LIST",):
        return any(text == str(item.get("userEnteredValue")) for item in condition.get("values", []))
    if kind == "BOOLEAN":
        return isinstance(value, bool) or value is None
    if kind.startswith(("NUMBER_", "DATE_")):
        return _number(kind, value, operands)
    return True


def _raw(condition: dict[str, Any], place: int) -> Any:
    values = condition.get("values", [])
    return values[place].get("userEnteredValue", "") if place < len(values) else ""


def _operand(item: dict[str, Any], locale: Locale, now: datetime) -> Any:
    if "relativeDate" in item:
        return serial_of((now + timedelta(days=_RELATIVE.get(item["relativeDate"], 0))).date())
    return read_typed(str(item.get("userEnteredValue", "")), locale).value


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
    return {
        "GREATER": value > low,
        "GREATER_THAN_EQ": value >= low,
        "LESS": value < low,
        "LESS_THAN_EQ": value <= low,
        "EQ": value == low,
        "NOT_EQ": value != low,
        "NOT_EQUAL": value != low,
        "BETWEEN": low <= value <= high,
        "NOT_BETWEEN": not low <= value <= high,
        "BEFORE": value < low,
        "AFTER": value > low,
        "ON_OR_BEFORE": value < low + 1,
        "ON_OR_AFTER": value >= low,
        "IS_VALID_DATE": True,
        "IS_VALID": True,
    }.get(relation, True)
