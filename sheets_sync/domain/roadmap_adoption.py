"""Which of the known measures a row of a school's own document is, and in what it differs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.domain.roadmap_text import SourceRoadmap, SourceRow

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the document and the measure it was taken for.

    Shape: `measure` is None when no known measure is alike enough: such a row is tracked by hand; `likeness`
    runs from 0 to 1; `differences` say in Russian where the wording or the deadline is another.
    """

    row: SourceRow
    measure: Measure | None
    likeness: float
    differences: tuple[str, ...] = ()


def match_measures(source: SourceRoadmap, roadmap: Roadmap) -> tuple[Match, ...]:
    """Takes each row for the measure most like it by its title, each measure once; a person approves."""
    ranked = sorted(_candidates(source.rows, roadmap.measures), key=lambda each: (-each[0], each[1], each[2]))
    taken: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for likeness, row, measure in ranked:
        if row not in taken and measure not in used:
            taken[row] = (measure, likeness)
            used.add(measure)
    matches: list[Match] = []
    for place, row_read in enumerate(source.rows):
        if place in taken:
            known, likeness = roadmap.measures[taken[place][0]], taken[place][1]
            matches.append(Match(row_read, known, likeness, tuple(_differences(row_read, known))))
        else:
            matches.append(Match(row_read, None, 0.0))
    return tuple(matches)


def _candidates(rows: Iterable[SourceRow], measures: tuple[Measure, ...]) -> Iterator[tuple[float, int, int]]:
    for row_place, row in enumerate(rows):
        matcher = SequenceMatcher(None, b=row.title.casefold(), autojunk=False)
        for measure_place, measure in enumerate(measures):
            matcher.set_seq1(measure.title.casefold())
            if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
                likeness = matcher.ratio()
                if likeness >= _ALIKE:
                    yield likeness, row_place, measure_place


def _differences(row: SourceRow, measure: Measure) -> Iterator[str]:
    pairs = (
        ("содержание", row.title, measure.title),
        ("срок", row.written, measure.written_deadline),
        ("ожидаемый результат", row.expected, measure.expected),
        ("показатель", row.indicator or "", measure.written_indicator),
    )
    for name, written, known in pairs:
        if written != known:
            yield f"{name}: «{written}» вместо «{known}»"
