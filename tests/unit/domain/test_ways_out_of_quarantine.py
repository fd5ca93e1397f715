"""Every reason for which an answer waits has a correction in «Вопросы к данным» that lets it in."""

from collections.abc import Mapping

import pytest

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.intake import Intake, interpret
from sheets_sync.domain.registry import questions_table, registry_table
from sheets_sync.domain.responses import Response
from sheets_sync.domain.tables import ReadRow, ReadSheet, Workbook
from tests.builders.people import EMPTY, SCHOOL, TODAY, adult, answer, committed, pupil

LEV = pupil("P1", "Берёзов Лев Ильич")
TEACHER = adult("P2", "Соколова Вера Павловна", 1)
FIRST, SECOND = make_code(CodeKind.PERSON, 1), make_code(CodeKind.PERSON, 2)
PAIR = make_code(CodeKind.PAIR, 1)
WITH_PAIR = Workbook({"pairs": ReadSheet("pairs", (ReadRow(1, PAIR, {"key": PAIR}),))}, {}, 0)
NETWORKING = {"person": FIRST, "role": "наставляемый"}
MEETING = {"pair": PAIR, "on": "2022-09-02", "kind": "знакомство", "held": "очно"}
DIAGNOSTIC = {"person": FIRST, "role": "наставляемый", "satisfaction": "8"}
EVENT = {"kind": "классный час", "on": "2022-09-02", "attended": "25", "school_class": "7 «А»"}


def of(form: str, fields: Mapping[str, str], **changed: str) -> Response:
    return answer(form, "R1", **{**fields, **changed})


CASES = {
    # what is wrong: (the answer, the question's kind, what the curator types)
    "class of another school": (pupil("R1", "Дубов Пётр Ильич", 9, school_class="12Я"), "класс", "7б"),
    "no class": (pupil("R1", "Дубов Пётр Ильич", 9, school_class=""), "класс", "5 А"),
    "no such day": (pupil("R1", "Дубов Пётр", 9, birth_date="2010-02-30"), "дата рождения", "28.02.2010"),
    "born too late": (pupil("R1", "Дубов Пётр", 9, birth_date="2031-05-05"), "дата рождения", "05.05.2011"),
    "no name": (pupil("R1", "—", 9), "имя", "Дубов Пётр Ильич"),
    "initials": (pupil("R1", "Дубов П.И.", 9), "имя", "Дубов Пётр Ильич"),
    "the parent's name": (pupil("R1", "Берёзова Анна Львовна", 9), "имя", "Дубов Пётр Ильич"),
    "code with a slip": (pupil("R1", "У-018", 9), "имя", FIRST),
    "unknown group": (pupil("R1", "Дубов Пётр Ильич", 9, who="кто-то"), "участник", "обучающийся"),
    "unknown role": (pupil("R1", "Дубов Пётр Ильич", 9, participation="не знаю"), "роль", "наставляемым"),
    "nobody's badge": (of("networking", NETWORKING, person=make_code(CodeKind.PERSON, 77)), "код", FIRST),
    "badge with a slip": (of("networking", NETWORKING, person="У-018"), "код", FIRST),
    "role at the meeting": (of("networking", NETWORKING, role="гость"), "роль", "наставляемый"),
    "diagnostics without a number": (of("diagnostic", DIAGNOSTIC, person="не помню"), "код", FIRST),
    "role in diagnostics": (of("diagnostic", DIAGNOSTIC, role="гость"), "роль", "наставник"),
    "unknown pair": (of("meeting", MEETING, pair="П-999"), "пара", PAIR),
    "meeting on no day": (of("meeting", MEETING, on="2022-09-31"), "дата встречи", "02.09.2022"),
    "meeting in the future": (of("meeting", MEETING, on="2022-12-01"), "дата встречи", "01.09.2022"),
    "kind of meeting": (of("meeting", MEETING, kind="чаепитие"), "вид встречи", "пробная"),
    "kind of event": (of("event", EVENT, kind="поход"), "вид", "другое"),
    "event on no day": (of("event", EVENT, on="вчера"), "дата", "02.09.2022"),
    "attendance in words": (of("event", EVENT, attended="почти все"), "присутствовало", "24"),
    "event of an unknown class": (of("event", EVENT, school_class="12Я"), "класс", "7а"),
}  # fmt: skip


def book(staff: Mapping[tuple[str, str], Mapping[str, object]] | None, *responses: Response) -> Workbook:
    """The workbook after a night, with a pair in it and with what the curator typed."""
    first = read(WITH_PAIR, *responses)
    tables = [registry_table(first, (), EMPTY), questions_table(first.findings, EMPTY, TODAY)]
    found = committed(tables, staff)
    return Workbook({**found.sheets, **WITH_PAIR.sheets}, found.memory, 1)


def read(workbook: Workbook, *responses: Response) -> Intake:
    return interpret([LEV, TEACHER, *responses], workbook, SCHOOL, TODAY)


@pytest.mark.parametrize("wrong", CASES)
def test_f10_each_reason_has_a_correction_that_works_the_same_night(wrong: str) -> None:
    response, kind, correction = CASES[wrong]
    held = read(book(None, response), response)
    assert list(held.quarantined) == ["R1"]
    (question,) = [item for item in held.findings if item.subject == "R1"]
    assert question.key.startswith(f"{kind}/R1/")
    assert question.place and question.text

    typed = {("questions", question.key): {"correction": correction, "who": "куратор"}}
    out = read(book(typed, response), response)

    assert out.quarantined == {}
    assert out.verdicts["R1"].state == "учтён"
    assert not [item for item in out.findings if item.subject == "R1"]


@pytest.mark.parametrize("wrong", CASES)
def test_f10_each_reason_can_be_skipped_or_put_off(wrong: str) -> None:
    response, _, _ = CASES[wrong]
    (question,) = [item for item in read(book(None, response), response).findings if item.subject == "R1"]
    skipped = read(book({("questions", question.key): {"decision": "пропустить"}}, response), response)
    assert skipped.verdicts["R1"].state == "пропущен" and skipped.quarantined == {}
    later = read(book({("questions", question.key): {"decision": "отложить"}}, response), response)
    assert list(later.quarantined) == ["R1"], "put off, it still waits"


@pytest.mark.parametrize("written", ["Берёзов Лев Ильич, 7 а", "БЕРЕЗОВ ЛЕВ 7А", "Лев Берёзов"])
def test_f10_a_forgotten_code_is_found_by_the_name_and_taken_after_a_yes(written: str) -> None:
    response = of("networking", NETWORKING, person=written)
    (question,) = read(book(None, response), response).findings
    assert question.suggestion == FIRST
    taken = read(book({("questions", question.key): {"decision": "да"}}, response), response)
    assert [item.person for item in taken.networking] == [FIRST]


def test_f10_a_name_that_two_people_bear_suggests_nobody() -> None:
    twin = pupil("P3", "Берёзов Лев Ильич", 2, birth_date="2010-09-09")
    response = of("networking", NETWORKING, person="Берёзов Лев Ильич, 7 а")
    (question,) = [item for item in read(EMPTY, twin, response).findings if item.subject == "R1"]
    assert question.suggestion == ""
    assert "впишите код" in question.text


def test_f10_a_skipped_person_and_a_yes_to_two_different_questions_do_not_mix() -> None:
    other = of("diagnostic", DIAGNOSTIC, person="Соколова Вера Павловна")
    (question,) = [item for item in read(EMPTY, other).findings if item.subject == "R1"]
    assert question.suggestion == SECOND
