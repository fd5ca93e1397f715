"""Every field of every request kind makes a difference, or is refused: nothing is silently ignored.

The fields are those of the discovery document. One request is sent with the field and without it to two equal
workspaces; what comes back and what the spreadsheet holds afterwards must differ, or the answer
is 400 or 501.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from sheets_sync.emulator import discovery
from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.sheets.batch import KINDS
from sheets_sync.emulator.sheets.requestfields import MASKED, NOT_DONE
from tests.conformance.messages import Json, Path, message_of, put, without
from tests.conformance.sheets.book import Book, grid, rows
from tests.conformance.sheets.requestexamples import EXAMPLES, OTHER, SETUP

SCHEMAS: Json = discovery.document("sheets.v4")["schemas"]
WHOLE: Json = {
    "BooleanCondition": {"type": "TEXT_EQ", "values": [{"userEnteredValue": "zz"}]},
    "CellFormat": {"textFormat": {"italic": True}},
    "Color": {"red": 0.6},
    "ColorStyle": {"rgbColor": {"red": 0.6}},
    "DataExecutionStatus": {"state": "FAILED"},
    "DataSourceChartProperties": {"dataSourceId": "x"},
    "DataSourceColumnReference": {"name": "x"},
    "DataSourceFormula": {"dataSourceId": "x"},
    "DataSourceSheetDimensionRange": {"sheetId": 0},
    "DataSourceSheetProperties": {"dataSourceId": "x"},
    "DataSourceTable": {"dataSourceId": "x"},
    "ExtendedValue": {"stringValue": "zz"},
    "TableColumnDataValidationRule": {"condition": {"type": "ONE_OF_LIST"}},
    "TextFormat": {"italic": True},
}
"""Messages that are sent as one: their fields are kept together (`test_a_format_keeps_all_of_it`)."""
SAMPLES: Json = {
    "a1Range": ["A2:B3"],
    "chartId": [3],
    "columnIndex": [2, 1],
    "criteria": [{"2": {"hiddenValues": ["x"]}}],
    "dataSourceId": ["x"],
    "delimiter": [";"],
    "dimension": ["COLUMNS", "ROWS"],
    "endColumnIndex": [3, 2, 5, 1],
    "endIndex": [4, 2, 22],
    "endRowIndex": [3, 9, 31],
    "find": ["A", "9"],
    "lastRefreshTime": ["2022-01-01T00:00:00Z"],
    "locale": ["ru_RU"],
    "locationMatchingStrategy": ["EXACT_LOCATION"],
    "name": ["Renamed"],
    "namedRangeId": ["nr", "other"],
    "range": [],
    "rowIndex": [3, 2],
    "sheetId": [OTHER, 0],
    "startColumnIndex": [0, 2],
    "startIndex": [1, 0, 2, 21],
    "startRowIndex": [0, 2, 31],
    "tableId": ["tt", "other"],
    "timeZone": ["Europe/Moscow"],
    "title": ["New title"],
}
READ_ONLY = frozenset(
    (
        *("dataExecutionStatus", "dataSourceFormula", "dataSourceSheetProperties", "effectiveFormat"),
        *("effectiveValue", "formattedValue", "hiddenByFilter", "hyperlink", "locationType"),
        *("requestingUserCanEdit", "bandedRangeReference", "defaultFormat"),
    )
)
"""What the discovery document calls read-only or output only: ignored where it is written (AIP-203)."""
SAME_ANYWAY: dict[tuple[str, str], str] = {
    ("createDeveloperMetadata", "developerMetadata.location.locationType"): "output only",
    ("updateConditionalFormatRule", "sheetId"): "unused unless newIndex is set",
    ("updateDeveloperMetadata", "developerMetadata.metadataId"): "an item keeps its id",
}


def fields(schema: str, above: tuple[str, ...] = (), before: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every field below a message, messages of WHOLE and recursion aside."""
    for name, spec in SCHEMAS[schema].get("properties", {}).items():
        inner = message_of(spec)
        if inner is None or inner in WHOLE or not SCHEMAS[inner].get("properties"):
            yield (*before, name), spec
        elif inner not in above:
            yield from fields(inner, (*above, schema), (*before, name))


