"""The school that gives out codes: what leaves it, and what is printed at it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from urllib.parse import unquote_plus

import docx
import openpyxl
import pytest
from click.testing import CliRunner, Result

from sheets_sync.cli import cli
from sheets_sync.domain.exports import FileFormat
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.wire import Request, Response
from tests.small_school import PUPILS, SmallSchool

LATER = date(2022, 10, 20)
HEADER = ("Код", "ФИО", "Класс", "Дата рождения", "Группа", "Прибыл", "Выбыл")


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SmallSchool, list[str]]]:
    """A school of codes after three nights, and everything the program sent out on the way."""
    folder = tmp_path_factory.mktemp("coded")
    school = SmallSchool(folder / "school")
    config = school.directory / "config" / "school.yaml"
    config.write_text(config.read_text("utf-8").replace("identity: names", "identity: codes"), "utf-8")
    sent: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        listening = listen(patch, school.emulator, sent)
        school.initialise()
        book = openpyxl.Workbook()
        for line in (HEADER, *(("", n, c, date.fromisoformat(b), "", "", "") for n, b, c, *_ in PUPILS)):
            book.worksheets[0].append(list(line))
        book.save(folder / "списки.xlsx")
        school.open().import_list(folder / "списки.xlsx", date(2022, 9, 1))
        listening.clear()
        school.everybody_answers_by_code()
        for day, after in ((date(2022, 9, 20), consents), (date(2022, 10, 12), approves), (LATER, None)):
            listening.append("program")
            school.night(day)
            listening.clear()
            if after:
                after(school)
    yield school, sent
    school.close()


def listen(patch: pytest.MonkeyPatch, emulator: Emulator, sent: list[str]) -> list[str]:
    """Keep every request at the transport while the returned list holds something; it holds it at first."""
    on = ["program"]
    handle = emulator.handle

    def heard(request: Request) -> Response:
        if on:
            asked = unquote_plus(f"{request.path}?{request.query}")
            sent.append(f"{request.method} {asked}\n{told(request.body)}")
        return handle(request)

    patch.setattr(emulator, "handle", heard)
    return on


def told(body: bytes) -> str:
    """Return a payload as text: escapes of JSON are undone, files inside an upload unpacked."""
    at = body.find(b"PK\x03\x04")
    if at < 0:
        text = unquote_plus(body.decode("utf-8", "replace"))
        return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    end = body.rfind(b"PK\x05\x06") + 22
    with zipfile.ZipFile(io.BytesIO(body[at:end])) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def consents(school: SmallSchool) -> None:
    school.everybody_consents()


def approves(school: SmallSchool) -> None:
    school.approve_pairs_by_key()


def names_in(text: str, people: Sequence[str]) -> list[str]:
    """Return what is said of these people's names: in full, in part, the surname alone."""
    found = []
    for name in people:
        surname, given, patronymic = name.split()
        found += [said for said in (name, f"{surname} {given}", f"{given} {patronymic}") if said in text]
        found += re.findall(rf"(?<!\w){surname}(?!\w)", text)
    return found


def test_f08_no_request_of_a_night_carries_a_name_of_the_list(coded: tuple[SmallSchool, list[str]]) -> None:
    school, sent = coded
    names = [one.name for one in school.open().roster.people]
    assert len(names) == len(PUPILS)
    assert {one.split("?")[0].split()[0] for one in sent} >= {"GET", "POST"}
    assert any("documents" in one and ":batchUpdate" in one for one in sent), "orders were filled"
    assert any("spreadsheets" in one and ":batchUpdate" in one for one in sent), "sheets were written"
    everything = "\n".join(sent)
    codes = {one.code for one in school.open().roster.people}
    assert all(code in everything for code in codes), "the search looks where the people are"
    assert names_in(everything, names) == []
    assert names_in(told(json.dumps({"cell": names[0]}).encode()), names), "and it would see one"


def test_f08_an_order_is_printed_with_names_here_while_drive_keeps_codes(
    coded: tuple[SmallSchool, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, _ = coded
    named_before = school.visible_documents()
    pairs = school.book().worksheet("Пары").get_all_records()
    people = {one.code: one.name for one in school.open().roster.people}
    paired = {str(row["Код наставника"]) for row in pairs} | {str(row["Код наставляемого"]) for row in pairs}
    gated = sorted(paired)[0]
    sheet = school.book().worksheet("Согласия")
    rows = [n for n, key in enumerate(sheet.col_values(1), 1) if str(key).startswith(f"{gated}/")]
    school.type_down("Согласия", "Отозвано (дата)", "18.10.2022", rows)
    sent: list[str] = []
    listen(monkeypatch, school.emulator, sent)
    target = tmp_path / "приказ.docx"
    document = next(one for one in school.open().documents() if one.kind == "приказ о закреплении пар")

    program = school.open()
    program.export_document(document, target, FileFormat.DOCX, replace=False, named_on=LATER)

    text = words_of(target)
    admitted = [people[code] for code in paired - {gated}]
    assert admitted and [name for name in admitted if name not in text] == []
    assert people[gated] not in text and gated in text
    assert target.stat().st_mode & 0o077 == 0, "the file is readable by its owner only"
    assert names_in("\n".join(sent), list(people.values())) == []
    assert not [one for one in sent if one.startswith(("PUT", "PATCH", "DELETE")) or ":batchUpdate" in one]
    assert school.visible_documents() == named_before
    school.type_down("Согласия", "Отозвано (дата)", "", rows)


def test_f08_the_command_writes_names_only_where_it_may(
    coded: tuple[SmallSchool, list[str]], tmp_path: Path, proposed: Path
) -> None:
    school, _ = coded
    folder = school.snapshot(tmp_path / "школа")
    (folder / "config" / "people.csv").write_bytes((school.directory / "config" / "people.csv").read_bytes())

    def call(where: Path, *words: str) -> Result:
        options = ["--config", str(where / "config"), "--workspace", str(where)]
        return CliRunner().invoke(cli, ["documents", "export", *words, *options], prog_name="sheets-sync")

    papers = tmp_path / "бумаги"
    day = LATER.isoformat()
    done = call(folder, "--year", "2022", "--to", str(papers), "--names", "--as-of", day, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["written"]
    texts = {path.name: words_of(path) for path in papers.iterdir()}
    order = next(text for name, text in texts.items() if "закреплении" in name)
    assert any(name in order for name, *_ in PUPILS)
    assert names_in("\n".join(texts), [name for name, *_ in PUPILS]) == [], "file names tell nobody"
    as_pdf = call(folder, "--year", "2022", "--to", str(papers), "--names", "--format", "pdf")
    assert (as_pdf.exit_code, "DOCX" in as_pdf.stderr) == (2, True)
    named = call(proposed, "--year", "2022", "--to", str(papers), "--names")
    assert (named.exit_code, "режим кодов" in named.stderr) == (2, True)


def words_of(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
