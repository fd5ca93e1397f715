"""An error inside a method is told at once as a bug of the workspace, at both doors, and changes nothing."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from starlette.types import Message

from sheets_sync.emulator import services
from sheets_sync.emulator.asgi import create_app
from sheets_sync.emulator.bugs import WorkspaceBugError
from sheets_sync.emulator.calls import Call
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.faults import ConnectionLost, Fault
from sheets_sync.emulator.filetable import FOLDER, create_file
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from sheets_sync.google.translate import translated

NAMED = '{"name": "Ветрова Нина"}'
PLACE = "https://www.googleapis.com/drive/v3/files"


def broken(call: Call) -> dict[str, Any]:
    create_file(call, FOLDER, "half done")
    found: dict[str, Any] = {}
    return {"name": found[call.body["name"]]}


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    monkeypatch.setitem(services.METHODS, "drive.files.create", broken)
    made = Emulator()
    yield made
    made.close()


def names(emulator: Emulator) -> list[str]:
    _, body = EmulatorHttp(emulator).request(PLACE)
    return [one["name"] for one in json.loads(body)["files"]]


def test_in_process_the_error_reaches_the_caller_with_its_cause(emulator: Emulator) -> None:
    session = requests.Session()
    session.mount("https://", EmulatorAdapter(emulator))
    with (
        pytest.raises(WorkspaceBugError, match=r"^drive\.files\.create: KeyError$") as caught,
        translated("drive", "создать папку"),
    ):
        session.post(PLACE, data=NAMED.encode(), timeout=5)
    assert isinstance(caught.value.__cause__, KeyError)
    assert names(emulator) == []


async def _post(emulator: Emulator, path: str) -> tuple[int, bytes]:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": NAMED.encode(), "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "scheme": "http"}
    scope |= {"query_string": b"", "headers": [(b"host", b"127.0.0.1")], "server": ("127.0.0.1", 80)}
    await create_app(emulator)(scope, receive, send)
    return int(sent[0]["status"]), sent[1]["body"]


def test_served_the_client_gets_500_and_the_log_the_place_without_any_value(
    emulator: Emulator, caplog: pytest.LogCaptureFixture
) -> None:
    # A thread of its own: a browser driven by other tests leaves its event loop in this one.
    with caplog.at_level(logging.ERROR), ThreadPoolExecutor(1) as served:
        status, body = served.submit(lambda: asyncio.run(_post(emulator, "/drive/v3/files"))).result()
    error = json.loads(body)["error"]
    assert (status, error["code"], error["errors"][0]["reason"]) == (500, 500, "internalError")
    assert "drive.files.create: KeyError" in caplog.text
    assert "test_bugs.py" in caplog.text
    assert "Ветрова" not in caplog.text + body.decode()
    assert names(emulator) == []


def test_a_fault_put_in_on_purpose_stays_a_lost_connection(emulator: Emulator) -> None:
    emulator.faults.at(1, Fault("cut_before"))
    with pytest.raises(ConnectionLost):
        EmulatorHttp(emulator).request(PLACE, "POST", "{}")
