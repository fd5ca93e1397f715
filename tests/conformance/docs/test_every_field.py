"""Every field of every request kind makes a difference, or is refused: nothing is silently ignored.

The fields are those of the discovery document. One request is sent with the field and without it to two equal
documents; the answer and what documents.get gives afterwards must differ, or the answer is 400 or 501. What
a mask leads to is checked for itself: the value that was sent must stand in the document afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.docs.batch import KINDS
from tests.conformance.discovery import document
from tests.conformance.docs.conftest import Doc
from tests.conformance.docs.requestexamples import EXAMPLES, FIRST, SECOND, SETUP, TABLE
from tests.conformance.messages import Json, Path, message_of, put, without

SCHEMAS: Json = document("docs")["schemas"]
UNIONS: dict[str, tuple[frozenset[str], ...]] = {
    "deleteNamedRange": (frozenset(("name", "namedRangeId")),),
    "replaceNamedRangeContent": (frozenset(("namedRangeName", "namedRangeId")),),
    "updateTableCellStyle": (frozenset(("tableRange", "tableStartLocation")),),
    **{
        kind: (frozenset(("location", "endOfSegmentLocation")),)
        for kind in KINDS
        if "endOfSegmentLocation" in SCHEMAS[SCHEMAS["Request"]["properties"][kind]["$ref"]]["properties"]
    },
}
MASKED = {
    "updateDocumentStyle": "documentStyle",
    "updateDocumentTabProperties": "tabProperties",
    "updateNamedStyle": "namedStyle",
    "updateParagraphStyle": "paragraphStyle",
    "updateSectionStyle": "sectionStyle",
    "updateTableCellStyle": "tableCellStyle",
    "updateTableColumnProperties": "tableColumnProperties",
    "updateTableRowStyle": "tableRowStyle",
    "updateTextStyle": "textStyle",
}
READ_ONLY: dict[str, frozenset[str]] = {
    "DateElementProperties": frozenset(("displayText",)),
    "DocumentStyle": frozenset(
        (
            *(f"{w}{k}Id" for w in ("default", "evenPage", "firstPage") for k in ("Header", "Footer")),
            "useCustomHeaderFooterMargins",
        )
    ),
    "ParagraphStyle": frozenset(("headingId", "tabStops")),
    "SectionColumnProperties": frozenset(("width",)),
    "SectionStyle": frozenset(
        (
            *(f"{w}{k}Id" for w in ("default", "evenPage", "firstPage") for k in ("Header", "Footer")),
            "sectionType",
        )
    ),
    "TabProperties": frozenset(("nestingLevel",)),
    "TableCellStyle": frozenset(("rowSpan", "columnSpan")),
}
"""What the discovery document calls read-only or output only."""
SAMPLES: Json = {
    "bulletPreset": ["BULLET_CHECKBOX"],
    "columnIndex": [1, 9],
    "columnSpan": [3, 1],
    "endIndex": [10, 4],
    "index": [2, 1, 5],
    "rowIndex": [1, 9],
    "rowSpan": [3, 1],
    "startIndex": [3, 1],
    "tabId": [SECOND, FIRST],
    "tabIds": [SECOND],
    "timestamp": ["2022-01-01T00:00:00Z"],
    "timeZoneId": ["Asia/Tokyo"],
    "uri": ["https://example.org/other.png"],
}
SAME_ANYWAY = {
    ("replaceImage", "imageReplaceMethod"): "there is one method, and the picture's size is always kept",
}


def fields(schema: str, before: Path = ()) -> Iterator[tuple[Path, Json]]:
    """Every field below a message that may be written."""
    for name, spec in SCHEMAS[schema].get("properties", {}).items():
        if name in READ_ONLY.get(schema, ()):
            continue
        inner = message_of(spec)
        if inner is None:
            yield (*before, name), spec
        else:
            yield from fields(inner, (*before, name))


def values(name: str, spec: Json) -> list[Any]:
    if spec.get("type") == "array":
        return [[one] for one in values(name, spec["items"])]
    if name in SAMPLES:
        return list(SAMPLES[name])
    if "enum" in spec:
        return [spec["enum"][-1], spec["enum"][1]]
    plain: Json = {"boolean": [True, False], "integer": [2, 1], "number": [0.5]}
    return list(plain.get(spec["type"], ["text"]))


class Workspace:
    """A workspace of its own with one document, which has one of everything in either of two tabs."""

    def __init__(self) -> None:
        self.emulator = Emulator(clock=lambda: datetime(2022, 9, 20, 1, tzinfo=UTC), ids=IdSource(seed=7))
        self.names: dict[str, str] = {}
        self.id = self.call("POST", "", {"title": "Проба"})[1]["documentId"]

    def call(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        given = None if body is None else json.dumps(body)
        url = f"https://docs.googleapis.com/v1/documents{path}"
        response = self.emulator.handle(request_of(method, url, {}, given))
        return response.status, json.loads(response.body)

    def batch(self, *requests: Json) -> tuple[int, Any]:
        written = json.dumps(requests).replace("DOCUMENT", self.id)
        for name, known in self.names.items():
            written = written.replace(f'"{name}"', json.dumps(known))
        return self.call("POST", f"/{self.id}:batchUpdate", {"requests": json.loads(written)})

    def get(self) -> Json:
        shown: Json = self.call("GET", f"/{self.id}?includeTabsContent=true")[1]
        del shown["revisionId"]
        return shown

    def fill(self) -> None:
        """Put text, a table, a header, a footer, a footnote, an image and a named range in both tabs."""
        self.names[FIRST] = self.get()["tabs"][0]["tabProperties"]["tabId"]
        status, answer = self.batch({"addDocumentTab": {"tabProperties": {"title": "Вторая"}}})
        assert status == 200
        self.names[SECOND] = answer["replies"][0]["addDocumentTab"]["tabProperties"]["tabId"]
        for number, tab in enumerate((FIRST, SECOND), start=1):
            for request, name in _content(tab):
                status, answer = self.batch(request)
                assert status == 200, (request, answer)
                if name:
                    ((made,),) = (reply.values() for reply in answer["replies"])
                    self.names[f"{name}{number}"] = next(iter(made.values()))
            for segment in ("header", "footer", "footnote"):
                where = {"index": 0, "tabId": tab, "segmentId": f"{segment}{number}"}
                assert self.batch({"insertText": {"location": where, "text": "раз два три раз"}})[0] == 200
        assert next(e["startIndex"] for e in self.body() if "table" in e) == TABLE["index"]

    def body(self) -> list[Json]:
        content: list[Json] = self.get()["tabs"][0]["documentTab"]["body"]["content"]
        return content


def _content(tab: str) -> Iterator[tuple[Json, str]]:
    def at(index: int) -> Json:
        return {"location": {"index": index, "tabId": tab}}

    span = {"startIndex": 1, "endIndex": 4, "tabId": tab}
    yield {"insertText": {**at(1), "text": "раз два\nтри раз\n"}}, ""
    yield {"createFootnote": at(4)}, "footnote"
    yield {"insertInlineImage": {**at(5), "uri": "https://example.org/a.png"}}, "image"
    yield {"insertSectionBreak": {**at(18), "sectionType": "CONTINUOUS"}}, ""
    yield {"insertTable": {"rows": 3, "columns": 3, **at(20)}}, ""
    for cell in range(9):
        yield {"insertText": {**at(24 + cell // 3 + 3 * cell), "text": str(cell)}}, ""
    yield {"createHeader": {"type": "DEFAULT", "sectionBreakLocation": {"index": 0, "tabId": tab}}}, "header"
    yield {"createFooter": {"type": "DEFAULT", "sectionBreakLocation": {"index": 0, "tabId": tab}}}, "footer"
    yield {"createNamedRange": {"name": "место", "range": span}}, "place"


@cache
def outcome(kind: str, sent: str) -> tuple[int, str]:
    """The status, and everything that can be seen after one request."""
    workspace = Workspace()
    workspace.fill()
    assert not SETUP.get(kind) or workspace.batch(*SETUP[kind])[0] == 200
    status, answer = workspace.batch({kind: json.loads(sent)})
    answer.pop("writeControl", None)
    seen = json.dumps([answer, workspace.get()], sort_keys=True, ensure_ascii=False)
    workspace.emulator.close()
    return status, seen


def differs(kind: str, example: Json, schema: str, path: Path, spec: Json) -> bool:
    """Whether a field makes a difference to an example, or is refused."""
    plain = outcome(kind, json.dumps(example))
    lacking = without(example, path)
    if lacking is not None and outcome(kind, json.dumps(lacking)) != plain:
        return True
    for value in values(path[-1], spec):
        body = deepcopy(example)
        put(body, "docs", schema, path, value)
        status, seen = outcome(kind, json.dumps(body))
        assert status in (200, 400, 501)
        if status != 200 or (status, seen) != plain:
            return True
    return False


def fits(kind: str, example: Json, path: Path) -> bool:
    """Whether a field can be added to an example that may have another member of its union."""
    return not any(path[0] in union and set(example) & union - {path[0]} for union in UNIONS.get(kind, ()))


@pytest.mark.feature("F60")
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_a_kind_is_done_or_refused(kind: str) -> None:
    schema = SCHEMAS["Request"]["properties"][kind]["$ref"]
    for example in EXAMPLES[kind]:
        assert outcome(kind, json.dumps(example))[0] == (400 if kind == "deletePositionedObject" else 200)
    ignored = [
        ".".join(path)
        for path, spec in fields(schema)
        if path[0] not in ("fields", MASKED.get(kind))
        and (kind, ".".join(path)) not in SAME_ANYWAY
        and not any(
            differs(kind, example, schema, path, spec)
            for example in EXAMPLES[kind]
            if fits(kind, example, path)
        )
    ]
    assert ignored == []


def filled(schema: str, *, second: bool = False) -> Json:
    """A message with every field set that may be, in one of two ways; of a link's targets the address."""
    if schema == "Dimension":
        return {"magnitude": 31 if second else 17, "unit": "PT"}
    if schema == "Link":
        return {"url": f"https://example.org/{second}"}
    if schema == "WeightedFontFamily":
        return {"fontFamily": "PT Serif" if second else "PT Sans", "weight": 700 if second else 300}
    body: Json = {}
    for name, spec in SCHEMAS[schema]["properties"].items():
        if name in READ_ONLY.get(schema, ()):
            continue
        inner = message_of(spec)
        one: Any
        if inner is not None:
            one = filled(inner, second=second)
        elif "enum" in spec:
            one = spec["enum"][-1 if second else -2]
        else:
            one = {"boolean": not second, "integer": 4 + second, "number": 0.25 + 0.5 * second}.get(
                spec["type"], f"x{int(second)}"
            )
        body[name] = [one] if spec.get("type") == "array" else one
    return body


