"""The database: closed to others, whole after a kill, brought up from older versions, carried away."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from googleapiclient.discovery import build

from sheets_sync.emulator import migrations, services
from sheets_sync.emulator.archive import (
    DATABASE,
    MANIFEST,
    WorkspaceNotEmptyError,
    export_workspace,
    import_workspace,
)
from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.inprocess import EmulatorHttp
from sheets_sync.emulator.store import WorkspaceDamagedError, WorkspaceVersionError
from tests.conformance.forms.school import question

HERE = Path(__file__).parent
NOW = datetime(2022, 9, 20, 9, 0, tzinfo=UTC)
FIRST_VERSION = {
    "spreadsheet": "1PtYgjmUhBel31iEl2hpChYgCfrL1spNxnyVmihA_2O7",
    "form": "16UMFxFkM_R5Kjp1vRt-1fjORS_6ilI8ihN5KXSc7Tvo",
    "document": "1yJfm5di4PzJ59FHz5r1pY4OjE2jBMptUsGr7CmY-uCu",
}


def old_database(place: Path) -> Path:
    """Make a database as the program of version 1 left it: a spreadsheet, an answered form, a document."""
    with closing(sqlite3.connect(place)) as tx:
        tx.executescript((HERE / "version1.sql").read_text("utf-8"))
        tx.execute("PRAGMA user_version = 1")
    return place


def schema_of(database: Path) -> dict[str, str]:
    with closing(sqlite3.connect(database)) as tx:
        rows = tx.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: " ".join(sql.split()) for name, sql in rows}


def nothing(file_id: str) -> None:
    """Read nothing of a file that has no API of its own."""


def everything(emulator: Emulator) -> dict[str, Any]:
    """Read all that a client can of every file, through the API alone."""
    http = EmulatorHttp(emulator)
    drive, docs = build("drive", "v3", http=http), build("docs", "v1", http=http).documents()
    sheets, forms = build("sheets", "v4", http=http).spreadsheets(), build("forms", "v1", http=http).forms()
    readers: dict[str, Callable[[str], Any]] = {
        "spreadsheet": lambda one: sheets.get(spreadsheetId=one, includeGridData=True).execute(),
        "document": lambda one: docs.get(documentId=one, includeTabsContent=True).execute(),
        "form": lambda one: (
            forms.get(formId=one).execute(),
            forms.responses().list(formId=one).execute(),
        ),
    }
    files = drive.files().list(fields="files", pageSize=1000).execute()["files"]
    content = {
        one["id"]: readers.get(one["mimeType"].rpartition(".")[2], nothing)(one["id"]) for one in files
    }
    permissions = {
        one["id"]: drive.permissions().list(fileId=one["id"], fields="permissions").execute() for one in files
    }
    return {"files": files, "content": content, "permissions": permissions}


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Emulator]:
    """A workspace on disk with a file of every kind, an answer, a folder and something in the bin."""
    (tmp_path / "school").mkdir()
    made = Emulator(tmp_path / "school" / "w.db")
    http = EmulatorHttp(made)
    drive = build("drive", "v3", http=http).files()
    folder = drive.create(
        body={"name": "Год", "mimeType": "application/vnd.google-apps.folder"}, fields="id"
    ).execute()["id"]
    sheets = build("sheets", "v4", http=http).spreadsheets()
    book = sheets.create(body={"properties": {"title": "Наставничество"}}).execute()["spreadsheetId"]
    rows = [["ФИО", "Баллы"], ["Яна", 3], ["=1+1", "007"]]
    sheets.values().update(
        spreadsheetId=book, range="A1", valueInputOption="RAW", body={"values": rows}
    ).execute()
    fill = {"repeatCell": {"cell": {"note": "заметка"}, "fields": "note", "range": {"endRowIndex": 1}}}
    sheets.batchUpdate(spreadsheetId=book, body={"requests": [fill]}).execute()
    drive.update(fileId=book, addParents=folder, body={}).execute()
    document = build("docs", "v1", http=http).documents().create(body={"title": "Приказ"}).execute()
    drive.update(fileId=document["documentId"], body={"trashed": True}).execute()
    forms = build("forms", "v1", http=http).forms()
    form = forms.create(body={"info": {"title": "Анкета"}}).execute()["formId"]
    item = question("0000000a", "Имя", textQuestion={})
    forms.batchUpdate(
        formId=form, body={"requests": [{"createItem": {"item": item, "location": {"index": 0}}}]}
    ).execute()
    state = {"publishSettings": {"publishState": {"isPublished": True, "isAcceptingResponses": True}}}
    forms.setPublishSettings(formId=form, body=state).execute()
    sent = {"content-type": "application/x-www-form-urlencoded", "host": "127.0.0.1:8080"}
    address = f"http://127.0.0.1:8080/forms/d/e/{form}/formResponse"
    assert made.handle(request_of("POST", address, sent, "entry.10=%D0%AF%D0%BD%D0%B0")).status == 200
    yield made
    made.close()


def test_f64_the_database_and_its_side_files_are_closed_to_others(school: Emulator, tmp_path: Path) -> None:
    names = sorted((tmp_path / "school").iterdir())
    assert [name.name for name in names] == ["w.db", "w.db-shm", "w.db-wal"]
    assert {name.stat().st_mode & 0o777 for name in names} == {0o600}


def test_f64_a_database_of_the_first_version_opens_with_all_it_held(tmp_path: Path) -> None:
    old = old_database(tmp_path / "old.db")
    Emulator(tmp_path / "new.db").close()
    opened = Emulator(old)
    held = everything(opened)
    opened.close()
    book = held["content"][FIRST_VERSION["spreadsheet"]]
    cells = book["sheets"][0]["data"][0]["rowData"]
    shown = [[cell.get("formattedValue") for cell in row["values"]] for row in cells]
    assert shown == [["ФИО", "Баллы"], ["Яна", "3"], ["Борис", "1"]]
    [response] = held["content"][FIRST_VERSION["form"]][1]["responses"]
    assert response["answers"]["0000000a"]["textAnswers"]["answers"] == [{"value": "Яна"}]
    body = held["content"][FIRST_VERSION["document"]]["tabs"][0]["documentTab"]["body"]["content"]
    assert body[1]["paragraph"]["elements"][0]["textRun"]["content"] == "О парах\n"
    assert schema_of(old) == schema_of(tmp_path / "new.db")


def test_f64_a_revision_of_the_first_version_can_still_be_written_against(tmp_path: Path) -> None:
    """Its second revision put 7 units at index 1 of the document's one empty paragraph."""
    opened = Emulator(old_database(tmp_path / "old.db"))
    with opened.store.transaction(writes=False) as tx:
        (first,) = tx.execute("SELECT revision FROM document_revision WHERE n = 1").fetchone()
    document = build("docs", "v1", http=EmulatorHttp(opened)).documents()
    body = {
        "requests": [{"insertText": {"location": {"index": 1}, "text": "!"}}],
        "writeControl": {"targetRevisionId": first},
    }
    document.batchUpdate(documentId=FIRST_VERSION["document"], body=body).execute()
    content = document.get(documentId=FIRST_VERSION["document"]).execute()["body"]["content"]
    said = "".join(part["textRun"]["content"] for part in content[1]["paragraph"]["elements"])
    assert said == "О парах!\n"
    opened.close()


