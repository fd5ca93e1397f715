"""Badges, slips and the register, as commands write them on a school in the middle of its autumn."""

from __future__ import annotations

import csv
import re
import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sheets_sync.errors import ExportFileError
from tests.small_school import PUPILS, SmallSchool

LATER = date(2022, 10, 20)


def lacks_consent(school: SmallSchool, name: str) -> None:
    """Staff take the date out of every consent of one person."""
    sheet = school.book().worksheet("Согласия")
    rows = [number for number, value in enumerate(sheet.col_values(3), 1) if value == name]
    school.type_down("Согласия", "Подписано (дата)", "", rows)


def test_f08_badges_have_code_name_and_personal_links_and_no_name_without_a_consent(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.approve_pairs_by_key()
    gated, named = PUPILS[0][0], PUPILS[1][0]
    lacks_consent(school, gated)
    page = tmp_path / "бейджи.html"

    told = school.open().print_badges(page, LATER)

    text = page.read_text("utf-8")
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert len(told.badges) == len(re.findall('class="code">У-', text)) >= len(PUPILS)
    assert len(told.slips) == len(re.findall('class="code">П-', text)) > 0
    assert text.count("<svg") == len(told.badges) + len(told.slips)
    assert named in text and gated not in text and gated.split()[0] not in text
    assert "http" not in re.sub(r"<svg.*?</svg>", "", text), "the page asks the network for nothing"
    (nameless,) = [one for one in told.badges if not one.name]
    assert told.lines()[1].endswith(": 1") and nameless.code in text


def test_f08_a_personal_link_opens_the_form_with_the_code_in_it(school: SmallSchool, tmp_path: Path) -> None:
    school.approve_pairs_by_key()
    told = school.open().print_badges(tmp_path / "a.html", LATER)
    for link, code in ((told.badges[0].link, told.badges[0].code), (told.slips[0].link, told.slips[0].pair)):
        assert f'value="{code}"' in school.page(link)


def test_a_page_that_cannot_be_written_is_named(school: SmallSchool, tmp_path: Path) -> None:
    with pytest.raises(ExportFileError):
        school.open().print_badges(tmp_path / "нет такой папки" / "a.html", LATER)


def test_f17_the_register_lists_who_entered_by_order_as_of_its_date(
    school: SmallSchool, tmp_path: Path
) -> None:
    school.approve_pairs_by_key()
    school.night(LATER)
    sheet = school.book().worksheet("Документы")
    kinds = sheet.col_values(school.column(sheet, "Вид"))
    place = kinds.index("приказ о закреплении пар") + 1
    for title, value in (("№", "7-о"), ("Дата", "21.10.2022"), ("Состояние", "зарегистрирован")):
        sheet.update_cell(place, school.column(sheet, title), value)
    school.night(date(2022, 10, 25))

    before = school.open().write_register(tmp_path / "до.csv", date(2022, 10, 20))
    after = school.open().write_register(tmp_path / "после.xlsx", date(2022, 10, 25))

    assert len(before.table) == 1
    with (tmp_path / "до.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [list(before.table[0])]
    book = openpyxl.load_workbook(tmp_path / "после.xlsx")
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    paired = set(re.findall(r"У-\d+", " ".join(map(str, school.book().worksheet("Пары").col_values(3)))))
    paired |= set(re.findall(r"У-\d+", " ".join(map(str, school.book().worksheet("Пары").col_values(5)))))
    assert {row[0] for row in rows[1:]} == paired
    assert {row[8] for row in rows[1:]} == {"№ 7-о от 21.10.2022"}
    assert {row[9] for row in rows[1:]} == {"21.10.2022"}
    registry = school.book().worksheet("Реестр")
    told = registry.col_values(school.column(registry, "История"))
    assert any("21.10.2022 — приказом в паре" in str(text) for text in told)
    assert school.night(date(2022, 10, 25)).writes == 0
    assert after.lines() == [f"Реестр на 25.10.2022: участников {len(paired)}; файл после.xlsx"]
