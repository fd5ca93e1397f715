"""«Журнал»: what changed, on which day, from which source."""

from datetime import UTC, date, datetime

from tests.functional.test_nights import table
from tests.small_school import QUESTIONNAIRE, SmallSchool

NEW_DAY = date(2022, 10, 20)


def lines(school: SmallSchool) -> dict[str, dict[str, str]]:
    return table(school.book().worksheet("Журнал"))


def test_f47_the_journal_tells_what_changed_when_and_from_which_source(school: SmallSchool) -> None:
    before = lines(school)
    school.now = datetime(2022, 10, 19, 9, 0, tzinfo=UTC)
    school.apply("Яркина Нина Глебовна", born="2011-03-03", school_class="6 «Б»")
    school.approve_pairs()
    school.type_down("Согласия", "Отозвано (дата)", "18.10.2022", rows=[2])
    school.night(NEW_DAY)
    told = {
        row["Что изменилось"]: (row["Дата"], row["Откуда"])
        for key, row in lines(school).items()
        if key not in before
    }
    assert {day for day, _ in told.values()} == {"20.10.2022"}
    assert told["Новых ответов: 1"] == ("20.10.2022", f"форма «{QUESTIONNAIRE}»")
    assert told["Новых участников: 1"][1] == "лист «Реестр»"
    assert told["Согласия: действует → согласие отозвано 18.10.2022, строк: 1"][1] == "лист «Согласия»"
    pairs = [source for what, (_, source) in told.items() if what.startswith("Пара П-")]
    assert pairs and set(pairs) == {"лист «Пары»"}
    assert not [what for what in told if "Яркина" in what], "the journal names nobody"
