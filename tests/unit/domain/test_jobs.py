from typing import Any

import pytest

from sheets_sync.domain.jobs import Step, job_from_config, wrong_schedule

NIGHTLY: dict[str, Any] = {
    "title": "Ночь",
    "steps": ["intake", "pairing", "monitoring", "roadmap", "documents"],
    "schedule": "30 2 * * *",
    "time_zone": "Europe/Moscow",
}


def test_a_job_is_its_steps_its_hour_and_its_zone() -> None:
    job, problems = job_from_config("nightly", NIGHTLY)
    assert problems == []
    assert (job.id, job.steps[0], job.steps[-1]) == ("nightly", Step.INTAKE, Step.DOCUMENTS)
    assert job.schedule == "30 2 * * *"


def test_a_job_that_leaves_out_a_part_of_the_night_is_refused() -> None:
    _, problems = job_from_config("nightly", {**NIGHTLY, "steps": ["intake", "roadmap"]})
    assert [path for path, _ in problems] == [("steps",)]
    assert "pairing, monitoring, documents" in problems[0][1]


@pytest.mark.parametrize("schedule", ["0 0 1 1 0", "*/15 8-18 * * 1-5", "30 4 1 1,4,7,10 *", "59 23 31 12 7"])
def test_a_cron_expression_of_five_fields_is_taken(schedule: str) -> None:
    assert wrong_schedule(schedule) == ""


@pytest.mark.parametrize(
    ("schedule", "said"),
    [
        ("30 2 * *", "пять полей"),
        ("60 2 * * *", "минуты"),
        ("30 24 * * *", "часы"),
        ("30 2 0 * *", "день месяца"),
        ("30 2 * 13 *", "месяц"),
        ("30 2 * * MON", "день недели"),
        ("30 2 * * 8", "день недели"),
    ],
)
def test_a_schedule_that_cron_would_not_take_is_named_by_its_field(schedule: str, said: str) -> None:
    assert said in wrong_schedule(schedule)


def test_an_unknown_step_is_refused_at_its_place() -> None:
    steps = [*NIGHTLY["steps"], "dance", "intake"]
    _, problems = job_from_config("nightly", {**NIGHTLY, "steps": steps})
    assert [path for path, _ in problems] == [("steps", 5), ("steps",)]
