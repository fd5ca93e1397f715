"""Rows that the curator types in «Пары»: each becomes a pair or a question, none is lost or rewritten."""

from datetime import date
from typing import Any

import pytest

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.findings import Severity
from sheets_sync.domain.intake.references import directory
from sheets_sync.domain.pair import Pair, PairState
from sheets_sync.domain.pairs.by_hand import TypedPairs, initial_cells, typed_pairs
from sheets_sync.domain.school import Group, Person, Role
from tests.builders.people import TODAY, rows, workbook
from tests.unit.domain.matching.school import PEERS, school_rules

MENTEE, MENTOR, TEACHER = (make_code(CodeKind.PERSON, number) for number in (1, 2, 3))


def person(code: str, name: str, group: Group, role: Role) -> Person:
    return Person(code, name, group, frozenset({role}), TODAY, school_class="7 «А»")


PEOPLE = (
    person(MENTEE, "Ветров Глеб Ильич", Group.PUPIL, Role.MENTEE),
    person(MENTOR, "Ручьёва Дарья Павловна", Group.PUPIL, Role.MENTOR),
    person(TEACHER, "Берегова Нина Сергеевна", Group.TEACHER, Role.MENTOR),
)


def read(*cells: dict[str, Any], standing: tuple[Pair, ...] = ()) -> TypedPairs:
    book = workbook(rows("pairs", *cells))
    known = directory(PEOPLE, {}, ())
    return typed_pairs(
        book, standing, known, school_rules().forms, lambda n: make_code(CodeKind.PAIR, n), TODAY
    )


def test_f22_two_codes_and_a_decision_make_a_pair_of_the_curators_own() -> None:
    made = read({"mentor": MENTOR, "mentee": MENTEE, "decision": "закрепить", "decision_reason": "братья"})
    (pair,) = made.pairs
    assert (pair.form, pair.mentor, pair.mentee) == (PEERS, MENTOR, MENTEE)
    assert (pair.state, pair.by_hand, pair.code) == (PairState.PROPOSED, True, make_code(CodeKind.PAIR, 1))
    assert initial_cells(pair) == {"decision": "закрепить", "decision_reason": "братья"}
    assert [finding.text for finding in made.findings] == [
        f"эта пара уже стоит строкой {pair.code}: вашу строку можно удалить"
    ]


def test_f22_an_approval_by_hand_bears_its_date() -> None:
    day = date(2022, 9, 15)
    (pair,) = read(
        {"mentor": MENTOR, "mentee": MENTEE, "form": PEERS, "decision": "утвердить", "decided_on": day}
    ).pairs
    assert (pair.state, pair.approved_on) == (PairState.APPROVED, day)


def test_a_ban_by_hand_is_a_pair_that_is_never_proposed() -> None:
    (pair,) = read({"mentor": MENTOR, "mentee": MENTEE, "decision": "запретить"}).pairs
    assert (pair.state, pair.decision) == (PairState.REJECTED, "запретить")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"mentor": MENTOR, "mentee": "У-404", "decision": "закрепить"}, "«У-404» — такого участника нет"),
        (
            {"mentor": MENTOR, "mentee": "Ветров Глеб Ильич", "decision": "закрепить"},
            f"возможно, это {MENTEE}; впишите код",
        ),
        ({"mentor": MENTOR, "decision": "закрепить"}, "код наставляемого: не указан"),
        ({"mentor": MENTOR, "mentee": MENTEE}, "нет решения: выберите одно из — утвердить, закрепить"),
        ({"mentor": MENTOR, "mentee": MENTEE, "decision": "прекратить"}, "«прекратить» здесь не подходит"),
        (
            {"mentor": TEACHER, "mentee": MENTEE, "decision": "закрепить"},
            "не указана форма наставничества; бывает: ",
        ),
        (
            {"mentor": MENTOR, "mentee": MENTEE, "form": "шефство", "decision": "закрепить"},
            "формы «шефство» в школе нет",
        ),
    ],
)
def test_a_row_that_is_not_clear_is_a_question_with_its_place(cells: dict[str, str], says: str) -> None:
    made = read({"mentor": "", "form": "заметка сотрудника"}, cells)
    assert made.pairs == ()
    assert len(made.findings) == 1
    assert says in made.findings[0].text
    assert made.findings[0].place == "лист «Пары», строка 3"


def test_a_pair_that_stands_already_is_pointed_to() -> None:
    standing = Pair("П-014", PEERS, MENTOR, MENTEE, PairState.PROPOSED, TODAY)
    made = read({"mentor": MENTOR, "mentee": MENTEE, "decision": "утвердить"}, standing=(standing,))
    assert made.pairs == ()
    assert made.findings[0].text == "эта пара уже стоит строкой П-014: решение ставьте в той строке"


def test_two_equal_rows_make_one_pair() -> None:
    row = {"mentor": MENTOR, "mentee": MENTEE, "decision": "закрепить"}
    made = read(row, row)
    assert len(made.pairs) == 1
    assert len({finding.key for finding in made.findings}) == 1
    assert "вашу строку можно удалить" in made.findings[0].text


def test_f22_the_same_two_fixed_and_forbidden_are_a_question_and_the_first_holds() -> None:
    fixed = {"mentor": MENTOR, "mentee": MENTEE, "decision": "закрепить"}
    made = read(fixed, fixed | {"decision": "запретить"})
    (pair,) = made.pairs
    assert pair.decision == "закрепить"
    (question,) = [finding for finding in made.findings if finding.severity is Severity.QUESTION]
    assert "с решением «закрепить», а здесь — «запретить»" in question.text
