from datetime import date
from typing import Any

from sheets_sync.domain.codes import CodeKind, make_code
from sheets_sync.domain.intake import Intake, interpret
from sheets_sync.domain.registry import attendance_table, consents_table, plans_table, questions_table
from sheets_sync.domain.responses import Response
from sheets_sync.domain.school import MeetingKind, Role
from sheets_sync.domain.tables import Workbook
from tests.builders.people import EMPTY, SCHOOL, adult, answer, committed, pupil, rows, workbook

DAY = date(2022, 10, 25)
MENTEE, MENTOR = make_code(CodeKind.PERSON, 1), make_code(CodeKind.PERSON, 2)
PAIR = make_code(CodeKind.PAIR, 1)
BASE = (pupil("R1", "Берёзов Лев Ильич"), adult("R2", "Соколова Вера Павловна", 1))
PAIRS = rows("pairs", {"key": PAIR, "mentor": MENTOR, "mentee": MENTEE, "form": "учитель–ученик"})


def read(*responses: Response, book: Workbook | None = None) -> Intake:
    return interpret([*BASE, *responses], book or workbook(PAIRS), SCHOOL, DAY)


def networking(response_id: str, /, **fields: Any) -> Response:
    plain = {"person": MENTEE, "role": "наставляемый", "group_preference": "всё равно", "usefulness": "5"}
    return answer("networking", response_id, date(2022, 10, 14), **{**plain, **fields})


def report(response_id: str, on: date, kind: str, /, **fields: Any) -> Response:
    plain = {"pair": PAIR, "on": on.isoformat(), "held": "очно", "all_present": "все", "kind": kind}
    return answer("meeting", response_id, on, **{**plain, **fields})


def decided(intake: Intake, word: str, /, **cells: str) -> Workbook:
    key = next(item.key for item in intake.findings if item.key.startswith(word))
    asked = committed([questions_table(intake.findings, EMPTY, DAY)], {("questions", key): cells})
    return Workbook({**asked.sheets, **PAIRS}, asked.memory, 1)


def test_f18_choices_after_the_meeting_are_read_by_badge() -> None:
    (found,) = read(networking("N1", choice_1=MENTOR.lower(), avoid=f"нет, разве что {MENTOR}")).networking
    assert (found.person, found.role, found.on) == (MENTEE, Role.MENTEE, date(2022, 10, 14))
    assert found.choices == () and found.avoids == (MENTOR,), "a veto is stronger than a choice"
    assert found.usefulness == 5


def test_f10_a_name_instead_of_a_code_waits_for_a_yes() -> None:
    response = networking("N1", person="Берёзов Лев, 7а")
    first = read(response)
    (question,) = first.findings
    assert question.suggestion == MENTEE
    assert first.networking == () and list(first.quarantined) == ["N1"]
    second = read(response, book=decided(first, "код", decision="да"))
    assert [item.person for item in second.networking] == [MENTEE]
    assert second.findings == () and second.verdicts["N1"].person == MENTEE


def test_f10_a_code_with_a_slip_is_quarantined_until_corrected() -> None:
    wrong = networking("N1", person=MENTEE[:-1] + "9")
    first = read(wrong)
    assert "написан с ошибкой" in first.quarantined["N1"]
    assert [
        item.person for item in read(wrong, book=decided(first, "код", correction=MENTEE)).networking
    ] == [MENTEE]


def test_f10_a_code_that_nobody_has_and_a_choice_of_oneself_are_asked_about() -> None:
    nobody = make_code(CodeKind.PERSON, 77)
    intake = read(networking("N1", choice_1=nobody, choice_2=MENTEE))
    assert intake.networking[0].choices == ()
    assert len(intake.findings) == 2 and intake.quarantined == {}


def test_f25_meetings_are_counted_once_for_pair_date_and_kind() -> None:
    on = date(2022, 10, 18)
    intake = read(report("M1", on, "знакомство"), report("M2", on, "знакомство", held="не состоялась"))
    (meeting,) = intake.meetings
    assert (meeting.kind, meeting.held, meeting.response_id) == (MeetingKind.ACQUAINTANCE, False, "M2")


def test_f10_a_report_of_an_unknown_pair_or_of_the_future_is_quarantined() -> None:
    on = date(2022, 10, 18)
    other = make_code(CodeKind.PAIR, 9)
    intake = read(
        report("M1", on, "знакомство", pair=other),
        report("M2", on, "знакомство", on="2022-10-19"),
        report("M3", on, "знакомство", on="31.02.2022"),
    )
    assert set(intake.quarantined) == {"M1", "M2", "M3"}
    assert intake.meetings == ()


