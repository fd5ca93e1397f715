from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from sheets_sync.domain.findings import Severity
from sheets_sync.domain.intake import staff
from sheets_sync.domain.intake.cells import TITLES
from sheets_sync.domain.intake.events import KINDS
from sheets_sync.domain.intake.meetings import MARKS
from sheets_sync.domain.intake.people import CONCLUSIONS
from sheets_sync.domain.intake.settings import PARAMETERS, read_settings, settings_rows
from sheets_sync.domain.tables import ReadRow
from tests.builders.people import SCHOOL, TODAY, rows

WORKBOOK = YAML(typ="safe").load(Path(__file__).parents[3] / "config/workbook.yaml")
DECLARED = {sheet["id"]: sheet for sheet in WORKBOOK["sheets"]}


def typed(sheet: str, **cells: Any) -> tuple[ReadRow, ...]:
    return rows(sheet, cells)[sheet].rows


def choices(sheet: str, column: str) -> tuple[str, ...]:
    found = next(item for item in DECLARED[sheet]["columns"] if item["id"] == column)
    return tuple(found["choices"])


def test_the_lists_that_are_understood_are_those_of_the_drop_downs() -> None:
    assert choices("events", "kind") == KINDS
    assert choices("partners", "state") == staff.PARTNER_STATES
    assert choices("materials", "kind") == staff.MATERIAL_KINDS
    assert choices("participation", "level") == staff.LEVELS
    assert choices("documents", "state") == staff.DOCUMENT_STATES
    assert choices("marks", "state") == staff.MARK_STATES
    assert choices("plans", "hand_mark") == MARKS
    assert choices("registry", "conclusion") == CONCLUSIONS


def test_places_of_findings_bear_the_titles_of_the_workbook() -> None:
    assert {sheet: DECLARED[sheet]["title"] for sheet in TITLES} == TITLES


def test_f29_an_event_is_read_as_staff_typed_it() -> None:
    (event,), findings = staff.events(
        typed(
            "events",
            kind="занятие для наставников",
            planned_on=date(2022, 9, 10),
            on=date(2022, 9, 12),
            class_or_group="Первая",
            topic="Как слушать",
            lecturer="эксперт центра",
            remote=True,
            attended=12,
            expected=15,
        ),
        SCHOOL,
    )
    assert findings == ()
    assert (event.mentor_group, event.school_class, event.remote) == ("первая", "", True)
    assert (event.planned_on, event.on, event.attended, event.expected) == (
        date(2022, 9, 10),
        date(2022, 9, 12),
        12,
        15,
    )


@pytest.mark.parametrize(
    ("cells", "severity", "said"),
    [
        ({"on": "12.09.2022"}, Severity.NOTE, "записана текстом"),
        ({"on": "12 сентября"}, Severity.QUESTION, "не дата"),
        ({"on": 44816}, Severity.QUESTION, "не дата"),
        ({"attended": "25"}, Severity.NOTE, "записано текстом"),
        ({"attended": "двадцать"}, Severity.QUESTION, "не целое число"),
        ({"attended": -3}, Severity.QUESTION, "не целое число"),
        ({"attended": 2.5}, Severity.QUESTION, "не целое число"),
        ({"attended": float("nan")}, Severity.QUESTION, "не целое число"),
        ({"attended": "#N/A"}, Severity.QUESTION, "не целое число"),
        ({"kind": "утренник"}, Severity.QUESTION, "нет в списке"),
        ({"kind": ""}, Severity.QUESTION, "не выбран вид"),
        ({"class_or_group": "12Я"}, Severity.QUESTION, "нет такого класса"),
        ({"remote": "наверное"}, Severity.QUESTION, "ставят галочку"),
    ],
)
def test_f29_a_cell_that_cannot_be_read_is_a_finding_with_its_row(
    cells: dict[str, Any], severity: Severity, said: str
) -> None:
    _, (finding,) = staff.events(typed("events", **{"kind": "педсовет", "topic": "Т", **cells}), SCHOOL)
    assert finding.place == "«Мероприятия», строка 2"
    assert finding.severity is severity
    assert said in finding.text


def test_f29_a_date_or_number_typed_as_plain_text_is_still_understood() -> None:
    (event,), _ = staff.events(typed("events", kind="Педсовет", on="12.09.2022", attended="25"), SCHOOL)
    assert (event.kind, event.on, event.attended) == ("педсовет", date(2022, 9, 12), 25)


def test_rows_with_nothing_but_unticked_boxes_are_no_rows() -> None:
    assert staff.events(typed("events", kind=None, topic="", remote=False), SCHOOL) == ((), ())


def test_a_question_about_a_row_follows_the_row_when_staff_sort_the_sheet() -> None:
    wrong = {"kind": "утренник", "topic": "Ёлка"}
    _, first = staff.events(rows("events", wrong, {"kind": "педсовет"})["events"].rows, SCHOOL)
    _, second = staff.events(rows("events", {"kind": "педсовет"}, wrong)["events"].rows, SCHOOL)
    assert [item.key for item in first] == [item.key for item in second]
    assert [item.place for item in second] == ["«Мероприятия», строка 3"]


