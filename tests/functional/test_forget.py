"""`forget`: everything that holds a pupil is found, what may go is gone, and nothing brings him back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from sheets_sync.cli import cli
from sheets_sync.domain.forgetting.grounds import GROUNDS
from sheets_sync.domain.forgetting.listing import Listing
from tests.functional import forgetting
from tests.functional.forgetting import (
    BORN,
    MAIL,
    NAME,
    NETWORKING,
    PHONE,
    THE_DAY,
    code_of,
    leaks,
    make,
    pair_of,
    tells,
    the_list,
)
from tests.functional.test_nights import pairs_of, table
from tests.made_once import made_once
from tests.small_school import QUESTIONNAIRE, SmallSchool

NEXT, AFTER, LATER = date(2022, 11, 4), date(2022, 11, 6), date(2022, 11, 7)
ASKED = date(2022, 11, 1)
LECTURER = "«Мероприятия» F2"
pytestmark = pytest.mark.feature("F16")


@pytest.fixture(scope="session")
def eve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The school in which the boy has left traces, on the eve of the day."""
    return made_once(tmp_path_factory, "remembered", make)[1]


@pytest.fixture
def remembered(eve: Path, tmp_path: Path) -> Iterator[SmallSchool]:
    """A copy of that school."""
    shutil.copytree(eve, tmp_path / "school")
    made = SmallSchool(tmp_path / "school", datetime(2022, 11, 3, 9, 0, tzinfo=UTC))
    yield made
    made.close()


def forget(school: SmallSchool, code: str, day: date = THE_DAY, *, write: bool = True) -> Listing:
    school.now = datetime(day.year, day.month, day.day, 20, 0, tzinfo=UTC)
    return school.open().forget(code, day, ground=GROUNDS["отзыв"], asked_on=ASKED, write=write)


def asked(school: SmallSchool, text: str) -> dict[str, str]:
    """Return the state of every question whose text holds these words."""
    questions = table(school.book().worksheet("Вопросы к данным"))
    return {key: row["Состояние"] for key, row in questions.items() if text in row["Что не так"]}


def test_f16_the_boy_is_gone_from_everything_and_neither_nights_nor_imports_bring_him_back(
    remembered: SmallSchool, tmp_path: Path
) -> None:
    school = remembered
    code, pair = code_of(school), pair_of(school)
    assert len(leaks(school)) > 20, "the search sees what is there"
    before = school.open().look().generation

    listing = forget(school, code, write=False)

    assert school.open().look().generation == before, "without --yes nothing is written"
    assert not tells("\n".join([*listing.lines(), json.dumps(listing.to_json(), ensure_ascii=False)]))
    assert listing.due == date(2022, 12, 1), "thirty days from the first of November"
    assert {one.form for one in listing.standing} == {"application", "networking", "diagnostic"}
    assert [where for where, _ in listing.by_hand] == ["«Мероприятия», F2"]
    assert [what for what, _ in listing.kept if "№ 7-о от 21.10.2022" in what]

    done = forget(school, code)

    assert done.digest == listing.digest, "what was listed is what was done"
    assert leaks(school) == [LECTURER]
    assert school.open().look().generation > before
    quiet = school.night(THE_DAY)
    assert (quiet.writes, quiet.requests.sheets, quiet.requests.forms) == (0, 1, 5)

    row = pairs_of(school)[pair]
    assert (row["Состояние"], row["Наставляемый"]) == ("прекращена", "(данные уничтожены)")
    assert row["Основание"] == "наставляемый вышел из программы: отзыв согласия, данные уничтожены"
    (act,) = [text for name, text in school.visible_documents().items() if "Об уничтожении" in name]
    for said in (
        code,
        "3\u00a0ноября 2022\u00a0г.",
        "№\u00a0179",
        "часть 5 статьи 21",
        "заявление получено 01.11.2022",
    ):
        assert said in act
    journal = [one["Что изменилось"] for one in table(school.book().worksheet("Журнал")).values()]
    assert [line for line in journal if line.startswith(f"Уничтожены персональные данные участника {code}")]
    held = {row["Ответ"]: row for row in table(school.book().worksheet("Ответы: анкета участника")).values()}
    sent = {one["responseId"] for one in school.responses(school.form_ids()[QUESTIONNAIRE])}
    assert set(held) == sent, "every answer is delivered or its row says that it was destroyed"
    assert [row["Код участника"] for row in held.values() if row["Состояние"] == "уничтожен"] == [code]

    school.open().import_list(the_list(tmp_path / "снова.xlsx"), NEXT)
    school.night(NEXT)
    school.open().run("weekly", AFTER)
    assert school.night(AFTER).writes == 0
    register = tmp_path / "реестр.csv"
    school.open().write_register(register, AFTER)
    assert not tells(register.read_text("utf-8-sig"))
    assert leaks(school) == [LECTURER]
    contingent = table(school.book().worksheet("Контингент"))
    assert contingent["обучающийся"]["По спискам: всего"] == "16", "the pupil is still counted"

    events = school.book().worksheet("Мероприятия")
    assert list(asked(school, "уберите имя из текста").values()) == ["открыт"]
    events.update_acell("F2", "наставник")
    school.night(LATER)
    assert list(asked(school, "уберите имя из текста").values()) == ["решён"]
    assert leaks(school) == []


