from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from sheets_sync.domain.answers import (
    CUT,
    answers_columns,
    answers_table,
    responses_from_rows,
    typed_over_findings,
)
from sheets_sync.domain.forms import FormSpec, form_from_config
from sheets_sync.domain.reconcile import fingerprint, reconcile
from sheets_sync.domain.responses import Response
from sheets_sync.domain.tables import CELL_LIMIT, ReadRow, ReadSheet, Table, Workbook, storable
from tests.builders.people import EMPTY, committed, pupil

FORM, _ = form_from_config(YAML(typ="safe").load(Path(__file__).parents[3] / "config/forms/application.yaml"))
LITERAL = [
    "007",
    "+7 900 111-22-33",
    "5-6",
    "1e5",
    "=СУММ(A1)",
    "31.12.2025",
    "TRUE",
    "@SUM",
    "'=1",
    " пробелы ",
    "a\nb",
]


def written(table: Table) -> Workbook:
    book = committed([table])
    digests = {
        (table.sheet, row.key): {name: fingerprint(value) for name, value in row.cells.items()}
        for row in table.rows
    }
    return replace(book, digests=digests)


def read_back(book: Workbook, form: FormSpec = FORM) -> list[Response]:
    return responses_from_rows(form, book.rows(f"answers_{form.id}"), book)


def with_cell(book: Workbook, column: str, value: object) -> Workbook:
    sheet = book.sheets["answers_application"]
    row = sheet.rows[0]
    typed = ReadRow(row.index, row.key, {**row.cells, column: value})  # type: ignore[dict-item]
    return replace(book, sheets={sheet.sheet: ReadSheet(sheet.sheet, (typed, *sheet.rows[1:]))})


@pytest.mark.parametrize("text", LITERAL)
def test_f09_an_answer_stands_in_the_sheet_byte_for_byte_and_comes_back_so(text: str) -> None:
    response = pupil("R1", "Берёзов Лев Ильич", contact=text)
    table = answers_table(FORM, [response], {}, EMPTY)
    assert table.rows[0].cells["contact"] == text
    assert [item.answers["contact"] for item in read_back(written(table))] == [(text,)]


def test_f03_times_and_several_choices_come_back_exactly() -> None:
    moment = datetime(2022, 9, 3, 20, 59, 59, 123456, tzinfo=UTC)
    response = replace(
        pupil("R1", "Берёзов Лев Ильич", needs=("проект, олимпиада", "общение, новый класс")),
        submitted=moment,
    )
    table = answers_table(FORM, [response], {}, EMPTY)
    assert table.rows[0].cells["submitted"] == "03.09.2022 23:59:59"
    assert table.rows[0].cells["needs"] == "проект, олимпиада\nобщение, новый класс"
    assert read_back(written(table)) == [response]


def test_f09_a_text_beyond_the_cells_limit_is_cut_with_a_note_and_half_of_no_letter() -> None:
    assert storable("я" * CELL_LIMIT) == "я" * CELL_LIMIT
    cut = storable("🎓" * CELL_LIMIT, CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert cut.endswith("полностью — в форме]")
    assert "\ufffd" not in cut
    assert storable("a\0b\ud800") == "ab?"


def test_f10_what_staff_type_into_an_answer_is_the_answer_and_is_not_overwritten() -> None:
    response = pupil("R1", "Берёзов Лев Ильич", school_class="12Я")
    book = with_cell(written(answers_table(FORM, [response], {}, EMPTY)), "school_class", "7А")
    (read,) = read_back(book)
    assert read.text("school_class") == "7А"
    again = answers_table(FORM, [read], {}, book)
    assert "school_class" not in again.rows[0].cells
    assert [change for change in reconcile(again, book).changes if hasattr(change, "cells")] == []
    (note,) = typed_over_findings([FORM], book)
    assert "«Класс»" in note.text and "«7А»" in note.text


def test_f10_a_number_typed_into_an_answer_is_read_as_text() -> None:
    book = with_cell(
        written(answers_table(FORM, [pupil("R1", "Берёзов Лев Ильич")], {}, EMPTY)), "school_class", 9
    )
    assert read_back(book)[0].text("school_class") == "9"


def test_f04_an_answer_emptied_by_an_edit_is_emptied_in_the_sheet() -> None:
    book = written(answers_table(FORM, [pupil("R1", "Берёзов Лев Ильич", times=("вечером",))], {}, EMPTY))
    edited = pupil("R1", "Берёзов Лев Ильич")
    assert answers_table(FORM, [edited], {}, book).rows[0].cells["times"] is None


def test_f48_unchanged_answers_are_not_written_again() -> None:
    response = pupil("R1", "Берёзов Лев Ильич")
    table = answers_table(FORM, [response], {}, EMPTY)
    book = written(table)
    assert reconcile(answers_table(FORM, read_back(book), {}, book), book).changes == ()


def test_every_column_of_answers_has_its_own_title_and_id() -> None:
    columns = answers_columns(FORM)
    assert len({column.id for column in columns}) == len(columns)
    assert len({column.title for column in columns}) == len(columns)
