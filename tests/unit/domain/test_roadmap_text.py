"""The school's document as it is: 32 measures, and its disagreements named (F30)."""

import json
from pathlib import Path
from typing import Any

from sheets_sync.domain.deadlines import Deadline, UnreadableDeadline
from sheets_sync.domain.roadmap_inconsistencies import Inconsistency, Note, find_inconsistencies
from sheets_sync.domain.roadmap_text import SourceRow, cells_of_text, read_roadmap

DATA = Path(__file__).parents[2] / "data"
SOURCE = read_roadmap(cells_of_text((DATA / "roadmap_source.txt").read_text(encoding="utf-8")))
NOTES = find_inconsistencies(SOURCE)


def as_recorded(row: SourceRow) -> dict[str, Any]:
    assert isinstance(row.deadline, Deadline)
    days = [None if day is None else day.isoformat() for day in (row.deadline.start, row.deadline.end)]
    return {
        "n": row.number,
        "section": row.section,
        "what": row.title,
        "deadline": row.written,
        "expected": row.expected,
        "indicator": row.indicator,
        "owner": row.owner,
        "cols": row.columns,
        "src": list(row.lines),
        "dl": [row.deadline.kind.value, *days],
    }


def of(kind: Inconsistency) -> list[Note]:
    return [note for note in NOTES if note.kind is kind]


def lines(kind: Inconsistency) -> set[tuple[int, ...]]:
    return {note.lines for note in of(kind)}


def measures(kind: Inconsistency) -> set[int]:
    return {number for note in of(kind) for number in note.measures}


def test_f30_the_document_gives_the_same_32_rows_as_an_independent_reading() -> None:
    recorded = json.loads((DATA / "roadmap_rows.json").read_text(encoding="utf-8"))
    assert [as_recorded(row) for row in SOURCE.rows] == recorded
    assert len(recorded) == 32
    assert SOURCE.strangers == ()


def test_f30_stale_years_are_named_in_the_title_the_digest_and_the_next_map() -> None:
    assert lines(Inconsistency.STALE_TITLE_YEAR) == {(5,)}
    assert lines(Inconsistency.STALE_YEAR) == {(29, 31)}
    assert lines(Inconsistency.STALE_NEXT_MAP_YEAR) == {(51,)}


def test_f30_deadlines_on_a_saturday_are_named() -> None:
    assert measures(Inconsistency.WEEKEND) == {4, 23, 25, 26, 27, 28}
    assert all("суббота" in note.text for note in of(Inconsistency.WEEKEND))


def test_f30_deadlines_out_of_order_or_before_what_they_need_are_named() -> None:
    assert measures(Inconsistency.OUT_OF_ORDER) == {3, 15, 16}
    assert measures(Inconsistency.BEFORE_ITS_SOURCE) == {1, 16, 17, 18}
    assert measures(Inconsistency.AFTER_THE_YEAR) == {22}
    assert measures(Inconsistency.QUARTER_CUT) == {20}


def test_f30_shared_split_missing_and_vague_indicators_are_named() -> None:
    assert lines(Inconsistency.SHARED_INDICATOR) == {(10,)}
    assert lines(Inconsistency.SPLIT_INDICATOR) == {(11, 12)}
    assert measures(Inconsistency.NO_INDICATOR_COLUMN) == set(range(5, 33))
    assert measures(Inconsistency.VAGUE_INDICATOR) == {1, 3, 5, 12, 26, 27}


def test_f30_rows_cut_by_pages_and_left_over_markup_are_named() -> None:
    assert lines(Inconsistency.PAGE_BREAK) == {(21, 23), (29, 31), (45, 47)}
    assert lines(Inconsistency.MARKUP) == {(29, 31)}
    assert measures(Inconsistency.GLUED_WORDS) == {25}
    assert measures(Inconsistency.PLACEHOLDER) == {17, 24}


def test_f30_several_owners_in_a_cell_and_measures_that_count_themselves_are_named() -> None:
    assert measures(Inconsistency.SEVERAL_OWNERS) == {12, 13, 17, 31, 32}
    assert measures(Inconsistency.SELF_REFERENCE) == {29, 30}
    assert {(7, 19), (29, 30)} == {note.measures for note in of(Inconsistency.NEAR_DUPLICATE)}


def test_f30_at_least_eight_kinds_are_found_each_with_a_line_and_a_text() -> None:
    assert len({note.kind for note in NOTES}) >= 8
    assert all(note.lines and note.text for note in NOTES)


def test_a_measure_with_an_unreadable_deadline_is_kept_and_named() -> None:
    document = read_roadmap(
        [
            ("Содержание", "Сроки", "Ожидаемый результат", "Показатели", "Ответственный"),
            ("Подготовка", "", "", "", ""),
            ("Встреча с родителями", "когда получится", "Протокол", "Завуч"),
        ]
    )
    assert [type(row.deadline) for row in document.rows] == [UnreadableDeadline]
    notes = find_inconsistencies(document)
    assert [note.lines for note in notes if note.kind is Inconsistency.UNREADABLE_DEADLINE] == [(3,)]


def test_another_schools_table_with_numbered_rows_is_read_and_a_strange_line_is_kept() -> None:
    document = read_roadmap(
        [
            ("№", "Содержание", "Сроки", "Ожидаемый результат", "Показатели", "Ответственный"),
            ("1.", "Приказ о внедрении", "до 01.09.2023", "Приказ", "1 приказ", "Директор"),
            ("примечание", "к таблице"),
        ]
    )
    assert [(row.title, row.indicator, row.owner) for row in document.rows] == [
        ("Приказ о внедрении", "1 приказ", "Директор")
    ]
    assert [line.text for line in document.strangers] == ["примечание к таблице"]
