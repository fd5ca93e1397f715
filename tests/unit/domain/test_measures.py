"""Each measure just below its threshold, just at it, and fulfilled late; numbers counted by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from sheets_sync.domain.entries import (
    Event,
    Material,
    Participation,
    Partner,
)
from sheets_sync.domain.roadmap_status import Status, judge
from sheets_sync.domain.school import (
    Attendance,
    Diagnostic,
    Group,
    Interview,
    MeetingKind,
    NetworkingAnswer,
    Person,
    RegisteredDocument,
    Role,
)
from tests.unit.domain.school_year import (
    EARLY,
    base,
    consents_of,
    evidence,
    meeting,
    only,
    pair,
    pair_people,
    person,
    plan,
    the_roadmap,
    total,
)

Known = Mapping[str, Any]
Numbers = Mapping[str, tuple[int | None, int | None]]
END = date(2022, 12, 31)


@dataclass(frozen=True)
class Case:
    """`build(day, enough)` gives evidence whose last piece is dated `day`."""

    number: int
    due: date
    build: Callable[[date, bool], Known]
    enough: Numbers
    below: Numbers
    with_also: tuple[int, ...] = ()
    late: Status = Status.DONE_LATE


def covered(day: date, enough: bool) -> Known:
    pupils = base(Group.PUPIL, 6 if enough else 5, Role.MENTEE, EARLY)
    teachers = base(Group.TEACHER, 1, Role.MENTOR, EARLY, "Т")
    people = (*pupils, *teachers)
    return {
        "people": people,
        "consents": consents_of(people, day),
        "contingent": (total("обучающийся", 60), total("педагог", 10)),
    }


def mentors(day: date, enough: bool) -> Known:
    known = dict(covered(EARLY, True))
    people = base(Group.PUPIL, 6, Role.MENTEE, EARLY) + base(Group.TEACHER, 1, Role.MENTEE, EARLY, "Т")
    if enough:
        people = (*people, person("Н-001", Group.PUPIL, Role.MENTOR, on=day))
    return {**known, "people": people, "consents": consents_of(people, EARLY)}


def partner(name: str, on: date, **more: object) -> Partner:
    return Partner(name=name, listed_on=on, **more)  # type: ignore[arg-type]


def organisation_mentor(code: str, organisation: str) -> Person:
    return person(code, Group.PARTNER, Role.MENTOR, organisation=organisation)


def organisations(day: date, enough: bool) -> Known:
    people = (organisation_mentor("О-001", "ООО «Заря», инженер"),)
    return {
        "people": people,
        "consents": consents_of(people, EARLY),
        "partners": (partner("Завод «Заря»", day, aliases=("ООО «Заря»",)),),
        "contingent": (total("организация", 50 if enough else 51),),
    }


def agreements(day: date, enough: bool) -> Known:
    people = (organisation_mentor("О-001", "Заря"), organisation_mentor("О-002", "Маяк"))
    signed = {"agreement_number": "1", "state": "подписано"}
    second = {**signed, "agreement_on": day} if enough else {"agreement_number": "2", "state": "переговоры"}
    return {
        "people": people,
        "consents": consents_of(people, EARLY),
        "partners": (
            partner("Заря", EARLY, **signed, agreement_on=EARLY),
            partner("Маяк", EARLY, **second),
            partner("Без наставников", EARLY),
        ),
    }


def event(number: int, kind: str, on: date | None, **more: object) -> Event:
    return Event(key=f"М-{number}", kind=kind, on=on, **more)  # type: ignore[arg-type]


SESSION = "занятие для наставников"


def training(day: date, enough: bool) -> Known:
    planned = date(2022, 10, 7)
    experts = ("Орлов И. П.", "Белова А.С., музей", "Белова  а. с.", "Ким Р.", "Жуков О.", "Рыбин Л.")
    sessions = [
        event(
            n,
            SESSION,
            EARLY,
            planned_on=planned,
            mentor_group=("Первая", "Вторая")[n % 2],
            lecturer=experts[n],
        )
        for n in range(5 if enough else 4)
    ]
    last = event(9, SESSION, day, planned_on=planned, mentor_group="Вторая", lecturer=experts[5])
    consultation = event(10, "консультация", EARLY, lecturer="Орлов И.П.")
    return {"events": (*sessions, last, consultation)}


def networking(day: date, enough: bool) -> Known:
    answers = (NetworkingAnswer("У-001", Role.MENTEE, day),) if enough else ()
    return {"events": (event(1, "нетворкинг", EARLY, attended=40),), "networking": answers}


def paired(day: date, enough: bool) -> Known:
    return {"people": pair_people(1), "pairs": (pair(1, day),) if enough else ()}


def consents(day: date, enough: bool) -> Known:
    people = (*base(Group.PUPIL, 3, Role.MENTEE, EARLY), person("У-004", excluded=True))
    signed = (*consents_of(people[:2], EARLY), *consents_of(people[2:3] if enough else (), day))
    return {"people": people, "consents": signed}


def five_meetings(day: date, enough: bool) -> Known:
    first = [meeting(1, date(2022, 10, 20 + n), kind) for n, kind in enumerate(MeetingKind)]
    second = [meeting(2, date(2022, 10, 20), kind) for kind in list(MeetingKind)[:4]]
    last = meeting(2, day, MeetingKind.FINAL if enough else MeetingKind.JOINT)
    return {"people": pair_people(2), "pairs": (pair(1), pair(2)), "meetings": (*first, *second, last)}


def first_meetings(day: date, enough: bool) -> Known:
    early = date(2022, 10, 12)
    met = (meeting(1, early), meeting(2, day))
    plans = (plan(1, 0, 3, early), plan(2, 0, 3, early))
    return {
        "people": pair_people(2),
        "pairs": (pair(1), pair(2)),
        "meetings": met,
        "plans": plans if enough else plans[:1],
    }


def document(kind: str, on: date | None = EARLY, number: str = "1", **more: object) -> RegisteredDocument:
    return RegisteredDocument(kind=kind, number=number, on=on, **more)  # type: ignore[arg-type]


def plans_order(day: date, enough: bool) -> Known:
    early = date(2022, 10, 12)
    order = document(
        "приказ об утверждении индивидуальных планов",
        day,
        "120-о",
        key="Д-002",
        pairs=("П-001", "П-002") if enough else ("П-001",),
    )
    return {
        "people": pair_people(2),
        "pairs": (pair(1), pair(2)),
        "plans": (plan(1, 0, 3, early), plan(2, 0, 3, early)),
        "documents": (order,),
    }


def plans_done(day: date, enough: bool) -> Known:
    done = date(2022, 11, 1)
    return {
        "people": pair_people(2),
        "pairs": (pair(1), pair(2)),
        "plans": (plan(1, 10, 10, done), plan(2, 8 if enough else 7, 10, day)),
        "meetings": (meeting(1, done), meeting(2, done)),
    }


def game(day: date, enough: bool) -> Known:
    came = 9 if enough else 8
    people = pair_people(5)
    marks = tuple(Attendance(each.code, "деловая игра", place < came) for place, each in enumerate(people))
    return {
        "people": people,
        "pairs": tuple(pair(n) for n in range(1, 6)),
        "events": (event(1, "деловая игра", day),),
        "attendance": marks,
    }


def material(kind: str, on: date | None, title: str, form: str = "все", link: str = "") -> Material:
    return Material(kind=kind, form=form, title=title, on=on, link=link or f"https://school.example/{title}")


def materials(day: date, enough: bool) -> Known:
    second = material("методические", day, "б", "учитель–учитель" if enough else "студент–ученик")
    return {"materials": (material("программа", EARLY, "а", "ученик–ученик"), second)}


def questionnaires(day: date, enough: bool) -> Known:
    form = "все" if enough else "ученик–ученик"
    return {"materials": (material("диагностическая анкета", day, "анкета", form),)}


def accessibility(day: date, enough: bool) -> Known:
    return {"documents": (document("акт о доступности", day, "77" if enough else ""),)}


def digest(day: date, enough: bool) -> Known:
    sent: dict[str, Any] = {"outgoing_number": "01-15", "sent_on": day} if enough else {}
    return {
        "documents": (document("итоговый сборник", EARLY, link="https://school.example/d", **sent),),
        "materials": (material("материал встречи", EARLY, "а"), material("лучшая практика", EARLY, "б")),
    }


def interviews(day: date, enough: bool) -> Known:
    first, second = base(Group.PUPIL, 2, Role.MENTEE, EARLY)
    talked = Interview(EARLY, "психолог", "ученик–ученик", "рекомендован")
    later = Interview(day, "психолог", "ученик–ученик" if enough else "", "рекомендован")
    people = tuple(
        Person(each.code, each.name, each.group, each.roles, each.applied_on, interview=talk)
        for each, talk in ((first, talked), (second, later))
    )
    return {"people": people, "base_answers": 3, "analysed_answers": 3}


def pairs_announced(day: date, enough: bool) -> Known:
    return {
        "people": pair_people(2),
        "networking": (NetworkingAnswer("У-001", Role.MENTEE, EARLY),),
        "pairs": (pair(1, notified=date(2022, 10, 11)), pair(2, notified=day if enough else None)),
        "documents": (document("приказ о закреплении пар", date(2022, 10, 10)),),
    }


def answer(code: str, on: date) -> Diagnostic:
    return Diagnostic(person=code, role=Role.MENTEE, on=on, scales=(5,) * 6)


def quarterly(day: date, enough: bool) -> Known:
    entry = date(2022, 10, 15)
    codes = [each.code for each in pair_people(1)]
    answers = [answer(code, entry) for code in (codes if enough else codes[:1])]
    return {
        "people": pair_people(1),
        "pairs": (pair(1),),
        "diagnostics": (*answers, answer(codes[0], day)),
    }


def registry(day: date, enough: bool) -> Known:
    people = (*pair_people(2)[:3], person("У-002", on=day))
    return {"people": people if enough else people[:3], "pairs": (pair(1), pair(2))}


def federal_form(day: date, enough: bool) -> Known:
    sent: dict[str, Any] = {"outgoing_number": "5", "sent_on": day} if enough else {}
    return {"documents": (document("форма ФСН", day, **sent),)}


def rubrics(day: date, enough: bool) -> Known:
    address = "https://vk.example/school"
    second = material("рубрика на сайте", day, "сайт", link="" if enough else f"{address}/")
    return {
        "materials": (
            material("рубрика ВК", EARLY, "ВК", link=address),
            second,
            material("контент-план", EARLY, "план"),
        )
    }


def publications(day: date, enough: bool) -> Known:
    four = tuple(material("публикация", EARLY, f"новость {n}") for n in range(4))
    same = "http://www.school.example/новость 0/"
    fifth = event(1, "публикация", day, link="https://school.example/новость 5" if enough else same)
    return {"materials": four, "events": (fifth,)}


def council(day: date, enough: bool) -> Known:
    return {
        "people": (person("Т-001", Group.TEACHER, Role.MENTOR),),
        "events": (event(1, "педсовет", day, attended=9 if enough else 8, expected=9),),
        "documents": (document("протокол педсовета"),),
        "contingent": (total("педагог", 10),),
    }


def parents_meetings(day: date, enough: bool) -> Known:
    four = [event(n, "родительское собрание", EARLY, attended=100) for n in range(4)]
    last = event(9, "родительское собрание", day, attended=100 if enough else 99)
    return {"people": (person("Р-001", Group.PARENT, Role.MENTOR),), "events": (*four, last)}


def class_hours(day: date, enough: bool) -> Known:
    hours = (
        event(1, "классный час", EARLY, school_class="7 «А»", attended=30),
        event(2, "классный час", EARLY, school_class="7 «А»", attended=28),
        event(3, "классный час", day, school_class="7 «Б»", attended=24 if enough else 23),
    )
    return {
        "people": (person("Н-001", Group.PUPIL, Role.MENTOR),),
        "events": hours,
        "contingent": (total("класс 7 «А»", 30), total("класс 7 «Б»", 30)),
    }


def graduates_meetings(day: date, enough: bool) -> Known:
    six = [event(n, "рабочая встреча", EARLY) for n in range(6)]
    last = event(9, "рабочая встреча", day if enough else date(2022, 8, 20))
    return {"people": (person("В-001", Group.GRADUATE, Role.MENTOR),), "events": (*six, last)}


def next_map(day: date, enough: bool) -> Known:
    title = f"Дорожная карта на {2023 if enough else 2022} год"
    return {"documents": (document("дорожная карта", day, "", title=title),)}


def representatives(day: date, enough: bool) -> Known:
    names = ["Ким Роза", "Орлов Иван", "Жуков Олег", "Рыбин Лев", "Серова Анна" if enough else "ЖУКОВ  Олег"]
    days = [EARLY] * 4 + [day]
    return {
        "participations": tuple(
            Participation(who=name, event="Форум", level="региональный", on=on)
            for name, on in zip(names, days, strict=True)
        )
    }


def others_done(day: date, enough: bool) -> Known:
    """An act in time and five publications, the last on the day: the two measures that the controls count."""
    four = tuple(material("публикация", EARLY, f"новость {n}") for n in range(4))
    last = (material("публикация", day, "новость 5"),) if enough else ()
    return {"documents": (document("акт о доступности"),), "materials": (*four, *last)}


CASES = [
    Case(
        1,
        date(2022, 9, 16),
        covered,
        {"M01.pupils": (6, 60), "M01.teachers": (1, 10)},
        {"M01.pupils": (5, 60)},
    ),
    Case(2, END, mentors, {"M02.mentors": (1, None)}, {"M02.mentors": (0, None)}, (1,)),
    Case(3, date(2022, 9, 9), organisations, {"M03.organisations": (1, 50)}, {"M03.organisations": (1, 51)}),
    Case(4, date(2022, 9, 17), agreements, {"M04.agreements": (2, 2)}, {"M04.agreements": (1, 2)}),
    Case(
        5,
        date(2022, 10, 7),
        training,
        {"M05.experts": (5, None), "M05.sessions": (2, 2), "M05.consultations": (1, None)},
        {"M05.experts": (4, None), "M05.sessions": (1, 2)},
    ),
    Case(
        6,
        date(2022, 10, 14),
        networking,
        {"M06.answers": (1, None), "M06.response": (1, 40)},
        {"M06.answers": (0, None)},
    ),
    Case(7, date(2022, 10, 21), paired, {"M07.pairs": (1, None)}, {"M07.pairs": (0, None)}),
    Case(8, date(2022, 10, 21), consents, {"M08.consents": (3, 3)}, {"M08.consents": (2, 3)}),
    Case(9, END, five_meetings, {"M09.pairs": (2, 2)}, {"M09.pairs": (1, 2)}),
    Case(10, date(2022, 10, 21), first_meetings, {"M10.pairs": (2, 2)}, {"M10.pairs": (1, 2)}),
    Case(
        11,
        date(2022, 10, 21),
        plans_order,
        {"M11.order": (1, None), "M11.plans": (2, 2)},
        {"M11.plans": (1, 2)},
    ),
    Case(
        12,
        END,
        plans_done,
        {"M12.items": (18, 20), "M12.planned": (2, 2), "M12.people": (4, 4), "M12.plans": (1, 2)},
        {"M12.items": (17, 20)},
    ),
    Case(13, date(2022, 12, 23), game, {"M13.attendance": (9, 10)}, {"M13.attendance": (8, 10)}),
    Case(14, date(2022, 10, 21), materials, {"M14.materials": (2, 2)}, {"M14.materials": (1, 2)}),
    Case(15, date(2022, 9, 30), accessibility, {"M15.acts": (1, None)}, {"M15.acts": (0, None)}),
    Case(
        16, date(2022, 9, 30), questionnaires, {"M16.questionnaires": (2, 2)}, {"M16.questionnaires": (1, 2)}
    ),
    Case(
        17,
        date(2022, 12, 20),
        digest,
        {"M17.digest": (1, None), "M17.sent": (1, None)},
        {"M17.sent": (0, None)},
    ),
    Case(
        18,
        date(2022, 10, 14),
        interviews,
        {"M18.analysed": (3, 3), "M18.interviews": (2, 2), "M18.forms": (2, 2)},
        {"M18.interviews": (2, 2), "M18.forms": (1, 2)},
    ),
    Case(
        19,
        date(2022, 10, 21),
        pairs_announced,
        {"M19.notified": (2, 2), "M19.order": (1, None)},
        {"M19.notified": (1, 2)},
        (6, 7),
    ),
    Case(20, END, quarterly, {"M20.quarters": (2, 2), "M20.compared": (1, None)}, {"M20.quarters": (1, 2)}),
    Case(21, END, registry, {"M21.registry": (4, 4)}, {"M21.registry": (3, 4)}),
    Case(22, date(2023, 1, 10), federal_form, {"M22.sent": (1, None)}, {"M22.sent": (0, None)}),
    Case(
        23,
        date(2022, 10, 1),
        rubrics,
        {"M23.rubrics": (2, None), "M23.plan": (1, None)},
        {"M23.rubrics": (1, None)},
    ),
    Case(24, END, publications, {"M24.publications": (5, None)}, {"M24.publications": (4, None)}),
    Case(
        25,
        date(2022, 10, 1),
        council,
        {"M25.attendance": (9, 10), "M25.registry": (1, None)},
        {"M25.attendance": (8, 10)},
    ),
    Case(
        26,
        date(2022, 10, 1),
        parents_meetings,
        {"M26.speeches": (5, None), "M26.parents": (500, None)},
        {"M26.parents": (499, None)},
    ),
    Case(27, date(2022, 10, 1), class_hours, {"M27.pupils": (54, 60)}, {"M27.pupils": (53, 60)}),
    Case(28, date(2022, 10, 1), graduates_meetings, {"M28.meetings": (7, None)}, {"M28.meetings": (6, None)}),
    Case(29, END, others_done, {"M29.done": (2, 2)}, {"M29.done": (1, 2)}, (15, 24)),
    Case(
        30,
        END,
        others_done,
        {"M30.on_time": (2, 2)},
        {"M30.on_time": (1, 2)},
        (15, 24),
        late=Status.OVERDUE,  # another measure fulfilled late can never be in time again
    ),
    Case(31, date(2022, 12, 23), next_map, {"M31.next": (1, None)}, {"M31.next": (0, None)}),
    Case(32, END, representatives, {"M32.people": (5, None)}, {"M32.people": (4, None)}),
]
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: f"M{case.number:02}")


def told(case: Case, day: date, enough: bool, as_of: date) -> tuple[Numbers, Status, date | None]:
    roadmap = only(case.number, *case.with_also)
    report = judge(roadmap, evidence(as_of, **case.build(day, enough)), as_of)
    status = next(each for each in report.statuses if each.number == case.number)
    numbers = {value.id: (value.numerator, value.denominator) for value in report.values}
    return numbers, status.status, status.fulfilled_on


@EACH
def test_f33_a_measure_exactly_at_its_threshold_on_the_last_day_is_done(case: Case) -> None:
    numbers, status, on = told(case, case.due, True, case.due)
    assert {name: numbers[name] for name in case.enough} == case.enough
    assert (status, on) == (Status.DONE, case.due)


@EACH
def test_f33_a_measure_just_below_its_threshold_is_overdue_after_the_last_day(case: Case) -> None:
    numbers, status, on = told(case, case.due, False, case.due + timedelta(days=1))
    assert {name: numbers[name] for name in case.below} == case.below
    assert (status, on) == (Status.OVERDUE, None)


@EACH
def test_f33_a_measure_fulfilled_after_its_last_day_is_done_late_with_that_date(case: Case) -> None:
    day = case.due + timedelta(days=3)
    _, status, on = told(case, day, True, day + timedelta(days=2))
    assert (status, on) == (case.late, day if case.late is Status.DONE_LATE else None)


def test_f33_every_measure_of_the_roadmap_is_tried_below_at_and_after() -> None:
    assert [case.number for case in CASES] == [measure.number for measure in the_roadmap().measures]
    assert [case.number for case in CASES if case.late is not Status.DONE_LATE] == [30]
    tried = [
        test_f33_a_measure_exactly_at_its_threshold_on_the_last_day_is_done,
        test_f33_a_measure_just_below_its_threshold_is_overdue_after_the_last_day,
        test_f33_a_measure_fulfilled_after_its_last_day_is_done_late_with_that_date,
    ]
    given = [
        mark.args[1] for test in tried for mark in vars(test)["pytestmark"] if mark.name == "parametrize"
    ]
    assert given == [CASES] * 3
    assert all(set(case.below) <= set(case.enough) and case.below != case.enough for case in CASES)