def test_f26_a_plan_is_read_line_by_line_with_its_dates() -> None:
    items = "1. Решить десять задач до 15.11\n- Выступить с проектом, 01.12.2022\n\nПодвести итоги"
    (plan,) = read(
        report("M1", date(2022, 10, 20), "планирование", goal="Сдать пробный экзамен", items=items)
    ).plans
    assert plan.goal == "Сдать пробный экзамен"
    assert [(item.number, item.text, item.due) for item in plan.items] == [
        (1, "Решить десять задач", date(2022, 11, 15)),
        (2, "Выступить с проектом", date(2022, 12, 1)),
        (3, "Подвести итоги", date(2022, 12, 31)),
    ]


def test_f26_points_are_done_on_the_day_of_the_first_report_that_says_so() -> None:
    plan_report = report("M1", date(2022, 10, 20), "планирование", goal="Цель", items="Раз\nДва")
    intake = read(
        plan_report,
        report("M2", date(2022, 10, 21), "совместная работа", done_items=("2",)),
        report("M3", date(2022, 10, 24), "итоговая", done_items=("2", "1"), goal_reached="частично"),
    )
    (plan,) = intake.plans
    assert [item.done_on for item in plan.items] == [date(2022, 10, 24), date(2022, 10, 21)]
    assert plan.goal_reached == "частично"


def test_f26_a_plan_sent_again_replaces_the_points_and_keeps_what_was_done() -> None:
    intake = read(
        report("M1", date(2022, 10, 20), "планирование", goal="Цель", items="Раз\nДва"),
        report("M2", date(2022, 10, 21), "совместная работа", done_items=("2",)),
        report("M3", date(2022, 10, 22), "планирование", goal="Цель", items="Два\nТри"),
    )
    (plan,) = intake.plans
    assert [(item.text, item.done_on) for item in plan.items] == [("Два", date(2022, 10, 21)), ("Три", None)]
    assert (plan.made_on, plan.changed_on) == (date(2022, 10, 20), date(2022, 10, 22))


def test_f26_staffs_marks_in_plans_count_and_a_dropped_point_stays_visible() -> None:
    made = report("M1", date(2022, 10, 20), "планирование", goal="Цель", items="Раз\nДва")
    first = read(made)
    typed: dict[tuple[str, str], dict[str, Any]] = {
        ("plans", f"{PAIR}/1"): {"hand_mark": "выполнен", "accepted": True},
        ("plans", f"{PAIR}/2"): {"hand_mark": "снят"},
    }
    night = committed([plans_table(first, EMPTY)], typed)
    book = Workbook({**night.sheets, **PAIRS}, night.memory, 1)
    second = read(made, book=book)
    (plan,) = second.plans
    assert [(item.number, item.done_on, item.accepted) for item in plan.items] == [(1, DAY, True)]
    table = plans_table(second, book)
    assert [row.cells["state"] for row in table.rows] == ["выполнен", "снят"]
    kept = Workbook({**book.sheets}, {**book.memory, ("plans", f"{PAIR}/1"): table.rows[0].memory}, 2)
    later = interpret([*BASE, made], kept, SCHOOL, date(2022, 11, 30))
    assert later.plans[0].items[0].done_on == DAY, "the day of the mark is remembered"


def test_f27_diagnostics_keep_the_order_of_the_questionnaire() -> None:
    scales = dict(zip(["calm", "goal", "support", "confidence", "interest", "useful"], "123456", strict=True))
    given = {"person": MENTEE, "role": "наставляемый", "satisfaction": "10", "glad": "нет", **scales}
    (found,) = read(answer("diagnostic", "D1", date(2022, 10, 24), **given)).diagnostics
    assert found.scales == (1, 2, 3, 4, 5, 6)
    assert (found.satisfaction, found.glad) == (10, False)


def event(response_id: str, /, **fields: Any) -> Response:
    plain = {
        "kind": "классный час",
        "on": "2022-09-20",
        "school_class": "7 «А»",
        "topic": "Успех каждого ребёнка",
    }
    plain |= {"lecturer": "Соколова В. П., школа", "attended": "24"}
    return answer("event", response_id, date(2022, 9, 21), **{**plain, **fields})


def staff_event(**cells: Any) -> dict[str, Any]:
    return {
        "kind": "классный час",
        "on": date(2022, 9, 20),
        "class_or_group": "7а",
        "topic": "Наставник",
        **cells,
    }


def test_f29_a_report_of_an_event_that_staff_wrote_down_counts_once_with_a_question() -> None:
    book = workbook(PAIRS, rows("events", staff_event(attended=20)))
    intake = read(event("E1"), book=book)
    (found,) = intake.events
    assert (found.school_class, found.attended, found.topic) == ("7 «А»", 24, "Наставник")
    (question,) = intake.findings
    asked = committed(
        [questions_table(intake.findings, EMPTY, DAY)], {("questions", question.key): {"decision": "нет"}}
    )
    apart = read(event("E1"), book=Workbook({**book.sheets, **asked.sheets}, asked.memory, 1))
    assert len(apart.events) == 2 and apart.findings == ()


