"""Bad input and people's decisions: a finding or a reason each time, never a crash, never a lost person."""

from dataclasses import replace

import pytest

from sheets_sync.domain.matching import Assignment, Decided, Ineligible, Market, Mentor
from sheets_sync.domain.matching.proposal import propose
from tests.unit.domain.matching.school import PEERS, PUPIL, elder, pupil, school_rules

RULES = school_rules()


def texts(result: Assignment) -> str:
    return "\n".join(f.text for f in result.findings)


def test_an_empty_school_has_an_empty_proven_proposal() -> None:
    result = propose(Market(RULES, (), ()))
    assert (result.pairs, result.unmatched, result.totals.people, result.totals.proven) == ((), (), 0, True)


def test_f19_with_no_mentors_at_all_every_mentee_is_told_so() -> None:
    result = propose(Market(RULES, (pupil("У-1"), pupil("У-2")), ()))
    assert [u.id for u in result.unmatched] == ["У-1", "У-2"]
    assert all(u.reason.startswith("Нет наставников") for u in result.unmatched)
    assert all(u.change.startswith("Нужен ещё один наставник") for u in result.unmatched)


def test_with_no_mentees_every_mentor_is_listed_as_idle() -> None:
    result = propose(Market(RULES, (), (elder("У-2"),)))
    assert [(u.id, u.role) for u in result.unmatched] == [("У-2", "наставник")]


@pytest.mark.parametrize("capacity", [0, -3])
def test_a_mentor_without_places_is_a_finding_and_a_line_of_the_unpaired(capacity: int) -> None:
    result = propose(Market(RULES, (pupil("У-1"),), (elder("У-2", capacity=capacity),)))
    assert f"число наставляемых {capacity}" in texts(result)
    assert {u.id for u in result.unmatched} == {"У-1", "У-2"}


def test_f15_whoever_has_no_consent_is_listed_with_the_reason_and_in_no_pair() -> None:
    gone = Ineligible("У-1", "наставляемый", "нет согласия законного представителя")
    result = propose(Market(RULES, (pupil("У-1"), pupil("У-3")), (elder("У-2", 9, 2),), ineligible=(gone,)))
    assert [p.mentee for p in result.pairs] == ["У-3"]
    assert [(u.id, u.reason) for u in result.unmatched] == [("У-1", "нет согласия законного представителя")]
    assert (result.totals.people, result.totals.of_people) == (1, 2)


def test_f24_an_approved_pair_whose_consent_is_gone_is_suspended_and_keeps_its_place() -> None:
    gone = Ineligible("У-1", "наставляемый", "согласие отозвано")
    lock = Decided("У-1", PEERS, "У-2", "утверждена")
    result = propose(Market(RULES, (pupil("У-3"),), (elder("У-2"),), locks=(lock,), ineligible=(gone,)))
    assert result.pairs == ()
    assert result.suspended == (replace(lock, stopped="У-1 сейчас не может быть в паре: согласие отозвано"),)
    assert "согласие отозвано" in texts(result)


def test_f20_an_approved_pair_stays_whatever_the_score() -> None:
    lock = Decided("У-1", PEERS, "У-2", "утверждена")
    market = Market(RULES, (pupil("У-1", choices=("У-3",)),), (elder("У-2"), elder("У-3")), locks=(lock,))
    pair = propose(market).pairs[0]
    assert (pair.mentor, pair.locked) == ("У-2", True)
    assert pair.reason.startswith("Пара утверждена.")


def test_locked_pairs_take_places() -> None:
    lock = Decided("У-1", PEERS, "У-2", "закреплена")
    result = propose(Market(RULES, (pupil("У-1"), pupil("У-3")), (elder("У-2"),), locks=(lock,)))
    assert [p.mentee for p in result.pairs] == ["У-1"]
    left = next(u for u in result.unmatched if u.id == "У-3")
    assert left.reason == "Места всех подходящих наставников заняты закреплёнными парами."
    assert left.change == "Будет пара, если У-2 возьмёт ещё одного наставляемого."


