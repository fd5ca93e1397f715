"""Scores by hand: needs 267, choice 267, times 133, kind 133, format 67, class distance 67, group 66."""

import pytest

from sheets_sync.domain.matching import Criterion, Decided, Level, Market, Mentee, Mentor
from sheets_sync.domain.matching.proposal import propose
from tests.unit.domain.matching.school import (
    COLLEAGUES,
    EMPLOYER,
    PARTNER,
    PEERS,
    TEACHER,
    elder,
    pupil,
    school_rules,
)

RULES = school_rules()


def only_pair(mentee: Mentee, mentor: Mentor) -> tuple[int, str]:
    pairs = propose(Market(RULES, (mentee,), (mentor,))).pairs
    assert len(pairs) == 1
    assert sum(part.points for part in pairs[0].parts) == pairs[0].score
    return pairs[0].score, pairs[0].reason


def test_points_of_all_criteria_make_a_thousand() -> None:
    assert RULES.points() == {
        Criterion.NEEDS: 267,
        Criterion.CHOICE: 267,
        Criterion.TIMES: 133,
        Criterion.KIND: 133,
        Criterion.FORMAT: 67,
        Criterion.CLASS_DISTANCE: 67,
        Criterion.GROUP: 66,
    }


def test_f19_a_score_and_its_reason_name_what_these_two_have_in_common() -> None:
    mentee = pupil(
        "У-017",
        needs=frozenset({"математика", "выбор профессии"}),
        times=frozenset({"пн после уроков", "ср после уроков", "очно"}),
        choices=("У-025",),
    )
    mentor = elder("У-025", times=frozenset({"пн после уроков", "очно"}), choices=("У-099", "У-017"))
    # 267·500 + 267·950 + 133·500 + 133 + 67 + 67 + 66, each rounded down to whole points.
    score, reason = only_pair(mentee, mentor)
    assert score == 133 + 253 + 66 + 133 + 67 + 67 + 66
    assert reason == (
        "Выбрали друг друга после встречи (1-й выбор наставляемого, 2-й — наставника). "
        "Наставник готов помочь: «математика»; не закрыто: «выбор профессии». "
        "Общее время: пн после уроков (очно). Наставник старше на 2 класса. "
        "785 баллов; единственный возможный наставник."
    )


def test_silence_about_time_is_not_a_refusal() -> None:
    score, reason = only_pair(pupil("У-017"), elder("У-025"))
    assert score == 267 + 0 + 66 + 133 + 33 + 67 + 66
    assert "Время встреч нужно согласовать" in reason


def test_a_mutual_choice_beats_a_one_sided_one() -> None:
    both = only_pair(pupil("У-1", choices=("У-2",)), elder("У-2", choices=("У-1",)))[0]
    mentee_only = only_pair(pupil("У-1", choices=("У-2",)), elder("У-2"))[0]
    mentor_only = only_pair(pupil("У-1"), elder("У-2", choices=("У-1",)))[0]
    assert both - mentee_only == 267 - 160
    assert mentee_only - mentor_only == 160 - 106


@pytest.mark.parametrize(("mentor_level", "paired"), [(7, 0), (8, 1), (6, 0)])
def test_a_peer_mentor_is_at_least_a_class_ahead(mentor_level: int, paired: int) -> None:
    result = propose(Market(RULES, (pupil("У-1", level=7),), (elder("У-2", level=mentor_level),)))
    assert len(result.pairs) == paired


def test_an_employer_takes_pupils_from_the_eighth_class() -> None:
    employer = Mentor("Р-1", PARTNER, (EMPLOYER,), 2, frozenset({"математика"}))
    result = propose(Market(RULES, (pupil("У-7", level=7), pupil("У-8", level=8)), (employer,)))
    assert [p.mentee for p in result.pairs] == ["У-8"]
    left = next(u for u in result.unmatched if u.id == "У-7")
    assert "с 8-го класса, а участник учится в 7-м" in left.reason


def test_a_pair_without_a_common_need_is_closed_unless_the_mentee_named_the_mentor() -> None:
    other = elder("У-2", resources=frozenset({"творчество, спорт"}))
    assert propose(Market(RULES, (pupil("У-1"),), (other,))).pairs == ()
    named = propose(Market(RULES, (pupil("У-1", choices=("У-2",)),), (other,)))
    assert [p.mentor for p in named.pairs] == ["У-2"]


def test_a_criterion_made_mandatory_closes_pairs() -> None:
    rules = school_rules(levels={**RULES.levels, Criterion.TIMES: Level.MANDATORY})
    mentee = pupil("У-1", times=frozenset({"суббота"}))
    mentor = elder("У-2", times=frozenset({"вечером"}))
    result = propose(Market(rules, (mentee,), (mentor,)))
    assert result.pairs == ()
    left = next(u for u in result.unmatched if u.id == "У-1")
    assert left.reason == "Ни один наставник не подходит по правилам. Ближе всех У-2: нет общего времени."
    assert left.change == "Будет пара, если У-2 сможет встречаться: суббота."


def test_more_than_64_subjects_are_told_apart() -> None:
    words = [f"предмет {n}" for n in range(130)]
    mentees = tuple(pupil(f"У-{n:03d}", needs=frozenset({words[n]})) for n in range(0, 130, 13))
    mentors = tuple(elder(f"Н-{n:03d}", resources=frozenset({words[n]})) for n in range(0, 130, 13))
    pairs = propose(Market(RULES, mentees, mentors)).pairs
    assert [(p.mentee, p.mentor) for p in sorted(pairs, key=lambda p: p.mentee)] == [
        (f"У-{n:03d}", f"Н-{n:03d}") for n in range(0, 130, 13)
    ]


def test_f22_two_teachers_never_mentor_each_other() -> None:
    def both(code: str, named: str) -> tuple[Mentee, Mentor]:
        subject = frozenset({"методика урока, работа с классом"})
        return (
            Mentee(code, TEACHER, (COLLEAGUES,), needs=subject, experience=1, choices=(named,)),
            Mentor(code, TEACHER, (COLLEAGUES,), 1, resources=subject, experience=1),
        )

    people = [both("Т-1", "Т-2"), both("Т-2", "Т-1")]
    result = propose(Market(RULES, tuple(p[0] for p in people), tuple(p[1] for p in people)))
    assert len(result.pairs) == 1
    assert result.totals.proven
    left = next(u for u in result.unmatched if u.role == "наставляемый")
    assert "наставниками друг друга" in left.reason


def test_f20_a_stay_bonus_outweighs_a_small_gain() -> None:
    mentee = pupil("У-1", times=frozenset({"суббота", "вечером"}))
    near = elder("У-2", times=frozenset({"суббота"}))
    better = elder("У-3", times=frozenset({"суббота", "вечером"}))
    market = Market(RULES, (mentee,), (near, better))
    assert [p.mentor for p in propose(market).pairs] == ["У-3"]
    kept = propose(Market(RULES, (mentee,), (near, better), current=(Decided("У-1", PEERS, "У-2"),)))
    assert [p.mentor for p in kept.pairs] == ["У-2"]
    assert "вчерашнее предложение сохранено" in kept.pairs[0].reason
