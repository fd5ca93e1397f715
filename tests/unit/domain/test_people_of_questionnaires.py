from dataclasses import replace
from datetime import UTC, date, datetime

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.findings import Finding, Severity
from sheets_sync.domain.intake import Intake, interpret
from sheets_sync.domain.registry import questions_table, registry_table
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import Group, Role
from sheets_sync.domain.tables import Workbook
from tests.builders.people import EMPTY, SCHOOL, TODAY, adult, committed, pupil, rows, workbook


def read(*responses: Response, book: Workbook = EMPTY) -> Intake:
    return interpret(responses, book, SCHOOL, TODAY)


def after(intake: Intake, **typed: dict[str, object]) -> Workbook:
    """The workbook after a night, with staff's cells typed beside the question that starts with a word."""
    tables = [registry_table(intake, (), EMPTY), questions_table(intake.findings, EMPTY, TODAY)]
    staff = {}
    for word, cells in typed.items():
        key = next(item.key for item in intake.findings if item.key.startswith(word.replace("_", " ")))
        staff["questions", key] = cells
    return committed(tables, staff)


def test_f11_two_questionnaires_with_one_name_and_birth_date_are_one_person() -> None:
    intake = read(
        pupil("R1", "Берёзов Лев Ильич"),
        pupil("R2", "БЕРЕЗОВ  лев ильич", 5, school_class="7б", needs=("химия и биология",)),
    )
    (person,) = intake.people
    assert person.code == "У-017"
    assert person.response_ids == ("R1", "R2")
    assert person.school_class == "7 «Б»", "the newest answer counts"
    assert person.needs == {"химия и биология"}
    assert [item.severity for item in intake.findings] == [Severity.NOTE], "differing requests are shown"


def test_f11_one_person_may_be_mentor_and_mentee() -> None:
    intake = read(
        pupil("R1", "Берёзов Лев Ильич"),
        pupil(
            "R2", "Берёзов Лев Ильич", 5, participation="наставником", resources=("математика",), capacity="3"
        ),
    )
    (person,) = intake.people
    assert person.roles == {Role.MENTEE, Role.MENTOR}
    assert person.needs == {"математика"}
    assert person.resources == {"математика"}
    assert person.capacity == 3


def test_f11_siblings_on_one_telephone_stay_two_people_without_a_question() -> None:
    intake = read(
        pupil("R1", "Берёзов Магомед Ильич"), pupil("R2", "Берёзов Ахмед Ильич", 1, birth_date="2012-03-04")
    )
    assert [person.code for person in intake.people] == ["У-017", "У-025"]
    assert intake.findings == ()


def test_f11_twins_with_unlike_names_are_not_asked_about() -> None:
    intake = read(pupil("R1", "Берёзов Магомед Ильич"), pupil("R2", "Берёзов Ахмед Ильич", 1))
    assert len(intake.people) == 2
    assert intake.findings == ()


def test_f11_namesakes_of_different_birth_and_class_are_not_asked_about() -> None:
    intake = read(
        pupil("R1", "Берёзов Лев Ильич"),
        pupil("R2", "Берёзов Лев Ильич", 1, birth_date="2012-11-20", school_class="5А"),
    )
    assert len(intake.people) == 2
    assert intake.findings == ()


def test_f11_a_similar_name_is_only_a_question_and_the_yes_is_remembered() -> None:
    responses = [
        pupil("R1", "Берёзов Лев Ильич"),
        pupil("R2", "Березин Лев Ильич", 1),
        pupil("R3", "Берёзов Лев Илич", 2),
    ]
    first = read(*responses)
    assert len(first.people) == 3
    (question,) = [item for item in first.findings if "Илич" in item.text and "Березин" not in item.text]
    book = committed(
        [registry_table(first, (), EMPTY), questions_table(first.findings, EMPTY, TODAY)],
        {("questions", question.key): {"decision": "да"}},
    )
    second = read(*responses, book=book)
    assert [person.response_ids for person in second.people] == [("R1", "R3"), ("R2",)]
    assert second.into == {"У-033": "У-017"} or list(second.into.values()) == ["У-017"]
    assert question.key not in {item.key for item in second.findings}


