"""config/matching.yaml is read whole; every mistake in it is named at once."""

import pytest

from sheets_sync.domain.matching import Level, RulesProblem, mentee_forms, mentor_forms, rules_from
from tests.unit.domain.matching.school import PARTNER, PUPIL, school_rules

FORM = {"title": "ученик–ученик", "mentors": [PUPIL], "mentees": [PUPIL]}


def test_the_schools_extensions_wait_until_they_are_named() -> None:
    assert [f.title for f in school_rules().forms] == [
        "ученик–ученик",
        "учитель–учитель",
        "работодатель–ученик",
        "студент–ученик",
    ]
    asked = rules_from({"forms": [FORM, {**FORM, "title": "шефство", "extension": True}]}, extensions=True)
    assert [f.title for f in asked.forms] == ["ученик–ученик", "шефство"]


def test_who_may_be_what_follows_from_the_forms() -> None:
    rules = school_rules()
    assert mentee_forms(rules, PUPIL) == ("ученик–ученик", "работодатель–ученик", "студент–ученик")
    assert mentee_forms(rules, PUPIL, only="студент–ученик") == ("студент–ученик",)
    assert mentor_forms(rules, PARTNER) == ("работодатель–ученик",)


@pytest.mark.parametrize(
    ("word", "level"), [("обязательно", Level.MANDATORY), ("low", Level.LOW), (False, Level.OFF)]
)
def test_levels_may_be_written_in_russian(word: object, level: Level) -> None:
    assert list(rules_from({"forms": [FORM], "criteria": {"times": word}}).levels.values()) == [level]


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(RulesProblem) as refused:
        rules_from(
            {
                "forms": [{**FORM, "min_class_difference": "два"}, {"mentors": [PUPIL]}],
                "criteria": {"luck": "high", "needs": "очень"},
                "stay_bonus": -1,
                "floor": "да",
                "choice": {"mutual": 2000},
                "colour": "red",
            }
        )
    assert {where for where, _ in refused.value.problems} == {
        "forms[0].min_class_difference",
        "forms[1].title",
        "criteria.luck",
        "criteria.needs",
        "stay_bonus",
        "floor",
        "choice.mutual",
        "colour",
    }


def test_without_forms_there_is_nothing_to_pair() -> None:
    with pytest.raises(RulesProblem):
        rules_from({})
