"""An indicator told to a person who checks it (F32)."""

from dataclasses import replace
from datetime import date

from sheets_sync.domain.entries import (
    Event,
    Participation,
)
from sheets_sync.domain.indicators.evaluator import Evaluator
from sheets_sync.domain.indicators.explanation import Explanation, explain
from sheets_sync.domain.indicators.measuring import measure
from sheets_sync.domain.intake.settings import PARAMETERS
from sheets_sync.domain.school import (
    Evidence,
    Group,
    Role,
)
from sheets_sync.domain.views.roadmap import counted_table
from tests.unit.domain.school_year import (
    EARLY,
    base,
    consents_of,
    evidence,
    only,
    person,
    the_roadmap,
    total,
)


def test_f32_the_explanation_names_rule_number_missing_consent_and_people_by_code() -> None:
    people = base(Group.PUPIL, 3, Role.MENTEE, EARLY)
    day = date(2022, 10, 20)
    known = evidence(day, people=people, consents=consents_of(people[:2], EARLY))
    (value,) = measure(only(8), known, day)
    assert explain(value, day) == (
        "M08.consents, пункт 8, на 20.10.2022",
        "Правило: люди из базы с действующим согласием на обработку данных ÷ "
        "вся база, кроме тех, кто не участвует: не меньше 100\u00a0%",
        "Сейчас: 2 из 3 (66,6\u00a0%)",
        "Порог достигнут: нет",
        "Чего не хватает: ещё 1\u00a0согласие до 100\u00a0%: У-003",
        "Посчитаны (2):",
        "  У-001, У-002",
        "Не посчитаны из общего числа (1):",
        "  У-003",
    )


DAY = date(2022, 9, 20)


def school() -> Evidence:
    """Four pupils of sixty and one teacher of ten agreed; how many parents there are nobody said."""
    pupils = base(Group.PUPIL, 4, Role.MENTEE, EARLY)
    teachers = base(Group.TEACHER, 1, Role.MENTOR, EARLY, "Т")
    parents = base(Group.PARENT, 1, Role.MENTOR, EARLY, "Р")
    people = (*pupils, *teachers, *parents)
    return evidence(
        DAY,
        people=(*people, person("У-009")),
        consents=consents_of(people, EARLY),
        contingent=(total("обучающийся", 60), total("педагог", 10)),
    )


def test_f32_measure_1_is_told_group_by_group_with_n_and_of_how_many() -> None:
    roadmap = only(1)
    told = Explanation(roadmap.measures[0], tuple(measure(roadmap, school(), DAY)), DAY, True)

    assert [(row[0], *row[2:7]) for row in told.table()] == [
        ("M01.pupils", "4", "60", "6,6\u00a0%", "≥\u00a010\u00a0%", "нет"),
        ("M01.teachers", "1", "10", "10\u00a0%", "≥\u00a010\u00a0%", "да"),
        ("M01.parents", "1", "нет данных", "", "≥\u00a010\u00a0%", "сказать нельзя"),
        ("M01.graduates", "0", "нет данных", "", "≥\u00a010\u00a0%", "сказать нельзя"),
        ("M01.partners", "0", "нет данных", "", "≥\u00a010\u00a0%", "сказать нельзя"),
    ]
    assert told.table()[0][7] == "ещё 2\u00a0обучающихся до 10\u00a0%"
    assert told.table()[2][7] == "лист «Контингент», строка «родитель», колонка «Всего»"


def test_f32_the_group_s_size_is_told_with_the_row_it_stands_in() -> None:
    value = measure(only(1), school(), DAY)[0]

    assert "Откуда общее число: лист «Контингент», строка «обучающийся», на 01.09.2022" in explain(value, DAY)


def test_f15_only_those_whose_consent_is_valid_are_named_and_all_others_stand_by_code() -> None:
    value = measure(only(8), school(), DAY)[0]

    lines = explain(value, DAY, {"У-001": "Ветров Глеб Ильич, 7 «А»"})
    assert "  У-001 Ветров Глеб Ильич, 7 «А»" in lines
    assert lines[-2:] == ("Не посчитаны из общего числа (1):", "  У-009")


def test_f15_as_data_for_programs_nobody_is_named() -> None:
    roadmap = only(8)
    people = {"У-001": "Ветров Глеб Ильич, 7 «А»"}
    told = Explanation(roadmap.measures[0], tuple(measure(roadmap, school(), DAY)), DAY, False, people)

    answer = told.to_json()
    assert answer["not_counted"] == ["У-009"]
    assert (answer["numerator"], answer["denominator"]) == (6, 7)
    assert "Ветров" not in str(answer)


def test_f32_the_sheet_lists_who_is_counted_and_who_is_not_by_code() -> None:
    rows = {row.key: row.cells for row in counted_table(measure(only(1, 8), school(), DAY)).rows}

    assert rows["M08.consents"]["counted"] == "Р-001, Т-001, У-001, У-002, У-003, У-004"
    assert rows["M08.consents"]["not_counted"] == "У-009"
    assert rows["M01.teachers"]["now"] == "1 из 10 (10\u00a0%)"
    assert rows["M01.teachers"]["whole_from"] == "лист «Контингент», строка «педагог», на 01.09.2022"


def test_f32_who_stood_for_the_school_is_one_person_under_name_and_code_and_never_named() -> None:
    ours = replace(person("Т-001", Group.TEACHER), name="Берегова Нина Сергеевна")
    rows = tuple(
        Participation(who, "Форум", "региональный", on=DAY)
        for who in ("Т-001", "берегова  Нина Сергеевна", "Гость Иван", "ГОСТЬ иван")
    )
    value = measure(only(32), evidence(DAY, people=(ours,), participations=rows), DAY)[0]

    assert (value.numerator, value.numerator_ids) == (2, ("Т-001", "не из реестра: Форум"))


def test_f32_every_cell_that_a_rule_asks_to_fill_in_the_settings_is_a_parameter_there() -> None:
    asked = {
        indicator.fill.partition("параметр «")[2].rstrip("»")
        for each in the_roadmap().measures
        for indicator in each.indicators
        if "«Настройки»" in indicator.fill
    }
    assert asked
    assert asked <= set(PARAMETERS)


def test_f32_events_are_told_in_words_that_staff_know_and_never_by_a_key() -> None:
    hour = Event("ACYDBNAq7", "классный час", on=EARLY, school_class="7 «А»", topic="Успех каждого")
    twin = replace(hour, key="М-6e2a5f")
    other = replace(hour, key="М-78bf8d", school_class="7 «Б»", topic="Кейс-сессия «Успех»")
    named = replace(hour, key="М-cbddd2", school_class="8 «А»", topic="Встреча с Участником У")
    planned = Event("М-1dd6c9", "рабочая встреча", planned_on=EARLY, topic="  Наш   завод ")
    known = evidence(
        date(2022, 10, 10),
        people=(person("У-001", Group.PUPIL, Role.MENTEE),),
        events=(hour, twin, other, named, planned),
    )

    assert [record.id for record in Evaluator(known).records("events")] == [
        "классный час 02.09.2022, 7 «А», «Успех каждого»",
        "классный час 02.09.2022, 7 «А», «Успех каждого» (2)",
        "классный час 02.09.2022, 7 «Б», Кейс-сессия «Успех»",
        "классный час 02.09.2022, 8 «А»",
    ]
    assert [record.id for record in Evaluator(known).records("events_planned")] == [
        "рабочая встреча 02.09.2022, «Наш завод»"
    ]
