from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import gspread
import pytest
import requests
from google.auth.credentials import AnonymousCredentials

from sheets_sync.emulator.calls import IdSource
from sheets_sync.emulator.inprocess import EmulatorAdapter
from tests.conformance.discovery import CheckedEmulator
from tests.conformance.sheets.book import Book, Service


@pytest.fixture
def emulator() -> Iterator[CheckedEmulator]:
    """A workspace whose clock stands at half past nine in the evening of 23 December 2022, UTC."""
    made = CheckedEmulator(clock=lambda: datetime(2022, 12, 23, 21, 30, tzinfo=UTC), ids=IdSource(seed=7))
    yield made
    made.close()


@pytest.fixture
def service(emulator: CheckedEmulator) -> Service:
    return Service(emulator)


@pytest.fixture
def book(service: Service) -> Book:
    """A spreadsheet as Drive would make it: Sheet1, 1000×26, en_US."""
    return service.create({"properties": {"title": "Book"}})


@pytest.fixture
def client(emulator: CheckedEmulator) -> Any:
    session = requests.Session()
    session.mount("https://", EmulatorAdapter(emulator))
    with session:
        yield gspread.Client(auth=AnonymousCredentials(), session=session)  # type: ignore[no-untyped-call]
