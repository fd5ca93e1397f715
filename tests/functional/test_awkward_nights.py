"""Nights with awkward input: texts too long, many pages, every cell compared with the printed plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from gspread.utils import ValueRenderOption

from sheets_sync.domain.plan import AppendRow, SetCells
from sheets_sync.google import forms
from tests.functional.conftest import LATER, OCTOBER
from tests.small_school import SmallSchool

CELL_LIMIT = 50_000
"""Source: «Your input contains more than the maximum of 50000 characters in a single cell.»"""


def cells_of(school: SmallSchool) -> dict[tuple[str, str, str], str]:
    """Read every cell of the master by tab, row name and header, with plain gspread."""
    keys = {sheet.title: sheet.key_column for sheet in school.open().settings.workbook.sheets}
    titles = {
        sheet.title: {column.id: column.title for column in sheet.columns}
        for sheet in school.open().settings.workbook.sheets
    }
    found = {}
    for tab in school.book().worksheets():
        key = keys.get(tab.title)
        if key is None:
            continue
        header, *rows = tab.get_all_values(value_render_option=ValueRenderOption.formula)
        place = header.index(titles[tab.title][key])
        for row in rows:
            if str(row[place]):
                for title, value in zip(header, row, strict=False):
                    found[tab.title, str(row[place]), title] = str(value)
    return found


@pytest.mark.parametrize("letter", ["я", "😀"])
def test_f09_a_text_beyond_the_cells_limit_is_cut_and_the_night_goes_on(
    school: SmallSchool, letter: str
) -> None:
    school.apply("Длинных Мария Ивановна", born="2010-01-01", school_class="7 «А»", contact=letter * 50_001)

    assert school.night(LATER).writes != 0

    sheet = school.book().worksheet("Ответы: анкета участника")
    stored = str(sheet.col_values(school.column(sheet, "Связь"))[-1])
    assert stored.startswith(letter * 20_000)
    assert stored.endswith("[ответ длиннее 50 000 знаков: полностью — в форме]")
    assert len(stored.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert school.night(LATER).writes == 0


def test_f46_a_very_long_text_typed_over_a_computed_cell_does_not_stop_the_nights(
    school: SmallSchool,
) -> None:
    sheet = school.book().worksheet("Пары")
    sheet.update_cell(2, school.column(sheet, "Баллы"), "ж" * CELL_LIMIT)

    school.night(OCTOBER)

    assert sheet.cell(2, school.column(sheet, "Баллы")).value == "ж" * CELL_LIMIT
    assert school.night(OCTOBER).writes == 0


def test_f41_a_draft_in_the_bin_stays_there_on_every_later_night_until_its_content_changes(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    school.night(LATER)
    document = next(iter(school.document_ids().values()))
    school.drive().update(fileId=document, body={"trashed": True}).execute()
    school.type_down("Пары", "Решение", "отклонить", rows=[2])
    school.night(date(2022, 10, 21))

    assert school.night(date(2022, 10, 22)).documents.created == 0
    assert school.visible_documents() == {}

    school.type_down("Пары", "Решение", "отклонить", rows=[3])
    assert school.night(date(2022, 10, 23)).documents.created == 1
    (text,) = school.visible_documents().values()
    assert "(8\u00a0строк)" in text


def test_f03_answers_of_many_pages_are_all_stored_once(
    school: SmallSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "PAGE_SIZE", 3)
    for number in range(8):
        name = "АБВГДЕЖИ"[number] + "стров Пётр Ильич"
        school.apply(name, born="2010-01-01", school_class="7 «А»")
    before = school.emulator.last_request()

    school.night(LATER)

    sheet = school.book().worksheet("Ответы: анкета участника")
    submitted = [
        response["responseId"] for form in school.form_ids().values() for response in school.responses(form)
    ]
    assert len(submitted) == 27
    assert sorted(map(str, sheet.col_values(1)[1:])) == sorted(submitted)
    assert school.emulator.requests(since=before)["forms.forms.responses.list"] >= 5 + 2


def test_f51_every_cell_that_the_night_changes_stands_in_the_plan_and_nothing_else(
    school: SmallSchool,
) -> None:
    school.approve_pairs()
    night = school.open().plan("nightly", LATER)
    spec = {sheet.id: sheet for sheet in school.open().settings.workbook.sheets}
    said: dict[tuple[str, str, str], Any] = {}
    for change in night.night.plan.changes:
        if isinstance(change, SetCells):
            for column, (_, new) in change.cells.items():
                said[spec[change.sheet].title, change.key, spec[change.sheet].column(column).title] = new
        elif isinstance(change, AppendRow):
            for column, value in change.cells.items():
                said[spec[change.sheet].title, change.key, spec[change.sheet].column(column).title] = value
    before = cells_of(school)

    school.night(LATER)

    after = cells_of(school)
    changed = {place for place in after if after[place] != before.get(place, "")}
    assert changed <= set(said)
    unseen = {place for place, value in said.items() if value not in ("", None)} - changed
    assert {place for place in unseen if place in before} <= {
        place for place in before if str(said.get(place)) == before[place]
    }


def test_f51_the_plan_names_columns_as_the_sheet_does(school: SmallSchool) -> None:
    school.approve_pairs()

    lines = school.open().plan("nightly", LATER).lines()

    assert any("Состояние: «предложена» → «утверждена»" in line for line in lines)


def test_f15_no_name_leaves_the_working_sheets_before_its_consent_is_there(school: SmallSchool) -> None:
    consents = school.book().worksheet("Согласия")
    names = consents.col_values(school.column(consents, "Фамилия, имя, отчество"))
    unsigned = {"Ветров", "Дубова", "Холмов", "Снегов"}
    for row, name in enumerate(names, 1):
        if str(name).split()[0] in unsigned:
            consents.update_cell(row, school.column(consents, "Подписано (дата)"), "")
    school.approve_pairs()

    school.night(LATER)

    open_to_all = " ".join(school.visible_documents().values())
    pairs = " ".join(text for (tab, _, _), text in cells_of(school).items() if tab == "Пары")
    assert school.visible_documents()
    assert [name for name in unsigned if name in open_to_all] == []
    assert [name for name in unsigned if name in pairs] == []
    assert "Кротов" in open_to_all
