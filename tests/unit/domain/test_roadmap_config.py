"""config/roadmap.yaml: the school's 32 measures, and every problem of the file named with its keys."""

import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sheets_sync.domain.roadmap_config import roadmap_from_config, thresholds_for
from sheets_sync.domain.rules_config import amount_of
from tests.unit.domain.school_year import ROADMAP_FILE, the_roadmap

RECORDED = Path(__file__).parents[2] / "data" / "roadmap_rows.json"
SCHOOL_FILE = ROADMAP_FILE.with_name("school.yaml")


def small() -> dict[str, Any]:
    return {
        "roles": {"curator": "куратор"},
        "at_risk": [{"days_left": 7, "progress_below": "100 %"}],
        "measures": [
            {
                "id": "M01",
                "number": 1,
                "section": "Раздел",
                "title": "Пункт",
                "deadline": "весь период",
                "expected": "Итог",
                "responsible": ["curator"],
                "indicators": [
                    {"id": "M01.a", "counts": "люди", "count": {"of": "people"}, "at_least": 1},
                ],
            }
        ],
    }


def problems(data: object) -> dict[str, str]:
    return {problem.path: problem.text for problem in roadmap_from_config(data)[1]}


def test_f30_the_file_has_the_schools_32_measures_word_for_word() -> None:
    recorded = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert [
        (m.number, m.section, m.title, m.written_deadline, m.expected, m.written_indicator)
        for m in the_roadmap().measures
    ] == [
        (row["n"], row["section"], row["what"], row["deadline"], row["expected"], row["indicator"] or "")
        for row in recorded
    ]


def test_f30_every_measure_has_a_responsible_role_and_something_that_decides_it() -> None:
    roadmap = the_roadmap()
    school = YAML(typ="safe").load(SCHOOL_FILE)
    for measure in roadmap.measures:
        assert measure.responsible
        assert set(measure.responsible) <= set(school["roles"])
        assert any(indicator.at_least is not None for indicator in roadmap.indicators_of(measure))


def test_every_kind_of_document_that_a_rule_names_is_among_the_schools_kinds() -> None:
    school = YAML(typ="safe").load(SCHOOL_FILE)
    named: set[str] = set()
    for measure in YAML(typ="safe").load(ROADMAP_FILE)["measures"]:
        for indicator in measure["indicators"]:
            source = indicator.get("count", {})
            if str(source.get("of", "")).startswith("documents"):
                kinds = source["where"]["kind"]
                named |= {kinds} if isinstance(kinds, str) else set(kinds)
    assert named
    assert named <= set(school["document_kinds"])


def test_a_sound_file_has_no_problems() -> None:
    assert problems(small()) == {}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda d: d.update(extra=1), "roadmap.yaml.extra"),
        (lambda d: d.update(measures=[]), "measures"),
        (lambda d: d["measures"][0].update(deadline="скоро"), "measures[0].deadline"),
        (lambda d: d["measures"][0].update(number="один"), "measures[0].number"),
        (lambda d: d["measures"][0].update(responsible=["завхоз"]), "measures[0].responsible"),
        (lambda d: d["measures"][0].update(also=["M09.x"]), "measures[0].also"),
        (lambda d: d["measures"].append(deepcopy(d["measures"][0])), "measures"),
        (lambda d: d["at_risk"][0].update(days_left="неделя"), "at_risk[0].days_left"),
        (lambda d: indicator(d).update(at_least="много"), "measures[0].indicators[0].at_least"),
        (lambda d: indicator(d).update(noun=["пара"]), "measures[0].indicators[0].noun"),
        (lambda d: indicator(d).pop("count"), "measures[0].indicators[0]"),
        (lambda d: indicator(d)["count"].update(of="пары"), "measures[0].indicators[0].count.of"),
        (lambda d: indicator(d)["count"].update(distinct="рост"), "measures[0].indicators[0].count.distinct"),
        (
            lambda d: indicator(d)["count"].update(where={"рост": 1}),
            "measures[0].indicators[0].count.where.рост",
        ),
        (
            lambda d: indicator(d)["count"].update(having={"of": "meetings", "by": "цвет"}),
            "measures[0].indicators[0].count.having[0].by",
        ),
    ],
)
def test_a_mistake_is_reported_under_its_own_keys(change: Any, path: str) -> None:
    data = small()
    change(data)
    assert path in problems(data)


def indicator(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["measures"][0]["indicators"][0]
    return found


def test_all_problems_are_reported_at_once() -> None:
    data = small()
    data["measures"][0]["deadline"] = "скоро"
    indicator(data)["count"] = {"of": "пары"}
    assert len(problems(data)) >= 2


@given(st.recursive(st.none() | st.integers() | st.text() | st.booleans(), st.lists))
def test_no_shape_of_the_file_stops_the_reading(data: object) -> None:
    assert problems(data)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        (5, Fraction(5)),
        ("10 %", Fraction(1, 10)),
        ("2,5 %", Fraction(1, 40)),
        ("0.5", Fraction(1, 2)),
        ("100%", Fraction(1)),
        (True, None),
        (-1, None),
        ("десять", None),
    ],
)
def test_thresholds_are_exact_fractions(written: object, amount: Fraction | None) -> None:
    assert amount_of(written) == amount


def test_the_thresholds_of_a_year_are_the_latest_not_after_it() -> None:
    by_year = {2022: {"coverage": "10 %", "organisations": "2 %"}, 2024: {"coverage": "70 %"}}
    assert thresholds_for(2021, by_year) == {}
    assert thresholds_for(2023, by_year) == {"coverage": Fraction(1, 10), "organisations": Fraction(1, 50)}
    assert thresholds_for(2025, by_year) == {"coverage": Fraction(7, 10), "organisations": Fraction(1, 50)}


@pytest.mark.parametrize(
    ("written", "ages"),
    [(14, (14,)), ("10–12", (10, 11, 12)), ("10 - 12", (10, 11, 12)), ([8, "10–11"], (8, 10, 11))],
)
def test_f13_an_age_is_a_number_or_a_band_with_both_ends(written: object, ages: tuple[int, ...]) -> None:
    config = small()
    config["measures"][0]["indicators"][0]["count"]["where"] = {"age": written}
    roadmap, problems = roadmap_from_config(config)
    assert problems == ()
    rule = roadmap.measures[0].indicators[0].rule
    assert rule.part.selection.where == (("age", ages),)  # type: ignore[union-attr]  # a query of records


@pytest.mark.parametrize("written", ["12–10", "от 10", True, "", "десять"])
def test_an_age_that_is_none_is_a_problem_with_its_place(written: object) -> None:
    config = small()
    config["measures"][0]["indicators"][0]["count"]["where"] = {"age": written}
    _, problems = roadmap_from_config(config)
    assert any("where.age" in str(problem) and "10–19" in str(problem) for problem in problems)