STYLES: dict[str, tuple[str, Json, Path]] = {
    "updateDocumentStyle": ("DocumentStyle", {}, ("documentStyle",)),
    "updateParagraphStyle": (
        "ParagraphStyle",
        {"range": {"startIndex": 12, "endIndex": 13}},
        ("body", "content", "2", "paragraph", "paragraphStyle"),
    ),
    "updateSectionStyle": (
        "SectionStyle",
        {"range": {"startIndex": 2, "endIndex": 3}},
        ("body", "content", "0", "sectionBreak", "sectionStyle"),
    ),
    "updateTableCellStyle": (
        "TableCellStyle",
        {"tableStartLocation": TABLE},
        ("body", "content", "5", "table", "tableRows", "1", "tableCells", "1", "tableCellStyle"),
    ),
    "updateTableColumnProperties": (
        "TableColumnProperties",
        {"tableStartLocation": TABLE, "columnIndices": [1]},
        ("body", "content", "5", "table", "tableStyle", "tableColumnProperties", "1"),
    ),
    "updateTableRowStyle": (
        "TableRowStyle",
        {"tableStartLocation": TABLE, "rowIndices": [1]},
        ("body", "content", "5", "table", "tableRows", "1", "tableRowStyle"),
    ),
    "updateTextStyle": (
        "TextStyle",
        {"range": {"startIndex": 11, "endIndex": 12}},
        ("body", "content", "2", "paragraph", "elements", "0", "textRun", "textStyle"),
    ),
    "updateNamedStyle TextStyle": ("TextStyle", {}, ("namedStyles", "styles", "7", "textStyle")),
    "updateNamedStyle ParagraphStyle": (
        "ParagraphStyle",
        {},
        ("namedStyles", "styles", "7", "paragraphStyle"),
    ),
}
"""By a kind: the message of its style, where it acts, and where documents.get shows the style."""