def test_f64_a_database_that_was_brought_up_is_left_alone_the_next_time(tmp_path: Path) -> None:
    old = old_database(tmp_path / "old.db")
    Emulator(old).close()
    with closing(sqlite3.connect(old)) as tx:
        before = tx.execute("PRAGMA schema_version").fetchone()
    Emulator(old).close()
    with closing(sqlite3.connect(old)) as tx:
        assert tx.execute("PRAGMA schema_version").fetchone() == before
        assert tx.execute("PRAGMA user_version").fetchone() == (migrations.VERSION,)


def test_f64_a_step_that_fails_leaves_the_old_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = old_database(tmp_path / "old.db")
    before = schema_of(old)
    broken = {1: ("DROP INDEX file_parent",), 2: ("DROP INDEX no_such_index",)}
    monkeypatch.setattr(migrations, "STEPS", broken)
    with pytest.raises(sqlite3.OperationalError):
        Emulator(old)
    assert schema_of(old) == before
    with closing(sqlite3.connect(old)) as tx:
        assert tx.execute("PRAGMA user_version").fetchone() == (1,)


def test_every_version_has_its_step() -> None:
    assert sorted(migrations.STEPS) == list(range(1, migrations.VERSION))


@pytest.mark.parametrize("content", [b"not a database" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_a_named_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "w.db").write_bytes(content)
    with pytest.raises(WorkspaceDamagedError):
        Emulator(tmp_path / "w.db")
    assert (tmp_path / "w.db").read_bytes() == content


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "w.db")) as tx:
        tx.execute("CREATE TABLE theirs (x)")
    with pytest.raises(WorkspaceDamagedError, match="another program"):
        Emulator(tmp_path / "w.db")
    assert schema_of(tmp_path / "w.db") == {"theirs": "CREATE TABLE theirs (x)"}


