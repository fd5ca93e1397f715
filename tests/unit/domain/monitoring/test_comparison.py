"""Only matched people, every number by hand, and no small group to be seen or worked out."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from sheets_sync.domain.monitoring.comparison import Change, Compared, change_of, comparisons
from sheets_sync.domain.school import Diagnostic, Pair, Role
from tests.unit.domain.school_year import pair

ENTRY, LATER = date(2022, 10, 15), date(2022, 12, 10)
MENTEE, MENTOR = Role.MENTEE, Role.MENTOR


def answer(person: str, on: date, mark: int | None, role: Role = MENTEE) -> Diagnostic:
    return Diagnostic(person, role, on, (mark, *(None,) * 5), response_id=f"{person}-{on}")


def twice(number: int, role: Role, old: int = 5, new: int = 7) -> list[Diagnostic]:
    code = f"{'У' if role is MENTEE else 'Н'}-{number:03}"
    return [answer(code, ENTRY, old, role), answer(code, LATER, new, role)]


def shown(compared: tuple[Compared, ...]) -> dict[str, int | str]:
    """Group → people, or why it is hidden, for the first question."""
    return {one.group: one.change.n if one.change else one.reason for one in compared if one.item == 0}


def test_f27_means_medians_and_directions_are_those_of_the_matched_marks() -> None:
    change = change_of([(4, 8), (5, 5), (6, 3), (2, 9), (4, 4), (5, 6)])

    assert change == Change(
        n=6,
        mean_before=Fraction(26, 6),
        mean_after=Fraction(35, 6),
        median_before=Fraction(9, 2),
        median_after=Fraction(11, 2),
        better=3,
        same=2,
        worse=1,
    )


def test_f27_who_answered_once_or_left_the_question_out_is_not_compared() -> None:
    answers = [one for number in range(1, 6) for one in twice(number, MENTEE)]
    answers += [answer("У-006", ENTRY, 1), answer("У-007", LATER, 10)]
    answers += [answer("У-008", ENTRY, None), answer("У-008", LATER, 9)]

    assert shown(comparisons(answers, ()))["все"] == 5


def test_f27_a_group_of_four_is_hidden_and_one_of_five_is_not() -> None:
    four = [one for number in range(1, 5) for one in twice(number, MENTEE)]

    assert shown(comparisons(four, ()))["все"] == "меньше 5 человек"
    assert shown(comparisons([*four, *twice(5, MENTEE)], ()))["все"] == 5


def test_f27_a_small_group_cannot_be_had_by_taking_the_other_from_the_whole() -> None:
    answers = [one for number in range(1, 8) for one in twice(number, MENTEE)]
    answers += [one for number in range(1, 4) for one in twice(number, MENTOR)]

    assert shown(comparisons(answers, ())) == {
        "все": 10,
        "наставляемый": "скрыто: иначе видна малая группа",
        "наставник": "меньше 5 человек",
    }


def test_f27_forms_of_mentoring_are_told_apart_by_the_pairs() -> None:
    answers = [one for number in range(1, 11) for one in twice(number, MENTEE)]
    pairs = [pair(number) for number in range(1, 6)]
    pairs += [replace(pair(number), form="учитель–учитель") for number in range(6, 11)]

    found = shown(comparisons(answers, pairs))
    assert (found["ученик–ученик"], found["учитель–учитель"]) == (5, 5)


def test_f27_who_answers_in_two_roles_is_one_person_among_everybody() -> None:
    answers = [one for number in range(1, 6) for one in twice(number, MENTEE, 5, 7)]
    answers += [answer("У-001", ENTRY, 1, MENTOR), answer("У-001", LATER, 1, MENTOR)]

    everybody = next(one for one in comparisons(answers, ()) if one.group == "все" and one.item == 0)
    assert everybody.change is not None
    assert (everybody.change.n, everybody.change.mean_after) == (5, Fraction(7))


def test_f27_each_quarter_compares_its_latest_answer_with_the_entry() -> None:
    september = date(2022, 9, 15)
    answers = []
    for number in range(1, 6):
        code = f"У-{number:03}"
        answers += [answer(code, september, 2), answer(code, ENTRY, 4), answer(code, LATER, 9)]

    found = [one for one in comparisons(answers, ()) if one.group == "все" and one.item == 0]
    assert [(one.quarter, one.change and one.change.mean_after) for one in found] == [
        ((2022, 4), Fraction(9)),
    ]
    assert found[0].change is not None
    assert found[0].change.mean_before == Fraction(2)


def test_f27_the_order_of_answers_and_pairs_does_not_matter() -> None:
    answers = [one for number in range(1, 12) for one in twice(number, MENTEE, number % 9 + 1, 6)]
    pairs: list[Pair] = [pair(number) for number in range(1, 12)]

    assert comparisons(answers, pairs) == comparisons(answers[::-1], pairs[::-1])
