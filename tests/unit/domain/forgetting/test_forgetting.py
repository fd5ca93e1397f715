"""What gives a person away, how one is known again, what is emptied, what the nights after it ask."""

from dataclasses import replace
from datetime import date

import pytest

from sheets_sync.domain.forgetting.afterwards import afterwards
from sheets_sync.domain.forgetting.grounds import GROUNDS
from sheets_sync.domain.forgetting.listed import without_forgotten
from sheets_sync.domain.forgetting.subject import Mentions
from sheets_sync.domain.forgetting.tombstones import (
    MEMORY,
    Buried,
    FormAnswer,
    Tombstone,
    buried,
    digest,
    still_standing,
)
from sheets_sync.domain.intake import interpret
from sheets_sync.domain.names import name_key
from sheets_sync.domain.pairs.leavers import without_leavers
from sheets_sync.domain.plan import DestroyDocument
from sheets_sync.domain.roster import Listed, Roster
from sheets_sync.domain.roster.renewal import renewed, with_codes
from sheets_sync.domain.roster.table import lines_of, read_list
from sheets_sync.domain.school import Group, Pair, PairState
from sheets_sync.domain.tables import Workbook
from tests.builders.people import SCHOOL, TODAY, pupil

NAME, BORN, SALT = "Берёзов Лев Ильич", date(2010, 5, 1), "соль"
KEY = name_key(NAME)
STONE = Tombstone(
    "У-017",
    date(2022, 9, 15),
    "отзыв согласия",
    salt=SALT,
    names=(digest(SALT, KEY, Group.PUPIL.value),),
    births=(digest(SALT, KEY, Group.PUPIL.value, BORN.isoformat()),),
)
BOY = Listed(NAME, Group.PUPIL, "7 «А»", BORN, "У-017")
SISTER = Listed("Берёзова Майя Ильинична", Group.PUPIL, "5 «А»", date(2012, 3, 3))


def having(stone: Tombstone) -> Workbook:
    return Workbook({}, {(MEMORY, stone.code): stone.memory}, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Берёзов Лев",
        "встреча с Львом Березовым",
        "Л.И. Берёзов опоздал",
        "ЛЬВА БЕРЁЗОВА не было",
        "звонить: 8 (928) 123 45 67",
        "пишите на Mama@Pochta.example",
    ],
)
def test_f16_a_text_that_names_the_person_is_found(text: str) -> None:
    assert Mentions((NAME,), ("9281234567",), ("mama@pochta.example",)).found_in(text)


@pytest.mark.parametrize("text", ["Берёзовая роща", "Берёзова Майя", "Лев Толстой", "Берёзов П.И.", "928"])
def test_f16_a_surname_or_a_first_name_alone_is_nobody(text: str) -> None:
    assert not Mentions((NAME,), ("9281234567",)).found_in(text)


def test_f16_a_tombstone_comes_back_from_memory_and_holds_no_name() -> None:
    stone = replace(STONE, responses=("а1",), standing=(FormAnswer("application", "а1", "01.09.2022 12:00"),))
    assert buried(having(stone)).stones == (stone,)
    assert "ерёзов" not in str(stone.memory) and "2010" not in str(stone.memory)


@pytest.mark.parametrize(
    ("group", "born", "known"),
    [
        (Group.PUPIL, BORN, True),
        (Group.PUPIL, None, True),
        (Group.PUPIL, date(2010, 5, 2), False),
        (Group.TEACHER, BORN, False),
    ],
)
def test_f16_the_person_is_known_again_and_a_namesake_is_not(
    group: Group, born: date | None, known: bool
) -> None:
    assert STONE.is_of(name_key("березов  ЛЕВ Ильич"), group, born) is known


def test_f16_another_school_cannot_use_the_digests() -> None:
    assert digest("соль", KEY) != digest("другая", KEY)


def test_f16_the_school_counts_the_line_of_a_forgotten_pupil_without_knowing_whose_it_is() -> None:
    kept = without_forgotten((BOY, SISTER), Buried((STONE,)))
    assert kept == (Listed("", Group.PUPIL, "7 «А»", date(2010, 7, 1)), SISTER)
    (again, sister) = read_list(lines_of(kept), ()).people
    assert (again, sister) == kept
    later = without_forgotten((replace(BOY, code=""), SISTER), Buried((STONE,)))
    renewal = renewed(Roster(kept), later, date(2022, 10, 1))
    assert renewal.people == kept and (renewal.arrived, renewal.left) == (0, 0)
    assert [one.code for one in with_codes(renewal, ["У-017"]).people if not one.name] == [""]


def test_f16_a_questionnaire_of_a_forgotten_person_waits_for_the_curator() -> None:
    sent = pupil("новая", NAME, birth_date="2010-05-01")
    found = interpret([sent], having(STONE), SCHOOL, TODAY)
    assert found.people == () and list(found.quarantined) == ["новая"]
    assert "данные уничтожены 15.09.2022 (У-017)" in found.quarantined["новая"]


def test_f16_a_namesake_with_another_birthday_comes_in() -> None:
    sent = pupil("новая", NAME, birth_date="2011-05-01")
    assert [one.name for one in interpret([sent], having(STONE), SCHOOL, TODAY).people] == [NAME]


def test_f16_the_code_of_a_forgotten_person_lets_nobody_in() -> None:
    found = interpret([pupil("новая", "У-017")], having(STONE), SCHOOL, TODAY)
    assert found.people == () and list(found.quarantined) == ["новая"]


def test_f16_a_pair_of_a_forgotten_person_ends_with_the_ground() -> None:
    pair = Pair("П-014", "ученик–ученик", "У-025", "У-017", PairState.IN_FORCE, date(2022, 9, 1))
    (ended,) = without_leavers([pair], {}, TODAY, Buried((STONE,)))
    assert (ended.state, ended.ended_on) == (PairState.ENDED, date(2022, 9, 15))
    assert ended.basis == "наставляемый вышел из программы: отзыв согласия, данные уничтожены"


def test_f16_only_a_form_that_was_read_whole_settles_what_it_held() -> None:
    stone = replace(STONE, standing=(FormAnswer("application", "а1"), FormAnswer("diagnostic", "д1")))
    assert still_standing(stone, {"application": ["другой"]}).standing == (FormAnswer("diagnostic", "д1"),)
    assert still_standing(stone, {"application": ["а1"]}) == stone


def test_f16_the_journal_is_told_once_and_documents_wait_until_they_are_gone() -> None:
    stone = replace(STONE, destroy=("черновик",))
    first = afterwards(Buried((stone,)), {})
    assert len(first.journal) == 1 and first.destroys == (DestroyDocument("черновик"),)
    told = replace(stone, told=True)
    assert first.changes == (told.remembered,)
    assert first.settled == (replace(told, destroy=()).remembered,)
    quiet = afterwards(Buried((replace(told, destroy=()),)), {})
    assert (quiet.changes, quiet.destroys, quiet.journal) == ((), (), ())


@pytest.mark.parametrize(
    ("ground", "due"),
    [("отзыв", date(2022, 12, 1)), ("требование", date(2022, 11, 15)), ("цель", date(2022, 12, 1))],
)
def test_f16_the_law_gives_thirty_days_or_ten_working_ones(ground: str, due: date) -> None:
    assert GROUNDS[ground].due(date(2022, 11, 1)) == due