def values(name: str, spec: Json) -> list[Any]:
    if spec.get("type") == "array":
        return [[one] for one in values(name, spec["items"])]
    if "$ref" in spec:
        return [WHOLE.get(spec["$ref"], {})]
    if name in SAMPLES:
        return list(SAMPLES[name])
    if "enum" in spec:
        return [spec["enum"][-1], spec["enum"][1], spec["enum"][-2]]
    plain: Json = {"boolean": [True], "integer": [3, 1], "number": [0.5], "object": [{}]}
    return list(plain.get(spec["type"], ["text"]))


def mask(kind: str, schema: str, path: Path) -> str:
    """The mask that lists a field alone, up to the list that holds it."""
    root = MASKED[kind][0]
    if path[0] != root or (path[-1].endswith("Id") and len(path) == 2):
        return "*"
    names = []
    for name in path:
        names.append(name)
        spec = SCHEMAS[schema]["properties"][name]
        if spec.get("type") == "array" or message_of(spec) is None:
            break
        schema = message_of(spec) or ""
    return ".".join(names[1:])


@cache
def outcome(kind: str, sent: str) -> tuple[int, str]:
    """The status, and everything that can be seen after one request."""
    emulator = Emulator(clock=lambda: datetime(2022, 12, 23, 21, 30, tzinfo=UTC), ids=IdSource(seed=7))

    def call(method: str, path: str, body: Any = None) -> tuple[int, Any]:
        url = f"https://sheets.googleapis.com/v4/spreadsheets{path}"
        given = None if body is None else json.dumps(body)
        response = emulator.handle(request_of(method, url, {}, given))
        return response.status, json.loads(response.body)

    shape = {"title": "Sheet1", "gridProperties": {"rowCount": 40, "columnCount": 12}}
    name = call("POST", "", {"sheets": [{"properties": shape}]})[1]["spreadsheetId"]
    assert call("POST", f"/{name}:batchUpdate", {"requests": SETUP})[0] == 200
    status, answer = call("POST", f"/{name}:batchUpdate", {"requests": [{kind: json.loads(sent)}]})
    seen = [answer, call("GET", f"/{name}?includeGridData=true")[1]]
    emulator.close()
    return status, json.dumps(seen, sort_keys=True)


def differs(kind: str, example: Json, schema: str, path: Path, spec: Json) -> bool:
    """Whether a field makes a difference to an example, or is refused."""
    base = deepcopy(example)
    if kind in MASKED and "fields" not in base and kind != "updateEmbeddedObjectPosition":
        base["fields"] = mask(kind, schema, path)
    lacking = without(base, path)
    plain = outcome(kind, json.dumps(base))
    if lacking is not None and outcome(kind, json.dumps(lacking)) != plain:
        return True
    for value in values(path[-1], spec):
        body = deepcopy(base)
        put(body, "sheets", schema, path, value)
        status, seen = outcome(kind, json.dumps(body))
        assert status in (200, 400, 501)
        if (status, seen) != plain:
            return True
    return False


CHARTS = frozenset(("addChart", "updateChartSpec"))
"""See `test_a_chart_keeps_every_field`."""


@pytest.mark.feature("F60")
@pytest.mark.parametrize("kind", sorted(set(KINDS) - CHARTS))
def test_every_field_of_a_kind_is_done_or_refused(kind: str) -> None:
    schema = SCHEMAS["Request"]["properties"][kind]["$ref"]
    ignored = [
        ".".join(path)
        for path, spec in fields(schema)
        if path[0] != "fields"
        and not READ_ONLY & set(path)
        and (kind, ".".join(path)) not in SAME_ANYWAY
        and not any(differs(kind, example, schema, path, spec) for example in EXAMPLES[kind])
    ]
    assert ignored == []


def filled(schema: str, above: tuple[str, ...] = ()) -> Json:
    """A message with every field set, but for recursion and for what a request may not carry."""
    body: Json = {}
    for name, spec in SCHEMAS[schema]["properties"].items():
        inner = message_of(spec)
        if name in NOT_DONE | READ_ONLY or inner in above or f"{name}Style" in SCHEMAS[schema]["properties"]:
            continue  # of a colour given twice the style wins
        one: Any = values(name, spec)[:1]
        if inner not in (None, "ColorStyle") and SCHEMAS[inner].get("properties"):
            one = [filled(inner, (*above, schema))]
            one = [one] if spec.get("type") == "array" else one
        if one:
            body[name] = one[0]
    return body