def test_f11_a_merge_can_be_undone_and_gives_back_the_old_code() -> None:
    responses = [pupil("R1", "Берёзов Лев Ильич"), pupil("R2", "Берёзов Лев Илич", 1)]
    first = read(*responses)
    codes = [person.code for person in first.people]
    merged_book = after(first, похожие={"decision": "да"})
    merged = read(*responses, book=merged_book)
    assert [person.code for person in merged.people] == codes[:1]
    table = registry_table(merged, (), merged_book)
    assert [row.cells["status"] for row in table.rows] == ["кандидат", f"объединён с {codes[0]}"]
    question = next(item for item in first.findings if item.key.startswith("похожие"))
    undone = committed(
        [table, questions_table(merged.findings, merged_book, TODAY)],
        {("questions", question.key): {"decision": "нет"}},
    )
    apart = read(*responses, book=undone)
    assert [person.code for person in apart.people] == codes
    assert apart.findings == ()


def test_f11_a_no_is_never_asked_again_even_when_staff_delete_the_row() -> None:
    responses = [pupil("R1", "Берёзов Лев Ильич"), pupil("R2", "Берёзов Лев Илич", 1)]
    first = read(*responses)
    told = after(first, похожие={"decision": "нет"})
    second = read(*responses, book=told)
    assert second.findings == ()
    settled = questions_table(second.findings, told, TODAY)
    assert [row.cells["state"] for row in settled.rows] == ["решён"]
    kept = committed([registry_table(second, (), told), settled])
    gone = Workbook({"registry": kept.sheets["registry"]}, kept.memory, 2)
    assert read(*responses, book=gone).findings == ()


def test_f11_codes_do_not_depend_on_the_order_of_reading_and_are_never_given_twice() -> None:
    responses = [
        pupil(f"R{number}", f"Берёзов {name} Ильич", number, birth_date=f"2010-0{number}-01")
        for number, name in enumerate(["Лев", "Пётр", "Магомед", "Иса"], 1)
    ]
    first = read(*responses)
    assert read(*reversed(responses)).people == first.people
    book = committed([registry_table(first, (), EMPTY)])
    fewer = read(*responses[:3], pupil("R9", "Новиков Олег Павлович", 30), book=book)
    assert [person.code for person in fewer.people] == [
        *(person.code for person in first.people[:3]),
        make_code(CodeKind.PERSON, 5),
    ]


def test_f11_an_edited_name_keeps_the_code() -> None:
    book = committed([registry_table(read(pupil("R1", "Берёзов Лев Ильич")), (), EMPTY)])
    (person,) = read(pupil("R1", "Берёзов Леонид Ильич", birth_date="2011-01-01"), book=book).people
    assert (person.code, person.name) == ("У-017", "Берёзов Леонид Ильич")


def test_f11_a_teacher_who_is_also_a_parent_is_one_person_by_name_and_telephone() -> None:
    intake = read(
        adult("R1", "Соколова Вера Павловна"),
        adult("R2", "Соколова Вера Павловна", 5, who="родитель", contact="тел. 8-928-765-43-21"),
    )
    assert len(intake.people) == 1


def test_f11_adult_namesakes_with_other_contacts_are_a_question() -> None:
    intake = read(
        adult("R1", "Соколова Вера Павловна"),
        adult("R2", "Соколова Вера Павловна", 5, contact="v@example.org"),
    )
    assert len(intake.people) == 2
    assert [item.key for item in intake.findings] == ["похожие/У-017/У-025"]


def test_f10_an_unknown_class_is_quarantined_and_the_others_go_on() -> None:
    intake = read(pupil("R1", "Берёзов Лев Ильич", school_class="12Я"), pupil("R2", "Дубов Пётр Ильич", 1))
    assert [person.name for person in intake.people] == ["Дубов Пётр Ильич"]
    assert list(intake.quarantined) == ["R1"]
    (question,) = intake.findings
    assert question.severity is Severity.QUARANTINE
    assert question.place == "Анкета участника, ответ от 03.09.2022 12:00"
    assert question.text == "такого класса в школе нет: «12Я»"
    assert (intake.base_answers, intake.analysed_answers) == (2, 1)


