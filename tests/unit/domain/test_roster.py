"""The school's list: what of it is read, what a new one changes, whom an answer means, what is counted."""

from dataclasses import replace
from datetime import date

import pytest

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.intake import interpret
from sheets_sync.domain.registry import registry_table
from sheets_sync.domain.roster import Listed, Roster
from sheets_sync.domain.roster.counts import contingent_table, counted
from sheets_sync.domain.roster.renewal import renewed, with_codes
from sheets_sync.domain.roster.table import lines_of, read_list
from sheets_sync.domain.school import Group
from tests.builders.people import EMPTY, SCHOOL, TODAY, committed, pupil, rows, workbook

CLASSES = ("5 «А»", "7 «А»", "7 «Б»")
HEADER = ("Код", "ФИО", "Класс", "Дата рождения", "Группа", "Прибыл", "Выбыл")
LEV = Listed("Берёзов Лев Ильич", Group.PUPIL, "7 «А»", date(2010, 5, 1))
OTHER_LEV = replace(LEV, birth_date=date(2010, 9, 9))
TEACHER = Listed("Соколова Вера Павловна", Group.TEACHER)
TWELFTH = make_code(CodeKind.PERSON, 12)


def test_f07_the_list_of_an_electronic_journal_is_read() -> None:
    read = read_list(
        [
            ("Списки МБОУ СОШ", "", ""),
            ("№ п/п", "Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "Выбыл"),
            ("1", "БЕРЁЗОВ", "лев", "Ильич", "7а", "01.05.2010", ""),
            ("", "", "", "", "", "", ""),
            ("2", "Дубов", "Пётр", "", "7-Б", "2010-06-02", "01.09.2022"),
        ],
        CLASSES,
    )
    assert read.troubles == ()
    assert read.unknown == ("№ п/п",)
    assert read.people == (
        LEV,
        Listed("Дубов Пётр", Group.PUPIL, "7 «Б»", date(2010, 6, 2), left=date(2022, 9, 1)),
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("", "", "7а", "", "", "", ""), "имя не указано"),
        (("", "Берёзов Лев", "12Я", "", "", "", ""), "такого класса в школе нет: «12Я»"),
        (("", "Берёзов Лев", "", "", "ученик", "", ""), "не указан класс"),
        (("", "Берёзов Лев", "7а", "31.02.2010", "", "", ""), "дата рождения: «31.02.2010» — не дата"),
        (("", "Берёзов Лев", "7а", "", "", "02.09.2022", "01.09.2022"), "выбыл (01.09.2022) раньше"),
        (("У-018", "Берёзов Лев", "7а", "", "", "", ""), "код «У-018» не сходится"),
        (("", "Берёзов Лев", "", "", "кружок", "", ""), "не понятна группа: «кружок»"),
    ],
)
def test_f07_a_bad_row_is_named_by_its_number(line: tuple[str, ...], said: str) -> None:
    (trouble,) = read_list([HEADER, ("", "Дубов Пётр", "7а", "", "", "", ""), line], CLASSES).troubles
    assert trouble.row == 3
    assert said in trouble.text


def test_f07_one_person_twice_in_the_list_is_named() -> None:
    line = ("", "Берёзов Лев Ильич", "7а", "01.05.2010", "", "", "")
    read = read_list([HEADER, line, line], CLASSES)
    assert [str(one) for one in read.troubles] == ["строка 3: тот же человек или код, что в строке 2"]


def test_f07_a_file_without_the_columns_is_no_list() -> None:
    assert not read_list([("a", "b"), ("1", "2")], CLASSES).understood


def test_f07_what_is_kept_reads_back_the_same() -> None:
    people = (
        replace(LEV, code=TWELFTH, earlier=((date(2022, 9, 14), "7 «Б»"),), arrived=date(2022, 9, 1)),
        replace(TEACHER, left=date(2022, 11, 1)),
    )
    assert read_list(lines_of(people), CLASSES).people == people


