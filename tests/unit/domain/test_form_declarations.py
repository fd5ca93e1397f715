from collections.abc import Mapping
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sheets_sync.domain.forms import SUBMIT, FormSpec, Kind, form_from_config, path_for, with_lists

FORMS = Path(__file__).parents[3] / "config" / "forms"


def declared(name: str) -> FormSpec:
    form, problems = form_from_config(YAML(typ="safe").load(FORMS / f"{name}.yaml"))
    assert problems == []
    return form


def small(**changes: object) -> Mapping[str, object]:
    question = {"field": "role", "title": "Вы сегодня", "kind": "choice", "options": ["наставник"], **changes}
    return {
        "id": "networking",
        "title": "После",
        "sections": [{"id": "a", "title": "А", "questions": [question]}],
    }


@pytest.mark.parametrize("name", ["application", "networking", "meeting", "diagnostic", "event"])
def test_every_shipped_form_is_declared_without_problems(name: str) -> None:
    assert declared(name).id == name


@pytest.mark.parametrize(
    ("participation", "seen"),
    [
        ("наставляемым", {"needs"}),
        ("наставником", {"resources", "capacity"}),
        ("и тем и другим", {"needs_both", "resources", "capacity"}),
    ],
)
def test_the_questionnaire_shows_needs_and_resources_by_the_role_chosen(
    participation: str, seen: set[str]
) -> None:
    form = with_lists(declared("application"), {"classes": ["7 «А»"]})
    answers = {"who": "обучающийся", "school_class": "7 «А»", "participation": participation, "capacity": "2"}
    shown = path_for(form, answers)
    assert set(shown) & {"needs", "needs_both", "resources", "capacity"} == seen
    assert shown[-2:] == ("times", "wanted")
    assert len(shown) == len(set(shown))


@pytest.mark.parametrize(
    ("who", "asked", "spared"),
    [
        ("обучающийся", {"birth_date", "school_class", "representative"}, {"occupation", "experience"}),
        ("педагог", {"occupation", "experience"}, {"birth_date", "school_class", "representative"}),
        ("выпускник", {"occupation"}, {"experience", "birth_date", "school_class", "representative"}),
    ],
)
def test_the_questionnaire_asks_each_group_its_own_questions(
    who: str, asked: set[str], spared: set[str]
) -> None:
    form = with_lists(declared("application"), {"classes": ["7 «А»"]})
    shown = set(path_for(form, {"who": who, "school_class": "7 «А»", "participation": "наставляемым"}))
    assert asked <= shown
    assert not spared & shown


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("знакомство", set()),
        ("пробная", set()),
        ("планирование", {"goal", "items", "done_items"}),
        ("совместная работа", {"done_items"}),
        ("итоговая", {"goal_reached", "done_items"}),
    ],
)
def test_the_meeting_report_asks_for_the_plan_only_where_it_belongs(kind: str, asked: set[str]) -> None:
    answers = {"kind": kind, "goal_reached": "да"}
    shown = set(path_for(declared("meeting"), answers))
    assert shown & {"goal", "items", "done_items", "goal_reached"} == asked


def test_classes_of_the_school_stand_before_the_options_of_the_file() -> None:
    form = with_lists(declared("event"), {"classes": ["1 «А»", "2"], "mentor_groups": []})
    by_field = {question.field: question for question in form.questions}
    assert by_field["school_class"].options == ("1 «А»", "2", "общешкольное")
    assert by_field["mentor_group"].kind is Kind.TEXT, "a list without options becomes a short text"


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"colour": "red"}, ("sections", 0, "questions", 0, "colour")),
        ({"kind": "file"}, ("sections", 0, "questions", 0, "kind")),
        ({"options": []}, ("sections", 0, "questions", 0, "options")),
        ({"options": ["да", "да"]}, ("sections", 0, "questions", 0, "options", 1)),
        ({"options": [True]}, ("sections", 0, "questions", 0, "options", 0)),
        ({"options_from": "teachers"}, ("sections", 0, "questions", 0, "options_from")),
        ({"options": [{"text": "да", "go_to": "nowhere"}]}, ("sections", 0, "questions", 0, "go_to")),
        ({"go_to": "a"}, ("sections", 0, "questions", 0, "go_to")),
        ({"kind": "text"}, ("sections", 0, "questions", 0, "options")),
        ({"kind": "dropdown", "other": True}, ("sections", 0, "questions", 0, "other")),
        ({"kind": "checkbox", "go_to": SUBMIT}, ("sections", 0, "questions", 0, "go_to")),
        ({"required": "yes"}, ("sections", 0, "questions", 0, "required")),
        ({"title": None}, ("sections", 0, "questions", 0, "title")),
    ],
)
def test_a_wrong_key_is_reported_with_its_path(
    changes: dict[str, object], path: tuple[str | int, ...]
) -> None:
    _, problems = form_from_config(small(**changes))
    assert path in [problem.path for problem in problems]


def test_all_problems_are_reported_at_once() -> None:
    data = {
        "id": "x",
        "title": "Х",
        "sections": [
            {"id": "a", "title": "А", "questions": [{"field": "f", "title": "Т", "kind": "text"}]},
            {
                "id": "a",
                "title": "Б",
                "questions": [
                    {"field": "f", "title": "Т", "kind": "text"},
                    {"field": "g", "title": "С", "kind": "scale", "low": 3, "high": 11},
                ],
            },
        ],
    }
    _, problems = form_from_config(data)
    assert [problem.path for problem in problems] == [
        ("sections", 1, "questions", 1, "high"),
        ("sections", 1, "id"),
        ("sections", 1, "questions", 0, "field"),
        ("sections", 1, "questions", 0, "title"),
        ("sections", 1, "questions", 0, "column"),
    ]


@pytest.mark.parametrize("sections", [None, [], "начало", [3]])
def test_a_form_without_readable_sections_is_a_problem_and_not_a_crash(sections: object) -> None:
    _, problems = form_from_config({"id": "x", "title": "Х", "sections": sections})
    assert problems and problems[0].path[0] == "sections"
