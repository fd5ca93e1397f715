"""Where the indexes of an older revision of a segment are in its newest one.

The two revisions side by side are one row of slots: "k" is a unit that both have, "n" a unit of the newer one
alone ("N" where it is structure), and a unit of the older one alone is its shape: ".", "p" or "s".
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheets_sync.emulator.docs.model import Edit

_BOTH, _NEW, _OLD = "k", "nN", ".ps"


@dataclass(frozen=True)
class Alignment:
    """An older and a newer revision of one segment, unit by unit."""

    slots: str

    @property
    def old_length(self) -> int:
        """Number of units of the older revision."""
        return self._old_before(len(self.slots))

    @property
    def new_length(self) -> int:
        """Number of units of the newer revision."""
        return self._new_before(len(self.slots))

    def _old_before(self, slot: int) -> int:
        return slot - sum(self.slots.count(kind, 0, slot) for kind in _NEW)

    def _new_before(self, slot: int) -> int:
        return slot - sum(self.slots.count(kind, 0, slot) for kind in _OLD)

    def old_slot(self, index: int) -> int:
        """Find the slot of a unit of the older revision; past its end, the end."""
        return bisect_right(range(len(self.slots) + 1), index, key=self._old_before) - 1

    def new_slot(self, index: int) -> int:
        """Find the slot of a unit of the newer revision; past its end, the end."""
        return bisect_right(range(len(self.slots) + 1), index, key=self._new_before) - 1

    def place(self, index: int) -> int:
        """Say where in the newer revision something goes that was to go before a unit of the older one.

        It goes behind what others put at that very place, and where they deleted, to where that was.
        """
        beyond = max(0, index - self.old_length)
        return self._new_before(self.old_slot(index)) + beyond

    def kept(self, index: int) -> int | None:
        """Find a unit of the older revision in the newer one; None when it is no longer there."""
        slot = self.old_slot(index)
        if slot < len(self.slots) and self.slots[slot] != _BOTH:
            return None
        return self.place(index)

    def is_in_lost_structure(self, index: int) -> bool:
        """Say whether a unit of the older revision went together with a table or a section break."""
        first = last = self.old_slot(index)
        while last < len(self.slots) and self.slots[last] in _OLD:
            last += 1
        if last == first:
            return False
        while first and self.slots[first - 1] in _OLD:
            first -= 1
        return "s" in self.slots[first:last]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """List what of [start, end) of the older revision is left in the newer one, in its indexes."""
        found: list[tuple[int, int]] = []
        for _, at in self.old_units(start, end):
            if at is None:
                continue
            if found and found[-1][1] == at:
                found[-1] = (found[-1][0], at + 1)
            else:
                found.append((at, at + 1))
        return found

    def old_units(self, start: int, end: int | None = None) -> Iterator[tuple[str, int | None]]:
        """Yield (slot, index in the newer revision or None) for the older one's units in [start, end)."""
        first = self.old_slot(start)
        last = len(self.slots) if end is None else self.old_slot(end)
        at = self._new_before(first)
        for kind in self.slots[first:last]:
            if kind in _NEW:
                at += 1
            elif kind == _BOTH:
                yield kind, at
                at += 1
            else:
                yield kind, None

    def is_restructured(self, start: int, end: int) -> bool:
        """Say whether structure came or went within [start, end) of the newer revision."""
        between = self.slots[self.new_slot(start) : self.new_slot(end)]
        return "s" in between or "N" in between

    def with_theirs(self, edit: Edit) -> Alignment:
        """Take in an edit of others: of the newer revision alone."""
        first = self.new_slot(edit.start)
        last = self.new_slot(edit.end - 1) + 1 if edit.removed else first
        lost = iter(edit.removed)
        left: list[str] = []
        for kind in self.slots[first:last]:
            if kind in _OLD:
                left.append(kind)
                continue
            shape = next(lost)
            left += shape if kind == _BOTH else ()
        came = "".join("N" if kind == "s" else "n" for kind in edit.added)
        return Alignment(f"{self.slots[:first]}{''.join(left)}{came}{self.slots[last:]}")

    def with_own(self, edit: Edit, slot: int | None = None) -> Alignment:
        """Take in an edit of the writer's own, known by its indexes in the newer revision: of both.

        `slot` is where it was to go, where that is known: of several places between the same two units.
        """
        first = self.new_slot(edit.start) if slot is None else slot
        last = self.new_slot(edit.end - 1) + 1 if edit.removed else first
        return Alignment(f"{self.slots[:first]}{_BOTH * edit.length}{self.slots[last:]}")

    def without(self, start: int, end: int) -> Alignment:
        """Take in a deletion of the writer's own, known by its indexes in the older revision.

        What others put in between stays.
        """
        first, last = self.old_slot(start), self.old_slot(end - 1) + 1
        stays = "".join(kind for kind in self.slots[first:last] if kind in _NEW)
        return Alignment(f"{self.slots[:first]}{stays}{self.slots[last:]}")


def aligned(new_length: int, edits: Iterable[Edit]) -> Alignment:
    """Align a segment before some edits, oldest first, with what it is after them: `new_length` units."""
    made = list(edits)
    old_length = new_length - sum(edit.length - len(edit.removed) for edit in made)
    alignment = Alignment(_BOTH * old_length)
    for edit in made:
        alignment = alignment.with_theirs(edit)
    return alignment
