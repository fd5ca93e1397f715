from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from googleapiclient.discovery import build

from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.inprocess import EmulatorHttp
from tests.conformance.discovery import CheckedEmulator


class Ticking:
    """A clock that advances one second at every look."""

    def __init__(self) -> None:
        self.now = datetime(2022, 9, 20, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def emulator() -> Iterator[CheckedEmulator]:
    made = CheckedEmulator(clock=Ticking(), ids=IdSource(seed=1))
    yield made
    made.close()


@pytest.fixture
def drive(emulator: CheckedEmulator) -> Any:
    return build("drive", "v3", http=EmulatorHttp(emulator), static_discovery=True)
