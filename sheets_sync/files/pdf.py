"""A page printed to PDF by a browser that stands on the machine."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from sheets_sync.errors import BrowserMissingError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_PATIENCE = 120
"""Seconds after which a browser that does not print is stopped."""


def print_page(page: str, browser: str | None = None) -> bytes:
    """Return the page as PDF; `browser` names the program, None: the first of those known.

    Source of the switches: Chromium's headless mode, `--print-to-pdf` and `--no-pdf-header-footer`.

    Raises:
        BrowserMissingError: there is no such program, or it printed nothing.
    """
    program = _program(browser)
    with TemporaryDirectory(prefix="report-") as folder:
        source, target = Path(folder) / "report.html", Path(folder) / "report.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            program,
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # Chromium refuses to start its sandbox for root; the page is our own and fetches nothing.
            command.insert(1, "--no-sandbox")
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE)
        except (OSError, subprocess.SubprocessError) as error:
            raise BrowserMissingError(f"Браузер {Path(program).name} не напечатал отчёт") from error
        if not target.is_file():
            raise BrowserMissingError(f"Браузер {Path(program).name} не напечатал отчёт")
        return target.read_bytes()


def _program(browser: str | None) -> str:
    for name in (browser,) if browser else BROWSERS:
        if found := shutil.which(name):
            return found
    named = f"Браузера «{browser}» нет" if browser else "На этом компьютере не нашлось браузера"
    raise BrowserMissingError(f"{named}: PDF печатать нечем")
