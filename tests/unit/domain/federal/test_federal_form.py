"""The mapping file of the statistical form: its language, its problems with their places, its numbers."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sheets_sync.domain.federal.form import FederalForm, filled_form, form_from_config
from sheets_sync.domain.federal.formula import FormulaProblem, read_formula
from sheets_sync.domain.federal.participants import Participant, cross_table, participants
from sheets_sync.domain.school import Group, PairState
from sheets_sync.errors import SettingsError
from sheets_sync.settings import copy_defaults, load_settings
from tests.unit.domain.school_year import evidence, pair, pair_people

FORMS = ("ученик–ученик", "учитель–учитель")
MENTEE, MENTOR = "наставляемый", "наставник"


def one(
    code: str, role: str = MENTEE, group: str = "обучающийся", sex: str = "женский", age: int | None = 12
) -> Participant:
    return Participant(code, role, group, "ученик–ученик", sex, age)


def form(*formulas: str) -> FederalForm:
    rows = [
        {"code": f"{number:02}", "title": "Строка", "formula": text}
        for number, text in enumerate(formulas, 1)
    ]
    found, problems = form_from_config({"title": "Форма", "rows": rows}, FORMS)
    assert problems == []
    return found


def numbers(people: list[Participant], *formulas: str) -> list[int | None]:
    return [row.number for row in filled_form(form(*formulas), people)]


PEOPLE = [
    one("У-001"),
    one("У-002", sex="мужской", age=14),
    one("У-003", age=15),
    one("У-003", MENTOR, age=15),
    one("У-004", MENTOR, "педагог", "мужской", 40),
    one("У-005", MENTOR, "представитель организации", "женский", 33),
]


@pytest.mark.parametrize(
    ("formula", "number"),
    [
        ("все", 5),
        ("роль = наставляемый", 3),
        ("роль = наставляемый и пол = женский", 2),
        ("роль = наставляемый и возраст = 10–14", 2),
        ("возраст = 10-14, 15", 3),
        ("возраст = до 15", 2),
        ("возраст = от 33", 2),
        ("роль = наставник и категория = педагог, представитель организации", 2),
        ("роль = наставник и категория ≠ обучающийся", 2),
        ("форма = ученик-ученик", 5),
        ("роль = наставляемый + роль = наставник", 6),
        ("все - роль = наставник и категория = педагог", 4),
    ],
)
def test_f38_a_formula_counts_unique_people(formula: str, number: int) -> None:
    assert numbers(PEOPLE, formula) == [number]


def test_f38_rows_are_added_and_taken_away() -> None:
    counted = numbers(PEOPLE, "роль = наставляемый", "роль = наставник", "строка 01 + строка 02 - все")

    assert counted == [3, 3, 1]


def test_f38_an_unknown_sex_or_age_makes_no_data_where_it_is_asked_and_only_there() -> None:
    people = [one("У-001"), one("У-002", sex="", age=None), one("У-003", MENTOR, sex="")]
    rows = filled_form(
        form("роль = наставляемый", "роль = наставляемый и пол = женский", "возраст = 12", "строка 02 + все"),
        people,
    )

    assert [row.number for row in rows] == [2, None, None, None]
    assert rows[1].note == "человек без пола: 1; без них — 1"
    assert rows[2].note == "человек без даты рождения: 1; без них — 2"
    assert rows[3].note == "нет данных в строке 02"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("роль = ученик", "роль не бывает «ученик»; бывает: наставляемый, наставник"),
        ("строка 07", "строки «07» выше нет: складывать можно только строки выше"),
        ("возраст = 14–10", "возраст «14–10» не понятен; пишут: 10–14, 15, до 10, от 20"),
        ("возраст = до 0", "возраст «до 0» не понятен; пишут: 10–14, 15, до 10, от 20"),
        ("класс = 7", "не понятно «класс = 7»: нужно «поле = значение»"),
        ("все +", "не понятно «все +»: нужно «поле = значение»"),
        ("форма = студент–ученик", "форма не бывает «студент–ученик»"),
        ("__import__('os').system('ls')", "не понятно «__import__('os').system('ls')»"),
    ],
)
def test_f38_what_is_not_of_the_language_is_refused_in_words(formula: str, said: str) -> None:
    with pytest.raises(FormulaProblem) as refused:
        read_formula(formula, ("01",), FORMS)
    assert str(refused.value).startswith(said)


def test_f38_every_problem_of_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    copy_defaults(tmp_path)
    path = tmp_path / "config" / "federal_statistics.yaml"
    path.write_text(
        "title: Форма\n"
        "rows:\n"
        '  - {code: "01", title: Всего, formula: все}\n'
        '  - {code: "01", title: Снова, formula: пол = другой}\n'
        '  - {code: "03", title: Сумма, formula: строка 04 + строка 01}\n',
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as refused:
        load_settings(tmp_path / "config")
    assert refused.value.problems == (
        "config/federal_statistics.yaml:4: строка «01» уже есть",
        "config/federal_statistics.yaml:4: пол не бывает «другой»; бывает: мужской, женский",
        "config/federal_statistics.yaml:5: строки «04» выше нет: складывать можно только строки выше",
    )


def test_f38_a_school_without_the_file_goes_without_the_form(tmp_path: Path) -> None:
    copy_defaults(tmp_path)
    (tmp_path / "config" / "federal_statistics.yaml").unlink()

    assert load_settings(tmp_path / "config").federal is None


def test_f38_people_are_those_of_the_pairs_in_force_in_the_period_with_what_is_known_of_them() -> None:
    people = tuple(
        replace(each, sex="ж" if each.code.startswith("У") else "", birth_date=born)
        for each, born in zip(
            pair_people(2), (date(2006, 5, 1), None, date(2012, 11, 15), date(2012, 11, 16)), strict=True
        )
    )
    proposed = replace(pair(2), state=PairState.PROPOSED, in_force_from=None)
    known = evidence(date(2022, 11, 15), people=people, pairs=(pair(1), proposed))

    assert [
        (cell.role, cell.group, cell.sex, cell.band, cell.people) for cell in cross_table(participants(known))
    ] == [
        ("наставляемый", Group.PUPIL, "женский", "10–14", 1),
        ("наставник", Group.PUPIL, "нет данных", "15–17", 1),
    ]
