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
from tests.conformance.docs.conftest import Doc, insert, span
from tests.conformance.docs.requestexamples import DROPDOWNS, EXAMPLES, FIRST, SECOND, SETUP, TABLE
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
    "DropdownDefinition": frozenset(
        ("suggestedDeletionId", "suggestedDropdownDefinitionPropertiesChanges", "suggestedInsertionId")
    ),
    "DropdownProperties": frozenset(("displayValue",)),
    "ParagraphStyle": frozenset(("headingId", "tabStops")),
    "Post": frozenset(
        (
            *("author", "contentHtml", "createTime", "deleted", "fromCopiedDocument"),
            *("fromDocumentComparison", "fromImportedDocument", "postId", "suggestionAction", "updateTime"),
        )
    ),
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
        views = "suggestionsViewMode=SUGGESTIONS_INLINE&commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED"
        shown: Json = self.call("GET", f"/{self.id}?includeTabsContent=true&{views}")[1]
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
            for request in DROPDOWNS:
                assert self.batch({"createDropdownDefinition": {**request, "tabId": tab}})[0] == 200
        self.comment()
        chip = {"dropdownDefinitionId": "kix.pick", "selectedOptionId": "dropdownItem.b2"}
        answer = self.batch({"insertDropdown": {**chip, "endOfSegmentLocation": {}}})[1]
        self.names["chip1"] = answer["replies"][0]["insertDropdown"]["dropdown"]["dropdownId"]
        assert next(e["startIndex"] for e in self.body() if "table" in e) == TABLE["index"]

    def comment(self) -> None:
        """Put a comment that is assigned to somebody, and a reply to it, in the first tab."""
        asked = {"content": "Кто?", "assigneeEmailAddress": "a@school.example", "range": span(1, 4)}
        made = self.batch({"insertComment": asked})[1]["replies"][0]["insertComment"]["commentThread"]
        self.names["comment1"] = made["commentId"]
        reply = {"commentId": made["commentId"], "post": {"content": "Я"}}
        made = self.batch({"addCommentReply": reply})[1]["replies"][0]["addCommentReply"]["post"]
        self.names["reply1"] = made["postId"]

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
    if isinstance(sent, list):
        return isinstance(kept, list) and all(map(same, sent, kept)) and len(sent) == len(kept)
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
            if len(path) > 1 and path[0].startswith("border") and "Paragraph" in case:
                assert status == 400, path  # "Paragraph borders cannot be partially updated"
                continue
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


UNSET: Json = {
    "ParagraphStyle.namedStyleType": "NORMAL_TEXT",
    "ParagraphStyle.direction": "LEFT_TO_RIGHT",
    "SectionStyle.columnSeparatorStyle": 400,
    "SectionStyle.contentDirection": 400,
    "TableColumnProperties.widthType": "EVENLY_DISTRIBUTED",
}
"""What a style's enum comes to when it is unset: nothing at all, unless the discovery document says more."""


def enums(message: str) -> Iterator[str]:
    for name, spec in SCHEMAS[message]["properties"].items():
        if "enum" in spec and name not in READ_ONLY.get(message, ()):
            yield name


@pytest.mark.feature("F60")
@pytest.mark.parametrize("case", STYLES)
def test_an_unspecified_value_of_a_style_is_the_same_as_none(case: str) -> None:
    """Source: the enumDescriptions ("inherited from the parent"), and that it is the enum's zero (proto3)."""
    workspace = Workspace()
    workspace.fill()
    message = STYLES[case][0]
    for name in enums(message):
        choices = SCHEMAS[message]["properties"][name]["enum"]
        assert choices[0].endswith("_UNSPECIFIED")
        assert styled(workspace, case, {name: choices[-1]}, name)[1].get(name) == choices[-1]
        status, kept = styled(workspace, case, {name: choices[0]}, name)
        expected = UNSET.get(f"{message}.{name}")
        assert (status if expected == 400 else kept.get(name)) == expected, name
    workspace.emulator.close()