def test_f10_a_correction_brings_the_response_out_the_same_night_and_keeps_it_out() -> None:
    response = pupil("R1", "Берёзов Лев Ильич", school_class="12Я")
    book = after(read(response), класс={"correction": "7 а"})
    out = read(response, book=book)
    assert [person.school_class for person in out.people] == ["7 «А»"]
    assert out.findings == () and out.quarantined == {}
    again = committed([registry_table(out, (), book), questions_table(out.findings, book, TODAY)])
    row_deleted = Workbook({"registry": again.sheets["registry"]}, again.memory, 2)
    assert [person.school_class for person in read(response, book=row_deleted).people] == ["7 «А»"]
    assert list(read(response, book=again).quarantined) == ["R1"], (
        "staff emptied the cell: the correction is gone"
    )


def test_f10_a_correction_holds_only_for_the_text_it_was_typed_for() -> None:
    book = after(read(pupil("R1", "Берёзов Лев Ильич", school_class="12Я")), класс={"correction": "7 а"})
    edited = read(pupil("R1", "Берёзов Лев Ильич", school_class="7 «Б»"), book=book)
    assert [person.school_class for person in edited.people] == ["7 «Б»"]
    worse = read(pupil("R1", "Берёзов Лев Ильич", school_class="13"), book=book)
    assert list(worse.quarantined) == ["R1"]


def test_f10_the_only_class_of_the_grade_is_suggested_and_a_yes_takes_it() -> None:
    response = pupil("R1", "Берёзов Лев Ильич", school_class="9Г")
    first = read(response)
    assert first.findings[0].suggestion == "9"
    assert [
        person.school_class for person in read(response, book=after(first, класс={"decision": "да"})).people
    ] == ["9"]


def test_f10_a_skipped_response_is_neither_used_nor_asked_about() -> None:
    response = pupil("R1", "Берёзов", school_class="12Я")
    skipped = read(response, book=after(read(response), имя={"decision": "пропустить"}))
    assert skipped.people == () and skipped.findings == () and skipped.quarantined == {}
    assert skipped.verdicts["R1"].state == "пропущен"


def test_f10_everything_wrong_with_a_response_is_said_at_once() -> None:
    intake = read(
        pupil(
            "R1",
            "12345 77 кот",
            birth_date="2010-02-30",
            school_class="12Я",
            who="кот",
            participation="кем-то",
        )
    )
    assert [item.key.split("/")[0] for item in intake.findings] == [
        "имя",
        "участник",
        "роль",
        "дата рождения",
    ]


def test_f10_impossible_ages_are_quarantined() -> None:
    for birth in ("1899-12-31", "9999-12-31", "2022-01-01", "1970-01-01"):
        assert list(read(pupil("R1", "Берёзов Лев Ильич", birth_date=birth)).quarantined) == ["R1"]


def test_f10_a_parent_who_wrote_the_own_name_for_the_child_is_asked() -> None:
    intake = read(pupil("R1", "Берёзова Анна Львовна"))
    assert "законного представителя" in intake.quarantined["R1"]


def test_f10_an_empty_answer_is_quarantined_and_not_a_crash() -> None:
    empty = Response(
        "application", "R1", datetime(2022, 9, 3, tzinfo=UTC), datetime(2022, 9, 3, tzinfo=UTC), {}
    )
    assert list(read(empty).quarantined) == ["R1"]


def test_f08_in_code_mode_the_code_given_by_the_school_is_the_person() -> None:
    code = make_code(CodeKind.PERSON, 12)
    intake = read(
        pupil("R1", code.lower(), birth_date="", school_class="", representative=""),
        pupil("R2", "Y" + code[2:], 1, birth_date="", school_class="", representative=""),
    )
    (person,) = intake.people
    assert (person.code, person.name, person.response_ids) == (code, code, ("R1", "R2"))
    assert [item.severity for item in intake.findings] == []


def test_f08_a_code_with_a_slip_is_quarantined() -> None:
    assert "последний знак не сходится" in read(pupil("R1", "У-018")).quarantined["R1"]


def test_f12_the_answer_itself_stays_as_it_was_typed() -> None:
    response = pupil("R1", " БЕРЁЗOВ лев\u00a0ильич ", contact="8 (928) 123-45-67 мама")
    before = dict(response.answers)
    (person,) = read(response).people
    assert person.contacts == ("+79281234567",)
    assert dict(response.answers) == before


