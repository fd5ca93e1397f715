"""Documents leave the school as files, through the command line and Drive's export."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli
from sheets_sync.emulator import pdf
from sheets_sync.emulator.drive import content
from tests.small_school import SmallSchool

Call = Callable[..., Result]
NUMBER = "45/2-р"
FILE = "Приказ_45-2-р_о_закреплении_пар.docx"


@pytest.fixture(scope="module")
def ordered(proposed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school with a numbered order on pairs; its database is closed."""
    folder = tmp_path_factory.mktemp("ordered") / "school"
    source = SmallSchool(proposed)
    source.snapshot(folder)
    source.close()
    school = SmallSchool(folder, datetime(2022, 10, 13, 9, 0, tzinfo=UTC))
    school.approve_pairs()
    school.night(date(2022, 10, 20))
    school.type_down("Документы", "№", NUMBER)
    school.type_down("Документы", "Дата", "21.10.2022")
    school.close()
    return folder


@pytest.fixture
def call(ordered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs the program in the school's folder."""
    monkeypatch.chdir(ordered)

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, words, prog_name="sheets-sync")

    return run


def test_f44_the_register_is_listed(call: Call) -> None:
    (listed,) = json.loads(call("documents", "list", "--json").stdout)["documents"]
    assert (listed["kind"], listed["number"], listed["on"]) == (
        "приказ о закреплении пар",
        NUMBER,
        "2022-10-21",
    )
    told = call("documents", "list")
    assert f"приказ о закреплении пар | {NUMBER} | 21.10.2022" in told.stderr


def test_f44_a_document_leaves_as_docx_by_its_number_or_code(call: Call, tmp_path: Path) -> None:
    (listed,) = json.loads(call("documents", "list", "--json").stdout)["documents"]
    for name in (NUMBER, listed["id"], listed["id"].casefold()):
        folder = tmp_path / name.replace("/", "-")
        folder.mkdir()
        done = call("documents", "export", name, "--to", str(folder), "--json")
        assert done.exit_code == 0, done.stderr
        assert [path.name for path in folder.iterdir()] == [FILE]
        assert json.loads(done.stdout)["written"] == {listed["id"]: str(folder / FILE)}
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(folder / FILE)).paragraphs)
    assert "ПРИКАЗ" in text


def test_f44_a_year_leaves_into_a_folder_of_its_own_and_twice_replaces_nothing(
    call: Call, tmp_path: Path
) -> None:
    folder = tmp_path / "2022"
    assert call("documents", "export", "--year", "2022", "--to", str(folder)).exit_code == 0
    (folder / FILE).write_bytes(b"edited by the director")
    again = call("documents", "export", "--year", "2022", "--to", str(folder), "--json")
    assert json.loads(again.stdout)["written"] == {}
    assert (folder / FILE).read_bytes() == b"edited by the director"
    assert call("documents", "export", "--year", "2021", "--to", str(tmp_path / "2021")).exit_code == 0
    assert list((tmp_path / "2021").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["Д-999", "--to", "x.docx"], 5, "documents list"),
        (["--to", "x.docx"], 2, "--year"),
        ([NUMBER, "--year", "2022", "--to", "x"], 2, "--year"),
        ([NUMBER, "--to", "x.odt"], 2, "x.odt"),
        (["--year", "2022", "--to", "config/school.yaml"], 2, "папка"),
        ([NUMBER, "--to", "config/school.yaml", "--format", "docx"], 5, "--replace"),
        ([NUMBER, "--to", "нет/такой/x.docx"], 3, "папку"),
    ],
)
def test_f44_a_wrong_call_is_refused_with_the_next_step(
    words: list[str], code: int, said: str, call: Call
) -> None:
    done = call("documents", "export", *words)
    assert done.exit_code == code, done.stderr
    assert said in done.stderr


def test_f44_a_pdf_without_a_browser_names_what_to_install(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "browser_path", lambda: None)
    done = call("documents", "export", NUMBER, "--to", str(tmp_path / "x.pdf"))
    assert done.exit_code == 6
    assert "chromium" in done.stderr and "--format docx" in done.stderr
    assert not (tmp_path / "x.pdf").exists()


def test_f44_a_browser_that_cannot_print_is_told_at_once_and_by_name(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = tmp_path / "tries"
    broken = tmp_path / "chromium"
    broken.write_text(f'#!/bin/sh\necho once >> "{tries}"\nexit 1\n', "utf-8")
    broken.chmod(0o755)
    monkeypatch.setattr(pdf, "browser_path", lambda: str(broken))

    done = call("documents", "export", NUMBER, "--to", str(tmp_path / "x.pdf"))

    assert done.exit_code == 6
    assert "браузер не справился" in done.stderr and "--format docx" in done.stderr
    assert tries.read_text("utf-8").splitlines() == ["once"]
    assert not (tmp_path / "x.pdf").exists()


def test_f44_a_document_above_the_limit_of_the_service_is_named_as_such(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "EXPORT_LIMIT", 1000)
    done = call("documents", "export", NUMBER, "--to", str(tmp_path))
    assert done.exit_code == 6
    assert "10 МБ" in done.stderr and "Файл → Скачать" in done.stderr


def test_f44_an_export_changes_nothing_at_the_school(ordered: Path, call: Call, tmp_path: Path) -> None:
    school = SmallSchool(ordered, datetime(2022, 10, 22, 9, 0, tzinfo=UTC))
    (document,) = school.document_ids().values()
    before = school.docs().get(documentId=document).execute()
    school.close()
    call("documents", "export", NUMBER, "--to", str(tmp_path))
    school = SmallSchool(ordered, datetime(2022, 10, 22, 9, 0, tzinfo=UTC))
    after = school.docs().get(documentId=document).execute()
    school.close()
    assert (tmp_path / FILE).exists()
    assert after == before
