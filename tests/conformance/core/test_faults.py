"""Faults, quotas, locks: what a client sees and what the workspace then holds."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from sheets_sync.emulator.core import Emulator, request_of
from sheets_sync.emulator.faults import ConnectionLost, Fault, Kind, ReplyStalled
from sheets_sync.emulator.inprocess import EmulatorAdapter
from sheets_sync.emulator.migrations import VERSION
from sheets_sync.emulator.quota import Quota
from sheets_sync.emulator.store import WorkspaceLockedError, WorkspaceVersionError
from sheets_sync.emulator.wire import Response

FOLDER = '{"name": "a", "mimeType": "application/vnd.google-apps.folder"}'


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    made = Emulator()
    yield made
    made.close()


def create(emulator: Emulator) -> Response:
    return emulator.handle(request_of("POST", "/drive/v3/files", {}, FOLDER))


def held(emulator: Emulator) -> int:
    with emulator.store.transaction(writes=False) as tx:
        found: int = tx.execute("SELECT count(*) FROM file").fetchone()[0]
    return found


@pytest.mark.parametrize(
    ("kind", "files"),
    [("cut_before", 0), ("lose_reply", 1), ("stall", 0), ("stall_after", 1), ("late", 0)],
)
def test_f61_a_broken_connection_leaves_what_was_applied(emulator: Emulator, kind: Kind, files: int) -> None:
    emulator.faults.at(1, Fault(kind))
    with pytest.raises((ConnectionLost, ReplyStalled)):
        create(emulator)
    assert held(emulator) == files


@pytest.mark.parametrize(("kind", "files"), [("refuse", 0), ("refuse_after", 1)])
def test_a_503_may_come_before_or_after_the_change(emulator: Emulator, kind: Kind, files: int) -> None:
    emulator.faults.at(1, Fault(kind, 503, retry_after=7))
    answer = create(emulator)
    assert (answer.status, answer.headers["retry-after"]) == (503, "7")
    assert held(emulator) == files


def test_a_late_request_is_applied_before_a_later_one(emulator: Emulator) -> None:
    emulator.faults.at(1, Fault("late", delay=1))
    with pytest.raises(ReplyStalled):
        create(emulator)
    listed = emulator.handle(request_of("GET", "/drive/v3/files"))
    assert len(json.loads(listed.body)["files"]) == 1


def test_half_of_an_answer_is_no_json(emulator: Emulator) -> None:
    emulator.faults.on("drive.files", Fault("truncate"))
    with pytest.raises(ValueError, match=r"."):
        json.loads(create(emulator).body)
    assert held(emulator) == 1


def test_a_rule_for_a_method_leaves_the_others_alone_and_wears_off(emulator: Emulator) -> None:
    emulator.faults.on("drive.files.list", Fault("refuse", 500), times=2)
    assert create(emulator).status == 200
    statuses = [emulator.handle(request_of("GET", "/drive/v3/files")).status for _ in range(3)]
    assert statuses == [500, 500, 200]


def test_a_kill_before_a_request_applies_nothing_and_after_it_keeps_all(emulator: Emulator) -> None:
    def kill(number: int, method_id: str) -> None:
        raise KeyboardInterrupt

    emulator.faults.on_request = kill
    with pytest.raises(KeyboardInterrupt):
        create(emulator)
    assert held(emulator) == 0
    emulator.faults.clear()
    emulator.faults.on_applied = kill
    with pytest.raises(KeyboardInterrupt):
        create(emulator)
    assert held(emulator) == 1


def test_requests_of_the_session_see_the_exceptions_of_requests(emulator: Emulator) -> None:
    session = requests.Session()
    session.mount("https://", EmulatorAdapter(emulator))
    emulator.faults.at(1, Fault("lose_reply"))
    emulator.faults.at(2, Fault("stall"))
    with pytest.raises(requests.ConnectionError):
        session.get("https://www.googleapis.com/drive/v3/files")
    with pytest.raises(requests.ReadTimeout):
        session.get("https://www.googleapis.com/drive/v3/files")
    assert session.get("https://www.googleapis.com/drive/v3/files").json()["files"] == []


def test_f64_the_sixty_first_read_of_a_minute_is_refused_as_recorded() -> None:
    moment = [datetime(2022, 9, 20, tzinfo=UTC)]
    emulator = Emulator(clock=lambda: moment[0], quota=Quota())
    for _ in range(60):
        assert emulator.handle(request_of("GET", "/v4/spreadsheets/a")).status != 429
    refused = emulator.handle(request_of("GET", "/v4/spreadsheets/a"))
    error = json.loads(refused.body)["error"]
    assert refused.status == 429
    assert error["status"] == "RESOURCE_EXHAUSTED"
    assert error["message"] == (
        "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' "
        "of service 'sheets.googleapis.com' for consumer 'project_number:603366585132'."
    )
    assert error["details"][0]["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerUser"
    assert error["details"][0]["metadata"]["quota_limit_value"] == "60"
    moment[0] += timedelta(minutes=1)
    assert emulator.handle(request_of("GET", "/v4/spreadsheets/a")).status != 429
    emulator.close()


def test_a_database_that_another_program_writes_is_a_named_error(tmp_path: Path) -> None:
    emulator = Emulator(tmp_path / "w.db", lock_wait=0.01)
    other = sqlite3.connect(tmp_path / "w.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(WorkspaceLockedError, match=r"w\.db is used by another program"):
        create(emulator)
    other.execute("ROLLBACK")
    assert create(emulator).status == 200
    other.close()
    emulator.close()


def test_a_reopened_database_holds_everything_and_counts_on(tmp_path: Path) -> None:
    first = Emulator(tmp_path / "w.db")
    create(first)
    seen = first.last_request()
    first.close()
    second = Emulator(tmp_path / "w.db")
    assert held(second) == 1
    create(second)
    assert second.requests(since=seen) == {"drive.files.create": 1}
    second.close()


def test_a_database_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "w.db")
    other.execute(f"PRAGMA user_version = {VERSION + 1}")
    other.close()
    with pytest.raises(WorkspaceVersionError):
        Emulator(tmp_path / "w.db")


def test_a_long_get_sent_as_a_post_is_still_a_get(emulator: Emulator) -> None:
    headers = {"x-http-method-override": "GET", "content-type": "application/x-www-form-urlencoded"}
    answer = emulator.handle(request_of("POST", "/drive/v3/files", headers, "pageSize=5&fields=kind"))
    assert json.loads(answer.body) == {"kind": "drive#fileList"}


def test_an_update_sent_as_a_post_keeps_its_query(emulator: Emulator) -> None:
    """Java's client sends an update without a body so: a packed form of nothing."""
    folder, file = (
        json.loads(emulator.handle(request_of("POST", "/drive/v3/files", None, body)).body)["id"]
        for body in ('{"mimeType": "application/vnd.google-apps.folder"}', "{}")
    )
    headers = {"x-http-method-override": "PATCH", "content-type": "application/x-www-form-urlencoded"}
    path = f"/drive/v3/files/{file}?addParents={folder}&fields=id,%20parents"
    sent = request_of("POST", path, {**headers, "content-encoding": "gzip"}, gzip.compress(b""))
    assert json.loads(emulator.handle(sent).body) == {"id": file, "parents": [folder]}