def test_partners_documents_marks_and_the_rest_are_read() -> None:
    (partner,), _ = staff.partners(
        typed("partners", name="ООО «Родник»", aliases="Родник; РК", state="подписано")
    )
    assert partner.aliases == ("Родник", "РК") and partner.state == "подписано"
    (paper,), _ = staff.documents(
        typed(
            "documents",
            key="Д-005",
            kind="приказ",
            state="зарегистрирован",
            number="45/2-р",
            on=date(2022, 10, 21),
        )
    )
    assert paper.registered and paper.number == "45/2-р"
    (mark,), _ = staff.marks(typed("marks", measure=12, state="в работе", lowered_to=70))
    assert (mark.measure, mark.state, mark.lowered_to) == (12, "в работе", 70)
    (material,), _ = staff.materials(typed("materials", kind="рубрика вк", link="https://example.org"))
    assert material.kind == "рубрика ВК"
    (part,), _ = staff.participations(
        typed("participation", who="У-017", event="Форум", level="всероссийский")
    )
    assert (part.who, part.level) == ("У-017", "всероссийский")


def test_numbers_of_documents_that_sheets_turned_into_numbers_are_texts_again() -> None:
    (paper,), _ = staff.documents(
        typed("documents", kind="приказ", number=60.0, on=date(2022, 10, 21), state="")
    )
    assert paper.number == "60"


def test_a_mark_without_a_measure_and_a_part_above_the_total_are_asked_about() -> None:
    _, (finding,) = staff.marks(typed("marks", state="выполнено"))
    assert finding.text == "не указан номер пункта"
    _, (finding,) = staff.contingent(typed("contingent", key="обучающийся", total=600, aged_10_19=700))
    assert "больше, чем всего" in finding.text


def setting(*items: dict[str, Any]) -> tuple[Any, tuple[Any, ...]]:
    return read_settings(rows("settings", *items)["settings"].rows, SCHOOL, TODAY)


def test_settings_of_the_sheet_stand_above_those_of_the_files() -> None:
    found, findings = setting(
        {"name": "Удовлетворён: от скольки баллов", "value": 8},
        {"name": "Доля выполненных пунктов плана", "value": 0.85},
        {"name": "Малокомплектная школа", "value": "Да"},
        {"name": "Классы", "value": "5а; 7 б, 9"},
        {"name": "Конец периода", "value": "31.05.2023"},
        {"name": "Ответственный: curator", "value": "куратор программы"},
        {"name": "Кто подписывает", "value": ""},
    )
    assert findings == ()
    assert (found.satisfied_from, found.plan_share, found.small_school) == (8, Fraction(17, 20), True)
    assert found.classes == ("5 «А»", "7 «Б»", "9")
    assert found.period_end == date(2023, 5, 31)
    assert found.responsible == {"curator": "куратор программы"}


def test_f33_a_control_date_is_read_for_a_measure_or_for_one_indicator() -> None:
    found, findings = setting(
        {"name": "Контрольная дата, пункт 12", "value": date(2022, 11, 1)},
        {"name": "Контрольная дата M13.attendance", "value": "22.12.2022"},
        {"name": "Контрольная дата: пункт № 8", "value": date(2022, 9, 30)},
    )
    assert findings == ()
    assert found.control_dates == {
        "12": date(2022, 11, 1),
        "M13.attendance": date(2022, 12, 22),
        "8": date(2022, 9, 30),
    }


def test_the_signatory_is_the_one_of_the_date() -> None:
    found, _ = setting(
        {"name": "Кто подписывает", "value": "директор", "valid_to": date(2022, 9, 19)},
        {
            "name": "Кто подписывает",
            "value": "исполняющий обязанности",
            "valid_from": TODAY,
            "valid_to": TODAY,
        },
        {"name": "Кто подписывает", "value": "другой", "valid_from": date(2022, 9, 21)},
    )
    assert found.signatory_name == "исполняющий обязанности"


@pytest.mark.parametrize(
    "item",
    [
        {"name": "Конец периода", "value": "скоро"},
        {"name": "Доля выполненных пунктов плана", "value": "девяносто"},
        {"name": "Доля выполненных пунктов плана", "value": "1/0"},
        {"name": "Малокомплектная школа", "value": "не знаю"},
        {"name": "Классы", "value": "5а; 99ю"},
        {"name": "Начало периода", "value": "01.01.2024"},
        {"name": "Год", "value": "2022"},
        {"name": "Контрольная дата, пункт 13", "value": "в день игры"},
    ],
)
def test_a_setting_that_cannot_be_read_is_a_finding_and_the_files_value_stands(item: dict[str, Any]) -> None:
    found, findings = setting(item)
    assert len(findings) == 1
    assert found == SCHOOL


def test_init_offers_every_parameter_and_an_empty_value_changes_nothing() -> None:
    offered = settings_rows(SCHOOL)
    assert {row["name"] for row in offered} >= set(PARAMETERS)
    assert setting(*offered) == (SCHOOL, ())