def test_f07_a_new_list_brings_arrivals_leavers_and_changes_of_class_by_date() -> None:
    before = Roster((LEV, Listed("Дубов Пётр Ильич", Group.PUPIL, "7 «А»", date(2010, 6, 2)), TEACHER))
    moved = replace(LEV, school_class="7 «Б»")
    fresh = Listed("Новиков Олег Павлович", Group.PUPIL, "5 «А»", date(2012, 1, 9))
    day = date(2022, 9, 15)

    result = renewed(before, [moved, fresh], day)

    lev, new, gone, teacher = result.people
    assert (lev.class_on(date(2022, 9, 14)), lev.class_on(day)) == ("7 «А»", "7 «Б»")
    assert new.arrived == day and not new.here_on(date(2022, 9, 14))
    assert gone.left == day and gone.here_on(date(2022, 9, 14)) and not gone.here_on(day)
    assert teacher == TEACHER, "the list of pupils says nothing of teachers"
    assert (result.arrived, result.left, result.moved) == (1, 1, 1)
    again = renewed(Roster(result.people), [moved, fresh], date(2022, 10, 1))
    assert set(again.people) == set(result.people)
    assert (again.arrived, again.left, again.moved) == (0, 0, 0)


def test_f08_codes_of_a_list_are_new_ones_and_stay() -> None:
    taken = [make_code(CodeKind.PERSON, 4)]
    first = with_codes(renewed(Roster(), [LEV, OTHER_LEV], TODAY), taken)
    assert [one.code for one in first.people] == [make_code(CodeKind.PERSON, n) for n in (5, 6)]
    second = with_codes(renewed(Roster(first.people), [OTHER_LEV, LEV], TODAY), taken)
    assert {one.code: one.birth_date for one in second.people} == {
        one.code: one.birth_date for one in first.people
    }
    assert second.coded == 0


def test_f07_denominators_are_counted_by_date_and_stand_where_staff_typed_nothing() -> None:
    people = [replace(LEV, name=f"Берёзов Лев{'а' * n} Ильич") for n in range(3)]
    roster = Roster((*people[:2], replace(people[2], arrived=date(2022, 10, 3)), TEACHER))
    school = replace(SCHOOL, period_start=date(2022, 9, 1))

    october = interpret([], EMPTY, school, date(2022, 10, 5), roster=roster)

    totals = {(one.group, one.on): one.total for one in october.contingent}
    assert totals["обучающийся", date(2022, 9, 1)] == 2
    assert totals["обучающийся", date(2022, 10, 3)] == 3
    assert totals["класс 7 «А»", date(2022, 10, 3)] == 3
    assert totals["педагог", date(2022, 10, 3)] == 1
    assert [one.aged_10_19 for one in october.contingent if one.group == "обучающийся"] == [2, 3]
    typed = workbook(rows("contingent", {"key": "обучающийся", "total": 5, "on": date(2022, 9, 5)}))
    both = interpret([], typed, school, date(2022, 10, 5), roster=roster)
    assert [one.total for one in both.contingent if one.group == "обучающийся" and one.total] == [5]
    (note,) = both.findings
    assert "вписано 5, по спискам школы 2" in note.text


def test_f07_the_contingent_shows_the_count_and_forgets_it_with_the_list() -> None:
    table = contingent_table(counted(Roster((LEV,)), date(2022, 9, 1), TODAY), EMPTY)
    cells = {row.key: row.cells for row in table.rows}
    assert cells["обучающийся"]["listed_total"] == 1
    assert cells["обучающийся"]["listed_on"] == date(2022, 9, 1)
    emptied = contingent_table((), committed([table]))
    assert {row.cells["listed_total"] for row in emptied.rows} == {None}


def test_f07_the_list_gives_the_spelling_the_class_and_the_birth_date() -> None:
    roster = Roster((replace(LEV, name="Берёзов Лев Ильич", school_class="7 «Б»"),))
    answer = pupil("R1", "БЕРЕЗОВ ЛЕВ ИЛЬИЧ", school_class="7а")
    (person,) = interpret([answer], EMPTY, SCHOOL, TODAY, roster=roster).people
    assert (person.name, person.school_class) == ("Берёзов Лев Ильич", "7 «Б»")
    undated = pupil("R1", "Березов Лев Ильич", school_class="7б", birth_date="")
    (person,) = interpret([undated], EMPTY, SCHOOL, TODAY, roster=roster).people
    assert person.birth_date == date(2010, 5, 1)


def test_f17_a_class_changes_on_its_day_and_staff_go_before_the_list() -> None:
    roster = Roster((replace(LEV, school_class="7 «Б»", earlier=((date(2022, 9, 14), "7 «А»"),)),))
    answer = pupil("R1", "Берёзов Лев Ильич")
    before = interpret([answer], EMPTY, SCHOOL, date(2022, 9, 14), roster=roster)
    assert before.people[0].school_class == "7 «А»"
    after = interpret([answer], EMPTY, SCHOOL, date(2022, 9, 15), roster=roster)
    assert after.people[0].school_class == "7 «Б»"
    typed = committed([registry_table(after, (), EMPTY)], {("registry", "У-017"): {"class_right": "5а"}})
    assert interpret([answer], typed, SCHOOL, TODAY, roster=roster).people[0].school_class == "5 «А»"


