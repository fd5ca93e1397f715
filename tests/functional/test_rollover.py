"""`roadmap rollover` (F37): made once, never over people's words, evidence of measure 31 once it is dated."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from sheets_sync.cli import cli
from sheets_sync.domain.roadmap_text import read_roadmap
from sheets_sync.files.roadmap_document import read_roadmap_file
from tests.small_school import SmallSchool

Call = Callable[..., Result]
AS_OF = date(2022, 12, 1)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, words, prog_name="sheets-sync")


def documents(school: SmallSchool) -> list[dict[str, str]]:
    rows = school.book().worksheet("Документы").get_all_records()
    return [{key: str(value) for key, value in row.items()} for row in rows if row["Вид"] == "дорожная карта"]


def test_f37_next_years_roadmap_is_drafted_once_and_becomes_evidence_when_it_is_dated(
    tmp_path: Path, call: Call
) -> None:
    school = SmallSchool(tmp_path)
    school.initialise()
    school.night(AS_OF)
    school.close()

    first = json.loads(call("roadmap", "rollover", "2023", "--as-of", "2022-12-01", "--json").stdout)
    draft, document = tmp_path / "config" / "roadmap-2023.yaml", tmp_path / "Дорожная карта 2023.docx"
    assert first["made"] == ["config/roadmap-2023.yaml", document.name, "строка в «Документах»"]
    rows = read_roadmap(read_roadmap_file(document)).rows
    assert [row.number for row in rows] == list(range(1, 33))
    assert rows[2].written == "до 09.09.2023"

    draft.write_text(draft.read_text("utf-8") + "# правка школы\n", "utf-8")
    changed = Document(str(document))
    changed.add_paragraph("Правка директора")
    changed.save(str(document))
    kept = draft.read_bytes(), document.read_bytes()
    again = json.loads(call("roadmap", "rollover", "2023", "--as-of", "2022-12-01", "--json").stdout)
    assert (again["made"], again["stood"]) == ([], first["made"])
    assert (draft.read_bytes(), document.read_bytes()) == kept

    reopened = SmallSchool(tmp_path)
    (row,) = documents(reopened)
    assert row["Код"].startswith("Д-01")
    assert (row["Состояние"], row["Черновик"]) == ("проект", document.name)
    figures = reopened.night(AS_OF).indicators
    assert figures["M31.next"].numerator == 0
    sheet = reopened.book().worksheet("Документы")
    place = next(number for number, kind in enumerate(sheet.col_values(5), 1) if kind == "дорожная карта")
    header = sheet.row_values(1)
    sheet.update_cell(place, header.index("Состояние") + 1, "зарегистрирован")
    sheet.update_cell(place, header.index("Дата") + 1, "01.12.2022")
    assert reopened.night(AS_OF).indicators["M31.next"].numerator == 1
    assert reopened.night(AS_OF).writes == 0
    assert any("Дорожная карта" in str(line) for line in reopened.book().worksheet("Журнал").col_values(3))
    reopened.close()


def test_f37_a_year_that_is_not_to_come_is_refused(tmp_path: Path, call: Call) -> None:
    SmallSchool(tmp_path).close()
    refused = call("roadmap", "rollover", "2022")
    assert refused.exit_code == 2
    assert "2022" in refused.stderr
    assert not list(tmp_path.glob("*.docx"))


def test_f37_without_a_spreadsheet_only_the_files_are_made(tmp_path: Path, call: Call) -> None:
    SmallSchool(tmp_path).close()
    told = call("roadmap", "rollover", "2024")
    assert told.exit_code == 0
    assert "«01-16.09.2022» → «01-16.09.2024»" in told.stderr
    assert "порог M01.pupils: «10 %» → «70 %»" in told.stderr
    assert call("check").exit_code == 0