def test_f29_a_report_fills_the_row_that_staff_planned_for_that_day() -> None:
    book = workbook(PAIRS, rows("events", staff_event(on=None, planned_on=date(2022, 9, 20))))
    (found,) = read(event("E1"), book=book).events
    assert (found.planned_on, found.on, found.attended) == (date(2022, 9, 20), date(2022, 9, 20), 24)


def test_f29_a_row_that_staff_typed_twice_counts_once_until_they_say_it_was_two() -> None:
    twice = workbook(PAIRS, rows("events", staff_event(attended=20), staff_event(attended=23)))
    intake = read(book=twice)
    (found,) = intake.events
    (question,) = intake.findings
    assert found.attended == 23
    assert "две строки в «Мероприятиях»" in question.text
    asked = committed(
        [questions_table(intake.findings, EMPTY, DAY)], {("questions", question.key): {"decision": "нет"}}
    )
    apart = read(book=Workbook({**twice.sheets, **asked.sheets}, asked.memory, 1))
    assert sorted(one.attended or 0 for one in apart.events) == [20, 23]
    assert apart.findings == ()


def test_f29_a_publication_without_a_link_is_asked_about_wherever_it_was_told() -> None:
    told = event("E1", kind="публикация", attended="0", school_class="")
    book = workbook(
        PAIRS,
        rows("events", staff_event(kind="публикация", class_or_group="")),
        rows("materials", {"kind": "публикация", "title": "О наставниках"}),
    )
    asked = [
        finding for finding in read(told, book=book).findings if "без ссылки не засчитана" in finding.text
    ]
    assert len(asked) == 3


def test_f29_an_organisation_written_twice_is_asked_about() -> None:
    book = workbook(PAIRS, rows("partners", {"name": "ООО «Вектор»"}, {"name": "Вектор"}, {"name": "Кедр"}))
    (question,) = read(book=book).findings
    assert question.text == "«Вектор» уже есть в перечне как «ООО «Вектор»»: оставьте одну строку"


def test_f29_events_of_other_classes_or_topics_stay_apart() -> None:
    intake = read(event("E1"), event("E2", school_class="7 «Б»"), event("E3", topic="Другая тема"))
    assert len(intake.events) == 3 and intake.findings == ()


def test_f10_an_event_without_a_number_of_people_is_quarantined() -> None:
    assert list(read(event("E1", attended="человек двадцать")).quarantined) == ["E1"]


def test_an_answer_after_the_meeting_is_attendance_and_so_is_a_tick() -> None:
    ticks = rows("attendance", {"key": MENTOR, "networking": True, "game": False})
    held = rows("events", {"kind": "нетворкинг", "on": date(2022, 10, 14), "topic": "Знакомство"})
    intake = read(networking("N1"), book=workbook(PAIRS, ticks, held))
    assert [(item.person, item.event, item.present, item.on) for item in intake.attendance] == [
        (MENTEE, "нетворкинг", True, date(2022, 10, 14)),
        (MENTOR, "нетворкинг", True, date(2022, 10, 14)),
    ]


def test_f15_attendance_withholds_the_names_of_people_without_a_consent() -> None:
    signed = {"key": f"{MENTOR}/обработка/участник", "signed_on": date(2022, 9, 10)}
    intake = read(networking("N1"), book=workbook(PAIRS, rows("consents", signed)))
    table = attendance_table(intake, ())
    assert [row.cells["name"] for row in table.rows] == ["нет согласия", "Соколова Вера Павловна"]
    assert intake.consented == {MENTOR}


def test_f14_the_rows_of_needed_consents_are_added_and_show_their_state() -> None:
    signed = {
        "key": f"{MENTOR}/обработка/участник",
        "signed_on": date(2022, 9, 10),
        "withdrawn_on": date(2022, 10, 1),
    }
    book = workbook(PAIRS, rows("consents", signed))
    table = consents_table(read(book=book), {}, book)
    assert {row.key: row.cells["status"] for row in table.rows} == {
        f"{MENTOR}/обработка/участник": "согласие отозвано 01.10.2022",
        f"{MENTEE}/обработка/законный представитель": "согласие не подписано",
    }


def test_f14_a_consent_signed_by_the_child_is_asked_about() -> None:
    signed = {
        "key": f"{MENTEE}/обработка/законный представитель",
        "signed_on": date(2022, 9, 10),
        "signed_by": "Берёзов Лев Ильич",
    }
    intake = read(book=workbook(PAIRS, rows("consents", signed)))
    assert [item.text for item in intake.findings] == ["согласие не действует: подписал сам ребёнок"]