def lost(sent: Any, kept: Any, path: str = "") -> list[str]:
    """The paths of what was sent that is not kept; zeros and texts of no meaning are left out by Google."""
    if isinstance(sent, dict):
        held = kept if isinstance(kept, dict) else {}
        return [gone for key, one in sent.items() for gone in lost(one, held.get(key), f"{path}.{key}")]
    if isinstance(sent, list):
        pairs = zip(sent, kept if isinstance(kept, list) else [], strict=False)
        short = [] if isinstance(kept, list) and len(kept) == len(sent) else [path]
        return [*short, *(gone for one, two in pairs for gone in lost(one, two, path))]
    if isinstance(sent, float):
        return [] if isinstance(kept, int | float) and abs(kept - sent) < 0.01 else [path]
    return [] if sent == kept or sent in (0, False, "") else [path]


CHART_KINDS = sorted(name for name in SCHEMAS["ChartSpec"]["properties"] if name.endswith("Chart"))


@pytest.mark.feature("F60")
@pytest.mark.parametrize("kind", CHART_KINDS)
def test_a_chart_keeps_every_field(book: Book, kind: str) -> None:
    spec = {k: v for k, v in filled("ChartSpec").items() if not k.endswith("Chart") or k == kind}
    position = {"overlayPosition": {"anchorCell": {"sheetId": 0}}}
    made = book.reply({"addChart": {"chart": {"spec": spec, "position": position}}})["addChart"]["chart"]
    assert lost(spec, made["spec"]) == []
    changed = {**spec, "title": "Another"}
    book.batch({"updateChartSpec": {"chartId": made["chartId"], "spec": changed}})
    assert lost(changed, book.sheet("charts")["charts"][0]["spec"]) == []


@pytest.mark.feature("F60")
def test_a_format_keeps_all_of_it_and_a_mask_changes_one_field_of_it(book: Book) -> None:
    given = filled("CellFormat")
    book.batch(
        {"repeatCell": {"range": grid(0, 1, 0, 1), "cell": {"userEnteredFormat": given}, "fields": "*"}}
    )
    assert lost(given, book.cells("A1", "userEnteredFormat")[0][0]["userEnteredFormat"]) == []
    for path, spec in fields("CellFormat"):
        inner: Json = {}
        put(inner, "sheets", "CellFormat", path, values(path[-1], spec)[0])
        change = {"cell": {"userEnteredFormat": inner}, "fields": f"userEnteredFormat.{'.'.join(path)}"}
        book.batch({"repeatCell": {"range": grid(1, 2, 0, 1), **change}})
        assert lost(inner, book.cells("A2", "userEnteredFormat")[0][0]["userEnteredFormat"]) == [], path


NAMED: dict[str, Json] = {
    "dataSourceColumnReference": {
        "sortRange": {"range": grid(0, 2, 0, 2), "sortSpecs": [{"dataSourceColumnReference": {"name": "x"}}]}
    },
    "dataSourceTable": {
        "repeatCell": {"range": grid(0, 1, 0, 1), "cell": {"dataSourceTable": {}}, "fields": "*"}
    },
    "dataSourceSheetDimensions": {"autoResizeDimensions": {"dataSourceSheetDimensions": {"sheetId": 0}}},
    "dataSourceSheetRange": {
        "updateDimensionProperties": {"dataSourceSheetRange": {"sheetId": 0}, "fields": "*"}
    },
    "dataSourceChartProperties": {
        "updateChartSpec": {"chartId": 1, "spec": {"dataSourceChartProperties": {}}}
    },
    "developerMetadata": {
        "updateDimensionProperties": {
            "range": rows(0, 1),
            "properties": {"developerMetadata": [{"metadataKey": "k"}]},
            "fields": "developerMetadata",
        }
    },
    "sheetType DATA_SOURCE": {"addSheet": {"properties": {"sheetType": "DATA_SOURCE"}}},
}


@pytest.mark.feature("F60")
@pytest.mark.parametrize("name", NAMED)
def test_what_is_not_done_is_refused_by_its_name(book: Book, name: str) -> None:
    said = book.refused(NAMED[name])
    assert said.startswith("501 ") and name in said


@pytest.mark.feature("F60")
@pytest.mark.parametrize("kind", sorted(MASKED))
def test_a_mask_that_names_no_field_of_the_schema_is_refused(book: Book, kind: str) -> None:
    """Source: google.protobuf.FieldMask (a path must be of the message); the text is assumed."""
    said = book.refused({kind: {"fields": "nonsense"}})
    assert said == f"400 Invalid requests[0].{kind}: Invalid field: nonsense"