@pytest.mark.feature("F60")
def test_an_unspecified_value_of_a_request_is_refused_or_the_default(doc: Doc) -> None:
    """Source: the enumDescriptions and the fields' texts (the date's formats have defaults)."""
    doc.batch(insert("раз"))
    place = {"location": {"index": 1}}
    assert doc.refused({"insertSectionBreak": {**place, "sectionType": "SECTION_TYPE_UNSPECIFIED"}})[0] == 400
    bullets = {"range": span(1, 2), "bulletPreset": "BULLET_GLYPH_PRESET_UNSPECIFIED"}
    assert doc.refused({"createParagraphBullets": bullets})[0] == 400
    for kind in ("createHeader", "createFooter"):
        assert doc.refused({kind: {"type": "HEADER_FOOTER_TYPE_UNSPECIFIED"}})[0] == 400
    formats = {"dateFormat": "DATE_FORMAT_UNSPECIFIED", "timeFormat": "TIME_FORMAT_UNSPECIFIED"}
    date = {"timestamp": "1970-01-01T05:00:00Z", **formats}
    doc.batch({"insertDate": {"dateElementProperties": date, **place}})
    shown = doc.content()[1]["paragraph"]["elements"][0]["dateElement"]["dateElementProperties"]
    assert shown["displayText"] == "Jan 1, 1970"
    named = {"namedStyleType": "NAMED_STYLE_TYPE_UNSPECIFIED", "textStyle": {"bold": True}}
    assert doc.refused({"updateNamedStyle": {"namedStyle": named, "fields": "*"}})[0] == 400
    cell = {"tableCellStyle": {"contentAlignment": "CONTENT_ALIGNMENT_UNSUPPORTED"}, "fields": "*"}
    doc.batch({"insertTable": {"rows": 1, "columns": 1, **place}})
    assert doc.refused({"updateTableCellStyle": {**cell, "tableStartLocation": {"index": 2}}})[0] == 400
    doc.batch(insert("б"), writeMode="WRITE_MODE_UNSPECIFIED")


def section(doc: Doc, columns: list[Json], **more: Any) -> Json:
    style = {"columnProperties": columns, **more}
    change = {"range": span(1, 2), "sectionStyle": style, "fields": ",".join(style)}
    doc.batch({"updateSectionStyle": change})
    shown: Json = doc.content()[0]["sectionBreak"]["sectionStyle"]
    return shown


@pytest.mark.feature("F60")
def test_the_width_of_a_column_is_shown_and_cannot_be_set(doc: Doc) -> None:
    """Source: SectionColumnProperties.width (output only); the page is 612 points wide with margins of 72."""
    gap = {"magnitude": 36, "unit": "PT"}
    shown = section(doc, [{"paddingEnd": gap, "width": {"magnitude": 5, "unit": "PT"}}, {}])
    assert [column["width"]["magnitude"] for column in shown["columnProperties"]] == [216, 216]
    margin = {"magnitude": 12, "unit": "PT"}
    shown = section(doc, [{"paddingEnd": gap}, {}], marginLeft=margin)
    assert [column["width"]["magnitude"] for column in shown["columnProperties"]] == [246, 246]
    too_many: list[Json] = [{}, {}, {}, {}]
    for wrong in (too_many, []):
        change = {"sectionStyle": {"columnProperties": wrong}, "fields": "columnProperties"}
        assert doc.refused({"updateSectionStyle": {"range": span(1, 2), **change}})[0] == 400


