"""An indicator told to a person who checks it (F32)."""

from datetime import date

from sheets_sync.domain.indicators.explanation import explain
from sheets_sync.domain.indicators.measuring import measure
from sheets_sync.domain.school import Group, Role
from tests.unit.domain.school_year import EARLY, base, consents_of, evidence, only


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