def test_f16_answers_in_forms_are_asked_for_until_deleted_and_a_new_questionnaire_is_a_question(
    remembered: SmallSchool,
) -> None:
    school = remembered
    code = code_of(school)
    (own,) = [
        row["Ответ"]
        for row in table(school.book().worksheet("Ответы: анкета участника")).values()
        if row["Код участника"] == code
    ]
    forget(school, code)
    assert list(asked(school, "этот ответ ещё хранит форма").values()) == ["открыт"] * 3

    school.delete_answer(QUESTIONNAIRE, own)
    school.now = datetime(2022, 11, 4, 9, 0, tzinfo=UTC)
    school.apply(NAME, born=BORN, school_class="7 «А»", contact=f"{PHONE}, {MAIL}")
    school.open().run("weekly", NEXT)

    states = asked(school, "этот ответ ещё хранит форма")
    assert sorted(states.values()) == ["открыт", "открыт", "решён"]
    assert [key for key, state in states.items() if state == "решён"] == [
        f"уничтожение/{code}/application/{own}"
    ]
    registry = table(school.book().worksheet("Реестр"))
    assert NAME not in [row["Фамилия, имя, отчество"] for row in registry.values()]
    assert list(asked(school, f"данные уничтожены 03.11.2022 ({code})").values()) == ["открыт"]

    sheet = school.book().worksheet("Вопросы к данным")
    (key,) = asked(school, f"данные уничтожены 03.11.2022 ({code})")
    row = sheet.col_values(1).index(key) + 1
    sheet.update_cell(row, school.column(sheet, "Решение"), "да")
    school.night(AFTER)

    registry = table(school.book().worksheet("Реестр"))
    (anew,) = [key for key, row in registry.items() if row["Фамилия, имя, отчество"] == NAME]
    assert anew != code and registry[code]["Участие"] == "данные уничтожены 03.11.2022"
    assert school.night(AFTER).writes == 0


def test_f16_a_questionnaire_refused_by_the_curator_is_erased_by_forgetting_again(
    remembered: SmallSchool,
) -> None:
    school = remembered
    code = code_of(school)
    school.allow_editing(QUESTIONNAIRE)
    forget(school, code)
    school.now = datetime(2022, 11, 4, 9, 0, tzinfo=UTC)
    school.submit(
        NETWORKING,
        {
            "Номер с вашего бейджа": code,
            "Вы сегодня": "наставляемый",
            "Какую форму предпочитаете?": "один на один",
        },
    )
    school.apply(NAME, born=BORN, school_class="7 «А»", contact=f"{PHONE}, {MAIL}")
    school.night(NEXT)
    assert list(asked(school, "данные участника уничтожены; впишите верный код").values()) == ["открыт"]
    (key,) = asked(school, f"данные уничтожены 03.11.2022 ({code})")
    sheet = school.book().worksheet("Вопросы к данным")
    sheet.update_cell(sheet.col_values(1).index(key) + 1, school.column(sheet, "Решение"), "нет")
    school.night(AFTER)
    assert len(leaks(school)) > 1

    again = forget(school, code, AFTER)

    assert again.again
    assert leaks(school) == [LECTURER]
    assert len(again.standing) == 4, "three of before and the new one, all still in their forms"


def test_f16_the_command_takes_a_code_refuses_a_name_and_prints_none(eve: Path, tmp_path: Path) -> None:
    shutil.copytree(eve, tmp_path / "school")
    options = ["--config", str(tmp_path / "school" / "config"), "--as-of", THE_DAY.isoformat()]

    def run(*words: str) -> tuple[int, str, str]:
        found = CliRunner().invoke(cli, ["forget", *words, *options], prog_name="sheets-sync")
        return found.exit_code, found.stdout, found.stderr

    named = run(NAME)
    assert (named[0], named[1]) == (5, "") and "Нужен код участника, а не имя" in named[2]
    assert not tells(named[2])
    assert run("У-018")[0] == 5, "the check digit does not fit"
    assert run("У-999")[0] == 5
    both = run("У-017", "--yes", "--dry-run")
    assert both[0] == 2

    code, out, err = run("У-017", "--json")

    told = json.loads(out)
    assert (code, told["code"], told["written"], told["ground"]) == (0, "У-017", False, "отзыв согласия")
    assert not tells(out + err)
    assert forgetting.DOCUMENT not in out
