"""The roadmap at the demo's three dates against a recount that shares no code with it (F32, F33, F36)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import CliRunner

from sheets_sync.cli import cli
from sheets_sync.domain.history import history, snapshots
from sheets_sync.settings import load_settings
from tests.functional.played import DECEMBER, OCTOBER, SEPTEMBER, Year
from tests.functional.recount.daily import Diary, recount
from tests.functional.recount.reading import read_given
from tests.functional.recount.states import REQUIRED, Calendar, printed, told

DATES = {"september": SEPTEMBER, "october": OCTOBER, "december": DECEMBER}
At = Callable[[str], "tuple[Year, Calendar]"]


@pytest.fixture(scope="module")
def at(request: pytest.FixtureRequest) -> At:
    """The played school of a month and its recount, each made once."""
    made: dict[str, tuple[Year, Calendar]] = {}

    def of(month: str) -> tuple[Year, Calendar]:
        if month not in made:
            year: Year = request.getfixturevalue(month)
            made[month] = year, Calendar(Diary(read_given(year.school, DATES[month])), DATES[month])
        return made[month]

    return of


EACH_MONTH = pytest.mark.parametrize("month", DATES)


@EACH_MONTH
def test_f32_every_number_equals_the_recount(at: At, month: str) -> None:
    year, calendar = at(month)

    reported = {
        name: (figure["numerator"], figure["denominator"]) for name, figure in year.json["indicators"].items()
    }
    assert reported == calendar.figures
    assert len(reported) == 61


@EACH_MONTH
def test_f33_all_32_states_equal_the_recount_with_their_dates_and_reasons(at: At, month: str) -> None:
    _, calendar = at(month)
    table = calendar.diary.given.sheet("Дорожная карта").set_index("№")

    expected, shown = {}, {}
    for number in REQUIRED:
        state, row = calendar.state(number), table.loc[str(number)]
        begins = told(state)
        expected[number] = (state.name, f"{state.done_on:%d.%m.%Y}" if state.done_on else "", begins)
        shown[number] = (row["Состояние"], row["Выполнено"], str(row["Почему"])[: len(begins)])
        rest = str(row["Почему"])[len(begins) :]
        for name, count in state.figures.items():
            said = f" — {printed(count, not isinstance(REQUIRED[number][name], int))}"
            assert said in rest, (number, name)
            rest = rest[rest.index(said) + len(said) :]
    assert shown == expected
    assert len(shown) == 32


@EACH_MONTH
def test_f36_december_still_holds_what_the_recount_of_each_earlier_night_says(at: At, month: str) -> None:
    workbook = at("december")[0].year_end
    calendar = at(month)[1]

    night = next(each for each in snapshots(workbook) if each.on == DATES[month])
    assert night.figures == calendar.figures
    assert night.states == {number: calendar.state(number).name for number in REQUIRED}


def test_f36_what_staff_date_back_later_shows_as_a_difference_from_what_was_kept(at: At) -> None:
    """Consents signed by 20 September were typed in October: the night could not know them."""
    year, calendar = at("december")
    kept = next(each for each in snapshots(year.year_end) if each.on == SEPTEMBER)

    assert kept.figures["M01.pupils"] == (0, 600)
    recounted = recount(calendar.diary, SEPTEMBER)["M01.pupils"]
    assert recounted[0] is not None
    assert recounted[0] > 0
    assert len(history(year.year_end)) == 61 * len(snapshots(year.year_end))


def test_f32_measure_1_is_explained_by_groups_and_people_in_the_played_school(at: At) -> None:
    year, calendar = at("october")
    config = str(year.school.directory / "config")
    call = ["indicators", "explain", "M01", "--as-of", "2022-10-25", "--config", config, "--json"]

    told_whole = json.loads(CliRunner().invoke(cli, call).stdout)
    counted = {each["id"]: (each["numerator"], each["denominator"]) for each in told_whole["indicators"]}
    assert counted == {name: calendar.figures[name] for name in REQUIRED[1]}

    call[2] = "M08.consents"
    people = json.loads(CliRunner().invoke(cli, call).stdout)
    assert set(people["counted"]) == calendar.diary.consented(OCTOBER)
    assert set(people["not_counted"]) == calendar.diary.base(OCTOBER) - calendar.diary.consented(OCTOBER)


def test_f15_the_sheet_of_who_is_counted_holds_codes_and_no_names(at: At) -> None:
    _, calendar = at("december")
    sheet = calendar.diary.given.sheet("Кто посчитан").set_index("Показатель")
    surnames = {str(person["key"]).split()[0] for person in calendar.diary.persons.values()}

    listed = re.findall(r"У-\d+", str(sheet.loc["M08.consents", "Посчитаны"]))
    assert set(listed) == calendar.diary.consented(DECEMBER)
    text = " ".join(sheet["Посчитаны"]) + " ".join(sheet["Не посчитаны из общего числа"])
    assert not {word.casefold() for word in re.findall(r"\w+", text)} & surnames


def test_the_recount_reads_the_shipped_settings_that_the_school_has_not_changed(at: At) -> None:
    """The recount's own constants hold for the played school: its period, forms of mentoring and groups."""
    year, _ = at("december")
    school = load_settings(year.school.directory / "config").school.defaults
    assert (school.period_start, school.period_end) == (date(2022, 9, 1), date(2022, 12, 31))
    assert (len(school.forms_in_use), len(school.mentor_groups), school.small_school) == (4, 3, False)
