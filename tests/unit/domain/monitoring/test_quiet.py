"""A day that brings nothing changes no cell of the monitoring: no text there speaks of today."""

from dataclasses import replace
from datetime import date

from sheets_sync.domain.federal.form import form_from_config
from sheets_sync.domain.school import Diagnostic, Role
from sheets_sync.domain.views.federal import federal_table
from sheets_sync.domain.views.monitoring import monitoring_tables
from tests.builders.people import EMPTY
from tests.unit.domain.school_year import EARLY, consents_of, evidence, meeting, pair, pair_people, plan


def tables(as_of: date) -> list[object]:
    people = tuple(replace(each, birth_date=date(2008, 3, 3), sex="ж") for each in pair_people(6))
    known = evidence(
        as_of,
        people=people,
        consents=consents_of(people, EARLY),
        pairs=tuple(pair(number) for number in range(1, 7)),
        meetings=tuple(meeting(number, date(2022, 11, 1)) for number in range(1, 7)),
        plans=(plan(1, 1, 2, date(2022, 11, 1)),),
        diagnostics=tuple(
            Diagnostic(
                f"У-{number:03}", Role.MENTEE, on, (mark,) * 6, mark, True, response_id=f"{number}{on}"
            )
            for number in range(1, 7)
            for on, mark in ((date(2022, 10, 12), 5), (date(2022, 11, 2), 8))
        ),
    )
    form, _ = form_from_config(
        {"title": "Форма", "rows": [{"code": "01", "title": "Всего", "formula": "возраст = 14"}]}, ()
    )
    return [*monitoring_tables(known, EMPTY), federal_table(form, known, EMPTY)]


def test_f48_the_next_day_without_news_changes_nothing() -> None:
    assert tables(date(2022, 11, 10)) == tables(date(2022, 11, 11))


def test_f25_the_day_on_which_silence_is_noticed_is_news() -> None:
    assert tables(date(2022, 11, 21)) != tables(date(2022, 11, 22))
