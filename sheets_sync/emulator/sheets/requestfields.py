"""What a request may carry: one member of a union, known fields in a mask, nothing that is not done here.

Source: discovery document for the schemas; REST reference of batchUpdate for the unions ("Union field … can
be only one of the following"); the text for a second member of a union is quoted from Google for a pivot
table's value; the text for an unknown path of a mask is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheets_sync.emulator import discovery, masks
from sheets_sync.emulator.naming import camel, snake
from sheets_sync.emulator.wire import invalid_argument

from .refusals import Refusal, Unsupported

_UNIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "updateCells": ("area", ("start", "range")),
    "autoFill": ("area", ("range", "sourceAndDestination")),
    "findReplace": ("scope", ("range", "sheetId", "allSheets")),
    "pasteData": ("kind", ("delimiter", "html")),
    "updateConditionalFormatRule": ("instruction", ("rule", "newIndex")),
}
MASKED: Mapping[str, tuple[str, str]] = {
    "appendCells": ("", "CellData"),
    "repeatCell": ("cell", "CellData"),
    "updateBanding": ("bandedRange", "BandedRange"),
    "updateCells": ("", "CellData"),
    "updateDeveloperMetadata": ("developerMetadata", "DeveloperMetadata"),
    "updateDimensionGroup": ("dimensionGroup", "DimensionGroup"),
    "updateDimensionProperties": ("properties", "DimensionProperties"),
    "updateEmbeddedObjectBorder": ("border", "EmbeddedObjectBorder"),
    "updateEmbeddedObjectPosition": ("newPosition.overlayPosition", "OverlayPosition"),
    "updateFilterView": ("filter", "FilterView"),
    "updateNamedRange": ("namedRange", "NamedRange"),
    "updateProtectedRange": ("protectedRange", "ProtectedRange"),
    "updateSheetProperties": ("properties", "SheetProperties"),
    "updateSlicerSpec": ("spec", "SlicerSpec"),
    "updateSpreadsheetProperties": ("properties", "SpreadsheetProperties"),
    "updateTable": ("table", "Table"),
}
"""The kinds with a field mask: the implied root of its paths, which may be written too, and its schema."""
NOT_DONE = frozenset(
    (
        "dataSourceChartProperties",
        "dataSourceColumnReference",
        "dataSourceId",
        "dataSourceSheetDimensions",
        "dataSourceSheetRange",
        "dataSourceTable",
    )
)
"""Fields that bind something to an external data source: refused by name wherever a request carries them."""
_READ_ONLY = frozenset(("dataSourceSheetProperties", "dataExecutionStatus", "bandedRangeReference"))
_BULK = frozenset(("updateCells", "appendCells", "repeatCell"))


def check_union(name: str, number: int, body: Mapping[str, Any]) -> None:
    """Refuses a request that sets two members of one union.

    Raises:
        ApiError: 400; the text has no ``Invalid requests[i].kind: `` before it, as it comes from the reader.
    """
    if name in _UNIONS:
        field, members = _UNIONS[name]
        given = [member for member in body if member in members]
        if len(given) > 1:
            raise invalid_argument(union_text(f"requests[{number}].{snake(name)}", field, given[1]))


def check_request(name: str, body: Mapping[str, Any]) -> None:
    """Refuses a request with an unknown path in its mask, or with a field that is not done here.

    Cells are looked at where they are written, and only in the fields that the mask lists.

    Raises:
        Refusal, Unsupported: see above.
    """
    if name in MASKED and isinstance(body.get("fields"), str):
        _check_mask(body["fields"], *MASKED[name])
    if name not in _BULK:
        _check_done(body, name)


def union_text(path: str, field: str, second: str) -> str:
    """Writes the refusal of a second member of a union."""
    return f"Invalid value at '{path}' (oneof), oneof field '{field}' is already set. Cannot set '{second}'"


def _check_mask(text: str, root: str, schema: str) -> None:
    if not text.strip():
        return  # refused by the kind itself, in Google's words
    try:
        mask = masks.parse_mask(text)
    except masks.MaskSyntaxError:
        return
    schemas = discovery.document("sheets.v4")["schemas"]
    for name in root.split(".") if root else ():
        if set(mask.children) == {name} and name not in schemas[schema]["properties"]:
            mask = mask.children[name]
    unknown = masks.unknown_paths(_camel(mask), schemas, schema)
    if unknown and unknown != ["*"]:
        raise Refusal(f"Invalid field: {unknown[0]}")


def _camel(mask: masks.Mask) -> masks.Mask:
    spelt = masks.Mask()
    spelt.whole = mask.whole
    spelt.children = {
        camel(name) if "_" in name else name: _camel(below) for name, below in mask.children.items()
    }
    return spelt


def _check_done(value: Any, path: str) -> None:
    if isinstance(value, list):
        for item in value:
            _check_done(item, path)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in NOT_DONE:
                raise Unsupported(f"{path.partition('.')[2]}.{key}".lstrip("."))
            if key not in _READ_ONLY:
                _check_done(inner, f"{path}.{key}")