@pytest.mark.feature("F60")
def test_two_members_of_a_union_are_refused(book: Book) -> None:
    """Source: REST reference of batchUpdate ("Union field … can be only one of the following")."""
    both = {"findReplace": {"find": "a", "sheetId": 0, "allSheets": True}}
    assert book.refused(both) == (
        "400 Invalid value at 'requests[0].find_replace' (oneof), "
        "oneof field 'scope' is already set. Cannot set 'allSheets'"
    )
    assert book.refused({"deleteSheet": {"sheetId": 0}, "addSheet": {}}) == (
        "400 Invalid value at 'requests[0]' (oneof), oneof field 'kind' is already set. Cannot set 'addSheet'"
    )


@pytest.mark.feature("F60")
def test_a_mask_of_what_cannot_be_set_changes_nothing_else(book: Book) -> None:
    """A mask of read-only fields had once emptied the whole object."""
    given = {"protectedRangeId": 7, "range": grid(0, 1, 0, 1), "description": "d"}
    book.batch({"addProtectedRange": {"protectedRange": given}})
    before = book.sheet("protectedRanges")
    change = {"protectedRangeId": 7, "requestingUserCanEdit": True}
    book.batch({"updateProtectedRange": {"protectedRange": change, "fields": "requestingUserCanEdit"}})
    assert book.sheet("protectedRanges") == before


SOURCE: Json = {"source": grid(0, 4, 0, 3)}
UP = {"sourceColumnOffset": 0, "sortOrder": "ASCENDING"}
SUM = {"sourceColumnOffset": 2, "summarizeFunction": "SUM"}
PIVOTS: list[tuple[Json, str]] = [
    ({}, "At least one source data must be specified"),
    ({**SOURCE, "rows": [{"sourceColumnOffset": 0}]}, "No sort order specified."),
    ({**SOURCE, "values": [{"sourceColumnOffset": 0}]}, "No PivotValue.summarizeFunction specified."),
    (
        {**SOURCE, "values": [{"formula": "=1", "summarizeFunction": "AVERAGE"}]},
        'Invalid summarizeFunction: AVERAGE. Only "CUSTOM" or "SUM" are valid if '
        "PivotValue.calculatedField is set.",
    ),
    (
        {**SOURCE, "values": [{"sourceColumnOffset": 0, "summarizeFunction": "CUSTOM"}]},
        '"CUSTOM" may not be used in PivotValue.summarizeFunction unless PivotValue.calculatedField is set.',
    ),
    (
        {**SOURCE, "rows": [UP | {"groupRule": {"histogramRule": {}}}]},
        "Histogram group rules require a positive value for interval.",
    ),
    (
        {**SOURCE, "rows": [UP | {"groupRule": {"histogramRule": {"interval": 1, "start": 5, "end": 5}}}]},
        "Start must be less than end.",
    ),
    (
        {**SOURCE, "filterSpecs": [{"filterCriteria": {"condition": {"type": "ONE_OF_LIST"}}}]},
        "ConditionType 'ONE_OF_LIST' is not supported in filters.",
    ),
]


@pytest.mark.feature("F60")
@pytest.mark.parametrize(("pivot", "said"), PIVOTS, ids=[said[:40] for _, said in PIVOTS])
def test_a_pivot_table_that_google_refuses_is_refused_in_its_words(
    book: Book, pivot: Json, said: str
) -> None:
    """Source: Google's answers, quoted by a project that asked it in October 2026."""
    given = {"start": {"sheetId": 0}, "rows": [{"values": [{"pivotTable": pivot}]}], "fields": "pivotTable"}
    if not pivot:
        given["rows"] = [{"values": [{"pivotTable": {"rows": [UP]}}]}]
    assert book.refused({"updateCells": given}) == f"400 Invalid requests[0].updateCells: {said}"


@pytest.mark.feature("F60")
def test_a_pivot_table_is_kept_and_its_filters_are_read_both_ways(book: Book) -> None:
    criteria = {"visibleValues": ["a"]}
    pivot = {**SOURCE, "rows": [UP], "values": [SUM], "criteria": {"1": criteria}}
    given = {"start": {"sheetId": 0}, "rows": [{"values": [{"pivotTable": pivot}]}], "fields": "pivotTable"}
    book.batch({"updateCells": given})
    kept = book.cells("A1", "pivotTable")[0][0]["pivotTable"]
    assert lost(pivot, kept) == []
    assert kept["filterSpecs"] == [{"columnOffsetIndex": 1, "filterCriteria": criteria}]
