"""Every document of the demo's year, exported and read by somebody who knows nothing of the program."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pytest

from tests.functional.played import Year
from tests.functional.recount.counting import Given, consented, people, with_codes
from tests.functional.test_demo import given
from tests.papers.checking import Known, Listed, faults
from tests.papers.reading import Paper, read_paper

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {"приказ о закреплении пар", "приказ об утверждении индивидуальных планов", "индивидуальный план"}
"""Kinds of which the year certainly holds one; whatever else stands in «Документы» is read as well."""


IN_THE_BIN = {"удалён сотрудником", "больше не нужен, в корзине"}
"""Drafts that lie in Drive's bin; whatever else there is must be right, whether it is needed or not."""


@dataclass
class Read:
    """One exported document beside its row."""

    key: str
    paper: Paper
    listed: Listed
    drafted_on: date


@pytest.fixture(scope="module")
def year(december: Year) -> Year:
    return december


@pytest.fixture(scope="module")
def sheets(year: Year) -> Given:
    return given(year)


@pytest.fixture(scope="module")
def papers(year: Year, sheets: Given) -> list[Read]:
    drive = year.school.drive()
    found = []
    for row in sheets.sheet("Документы").to_dict("records"):
        link = re.search(r"/document/d/([\w-]+)/", str(row["Черновик"]))
        if link is None or row["Состояние черновика"] in IN_THE_BIN:
            continue
        made = drive.get(fileId=link[1], fields="createdTime").execute()["createdTime"]
        data = drive.export(fileId=link[1], mimeType=DOCX).execute()
        on = re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", str(row["Дата"]))
        listed = Listed(
            str(row["Вид"]),
            str(row["№"]),
            date(int(on[3]), int(on[2]), int(on[1])) if on else None,
            frozenset(re.findall(r"П-\d+", str(row["О ком"]))),
        )
        found.append(Read(str(row["Код"]), read_paper(data), listed, date.fromisoformat(made[:10])))
    return found


def known(sheets: Given, on: date) -> Known:
    """What the sheets and the answers say on a date, by the recount that shares nothing with the program."""
    then = Given(sheets.answers, sheets.sheets, on)
    persons = with_codes(then, people(then))  # leaving takes no consent back
    names: dict[str, set[str]] = defaultdict(set)
    for row in sheets.sheet("Реестр").to_dict("records"):
        names[str(row["Фамилия, имя, отчество"])].add(str(row["Код"]))
    pairs = {
        str(row["Пара"]): (str(row["Наставник"]), str(row["Наставляемый"]))
        for row in sheets.sheet("Пары").to_dict("records")
    }
    settings = {
        str(row["Параметр"]): str(row["Значение"]) for row in sheets.sheet("Настройки").to_dict("records")
    }
    officials = {value for name, value in settings.items() if name in {"Куратор", "Кто подписывает"}}
    return Known(
        {name: frozenset(found) for name, found in names.items()},
        frozenset(consented(then, persons)),
        pairs,
        frozenset(officials),
    )


@pytest.mark.feature("F40")
@pytest.mark.feature("F43")
@pytest.mark.feature("F15")
def test_every_document_of_the_year_is_as_the_standard_and_the_sheets_have_it(
    papers: list[Read], sheets: Given
) -> None:
    kinds = {one.listed.kind for one in papers}
    assert kinds >= KINDS
    wrong = {}
    for one in papers:
        # Whoever consented when a signed document was drafted stands in it; a draft must follow the day.
        on = one.drafted_on if one.listed.number else sheets.as_of
        found = faults(one.paper, one.listed, known(sheets, on))
        if found:
            wrong[one.key, one.listed.kind] = found
    assert wrong == {}
