"""The moment of the commit is filled in where the program left a gap, and nowhere else."""

from datetime import date, datetime

from sheets_sync.domain.moment import WHEN, stamped
from sheets_sync.domain.plan import AppendRow, Plan, Remember, SetCells
from sheets_sync.domain.reconcile import fingerprint

NIGHT = datetime(2022, 10, 25, 14, 5)  # noqa: DTZ001  # a wall clock, whatever its zone


def test_the_cells_and_what_is_remembered_of_them_tell_the_moment() -> None:
    asked = f"Обновлено {WHEN} по просьбе"
    plan = Plan(
        date(2022, 10, 25),
        7,
        computed=(
            AppendRow("state", "Последняя запись", {"value": WHEN}),
            Remember("state", "Последняя запись", {"value": fingerprint(WHEN)}, {"value": WHEN}),
            SetCells("settings", "Обновить сейчас", 3, {"answer": ("", asked), "answered": ("", "да")}),
            Remember(
                "settings",
                "Обновить сейчас",
                {"answer": fingerprint(asked), "answered": "0a"},
                {"answer": asked},
            ),
        ),
    )
    told, answered = "25.10.2022 в 14:05", "Обновлено 25.10.2022 в 14:05 по просьбе"
    assert stamped(plan, NIGHT).computed == (
        AppendRow("state", "Последняя запись", {"value": told}),
        Remember("state", "Последняя запись", {"value": fingerprint(told)}, {"value": told}),
        SetCells("settings", "Обновить сейчас", 3, {"answer": ("", answered), "answered": ("", "да")}),
        Remember(
            "settings",
            "Обновить сейчас",
            {"answer": fingerprint(answered), "answered": "0a"},
            {"answer": answered},
        ),
    )


def test_the_words_of_people_stay_as_they_are_even_when_they_look_like_a_gap() -> None:
    plan = Plan(date(2022, 10, 25), 7, computed=(AppendRow("answers_event", "x", {"topic": WHEN}),))
    assert stamped(plan, NIGHT) == plan
