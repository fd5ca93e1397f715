"""Pivot tables, computed from their source when they are read.

Source: discovery document, PivotTable; the guide and the samples on pivot tables. Not done: a condition that
names a column of the source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from .arrayfunctions import rank_of
from .formattednumber import with_format
from .locales import Locale
from .pivotgroups import Heading, grouping, same
from .pivotlayout import Entry, Group, Layout, Lines, Members, entries, with_values
from .pivotsummaries import summary

Json = Mapping[str, Any]
_SHARES = {
    "PERCENT_OF_ROW_TOTAL": (True, False),
    "PERCENT_OF_COLUMN_TOTAL": (False, True),
    "PERCENT_OF_GRAND_TOTAL": (False, False),
}
_PERCENT = {"type": "PERCENT", "pattern": "0.00%"}


class Source(Protocol):
    """What a pivot table reads of its spreadsheet."""

    locale: Locale

    def table(self, range_: Json) -> Iterator[tuple[int, Mapping[int, Any]]]:
        """Gives the rows of a range: the row, and its values by column offset; formats go along."""

    def shows(self, criteria: Json, range_: Json, row: int, offset: int) -> bool:
        """Tells whether a filter shows a cell of the source."""

    def computed(self, formula: str, named: Mapping[str, Sequence[Any]]) -> Any:
        """Computes a formula in which names stand for values."""

    def title_of(self, value: Any) -> str:
        """Returns a column's title as it is shown."""


def pivoted(pivot: Json, source: Source) -> Lines:
    """Returns what a pivot table shows, line by line; None is an empty cell."""
    return _Pivot(pivot, source).lines()


class _Pivot:
    def __init__(self, pivot: Json, source: Source) -> None:
        self._pivot, self._source = pivot, source
        rows = list(source.table(pivot["source"]))
        self._titles = rows[0][1] if rows else {}
        filters = pivot.get("filterSpecs", [])
        self._rows = [values for row, values in rows[1:] if self._shown(filters, row)]
        self._all: Members = tuple(range(len(self._rows)))
        self._values = pivot.get("values", [])

    def _shown(self, filters: Sequence[Json], row: int) -> bool:
        return all(
            self._source.shows(
                one.get("filterCriteria", {}),
                self._pivot["source"],
                row,
                int(one.get("columnOffsetIndex", 0)),
            )
            for one in filters
        )

    def lines(self) -> Lines:
        given = self._pivot.get("rows", []), self._pivot.get("columns", [])
        keys = [[self._headings(group) for group in side] for side in given]
        rows = [self._group(group, keys[0][place], keys[1]) for place, group in enumerate(given[0])]
        columns = [self._group(group, keys[1][place], keys[0]) for place, group in enumerate(given[1])]
        vertical = self._pivot.get("valueLayout") == "VERTICAL"
        down, across = list(entries(rows, self._all)), list(entries(columns, self._all))
        count = len(self._values)
        if vertical and count > 1:
            down = with_values(down, count)
        elif count != 1:
            across = with_values(across, count)
        if not rows and not self._values:
            down = []
        names = [self._name(value, place) for place, value in enumerate(self._values)]
        found = Layout(rows, columns, down, across, names, vertical).lines(self._cell)
        return [[None if item == "" else item for item in line] for line in found]

    def _headings(self, group: Json) -> list[Heading]:
        told = grouping(group.get("groupRule", {}), self._source.locale)
        offset = int(group.get("sourceColumnOffset", 0))
        return [told(values.get(offset)) for values in self._rows]

    def _group(self, group: Json, of_row: list[Heading], across: Sequence[list[Heading]]) -> Group:
        downwards = group["sortOrder"] == "DESCENDING"
        bucket = group.get("valueBucket")
        asked = list(zip(across, bucket.get("buckets", []), strict=False)) if bucket is not None else []
        limit = group.get("groupLimit", {}).get("countLimit")
        collapsed = [one.get("value", {}) for one in group.get("valueMetadata", []) if one.get("collapsed")]

        def ordered(parts: Mapping[Heading, Members]) -> Sequence[Heading]:
            found = sorted(parts, key=lambda heading: heading.rank)
            found.sort(key=lambda heading: heading.rank, reverse=downwards)
            if bucket is not None and self._values:
                place = int(bucket.get("valuesIndex", 0))
                found.sort(key=lambda one: self._rank(place, parts[one], asked), reverse=downwards)
            return found[: int(limit)] if limit else found

        return Group(
            group.get("label") or self._label(group),
            of_row,
            ordered,
            bool(group.get("showTotals")),
            bool(group.get("repeatHeadings")),
            lambda heading: any(same(value, heading) for value in collapsed),
        )

    def _rank(self, value: int, members: Members, asked: Sequence[tuple[list[Heading], Json]]) -> Any:
        """Ranks a group by a value in the asked groups of the other side."""
        kept = tuple(row for row in members if all(same(one, keys[row]) for keys, one in asked))
        found = self._summary(value, kept) if kept else 0
        return rank_of(found if isinstance(found, int | float) else None)

    def _label(self, group: Json) -> str:
        title = self._source.title_of(self._titles.get(int(group.get("sourceColumnOffset", 0))))
        return f"Grouped {title}" if group.get("groupRule") else title

    def _name(self, value: Json, place: int) -> str:
        if value.get("name"):
            return str(value["name"])
        if "formula" in value:
            formulas = [one for one in self._values[: place + 1] if "formula" in one]
            return f"Calculated Field {len(formulas)}"
        title = self._source.title_of(self._titles.get(int(value.get("sourceColumnOffset", 0))))
        return f"{value['summarizeFunction']} of {title}"

    def _cell(self, row: Entry, column: Entry) -> Any:
        if not self._values:
            return None
        place = row.value or column.value
        own = set(column.members)
        members = tuple(one for one in row.members if one in own)
        if not members:
            return None
        found = self._summary(place, members)
        share = _SHARES.get(str(self._values[place].get("calculatedDisplayType")))
        if share is None or not isinstance(found, int | float):
            return found
        whole = self._summary(place, row.members if share[0] else column.members if share[1] else self._all)
        return with_format(found / whole, _PERCENT) if isinstance(whole, int | float) and whole else None

    def _summary(self, place: int, members: Members) -> Any:
        value = self._values[place]
        if "formula" not in value:
            offset = int(value.get("sourceColumnOffset", 0))
            return summary(value["summarizeFunction"], [self._rows[row].get(offset) for row in members])
        named: dict[str, Sequence[Any]] = {}
        for offset, title in self._titles.items():
            values = [self._rows[row].get(offset) for row in members]
            custom = value["summarizeFunction"] == "CUSTOM"
            named[self._source.title_of(title)] = values if custom else [summary("SUM", values)]
        return self._source.computed(value["formula"], named)
