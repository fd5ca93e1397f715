"""Everything the played year leaves is walked: without a consent nobody is named outside working sheets.

Who that is comes from what the demo submitted and what its staff typed, counted without the product's rules.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sheets_sync.bootstrap import play_demo
from sheets_sync.cli import COMMANDS, cli
from sheets_sync.cli.summary import summary
from sheets_sync.settings import copy_defaults, load_settings
from tests.functional.conftest import PlayedYear
from tests.functional.played import Year
from tests.functional.recount.counting import NAME, Given, codes, consented, people
from tests.functional.test_demo import given
from tests.small_school import SmallSchool

OPEN_QUESTIONS = ("Что особенно ценно?", "Что улучшить?")
FOR_THE_CURATOR = "лист «SWOT»"
END = date(2022, 12, 24)
EXEMPT = ("Реестр", "Согласия", "Ответы: ", "Вопросы к данным", "Расхождения", "Без пары")
"""The working sheets that show names because consents are collected from there; answers have one per form."""

EXEMPT_MEMORY = ("registry", "consents", "answers_", "questions", "differences", "unpaired")
"""The same sheets as the hidden one calls them: it keeps what stands in their rows."""

GATED = ("domain.consents", "domain.registry", "workflows.night", "workflows.papers")
"""Modules that ask the gate before something is printed."""

BLANK = "Согласие "
"""The blank that a family gets to sign names whose consent it is: without it there would never be one."""

DOCUMENT = "application/vnd.google-apps.document"


@dataclass
class Walk:
    """What was walked: texts by their place, each with the day on which it was written for good."""

    texts: dict[str, tuple[str, date]]
    everything: Given

    def refused(self, day: date) -> dict[str, re.Pattern[str]]:
        """Return, for everybody without a valid consent on a day, what finds the name in any case."""
        at = replace(self.everything, as_of=day)
        persons = codes(at, people(at))
        admitted = consented(at, persons)
        lacking = persons[~persons["Код"].isin(admitted)]
        in_short = Counter(_in_short(name) for name in persons[NAME] if len(name.split()) > 1)
        return {
            name: _finder(name, initials=in_short[_in_short(name)] == 1)
            for name in lacking[NAME]
            if len(name.split()) > 1
        }

    def leaks(self) -> Iterator[str]:
        """Yield every place that names somebody who may not be named there."""
        finders: dict[date, Mapping[str, re.Pattern[str]]] = {}
        for place, (text, day) in self.texts.items():
            finders.setdefault(day, self.refused(day))
            for name, finder in finders[day].items():
                if finder.search(text):
                    yield f"{place}: {name}"


_ENDING = "(?:а|я|у|ю|е|и|ы|ой|ей|ом|ем|ым|ую|ью|ого|ому)?(?!\\w)"


def _in_short(name: str) -> tuple[str, ...]:
    surname, *rest = name.replace("ё", "е").split()
    return (surname, *(word[0] for word in rest))


def _finder(name: str, *, initials: bool = True) -> re.Pattern[str]:
    """Find a full name in any case and order, and as a surname with initials on either side.

    Without `initials` the short form is left out: a sister may have the same.
    """
    surname, given_, *rest = name.replace("ё", "е").split()
    last, first = (re.escape(re.sub("[аяйьеи]$", "", word)) + _ENDING for word in (surname, given_))
    letters = rf"{re.escape(given_[0])}\.\s?" + (rf"{re.escape(rest[0][0])}\." if rest else "")
    gap = r"[\s\u00a0]+"
    forms = [rf"{last}{gap}{first}", rf"{first}(?:{gap}\w+)?{gap}{last}"]
    if initials:
        forms += [rf"{last}{gap}{letters}", rf"{letters}\s?{last}"]
    return re.compile("|".join(rf"(?<!\w)(?:{form})" for form in forms), re.IGNORECASE)


def _plain(text: str) -> str:
    return text.replace("ё", "е").replace("Ё", "Е")


@pytest.fixture(scope="module")
def walk(played_year: PlayedYear, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    folder = tmp_path_factory.mktemp("walked") / "school"
    shutil.copytree(played_year.folder, folder)
    return walked(folder)


def walked(folder: Path) -> Walk:
    school = SmallSchool(folder, datetime(END.year, END.month, END.day, 21, tzinfo=UTC))
    everything = given(Year(None, school))  # type: ignore[arg-type]  # the report is not looked at
    texts = {f"лист «{title}»": (text, END) for title, text in _sheets(school)}
    texts |= dict(_documents(school, everything))
    texts |= {f"команда {line}": (said, END) for line, said in _told(school)}
    texts |= {f"письмо {name}": (said, END) for name, said in _letters(school)}
    school.close()
    texts |= {f"файл команды {line}": (said, END) for line, said in _files(folder)}
    plain = {place: (_plain(text), day) for place, (text, day) in texts.items()}
    return Walk(plain, everything)


def _sheets(school: SmallSchool) -> Iterator[tuple[str, str]]:
    for sheet in school.book().worksheets(exclude_hidden=False):
        if sheet.title.startswith(EXEMPT):
            continue
        values = sheet.get_all_values()
        if sheet.title == "_sync":
            values = [row for row in values if not row[0].startswith(EXEMPT_MEMORY)]
        yield sheet.title, "\n".join(" \u00b6 ".join(row) for row in values)


def _documents(school: SmallSchool, everything: Given) -> Iterator[tuple[str, tuple[str, date]]]:
    """Every document that is not in the bin, templates and the bot's folder too.

    One that the secretary numbered is judged on the day it was made: what a consent allowed then stands in
    it. Every other one is judged today, and only a blank that is still asked for may name who has not signed.
    """
    register = everything.sheet("Документы")
    numbered = "\n".join(register[register["№"] != ""]["Черновик"])
    asked = register["Вид"].eq("согласие") & register["Состояние черновика"].str.startswith("черновик")
    blanks = "\n".join(register[asked]["Черновик"])
    query = f"mimeType='{DOCUMENT}' and trashed=false"
    found = school.drive().list(q=query, pageSize=1000, fields="files(id,name,createdTime)").execute()
    for entry in found["files"]:
        if entry["name"].startswith(BLANK) and entry["id"] in blanks:
            continue
        made = datetime.fromisoformat(entry["createdTime"]).date()
        day = made if entry["id"] in numbered else END
        text = f"{entry['name']}\n{school.text_of(entry['id'])}"
        yield f"документ «{entry['name']}» ({entry['id']})", (text, day)


def _told(school: SmallSchool) -> Iterator[tuple[str, str]]:
    """What the commands print that look at a school, taken from where they print it."""
    program = school.open()
    plan = program.plan("nightly", END)
    yield "run --json", json.dumps(plan.report.to_json(), ensure_ascii=False)
    yield "run", "\n".join(summary(plan.report, {}))
    status = program.status(END)
    standing = status.standing
    lines = [one.line() for one in standing.coverage]
    lines += [one.line() for one in (*standing.overdue, *standing.coming)]
    yield "status", "\n".join([*lines, json.dumps(status.to_json(), ensure_ascii=False)])
    for number in (1, 2, 8, 12, 13, 20, 32):
        told = program.explain(f"M{number:02d}", END)
        table = "\n".join(" ".join(row) for row in told.table())
        said = "\n".join([told.title(), table, *told.lines()])
        yield f"indicators explain M{number:02d}", said + json.dumps(told.to_json(), ensure_ascii=False)


def _letters(school: SmallSchool) -> Iterator[tuple[str, str]]:
    """The letters that would be written had nobody been told yet: the played staff have told everybody."""
    pairs = school.book().worksheet("Пары")
    told = school.column(pairs, "Уведомлены (дата)")
    cells = pairs.range(2, told, len(pairs.col_values(1)), told)
    for cell in cells:
        cell.value = ""
    pairs.update_cells(cells)
    for letter in school.open().notices(END):
        yield letter.file_name, f"{letter.subject}\n{letter.text}"


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """What the commands that make a file for others put into it."""
    for command, option in (("report", "--html"), ("badges", "--to")):
        if command in COMMANDS:
            file = folder / f"{command}.html"
            words = [
                command,
                option,
                str(file),
                "--as-of",
                END.isoformat(),
                "--config",
                str(folder / "config"),
            ]
            result = CliRunner().invoke(cli, words, prog_name="sheets-sync")
            assert result.exit_code == 0, result.output
            yield command, file.read_text("utf-8") + result.output


@pytest.mark.feature("F15")
def test_f15_nobody_without_a_valid_consent_is_named_anywhere_outside_the_working_sheets(walk: Walk) -> None:
    assert len(walk.refused(END)) >= 5
    assert len(walk.texts) > 70
    assert list(walk.leaks()) == []


@pytest.mark.feature("F15")
@pytest.mark.feature("F28")
def test_f15_what_people_wrote_freely_goes_to_the_curator_alone(walk: Walk) -> None:
    """A nickname cannot be told from a word, so no open answer goes into a report, a document or a letter."""
    answers = walk.everything.answers["Диагностика и отзыв"]
    said = {
        _plain(" ".join(text.split()))
        for question in OPEN_QUESTIONS
        for text in answers[question].dropna()
        if len(text.split()) > 2
    }
    assert len(said) >= 5
    places = {
        place for text in said for place, (page, _) in walk.texts.items() if text in " ".join(page.split())
    }
    assert places == {FOR_THE_CURATOR}


@pytest.mark.feature("F15")
def test_the_walk_sees_the_names_of_those_who_may_be_named(walk: Walk) -> None:
    """The search itself works: it finds admitted people where they are printed, declined or with initials."""
    at = walk.everything
    persons = codes(at, people(at))
    admitted = persons[persons["Код"].isin(consented(at, persons))]
    seen = {
        place.split("»")[0]
        for place, (text, _) in walk.texts.items()
        if any(_finder(name).search(text) for name in admitted[NAME].head(40))
    }
    assert {"лист «Пары", "лист «Явка (встреча и игра)"} <= seen
    assert any(place.startswith("документ «О закреплении") for place in seen)
    assert any(place.startswith("письмо ") for place in seen)
    assert _finder("Семёнов Пётр Ильич").search("с Семеновым Петром Ильичом")
    assert _finder("Ветрова Анна Львовна").search("А.Л. Ветрова") and _finder("Ветрова Анна Львовна").search(
        "Ветровой А.\u00a0Л."
    )


@pytest.mark.feature("F15")
def test_f15_the_walk_fails_when_the_gate_lets_everybody_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sheets_sync.domain.consents import Admission

    def open_gate(*said: Any, **more: Any) -> Admission:
        return Admission(True)

    for module in GATED:
        monkeypatch.setattr(f"sheets_sync.{module}.gate", open_gate)
    copy_defaults(tmp_path)
    play_demo(load_settings(tmp_path / "config"), tmp_path, date(2022, 10, 25), 60, 1, lambda *said: None)

    leaks = list(walked(tmp_path).leaks())

    assert [place for place in leaks if place.startswith("лист «Пары")]
    assert [place for place in leaks if place.startswith("письмо ")]