@pytest.mark.feature("F60")
def test_a_named_style_is_set_and_reset_as_a_whole(doc: Doc) -> None:
    """Source: UpdateNamedStyleRequest.fields, with both of its examples."""

    def change(fields: str, kind: str = "TITLE", **style: Any) -> Json:
        named = {"namedStyleType": kind, **style}
        doc.batch({"updateNamedStyle": {"namedStyle": named, "fields": f"named_style_type,{fields}"}})
        styles = doc.get()["namedStyles"]["styles"]
        found: Json = next(one for one in styles if one["namedStyleType"] == kind)
        return found

    size = {"magnitude": 26, "unit": "PT"}
    assert change("text_style,text_style.bold", textStyle={"bold": True})["textStyle"] == {
        "bold": True,
        "fontSize": size,
    }
    centred = change("paragraph_style,paragraph_style.alignment", paragraphStyle={"alignment": "CENTER"})
    assert centred["paragraphStyle"]["alignment"] == "CENTER"
    assert centred["paragraphStyle"]["spaceBelow"] == {"magnitude": 3, "unit": "PT"}
    assert change("textStyle", textStyle={"italic": True})["textStyle"] == {"italic": True}
    assert change("textStyle", textStyle={})["textStyle"] == {}
    reset = change("paragraphStyle", paragraphStyle={})["paragraphStyle"]
    assert not {"alignment", "spaceBelow"} & reset.keys()
    normal = change("textStyle", "NORMAL_TEXT", textStyle={"bold": True})["textStyle"]
    assert (normal["bold"], normal["fontSize"]["magnitude"]) == (True, 11)
    assert change("textStyle.bold", "NORMAL_TEXT")["textStyle"]["bold"] is False


def linked(doc: Doc, link: Json | None, fields: str, place: Json | None = None) -> Any:
    style = {} if link is None else {"link": link}
    change = {"range": place or span(1, 4), "textStyle": style, "fields": fields}
    doc.batch({"updateTextStyle": change})
    return doc.content()[1]["paragraph"]["elements"][0]["textRun"]["textStyle"].get("link")


@pytest.mark.feature("F60")
def test_a_link_has_one_target_whatever_the_mask(doc: Doc) -> None:
    """Source: Link (a union), and what it says of its legacy fields: a document of one tab answers those."""
    doc.batch(insert("раз два"))
    url = {"url": "https://school.example/"}
    assert linked(doc, url, "link.url") == url
    assert linked(doc, {"headingId": "h.a"}, "link.headingId") == {"headingId": "h.a"}
    assert linked(doc, {"heading": {"id": "h.b"}}, "link.heading.id") == {"headingId": "h.b"}
    assert linked(doc, {"bookmark": {"id": "b", "tabId": "t.0"}}, "link.bookmark") == {"bookmarkId": "b"}
    other = {"heading": {"id": "h.b", "tabId": "t.other"}}
    assert linked(doc, other, "link.heading.id,link.heading.tabId") == other
    assert linked(doc, {"tabId": "t.0"}, "link.tabId") == {"tabId": "t.0"}
    assert linked(doc, url, "link.tabId") is None
    linked(doc, {"headingId": "h.a"}, "link")
    tab = doc.get(includeTabsContent=True)["tabs"][0]["documentTab"]["body"]["content"][1]["paragraph"]
    assert tab["elements"][0]["textRun"]["textStyle"]["link"] == {"heading": {"id": "h.a", "tabId": "t.0"}}
    doc.batch({"addDocumentTab": {}})
    assert linked(doc, {"headingId": "h.a"}, "link") == {"heading": {"id": "h.a", "tabId": "t.0"}}
    assert linked(doc, None, "link.headingId") is None


