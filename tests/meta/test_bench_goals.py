"""The measurement of pairing ends with 1 and names what was missed, and only then."""

import pytest

from benchmarks.pairs.goals import Goal, beside_a_way_round, beside_its_manual, of_a_thousand, verdict

MINE = {"people": 895, "score": 481_335, "cpu": 0.31, "wall": 0.32, "proven": True}
PEER = {"people": 886, "score": 463_224, "cpu": 59.9}


def missed(goals: list[Goal]) -> list[str]:
    lines, code = verdict(goals)
    assert code == int(any(line.startswith("MISSED") for line in lines))
    return [line for line in lines if line.startswith("MISSED")]


def test_goals_that_are_met_end_with_0() -> None:
    goals = [*of_a_thousand("towns", MINE, {"agrees": True}), *beside_its_manual("towns", "it", MINE, PEER)]
    assert missed(goals) == []


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"cpu": 0.81}, "0.81 s ≤ 0.8 s"),
        ({"cpu": 1.2}, "50 × faster"),
        ({"people": 885}, "people 885 against 886"),
        ({"score": 463_224}, "points 463224 > 463224"),
        ({"proven": False}, "proven, and the second solver"),
    ],
)
def test_a_missed_goal_is_named_and_ends_with_1(change: dict[str, object], word: str) -> None:
    mine = MINE | change
    goals = [*of_a_thousand("towns", mine, {"agrees": True}), *beside_its_manual("towns", "it", mine, PEER)]
    assert any(word in line for line in missed(goals))


def test_as_many_people_are_enough_only_where_more_are_proven_impossible() -> None:
    as_many = PEER | {"people": 895}
    (people,) = [goal for goal in beside_its_manual("towns", "it", MINE, as_many) if "people" in goal.text]
    assert people.met and "proven: no pairing has more" in people.text
    unproven = MINE | {"proven": False}
    assert any("people" in line for line in missed(beside_its_manual("towns", "it", unproven, as_many)))


def test_a_way_round_may_not_find_more_by_the_aims_it_knows() -> None:
    plain = {"people": 717, "score": 482_863}
    assert beside_a_way_round("scarce", "it", plain, {"people": 717, "score": 482_863}).met
    assert not beside_a_way_round("scarce", "it", plain, {"people": 717, "score": 482_864}).met
    assert beside_a_way_round("towns", "it", plain, {"people": 716, "score": 490_000}).met
