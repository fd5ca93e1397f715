"""Rows of a document against the measures that the program knows (F30)."""

from dataclasses import replace
from pathlib import Path

from sheets_sync.domain.roadmap_adoption import match_measures
from sheets_sync.domain.roadmap_text import cells_of_text, read_roadmap
from tests.unit.domain.school_year import the_roadmap

SOURCE = read_roadmap(
    cells_of_text((Path(__file__).parents[2] / "data" / "roadmap_source.txt").read_text(encoding="utf-8"))
)


def test_f30_the_schools_own_document_matches_the_known_measures_without_a_difference() -> None:
    matches = match_measures(SOURCE, the_roadmap())
    assert [match.measure.number if match.measure else None for match in matches] == list(range(1, 33))
    assert all(match.differences == () for match in matches)


def test_f30_a_changed_deadline_and_a_reordered_row_are_found_and_a_foreign_row_is_kept() -> None:
    first, second, *rest = SOURCE.rows
    moved = replace(
        second, written="до 01.11.2022", title=second.title.replace("наставников", "всех наставников")
    )
    foreign = replace(first, title="Приобретение оборудования")
    matches = match_measures(replace(SOURCE, rows=(moved, foreign, *rest)), the_roadmap())
    assert matches[0].measure is not None
    assert matches[0].measure.number == 2
    assert [text.partition(":")[0] for text in matches[0].differences] == ["содержание", "срок"]
    assert matches[1].measure is None