def styled(workspace: Workspace, case: str, style: Json, mask: str) -> tuple[int, Json]:
    """The status of an update, and the style that the document then has."""
    kind, _, part = case.partition(" ")
    _, where, path = STYLES[case]
    given, names = style, mask
    if part:
        inner = part[0].lower() + part[1:]
        given = {"namedStyleType": "TITLE", inner: style}
        names = f"namedStyleType,{inner}.{mask}"
    status, _ = workspace.batch({kind: {**where, MASKED[kind]: given, "fields": names}})
    node: Any = workspace.get()["tabs"][0]["documentTab"]
    for step in path:
        node = node[int(step)] if isinstance(node, list) else node.get(step, {})
    return status, node


def paths(body: Json, before: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every path of a mask that leads to something in a body, with what is there."""
    for name, value in body.items():
        yield (*before, name), value
        if isinstance(value, dict):
            yield from paths(value, (*before, name))


def at(style: Json, path: Path) -> Any:
    node: Any = style
    for step in path:
        node = node.get(step) if isinstance(node, dict) else None
    return node


def same(sent: Any, kept: Any) -> bool:
    """Whether a value is kept; what equals the parent's, false or none, may be left out."""
    if isinstance(sent, dict):
        return isinstance(kept, dict) and all(same(one, kept.get(name)) for name, one in sent.items())
    return bool(sent == kept or (sent in (False, "NONE") and kept is None))


@pytest.mark.feature("F60")
@pytest.mark.parametrize("case", STYLES)
def test_each_mask_alone_sets_its_field_as_it_was_sent(case: str) -> None:
    """Each path is set twice to different values, so that what stood there before cannot pass for it."""
    workspace = Workspace()
    workspace.fill()
    first, second = (filled(STYLES[case][0], second=way) for way in (False, True))
    for path, _ in paths(first):
        for style in (first, second):
            given = style
            if path[0] == "width" and "Column" in case:
                given = {"width": style["width"]}
            top = {path[0]: given[path[0]]}
            status, kept = styled(workspace, case, top, ".".join(path))
            assert status == 200, path
            assert same(at(given, path), at(kept, path)), path
    workspace.emulator.close()


@pytest.mark.feature("F60")
@pytest.mark.parametrize("case", STYLES)
def test_a_mask_of_what_cannot_be_set_is_refused(case: str) -> None:
    """Source: the fields that the discovery document calls read-only, and google.protobuf.FieldMask."""
    workspace = Workspace()
    workspace.fill()
    message = STYLES[case][0]
    wrong = [*READ_ONLY.get(message, ()), "nonsense"]
    wrong += [f"{name}.nonsense" for name in SCHEMAS[message]["properties"]]
    for mask in wrong:
        assert styled(workspace, case, {}, mask)[0] == 400, mask
    workspace.emulator.close()


@pytest.mark.feature("F60")
@pytest.mark.parametrize(
    ("kind", "second", "body"),
    [
        ("insertText", "endOfSegmentLocation", {"text": "а", "location": {"index": 1}}),
        ("deleteNamedRange", "name", {"namedRangeId": "kix.a"}),
        ("replaceNamedRangeContent", "namedRangeName", {"namedRangeId": "kix.a"}),
        ("updateTableCellStyle", "tableStartLocation", {"tableRange": {}, "fields": "*"}),
    ],
)
def test_two_members_of_a_union_are_refused(doc: Doc, kind: str, second: str, body: Json) -> None:
    """Source: REST reference of batchUpdate ("Union field … can be only one of the following")."""
    other: Any = {} if second.endswith("Location") else "место"
    code, text = doc.refused({kind: {**body, second: other}})
    assert code == 400
    assert "(oneof)" in text and text.endswith(f"Cannot set '{second}'")


@pytest.mark.feature("F60")
def test_what_is_not_done_is_refused_by_its_name(doc: Doc) -> None:
    code, text = doc.refused({"addDocumentTab": {"tabProperties": {"tabId": "t.mine"}}})
    assert (code, "addDocumentTab.tabProperties.tabId" in text) == (501, True)
    uri = f"https://docs.google.com/document/d/{doc.id}/edit"
    for name in ("title", "mimeType"):
        link = {"richLinkProperties": {"uri": uri, name: "иное"}, "location": {"index": 1}}
        code, text = doc.refused({"insertRichLink": link})
        assert (code, f"insertRichLink.richLinkProperties.{name}" in text) == (501, True)


@pytest.mark.feature("F60")
def test_values_that_may_not_be_sent_are_refused(doc: Doc) -> None:
    """Source: the enumDescriptions of DATE_FORMAT_CUSTOM and IMAGE_REPLACE_METHOD_UNSPECIFIED."""
    date = {"timestamp": "1970-01-01T05:00:00Z", "dateFormat": "DATE_FORMAT_CUSTOM"}
    place = {"location": {"index": 1}}
    assert doc.refused({"insertDate": {"dateElementProperties": date, **place}})[0] == 400
    uri = "https://example.org/a.png"
    made = doc.batch({"insertInlineImage": {"uri": uri, **place}})["replies"][0]["insertInlineImage"]
    change = {"uri": uri, "imageObjectId": made["objectId"]}
    unspecified = "IMAGE_REPLACE_METHOD_UNSPECIFIED"
    assert doc.refused({"replaceImage": {**change, "imageReplaceMethod": unspecified}})[0] == 400
