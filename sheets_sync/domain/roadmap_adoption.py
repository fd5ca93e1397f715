"""Which of the known measures a row of a school's own document is, and what the roadmap becomes by it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from sheets_sync.domain.deadlines import UnreadableDeadline
from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.domain.roadmap_text import SourceRoadmap, SourceRow

_ALIKE = 0.6
_WORDS = re.compile(r"\w+")
_PROGRAMME = re.compile(r"целев\w+ модел\w+ наставничеств\w*")


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


@dataclass(frozen=True, slots=True)
class AdoptedMeasure:
    """A row of the document as the roadmap will hold it.

    Shape: `known` is the measure whose rules go on counting, None for one that is tracked by hand in
    «Отметки»; `id` is the known one's or a new one («S01»); `responsible` are ids of roles, empty where
    nobody is recognised.
    """

    id: str
    number: int
    row: SourceRow
    known: Measure | None
    responsible: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """The roadmap as the document has it: its measures in order, and the known ones it leaves out."""

    measures: tuple[AdoptedMeasure, ...]
    left_out: tuple[Measure, ...]

    @property
    def unreadable(self) -> tuple[SourceRow, ...]:
        """Rows whose deadline only a person can settle: with them nothing may be adopted."""
        return tuple(each.row for each in self.measures if isinstance(each.row.deadline, UnreadableDeadline))


def adoption_of(matches: Iterable[Match], roadmap: Roadmap, holders: Mapping[str, str]) -> Adoption:
    """Turn approved matches into the roadmap to come: known rules stay, the wording is the document's.

    `holders` names the person of each role; the owner of an unknown row is recognised by the surname.
    """
    fresh = (f"S{number:02}" for number in count(1))
    taken = {measure.id for measure in roadmap.measures}
    measures = []
    for match in matches:
        known = match.measure
        measures.append(
            AdoptedMeasure(
                id=known.id if known else next(name for name in fresh if name not in taken),
                number=match.row.number,
                row=match.row,
                known=known,
                responsible=known.responsible if known else _roles_of(match.row.owner, holders),
            )
        )
    kept = {each.id for each in measures}
    return Adoption(tuple(measures), tuple(measure for measure in roadmap.measures if measure.id not in kept))


def _roles_of(owner: str, holders: Mapping[str, str]) -> tuple[str, ...]:
    said = set(owner.casefold().replace("ё", "е").replace(".", " ").replace(",", " ").split())
    return tuple(
        role
        for role, person in holders.items()
        if person.strip() and person.casefold().replace("ё", "е").split()[0] in said
    )


def _candidates(rows: Iterable[SourceRow], measures: tuple[Measure, ...]) -> Iterator[tuple[float, int, int]]:
    from rapidfuzz import fuzz, process

    titles = [_plain(measure.title) for measure in measures]
    for place, row in enumerate(rows):
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for _, likeness, measure in process.extract(
                _plain(row.title), titles, scorer=scorer, limit=None, score_cutoff=_ALIKE * 100
            ):
                yield likeness / 100, place, measure


def _plain(title: str) -> str:
    """What two wordings of one title share: case, ё, punctuation and the programme's usual abbreviation."""
    words = _WORDS.findall(title.casefold().replace("ё", "е"))
    return _PROGRAMME.sub("цмн", " ".join(words))


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
