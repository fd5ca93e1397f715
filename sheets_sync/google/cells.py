"""Values to and from the Sheets service's cells."""

from datetime import date, timedelta
from typing import Any

from sheets_sync.domain.tables import CellValue, DocumentLink, Formula

EPOCH = date(1899, 12, 30)
"""Day zero of serial dates. Source: developers.google.com/sheets/api/guides/formats."""

_LAST_SERIAL = (date(9999, 12, 31) - EPOCH).days

Json = dict[str, Any]


def extended_value(value: CellValue) -> Json:
    """Return the `ExtendedValue` for a value; an empty object clears the cell.

    Text is always sent as `stringValue`, which the service stores as it is; only formulas composed by the
    program itself go out as `formulaValue`. Source: discovery sheets.v4, ExtendedValue.
    """
    if value is None or value == "":
        return {}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, date):
        return {"numberValue": (value - EPOCH).days}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, Formula):
        return {"formulaValue": value.text}
    if isinstance(value, DocumentLink):
        raise TypeError(f"document {value.document} has no address yet")
    return {"stringValue": value}


def cell_data(value: CellValue) -> Json:
    """Return the `CellData` that sets a cell's value and nothing else."""
    extended = extended_value(value)
    return {"userEnteredValue": extended} if extended else {}


def cell_value(cell: Json, kind: str) -> CellValue:
    """Return what a cell shows; in a column of kind «date» a serial number becomes a date."""
    effective = cell.get("effectiveValue") or {}
    if "stringValue" in effective:
        return str(effective["stringValue"])
    if "boolValue" in effective:
        return bool(effective["boolValue"])
    if "numberValue" in effective:
        return _number(effective["numberValue"], kind)
    if "errorValue" in effective:
        return "#" + str(effective["errorValue"].get("type", "ERROR"))
    return None


def formula_of(cell: Json) -> str | None:
    """Return the formula typed into a cell, if it holds one."""
    found = (cell.get("userEnteredValue") or {}).get("formulaValue")
    return str(found) if found is not None else None


def _number(number: float, kind: str) -> CellValue:
    if kind == "date" and 0 <= number <= _LAST_SERIAL:
        return EPOCH + timedelta(days=int(number))
    return int(number) if float(number).is_integer() else float(number)
