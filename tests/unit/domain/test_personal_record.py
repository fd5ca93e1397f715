from dataclasses import replace
from datetime import date

from sheets_sync.domain.intake import interpret
from sheets_sync.domain.personal_record import HEADER, history, register_lines
from sheets_sync.domain.registry import registry_table
from sheets_sync.domain.roster import NOBODY, Listed, Roster
from sheets_sync.domain.school import (
    Consent,
    ConsentKind,
    Group,
    Pair,
    PairState,
    Person,
    RegisteredDocument,
    Role,
    Signer,
)
from tests.builders.people import EMPTY, SCHOOL, committed, pupil

LEV = Person(
    code="У-017",
    name="Берёзов Лев Ильич",
    group=Group.PUPIL,
    roles=frozenset({Role.MENTOR, Role.MENTEE}),
    applied_on=date(2022, 9, 3),
    birth_date=date(2007, 5, 1),
    school_class="9",
)
VERA = replace(LEV, code="У-025", name="Дубова Вера Ильинична", school_class="7 «А»")
ANNA = replace(LEV, code="У-033", name="Сорокина Анна Ильинична", school_class="5 «А»")
FIRST = Pair(
    "П-017", "ученик–ученик", "У-017", "У-025", PairState.IN_FORCE, date(2022, 10, 1),
    in_force_from=date(2022, 10, 26),
)  # fmt: skip
SECOND = replace(FIRST, code="П-025", mentor="У-033", mentee="У-017")
ENDED = replace(FIRST, state=PairState.ENDED, ended_on=date(2022, 11, 21), end_reason="переезд")
ORDER = RegisteredDocument(
    kind="приказ о закреплении пар", key="Д-017", number="45/2-р", on=date(2022, 10, 26),
    pairs=("П-017", "П-025"),
)  # fmt: skip
PAPER = Consent("", "У-017", ConsentKind.PROCESSING, Signer.REPRESENTATIVE, date(2022, 9, 10), paper="1/4")


def lines(
    *pairs: Pair, on: date = date(2022, 12, 1), refused: dict[str, str] | None = None
) -> dict[str, dict[str, str]]:
    table = register_lines([LEV, VERA, ANNA], pairs, [PAPER], [ORDER], refused or {}, NOBODY, on)
    assert table[0] == HEADER
    return {line[0]: dict(zip(HEADER, line, strict=True)) for line in table[1:]}


def test_f17_a_mentor_who_is_also_a_mentee_stands_once_with_both_roles() -> None:
    found = lines(FIRST, SECOND)
    assert list(found) == ["У-033", "У-025", "У-017"]
    assert found["У-017"]["Роль"] == "наставляемый, наставник"
    assert found["У-017"]["Пары"] == "П-017, П-025"
    assert found["У-017"]["Приказ о включении"] == "№ 45/2-р от 26.10.2022"
    assert found["У-017"]["Согласие"] == "№ 1/4 от 10.09.2022"


def test_f17_the_register_is_as_of_its_date() -> None:
    assert lines(FIRST, on=date(2022, 10, 25)) == {}
    before = lines(ENDED, on=date(2022, 11, 20))["У-025"]
    assert (before["Дата входа"], before["Дата выхода"], before["Результат"]) == (
        "26.10.2022",
        "",
        "участвует",
    )
    after = lines(ENDED, on=date(2022, 11, 21))["У-025"]
    assert (after["Дата выхода"], after["Причина выхода"], after["Результат"]) == (
        "21.11.2022",
        "переезд",
        "прекращено",
    )


def test_f15_the_register_names_nobody_without_a_consent() -> None:
    found = lines(FIRST, refused={"У-025": "согласие отозвано"})["У-025"]
    assert "Дубова" not in " ".join(found.values())
    assert (found["ФИО"], found["Дата рождения"], found["Дата входа"]) == ("—", "—", "26.10.2022")


def test_f17_the_history_tells_entry_class_and_exit_by_dates() -> None:
    left = replace(LEV, left_on=date(2022, 12, 1), left_reason="перешёл в другую школу")
    classes = [["2022-09-03", "8 «Б»"], ["2022-09-15", "9"]]
    assert history(left, classes, [ENDED, SECOND], date(2022, 12, 31)) == [
        "03.09.2022 — анкета",
        "15.09.2022 — класс 9",
        "26.10.2022 — приказом в паре П-017, наставник",
        "26.10.2022 — приказом в паре П-025, наставляемый",
        "21.11.2022 — пара П-017 прекращена",
        "01.12.2022 — выбыл, перешёл в другую школу",
    ]
    assert history(left, classes, [ENDED], date(2022, 9, 14)) == ["03.09.2022 — анкета"]


def test_f17_a_change_of_class_is_remembered_with_its_day_and_a_quiet_night_adds_nothing() -> None:
    answer = pupil("R1", "Берёзов Лев Ильич")
    first = interpret([answer], EMPTY, SCHOOL, date(2022, 9, 10))
    book = committed([registry_table(first, (), EMPTY)])
    roster = Roster((Listed("Берёзов Лев Ильич", Group.PUPIL, "7 «Б»", date(2010, 5, 1)),))
    moved = interpret([answer], book, SCHOOL, date(2022, 9, 15), roster=roster)
    table = registry_table(moved, (), book)
    assert table.rows[0].cells["history"] == "03.09.2022 — анкета\n15.09.2022 — класс 7 «Б»"
    later = committed([table])
    again = registry_table(interpret([answer], later, SCHOOL, date(2022, 9, 20), roster=roster), (), later)
    assert again == table