def test_f22_more_locked_pairs_than_places_are_reported_and_kept() -> None:
    locks = tuple(Decided(code, PEERS, "У-9", "закреплена") for code in ("У-1", "У-2"))
    result = propose(Market(RULES, (pupil("У-1"), pupil("У-2")), (elder("У-9"),), locks=locks))
    assert len(result.pairs) == 2
    assert "за наставником У-9 закреплено 2 (У-1, У-2), а мест 1" in texts(result)


def test_a_pair_fixed_and_forbidden_is_a_question() -> None:
    pair = Decided("У-1", PEERS, "У-2", "закреплена")
    veto = Decided("У-1", "", "У-2", "запрещена")
    result = propose(Market(RULES, (pupil("У-1"),), (elder("У-2"),), locks=(pair,), vetoes=(veto,)))
    assert "закреплена и запрещена одновременно" in texts(result)
    assert [p.mentor for p in result.pairs] == ["У-2"]


def test_f22_a_hand_made_pair_against_a_rule_is_kept_and_named() -> None:
    lock = Decided("У-1", PEERS, "У-2", "закреплена куратором")
    result = propose(Market(RULES, (pupil("У-1", level=9),), (elder("У-2", level=7),), locks=(lock,)))
    assert len(result.pairs) == 1 and result.pairs[0].rank == 0
    assert "вопреки правилу: наставник должен быть старше хотя бы на 1 класс" in texts(result)


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        (Decided("У-8", PEERS, "У-2"), "У-8 не найден"),
        (Decided("У-1", PEERS, "У-8"), "У-8 не найден"),
        (Decided("У-1", "шефство", "У-2"), "форма «шефство» в школе не действует"),
        (Decided("У-1", PEERS, "У-1"), "один и тот же человек"),
    ],
)
def test_a_lock_that_names_nobody_known_is_a_finding_and_holds_nobody_back(lock: Decided, says: str) -> None:
    result = propose(Market(RULES, (pupil("У-1"),), (elder("У-2"),), locks=(lock,)))
    assert says in texts(result)
    assert [p.mentee for p in result.pairs if not p.locked] == ["У-1"]


def test_a_forbidden_pair_is_not_proposed_and_the_way_out_is_named() -> None:
    veto = Decided("У-1", "", "У-2", "отклонена")
    result = propose(Market(RULES, (pupil("У-1"),), (elder("У-2"),), vetoes=(veto,)))
    left = next(u for u in result.unmatched if u.id == "У-1")
    assert (
        left.reason == "Ни один наставник не подходит по правилам. Ближе всех У-2: на эту пару есть запрет."
    )
    assert left.change == "Будет пара, если снять запрет на пару с У-2."


def test_a_veto_for_an_unknown_person_is_a_finding() -> None:
    veto = Decided("У-77", "", "У-2", "запрещена")
    assert "запрет называет У-77" in texts(
        propose(Market(RULES, (pupil("У-1"),), (elder("У-2"),), vetoes=(veto,)))
    )


def test_whom_somebody_would_rather_not_work_with_is_not_proposed() -> None:
    for mentee, mentor in (
        (pupil("У-1", avoids=frozenset({"У-2"})), elder("У-2")),
        (pupil("У-1"), elder("У-2", avoids=frozenset({"У-1"}))),
    ):
        assert propose(Market(RULES, (mentee,), (mentor,))).pairs == ()


def test_choices_of_oneself_of_strangers_and_of_people_without_consent_are_notes() -> None:
    gone = Ineligible("У-5", "наставник", "нет согласия")
    mentee = pupil("У-1", choices=("У-1", "У-404", "У-5"))
    result = propose(Market(RULES, (mentee,), (elder("У-2"),), ineligible=(gone,)))
    assert "назван собственный номер" in texts(result)
    assert "назван У-404" in texts(result)
    assert "У-5 назван после встречи (У-1), но пока не может быть в паре: нет согласия" in texts(result)
    assert len(result.pairs) == 1


