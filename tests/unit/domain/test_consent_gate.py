from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sheets_sync.domain.consents import (
    consent_key,
    consented_on,
    gate,
    needed_consents,
    signers,
    with_needed,
    without_labour_consent,
)
from sheets_sync.domain.school import Consent, ConsentKind, Group, Pair, PairState, Person, Role, Signer

DAY = date(2022, 10, 21)


def person(birth: date | None = date(2010, 5, 1), group: Group = Group.PUPIL) -> Person:
    return Person(
        code="У-017",
        name="Берёзов Лев Ильич",
        group=group,
        roles=frozenset({Role.MENTEE}),
        applied_on=date(2022, 9, 3),
        birth_date=birth,
        representative="Берёзова Анна Львовна",
    )


def signed(signer: Signer, on: date | None = date(2022, 10, 1), /, **changes: Any) -> Consent:
    kind = ConsentKind.PROCESSING
    plain = Consent(consent_key("У-017", kind, signer), "У-017", kind, signer, signed_on=on)
    return replace(plain, **changes)


@pytest.mark.parametrize(
    ("birth", "needed"),
    [
        (date(2008, 10, 22), (Signer.REPRESENTATIVE,)),
        (date(2008, 10, 21), (Signer.REPRESENTATIVE, Signer.TEENAGER)),
        (date(2004, 10, 22), (Signer.REPRESENTATIVE, Signer.TEENAGER)),
        (date(2004, 10, 21), (Signer.SELF,)),
        (None, (Signer.REPRESENTATIVE,)),
    ],
)
def test_f14_the_age_on_the_day_says_whose_signature_is_needed(
    birth: date | None, needed: tuple[Signer, ...]
) -> None:
    assert signers(person(birth), DAY) == needed


def test_f14_an_adult_group_without_a_birth_date_signs_for_itself() -> None:
    assert signers(person(None, Group.TEACHER), DAY) == (Signer.SELF,)


def test_f15_nobody_passes_without_a_consent() -> None:
    admission = gate(person(), (), DAY)
    assert not admission.allowed
    assert admission.reason == "нет согласия (законный представитель)"


def test_f15_a_valid_consent_of_the_representative_lets_a_child_pass() -> None:
    assert gate(person(), [signed(Signer.REPRESENTATIVE)], DAY).allowed


def test_f15_the_consent_of_somebody_else_does_not_count() -> None:
    assert not gate(person(), [signed(Signer.REPRESENTATIVE, person="У-025")], DAY).allowed


def test_f15_between_14_and_18_both_signatures_are_needed() -> None:
    teenager = person(date(2007, 1, 1))
    one = signed(Signer.REPRESENTATIVE)
    assert gate(teenager, [one], DAY).reason == "нет согласия (участник (14–17 лет))"
    assert gate(teenager, [one, signed(Signer.TEENAGER)], DAY).allowed


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"signed_on": None}, "согласие не подписано"),
        ({"signed_on": date(2022, 10, 22)}, "согласие подписано позже, 22.10.2022"),
        ({"withdrawn_on": DAY}, "согласие отозвано 21.10.2022"),
        ({"valid_until": date(2022, 10, 20)}, "срок согласия вышел 20.10.2022"),
        ({"signed_by": "берёзов ЛЕВ Ильич"}, "подписал сам ребёнок"),
    ],
)
def test_f15_a_consent_that_is_not_valid_on_the_day_closes_the_gate(
    changes: dict[str, Any], reason: str
) -> None:
    admission = gate(person(), [signed(Signer.REPRESENTATIVE, **changes)], DAY)
    assert not admission.allowed
    assert admission.reason == f"{reason} (законный представитель)"


@pytest.mark.parametrize(
    "changes", [{"withdrawn_on": date(2022, 10, 22)}, {"valid_until": DAY}, {"signed_on": DAY}]
)
def test_f15_the_gate_stays_open_until_the_last_valid_day(changes: dict[str, Any]) -> None:
    assert gate(person(), [signed(Signer.REPRESENTATIVE, **changes)], DAY).allowed