WRITER = """
import os, signal, sqlite3, sys
from googleapiclient.discovery import build

seen, opened, plain = [], [], sqlite3.connect

def connect(*given, **more):
    opened.append(plain(*given, **more))
    return opened[-1]

def traced(statement):
    seen.append(statement)
    if str(len(seen)) == sys.argv[4] or statement == sys.argv[4]:
        os.kill(os.getpid(), signal.SIGKILL)

sqlite3.connect = connect
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorHttp
from tests import watching

watching.begin()
api = build("sheets", "v4", http=EmulatorHttp(Emulator(sys.argv[1]))).spreadsheets()
generation = int(sys.argv[3])
while True:
    generation += 1
    cell = {"userEnteredValue": {"numberValue": generation}}
    rows = [{"values": [cell] * 4}] * 300
    update = {"updateCells": {"start": {"sheetId": 0}, "rows": rows, "fields": "userEnteredValue"}}
    marker = {"developerMetadata": {"metadataId": generation, "metadataKey": "g", "visibility": "DOCUMENT",
                                    "location": {"spreadsheet": True}}}
    body = {"requests": [update, {"createDeveloperMetadata": marker}]}
    api.batchUpdate(spreadsheetId=sys.argv[2], body=body).execute()
    watching.refuse()
    print(generation, flush=True)
    opened[0].set_trace_callback(traced)
"""


@pytest.mark.parametrize("point", ["2", "9", "14", "150", "COMMIT", "after 2 ms", "after 9 ms"])
def test_f64_a_write_killed_midway_is_there_whole_or_not_at_all(tmp_path: Path, point: str) -> None:
    """The point is the number of the SQL statement of the second write, its COMMIT, or a time after it."""
    database = tmp_path / "w.db"
    emulator = Emulator(database)
    sheets = build("sheets", "v4", http=EmulatorHttp(emulator)).spreadsheets()
    book = sheets.create(body={"properties": {"title": "Таблица"}}).execute()["spreadsheetId"]
    emulator.close()
    command = [sys.executable, "-c", WRITER, str(database), book, "0", point]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writing:
        assert writing.stdout is not None
        told = [int(writing.stdout.readline())]
        if point.startswith("after"):
            told.append(int(writing.stdout.readline()))
            time.sleep(int(point.split()[1]) / 1000)
            os.kill(writing.pid, signal.SIGKILL)
        told += [int(line) for line in writing.stdout.read().split()]
    emulator = Emulator(database)
    assert emulator.store.is_sound()
    sheets = build("sheets", "v4", http=EmulatorHttp(emulator)).spreadsheets()
    cells = sheets.values().get(spreadsheetId=book, range="A1:D300", valueRenderOption="UNFORMATTED_VALUE")
    values = {value for row in cells.execute()["values"] for value in row}
    markers = [item["metadataId"] for item in sheets.get(spreadsheetId=book).execute()["developerMetadata"]]
    emulator.close()
    assert values == {max(markers)}, "half a write"
    assert max(markers) in (told[-1], told[-1] + 1), "an acknowledged write is gone"
    assert point.startswith("after") or told == [1], "the kill did not fall into the second write"