def test_a_mentor_without_a_single_resource_is_a_note() -> None:
    result = propose(Market(RULES, (pupil("У-1"),), (elder("У-2", resources=frozenset()),)))
    assert "У-2 не отметил, в чём готов помогать" in texts(result)
    assert {u.id for u in result.unmatched} == {"У-1", "У-2"}


def test_a_person_entered_twice_counts_once() -> None:
    result = propose(Market(RULES, (pupil("У-1"), pupil("У-1", level=8)), (elder("У-2", 10, 2),)))
    assert [p.mentee for p in result.pairs] == ["У-1"]
    assert "записан наставляемым дважды" in texts(result)


def test_a_group_no_form_accepts_is_told_so() -> None:
    result = propose(Market(RULES, (), (Mentor("Р-1", "другое", (PEERS,), 1),)))
    assert "где наставник — другое" in result.unmatched[0].reason


def test_equal_scores_everywhere_still_give_one_answer() -> None:
    mentees = tuple(pupil(f"У-{n}") for n in range(12))
    mentors = tuple(elder(f"Н-{n}") for n in range(9))
    first = propose(Market(RULES, mentees, mentors))
    assert propose(Market(RULES, mentees[::-1], mentors[::-1])) == first
    assert (first.totals.people, first.totals.proven) == (9, True)


def test_f19_a_shortage_of_places_is_counted() -> None:
    mentees = tuple(pupil(f"У-{n}") for n in range(5))
    result = propose(Market(RULES, mentees, (elder("Н-1", 9, 2), elder("Н-2"))))
    left = result.unmatched
    assert len(left) == 2
    assert all(
        u.reason
        == "2 подходящих наставника заняты: на 5 человек с общими наставниками 3 места, не хватает 2 мест "
        "(форма «ученик–ученик»)."
        for u in left
    )


def test_who_waited_longest_is_served_first() -> None:
    mentees = (
        pupil("У-1", waiting_nights=2),
        pupil("У-2", waiting_nights=30),
        pupil("У-3", waiting_nights=9),
    )
    assert [p.mentee for p in propose(Market(RULES, mentees, (elder("Н-1"),))).pairs] == ["У-2"]


def test_too_small_a_share_of_pairs_is_shown_and_not_applied() -> None:
    mentees = tuple(pupil(f"У-{n}") for n in range(10))
    result = propose(Market(RULES, mentees, (elder("Н-1", 9, 2),)))
    assert len(result.pairs) == 2
    assert result.withheld.startswith(
        "в парах 2 из 10 наставляемых, которым можно подбирать пару, — меньше 30 %"
    )


def test_a_pair_under_the_cut_off_is_marked() -> None:
    weak = school_rules(min_pair_score=900)
    assert propose(Market(weak, (pupil("У-1"),), (elder("У-2"),))).pairs[0].weak


def test_f22_a_group_smaller_than_announced_is_a_note() -> None:
    result = propose(Market(RULES, (pupil("У-1"),), (elder("У-2", 9, 6),)))
    assert "вести группу от 4 человек, а подобрано меньше: У-2 (1)" in texts(result)


def test_two_requests_of_one_person_in_two_forms_get_two_mentors() -> None:
    rules = school_rules()
    mentees = (pupil("У-1", level=8, forms=(PEERS,)), pupil("У-1", level=8, forms=("студент–ученик",)))
    graduate = Mentor("В-1", "выпускник", ("студент–ученик",), 1, frozenset({"математика"}))
    result = propose(Market(rules, mentees, (elder("У-2"), graduate)))
    assert {(p.form, p.mentor) for p in result.pairs} == {(PEERS, "У-2"), ("студент–ученик", "В-1")}
    assert PUPIL in rules.forms[0].mentees
