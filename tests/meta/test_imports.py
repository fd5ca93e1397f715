"""What importing costs: every module stands alone, and asking for help brings in nothing heavy."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAVY = ("pandas", "numpy", "scipy", "ortools", "googleapiclient", "gspread", "openpyxl", "docx", "uvicorn")
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "sheets_sync").rglob("*.py")
    if path.name != "__main__.py"
)


def _package(name: str) -> str:
    return ".".join(name.split(".")[:2])


PACKAGES = sorted({_package(name) for name in MODULES})

AT_MOST = 420  # lines: about four hundred, and then split by noun

ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    for known in [each for each in sys.modules if each.split(".")[0] == "sheets_sync"]:
        del sys.modules[known]
    importlib.import_module(name)
"""


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_can_be_imported_first(package: str) -> None:
    names = [name for name in MODULES if _package(name) == package]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALONE, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["check"], ["schedule", "show"]])
def test_help_and_offline_commands_bring_in_nothing_heavy(words: list[str]) -> None:
    code = (
        "import sys\nfrom sheets_sync.cli import cli\n"
        f"cli({words!r}, prog_name='sheets-sync', standalone_mode=False)\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_modules_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "sheets_sync").rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > AT_MOST
    }
    assert not long