def test_f17_whoever_left_the_school_leaves_the_programme_on_that_day() -> None:
    roster = Roster((replace(LEV, left=date(2022, 9, 19)),))
    answer = pupil("R1", "Берёзов Лев Ильич")
    assert interpret([answer], EMPTY, SCHOOL, date(2022, 9, 18), roster=roster).people[0].left_on is None
    (gone,) = interpret([answer], EMPTY, SCHOOL, date(2022, 9, 19), roster=roster).people
    assert (gone.left_on, gone.left_reason) == (date(2022, 9, 19), "выбыл по спискам школы")


def test_f11_a_name_and_a_class_are_one_person_only_where_the_list_has_exactly_one() -> None:
    dated = pupil("R1", "Берёзов Лев Ильич")
    undated = pupil("R2", "Берёзов Лев Ильич", 1, birth_date="")
    assert len(interpret([dated, undated], EMPTY, SCHOOL, TODAY).people) == 2
    one = interpret([dated, undated], EMPTY, SCHOOL, TODAY, roster=Roster((LEV,)))
    assert [person.response_ids for person in one.people] == [("R1", "R2")]
    two = interpret([dated, undated], EMPTY, SCHOOL, TODAY, roster=Roster((LEV, OTHER_LEV)))
    assert len(two.people) == 2
    assert [item.key for item in two.findings] == ["похожие/У-017/У-025"]


def test_f11_another_birth_date_is_never_merged_by_the_list() -> None:
    answers = [pupil("R1", "Берёзов Лев Ильич"), pupil("R2", "Берёзов Лев Ильич", 1, birth_date="2010-11-20")]
    for roster in (Roster((LEV,)), Roster((replace(LEV, birth_date=None),))):
        assert len(interpret(answers, EMPTY, SCHOOL, TODAY, roster=roster).people) == 2


def test_f11_what_the_list_merged_stays_merged_without_it() -> None:
    answers = [pupil("R1", "Берёзов Лев Ильич"), pupil("R2", "Берёзов Лев Ильич", 1, birth_date="")]
    merged = interpret(answers, EMPTY, SCHOOL, TODAY, roster=Roster((LEV,)))
    book = committed([registry_table(merged, (), EMPTY)])
    assert len(interpret(answers, book, SCHOOL, TODAY).people) == 1


def test_f08_where_codes_are_given_out_only_a_code_of_the_list_is_a_person() -> None:
    roster = Roster((replace(LEV, code=TWELFTH),), secret=True)
    known = pupil("R1", TWELFTH, representative="", birth_date="", contact="")
    stranger = pupil("R2", make_code(CodeKind.PERSON, 13), 1, representative="", birth_date="")
    named = pupil("R3", "Берёзов Лев Ильич", 2)

    intake = interpret([known, stranger, named], EMPTY, SCHOOL, TODAY, roster=roster)

    (person,) = intake.people
    assert (person.code, person.name, person.birth_date) == (TWELFTH, TWELFTH, date(2010, 5, 1))
    assert set(intake.quarantined) == {"R2", "R3"}
    assert not any("Берёзов" in item.text for item in intake.findings)


def test_f07_a_row_spoilt_by_hand_is_a_finding() -> None:
    from sheets_sync.workflows.imports import stored_roster

    roster = stored_roster([HEADER, ("", "Берёзов", "7а", "", "", "", "")])
    (finding,) = interpret([], EMPTY, SCHOOL, TODAY, roster=roster).findings
    assert finding.place == "файл списков школы, строка 2"
    assert "Берёзов" not in finding.text


def test_f24_who_left_by_a_date_and_who_is_missing_are_counted_apart() -> None:
    born = (date(2010, 4, 12), date(2010, 9, 3), date(2011, 1, 25))
    names = ("Ветров Глеб Ильич", "Дубова Алина Игоревна", "Зимина Софья Олеговна")
    before = Roster(tuple(Listed(name, birth_date=day) for name, day in zip(names, born, strict=True)))
    left = Listed(names[0], birth_date=born[0], left=date(2022, 10, 1))
    found = renewed(before, [left, before.people[1]], date(2022, 10, 5))
    assert (found.left, found.missing) == (2, 1)
    assert {one.name: one.left for one in found.people} == {
        names[0]: date(2022, 10, 1),
        names[1]: None,
        names[2]: date(2022, 10, 5),
    }
