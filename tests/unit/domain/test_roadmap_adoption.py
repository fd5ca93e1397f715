"""Rows of a document against the measures that the program knows (F30)."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.domain.deadlines import parse_deadline
from sheets_sync.domain.entries import Mark
from sheets_sync.domain.roadmap import Measure, Roadmap
from sheets_sync.domain.roadmap_adoption import adoption_of, match_measures
from sheets_sync.domain.roadmap_status import MeasureStatus, Status, judge
from sheets_sync.domain.roadmap_text import cells_of_text, read_roadmap
from tests.unit.domain.school_year import evidence, only, the_roadmap

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


OTHER_WORDING = {
    1: "Создание базы наставляемых (обучающиеся, педагоги, представители родителей, партнеры)",
    4: "Подписание соглашений с организациями-партнерами по внедрению ЦМН",
    8: "Сбор согласий на обработку персональных данных участников ЦМН и законных представителей",
    13: "Проведение общей заключительной встречи участников всех пар/групп в формате деловой игры",
    25: "Презентация на педагогическом совете о реализации Целевой модели наставничества, анкетирование",
    26: "Презентация ЦМН на родительских собраниях, проведение анкетирования",
    31: "Разработка дорожной карты на 2024 год",
}


@pytest.mark.parametrize("number", sorted(OTHER_WORDING))
def test_f30_another_school_s_wording_is_taken_for_the_right_measure(number: int) -> None:
    rows = tuple(
        replace(row, title=OTHER_WORDING[row.number]) if row.number == number else row for row in SOURCE.rows
    )
    alone = tuple(row for row in rows if row.number == number)
    for document in (rows, alone):
        found = match_measures(replace(SOURCE, rows=document), the_roadmap())
        matched = next(each for each in found if each.row.number == number)
        assert matched.measure is not None
        assert matched.measure.number == number
        assert matched.likeness < 1


def test_f30_an_adopted_document_keeps_known_rules_and_tracks_unknown_rows_by_hand() -> None:
    first, second, *_ = SOURCE.rows
    foreign = replace(
        first, number=2, title="Приобретение игр", owner="Завхоз Лебедева О.Н.", written="скоро"
    )
    rows = (first, replace(foreign, deadline=parse_deadline("скоро")), replace(second, number=3))
    matches = match_measures(replace(SOURCE, rows=rows), the_roadmap())

    found = adoption_of(matches, the_roadmap(), {"curator": "Лебедева Ольга Николаевна", "director": ""})
    assert [(each.id, each.number, each.responsible) for each in found.measures] == [
        ("M01", 1, ("curator",)),
        ("S01", 2, ("curator",)),
        ("M02", 3, ("curator",)),
    ]
    assert [measure.number for measure in found.left_out] == list(range(3, 33))
    assert [row.number for row in found.unreadable] == [2]


def by_hand(deadline: str = "до 01.11.2022") -> Roadmap:
    own = Measure("S01", 33, "Раздел", "Игры", deadline, parse_deadline(deadline), "Игры", ("curator",))
    whole = only(29)
    return replace(whole, measures=(own, *whole.measures))


def judged(*marks: Mark, day: date = date(2022, 10, 20)) -> tuple[MeasureStatus, str]:
    report = judge(by_hand(), evidence(day, marks=marks), day)
    return report.statuses[0], report.values[0].shown


def test_f30_a_measure_without_rules_has_the_state_that_staff_give_it() -> None:
    asked, _ = judged()
    assert (asked.status, asked.hand_status) == (Status.DECISION, "")
    assert "поставьте состояние в листе «Отметки»" in asked.reason

    under_way, shown = judged(Mark(33, "в работе", "ищем магазин", "завхоз", date(2022, 10, 3)))
    assert (under_way.status, under_way.disagreement) == (Status.UNDER_WAY, "")
    assert "отмечено вручную 03.10.2022, завхоз: ищем магазин" in under_way.reason
    assert shown == "0 из 1 (0\u00a0%)"

    done, shown = judged(Mark(33, "выполнено", on=date(2022, 10, 18)))
    assert (done.status, done.fulfilled_on) == (Status.DONE, date(2022, 10, 18))
    assert shown == "1 из 1 (100\u00a0%)"


def test_f36_a_mark_made_later_does_not_change_what_an_earlier_day_said() -> None:
    later = Mark(33, "выполнено", on=date(2022, 10, 18))
    assert judged(later, day=date(2022, 10, 17))[0].status is Status.DECISION
