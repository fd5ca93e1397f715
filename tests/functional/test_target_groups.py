"""Target groups and ages come from the settings, and a person counts once in each."""

from __future__ import annotations

from datetime import date

from sheets_sync.domain.run_report import RunReport
from tests.functional.test_nights import table
from tests.small_school import PUPILS, TEACHERS, SmallSchool

LATER = date(2022, 10, 20)
RULE = "part: {of: consented, where: {group: обучающийся, excluded: false}}"


def years(born: str, on: date) -> int:
    day = date.fromisoformat(born)
    return on.year - day.year - ((on.month, on.day) < (day.month, day.day))


def pupils(report: RunReport) -> object:
    return report.indicators["M01.pupils"].numerator


def test_f13_the_ages_and_groups_of_the_settings_decide_who_is_counted(school: SmallSchool) -> None:
    file = school.directory / "config" / "roadmap.yaml"
    whole = file.read_text("utf-8")
    assert pupils(school.night(LATER)) == len(PUPILS)

    file.write_text(whole.replace(RULE, RULE.replace("false}}", "false, age: 10–12}}"), 1), "utf-8")
    expected = sum(10 <= years(born, LATER) <= 12 for _, born, *_ in PUPILS)
    assert 0 < expected < len(PUPILS)
    assert pupils(school.night(LATER)) == expected

    both = RULE.replace("group: обучающийся", "group: [обучающийся, педагог]")
    file.write_text(whole.replace(RULE, both, 1), "utf-8")
    assert pupils(school.night(LATER)) == len(PUPILS) + len(TEACHERS)


def test_f13_however_many_answers_in_whatever_roles_a_person_counts_once_in_a_group(
    school: SmallSchool,
) -> None:
    before = school.night(LATER)
    name, born, school_class, _, direction = PUPILS[0]
    for role in ("наставляемым", "наставником", "наставником"):
        school.apply(name, born=born, school_class=school_class, role=role, direction=direction)

    after = school.night(date(2022, 10, 21))

    assert pupils(after) == pupils(before) == len(PUPILS)
    assert after.registry.people == before.registry.people
    assert after.registry.mentors == (before.registry.mentors or 0) + 1
    (row,) = [
        row
        for row in table(school.book().worksheet("Реестр")).values()
        if row["Фамилия, имя, отчество"] == name
    ]
    assert row["Роль"] == "наставляемый, наставник"