def test_f17_what_staff_typed_in_the_registry_comes_on_top() -> None:
    response = pupil("R1", "Берёзов Лев Ильич")
    table = registry_table(read(response), (), EMPTY)
    typed = {
        "interview_on": date(2022, 9, 15),
        "interview_by": "педагог-психолог",
        "mentoring_form": "ученик–ученик",
        "conclusion": "рекомендован",
        "class_right": "7б",
        "birth_right": date(2009, 5, 1),
        "left_on": date(2022, 9, 19),
        "left_reason": "отчислен",
    }
    (person,) = read(response, book=committed([table], {("registry", "У-017"): typed})).people
    assert (person.school_class, person.birth_date) == ("7 «Б»", date(2009, 5, 1))
    assert (person.interview.on, person.interview.conclusion) == (date(2022, 9, 15), "рекомендован")
    assert (person.left_on, person.left_reason) == (date(2022, 9, 19), "отчислен")


def test_f45_a_wrong_cell_of_the_registry_is_a_finding_with_its_place() -> None:
    response = pupil("R1", "Берёзов Лев Ильич")
    table = registry_table(read(response), (), EMPTY)
    typed = {"class_right": "15Ю", "left_on": "скоро", "conclusion": "может быть"}
    intake = read(response, book=committed([table], {("registry", "У-017"): typed}))
    assert {item.place for item in intake.findings} == {"«Реестр», строка 2"}
    assert len(intake.findings) == 3
    assert intake.people[0].left_on is None


def test_f05_a_response_deleted_in_the_form_is_asked_about_before_the_person_leaves() -> None:
    response = replace(pupil("R1", "Берёзов Лев Ильич"), deleted=True)
    first = read(response)
    assert first.people[0].excluded is False
    assert first.verdicts["R1"].state == "удалён в форме"
    second = read(response, book=after(first, удалён_в_форме={"decision": "да"}))
    assert second.people[0].excluded and second.findings == ()


def test_rows_that_staff_deleted_are_not_brought_back() -> None:
    response = pupil("R1", "Берёзов Лев Ильич")
    assert (
        read(response, book=replace(EMPTY, deleted=frozenset({("answers_application", "R1")}))).people == ()
    )
    kept = read(response, book=replace(EMPTY, deleted=frozenset({("registry", "У-017")})))
    assert [person.excluded for person in kept.people] == [True]


def test_answers_submitted_after_the_day_are_not_read() -> None:
    late = replace(pupil("R1", "Берёзов Лев Ильич"), created=datetime(2022, 9, 20, 21, tzinfo=UTC))
    assert read(late).people == (), "21:00 UTC is the next day in Moscow"


def test_a_partners_organisation_is_found_by_its_other_names() -> None:
    book = workbook(rows("partners", {"name": "ООО «Родник»", "aliases": "Родник; завод Родник"}))
    intake = read(
        adult(
            "R1", "Соколов Павел Ильич", who="представитель организации", occupation='завод "Родник", инженер'
        ),
        book=book,
    )
    assert intake.people[0].organisation == "ООО «Родник»"
    assert intake.people[0].group is Group.PARTNER


def test_f48_a_second_reading_of_the_same_answers_changes_no_row() -> None:
    responses = [pupil("R1", "Берёзов Лев Ильич"), pupil("R2", "Берёзов Лев Илич", 1), pupil("R3", "х", 2)]
    first = read(*responses)
    tables = [registry_table(first, (), EMPTY), questions_table(first.findings, EMPTY, TODAY)]
    book = committed(tables)
    for day in (TODAY, date(2022, 9, 21)):
        second = interpret(responses, book, SCHOOL, day)
        again = [registry_table(second, (), book), questions_table(second.findings, book, day)]
        assert again == tables


def test_f10_a_question_of_any_part_of_the_program_is_settled_by_its_decision() -> None:
    asked = Finding("пара/П-014", "«Пары»", "пара закреплена и запрещена сразу")
    held = replace(asked, key="класс/R1", severity=Severity.QUARANTINE)
    typed = {("questions", item.key): {"decision": "пропустить"} for item in (asked, held)}
    book = committed([questions_table([asked, held], EMPTY, TODAY)], typed)
    later = questions_table([asked, held], book, date(2022, 9, 30))
    assert [row.cells["state"] for row in later.rows] == ["решён", "открыт"]
    assert [row.cells["since"] for row in later.rows] == [TODAY, TODAY]
    postponed = committed(
        [questions_table([asked], EMPTY, TODAY)], {("questions", asked.key): {"decision": "отложить"}}
    )
    assert questions_table([asked], postponed, TODAY).rows[0].cells["state"] == "отложен"


