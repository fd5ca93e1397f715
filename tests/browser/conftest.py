"""Chromium for the browser tests: they run when it is there, say loudly when not, and fail when required.

SHEETS_SYNC_REQUIRE_BROWSER=1 makes a missing browser a failure.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import served
from tests.conformance.forms.school import School

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REQUIRED = os.environ.get("SHEETS_SYNC_REQUIRE_BROWSER") == "1"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
_missing: list[str] = []


def missing_part() -> str:
    """Name what is missing for browser tests, or give an empty text."""
    if importlib.util.find_spec("playwright") is None:
        return "the Python package playwright (pip install .[browser])"
    if chromium() is None:
        return "Chromium (apt-get install chromium)"
    return ""


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if missing := missing_part():
        if REQUIRED:
            pytest.fail(f"browser tests are required, but there is no {missing}")
        _missing.append(missing)
        pytest.skip(f"no {missing}")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium(), args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def school() -> Iterator[School]:
    made = School()
    yield made
    made.workspace.close()


@pytest.fixture
def address(school: School) -> Iterator[str]:
    """Serve the workspace on a free loopback port and give its address."""
    yield from served(school.workspace)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page as wide as a phone; anything the browser complains about fails the test."""
    yield from _opened(browser, 390, 844)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page as wide as a desktop screen."""
    yield from _opened(browser, 1280, 800)


def _opened(browser: Browser, width: int, height: int) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="ru-RU")
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert [
        text for text in complaints if not text.endswith(("status of 400 (Bad Request)", "409 (Conflict)"))
    ] == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _missing:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"There is no {_missing[0]} on this machine, so the pages were not tried in a browser."
        )
