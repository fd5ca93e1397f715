"""One spreadsheet with something of everything, and examples of every request kind that fit it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.conformance.sheets.book import columns, formula, grid, number, row, rows, text

Json = dict[str, Any]

OTHER = 5
"""The id of a second sheet, 20×8, that holds a table and a little text."""
CELLS = (
    ("name", "word", 3, "p,q"),
    ("b", " B  c", 3, "p,q"),
    ("a", "Ab", 1, "r;s"),
    ("b", " B  c", 3, "p,q"),
    ("z", "zz", 7, "s,t"),
)
_COLOURED = formula("=C2*2") | {
    "userEnteredFormat": {"backgroundColor": {"red": 0.4}, "textFormat": {"foregroundColor": {"green": 0.4}}}
}
_BOLD = {"condition": {"type": "NOT_BLANK"}, "format": {"textFormat": {"bold": True}}}
_RULE: Json = {"ranges": [grid(1, 4, 1, 4)], "booleanRule": _BOLD}
_OVER: Json = {"overlayPosition": {"anchorCell": {"sheetId": 0, "rowIndex": 3, "columnIndex": 3}}}
_BANDS = {
    "firstBandColorStyle": {"rgbColor": {"red": 0.3}},
    "secondBandColorStyle": {"rgbColor": {"red": 0.2}},
}
_KEY: Json = {"metadataKey": "k", "visibility": "DOCUMENT"}
_CORNER: Json = {"sheetId": 0, "rowIndex": 1, "columnIndex": 4}
_LINES = ("top", "bottom", "left", "right", "innerHorizontal", "innerVertical")


def _typed(cells: tuple[str | int, ...]) -> Json:
    return row(*(text(one) if isinstance(one, str) else number(one) for one in cells))


SETUP: tuple[Json, ...] = (
    {"addSheet": {"properties": {"sheetId": OTHER, "title": "Other", "gridProperties": {"rowCount": 20}}}},
    {"updateCells": {"start": {"sheetId": 0}, "fields": "*", "rows": [_typed(line) for line in CELLS]}},
    {
        "updateCells": {
            "start": _CORNER,
            "fields": "*",
            "rows": [row(_COLOURED), row(number(4) | {"note": "n"})],
        }
    },
    {
        "updateCells": {
            "start": {"sheetId": OTHER, "rowIndex": 10},
            "fields": "*",
            "rows": [row(text(" b  B"), text("p,q"))],
        }
    },
    {"addNamedRange": {"namedRange": {"namedRangeId": "nr", "name": "Named", "range": grid(0, 2, 0, 2)}}},
    {"addProtectedRange": {"protectedRange": {"protectedRangeId": 11, "range": grid(0, 1, 0, 2)}}},
    {
        "addBanding": {
            "bandedRange": {"bandedRangeId": 12, "range": grid(10, 14, 0, 3), "rowProperties": _BANDS}
        }
    },
    {"addChart": {"chart": {"chartId": 13, "spec": {"title": "C", "basicChart": {}}, "position": _OVER}}},
    {"addSlicer": {"slicer": {"slicerId": 14, "spec": {"dataRange": grid(0, 3, 0, 3)}, "position": _OVER}}},
    {"addFilterView": {"filter": {"filterViewId": 15, "range": grid(0, 4, 0, 4)}}},
    {"setBasicFilter": {"filter": {"range": grid(0, 5, 0, 4), "criteria": {"0": {"hiddenValues": ["z"]}}}}},
    {"addConditionalFormatRule": {"rule": {"ranges": [grid(0, 3, 0, 3)], "booleanRule": _BOLD}}},
    {"addConditionalFormatRule": {"index": 1, "rule": {"ranges": [grid(0, 2, 0, 2)], "booleanRule": _BOLD}}},
    {"addTable": {"table": {"tableId": "tt", "name": "Tab", "range": grid(0, 4, 0, 3, OTHER)}}},
    {"addDimensionGroup": {"range": rows(20, 25)}},
    {
        "createDeveloperMetadata": {
            "developerMetadata": _KEY | {"metadataId": 16, "location": {"spreadsheet": True}}
        }
    },
    {
        "createDeveloperMetadata": {
            "developerMetadata": _KEY | {"metadataId": 17, "location": {"sheetId": OTHER}}
        }
    },
    {
        "createDeveloperMetadata": {
            "developerMetadata": _KEY | {"metadataId": 18, "location": {"dimensionRange": rows(1, 2)}}
        }
    },
    {"mergeCells": {"range": grid(30, 32, 0, 2), "mergeType": "MERGE_ALL"}},
)
_FILTERS: tuple[Json, ...] = ({"developerMetadataLookup": {"metadataKey": "k"}}, {})
EXAMPLES: Mapping[str, tuple[Json, ...]] = {
    "addBanding": (
        {"bandedRange": {"range": grid(1, 4, 1, 4), "rowProperties": _BANDS}},
        {"bandedRange": {"range": grid(1, 4, 1, 4), "rowProperties": {}}},
    ),
    "addChart": ({"chart": {"spec": {}, "position": _OVER}},),
    "addConditionalFormatRule": ({"rule": _RULE},),
    "addDimensionGroup": ({"range": rows(1, 3)},),
    "addFilterView": ({"filter": {"range": grid(1, 4, 1, 4)}}, {"filter": {}}),
    "addNamedRange": ({"namedRange": {"name": "New", "range": grid(1, 4, 1, 4)}},),
    "addProtectedRange": ({"protectedRange": {"range": grid(2, 4, 1, 4)}}, {"protectedRange": {}}),
    "addSheet": ({"properties": {}},),
    "addSlicer": ({"slicer": {"spec": {"dataRange": grid(1, 4, 1, 4)}, "position": _OVER}},),
    "addTable": ({"table": {"range": grid(5, 8, 1, 3, OTHER), "columnProperties": [{"columnName": "c"}]}},),
    "appendCells": ({"rows": [row({})], "fields": "*"}, {"rows": [row(text("z"))], "fields": "*"}),
    "appendDimension": ({"dimension": "ROWS", "length": 2},),
    "autoFill": ({"range": grid(2, 8, 2, 4)}, {"range": grid(2, 8, 4, 5)}, {}),
    "autoResizeDimensions": ({"dimensions": columns(0, 2)},),
    "clearBasicFilter": ({},),
    "copyPaste": ({"source": grid(1, 3, 3, 5), "destination": grid(6, 8, 1, 5)},),
    "createDeveloperMetadata": (
        {"developerMetadata": _KEY | {"location": {"sheetId": 0}}},
        {"developerMetadata": _KEY | {"location": {}}},
    ),
    "cutPaste": (
        {"source": grid(1, 2, 4, 5), "destination": {"sheetId": 0, "rowIndex": 6, "columnIndex": 1}},
    ),
    "deleteBanding": ({"bandedRangeId": 12},),
    "deleteConditionalFormatRule": ({"sheetId": 0},),
    "deleteDeveloperMetadata": tuple({"dataFilter": one} for one in _FILTERS),
    "deleteDimension": ({"range": rows(1, 2)},),
    "deleteDimensionGroup": ({"range": rows(20, 25)},),
    "deleteDuplicates": ({"range": grid(0, 4, 0, 3)},),
    "deleteEmbeddedObject": ({"objectId": 13},),
    "deleteFilterView": ({"filterId": 15},),
    "deleteNamedRange": ({"namedRangeId": "nr"},),
    "deleteProtectedRange": ({"protectedRangeId": 11},),
    "deleteRange": ({"range": grid(1, 2, 0, 1), "shiftDimension": "ROWS"},),
    "deleteSheet": ({"sheetId": OTHER},),
    "deleteTable": ({"tableId": "tt"},),
    "duplicateFilterView": ({"filterId": 15},),
    "duplicateSheet": ({"sourceSheetId": 0},),
    "findReplace": (
        {"find": "2", "replacement": "9", "sheetId": 0},
        {"find": "b", "replacement": "z", "range": grid(0, 4, 0, 2)},
        {"find": "[bz]", "replacement": "z", "sheetId": 0},
        {"find": "b", "replacement": "z"},
    ),
    "insertDimension": ({"range": rows(2, 3)},),
    "insertRange": ({"range": grid(1, 2, 0, 1), "shiftDimension": "ROWS"},),
    "mergeCells": ({"range": grid(10, 12, 4, 6), "mergeType": "MERGE_ALL"},),
    "moveDimension": ({"source": rows(1, 2), "destinationIndex": 4},),
    "pasteData": ({"coordinate": _CORNER, "data": "1;2,<b>x</b>"},),
    "randomizeRange": ({"range": grid(1, 9, 0, 5)},),
    "repeatCell": ({"range": grid(6, 8, 1, 2), "cell": text("r"), "fields": "*"},),
    "setBasicFilter": ({"filter": {"range": grid(1, 4, 1, 5)}}, {"filter": {}}),
    "setDataValidation": (
        {
            "range": grid(1, 5, 1, 4),
            "rule": {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "x"}]}},
        },
    ),
    "sortRange": (
        {"range": grid(1, 4, 0, 5), "sortSpecs": [{"dimensionIndex": 0}]},
        {"range": grid(1, 9, 0, 5), "sortSpecs": [{"dimensionIndex": 4}]},
    ),
    "textToColumns": (
        {"source": grid(0, 4, 3, 4)},
        {"source": grid(0, 4, 3, 4), "delimiterType": "SEMICOLON"},
    ),
    "trimWhitespace": ({"range": grid(1, 4, 0, 2)},),
    "unmergeCells": ({"range": grid(30, 32, 0, 2)},),
    "updateBanding": ({"bandedRange": {"bandedRangeId": 12}},),
    "updateBorders": ({"range": grid(1, 4, 1, 4), **{line: {"style": "DASHED"} for line in _LINES}},),
    "updateCells": ({"start": _CORNER, "rows": [row({})], "fields": "*"}, {"rows": [row({})], "fields": "*"}),
    "updateChartSpec": ({"chartId": 13, "spec": {}},),
    "updateConditionalFormatRule": ({"index": 1, "rule": _RULE}, {"index": 1}),
    "updateDeveloperMetadata": tuple(
        {"dataFilters": [one], "developerMetadata": {"metadataValue": "w"}} for one in _FILTERS
    ),
    "updateDimensionGroup": ({"dimensionGroup": {"range": rows(20, 25), "depth": 1}},),
    "updateDimensionProperties": (
        {"range": rows(1, 2), "properties": {}},
        {"range": rows(1, 2), "properties": {"pixelSize": 50}},
    ),
    "updateEmbeddedObjectBorder": ({"objectId": 13, "border": {}},),
    "updateEmbeddedObjectPosition": ({"objectId": 13, "newPosition": {}, "fields": "*"},),
    "updateFilterView": ({"filter": {"filterViewId": 15}},),
    "updateNamedRange": ({"namedRange": {"namedRangeId": "nr"}},),
    "updateProtectedRange": ({"protectedRange": {"protectedRangeId": 11}},),
    "updateSheetProperties": ({"properties": {"sheetId": 0}}, {"properties": {"sheetId": 0, "title": "T"}}),
    "updateSlicerSpec": ({"slicerId": 14, "spec": {}},),
    "updateSpreadsheetProperties": ({"properties": {}},),
    "updateTable": (
        {"table": {"tableId": "tt"}},
        {"table": {"tableId": "tt", "columnProperties": [{"columnName": "c"}]}},
    ),
}
