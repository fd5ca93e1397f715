"""A batch written against an older revision, merged with what others have edited since.

Source: discovery docs.v1 (WriteControl.targetRevisionId: the writer is another collaborator, and the server
resolves conflicts). How they are resolved is assumed: of a range what others deleted is left out and what
they put inside it is not touched; text goes behind text that others put at the same place; a paragraph's
style follows the paragraph; `replaceAllText` and named ranges act on the text as it is now. Requests for a
table whose rows and cells others have changed, or for what they deleted with a table, are refused with 501.
"""

from __future__ import annotations

from collections.abc import Iterable

from sheets_sync.emulator.docs.alignment import Alignment, aligned
from sheets_sync.emulator.docs.model import Document, Edit, Json, units_of
from sheets_sync.emulator.docs.places import Applied, Kind, NewId
from sheets_sync.emulator.docs.units import NEWLINE, TABLE, Refused, Units, shape, table_end
from sheets_sync.emulator.wire import ApiError, unimplemented

_Key = tuple[str, str]
_BY_PIECE = frozenset(("deleteContentRange", "updateTextStyle"))
_BY_PARAGRAPH = frozenset(("updateParagraphStyle", "deleteParagraphBullets"))


def _conflict(what: str) -> ApiError:
    return unimplemented(f"writeControl.targetRevisionId behind {what}")


class Merge:
    """Where the places of the writer's revision are in the document as it is now, request after request."""

    def __init__(self, document: Document, edits: Iterable[Edit]) -> None:
        """Align a document with what it was before some edits, oldest first."""
        by_segment: dict[_Key, list[Edit]] = {}
        for edit in edits:
            by_segment.setdefault((edit.tab_id, edit.segment), []).append(edit)
        lengths = {
            (tab.tab_id, segment): len(units)
            for tab in document.tabs
            for segment, units in tab.segments.items()
        }
        self._alignments = {
            key: aligned(lengths[key], made) for key, made in by_segment.items() if key in lengths
        }

    def apply(self, kind: str, act: Kind, document: Document, asked: Json, new_id: NewId) -> Applied:
        """Apply one request whose indexes are of the writer's revision.

        Raises what `act` raises, and ApiError 501 for what cannot be merged.
        """
        if "range" in asked:
            return self._over_range(kind, act, document, asked, new_id)
        moved, slots = self._moved(document, asked)
        return self._noted(document, act(document, moved, new_id), slots)

    def _alignment(self, document: Document, place: Json) -> tuple[_Key, Alignment | None]:
        key = (document.tab(place.get("tabId")).tab_id, place.get("segmentId", ""))
        return key, self._alignments.get(key)

    def _moved(self, document: Document, asked: Json) -> tuple[Json, dict[_Key, int]]:
        """Translate the indexes that a request names; gives also the slots of its insertions."""
        moved: Json = {}
        slots: dict[_Key, int] = {}
        for name, value in asked.items():
            if name in ("location", "tableStartLocation", "sectionBreakLocation"):
                key, alignment = self._alignment(document, value)
                index = value.get("index", 0)
                if alignment is not None and index >= 0:
                    value = {**value, "index": self._index(document, name, key, index)}
                    if name == "location":
                        slots[key] = alignment.old_slot(index)
            elif isinstance(value, dict):
                value, inner = self._moved(document, value)
                slots |= inner
            moved[name] = value
        return moved, slots

    def _index(self, document: Document, name: str, key: _Key, index: int) -> int:
        alignment = self._alignments[key]
        if name == "location":
            if alignment.is_in_lost_structure(index):
                raise _conflict("edits that deleted the place of an insertion with a table")
            return alignment.place(index)
        at = alignment.kept(index)
        if at is None:
            raise _conflict("edits that deleted what a request names")
        units = units_of(document.tab(key[0]), key[1])
        is_table = name == "tableStartLocation" and at < len(units) and units[at].char == TABLE
        if is_table and alignment.is_restructured(at, table_end(units, at) + 1):
            raise _conflict("edits of the rows, columns or merged cells of the same table")
        return at

    def _noted(self, document: Document, applied: Applied, slots: dict[_Key, int]) -> Applied:
        """Take the edits of a request that has been applied into the alignments."""
        known = {tab.tab_id: len(tab.edits) for tab in document.tabs}
        for tab in applied[0].tabs:
            for edit in tab.edits[known.get(tab.tab_id, 0) :]:
                key = (edit.tab_id, edit.segment)
                if key in self._alignments:
                    self._alignments[key] = self._alignments[key].with_own(edit, slots.pop(key, None))
        return applied

    def _over_range(self, kind: str, act: Kind, document: Document, asked: Json, new_id: NewId) -> Applied:
        given = asked["range"]
        key, alignment = self._alignment(document, given)
        start, end = given.get("startIndex", 0), given.get("endIndex", 0)
        if alignment is None or not 0 <= start < end:
            return self._noted(document, act(document, asked, new_id), {})
        if end > alignment.old_length:
            beyond = {**asked, "range": {**given, "endIndex": alignment.place(end)}}
            return act(document, beyond, new_id)  # refused: no segment is that long

        def acted(onto: Document, first: int, last: int) -> Applied:
            return act(onto, {**asked, "range": {**given, "startIndex": first, "endIndex": last}}, new_id)

        pieces = self._pieces(kind, document, key, start, end)
        reply: Json = {}
        changed = document
        for first, last in reversed(pieces):
            try:
                changed, reply = acted(changed, first, last)
            except Refused as refusal:
                acted(document, pieces[0][0], pieces[-1][1])  # what is refused as a whole is refused as such
                raise _conflict("edits inside what a request deletes") from refusal
        if kind == "deleteContentRange":
            self._alignments[key] = alignment.without(start, end)
            return changed, reply
        return self._noted(document, (changed, reply), {})

    def _pieces(
        self, kind: str, document: Document, key: _Key, start: int, end: int
    ) -> list[tuple[int, int]]:
        alignment = self._alignments[key]
        left = alignment.pieces(start, end)
        if kind in _BY_PIECE:
            return left
        units = units_of(document.tab(key[0]), key[1])
        if kind in _BY_PARAGRAPH or kind == "createParagraphBullets":
            left = [(at, at + 1) for at in _paragraph_ends(alignment, units, start, end)]
            if kind in _BY_PARAGRAPH:
                return left
        if left:
            return [(left[0][0], left[-1][1])]
        if kind == "updateSectionStyle":
            at = alignment.place(start)
            return [(at, at + 1)]
        if kind == "createParagraphBullets":
            return []
        raise _conflict("edits that deleted the whole range of a request")


def _paragraph_ends(alignment: Alignment, units: Units, start: int, end: int) -> list[int]:
    """List where the paragraphs end now that overlapped [start, end) of the older revision."""
    ends: list[int] = []
    inside = False
    for number, (slot, at) in enumerate(alignment.old_units(start), start=start):
        if number >= end and not inside:
            break
        kind = slot if at is None else shape((units[at],))
        inside = kind == "."
        if at is not None and units[at].char == NEWLINE:
            ends.append(at)
    return ends
