"""Where the headings, values and totals of a pivot table stand.

Source: discovery document: the tables in the descriptions of PivotGroup (labels, repeated headings, totals),
PivotValueLayout, and the guide "Pivot tables". Where the labels of several column groups and of several
values stand is assumed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .pivotgroups import Heading

Lines = list[list[Any]]
Members = tuple[int, ...]
_GRAND = "Grand Total"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row or column of values: its headings from the outermost group on, and the source rows in it.

    A total's last heading is the group that it sums up; one without headings is the grand total.
    """

    path: tuple[Heading, ...]
    members: Members
    total: bool = False
    value: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """One grouping: what it shows, each source row's group, and its groups in their order."""

    label: str
    of_row: Sequence[Heading]
    ordered: Callable[[Mapping[Heading, Members]], Sequence[Heading]]
    totals: bool
    repeat: bool = False
    collapsed: Callable[[Heading], bool] = lambda _heading: False


def entries(groups: Sequence[Group], members: Members, path: tuple[Heading, ...] = ()) -> Iterator[Entry]:
    """Gives the rows (or columns) of values in their order, totals last in each group."""
    if not groups:
        yield Entry(path, members)
        return
    group = groups[0]
    parts: dict[Heading, list[int]] = {}
    for row in members:
        parts.setdefault(group.of_row[row], []).append(row)
    found = {heading: tuple(rows) for heading, rows in parts.items()}
    for heading in group.ordered(found):
        inner = (*path, heading)
        if len(groups) > 1 and group.collapsed(heading):
            yield Entry(inner, found[heading], total=True)
        else:
            yield from entries(groups[1:], found[heading], inner)
    if group.totals:
        yield Entry(path, members, total=True)


def with_values(found: Sequence[Entry], count: int) -> list[Entry]:
    """Repeats each row (or column) for each of several values."""
    return [Entry(one.path, one.members, one.total, value) for one in found for value in range(count)]


@dataclass(frozen=True, slots=True)
class Layout:
    """A pivot table ready to be written: both axes, what they are called, and the values' names."""

    rows: Sequence[Group]
    columns: Sequence[Group]
    down: Sequence[Entry]
    across: Sequence[Entry]
    names: Sequence[str]
    vertical: bool

    def lines(self, cell: Callable[[Entry, Entry], Any]) -> Lines:
        """Returns the whole table line by line; ``cell`` computes a value for a row and a column."""
        several = len(self.names) > 1
        labels = [group.label for group in self.rows]
        if several and self.vertical:
            labels.append("Values")
        if self.columns and not labels:
            labels.append("")
        head = self._head(labels, several and not self.vertical)
        body: Lines = []
        before: list[Any] = []
        for entry in self.down:
            shown = self._headings(entry, len(labels))
            body.append([*self._unrepeated(shown, before, entry), *(cell(entry, one) for one in self.across)])
            before = shown
        return [*head, *body]

    def _head(self, labels: list[str], side_by_side: bool) -> Lines:
        if not self.columns:
            names = ["" for _ in self.across] if self.vertical and len(self.names) > 1 else self.names
            return [[*labels, *names]] if labels or self.names else []
        titles: list[Any] = [group.label for group in self.columns] + (["Values"] if side_by_side else [])
        corner = self.names[0] if len(self.names) == 1 and self.rows else ""
        first = [corner, *[""] * (len(labels) - 1), *titles]
        lines: Lines = [first[: max(len(labels) + 1, len(labels) + len(self.across))]]
        for level in range(len(self.columns)):
            shown = [_heading(entry, level) for entry in self.across]
            if level < len(self.columns) - 1 or side_by_side:
                shown = [
                    "" if place and self._same_above(place, level) else one for place, one in enumerate(shown)
                ]
            lines.append([*[""] * len(labels), *shown])
        if side_by_side:
            lines.append([*[""] * len(labels), *(self.names[entry.value] for entry in self.across)])
        lines[-1][: len(labels)] = labels
        return lines

    def _same_above(self, place: int, level: int) -> bool:
        """Tells whether a column stands under the same headings as the one before."""
        one, other = self.across[place - 1], self.across[place]
        same = one.path[: level + 1] == other.path[: level + 1]
        return same and _heading(one, level) == _heading(other, level)

    def _headings(self, entry: Entry, width: int) -> list[Any]:
        shown: list[Any] = [_heading(entry, level) for level in range(len(self.rows))]
        if len(self.names) > 1 and self.vertical:
            shown.append(self.names[entry.value])
        elif not self.rows and self.columns:
            shown.append(self.names[0] if len(self.names) == 1 else "")
        return [*shown, *[""] * (width - len(shown))]

    def _unrepeated(self, shown: list[Any], before: list[Any], entry: Entry) -> list[Any]:
        """Leaves out the headings that stand above already, but for the last one."""
        stacked = len(self.names) > 1 and self.vertical
        levels = len(self.rows) if stacked else 0 if entry.total else len(self.rows) - 1
        found = list(shown)
        for level in range(levels):
            if shown[: level + 1] != before[: level + 1]:
                break
            if not self.rows[level].repeat:
                found[level] = ""
        return found


def _heading(entry: Entry, level: int) -> Any:
    depth = len(entry.path)
    if entry.total and level == max(depth - 1, 0):
        return _GRAND if not depth else f"{_text(entry.path[-1].shown)} Total"
    if entry.total and level < depth - 1:
        return entry.path[level].shown
    return entry.path[level].shown if level < depth and not entry.total else ""


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