def test_f11_a_wrong_automatic_merge_is_undone_by_a_tick_and_codes_stay() -> None:
    responses = [pupil("R1", "Берёзов Лев Ильич"), pupil("R2", "Берёзов Лев Ильич", 1, school_class="7б")]
    merged = read(*responses)
    assert [person.code for person in merged.people] == ["У-017"]
    ticked = {("registry", "У-017"): {"apart": True}}
    book = committed([registry_table(merged, (), EMPTY)], ticked)

    apart = read(*responses, book=book)

    assert [(person.code, person.response_ids) for person in apart.people] == [
        ("У-017", ("R1",)),
        ("У-025", ("R2",)),
    ]
    assert apart.findings == (), "staff have just said that these are two people"
    later = committed([registry_table(apart, (), book)], ticked)
    assert read(*responses, book=later).people == apart.people
    third = read(*responses, pupil("R3", "Берёзов Лев Ильич", 2), book=later)
    assert [person.code for person in third.people] == ["У-017", "У-025", make_code(CodeKind.PERSON, 3)]
    assert len([item for item in third.findings if item.key.startswith("похожие")]) > 0
    again = committed([registry_table(apart, (), book)])
    joined = read(*responses, book=again)
    assert [person.code for person in joined.people] == ["У-017"]
    assert joined.into == {"У-025": "У-017"}


def test_f11_adults_who_share_an_office_telephone_are_never_merged_by_it() -> None:
    shared = "8 (928) 765-43-21"
    intake = read(
        adult("R1", "Соколова Вера Павловна"),
        adult("R2", "Соколова Вера Павловна", 1, occupation="физика"),
        adult("R3", "Орлова Анна Ильинична", 2, contact=shared),
    )
    assert len(intake.people) == 3
    assert [item.key for item in intake.findings] == ["похожие/У-017/У-025"]


def test_f11_whoever_has_a_code_keeps_it_when_an_older_paper_comes_in() -> None:
    book = committed([registry_table(read(pupil("R5", "Берёзов Лев Ильич", 50)), (), EMPTY)])
    tick = committed(
        [registry_table(read(pupil("R5", "Берёзов Лев Ильич", 50)), (), EMPTY)],
        {("registry", "У-017"): {"apart": True}},
    )
    older = pupil("R1", "Берёзов Лев Ильич", 1)
    assert [p.code for p in read(older, pupil("R5", "Берёзов Лев Ильич", 50), book=book).people] == ["У-017"]
    people = read(older, pupil("R5", "Берёзов Лев Ильич", 50), book=tick).people
    assert {person.response_ids: person.code for person in people}[("R5",)] == "У-017"


def test_f11_look_alike_letters_all_over_a_name_change_nothing() -> None:
    intake = read(pupil("R1", "Серова Хава Павловна"), pupil("R2", "Cepoвa Xaвa Пaвлoвнa", 1))
    assert [person.response_ids for person in intake.people] == [("R1", "R2")]
    wholly_latin = read(pupil("R1", "Орех Лев Ильич"), pupil("R2", "OPEX Лев Ильич", 1))
    assert len(wholly_latin.people) == 1


def test_f22_a_capacity_below_one_stands_and_one_that_is_no_number_is_asked_about() -> None:
    def mentor(number: int, capacity: str) -> Response:
        return pupil(
            f"R{number}",
            ("Берёзов Лев Ильич", "Дубов Пётр Ильич", "Ершов Иса Ильич", "Зимин Ян Ильич")[number],
            number,
            participation="наставником",
            resources=("математика",),
            capacity=capacity,
        )

    intake = read(
        mentor(0, "0"), mentor(1, "-2"), mentor(2, "группу 4–6 человек"), mentor(3, "сколько дадут")
    )
    assert [person.capacity for person in intake.people] == [0, -2, 6, 1]
    (asked,) = intake.findings
    assert "«сколько дадут»; пока считаем, что одного" in asked.text