def test_f15_the_participants_own_consent_signed_too_early_does_not_count() -> None:
    grown = person(date(2004, 10, 21))
    early = signed(Signer.SELF, date(2022, 10, 20))
    assert gate(grown, [early], DAY).reason == "подписано раньше 18 лет (участник)"
    assert gate(grown, [signed(Signer.SELF, DAY)], DAY).allowed


def test_f15_a_new_paper_beside_a_withdrawn_one_opens_the_gate_again() -> None:
    old = signed(Signer.REPRESENTATIVE, withdrawn_on=date(2022, 10, 5))
    new = signed(Signer.REPRESENTATIVE, date(2022, 10, 10), key="second")
    assert gate(person(), [old, new], DAY).allowed


def test_f15_consent_to_processing_is_no_consent_to_publication() -> None:
    assert not gate(person(), [signed(Signer.REPRESENTATIVE)], DAY, ConsentKind.PUBLICATION).allowed


def test_f14_on_the_fourteenth_birthday_a_row_for_the_teenager_is_added() -> None:
    child = person(date(2008, 10, 21))
    before = with_needed([child], [], date(2022, 10, 20))
    after = with_needed([child], before, DAY)
    assert [consent.signer for consent in after] == [Signer.REPRESENTATIVE, Signer.TEENAGER]
    assert after[1].key == "У-017/обработка/участник (14–17 лет)"
    assert with_needed([child], after, DAY) == after


def test_f14_a_teacher_who_mentors_a_teacher_needs_the_labour_codes_consent_too() -> None:
    teacher = replace(person(None, Group.TEACHER), roles=frozenset({Role.MENTOR}))
    assert [need.kind for need in needed_consents(teacher, DAY)] == [ConsentKind.PROCESSING]
    kinds = [need.kind for need in needed_consents(teacher, DAY, frozenset({"У-017"}))]
    assert kinds == [ConsentKind.PROCESSING, ConsentKind.LABOUR]


def test_f15_the_admitted_are_those_whom_the_gate_admits() -> None:
    other = replace(person(), code="У-025")
    assert consented_on([person(), other], [signed(Signer.REPRESENTATIVE)], DAY) == {"У-017"}


def test_f14_an_approved_pair_of_a_teacher_asks_for_the_consent_of_article_351_8() -> None:
    teacher = person(None, Group.TEACHER)
    pair = Pair("П-017", "учитель–учитель", "У-017", "У-025", PairState.APPROVED, DAY)
    proposed = replace(pair, code="П-025", state=PairState.PROPOSED)
    (asked,) = without_labour_consent({"У-017": teacher}, [pair, proposed], [signed(Signer.SELF)], DAY)
    assert asked.subject == "У-017"
    assert "351.8" in asked.text and teacher.name not in asked.text
    labour = signed(Signer.SELF, kind=ConsentKind.LABOUR)
    assert without_labour_consent({"У-017": teacher}, [pair], [labour], DAY) == ()
    late = replace(labour, signed_on=date(2022, 10, 22))
    assert len(without_labour_consent({"У-017": teacher}, [pair], [late], DAY)) == 1
    assert without_labour_consent({"У-017": person()}, [pair], [], DAY) == (), (
        "pupils sign nothing of the kind"
    )


@pytest.mark.parametrize("birthday", [date(2008, 10, 21), date(2004, 10, 21)])
def test_f14_on_the_fourteenth_and_eighteenth_birthday_a_row_is_added_and_the_old_ones_stay(
    birthday: date,
) -> None:
    young = person(birthday)
    before = with_needed([young], [], date(2022, 10, 20))
    after = with_needed([young], before, DAY)
    assert after[: len(before)] == before
    (fresh,) = after[len(before) :]
    assert fresh.signer is (Signer.TEENAGER if birthday.year == 2008 else Signer.SELF)
    assert with_needed([young], after, date(2022, 12, 1)) == after