@pytest.mark.feature("F60")
def test_a_border_of_a_paragraph_is_set_whole_and_one_of_a_cell_by_parts(doc: Doc) -> None:
    """Source: ParagraphStyle.borderTop ("cannot be partially updated"); TableCellStyle says nothing alike."""
    points = {"magnitude": 1, "unit": "PT"}
    colour = {"color": {"rgbColor": {"red": 0.5}}}
    border = {"color": colour, "width": points, "padding": points, "dashStyle": "DOT"}
    doc.batch({"insertTable": {"rows": 1, "columns": 1, "location": {"index": 1}}})
    for name in border:
        part = {key: value for key, value in border.items() if key != name}
        change = {"range": span(1, 2), "paragraphStyle": {"borderTop": part}, "fields": "borderTop"}
        assert doc.refused({"updateParagraphStyle": change})[0] == 400
    change = {"range": span(1, 2), "paragraphStyle": {"borderTop": border}, "fields": "borderTop"}
    doc.batch({"updateParagraphStyle": change})
    assert doc.content()[1]["paragraph"]["paragraphStyle"]["borderTop"] == border
    cell: Json = {"color": colour, "width": points, "dashStyle": "DOT"}
    table: Json = {"tableStartLocation": {"index": 2}}
    for name, value in cell.items():
        doc.batch(
            {
                "updateTableCellStyle": {
                    **table,
                    "tableCellStyle": {"borderTop": {name: value}},
                    "fields": f"borderTop.{name}",
                }
            }
        )
    shown = doc.table()["table"]["tableRows"][0]["tableCells"][0]["tableCellStyle"]
    assert shown["borderTop"] == cell


@pytest.mark.feature("F60")
def test_the_properties_of_a_tab_are_updated_one_by_one(doc: Doc) -> None:
    """Source: TabProperties and UpdateDocumentTabPropertiesRequest.fields."""
    made = doc.batch(*[{"addDocumentTab": {"tabProperties": {"title": name}}} for name in "АБ"])["replies"]
    first, second = (one["addDocumentTab"]["tabProperties"]["tabId"] for one in made)

    def change(fields: str, **properties: Any) -> Json:
        given = {"tabId": second, "title": "Имя", "iconEmoji": "🎓", "index": 0, "parentTabId": first}
        properties = given | properties
        doc.batch({"updateDocumentTabProperties": {"tabProperties": properties, "fields": fields}})
        return shown(doc.get(includeTabsContent=True)["tabs"])

    def shown(tabs: list[Json]) -> Json:
        for tab in tabs:
            found = tab["tabProperties"] if tab["tabProperties"]["tabId"] == second else {}
            if found or (found := shown(tab.get("childTabs", []))):
                return found
        return {}

    last = {"tabId": second, "title": "Б", "index": 2}
    assert change("title") == {**last, "title": "Имя"}
    assert change("iconEmoji") == {**last, "title": "Имя", "iconEmoji": "🎓"}
    assert change("index", index=1)["index"] == 1
    assert change("title,icon_emoji,index", title="Б", iconEmoji="", index=2) == last
    nested = {"parentTabId": first, "index": 0, "nestingLevel": 1}
    assert change("parentTabId") == {**last, **nested}
    assert change("*", title="В") == {**last, **nested, "title": "В", "iconEmoji": "🎓"}
    for mask in ("tabId", "nestingLevel", "", "nonsense"):
        wrong = {"tabProperties": {"tabId": second}, "fields": mask}
        assert doc.refused({"updateDocumentTabProperties": wrong})[0] == 400


@pytest.mark.feature("F60")
@pytest.mark.parametrize(
    "icon", ["🎓", "❤️", "👩🏽‍🏫", "🇷🇺", "5️⃣", "🏴\U000e0067\U000e0062\U000e0065\U000e007f"]
)
def test_an_icon_is_one_emoji(doc: Doc, icon: str) -> None:
    """Source: TabProperties.iconEmoji; the emoji are of the kinds of Unicode Technical Standard 51."""
    made = doc.batch({"addDocumentTab": {"tabProperties": {"iconEmoji": icon}}})["replies"][0]
    assert made["addDocumentTab"]["tabProperties"]["iconEmoji"] == icon
    for wrong in ("x", icon * 2, f"{icon} "):
        assert doc.refused({"addDocumentTab": {"tabProperties": {"iconEmoji": wrong}}})[0] == 400
