"""The judge of tests/watching.py is awake in every test: a planted wrong answer is noticed at both doors.

It is also noticed when another process serves the workspace.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httplib2
import pytest
import requests
from starlette.types import ASGIApp, Message

from sheets_sync.emulator import services
from sheets_sync.emulator.asgi import create_app
from sheets_sync.emulator.core import Emulator
from sheets_sync.emulator.inprocess import EmulatorAdapter, EmulatorHttp
from tests import watching

PLANTS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "drive#about", "storageQuota": {"limit": 5}}, "About.storageQuota.limit: not a string"),
    ({"kynd": "drive#about"}, "About.kynd: unknown key"),
    ({"canCreateDrives": "yes"}, "About.canCreateDrives: not a boolean"),
    ({"user": None}, "About.user: null"),
]


@pytest.fixture(params=PLANTS, ids=[text for _, text in PLANTS])
def planted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    answer, told = request.param
    monkeypatch.setitem(services.METHODS, "drive.about.get", lambda call: answer)
    yield told
    watching.taken()


def test_a_wrong_answer_is_noticed_in_process(planted: str) -> None:
    emulator = Emulator()
    session = requests.Session()
    session.mount("https://", EmulatorAdapter(emulator))
    session.get("https://www.googleapis.com/drive/v3/about", params={"fields": "*"}, timeout=5)
    EmulatorHttp(emulator).request("https://www.googleapis.com/drive/v3/about?fields=*")
    emulator.close()
    assert len(watching.wrong) == 2
    assert all(planted in line for line in watching.wrong)


async def _get(app: ASGIApp, path: str, query: bytes) -> int:
    """Ask an application as a server does; give the status."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "scheme": "http"}
    scope |= {"query_string": query, "headers": [(b"host", b"127.0.0.1")], "server": ("127.0.0.1", 80)}
    await app(scope, receive, send)
    return int(sent[0]["status"])


def test_a_wrong_answer_is_noticed_over_http(planted: str) -> None:
    emulator = Emulator()
    # A thread of its own: a browser driven by other tests leaves its event loop in this one.
    with ThreadPoolExecutor(1) as served:
        asked = _get(create_app(emulator), "/drive/v3/about", b"fields=*")
        status = served.submit(asyncio.run, asked).result()
    emulator.close()
    assert status == 200
    assert len(watching.wrong) == 1
    assert planted in watching.wrong[0]


def test_a_wrong_answer_inside_a_batch_is_noticed(planted: str) -> None:
    emulator = Emulator()
    body = (
        b"--x\r\nContent-Type: application/http\r\n\r\nGET /drive/v3/about?fields=* HTTP/1.1\r\n\r\n\r\n--x--"
    )
    headers = {"content-type": "multipart/mixed; boundary=x"}
    EmulatorHttp(emulator).request("https://www.googleapis.com/batch/drive/v3", "POST", body, headers)
    emulator.close()
    assert planted in watching.wrong[0]


def test_the_test_that_met_a_wrong_answer_fails(planted: str) -> None:
    emulator = Emulator()
    EmulatorHttp(emulator).request("https://www.googleapis.com/drive/v3/about?fields=*")
    emulator.close()
    with pytest.raises(pytest.fail.Exception, match=re.escape(planted)):
        watching.refuse()
    assert watching.wrong == []


SERVED = """
import socket
import uvicorn
from sheets_sync.emulator import services
from sheets_sync.emulator.asgi import create_app
from sheets_sync.emulator.core import Emulator
services.METHODS["drive.about.get"] = lambda call: {"kynd": "drive#about"}
listening = socket.create_server(("127.0.0.1", 0))
print(listening.getsockname()[1], flush=True)
config = uvicorn.Config(create_app(Emulator()), log_level="critical", lifespan="off")
uvicorn.Server(config).run(sockets=[listening])
"""


def test_a_wrong_answer_of_another_process_is_noticed() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVED], stdout=subprocess.PIPE, text=True) as serving:
        assert serving.stdout is not None
        address = f"http://127.0.0.1:{serving.stdout.readline().strip()}/drive/v3"
        requests.get(f"{address}/about", params={"fields": "*"}, timeout=20)
        told = watching.taken()
        http = httplib2.Http(timeout=20)
        http.request(f"{address}/about?fields=*")
        http.close()
        told += watching.taken()
        requests.get(f"{address}/files", timeout=20)
        serving.terminate()
    assert len(told) == 2
    assert all("About.kynd: unknown key" in line for line in told)
    assert watching.taken() == []