def test_f64_an_exported_workspace_is_equal_when_imported_elsewhere(school: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "школа.zip"
    carried = export_workspace(school.store, file, NOW)
    other = Emulator(tmp_path / "other.db")
    arrived = import_workspace(other.store, file, services.SCHEMA)
    assert everything(other) == everything(school)
    assert other.store.is_sound()
    assert arrived == carried and carried.responses == 1
    assert {kind.rpartition(".")[2]: number for kind, number in carried.files.items()} == {
        "spreadsheet": 1,
        "form": 1,
        "document": 1,
        "folder": 1,
    }
    other.close()


def test_an_archive_is_closed_to_others_and_holds_no_session_token_or_secret(
    school: Emulator, tmp_path: Path
) -> None:
    with school.store.transaction(writes=True) as tx:
        tx.execute("INSERT INTO staff_session VALUES ('session-hash', '2022-09-21')")
        tx.execute("INSERT INTO access_token VALUES ('token-hash', 'a@b', 'user', '[]', '2022-09-21')")
        secret = tx.execute("SELECT value FROM page_secret").fetchone()[0]
    file = tmp_path / "w.zip"
    export_workspace(school.store, file, NOW)
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as packed:
        assert sorted(packed.namelist()) == [MANIFEST, DATABASE]
        content = packed.read(DATABASE)
        assert json.loads(packed.read(MANIFEST))["made"] == "2022-09-20T09:00:00+00:00"
    assert "Наставничество".encode() in content
    for gone in (b"session-hash", b"token-hash", secret.encode()):
        assert gone not in content
    assert [name.name for name in tmp_path.iterdir() if name.name.startswith(".")] == []


def test_what_was_deleted_for_good_is_neither_in_the_database_nor_in_its_archive(tmp_path: Path) -> None:
    emulator = Emulator(tmp_path / "w.db")
    http = EmulatorHttp(emulator)
    sheets = build("sheets", "v4", http=http).spreadsheets()
    book = sheets.create(body={"properties": {"title": "Таблица"}}).execute()["spreadsheetId"]
    name = "Ягодкина Мира Олеговна"
    for value in (name, "стёрто"):
        sheets.values().update(
            spreadsheetId=book, range="A1", valueInputOption="RAW", body={"values": [[value]]}
        ).execute()
    export_workspace(emulator.store, tmp_path / "w.zip", NOW)
    emulator.close()
    with zipfile.ZipFile(tmp_path / "w.zip") as packed:
        assert name.encode() not in packed.read(DATABASE)
    assert name.encode() not in (tmp_path / "w.db").read_bytes()


def test_a_workspace_with_files_is_replaced_only_when_told(school: Emulator, tmp_path: Path) -> None:
    export_workspace(school.store, tmp_path / "w.zip", NOW)
    other = Emulator(old_database(tmp_path / "other.db"))
    before = everything(other)
    with pytest.raises(WorkspaceNotEmptyError):
        import_workspace(other.store, tmp_path / "w.zip", services.SCHEMA)
    assert everything(other) == before
    watching = Emulator(tmp_path / "other.db")  # as a served workspace has it open meanwhile
    import_workspace(other.store, tmp_path / "w.zip", services.SCHEMA, replace=True)
    assert everything(other) == everything(watching) == everything(school)
    other.close()
    watching.close()


def test_an_archive_is_never_written_over_a_file(school: Emulator, tmp_path: Path) -> None:
    (tmp_path / "w.zip").write_text("чужое", "utf-8")
    with pytest.raises(FileExistsError):
        export_workspace(school.store, tmp_path / "w.zip", NOW)
    assert (tmp_path / "w.zip").read_text("utf-8") == "чужое"


def repacked(file: Path, manifest: dict[str, Any], database: bytes) -> None:
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(MANIFEST, json.dumps(manifest))
        packed.writestr(DATABASE, database)


def test_a_damaged_foreign_or_newer_archive_changes_nothing(school: Emulator, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    export_workspace(school.store, good, NOW)
    with zipfile.ZipFile(good) as packed:
        manifest, database = json.loads(packed.read(MANIFEST)), packed.read(DATABASE)
    other = Emulator(tmp_path / "other.db")
    damaged: list[Callable[[], Any]] = [
        lambda: bad.write_bytes(good.read_bytes()[:-500]),
        lambda: bad.write_bytes(b"PK nothing"),
        lambda: repacked(bad, manifest, database[:-100] + b"\0" * 100),
        lambda: repacked(bad, {**manifest, "format": "another"}, database),
        lambda: repacked(bad, {}, database),
    ]
    for spoil in damaged:
        spoil()
        with pytest.raises(WorkspaceDamagedError):
            import_workspace(other.store, bad, services.SCHEMA)
    for newer in ({"version": 2}, {"database": migrations.VERSION + 1}):
        repacked(bad, manifest | newer, database)
        with pytest.raises(WorkspaceVersionError):
            import_workspace(other.store, bad, services.SCHEMA)
    assert everything(other) == {"files": [], "content": {}, "permissions": {}}
    other.close()


def test_an_archive_of_an_older_program_is_brought_up(tmp_path: Path) -> None:

    database = old_database(tmp_path / "old.db").read_bytes()
    manifest = {
        "format": "sheets-sync workspace",
        "version": 1,
        "database": 1,
        "made": "2022-09-20T09:00:00+00:00",
        "sha256": hashlib.sha256(database).hexdigest(),
    }
    repacked(tmp_path / "old.zip", manifest, database)
    other = Emulator(tmp_path / "other.db")
    import_workspace(other.store, tmp_path / "old.zip", services.SCHEMA)
    assert {one["id"] for one in everything(other)["files"]} == set(FIRST_VERSION.values())
    other.close()
