"""A workspace behind a real socket for the time of a test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator

import uvicorn

from sheets_sync.emulator.asgi import create_app
from sheets_sync.emulator.core import Emulator


def served(workspace: Emulator) -> Iterator[str]:
    """Serve a workspace on a free loopback port and give its address."""
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port = opened.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(create_app(workspace), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()
