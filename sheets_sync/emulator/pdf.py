"""A document as PDF, printed from its HTML page by a Chromium found on this machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from sheets_sync.emulator.wire import ApiError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_SECONDS = 60


def browser_path() -> str | None:
    """Find a Chromium on PATH."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def print_pdf(html: str) -> bytes:
    """Print an HTML page to PDF; raises ApiError 501 without Chromium and when it fails.

    A failed print is no 500: clients repeat those, and Chromium fails again and as slowly.
    """
    browser = browser_path()
    if browser is None:
        raise ApiError(
            501,
            "Export to application/pdf needs Chromium: install the package chromium and try again.",
            "UNIMPLEMENTED",
            reason="notImplemented",
        )
    with tempfile.TemporaryDirectory(prefix="workspace-pdf-") as folder:
        page, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            *(browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
            *(f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}"),
            page.as_uri(),
        ]
        try:
            subprocess.run(command, check=True, timeout=_SECONDS, capture_output=True)
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise ApiError(
                501, "Chromium could not print the document.", "UNIMPLEMENTED", reason="printFailed"
            ) from error
