"""Where text stands in a document: every tab with its body, headers, footers and footnotes, cells included.

Indexes are UTF-16 code units, counted anew in every segment. Source: discovery docs.v1, Location.index,
Document.tabs.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sheets_sync.domain.documents.templates import PLACEHOLDER
from sheets_sync.google.cells import Json

_SEGMENTS = ("headers", "footers", "footnotes")
_ANY_BRACES = re.compile(r"\{\{[^{}]*\}\}")
_STRIPPED = re.compile("[\x00-\x08\x0c-\x1f\ue000-\uf8ff]")
"""What the service strips from inserted text. Source: discovery docs.v1, InsertTextRequest.text."""

_GAP = "\ufffc"  # stands for what is not text: an image, a page number, a break


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of content with indexes of its own.

    Shape: `where` goes into every location and range of a request; `named` are the named ranges of its tab.
    """

    where: Json
    content: Sequence[Json]
    named: Json


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of text between two indexes of a segment."""

    name: str
    where: Json
    start: int
    end: int

    def location(self, shift: int = 0) -> Json:
        """Return the location at the start, or `shift` units after it."""
        return {**self.where, "index": self.start + shift}

    def range(self, start: int, end: int) -> Json:
        """Return a range in the same segment."""
        return {**self.where, "startIndex": start, "endIndex": end}


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def insertable(text: str) -> str:
    """Return a text as the service keeps it, so that its length can be counted on beforehand."""
    return _STRIPPED.sub("", text.replace("\r\n", "\n")).encode("utf-8", "replace").decode()


def segments(document: Json) -> Iterator[Segment]:
    """Yield every segment of a document that was read with the content of its tabs."""
    for tab in _tabs(document.get("tabs", ())):
        tab_id = tab.get("tabProperties", {}).get("tabId")
        where: Json = {"tabId": tab_id} if tab_id else {}
        inner = tab.get("documentTab", {})
        named = inner.get("namedRanges", {})
        yield Segment(where, inner.get("body", {}).get("content", ()), named)
        for kind in _SEGMENTS:
            for segment, held in inner.get(kind, {}).items():
                yield Segment({**where, "segmentId": segment}, held.get("content", ()), named)


def placeholders(segment: Segment) -> Iterator[Place]:
    """Yield the placeholders of a segment, those too that staff's formatting has cut into several runs."""
    for start, text in _paragraphs(segment.content):
        for found in PLACEHOLDER.finditer(text):
            first = start + units(text[: found.start()])
            yield Place(found.group(1), segment.where, first, first + units(found.group(0)))


def braces(segment: Segment) -> Iterator[str]:
    """Yield whatever stands in double braces, misspelt fields too."""
    for _, text in _paragraphs(segment.content):
        yield from _ANY_BRACES.findall(text)


def named_places(segment: Segment) -> Iterator[Place]:
    """Yield the named ranges that lie in a segment, by their names."""
    for name, group in segment.named.items():
        for one in group.get("namedRanges", ()):
            for span in one.get("ranges", ()):
                if span.get("segmentId", "") == segment.where.get("segmentId", ""):
                    start, end = int(span.get("startIndex", 0)), int(span.get("endIndex", 0))
                    yield Place(name, segment.where, start, end)


def text_between(segment: Segment, start: int, end: int) -> str:
    """Return the text of a segment between two indexes."""
    found = []
    for first, text in _paragraphs(segment.content):
        data = text.encode("utf-16-le", "surrogatepass")
        low, high = max(start - first, 0), min(end - first, len(data) // 2)
        if low < high:
            found.append(data[2 * low : 2 * high].decode("utf-16-le", "surrogatepass"))
    return "".join(found)


def text_digest(document: Json) -> str:
    """Return sixteen hexadecimal digits that change with any word of a document, wherever it stands."""
    found = [[text for _, text in _paragraphs(segment.content)] for segment in segments(document)]
    said = json.dumps(found, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.blake2s(said, digest_size=8).hexdigest()


def whole_text(document: Json) -> str:
    """Return all words of a document, those of tables, headers, footers and footnotes too."""
    return "\n".join(text for segment in segments(document) for _, text in _paragraphs(segment.content))


def tables(segment: Segment) -> Iterator[Json]:
    """Yield the tables that stand directly in a segment."""
    return (element for element in segment.content if "table" in element)


def cell_text(cell: Json) -> str:
    """Return the text of a cell without the spaces around it."""
    return "".join(text for _, text in _paragraphs(cell.get("content", ()))).strip()


def text_style(cell: Json) -> Json:
    """Return the style in which text begins in a cell."""
    for element in cell.get("content", ()):
        for piece in element.get("paragraph", {}).get("elements", ()):
            if "textRun" in piece:
                found: Json = piece["textRun"].get("textStyle", {})
                return found
    return {}


def _tabs(found: Sequence[Json]) -> Iterator[Json]:
    for tab in found:
        yield tab
        yield from _tabs(tab.get("childTabs", ()))


def _paragraphs(content: Sequence[Json]) -> Iterator[tuple[int, str]]:
    for element in content:
        elements: Sequence[Any] = element.get("paragraph", {}).get("elements", ())
        if elements:
            yield int(elements[0].get("startIndex", 0)), "".join(map(_piece, elements))
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row.get("tableCells", ()):
                yield from _paragraphs(cell.get("content", ()))


def _piece(element: Json) -> str:
    if "textRun" in element:
        return str(element["textRun"].get("content", ""))
    return _GAP * (int(element.get("endIndex", 0)) - int(element.get("startIndex", 0)))
